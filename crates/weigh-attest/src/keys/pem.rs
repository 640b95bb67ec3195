//! Keys as text: PKCS#8 (plain or encrypted with PBES2) and SPKI in PEM, as openssl writes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek as ed25519;
use p256::ecdsa;
use pkcs8::der::Document;
use pkcs8::{
    DecodePrivateKey as _, EncodePrivateKey as _, EncryptedPrivateKeyInfoRef, LineEnding,
    ObjectIdentifier, PrivateKeyInfoRef, SecretDocument, SubjectPublicKeyInfoRef, pkcs5::pbes2,
};

use super::{NoRandomness, Point, PrivateKey, PublicKey, Secret};

pub use pkcs8::der::zeroize::Zeroizing;

/// id-ecPublicKey (RFC 5480). The curve stands in the parameters.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// id-Ed25519 (RFC 8410).
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Rounds of PBKDF2-HMAC-SHA256 for a key that is written (OWASP, 2023).
const ROUNDS: u32 = 600_000;

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
    #[error("the key is encrypted: give its passphrase in the variable WEIGH_KEY_PASSPHRASE")]
    NeedsPassphrase,
    /// An encrypted key and a passphrase that does not open it.
    #[error("the passphrase does not open the key, or the key is damaged")]
    WrongPassphrase,
    /// The key could not be written as text.
    #[error("the key cannot be written as PEM: {0}")]
    Encoding(String),
    /// No random bytes for the salt.
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

fn malformed(error: impl std::fmt::Display) -> KeyFault {
    KeyFault::Malformed(error.to_string())
}

fn encoding(error: impl std::fmt::Display) -> KeyFault {
    KeyFault::Encoding(error.to_string())
}

impl PrivateKey {
    /// Reads PKCS#8 PEM; `passphrase` is asked for only when the key is encrypted.
    ///
    /// # Errors
    /// When the text is no such key or the passphrase does not open it.
    pub fn from_pem(text: &str, passphrase: Option<&str>) -> Result<Self, KeyFault> {
        let (label, document) =
            SecretDocument::from_pem(text).map_err(|error| KeyFault::NotPem(error.to_string()))?;
        match label {
            "PRIVATE KEY" => Self::from_pkcs8(document.as_bytes()),
            "ENCRYPTED PRIVATE KEY" => {
                let passphrase = passphrase.ok_or(KeyFault::NeedsPassphrase)?;
                let info =
                    EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).map_err(malformed)?;
                let plain = info
                    .decrypt(passphrase)
                    .map_err(|_| KeyFault::WrongPassphrase)?;
                Self::from_pkcs8(plain.as_bytes())
            }
            other => Err(KeyFault::WrongLabel {
                found: other.to_owned(),
                expected: "PRIVATE KEY or ENCRYPTED PRIVATE KEY",
            }),
        }
    }

    fn from_pkcs8(der: &[u8]) -> Result<Self, KeyFault> {
        let info = PrivateKeyInfoRef::try_from(der).map_err(malformed)?;
        match info.algorithm.oid {
            EC => ecdsa::SigningKey::from_pkcs8_der(der)
                .map(|key| Self(Secret::P256(key)))
                .map_err(malformed),
            ED25519 => ed25519::SigningKey::from_pkcs8_der(der)
                .map(|key| Self(Secret::Ed25519(key)))
                .map_err(malformed),
            other => Err(KeyFault::UnknownAlgorithm(other.to_string())),
        }
    }

    fn to_pkcs8(&self) -> Result<SecretDocument, KeyFault> {
        match &self.0 {
            Secret::P256(key) => key.to_pkcs8_der(),
            // Without the public half: openssl 3.0 reads only version 1 of PKCS#8.
            Secret::Ed25519(key) => ed25519::pkcs8::KeypairBytes {
                secret_key: key.to_bytes(),
                public_key: None,
            }
            .to_pkcs8_der(),
        }
        .map_err(encoding)
    }

    /// The key as PKCS#8 PEM, encrypted (PBES2: PBKDF2-HMAC-SHA256, AES-256-CBC) when a
    /// passphrase is given.
    ///
    /// # Errors
    /// When there are no random bytes for the salt.
    pub fn to_pem(&self, passphrase: Option<&str>) -> Result<Zeroizing<String>, KeyFault> {
        let plain = self.to_pkcs8()?;
        let Some(passphrase) = passphrase else {
            return plain
                .to_pem("PRIVATE KEY", LineEnding::LF)
                .map_err(encoding);
        };
        let (mut salt, mut iv) = ([0_u8; 16], [0_u8; 16]);
        getrandom::fill(&mut salt).map_err(NoRandomness)?;
        getrandom::fill(&mut iv).map_err(NoRandomness)?;
        let cipher = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &salt, iv)
            .map_err(encoding)?;
        PrivateKeyInfoRef::try_from(plain.as_bytes())
            .and_then(|info| info.encrypt_with_params(cipher, passphrase))
            .map_err(encoding)?
            .to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF)
            .map_err(encoding)
    }
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

    fn from_spki_der(der: &[u8]) -> Result<Self, KeyFault> {
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
