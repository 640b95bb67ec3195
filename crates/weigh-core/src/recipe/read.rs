//! Reads `models/<name>.toml`.

use std::collections::BTreeSet;

use super::{MemberPattern, Package, Recipe, Source};
use crate::diagnostic::{Diagnostic, Notes, code, readable};
use crate::fields::{self, Fields};
use crate::language::Language;
use crate::names::id_fault;
use crate::subject::SubjectFile;
use crate::text::visible_line;

/// The value of `format`.
const FORMAT: &str = "weighhouse-model/1";
/// The most bytes of a recipe.
const LONGEST: usize = 1 << 20;
/// The largest file of a model, 2^53 - 1 bytes: integers up to there are exact in every JSON reader.
const LARGEST: u64 = (1 << 53) - 1;

/// Reads the recipe in `bytes`, the file `<id>.toml`.
///
/// # Errors
/// Every fault, sorted by place.
pub fn parse(id: &str, bytes: &[u8]) -> Result<Recipe, Vec<Diagnostic>> {
    let file = format!("{id}.toml");
    let text = readable(&file, bytes, LONGEST).map_err(|fault| vec![fault])?;
    let mut notes = Notes::new(&file, text);
    if let Some((code, message)) = id_fault("file name", id) {
        notes.add(code, 0, message, None);
    }
    let recipe = recipe(&mut notes, id);
    let mut found = notes.finish();
    found.sort();
    // A recipe without warnings only: nobody looks at the warnings of a download.
    recipe.filter(|_| found.is_empty()).ok_or(found)
}

fn recipe(notes: &mut Notes<'_>, id: &str) -> Option<Recipe> {
    let document = fields::document(notes)?;
    let mut top = Fields::top(document.get_ref());
    top.word(notes, "format", &[(FORMAT, ())]);
    let title = top.text(notes, "title").map(fields::owned);
    let licence = fields::licence(notes, &mut top);
    let languages = languages(notes, &mut top);
    let text = top.text(notes, "notes").map(fields::owned);
    let files = files(notes, &mut top);
    let sources = sources(notes, &mut top, files.as_deref());
    top.finish(notes);
    Some(Recipe {
        id: id.to_owned(),
        title: title?,
        licence: licence?,
        languages: languages?,
        notes: text?,
        files: files?,
        sources: sources?,
    })
}

