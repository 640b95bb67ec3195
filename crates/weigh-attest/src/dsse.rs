//! The signed envelope: DSSE (Dead Simple Signing Envelope, version 1.0.2).
//!
//! An envelope carries a payload, the payload's type and signatures over both. What is verified is
//! what is handed out: [`Envelope::open`] gives the very bytes that the signature is about.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{self, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};
use weigh_core::digest::Digest;
use weigh_core::json::{self, JsonFault, Object};

use crate::keys::PublicKey;

#[cfg(feature = "sign")]
mod sign;

#[cfg(feature = "sign")]
pub use sign::sign;

/// The payload type of an in-toto statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// Signatures that are looked at. A stranger may append some; nobody may append a million.
const MOST_SIGNATURES: usize = 64;

/// Why bytes are no envelope. Reads after "cannot read the envelope".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeFault {
    /// Not JSON of an envelope's shape.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// A field that is not base64.
    #[error("`{field}` is not base64 (RFC 4648, standard or URL-safe): {reason}")]
    Base64 {
        /// The field.
        field: &'static str,
        /// What the decoder met.
        reason: String,
    },
    /// Nothing is signed.
    #[error("`signatures` is empty")]
    Unsigned,
    /// More signatures than anybody needs.
    #[error("`signatures` has {0} entries, at most {MOST_SIGNATURES} are read")]
    TooMany(usize),
}

/// Why an envelope is not opened by a key. Reads after "cannot accept the signature".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenFault {
    /// Every signature names another key, and none is this key's.
    #[error("no signature is by this key, and each one names another key")]
    UnknownKey,
    /// A signature that could be this key's does not fit the payload.
    #[error("the signature does not fit: the payload was changed, or another key signed it")]
    BadSignature,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Which key made it, as the envelope says: a hint for messages, never trusted.
    pub keyid: Option<String>,
    /// The signature.
    pub bytes: Vec<u8>,
}

/// A decoded envelope. Nothing in it is verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    payload_type: String,
    payload: Vec<u8>,
    signatures: Vec<Signature>,
}

/// What a good signature is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened<'a> {
    /// The payload's type.
    pub payload_type: &'a str,
    /// The payload.
    pub payload: &'a [u8],
}

/// The envelope on the wire. Unknown fields are ignored, as the specification asks.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wire<S> {
    payload_type: String,
    payload: String,
    signatures: Vec<S>,
}

/// An envelope that is read.
pub(crate) type Read = Object<Wire<Object<WireSignature>>>;

#[derive(Serialize, Deserialize)]
pub(crate) struct WireSignature {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keyid: Option<String>,
    sig: String,
}

/// Pre-authentication encoding: `"DSSEv1" SP LEN(type) SP type SP LEN(body) SP body`, the lengths
/// in decimal bytes. This is what is signed.
#[must_use]
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!(
        "DSSEv1 {} {payload_type} {} ",
        payload_type.len(),
        payload.len()
    );
    [head.as_bytes(), payload].concat()
}

impl Envelope {
    /// Decodes an envelope, by whatever tool it was written.
    ///
    /// # Errors
    /// When the bytes are no envelope.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeFault> {
        Self::of(json::parse(bytes)?)
    }

    pub(crate) fn of(Object(wire): Read) -> Result<Self, EnvelopeFault> {
        if wire.signatures.is_empty() {
            return Err(EnvelopeFault::Unsigned);
        }
        if wire.signatures.len() > MOST_SIGNATURES {
            return Err(EnvelopeFault::TooMany(wire.signatures.len()));
        }
        let signatures = wire
            .signatures
            .into_iter()
            .map(|Object(signature)| {
                Ok(Signature {
                    keyid: signature.keyid,
                    bytes: decode("sig", &signature.sig)?,
                })
            })
            .collect::<Result<_, EnvelopeFault>>()?;
        Ok(Self {
            payload_type: wire.payload_type,
            payload: decode("payload", &wire.payload)?,
            signatures,
        })
    }

    /// What the envelope says under a good signature of `key`.
    ///
    /// Every signature is tried, whatever its hint says, so that neither a wrong hint nor a
    /// stranger's bad signature beside a good one matters.
    ///
    /// # Errors
    /// When no signature is good. The hints only choose between the two messages.
    pub fn open(&self, key: &PublicKey) -> Result<Opened<'_>, OpenFault> {
        if self.signatures_by(key).next().is_some() {
            return Ok(Opened {
                payload_type: &self.payload_type,
                payload: &self.payload,
            });
        }
        let keyid = key.keyid().to_string();
        let could_be_ours = |signature: &Signature| {
            signature
                .keyid
                .as_ref()
                .is_none_or(|hint| hint.is_empty() || *hint == keyid)
        };
        Err(if self.signatures.iter().any(could_be_ours) {
            OpenFault::BadSignature
        } else {
            OpenFault::UnknownKey
        })
    }

    /// The payload's type, unverified.
    #[must_use]
    pub fn payload_type(&self) -> &str {
        &self.payload_type
    }

    /// The payload, unverified: for messages about an envelope that does not open.
    #[must_use]
    pub fn unverified_payload(&self) -> &[u8] {
        &self.payload
    }

    /// The signatures, unverified.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The good signatures of `key`, whatever their hints say.
    pub fn signatures_by(&self, key: &PublicKey) -> impl Iterator<Item = &[u8]> {
        let message = pae(&self.payload_type, &self.payload);
        let good = move |bytes: &&[u8]| key.verifies(&message, bytes);
        let all = self.signatures.iter();
        all.map(|signature| signature.bytes.as_slice()).filter(good)
    }

    /// Whether `bytes`, which this was read from, are written as [`sign`] writes them for the key
    /// called `keyid`. A foreign envelope is as good; only more of it is read by nobody.
    #[must_use]
    pub fn is_ours(&self, bytes: &[u8], keyid: Digest) -> bool {
        let [signature] = self.signatures.as_slice() else {
            return false;
        };
        signature.keyid == Some(keyid.to_string()) && self.to_bytes() == bytes
    }

    /// The envelope as [`sign`] writes it: canonical JSON, standard base64.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let encode = |bytes: &[u8]| general_purpose::STANDARD.encode(bytes);
        let wire = Wire {
            payload_type: self.payload_type.clone(),
            payload: encode(&self.payload),
            signatures: self
                .signatures
                .iter()
                .map(|signature| WireSignature {
                    keyid: signature.keyid.clone(),
                    sig: encode(&signature.bytes),
                })
                .collect(),
        };
        // Strings in arrays and maps always have a canonical form.
        json::canonical(&wire).unwrap_or_default()
    }
}

/// Base64 in the standard or the URL-safe alphabet, padded or not. The two do not mix, and bits
/// beyond the last byte are zero, so that a text stands for one value only.
fn decode(field: &'static str, text: &str) -> Result<Vec<u8>, EnvelopeFault> {
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let url_safe = text.contains(['-', '_']);
    let alphabet = if url_safe { &URL_SAFE } else { &STANDARD };
    GeneralPurpose::new(alphabet, LENIENT)
        .decode(text)
        .map_err(|error| EnvelopeFault::Base64 {
            field,
            reason: error.to_string(),
        })
}

#[cfg(test)]
#[cfg(feature = "sign")]
mod tests;
