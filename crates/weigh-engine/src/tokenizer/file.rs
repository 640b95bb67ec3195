//! The form of a Hugging Face `tokenizer.json`, as far as it is supported: a component that is
//! not named here is refused by name.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The file. `truncation` and `padding` are settings of a call and change no token's id.
#[derive(Debug, Deserialize)]
pub(super) struct TokenizerFile {
    #[serde(default)]
    pub added_tokens: Vec<AddedToken>,
    pub normalizer: Option<Normalizer>,
    pub pre_tokenizer: Option<PreTokenizer>,
    pub post_processor: Option<PostProcessor>,
    pub decoder: Option<Decoder>,
    pub model: Model,
}

/// A token that is found in the text as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddedToken {
    pub id: u32,
    pub content: String,
    pub single_word: bool,
    pub lstrip: bool,
    pub rstrip: bool,
    pub normalized: bool,
    pub special: bool,
}

/// What is done to the text first.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
pub(super) enum Normalizer {
    #[serde(rename = "NFC")]
    Nfc {},
    Sequence {
        normalizers: Vec<Normalizer>,
    },
    Prepend {
        prepend: String,
    },
    Replace {
        pattern: Pattern,
        content: String,
    },
}

/// How it is cut.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
pub(super) enum PreTokenizer {
    Sequence {
        pretokenizers: Vec<PreTokenizer>,
    },
    Digits {
        individual_digits: bool,
    },
    Split {
        pattern: Pattern,
        behavior: String,
        invert: bool,
    },
    ByteLevel {
        add_prefix_space: bool,
        #[serde(default, rename = "trim_offsets")]
        _trim_offsets: bool,
        #[serde(default = "yes")]
        use_regex: bool,
    },
}

/// What is looked for.
#[derive(Debug, Deserialize)]
pub(super) enum Pattern {
    String(String),
    Regex(String),
}

/// What is put around the ids.
#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
pub(super) enum PostProcessor {
    /// Changes offsets alone.
    ByteLevel {},
    Sequence {
        processors: Vec<PostProcessor>,
    },
    TemplateProcessing {
        single: Vec<TemplatePiece>,
        special_tokens: BTreeMap<String, TemplateToken>,
    },
}

/// One place of a template.
#[derive(Debug, Deserialize)]
pub(super) enum TemplatePiece {
    Sequence { id: String },
    SpecialToken { id: String },
}

/// The ids of a template's token.
#[derive(Debug, Deserialize)]
pub(super) struct TemplateToken {
    pub ids: Vec<u32>,
}

/// How tokens become text.
#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
pub(super) enum Decoder {
    ByteLevel {},
    Sequence {
        decoders: Vec<Decoder>,
    },
    Replace {
        pattern: Pattern,
        content: String,
    },
    ByteFallback {},
    Fuse {},
    Strip {
        content: String,
        start: u32,
        stop: u32,
    },
}

/// The merges and their vocabulary.
#[derive(Debug, Deserialize)]
pub(super) struct Model {
    #[serde(rename = "type")]
    pub kind: String,
    pub dropout: Option<f32>,
    pub continuing_subword_prefix: Option<String>,
    pub end_of_word_suffix: Option<String>,
    #[serde(default)]
    pub byte_fallback: bool,
    #[serde(default)]
    pub ignore_merges: bool,
    pub vocab: BTreeMap<String, u32>,
    pub merges: Vec<Merge>,
}

/// A merge, in the old form with a space and in the new one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Merge {
    Line(String),
    Pair(String, String),
}

fn yes() -> bool {
    true
}
