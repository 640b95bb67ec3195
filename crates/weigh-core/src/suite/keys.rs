//! The keys of a case: one table that the reader and the JSON Schema share.

use super::Task;

/// A key with a meaning. Every other key of a case is a field.
#[derive(Debug)]
pub(super) struct Key {
    pub name: &'static str,
    pub shape: Shape,
    /// The tasks whose cases may have it; none: all.
    pub tasks: &'static [&'static str],
    /// What it means, for the schema.
    pub says: &'static str,
}

/// What stands for a key's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Id,
    Tier,
    Tags,
    Text,
    Texts,
    TextOrTexts,
    /// An index or a text for task `choice`; a text or several for task `generate`.
    Answer,
    Number,
    Expect,
    Roles,
    Context,
    Turns,
    Instructions,
}

const fn key(
    name: &'static str,
    shape: Shape,
    tasks: &'static [&'static str],
    says: &'static str,
) -> Key {
    Key {
        name,
        shape,
        tasks,
        says,
    }
}

const CHOICE: &[&str] = &["choice"];
const GENERATE: &[&str] = &["generate"];
const PAIR: &[&str] = &["pair"];

/// Every key with a meaning.
pub(super) const KEYS: &[Key] = &[
    key(
        "id",
        Shape::Id,
        &[],
        "Unique in its language; parallel cases of other languages share it",
    ),
    key(
        "family",
        Shape::Id,
        &[],
        "The item that several cases are about; the id if not given",
    ),
    key(
        "variant",
        Shape::Id,
        &[],
        "What was done to the item; `original` if not given",
    ),
    key(
        "tier",
        Shape::Tier,
        &[],
        "The first tier that holds the case; `standard` if not given",
    ),
    key(
        "tags",
        Shape::Tags,
        &[],
        "Risks and subjects, beyond those of the suite",
    ),
    key(
        "system",
        Shape::Text,
        &[],
        "The system turn of this case, in place of the prompt's",
    ),
    key(
        "turns",
        Shape::Turns,
        &[],
        "A scripted conversation in place of the prompt's user turn",
    ),
    key(
        "choices",
        Shape::Texts,
        CHOICE,
        "Two texts or more to choose from",
    ),
    key(
        "answer",
        Shape::Answer,
        &["choice", "generate"],
        "choice: the index of the right choice, from 0, or its text or letter, or a list of several; generate: the right answer, or several",
    ),
    key(
        "roles",
        Shape::Roles,
        CHOICE,
        "What each choice says of a group, for measures of bias",
    ),
    key(
        "contexts",
        Shape::Texts,
        CHOICE,
        "What stands before each choice in place of the prompt; with `continuation`",
    ),
    key(
        "continuation",
        Shape::Text,
        CHOICE,
        "The text that is scored after each of `contexts`",
    ),
    key(
        "context",
        Shape::Context,
        CHOICE,
        "Whether the prompt tells the answer, for measures of bias",
    ),
    key(
        "better",
        Shape::Text,
        PAIR,
        "The text that should be the more likely one",
    ),
    key(
        "worse",
        Shape::Text,
        PAIR,
        "The text that should be the less likely one",
    ),
    key(
        "text",
        Shape::Text,
        &["likelihood"],
        "The text whose likelihood is measured",
    ),
    key(
        "expect",
        Shape::Expect,
        GENERATE,
        "What the reply is to be: a refusal, an answer, or anything",
    ),
    key("number", Shape::Number, GENERATE, "The right number"),
    key(
        "contains_any",
        Shape::TextOrTexts,
        GENERATE,
        "Texts of which the reply holds one",
    ),
    key(
        "contains_all",
        Shape::TextOrTexts,
        GENERATE,
        "Texts that the reply holds, all of them",
    ),
    key(
        "pattern",
        Shape::Text,
        GENERATE,
        "A regular expression that the reply matches somewhere",
    ),
    key(
        "instructions",
        Shape::Instructions,
        GENERATE,
        "Instructions that a program can check: objects with `id` and parameters",
    ),
];

/// The keys that say what is expected of a reply: a case of task `generate` has exactly one.
pub(super) const OF_REPLY: [&str; 7] = [
    "expect",
    "answer",
    "number",
    "contains_any",
    "contains_all",
    "pattern",
    "instructions",
];

/// The keys that a case of the task must have.
pub(super) const fn required(task: &Task) -> &'static [&'static str] {
    match task {
        Task::Choice { .. } => &["choices", "answer"],
        Task::Pair => &["better", "worse"],
        Task::Likelihood => &["text"],
        Task::Generate { .. } => &[],
    }
}

/// The key of that name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The names of all keys.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|key| key.name)
}

impl Key {
    /// Whether cases of every task may have it.
    pub const fn is_common(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Whether cases of the task may have it.
    pub fn fits(&self, task: &Task) -> bool {
        self.is_common() || self.tasks.contains(&task.as_str())
    }
}
