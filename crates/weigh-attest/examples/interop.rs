//! Writes signed reports for other programs to verify: `cargo run -p weigh-attest --example interop -- FOLDER COUNT`.
//!
//! For each of COUNT reports and both kinds of key a folder with the whole record.
//! `tools/interop/check.sh` gives them to openssl, securesystemslib, sigstore and in-toto.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program for developers may stop where it stands"
)]

#[path = "../tests/town/mod.rs"]
mod town;

use std::path::Path;

use town::Town;
use weigh_attest::keys::Algorithm;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "interop".to_owned());
    let count: u32 = arguments.next().map_or(200, |count| count.parse().unwrap());
    for number in 0..count {
        for (kind, algorithm) in [("p256", Algorithm::P256), ("ed25519", Algorithm::Ed25519)] {
            // Names in many scripts, so that every length and byte of a payload occurs.
            let name = format!(
                "Model {number} {}",
                "ñ漢🦉\"\\\u{1}".repeat(number as usize % 7)
            );
            let town = Town::new(algorithm, &name);
            let folder = Path::new(&folder).join(format!("{kind}-{number}"));
            std::fs::create_dir_all(&folder).unwrap();
            town.write(&folder);
        }
    }
    println!("{} signed reports in {folder}", 2 * count);
}
