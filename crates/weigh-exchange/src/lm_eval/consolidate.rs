//! What results.json says of groups, from the figures of their tasks (`Group.aggregate` in
//! `lm_eval/api/group.py`, `lm_eval/evaluator_utils.py`).

use std::collections::BTreeSet;

use super::aggregate::{Member, group_mean, pooled_stderr, unweighted_stderr};
use super::export::{Export, Figure, text};
use super::group::{Child, Group, Mean};
use super::python::Python;
use super::results::{self, Parts};

/// One mean of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupFigure {
    /// The metric's name.
    pub metric: String,
    /// The filter's name.
    pub filter: String,
    /// The mean.
    pub value: f64,
    /// Its standard error; none where one of the tasks has none.
    pub stderr: Option<f64>,
    /// The documents of the tasks that have the metric.
    pub count: u64,
}

/// Everything that lm-eval would say of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupExport {
    /// The group's name.
    pub group: String,
    /// Its means, in the order of `aggregate_metric_list`.
    pub figures: Vec<GroupFigure>,
    /// What a mean leaves out: tasks without the metric.
    pub notes: Vec<String>,
    /// The parts of results.json under the group's name.
    pub parts: Parts,
}

/// The groups of `roots` with all of their tasks in `tasks`, those within a group before it, and a line for
/// each group that lacks one: its mean would be another group's.
#[must_use]
pub fn groups(roots: &[Group], tasks: &[Export]) -> (Vec<GroupExport>, Vec<String>) {
    let mut notes = Vec::new();
    let mut whole: Vec<&Group> = Vec::new();
    for root in roots {
        whole.extend(complete(root, tasks, &mut notes));
    }
    let known = known(&whole);
    let mut n_shot = of_tasks(tasks, "n-shot");
    let mut better = of_tasks(tasks, "higher_is_better");
    // Before the groups in them, so that a group of groups alone has no number of examples.
    for group in &known {
        same_shots(group, &mut n_shot);
        directions(group, &mut better);
    }
    let found = |all: &[(String, Python)], name: &str| {
        let entry = all.iter().find(|(key, _)| key == name);
        entry.map(|(_, value)| value.clone())
    };
    let export = |group: &&Group| {
        let mut export = one(group, tasks);
        let optional = [
            ("n-shot", found(&n_shot, &group.name)),
            ("higher_is_better", found(&better, &group.name)),
        ];
        let optional = optional
            .into_iter()
            .filter_map(|(part, value)| Some((part, value?)));
        export.parts.extend(optional);
        export
    };
    let exports = bottom_up(&known).iter().map(export).collect();
    (exports, notes)
}

/// The group, or where tasks of it were not asked those within it that are whole.
fn complete<'a>(group: &'a Group, tasks: &[Export], notes: &mut Vec<String>) -> Vec<&'a Group> {
    let asked = |name: &&&str| tasks.iter().any(|task| task.task == **name);
    let all = group.tasks();
    let absent: BTreeSet<&str> = all.iter().filter(|name| !asked(name)).copied().collect();
    if absent.is_empty() {
        return vec![group];
    }
    let absent: Vec<&str> = absent.into_iter().collect();
    notes.push(format!(
        "no figures of the group `{}`: it was run without {}",
        group.name,
        absent.join(", ")
    ));
    let inner = group.groups();
    inner
        .flat_map(|inner| complete(inner, tasks, notes))
        .collect()
}

/// Every group by its name, outer ones first. The last of a name counts, in the place of the first.
fn known<'a>(roots: &[&'a Group]) -> Vec<&'a Group> {
    fn collect<'a>(group: &'a Group, known: &mut Vec<&'a Group>) {
        match known.iter_mut().find(|old| old.name == group.name) {
            Some(old) => *old = group,
            None => known.push(group),
        }
        for inner in group.groups() {
            collect(inner, known);
        }
    }
    let mut known = Vec::new();
    for root in roots {
        collect(root, &mut known);
    }
    known
}

/// `_collect_groups_bottom_up`.
fn bottom_up<'a>(known: &[&'a Group]) -> Vec<&'a Group> {
    fn visit<'a>(group: &'a Group, ordered: &mut Vec<&'a Group>) {
        if ordered.iter().any(|old| old.name == group.name) {
            return;
        }
        for inner in group.groups() {
            visit(inner, ordered);
        }
        ordered.push(group);
    }
    let is_inner = |group: &Group| {
        let holds = |outer: &&Group| outer.groups().any(|inner| inner.name == group.name);
        known.iter().any(holds)
    };
    let mut ordered = Vec::new();
    for group in known.iter().filter(|group| !is_inner(group)) {
        visit(group, &mut ordered);
    }
    ordered
}

/// What stands in a part of results.json, by task.
fn of_tasks(tasks: &[Export], part: &str) -> Vec<(String, Python)> {
    let entry = |task: &Export| {
        let value = results::part(&task.parts, part)?;
        Some((task.task.clone(), value.clone()))
    };
    tasks.iter().filter_map(entry).collect()
}

fn put(all: &mut Vec<(String, Python)>, key: &str, value: Python) {
    match all.iter_mut().find(|(old, _)| old == key) {
        Some((_, old)) => *old = value,
        None => all.push((key.to_owned(), value)),
    }
}

/// `_propagate_num_fewshot`.
fn same_shots(group: &Group, n_shot: &mut Vec<(String, Python)>) {
    let of_children = group.children.iter().filter_map(|child| {
        let found = n_shot.iter().find(|(name, _)| name == child.name());
        found.map(|(_, count)| count)
    });
    let mut counts: Vec<&Python> = of_children.collect();
    counts.dedup();
    if let [count] = counts.as_slice() {
        let count = (*count).clone();
        put(n_shot, &group.name, count);
    }
}

