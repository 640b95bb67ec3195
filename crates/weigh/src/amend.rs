//! `weigh amend`: a new report of the same record, with other statements of the laboratory, in place
//! of the old one (ISO/IEC 17025:2017, 7.8.8).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use weigh_attest::ask::{Asked, filled};
use weigh_attest::record::{AMENDMENTS, JOURNAL};
use weigh_attest::verify::Verified;
use weigh_core::report::{Amendment, amendments_file, read_amendments};
use weigh_core::text::visible_line;
use weigh_runner::{Clock as _, SystemClock, durable};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::key;
use crate::output::Output;
use crate::run::{Inputs, keep_inputs, laboratory, quoted, sign};
use crate::verify::valid;

/// What the folder of an amended record is called behind the name of the first one.
const AMENDED: &str = "-amended";
/// The most folders that are tried beside a record.
const MOST: u32 = 1000;

/// What is amended, and why.
#[derive(Debug, Args)]
pub struct AmendArgs {
    /// The record of the report that is replaced. It must be valid, and stays as it is.
    #[command(flatten)]
    pub asked: Asked,
    /// What the laboratory states now, as a whole: nothing of what it stated before is kept.
    #[arg(long, value_name = "FILE")]
    pub lab: PathBuf,
    /// Why the report is amended. It stands in the new one.
    #[arg(long, value_name = "TEXT", value_parser = filled)]
    pub reason: String,
    /// The folder of the new record, which must not exist. Without it, one beside the old record:
    /// RECORD-amended.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// The document for programs.
#[derive(Serialize)]
struct Told<'a> {
    id: &'a str,
    replaces: &'a str,
    out: String,
    next: String,
}

/// Carries out `weigh amend`.
pub fn command(args: &AmendArgs, output: &Output) -> Result<(), Failure> {
    let laboratory = laboratory(&args.lab)?;
    let verified = valid(&args.asked, "amend", output)?;
    let record = &args.asked.record;
    let mut amendments = earlier(record, &verified)?;
    let at = SystemClock.now();
    let reason = args.reason.clone();
    amendments.push(Amendment {
        at,
        laboratory,
        reason,
    });
    let bytes = amendments_file(&amendments).unwrap_or_default();
    // As strictly as a verifier will read them.
    read_amendments(&bytes, &verified.report.record.sealed)
        .map_err(|fault| unusable(&fault.to_string()))?;
    let inputs = Inputs::recorded(record)?;
    let key = key::existing()?;
    if key.public().keyid() != verified.keyid {
        output.note("the amended report is signed by another key than the one that it replaces");
    }
    let out = make_folder(args, record)?;
    let unwritten = |fault: &io::Error| Failure::not_written(&out, fault, "--out");
    keep_inputs(&out, &inputs)?;
    fs::copy(record.join(JOURNAL), out.join(JOURNAL)).map_err(|fault| unwritten(&fault))?;
    durable::write(&out.join(AMENDMENTS), &bytes)
        .map_err(|fault| unwritten(&io::Error::other(fault.to_string())))?;
    let report = sign(&out, &inputs, &key)?;
    let replaces = &verified.report.id;
    let next = format!("weigh verify {}", quoted(&out));
    if output.json {
        let told = Told {
            id: &report.id,
            replaces,
            out: out.display().to_string(),
            next,
        };
        output.json("weighhouse-amendment/1", &told);
    } else {
        let line = format!(
            "{} replaces {replaces}: {}; next: {next}",
            report.id,
            out.display()
        );
        output.line(&visible_line(&line));
    }
    Ok(())
}

/// The amendments that led to the report in the record, which is valid.
fn earlier(record: &Path, verified: &Verified) -> Result<Vec<Amendment>, Failure> {
    if verified.report.amendment.is_none() {
        return Ok(Vec::new());
    }
    let bytes = fs::read(record.join(AMENDMENTS)).map_err(|error| unusable(&error.to_string()))?;
    read_amendments(&bytes, &verified.report.record.sealed)
        .map_err(|fault| unusable(&fault.to_string()))
}

fn unusable(why: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot amend the report: {why}"),
        "see to the clock of this machine, and that the report was amended fewer than 16 times",
    )
}

/// Makes the folder that was named, or the first free one beside the record.
fn make_folder(args: &AmendArgs, record: &Path) -> Result<PathBuf, Failure> {
    let record = record.canonicalize().unwrap_or_else(|_| record.to_owned());
    let name = record.file_name().unwrap_or_default().to_string_lossy();
    // Of a record that is itself an amended one, the next number of the same name.
    let name = name.split_once(AMENDED).map_or(&*name, |(first, _)| first);
    let beside = (1..=MOST).map(|number| match number {
        1 => record.with_file_name(format!("{name}{AMENDED}")),
        _ => record.with_file_name(format!("{name}{AMENDED}-{number}")),
    });
    let candidates: Vec<PathBuf> = match &args.out {
        Some(named) => vec![named.clone()],
        None => beside.collect(),
    };
    let mut last = Failure::not_written(&record, &io::Error::other("no free name"), "--out");
    for path in candidates {
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(fault) => {
                last = Failure::not_written(&path, &fault, "--out");
                if fault.kind() != io::ErrorKind::AlreadyExists {
                    break;
                }
            }
        }
    }
    Err(last)
}
