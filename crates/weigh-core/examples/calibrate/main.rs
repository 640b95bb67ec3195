//! Writes the cards in `cards/` that rest on labelled sets.
//!
//! `cargo run -p weigh-core --example calibrate -- FOLDER YYYY-MM-DD cards`, where FOLDER holds
//! `xstest/` (exaggerated-safety), `refusal_labels/` (PyRIT's refusal set) and what the cards of
//! language identification read: `udhr/`, `mgsm/`, `xcopa/`, `multijail/`. `WEIGH_SHARED` names the
//! folder above FOLDER, if it is not the usual one.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "it reads and writes files, and prints what it is for"
)]

mod answers;
#[path = "../../tests/corpus/mod.rs"]
mod corpus;
mod languages;
mod refusal;

use std::path::Path;
use std::process::ExitCode;

use weigh_core::card::Card;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, date, cards] = arguments.as_slice() else {
        eprintln!("usage: calibrate FOLDER YYYY-MM-DD CARDS");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), date, Path::new(cards)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("cannot make the cards: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, date: &str, cards: &Path) -> Result<(), String> {
    let mut made: Vec<Card> = vec![refusal::card(&refusal::read(folder)?, date)];
    made.extend(languages::cards(date));
    made.extend(answers::cards(cards, date)?);
    for card in made {
        let name = format!("{}.{}.toml", card.instrument.as_str(), card.language);
        std::fs::write(cards.join(&name), card.to_toml()).map_err(|fault| fault.to_string())?;
        println!("{name}: {} items", card.totals().items());
    }
    Ok(())
}
