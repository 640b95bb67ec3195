//! From the file of a group to its tasks with what groups change in them (`lm_eval/tasks/_factory.py`).
//!
//! A setting of a group holds for every task in it, and that of an outer group before that of an inner one.
//! What a member changes itself comes before both.

mod mapping;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::group::{self, Child, Group};
use super::index::{Index, Named};
use super::load::{Entry, Fault, Files, find, load};
use super::yaml::{Node, Place, Yaml};

/// Groups within each other.
const MOST_GROUPS: usize = 16;
/// Groups and tasks that are made, those that stand twice counted twice.
const MOST_MADE: usize = 1 << 14;

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

/// A group and its tasks.
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct Made {
    /// The group; none of a task that stands alone.
    pub group: Option<Group>,
    /// The tasks, each name once.
    pub tasks: Vec<Member>,
    /// Every member that is not known or whose settings lm-eval cannot read, and every fault of a group itself.
    /// Where there is one, nothing is to be asked.
    pub faults: Vec<Fault>,
    /// Names that several files have.
    pub warnings: Vec<Fault>,
}

/// The group that `entries` are. Its members are looked for in `index`, and read by `files`.
pub fn of(entries: &[Entry], index: &Index, files: &Files<'_>) -> Made {
    let mut factory = Factory {
        index,
        files,
        loaded: BTreeMap::new(),
        renamed: BTreeMap::new(),
        count: 0,
        made: Made::default(),
    };
    let name = find(entries, "group").map(|name| name.value.plain().to_string());
    let group = factory.group(name.unwrap_or_default(), entries, &[], 0);
    let mut made = factory.made;
    made.group = Some(group);
    for faults in [&mut made.faults, &mut made.warnings] {
        faults.sort();
        faults.dedup();
    }
    made
}

/// `{**base, **changes}`.
fn merged(base: &[Entry], changes: &[Entry]) -> Vec<Entry> {
    let change = |key: &str| find(changes, key);
    let kept = base.iter().map(|old| change(&old.key).unwrap_or(old));
    let new = changes.iter().filter(|new| find(base, &new.key).is_none());
    kept.chain(new).cloned().collect()
}

struct Factory<'a> {
    index: &'a Index,
    files: &'a Files<'a>,
    loaded: BTreeMap<PathBuf, Vec<Entry>>,
    /// The `task` of a mapping that gives a task another name, by that name.
    renamed: BTreeMap<String, Entry>,
    count: usize,
    made: Made,
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

