//! `weigh countersign`: an authority verifies a record and says so under its own key.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use weigh_attest::ask::{Asked, filled};
use weigh_attest::countersign;
use weigh_attest::record::ATTESTATIONS;
use weigh_attest::svr::Redone;
use weigh_attest::verify::Verified;
use weigh_core::text::visible_line;
use weigh_runner::{Clock as _, SystemClock, durable};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::key;
use crate::output::Output;
use crate::verify::valid;

/// Who countersigns what.
#[derive(Debug, Args)]
pub struct CountersignArgs {
    /// What the record is held against first. It is signed only if all of that holds.
    #[command(flatten)]
    pub asked: Asked,
    /// How and where it is signed.
    #[command(flatten)]
    pub by: ByArgs,
}

/// In whose name.
#[derive(Debug, Args)]
pub struct ByArgs {
    /// The name or address of whoever countersigns. Whose word it is the key says.
    #[arg(long = "as", value_name = "NAME", value_parser = filled)]
    pub verifier: String,
    /// Write the countersignature to this file, which must not exist. Without it, it is appended to
    /// the record's report.intoto.jsonl.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Carries out `weigh countersign`.
pub fn command(args: &CountersignArgs, output: &Output) -> Result<Exit, Failure> {
    let verified = valid(&args.asked, "countersign", output)?;
    sign(&args.asked.record, &verified, &args.by, &[], output)?;
    Ok(Exit::Success)
}

/// Signs what was verified of the record in `folder`, and what was done `again`.
pub fn sign(
    folder: &Path,
    verified: &Verified,
    by: &ByArgs,
    again: &[Redone],
    output: &Output,
) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Told<'a> {
        verifier: &'a str,
        keyid: String,
        file: String,
    }
    let key = key::existing()?;
    let now = SystemClock.now();
    let unsigned = |why: String| {
        Failure::new(
            Exit::Machine,
            format!("cannot countersign: {why}"),
            "see to the disk and try again",
        )
    };
    let envelope = countersign::envelope(verified, &by.verifier, &now, again, &key);
    let envelope = envelope.map_err(|fault| unsigned(fault.to_string()))?;
    let file = match &by.out {
        Some(out) => {
            let line = [envelope.as_slice(), b"\n"].concat();
            folder::write_new(out, &line)
                .map_err(|fault| Failure::not_written(out, &fault, "--out"))?;
            out.clone()
        }
        None => {
            let file = folder.join(ATTESTATIONS);
            let before = match fs::read(&file) {
                Ok(bytes) => bytes,
                Err(_) => {
                    return Err(Failure::new(
                        Exit::Usage,
                        format!("cannot add to {}: it is not there", file.display()),
                        "the record was made by an older version; give --out FILE",
                    ));
                }
            };
            let all = countersign::appended(&before, &envelope);
            let all = all.map_err(|fault| unsigned(fault.to_string()))?;
            durable::write(&file, &all).map_err(|fault| unsigned(fault.to_string()))?;
            file
        }
    };
    let told = Told {
        verifier: &by.verifier,
        keyid: key.public().keyid().to_string(),
        file: file.display().to_string(),
    };
    if output.json {
        output.json("weighhouse-countersignature/1", &told);
    } else {
        let line = format!(
            "countersigned {} as {} with key {}: {}",
            verified.report.id, told.verifier, told.keyid, told.file
        );
        output.line(&visible_line(&line));
    }
    Ok(())
}
