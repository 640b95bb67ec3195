//! A suite in one file, for somebody's own cases: TOML, YAML or CSV with head and cases together.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::SuiteFile;
use super::cases::{Reading, too_many};
use super::folder;
use super::head::{Head, Style, head};
use super::nodes::members;
use super::parse::{Draft, Limits, prompt_of};
use super::prompt::Prompts;
use super::table::{self, Table};
use super::{Case, ChoiceBy, Task};
use crate::diagnostic::{Diagnostic, Notes, code};
use crate::fields;
use crate::json::{Member, Value};
use crate::language::Language;

/// The endings of one-file suites.
const ENDINGS: [&str; 4] = ["toml", "yaml", "yml", "csv"];

/// The id of the suite in the one file of that name: `local/capitals` for `capitals.toml`,
/// `capitals.yaml`, `capitals.csv` or, with the language of its cases, `capitals.sw.csv`. None for
/// another name; `suite.toml` is the head of a folder.
#[must_use]
pub fn local_id(file_name: &str) -> Option<String> {
    let (name, rest) = file_name.split_once('.')?;
    let ending = rest.rsplit('.').next()?;
    let is_one_file = file_name != "suite.toml" && ENDINGS.contains(&ending) && !name.is_empty();
    is_one_file.then(|| format!("local/{name}"))
}

/// The one file of a suite.
#[derive(Clone, Copy)]
pub(super) struct OneFile<'a>(SuiteFile<'a>);

impl<'a> OneFile<'a> {
    /// The file, where `files` are that and perhaps a README.
    pub fn of(id: &str, files: &[SuiteFile<'a>]) -> Option<Self> {
        let mut others = files.iter().filter(|file| file.path != "README.md");
        let (Some(file), None) = (others.next(), others.next()) else {
            return None;
        };
        (local_id(file.path)? == id).then_some(Self(*file))
    }

    /// The language in the file's name.
    fn language(self) -> Option<&'a str> {
        let (_, rest) = self.0.path.split_once('.')?;
        Some(rest.rsplit_once('.')?.0)
    }

    fn ends_with(self, endings: &[&str]) -> bool {
        endings.iter().any(|end| self.0.path.ends_with(end))
    }
}

/// Reads the suite.
pub(super) fn one_file<'a>(
    file: OneFile<'a>,
    id: &str,
    files: &[SuiteFile<'a>],
    limits: &Limits,
) -> Draft<'a> {
    let mut found = Vec::new();
    for file in files {
        if folder::leaves_the_folder(file.path) {
            let message = "the path leaves the folder or has control characters".to_owned();
            found.push(crate::diagnostic::whole_file(
                file.path,
                code::BAD_PATH,
                message,
                None,
            ));
        }
    }
    let text = folder::text(&file.0, limits, &mut found);
    let mut notes = Notes::new(file.0.path, text.unwrap_or_default());
    let tag = file.language();
    let named = tag.and_then(|tag| fields::language(&mut notes, tag, 0));
    let mut local = Local {
        style: Style { id, one_file: true },
        limits,
        misnamed: tag.is_some() && named.is_none(),
        named,
        found,
    };
    let (head, cases, shots) = match text {
        None => Default::default(),
        Some(_) if file.ends_with(&[".csv"]) => local.sheet(&mut notes),
        Some(_) => {
            let document = if file.ends_with(&[".toml"]) {
                fields::document(&mut notes)
            } else {
                fields::yaml(&mut notes, limits.depth)
            };
            document.map_or_else(Default::default, |table| local.document(&mut notes, &table))
        }
    };
    Draft {
        head,
        cases,
        shots,
        notes,
        found: local.found,
    }
}

type Read = (Head, Vec<Case>, Vec<Case>);

struct Local<'l> {
    style: Style<'l>,
    limits: &'l Limits,
    /// The language that the file's name gives.
    named: Option<Language>,
    /// Whether it gives one that is none, which is told.
    misnamed: bool,
    found: Vec<Diagnostic>,
}

/// A case before its language's prompt is known: where it begins, and its members.
type Raw<'t> = (usize, Vec<Member<'t>>);

