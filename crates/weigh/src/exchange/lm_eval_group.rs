//! The task files that a file of lm-eval means: itself, or those of the group that it is.

use std::fs;
use std::path::{Path, PathBuf};

use weigh_exchange::lm_eval::group::Group;
use weigh_exchange::lm_eval::load::{Fault, load};
use weigh_exchange::lm_eval::members::{self, Known, Member};

use super::lm_eval::{is_task, open};

/// The tasks of `path`, and the group that it is, where it is one.
pub fn chosen(path: &Path) -> Result<(Option<Group>, Vec<Member>), Vec<Fault>> {
    let entries = load(path, &open)?;
    if members::members(&entries).is_some() {
        let (group, tasks) = members::of(&entries, &neighbours(path))?;
        return Ok((Some(group), tasks));
    }
    let task = Member {
        name: String::new(),
        file: path.to_owned(),
        entries,
    };
    Ok((None, vec![task]))
}

/// The tasks and groups in the folder of a group and in those below it. Of one name the first path counts.
fn neighbours(path: &Path) -> Vec<Known> {
    let mut folders = vec![path.parent().unwrap_or(Path::new("")).to_owned()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        let here = if folder == Path::new("") {
            Path::new(".")
        } else {
            &folder
        };
        for entry in fs::read_dir(here).into_iter().flatten().flatten() {
            let path = folder.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() && is_task(&path) => files.push(path),
                Ok(_) | Err(_) => {}
            }
        }
    }
    files.sort();
    let known = files.into_iter().filter_map(|file| {
        // A file that cannot be read is no neighbour.
        let entries = load(&file, &open).ok()?;
        Known::of(file, entries)
    });
    known.collect()
}
