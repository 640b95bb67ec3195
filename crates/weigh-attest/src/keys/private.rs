//! Keys that sign: made, used, and written as PKCS#8 in PEM, plain or encrypted with PBES2.

use std::fmt;

use ed25519_dalek as ed25519;
use p256::ecdsa;
use p256::ecdsa::signature::Signer as _;
use pkcs8::der::zeroize::Zeroizing;
use pkcs8::{
    DecodePrivateKey as _, EncodePrivateKey as _, EncryptedPrivateKeyInfoRef, Error, LineEnding,
    PrivateKeyInfoRef, SecretDocument, pkcs5, pkcs5::pbes2,
};

use super::pem::{EC, ED25519, block, malformed, unknown};
use super::{Algorithm, KeyFault, Point, PublicKey};

/// Rounds of PBKDF2-HMAC-SHA256 for a key that is written (OWASP, 2023).
const ROUNDS: u32 = 600_000;

/// The label of an encrypted key.
pub(super) const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoRandomness(getrandom::Error);

/// A key that signs. Its secret is wiped from memory when it is dropped and never shown.
#[derive(Clone)]
pub struct PrivateKey(pub(super) Secret);

#[derive(Clone)]
pub(super) enum Secret {
    P256(ecdsa::SigningKey),
    Ed25519(ed25519::SigningKey),
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.public().keyid())
    }
}

impl PrivateKey {
    /// A new key from the operating system's random bytes.
    ///
    /// # Errors
    /// When there are none.
    pub fn generate(algorithm: Algorithm) -> Result<Self, NoRandomness> {
        loop {
            let mut seed = Zeroizing::new([0_u8; 32]);
            getrandom::fill(seed.as_mut()).map_err(NoRandomness)?;
            match algorithm {
                Algorithm::Ed25519 => {
                    return Ok(Self(Secret::Ed25519(ed25519::SigningKey::from_bytes(
                        &seed,
                    ))));
                }
                // Rejection sampling (FIPS 186-5, A.2.2): zero and what is above the order are
                // drawn again, once in 2^32 draws.
                Algorithm::P256 => {
                    if let Ok(key) = ecdsa::SigningKey::from_slice(seed.as_ref()) {
                        return Ok(Self(Secret::P256(key)));
                    }
                }
            }
        }
    }

    /// The signature over `message`: DER for P-256, 64 bytes for Ed25519. The same message always
    /// gets the same signature.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.0 {
            Secret::P256(key) => {
                let signature: ecdsa::DerSignature = key.sign(message);
                signature.as_bytes().to_vec()
            }
            Secret::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
        }
    }

    /// The key that checks this key's signatures.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(match &self.0 {
            Secret::P256(key) => Point::P256(*key.verifying_key()),
            Secret::Ed25519(key) => Point::Ed25519(key.verifying_key()),
        })
    }
}

fn encoding(error: impl fmt::Display) -> KeyFault {
    KeyFault::Encoding(error.to_string())
}

impl PrivateKey {
    /// Reads PKCS#8 PEM; `passphrase` is asked for only when the key is encrypted.
    ///
    /// # Errors
    /// When the text is no such key or the passphrase does not open it.
    pub fn from_pem(text: &str, passphrase: Option<&str>) -> Result<Self, KeyFault> {
        let text = block(text, "PRIVATE KEY or ENCRYPTED PRIVATE KEY")?;
        let (label, document) =
            SecretDocument::from_pem(text).map_err(|error| KeyFault::NotPem(error.to_string()))?;
        if label != ENCRYPTED {
            return Self::from_pkcs8(document.as_bytes());
        }
        let passphrase = passphrase.ok_or(KeyFault::NeedsPassphrase)?;
        // That it is PBES2, PBKDF2 or scrypt and so on is part of the shape.
        let info = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes())
            .map_err(|_| KeyFault::UnknownEncryption)?;
        let plain = info.decrypt(passphrase).map_err(|fault| {
            let of_scheme = matches!(
                fault,
                Error::EncryptedPrivateKey(
                    pkcs5::Error::UnsupportedAlgorithm { .. }
                        | pkcs5::Error::NoPbes1CryptSupport
                        | pkcs5::Error::AlgorithmParametersInvalid { .. }
                )
            );
            if of_scheme {
                KeyFault::UnknownEncryption
            } else {
                KeyFault::WrongPassphrase
            }
        })?;
        Self::from_pkcs8(plain.as_bytes())
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
            other => Err(unknown(other)),
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
            .to_pem(ENCRYPTED, LineEnding::LF)
            .map_err(encoding)
    }
}
