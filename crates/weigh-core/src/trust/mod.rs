//! Whom an authority trusts: other authorities with their keys, and how many of them must agree.
//!
//! Groups and the quorum are those of C2SP's policy for transparency logs; the rotation of the
//! policy itself is that of The Update Framework. What is counted are authorities: never
//! signatures, names of keys, or keys.

mod decide;
mod read;
mod rotate;

use crate::digest::Digest;
use crate::event::Timestamp;

pub use decide::{Approval, Counted, Recognition, Standing};
pub use read::parse;
pub use rotate::RotationFault;

/// A trust policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its name.
    pub id: String,
    /// Raised by every change: a policy never gives way to an older one.
    pub version: u32,
    /// From this moment on it trusts nobody.
    pub expires: Timestamp,
    /// Who may be counted.
    pub authorities: Vec<Authority>,
    /// Groups; members of each are authorities and groups before it.
    pub groups: Vec<Group>,
    /// The group or authority that must agree.
    pub quorum: String,
    /// Who may replace the policy. Nobody but its owner by hand, where there is none.
    pub rotation: Option<Rotation>,
}

/// Somebody whose word counts once, however many keys it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Its name in groups.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its keys, at least one; none of them is anybody else's.
    pub keys: Vec<TrustedKey>,
}

/// A key, and when its signatures count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedKey {
    /// SPKI in PEM.
    pub pem: String,
    /// SHA-256 of the SPKI in DER.
    pub keyid: Digest,
    /// Signatures count from here on.
    pub from: Option<Timestamp>,
    /// And until here, this second included.
    pub until: Option<Timestamp>,
    /// When and why it was withdrawn.
    pub revoked: Option<Revoked>,
}

/// A withdrawn key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// From here on no signature counts.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
}

/// Why a key was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Another took its place. What it signed before counts.
    Superseded,
    /// Somebody else may have it. Whoever has it can write any date, so nothing that it signed
    /// counts.
    Compromised,
}

/// A number of members that must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub id: String,
    /// Ids of authorities, and of groups before this one; each once.
    pub members: Vec<String>,
    /// At least one, at most as many as members.
    pub threshold: u32,
}

/// Who may replace the policy: `threshold` of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// At least one, at most as many as keys.
    pub threshold: u32,
    /// Keys, each once.
    pub keys: Vec<TrustedKey>,
}