impl Factory<'_> {
    /// `_build_group`.
    fn group(&mut self, name: String, own: &[Entry], outer: &[Entry], depth: usize) -> Group {
        let mut group = group::read(name, own).unwrap_or_else(|faults| {
            self.made.faults.extend(faults);
            Group::default()
        });
        let Some(entry) = find(own, "task") else {
            let head = find(own, "group").or(own.first());
            let told = head.map(|head| head.fault("expected `task` with the members of the group"));
            self.made.faults.extend(told);
            return group;
        };
        let Node::List(items) = &entry.value.node else {
            self.made
                .faults
                .push(entry.fault("`task`: expected a list"));
            return group;
        };
        if items.is_empty() {
            self.made
                .faults
                .push(entry.fault("`task`: expected a member"));
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
        self.count += 1;
        if within.depth == MOST_GROUPS || self.count > MOST_MADE {
            let told = format!(
                "expected at most {MOST_GROUPS} groups within each other, and {MOST_MADE} members"
            );
            self.fault(item, within, &told);
            return Vec::new();
        }
        if let Some(name) = item.as_text() {
            return self.named(item, name, within);
        }
        match (item.get("group"), item.get("task")) {
            (Some(name), _) => self.inner(item, name, within),
            (None, Some(name)) => self.changed(item, name, within),
            (None, None) => {
                let expected = "expected the name of a task, a group or a tag, or a mapping with `task` or `group`";
                self.fault(item, within, expected);
                Vec::new()
            }
        }
    }

    fn fault(&mut self, at: &Yaml, within: &Within<'_>, message: &str) {
        self.made
            .faults
            .push(within.entry.fault_at(at.place, message));
    }

    fn unknown(&mut self, at: &Yaml, name: &str, within: &Within<'_>) {
        let message = format!("no task, group or tag `{name}` in {}", self.index.places());
        let mut help = "name the folder that has it by `--include-path`; only files that end in `.yaml` have names".to_owned();
        for fault in self.index.unread() {
            help.push_str(&format!("; not read: {fault}"));
        }
        self.made.faults.push(Fault {
            help: Some(help),
            ..within.entry.fault_at(at.place, message)
        });
    }

    /// What the file of the task or the group `name` says, includes resolved.
    fn load(
        &mut self,
        at: Place,
        name: &str,
        file: &Path,
        within: &Within<'_>,
    ) -> Option<Vec<Entry>> {
        for other in self.index.passed_over(name, file) {
            let told = format!(
                "`{name}` is in {} and in {}: the first is taken",
                file.display(),
                other.display()
            );
            self.made.warnings.push(within.entry.fault_at(at, told));
        }
        if let Some(entries) = self.loaded.get(file) {
            return Some(entries.clone());
        }
        match load(file, self.files) {
            Ok(entries) => {
                self.loaded.insert(file.to_owned(), entries.clone());
                Some(entries)
            }
            Err(faults) => {
                self.made.faults.extend(faults);
                None
            }
        }
    }

    /// A member that is told by its name only.
    fn named(&mut self, item: &Yaml, name: &str, within: &Within<'_>) -> Vec<Child> {
        let settings = &within.settings;
        match self.index.get(name) {
            None => {
                self.unknown(item, name, within);
                Vec::new()
            }
            Some(named) => self.children(item.place, (name, named), settings, within),
        }
    }

    /// `TaskFactory.build` of what is known by a name.
    fn children(
        &mut self,
        at: Place,
        (name, named): (&str, &Named),
        settings: &[Entry],
        within: &Within<'_>,
    ) -> Vec<Child> {
        match named {
            Named::Group(file) => {
                let Some(entries) = self.load(at, name, file, within) else {
                    return Vec::new();
                };
                let depth = within.depth + 1;
                vec![Child::Group(self.group(
                    name.to_owned(),
                    &entries,
                    settings,
                    depth,
                ))]
            }
            Named::Task(file) => self
                .task(at, (name, file), settings, within)
                .into_iter()
                .collect(),
            Named::Tag(tasks) => {
                let tasks = tasks.iter();
                tasks
                    .filter_map(|task| self.tagged(at, (name, task), settings, within))
                    .collect()
            }
        }
    }

    /// A task of a tag.
    fn tagged(
        &mut self,
        at: Place,
        (tag, name): (&str, &str),
        settings: &[Entry],
        within: &Within<'_>,
    ) -> Option<Child> {
        match self.index.get(name) {
            Some(Named::Task(file)) => self.task(at, (name, file), settings, within),
            // Another folder gives the name to something else.
            Some(Named::Group(_) | Named::Tag(_)) | None => {
                let told = format!(
                    "`{tag}` is a tag of `{name}`, which another folder has as a group or a tag"
                );
                self.made.faults.push(within.entry.fault_at(at, told));
                None
            }
        }
    }

    /// A task with a file, under its own name or, where a mapping that names a tag or a group changes it, under that.
    fn task(
        &mut self,
        at: Place,
        (name, file): (&str, &Path),
        settings: &[Entry],
        within: &Within<'_>,
    ) -> Option<Child> {
        self.count += 1;
        let entries = self.load(at, name, file, within)?;
        let entries = merged(&entries, settings);
        let asked = find(&entries, "task").filter(|entry| entry.value.as_text() != Some(name));
        let asked =
            asked.and_then(|entry| Some((entry.value.as_text()?.to_owned(), entry.clone())));
        let name = match asked {
            None => name.to_owned(),
            Some((other, by)) => {
                if matches!(self.index.get(&other), Some(Named::Group(_))) {
                    self.several(&by);
                    return None;
                }
                self.renamed.insert(other.clone(), by);
                other
            }
        };
        let others = |old: &&Member| old.name == name && old.file != file;
        if let (Some(_), Some(by)) = (
            self.made.tasks.iter().find(others),
            self.renamed.get(&name).cloned(),
        ) {
            self.several(&by);
            return None;
        }
        let file = file.to_owned();
        Some(self.put(Member {
            name,
            file,
            entries,
        }))
    }

    /// The last of a name is asked.
    fn put(&mut self, task: Member) -> Child {
        let child = Child::Task(task.name.clone());
        let tasks = &mut self.made.tasks;
        match tasks.iter_mut().find(|old| old.name == task.name) {
            Some(old) => *old = task,
            None => tasks.push(task),
        }
        child
    }
}
