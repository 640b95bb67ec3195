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

use super::checks::check;
use super::{Check, Fault, Kind, Signed, Wanted};
use crate::dsse::pae;
use crate::record::{self, RecordFiles};
use hash::Hash;

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
/// or as it must be, is a fault.
pub(super) fn check_tokens(
    files: &RecordFiles,
    signed: &Signed,
    wanted: &Wanted<'_>,
    faults: &mut Vec<Fault>,
) -> Tokens {
    let about = About::of(signed, files.get(record::ENVELOPE).unwrap_or_default());
    let mut tokens = Tokens::default();
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
    signatures: Vec<&'a [u8]>,
    /// The name and the bytes of each, these among them.
    all: Vec<(&'static str, Vec<u8>)>,
}

impl<'a> About<'a> {
    fn of(signed: &'a Signed, written: &[u8]) -> Self {
        let (envelope, payload) = (&signed.envelope, signed.payload());
        let signatures = envelope.signatures().iter();
        let signatures: Vec<&[u8]> = signatures.map(|one| one.bytes.as_slice()).collect();
        let mut all = vec![
            ("the payload", payload.to_vec()),
            ("what is signed", pae(envelope.payload_type(), payload)),
            (record::ENVELOPE, written.to_vec()),
        ];
        all.extend(signatures.iter().map(|one| ("the signature", one.to_vec())));
        Self {
            payload,
            signatures,
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
