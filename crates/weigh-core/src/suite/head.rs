//! Reads the head of a suite: what it is, what it asks for and how answers are scored.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use super::embedding::{EmbeddingTable, embedding};
use super::extras::{Perturb, few_shot, perturb, task};
use super::fit::fits;
use super::judge::{JudgeTable, judge};
use super::prompt::{Prompts, prompts};
use super::{FewShot, Task};
use crate::diagnostic::{Notes, code};
use crate::fields::{self, Fields, known_word, owned};
use crate::language::Language;
use crate::measure::MeasureName;
use crate::names::{id_fault, tag_fault};
use crate::text::visible_line;

/// The value of `format`.
pub(super) const FORMAT: &str = "weighhouse-suite/1";
/// The domain of suites that need no licence, authors, sources and canary.
const LOCAL: &str = "local/";
/// SPDX's word for a licence of which nothing is said.
const NO_LICENCE: &str = "NOASSERTION";
/// The version of a suite that gives none.
const NO_VERSION: &str = "0.0.0";

/// What kind of head is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'a> {
    /// The folder's path below `suites/`, or `local/<name>`.
    pub id: &'a str,
    /// Whether cases stand in the same file.
    pub one_file: bool,
}

impl Style<'_> {
    /// Whether the suite is somebody's own, not one to be published.
    pub fn is_local(self) -> bool {
        self.id.starts_with(LOCAL)
    }
}

/// What the head says, as far as it could be read.
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
    /// Each with its place. None also where a local suite names none.
    pub measures: Option<Vec<(MeasureName, usize)>>,
    /// Whether the measures are those that its cases are for.
    pub usual_measures: bool,
    pub judge: Option<JudgeTable>,
    pub embedding: Option<EmbeddingTable>,
    /// With its place.
    pub few_shot: Option<(FewShot, usize)>,
    pub perturb: Option<Perturb>,
    /// The language of the cases in the same file.
    pub language: Option<Language>,
}

/// Reads the document `table`.
pub(super) fn head(notes: &mut Notes<'_>, table: &DeTable<'_>, style: Style<'_>) -> Head {
    let mut top = Fields::top(table);
    let lacks = |top: &mut Fields<'_, '_>, key| style.is_local() && top.optional(key).is_none();
    if !lacks(&mut top, "format") {
        top.word(notes, "format", &[(FORMAT, ())]);
    }
    let mut head = names(notes, &mut top, style);
    head.tags = tags(notes, &mut top);
    head.parallel = parallel(notes, &mut top);
    head.task = task(notes, &mut top, style.is_local());
    let no_prompt = top.optional("prompt").is_none();
    head.prompts = match &head.task {
        Some(task @ (Task::Likelihood | Task::Pair)) if no_prompt => Some(Prompts::usual(task, 0)),
        Some(task) if no_prompt && style.is_local() => Some(Prompts::usual(task, 0)),
        task => prompts(notes, &mut top, task.as_ref()),
    };
    head.few_shot = few_shot(notes, &mut top, head.task.as_ref());
    head.perturb = perturb(notes, &mut top);
    head.judge = judge(notes, &mut top, head.task.as_ref());
    head.embedding = embedding(notes, &mut top, head.task.as_ref());
    head.usual_measures = lacks(&mut top, "measures");
    if !head.usual_measures {
        head.measures = measures(notes, &mut top, head.task.as_ref());
    }
    if style.one_file {
        let language = top.optional("language");
        let tag = language.and_then(|value| fields::text(notes, "language", value));
        head.language = tag.and_then(|tag| {
            let place = tag.span().start;
            fields::language(notes, tag.into_inner(), place)
        });
        top.optional("cases");
        top.optional("shots");
    }
    top.finish(notes);
    head
}

/// Who made the suite and what it is called.
fn names(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>, style: Style<'_>) -> Head {
    let mut head = Head::of(style);
    let given = |top: &mut Fields<'_, '_>, key| !style.is_local() || top.optional(key).is_some();
    if given(top, "id") {
        head.id = id(notes, top, style.id);
    }
    if given(top, "version") {
        head.version = fields::version(notes, top);
    }
    if given(top, "title") {
        head.title = title(notes, top, style);
    }
    if given(top, "licence") {
        head.licence = fields::licence(notes, top);
    }
    if given(top, "authors") {
        head.authors = owned_texts(notes, top, "authors");
    }
    if given(top, "sources") {
        head.sources = owned_texts(notes, top, "sources");
    }
    if given(top, "canary") {
        head.canary = top.text(notes, "canary").map(owned);
    }
    head
}

impl Head {
    /// What holds of a suite that says nothing: of a local one what stands for nothing.
    pub fn of(style: Style<'_>) -> Self {
        let Some(name) = style.id.strip_prefix(LOCAL) else {
            return Self::default();
        };
        let english: Option<Language> = "en".parse().ok();
        Self {
            id: Some(style.id.to_owned()),
            version: Some(NO_VERSION.to_owned()),
            title: english.map(|english| BTreeMap::from([(english, name.to_owned())])),
            licence: Some(NO_LICENCE.to_owned()),
            authors: Some(Vec::new()),
            sources: Some(Vec::new()),
            canary: Some(String::new()),
            ..Self::default()
        }
    }

    /// Whether a licence is given.
    pub fn has_licence(&self) -> bool {
        self.licence.as_deref() != Some(NO_LICENCE)
    }

    /// The measures of `cases`: those that are named, or those that the cases are for. None where
    /// a name is not known, so that nothing can be said of what they score.
    pub fn measures_of(&self, cases: &[super::Case]) -> Option<Vec<MeasureName>> {
        if self.usual_measures {
            let mut usual = super::fit::usual_of(cases);
            usual.extend(self.judge.as_ref().map(|_| MeasureName::Judged));
            usual.extend(self.embedding.as_ref().map(|_| MeasureName::Similarity));
            return Some(usual);
        }
        let measures = self.measures.as_ref()?;
        Some(measures.iter().map(|(measure, _)| *measure).collect())
    }
}

/// The title: a table, or in a local suite also a text alone.
fn title(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    style: Style<'_>,
) -> Option<BTreeMap<Language, String>> {
    let value = top
        .optional("title")
        .filter(|value| style.is_local() && fields::is_text(value));
    let Some(value) = value else {
        return fields::title(notes, top);
    };
    let title = owned(fields::filled_text(notes, "title", value)?);
    Some(BTreeMap::from([("en".parse().ok()?, title)]))
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
        } else if task.is_some_and(|task| !fits(measure, task)) {
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
        .filter(|m| task.is_some_and(|task| fits(**m, task)));
    let names: Vec<String> = fitting.map(|measure| format!("`{measure}`")).collect();
    format!("measures that fit are {}", names.join(", "))
}
