//! `weigh-verify`: checks a signed record without a model and without a line of inference code.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use weigh_attest::keys;
use weigh_attest::tell;
use weigh_attest::verify::verify;
use weigh_core::text::visible;

/// A fault of the machine: trying again may help.
const MACHINE: u8 = 1;
/// The key or the folder that was named cannot be used.
const USAGE: u8 = 2;
/// The record or its signature is invalid.
const INVALID: u8 = 5;

/// Checks a record: that its signature is good, that nothing was changed, and that the journal,
/// the suites and the profile in it give the very report that was signed.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 valid, 1 fault of the machine, 2 usage, 5 record or signature invalid."
)]
struct Arguments {
    /// The record's folder.
    record: PathBuf,
    /// The signer's public key (SPKI PEM). Without it the record's own key is used, which shows
    /// that nothing was changed, but not who signed.
    #[arg(long, value_name = "PEM")]
    key: Option<PathBuf>,
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let key = match arguments.key.as_deref().map(keys::read_public).transpose() {
        Ok(key) => key,
        Err(fault) => {
            return refuse(&fault.to_string());
        }
    };
    if !arguments.record.is_dir() {
        let path = arguments.record.display();
        return refuse(&format!("cannot read the record {path}: no folder there"));
    }
    let outcome = verify(&arguments.record, key.as_ref());
    let text = if arguments.json {
        format!("{}\n", tell::as_json(&outcome))
    } else {
        tell::as_text(&outcome)
    };
    // A reader that goes away early changes nothing about the record.
    let _ = io::stdout().write_all(text.as_bytes());
    match outcome {
        Ok(_) => ExitCode::SUCCESS,
        Err(fault) if fault.is_machine() => ExitCode::from(MACHINE),
        Err(_) => ExitCode::from(INVALID),
    }
}

/// Ends with [`USAGE`].
fn refuse(message: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "error: {}", visible(message));
    ExitCode::from(USAGE)
}
