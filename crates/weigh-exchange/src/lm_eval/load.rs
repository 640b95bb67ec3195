//! From a task file and what it includes to one mapping (`lm_eval/tasks/_yaml_loader.py`).

use std::path::{Component, Path, PathBuf};

use weigh_core::diagnostic::utf8;

use super::yaml::{self, Node, Place, Yaml};

/// Files that include each other.
const MOST_FILES: usize = 64;

/// Reads a file that a task names.
pub type Files<'a> = dyn Fn(&Path) -> std::io::Result<Vec<u8>> + 'a;

/// Something in a task file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{}:{}:{}: {message}", file.display(), place.line, place.column)]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// Where in it.
    pub place: Place,
    /// What is wrong, and what was expected.
    pub message: String,
    /// How to mend it, where that can be said.
    pub help: Option<String>,
}

/// A value, and the file that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Yaml,
    /// Its file.
    pub file: PathBuf,
}

impl Entry {
    /// The entries of a mapping that stands in `file`.
    pub fn all<'a>(mapping: &'a Yaml, file: &'a Path) -> impl Iterator<Item = Self> + 'a {
        let entries = mapping.entries().iter();
        entries.map(|(key, value)| Self {
            key: key.clone(),
            value: value.clone(),
            file: file.to_owned(),
        })
    }

    /// A fault of this value.
    #[must_use]
    pub fn fault(&self, message: impl Into<String>) -> Fault {
        self.fault_at(self.value.place, message)
    }

    /// A fault at a place within this value.
    #[must_use]
    pub fn fault_at(&self, place: Place, message: impl Into<String>) -> Fault {
        Fault {
            file: self.file.clone(),
            place,
            message: message.into(),
            help: None,
        }
    }
}

/// The entry `key`.
#[must_use]
pub fn find<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| entry.key == key)
}

/// Reads `path` and what it includes. What a file says itself stands before what it includes, and a
/// later include before an earlier one.
///
/// # Errors
/// Every file that cannot be read, is no mapping, or includes itself.
pub fn load(path: &Path, files: &Files<'_>) -> Result<Vec<Entry>, Vec<Fault>> {
    let mut loader = Loader {
        files,
        seen: Vec::new(),
        faults: Vec::new(),
    };
    let entries = loader.load(&normal(path), None);
    if loader.faults.is_empty() {
        return Ok(entries);
    }
    Err(loader.faults)
}

struct Loader<'a> {
    files: &'a Files<'a>,
    seen: Vec<PathBuf>,
    faults: Vec<Fault>,
}

