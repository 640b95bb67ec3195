//! `weigh-verify`: checks a signed record without a model and without a line of inference code.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use weigh_attest::ask::Asked;
use weigh_attest::tell;
use weigh_core::text::visible;
use weigh_core::time::Timestamp;

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
    #[command(flatten)]
    asked: Asked,
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = Timestamp::of_seconds(since.unwrap_or_default().as_secs());
    let outcome = match arguments.asked.verify(&now) {
        Ok(outcome) => outcome,
        Err(message) => {
            let _ = writeln!(io::stderr(), "error: {}", visible(&message));
            return ExitCode::from(USAGE);
        }
    };
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
