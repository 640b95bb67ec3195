//! Reads the tables of a TOML document, with a diagnostic for every key that is missing, unknown
//! or of another type than expected.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::decimal::Decimal;
use crate::diagnostic::{Notes, code, nearest};
use crate::language::Language;
use crate::text::{code_point, is_hidden, visible_line};

/// A value of a document with its place.
pub(crate) type Located<'t, 's> = &'t Spanned<DeValue<'s>>;

/// A table, and which of its keys somebody has asked for.
pub(crate) struct Fields<'t, 's> {
    table: &'t DeTable<'s>,
    /// Where the table begins: the place of what is missing.
    pub start: usize,
    /// What stands before a key in messages: ``, `task.`.
    prefix: String,
    known: Vec<&'static str>,
}

/// The document, or a diagnostic for each place at which the text is no TOML.
pub(crate) fn document<'s>(notes: &mut Notes<'s>) -> Option<Spanned<DeTable<'s>>> {
    let (document, errors) = DeTable::parse_recoverable(notes.text);
    for error in &errors {
        let place = error.span().map_or(notes.text.len(), |span| span.start);
        notes.add(code::TOML_SYNTAX, place, error.message().to_owned(), None);
    }
    errors.is_empty().then_some(document)
}

impl<'t, 's> Fields<'t, 's> {
    /// The top table of a document.
    pub fn top(table: &'t DeTable<'s>) -> Self {
        Self {
            table,
            start: 0,
            prefix: String::new(),
            known: Vec::new(),
        }
    }

    /// The table that `value` is.
    pub fn of(notes: &mut Notes<'_>, name: &str, value: Located<'t, 's>) -> Option<Self> {
        let DeValue::Table(table) = value.get_ref() else {
            wrong_type(notes, name, "a table", value);
            return None;
        };
        Some(Self {
            table,
            start: value.span().start,
            prefix: format!("{name}."),
            known: Vec::new(),
        })
    }

    /// Every key with its place and value, for tables whose keys are names.
    pub fn entries(&self) -> impl Iterator<Item = (&'t str, usize, Located<'t, 's>)> + use<'t, 's> {
        self.table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value))
    }

    /// The key's name in messages.
    pub fn name(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// The value of a key that may be missing.
    pub fn optional(&mut self, key: &'static str) -> Option<Located<'t, 's>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// The value of a key that must be there.
    pub fn required(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<Located<'t, 's>> {
        let value = self.optional(key);
        if value.is_none() {
            let message = format!("expected the key `{}`", self.name(key));
            notes.add(code::MISSING_KEY, self.start, message, None);
        }
        value
    }

    /// A text that must be there and not be empty.
    pub fn text(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Option<Spanned<&'t str>> {
        let value = self.required(notes, key)?;
        filled_text(notes, &self.name(key), value)
    }

    /// A list of texts that must be there and not be empty.
    pub fn texts(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<Vec<Spanned<&'t str>>> {
        let value = self.required(notes, key)?;
        let list = texts(notes, &self.name(key), value)?;
        if list.is_empty() {
            let message = format!("`{}` is empty, expected at least one", self.name(key));
            notes.add(code::EMPTY, value.span().start, message, None);
        }
        Some(list)
    }

    /// A table that must be there.
    pub fn table(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Option<Self> {
        let value = self.required(notes, key)?;
        Self::of(notes, &self.name(key), value)
    }

    /// One of a few words that must be there.
    pub fn word<T: Copy>(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let value = self.required(notes, key)?;
        let name = self.name(key);
        let said = text(notes, &name, value)?;
        known_word(notes, code::UNKNOWN_WORD, &name, &said, words)
    }

    /// Notes every key that nobody asked for.
    pub fn finish(&self, notes: &mut Notes<'_>) {
        for (key, place, _) in self.entries() {
            if !self.known.contains(&key) {
                let message = format!("`{}` is not known here", visible_line(&self.name(key)));
                let help = did_you_mean(key, self.known.iter().copied());
                let help = help.or_else(|| Some(one_of(self.known.iter().copied())));
                notes.add(code::UNKNOWN_KEY, place, message, help);
            }
        }
    }
}

/// `did you mean ...?`, if a candidate is near.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|near| format!("did you mean `{near}`?"))
}

fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|w| format!("`{w}`")).collect();
    format!("expected one of {}", quoted.join(", "))
}

