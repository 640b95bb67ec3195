//! The digest of a file, read a block at a time.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use weigh_core::digest::{Digest, Hasher};

/// Bytes that are read at a time.
const BLOCK: usize = 1 << 20;

/// The digest and the size in bytes of the regular file at `path`.
///
/// # Errors
/// Whatever the operating system reports, and for anything that is no regular file.
pub fn digest(path: &Path) -> io::Result<(Digest, u64)> {
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let mut file = File::open(path)?;
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
