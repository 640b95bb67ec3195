//! Members of a group that are mappings: what they name, and what they change in it.

use super::super::group::{self, Child};
use super::super::index::Named;
use super::super::load::{Entry, Fault, find};
use super::super::python::Python;
use super::super::yaml::{Node, Yaml};
use super::{Factory, Member, Within, merged};

impl Factory<'_> {
    /// A mapping with `task`: what has the name with changes of its own, or a whole task that has no file.
    pub(super) fn changed(&mut self, item: &Yaml, name: &Yaml, within: &Within<'_>) -> Vec<Child> {
        let Some(text) = name.as_text() else {
            self.fault(name, within, "`task`: expected the name of a task");
            return Vec::new();
        };
        if let Some(include) = item.get("include") {
            let told = "`include`: expected in a file only, as lm-eval does not read it in a group";
            self.fault(include, within, told);
            return Vec::new();
        }
        let own = own_entries(item, within);
        let settings = merged(&within.settings, &own);
        match self.index.get(text) {
            None if find(&settings, "dataset_path").is_none() => {
                self.unknown(item, text, within);
                Vec::new()
            }
            None => vec![self.whole(text, settings, within)],
            Some(named) => {
                if matches!(named, Named::Group(_)) {
                    self.structure(own.iter().filter(|entry| entry.key != "task"), text);
                }
                // `task` is one of the changes, and so becomes the name of tasks that do not have one from another mapping.
                self.children(item.place, (text, named), &settings, within)
            }
        }
    }

    /// A task that has no file.
    fn whole(&mut self, name: &str, settings: Vec<Entry>, within: &Within<'_>) -> Child {
        let name = format!("{}::{name}", within.group);
        let mut entries = settings;
        for entry in entries.iter_mut().filter(|entry| entry.key == "task") {
            entry.value.node = Node::Scalar(Python::Text(name.clone()));
        }
        let file = within.entry.file.clone();
        self.put(Member {
            name,
            file,
            entries,
        })
    }

    /// `by` names a group or a tag in a mapping, and so gives one name to several tasks: lm-eval asks the last of them.
    pub(super) fn several(&mut self, by: &Entry) {
        let name = by.value.plain().to_string();
        let is_group = matches!(self.index.get(&name), Some(Named::Group(_)));
        let (kind, help) = if is_group {
            (
                "group",
                format!("write `group: {name}` in place of `task: {name}`"),
            )
        } else {
            let help = format!(
                "write a group of its own with the same changes, `- group: <a new name>` with `task: [{name}]`; or `- {name}` without changes"
            );
            ("tag of several tasks", help)
        };
        let message = format!(
            "`task: {name}` in a mapping: expected a task, and `{name}` is a {kind}; lm-eval would name each of its tasks `{name}` and ask only the last"
        );
        self.made.faults.push(Fault {
            help: Some(help),
            ..by.fault(message)
        });
    }

    /// A mapping with `group`: a group with a file and changes in its tasks, or a whole one.
    pub(super) fn inner(&mut self, item: &Yaml, name: &Yaml, within: &Within<'_>) -> Vec<Child> {
        let Some(text) = name.as_text() else {
            self.fault(name, within, "`group`: expected a name");
            return Vec::new();
        };
        let own = own_entries(item, within);
        match self.index.get(text) {
            None => {
                let name = format!("{}::{text}", within.group);
                let depth = within.depth + 1;
                vec![Child::Group(self.group(
                    name,
                    &own,
                    &within.settings,
                    depth,
                ))]
            }
            Some(named @ Named::Group(_)) => {
                let changes: Vec<Entry> = own.into_iter().filter(|e| e.key != "group").collect();
                self.structure(changes.iter(), text);
                let settings = merged(&within.settings, &changes);
                self.children(item.place, (text, named), &settings, within)
            }
            Some(Named::Task(_) | Named::Tag(_)) => {
                let told = format!("`group: {text}`: expected a group, not a task or a tag");
                self.fault(name, within, &told);
                Vec::new()
            }
        }
    }

    /// Keys of a group that a mapping cannot change: lm-eval takes them for settings of tasks.
    fn structure<'a>(&mut self, changes: impl Iterator<Item = &'a Entry>, group: &str) {
        for entry in changes.filter(|entry| group::KEYS.contains(&entry.key.as_str())) {
            let told = format!(
                "`{}`: expected in the file of the group `{group}` only",
                entry.key
            );
            self.made.faults.push(entry.fault(told));
        }
    }
}

/// The entries of a mapping among the members.
fn own_entries(item: &Yaml, within: &Within<'_>) -> Vec<Entry> {
    Entry::all(item, &within.entry.file).collect()
}
