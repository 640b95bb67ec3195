//! How often the language of texts in known languages is told right: what an instrument card shows.

use std::collections::BTreeMap;

use super::{Undecided, fidelity};
use crate::language::Language;

/// Counts over texts in one language. `n = right + wrong + undecided`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The language they are in.
    pub language: Language,
    /// Texts.
    pub n: u32,
    /// Of which the language was told right.
    pub right: u32,
    /// Of which another language was told.
    pub wrong: u32,
    /// Of which no language was told.
    pub undecided: u32,
}

/// Asks of each text whether it is in its language, and counts by language, sorted by tag.
pub fn tally<'a>(texts: impl IntoIterator<Item = (&'a Language, &'a str)>) -> Vec<Tally> {
    let mut tallies: BTreeMap<&Language, Tally> = BTreeMap::new();
    for (language, text) in texts {
        let tally = tallies.entry(language).or_insert_with(|| Tally {
            language: language.clone(),
            n: 0,
            right: 0,
            wrong: 0,
            undecided: 0,
        });
        tally.count(&fidelity(text, language));
    }
    tallies.into_values().collect()
}

impl Tally {
    fn count(&mut self, told: &Result<bool, Undecided>) {
        self.n += 1;
        match told {
            Ok(true) => self.right += 1,
            Ok(false) => self.wrong += 1,
            Err(_) => self.undecided += 1,
        }
    }
}
