//! A task: what `TaskConfig` in `lm_eval/config/task.py` holds, as far as it is declarative.
//!
//! Python code is refused with its place, every piece of it at once. Keys that lm-eval itself does
//! not read are told as warnings.

use std::path::PathBuf;

use super::load::{Entry, Fault};
use super::python::Python;
use super::shots::Sampler;
use super::yaml::{Node, Yaml};

/// How the model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputType {
    /// The likelihood of each choice.
    MultipleChoice,
    /// A reply.
    GenerateUntil,
    /// The likelihood of a text after another.
    Loglikelihood,
    /// The likelihood of a whole text.
    LoglikelihoodRolling,
}

/// The words for it.
pub const OUTPUT_TYPES: [(&str, OutputType); 4] = [
    ("multiple_choice", OutputType::MultipleChoice),
    ("generate_until", OutputType::GenerateUntil),
    ("loglikelihood", OutputType::Loglikelihood),
    ("loglikelihood_rolling", OutputType::LoglikelihoodRolling),
];

/// What a part of a prompt is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// The same for every document.
    Fixed(Python),
    /// A column's name, or a template.
    Template(String),
}

/// Where documents come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// `dataset_path`: `json`, `csv`, `parquet`, or a name in a hub.
    pub path: String,
    /// `dataset_name`.
    pub name: Option<String>,
    /// `dataset_kwargs.data_files`: the files of each split, from the task's folder.
    pub files: Vec<(String, Vec<PathBuf>)>,
    /// Where `dataset_path` stands.
    pub entry: Entry,
}

/// The parts of a question and its answer, for documents or for examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// `doc_to_text`.
    pub text: Field,
    /// `doc_to_target`.
    pub target: Field,
    /// `doc_to_choice`.
    pub choice: Option<Field>,
    /// `gen_prefix`.
    pub gen_prefix: Option<String>,
    /// `target_delimiter`.
    pub target_delimiter: String,
    /// `fewshot_delimiter`.
    pub fewshot_delimiter: String,
}

/// Examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Examples {
    /// `num_fewshot`, where the task says it.
    pub count: Option<usize>,
    /// `fewshot_split`, or `fewshot_config.split`.
    pub split: Option<String>,
    /// `fewshot_config.samples`.
    pub samples: Option<Vec<Python>>,
    /// `fewshot_config.fewshot_indices`.
    pub indices: Option<Vec<usize>>,
    /// `fewshot_config.sampler`.
    pub sampler: Sampler,
    /// How an example is written.
    pub parts: Parts,
}

/// One entry of `metric_list`.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// `metric`.
    pub name: String,
    /// `aggregation`, where it is said.
    pub aggregation: Option<String>,
    /// `higher_is_better`, where it is said.
    pub higher_is_better: Option<bool>,
    /// The rest, which the metric itself reads.
    pub options: Vec<(String, Python)>,
    /// Where it stands.
    pub entry: Entry,
}

/// One entry of `filter_list`: its name and its steps, each a function with its options.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// `name`.
    pub name: String,
    /// `filter`.
    pub steps: Vec<Step>,
}

/// A step of a pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// `function`.
    pub function: String,
    /// The rest.
    pub options: Vec<(String, Python)>,
    /// Where it stands.
    pub entry: Entry,
}

/// A declarative task.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// `task`.
    pub name: String,
    /// `task_alias`.
    pub alias: Option<String>,
    /// `output_type`.
    pub output_type: OutputType,
    /// Where documents come from.
    pub data: Data,
    /// `training_split`.
    pub training_split: Option<String>,
    /// `validation_split`.
    pub validation_split: Option<String>,
    /// `test_split`.
    pub test_split: Option<String>,
    /// `description`.
    pub description: String,
    /// How a document is written.
    pub parts: Parts,
    /// Examples before it.
    pub examples: Examples,
    /// `metric_list`; none where the task has none and the defaults hold.
    pub metrics: Option<Vec<Metric>>,
    /// `filter_list`.
    pub filters: Vec<Pipeline>,
    /// `generation_kwargs`.
    pub generation: Vec<(String, Python)>,
    /// `repeats`.
    pub repeats: usize,
    /// `metadata.version`.
    pub version: Option<Python>,
    /// The whole of it, includes resolved, as results files show it.
    pub config: Python,
}