fn languages(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<Vec<Language>> {
    let tags = top.texts(notes, "languages")?;
    tags.iter()
        .map(|tag| fields::language(notes, tag.get_ref(), tag.span().start))
        .collect()
}

fn files(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<Vec<SubjectFile>> {
    let mut names = BTreeSet::new();
    fields::tables(notes, top, "files", |notes, table| {
        let name = file_name(notes, table, &mut names);
        let size = size(notes, table);
        let sha256 = fields::digest(notes, table, "sha256");
        table.finish(notes);
        Some(SubjectFile {
            name: name?,
            size: size?,
            sha256: sha256?,
        })
    })
}

fn file_name(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    names: &mut BTreeSet<String>,
) -> Option<String> {
    let name = table.text(notes, "name")?;
    let place = name.span().start;
    let name = name.into_inner();
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    if name.starts_with(['.', '-']) || !name.chars().all(plain) {
        let shown = visible_line(name);
        let message =
            format!("`{shown}` is not a base name out of A-Z, a-z, 0-9, `.`, `_`, `-`, `+`");
        notes.add(code::BAD_FILE_NAME, place, message, None);
        return None;
    }
    // Some file systems do not tell upper from lower case.
    if !names.insert(name.to_ascii_lowercase()) {
        let message = format!("the file `{name}` stands twice");
        notes.add(code::NOT_UNIQUE, place, message, None);
    }
    Some(name.to_owned())
}

fn size(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<u64> {
    let value = table.required(notes, "size")?;
    fields::integer(notes, &table.name("size"), value, (1, LARGEST))
}

#[derive(Clone, Copy)]
enum Kind {
    Hub,
    Packages,
}

fn sources(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    files: Option<&[SubjectFile]>,
) -> Option<Vec<Source>> {
    fields::tables(notes, top, "sources", |notes, table| {
        let kinds = [("hub", Kind::Hub), ("packages", Kind::Packages)];
        let source = match table.word(notes, "kind", &kinds)? {
            Kind::Hub => hub(notes, table),
            Kind::Packages => from_packages(notes, table, files),
        };
        table.finish(notes);
        source
    })
}

/// The text of `key`, if `is_good` says so.
fn checked(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    key: &'static str,
    expected: &str,
    is_good: impl Fn(&str) -> bool,
) -> Option<String> {
    let text = table.text(notes, key)?;
    if is_good(text.get_ref()) {
        return Some(fields::owned(text));
    }
    bad_source(
        notes,
        &table.name(key),
        text.span().start,
        text.get_ref(),
        expected,
    );
    None
}

fn bad_source(notes: &mut Notes<'_>, name: &str, place: usize, found: &str, expected: &str) {
    let message = format!("`{name}` is `{}`, expected {expected}", visible_line(found));
    notes.add(code::BAD_SOURCE, place, message, None);
}

/// A name that can stand in an address and on a command line: no separator, no leading dash.
fn is_word(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-+!".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(plain)
}

fn hub(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Source> {
    let is_repository = |text: &str| {
        text.split_once('/')
            .is_some_and(|(owner, name)| is_word(owner) && is_word(name))
    };
    let repository = checked(
        notes,
        table,
        "repository",
        "`<owner>/<name>`",
        is_repository,
    );
    let revision = checked(notes, table, "revision", "a branch, tag or commit", is_word);
    Some(Source::Hub {
        repository: repository?,
        revision: revision?,
    })
}

fn packages(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Vec<Package>> {
    let name = table.name("packages");
    let texts = table.texts(notes, "packages")?;
    let read = |text: &toml::Spanned<&str>| {
        let parts = text.get_ref().split_once("==");
        let parts = parts.filter(|(name, version)| is_word(name) && is_word(version));
        if parts.is_none() {
            let place = text.span().start;
            bad_source(notes, &name, place, text.get_ref(), "`<name>==<version>`");
        }
        let (name, version) = parts?;
        Some(Package {
            name: name.to_owned(),
            version: version.to_owned(),
        })
    };
    let all: Vec<Option<Package>> = texts.iter().map(read).collect();
    all.into_iter().collect()
}

fn from_packages(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    files: Option<&[SubjectFile]>,
) -> Option<Source> {
    let packages = packages(notes, table);
    let patterns = table.table(notes, "members");
    // Faulty files are noted already; what else would be said here follows from them.
    let members = members(notes, &patterns?, files?);
    Some(Source::Packages {
        packages: packages?,
        members: members?,
    })
}

/// One pattern for each file: the table `members` has the files' names as keys.
fn members(
    notes: &mut Notes<'_>,
    patterns: &Fields<'_, '_>,
    files: &[SubjectFile],
) -> Option<Vec<MemberPattern>> {
    for (key, place, _) in patterns.entries() {
        if !files.iter().any(|file| file.name == key) {
            let message = format!("`{}` is no file of this model", visible_line(key));
            notes.add(code::UNKNOWN_KEY, place, message, None);
        }
    }
    let all: Vec<Option<MemberPattern>> = files
        .iter()
        .map(|file| member(notes, patterns, &file.name))
        .collect();
    all.into_iter().collect()
}

fn member(notes: &mut Notes<'_>, patterns: &Fields<'_, '_>, file: &str) -> Option<MemberPattern> {
    let name = patterns.name(file);
    let Some((_, _, value)) = patterns.entries().find(|(key, _, _)| *key == file) else {
        let message = format!("expected the key `{name}`");
        notes.add(code::MISSING_KEY, patterns.start, message, None);
        return None;
    };
    let text = fields::filled_text(notes, &name, value)?;
    let pattern = MemberPattern::new(text.get_ref());
    if pattern.is_none() {
        let expected = "a path in which each part has at most one `*`";
        bad_source(notes, &name, text.span().start, text.get_ref(), expected);
    }
    pattern
}
