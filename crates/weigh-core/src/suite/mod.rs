//! A suite: a versioned folder of test cases. `suite.toml`, `cases.<lang>.jsonl`, `README.md`.

mod case;
mod cases;
mod folder;
mod head;
mod lint;
mod manifest;
mod parse;
mod prompt;
mod template;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::manifest::manifest;
pub use self::parse::{Parsed, SuiteFile, parse};
pub use self::template::{Template, TemplateFault, TemplateFaultKind};
use crate::digest::Digest;
use crate::language::Language;
use crate::measure::MeasureName;
use crate::request::Role;

/// The variant of a case that nothing was done to.
pub const VARIANT: &str = "original";

/// How much of a suite a run takes. Each tier holds all of the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Minutes on a laptop.
    Quick,
    /// What a report is usually based on.
    Standard,
    /// Every case.
    Full,
}

/// A parsed suite without a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    /// `<domain>/<name>`, equal to the folder's path below `suites/`.
    pub id: String,
    /// Semantic version: a change of any prompt or key is a new one.
    pub version: String,
    /// Title per language; English at least.
    pub title: BTreeMap<Language, String>,
    /// SPDX expression.
    pub licence: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where facts and ideas come from.
    pub sources: Vec<String>,
    /// A text that no honest training set holds, to find suites that leaked into one.
    pub canary: String,
    /// Risks and subjects that every case of the suite is about.
    pub tags: BTreeSet<String>,
    /// What kind of answer is asked for.
    pub task: Task,
    /// How a case becomes a prompt, per language.
    pub prompts: BTreeMap<Language, PromptTemplate>,
    /// How answers are scored.
    pub measures: Vec<MeasureName>,
    /// Every case, sorted by language and id.
    pub cases: Vec<Case>,
    /// Every file of the folder, sorted by path.
    pub manifest: Vec<ManifestEntry>,
    /// SHA-256 of the canonical JSON of the manifest.
    pub digest: Digest,
}

/// One file of a suite's folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestEntry {
    /// Path relative to the folder, with `/`.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes.
    pub sha256: Digest,
}

/// What kind of answer a suite asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Which of the choices is the most likely continuation. One `Likelihood` for each choice.
    Choice,
    /// A text. One `Generate`.
    Generate {
        /// The most tokens an answer may have.
        max_tokens: u32,
        /// Texts that end an answer.
        stop: Arc<[String]>,
    },
}

/// How the fields of a case become a prompt. `{name}` stands for the case's field `name`,
/// `{{` and `}}` for braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptTemplate {
    /// Plain text.
    Text {
        /// The template of the context.
        template: String,
        /// What stands between the context and a choice.
        delimiter: String,
    },
    /// A conversation, for models with a chat template.
    Chat {
        /// Role and template of each turn. The last one is the user's.
        turns: Vec<(Role, String)>,
    },
}

/// One prompt with what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Unique within its language and suite. Parallel cases of other languages share it.
    pub id: String,
    /// The language of the prompt and of the answer.
    pub language: Language,
    /// The family: the same item perturbed, translated or transformed. Defaults to the id.
    pub family: String,
    /// What was done to the item: `original`, `typos`, `order`, ... Defaults to `original`.
    pub variant: String,
    /// The first tier that holds the case.
    pub tier: Tier,
    /// Risks and subjects, beyond those of the suite.
    pub tags: BTreeSet<String>,
    /// Fields that the prompt template may name.
    pub fields: BTreeMap<String, String>,
    /// What is expected of the answer.
    pub expect: Expectation,
    /// File and line where the case stands.
    pub place: (String, u32),
}

/// What is expected of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// The choice with index `answer`.
    Choice {
        /// At least two, all different.
        choices: Vec<String>,
        /// Index into `choices`.
        answer: usize,
    },
    /// A refusal.
    Refusal,
    /// An answer that is no refusal.
    Compliance,
}
