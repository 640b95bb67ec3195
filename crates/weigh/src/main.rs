//! The `weigh` command: arguments in, one command carried out, an exit code out.

mod amend;
mod args;
mod ask;
mod bench;
mod calibrate;
mod compare;
mod complete;
mod countersign;
mod doctor;
mod exchange;
mod exit;
mod explain;
mod failure;
mod folder;
mod gate;
mod home;
mod interrupt;
mod judge;
mod key;
mod manual;
mod merge;
mod model_command;
mod model_source;
mod open;
mod output;
#[cfg(feature = "pdf")]
mod paper;
mod plan_command;
mod progress;
mod recheck;
mod report_command;
mod run;
mod schema;
mod show;
mod suite_command;
mod suite_export;
mod suite_items;
mod suite_list;
mod suite_new;
mod suites;
mod trust;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::run::RunArgs;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.json);
    match carry_out(&cli.command.unwrap_or_else(default_command), &output) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            failure.tell(&output);
            failure.exit.into()
        }
    }
}

/// `weigh` alone is `weigh run` alone.
fn default_command() -> Command {
    Command::Run(RunArgs::default())
}

fn carry_out(command: &Command, output: &Output) -> Result<Exit, Failure> {
    match command {
        Command::Run(args) => return run::command(args, output),
        Command::Merge(args) => return merge::command(args, output),
        Command::Verify(args) => return verify::command(args, output),
        Command::Countersign(args) => return countersign::command(args, output),
        Command::Report(args) => return report_command::command(args, output),
        Command::Recheck(args) => return recheck::command(args, output),
        Command::Judge(args) => return judge::command(args, output),
        Command::Compare(args) => return compare::command(args, output),
        Command::Gate(args) => return gate::command(args, output),
        Command::Amend(args) => amend::command(args, output)?,
        Command::Show(args) => show::command(args, output)?,
        Command::Open(args) => open::command(args, output)?,
        Command::Suite(command) => suite_command::command(command, output)?,
        Command::Import(command) => exchange::import(command, output)?,
        Command::Export(command) => exchange::export(command, output)?,
        Command::Model(command) => model_command::command(command, output)?,
        Command::Bench(args) => bench::command(args, output)?,
        Command::Trust(command) => trust::command(command, output)?,
        Command::Key(command) => key::command(command, output)?,
        Command::Plan(args) => plan_command::command(args, output)?,
        Command::Calibrate(args) => calibrate::command(args, output)?,
        Command::Schema(args) => schema::command(args, output)?,
        Command::Explain { topic } => explain::command(topic.as_deref(), output)?,
        Command::Doctor => doctor::command(output)?,
        Command::Completions { shell } => manual::completions(*shell, output),
        Command::Man { dir } => manual::pages(dir, output)?,
    }
    Ok(Exit::Success)
}
