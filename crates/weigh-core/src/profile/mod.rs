//! A profile: what must hold, for whom, and how uncertainty is read. Policy, never measurement.

mod looks;
mod parse;
mod requirement;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::looks::MOST_LOOKS;
pub use self::parse::{check, parse};
use crate::decimal::Decimal;
use crate::digest::Digest;
use crate::language::Language;
use crate::measure::MeasureName;

/// A parsed profile without a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Equal to the file's name without `.toml`.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Title per language; English at least.
    pub title: BTreeMap<Language, String>,
    /// The law, standard or practice that it reads.
    pub basis: Vec<String>,
    /// What a reader should know of the whole profile, per language; English at least, or nothing.
    pub note: BTreeMap<Language, String>,
    /// Confidence level of every interval, for instance 0.95; where there are looks, of all of them
    /// together.
    pub confidence: Decimal,
    /// The share of alpha = 1 - confidence that each look spends. Empty: there is one look, and a
    /// run cannot be extended.
    pub looks: Vec<Decimal>,
    /// What must hold, in the order of the file.
    pub requirements: Vec<Requirement>,
    /// SHA-256 of the file.
    pub digest: Digest,
}

/// One thing that must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Unique in the profile.
    pub id: String,
    /// Title per language; English at least.
    pub title: BTreeMap<Language, String>,
    /// Clause of the basis, where there is one.
    pub clause: Option<String>,
    /// What a reader should know, for instance whose convention a limit is: per language; English at
    /// least, or nothing.
    pub note: BTreeMap<Language, String>,
    /// What of the requirement was not checked against the text that it reads, per language; English
    /// at least, or nothing. It stays marked wherever the requirement is told.
    pub unverified: BTreeMap<Language, String>,
    /// What is measured, or why nothing is.
    pub subject: Subject,
}

impl Requirement {
    /// What a suite measures of it.
    #[must_use]
    pub const fn measured(&self) -> Option<&Measured> {
        match &self.subject {
            Subject::Measured(measured) => Some(measured),
            Subject::NotMeasurable(_) => None,
        }
    }
}

/// What a requirement measures, or why it is never assessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A suite measures it.
    Measured(Measured),
    /// No suite can measure it today. Why, per language; English at least, or nothing.
    NotMeasurable(BTreeMap<Language, String>),
}

/// What a requirement measures and the limit that it sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Suite id.
    pub suite: String,
    /// The measure.
    pub measure: MeasureName,
    /// Which estimates must meet the limit.
    pub scope: Scope,
    /// The limit.
    pub limit: Limit,
    /// How uncertainty is read.
    pub rule: DecisionRule,
    /// The smallest sample, in scored units: with fewer, nothing conforms.
    pub cases: Option<u32>,
    /// Named grades on the limit's side, the best one first. They decide nothing.
    pub steps: Vec<Step>,
}

/// A named grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Per language, English at least. Its English is unique in the requirement.
    pub name: BTreeMap<Language, String>,
    /// The least or the greatest value that reaches it, as the requirement's limit is one.
    pub limit: Decimal,
}

/// Which estimates of a suite a requirement reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The one over every case.
    All,
    /// Each language for itself: a finding for each.
    EachLanguage,
    /// The cases of one language.
    Language(Language),
    /// The cases with one tag.
    Tag(String),
}

/// A limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The true value must be at least this.
    AtLeast(Decimal),
    /// The true value must be at most this.
    AtMost(Decimal),
}

impl Limit {
    /// Whether `value` meets it: a value equal to it does.
    #[must_use]
    pub fn holds(self, value: Decimal) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
        }
    }

    /// A limit at `bound` on the same side.
    #[must_use]
    pub const fn at(self, bound: Decimal) -> Self {
        match self {
            Self::AtLeast(_) => Self::AtLeast(bound),
            Self::AtMost(_) => Self::AtMost(bound),
        }
    }

    /// Where it lies.
    #[must_use]
    pub const fn bound(self) -> Decimal {
        let (Self::AtLeast(bound) | Self::AtMost(bound)) = self;
        bound
    }
}

/// How an interval is held against a limit (ILAC-G8:09/2019).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionRule {
    /// Conforms when the whole interval is within, does not when the whole interval is outside,
    /// inconclusive between.
    ThreeWay,
    /// Conforms when the whole interval is within, does not conform otherwise (guard band).
    GuardBand,
    /// The point estimate alone decides (simple acceptance). Inconclusive while units are missing
    /// that could turn the decision.
    Point,
}
