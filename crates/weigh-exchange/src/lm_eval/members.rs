//! From the file of a group to its tasks with what groups change in them (`lm_eval/tasks/_factory.py`).
//!
//! A setting of a group holds for every task in it, and that of an outer group before that of an inner one.
//! What a member changes itself comes before both.

use std::path::PathBuf;

use super::group::{self, Child, Group};
use super::load::{Entry, Fault, find};
use super::python::Python;
use super::yaml::{Node, Yaml};

/// Groups within each other.
const MOST_GROUPS: usize = 16;
/// Groups and tasks that are made, those that stand twice counted twice.
const MOST_MADE: usize = 1 << 14;

/// A file beside a group's: a task or a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The name of the task, or of the group.
    pub name: String,
    /// `tag` of a task.
    pub tags: Vec<String>,
    /// Whether it is a group.
    pub is_group: bool,
    /// The file.
    pub file: PathBuf,
    /// What the file says, includes resolved.
    pub entries: Vec<Entry>,
}

impl Known {
    /// What a file is to a group; nothing where it has no name.
    #[must_use]
    pub fn of(file: PathBuf, entries: Vec<Entry>) -> Option<Self> {
        let is_group = members(&entries).is_some();
        let name = find(&entries, if is_group { "group" } else { "task" })?;
        let name = name.value.as_text()?.to_owned();
        let tag = find(&entries, "tag").filter(|_| !is_group);
        let tags = tag.map_or(&[][..], |tag| tag.value.each()).iter();
        let tags = tags.map(|tag| tag.plain().to_string()).collect();
        Some(Self {
            name,
            tags,
            is_group,
            file,
            entries,
        })
    }
}

/// A task of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its file, or that of the group which holds it whole.
    pub file: PathBuf,
    /// What its file says and what groups change in it.
    pub entries: Vec<Entry>,
}

/// The entry with the members of a group; nothing where `entries` are no group's.
#[must_use]
pub fn members(entries: &[Entry]) -> Option<&Entry> {
    let task = find(entries, "group").and(find(entries, "task"));
    task.filter(|task| matches!(task.value.node, Node::List(_)))
}

/// The group that `entries` are, and its tasks, each name once. `known` are the files that its members are
/// looked for in, the first of a name before others.
///
/// # Errors
/// Every member that is not known or whose settings lm-eval cannot read, and every fault of a group itself.
pub fn of(entries: &[Entry], known: &[Known]) -> Result<(Group, Vec<Member>), Vec<Fault>> {
    let mut factory = Factory {
        known,
        made: 0,
        tasks: Vec::new(),
        faults: Vec::new(),
    };
    let name = find(entries, "group").map(|name| name.value.plain().to_string());
    let group = factory.group(name.unwrap_or_default(), entries, &[], 0);
    let mut faults = factory.faults;
    faults.sort();
    faults.dedup();
    if faults.is_empty() {
        Ok((group, factory.tasks))
    } else {
        Err(faults)
    }
}

/// `{**base, **changes}`.
fn merged(base: &[Entry], changes: &[Entry]) -> Vec<Entry> {
    let change = |key: &str| find(changes, key);
    let kept = base.iter().map(|old| change(&old.key).unwrap_or(old));
    let new = changes.iter().filter(|new| find(base, &new.key).is_none());
    kept.chain(new).cloned().collect()
}

struct Factory<'a> {
    known: &'a [Known],
    made: usize,
    tasks: Vec<Member>,
    faults: Vec<Fault>,
}

/// Where a member stands.
struct Within<'a> {
    group: &'a str,
    /// The `task` of the group.
    entry: &'a Entry,
    /// What the group and those around it change.
    settings: Vec<Entry>,
    depth: usize,
}

impl<'a> Factory<'a> {
    /// `_build_group`.
    fn group(&mut self, name: String, own: &[Entry], outer: &[Entry], depth: usize) -> Group {
        let mut group = group::read(name, own).unwrap_or_else(|faults| {
            self.faults.extend(faults);
            Group::default()
        });
        let Some(entry) = find(own, "task") else {
            let head = find(own, "group").or(own.first());
            let told = head.map(|head| head.fault("expected `task` with the members of the group"));
            self.faults.extend(told);
            return group;
        };
        let Node::List(items) = &entry.value.node else {
            self.faults.push(entry.fault("`task`: expected a list"));
            return group;
        };
        if items.is_empty() {
            self.faults.push(entry.fault("`task`: expected a member"));
        }
        let is_setting = |entry: &&Entry| !group::KEYS.contains(&entry.key.as_str());
        let settings: Vec<Entry> = own.iter().filter(is_setting).cloned().collect();
        let within = Within {
            group: &group.name.clone(),
            entry,
            settings: merged(&settings, outer),
            depth,
        };
        for item in items {
            for child in self.member(item, &within) {
                group.add(child);
            }
        }
        group
    }

    /// The children that one member is: several where it is a tag.
    fn member(&mut self, item: &Yaml, within: &Within<'_>) -> Vec<Child> {
        self.made += 1;
        if within.depth == MOST_GROUPS || self.made > MOST_MADE {
            let told = format!(
                "expected at most {MOST_GROUPS} groups within each other, and {MOST_MADE} members"
            );
            self.fault(item, within, &told);
            return Vec::new();
        }
        if let Some(name) = item.as_text() {
            return self.named(item, name, within);
        }
        let child = match (item.get("group"), item.get("task")) {
            (Some(name), _) => self.inner(item, name, within),
            (None, Some(name)) => self.changed(item, name, within),
            (None, None) => {
                let expected = "expected the name of a task, a group or a tag, or a mapping with `task` or `group`";
                self.fault(item, within, expected);
                None
            }
        };
        child.into_iter().collect()
    }

