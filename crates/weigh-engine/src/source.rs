//! One file of a model: opened once, hashed before anything reads it, mapped, hashed again later.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use memmap2::Mmap;
use weigh_core::digest::Digest;
use weigh_core::subject::SubjectFile;

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
        let digest = Digest::of(&map);
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

    /// Whether the open file still has the bytes that were hashed.
    ///
    /// # Errors
    /// Whatever the operating system reports.
    pub(crate) fn unchanged(&self) -> io::Result<bool> {
        // The size first: touching mapped pages behind the end of a cut file kills the process.
        let size = self.file.metadata()?.len();
        Ok(size == self.map.len() as u64 && Digest::of(&self.map) == self.digest)
    }
}
