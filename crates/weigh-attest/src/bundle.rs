//! Two more wrappings of what was signed: a Sigstore bundle, and a file of in-toto attestations.
//!
//! `report.sigstore.json` is a Sigstore bundle (version 0.3) for a key that the reader already has:
//! it holds the same payload and signature, a hint of the key, and no entry of a log. What its hint
//! is follows Sigstore's clients: the base64 of SHA-256 over the key's SPKI in DER.
//! `report.intoto.jsonl` has an envelope on each line: the report, the same in in-toto's words
//! ([`crate::test_result`]), and then what others say of the report ([`crate::svr`]).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use weigh_core::json::{self, JsonFault, Object};

use crate::dsse::{self, Envelope, EnvelopeFault};
use crate::keys::PublicKey;

/// The media type of the bundle.
pub const MEDIA_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";

/// The most lines of a file of attestations that are read.
pub const MOST_LINES: usize = 1_000;

/// The most bytes of a line: those of the envelope, which is the first one.
const MOST_LINE: usize = 96 << 20;

/// Why bytes are no bundle. Reads after "cannot read the bundle".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleFault {
    /// Not JSON of a bundle's shape.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// Another version, or no bundle.
    #[error("`mediaType` is `{0}`, expected `{MEDIA_TYPE}`")]
    MediaType(String),
    /// Its envelope is none.
    #[error(transparent)]
    Envelope(#[from] EnvelopeFault),
    /// More lines than anybody needs.
    #[error("it has more than {MOST_LINES} lines")]
    TooMany,
    /// A line that is longer than any envelope.
    #[error("a line of it has more than {MOST_LINE} bytes")]
    Long,
}

/// The bundle on the wire. Unknown fields are ignored: entries of logs and timestamps among them. The hint must be there,
/// and is trusted with nothing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    media_type: String,
    #[serde(rename = "verificationMaterial")]
    _material: Object<Material>,
    dsse_envelope: dsse::Read,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Material {
    #[serde(rename = "publicKey")]
    _public_key: Object<Hint>,
}

#[derive(Deserialize)]
struct Hint {
    #[serde(rename = "hint")]
    _hint: String,
}

/// The bundle around `envelope`, whose signature is by `key`, in canonical JSON.
#[must_use]
pub fn sigstore(envelope: &Envelope, key: &PublicKey) -> Vec<u8> {
    // An envelope is JSON of texts, which always reads back and has a canonical form.
    let envelope: Value = serde_json::from_slice(&envelope.to_bytes()).unwrap_or_default();
    let hint = STANDARD.encode(key.keyid().as_bytes());
    let wire = json!({
        "mediaType": MEDIA_TYPE,
        "verificationMaterial": {"publicKey": {"hint": hint}, "tlogEntries": []},
        "dsseEnvelope": envelope,
    });
    json::canonical(&wire).unwrap_or_default()
}

/// The envelope of a bundle.
///
/// # Errors
/// When the bytes are no bundle with an envelope.
pub fn read_sigstore(bytes: &[u8]) -> Result<Envelope, BundleFault> {
    let Object(wire) = json::parse::<Object<Wire>>(bytes)?;
    if wire.media_type != MEDIA_TYPE {
        return Err(BundleFault::MediaType(wire.media_type));
    }
    Ok(Envelope::of(wire.dsse_envelope)?)
}

/// A file of attestations: each envelope on a line.
#[must_use]
pub fn lines(envelopes: &[Vec<u8>]) -> Vec<u8> {
    let ended = envelopes
        .iter()
        .flat_map(|envelope| [envelope.as_slice(), b"\n"]);
    ended.collect::<Vec<_>>().concat()
}

/// The envelopes of a file of attestations, with what is wrong with each that is none.
///
/// # Errors
/// When it has too many lines, or too long a line.
pub fn read_lines(bytes: &[u8]) -> Result<Vec<Result<Envelope, EnvelopeFault>>, BundleFault> {
    let lines: Vec<&[u8]> = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .take(MOST_LINES + 1)
        .collect();
    if lines.len() > MOST_LINES {
        return Err(BundleFault::TooMany);
    }
    if lines.iter().any(|line| line.len() > MOST_LINE) {
        return Err(BundleFault::Long);
    }
    Ok(lines.into_iter().map(Envelope::parse).collect())
}

#[cfg(test)]
#[cfg(feature = "sign")]
mod tests {
    use super::*;
    use crate::dsse::{self, PAYLOAD_TYPE};
    use crate::keys::{Algorithm, PrivateKey};

    #[test]
    fn a_bundle_holds_the_same_envelope() {
        for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
            let key = PrivateKey::generate(algorithm).unwrap();
            let bytes = dsse::sign(PAYLOAD_TYPE, b"{}", &key);
            let envelope = Envelope::parse(&bytes).unwrap();
            let bundle = sigstore(&envelope, &key.public());
            assert_eq!(read_sigstore(&bundle).unwrap(), envelope);
            let text = String::from_utf8(bundle).unwrap();
            let hint = STANDARD.encode(key.public().keyid().as_bytes());
            let material = format!(
                "\"mediaType\":\"{MEDIA_TYPE}\",\"verificationMaterial\":\
                 {{\"publicKey\":{{\"hint\":\"{hint}\"}},\"tlogEntries\":[]}}}}"
            );
            assert!(text.ends_with(&material), "{text}");
            let old = text.replace("v0.3", "v0.2");
            assert!(matches!(
                read_sigstore(old.as_bytes()),
                Err(BundleFault::MediaType(_))
            ));
        }
    }

    #[test]
    fn lines_are_envelopes_or_say_why_not() {
        let key = PrivateKey::generate(Algorithm::Ed25519).unwrap();
        let one = dsse::sign(PAYLOAD_TYPE, b"{}", &key);
        let file = lines(&[one.clone(), b"{}".to_vec(), one.clone()]);
        let read = read_lines(&file).unwrap();
        assert_eq!(read.len(), 3);
        assert!(read[0].is_ok() && read[1].is_err());
        assert_eq!(read[0], read[2]);
        let many = b"{}\n".repeat(MOST_LINES + 1);
        assert_eq!(read_lines(&many).unwrap_err(), BundleFault::TooMany);
        let long = b"x".repeat(MOST_LINE + 1);
        assert_eq!(read_lines(&long).unwrap_err(), BundleFault::Long);
    }
}
