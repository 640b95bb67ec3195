//! `weigh import` and `weigh export`: what other tools write, and what they read.

mod data_set;
mod formats;
pub mod lm_eval;
mod lm_eval_results;

use clap::Subcommand;

use crate::failure::Failure;
use crate::output::Output;

pub use formats::{ImportCommand, import};
pub use lm_eval_results::compat_table;

/// What is exported.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// results.json and samples of lm-evaluation-harness, from a record of its tasks.
    LmEval(lm_eval_results::ExportArgs),
}

/// Carries out `weigh export`.
pub fn export(command: &ExportCommand, output: &Output) -> Result<(), Failure> {
    match command {
        ExportCommand::LmEval(args) => lm_eval_results::command(args, output),
    }
}
