//! Every suite and profile that the project ships is read without a fault, and fits the others.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test over folders reads files, and fails when it cannot"
)]

mod shipped;

use weigh_core::diagnostic::Diagnostic;
use weigh_core::suite::{self, Suite};

use shipped::{profiles, suites};

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
