//! The arguments of `weigh run`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use weigh_attest::ask::filled;
use weigh_core::json::GREATEST_INTEGER;
use weigh_core::language::Language;
use weigh_core::suite::Tier;
use weigh_engine::{Compute, DeviceChoice};

use super::shard::ShardArg;
use crate::exchange::lm_eval::{How, TASK_FILES};
use crate::model_source::DEFAULT;

/// The profile that goes with it.
const PROFILE: &str = "baseline";

/// How a model is weighed.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct RunArgs {
    /// A GGUF file, a folder with safetensors files, or a name that `weigh model list` shows.
    #[arg(
        long,
        value_name = "PATH_OR_NAME",
        default_value = DEFAULT
    )]
    pub model: String,
    /// Use no network: a model that is not on this machine is an error. Without this a named model
    /// is fetched once from where its recipe says. WEIGH_OFFLINE says the same.
    #[arg(long)]
    pub offline: bool,
    /// A suite's folder or file (TOML, YAML, CSV), a name that `weigh suite list` shows, or a task
    /// file of lm-evaluation-harness; may be given again. Without one, all that it shows.
    #[arg(long = "suite", value_name = "PATH_OR_NAME", conflicts_with_all = ["resume", "extend"])]
    pub suites: Vec<String>,
    /// Where the record goes. Without it, a new numbered folder below out/.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What the model is judged by: a file or the name of a shipped profile.
    #[arg(
        long,
        value_name = "FILE_OR_NAME",
        default_value = PROFILE,
        conflicts_with_all = ["resume", "extend"]
    )]
    pub profile: String,
    /// The one seed of the run.
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with_all = ["resume", "extend"],
          value_parser = clap::value_parser!(u64).range(0..=GREATEST_INTEGER))]
    pub seed: u64,
    /// A text from whoever asks for the run, which goes into the record: no older run passes for
    /// this one.
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["resume", "extend"], value_parser = filled)]
    pub nonce: Option<String>,
    /// Threads. Without it, one for each core.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// At most this many families of cases of each suite and language, drawn by the seed.
    #[arg(long, value_name = "N", conflicts_with_all = ["resume", "extend"],
          value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// How much of each suite.
    #[arg(long, value_enum, default_value_t = TierArg::Quick, conflicts_with_all = ["resume", "extend"])]
    pub tier: TierArg,
    /// Only cases in this language; may be given again.
    #[arg(long = "lang", value_name = "L", conflicts_with_all = ["resume", "extend"])]
    pub languages: Vec<Language>,
    /// Where the model computes: auto, cpu, cuda, cuda:N or metal.
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    pub device: DeviceChoice,
    /// In which arithmetic: f32 is the reference; bf16 and stored (the file's quantised weights)
    /// are faster.
    #[arg(long, value_name = "CLASS", default_value = "f32")]
    pub compute: Compute,
    /// Bytes for keys and values. Without it, a quarter of the memory, and at most half of what is
    /// left beside the model.
    #[arg(long, value_name = "BYTES")]
    pub kv_memory: Option<u64>,
    /// A card: how often an instrument errs in a language, as `weigh calibrate` counted it; may be
    /// given again. Goes before the shipped card of that instrument and language.
    #[arg(long = "card", value_name = "FILE", conflicts_with_all = ["resume", "extend"])]
    pub cards: Vec<PathBuf>,
    /// The files of a judge, where a suite has one: a path or a name; may be given again. Without
    /// it, the model that the suite names is taken, and fetched as --model is.
    #[arg(long = "judge", value_name = "PATH_OR_NAME")]
    pub judges: Vec<String>,
    /// Who tests, for whom and where, for the report. Without it, lab.toml of the project folder.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["resume", "extend"])]
    pub lab: Option<PathBuf>,
    /// Go on with the run in the folder that --out names. Suites, profile and options are those of
    /// its record.
    #[arg(long, requires = "out")]
    pub resume: bool,
    /// Extend the inconclusive run of this record: its answers are carried over into a new record, and
    /// the model answers as many more cases as would decide. Suites, profile and options are those of
    /// the record, and its profile must have looks left.
    #[arg(long, value_name = "RECORD", conflicts_with = "resume")]
    pub extend: Option<PathBuf>,
    /// Ask only a share of the cases, so that several machines share one run: its number from 1 on
    /// and how many there are. `weigh merge` makes one record of all shares. `auto` takes both from
    /// the variables of a Slurm array, a Kubernetes Indexed Job or a parallel CI job.
    #[arg(long, value_name = "I/N|auto",
          conflicts_with_all = ["resume", "extend", "gate", "judges"])]
    pub shard: Option<ShardArg>,
    /// End with the verdict: 0 conforms, 3 inconclusive, 100 does not conform.
    #[arg(long)]
    pub gate: bool,
    /// Say what would be run and what it would take (tokens, texts, memory, and an estimate of the
    /// time), and stop. Nothing is fetched, and no weights are loaded.
    #[arg(long, conflicts_with = "resume")]
    pub dry_run: bool,
    /// How task files are asked. Behind all others: their heading would stand over what follows.
    #[command(flatten, next_help_heading = TASK_FILES)]
    pub lm_eval: How,
}

