//! Trust policies with real keys: read, and held against who signed what.

use std::collections::BTreeSet;

use weigh_core::diagnostic::Diagnostic;
use weigh_core::digest::Digest;
use weigh_core::trust::{self, Policy, TrustedKey};

use crate::dsse::Envelope;
use crate::keys::PublicKey;

#[cfg(feature = "sign")]
mod sign;

#[cfg(feature = "sign")]
pub use sign::{OtherPolicy, sign};

/// The payload type of a policy that is signed to replace another.
pub const POLICY_TYPE: &str = "application/vnd.weighhouse.trust+toml";

/// Reads a policy.
///
/// # Errors
/// Every fault, sorted by place.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Policy, Vec<Diagnostic>> {
    let keyid = |pem: &str| -> Result<Digest, String> {
        let key = PublicKey::from_pem(pem).map_err(|fault| fault.to_string())?;
        Ok(key.keyid())
    };
    trust::parse(file, bytes, &keyid)
}

/// The keys of a policy that have a good signature on `envelope`, whatever its hints say.
#[must_use]
pub fn signers(policy: &Policy, envelope: &Envelope) -> Vec<PublicKey> {
    signers_among(policy.keys(), envelope)
}

/// Those of `keys` that have a good signature on `envelope`.
#[must_use]
pub fn signers_among<'k>(
    keys: impl Iterator<Item = &'k TrustedKey>,
    envelope: &Envelope,
) -> Vec<PublicKey> {
    keys.filter_map(|key| PublicKey::from_pem(&key.pem).ok())
        .filter(|key| envelope.open(key).is_ok())
        .collect()
}

/// The keys of both policies' rotations that have a good signature on the new one's envelope.
#[must_use]
pub fn rotation_signers(old: &Policy, new: &Policy, envelope: &Envelope) -> BTreeSet<Digest> {
    let rotations = old.rotation.iter().chain(&new.rotation);
    let keys = rotations.flat_map(|rotation| &rotation.keys);
    let signers = signers_among(keys, envelope).into_iter();
    signers.map(|key| key.keyid()).collect()
}
