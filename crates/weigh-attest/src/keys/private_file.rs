//! Files with a private key: made whole, never overwritten, and not used while others can read them.

use std::env::VarError;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use pkcs8::der::zeroize::Zeroizing;

use super::file::{READ, io_fault, open, read_text};
use super::private::ENCRYPTED;
use super::{Algorithm, KeyFileFault, PrivateKey};

/// A key that was read or, where there was none, made.
#[derive(Debug)]
pub struct Loaded {
    /// The key.
    pub key: PrivateKey,
    /// Whether its file is encrypted.
    pub encrypted: bool,
    /// Whether it was made just now.
    pub created: bool,
}

/// Where the user's own signing key is: `key.pem` in `WEIGH_CONFIG_DIR`, or in `weighhouse` below
/// `XDG_CONFIG_HOME` or `HOME/.config`.
///
/// # Errors
/// When none of the three is set.
pub fn default_path() -> Result<PathBuf, KeyFileFault> {
    default_path_from(|name| std::env::var_os(name).map(PathBuf::from))
}

pub(super) fn default_path_from(
    variable: impl Fn(&str) -> Option<PathBuf>,
) -> Result<PathBuf, KeyFileFault> {
    // The XDG base directory specification: a relative path is invalid and ignored.
    let absolute = |name: &str| variable(name).filter(|path| path.is_absolute());
    variable("WEIGH_CONFIG_DIR")
        .filter(|path| !path.as_os_str().is_empty())
        .or_else(|| absolute("XDG_CONFIG_HOME").map(|dir| dir.join("weighhouse")))
        .or_else(|| absolute("HOME").map(|dir| dir.join(".config/weighhouse")))
        .map(|dir| dir.join("key.pem"))
        .ok_or(KeyFileFault::NoHome)
}

/// What `WEIGH_KEY_PASSPHRASE` holds; none where it is not set.
///
/// # Errors
/// When it is empty or no text: a key would be written without the encryption that was asked for.
pub fn passphrase() -> Result<Option<Zeroizing<String>>, KeyFileFault> {
    match std::env::var("WEIGH_KEY_PASSPHRASE") {
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(KeyFileFault::Passphrase(
            "is not UTF-8; set it in a UTF-8 locale, or take ASCII only",
        )),
        Ok(text) if text.is_empty() => Err(KeyFileFault::Passphrase(
            "is empty; unset it for a key without a passphrase",
        )),
        Ok(text) => Ok(Some(Zeroizing::new(text))),
    }
}

/// The key at `path`, or a new P-256 key there when there is none. An encrypted key is opened with
/// the passphrase in `WEIGH_KEY_PASSPHRASE`; a new one is encrypted when the variable is set.
///
/// # Errors
/// When the file can be neither used nor made.
pub fn load_or_create(path: &Path) -> Result<Loaded, KeyFileFault> {
    let passphrase = passphrase()?;
    load_or_create_with(path, passphrase.as_deref().map(String::as_str))
}

/// The same with the passphrase given.
///
/// # Errors
/// When the file can be neither used nor made.
pub fn load_or_create_with(path: &Path, passphrase: Option<&str>) -> Result<Loaded, KeyFileFault> {
    // Not `exists()`: a dangling link is something, too.
    if path.symlink_metadata().is_ok() {
        return existing(path, passphrase);
    }
    let key = PrivateKey::generate(Algorithm::P256)?;
    match create(path, &key, passphrase) {
        Ok(()) => Ok(Loaded {
            key,
            encrypted: passphrase.is_some(),
            created: true,
        }),
        // Another first run was faster: its key is the key.
        Err(KeyFileFault::Exists(_)) => existing(path, passphrase),
        Err(fault) => Err(fault),
    }
}

/// Reads a private key, if nobody else can.
///
/// # Errors
/// When the file is readable by others, no regular file, or no key.
pub fn load(path: &Path, passphrase: Option<&str>) -> Result<PrivateKey, KeyFileFault> {
    existing(path, passphrase).map(|loaded| loaded.key)
}

fn existing(path: &Path, passphrase: Option<&str>) -> Result<Loaded, KeyFileFault> {
    let file = open(path)?;
    refuse_if_readable_by_others(&file, path)?;
    let text = read_text(file, path)?;
    let key = PrivateKey::from_pem(&text, passphrase).map_err(|fault| KeyFileFault::Key {
        path: path.to_owned(),
        fault,
    })?;
    Ok(Loaded {
        key,
        encrypted: text.contains(ENCRYPTED),
        created: false,
    })
}

#[cfg(unix)]
fn refuse_if_readable_by_others(file: &File, path: &Path) -> Result<(), KeyFileFault> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = file
        .metadata()
        .map_err(io_fault(READ, path))?
        .permissions()
        .mode()
        & 0o7777;
    if mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(KeyFileFault::ReadableByOthers {
            path: path.to_owned(),
            mode,
        })
    }
}

#[cfg(not(unix))]
fn refuse_if_readable_by_others(_: &File, _: &Path) -> Result<(), KeyFileFault> {
    Ok(())
}

/// Writes `key` to `path`, which must not exist: mode 0600, whole or not at all, synced.
///
/// # Errors
/// When there is something at `path` or the file system refuses.
pub fn create(path: &Path, key: &PrivateKey, passphrase: Option<&str>) -> Result<(), KeyFileFault> {
    let text = key.to_pem(passphrase).map_err(|fault| KeyFileFault::Key {
        path: path.to_owned(),
        fault,
    })?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    create_private_folder(folder).map_err(io_fault("create", folder))?;
    // A temporary file has mode 0600 from its first instant, and is linked without replacing.
    let mut file = tempfile::Builder::new()
        .prefix(".key-")
        .tempfile_in(folder)
        .map_err(io_fault("create a file in", folder))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .map_err(io_fault("write", path))?;
    file.persist_noclobber(path).map_err(|fault| {
        if fault.error.kind() == io::ErrorKind::AlreadyExists {
            KeyFileFault::Exists(path.to_owned())
        } else {
            io_fault("create", path)(fault.error)
        }
    })?;
    sync_folder(folder).map_err(io_fault("sync", folder))
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
