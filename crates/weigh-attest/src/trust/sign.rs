//! Signing a policy that is to replace another.

use super::POLICY_TYPE;
use crate::dsse::{self, Envelope};
use crate::keys::PrivateKey;

/// `policy`, the bytes of one, in an envelope that `key` signs; or `envelope` of the same bytes with
/// one signature more.
///
/// # Errors
/// When the envelope is about something else.
pub fn sign(
    policy: &[u8],
    envelope: Option<Envelope>,
    key: &PrivateKey,
) -> Result<Vec<u8>, OtherPolicy> {
    let Some(envelope) = envelope else {
        return Ok(dsse::sign(POLICY_TYPE, policy, key));
    };
    if envelope.payload_type() != POLICY_TYPE || envelope.unverified_payload() != policy {
        return Err(OtherPolicy);
    }
    Ok(envelope.signed_by(key).to_bytes())
}

/// An envelope that is about something else than the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the envelope is about another policy")]
pub struct OtherPolicy;
