//! The cards in `cards/` are what their labelled sets give, and are written as cards are.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    reason = "a test reads files outside the project, may panic, and prints what it skips"
)]

#[path = "../examples/calibrate/answers.rs"]
mod answers;
mod corpus;
#[path = "../examples/calibrate/languages.rs"]
mod languages;
#[path = "../examples/calibrate/refusal.rs"]
mod refusal;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use weigh_core::card::{self, Card};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cards")
}

/// Every shipped card by its file's name.
fn shipped() -> BTreeMap<String, Card> {
    let mut cards = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let read = card::parse(&name, text.as_bytes()).unwrap();
        assert_eq!(read.to_toml(), text, "{name}");
        assert_eq!(
            name,
            format!("{}.{}.toml", read.instrument.as_str(), read.language)
        );
        assert_eq!(read.version, read.instrument.version(), "make {name} again");
        cards.insert(name, read);
    }
    cards
}

/// Holds the shipped card to one that was made again.
fn check(shipped: &BTreeMap<String, Card>, made: Card) {
    let name = format!("{}.{}.toml", made.instrument.as_str(), made.language);
    let found = shipped.get(&name).map(|card| Card {
        date: made.date.clone(),
        ..card.clone()
    });
    assert_eq!(found, Some(made), "make {name} again");
}

#[test]
fn cards_are_what_their_sets_give() {
    let shipped = shipped();
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    let date = "2026-01-31";
    match refusal::read(&Path::new(&root).join("data")) {
        Ok(sets) => check(&shipped, refusal::card(&sets, date)),
        Err(fault) => println!("skipped: {fault}"),
    }
    for made in languages::cards(date) {
        check(&shipped, made);
    }
    for made in answers::cards(&folder(), date).unwrap() {
        check(&shipped, made);
    }
}
