//! What is tested: names and digests of everything that makes the model what it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::json;

/// One file of the model, as it was when its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectFile {
    /// Base name.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes.
    pub sha256: Digest,
}

/// Which file of a folder has each tensor; without it, one file has all.
pub const INDEX: &str = "model.safetensors.index.json";
/// A chat template of its own; without it, the tokenizer's settings may have one.
pub const TEMPLATE: &str = "chat_template.jinja";
/// What the tokenizer adds.
pub const TOKENIZER_SETTINGS: &str = "tokenizer_config.json";
/// What ends a reply.
pub const GENERATION_SETTINGS: &str = "generation_config.json";
/// Files of a folder that change how a model is read, and need not be there.
pub const READ_IF_THERE: [&str; 4] = [INDEX, TEMPLATE, TOKENIZER_SETTINGS, GENERATION_SETTINGS];

impl Subject {
    /// One digest for all files: that of the only file, or SHA-256 over the canonical JSON of
    /// their list.
    #[must_use]
    pub fn identity(&self) -> Digest {
        identity(&self.files)
    }

    /// The first part in which `other` is another model, or nothing where it is the same.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<String> {
        if self == other {
            return None;
        }
        let file = self.files.iter().find(|file| !other.files.contains(file));
        let part = match file {
            Some(file) => return Some(format!("file {}", file.name)),
            None if self.files.len() != other.files.len() => "number of files",
            None if self.tokenizer != other.tokenizer => "tokenizer",
            None if self.config != other.config => "configuration",
            None if self.chat_template != other.chat_template => "chat template",
            None => "description",
        };
        Some(part.to_owned())
    }
}

/// The [identity](Subject::identity) of a model with these files, which are sorted by name.
#[must_use]
pub fn identity(files: &[SubjectFile]) -> Digest {
    match files {
        [file] => file.sha256,
        // Names, digests and sizes below 2^53 always have a canonical form.
        files => Digest::of(&json::canonical(&files).unwrap_or_default()),
    }
}

/// The model under test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Name for people: the name in the model file or, failing that, the file's own.
    pub name: String,
    /// Every file that was read, sorted by name.
    pub files: Vec<SubjectFile>,
    /// Digest of the tokenizer (its vocabulary, merges and rules, wherever they were stored).
    pub tokenizer: Digest,
    /// Digest of the configuration that the decoder was built from.
    pub config: Digest,
    /// Digest of the chat template, where the model has one.
    pub chat_template: Option<Digest>,
    /// What a reader wants to know: format, architecture, quantisation, parameters, context, licence.
    pub facts: BTreeMap<String, String>,
}
