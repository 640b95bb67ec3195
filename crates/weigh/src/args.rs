//! The arguments: what can be asked of the command.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use weigh_attest::ask::Asked;

use crate::amend::AmendArgs;
use crate::bench::BenchArgs;
use crate::calibrate::CalibrateArgs;
use crate::compare::CompareArgs;
use crate::countersign::CountersignArgs;
use crate::exchange::{ExportCommand, ImportCommand};
use crate::gate::GateArgs;
use crate::judge::JudgeArgs;
use crate::merge::MergeArgs;
use crate::open::OpenArgs;
use crate::plan_command::PlanArgs;
use crate::recheck::RecheckArgs;
use crate::report_command::ReportArgs;
use crate::run::RunArgs;
use crate::schema::SchemaArgs;
use crate::show::ShowArgs;
use crate::suite_export::ExportArgs;
use crate::suite_items::ItemsArgs;
use crate::suite_new::NewArgs;
use crate::trust::TrustCommand;

/// Weighs language models: runs test suites, keeps a record, and signs a test report that anybody
/// can derive again from it.
#[derive(Debug, Parser)]
#[command(name = "weigh", version, max_term_width = 100, after_help = crate::manual::ENDING.as_str())]
pub struct Cli {
    /// What to do. Without one: `weigh run`.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Write data as JSON on standard output.
    #[arg(long, global = true)]
    pub json: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Weigh a model: run suites, keep the record, sign the report.
    Run(RunArgs),
    /// Make one record of all the shards of a run, which `weigh run --shard` made, and sign its
    /// report.
    Merge(MergeArgs),
    /// Check a record: derive its report again and check its signature.
    Verify(Asked),
    /// Render the report of a record again, in Arabic, Chinese, English, French, Russian or Spanish,
    /// or list what it lacks.
    Report(ReportArgs),
    /// Issue an amended report of a record in place of its report: the laboratory states something
    /// else, the results are the same.
    Amend(AmendArgs),
    /// Hold a record against profiles: the same evidence under other rules, without a model. The verdict
    /// is the exit code.
    Judge(JudgeArgs),
    /// Verify a record and say so under your own key: an authority recognises a report.
    Countersign(CountersignArgs),
    /// Ask the model that --model names again for a sample of a record's trials, drawn by a text that
    /// was published after the report was signed. Ends with 100 where an answer differs.
    Recheck(RecheckArgs),
    /// Show one case: the exact prompt, its tokens, the answer, and what each measure reads in it.
    Show(ShowArgs),
    /// Open single cases of a record: show them with their answers, and prove by the signed report
    /// alone that they are the ones which it commits to.
    Open(OpenArgs),
    /// Compare two records of the same plan: what changed, and is the new model no worse? Figures are
    /// made again of the answers; `weigh verify` and `weigh gate` say who signed them.
    Compare(CompareArgs),
    /// Let a record pass or not, for continuous integration: against the limits of a profile, and
    /// against a baseline on the same cases.
    Gate(GateArgs),
    /// Make, check and list suites.
    #[command(subcommand)]
    Suite(SuiteCommand),
    /// Make suites from what other tools read.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write a record as other tools read it.
    #[command(subcommand)]
    Export(ExportCommand),
    /// List, fetch and check models.
    #[command(subcommand)]
    Model(ModelCommand),
    /// Measure how fast a model computes on this machine.
    Bench(BenchArgs),
    /// Make and show the key that reports are signed with.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Check, sign and replace trust policies: whose word counts.
    #[command(subcommand)]
    Trust(TrustCommand),
    /// Say how many cases a claim needs, or what a number of cases can show.
    Plan(PlanArgs),
    /// Make an instrument's card: how often it errs, counted on labelled replies.
    Calibrate(CalibrateArgs),
    /// Print the JSON Schema of a suite, a case, lab.toml or a signed report, for editors and other programs.
    Schema(SchemaArgs),
    /// Say what a code such as E0308 stands for, or what a measure measures.
    Explain {
        /// A diagnostic's code or a measure's name. Without one, all of them are listed.
        topic: Option<String>,
    },
    /// Say what this machine and this installation have.
    Doctor,
    /// Write a shell's completions to standard output.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Write the manual pages into a folder.
    Man {
        /// The folder. It is made when it is not there.
        dir: PathBuf,
    },
}

/// What to do with suites.
#[derive(Debug, Subcommand)]
pub enum SuiteCommand {
    /// Write a suite to start from: example cases in each language, which run as they
    /// stand. Nothing is overwritten.
    New(NewArgs),
    /// Check suites: every fault at its place.
    Check {
        /// Suites' folders or files (TOML, YAML, CSV), or folders of such folders.
        #[arg(required = true, value_name = "PATH")]
        dirs: Vec<PathBuf>,
    },
    /// List the suites that are known by name, shipped and of the project folder, and how many cases
    /// they have of each domain, language, tier and risk.
    List,
    /// Say how hard items are for models that were weighed: which share each gets right, none and
    /// every one. A table in Markdown, made of the answers; who signed them is not asked.
    Items(ItemsArgs),
    /// Write a suite's description for data catalogues: Croissant 1.1 (JSON-LD).
    Export(ExportArgs),
}

/// What to do with models.
#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// List the models that are known by name.
    List,
    /// Show where a model comes from and the digests that it must have.
    Show {
        /// A name or a recipe (*.toml).
        #[arg(default_value = crate::model_source::DEFAULT)]
        model: String,
    },
    /// Check that a model is here and has the right digests. Nothing is fetched.
    Check {
        /// A name or a recipe (*.toml).
        #[arg(default_value = crate::model_source::DEFAULT)]
        model: String,
    },
    /// Fetch a model that is not here, and check its digests.
    Pull {
        /// A name or a recipe (*.toml).
        #[arg(default_value = crate::model_source::DEFAULT)]
        model: String,
        /// Fetch nothing: look into the caches of this machine only.
        #[arg(long)]
        offline: bool,
    },
}

/// What to do with the signing key.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a key where there is none. With WEIGH_KEY_PASSPHRASE its file is encrypted.
    New {
        /// How the key signs.
        #[arg(long, value_enum, default_value_t = KeyKind::P256)]
        kind: KeyKind,
    },
    /// Show the public key and its id.
    Show,
}

/// How a key signs, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyKind {
    /// ECDSA on NIST P-256 with SHA-256.
    P256,
    /// Ed25519.
    Ed25519,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }
}