/// Keys that change nothing here, or that a group reads.
const PASSED_OVER: [&str; 9] = [
    "tag",
    "group",
    "group_alias",
    "task_list",
    "should_decontaminate",
    "doc_to_decontamination_query",
    "aggregate_metric_list",
    "metadata",
    "unsafe_code",
];

/// The keys of a task.
const KEYS: [&str; 24] = [
    "task",
    "task_alias",
    "output_type",
    "dataset_path",
    "dataset_name",
    "dataset_kwargs",
    "training_split",
    "validation_split",
    "test_split",
    "fewshot_split",
    "fewshot_config",
    "num_fewshot",
    "description",
    "doc_to_text",
    "doc_to_target",
    "doc_to_choice",
    "gen_prefix",
    "target_delimiter",
    "fewshot_delimiter",
    "metric_list",
    "filter_list",
    "generation_kwargs",
    "repeats",
    "include",
];

/// Reads a task out of `entries`, and what nobody reads in it.
///
/// # Errors
/// Every fault, sorted by file and place: Python code, missing keys, values of another type.
pub fn read(entries: &[Entry]) -> Result<(Task, Vec<Fault>), Vec<Fault>> {
    let mut reader = Reader {
        entries,
        faults: Vec::new(),
    };
    reader.python_code();
    let task = reader.task();
    let mut faults = reader.faults;
    faults.sort();
    match task {
        Some(task) if faults.is_empty() => Ok((task, unread(entries))),
        Some(_) | None => Err(faults),
    }
}

/// Reads a task again out of its whole configuration, as [`Task::config`] holds it.
///
/// # Errors
/// As [`read`], without places.
pub fn of_config(config: &Python) -> Result<Task, Vec<Fault>> {
    let Python::Dict(entries) = config else {
        return Err(Vec::new());
    };
    let entry = |(key, value): &(String, Python)| Entry {
        key: key.clone(),
        value: Yaml::of(value),
        file: PathBuf::from(super::suite::ORIGIN),
    };
    let entries: Vec<Entry> = entries.iter().map(entry).collect();
    read(&entries).map(|(task, _)| task)
}

/// Warnings for keys that nobody reads.
fn unread(entries: &[Entry]) -> Vec<Fault> {
    let known = |key: &str| KEYS.contains(&key) || PASSED_OVER.contains(&key);
    let unknown = entries.iter().filter(|entry| !known(&entry.key));
    unknown
        .map(|entry| entry.fault(format!("`{}` is not read", entry.key)))
        .collect()
}

