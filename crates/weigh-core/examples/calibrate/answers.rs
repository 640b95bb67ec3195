//! Replies to problems with the number that they give, and the cards of reading answers.

use std::path::Path;

use weigh_core::card::{Calibrated, Card, Instrument, LabelledSet, calibrate, labelled_jsonl};
use weigh_core::digest::Digest;
use weigh_core::language::Language;

const INSTRUMENT: Instrument = Instrument::AnswerNumber;

/// The labelled replies, below the folder of cards.
const REPLIES: &str = "labelled/answer_number.jsonl";

/// A card for each language of the labelled replies below `cards`.
///
/// # Errors
/// The file that cannot be read, or its faults.
pub fn cards(cards: &Path, date: &str) -> Result<Vec<Card>, String> {
    let path = cards.join(REPLIES);
    let bytes = std::fs::read(&path).map_err(|fault| format!("{}: {fault}", path.display()))?;
    let items = labelled_jsonl(REPLIES, &bytes, INSTRUMENT);
    let items = items.map_err(|faults| format!("{}: {faults:?}", path.display()))?;
    let set = LabelledSet {
        name: "Replies of two small models to reliability/arithmetic 1.0.0".to_owned(),
        part: "those that were not cut".to_owned(),
        sha256: Digest::of(&bytes),
        licence: "CC-BY-4.0".to_owned(),
        source: format!("cards/{REPLIES}"),
    };
    let mut languages: Vec<&Language> = items.iter().map(|item| &item.language).collect();
    languages.sort();
    languages.dedup();
    let card = |language: &&Language| {
        let of = Calibrated {
            instrument: INSTRUMENT,
            judge: None,
            language: (*language).clone(),
            date: date.to_owned(),
        };
        let decided = INSTRUMENT.by_rules(&items, language);
        calibrate(of, &[(set.clone(), decided)])
    };
    Ok(languages.iter().map(card).collect())
}
