//! Signing an envelope, or adding a signature to one.

use super::{Envelope, Signature, pae};
use crate::keys::PrivateKey;

/// The bytes of an envelope with exactly one signature over `payload`, in canonical JSON.
#[must_use]
pub fn sign(payload_type: &str, payload: &[u8], key: &PrivateKey) -> Vec<u8> {
    Envelope {
        payload_type: payload_type.to_owned(),
        payload: payload.to_owned(),
        signatures: vec![Signature {
            keyid: Some(key.public().keyid().to_string()),
            bytes: key.sign(&pae(payload_type, payload)),
        }],
    }
    .to_bytes()
}

impl Envelope {
    /// The envelope with the key's signature, in place of an older one by it.
    #[must_use]
    pub fn signed_by(mut self, key: &PrivateKey) -> Self {
        let message = pae(&self.payload_type, &self.payload);
        let public = key.public();
        self.signatures
            .retain(|signature| !public.verifies(&message, &signature.bytes));
        self.signatures.push(Signature {
            keyid: Some(public.keyid().to_string()),
            bytes: key.sign(&message),
        });
        self
    }
}
