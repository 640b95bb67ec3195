//! The tensors of a decoder: their names in both formats and the shapes they must have.

use std::fmt;

use crate::config::DecoderConfig;

/// A tensor of the decoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TensorName {
    /// One row a token.
    Embedding,
    /// One row a token; the embedding itself where the two are tied.
    Head,
    /// Scale of the norm before the head.
    FinalNorm,
    /// A tensor of the layer with this index.
    Layer(usize, LayerTensor),
}

/// A tensor of one layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum LayerTensor {
    /// Scale of the norm before attention.
    AttnNorm,
    /// Query projection.
    Q,
    /// Key projection.
    K,
    /// Value projection.
    V,
    /// Query bias.
    QBias,
    /// Key bias.
    KBias,
    /// Value bias.
    VBias,
    /// Projection of the heads' outputs.
    O,
    /// Scale of the norm before the feed-forward part.
    FfnNorm,
    /// Gate projection, which goes through SiLU.
    Gate,
    /// Up projection.
    Up,
    /// Down projection.
    Down,
}

use LayerTensor as L;

/// Every tensor of a layer without a bias, and the three that are.
const LAYER: [L; 9] = [
    L::AttnNorm,
    L::Q,
    L::K,
    L::V,
    L::O,
    L::FfnNorm,
    L::Gate,
    L::Up,
    L::Down,
];
const BIASES: [L; 3] = [L::QBias, L::KBias, L::VBias];

impl TensorName {
    /// Every tensor that a decoder of this configuration has.
    pub(crate) fn all(config: &DecoderConfig) -> Vec<Self> {
        let mut names = vec![Self::Embedding, Self::FinalNorm];
        if !config.tied_head {
            names.push(Self::Head);
        }
        let biases: &[L] = if config.qkv_bias { &BIASES } else { &[] };
        for layer in 0..config.layers {
            let tensors = LAYER.iter().chain(biases);
            names.extend(tensors.map(|tensor| Self::Layer(layer, *tensor)));
        }
        names
    }

    /// Its shape, rows first: `[out, in]` for a projection.
    pub(crate) fn shape(self, config: &DecoderConfig) -> Vec<usize> {
        let width = config.width;
        let queries = config.heads * config.head_dim;
        let keys = config.kv_heads * config.head_dim;
        match self {
            Self::Embedding | Self::Head => vec![config.vocab, width],
            Self::FinalNorm | Self::Layer(_, L::AttnNorm | L::FfnNorm) => vec![width],
            Self::Layer(_, L::Q) => vec![queries, width],
            Self::Layer(_, L::K | L::V) => vec![keys, width],
            Self::Layer(_, L::QBias) => vec![queries],
            Self::Layer(_, L::KBias | L::VBias) => vec![keys],
            Self::Layer(_, L::O) => vec![width, queries],
            Self::Layer(_, L::Gate | L::Up) => vec![config.ffn_width, width],
            Self::Layer(_, L::Down) => vec![width, config.ffn_width],
        }
    }

    /// Its name in a GGUF file.
    pub(crate) fn in_gguf(self) -> String {
        match self {
            Self::Embedding => "token_embd.weight".to_owned(),
            Self::Head => "output.weight".to_owned(),
            Self::FinalNorm => "output_norm.weight".to_owned(),
            Self::Layer(layer, tensor) => format!("blk.{layer}.{}", tensor.in_gguf()),
        }
    }

    /// Its name in a Hugging Face safetensors file.
    pub(crate) fn in_hf(self) -> String {
        match self {
            Self::Embedding => "model.embed_tokens.weight".to_owned(),
            Self::Head => "lm_head.weight".to_owned(),
            Self::FinalNorm => "model.norm.weight".to_owned(),
            Self::Layer(layer, tensor) => format!("model.layers.{layer}.{}", tensor.in_hf()),
        }
    }
}

impl LayerTensor {
    fn in_gguf(self) -> &'static str {
        match self {
            Self::AttnNorm => "attn_norm.weight",
            Self::Q => "attn_q.weight",
            Self::K => "attn_k.weight",
            Self::V => "attn_v.weight",
            Self::QBias => "attn_q.bias",
            Self::KBias => "attn_k.bias",
            Self::VBias => "attn_v.bias",
            Self::O => "attn_output.weight",
            Self::FfnNorm => "ffn_norm.weight",
            Self::Gate => "ffn_gate.weight",
            Self::Up => "ffn_up.weight",
            Self::Down => "ffn_down.weight",
        }
    }

    fn in_hf(self) -> &'static str {
        match self {
            Self::AttnNorm => "input_layernorm.weight",
            Self::Q => "self_attn.q_proj.weight",
            Self::K => "self_attn.k_proj.weight",
            Self::V => "self_attn.v_proj.weight",
            Self::QBias => "self_attn.q_proj.bias",
            Self::KBias => "self_attn.k_proj.bias",
            Self::VBias => "self_attn.v_proj.bias",
            Self::O => "self_attn.o_proj.weight",
            Self::FfnNorm => "post_attention_layernorm.weight",
            Self::Gate => "mlp.gate_proj.weight",
            Self::Up => "mlp.up_proj.weight",
            Self::Down => "mlp.down_proj.weight",
        }
    }
}

impl fmt::Display for TensorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_gguf())
    }
}
