//! Files that are there whole or not at all, also after a power cut.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::fault::RunFault;

/// Puts `bytes` at `path`: a temporary file beside it, synced, renamed, and the folder synced.
///
/// # Errors
/// When any of that fails. Then `path` is as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), RunFault> {
    replace(path, |file| file.write_all(bytes)).map(drop)
}

/// Puts what `fill` writes at `path`, as [`write()`] does, and gives the file, still open at its end.
///
/// # Errors
/// When any of that fails. Then `path` is as it was.
pub fn replace(
    path: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<File, RunFault> {
    let temporary = temporary(path);
    let attempt = fill_and_rename(path, &temporary, fill);
    if attempt.is_err() {
        // The fault is told already; a file that stays behind is removed by the next attempt.
        let _ = fs::remove_file(&temporary);
    }
    attempt
}

fn fill_and_rename(
    path: &Path,
    temporary: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<File, RunFault> {
    let write = |source| RunFault::Write {
        path: path.to_owned(),
        source,
    };
    let sync = |source| RunFault::Sync {
        path: path.to_owned(),
        source,
    };
    let mut file = created(temporary).map_err(write)?;
    fill(&mut file).map_err(write)?;
    file.sync_all().map_err(sync)?;
    fs::rename(temporary, path).map_err(write)?;
    sync_folder(path).map_err(sync)?;
    Ok(file)
}

/// A file that was not there before. In a folder that came from somebody else, what has its name may be a link to any file
/// of the user's: that is removed, never written through.
fn created(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => File::create_new(path),
    }
}

/// The name beside `path` under which it is written first.
fn temporary(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// Makes the entries of the folder that holds `path` durable.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file, and a rename is durable by itself.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        write(&path, b"first").unwrap();
        let failed = replace(&path, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(matches!(failed, Err(RunFault::Write { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_links() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let (path, own) = (folder.path().join("report.json"), folder.path().join("own"));
        fs::write(&own, "mine").unwrap();
        symlink(&own, temporary(&path)).unwrap();
        symlink(&own, &path).unwrap();
        write(&path, b"theirs").unwrap();
        assert_eq!(fs::read(&own).unwrap(), b"mine");
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert!(fs::symlink_metadata(&path).unwrap().is_file());
        fs::create_dir(temporary(&path)).unwrap();
        assert!(matches!(write(&path, b""), Err(RunFault::Write { .. })));
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        let fault = write(&folder.path().join("no/report.json"), b"").unwrap_err();
        assert!(matches!(fault, RunFault::Write { .. }), "{fault}");
    }
}
