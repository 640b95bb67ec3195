//! What an encoder is built from: `config.json` and `sentence_bert_config.json`, strictly.
//!
//! `modules.json` and `1_Pooling/config.json` can only have a folder refused: no figure depends on them.

use serde_json::{Map, Value};
use weigh_core::json;

/// The largest encoder that is read: bert-large has 24 layers of 1024.
const MOST_LAYERS: usize = 64;
const MOST_WIDTH: usize = 8_192;
const MOST_VOCABULARY: usize = 1 << 20;
const MOST_POSITIONS: usize = 8_192;

/// Fields that ask for other arithmetic unless they have this value.
const NEUTRAL: [(&str, Value); 5] = [
    ("is_decoder", Value::Bool(false)),
    ("add_cross_attention", Value::Bool(false)),
    ("embedding_size", Value::Null),
    ("quantization_config", Value::Null),
    ("rope_scaling", Value::Null),
];

/// The steps of Sentence-BERT that are taken here, by the ends of their types.
const STEPS: [&str; 3] = [".Transformer", ".Pooling", ".Normalize"];

/// An encoder's dimensions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Config {
    /// The name that the configuration gives.
    pub name: Option<String>,
    pub layers: usize,
    pub width: usize,
    pub heads: usize,
    pub inner: usize,
    pub vocabulary: usize,
    pub positions: usize,
    pub epsilon: f64,
    /// The most tokens of a text.
    pub longest: usize,
}

type Fields = Map<String, Value>;

/// Whether this is the configuration of a BERT.
pub(super) fn is_bert(config: &[u8]) -> bool {
    let fields: Option<Fields> = json::parse(config).ok();
    fields.is_some_and(|fields| fields.get("model_type").and_then(Value::as_str) == Some("bert"))
}

impl Config {
    /// Reads both files.
    pub fn read(config: &[u8], sentences: &[u8]) -> Result<Self, String> {
        let config: Fields = json::parse(config).map_err(|fault| fault.to_string())?;
        let sentences: Fields = json::parse(sentences)
            .map_err(|fault| format!("sentence_bert_config.json: {fault}"))?;
        for (key, expected) in [
            ("model_type", "bert"),
            ("hidden_act", "gelu"),
            ("position_embedding_type", "absolute"),
        ] {
            let found = config.get(key).and_then(Value::as_str);
            let usual = key == "position_embedding_type" && !config.contains_key(key);
            if found != Some(expected) && !usual {
                let found = config
                    .get(key)
                    .map_or("missing".to_owned(), Value::to_string);
                return Err(format!(
                    "`{key}` is {found}, only `{expected}` is computed here"
                ));
            }
        }
        for (key, neutral) in NEUTRAL {
            if let Some(found) = config.get(key)
                && *found != neutral
                && !found.is_null()
            {
                return Err(format!("`{key}` is {found}, which is not computed here"));
            }
        }
        let number = |key: &'static str, most: usize| number(&config, key, most);
        let width = number("hidden_size", MOST_WIDTH)?;
        let heads = number("num_attention_heads", width)?;
        if !width.is_multiple_of(heads) {
            return Err(format!(
                "a width of {width} does not divide among {heads} heads"
            ));
        }
        let positions = number("max_position_embeddings", MOST_POSITIONS)?;
        let epsilon = config.get("layer_norm_eps").and_then(Value::as_f64);
        let epsilon = epsilon.filter(|epsilon| (0.0..1.0).contains(epsilon));
        let name = config.get("_name_or_path").and_then(Value::as_str);
        Ok(Self {
            name: name.filter(|name| !name.is_empty()).map(str::to_owned),
            layers: number("num_hidden_layers", MOST_LAYERS)?,
            width,
            heads,
            inner: number("intermediate_size", 8 * MOST_WIDTH)?,
            vocabulary: number("vocab_size", MOST_VOCABULARY)?,
            positions,
            epsilon: epsilon.ok_or("`layer_norm_eps` is no small number")?,
            longest: self::number(&sentences, "max_seq_length", positions)
                .map_err(|why| format!("sentence_bert_config.json: {why}"))?,
        })
    }
}

/// Whether the steps in `modules.json` are those that are taken here.
///
/// # Errors
/// Another step, or what is wrong with the file.
pub(super) fn check_steps(modules: &[u8]) -> Result<(), String> {
    let steps: Vec<Fields> = json::parse(modules).map_err(|fault| fault.to_string())?;
    for step in &steps {
        let kind = step.get("type").and_then(Value::as_str).unwrap_or_default();
        if !STEPS.iter().any(|known| kind.ends_with(known)) {
            return Err(format!("it has the step `{kind}`, which is not taken here"));
        }
    }
    Ok(())
}

/// Whether `1_Pooling/config.json` asks for the mean of the tokens, and for nothing else.
///
/// # Errors
/// Another way, or what is wrong with the file.
pub(super) fn check_pooling(pooling: &[u8]) -> Result<(), String> {
    let fields: Fields = json::parse(pooling).map_err(|fault| fault.to_string())?;
    let modes = fields
        .iter()
        .filter(|(key, _)| key.starts_with("pooling_mode"));
    for (key, value) in modes {
        let wanted = key == "pooling_mode_mean_tokens";
        if *value != Value::Bool(wanted) {
            return Err(format!(
                "`{key}` is {value}, and only the mean of the tokens is taken here"
            ));
        }
    }
    Ok(())
}

fn number(fields: &Fields, key: &str, most: usize) -> Result<usize, String> {
    let found = fields.get(key).and_then(Value::as_u64);
    let number = found.and_then(|number| usize::try_from(number).ok());
    number
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| {
            let found = fields
                .get(key)
                .map_or("missing".to_owned(), Value::to_string);
            format!("`{key}` is {found}, expected a number from 1 to {most}")
        })
}