impl Local<'_> {
    /// A document: the head, and the lists `cases` and `shots`.
    fn document(&mut self, notes: &mut Notes<'_>, table: &Spanned<DeTable<'_>>) -> Read {
        let table = table.get_ref();
        let head = head(notes, table, self.style);
        let language = head.language.clone().or_else(|| self.named.clone());
        let raw = objects(notes, table, "cases", true);
        let cases = self.cases(notes, &head, language.as_ref(), raw, false);
        let raw = objects(notes, table, "shots", false);
        let shots = self.cases(notes, &head, language.as_ref(), raw, true);
        (head, cases, shots)
    }

    /// A table: its columns say what is asked.
    fn sheet(&mut self, notes: &mut Notes<'_>) -> Read {
        let mut head = Head::of(self.style);
        let Some(table) = table::read(notes) else {
            return (head, Vec::new(), Vec::new());
        };
        let task = task_of(&table);
        head.prompts = Some(Prompts::usual(&task, 0));
        head.task = Some(task);
        head.usual_measures = true;
        let language = self.named.clone();
        let raw = table.cases(notes);
        let cases = self.cases(notes, &head, language.as_ref(), raw, false);
        (head, cases, Vec::new())
    }

    fn cases(
        &mut self,
        notes: &mut Notes<'_>,
        head: &Head,
        language: Option<&Language>,
        raw: Vec<Raw<'_>>,
        pool: bool,
    ) -> Vec<Case> {
        if language.is_none() && !raw.iter().any(has_language) {
            self.no_language(notes, &raw);
            return Vec::new();
        }
        let mut by_language: BTreeMap<Language, Vec<Raw<'_>>> = BTreeMap::new();
        for (index, (start, mut members)) in raw.into_iter().enumerate() {
            let most = if pool {
                self.limits.shots
            } else {
                self.limits.cases
            };
            if index >= most {
                too_many(notes, pool, self.limits, start);
                break;
            }
            if let Some(language) = language_of(notes, language, start, &mut members) {
                by_language
                    .entry(language)
                    .or_default()
                    .push((start, members));
            }
        }
        let mut all = Vec::new();
        for (language, raw) in by_language {
            let reading = Reading {
                head,
                language: &language,
                prompt: prompt_of(head, &language, notes.file, &mut self.found),
                limits: self.limits,
                pool,
            };
            let mut cases = Vec::new();
            for (start, members) in raw {
                cases.extend(reading.case(notes, 0, start, members));
            }
            all.append(&mut reading.complete(notes, cases, &mut self.found));
        }
        all
    }

    /// No case says its language and the file does not either: one fault, not one for each case.
    fn no_language(&self, notes: &mut Notes<'_>, raw: &[Raw<'_>]) {
        if let Some((start, _)) = raw.first()
            && !self.misnamed
        {
            unknown_language(notes, *start, "the language of the cases is not known");
        }
    }
}

fn has_language((_, members): &Raw<'_>) -> bool {
    members.iter().any(|member| member.key == "language")
}

fn unknown_language(notes: &mut Notes<'_>, place: usize, message: &str) {
    let help = "give the file `language`, or a name such as `capitals.sw.csv`, or each case its own \
                `language`";
    notes.add(
        code::NO_LANGUAGE,
        place,
        message.to_owned(),
        Some(help.to_owned()),
    );
}

/// The tables in the list `key`.
fn objects<'t>(
    notes: &mut Notes<'_>,
    table: &'t DeTable<'_>,
    key: &str,
    needed: bool,
) -> Vec<Raw<'t>> {
    let Some(value) = table.get(key) else {
        if needed {
            let message = format!("expected the list `{key}`");
            notes.add(code::NO_CASES, 0, message, None);
        }
        return Vec::new();
    };
    let items = fields::list(notes, key, value).unwrap_or_default();
    if needed && items.is_empty() {
        notes.add(
            code::NO_CASES,
            value.span().start,
            format!("`{key}` holds no case"),
            None,
        );
    }
    let mut raw = Vec::new();
    for item in items {
        if let DeValue::Table(table) = item.get_ref() {
            raw.push((item.span().start, members(table)));
        } else {
            fields::wrong_type(notes, key, "a list of tables", item);
        }
    }
    raw
}

/// The language of a case: its own, else the file's.
fn language_of(
    notes: &mut Notes<'_>,
    language: Option<&Language>,
    start: usize,
    members: &mut Vec<Member<'_>>,
) -> Option<Language> {
    let at = members.iter().position(|member| member.key == "language");
    let Some(at) = at else {
        if language.is_none() {
            unknown_language(notes, start, "the language of the case is not known");
        }
        return language.cloned();
    };
    let node = members.remove(at).node;
    if let Value::Text(tag) = &node.value {
        return fields::language(notes, tag, node.start);
    }
    let message = "`language` is no text, expected a tag such as `sw`".to_owned();
    notes.add(code::WRONG_TYPE, node.start, message, None);
    None
}

/// What a table without a head asks for.
fn task_of(table: &Table<'_>) -> Task {
    if table.has("choices") {
        Task::Choice { by: ChoiceBy::Text }
    } else if table.has("better") && table.has("worse") {
        Task::Pair
    } else if table.has("text") && !table.has("question") {
        Task::Likelihood
    } else {
        super::extras::usual_reply()
    }
}
