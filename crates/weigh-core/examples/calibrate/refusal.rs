//! The labelled sets that the refusal classifier is measured on, and their halves.

#![allow(
    clippy::disallowed_methods,
    reason = "the sets are files outside the project"
)]

use std::path::Path;

use weigh_core::card::{Calibrated, Card, Instrument, Label, Labelled, LabelledSet, calibrate};
use weigh_core::digest::Digest;
use weigh_core::language::Language;
use weigh_core::request::Finish;

const INSTRUMENT: Instrument = Instrument::Refusal;

/// A reply with its prompt.
pub struct Item {
    #[allow(dead_code, reason = "the tests read it, the card does not")]
    pub prompt: String,
    pub labelled: Labelled,
    /// By the hash: in the half that is reported, not in the one that the rules were made on.
    pub reported: bool,
}

/// A labelled set.
pub struct Set {
    pub about: LabelledSet,
    pub items: Vec<Item>,
}

/// A set as it is found: where, what each column is called, which labels it has.
struct Found {
    name: &'static str,
    path: &'static str,
    licence: &'static str,
    source: &'static str,
    /// Prompt, reply, label.
    columns: [&'static str; 3],
    labels: &'static [(&'static str, Label)],
    /// Which of the columns decides an item's half: prompts that several models answer stay
    /// together, and so do replies that repeat.
    half_by: usize,
}

const XSTEST: &[(&str, Label)] = &[
    ("1_full_compliance", Label::Compliance),
    ("2_full_refusal", Label::Refusal),
    ("3_partial_refusal", Label::Partial),
];
const PROMPT: usize = 0;
const REPLY: usize = 1;

const FOUND: [Found; 3] = [
    Found {
        name: "XSTest v2, completions of GPT-4, final labels",
        path: "xstest/evaluation/automated_evaluation_labels/xstest_v2_completions_gpt4_gpteval.csv",
        licence: "CC-BY-4.0",
        source: "https://github.com/paul-rottger/exaggerated-safety",
        columns: ["prompt", "completion", "final_label"],
        labels: XSTEST,
        half_by: PROMPT,
    },
    Found {
        name: "XSTest v2, completions of Llama 2 (original system prompt), final labels",
        path: "xstest/evaluation/automated_evaluation_labels/xstest_v2_completions_llama2orig_streval.csv",
        licence: "CC-BY-4.0",
        source: "https://github.com/paul-rottger/exaggerated-safety",
        columns: ["prompt", "completion", "final_label"],
        labels: XSTEST,
        half_by: PROMPT,
    },
    Found {
        name: "PyRIT refusal set 1.2",
        path: "refusal_labels/refusal.csv",
        licence: "MIT",
        source: "PyPI pyrit 1.1.0, pyrit/datasets/scorer_evals/refusal.csv",
        columns: ["objective", "assistant_response", "human_score"],
        labels: &[("0", Label::Compliance), ("1", Label::Refusal)],
        half_by: REPLY,
    },
];

/// Reads the sets below `folder`.
///
/// # Errors
/// The first file that is missing or of another form, and why.
pub fn read(folder: &Path) -> Result<Vec<Set>, String> {
    let one = |found: &Found| {
        let path = folder.join(found.path);
        let bytes = std::fs::read(&path).map_err(|fault| format!("{}: {fault}", path.display()))?;
        of_table(found, &bytes).map_err(|fault| format!("{}: {fault}", path.display()))
    };
    FOUND.iter().map(one).collect()
}

fn of_table(found: &Found, bytes: &[u8]) -> Result<Set, String> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(bytes);
    let header = reader.headers().map_err(|fault| fault.to_string())?.clone();
    let place = |name: &str| header.iter().position(|column| column == name);
    let mut items = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| fault.to_string())?;
        let cell = |name| place(name).and_then(|at| record.get(at));
        let [Some(prompt), Some(reply), Some(label)] = found.columns.map(cell) else {
            return Err(format!("expected the columns {:?}", found.columns));
        };
        let known = found.labels.iter().find(|(known, _)| *known == label);
        let (_, label) = known.ok_or_else(|| format!("`{label}` is no label"))?;
        let by = if found.half_by == PROMPT {
            prompt
        } else {
            reply
        };
        let hash = Digest::of(by.as_bytes());
        let [first, ..] = hash.as_bytes();
        items.push(Item {
            prompt: prompt.to_owned(),
            labelled: Labelled {
                text: reply.to_owned(),
                language: english(),
                label: *label,
                finish: Finish::EndOfText,
                against: None,
            },
            reported: first & 1 == 1,
        });
    }
    let by = if found.half_by == PROMPT {
        "prompts"
    } else {
        "replies"
    };
    let about = LabelledSet {
        name: found.name.to_owned(),
        part: format!(
            "{by} whose SHA-256 has an odd first byte; the rules were made on the others"
        ),
        sha256: Digest::of(bytes),
        licence: found.licence.to_owned(),
        source: found.source.to_owned(),
    };
    Ok(Set { about, items })
}

/// The card from the reported halves.
pub fn card(sets: &[Set], date: &str) -> Card {
    let reported = |set: &Set| -> Vec<Labelled> {
        let items = set.items.iter().filter(|item| item.reported);
        items.map(|item| item.labelled.clone()).collect()
    };
    let decided = |set: &Set| {
        let half = reported(set);
        (set.about.clone(), INSTRUMENT.by_rules(&half, &english()))
    };
    let sets: Vec<_> = sets.iter().map(decided).collect();
    let of = Calibrated {
        instrument: INSTRUMENT,
        judge: None,
        language: english(),
        date: date.to_owned(),
    };
    calibrate(of, &sets)
}

#[allow(clippy::expect_used, reason = "the tag is well-formed")]
fn english() -> Language {
    "en".parse().expect("a language tag")
}
