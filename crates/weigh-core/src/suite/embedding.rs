//! Reads the table `[embedding]`: which model says how near replies are to their references.

use super::head::Head;
use super::judge::other_model;
use super::{Case, Task};
use crate::diagnostic::{Notes, code};
use crate::fields::Fields;
use crate::judge::Embedding;
use crate::measure::MeasureName;

const MEASURE: MeasureName = MeasureName::Similarity;

/// The embedding model as it is written.
#[derive(Debug)]
pub(super) struct EmbeddingTable {
    /// Where it stands.
    place: usize,
    /// None where it has faults.
    read: Option<Embedding>,
}

impl EmbeddingTable {
    /// The model. None where the table has faults.
    pub fn model(&self) -> Option<Embedding> {
        self.read.clone()
    }
}

/// Reads the table `embedding`.
pub(super) fn embedding(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    task: Option<&Task>,
) -> Option<EmbeddingTable> {
    let value = top.optional("embedding")?;
    let place = value.span().start;
    if task.is_some_and(|task| !MEASURE.fits(task)) {
        let message = "an embedding model compares replies, and the task asks for none";
        let help = "take `task.kind = \"generate\"`, or remove `[embedding]`";
        misfit(notes, place, message, help);
    }
    let read = Fields::of(notes, "embedding", value).and_then(|mut table| {
        let found = other_model(notes, &mut table);
        table.finish(notes);
        let (model, sha256) = found?;
        Some(Embedding { model, sha256 })
    });
    Some(EmbeddingTable { place, read })
}

/// Notes a model without its measure, the measure without a model, and a model beside a judge.
pub(super) fn fits(notes: &mut Notes<'_>, head: &Head, cases: &[Case]) {
    let mut named = head.measures.iter().flatten();
    let named = named.find(|(measure, _)| *measure == MEASURE);
    match (&head.embedding, named) {
        (None, Some((_, place))) => {
            let message = "the measure `similarity` needs an embedding model";
            let help = "add `[embedding]` with `model` and `sha256`";
            misfit(notes, *place, message, help);
        }
        (Some(table), None) if !head.usual_measures && head.measures.is_some() => {
            let message = "the suite has an embedding model, and no measure that asks it";
            let help = "add `similarity` to the suite's measures, or remove `[embedding]`";
            misfit(notes, table.place, message, help);
        }
        (Some(_) | None, _) => {}
    }
    let Some(table) = &head.embedding else {
        return;
    };
    if head.judge.is_some() {
        let message = "the suite has a judge and an embedding model";
        let help = "keep one of them, and make a second suite of the same cases for the other";
        misfit(notes, table.place, message, help);
    }
    if !cases.iter().any(|case| MEASURE.scores(case)) {
        let message = "the suite has an embedding model, and no case with a reference";
        let help = "give cases `answer`";
        misfit(notes, table.place, message, help);
    }
}

fn misfit(notes: &mut Notes<'_>, place: usize, message: &str, help: &str) {
    notes.add(
        code::EMBEDDING_MISFIT,
        place,
        message.to_owned(),
        Some(help.to_owned()),
    );
}