impl Default for RunArgs {
    /// What `weigh run` means without an argument. A test holds the two together.
    fn default() -> Self {
        Self {
            model: DEFAULT.to_owned(),
            offline: false,
            suites: Vec::new(),
            out: None,
            profile: PROFILE.to_owned(),
            seed: 0,
            nonce: None,
            threads: None,
            limit: None,
            tier: TierArg::Quick,
            languages: Vec::new(),
            device: DeviceChoice::Auto,
            compute: Compute::F32,
            kv_memory: None,
            cards: Vec::new(),
            judges: Vec::new(),
            lab: None,
            resume: false,
            extend: None,
            shard: None,
            gate: false,
            dry_run: false,
            lm_eval: How::default(),
        }
    }
}

/// How much of each suite, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TierArg {
    /// Minutes on a laptop.
    Quick,
    /// What a report is usually based on.
    Standard,
    /// Every case.
    Full,
}

impl From<TierArg> for Tier {
    fn from(tier: TierArg) -> Self {
        match tier {
            TierArg::Quick => Self::Quick,
            TierArg::Standard => Self::Standard,
            TierArg::Full => Self::Full,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Cli, Command};

    #[test]
    fn the_default_is_what_the_command_line_says() {
        let cli = Cli::try_parse_from(["weigh", "run"]).unwrap();
        let Some(Command::Run(args)) = cli.command else {
            panic!("it is a run");
        };
        assert_eq!(args, RunArgs::default());
    }

    #[test]
    fn a_run_that_goes_on_takes_its_options_from_the_record() {
        for option in [
            "--seed=1",
            "--nonce=a",
            "--suite=a",
            "--profile=b",
            "--limit=1",
            "--tier=full",
            "--lang=en",
            "--shard=1/2",
        ] {
            let result = Cli::try_parse_from(["weigh", "run", "--resume", "--out=x", option]);
            assert!(result.is_err(), "{option}");
            let result = Cli::try_parse_from(["weigh", "run", "--extend=x", option]);
            assert!(result.is_err(), "{option}");
        }
        assert!(
            Cli::try_parse_from(["weigh", "run", "--extend=x", "--resume", "--out=y"]).is_err()
        );
        assert!(Cli::try_parse_from(["weigh", "run", "--extend=x", "--dry-run"]).is_ok());
        for option in ["--gate", "--judge=x"] {
            let result = Cli::try_parse_from(["weigh", "run", "--shard=1/2", option]);
            assert!(
                result.is_err(),
                "a shard has no verdict and no judge: {option}"
            );
        }
        assert!(Cli::try_parse_from(["weigh", "run", "--shard=3/2"]).is_err());
        assert!(Cli::try_parse_from(["weigh", "run", "--shard=auto", "--limit=1"]).is_ok());
        assert!(Cli::try_parse_from(["weigh", "run", "--resume"]).is_err());
        assert!(Cli::try_parse_from(["weigh", "run", "--resume", "--out=x"]).is_ok());
    }
}
