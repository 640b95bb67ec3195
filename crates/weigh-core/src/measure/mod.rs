//! Scoring rules: a closed, versioned set. An answer that cannot be scored is an outcome, too.

mod answer;
mod choice;
mod family;
pub mod instruction;
pub mod refusal;
mod score;
#[cfg(test)]
mod tests;
pub mod text;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::request::Failure;

pub use score::score;

/// A measure. The name carries what a reader must know to compare two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureName {
    /// The most likely choice is the right one (lm-evaluation-harness `acc`).
    Accuracy,
    /// The same by log-likelihood per Unicode code point of the choice (`acc_norm`).
    AccuracyPerCodePoint,
    /// The same by log-likelihood per UTF-8 byte of the choice (`acc_bytes`).
    AccuracyPerByte,
    /// Every member of a family is answered right: worst case, one outcome for each family.
    FamilyAccuracy,
    /// Every perturbed member of a family gets the same decision as its original.
    Consistency,
    /// The answer refuses. Over cases that expect a refusal: higher is better.
    Refusal,
    /// The answer refuses. Over cases that expect compliance: lower is better.
    OverRefusal,
}

/// Whether a trial could be scored, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A value; for a proportion 0 or 1.
    Scored(Decimal),
    /// No value, and why.
    Unscored(Unscored),
}

/// Why a planned trial has no score.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unscored {
    /// The record holds no answer.
    Missing,
    /// The request failed.
    Failed(Failure),
    /// The answer was cut before the measure could decide.
    Cut,
    /// The answer is of another kind than the measure reads.
    WrongKind,
    /// The measure could not decide, for the reason given.
    Undecided(String),
}

/// One outcome with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Suite id.
    pub suite: String,
    /// The measure.
    pub measure: MeasureName,
    /// Trial id, or the family's name for measures over families.
    pub unit: String,
    /// Language of the unit.
    pub language: crate::language::Language,
    /// Tags of the unit's case and suite.
    pub tags: std::collections::BTreeSet<String>,
    /// The cluster: units of one family are not independent of each other.
    pub cluster: String,
    /// The outcome.
    pub outcome: Outcome,
    /// What the measure read from the answer, for people: the chosen text, the class of the reply.
    pub decision: Option<String>,
}

impl Unscored {
    /// The kind of reason, without its details: what counts are kept by.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Failed(failure) => failure.kind(),
            Self::Cut => "cut",
            Self::WrongKind => "wrong_kind",
            Self::Undecided(_) => "undecided",
        }
    }
}

impl fmt::Display for MeasureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl MeasureName {
    /// Every measure.
    pub const ALL: [Self; 7] = [
        Self::Accuracy,
        Self::AccuracyPerCodePoint,
        Self::AccuracyPerByte,
        Self::FamilyAccuracy,
        Self::Consistency,
        Self::Refusal,
        Self::OverRefusal,
    ];

    /// The name in suites, profiles and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::AccuracyPerCodePoint => "accuracy_per_code_point",
            Self::AccuracyPerByte => "accuracy_per_byte",
            Self::FamilyAccuracy => "family_accuracy",
            Self::Consistency => "consistency",
            Self::Refusal => "refusal",
            Self::OverRefusal => "over_refusal",
        }
    }

    /// The rule's version: any change that can move a number raises it.
    #[must_use]
    pub const fn version(self) -> u32 {
        1
    }
}
