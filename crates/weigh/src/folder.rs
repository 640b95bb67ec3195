//! Reads a suite's folder as what it may be: somebody else's. No links, no devices, bounded sizes.

use std::collections::BTreeMap;
use std::fs::{self, File, FileType};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes of each file by its path relative to the folder, with `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The most files in a folder: more languages than anybody has prompts for.
const MOST_FILES: usize = 1000;
/// The most bytes in a file.
const MOST_BYTES: u64 = 64 << 20;
/// The most bytes in a folder.
const MOST_BYTES_IN_ALL: u64 = 512 << 20;

/// Why a folder is not read. Reads after "cannot read PATH: ".
#[derive(Debug, thiserror::Error)]
pub enum FolderFault {
    /// The operating system's answer.
    #[error("{}: {source}", path.display())]
    Io {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A link, which could point anywhere.
    #[error("{} is a link; put the file itself there", .0.display())]
    Link(PathBuf),
    /// A folder in the folder, a device, a pipe.
    #[error("{} is no regular file; a suite's folder holds files only", .0.display())]
    NotAFile(PathBuf),
    /// A name that is not UTF-8.
    #[error("{} has a name that is not UTF-8", .0.display())]
    Name(PathBuf),
    /// A file that is too large.
    #[error("{} has more than {most} bytes", path.display())]
    FileSize {
        /// The file.
        path: PathBuf,
        /// The most bytes that it may have.
        most: u64,
    },
    /// More files or bytes in all than a suite has.
    #[error("it has more than {MOST_FILES} files or {MOST_BYTES_IN_ALL} bytes in all")]
    Size,
}

/// Reads every file of the folder at `path`, which itself may be reached by a link.
pub fn read(path: &Path) -> Result<Files, FolderFault> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |source| FolderFault::Io { path, source }
    };
    let (mut files, mut left) = (Files::new(), MOST_BYTES_IN_ALL);
    for entry in fs::read_dir(path).map_err(fault(path))? {
        let entry = entry.map_err(fault(path))?;
        let path = entry.path();
        refuse_other_kinds(entry.file_type().map_err(fault(&path))?, &path)?;
        let name = entry.file_name();
        let name = name
            .to_str()
            .ok_or_else(|| FolderFault::Name(path.clone()))?;
        let bytes = read_file(&path, MOST_BYTES)?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or(FolderFault::Size)?;
        files.insert(name.to_owned(), bytes);
        if files.len() > MOST_FILES {
            return Err(FolderFault::Size);
        }
    }
    Ok(files)
}

/// Reads the one file at `path`, by its name.
pub fn read_one(path: &Path) -> Result<Files, FolderFault> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| FolderFault::Name(path.to_owned()))?;
    Ok(Files::from([(
        name.to_owned(),
        read_file(path, MOST_BYTES)?,
    )]))
}

fn refuse_other_kinds(kind: FileType, path: &Path) -> Result<(), FolderFault> {
    if kind.is_symlink() {
        return Err(FolderFault::Link(path.to_owned()));
    }
    if kind.is_file() {
        return Ok(());
    }
    Err(FolderFault::NotAFile(path.to_owned()))
}

/// Reads at most `most` bytes of the regular file at `path`.
pub fn read_file(path: &Path, most: u64) -> Result<Vec<u8>, FolderFault> {
    let fault = |source| FolderFault::Io {
        path: path.to_owned(),
        source,
    };
    let too_large = || FolderFault::FileSize {
        path: path.to_owned(),
        most,
    };
    // A pipe is not opened, as that waits for somebody who writes.
    if !fs::metadata(path).map_err(fault)?.is_file() {
        return Err(FolderFault::NotAFile(path.to_owned()));
    }
    let file = File::open(path).map_err(fault)?;
    let facts = file.metadata().map_err(fault)?;
    if !facts.is_file() {
        return Err(FolderFault::NotAFile(path.to_owned()));
    }
    // What says that it is too large is not read; what grows while it is read is cut off below.
    if facts.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Writes a file that must not exist, and removes it again where it cannot be written whole.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // The fault is told already.
        let _ = fs::remove_file(path);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_by_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("suite.toml"), "x").unwrap();
        fs::write(folder.path().join("cases.en.jsonl"), "").unwrap();
        let files = read(folder.path()).unwrap();
        assert_eq!(
            files.keys().collect::<Vec<_>>(),
            ["cases.en.jsonl", "suite.toml"]
        );
        assert_eq!(files["suite.toml"], b"x");
    }

    #[test]
    fn one_file_is_read_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("capitals.sw.csv");
        fs::write(&path, "x").unwrap();
        assert_eq!(read_one(&path).unwrap()["capitals.sw.csv"], b"x");
        // A line of 1 GiB, all of it a hole.
        File::create(&path).unwrap().set_len(1 << 30).unwrap();
        assert!(matches!(read_one(&path), Err(FolderFault::FileSize { .. })));
        assert!(matches!(
            read_one(Path::new("/")),
            Err(FolderFault::Name(_))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let check = |expect: fn(&FolderFault) -> bool| {
            let fault = read(folder.path()).unwrap_err();
            assert!(expect(&fault), "{fault}");
        };
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/etc/passwd", &link).unwrap();
        check(|fault| matches!(fault, FolderFault::Link(_)));
        fs::remove_file(&link).unwrap();
        fs::create_dir(folder.path().join("inner")).unwrap();
        check(|fault| matches!(fault, FolderFault::NotAFile(_)));
        fs::remove_dir(folder.path().join("inner")).unwrap();
        let name = std::os::unix::ffi::OsStrExt::from_bytes(b"\xff");
        let name: &std::ffi::OsStr = name;
        fs::write(folder.path().join(name), "").unwrap();
        check(|fault| matches!(fault, FolderFault::Name(_)));
        // A pipe to which nobody writes: who opens it waits for ever.
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let fault = read_file(&pipe, 1).unwrap_err();
        assert!(matches!(fault, FolderFault::NotAFile(_)), "{fault}");
    }

    #[test]
    fn sizes_are_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let large = folder.path().join("large");
        // A hole: takes no space on the disk.
        File::create(&large)
            .unwrap()
            .set_len(MOST_BYTES + 1)
            .unwrap();
        assert!(matches!(
            read_file(&large, 10),
            Err(FolderFault::FileSize { .. })
        ));
        assert!(matches!(
            read_file(folder.path(), 10),
            Err(FolderFault::NotAFile(_) | FolderFault::Io { .. })
        ));
        fs::remove_file(&large).unwrap();
        for number in 0..=MOST_FILES {
            File::create(folder.path().join(number.to_string())).unwrap();
        }
        assert!(matches!(read(folder.path()), Err(FolderFault::Size)));
        let missing = read(&folder.path().join("missing"));
        assert!(matches!(missing, Err(FolderFault::Io { .. })));
    }
}
