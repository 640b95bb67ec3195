//! Every suite and profile of the project, read from its folders.

#![allow(dead_code, reason = "each test file takes what it needs")]

use std::fs;
use std::path::{Path, PathBuf};

use weigh_core::diagnostic::{Diagnostic, render};
use weigh_core::profile::{self, Profile};
use weigh_core::suite::{self, Parsed, SuiteFile};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What lies in `folder`, sorted; nothing when there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn show(found: &[Diagnostic], files: &[(String, Vec<u8>)]) -> String {
    render(found, |wanted| {
        let file = files.iter().find(|(path, _)| path == wanted)?;
        std::str::from_utf8(&file.1).ok()
    })
}

/// Reads the suite in `folder`, or says everything that is wrong with it.
fn read_suite(id: &str, folder: &Path) -> Result<Parsed, String> {
    let files: Vec<(String, Vec<u8>)> = entries(folder)
        .iter()
        .map(|path| (name(path).to_owned(), fs::read(path).unwrap()))
        .collect();
    let borrowed: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, bytes)| SuiteFile { path, bytes })
        .collect();
    match suite::parse(id, &borrowed) {
        Ok(parsed) if parsed.warnings.is_empty() => Ok(parsed),
        Ok(parsed) => Err(show(&parsed.warnings, &files)),
        Err(found) => Err(show(&found, &files)),
    }
}

/// Every suite by its id, or what is wrong with it.
pub fn suites() -> Vec<(String, Result<Parsed, String>)> {
    let mut all = Vec::new();
    for domain in entries(&root().join("suites"))
        .iter()
        .filter(|path| path.is_dir())
    {
        for folder in entries(domain) {
            let id = format!("{}/{}", name(domain), name(&folder));
            let read = read_suite(&id, &folder);
            all.push((id, read));
        }
    }
    all
}

/// Every profile by its file, or what is wrong with it.
pub fn profiles() -> Vec<(String, Result<Profile, String>)> {
    let read = |path: &PathBuf| {
        let file = name(path).to_owned();
        let bytes = fs::read(path).unwrap();
        let read = match profile::check(&file, &bytes) {
            (Some(profile), found) if found.is_empty() => Ok(profile),
            (_, found) => Err(show(&found, &[(file.clone(), bytes)])),
        };
        (file, read)
    };
    entries(&root().join("profiles")).iter().map(read).collect()
}
