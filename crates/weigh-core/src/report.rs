//! The test report as data: evidence and findings. It is the predicate that is signed, and it is
//! a pure function of the journal, the suites and the profile.

mod amend;
mod derive;
mod deviation;
mod deviations;
mod extend;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::energy::Energy;
use crate::event::{JudgeState, Timestamp};
use crate::plan::PlanHeader;
use crate::stats::Estimate;
use crate::subject::Subject;
use crate::verdict::{Finding, Verdict};

pub use amend::{
    Amended, Amendment, AmendmentFault, Replaced, amend, amendments_file, read_amendments,
};
pub use derive::{ReportFault, derive, derive_diagrams, derive_scored};
pub use deviation::{Deviation, Party};
pub use deviations::deviations;
pub use extend::{Extension, ExtensionFault, More, Reach, extension};

/// The JSON Schema of the signed statement, as a document.
pub const SCHEMA: &str = include_str!("report/schema.json");

/// The predicate type of the signed statement.
pub const PREDICATE_TYPE: &str = "https://weighhouse.org/attestation/test-report/v1";

/// The test report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Unique: `WH-` and the first 16 hexadecimal digits of the journal head; of an amended report of
    /// the digest of its amendment.
    pub id: String,
    /// What was tested.
    pub subject: Subject,
    /// What the run owed: suites, profile, options, laboratory, with all digests.
    pub plan: PlanHeader,
    /// Under which conditions; more than one entry when a run was resumed elsewhere.
    pub conditions: Vec<BTreeMap<String, String>>,
    /// Who judged replies. Not written where nobody did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judges: Vec<JudgedBy>,
    /// RFC 6962 Merkle root over the trial records in the order of the plan, and behind them the
    /// judgements in the same order.
    pub transcript: Digest,
    /// Every estimate.
    pub estimates: Vec<Estimate>,
    /// Every requirement's finding.
    pub findings: Vec<Finding>,
    /// The worst of the findings.
    pub verdict: Verdict,
    /// Deviations from the method, found automatically: failures, cuts, changed conditions. As data:
    /// [`deviations`].
    pub deviations: Vec<String>,
    /// Which report this one replaces, and why. Not written where it replaces none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<Amended>,
    /// The fields that differ between two runs of the same plan on the same machine.
    pub record: Record,
}

impl Report {
    /// What the laboratory states: in the amendment, or else in the plan.
    #[must_use]
    pub fn laboratory(&self) -> &BTreeMap<String, String> {
        let amended = self.amendment.as_ref();
        amended.map_or(&self.plan.laboratory, |amended| &amended.laboratory)
    }

    /// The date of issue: of the amendment, or else of the seal.
    #[must_use]
    pub fn issued(&self) -> &Timestamp {
        let amended = self.amendment.as_ref();
        amended.map_or(&self.record.sealed, |amended| &amended.at)
    }

    /// The id that follows from the journal's head, or else from what it says of its amendment. None
    /// where that has no canonical form.
    #[must_use]
    pub fn id_that_follows(&self) -> Option<String> {
        match &self.amendment {
            Some(amended) => amend::id(amended),
            None => Some(derive::id(self.record.journal_head)),
        }
    }
}

/// A judge, as far as it was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedBy {
    /// The name that its suite gives it.
    pub name: String,
    /// The identity that its suite gives it.
    pub sha256: Digest,
    /// What became of it.
    pub state: JudgeState,
}

/// What a repetition of the run would not give again: order and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// RFC 6962 Merkle root over a salted leaf for each case in the order of the plan, so that single
    /// cases can be [opened](crate::opening) and none can be exchanged.
    pub commitment: Digest,
    /// The energy that the answers took. Not written where the journal does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy: Option<Energy>,
    /// SHA-256 of the journal's last line.
    pub journal_head: Digest,
    /// Lines of the journal.
    pub journal_lines: u64,
    /// When each stretch of work began.
    pub opened: Vec<Timestamp>,
    /// When the run was sealed: the date of issue of a report that is not amended.
    pub sealed: Timestamp,
}
