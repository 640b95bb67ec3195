//! Files with a key: read when they have a key's size, and why they cannot be used.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use pkcs8::der::zeroize::Zeroizing;

#[cfg(feature = "sign")]
use super::NoRandomness;
use super::{KeyFault, PublicKey};
use crate::file;

/// No key is longer: a megabyte called `key.pem` is something else.
const LONGEST: usize = 16 * 1024;

/// What was tried where a key is there and cannot be read.
pub(super) const READ: &str = "read";

/// Why a key file cannot be used or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileFault {
    /// The file system refused.
    #[error("cannot {action} {}: {error}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        error: io::Error,
    },
    /// Somebody else could have read the key.
    #[cfg(feature = "sign")]
    #[error(
        "cannot use the private key {}: others can read it (mode {mode:04o}); \
         if nobody did, `chmod 600 {}`, otherwise make a new one", path.display(), path.display()
    )]
    ReadableByOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// There is something already.
    #[cfg(feature = "sign")]
    #[error("cannot create {}: it exists, and a key is never overwritten", .0.display())]
    Exists(PathBuf),
    /// Not a file of a key's size.
    #[error("cannot read the key {}: no key has more than 16 KiB", .0.display())]
    TooLong(PathBuf),
    /// The content is no key.
    #[error("cannot read the key {}: {fault}", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: KeyFault,
    },
    /// No random bytes for a new key.
    #[cfg(feature = "sign")]
    #[error("cannot make a key: {0}")]
    NoRandomness(#[from] NoRandomness),
    /// A passphrase that no key can be encrypted with as it stands.
    #[cfg(feature = "sign")]
    #[error("cannot use the passphrase: WEIGH_KEY_PASSPHRASE {0}")]
    Passphrase(&'static str),
    /// Neither variable that tells where a user's settings are.
    #[cfg(feature = "sign")]
    #[error("cannot tell where the key is: none of WEIGH_CONFIG_DIR, XDG_CONFIG_HOME, HOME is set")]
    NoHome,
}

impl KeyFileFault {
    /// Whether the machine is at fault, and not what was asked of it: a key could not be made.
    #[cfg(feature = "sign")]
    #[must_use]
    pub fn is_machine(&self) -> bool {
        matches!(self, Self::NoRandomness(_))
            || matches!(self, Self::Io { action, .. } if *action != READ)
    }
}

pub(super) fn io_fault(
    action: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> KeyFileFault {
    move |error| KeyFileFault::Io {
        action,
        path: path.to_owned(),
        error,
    }
}

/// Reads a public key.
///
/// # Errors
/// When the file is no regular file or no key.
pub fn read_public(path: &Path) -> Result<PublicKey, KeyFileFault> {
    let text = read_text(open(path)?, path)?;
    PublicKey::from_pem(&text).map_err(|fault| KeyFileFault::Key {
        path: path.to_owned(),
        fault,
    })
}

pub(super) fn open(path: &Path) -> Result<File, KeyFileFault> {
    file::open(path).map_err(io_fault(READ, path))
}

pub(super) fn read_text(file: File, path: &Path) -> Result<Zeroizing<String>, KeyFileFault> {
    // Room for all of it at once: bytes that are moved leave copies of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
    file.take(LONGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(io_fault(READ, path))?;
    if bytes.len() > LONGEST {
        return Err(KeyFileFault::TooLong(path.to_owned()));
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(KeyFileFault::Key {
            path: path.to_owned(),
            fault: KeyFault::NotText,
        }),
    }
}