impl Loader<'_> {
    /// `by` is the `include` that asks for the file.
    fn load(&mut self, path: &Path, by: Option<&Entry>) -> Vec<Entry> {
        let first = Place { line: 1, column: 1 };
        let read = self.read(path);
        match read {
            Ok(Some(document)) => self.entries(path, &document),
            Ok(None) => Vec::new(),
            Err((place, message)) => {
                let told = format!("{}: {message}", path.display());
                self.faults.push(match (by, place) {
                    (Some(by), None) => by.fault(told),
                    (Some(_) | None, place) => Fault {
                        file: path.to_owned(),
                        place: place.unwrap_or(first),
                        message,
                        help: None,
                    },
                });
                Vec::new()
            }
        }
    }

    /// The document of a file, or what is wrong and where in it.
    fn read(&mut self, path: &Path) -> Result<Option<Yaml>, (Option<Place>, String)> {
        if self.seen.iter().any(|seen| seen == path) {
            return Err((None, "the file includes itself".to_owned()));
        }
        if self.seen.len() == MOST_FILES {
            return Err((None, format!("more than {MOST_FILES} files are included")));
        }
        self.seen.push(path.to_owned());
        let bytes = (self.files)(path).map_err(|error| (None, error.to_string()))?;
        let text = utf8(&bytes).map_err(|(line, column)| {
            let place = Place {
                line: usize::try_from(line).unwrap_or(0),
                column: usize::try_from(column).unwrap_or(0),
            };
            (Some(place), "the file is not UTF-8".to_owned())
        })?;
        let document = yaml::parse(text).map_err(|fault| (Some(fault.place), fault.message))?;
        if matches!(document.node, Node::Map(_)) {
            return Ok(Some(document));
        }
        let message = "expected `key: value` lines".to_owned();
        Err((Some(document.place), message))
    }

    fn entries(&mut self, path: &Path, document: &Yaml) -> Vec<Entry> {
        let mut own = Vec::new();
        let mut included = Vec::new();
        for entry in Entry::all(document, path) {
            if entry.key == "include" {
                included = self.included(&entry);
            } else {
                own.push(entry);
            }
        }
        included.retain(|entry| find(&own, &entry.key).is_none() && entry.key != "task_list");
        own.extend(included);
        own
    }

    fn included(&mut self, entry: &Entry) -> Vec<Entry> {
        let folder = entry.file.parent().unwrap_or(Path::new(""));
        let mut all: Vec<Entry> = Vec::new();
        for name in entry.value.each() {
            let Some(text) = name.as_text() else {
                self.faults
                    .push(entry.fault_at(name.place, "expected the path of a file"));
                continue;
            };
            let more = self.load(&normal(&folder.join(text)), Some(entry));
            all.retain(|old| more.iter().all(|new| new.key != old.key));
            all.extend(more);
        }
        all
    }
}

/// The path without `.` and, where that can be told, without `..`.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let inside = matches!(out.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if inside => {
                out.pop();
            }
            Component::ParentDir
            | Component::Normal(_)
            | Component::Prefix(_)
            | Component::RootDir => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(files: &[(&str, &str)]) -> Result<String, Vec<String>> {
        let read = |path: &Path| {
            let found = files.iter().find(|(name, _)| Path::new(name) == path);
            let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
            found
                .map(|(_, text)| text.as_bytes().to_vec())
                .ok_or_else(missing)
        };
        let told = |entries: Vec<Entry>| {
            let mut lines: Vec<String> = entries
                .iter()
                .map(|entry| {
                    format!(
                        "{}={} {}",
                        entry.key,
                        entry.value.plain(),
                        entry.file.display()
                    )
                })
                .collect();
            lines.sort();
            lines.join("; ")
        };
        let faults = |faults: Vec<Fault>| faults.iter().map(Fault::to_string).collect();
        load(Path::new("t/a.yaml"), &read).map(told).map_err(faults)
    }

    #[test]
    fn own_keys_win_over_included_ones() {
        let files = [
            ("t/a.yaml", "include: [b.yaml, ../u/c]\nk: 1"),
            ("t/b.yaml", "k: 2\nm: 3\nn: 4"),
            ("u/c", "include: d\nn: 5\ntask_list: [x]"),
            ("u/d", "o: 6\nn: 7"),
        ];
        let expect = "k=1 t/a.yaml; m=3 t/b.yaml; n=5 u/c; o=6 u/d";
        assert_eq!(loaded(&files), Ok(expect.to_owned()));
    }

    #[test]
    fn faults_have_their_places() {
        let check = |files: &[(&str, &str)], expect: &[&str]| {
            let expect = expect.iter().map(|line| (*line).to_owned()).collect();
            assert_eq!(loaded(files), Err(expect));
        };
        check(&[], &["t/a.yaml:1:1: entity not found"]);
        check(
            &[("t/a.yaml", "- 1")],
            &["t/a.yaml:1:1: expected `key: value` lines"],
        );
        check(
            &[
                ("t/a.yaml", "k: 1\ninclude: [b, a.yaml, 3]"),
                ("t/b", "k: ["),
            ],
            &[
                "t/b:2:1: while parsing a node, did not find expected node content",
                "t/a.yaml:2:10: t/a.yaml: the file includes itself",
                "t/a.yaml:2:22: expected the path of a file",
            ],
        );
    }
}
