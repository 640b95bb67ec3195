//! Every suite and profile that the project ships is read without a fault, and fits the others.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test over folders reads files, and fails when it cannot"
)]

use std::fs;
use std::path::{Path, PathBuf};

use weigh_core::diagnostic::{Diagnostic, render};
use weigh_core::profile::{self, Profile};
use weigh_core::suite::{self, Parsed, Suite, SuiteFile};

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

fn suites() -> Vec<(String, Result<Parsed, String>)> {
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

fn profiles() -> Vec<(String, Result<Profile, String>)> {
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

/// Fails with every complaint at once.
fn agree(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_suite_is_without_a_fault() {
    let faults = suites()
        .into_iter()
        .filter_map(|(id, read)| Some(format!("suites/{id}:\n{}", read.err()?)));
    agree(&faults.collect::<Vec<_>>());
}

#[test]
fn no_two_suites_ask_the_same() {
    let suites: Vec<Suite> = suites()
        .into_iter()
        .filter_map(|(_, read)| Some(read.ok()?.suite))
        .collect();
    let all: Vec<&Suite> = suites.iter().collect();
    let said = |found: Vec<Diagnostic>| -> Vec<String> {
        let line = |d: Diagnostic| format!("{}:{}: {}: {}", d.file, d.line, d.code, d.message);
        found.into_iter().map(line).collect()
    };
    agree(&said(suite::repeated(&all)));
    // A copy of a suite under another name repeats each of its cases.
    let first = suites.first().unwrap();
    let copy = Suite {
        id: "copy/of-it".to_owned(),
        ..first.clone()
    };
    let found = said(suite::repeated(&[first, &copy]));
    let written = first
        .cases
        .iter()
        .filter(|case| !case.id.contains(suite::MADE));
    assert_eq!(found.len(), written.count());
    assert!(found[0].starts_with("copy/of-it/cases.") && found[0].contains("W0514"));
}

#[test]
fn every_profile_is_without_a_fault() {
    let all = profiles();
    assert!(!all.is_empty(), "there is no profile");
    let faults = all
        .into_iter()
        .filter_map(|(file, read)| Some(format!("profiles/{file}:\n{}", read.err()?)));
    agree(&faults.collect::<Vec<_>>());
}

#[test]
fn what_a_profile_asks_of_a_shipped_suite_is_there() {
    let suites = suites();
    let mut complaints = Vec::new();
    for profile in profiles().into_iter().filter_map(|(_, read)| read.ok()) {
        for requirement in &profile.requirements {
            let Some(asked) = requirement.measured() else {
                continue;
            };
            let named = suites.iter().find(|(id, _)| *id == asked.suite);
            let Some((_, Ok(parsed))) = named else {
                continue;
            };
            if !parsed.suite.measures.contains(&asked.measure) {
                let (profile, id) = (&profile.id, &requirement.id);
                complaints.push(format!(
                    "{profile}: {id}: {} lacks {}",
                    asked.suite, asked.measure
                ));
            }
        }
    }
    agree(&complaints);
}
