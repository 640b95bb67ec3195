//! `weigh-verify`: checks a signed record without a model and without a line of inference code.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Arg, ArgAction, Args as _, Command, FromArgMatches as _};
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

fn command() -> Command {
    let json = Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Write JSON");
    let command = Command::new(env!("CARGO_BIN_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .about(
            "Checks a record: that its signature is good, that nothing was changed, and that the \
             journal, the suites and the profile in it give the very report that was signed",
        )
        .after_help(
            "Exit codes: 0 valid, 1 fault of the machine, 2 usage, 5 record or signature invalid.",
        )
        .max_term_width(100);
    Asked::augment_args(command).arg(json)
}

fn main() -> ExitCode {
    let arguments = command().get_matches();
    let asked = Asked::from_arg_matches(&arguments).unwrap_or_else(|error| error.exit());
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = Timestamp::of_seconds(since.unwrap_or_default().as_secs());
    let outcome = match asked.verify(&now) {
        Ok(outcome) => outcome,
        Err(message) => {
            let _ = writeln!(io::stderr(), "error: {}", visible(&message));
            return ExitCode::from(USAGE);
        }
    };
    let text = if arguments.get_flag("json") {
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
