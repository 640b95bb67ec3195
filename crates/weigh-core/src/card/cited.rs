//! A card as a plan cites it: what is needed to correct a rate, inside the record itself.

use serde::{Deserialize, Serialize};

use super::{Card, Instrument};
use crate::digest::Digest;
use crate::language::Language;
use crate::stats::corrected;
use crate::suite::Suite;

/// A card in the plan of a run. Its counts travel with the record, so that a corrected rate can be
/// derived again without the card's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitedCard {
    /// What was calibrated.
    pub instrument: Instrument,
    /// The version of its rules.
    pub version: u32,
    /// The language of the replies.
    pub language: Language,
    /// The suite whose judge was calibrated. None of an instrument that is the same in all suites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suite: Option<String>,
    /// SHA-256 of the card's canonical TOML.
    pub digest: Digest,
    /// The decided items of all sets.
    pub counts: corrected::Card,
}

impl CitedCard {
    fn new(card: &Card, suite: &Suite) -> Self {
        Self {
            instrument: card.instrument,
            version: card.version,
            language: card.language.clone(),
            suite: card.judge.map(|_| suite.id.clone()),
            digest: Digest::of(card.to_toml().as_bytes()),
            counts: card.totals().record(),
        }
    }
}

/// Those of `cards` that can correct a figure of `suites`: made for the rules that are in use, in a
/// language that occurs, and for a suite's own judge and rubric. Sorted by instrument, language and
/// suite; of two for one of them, the first.
#[must_use]
pub fn cited(cards: &[Card], suites: &[&Suite]) -> Vec<CitedCard> {
    let current = |card: &&Card| card.version == card.instrument.version();
    let mut cited: Vec<CitedCard> = cards
        .iter()
        .filter(current)
        .flat_map(|card| suites.iter().map(move |suite| (card, *suite)))
        .filter(|(card, suite)| corrects(card, suite))
        .map(|(card, suite)| CitedCard::new(card, suite))
        .collect();
    let key = |card: &CitedCard| (card.instrument, card.language.clone(), card.suite.clone());
    cited.sort_by_key(key);
    cited.dedup_by_key(|card| key(card));
    cited
}

/// Whether a measure of `suite` reads what the card's instrument decides.
fn corrects(card: &Card, suite: &Suite) -> bool {
    let mut measures = suite.measures.iter();
    let reads = measures.any(|measure| measure.instrument() == Some(card.instrument));
    reads
        && suite.prompts.contains_key(&card.language)
        && card.judge.is_none_or(|key| {
            suite.judge.as_ref().is_some_and(|judge| {
                let rubric = judge.rubrics.get(&card.language);
                judge.sha256 == key.model && rubric.is_some_and(|r| r.digest() == key.rubric)
            })
        })
}
