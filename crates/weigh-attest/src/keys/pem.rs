//! Keys as text: SPKI in PEM, as openssl writes it, and why a text is no key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek as ed25519;
use p256::ecdsa;
use pkcs8::der::Document;
use pkcs8::{ObjectIdentifier, SubjectPublicKeyInfoRef};

#[cfg(feature = "sign")]
use super::NoRandomness;
use super::{Point, PublicKey};

/// id-ecPublicKey (RFC 5480). The curve stands in the parameters.
pub(super) const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// id-Ed25519 (RFC 8410).
pub(super) const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Why a text is no key that can be used. Reads after "cannot read the key".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Bytes that are no text.
    #[error(
        "it is no text, and keys are read as PEM; \
         `openssl pkey -inform DER -in OLD -out NEW`, with -pubin for a public key, turns DER into PEM"
    )]
    NotText,
    /// Nothing.
    #[error("it is empty")]
    Empty,
    /// A line of OpenSSH.
    #[error(
        "it is a public key in the form of OpenSSH; \
         `ssh-keygen -e -m PKCS8 -f OLD > NEW` turns one on P-256 into PEM"
    )]
    OpenSsh,
    /// Not PEM.
    #[error("the text is not PEM ({0}): it begins with -----BEGIN and holds nothing else")]
    NotPem(String),
    /// PEM of another kind.
    #[error("the PEM block is `{found}`, expected `{expected}`{}", help(.found, .expected))]
    WrongLabel {
        /// The block's label.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A key of another kind, or bytes that are no key.
    #[error("the key is not a well-formed P-256 or Ed25519 key: {0}")]
    Malformed(String),
    /// An algorithm that is not spoken here.
    #[error("the key's algorithm is {0}; ECDSA P-256 and Ed25519 are understood")]
    UnknownAlgorithm(String),
    /// An encryption that is not spoken here.
    #[cfg(feature = "sign")]
    #[error(
        "the key is damaged, or encrypted in a way that is not understood; `openssl pkcs8 -topk8 -v2 aes-256-cbc \
         -v2prf hmacWithSHA256 -in OLD -out NEW` encrypts it in one that is"
    )]
    UnknownEncryption,
    /// An encrypted key and no passphrase.
    #[cfg(feature = "sign")]
    #[error("the key is encrypted: give its passphrase in the variable WEIGH_KEY_PASSPHRASE")]
    NeedsPassphrase,
    /// An encrypted key and a passphrase that does not open it.
    #[cfg(feature = "sign")]
    #[error("the passphrase does not open the key, or the key is damaged")]
    WrongPassphrase,
    /// The key could not be written as text.
    #[cfg(feature = "sign")]
    #[error("the key cannot be written as PEM: {0}")]
    Encoding(String),
    /// No random bytes for the salt.
    #[cfg(feature = "sign")]
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// What to do with a PEM block of a kind that other tools write.
fn help(label: &str, expected: &str) -> &'static str {
    match label {
        "CERTIFICATE" => "; `openssl x509 -in CERT -pubkey -noout` takes the public key out",
        "RSA PRIVATE KEY" | "RSA PUBLIC KEY" => {
            ", and RSA is not understood, but ECDSA P-256 and Ed25519"
        }
        "OPENSSH PRIVATE KEY" => {
            "; `ssh-keygen -p -m PKCS8 -f COPY` turns a copy of a key on P-256 into PKCS#8"
        }
        "PUBLIC KEY" => "; it is the public half, which does not sign",
        _ if expected == PUBLIC => {
            "; `openssl pkey -in KEY -pubout -out PUBLIC` takes the public half out"
        }
        "EC PRIVATE KEY" | "EC PARAMETERS" => {
            "; `openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW` turns it into PKCS#8"
        }
        _ => "",
    }
}

/// The label of a public key.
const PUBLIC: &str = "PUBLIC KEY";

