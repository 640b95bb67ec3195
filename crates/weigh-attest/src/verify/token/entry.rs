//! An entry of a log (Rekor) as it is written: by the log's interface, or in a Sigstore bundle.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;
use weigh_core::digest::Digest;
use weigh_core::json;

use super::inclusion::Proof;
use crate::keys::PublicKey;

/// An entry. What is written of it is what the log signs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    /// What was logged, as JSON in base64.
    pub body: String,
    /// Seconds since 1970, as the log says.
    pub integrated_time: u64,
    /// SHA-256 of the log's key as SPKI in DER.
    #[serde(rename = "logID")]
    pub log: Digest,
    pub log_index: u64,
    /// The log's signature over the others.
    #[serde(skip)]
    pub signature: Option<String>,
    /// That the log holds it.
    #[serde(skip)]
    pub proof: Option<Proof>,
}

impl Entry {
    /// Reads one entry, in either form. None where there is none, or a part that it has is none.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let value: Value = json::parse(bytes).ok()?;
        if value.get("canonicalizedBody").is_some() {
            return Self::of(&value, &value, ["/canonicalizedBody", "/logId/keyId"]);
        }
        let mut entries = value.as_object()?.values();
        let entry = entries.next().filter(|_| entries.len() == 0)?;
        let nothing = Value::Null;
        let verification = entry.get("verification").unwrap_or(&nothing);
        Self::of(entry, verification, ["/body", "/logID"])
    }

    fn of(entry: &Value, verification: &Value, [body, log]: [&str; 2]) -> Option<Self> {
        let promise = verification.get("inclusionPromise").unwrap_or(verification);
        let signature = promise.get("signedEntryTimestamp");
        let proof = verification.get("inclusionProof");
        Some(Self {
            body: entry.pointer(body)?.as_str()?.to_owned(),
            integrated_time: number(entry.get("integratedTime")?)?,
            log: digest(entry.pointer(log)?)?,
            log_index: number(entry.get("logIndex")?)?,
            signature: match signature {
                Some(signature) => Some(signature.as_str()?.to_owned()),
                None => None,
            },
            proof: match proof {
                Some(proof) => Some(Proof::of(proof)?),
                None => None,
            },
        })
    }

    /// Whether `key` is the log's, and signed this entry with its time.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let signature = self.signature.as_ref();
        let signature = signature.and_then(|text| STANDARD.decode(text).ok());
        let signed = json::canonical(self).zip(signature);
        key.keyid() == self.log
            && signed.is_some_and(|(message, signature)| key.verifies(&message, &signature))
    }
}

/// A number, written as one or as a text.
pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// A digest in hexadecimal digits or in base64.
pub(super) fn digest(value: &Value) -> Option<Digest> {
    let text = value.as_str()?;
    text.parse().ok().or_else(|| {
        let bytes: [u8; 32] = STANDARD.decode(text).ok()?.try_into().ok()?;
        Some(Digest::from_bytes(bytes))
    })
}
