//! Who has approved, and whether that is enough.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Policy, Reason, TrustedKey};
use crate::digest::Digest;
use crate::event::Timestamp;

/// A good signature over an approval: by which key, and when, as the signer says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Approval {
    /// The key.
    pub keyid: Digest,
    /// When the signer says that it signed.
    pub at: Timestamp,
}

/// Whether a key's signature of some moment counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Good,
    /// Dated before the key was valid.
    TooEarly,
    /// Dated after the key was valid.
    TooLate,
    /// Dated after the key was withdrawn.
    Revoked,
    /// The key may be in other hands.
    Compromised,
    /// Dated after the moment of the check.
    InTheFuture,
}

/// What one approval came to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Counted {
    /// Whose key it is; none of a key that the policy does not know.
    pub authority: Option<String>,
    /// The key.
    pub keyid: Digest,
    /// When the signer says that it signed.
    pub at: Timestamp,
    /// Whether it counts; none of an unknown key.
    pub standing: Option<Standing>,
}

/// What a policy says of a set of approvals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recognition {
    /// Whether the quorum agrees under a policy that has not expired.
    pub recognised: bool,
    /// Whether the policy has expired.
    pub expired: bool,
    /// The authorities that approve, each once.
    pub approving: BTreeSet<String>,
    /// Every approval.
    pub counted: Vec<Counted>,
}

impl TrustedKey {
    /// Whether somebody else may have it, so that nothing that it signed counts.
    #[must_use]
    pub fn is_compromised(&self) -> bool {
        let reason = self.revoked.as_ref().map(|revoked| revoked.reason);
        reason == Some(Reason::Compromised)
    }

    /// Whether its signature dated `at` counts.
    #[must_use]
    pub fn standing(&self, at: &Timestamp) -> Standing {
        if self.is_compromised() {
            Standing::Compromised
        } else if self
            .revoked
            .as_ref()
            .is_some_and(|revoked| *at >= revoked.at)
        {
            Standing::Revoked
        } else if self.from.as_ref().is_some_and(|from| at < from) {
            Standing::TooEarly
        } else if self.until.as_ref().is_some_and(|until| at > until) {
            Standing::TooLate
        } else {
            Standing::Good
        }
    }
}

impl Policy {
    /// The keys of all authorities.
    pub fn keys(&self) -> impl Iterator<Item = &TrustedKey> {
        self.authorities
            .iter()
            .flat_map(|authority| &authority.keys)
    }

    /// What follows from `approvals` at `now`. Their signatures are good: that was checked before.
    #[must_use]
    pub fn recognise(&self, approvals: &[Approval], now: &Timestamp) -> Recognition {
        let mut counted: Vec<Counted> = approvals
            .iter()
            .map(|approval| self.count(approval.keyid, &approval.at, now))
            .collect();
        counted.sort();
        counted.dedup();
        let good = counted
            .iter()
            .filter(|one| one.standing == Some(Standing::Good));
        let approving: BTreeSet<String> = good.filter_map(|one| one.authority.clone()).collect();
        let expired = *now >= self.expires;
        Recognition {
            recognised: !expired && self.agree(&approving),
            expired,
            approving,
            counted,
        }
    }

    /// What a good signature by the key `keyid`, dated `at`, comes to at `now`.
    #[must_use]
    pub fn count(&self, keyid: Digest, at: &Timestamp, now: &Timestamp) -> Counted {
        let mut keys = self
            .authorities
            .iter()
            .flat_map(|authority| authority.keys.iter().map(move |key| (authority, key)));
        let found = keys.find(|(_, key)| key.keyid == keyid);
        let standing = |key: &TrustedKey| {
            if at > now {
                Standing::InTheFuture
            } else {
                key.standing(at)
            }
        };
        Counted {
            authority: found.map(|(authority, _)| authority.id.clone()),
            keyid,
            at: at.clone(),
            standing: found.map(|(_, key)| standing(key)),
        }
    }

    /// Whether the quorum is among those who agree, when `approving` do. Groups stand behind their
    /// members, so one pass decides all of them.
    fn agree(&self, approving: &BTreeSet<String>) -> bool {
        let mut agreeing: BTreeSet<&str> = approving.iter().map(String::as_str).collect();
        for group in &self.groups {
            let members: BTreeSet<&str> = group.members.iter().map(String::as_str).collect();
            let count = members.intersection(&agreeing).count();
            // A policy that was read has no such threshold; one made by hand shall not pass either.
            if group.threshold > 0 && u32::try_from(count).is_ok_and(|n| n >= group.threshold) {
                agreeing.insert(&group.id);
            }
        }
        agreeing.contains(self.quorum.as_str())
    }
}
