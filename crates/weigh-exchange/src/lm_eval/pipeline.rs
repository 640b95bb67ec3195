//! The filters of a task, ready to use (`lm_eval/filters/`).

use regex::Regex;
use weigh_core::measure::text::pattern;

use super::filter::{Extract, Filter};
use super::load::Fault;
use super::python::Python;
use super::task::{Step, Task};

/// Each pipeline with its name. Without `filter_list` there is `none`, which takes the first reply.
///
/// # Errors
/// Every step that is not known here, at its place.
pub fn of(task: &Task) -> Result<Vec<(String, Vec<Filter>)>, Vec<Fault>> {
    if task.filters.is_empty() {
        return Ok(vec![("none".to_owned(), vec![Filter::TakeFirst])]);
    }
    let mut pipelines = Vec::new();
    let mut faults = Vec::new();
    for pipeline in &task.filters {
        let mut filters = Vec::new();
        for step in &pipeline.steps {
            match filter(step) {
                Ok(filter) => filters.push(filter),
                Err(message) => faults.push(step.entry.fault(message)),
            }
        }
        pipelines.push((pipeline.name.clone(), filters));
    }
    if faults.is_empty() {
        Ok(pipelines)
    } else {
        Err(faults)
    }
}

fn filter(step: &Step) -> Result<Filter, String> {
    let option = |name: &str| {
        let found = step.options.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value)
    };
    Ok(match step.function.as_str() {
        "regex" => Filter::Regex(Extract {
            pattern: regex(option("regex_pattern").and_then(Python::as_text))?,
            group_select: option("group_select").and_then(Python::as_int).unwrap_or(0),
            fallback: option("fallback").map_or_else(|| "[invalid]".to_owned(), Python::to_string),
        }),
        "remove_whitespace" => Filter::RemoveWhitespace,
        "lowercase" => Filter::Lowercase,
        "uppercase" => Filter::Uppercase,
        "take_first" => Filter::TakeFirst,
        "take_first_k" => {
            let count = option("k")
                .and_then(Python::as_int)
                .and_then(|k| usize::try_from(k).ok());
            Filter::TakeFirstK(count.ok_or("expected `k`, a number from 0")?)
        }
        "majority_vote" => Filter::MajorityVote,
        "map" => map(option("mapping_dict"), option("default_value"))?,
        other => return Err(format!("the filter `{other}` is not computed here")),
    })
}

fn regex(pattern: Option<&str>) -> Result<Regex, String> {
    let pattern = pattern.unwrap_or(r"#### (\-?[0-9\.\,]+)");
    pattern::compile(pattern).map_err(|error| format!("the pattern cannot be used here: {error}"))
}

fn map(pairs: Option<&Python>, default: Option<&Python>) -> Result<Filter, String> {
    let Some(Python::Dict(pairs)) = pairs else {
        return Err("expected `mapping_dict`, a mapping".to_owned());
    };
    Ok(Filter::Map {
        pairs: pairs
            .iter()
            .map(|(from, to)| (from.clone(), to.to_string()))
            .collect(),
        default: default.map(Python::to_string),
    })
}
