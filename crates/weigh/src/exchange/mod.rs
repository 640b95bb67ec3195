//! `weigh import` and `weigh export`: what other tools write, and what they read.

mod data_set;
mod export;
pub mod export_args;
mod formats;
pub mod lm_eval;
mod lm_eval_group;
mod lm_eval_results;

use clap::Subcommand;

use crate::failure::Failure;
use crate::output::Output;

use export_args::{EveryEvalEverArgs, FileArgs, FolderArgs, HubArgs};

pub use formats::{ImportCommand, import};
pub use lm_eval_results::compat_table;

/// What is exported.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// results.json and samples of lm-evaluation-harness, from a record of its tasks.
    LmEval(lm_eval_results::ExportArgs),
    /// Logs of Inspect (EvalLog, version 2), one for each suite, which its viewer opens.
    Inspect(FolderArgs),
    /// Figures and cases in the schema of Every Eval Ever, version 0.3.0.
    EveryEvalEver(EveryEvalEverArgs),
    /// Figures for a model's page on the Hugging Face Hub: .eval_results/*.yaml.
    Hf(HubArgs),
    /// A row for each case in CSV.
    Csv(FileArgs),
    /// A row for each case in Parquet, with typed columns.
    Parquet(FileArgs),
    /// The model with its digests and figures as a CycloneDX 1.6 bill of materials.
    Cyclonedx(FileArgs),
    /// The energy of a run as a row of CodeCarbon's emissions.csv. What the record does not know, as what its
    /// electricity emits, is left empty.
    Codecarbon(FileArgs),
}

/// Carries out `weigh export`.
pub fn export(command: &ExportCommand, output: &Output) -> Result<(), Failure> {
    match command {
        ExportCommand::LmEval(args) => lm_eval_results::command(args, output),
        ExportCommand::Inspect(args) => export::as_inspect(args, output),
        ExportCommand::EveryEvalEver(args) => export::as_every_eval_ever(args, output),
        ExportCommand::Hf(args) => export::as_hub(args, output),
        ExportCommand::Csv(args) => export::as_csv(args, output),
        ExportCommand::Parquet(args) => export::as_parquet(args, output),
        ExportCommand::Cyclonedx(args) => export::as_cyclonedx(args, output),
        ExportCommand::Codecarbon(args) => export::as_codecarbon(args, output),
    }
}
