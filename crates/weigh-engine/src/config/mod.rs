//! What a decoder is built from: sizes, the position encoding and the norm's epsilon.

pub(crate) mod gguf;
pub(crate) mod hf;

use std::fmt;

use weigh_core::digest::Digest;

pub(crate) use crate::kernels::rope::RopeStyle;

/// Which family of decoders a model belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// RMSNorm, rotary positions, grouped queries, SwiGLU; no bias.
    Llama,
    /// The same with a bias on q, k and v.
    Qwen2,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Llama => "llama",
            Self::Qwen2 => "qwen2",
        })
    }
}

/// Everything about a decoder that is no weight.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DecoderConfig {
    /// Family.
    pub family: Family,
    /// Number of layers.
    pub layers: usize,
    /// Numbers in the residual stream.
    pub width: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads; divides `heads`.
    pub kv_heads: usize,
    /// Numbers in a head; even.
    pub head_dim: usize,
    /// Numbers between the gate and the down projection.
    pub ffn_width: usize,
    /// Rows of the embedding.
    pub vocab: usize,
    /// Positions that the model was made for.
    pub context: usize,
    /// Base of the rotary frequencies.
    pub rope_theta: f32,
    /// Which numbers turn together.
    pub rope_style: RopeStyle,
    /// Added to the mean square in RMSNorm.
    pub norm_eps: f32,
    /// Whether the head is the embedding.
    pub tied_head: bool,
    /// Whether q, k and v have a bias.
    pub qkv_bias: bool,
}

/// Something in a configuration that this engine cannot follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigFault {
    /// A field is not there.
    #[error("`{0}` is missing")]
    Missing(String),
    /// A field has another type than it should.
    #[error("`{field}` is not {expected}")]
    Type {
        /// Its name.
        field: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A value that no model has.
    #[error("`{field}` is {value}; expected {expected}")]
    Value {
        /// Its name.
        field: String,
        /// What it is.
        value: String,
        /// What it may be.
        expected: String,
    },
    /// A feature that changes the arithmetic and is not implemented.
    #[error(
        "`{field}` is {value}: this engine has no such feature and would compute something else"
    )]
    Unsupported {
        /// The field that asks for it.
        field: String,
        /// Its value.
        value: String,
    },
}

/// Largest values that are believed; each is far above any published model of these families.
const MAX_LAYERS: usize = 1_024;
const MAX_WIDTH: usize = 1 << 17;
const MAX_VOCAB: usize = 1 << 21;
const MAX_CONTEXT: usize = 1 << 24;

impl DecoderConfig {
    /// The digest of every field, one `name value` a line, as named and ordered in this type.
    pub(crate) fn digest(&self) -> Digest {
        let Self {
            family,
            layers,
            width,
            heads,
            kv_heads,
            head_dim,
            ffn_width,
            ..
        } = self;
        let Self {
            vocab,
            context,
            rope_theta,
            rope_style,
            norm_eps,
            tied_head,
            qkv_bias,
            ..
        } = self;
        let lines = format!(
            "family {family}\nlayers {layers}\nwidth {width}\nheads {heads}\n\
             kv_heads {kv_heads}\nhead_dim {head_dim}\nffn_width {ffn_width}\n\
             vocab {vocab}\ncontext {context}\nrope_theta {rope_theta}\n\
             rope_style {rope_style:?}\nnorm_eps {norm_eps:e}\ntied_head {tied_head}\n\
             qkv_bias {qkv_bias}\n"
        );
        Digest::of(lines.as_bytes())
    }

    /// Adds to `faults` whatever is out of range or does not fit together.
    fn validate(&self, faults: &mut Vec<ConfigFault>) {
        let ranges = [
            ("layers", self.layers, MAX_LAYERS),
            ("width", self.width, MAX_WIDTH),
            ("heads", self.heads, MAX_WIDTH),
            ("kv_heads", self.kv_heads, MAX_WIDTH),
            ("head_dim", self.head_dim, MAX_WIDTH),
            ("ffn_width", self.ffn_width, MAX_WIDTH),
            ("vocab", self.vocab, MAX_VOCAB),
            ("context", self.context, MAX_CONTEXT),
        ];
        for (field, value, most) in ranges {
            if !(1..=most).contains(&value) {
                faults.push(value_fault(field, value, format!("1 to {most}")));
            }
        }
        if self.kv_heads > 0 && !self.heads.is_multiple_of(self.kv_heads) {
            let expected = format!("a divisor of the {} query heads", self.heads);
            faults.push(value_fault("kv_heads", self.kv_heads, expected));
        }
        if !self.head_dim.is_multiple_of(2) {
            faults.push(value_fault(
                "head_dim",
                self.head_dim,
                "an even number".to_owned(),
            ));
        }
        for (field, value) in [("rope_theta", self.rope_theta), ("norm_eps", self.norm_eps)] {
            if !(value > 0.0 && value.is_finite()) {
                faults.push(value_fault(field, value, "a number above zero".to_owned()));
            }
        }
    }
}

fn value_fault(field: &str, value: impl ToString, expected: String) -> ConfigFault {
    ConfigFault::Value {
        field: field.to_owned(),
        value: value.to_string(),
        expected,
    }
}

#[cfg(test)]
mod tests;
