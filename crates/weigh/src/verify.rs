//! `weigh verify`: is a record signed and whole, does it give the same report again, who recognises it?

use weigh_attest::ask::Asked;
use weigh_attest::tell;
use weigh_attest::verify::{Verified, VerifyFault};
use weigh_runner::{Clock as _, SystemClock};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// What verifying came to.
fn outcome(asked: &Asked) -> Result<Result<Verified, VerifyFault>, Failure> {
    asked.verify(&SystemClock.now()).map_err(|message| {
        Failure::new(
            Exit::Usage,
            message,
            "give the folder that holds report.dsse.json, keys as `weigh key show` prints them, and \
             files that can be read",
        )
    })
}

/// A record that must be valid before anybody goes on to `act` on it. Its faults are told.
pub fn valid(asked: &Asked, act: &str, output: &Output) -> Result<Verified, Failure> {
    let verified = outcome(asked)?.map_err(|fault| invalid(fault, act, output))?;
    if verified.withheld {
        return Err(Failure::new(
            Exit::Usage,
            format!("cannot {act} a record whose journal and suites are withheld"),
            "ask the signer for the whole record; `weigh verify` shows what can be checked without it",
        ));
    }
    Ok(verified)
}

/// Why nobody goes on to `act`: the faults as text before it, or among the JSON.
fn invalid(fault: VerifyFault, act: &str, output: &Output) -> Failure {
    let (exit, faults) = (exit(&fault), fault.faults.clone());
    if !output.json {
        output.note(tell::as_text(&Err(fault)).trim_end());
    }
    let message = format!("cannot {act} a record that is not valid");
    Failure {
        faults: faults.into(),
        ..Failure::new(
            exit,
            message,
            "see its faults; `weigh verify` tells them, too",
        )
    }
}

/// How a command ends because of `fault`.
fn exit(fault: &VerifyFault) -> Exit {
    if fault.is_machine() {
        Exit::Machine
    } else {
        Exit::Invalid
    }
}

/// Carries out `weigh verify`.
pub fn command(asked: &Asked, output: &Output) -> Result<Exit, Failure> {
    let outcome = outcome(asked)?;
    if output.json {
        output.line(&tell::as_json(&outcome).to_string());
    } else {
        output.line(tell::as_text(&outcome).trim_end());
    }
    Ok(match outcome {
        Ok(_) => Exit::Success,
        Err(fault) => exit(&fault),
    })
}
