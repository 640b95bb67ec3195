//! Openings: one case of a record shown with its answer, and proved to be what the report commits to.
//!
//! A report of private suites can be published without its journal and its suites. Its `commitment` is
//! the RFC 6962 root over one leaf for each planned case, in the order of the plan. A leaf hashes a
//! salt and the case with everything that was asked and answered ([`Entry`]), so that neither the
//! report nor an opening says anything of the cases that stay closed, not even to somebody who
//! guesses them. Each case has a salt of its own, out of the one that the journal's seal holds.

mod check;
mod make;

use std::array;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::digest::Digest;
use crate::event::{Judgement, TrialRecord};
use crate::json::{self, JsonFault};
use crate::measure::{Mark, MeasureName, mark};
use crate::merkle;
use crate::plan::Trial;
use crate::request::Request;
use crate::suite::Case;

pub use self::check::{OpeningFault, check};
pub use self::make::{CommitFault, commitment, open};

/// The format of an opening.
pub const FORMAT: &str = "weighhouse-opening/1";

/// 32 bytes of chance, written as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(Digest);

impl Salt {
    /// The salt with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Digest::from_bytes(bytes))
    }

    /// The salt of one case: HMAC-SHA-256 (RFC 2104) of the trial's id, keyed with this salt. Whoever
    /// knows it learns nothing of this salt or of another case's.
    #[must_use]
    pub fn of_trial(&self, trial: &str) -> Self {
        // RFC 2104 fills a key up with zeros to a block of the hash.
        let key: [u8; 64] = array::from_fn(|at| self.0.as_bytes().get(at).copied().unwrap_or(0));
        let mac = Hmac::<Sha256>::new(&key.into()).chain_update(trial);
        Self::from_bytes(mac.finalize().into_bytes().into())
    }
}

/// One planned case with all that the journal says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The case: what it asks, and what is expected.
    pub case: Case,
    /// What a judge or an embedding model answered about the reply, where one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Judgement>,
    /// What the model was asked, in the order of the plan.
    pub requests: Vec<Request>,
    /// The suite's id.
    pub suite: String,
    /// What the model answered.
    pub trial: TrialRecord,
}

impl Entry {
    /// The leaf of the entry: SHA-256(0x00 || `salt` || the canonical JSON of the entry). None where it
    /// has no canonical form.
    #[must_use]
    pub fn leaf(&self, salt: &Salt) -> Option<Digest> {
        let entry = json::canonical(self)?;
        Some(merkle::leaf(&[salt.0.as_bytes(), &*entry].concat()))
    }

    /// The id of its trial, as its suite, language and case make it.
    #[must_use]
    pub fn id(&self) -> String {
        let Case { language, id, .. } = &self.case;
        format!("{}:{language}:{id}", self.suite)
    }

    /// The trial as it stood in the plan. Its places in the plan are not known.
    fn planned(&self) -> Trial {
        Trial {
            case: 0,
            id: self.trial.trial.clone(),
            requests: self.requests.clone(),
            suite: 0,
        }
    }

    /// What each of `measures` reads in the case, as far as it needs no other case for that.
    #[must_use]
    pub fn marks(&self, measures: impl IntoIterator<Item = MeasureName>) -> Vec<Mark> {
        let trial = self.planned();
        let judgement = self
            .judgement
            .as_ref()
            .map(|told| told.responses.as_slice());
        let marked = |measure| {
            mark(
                measure,
                (&trial, &self.case),
                &self.trial.responses,
                judgement,
            )
        };
        measures.into_iter().filter_map(marked).collect()
    }
}

/// One case of a report, to be proved by the report alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// How many cases the report commits to.
    pub count: u64,
    /// The case.
    pub entry: Entry,
    /// [`FORMAT`].
    pub format: String,
    /// Its place in the plan, from 0.
    pub index: u64,
    /// The audit path (RFC 6962, section 2.1.1), from its sibling up.
    pub path: Vec<Digest>,
    /// SHA-256 of the signed statement.
    pub payload: Digest,
    /// The report's id.
    pub report: String,
    /// The salt of the case.
    pub salt: Salt,
}

/// Bytes that are no opening.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoOpening {
    /// Not JSON of an opening's shape.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// It means an opening, and is not written in the one way it can be.
    #[error("line 1: its bytes are not canonical JSON: use the file as `weigh open` wrote it")]
    NotCanonical,
}

impl Opening {
    /// Reads an opening, strictly: no key twice, none unknown, canonical JSON.
    ///
    /// # Errors
    /// Where and why the bytes are none.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoOpening> {
        let opening: Self = json::parse(bytes)?;
        match json::canonical(&opening) {
            Some(written) if written == bytes => Ok(opening),
            Some(_) | None => Err(NoOpening::NotCanonical),
        }
    }
}
