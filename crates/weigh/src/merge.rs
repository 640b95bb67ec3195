//! `weigh merge`: one record of all the shards of a run.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use clap::Args;
use weigh_attest::record::read_journal;
use weigh_attest::verify::Kind;
use weigh_core::journal::{self, Journal};
use weigh_core::merge::{self, MergeFault, Merged, PartFault, missing_in_words};
use weigh_core::plan;
use weigh_core::suite::Suite;
use weigh_core::text::visible_line;
use weigh_core::transcript::FoldFault;
use weigh_runner::{COMMIT, Control, RunDir, RunFault, SystemChance, SystemClock, SystemMeter};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::run::{
    Inputs, RunArgs, keep_inputs, quoted, refuse_full, run_failed, sign, signing_key, unjudged,
    weighed,
};

/// What is typed for the model where the command does not know its place.
const MODEL: &str = "MODEL";

/// Which shards are merged, and where to.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The folders of all shards, in any order.
    #[arg(required = true, value_name = "DIR")]
    pub shards: Vec<PathBuf>,
    /// The folder of the record, which must be new or empty.
    #[arg(long, value_name = "RECORD")]
    pub out: PathBuf,
    /// End with the verdict: 0 conforms, 3 inconclusive, 100 does not conform.
    #[arg(long)]
    pub gate: bool,
}

/// A fault of one folder or of all, and how the command ends by it.
struct Told {
    exit: Exit,
    text: String,
}

/// Carries out `weigh merge`.
pub fn command(args: &MergeArgs, output: &Output) -> Result<Exit, Failure> {
    let out = &args.out;
    refuse_full(out)?;
    let (inputs, merged) = read(args, output)?;
    let key = signing_key(output)?;
    let failed = |fault| failed(fault, out);
    let dir = RunDir::create(out, &inputs.plan).map_err(failed)?;
    keep_inputs(out, &inputs)?;
    let control = Control {
        clock: &SystemClock,
        chance: &SystemChance,
        meter: &SystemMeter::default(),
        stop: &AtomicBool::new(false),
        commit: COMMIT,
    };
    let dir = weigh_runner::merge(&dir, &inputs.plan, merged, control).map_err(failed)?;
    if !dir.is_sealed() {
        return Ok(unjudged(&inputs.plan, out, output));
    }
    let report = sign(out, &inputs, &key)?;
    Ok(weighed((args.gate, MODEL), out, (&report, None), output))
}

fn failed(fault: RunFault, out: &Path) -> Failure {
    Failure {
        help: "see to the disk, then merge again into a new folder; the shards are unchanged"
            .into(),
        ..run_failed(fault, out, &RunArgs::default())
    }
}

/// The plan that all shards share, and what they hold. Every fault is told.
fn read(args: &MergeArgs, output: &Output) -> Result<(Inputs, Merged), Failure> {
    let mut told = Vec::new();
    let folders = args.shards.iter();
    let parts: Vec<Option<Journal>> = folders
        .map(|folder| journal_in(folder, &mut told))
        .collect();
    let merged = planned(args, &parts).map(|inputs| {
        let suites: Vec<Suite> = inputs.suites.iter().map(|s| s.suite.clone()).collect();
        let assigned = |of| plan::assigned(&inputs.plan, &suites, of);
        let merged = merge::merge(&inputs.plan, assigned, &parts);
        merged.map(|merged| (inputs, merged))
    });
    let failure = match merged {
        Ok(Ok(merged)) => return Ok(merged),
        Ok(Err(faults)) => {
            told.extend(faults.iter().map(|fault| tell(fault, args)));
            refused(&told)
        }
        Err(Some(failure)) => failure,
        Err(None) => refused(&told),
    };
    for fault in &told {
        output.note(&visible_line(&fault.text));
    }
    Err(failure)
}

/// What the first shard was planned from whose folder can be read. Where none can, why the first
/// cannot; nothing where not even a journal was read.
fn planned(args: &MergeArgs, parts: &[Option<Journal>]) -> Result<Inputs, Option<Failure>> {
    let mut first = None;
    for (folder, part) in args.shards.iter().zip(parts) {
        if part.is_some() {
            match Inputs::recorded(folder) {
                Ok(inputs) => return Ok(inputs),
                Err(failure) => first = first.or(Some(failure)),
            }
        }
    }
    Err(first)
}

/// The journal in a shard's folder. An incomplete last line is left to what counts its trials.
fn journal_in(folder: &Path, told: &mut Vec<Told>) -> Option<Journal> {
    let place = folder.display().to_string();
    let mut faults = Vec::new();
    let bytes = read_journal(folder, &place, &mut faults);
    told.extend(faults.iter().map(|fault| Told {
        exit: if fault.kind == Kind::Machine {
            Exit::Machine
        } else if fault.kind == Kind::Missing {
            Exit::Usage
        } else {
            Exit::Invalid
        },
        text: format!("{place}: its journal cannot be read: {}", fault.message),
    }));
    let journal = journal::parse(&bytes?);
    let fault = |fault| {
        told.push(Told {
            exit: Exit::Invalid,
            text: format!("{place}: cannot read the journal: {fault}"),
        });
    };
    journal.map_err(fault).ok()
}

fn tell(fault: &MergeFault, args: &MergeArgs) -> Told {
    match fault {
        MergeFault::Missing { shards, of } => Told {
            exit: Exit::Usage,
            text: missing_in_words(shards, *of),
        },
        MergeFault::Part { part, why } => {
            let folder = args.shards.get(*part).map(PathBuf::as_path);
            let folder = folder.unwrap_or(Path::new(""));
            let (exit, help) = match why {
                PartFault::Incomplete { .. } => {
                    let resume = format!("weigh run --resume --out {}", quoted(folder));
                    (
                        Exit::Incomplete,
                        format!("; go on with `{resume} --model {MODEL}`"),
                    )
                }
                PartFault::Whole
                | PartFault::OtherCount { .. }
                | PartFault::Doubled { .. }
                | PartFault::Subject { .. }
                | PartFault::Record(FoldFault::Plan(_)) => (Exit::Usage, String::new()),
                PartFault::Record(_) => (Exit::Invalid, String::new()),
            };
            let text = format!("{}: {why}{help}", folder.display());
            Told { exit, text }
        }
    }
}

/// The failure by the gravest of the faults.
fn refused(told: &[Told]) -> Failure {
    let grave = [Exit::Invalid, Exit::Machine, Exit::Usage, Exit::Incomplete];
    let mut grave = grave.into_iter();
    let exit = grave.find(|exit| told.iter().any(|fault| fault.exit == *exit));
    Failure::new(
        exit.unwrap_or(Exit::Usage),
        "cannot merge these shards: see the faults above",
        "name the folder of every shard of one run once, each complete and unchanged",
    )
}
