//! `weigh import lm-eval`, and task files that `weigh run --suite` takes as they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use weigh_core::language::Language;
use weigh_exchange::lm_eval::load::{Entry, Fault, load};
use weigh_exchange::lm_eval::render::{Options, render};
use weigh_exchange::lm_eval::{data, suite, task, yaml};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder::{self, Files};
use crate::home::SuiteSource;
use crate::output::Output;

/// The most bytes of a task file or a file of documents.
const MOST_BYTES: u64 = 512 << 20;
/// The most bytes of a file that is looked at to tell what it is.
const MOST_LOOKED_AT: u64 = 1 << 20;
/// Groups within each other.
const MOST_GROUPS: usize = 16;
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
    #[command(flatten)]
    pub how: How,
}

/// How tasks are asked: lm-eval's options, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Task files of lm-evaluation-harness")]
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
    let mut found = Vec::new();
    for task in members(path)? {
        found.push(one(&task, how, limit, output)?);
    }
    Ok(found)
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

fn open(path: &Path) -> io::Result<Vec<u8>> {
    folder::read_file(path, MOST_BYTES).map_err(|fault| io::Error::other(fault.to_string()))
}

fn faults(faults: &[Fault]) -> Failure {
    let mut details = String::new();
    for fault in faults {
        details.push_str(&format!("{fault}\n"));
        if let Some(help) = &fault.help {
            details.push_str(&format!("  help: {help}\n"));
        }
    }
    Failure {
        help: "docs/lm_eval.md says what of a task file is read".to_owned(),
        ..Failure::faults("cannot use the task file", details, Vec::new())
    }
}

fn refused(path: &Path, lines: &[String]) -> Failure {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("{}: {line}", path.display()))
        .collect();
    Failure {
        help: "docs/lm_eval.md says what of a task is asked".to_owned(),
        ..Failure::faults("cannot use the task", lines.join("\n"), Vec::new())
    }
}

/// The task files that `path` means: itself, or those of the group that it is.
fn members(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = load(path, &open).map_err(|found| faults(&found))?;
    let find = |key: &str| entries.iter().find(|entry| entry.key == key);
    let Some(task) = find("group").and(find("task")) else {
        return Ok(vec![path.to_owned()]);
    };
    let yaml::Node::List(items) = &task.value.node else {
        return Ok(vec![path.to_owned()]);
    };
    let mut group = Group {
        known: neighbours(path),
        members: Vec::new(),
        missing: Vec::new(),
    };
    group.add(task, items, 0);
    if group.missing.is_empty() {
        Ok(group.members)
    } else {
        Err(faults(&group.missing))
    }
}

/// A task or a group in the folder of a group.
struct Neighbour {
    /// The name of the task, or of the group.
    name: String,
    tags: Vec<String>,
    path: PathBuf,
    /// The members, where it is a group.
    members: Option<Entry>,
}

/// What a group has, through its groups and tags.
struct Group {
    known: Vec<Neighbour>,
    members: Vec<PathBuf>,
    missing: Vec<Fault>,
}

impl Group {
    /// Adds the members that `items` names; `entry` is where they stand.
    fn add(&mut self, entry: &Entry, items: &[yaml::Yaml], depth: usize) {
        for item in items {
            let inner = item.get("task").unwrap_or(item);
            let told = |message: &str| entry.fault_at(item.place, message);
            let more = |(key, _): &(String, yaml::Yaml)| key != "task" && key != "task_alias";
            match (&inner.node, inner.as_text()) {
                _ if depth == MOST_GROUPS => self.missing.push(told("the groups hold each other")),
                (yaml::Node::List(items), _) => self.add(entry, items, depth + 1),
                (_, Some(_)) if item.entries().iter().any(more) => {
                    let told = told("what a group changes in its tasks is not read here");
                    self.missing.push(told);
                }
                (_, Some(name)) => self.named(entry, item, name, depth),
                (_, None) => self.missing.push(told("expected the name of a task")),
            }
        }
    }

