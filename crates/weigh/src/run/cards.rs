//! The cards of instruments that a run cites: given by the caller, else the shipped ones.

use std::path::{Path, PathBuf};

use weigh_core::card::{self, Card, CitedCard, cited};
use weigh_core::suite::Suite;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::home::Home;

/// The most bytes of a card.
const MOST_BYTES: u64 = 1 << 20;

/// Those that can correct a figure of `suites`. A card in `files` goes before a shipped one.
pub fn chosen(
    files: &[PathBuf],
    home: &Home,
    suites: &[&Suite],
) -> Result<Vec<CitedCard>, Failure> {
    let mut cards = Vec::new();
    for path in files {
        let bytes = folder::read_file(path, MOST_BYTES).map_err(|fault| unusable(path, &fault))?;
        let card = parse(&path.display().to_string(), &bytes)?;
        let (version, current) = (card.version, card.instrument.version());
        if version != current {
            let why = format!("it is for version {version} of the rules, and {current} is in use");
            return Err(unusable(path, &why));
        }
        cards.push(card);
    }
    for (place, bytes) in home.cards() {
        cards.push(parse(&place, &bytes)?);
    }
    Ok(cited(&cards, suites))
}

fn unusable(path: &Path, why: &impl std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot use the card {}: {why}", path.display()),
        "make it again with `weigh calibrate`",
    )
}

fn parse(place: &str, bytes: &[u8]) -> Result<Card, Failure> {
    let fault = |found| Failure::in_file(format!("cannot use the card {place}"), found, bytes);
    card::parse(place, bytes).map_err(fault)
}
