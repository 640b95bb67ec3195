//! Judging: estimates under a profile become findings, and the worst finding is the verdict.

use serde::{Deserialize, Serialize};

use crate::profile::{DecisionRule, Limit};
use crate::stats::{Estimate, Stratum};

/// What is said of a requirement or of all of them. Ordered from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The record shows that the requirement holds.
    Conforms,
    /// The record cannot tell.
    Inconclusive,
    /// Nothing was measured.
    NotAssessed,
    /// The record shows that the requirement does not hold.
    DoesNotConform,
}

/// One requirement with its estimate and its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The requirement's id.
    pub requirement: String,
    /// Its title in English.
    pub title: String,
    /// The clause it reads.
    pub clause: Option<String>,
    /// Which part of the suite, where something is measured.
    pub stratum: Option<Stratum>,
    /// The limit, where something is measured.
    pub limit: Option<Limit>,
    /// The rule, where something is measured.
    pub rule: Option<DecisionRule>,
    /// The estimate, where there is one.
    pub estimate: Option<Estimate>,
    /// What follows.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}
