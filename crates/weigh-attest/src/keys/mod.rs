//! Signing keys: ECDSA P-256 with SHA-256 and Ed25519, in the PEM forms that openssl reads.

mod file;
mod pem;
#[cfg(feature = "sign")]
mod private;
#[cfg(feature = "sign")]
mod private_file;

use std::fmt;

use ed25519_dalek as ed25519;
use p256::ecdsa;
use p256::ecdsa::signature::Verifier as _;
use weigh_core::digest::Digest;

pub use file::{KeyFileFault, read_public};
pub use pem::KeyFault;
#[cfg(feature = "sign")]
pub use private::{NoRandomness, PrivateKey};
#[cfg(feature = "sign")]
pub use private_file::{
    Loaded, create, default_path, load, load_or_create, load_or_create_with, passphrase,
};

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
#[cfg(feature = "sign")]
mod tests;
