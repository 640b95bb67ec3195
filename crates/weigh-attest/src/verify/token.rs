//! Tokens of time (RFC 3161) and entries of a log (Rekor): given as files, looked at, and reported.
//!
//! Their own signatures are not checked here: that takes the keys of whoever issued them. What is
//! checked is that a token names what it is said to be about.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use weigh_core::digest::Digest;

use crate::dsse::{Envelope, pae};

/// What is said of a token: which digest of the signed record it names, if any.
pub(super) fn told(bytes: &[u8], envelope: &Envelope, written: &[u8]) -> String {
    let mut about = vec![
        ("the envelope", Digest::of(written)),
        ("the payload", Digest::of(envelope.unverified_payload())),
        (
            "what is signed",
            Digest::of(&pae(envelope.payload_type(), envelope.unverified_payload())),
        ),
    ];
    about.extend(
        envelope
            .signatures()
            .iter()
            .map(|signature| ("the signature", Digest::of(&signature.bytes))),
    );
    let inner = inner(bytes).unwrap_or_default();
    let names = |digest: &Digest| {
        let hex = digest.to_string();
        let base64 = STANDARD.encode(digest.as_bytes());
        [
            digest.as_bytes().as_slice(),
            hex.as_bytes(),
            base64.as_bytes(),
        ]
        .iter()
        .any(|form| contains(bytes, form))
            || contains(&inner, hex.as_bytes())
    };
    match about.iter().find(|(_, digest)| names(digest)) {
        Some((what, _)) => {
            format!("names the SHA-256 of {what}; its own signature was not checked")
        }
        None => "names no digest of this record: it is about something else".to_owned(),
    }
}

/// What a Rekor entry holds in base64 as its body.
fn inner(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let longest = text
        .split(|c: char| !c.is_ascii_alphanumeric() && !"+/=".contains(c))
        .max_by_key(|part| part.len())?;
    STANDARD.decode(longest).ok()
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
