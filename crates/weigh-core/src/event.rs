//! What happened in a run: the journal's entries. Every reader of a run reads these.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::plan::PlanHeader;
use crate::request::Response;
use crate::subject::Subject;

/// A moment in UTC as RFC 3339 with seconds: `2026-11-24T13:02:19Z`. Core only carries it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub String);

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "body", rename_all = "snake_case")]
pub enum Event {
    /// Always the first line: what the run owes.
    Planned(Box<PlanHeader>),
    /// A model was loaded and work began, or went on.
    Opened(Box<Opened>),
    /// One trial was answered.
    Trial(TrialRecord),
    /// Always the last line of a complete run.
    Sealed(Sealed),
}

/// The start of one stretch of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// What is tested. The same in every stretch, or the run is refused.
    pub subject: Subject,
    /// How it computes: device, arithmetic class, kernels, threads, versions, operating system.
    pub conditions: BTreeMap<String, String>,
    /// When.
    pub at: Timestamp,
}

/// The answers to one trial's requests, in the order of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialRecord {
    /// The trial's id.
    pub trial: String,
    /// One response for each request.
    pub responses: Vec<Response>,
}

/// The end of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Trials that were answered: all that were planned.
    pub trials: u64,
    /// RFC 6962 Merkle root over the canonical trial records in the order of the plan.
    pub transcript: Digest,
    /// When.
    pub at: Timestamp,
}
