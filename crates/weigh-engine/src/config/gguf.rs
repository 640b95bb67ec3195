//! The decoder's configuration from the metadata of a GGUF file.

use super::{ConfigFault, DecoderConfig, Family, RopeStyle};
use crate::gguf::Gguf;
use crate::gguf::metadata::{KeyFault, Metadata};

/// Keys of the architecture that are read here or change nothing.
const KNOWN: [&str; 15] = [
    "attention.head_count",
    "attention.head_count_kv",
    "attention.key_length",
    "attention.layer_norm_rms_epsilon",
    "attention.value_length",
    "block_count",
    "context_length",
    "embedding_length",
    "feed_forward_length",
    "rope.dimension_count",
    "rope.freq_base",
    "rope.scale_linear",
    "rope.scaling.factor",
    "rope.scaling.type",
    "vocab_size",
];

/// Reads the configuration.
///
/// # Errors
/// Everything that is missing, out of range or not implemented.
pub(crate) fn read(gguf: &Gguf<'_>) -> Result<DecoderConfig, Vec<ConfigFault>> {
    let (family, prefix) = family(&gguf.metadata).map_err(|fault| vec![fault])?;
    let mut keys = Keys {
        metadata: &gguf.metadata,
        prefix,
        faults: Vec::new(),
    };
    keys.refuse_unknown();
    keys.refuse_scaling();
    let width = keys.size("embedding_length");
    let heads = keys.size("attention.head_count");
    let head_dim = keys.head_dim(width, heads);
    let config = DecoderConfig {
        family,
        layers: keys.size("block_count"),
        width,
        heads,
        kv_heads: keys.find("attention.head_count_kv").unwrap_or(heads),
        head_dim,
        ffn_width: keys.size("feed_forward_length"),
        vocab: keys.vocab(),
        context: keys.size("context_length"),
        rope_theta: keys.float("rope.freq_base"),
        rope_style: match family {
            Family::Llama => RopeStyle::Interleaved,
            Family::Qwen2 => RopeStyle::Halves,
        },
        norm_eps: keys.float("attention.layer_norm_rms_epsilon"),
        tied_head: !gguf.tensors.contains_key("output.weight"),
        qkv_bias: family == Family::Qwen2,
    };
    let mut faults = keys.faults;
    if faults.is_empty() {
        config.validate(&mut faults);
    }
    if faults.is_empty() {
        Ok(config)
    } else {
        Err(faults)
    }
}

fn family(metadata: &Metadata<'_>) -> Result<(Family, &'static str), ConfigFault> {
    let split = metadata
        .find_size("split.count")
        .map_err(ConfigFault::from)?;
    if let Some(parts) = split.filter(|parts| *parts > 1) {
        return Err(unsupported("split.count", parts));
    }
    match metadata.text("general.architecture")? {
        "llama" => Ok((Family::Llama, "llama")),
        "qwen2" => Ok((Family::Qwen2, "qwen2")),
        other => Err(unsupported("general.architecture", other)),
    }
}

/// The architecture's keys, and what is wrong with them.
struct Keys<'a> {
    metadata: &'a Metadata<'a>,
    prefix: &'static str,
    faults: Vec<ConfigFault>,
}

impl Keys<'_> {
    fn name(&self, key: &str) -> String {
        format!("{}.{key}", self.prefix)
    }

    fn take<T>(&mut self, result: Result<T, KeyFault>) -> Option<T> {
        result.map_err(|fault| self.faults.push(fault.into())).ok()
    }

    /// A size that must be there; 0 if it is not, after noting so.
    fn size(&mut self, key: &str) -> usize {
        self.take(self.metadata.size(&self.name(key))).unwrap_or(0)
    }

    fn find(&mut self, key: &str) -> Option<usize> {
        self.take(self.metadata.find_size(&self.name(key)))
            .flatten()
    }

    fn float(&mut self, key: &str) -> f32 {
        self.take(self.metadata.f32(&self.name(key))).unwrap_or(0.0)
    }

    fn refuse_unknown(&mut self) {
        let start = self.name("");
        let unknown = self.metadata.keys().filter(|key| {
            key.strip_prefix(&start)
                .is_some_and(|rest| !KNOWN.contains(&rest))
        });
        self.faults
            .extend(unknown.map(|key| unsupported(key, "set")));
    }

    fn refuse_scaling(&mut self) {
        let kind = self.name("rope.scaling.type");
        let found = self.take(self.metadata.find_text(&kind)).flatten();
        if let Some(found) = found.filter(|found| *found != "none") {
            self.faults.push(unsupported(&kind, found));
        }
        for key in ["rope.scaling.factor", "rope.scale_linear"] {
            let key = self.name(key);
            let factor = self.take(self.metadata.find_f32(&key)).flatten();
            if let Some(factor) = factor.filter(|factor| factor.to_bits() != 1.0_f32.to_bits()) {
                self.faults.push(unsupported(&key, factor));
            }
        }
    }

    /// Numbers in a head; keys, values and the rotated part must all be of that size.
    fn head_dim(&mut self, width: usize, heads: usize) -> usize {
        let default = width.checked_div(heads).unwrap_or(0);
        let head_dim = self.find("attention.key_length").unwrap_or(default);
        for key in ["attention.value_length", "rope.dimension_count"] {
            let found = self.find(key);
            if let Some(found) = found.filter(|found| *found != head_dim) {
                let field = self.name(key);
                self.faults.push(unsupported(&field, found));
            }
        }
        head_dim
    }

    /// The number of tokens, which `vocab_size` must repeat if it is there.
    fn vocab(&mut self) -> usize {
        let tokens = self.take(self.metadata.array("tokenizer.ggml.tokens"));
        let tokens = tokens.map_or(0, |tokens| tokens.len);
        let said = self.find("vocab_size");
        if let Some(said) = said.filter(|said| *said != tokens) {
            let expected = format!("the {tokens} tokens of `tokenizer.ggml.tokens`");
            let field = self.name("vocab_size");
            self.faults.push(super::value_fault(&field, said, expected));
        }
        tokens
    }
}

fn unsupported(field: &str, value: impl ToString) -> ConfigFault {
    ConfigFault::Unsupported {
        field: field.to_owned(),
        value: value.to_string(),
    }
}

impl From<KeyFault> for ConfigFault {
    fn from(fault: KeyFault) -> Self {
        match fault {
            KeyFault::Missing(key) => Self::Missing(key),
            KeyFault::Type { key, expected } => Self::Type {
                field: key,
                expected,
            },
        }
    }
}
