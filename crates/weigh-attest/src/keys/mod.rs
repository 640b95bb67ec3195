//! Signing keys: ECDSA P-256 with SHA-256 and Ed25519, in the PEM forms that openssl reads.

mod file;
mod pem;

use std::fmt;

use ed25519_dalek as ed25519;
use p256::ecdsa;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use weigh_core::digest::Digest;

pub use file::{
    KeyFileFault, Loaded, create, default_path, load, load_or_create, load_or_create_with,
    passphrase, read_public,
};
pub use pem::KeyFault;

/// How a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on NIST P-256 with SHA-256; signatures in DER (FIPS 186-5, RFC 6979 nonces).
    P256,
    /// Ed25519 (RFC 8032); 64-byte signatures.
    Ed25519,
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::P256 => "ECDSA P-256",
            Self::Ed25519 => "Ed25519",
        })
    }
}

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoRandomness(getrandom::Error);

/// A key that signs. Its secret is wiped from memory when it is dropped and never shown.
#[derive(Clone)]
pub struct PrivateKey(Secret);

#[derive(Clone)]
enum Secret {
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
            let mut seed = pem::Zeroizing::new([0_u8; 32]);
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

/// A key that checks signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(Point);

#[derive(Clone, PartialEq, Eq)]
enum Point {
    P256(ecdsa::VerifyingKey),
    Ed25519(ed25519::VerifyingKey),
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.keyid())
    }
}

impl PublicKey {
    /// How the key signs.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Point::P256(_) => Algorithm::P256,
            Point::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    /// SHA-256 of the key's SPKI in DER, with the point uncompressed: one key, one name.
    #[must_use]
    pub fn keyid(&self) -> Digest {
        Digest::of(&self.to_spki_der())
    }

    /// Whether `signature` is this key's signature over `message`.
    ///
    /// Ed25519 is checked strictly: no small-order key or nonce, no second form of a signature.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.0 {
            Point::P256(key) => ecdsa::DerSignature::from_bytes(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Point::Ed25519(key) => ed25519::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
        }
    }
}

#[cfg(test)]
mod tests;
