//! Our own cache: a folder for each recipe. A file is there whole or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use weigh_core::digest::Digest;
use weigh_core::recipe::Recipe;
use weigh_core::subject::SubjectFile;

use super::{Progress, Reporter, Settings};

/// Where the files of a recipe are kept.
pub(super) fn folder(settings: &Settings, recipe: &Recipe) -> PathBuf {
    settings.cache.join("models").join(&recipe.id)
}

/// Where the files of a recipe are while they are fetched. On the same disk, so that a finished
/// file can be renamed.
pub(super) fn work_folder(settings: &Settings, recipe: &Recipe) -> PathBuf {
    settings.cache.join("partial").join(&recipe.id)
}

/// What is wrong with the files of `recipe` in `folder`, or nothing: they have the right digests.
pub(super) fn fault(folder: &Path, recipe: &Recipe, reporter: &mut Reporter<'_>) -> Option<String> {
    // Sizes first: a file that is missing is told before gigabytes are read.
    let sizes = recipe
        .files
        .iter()
        .find_map(|file| size_fault(folder, file));
    sizes.or_else(|| {
        let mut files = recipe.files.iter();
        files.find_map(|file| digest_fault(folder, file, reporter))
    })
}

fn size_fault(folder: &Path, file: &SubjectFile) -> Option<String> {
    let path = folder.join(&file.name);
    match path.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Some(format!("no {}", path.display()))
        }
        Err(error) => Some(format!("cannot read {}: {error}", path.display())),
        Ok(metadata) if metadata.len() == file.size => None,
        Ok(metadata) => {
            let (found, expected) = (metadata.len(), file.size);
            let path = path.display();
            Some(format!("{path} has {found} bytes, expected {expected}"))
        }
    }
}

fn digest_fault(folder: &Path, file: &SubjectFile, reporter: &mut Reporter<'_>) -> Option<String> {
    let (file, name) = (file, &file.name);
    reporter(Progress::Checking {
        file: name,
        size: file.size,
    });
    let path = folder.join(name);
    match digest(&path) {
        Err(error) => Some(format!("cannot read {}: {error}", path.display())),
        Ok(found) if found == file.sha256 => None,
        Ok(found) => {
            let (path, expected) = (path.display(), file.sha256);
            Some(format!("{path} has sha256 {found}, expected {expected}"))
        }
    }
}

/// The digest of a file.
pub fn digest(path: &Path) -> io::Result<Digest> {
    weigh_attest::file::digest(path).map(|(digest, _)| digest)
}

/// Moves a finished file to its place: synced before it has its name, its folder after.
pub(super) fn install(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    File::open(from)?.sync_all()?;
    fs::rename(from, to)?;
    to.parent().map_or(Ok(()), sync_folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
