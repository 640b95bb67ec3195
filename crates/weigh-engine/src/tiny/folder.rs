//! A tiny model as a folder of the Hugging Face layout.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Map, Value, json};

use super::vocabulary::{BOS, EOS, SPECIAL, Vocabulary};
use super::{CHAT_TEMPLATE, TinyFamily, TinyModel};
use crate::config::{DecoderConfig, RopeStyle};
use crate::tensor_name::TensorName;

/// The files: name and bytes. Keys are written in alphabetical order throughout, which is the
/// order whether or not the JSON library keeps that of insertion.
///
/// # Errors
/// The type cannot hold rows of this length.
pub(super) fn files(model: &TinyModel) -> io::Result<[(&'static str, Vec<u8>); 5]> {
    let config = model.config(RopeStyle::Halves);
    let text = |value: Value| format!("{value:#}\n").into_bytes();
    Ok([
        ("config.json", text(config_json(model, &config))),
        (
            "generation_config.json",
            text(json!({ "eos_token_id": EOS })),
        ),
        ("model.safetensors", safetensors(model, &config)?),
        ("tokenizer.json", text(tokenizer())),
        ("tokenizer_config.json", text(tokenizer_config())),
    ])
}

fn config_json(model: &TinyModel, config: &DecoderConfig) -> Value {
    let (architecture, model_type) = match model.family {
        TinyFamily::Llama => ("LlamaForCausalLM", "llama"),
        TinyFamily::Qwen2 => ("Qwen2ForCausalLM", "qwen2"),
    };
    json!({
        "architectures": [architecture],
        "bos_token_id": BOS,
        "eos_token_id": EOS,
        "hidden_act": "silu",
        "hidden_size": config.width,
        "intermediate_size": config.ffn_width,
        "max_position_embeddings": config.context,
        "model_type": model_type,
        "num_attention_heads": config.heads,
        "num_hidden_layers": config.layers,
        "num_key_value_heads": config.kv_heads,
        "rms_norm_eps": 1e-5,
        "rope_parameters": { "rope_theta": 10_000.0, "rope_type": "default" },
        "tie_word_embeddings": config.tied_head,
        "vocab_size": config.vocab,
    })
}

fn tokenizer() -> Value {
    let vocabulary = Vocabulary::new();
    let added: Vec<Value> = (0..)
        .zip(SPECIAL)
        .map(|(id, text): (u32, _)| added_token(id, text))
        .collect();
    let sorted: BTreeMap<&String, usize> = vocabulary.tokens.iter().zip(0..).collect();
    let vocab: Map<String, Value> = sorted
        .into_iter()
        .map(|(text, id)| (text.clone(), Value::from(id)))
        .collect();
    json!({
        "added_tokens": added,
        "decoder": byte_level(),
        "model": {
            "byte_fallback": false,
            "continuing_subword_prefix": null,
            "dropout": null,
            "end_of_word_suffix": null,
            "fuse_unk": false,
            "ignore_merges": false,
            "merges": vocabulary.merges,
            "type": "BPE",
            "unk_token": null,
            "vocab": vocab,
        },
        "normalizer": null,
        "padding": null,
        "post_processor": null,
        "pre_tokenizer": {
            "pretokenizers": [{ "individual_digits": true, "type": "Digits" }, byte_level()],
            "type": "Sequence",
        },
        "truncation": null,
        "version": "1.0",
    })
}

fn added_token(id: u32, text: &str) -> Value {
    json!({
        "content": text,
        "id": id,
        "lstrip": false,
        "normalized": false,
        "rstrip": false,
        "single_word": false,
        "special": true,
    })
}

fn byte_level() -> Value {
    json!({ "add_prefix_space": false, "trim_offsets": true, "type": "ByteLevel", "use_regex": true })
}

fn tokenizer_config() -> Value {
    let text = |id: u32| {
        usize::try_from(id)
            .ok()
            .and_then(|id| SPECIAL.get(id).copied())
    };
    json!({
        "add_bos_token": false,
        "bos_token": text(BOS),
        "chat_template": CHAT_TEMPLATE,
        "clean_up_tokenization_spaces": false,
        "eos_token": text(EOS),
        "tokenizer_class": "PreTrainedTokenizerFast",
    })
}

fn safetensors(model: &TinyModel, config: &DecoderConfig) -> io::Result<Vec<u8>> {
    let mut header = Map::new();
    let mut data = Vec::new();
    let tensors = TensorName::all(config)
        .into_iter()
        .map(|name| (name.in_hf(), name));
    for (text, name) in tensors.collect::<BTreeMap<_, _>>() {
        let weights = model.weights(name, config);
        let weights = TinyModel::rounded(&weights, model.dtype(name, config)?)?;
        let begin = data.len();
        data.extend(weights.iter().flat_map(|weight| weight.to_le_bytes()));
        let entry = json!({
            "data_offsets": [begin, data.len()],
            "dtype": "F32",
            "shape": name.shape(config),
        });
        header.insert(text, entry);
    }
    let mut header = Value::Object(header).to_string();
    while !header.len().is_multiple_of(8) {
        header.push(' ');
    }
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.as_bytes());
    file.extend(data);
    Ok(file)
}
