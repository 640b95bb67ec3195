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
    /// SHA-256 of the card's canonical TOML.
    pub digest: Digest,
    /// The decided items of all sets.
    pub counts: corrected::Card,
}

impl From<&Card> for CitedCard {
    fn from(card: &Card) -> Self {
        Self {
            instrument: card.instrument,
            version: card.version,
            language: card.language.clone(),
            digest: Digest::of(card.to_toml().as_bytes()),
            counts: card.totals().record(),
        }
    }
}

/// Those of `cards` that can correct a figure of `suites`: made for the rules that are in use, in a
/// language that occurs. Sorted by instrument and language; of two for one language, the first.
#[must_use]
pub fn cited(cards: &[Card], suites: &[&Suite]) -> Vec<CitedCard> {
    let read = |card: &Card, suite: &Suite| {
        let mut measures = suite.measures.iter();
        measures.any(|measure| measure.instrument() == Some(card.instrument))
            && suite.prompts.contains_key(&card.language)
    };
    let mut cited: Vec<CitedCard> = cards
        .iter()
        .filter(|card| card.version == card.instrument.version())
        .filter(|card| suites.iter().any(|suite| read(card, suite)))
        .map(CitedCard::from)
        .collect();
    let key = |card: &CitedCard| (card.instrument, card.language.clone());
    cited.sort_by_key(key);
    cited.dedup_by_key(|card| key(card));
    cited
}
