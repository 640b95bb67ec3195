//! A tiny model as a GGUF file.

use std::io;

use super::vocabulary::{BOS, EOS, SPECIAL, Vocabulary};
use super::{CHAT_TEMPLATE, TinyFamily, TinyModel};
use crate::config::{DecoderConfig, RopeStyle};
use crate::gguf::write::Writer;
use crate::tensor_name::{LayerTensor, TensorName};

/// The bytes of the file.
///
/// # Errors
/// The type cannot hold rows of this length.
pub(super) fn bytes(model: &TinyModel) -> io::Result<Vec<u8>> {
    let config = model.config(match model.family {
        TinyFamily::Llama => RopeStyle::Interleaved,
        TinyFamily::Qwen2 => RopeStyle::Halves,
    });
    let mut file = Writer::default();
    metadata(&mut file, model, &config);
    tokenizer(&mut file);
    for name in TensorName::all(&config) {
        let weights = in_gguf_order(model.weights(name, &config), name, &config);
        let dtype = model.dtype(name, &config)?;
        let stored = TinyModel::stored(&weights, dtype)?;
        file.tensor(&name.in_gguf(), dtype, &name.shape(&config), &stored);
    }
    Ok(file.finish())
}

fn metadata(file: &mut Writer, model: &TinyModel, config: &DecoderConfig) {
    let architecture = config.family.to_string();
    file.text("general.architecture", &architecture);
    file.text(
        "general.name",
        &format!("tiny {architecture} {}", model.seed),
    );
    file.text("general.license", "apache-2.0");
    let sizes = [
        ("block_count", config.layers),
        ("context_length", config.context),
        ("embedding_length", config.width),
        ("feed_forward_length", config.ffn_width),
        ("attention.head_count", config.heads),
        ("attention.head_count_kv", config.kv_heads),
        ("rope.dimension_count", config.head_dim),
    ];
    for (key, size) in sizes {
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        file.u32(&format!("{architecture}.{key}"), size);
    }
    file.f32(&format!("{architecture}.rope.freq_base"), config.rope_theta);
    let epsilon = format!("{architecture}.attention.layer_norm_rms_epsilon");
    file.f32(&epsilon, config.norm_eps);
}

fn tokenizer(file: &mut Writer) {
    let vocabulary = Vocabulary::new();
    let types = (0..vocabulary.tokens.len()).map(|id| if id < SPECIAL.len() { 3 } else { 1 });
    let merges = vocabulary.merges.iter();
    let merges: Vec<String> = merges
        .map(|(left, right)| format!("{left} {right}"))
        .collect();
    file.text("tokenizer.ggml.model", "gpt2");
    file.text("tokenizer.ggml.pre", "smollm");
    file.texts(
        "tokenizer.ggml.tokens",
        vocabulary.tokens.iter().map(String::as_str),
    );
    file.i32s("tokenizer.ggml.token_type", &types.collect::<Vec<_>>());
    file.texts("tokenizer.ggml.merges", merges.iter().map(String::as_str));
    file.u32("tokenizer.ggml.bos_token_id", BOS);
    file.u32("tokenizer.ggml.eos_token_id", EOS);
    file.flag("tokenizer.ggml.add_bos_token", false);
    file.text("tokenizer.chat_template", CHAT_TEMPLATE);
}

/// The rows of q and k as GGUF files of Llama models have them: within a head, row i of the first
/// half and row i of the second become neighbours.
fn in_gguf_order(weights: Vec<f32>, name: TensorName, config: &DecoderConfig) -> Vec<f32> {
    let permuted = matches!(name, TensorName::Layer(_, LayerTensor::Q | LayerTensor::K));
    if config.rope_style == RopeStyle::Halves || !permuted {
        return weights;
    }
    let mut ordered = Vec::with_capacity(weights.len());
    for head in weights.chunks(config.head_dim * config.width) {
        let (first, second) = head.split_at(head.len() / 2);
        for (a, b) in first.chunks(config.width).zip(second.chunks(config.width)) {
            ordered.extend(a);
            ordered.extend(b);
        }
    }
    ordered
}
