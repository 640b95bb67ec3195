//! `weigh export codecarbon`: the energy of a run as CodeCarbon writes it.

use std::path::PathBuf;

use clap::Args;
use weigh_core::energy::Energy;
use weigh_core::text::visible_line;
use weigh_exchange::codecarbon::{self, Run};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::output::Output;
use crate::run::{Inputs, derived};

/// Which record is exported, and where to.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The record of a run whose energy was measured.
    pub record: PathBuf,
    /// Write the file here, which must not exist. Without it, to standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Carries out `weigh export codecarbon`.
pub fn command(args: &ExportArgs, output: &Output) -> Result<(), Failure> {
    let (report, _) = derived(&args.record, &Inputs::recorded(&args.record)?)?;
    let energy = match &report.record.energy {
        Some(Energy::Measured(measured)) => measured,
        Some(Energy::NotMeasured(reason)) => return Err(nothing(reason)),
        None => return Err(nothing("the record does not say")),
    };
    let run = Run {
        id: &report.id,
        model: &report.subject.name,
        at: &report.record.sealed,
        energy,
    };
    let mut table = Vec::new();
    codecarbon::write(run, &mut table).map_err(|fault| nothing(&fault.to_string()))?;
    let Some(out) = &args.out else {
        output.bytes(&table);
        return Ok(());
    };
    folder::write_new(out, &table).map_err(|fault| Failure::not_written(out, &fault, "--out"))
}

fn nothing(reason: &str) -> Failure {
    Failure::new(
        Exit::NothingToRun,
        format!(
            "cannot export an energy that was not measured: {}",
            visible_line(reason)
        ),
        "`weigh doctor` says which counters this machine shows; a run is measured that nobody interrupts",
    )
}