    fn fault(&mut self, at: &Yaml, within: &Within<'_>, message: &str) {
        self.faults.push(within.entry.fault_at(at.place, message));
    }

    fn unknown(&mut self, at: &Yaml, name: &str, within: &Within<'_>) {
        let told = format!("no task `{name}` in the folder of the group or below");
        self.fault(at, within, &told);
    }

    fn known(&self, name: &str) -> Option<&'a Known> {
        self.known.iter().find(|one| one.name == name)
    }

    fn tagged(&self, tag: &str) -> Vec<&'a Known> {
        let has = |one: &&Known| one.tags.iter().any(|own| own == tag);
        let mut tagged: Vec<&'a Known> = self.known.iter().filter(has).collect();
        tagged.sort_by(|one, other| one.name.cmp(&other.name));
        tagged.dedup_by(|one, other| one.name == other.name);
        tagged
    }

    /// A member that is told by its name only.
    fn named(&mut self, item: &Yaml, name: &str, within: &Within<'_>) -> Vec<Child> {
        let settings = &within.settings;
        match self.known(name) {
            Some(one) if one.is_group => {
                let depth = within.depth + 1;
                vec![Child::Group(self.group(
                    one.name.clone(),
                    &one.entries,
                    settings,
                    depth,
                ))]
            }
            Some(one) => vec![self.task(one, settings)],
            None => {
                let tagged = self.tagged(name);
                if tagged.is_empty() {
                    self.unknown(item, name, within);
                }
                tagged
                    .into_iter()
                    .map(|one| self.task(one, settings))
                    .collect()
            }
        }
    }

    /// A mapping with `task`: a task with changes of its own, or a whole one that has no file.
    fn changed(&mut self, item: &Yaml, name: &Yaml, within: &Within<'_>) -> Option<Child> {
        let Some(text) = name.as_text() else {
            self.fault(name, within, "`task`: expected the name of a task");
            return None;
        };
        if let Some(include) = item.get("include") {
            let told = "`include`: expected in a file only, as lm-eval does not read it in a group";
            self.fault(include, within, told);
            return None;
        }
        let settings = merged(&within.settings, &own_entries(item, within));
        match self.known(text) {
            None if self.tagged(text).is_empty() && find(&settings, "dataset_path").is_none() => {
                self.unknown(item, text, within);
                None
            }
            None if self.tagged(text).is_empty() => {
                let name = format!("{}::{text}", within.group);
                let mut entries = settings;
                for entry in entries.iter_mut().filter(|entry| entry.key == "task") {
                    entry.value.node = Node::Scalar(Python::Text(name.clone()));
                }
                let file = within.entry.file.clone();
                Some(self.put(Member {
                    name,
                    file,
                    entries,
                }))
            }
            Some(one) if !one.is_group => Some(self.task(one, &settings)),
            None | Some(_) => {
                self.several(item, text, within);
                None
            }
        }
    }

    /// lm-eval gives every task behind such a mapping the name in it, and asks only the last.
    fn several(&mut self, item: &Yaml, name: &str, within: &Within<'_>) {
        let message =
            format!("`task: {name}` in a mapping: expected one task, and `{name}` is several");
        let help = "name it without a mapping, a group by `group`, or each task by itself: lm-eval would ask only the last of them, under this name";
        self.faults.push(Fault {
            help: Some(help.to_owned()),
            ..within.entry.fault_at(item.place, message)
        });
    }

    /// A mapping with `group`: a group with a file and changes in its tasks, or a whole one.
    fn inner(&mut self, item: &Yaml, name: &Yaml, within: &Within<'_>) -> Option<Child> {
        let Some(text) = name.as_text() else {
            self.fault(name, within, "`group`: expected a name");
            return None;
        };
        let own = own_entries(item, within);
        let depth = within.depth + 1;
        let group = match self.known(text) {
            None if self.tagged(text).is_empty() => {
                let name = format!("{}::{text}", within.group);
                self.group(name, &own, &within.settings, depth)
            }
            Some(one) if one.is_group => {
                let changes: Vec<Entry> = own.into_iter().filter(|e| e.key != "group").collect();
                self.structure(&changes, text);
                let settings = merged(&within.settings, &changes);
                self.group(one.name.clone(), &one.entries, &settings, depth)
            }
            None | Some(_) => {
                let told = format!("`group: {text}`: expected a group, not a task or a tag");
                self.fault(name, within, &told);
                return None;
            }
        };
        Some(Child::Group(group))
    }

    /// Keys of a group that a mapping cannot change: lm-eval takes them for settings of tasks.
    fn structure(&mut self, changes: &[Entry], group: &str) {
        let keys = |entry: &&Entry| group::KEYS.contains(&entry.key.as_str());
        for entry in changes.iter().filter(keys) {
            let told = format!(
                "`{}`: expected in the file of the group `{group}` only",
                entry.key
            );
            self.faults.push(entry.fault(told));
        }
    }

    fn task(&mut self, known: &Known, settings: &[Entry]) -> Child {
        self.made += 1;
        self.put(Member {
            name: known.name.clone(),
            file: known.file.clone(),
            entries: merged(&known.entries, settings),
        })
    }

    /// The last of a name is asked.
    fn put(&mut self, task: Member) -> Child {
        let child = Child::Task(task.name.clone());
        match self.tasks.iter_mut().find(|old| old.name == task.name) {
            Some(old) => *old = task,
            None => self.tasks.push(task),
        }
        child
    }
}

/// The entries of a mapping among the members.
fn own_entries(item: &Yaml, within: &Within<'_>) -> Vec<Entry> {
    Entry::all(item, &within.entry.file).collect()
}
