//! The plan: every trial that a run owes, closed and digested before the model is loaded.

mod build;
mod look;
mod render;
mod sample;
mod shard;
mod shots;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use self::build::MOST_ASKED;
pub use self::build::{PlanFault, plan, plan_look, walk};
pub use self::look::{Earlier, Extended, Look};
pub use self::sample::{Sample, drawn, sample};
pub use self::shard::{MOST_SHARDS, Shard, ShardFault, assigned};
use crate::card::CitedCard;
use crate::digest::Digest;
use crate::judge::Judging;
use crate::language::Language;
use crate::request::{Prompt, Request, Role};
use crate::suite::Tier;

/// What a caller may choose. Everything here is part of the plan and of the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// How much of each suite.
    pub tier: Tier,
    /// At most this many families of each suite and language, drawn by seed.
    pub limit: Option<u32>,
    /// Only these languages, where given.
    pub languages: Vec<Language>,
    /// The one seed of the run.
    pub seed: u64,
}

/// One repetition of one case, with what is asked of the model for it.
///
/// Its fields stand in the order of canonical JSON, so that writing a plan needs no sorting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Index of the case in the suite.
    pub case: usize,
    /// `<suite>:<language>:<case>`; unique in the plan.
    pub id: String,
    /// What is asked: one request for each choice, or one.
    pub requests: Vec<Request>,
    /// Index of the suite among the plan's suites, sorted by id.
    pub suite: usize,
}

impl Trial {
    /// What the user said last: the whole of a plain prompt.
    #[must_use]
    pub fn asked(&self) -> &str {
        match self.requests.first().and_then(Request::prompt) {
            Some(Prompt::Text(text)) => text,
            Some(Prompt::Chat(messages)) => {
                let users = messages.iter().rfind(|message| message.role == Role::User);
                users.map_or("", |message| &message.content)
            }
            None => "",
        }
    }
}

/// Every trial, sorted by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What the journal's first line says of it.
    pub header: PlanHeader,
    /// The trials.
    pub trials: Vec<Trial>,
    /// Whose replies are judged, and how. It follows from the suites, as the trials do.
    pub judging: Judging,
}

impl Plan {
    /// The plan with this nonce: no trial depends on it.
    #[must_use]
    pub fn with_nonce(mut self, nonce: Option<String>) -> Self {
        self.header.nonce = nonce;
        self
    }

    /// The plan with these cards: no trial depends on them, only figures do.
    #[must_use]
    pub fn with_cards(mut self, cards: Vec<CitedCard>) -> Self {
        self.header.cards = cards;
        self
    }
}

/// The plan as the journal's first line holds it: enough to derive the trials again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanHeader {
    /// `weighhouse-journal/1`.
    pub format: String,
    /// Version of the harness that planned.
    pub harness: String,
    /// Suites, sorted by id: version and digest.
    pub suites: BTreeMap<String, PlannedSuite>,
    /// The profile that was fixed before the run.
    pub profile: PlannedProfile,
    /// What the caller chose.
    pub options: Options,
    /// Who tests, for whom, where (`lab.toml`), in the report's words.
    pub laboratory: BTreeMap<String, String>,
    /// What is known of the errors of the scorers that can err, sorted by instrument and language.
    pub cards: Vec<CitedCard>,
    /// What whoever asked for the run gave to it, so that no older run passes for this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// Which look at the evidence it is. Not written where the profile has no looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Look>,
    /// Which part of the plan the journal holds. Not written where it holds all of it, and never in
    /// a report: every other field is that of the whole plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// How many trials.
    pub trials: u64,
    /// How many requests.
    pub requests: u64,
    /// SHA-256 over the canonical JSON of every trial, each ended by a newline.
    pub digest: Digest,
}

/// A suite as the plan names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedSuite {
    /// Its version.
    pub version: String,
    /// Its digest.
    pub digest: Digest,
    /// Trials that the plan takes from it.
    pub trials: u64,
}

/// A profile as the plan names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedProfile {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its digest.
    pub digest: Digest,
}
