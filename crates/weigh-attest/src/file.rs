//! Files that somebody else may have put there: whole, or the digest of one, read a block at a time.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use weigh_core::digest::{Digest, Hasher};

/// Bytes that are read at a time.
const BLOCK: usize = 1 << 20;

/// Opens the regular file at `path`.
///
/// # Errors
/// Whatever the operating system reports, and for anything that is no regular file.
pub fn open(path: &Path) -> io::Result<File> {
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    File::open(path)
}

/// The bytes of the regular file at `path`.
///
/// # Errors
/// As [`open`], and where there are more than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("more than {most} bytes")));
    }
    Ok(bytes)
}

/// The digest and the size in bytes of the regular file at `path`.
///
/// # Errors
/// As [`open`].
pub fn digest(path: &Path) -> io::Result<(Digest, u64)> {
    let mut file = open(path)?;
    let (mut hasher, mut size) = (Hasher::new(), 0);
    let mut block = vec![0; BLOCK];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok((hasher.finish(), size));
        }
        hasher.update(block.get(..read).unwrap_or_default());
        size += read as u64;
    }
}
