//! Which file has a name: the index of `lm_eval/tasks/_index.py`.
//!
//! Names of tasks, groups and tags are of one kind. In a folder the first file of a name counts, by the paths of the
//! files as texts; of several folders the last that has the name. What cannot be read has no name.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::load::{Entry, Fault, Files, find, load, normal};
use super::yaml::Place;

/// Bytes that are read of all folders, what is included counted as often as it is.
const MOST_BYTES: u64 = 256 << 20;
/// Files without a name that are told.
const MOST_TOLD: usize = 3;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A task, and its file.
    Task(PathBuf),
    /// A group, and its file.
    Group(PathBuf),
    /// A tag, and the names of its tasks.
    Tag(BTreeSet<String>),
}

/// The names of the files in some folders.
#[derive(Debug, Clone, Default)]
pub struct Index {
    names: BTreeMap<String, Named>,
    /// Files whose name another file has.
    passed: BTreeMap<String, Vec<PathBuf>>,
    folders: Vec<PathBuf>,
    unread: Vec<Fault>,
    bytes: u64,
}

impl Index {
    /// Adds the files that are in `folder` and below. Their names come before those of folders that were added earlier.
    ///
    /// # Errors
    /// Where more is to be read than a folder of tasks has.
    pub fn add(
        &mut self,
        folder: &Path,
        mut paths: Vec<PathBuf>,
        files: &Files<'_>,
    ) -> Result<(), Fault> {
        // Not part by part: `a-b/x` comes before `a/x`.
        paths.sort_by_cached_key(|path| path.to_string_lossy().into_owned());
        let read = Cell::new(self.bytes);
        let counted = |path: &Path| {
            let bytes = files(path)?;
            read.set(read.get().saturating_add(bytes.len() as u64));
            if read.get() > MOST_BYTES {
                return Err(io::Error::from(io::ErrorKind::QuotaExceeded));
            }
            Ok(bytes)
        };
        let mut here = BTreeMap::new();
        for path in paths {
            match load(&path, &counted) {
                Ok(entries) => self.name(path, &entries, &mut here),
                Err(faults) => self.unread.extend(faults.into_iter().next()),
            }
            if read.get() > MOST_BYTES {
                return Err(too_much(folder));
            }
        }
        self.bytes = read.get();
        for (name, named) in here {
            let old = self.names.insert(name.clone(), named);
            if let Some(Named::Task(file) | Named::Group(file)) = old {
                self.passed.entry(name).or_default().push(file);
            }
        }
        self.folders.push(folder.to_owned());
        Ok(())
    }

    /// What a name stands for.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Named> {
        self.names.get(name)
    }

    /// Every name, and what it stands for.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Named)> {
        self.names
            .iter()
            .map(|(name, named)| (name.as_str(), named))
    }

    /// Files that have the name of `file`, and are not found by it.
    #[must_use]
    pub fn passed_over(&self, name: &str, file: &Path) -> Vec<&Path> {
        let passed = self.passed.get(name).into_iter().flatten();
        let others = passed.filter(|other| normal(other) != normal(file));
        others.map(PathBuf::as_path).collect()
    }

    /// Where names were looked for.
    #[must_use]
    pub fn places(&self) -> String {
        let shown = |folder: &PathBuf| {
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            format!("`{}`", folder.display())
        };
        let shown: Vec<String> = self.folders.iter().map(shown).collect();
        format!("{} or below", shown.join(", in "))
    }

    /// The first files that have no name because they cannot be read.
    pub fn unread(&self) -> impl Iterator<Item = &Fault> {
        self.unread.iter().take(MOST_TOLD)
    }

    /// `TaskIndex.process_cfg`.
    fn name(&mut self, file: PathBuf, entries: &[Entry], here: &mut BTreeMap<String, Named>) {
        let Some((name, named)) = own(file.clone(), entries) else {
            return;
        };
        if here.contains_key(&name) {
            self.passed.entry(name).or_default().push(file);
            return;
        }
        let is_task = matches!(named, Named::Task(_));
        here.insert(name.clone(), named);
        let tags = find(entries, "tag").filter(|_| is_task);
        let tags = tags.into_iter().flat_map(|tag| tag.value.each());
        for tag in tags.filter_map(|tag| tag.as_text().filter(|tag| !tag.is_empty())) {
            let known = here.entry(tag.to_owned());
            if let Named::Tag(tasks) = known.or_insert_with(|| Named::Tag(BTreeSet::new())) {
                tasks.insert(name.clone());
            }
        }
    }
}

/// `TaskIndex._kind_of`, with the name; nothing where a file has none.
fn own(file: PathBuf, entries: &[Entry]) -> Option<(String, Named)> {
    let text = |key: &str| find(entries, key).and_then(|entry| entry.value.as_text());
    let is_group = find(entries, "class").is_none() && find(entries, "group").is_some();
    if is_group {
        return Some((text("group")?.to_owned(), Named::Group(file)));
    }
    Some((text("task")?.to_owned(), Named::Task(file)))
}

fn too_much(folder: &Path) -> Fault {
    Fault {
        file: folder.to_owned(),
        place: Place { line: 1, column: 1 },
        message: format!(
            "expected at most {MOST_BYTES} bytes in files that end in `.yaml` and what they include"
        ),
        help: Some("name a folder that has little besides tasks".to_owned()),
    }
}
