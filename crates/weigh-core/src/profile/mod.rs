//! A profile: what must hold, for whom, and how uncertainty is read. Policy, never measurement.

mod parse;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    /// Confidence level of every interval, for instance 0.95.
    pub confidence: Decimal,
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
    /// What is measured. None: no suite can measure it today, and it is never assessed.
    pub subject: Option<Measured>,
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
}

/// Which estimates of a suite a requirement reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The one over every case.
    All,
    /// Each language for itself: a finding for each.
    EachLanguage,
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