struct Reader<'a> {
    entries: &'a [Entry],
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn python_code(&mut self) {
        for entry in self.entries {
            for (place, name) in entry.value.functions() {
                let message = format!(
                    "`{}` is Python code (`{name}`), which is not run",
                    entry.key
                );
                let help = "write it as a template, or prepare the documents beforehand";
                self.faults.push(Fault {
                    help: Some(help.to_owned()),
                    ..entry.fault_at(place, message)
                });
            }
        }
        for key in [
            "class",
            "custom_dataset",
            "process_docs",
            "process_results",
            "use_prompt",
            "doc_to_image",
            "doc_to_audio",
        ] {
            if let Some(entry) = self.find(key)
                && entry.value.functions().is_empty()
                && entry.value.node != Node::Scalar(Python::None)
            {
                self.faults
                    .push(entry.fault(format!("`{key}` cannot be read here")));
            }
        }
    }

    /// The entry, where it is there and not null.
    fn find(&self, key: &str) -> Option<&'a Entry> {
        let found = self.entries.iter().find(|entry| entry.key == key);
        found.filter(|entry| entry.value.node != Node::Scalar(Python::None))
    }

    fn fault(&mut self, entry: &Entry, expected: &str) {
        self.fault_at(entry, &entry.value, expected);
    }

    fn fault_at(&mut self, entry: &Entry, value: &Yaml, expected: &str) {
        // Python code has been told already.
        if value.functions().is_empty() {
            let message = format!("`{}`: expected {expected}", entry.key);
            self.faults.push(entry.fault_at(value.place, message));
        }
    }

    /// A text, or a number written as one.
    fn text(&mut self, key: &str) -> Option<String> {
        let entry = self.find(key)?;
        if let Node::Scalar(value) = &entry.value.node {
            return Some(value.to_string());
        }
        self.fault(entry, "a text");
        None
    }

    fn required(&mut self, key: &str) -> Option<String> {
        if self.find(key).is_none() {
            self.missing(key);
        }
        self.text(key)
    }

    fn missing(&mut self, key: &str) {
        if let Some(any) = self.entries.first() {
            let place = super::yaml::Place { line: 1, column: 1 };
            self.faults
                .push(any.fault_at(place, format!("expected the key `{key}`")));
        }
    }

    fn count(&mut self, key: &str) -> Option<usize> {
        let entry = self.find(key)?;
        let number = entry.value.plain().as_int();
        let number = number.and_then(|number| usize::try_from(number).ok());
        if number.is_none() {
            self.fault(entry, "a number from 0");
        }
        number
    }

    fn task(&mut self) -> Option<Task> {
        let name = self.required("task");
        let output_type = self.output_type();
        let data = self.data();
        let parts = self.parts(output_type);
        let (count, repeats) = (self.count("num_fewshot"), self.count("repeats"));
        let examples = parts.as_ref().and_then(|parts| self.examples(count, parts));
        let metrics = self.metrics();
        let filters = self.filters();
        let generation = self.options("generation_kwargs");
        Some(Task {
            name: name?,
            alias: self.text("task_alias"),
            output_type: output_type?,
            data: data?,
            training_split: self.text("training_split"),
            validation_split: self.text("validation_split"),
            test_split: self.text("test_split"),
            description: self.text("description").unwrap_or_default(),
            parts: parts?,
            examples: examples?,
            metrics,
            filters,
            generation,
            repeats: repeats.unwrap_or(1),
            version: self
                .find("metadata")
                .and_then(|entry| entry.value.get("version"))
                .map(Yaml::plain),
            config: self.config(),
        })
    }

    fn config(&self) -> Python {
        let entry = |entry: &Entry| (entry.key.clone(), entry.value.plain());
        Python::Dict(self.entries.iter().map(entry).collect())
    }

    fn output_type(&mut self) -> Option<OutputType> {
        let Some(entry) = self.find("output_type") else {
            return Some(OutputType::GenerateUntil);
        };
        let said = entry.value.as_text();
        let found = OUTPUT_TYPES.iter().find(|(word, _)| said == Some(word));
        if found.is_none() {
            let words = OUTPUT_TYPES.map(|(word, _)| word).join("`, `");
            self.fault(entry, &format!("one of `{words}`"));
        }
        found.map(|(_, output_type)| *output_type)
    }

    fn data(&mut self) -> Option<Data> {
        let path = self.required("dataset_path")?;
        Some(Data {
            path,
            name: self.text("dataset_name"),
            files: self.data_files(),
            entry: self.find("dataset_path")?.clone(),
        })
    }

    /// `data_files` is one path, a list of them, or a mapping from splits to either; without splits
    /// the split is `train`, as in the library that reads them.
    fn data_files(&mut self) -> Vec<(String, Vec<PathBuf>)> {
        let Some(entry) = self.find("dataset_kwargs") else {
            return Vec::new();
        };
        let Some(files) = entry.value.get("data_files") else {
            return Vec::new();
        };
        let folder = entry.file.parent().unwrap_or(std::path::Path::new(""));
        let folder = entry
            .value
            .get("data_dir")
            .and_then(Yaml::as_text)
            .map_or(folder.to_owned(), |dir| folder.join(dir));
        let splits: Vec<(String, &Yaml)> = match &files.node {
            Node::Map(splits) => splits
                .iter()
                .map(|(split, files)| (split.clone(), files))
                .collect(),
            Node::Scalar(_) | Node::List(_) | Node::Function(_) => {
                vec![("train".to_owned(), files)]
            }
        };
        let mut all = Vec::new();
        for (split, files) in splits {
            let names = match &files.node {
                Node::List(items) => items.iter().collect(),
                Node::Scalar(_) | Node::Function(_) | Node::Map(_) => vec![files],
            };
            let paths: Option<Vec<PathBuf>> = names
                .iter()
                .map(|name| name.as_text().map(|name| folder.join(name)))
                .collect();
            match paths {
                Some(paths) => all.push((split, paths)),
                None => self.fault_at(entry, files, "paths of files"),
            }
        }
        all
    }

    fn parts(&mut self, output_type: Option<OutputType>) -> Option<Parts> {
        let rolling = output_type == Some(OutputType::LoglikelihoodRolling);
        let text = match self.find("doc_to_text") {
            None if rolling => Some(Field::Fixed(Python::Text(String::new()))),
            None => {
                self.missing("doc_to_text");
                None
            }
            Some(entry) => self.field(entry, &entry.value),
        };
        let target = match self.find("doc_to_target") {
            None => {
                self.missing("doc_to_target");
                None
            }
            Some(entry) => self.field(entry, &entry.value),
        };
        let choice = match self.find("doc_to_choice") {
            None => None,
            Some(entry) => Some(self.choices(entry, &entry.value)?),
        };
        if choice.is_none() && output_type == Some(OutputType::MultipleChoice) {
            self.missing("doc_to_choice");
        }
        Some(Parts {
            text: text?,
            target: target?,
            choice,
            gen_prefix: self.text("gen_prefix"),
            target_delimiter: self
                .text("target_delimiter")
                .unwrap_or_else(|| " ".to_owned()),
            fewshot_delimiter: self
                .text("fewshot_delimiter")
                .unwrap_or_else(|| "\n\n".to_owned()),
        })
    }

    fn field(&mut self, entry: &Entry, value: &Yaml) -> Option<Field> {
        match &value.node {
            Node::Scalar(Python::Text(text)) => Some(Field::Template(text.clone())),
            Node::Scalar(number @ Python::Int(_)) => Some(Field::Fixed(number.clone())),
            Node::List(_) => Some(Field::Fixed(value.plain())),
            Node::Scalar(_) | Node::Function(_) | Node::Map(_) => {
                self.fault_at(entry, value, "a column, a template, a number or a list");
                None
            }
        }
    }

    /// Choices: a list, the values of a mapping, a column, or a template of a list.
    fn choices(&mut self, entry: &Entry, value: &Yaml) -> Option<Field> {
        match &value.node {
            Node::Scalar(Python::Text(text)) => Some(Field::Template(text.clone())),
            Node::List(_) => Some(Field::Fixed(value.plain())),
            Node::Map(entries) => {
                let values = entries.iter().map(|(_, value)| value.plain());
                Some(Field::Fixed(Python::List(values.collect())))
            }
            Node::Scalar(_) | Node::Function(_) => {
                self.fault_at(entry, value, "a list, a mapping, a column or a template");
                None
            }
        }
    }

    fn examples(&mut self, count: Option<usize>, parts: &Parts) -> Option<Examples> {
        let mut examples = Examples {
            count,
            split: self.text("fewshot_split"),
            samples: None,
            indices: None,
            sampler: Sampler::Default,
            parts: parts.clone(),
        };
        let Some(entry) = self.find("fewshot_config") else {
            return Some(examples);
        };
        for (key, value) in entry.value.entries() {
            self.example(entry, key, value, &mut examples);
        }
        Some(examples)
    }

    fn example(&mut self, entry: &Entry, key: &str, value: &Yaml, examples: &mut Examples) {
        let text = value.as_text().map(str::to_owned);
        let parts = &mut examples.parts;
        match key {
            _ if value.node == Node::Scalar(Python::None) => {}
            "sampler" => match value.as_text() {
                Some("default") => examples.sampler = Sampler::Default,
                Some("first_n") => examples.sampler = Sampler::FirstN,
                Some(_) | None => self.fault_at(entry, value, "`default` or `first_n`"),
            },
            "split" => examples.split = text,
            "samples" => match value.plain().as_list() {
                Some(samples) => examples.samples = Some(samples.to_vec()),
                None => self.fault_at(entry, value, "a list of documents"),
            },
            "fewshot_indices" => match indices(value) {
                Some(indices) => examples.indices = Some(indices),
                None => self.fault_at(entry, value, "a list of numbers from 0"),
            },
            "doc_to_text" => parts.text = self.field(entry, value).unwrap_or(parts.text.clone()),
            "doc_to_target" => {
                parts.target = self.field(entry, value).unwrap_or(parts.target.clone())
            }
            "doc_to_choice" => parts.choice = self.choices(entry, value),
            "gen_prefix" => parts.gen_prefix = text,
            "target_delimiter" => parts.target_delimiter = text.unwrap_or_default(),
            "fewshot_delimiter" => parts.fewshot_delimiter = text.unwrap_or_default(),
            _ => self.fault_at(
                entry,
                value,
                &format!("no key `{key}`, which lm-eval does not know"),
            ),
        }
    }

    fn metrics(&mut self) -> Option<Vec<Metric>> {
        let entry = self.find("metric_list")?;
        let Node::List(items) = &entry.value.node else {
            self.fault(entry, "a list of metrics");
            return None;
        };
        let mut metrics = Vec::new();
        for item in items {
            let Some(name) = item.get("metric").and_then(Yaml::as_text) else {
                self.fault_at(entry, item, "`metric: <name>` in each item");
                continue;
            };
            let read = ["metric", "aggregation", "higher_is_better", "hf_evaluate"];
            metrics.push(Metric {
                name: name.to_owned(),
                aggregation: item
                    .get("aggregation")
                    .and_then(Yaml::as_text)
                    .map(str::to_owned),
                higher_is_better: item
                    .get("higher_is_better")
                    .map(|value| value.plain() == Python::Bool(true)),
                options: rest(item, &read),
                entry: at(entry, item),
            });
        }
        Some(metrics)
    }

    fn filters(&mut self) -> Vec<Pipeline> {
        let Some(entry) = self.find("filter_list") else {
            return Vec::new();
        };
        let Node::List(items) = &entry.value.node else {
            self.fault(entry, "a list of filters");
            return Vec::new();
        };
        let mut pipelines = Vec::new();
        for item in items {
            let name = item.get("name").map(|name| name.plain().to_string());
            let steps = item.get("filter").map(|steps| &steps.node);
            let (Some(name), Some(Node::List(steps))) = (name, steps) else {
                self.fault_at(entry, item, "`name` and a list `filter` in each item");
                continue;
            };
            let steps = self.steps(entry, steps);
            pipelines.push(Pipeline { name, steps });
        }
        pipelines
    }

    fn steps(&mut self, entry: &Entry, items: &[Yaml]) -> Vec<Step> {
        let mut steps = Vec::new();
        for item in items {
            match item.get("function").and_then(Yaml::as_text) {
                Some(function) => steps.push(Step {
                    function: function.to_owned(),
                    options: rest(item, &["function"]),
                    entry: at(entry, item),
                }),
                None => self.fault_at(entry, item, "`function: <name>` in each step"),
            }
        }
        steps
    }

    fn options(&mut self, key: &str) -> Vec<(String, Python)> {
        let Some(entry) = self.find(key) else {
            return Vec::new();
        };
        if !matches!(entry.value.node, Node::Map(_)) {
            self.fault(entry, "a mapping");
        }
        rest(&entry.value, &[])
    }
}

/// The entries of a mapping that are not in `read`.
fn rest(mapping: &Yaml, read: &[&str]) -> Vec<(String, Python)> {
    let entries = mapping.entries().iter();
    let rest = entries.filter(|(key, _)| !read.contains(&key.as_str()));
    rest.map(|(key, value)| (key.clone(), value.plain()))
        .collect()
}

/// The part of an entry that stands at `value`.
fn at(entry: &Entry, value: &Yaml) -> Entry {
    Entry {
        value: value.clone(),
        ..entry.clone()
    }
}

fn indices(value: &Yaml) -> Option<Vec<usize>> {
    let Node::List(items) = &value.node else {
        return None;
    };
    let index = |item: &Yaml| {
        item.plain()
            .as_int()
            .and_then(|number| usize::try_from(number).ok())
    };
    items.iter().map(index).collect()
}
