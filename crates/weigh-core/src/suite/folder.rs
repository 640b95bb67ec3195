//! Sorts out the files of a suite's folder: names, sizes and encodings.

use std::collections::{BTreeMap, BTreeSet};

use super::SuiteFile;
use super::parse::Limits;
use crate::diagnostic::{Diagnostic, Notes, code, readable, whole_file};
use crate::fields;
use crate::language::Language;
use crate::text::{fold, visible_line};

const HEAD: &str = "suite.toml";
const README: &str = "README.md";
/// What the suite was made from, where it is another tool's task: told, cited, and not read here.
const ORIGIN: &str = "lm-eval.json";

/// The files that can be read, as texts.
#[derive(Debug, Default)]
pub(super) struct Folder<'a> {
    /// Text of `suite.toml`.
    pub head: Option<&'a str>,
    /// Path and text of the cases of each language.
    pub cases: BTreeMap<Language, (&'a str, &'a str)>,
    /// The same of its solved examples.
    pub shots: BTreeMap<Language, (&'a str, &'a str)>,
}

/// Sorts out `files`. What is wrong goes to `found`.
pub(super) fn sort_out<'a>(
    files: &[SuiteFile<'a>],
    local: bool,
    limits: &Limits,
    found: &mut Vec<Diagnostic>,
) -> Folder<'a> {
    let mut folder = Folder::default();
    let mut names = BTreeSet::new();
    for file in files {
        if !names.insert(fold(file.path)) {
            let message = "another file has the same name but for letter case".to_owned();
            found.push(whole_file(file.path, code::SAME_FILE, message, None));
        } else if let Some(kind) = kind(file.path, found) {
            let text = text(file, limits, found);
            match (kind, text) {
                (Kind::Head, text) => folder.head = text,
                (Kind::Cases(language), Some(text)) => {
                    one_file(&mut folder.cases, language, file.path, text, found);
                }
                (Kind::Shots(language), Some(text)) => {
                    one_file(&mut folder.shots, language, file.path, text, found);
                }
                (Kind::Cases(_) | Kind::Shots(_), None) | (Kind::Told, _) => {}
            }
        }
    }
    missing(&names, local, found);
    folder
}

/// Keeps the file of a language, which has only one.
fn one_file<'a>(
    files: &mut BTreeMap<Language, (&'a str, &'a str)>,
    language: Language,
    path: &'a str,
    text: &'a str,
    found: &mut Vec<Diagnostic>,
) {
    if let Some((other, _)) = files.get(&language) {
        let message = format!("`{language}` has the file `{other}` already");
        found.push(whole_file(path, code::SAME_FILE, message, None));
        return;
    }
    files.insert(language, (path, text));
}

enum Kind {
    Head,
    Told,
    Cases(Language),
    Shots(Language),
}

/// What a file of that name is for.
fn kind(path: &str, found: &mut Vec<Diagnostic>) -> Option<Kind> {
    if leaves_the_folder(path) {
        let message =
            "the path is absolute, leaves the folder or has control characters".to_owned();
        found.push(whole_file(path, code::BAD_PATH, message, None));
        return None;
    }
    match path {
        HEAD => return Some(Kind::Head),
        README | ORIGIN => return Some(Kind::Told),
        _ => {}
    }
    let (word, tag) = path.split_once('.').unwrap_or_default();
    let tag = tag
        .strip_suffix(".jsonl")
        .or_else(|| tag.strip_suffix(".csv"));
    let tag = tag.filter(|tag| !tag.contains('/') && matches!(word, "cases" | "shots"));
    let Some(tag) = tag else {
        let message = format!("`{}` is no file of a suite", visible_line(path));
        let help = format!(
            "expected `{HEAD}`, `{README}`, `cases.<language>.jsonl` or `shots.<language>.jsonl`"
        );
        found.push(whole_file(path, code::UNEXPECTED_FILE, message, Some(help)));
        return None;
    };
    let mut notes = Notes::new(path, "");
    let language = fields::language(&mut notes, tag, 0);
    found.extend(notes.finish());
    language.map(if word == "cases" {
        Kind::Cases
    } else {
        Kind::Shots
    })
}

pub(super) fn leaves_the_folder(path: &str) -> bool {
    let parts = path.split(['/', '\\']);
    path.contains(char::is_control)
        || path.contains(['\\', ':'])
        || parts
            .into_iter()
            .any(|part| matches!(part, "" | "." | ".."))
}

/// The text of a file within the limits.
pub(super) fn text<'a>(
    file: &SuiteFile<'a>,
    limits: &Limits,
    found: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    let is_document = [".toml", ".yaml", ".yml"]
        .iter()
        .any(|end| file.path.ends_with(end));
    let most = if is_document {
        limits.head
    } else if file.path.ends_with(".csv") {
        limits.table
    } else {
        limits.file
    };
    match readable(file.path, file.bytes, most) {
        // Spreadsheets begin a CSV file with a byte order mark; elsewhere it is part of a text.
        Ok(text) if text.starts_with('\u{feff}') && !file.path.ends_with(".csv") => {
            let message = "the file begins with a byte order mark, U+FEFF".to_owned();
            let help = Some("save it as UTF-8 without one".to_owned());
            found.push(whole_file(file.path, code::BYTE_ORDER_MARK, message, help));
            None
        }
        Ok(text) => short_lines(file.path, text, limits, found).then_some(text),
        Err(fault) => {
            found.push(fault);
            None
        }
    }
}

fn short_lines(path: &str, text: &str, limits: &Limits, found: &mut Vec<Diagnostic>) -> bool {
    let mut short = true;
    for (line, number) in text.split('\n').zip(1..) {
        if line.len() > limits.line {
            let message = format!("the line has {} bytes, at most {}", line.len(), limits.line);
            let mut fault = whole_file(path, code::LINE_TOO_LONG, message, None);
            fault.line = number;
            found.push(fault);
            short = false;
        }
    }
    short
}

fn missing(names: &BTreeSet<String>, local: bool, found: &mut Vec<Diagnostic>) {
    for name in [HEAD, README] {
        if local && name == README {
            continue;
        }
        if !names.contains(&fold(name)) {
            let message = format!("expected the file `{name}`");
            found.push(whole_file(name, code::MISSING_FILE, message, None));
        }
    }
    if !names.iter().any(|name| name.starts_with("cases.")) {
        let message = "expected a file `cases.<language>.jsonl`".to_owned();
        let help = Some("for instance `cases.en.jsonl`".to_owned());
        found.push(whole_file(HEAD, code::MISSING_FILE, message, help));
    }
}
