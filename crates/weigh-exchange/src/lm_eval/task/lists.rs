//! Metrics, filters and the options of both.

use super::super::load::Entry;
use super::super::python::Python;
use super::super::yaml::{Node, Yaml};
use super::read::Reader;
use super::{Metric, Pipeline, Step};

impl Reader<'_> {
    pub(super) fn metrics(&mut self) -> Option<Vec<Metric>> {
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

    pub(super) fn filters(&mut self) -> Vec<Pipeline> {
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

    pub(super) fn options(&mut self, key: &str) -> Vec<(String, Python)> {
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
