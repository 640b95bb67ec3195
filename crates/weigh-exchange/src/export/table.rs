//! The table of cases: a row for each trial, the same for CSV and Parquet.

use std::collections::BTreeSet;

use weigh_core::measure::{MeasureName, Outcome};
use weigh_core::request::{Message, Prompt, Request};

use super::evidence::{Answered, Evidence, word};

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text, or nothing.
    Text,
    /// Texts.
    Texts,
    /// A number, or nothing.
    Number,
    /// Numbers, each of which may be nothing.
    Numbers,
    /// Counts, each of which may be nothing.
    Counts,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name: lower-case letters, digits and `_`.
    pub name: String,
    /// What its cells are.
    pub kind: Kind,
}

/// A cell, of its column's kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text, or nothing.
    Text(Option<String>),
    /// Texts.
    Texts(Vec<String>),
    /// A number, or nothing.
    Number(Option<f64>),
    /// Numbers, each of which may be nothing.
    Numbers(Vec<Option<f64>>),
    /// Counts, each of which may be nothing.
    Counts(Vec<Option<u32>>),
}

/// The columns that every table has, before one for each measure of the record.
const FIXED: [(&str, Kind); 22] = [
    ("report", Kind::Text),
    ("report_sha256", Kind::Text),
    ("verify", Kind::Text),
    ("trial", Kind::Text),
    ("suite", Kind::Text),
    ("suite_version", Kind::Text),
    ("language", Kind::Text),
    ("case_id", Kind::Text),
    ("family", Kind::Text),
    ("variant", Kind::Text),
    ("tags", Kind::Texts),
    ("prompt_form", Kind::Text),
    ("prompt", Kind::Text),
    ("choices", Kind::Texts),
    ("targets", Kind::Texts),
    ("reply", Kind::Text),
    ("finish", Kind::Text),
    ("answer", Kind::Text),
    ("outcome", Kind::Text),
    ("reason", Kind::Text),
    ("log_likelihoods", Kind::Numbers),
    ("tokens", Kind::Counts),
];

/// A table of which the rows are made one by one.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    evidence: &'a Evidence<'a>,
    measures: Vec<MeasureName>,
    columns: Vec<Column>,
}

impl<'a> Table<'a> {
    /// The table of a record's cases.
    #[must_use]
    pub fn of(evidence: &'a Evidence<'a>) -> Self {
        let suites = evidence.suites().iter();
        let measures: BTreeSet<MeasureName> = suites
            .flat_map(|suite| suite.measures.iter().copied())
            // Its units are families, which have no row.
            .filter(|measure| *measure != MeasureName::FamilyAccuracy)
            .collect();
        let column = |name: &str, kind| Column {
            name: name.to_owned(),
            kind,
        };
        let fixed = FIXED.iter().map(|(name, kind)| column(name, *kind));
        let scores = measures
            .iter()
            .map(|measure| column(&format!("score_{measure}"), Kind::Number));
        Self {
            columns: fixed.chain(scores).collect(),
            measures: measures.into_iter().collect(),
            evidence,
        }
    }

    /// The record that it is made from.
    #[must_use]
    pub const fn evidence(&self) -> &'a Evidence<'a> {
        self.evidence
    }

    /// Its columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Its rows, in the order of the plan: a cell for each column.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> {
        let report = &self.evidence.report.id;
        let statement = self.evidence.statement.to_string();
        let verify = self.evidence.how_to_verify();
        self.evidence.answered().map(move |one| {
            let mut cells = vec![text(report), text(&statement), text(&verify)];
            cells.extend(asked(&one));
            cells.extend(answered(&one));
            let scores = self.measures.iter().map(|measure| score(&one, *measure));
            cells.extend(scores.map(Cell::Number));
            cells
        })
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(Some(text.to_owned()))
}

/// The cells about what was asked, from `trial` to `targets`.
fn asked(one: &Answered<'_>) -> Vec<Cell> {
    let (form, prompt) = prompt(one);
    vec![
        text(&one.trial.id),
        text(&one.suite.id),
        text(&one.suite.version),
        text(one.case.language.as_str()),
        text(&one.case.id),
        text(&one.case.family),
        text(&one.case.variant),
        Cell::Texts(one.tags().map(str::to_owned).collect()),
        Cell::Text(form.map(str::to_owned)),
        Cell::Text(prompt),
        Cell::Texts(one.case.expect.choices().to_vec()),
        Cell::Texts(one.targets()),
    ]
}

/// The cells about what came back, from `reply` to `tokens`.
fn answered(one: &Answered<'_>) -> Vec<Cell> {
    let (reply, finish) = one.reply().unzip();
    let reasons = one.without_outcome();
    let reason = if reasons.is_empty() {
        one.failure()
    } else {
        Some(reasons.join("; "))
    };
    vec![
        Cell::Text(reply.map(str::to_owned)),
        Cell::Text(finish.map(word)),
        Cell::Text(one.answer().map(str::to_owned)),
        text(&word(one.result.state)),
        Cell::Text(reason),
        Cell::Numbers(one.log_likelihoods()),
        Cell::Counts(one.tokens()),
    ]
}

fn score(one: &Answered<'_>, measure: MeasureName) -> Option<f64> {
    let mut readings = one.result.readings.iter();
    match readings.find(|reading| reading.measure == measure)?.outcome {
        Outcome::Scored(value) => Some(value.get()),
        Outcome::Unscored(_) => None,
    }
}

/// Whether the first request's prompt is a text or a conversation, and it; a conversation as JSON.
fn prompt(one: &Answered<'_>) -> (Option<&'static str>, Option<String>) {
    match one.trial.requests.first().and_then(Request::prompt) {
        Some(Prompt::Text(text)) => (Some("text"), Some(text.to_string())),
        Some(Prompt::Chat(messages)) => (Some("chat"), conversation(messages)),
        None => (None, None),
    }
}

fn conversation(messages: &[Message]) -> Option<String> {
    serde_json::to_string(messages).ok()
}
