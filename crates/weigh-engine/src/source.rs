//! One file of a model: opened once, hashed before anything reads it, mapped, hashed again later.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use memmap2::Mmap;
use sha2::{Digest as _, Sha256};
use weigh_core::digest::Digest;
use weigh_core::subject::SubjectFile;

/// Bytes that are hashed at a time.
const BLOCK: usize = 1 << 20;

/// An open file whose bytes were hashed.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Where it was opened.
    pub path: PathBuf,
    file: File,
    map: Mmap,
    digest: Digest,
}

/// Opens a regular file. Anything else is refused before it is opened: a pipe would wait.
///
/// # Errors
/// Whatever the operating system reports, or that it is no regular file.
pub(crate) fn open_regular(path: &Path) -> io::Result<File> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    File::open(path)
}

impl SourceFile {
    /// Opens, maps and hashes a regular file.
    ///
    /// # Errors
    /// Whatever the operating system reports; a path that is no regular file is refused.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = open_regular(path)?;
        // SAFETY: the map is read-only and lives as long as the file it maps. Another process may
        // change or cut the file under it; nothing read from it is used as anything but numbers
        // and checked text, and `unchanged` finds a change at the end of a run.
        let map = unsafe { Mmap::map(&file)? };
        let digest = digest(&file, map.len())?;
        Ok(Self {
            path: path.to_owned(),
            file,
            map,
            digest,
        })
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.map
    }

    /// Name, size and digest, as they were when the file was opened.
    pub(crate) fn subject_file(&self) -> SubjectFile {
        SubjectFile {
            name: self.name(),
            size: self.map.len() as u64,
            sha256: self.digest,
        }
    }

    /// Base name.
    pub(crate) fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Gives back the memory of bytes that are not needed for a while. They are still there: the
    /// system brings them from the file when they are read.
    pub(crate) fn release(&self, range: Range<usize>) {
        #[cfg(unix)]
        // SAFETY: the map is shared with its file and never written, so that a page that was
        // dropped comes back with the file's bytes. On an error it only keeps its memory.
        let _ = unsafe {
            let dropped = memmap2::UncheckedAdvice::DontNeed;
            self.map
                .unchecked_advise_range(dropped, range.start, range.len())
        };
        #[cfg(not(unix))]
        let _ = range;
    }

    /// Whether the open file has the size that it had.
    ///
    /// # Errors
    /// Whatever the operating system reports.
    pub(crate) fn has_its_size(&self) -> io::Result<bool> {
        Ok(self.file.metadata()?.len() == self.map.len() as u64)
    }

    /// Whether the open file still has the bytes that were hashed.
    ///
    /// # Errors
    /// Whatever the operating system reports.
    pub(crate) fn unchanged(&self) -> io::Result<bool> {
        Ok(self.has_its_size()? && digest(&self.file, self.map.len())? == self.digest)
    }
}

/// The digest of the first `len` bytes of a file. They are read and not mapped: touching mapped
/// pages behind the end of a file that is cut meanwhile kills the process, and every page that was
/// touched counts as its memory.
fn digest(mut file: &File, len: usize) -> io::Result<Digest> {
    file.rewind()?;
    let mut hash = Sha256::new();
    let mut block = vec![0; BLOCK.min(len)];
    let mut left = len;
    while left > 0 {
        let part = block.get_mut(..left.min(BLOCK)).unwrap_or_default();
        file.read_exact(part)?;
        hash.update(&*part);
        left -= part.len();
    }
    Ok(Digest::from_bytes(hash.finalize().into()))
}
