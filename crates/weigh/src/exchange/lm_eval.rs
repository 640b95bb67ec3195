//! `weigh import lm-eval`, and task files that `weigh run --suite` takes as they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use weigh_core::diagnostic::{BAD_TASK_FILE, Diagnostic};
use weigh_core::language::Language;
use weigh_exchange::lm_eval::group::Group;
use weigh_exchange::lm_eval::load::Fault;
use weigh_exchange::lm_eval::render::{Options, render};
use weigh_exchange::lm_eval::task::{self, Task};
use weigh_exchange::lm_eval::{data, suite, yaml};

use super::lm_eval_group as group;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder::{self, Files};
use crate::home::SuiteSource;
use crate::output::Output;

/// The most bytes of a task file or a file of documents.
const MOST_BYTES: u64 = 512 << 20;
/// The most bytes of a file that is looked at to tell what it is.
const MOST_LOOKED_AT: u64 = 1 << 20;
/// lm-eval's few-shot seed.
const SEED: u64 = 1234;
/// Keys that a task file has and a native suite does not.
const KEYS: [&str; 6] = [
    "output_type",
    "dataset_path",
    "doc_to_text",
    "doc_to_target",
    "include",
    "group",
];

/// Which task becomes suites, and how it is asked.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// The task file, or the file of a group.
    pub task: PathBuf,
    /// The folder to which the suites go, each in one of its own.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Only the first N documents of each task.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    #[command(flatten, next_help_heading = TASK_FILES)]
    pub how: How,
}

/// The heading over the options of tasks.
pub const TASK_FILES: &str = "Task files of lm-evaluation-harness";

/// How tasks are asked: lm-eval's options, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct How {
    /// Solved examples before each document, where the task does not say 0.
    #[arg(long, value_name = "N")]
    pub num_fewshot: Option<usize>,
    /// Ask in a conversation, by the model's chat template.
    #[arg(long)]
    pub apply_chat_template: bool,
    /// In a conversation, examples are turns of their own.
    #[arg(long, requires = "apply_chat_template")]
    pub fewshot_as_multiturn: bool,
    /// What stands before the task's own description.
    #[arg(long, value_name = "TEXT")]
    pub system_instruction: Option<String>,
    /// A folder with the data sets that tasks name, as `<dataset_path>/<dataset_name>/<split>.jsonl`.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A folder, as lm-eval's `tasks`, in which members of a group are looked for that its own folder does not have.
    #[arg(long, value_name = "DIR")]
    pub include_path: Vec<PathBuf>,
    /// The language of the documents. Without it, English.
    #[arg(long, value_name = "L")]
    pub task_lang: Option<Language>,
}

/// Carries out `weigh import lm-eval`.
pub fn command(args: &ImportArgs, output: &Output) -> Result<(), Failure> {
    let suites = suites(&args.task, &args.how, args.limit, output)?;
    for (id, _) in &suites {
        let place = args.out.join(id);
        if place.exists() {
            let exists = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(Failure::not_written(&place, &exists, "--out"));
        }
    }
    for (id, files) in suites {
        let place = args.out.join(&id);
        write(&place, &files).map_err(|fault| Failure::not_written(&place, &fault, "--out"))?;
        output.line(&place.display().to_string());
    }
    Ok(())
}

fn write(place: &Path, files: &Files) -> io::Result<()> {
    fs::create_dir_all(place)?;
    for (name, bytes) in files {
        folder::write_new(&place.join(name), bytes)?;
    }
    Ok(())
}

/// Whether the file at `path` is a task file rather than a suite.
pub fn is_task(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    if !matches!(ending, Some("yaml" | "yml")) {
        return false;
    }
    let bytes = folder::read_file(path, MOST_LOOKED_AT).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    match yaml::parse(&text) {
        Ok(document) => {
            KEYS.iter().any(|key| document.get(key).is_some()) && document.get("cases").is_none()
        }
        // What cannot be read is told by whoever reads it: by a line that only tasks have.
        Err(_) => text
            .lines()
            .any(|line| KEYS.iter().any(|key| line.starts_with(&format!("{key}:")))),
    }
}

