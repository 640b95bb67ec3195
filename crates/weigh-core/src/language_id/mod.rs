//! Which language a text is written in, and whether that is the language and script it was asked in.
//!
//! Scripts decide where one of the languages we know stands alone in its script. Otherwise the text's
//! letters and words are compared with a small profile of each language (common words, and a text of
//! our own), in integers, so that the answer is the same on every machine. Code, addresses, markup,
//! numbers and short quotations do not count, and only the beginning of a text is read ([`READ`]).
//!
//! No library serves here: `whatlang` knows neither Swahili nor Hausa nor Yoruba, `lingua` neither
//! Hausa nor Amharic nor Uzbek, adds a hundred megabytes, and decides by floats in hash order.

mod asked;
mod counted;
mod decide;
mod han;
mod logarithm;
mod model;
mod profiles;
mod script;
mod segment;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use self::asked::fidelity;
pub use self::counted::READ;
pub use self::script::ScriptShare;
pub use self::tally::{Tally, tally};

use self::decide::{Judged, Kind, judge};
use crate::language::Language;

/// The rules' version: any change to rules or profiles that can move a decision raises it.
pub const VERSION: u32 = 1;

/// Thousandths of a text that must be in one language for the text to be in that language.
pub const MOST: u32 = 750;
/// Half of a text, in thousandths.
const HALF: u32 = 500;

/// Bits by which a language must fit better than the next. A bit is a factor of two in how likely the
/// text's letters are.
pub const MARGIN: u32 = 4;

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Primary language subtag: `sw`, `zh`.
    pub language: &'static str,
    /// ISO 15924 code. For Chinese `Hans` or `Hant`, or `Hani` where no character tells.
    pub script: &'static str,
    /// Thousandths of the text that are in this language, rounded down; at least [`MOST`].
    pub share: u32,
    /// Bits by which it fits better than the next language of its script; none where the script decides.
    pub margin: Option<u32>,
}

impl Found {
    /// Language and script, `sw-Latn`; the language alone where no character tells the script.
    fn tag(&self) -> Option<Language> {
        let tag = match self.script {
            "Hani" => self.language.to_owned(),
            script => format!("{}-{script}", self.language),
        };
        tag.parse().ok()
    }
}

/// Why the language of a text cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Undecided {
    /// Nothing in it counts.
    #[error("the text has no letters besides code, addresses and numbers")]
    NoLetters,
    /// Too few letters.
    #[error("the text is too short to tell its language")]
    TooShort,
    /// No language has most of it.
    #[error("the text is in several languages; the most is {language}, {share} thousandths")]
    Mixed {
        /// The language with the largest share.
        language: &'static str,
        /// Its share, in thousandths.
        share: u32,
    },
    /// Two languages fit nearly equally well.
    #[error("the text may be {first} or {second}")]
    Close {
        /// The better one.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// Unlike every language that we know.
    #[error("the text is in no language that is known here")]
    Unknown,
    /// Asked for a language, or a script of it, of which we know nothing.
    #[error("language {0} is not known here")]
    NotCovered(String),
}

/// What was found out about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// Its language.
    pub language: Result<Found, Undecided>,
    /// The scripts of the letters that count, the largest share first.
    pub scripts: Vec<ScriptShare>,
}

/// Identifies the language of a text from its first [`READ`] bytes.
#[must_use]
pub fn identify(text: &str) -> Identified {
    let words = counted::words(text);
    let judged = judge(&words);
    let mut letters: BTreeMap<&'static str, u32> = BTreeMap::new();
    for script in words
        .iter()
        .flat_map(|w| w.text.chars())
        .filter_map(script::of)
    {
        *letters.entry(script).or_default() += 1;
    }
    Identified {
        language: found(&judged),
        scripts: script::shares(&letters),
    }
}

/// The tag of the language and script of a text, `sw-Latn` or `zh-Hant`; `zh` where no character tells
/// the script. `None` where [`identify`] says why.
#[must_use]
pub fn language_of(text: &str) -> Option<Language> {
    identify(text).language.ok()?.tag()
}

/// The language of most of a text: what [`language_of`] says, and else that of at least half of it or
/// the nearer one of two that are close. What IFEval's reference reads, whose identification names
/// one language for any text.
#[must_use]
pub fn most_likely_language_of(text: &str) -> Option<Language> {
    match identify(text).language {
        Ok(found) => found.tag(),
        Err(Undecided::Mixed { language, share }) if share >= HALF => language.parse().ok(),
        Err(Undecided::Close { first, .. }) => first.parse().ok(),
        Err(_) => None,
    }
}

/// The languages that can be found, as primary subtags.
#[must_use]
pub fn languages() -> BTreeSet<&'static str> {
    let by_letters = profiles::all().map(|p| p.tag);
    let alone = profiles::ALONE.iter().map(|(_, tag)| *tag);
    by_letters.chain(alone).chain(["ja", "yue", "zh"]).collect()
}

fn found(judged: &Judged) -> Result<Found, Undecided> {
    let total = judged.total();
    let most = judged
        .units
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    let Some((&kind, &units)) = most else {
        return Err(judged.nothing());
    };
    let share = share(units, total);
    if share < MOST {
        return Err(if judged.strange > units {
            Undecided::Unknown
        } else {
            mixed(kind, share)
        });
    }
    let second = judged.second(&kind);
    match second {
        Some((second, bits)) if bits < MARGIN => Err(Undecided::Close {
            first: kind.tag,
            second,
        }),
        Some(_) | None => Ok(Found {
            language: kind.tag,
            script: kind.script,
            share,
            margin: second.map(|(_, bits)| bits),
        }),
    }
}

const fn mixed(kind: Kind, share: u32) -> Undecided {
    Undecided::Mixed {
        language: kind.tag,
        share,
    }
}

/// Thousandths, rounded down. A text has at most 6000 units, so nothing overflows.
fn share(units: u32, total: u32) -> u32 {
    units * 1000 / total.max(1)
}

impl Judged {
    /// All units.
    fn total(&self) -> u32 {
        self.units.values().sum::<u32>() + self.short + self.strange
    }

    /// Why no language was found at all.
    const fn nothing(&self) -> Undecided {
        if self.strange > 0 {
            Undecided::Unknown
        } else if self.short > 0 {
            Undecided::TooShort
        } else {
            Undecided::NoLetters
        }
    }
}
