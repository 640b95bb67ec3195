//! The task files that a file of lm-eval means: itself, or those of the group that it is.

use std::fs;
use std::path::{Path, PathBuf};

use weigh_exchange::lm_eval::index::Index;
use weigh_exchange::lm_eval::load::{Fault, load};
use weigh_exchange::lm_eval::members::{self, Made, Member};
use weigh_exchange::lm_eval::yaml::Place;

use super::lm_eval::{look, open};

/// Folders that lm-eval passes over.
const PASSED_OVER: [&str; 2] = ["__pycache__", ".ipynb_checkpoints"];
/// Task files of a folder; lm-eval's own has 14,000.
const MOST_FILES: usize = 1 << 16;
/// Files of every kind and folders.
const MOST_ENTRIES: usize = 1 << 20;

/// The tasks of `path`, and the group that it is, where it is one. The members of a group are looked for in its folder,
/// or else in `folders`, of which a later one comes before an earlier one, as an `--include_path` does before lm-eval's own.
pub fn chosen(path: &Path, folders: &[PathBuf]) -> Result<Made, Vec<Fault>> {
    let entries = load(path, &open)?;
    if members::members(&entries).is_some() {
        let index = index(path, folders).map_err(|fault| vec![fault])?;
        return Ok(members::of(&entries, &index, &open));
    }
    let task = Member {
        name: String::new(),
        file: path.to_owned(),
        entries,
    };
    Ok(Made {
        tasks: vec![task],
        ..Made::default()
    })
}

fn index(path: &Path, folders: &[PathBuf]) -> Result<Index, Fault> {
    let own = path.parent().unwrap_or(Path::new(""));
    let mut index = Index::default();
    for folder in folders {
        index.add(folder, task_files(folder)?, &look)?;
    }
    // A group that is one of lm-eval's folder has no folder of its own.
    if !folders.iter().any(|folder| lies_in(own, folder)) {
        index.add(own, task_files(own)?, &look)?;
    }
    Ok(index)
}

fn lies_in(own: &Path, folder: &Path) -> bool {
    let whole = |path| fs::canonicalize(here(path)).ok();
    match (whole(own), whole(folder)) {
        (Some(own), Some(folder)) => own.starts_with(folder),
        (None, _) | (_, None) => false,
    }
}

fn here(path: &Path) -> &Path {
    if path == Path::new("") {
        Path::new(".")
    } else {
        path
    }
}

/// The files in `root` and below that end in `.yaml`. Links are passed over: they may point anywhere.
fn task_files(root: &Path) -> Result<Vec<PathBuf>, Fault> {
    let fault = |message: String| Fault {
        file: here(root).to_owned(),
        place: Place { line: 1, column: 1 },
        message,
        help: None,
    };
    fs::read_dir(here(root))
        .map_err(|error| fault(format!("the folder cannot be read: {error}")))?;
    let (mut folders, mut files, mut seen) = (vec![root.to_owned()], Vec::new(), 0);
    while let Some(folder) = folders.pop() {
        // As in lm-eval, a folder below that cannot be read has no files.
        for entry in fs::read_dir(here(&folder)).into_iter().flatten().flatten() {
            seen += 1;
            if seen > MOST_ENTRIES || files.len() > MOST_FILES {
                return Err(Fault {
                    help: Some("keep tasks in a folder of their own".to_owned()),
                    ..fault(format!(
                        "expected at most {MOST_FILES} files that end in `.yaml`, and {MOST_ENTRIES} of every kind"
                    ))
                });
            }
            let name = entry.file_name();
            let name = name.to_string_lossy();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !PASSED_OVER.contains(&&*name) => {
                    folders.push(folder.join(&*name))
                }
                Ok(kind) if kind.is_file() && name.ends_with(".yaml") => {
                    files.push(folder.join(&*name))
                }
                Ok(_) | Err(_) => {}
            }
        }
    }
    Ok(files)
}