/// The one PEM block in `text`, without what editors leave around it, if its label is one of those
/// that `expected` names. The label is asked first: of other tools' keys the block is not strict PEM.
pub(super) fn block<'t>(text: &'t str, expected: &'static str) -> Result<&'t str, KeyFault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
    let label = text.lines().find_map(|line| {
        line.trim_end()
            .strip_prefix("-----BEGIN ")?
            .strip_suffix("-----")
    });
    match label {
        Some(label) if expected.split(" or ").any(|one| one == label) => Ok(text),
        Some(label) => Err(KeyFault::WrongLabel {
            found: label.to_owned(),
            expected,
        }),
        None if text.is_empty() => Err(KeyFault::Empty),
        None if text.starts_with("ssh-") || text.starts_with("ecdsa-") => Err(KeyFault::OpenSsh),
        None => Err(KeyFault::NotPem(
            "it has no line that begins with -----BEGIN".to_owned(),
        )),
    }
}

/// The name of an algorithm or a curve that other tools' keys have, with its number.
pub(super) fn unknown(oid: ObjectIdentifier) -> KeyFault {
    let number = oid.to_string();
    let name = match number.as_str() {
        "1.2.840.113549.1.1.1" => "RSA",
        "1.2.840.113549.1.1.10" => "RSA-PSS",
        "1.2.840.10040.4.1" => "DSA",
        "1.3.101.110" => "X25519",
        "1.3.101.113" => "Ed448",
        _ => return KeyFault::UnknownAlgorithm(number),
    };
    KeyFault::UnknownAlgorithm(format!("{name} ({number})"))
}

pub(super) fn malformed(error: impl std::fmt::Display) -> KeyFault {
    KeyFault::Malformed(error.to_string())
}

impl PublicKey {
    /// Reads SPKI PEM, with white space or a byte order mark around it or without.
    ///
    /// # Errors
    /// When the text is no such key.
    pub fn from_pem(text: &str) -> Result<Self, KeyFault> {
        let text = block(text, PUBLIC)?;
        let (_, document) =
            Document::from_pem(text).map_err(|error| KeyFault::NotPem(error.to_string()))?;
        Self::from_spki_der(document.as_bytes())
    }

    /// Reads SPKI in DER.
    ///
    /// # Errors
    /// When the bytes are no such key.
    pub(crate) fn from_spki_der(der: &[u8]) -> Result<Self, KeyFault> {
        let info = SubjectPublicKeyInfoRef::try_from(der).map_err(malformed)?;
        match info.algorithm.oid {
            EC => ecdsa::VerifyingKey::try_from(info)
                .map(|key| Self(Point::P256(key)))
                .map_err(malformed),
            ED25519 => ed25519::VerifyingKey::try_from(info)
                .map(|key| Self(Point::Ed25519(key)))
                .map_err(malformed),
            other => Err(unknown(other)),
        }
    }

    /// The key as SPKI in DER, the point uncompressed.
    #[must_use]
    pub fn to_spki_der(&self) -> Vec<u8> {
        // Prefixes of the two fixed forms (RFC 5480, RFC 8410); what follows is the bare point.
        const P256_PREFIX: [u8; 26] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
            0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ];
        const ED25519_PREFIX: [u8; 12] = [
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
        ];
        match &self.0 {
            Point::P256(key) => [&P256_PREFIX[..], key.to_sec1_point(false).as_bytes()].concat(),
            Point::Ed25519(key) => [&ED25519_PREFIX[..], key.as_bytes()].concat(),
        }
    }

    /// The key as SPKI PEM: lines of 64 characters, as openssl writes them.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let mut text = String::from("-----BEGIN PUBLIC KEY-----\n");
        // 48 bytes are 64 characters.
        for chunk in self.to_spki_der().chunks(48) {
            text.push_str(&STANDARD.encode(chunk));
            text.push('\n');
        }
        text.push_str("-----END PUBLIC KEY-----\n");
        text
    }
}
