//! Whether public texts in known languages are told to be in their language, and not in a close one.
//!
//! A sample of what `cargo run --release -p weigh-core --example language_accuracy` reads as a whole.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::missing_docs_in_private_items,
    reason = "a test reads files outside the project, may panic, and prints what it skips"
)]

mod corpus;

use std::collections::BTreeMap;

use weigh_core::language::Language;
use weigh_core::language_id::{fidelity, tally};

use self::corpus::{Sample, samples};

/// Sentences of a language that are looked at.
const SAMPLE: usize = 40;
/// Characters a sentence must have.
const LONG: usize = 40;

/// The languages that suites are written in, as far as the data have them.
const NEEDED: &str = "am ar bn de el en es fa fr ha he hi id it ja ko pt ru sw ta th tr uk ur \
    uz-Latn vi yo zh zh-Hans zu";

/// Sentences of each language, spread evenly.
fn sentences() -> BTreeMap<Language, Vec<String>> {
    let mut by_language: BTreeMap<Language, Vec<String>> = BTreeMap::new();
    let long = |s: &Sample| s.sentence && s.text.chars().count() >= LONG;
    for sample in samples().into_iter().filter(long) {
        by_language
            .entry(sample.language)
            .or_default()
            .push(sample.text);
    }
    for texts in by_language.values_mut() {
        let step = texts.len().div_ceil(SAMPLE);
        *texts = texts.drain(..).step_by(step.max(1)).collect();
    }
    by_language
}

#[test]
fn sentences_are_in_their_language() {
    let sentences = sentences();
    let pairs = sentences
        .iter()
        .flat_map(|(l, texts)| texts.iter().map(move |t| (l, t.as_str())));
    for told in tally(pairs) {
        let needed = NEEDED.split(' ').any(|tag| tag == told.language.as_str());
        // One in twenty may fail in a sample that the whole passes with one in thirty-three.
        let least = if needed {
            told.n * 19 / 20
        } else {
            told.n * 9 / 10
        };
        assert!(told.right >= least, "{told:?}");
    }
}

#[test]
fn sentences_are_not_in_another_language() {
    let sentences = sentences();
    for (written, asked) in [
        ("ar", "fa"),
        ("ar", "ur"),
        ("fa", "ar"),
        ("ur", "fa"),
        ("hi", "mr"),
        ("hi", "ne"),
        ("mr", "hi"),
        ("ne", "hi"),
        ("ru", "uk"),
        ("uk", "ru"),
        ("sr-Cyrl", "ru"),
        ("sr-Cyrl", "sr-Latn"),
        ("zu", "xh"),
        ("xh", "zu"),
        ("es", "pt"),
        ("pt", "es"),
        ("es", "ca"),
        ("ca", "es"),
        ("jv", "id"),
        ("su", "id"),
        ("zh-Hans", "zh-Hant"),
        ("zh-Hans", "ja"),
        ("ja", "zh"),
        ("am", "ti"),
        ("uz-Latn", "tr"),
        ("uz-Latn", "uz-Cyrl"),
        ("sw", "rw"),
        ("fr", "ht"),
        ("ht", "fr"),
        ("en", "de"),
        ("bn", "as"),
    ] {
        let texts = sentences
            .get(&written.parse().unwrap())
            .map_or(&[][..], Vec::as_slice);
        let asked: Language = asked.parse().unwrap();
        let taken = texts
            .iter()
            .filter(|t| fidelity(t, &asked) == Ok(true))
            .count();
        assert!(
            taken * 20 <= texts.len(),
            "{written} as {asked}: {taken} of {}",
            texts.len()
        );
    }
}
