//! The digests that tokens are made with.

use pkcs8::ObjectIdentifier;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// One of the functions of FIPS 180-4 that authorities use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    const ALL: [(ObjectIdentifier, Self); 3] = [
        (
            ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1"),
            Self::Sha256,
        ),
        (
            ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2"),
            Self::Sha384,
        ),
        (
            ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3"),
            Self::Sha512,
        ),
    ];

    /// The one that an algorithm identifier names.
    ///
    /// # Errors
    /// What to say of another one.
    pub fn named(oid: ObjectIdentifier) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(known, _)| *known == oid);
        let found = found.map(|(_, hash)| *hash);
        found.ok_or_else(|| format!("its digests are {oid}; SHA-256, SHA-384 and SHA-512 are read"))
    }

    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }
}
