//! What a suite was made from, kept beside its cases so that lm-eval's figures follow from a record alone.

use serde::{Deserialize, Serialize};

use super::LM_EVAL;
use super::group::Group;
use super::python::Python;
use super::render::Options;
use super::task::Task;

/// The file that tells what a suite was made from.
pub const ORIGIN: &str = "lm-eval.json";
/// The format of that file.
const FORMAT: &str = "weighhouse-lm-eval/1";

/// What `lm-eval.json` holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Always the same.
    pub format: String,
    /// Whose semantics: `lm-eval-0.4.13`.
    pub compat: String,
    /// The task with everything that it includes.
    pub task: Python,
    /// Examples before each document.
    pub num_fewshot: usize,
    /// Whether prompts are conversations.
    pub chat: bool,
    /// How many documents the task has; more than were asked where a limit was set.
    pub documents: usize,
    /// The outermost group that it was run in: all suites of the group tell the whole of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
}

impl Origin {
    /// That of `task`, asked by `options`.
    #[must_use]
    pub fn new(task: &Task, documents: usize, options: &Options, group: Option<&Group>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            compat: LM_EVAL.to_owned(),
            task: task.config.clone(),
            num_fewshot: options.shots(task),
            chat: options.chat,
            documents,
            group: group.cloned(),
        }
    }
}

/// The outermost groups that `origins` tell, each once.
///
/// # Errors
/// Two groups of one name that are not the same.
pub fn roots<'a>(origins: impl Iterator<Item = &'a Origin>) -> Result<Vec<Group>, String> {
    let mut roots: Vec<Group> = Vec::new();
    for group in origins.filter_map(|origin| origin.group.as_ref()) {
        match roots.iter().find(|old| old.name == group.name) {
            None => roots.push(group.clone()),
            Some(old) if old == group => {}
            Some(_) => {
                return Err(format!(
                    "the group `{}` is not the same in all of its suites",
                    group.name
                ));
            }
        }
    }
    Ok(roots)
}
