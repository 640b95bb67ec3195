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
    /// Not PEM.
    #[error("the text is not PEM ({0}): it begins with -----BEGIN and holds nothing else")]
    NotPem(String),
    /// PEM of another kind.
    #[error("the PEM block is `{found}`, expected `{expected}`{}", help(.found))]
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
fn help(label: &str) -> &'static str {
    match label {
        "EC PRIVATE KEY" | "EC PARAMETERS" => {
            "; `openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW` turns it into PKCS#8"
        }
        "PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" => {
            "; `openssl pkey -in KEY -pubout -out PUBLIC` takes the public half out"
        }
        "CERTIFICATE" => "; `openssl x509 -in CERT -pubkey -noout` takes the public key out",
        _ => "",
    }
}

pub(super) fn malformed(error: impl std::fmt::Display) -> KeyFault {
    KeyFault::Malformed(error.to_string())
}

impl PublicKey {
    /// Reads SPKI PEM.
    ///
    /// # Errors
    /// When the text is no such key.
    pub fn from_pem(text: &str) -> Result<Self, KeyFault> {
        let (label, document) =
            Document::from_pem(text).map_err(|error| KeyFault::NotPem(error.to_string()))?;
        if label != "PUBLIC KEY" {
            return Err(KeyFault::WrongLabel {
                found: label.to_owned(),
                expected: "PUBLIC KEY",
            });
        }
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
            other => Err(KeyFault::UnknownAlgorithm(other.to_string())),
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
