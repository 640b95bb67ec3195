//! Whether the model on the desk is the one that was tested: the same files, byte for byte.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use weigh_core::digest::{Digest, Hasher};
use weigh_core::subject::{Subject, SubjectFile};

use super::{Fault, Kind};

/// Bytes that are read at a time.
const BLOCK: usize = 1 << 20;

/// Holds the files of the model at `path`, a file or a folder, to those that the report names.
pub(super) fn check_model(path: &Path, subject: &Subject, faults: &mut Vec<Fault>) {
    for file in &subject.files {
        let Some(place) = place_of(path, file, subject.files.len()) else {
            let message = "the report names no such file in a folder";
            faults.push(Fault::new(Kind::Model, &file.name, message));
            continue;
        };
        match digest(&place) {
            Ok(found) if found == (file.sha256, file.size) => {}
            Ok((found, size)) => {
                let message = format!(
                    "another file than the one that was tested: {size} bytes, sha256 {found}; tested: \
                     {} bytes, sha256 {}",
                    file.size, file.sha256
                );
                faults.push(Fault::new(
                    Kind::Model,
                    &place.display().to_string(),
                    message,
                ));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let message = "not there, and it was part of what was tested";
                faults.push(Fault::new(
                    Kind::Model,
                    &place.display().to_string(),
                    message,
                ));
            }
            Err(error) => faults.push(Fault::io(&place.display().to_string(), &error)),
        }
    }
}

/// Where a file of the subject is. Its name comes from a stranger's report and may not lead away.
fn place_of(path: &Path, file: &SubjectFile, count: usize) -> Option<PathBuf> {
    if path.is_file() {
        return (count == 1).then(|| path.to_owned());
    }
    let plain = !file.name.is_empty() && file.name != ".." && file.name != ".";
    let plain = plain && !file.name.contains(['/', '\\', '\0', ':']);
    plain.then(|| path.join(&file.name))
}

fn digest(path: &Path) -> io::Result<(Digest, u64)> {
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
