//! results.json (`EvalResults` in `lm_eval/result_schema.py`).

use super::consolidate::GroupExport;
use super::export::{Export, Figure, text};
use super::metric::Metric;
use super::origin::Origin;
use super::python::Python;
use super::task::Task;

/// A part of results.json under the names of tasks or groups.
pub type Parts = Vec<(&'static str, Python)>;

/// What stands in the part `name`.
pub(super) fn part<'a>(parts: &'a Parts, name: &str) -> Option<&'a Python> {
    let mut parts = parts.iter();
    parts
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// What stands under the task's name in each part of results.json.
pub(super) fn parts(
    task: &Task,
    origin: &Origin,
    figures: &[Figure],
    metrics: &[(String, Metric)],
    count: usize,
) -> Parts {
    let number = |number: usize| Python::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let mut results = vec![
        ("name".to_owned(), text(&task.name)),
        (
            "alias".to_owned(),
            text(task.alias.as_ref().unwrap_or(&task.name)),
        ),
        ("sample_len".to_owned(), number(count)),
    ];
    for one in figures {
        let (metric, filter) = (&one.metric, &one.filter);
        results.push((format!("{metric},{filter}"), Python::Float(one.value)));
        let stderr = one.stderr.map_or_else(|| text("N/A"), Python::Float);
        results.push((format!("{metric}_stderr,{filter}"), stderr));
    }
    let higher = |(name, metric): &(String, Metric)| {
        let said = task.metrics.iter().flatten().find(|one| one.name == *name);
        let said = said.and_then(|one| one.higher_is_better);
        (
            name.clone(),
            Python::Bool(said.unwrap_or(metric.higher_is_better())),
        )
    };
    let samples = vec![
        ("original".to_owned(), number(origin.documents)),
        ("effective".to_owned(), number(count)),
    ];
    vec![
        ("results", Python::Dict(results)),
        ("configs", origin.task.clone()),
        (
            "versions",
            task.version.clone().unwrap_or_else(|| text("Yaml")),
        ),
        ("n-shot", number(origin.num_fewshot)),
        (
            "higher_is_better",
            Python::Dict(metrics.iter().map(higher).collect()),
        ),
        ("n-samples", Python::Dict(samples)),
    ]
}

/// results.json of several tasks and groups, with `config` for what ran them.
#[must_use]
pub fn results(tasks: &[Export], groups: &[GroupExport], config: Python) -> Python {
    let under = |part: &str| {
        let tasks = tasks.iter().map(|task| (&task.task, &task.parts));
        let groups = groups.iter().map(|group| (&group.group, &group.parts));
        let entry = |(name, parts): (&String, &Parts)| {
            Some((name.clone(), self::part(parts, part)?.clone()))
        };
        tasks.chain(groups).filter_map(entry).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for (part, is_sorted) in [
        ("results", false),
        ("groups", false),
        ("group_subtasks", false),
        ("configs", true),
        ("versions", true),
        ("n-shot", true),
        ("higher_is_better", true),
        ("n-samples", false),
    ] {
        let mut entries = under(part);
        if is_sorted {
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
        // Without means of groups there is no such key.
        if part != "groups" || !entries.is_empty() {
            all.push((part.to_owned(), Python::Dict(entries)));
        }
    }
    all.push(("config".to_owned(), config));
    Python::Dict(all)
}
