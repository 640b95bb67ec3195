//! A record's folder, read as what it may be: somebody else's. No links, bounded sizes, no surprises.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use crate::verify::{Fault, Kind};

/// The signed envelope.
pub const ENVELOPE: &str = "report.dsse.json";
/// The statement that was signed, as it is.
pub const STATEMENT: &str = "report.json";
/// The same payload and signature as a Sigstore bundle.
pub const BUNDLE: &str = "report.sigstore.json";
/// The envelope, the report in in-toto's words, and what others say of it, each on a line.
pub const ATTESTATIONS: &str = "report.intoto.jsonl";
/// The key that signed, for whoever has no other.
pub const PUBLIC_KEY: &str = "report.pub.pem";
/// The journal of the run.
pub const JOURNAL: &str = "journal.jsonl";
/// The profile that the report judges by.
pub const PROFILE: &str = "profile.toml";
/// What the laboratory states in place of what it stated before, in a record of an amended report.
pub const AMENDMENTS: &str = "amendments.json";
/// The folder with a copy of every suite of the run.
pub const SUITES: &str = "suites";

/// The most bytes of each file. The envelope holds the statement in base64.
const LIMITS: [(&str, u64); 8] = [
    (ENVELOPE, 96 << 20),
    (STATEMENT, 64 << 20),
    (PUBLIC_KEY, 16 << 10),
    (BUNDLE, 96 << 20),
    (ATTESTATIONS, 256 << 20),
    (JOURNAL, 4 << 30),
    (PROFILE, 1 << 20),
    (AMENDMENTS, 20 << 20),
];
/// What a record may lack: further wrappings of what is signed, and amendments.
const OPTIONAL: [&str; 3] = [BUNDLE, ATTESTATIONS, AMENDMENTS];
/// The most bytes of a suite's file.
const SUITE_FILE: u64 = 64 << 20;
/// The most bytes of all suites.
const ALL_SUITES: u64 = 1 << 30;
/// The most files of all suites.
const MOST_FILES: usize = 20_000;

/// Bytes of each file of a suite, by name.
pub type SuiteFiles = BTreeMap<String, Vec<u8>>;

/// What was read of a record. What is not there is among the faults.
#[derive(Debug, Clone, Default)]
pub struct RecordFiles {
    /// [`ENVELOPE`], [`STATEMENT`], [`BUNDLE`], [`ATTESTATIONS`], [`PUBLIC_KEY`], [`JOURNAL`],
    /// [`PROFILE`] and [`AMENDMENTS`], as far as they are there.
    pub files: BTreeMap<&'static str, Vec<u8>>,
    /// The files of each suite, by `<domain>/<name>`.
    pub suites: BTreeMap<String, SuiteFiles>,
    /// What else stands in the folder. Nobody has checked it.
    pub others: BTreeSet<String>,
}

impl RecordFiles {
    /// The bytes of a file, or nothing where it could not be read.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }
}

/// Whether anything of a record is in `folder`, or may be in one that cannot be looked into.
#[must_use]
pub fn is_begun(folder: &Path) -> bool {
    let absent = |name: &str| {
        let found = folder.join(name).symlink_metadata();
        found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    };
    let mut names = LIMITS.iter().map(|(name, _)| *name).chain([SUITES]);
    !names.all(absent)
}

/// Reads the record in `folder`, which is no link, adding to `faults` what could not be read.
pub fn read(folder: &Path, faults: &mut Vec<Fault>) -> RecordFiles {
    let mut record = RecordFiles::default();
    let Some(names) = list(folder, "", faults) else {
        return record;
    };
    let lacks = |name: &str| OPTIONAL.contains(&name) && !names.contains(name);
    for (name, limit) in LIMITS.into_iter().filter(|(name, _)| !lacks(name)) {
        if let Some(bytes) = read_file(&folder.join(name), name, limit, faults) {
            record.files.insert(name, bytes);
        }
    }
    record.others = names
        .into_iter()
        .filter(|name| name != SUITES && LIMITS.iter().all(|(known, _)| name != known))
        // Empty and hidden: what keeps two runs out of one folder.
        .filter(|name| name != ".lock")
        .collect();
    record.suites = read_suites(&folder.join(SUITES), faults);
    record
}

/// Reads only the journal of the record in `folder`, which messages call `place`.
pub fn read_journal(folder: &Path, place: &str, faults: &mut Vec<Fault>) -> Option<Vec<u8>> {
    let limit = LIMITS.iter().find(|(name, _)| *name == JOURNAL);
    read_file(
        &folder.join(JOURNAL),
        place,
        limit.map_or(0, |(_, limit)| *limit),
        faults,
    )
}

