//! A suite: a versioned folder of test cases. `suite.toml`, `cases.<lang>.jsonl`, `README.md`.

mod case;
mod cases;
pub(crate) mod csv;
mod embedding;
mod expect;
mod expectation;
mod extras;
mod fit;
mod folder;
mod head;
mod judge;
mod keys;
mod lint;
mod local;
mod manifest;
mod nodes;
mod parse;
mod perturb;
mod prompt;
mod schema;
mod shots;
mod table;
mod task;
mod template;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub(crate) use self::cases::object;
pub use self::expectation::{ChoiceRole, ContextKind, Contexts, Expectation, Instruction, pattern};
pub use self::lint::repeated;
pub use self::local::local_id;
pub use self::manifest::manifest;
pub use self::parse::{Parsed, SuiteFile, parse};
pub use self::schema::schema;
pub use self::task::{ChoiceBy, Task};
pub use self::template::{Template, TemplateFault, TemplateFaultKind};
use crate::digest::Digest;
use crate::judge::{Embedding, Judge};
use crate::language::Language;
use crate::measure::MeasureName;
use crate::request::Role;

/// The variant of a case that nothing was done to.
pub const VARIANT: &str = "original";

/// The variant of a case that is asked without its question, to see what the choices give away.
/// Ordinary measures do not read it.
pub const CONTROL: &str = "control";

/// What stands in the id of a case that the suite made of another one, between that one's id and
/// the variant: `greeting~typos`. No author's id can hold it.
pub const MADE: char = '~';

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

impl Tier {
    /// The word for it in suites and arguments.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Standard => "standard",
            Self::Full => "full",
        }
    }
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
    pub prompts: BTreeMap<Language, SuitePrompt>,
    /// How many solved examples stand before each case, where any do.
    pub few_shot: Option<FewShot>,
    /// The pool of solved examples, sorted by language and id. Nothing scores them.
    pub shots: Vec<Case>,
    /// How answers are scored.
    pub measures: Vec<MeasureName>,
    /// Which model judges replies, where one does.
    pub judge: Option<Judge>,
    /// Which model says how near replies are to references, where one does.
    pub embedding: Option<Embedding>,
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

/// How the cases of one language become prompts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuitePrompt {
    /// The template.
    pub template: PromptTemplate,
    /// What stands before each choice of [`ChoiceBy::Letter`], in its order; else empty.
    pub letters: Vec<String>,
    /// The template of the cases whose variant is [`CONTROL`]: the same without the question.
    pub control: Option<PromptTemplate>,
}

/// Solved examples before each case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FewShot {
    /// How many.
    pub count: usize,
    /// What stands between two of them and before the case, in plain text.
    pub separator: String,
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
///
/// Its JSON form has every key, whatever the suite's file was written in and left to the defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// The system turn of this case, in place of the template's.
    pub system: Option<String>,
    /// The turns of a scripted conversation, in place of the template's, each a template itself.
    /// Empty, or the last one is the user's.
    pub turns: Vec<(Role, String)>,
    /// What is expected of the answer.
    pub expect: Expectation,
    /// File and line where the case stands. No part of its JSON form.
    #[serde(skip)]
    pub place: (String, u32),
}
