//! An instrument's card: how often a scorer errs in one language, counted on replies that people
//! labelled. `cards/<instrument>.<language>.toml`.
//!
//! A rate that a classifier reports is its own flags, not the truth. The card says how far the two
//! may lie apart, and [`crate::stats::corrected`] turns the one into the other.

mod calibrate;
mod cited;
mod instrument;
mod labelled;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::iter::Sum;

pub use self::calibrate::{Calibrated, Decided, calibrate};
pub use self::cited::{CitedCard, cited};
pub use self::instrument::{Instrument, JudgeKey};
pub use self::labelled::{Label, Labelled, labelled_csv, labelled_jsonl};
pub use self::read::parse;
use crate::digest::Digest;
use crate::language::Language;
use crate::stats::corrected;
use crate::stats::proportion::clopper_pearson;

/// The two-sided level of the intervals on a card.
pub const LEVEL: f64 = 0.95;

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What was calibrated.
    pub instrument: Instrument,
    /// The version of its rules that was.
    pub version: u32,
    /// Which judge, where the instrument is one.
    pub judge: Option<JudgeKey>,
    /// The language of the replies.
    pub language: Language,
    /// When it was made: `YYYY-MM-DD`.
    pub date: String,
    /// What it was calibrated on, at least one set.
    pub sets: Vec<SetResult>,
}

impl Card {
    /// The counts of all sets together.
    #[must_use]
    pub fn totals(&self) -> Counts {
        self.sets.iter().map(|set| set.counts).sum()
    }
}

/// Where labelled items come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledSet {
    /// Its name and version.
    pub name: String,
    /// Which of its items were taken, in words: `all`, or how they were chosen.
    pub part: String,
    /// The digest of the whole file.
    pub sha256: Digest,
    /// SPDX expression.
    pub licence: String,
    /// Where it can be had.
    pub source: String,
}

/// A labelled set with what the instrument made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetResult {
    /// The set.
    pub set: LabelledSet,
    /// The counts.
    pub counts: Counts,
}

/// How an instrument's flags agree with labels. Undecided items are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Labelled positive, and flagged.
    pub true_positives: u32,
    /// Labelled positive, and not flagged.
    pub false_negatives: u32,
    /// Labelled negative, and not flagged.
    pub true_negatives: u32,
    /// Labelled negative, and flagged.
    pub false_positives: u32,
    /// Labelled positive; the instrument did not decide.
    pub undecided_positives: u32,
    /// Labelled negative; the instrument did not decide.
    pub undecided_negatives: u32,
}

impl Counts {
    /// Each count with its key on cards.
    const fn named(self) -> [(&'static str, u32); 6] {
        [
            ("true_positives", self.true_positives),
            ("false_negatives", self.false_negatives),
            ("true_negatives", self.true_negatives),
            ("false_positives", self.false_positives),
            ("undecided_positives", self.undecided_positives),
            ("undecided_negatives", self.undecided_negatives),
        ]
    }

    /// Items, decided or not.
    #[must_use]
    pub fn items(self) -> u32 {
        self.named()
            .iter()
            .fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// The share of decided positives that were flagged. None where there is none.
    #[must_use]
    pub fn sensitivity(self) -> Option<Rate> {
        Rate::of(self.true_positives, self.false_negatives)
    }

    /// The share of decided negatives that were not flagged. None where there is none.
    #[must_use]
    pub fn specificity(self) -> Option<Rate> {
        Rate::of(self.true_negatives, self.false_positives)
    }

    /// The decided items, as the correction of a rate takes them.
    #[must_use]
    pub const fn record(self) -> corrected::Card {
        corrected::Card {
            true_positives: self.true_positives,
            false_negatives: self.false_negatives,
            true_negatives: self.true_negatives,
            false_positives: self.false_positives,
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |a, b| Self {
            true_positives: a.true_positives.saturating_add(b.true_positives),
            false_negatives: a.false_negatives.saturating_add(b.false_negatives),
            true_negatives: a.true_negatives.saturating_add(b.true_negatives),
            false_positives: a.false_positives.saturating_add(b.false_positives),
            undecided_positives: a.undecided_positives.saturating_add(b.undecided_positives),
            undecided_negatives: a.undecided_negatives.saturating_add(b.undecided_negatives),
        })
    }
}

/// A share with the exact limits of Clopper and Pearson at [`LEVEL`], in ten-thousandths: the point
/// rounded to the nearest, the limits outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The share.
    pub point: u32,
    /// Lower limit.
    pub lower: u32,
    /// Upper limit.
    pub upper: u32,
}

/// Parts of a whole in which rates are written.
const WHOLE: u32 = 10_000;

impl Rate {
    fn of(passes: u32, fails: u32) -> Option<Self> {
        let (passes, fails) = (f64::from(passes), f64::from(fails));
        if passes + fails <= 0.0 {
            return None;
        }
        let (lower, upper) = clopper_pearson(passes, fails, LEVEL);
        let share = passes / (passes + fails);
        Some(Self {
            point: parts(libm::round(share * f64::from(WHOLE))),
            lower: parts(libm::floor(lower * f64::from(WHOLE))),
            upper: parts(libm::ceil(upper * f64::from(WHOLE))),
        })
    }

    /// Each figure with its key on cards.
    const fn named(self) -> [(&'static str, u32); 3] {
        [
            ("point", self.point),
            ("lower", self.lower),
            ("upper", self.upper),
        ]
    }
}

/// A whole number of ten-thousandths.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and within 0 to 10,000"
)]
fn parts(value: f64) -> u32 {
    value.clamp(0.0, f64::from(WHOLE)) as u32
}

/// Ten-thousandths as a number with four decimals.
fn decimals(parts: u32) -> String {
    format!("{}.{:04}", parts / WHOLE, parts % WHOLE)
}
