//! Reads `suite.toml`: what a suite is, what it asks for and how answers are scored.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::prompt::{Prompts, prompts};
use super::{ChoiceBy, Task};
use crate::diagnostic::{Notes, code};
use crate::fields::{self, Fields, Located, known_word, owned};
use crate::language::Language;
use crate::measure::MeasureName;
use crate::names::{id_fault, tag_fault};
use crate::text::visible_line;

/// The value of `format`.
const FORMAT: &str = "weighhouse-suite/1";
/// The most tokens that a suite may ask a model to generate for one case.
const MOST_TOKENS: u32 = 65_536;

/// What `suite.toml` says, as far as it could be read.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub id: Option<String>,
    pub version: Option<String>,
    pub title: Option<BTreeMap<Language, String>>,
    pub licence: Option<String>,
    pub authors: Option<Vec<String>>,
    pub sources: Option<Vec<String>>,
    pub canary: Option<String>,
    pub tags: BTreeSet<String>,
    /// Whether every language is to have every case.
    pub parallel: bool,
    pub task: Option<Task>,
    pub prompts: Option<Prompts>,
    /// Each with its place.
    pub measures: Option<Vec<(MeasureName, usize)>>,
}

/// Reads the document in `notes`. `path` is the folder's path below `suites/`.
pub(super) fn head(notes: &mut Notes<'_>, path: &str) -> Head {
    let Some(document) = fields::document(notes) else {
        return Head::default();
    };
    let mut top = Fields::top(document.get_ref());
    top.word(notes, "format", &[(FORMAT, ())]);
    let mut head = Head {
        id: id(notes, &mut top, path),
        version: fields::version(notes, &mut top),
        title: fields::title(notes, &mut top),
        licence: fields::licence(notes, &mut top),
        authors: owned_texts(notes, &mut top, "authors"),
        sources: owned_texts(notes, &mut top, "sources"),
        canary: top.text(notes, "canary").map(owned),
        tags: tags(notes, &mut top),
        parallel: parallel(notes, &mut top),
        task: task(notes, &mut top),
        prompts: prompts(notes, &mut top),
        measures: None,
    };
    head.measures = measures(notes, &mut top, head.task.as_ref());
    top.finish(notes);
    head
}

fn owned_texts(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    key: &'static str,
) -> Option<Vec<String>> {
    Some(top.texts(notes, key)?.into_iter().map(owned).collect())
}

fn id(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>, path: &str) -> Option<String> {
    let id = top.text(notes, "id")?;
    let place = id.span().start;
    let id = id.into_inner();
    let Some((domain, name)) = id.split_once('/') else {
        let message = format!("the id `{}` is not `<domain>/<name>`", visible_line(id));
        notes.add(code::BAD_ID, place, message, None);
        return None;
    };
    for (what, part) in [("domain", domain), ("name", name)] {
        if let Some((code, message)) = id_fault(what, part) {
            notes.add(code, place, message, None);
        }
    }
    if id != path {
        let message = format!(
            "the id is `{}`, the folder is `{}`",
            visible_line(id),
            visible_line(path)
        );
        let help = format!(
            "write `id = \"{}\"`, or move the folder",
            visible_line(path)
        );
        notes.add(code::ID_NOT_PATH, place, message, Some(help));
    }
    Some(id.to_owned())
}

fn tags(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> BTreeSet<String> {
    let mut tags = BTreeSet::new();
    let Some(value) = top.optional("tags") else {
        return tags;
    };
    for tag in fields::texts(notes, "tags", value).unwrap_or_default() {
        let place = tag.span().start;
        if let Some((code, message)) = tag_fault(tag.get_ref()) {
            notes.add(code, place, message, None);
        }
        if !tags.insert((*tag.get_ref()).to_owned()) {
            let message = format!("the tag `{}` stands twice", visible_line(tag.get_ref()));
            notes.add(code::NOT_UNIQUE, place, message, None);
        }
    }
    tags
}

fn parallel(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> bool {
    let value = top.optional("parallel");
    value
        .and_then(|value| fields::boolean(notes, "parallel", value))
        .unwrap_or(false)
}

#[derive(Clone, Copy)]
enum Kind {
    Choice,
    Generate,
}

fn task(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<Task> {
    let mut table = top.table(notes, "task")?;
    let kind = table.word(
        notes,
        "kind",
        &[("choice", Kind::Choice), ("generate", Kind::Generate)],
    );
    let task = match kind? {
        Kind::Choice => Some(Task::Choice { by: ChoiceBy::Text }),
        Kind::Generate => generate(notes, &mut table),
    };
    table.finish(notes);
    task
}

fn generate(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Task> {
    let max_tokens = table.required(notes, "max_tokens");
    let max_tokens = max_tokens
        .and_then(|value| fields::integer(notes, "task.max_tokens", value, (1, MOST_TOKENS)));
    let stop = match table.optional("stop") {
        None => Some(Arc::from([])),
        Some(value) => stop_texts(notes, value),
    };
    Some(Task::Generate {
        max_tokens: max_tokens?,
        stop: stop?,
    })
}

/// Stop texts may be white space, for instance a line feed, but not empty.
fn stop_texts(notes: &mut Notes<'_>, value: Located<'_, '_>) -> Option<Arc<[String]>> {
    let items = fields::list(notes, "task.stop", value)?;
    let mut stop = Vec::new();
    for item in items {
        let text = fields::text(notes, "task.stop", item)?;
        if text.get_ref().is_empty() {
            let message = "a stop text is empty, and would end every answer at once".to_owned();
            notes.add(code::EMPTY, text.span().start, message, None);
        }
        stop.push(owned(text));
    }
    Some(stop.into())
}

fn measures(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    task: Option<&Task>,
) -> Option<Vec<(MeasureName, usize)>> {
    let words = MeasureName::words();
    let mut measures: Vec<(MeasureName, usize)> = Vec::new();
    let mut known = true;
    for said in top.texts(notes, "measures")? {
        let place = said.span().start;
        let Some(measure) = known_word(notes, code::UNKNOWN_MEASURE, "measures", &said, &words)
        else {
            known = false;
            continue;
        };
        if measures.iter().any(|(earlier, _)| *earlier == measure) {
            let message = format!("the measure `{measure}` stands twice");
            notes.add(code::NOT_UNIQUE, place, message, None);
        } else if task.is_some_and(|task| !measure.fits(task)) {
            let message = format!("the measure `{measure}` does not fit the task");
            let help = Some(fitting(task));
            notes.add(code::MEASURE_MISFIT, place, message, help);
        }
        measures.push((measure, place));
    }
    // What an unknown measure scores cannot be said, so nothing is said of unscored cases.
    known.then_some(measures)
}

fn fitting(task: Option<&Task>) -> String {
    let fitting = MeasureName::ALL
        .iter()
        .filter(|m| task.is_some_and(|task| m.fits(task)));
    let names: Vec<String> = fitting.map(|measure| format!("`{measure}`")).collect();
    format!("measures that fit are {}", names.join(", "))
}
