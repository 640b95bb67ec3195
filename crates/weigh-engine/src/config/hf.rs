//! The decoder's configuration from a Hugging Face `config.json`.

use serde_json::{Map, Value};

use super::{ConfigFault, DecoderConfig, Family, RopeStyle};

/// Fields that ask for other arithmetic unless they have one of these values.
const NEUTRAL: [(&str, &[&str]); 12] = [
    ("hidden_act", &["\"silu\""]),
    ("mlp_bias", &["false"]),
    ("partial_rotary_factor", &["1.0", "1"]),
    ("pretraining_tp", &["1"]),
    ("quantization_config", &[]),
    ("rope_interleaved", &["false"]),
    ("use_sliding_window", &["false"]),
    ("num_experts", &[]),
    ("num_local_experts", &[]),
    ("attention_multiplier", &[]),
    ("logits_scaling", &[]),
    ("residual_multiplier", &[]),
];

/// Reads the configuration.
///
/// # Errors
/// Everything that is missing, out of range or not implemented.
pub(crate) fn read(fields: &Map<String, Value>) -> Result<DecoderConfig, Vec<ConfigFault>> {
    let family = family(fields).map_err(|fault| vec![fault])?;
    let mut reader = Reader {
        fields,
        faults: Vec::new(),
    };
    reader.refuse_features(family);
    let width = reader.size("hidden_size");
    let heads = reader.size("num_attention_heads");
    let head_dim = reader.find("head_dim");
    let config = DecoderConfig {
        family,
        layers: reader.size("num_hidden_layers"),
        width,
        heads,
        kv_heads: reader.find("num_key_value_heads").unwrap_or(heads),
        head_dim: head_dim.unwrap_or(width.checked_div(heads).unwrap_or(0)),
        ffn_width: reader.size("intermediate_size"),
        vocab: reader.size("vocab_size"),
        context: reader.size("max_position_embeddings"),
        rope_theta: reader.rope_theta(),
        rope_style: RopeStyle::Halves,
        norm_eps: reader.float("rms_norm_eps"),
        tied_head: reader.flag("tie_word_embeddings"),
        qkv_bias: family == Family::Qwen2,
    };
    let mut faults = reader.faults;
    if faults.is_empty() {
        config.validate(&mut faults);
    }
    if faults.is_empty() {
        Ok(config)
    } else {
        Err(faults)
    }
}

fn family(fields: &Map<String, Value>) -> Result<Family, ConfigFault> {
    let architectures = fields
        .get("architectures")
        .ok_or_else(|| ConfigFault::Missing("architectures".to_owned()))?;
    let names: Option<Vec<_>> = architectures
        .as_array()
        .map(|names| names.iter().filter_map(Value::as_str).collect());
    match names.as_deref() {
        Some(["LlamaForCausalLM"]) => Ok(Family::Llama),
        Some(["Qwen2ForCausalLM"]) => Ok(Family::Qwen2),
        Some(_) | None => Err(unsupported("architectures", architectures)),
    }
}

/// The fields, and what is wrong with them.
struct Reader<'a> {
    fields: &'a Map<String, Value>,
    faults: Vec<ConfigFault>,
}

impl<'a> Reader<'a> {
    /// A field that is there and not null.
    fn field(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    fn find(&mut self, name: &str) -> Option<usize> {
        let value = self.field(name)?;
        let size = value.as_u64().and_then(|size| usize::try_from(size).ok());
        if size.is_none() {
            self.mistyped(name, "an unsigned integer");
        }
        size
    }

    /// A size that must be there; 0 if it is not, after noting so.
    fn size(&mut self, name: &str) -> usize {
        if self.field(name).is_none() {
            self.faults.push(ConfigFault::Missing(name.to_owned()));
        }
        self.find(name).unwrap_or(0)
    }

    fn float(&mut self, name: &str) -> f32 {
        match self.field(name) {
            None => self.faults.push(ConfigFault::Missing(name.to_owned())),
            Some(value) => match value.as_f64() {
                Some(number) => return narrow(number),
                None => self.mistyped(name, "a number"),
            },
        }
        0.0
    }

    /// A boolean; false if it is not there, as in the configuration classes of both families.
    fn flag(&mut self, name: &str) -> bool {
        let Some(value) = self.field(name) else {
            return false;
        };
        value.as_bool().unwrap_or_else(|| {
            self.mistyped(name, "a boolean");
            false
        })
    }

    fn mistyped(&mut self, field: &str, expected: &'static str) {
        let field = field.to_owned();
        self.faults.push(ConfigFault::Type { field, expected });
    }

    /// The base of the frequencies from `rope_theta`, `rope_parameters` or both, if they agree.
    /// Neither has a default here: one that is guessed gives a model that still talks.
    fn rope_theta(&mut self) -> f32 {
        let old = self.field("rope_theta");
        let parameters = self.field("rope_parameters");
        let new = parameters.and_then(|parameters| parameters.get("rope_theta"));
        let theta = match (old, new) {
            (None, None) => {
                let field = "rope_theta` or `rope_parameters.rope_theta";
                self.faults.push(ConfigFault::Missing(field.to_owned()));
                return 0.0;
            }
            (Some(old), Some(new)) if old.as_f64() != new.as_f64() => {
                let expected = format!("the {new} of `rope_parameters.rope_theta`");
                self.faults
                    .push(super::value_fault("rope_theta", old, expected));
                return 0.0;
            }
            (Some(theta), _) | (None, Some(theta)) => theta.as_f64(),
        };
        theta.map(narrow).unwrap_or_else(|| {
            self.mistyped("rope_theta", "a number");
            0.0
        })
    }

    fn refuse_features(&mut self, family: Family) {
        for (name, neutral) in NEUTRAL {
            let value = self.field(name);
            if let Some(value) =
                value.filter(|value| !neutral.contains(&value.to_string().as_str()))
            {
                self.faults.push(unsupported(name, value));
            }
        }
        if family == Family::Llama {
            for name in ["attention_bias", "sliding_window"] {
                let value = self
                    .field(name)
                    .filter(|value| **value != Value::Bool(false));
                self.faults
                    .extend(value.map(|value| unsupported(name, value)));
            }
        }
        self.refuse_scaling();
    }

    /// Refuses frequencies that are stretched, or a rotation of some numbers of a head only.
    fn refuse_scaling(&mut self) {
        for name in ["rope_scaling", "rope_parameters"] {
            let Some(object) = self.field(name) else {
                continue;
            };
            let kind = rope_type(object);
            if kind != "default" {
                self.faults
                    .push(unsupported(&format!("{name}.rope_type"), kind));
            }
            let part = object.get("partial_rotary_factor");
            if let Some(part) = part.filter(|part| part.as_f64() != Some(1.0)) {
                let field = format!("{name}.partial_rotary_factor");
                self.faults.push(unsupported(&field, part));
            }
        }
    }
}

/// The kind of scaling that a `rope_scaling` or `rope_parameters` object asks for.
fn rope_type(object: &Value) -> String {
    let kind = object.get("rope_type").or_else(|| object.get("type"));
    match kind {
        Some(Value::String(kind)) => kind.clone(),
        Some(other) => other.to_string(),
        None if object.get("factor").is_none() && object.is_object() => "default".to_owned(),
        None => object.to_string(),
    }
}

/// The nearest single-precision number, which is what every implementation computes with.
#[allow(clippy::cast_possible_truncation)]
fn narrow(number: f64) -> f32 {
    number as f32
}

fn unsupported(field: &str, value: impl ToString) -> ConfigFault {
    ConfigFault::Unsupported {
        field: field.to_owned(),
        value: value.to_string(),
    }
}
