//! Reads a task out of the entries of its files.
//!
//! Python code is refused with its place, every piece of it at once. Keys that lm-eval itself does
//! not read are told as warnings.

use std::path::PathBuf;

use super::super::load::{self, Entry, Fault};
use super::super::python::Python;
use super::super::yaml::{Node, Place, Yaml};
use super::{Data, OUTPUT_TYPES, OutputType, Task};

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
        file: PathBuf::from(super::super::origin::ORIGIN),
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

pub(super) struct Reader<'a> {
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
    pub(super) fn find(&self, key: &str) -> Option<&'a Entry> {
        let found = load::find(self.entries, key);
        found.filter(|entry| entry.value.node != Node::Scalar(Python::None))
    }

    pub(super) fn fault(&mut self, entry: &Entry, expected: &str) {
        self.fault_at(entry, &entry.value, expected);
    }

    pub(super) fn fault_at(&mut self, entry: &Entry, value: &Yaml, expected: &str) {
        // Python code has been told already.
        if value.functions().is_empty() {
            let message = format!("`{}`: expected {expected}", entry.key);
            self.faults.push(entry.fault_at(value.place, message));
        }
    }

    /// A text, or a number written as one.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
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

    pub(super) fn missing(&mut self, key: &str) {
        if let Some(any) = self.entries.first() {
            let place = Place { line: 1, column: 1 };
            self.faults
                .push(any.fault_at(place, format!("expected the key `{key}`")));
        }
    }

    pub(super) fn count(&mut self, key: &str) -> Option<usize> {
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
            let names = files.each().iter();
            let paths: Option<Vec<PathBuf>> = names
                .map(|name| name.as_text().map(|name| folder.join(name)))
                .collect();
            match paths {
                Some(paths) => all.push((split, paths)),
                None => self.fault_at(entry, files, "paths of files"),
            }
        }
        all
    }
}
