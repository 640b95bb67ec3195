//! When a policy gives way to a newer one.

use std::collections::BTreeSet;

use super::{Policy, Rotation, Standing};
use crate::digest::Digest;
use crate::time::Timestamp;

/// Why a policy does not give way. Reads after "cannot take the new policy: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RotationFault {
    /// Another policy altogether.
    #[error("it is `{new}`, and `{old}` is in force")]
    Other {
        /// The id in force.
        old: String,
        /// The new one's.
        new: String,
    },
    /// Not newer: a copy, or an older one that somebody plays back.
    #[error("it is version {new}, and version {old} is in force")]
    NotNewer {
        /// The version in force.
        old: u32,
        /// The new one's.
        new: u32,
    },
    /// The policy in force says nothing of who may replace it.
    #[error("the policy in force has no `[rotation]`: only its owner can replace it, by hand")]
    Fixed,
    /// Whoever replaced it could never be replaced again.
    #[error("the new policy has no `[rotation]`")]
    NoSuccessor,
    /// The policy that is to give way is expired, which changes nothing, or the new one is.
    #[error("it has expired on {0}")]
    Expired(String),
    /// Too few of one side.
    #[error("{have} of the {side} policy's keys have signed it, {need} are needed")]
    TooFew {
        /// `old` or `new`.
        side: &'static str,
        /// Signatures that count.
        have: usize,
        /// What is needed.
        need: u32,
    },
}

impl Policy {
    /// Whether this policy gives way to `new`, which the keys `signed` have signed: enough of both
    /// policies' rotation keys must have, so that neither the old holders nor the new ones can act
    /// alone (The Update Framework, 5.3). That this policy has expired is no hindrance.
    ///
    /// # Errors
    /// Why it does not.
    pub fn gives_way(
        &self,
        new: &Self,
        signed: &BTreeSet<Digest>,
        now: &Timestamp,
    ) -> Result<(), RotationFault> {
        if self.id != new.id {
            let (old, new) = (self.id.clone(), new.id.clone());
            return Err(RotationFault::Other { old, new });
        }
        if new.version <= self.version {
            let (old, new) = (self.version, new.version);
            return Err(RotationFault::NotNewer { old, new });
        }
        if *now >= new.expires {
            return Err(RotationFault::Expired(new.expires.0.clone()));
        }
        let ours = self.rotation.as_ref().ok_or(RotationFault::Fixed)?;
        let theirs = new.rotation.as_ref().ok_or(RotationFault::NoSuccessor)?;
        ours.enough("old", signed, now)?;
        theirs.enough("new", signed, now)
    }
}

impl Rotation {
    fn enough(
        &self,
        side: &'static str,
        signed: &BTreeSet<Digest>,
        now: &Timestamp,
    ) -> Result<(), RotationFault> {
        let counts = self
            .keys
            .iter()
            .filter(|key| signed.contains(&key.keyid) && key.standing(now) == Standing::Good);
        // Keys are each one voice: a policy that was read has none twice.
        let have = counts.count();
        let need = self.threshold;
        if need > 0 && u32::try_from(have).is_ok_and(|have| have >= need) {
            return Ok(());
        }
        Err(RotationFault::TooFew { side, have, need })
    }
}
