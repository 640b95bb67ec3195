//! Prints the card of the refusal classifier for English, from the reported halves of labelled sets.
//!
//! `cargo run -p weigh-core --example calibrate -- FOLDER YYYY-MM-DD > cards/refusal.en.toml`, where
//! FOLDER holds `xstest/` (exaggerated-safety) and `refusal_labels/` (PyRIT's refusal set).

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints what it is for"
)]

mod sets;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(date)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: calibrate FOLDER YYYY-MM-DD");
        return ExitCode::from(2);
    };
    match sets::read(Path::new(&folder)) {
        Ok(sets) => {
            print!("{}", sets::card(&sets, &date).to_toml());
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("cannot read the labelled sets: {fault}");
            ExitCode::FAILURE
        }
    }
}