/// What `said` stands for among `words`.
pub(crate) fn known_word<T: Copy>(
    notes: &mut Notes<'_>,
    code: &'static str,
    name: &str,
    said: &Spanned<&str>,
    words: &[(&'static str, T)],
) -> Option<T> {
    let found = words.iter().find(|(word, _)| word == said.get_ref());
    if found.is_none() {
        let shown = visible_line(said.get_ref());
        let list = one_of(words.iter().map(|(word, _)| *word));
        let message = format!("`{name}` is `{shown}`, {list}");
        let help = did_you_mean(said.get_ref(), words.iter().map(|(word, _)| *word));
        notes.add(code, said.span().start, message, help);
    }
    found.map(|(_, value)| *value)
}

fn wrong_type(notes: &mut Notes<'_>, name: &str, expected: &str, value: Located<'_, '_>) {
    let found = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    let message = format!("`{}` is {found}, expected {expected}", visible_line(name));
    notes.add(code::WRONG_TYPE, value.span().start, message, None);
}

/// The text that `value` is. Hidden characters that its source does not show are noted.
pub(crate) fn text<'t>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'t, '_>,
) -> Option<Spanned<&'t str>> {
    let DeValue::String(text) = value.get_ref() else {
        wrong_type(notes, name, "a text", value);
        return None;
    };
    let raw = notes.text.get(value.span()).unwrap_or_default();
    if let Some(hidden) = text.chars().find(|c| is_hidden(*c) && !raw.contains(*c)) {
        let message = format!("`{name}` holds the hidden character {}", code_point(hidden));
        notes.add(code::HIDDEN_IN_TEXT, value.span().start, message, None);
    }
    Some(Spanned::new(value.span(), text.as_ref()))
}

/// The same, not empty and not only white space.
pub(crate) fn filled_text<'t>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'t, '_>,
) -> Option<Spanned<&'t str>> {
    let text = text(notes, name, value)?;
    if text.get_ref().trim().is_empty() {
        let message = format!("`{name}` is empty, expected a text");
        notes.add(code::EMPTY, value.span().start, message, None);
    }
    Some(text)
}

/// The list of texts that `value` is, each not empty.
pub(crate) fn texts<'t>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'t, '_>,
) -> Option<Vec<Spanned<&'t str>>> {
    let items = list(notes, name, value)?;
    items
        .iter()
        .map(|item| filled_text(notes, name, item))
        .collect()
}

/// The list that `value` is.
pub(crate) fn list<'t, 's>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'t, 's>,
) -> Option<&'t [Spanned<DeValue<'s>>]> {
    let DeValue::Array(items) = value.get_ref() else {
        wrong_type(notes, name, "a list", value);
        return None;
    };
    Some(items)
}

/// The truth value that `value` is.
pub(crate) fn boolean(notes: &mut Notes<'_>, name: &str, value: Located<'_, '_>) -> Option<bool> {
    let DeValue::Boolean(value) = value.get_ref() else {
        wrong_type(notes, name, "true or false", value);
        return None;
    };
    Some(*value)
}

/// The integer that `value` is, from `least` to `most`.
pub(crate) fn integer<T: Copy + PartialOrd + TryFrom<i128> + std::fmt::Display>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'_, '_>,
    (least, most): (T, T),
) -> Option<T> {
    let DeValue::Integer(integer) = value.get_ref() else {
        wrong_type(notes, name, "an integer", value);
        return None;
    };
    let number = i128::from_str_radix(integer.as_str(), integer.radix()).ok();
    let number = number.and_then(|n| T::try_from(n).ok());
    let number = number.filter(|n| (least..=most).contains(n));
    if number.is_none() {
        let message = format!("`{name}` is {integer}, expected {least} to {most}");
        notes.add(code::OUT_OF_RANGE, value.span().start, message, None);
    }
    number
}

