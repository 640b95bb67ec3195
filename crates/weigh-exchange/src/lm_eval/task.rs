//! A task: what `TaskConfig` in `lm_eval/config/task.py` holds, as far as it is declarative.

mod lists;
mod parts;
mod read;

use std::path::PathBuf;

pub use self::read::{of_config, read};
use super::load::Entry;
use super::python::Python;
use super::shots::Sampler;

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
