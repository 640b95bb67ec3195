//! Trust policies with real keys: read, and held against who signed what.

use weigh_core::diagnostic::Diagnostic;
use weigh_core::digest::Digest;
use weigh_core::trust::{self, Policy, TrustedKey};

use crate::dsse::Envelope;
use crate::keys::PublicKey;

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
    let keys = policy
        .authorities
        .iter()
        .flat_map(|authority| &authority.keys);
    signers_among(keys, envelope)
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