/// The finite number that `value` is, as a TOML number or as a text.
pub(crate) fn decimal(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'_, '_>,
) -> Option<Decimal> {
    let written = match value.get_ref() {
        DeValue::String(text) => text.as_ref(),
        DeValue::Float(float) => float.as_str(),
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Integer(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => {
            wrong_type(notes, name, "a number", value);
            return None;
        }
    };
    let number = written.parse().ok().and_then(|n| Decimal::new(n).ok());
    if number.is_none() {
        let message = format!("`{name}` is `{}`, expected a number", visible_line(written));
        notes.add(code::WRONG_TYPE, value.span().start, message, None);
    }
    number
}

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
    let table = fields.table(notes, "title")?;
    let mut title = BTreeMap::new();
    for (key, place, value) in table.entries() {
        let text = filled_text(notes, &table.name(key), value);
        if let (Some(language), Some(text)) = (language(notes, key, place), text) {
            title.insert(language, (*text.get_ref()).to_owned());
        }
    }
    if !table.entries().any(|(key, _, _)| key == "en") {
        let message = format!("expected the English title, `{}`", table.name("en"));
        notes.add(code::NO_ENGLISH, table.start, message, None);
    }
    Some(title)
}

/// Notes every hidden character of a document as it is written, comments included.
pub(crate) fn hidden_characters(notes: &mut Notes<'_>) {
    for (place, c) in notes.text.char_indices() {
        let line_end = c == '\r' && notes.text.as_bytes().get(place + 1) == Some(&b'\n');
        if is_hidden(c) && !line_end {
            let message = format!("the file holds the hidden character {}", code_point(c));
            notes.add(code::HIDDEN_IN_TEXT, place, message, None);
        }
    }
}

/// The byte of `raw`, a TOML string with its quotes, from which byte `decoded` of its value comes.
pub(crate) fn place_in_string(raw: &str, decoded: usize) -> usize {
    let quote = raw.chars().next().unwrap_or('"');
    let triple = [quote; 3].iter().collect::<String>();
    let multi = raw.len() >= 6 && raw.starts_with(&triple);
    let mut at = if multi { 3 } else { 1 };
    if multi {
        let rest = raw.get(at..).unwrap_or_default();
        at += ["\r\n", "\n"]
            .iter()
            .find(|end| rest.starts_with(**end))
            .map_or(0, |end| end.len());
    }
    let mut value = 0;
    while value < decoded {
        let rest = raw.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            return at;
        };
        let (taken, made) = match first {
            '\\' if quote == '"' => escape(rest),
            other => (other.len_utf8(), other.len_utf8()),
        };
        at += taken;
        value += made;
    }
    at
}

/// Bytes that the escape at the start of `rest` takes, and bytes that it stands for.
fn escape(rest: &str) -> (usize, usize) {
    let digits = match rest.chars().nth(1) {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(c) if c.is_whitespace() => {
            let after = rest.get(1..).unwrap_or_default().trim_start();
            return (rest.len() - after.len(), 0);
        }
        _ => return (2, 1),
    };
    let code = rest
        .get(2..2 + digits)
        .and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let made = code.and_then(char::from_u32).map_or(1, char::len_utf8);
    (2 + digits, made)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_place_in_a_value_leads_to_the_source() {
        for (raw, needle_raw) in [
            (r#""ab{c""#, "{"),
            (r#"'a\b{c'"#, "{"),
            (r#""\u00e9\t\x41{c""#, "{"),
            ("\"\"\"\nab\\\n   c{d\"\"\"", "{"),
            ("'''\r\na'b{c'''", "{"),
        ] {
            let DeValue::String(value) = DeValue::parse(raw).unwrap().into_inner() else {
                panic!("{raw} is no string");
            };
            let decoded = value.find('{').unwrap();
            assert_eq!(
                place_in_string(raw, decoded),
                raw.find(needle_raw).unwrap(),
                "{raw}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_place_is_found_behind_any_escape(before in any::<String>()) {
            let raw = toml::Value::String(format!("{before}{{")).to_string();
            let place = place_in_string(&raw, before.len());
            prop_assert_eq!(&raw[place..=place], "{", "{}", raw);
        }
    }
}
