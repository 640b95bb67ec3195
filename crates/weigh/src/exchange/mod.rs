//! `weigh import` and `weigh export`: what other tools write, and what they read.

pub mod lm_eval;
mod lm_eval_results;

use clap::Subcommand;

use crate::failure::Failure;
use crate::output::Output;

pub use lm_eval_results::compat_table;

/// What is imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// A task file of lm-evaluation-harness, or a group of them: suites that `weigh run` takes.
    LmEval(lm_eval::ImportArgs),
}

/// What is exported.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// results.json and samples of lm-evaluation-harness, from a record of its tasks.
    LmEval(lm_eval_results::ExportArgs),
}

/// Carries out `weigh import`.
pub fn import(command: &ImportCommand, output: &Output) -> Result<(), Failure> {
    match command {
        ImportCommand::LmEval(args) => lm_eval::command(args, output),
    }
}

/// Carries out `weigh export`.
pub fn export(command: &ExportCommand, output: &Output) -> Result<(), Failure> {
    match command {
        ExportCommand::LmEval(args) => lm_eval_results::command(args, output),
    }
}