/// What all suites together may still have.
struct Left {
    files: usize,
    bytes: u64,
}

/// The suites in `suites/<domain>/<name>/`.
fn read_suites(folder: &Path, faults: &mut Vec<Fault>) -> BTreeMap<String, SuiteFiles> {
    let mut suites = BTreeMap::new();
    let mut left = Left {
        files: MOST_FILES,
        bytes: ALL_SUITES,
    };
    for domain in list(folder, SUITES, faults).unwrap_or_default() {
        let path = folder.join(&domain);
        let place = format!("{SUITES}/{domain}");
        for name in list(&path, &place, faults).unwrap_or_default() {
            let place = format!("{place}/{name}");
            let Some(suite) = read_suite(&path.join(&name), &place, &mut left, faults) else {
                let message = format!("more than {MOST_FILES} files or {ALL_SUITES} bytes in all");
                faults.push(Fault::new(Kind::Size, SUITES, message));
                return suites;
            };
            suites.insert(format!("{domain}/{name}"), suite);
        }
    }
    suites
}

/// The files of a suite. None when they are more than is `left`: the first file beyond it is the last
/// that is read.
fn read_suite(
    folder: &Path,
    place: &str,
    left: &mut Left,
    faults: &mut Vec<Fault>,
) -> Option<SuiteFiles> {
    let mut suite = SuiteFiles::new();
    for name in list(folder, place, faults).unwrap_or_default() {
        left.files = left.files.checked_sub(1)?;
        let path = folder.join(&name);
        let place = format!("{place}/{name}");
        if let Some(bytes) = read_file(&path, &place, SUITE_FILE, faults) {
            left.bytes = left.bytes.checked_sub(bytes.len() as u64)?;
            suite.insert(name, bytes);
        }
    }
    Some(suite)
}

/// The names in a folder, sorted.
fn list(folder: &Path, place: &str, faults: &mut Vec<Fault>) -> Option<BTreeSet<String>> {
    let place = if place.is_empty() { "." } else { place };
    match try_list(folder) {
        Ok(Ok(names)) => Some(names),
        Ok(Err(surprise)) => {
            faults.push(Fault::new(Kind::Surprise, place, surprise));
            None
        }
        Err(error) => {
            faults.push(Fault::io(place, &error));
            None
        }
    }
}

fn try_list(folder: &Path) -> io::Result<Result<BTreeSet<String>, String>> {
    if !folder.symlink_metadata()?.is_dir() {
        return Ok(Err("expected a folder, not a file or a link".to_owned()));
    }
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let Ok(name) = entry?.file_name().into_string() else {
            return Ok(Err("a name in it is not UTF-8".to_owned()));
        };
        names.insert(name);
        if names.len() > MOST_FILES {
            return Ok(Err(format!("more than {MOST_FILES} files")));
        }
    }
    Ok(Ok(names))
}

/// The bytes of a regular file that is no link and has at most `limit` bytes.
fn read_file(path: &Path, place: &str, limit: u64, faults: &mut Vec<Fault>) -> Option<Vec<u8>> {
    match try_read(path, limit) {
        Ok(Ok(bytes)) => Some(bytes),
        Ok(Err((kind, message))) => {
            faults.push(Fault::new(kind, place, message));
            None
        }
        Err(error) => {
            faults.push(Fault::io(place, &error));
            None
        }
    }
}

fn try_read(path: &Path, limit: u64) -> io::Result<Result<Vec<u8>, (Kind, String)>> {
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    let told = path.symlink_metadata()?;
    if !told.is_file() {
        let message = "expected a regular file, not a folder, a link or a device";
        return Ok(Err((Kind::Surprise, message.to_owned())));
    }
    let too_large = || Ok(Err((Kind::Size, format!("more than {limit} bytes"))));
    if told.len() > limit {
        return too_large();
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    // It may have grown since.
    if bytes.len() as u64 > limit {
        return too_large();
    }
    Ok(Ok(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_beyond_what_suites_may_have() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b"] {
            fs::write(folder.path().join(name), "abc").unwrap();
        }
        // A fault as soon as somebody looks at it.
        fs::create_dir(folder.path().join("c")).unwrap();
        for (files, bytes, all) in [(3, 6, true), (3, 5, false), (2, 6, false)] {
            let (mut left, mut faults) = (Left { files, bytes }, Vec::new());
            let suite = read_suite(folder.path(), "s", &mut left, &mut faults);
            let expect = (all, usize::from(all));
            assert_eq!((suite.is_some(), faults.len()), expect, "{files} {bytes}");
        }
    }
}
