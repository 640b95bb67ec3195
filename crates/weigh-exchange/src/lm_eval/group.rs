//! A group of tasks: what `GroupConfig` in `lm_eval/config/group.py` holds.

use serde::{Deserialize, Serialize};

use super::load::{Entry, Fault, find};
use super::python::Python;
use super::yaml::{Node, Yaml};

/// The keys of a group. Every other key of its file is a setting of its tasks.
pub const KEYS: [&str; 5] = [
    "group",
    "group_alias",
    "task",
    "aggregate_metric_list",
    "metadata",
];

/// A group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// `group`; of one without a file of its own behind the name of the group that holds it.
    pub name: String,
    /// `group_alias`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// `metadata.version`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `aggregate_metric_list`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<Mean>,
    /// What it holds, each name once.
    pub children: Vec<Child>,
}

/// One entry of `aggregate_metric_list`: a metric whose mean over tasks is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mean {
    /// `metric`.
    pub metric: String,
    /// `filter_list`; none where every filter that a task has is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filters: Option<Vec<String>>,
    /// `weight_by_size`.
    pub by_size: bool,
}

/// A task or a group within a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Child {
    /// A task's name.
    Task(String),
    /// A group.
    Group(Group),
}

impl Child {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Task(name) => name,
            Self::Group(group) => &group.name,
        }
    }
}

impl Group {
    /// Adds a child. One of the same name leaves it its place.
    pub fn add(&mut self, child: Child) {
        let same = |old: &&mut Child| old.name() == child.name();
        match self.children.iter_mut().find(same) {
            Some(old) => *old = child,
            None => self.children.push(child),
        }
    }

    /// Its tasks and those of the groups in it, in their order. A task of two groups stands twice.
    #[must_use]
    pub fn tasks(&self) -> Vec<&str> {
        let mut tasks = Vec::new();
        for child in &self.children {
            match child {
                Child::Task(name) => tasks.push(name.as_str()),
                Child::Group(group) => tasks.extend(group.tasks()),
            }
        }
        tasks
    }

    /// The groups in it.
    pub fn groups(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Task(_) => None,
            Child::Group(group) => Some(group),
        })
    }
}

/// The group `name` as `entries` tell it, without its children.
///
/// # Errors
/// Every value of another type, Python code and every aggregation but the mean.
pub fn read(name: String, entries: &[Entry]) -> Result<Group, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut alias = None;
    if let Some(entry) = find(entries, "group_alias") {
        match &entry.value.node {
            Node::Scalar(Python::None) => {}
            Node::Scalar(value) => alias = Some(value.to_string()),
            Node::Function(_) | Node::List(_) | Node::Map(_) => {
                faults.push(entry.fault("`group_alias`: expected a text"));
            }
        }
    }
    let mut means = Vec::new();
    if let Some(entry) = find(entries, "aggregate_metric_list") {
        match means_of(entry) {
            Ok(found) => means = found,
            Err(more) => faults.extend(more),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let version = find(entries, "metadata").and_then(|entry| entry.value.get("version"));
    Ok(Group {
        name,
        // An empty one counts as none.
        alias: alias.filter(|alias| !alias.is_empty()),
        version: version.map(|version| version.plain().to_string()),
        means,
        children: Vec::new(),
    })
}

/// One mapping, or a list of them.
fn means_of(entry: &Entry) -> Result<Vec<Mean>, Vec<Fault>> {
    let items = match &entry.value.node {
        Node::Scalar(Python::None) => &[],
        Node::List(_) | Node::Map(_) | Node::Scalar(_) | Node::Function(_) => entry.value.each(),
    };
    let (mut means, mut faults) = (Vec::new(), Vec::new());
    for item in items {
        match mean(entry, item) {
            Ok(mean) => means.push(mean),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        Ok(means)
    } else {
        Err(faults)
    }
}

fn mean(entry: &Entry, item: &Yaml) -> Result<Mean, Fault> {
    let told = |value: &Yaml, expected: &str| {
        let message = format!("`aggregate_metric_list`: expected {expected}");
        Err(entry.fault_at(value.place, message))
    };
    let mut metric = None;
    let mut mean = Mean {
        metric: String::new(),
        filters: None,
        by_size: true,
    };
    for (key, value) in item.entries() {
        match (key.as_str(), &value.node) {
            (_, Node::Function(name)) => {
                return told(
                    value,
                    &format!("no Python code (`{name}`), which is not run"),
                );
            }
            ("metric", Node::Scalar(name)) => metric = Some(name.to_string()),
            ("aggregation", Node::Scalar(Python::Text(word))) if word == "mean" => {}
            ("aggregation", _) => return told(value, "`aggregation: mean`, the only one there is"),
            ("weight_by_size", _) => mean.by_size = value.plain().is_true(),
            ("filter_list", Node::Scalar(Python::None)) => {}
            ("filter_list", Node::Scalar(Python::Text(_)) | Node::List(_)) => {
                let names = value.each().iter();
                mean.filters = Some(names.map(|name| name.plain().to_string()).collect());
            }
            ("filter_list", _) => return told(value, "the name of a filter, or a list of names"),
            _ => {
                let keys = "`metric`, `filter_list`, `aggregation` or `weight_by_size`";
                return told(value, &format!("{keys}, not `{key}`"));
            }
        }
    }
    match metric {
        Some(metric) => Ok(Mean { metric, ..mean }),
        None => told(item, "`metric: <name>` in each item"),
    }
}
