//! What happened in a run: the journal's entries. Every reader of a run reads these.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::energy::Energy;
use crate::opening::Salt;
use crate::plan::PlanHeader;
use crate::request::Response;
use crate::subject::Subject;
pub use crate::time::Timestamp;

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
    /// A judge was loaded and work with it began, or went on; or it could not be loaded.
    Judge(Box<JudgeOpened>),
    /// One reply was judged.
    Judgement(Judgement),
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

/// The start of one stretch of judging.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeOpened {
    /// The identity that a suite names.
    pub judge: Digest,
    /// What became of it.
    pub state: JudgeState,
    /// When.
    pub at: Timestamp,
}

/// Whether a judge is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum JudgeState {
    /// It is, and judges.
    Ready {
        /// What it is: a model with the identity that the suite names.
        subject: Subject,
        /// How it computes.
        conditions: BTreeMap<String, String>,
    },
    /// It is not, and why.
    Missing(String),
}

/// A judge's answers to what is asked of one reply, in the order of [`crate::judge::Rubric`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// The id of the trial whose reply was judged.
    pub judged: String,
    /// One response for each request.
    pub responses: Vec<Response>,
}

/// The end of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Trials that were answered: all that were planned.
    pub trials: u64,
    /// Replies that were judged: all that could be. Not written where none was.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub judgements: u64,
    /// RFC 6962 Merkle root over the canonical trial records in the order of the plan, and behind
    /// them the judgements in the same order.
    pub transcript: Digest,
    /// Drawn by chance for this record alone: hides the cases behind the report's commitment, and
    /// makes the head of the journal a number that nobody guesses. It stands here only.
    pub salt: Salt,
    /// The energy that the answers took. Not written in journals without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy: Option<Energy>,
    /// When.
    pub at: Timestamp,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}