/// `_propagate_higher_is_better`: `None` where tasks do not agree.
fn directions(group: &Group, better: &mut Vec<(String, Python)>) {
    let mut all: Vec<(String, Python)> = Vec::new();
    for child in &group.children {
        let found = better.iter().find(|(name, _)| name == child.name());
        let Some((_, Python::Dict(metrics))) = found else {
            continue;
        };
        for (metric, direction) in metrics {
            let said = all.iter().find(|(name, _)| name == metric);
            let agreed = said.is_none_or(|(_, said)| said == direction);
            let direction = if agreed {
                direction.clone()
            } else {
                Python::None
            };
            put(&mut all, metric, direction);
        }
    }
    if !all.is_empty() {
        put(better, &group.name, Python::Dict(all));
    }
}

/// `Group.aggregate`, without what its children tell it of examples and directions.
fn one(group: &Group, tasks: &[Export]) -> GroupExport {
    let find = |name: &&str| tasks.iter().find(|task| task.task == **name);
    // A task of two groups counts twice.
    let members: Vec<&Export> = group.tasks().iter().filter_map(find).collect();
    let mut figures: Vec<GroupFigure> = Vec::new();
    let mut notes = Vec::new();
    for mean in &group.means {
        for filter in filters(mean, &members) {
            let (figure, note) = figure(&mean.metric, &filter, mean.by_size, &members);
            notes.extend(note.map(|note| format!("the group `{}`: {note}", group.name)));
            let Some(figure) = figure else { continue };
            let same = |old: &&mut GroupFigure| {
                (&old.metric, &old.filter) == (&figure.metric, &figure.filter)
            };
            match figures.iter_mut().find(same) {
                Some(old) => *old = figure,
                None => figures.push(figure),
            }
        }
    }
    GroupExport {
        group: group.name.clone(),
        parts: parts(group, &figures, &members),
        figures,
        notes,
    }
}

/// The filters of a mean: those that it names, or each that a task has with the metric, sorted.
fn filters(mean: &Mean, members: &[&Export]) -> Vec<String> {
    if let Some(filters) = &mean.filters {
        return filters.clone();
    }
    let figures = members.iter().flat_map(|task| &task.figures);
    let of_metric = figures.filter(|figure| figure.metric == mean.metric);
    let is_error =
        |figure: &&Figure| format!("{},{}", figure.metric, figure.filter).contains("_stderr");
    let filters = of_metric
        .filter(|figure| !is_error(figure))
        .map(|figure| figure.filter.clone());
    filters.collect::<BTreeSet<String>>().into_iter().collect()
}

/// The mean over the tasks that have the metric; a note where one has not.
fn figure(
    metric: &str,
    filter: &str,
    by_size: bool,
    members: &[&Export],
) -> (Option<GroupFigure>, Option<String>) {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for task in members {
        let mut figures = task.figures.iter();
        match figures.find(|figure| figure.metric == metric && figure.filter == filter) {
            Some(figure) => with.push((task.size, figure)),
            None => without.push(task.task.as_str()),
        }
    }
    if with.is_empty() {
        return (None, Some(format!("no task has `{metric},{filter}`")));
    }
    let note = format!("`{metric},{filter}` is without {}", without.join(", "));
    let note = Some(note).filter(|_| !without.is_empty());
    let all_have_errors = with.iter().all(|(_, figure)| figure.stderr.is_some());
    let member = |(size, figure): &(u32, &Figure)| Member {
        value: figure.value,
        stderr: figure.stderr.unwrap_or(f64::NAN),
        size: *size,
    };
    let members: Vec<Member> = with.iter().map(member).collect();
    let stderr = if by_size {
        pooled_stderr(&members)
    } else {
        unweighted_stderr(&members)
    };
    let figure = GroupFigure {
        metric: metric.to_owned(),
        filter: filter.to_owned(),
        value: group_mean(&members, by_size),
        stderr: Some(stderr).filter(|_| all_have_errors),
        count: members.iter().map(|member| u64::from(member.size)).sum(),
    };
    (Some(figure), note)
}

/// What stands under the group's name in each part of results.json.
fn parts(group: &Group, figures: &[GroupFigure], members: &[&Export]) -> Parts {
    let count = |count: u64| Python::Int(i64::try_from(count).unwrap_or(i64::MAX));
    let alias = group.alias.as_ref().unwrap_or(&group.name);
    let mut results = vec![
        ("alias".to_owned(), text(alias)),
        ("name".to_owned(), text(&group.name)),
    ];
    let has_means = !group.means.is_empty();
    if has_means {
        let size = members.iter().map(|task| u64::from(task.size)).sum();
        results.push(("sample_len".to_owned(), count(size)));
    }
    let mut counts = Vec::new();
    for one in figures {
        let (metric, filter) = (&one.metric, &one.filter);
        results.push((format!("{metric},{filter}"), Python::Float(one.value)));
        let stderr = one.stderr.map_or_else(|| text("N/A"), Python::Float);
        results.push((format!("{metric}_stderr,{filter}"), stderr));
        counts.push((format!("{metric},{filter}"), count(one.count)));
    }
    if !counts.is_empty() {
        results.push(("sample_count".to_owned(), Python::Dict(counts)));
    }
    let results = Python::Dict(results);
    let children = group.children.iter().map(Child::name).map(text);
    let version = group.version.as_deref().unwrap_or("N/A");
    let mut parts = vec![
        ("results", results.clone()),
        ("group_subtasks", Python::List(children.collect())),
        ("versions", text(version)),
    ];
    if has_means {
        parts.push(("groups", results));
    }
    parts
}