/// The suites of a task file or a group.
pub fn suites(
    path: &Path,
    how: &How,
    limit: Option<usize>,
    output: &Output,
) -> Result<Vec<(String, Files)>, Failure> {
    let made = group::chosen(path, &how.include_path).map_err(|found| faults(&found))?;
    let mut tasks = Vec::new();
    let mut wrong = made.faults;
    for member in made.tasks {
        match task::read(&member.entries) {
            Ok((task, warnings)) => tasks.push((member.file, task, warnings)),
            Err(more) => wrong.extend(more),
        }
    }
    // What a group says is wrong in each of its tasks.
    wrong.sort();
    wrong.dedup();
    if !wrong.is_empty() {
        return Err(faults(&wrong));
    }
    let of_tasks = tasks.iter().flat_map(|(_, _, warnings)| warnings);
    let mut warnings: Vec<&Fault> = made.warnings.iter().chain(of_tasks).collect();
    warnings.sort();
    warnings.dedup();
    for warning in warnings {
        output.note(&format!("warning: {warning}"));
    }
    let mut suites = Vec::new();
    for (file, task, _) in &tasks {
        suites.push(one(file, task, made.group.as_ref(), how, limit)?);
    }
    Ok(suites)
}

/// The same as sources of a run.
pub fn sources(
    path: &Path,
    how: &How,
    limit: Option<usize>,
    output: &Output,
) -> Result<Vec<(String, SuiteSource)>, Failure> {
    let suites = suites(path, how, limit, output)?.into_iter();
    let source = |(id, files)| {
        let place = path.display().to_string();
        (id, SuiteSource::Made { place, files })
    };
    Ok(suites.map(source).collect())
}

pub(super) fn open(path: &Path) -> io::Result<Vec<u8>> {
    folder::read_file(path, MOST_BYTES).map_err(|fault| io::Error::other(fault.to_string()))
}

/// Of a file that nobody named.
pub(super) fn look(path: &Path) -> io::Result<Vec<u8>> {
    folder::read_file(path, MOST_LOOKED_AT).map_err(|fault| io::Error::other(fault.to_string()))
}

fn faults(faults: &[Fault]) -> Failure {
    let mut details = String::new();
    let mut diagnostics = Vec::new();
    for fault in faults {
        details.push_str(&format!("{fault}\n"));
        if let Some(help) = &fault.help {
            details.push_str(&format!("  help: {help}\n"));
        }
        diagnostics.push(Diagnostic {
            help: fault.help.clone(),
            ..at(&fault.file, fault.place, &fault.message)
        });
    }
    Failure {
        help: "docs/lm_eval.md says what of a task file is read".to_owned(),
        ..Failure::faults("cannot use the task file", details, diagnostics)
    }
}

fn at(file: &Path, place: yaml::Place, message: &str) -> Diagnostic {
    let file = file.display().to_string();
    Diagnostic::error(file, BAD_TASK_FILE, (place.line, place.column), message)
}

fn refused(path: &Path, lines: &[String]) -> Failure {
    let told = lines
        .iter()
        .map(|line| format!("{}: {line}", path.display()));
    let told: Vec<String> = told.collect();
    let whole = yaml::Place { line: 1, column: 1 };
    let diagnostics = lines.iter().map(|line| at(path, whole, line)).collect();
    Failure {
        help: "docs/lm_eval.md says what of a task is asked".to_owned(),
        ..Failure::faults("cannot use the task", told.join("\n"), diagnostics)
    }
}

fn one(
    path: &Path,
    task: &Task,
    group: Option<&Group>,
    how: &How,
    limit: Option<usize>,
) -> Result<(String, Files), Failure> {
    let documents =
        data::documents(task, how.data.as_deref(), &open).map_err(|found| faults(&found))?;
    let options = Options {
        num_fewshot: how.num_fewshot,
        chat: how.apply_chat_template,
        multiturn: how.fewshot_as_multiturn,
        system_instruction: how.system_instruction.clone().unwrap_or_default(),
        limit,
        seed: SEED,
    };
    let told = |lines: Vec<String>| refused(path, &lines);
    let rendered = render(task, &documents, &options)
        .map_err(|found| told(found.iter().map(ToString::to_string).collect()))?;
    let language = how.task_lang.clone().map_or_else(|| "en".parse(), Ok);
    let language = language
        .map_err(|_| Failure::new(Exit::Usage, "cannot tell the language", "give --task-lang"))?;
    let all = documents.test.rows.len();
    let files = suite::files(task, &rendered, all, &language, &options, group).map_err(told)?;
    Ok((format!("local/{}", suite::id(&task.name)), files))
}
