//! Keys that several kinds of file have: titles, versions, licences, languages.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::{Fields, Located, filled_text, is_text, list, owned, wrong_type};
use crate::diagnostic::{Notes, code};
use crate::digest::Digest;
use crate::language::Language;
use crate::names::{is_licence, is_version};
use crate::text::visible_line;

/// A well-formed language tag in its usual letter case.
pub(crate) fn language(notes: &mut Notes<'_>, tag: &str, place: usize) -> Option<Language> {
    let parsed: Result<Language, _> = tag.parse();
    match parsed {
        Ok(language) if language.as_str() == tag => Some(language),
        Ok(language) => {
            let message = format!("the language tag `{tag}` is written `{language}`");
            notes.add(code::NOT_A_LANGUAGE, place, message, None);
            None
        }
        Err(_) => {
            let tag = visible_line(tag);
            let message =
                format!("`{tag}` is not a language tag such as `sw`, `zh-Hant` or `pt-BR`");
            notes.add(code::NOT_A_LANGUAGE, place, message, None);
            None
        }
    }
}

/// The table `title`: a text per language, English at least.
pub(crate) fn title(
    notes: &mut Notes<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<BTreeMap<Language, String>> {
    per_language(notes, fields, "title")
}

/// The table `key`: a text per language, English at least.
pub(crate) fn per_language(
    notes: &mut Notes<'_>,
    fields: &mut Fields<'_, '_>,
    key: &'static str,
) -> Option<BTreeMap<Language, String>> {
    let value = fields.required(notes, key)?;
    each_language(notes, fields, key, value)
}

/// The key `key`, which may be left out: a text in English, or a table as [`per_language`] reads it.
/// Nothing where it is left out.
pub(crate) fn english_or_per_language(
    notes: &mut Notes<'_>,
    fields: &mut Fields<'_, '_>,
    key: &'static str,
) -> Option<BTreeMap<Language, String>> {
    match fields.optional(key) {
        None => Some(BTreeMap::new()),
        Some(value) => english_or_table(notes, fields, key, value),
    }
}

/// `value` under `key`: a text in English, or a table as [`per_language`] reads it.
pub(crate) fn english_or_table(
    notes: &mut Notes<'_>,
    fields: &Fields<'_, '_>,
    key: &'static str,
    value: Located<'_, '_>,
) -> Option<BTreeMap<Language, String>> {
    if is_text(value) {
        let text = filled_text(notes, &fields.name(key), value)?;
        return Some(BTreeMap::from([("en".parse().ok()?, owned(text))]));
    }
    if matches!(value.get_ref(), DeValue::Table(_)) {
        return each_language(notes, fields, key, value);
    }
    let expected = "a text in English or a table with a text per language";
    wrong_type(notes, &fields.name(key), expected, value);
    None
}

/// The table `value` under `key`: a text per language, English at least.
fn each_language(
    notes: &mut Notes<'_>,
    fields: &Fields<'_, '_>,
    key: &'static str,
    value: Located<'_, '_>,
) -> Option<BTreeMap<Language, String>> {
    let table = Fields::of(notes, &fields.name(key), value)?;
    let mut texts = BTreeMap::new();
    for (tag, place, value) in table.entries() {
        let text = filled_text(notes, &table.name(tag), value);
        if let (Some(language), Some(text)) = (language(notes, tag, place), text) {
            texts.insert(language, (*text.get_ref()).to_owned());
        }
    }
    if !table.entries().any(|(tag, _, _)| tag == "en") {
        let message = format!("expected the English {key}, `{}`", table.name("en"));
        notes.add(code::NO_ENGLISH, table.start, message, None);
    }
    Some(texts)
}

/// The key `version`, for suites and profiles.
pub(crate) fn version(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<String> {
    let version = top.text(notes, "version")?;
    if !is_version(version.get_ref()) {
        let shown = visible_line(version.get_ref());
        let message = format!("the version `{shown}` is not MAJOR.MINOR.PATCH");
        let help = Some("for instance `version = \"1.0.0\"`".to_owned());
        notes.add(code::BAD_VERSION, version.span().start, message, help);
    }
    Some(owned(version))
}

/// The key `licence`, for suites and recipes.
pub(crate) fn licence(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<String> {
    let licence = top.text(notes, "licence")?;
    if !licence.get_ref().trim().is_empty() && !is_licence(licence.get_ref()) {
        let shown = visible_line(licence.get_ref());
        let message = format!("the licence `{shown}` is not an SPDX expression");
        let help = Some("for instance `licence = \"CC-BY-4.0\"`".to_owned());
        notes.add(code::BAD_LICENCE, licence.span().start, message, help);
    }
    Some(owned(licence))
}

/// The tables of the list `key`, each with its name in messages. Faults in one hide none in the next.
pub(crate) fn tables<'t, T>(
    notes: &mut Notes<'_>,
    top: &mut Fields<'t, '_>,
    key: &'static str,
    mut read: impl FnMut(&mut Notes<'_>, &mut Fields<'t, '_>) -> Option<T>,
) -> Option<Vec<T>> {
    let value = top.required(notes, key)?;
    let name = top.name(key);
    let items = list(notes, &name, value)?;
    if items.is_empty() {
        let message = format!("`{name}` is empty, expected at least one");
        notes.add(code::EMPTY, value.span().start, message, None);
    }
    let read_one = |(at, item): (usize, Located<'t, '_>)| {
        let mut table = Fields::of(notes, &format!("{name}[{at}]"), item)?;
        read(notes, &mut table)
    };
    let all: Vec<Option<T>> = items.iter().enumerate().map(read_one).collect();
    all.into_iter().collect()
}

/// A digest under `key`, for files, sets, judges and rubrics.
pub(crate) fn digest(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    key: &'static str,
) -> Option<Digest> {
    let text = table.text(notes, key)?;
    let digest = text.get_ref().parse().ok();
    if digest.is_none() {
        let message = format!(
            "`{}` is not 64 lower-case hexadecimal digits",
            table.name(key)
        );
        let help = "`sha256sum FILE` prints them".to_owned();
        notes.add(code::BAD_DIGEST, text.span().start, message, Some(help));
    }
    digest
}

/// A day under `key`, as ISO 8601 writes it.
pub(crate) fn date(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    key: &'static str,
) -> Option<String> {
    let text = table.text(notes, key)?;
    day(notes, &table.name(key), &text);
    Some(owned(text))
}

/// Notes a text under `name` that is no day.
pub(crate) fn day(notes: &mut Notes<'_>, name: &str, text: &Spanned<&str>) {
    if !is_date(text.get_ref()) {
        let shown = visible_line(text.get_ref());
        let message = format!("`{name}` is `{shown}`, expected YYYY-MM-DD");
        notes.add(code::BAD_DATE, text.span().start, message, None);
    }
}

/// Whether `text` is a day of the Gregorian calendar, as ISO 8601 writes it.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    parts.next().is_none() && (1..=days).contains(&day)
}