    /// Adds the task `name`, the members of that group, or every task with that tag.
    fn named(&mut self, entry: &Entry, item: &yaml::Yaml, name: &str, depth: usize) {
        let exact = |one: &&Neighbour| one.name == name;
        let tagged = |one: &&Neighbour| one.tags.iter().any(|tag| tag == name);
        let named = self.known.iter().find(exact);
        if let Some(members) = named.and_then(|one| one.members.clone()) {
            if let yaml::Node::List(items) = &members.value.node {
                self.add(&members, items, depth + 1);
            }
            return;
        }
        let found: Vec<PathBuf> = match named {
            Some(one) => vec![one.path.clone()],
            None => self
                .known
                .iter()
                .filter(tagged)
                .map(|one| one.path.clone())
                .collect(),
        };
        if found.is_empty() {
            let told = format!("no task `{name}` in the folder of the group");
            self.missing.push(entry.fault_at(item.place, told));
        }
        for path in found {
            if !self.members.contains(&path) {
                self.members.push(path);
            }
        }
    }
}

/// The tasks and groups in the folder of a group and in those below it, by name.
fn neighbours(path: &Path) -> Vec<Neighbour> {
    let mut folders = vec![path.parent().unwrap_or(Path::new("")).to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let here = if folder == Path::new("") {
            Path::new(".")
        } else {
            &folder
        };
        for entry in fs::read_dir(here).into_iter().flatten().flatten() {
            let path = folder.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() && is_task(&path) => found.extend(neighbour(path)),
                Ok(_) | Err(_) => {}
            }
        }
    }
    found.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    found
}

/// What a file is to a group; nothing where it has no name or cannot be read.
fn neighbour(path: PathBuf) -> Option<Neighbour> {
    let entries = load(&path, &open).ok()?;
    let find = |key: &str| entries.iter().find(|entry| entry.key == key);
    let members = find("task").filter(|task| matches!(task.value.node, yaml::Node::List(_)));
    let name = if members.is_some() { "group" } else { "task" };
    let tags = find("tag").map(|tag| match &tag.value.node {
        yaml::Node::List(items) => items.iter().map(|item| item.plain().to_string()).collect(),
        yaml::Node::Scalar(_) | yaml::Node::Function(_) | yaml::Node::Map(_) => {
            vec![tag.value.plain().to_string()]
        }
    });
    Some(Neighbour {
        name: find(name)?.value.as_text()?.to_owned(),
        tags: tags.unwrap_or_default(),
        members: members.cloned(),
        path,
    })
}

fn one(
    path: &Path,
    how: &How,
    limit: Option<usize>,
    output: &Output,
) -> Result<(String, Files), Failure> {
    let entries: Vec<Entry> = load(path, &open).map_err(|found| faults(&found))?;
    let (task, warnings) = task::read(&entries).map_err(|found| faults(&found))?;
    for warning in warnings {
        output.note(&format!("warning: {warning}"));
    }
    let documents =
        data::documents(&task, how.data.as_deref(), &open).map_err(|found| faults(&found))?;
    let options = Options {
        num_fewshot: how.num_fewshot,
        chat: how.apply_chat_template,
        multiturn: how.fewshot_as_multiturn,
        system_instruction: how.system_instruction.clone().unwrap_or_default(),
        limit,
        seed: SEED,
    };
    let told = |lines: Vec<String>| refused(path, &lines);
    let rendered = render(&task, &documents, &options)
        .map_err(|found| told(found.iter().map(ToString::to_string).collect()))?;
    let language = how.task_lang.clone().map_or_else(|| "en".parse(), Ok);
    let language = language
        .map_err(|_| Failure::new(Exit::Usage, "cannot tell the language", "give --task-lang"))?;
    let all = documents.test.rows.len();
    let files = suite::files(&task, &rendered, all, &language, &options).map_err(told)?;
    Ok((format!("local/{}", suite::id(&task.name)), files))
}
