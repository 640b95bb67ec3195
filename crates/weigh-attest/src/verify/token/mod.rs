//! Tokens of time (RFC 3161) and entries of a log (Rekor): given as files, held against the signed record.
//!
//! A token must name a digest of this record. Who has signed it is shown where its kind of signature
//! is spoken here; whose key that is, only a key shows that the caller gives. What could not be
//! verified is told as not checked, and refused where a key was given.

mod der;
mod entry;
mod hash;
mod inclusion;
mod rekor;
mod timestamp;

use weigh_core::time::Timestamp;

use super::checks::check;
use super::{Check, Fault, Kind, Signed, Wanted};
use crate::dsse::pae;
use crate::keys::{Algorithm, PublicKey};
use crate::record::{self, RecordFiles};
use hash::Hash;

/// The most seconds that a token's time may lie before the report's own: whoever tests may have a
/// clock that is wrong by its time zone, and nobody can have stamped a report that was not there.
const MOST_BEFORE: i64 = 24 * 3600;

const SIGNATURE: &str = "the signature";

/// What the tokens show, and what they leave open.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub shown: Vec<Check>,
    pub open: Vec<Check>,
}

/// What one token shows, and what it leaves open.
struct Told {
    shown: String,
    open: Vec<String>,
}

/// Holds every token to the record. One that is about something else, or is not signed as it says
/// or as it must be, or that is older than the report, which was `issued` then, is a fault.
pub(super) fn check_tokens(
    files: &RecordFiles,
    signed: &Signed,
    issued: Option<&Timestamp>,
    wanted: &Wanted<'_>,
    faults: &mut Vec<Fault>,
) -> Tokens {
    let mut tokens = Tokens::default();
    if wanted.tokens.is_empty() {
        return tokens;
    }
    let written = files.get(record::ENVELOPE).unwrap_or_default();
    let about = About::of(signed, written, issued);
    for (name, bytes) in wanted.tokens {
        let told = if bytes.trim_ascii_start().starts_with(b"{") {
            rekor::told(bytes, &about, wanted.token_keys)
        } else {
            timestamp::told(bytes, &about, wanted.token_keys)
        };
        match told {
            Ok(Told { shown, open }) => {
                tokens
                    .shown
                    .push(check("token", &format!("{name}: {shown}")));
                let open = open.into_iter();
                tokens
                    .open
                    .extend(open.map(|what| check("token", &format!("{name}: {what}"))));
            }
            Err(message) => faults.push(Fault::new(Kind::Token, name, message)),
        }
    }
    tokens
}

/// What a token can be about, as bytes that a digest is taken of.
struct About<'a> {
    payload: &'a [u8],
    /// Those of the key by which the record is verified: anybody can write others beside them.
    signatures: Vec<&'a [u8]>,
    /// When the report was issued, by its own word.
    issued: Option<&'a Timestamp>,
    /// How the report is signed.
    algorithm: Option<Algorithm>,
    /// The name and the bytes of each, these among them.
    all: Vec<(&'static str, Vec<u8>)>,
}

impl<'a> About<'a> {
    fn of(signed: &'a Signed, written: &[u8], issued: Option<&'a Timestamp>) -> Self {
        let (envelope, payload) = (&signed.envelope, signed.payload());
        let key = signed.key.iter();
        let signatures: Vec<&[u8]> = key.flat_map(|key| envelope.signatures_by(key)).collect();
        let mut all = vec![
            ("the payload", payload.to_vec()),
            ("what is signed", pae(envelope.payload_type(), payload)),
            (record::ENVELOPE, written.to_vec()),
        ];
        all.extend(signatures.iter().map(|one| (SIGNATURE, one.to_vec())));
        Self {
            payload,
            signatures,
            issued,
            algorithm: signed.key.as_ref().map(PublicKey::algorithm),
            all,
        }
    }

    /// What has this digest.
    ///
    /// # Errors
    /// When nothing of the record has it.
    fn named(&self, hash: Hash, digest: &[u8]) -> Result<&'static str, String> {
        let mut all = self.all.iter();
        let found = all.find(|(_, bytes)| hash.of(bytes) == digest);
        found.map(|(what, _)| *what).ok_or_else(|| {
            "it names the digest of nothing in this record: it is about something else".to_owned()
        })
    }

    /// What a token that names `what` leaves open, however it is signed itself.
    ///
    /// From a pair (r, s) of ECDSA with the nonce k, and any payload of hash z, follows a key for which
    /// the pair is a good signature: d = (s k - z) / r (mod n). Ed25519 hashes the key into it.
    fn left_open(&self, what: &str) -> Vec<String> {
        let computable = what == SIGNATURE && self.algorithm != Some(Algorithm::Ed25519);
        let envelope = record::ENVELOPE;
        let open = computable.then(|| {
            format!(
                "that the report was there then: it names only the signature, and a key that is made later \
                 can fit an older ECDSA signature; a token of {envelope} shows it"
            )
        });
        open.into_iter().collect()
    }

    /// Whether the report can have been there at `time`.
    ///
    /// # Errors
    /// When it was issued more than [`MOST_BEFORE`] later.
    fn admits(&self, time: &Timestamp) -> Result<(), String> {
        let Some(issued) = self.issued else {
            return Ok(());
        };
        match (issued.seconds(), time.seconds()) {
            (Some(then), Some(seen)) if then - seen > MOST_BEFORE => Err(format!(
                "its time is {}, more than 24 hours before the report was issued, {}: it cannot be about \
                 this report",
                time.0, issued.0
            )),
            _ => Ok(()),
        }
    }
}

/// What to say of a signature that is not verified for `reason`: a fault where keys were given.
fn not_verified(reason: &str, keys_given: bool) -> Result<String, String> {
    if keys_given {
        return Err(format!(
            "its signature is by none of the keys that were given: {reason}"
        ));
    }
    Ok(format!("its signature, which was not verified: {reason}"))
}
