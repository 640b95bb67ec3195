//! Hostile bytes: nothing panics, every place lies in its file, and nothing hidden is shown.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

mod good;

use std::collections::BTreeMap;

use good::{Files, choice, texts};
use proptest::prelude::*;
use weigh_core::diagnostic::{Diagnostic, Severity, render};
use weigh_core::plan::{Options, plan};
use weigh_core::profile;
use weigh_core::suite::Tier;
use weigh_core::text::is_hidden;

/// Bytes that matter to the formats.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        "[\\[\\]{}\",:=\\\\\n\r #'.0-9a-z]{1,3}".prop_map(String::into_bytes),
        "\\PC{1,2}".prop_map(String::into_bytes),
        Just("\u{202e}\u{feff}".as_bytes().to_vec()),
    ]
}

/// One change of a file: at a share of its length, remove some bytes and put others.
#[derive(Debug, Clone)]
struct Change {
    at: prop::sample::Index,
    remove: usize,
    put: Vec<u8>,
}

fn change() -> impl Strategy<Value = Change> {
    (any::<prop::sample::Index>(), 0_usize..4, piece()).prop_map(|(at, remove, put)| Change {
        at,
        remove,
        put,
    })
}

fn spoil(bytes: &mut Vec<u8>, change: &Change) {
    let at = change.at.index(bytes.len() + 1);
    let end = (at + change.remove).min(bytes.len());
    bytes.splice(at..end, change.put.iter().copied());
}

/// What holds of any list of diagnostics about `files`.
fn sane(found: &[Diagnostic], files: &Files) {
    assert!(found.is_sorted());
    for diagnostic in found {
        let file = files.iter().find(|(path, _)| *path == diagnostic.file);
        let text = file
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
            .unwrap_or_default();
        let line = text.split('\n').nth(diagnostic.line as usize - 1).unwrap();
        assert!(
            diagnostic.column as usize <= line.chars().count() + 1,
            "{diagnostic:?}"
        );
        assert!(!diagnostic.message.ends_with('.'), "{diagnostic:?}");
    }
    let rendered = render(found, |wanted| {
        let file = files.iter().find(|(path, _)| path == wanted)?;
        std::str::from_utf8(&file.1).ok()
    });
    assert!(!rendered.contains(is_hidden), "{rendered:?}");
}

/// Parses, and plans what could be parsed.
fn parse_and_plan(files: &Files) {
    match good::parse(files) {
        Err(found) => {
            assert!(found.iter().any(|d| d.severity == Severity::Error));
            sane(&found, files);
        }
        Ok(parsed) => {
            sane(&parsed.warnings, files);
            let profile = profile::parse("demo.toml", good::PROFILE.as_bytes()).unwrap();
            let options = Options {
                tier: Tier::Full,
                limit: None,
                languages: vec![],
                seed: 0,
            };
            let mut profile = profile;
            profile.requirements.clear();
            // Whatever the parser lets through can be planned.
            plan(
                &[parsed.suite],
                &profile,
                &options,
                &BTreeMap::new(),
                "test",
            )
            .unwrap();
        }
    }
}

proptest! {
    #[test]
    fn spoilt_suites(
        of_texts in any::<bool>(),
        changes in prop::collection::vec((0_usize..3, change()), 1..4),
    ) {
        let mut files = if of_texts { texts() } else { choice() };
        for (file, change) in &changes {
            spoil(&mut files[*file].1, change);
        }
        parse_and_plan(&files);
    }

    #[test]
    fn arbitrary_files(
        files in prop::collection::vec(
            (
                prop_oneof![
                    Just("suite.toml".to_owned()),
                    Just("cases.en.jsonl".to_owned()),
                    "cases\\.[a-zA-Z-]{1,4}\\.jsonl",
                    any::<String>(),
                ],
                prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat()),
            ),
            0..4,
        ),
    ) {
        // Of two files with one path a place may be in either, so only one is kept.
        let files: Files = files.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect();
        parse_and_plan(&files);
    }

    #[test]
    fn spoilt_profiles(changes in prop::collection::vec(change(), 1..4)) {
        let mut bytes = good::PROFILE.as_bytes().to_vec();
        for change in &changes {
            spoil(&mut bytes, change);
        }
        if let Err(found) = profile::parse("demo.toml", &bytes) {
            sane(&found, &vec![("demo.toml".to_owned(), bytes)]);
        }
    }
}
