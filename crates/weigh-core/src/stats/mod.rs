//! From outcomes to claims: estimates with intervals that say what is not known.

pub mod agreement;
pub mod beta;
pub mod bootstrap;
pub mod calibration;
pub mod cluster;
pub mod corrected;
pub mod equivalence;
pub mod holm;
pub mod mean;
pub mod newcombe;
pub mod paired;
pub mod power;
pub mod proportion;
pub mod random;
pub mod reliability;
mod strata;
pub mod student;
#[cfg(test)]
mod tests;
pub mod undefined;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::digest::Digest;
use crate::language::Language;
use crate::measure::MeasureName;

pub use strata::{estimate, estimate_at};

/// The part of a suite that an estimate is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stratum {
    /// Every case.
    All,
    /// The cases of one language.
    Language(Language),
    /// The cases with one tag.
    Tag(String),
}

/// How an interval was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Exact binomial interval (Clopper and Pearson, 1934).
    ClopperPearson,
    /// The same at the effective sample size of clustered data (Korn and Graubard, 1998), with the
    /// two additions that [`cluster`] explains.
    KornGraubard,
    /// Student's t over cluster sums (Liang and Zeger, 1986), with the addition that [`mean`]
    /// explains.
    Student,
    /// Student's t over the linearised ratio of cluster sums (Cochran, 1977, 6.3).
    RatioStudent,
    /// Student's t over clusters for the calibration error, whose lower limit gives its bias back:
    /// see [`calibration`].
    Calibration,
    /// BCa bootstrap over clusters (Efron, 1987), wider for few clusters: see [`bootstrap`].
    Bootstrap,
}

/// A two-sided confidence interval. Missing units count as failures below and as passes above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Lower limit.
    pub lower: Decimal,
    /// Upper limit.
    pub upper: Decimal,
    /// Confidence level, for instance 0.95.
    pub level: Decimal,
    /// How it was computed.
    pub method: Method,
}

/// What the record says of one measure on one part of one suite. `planned = scored + unscored`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// Suite id.
    pub suite: String,
    /// The measure.
    pub measure: MeasureName,
    /// The measure's version.
    pub measure_version: u32,
    /// The part.
    pub stratum: Stratum,
    /// Units that the plan owes.
    pub planned: u32,
    /// Units with a value.
    pub scored: u32,
    /// Units without one, counted by reason (the reason's kind, without details).
    pub unscored: BTreeMap<String, u32>,
    /// Clusters among the planned units.
    pub clusters: u32,
    /// Mean over the scored units. None when there is none.
    pub point: Option<Decimal>,
    /// None when nothing was planned or nothing was scored.
    pub interval: Option<Interval>,
    /// The same share without the errors of the scorer. None where the scorer cannot err, and where
    /// no card says how it errs in the one language of the units.
    pub correction: Option<Correction>,
}

/// A share corrected for the errors of the instrument that counted it, at the level of the interval:
/// see [`corrected`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Correction {
    /// The share as it is without them.
    Corrected {
        /// The digest of the instrument's card.
        card: Digest,
        /// The corrected share.
        point: Decimal,
        /// Lower limit, which counts the card's own uncertainty.
        lower: Decimal,
        /// Upper limit.
        upper: Decimal,
    },
    /// The card carries no correction.
    Undefined {
        /// The digest of the instrument's card.
        card: Digest,
        /// Why.
        reason: String,
    },
}
