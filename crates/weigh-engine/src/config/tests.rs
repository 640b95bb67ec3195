//! Configurations of both formats, changed one field at a time.

use serde_json::{Map, Value, json};

use super::{ConfigFault as Fault, DecoderConfig, Family, RopeStyle, gguf, hf};
use crate::dtype::Dtype;
use crate::gguf::check::parse;
use crate::gguf::write::Writer;

/// A `config.json` with some fields changed; null takes a field away.
fn hf_config(changes: Value) -> Result<DecoderConfig, Vec<Fault>> {
    let mut fields: Map<String, Value> = serde_json::from_value(json!({
        "architectures": ["LlamaForCausalLM"],
        "hidden_size": 576,
        "intermediate_size": 1536,
        "max_position_embeddings": 8192,
        "num_attention_heads": 9,
        "num_hidden_layers": 30,
        "num_key_value_heads": 3,
        "rms_norm_eps": 1e-5,
        "rope_theta": 100_000,
        "tie_word_embeddings": true,
        "vocab_size": 49152,
    }))
    .unwrap();
    for (name, value) in changes.as_object().unwrap() {
        fields.insert(name.clone(), value.clone());
    }
    hf::read(&fields)
}

fn unsupported(field: &str, value: &str) -> Fault {
    let (field, value) = (field.to_owned(), value.to_owned());
    Fault::Unsupported { field, value }
}

fn mistyped(field: &str, expected: &'static str) -> Fault {
    Fault::Type {
        field: field.to_owned(),
        expected,
    }
}

fn value(field: &str, value: &str, expected: &str) -> Fault {
    let (field, value) = (field.to_owned(), value.to_owned());
    Fault::Value {
        field,
        value,
        expected: expected.to_owned(),
    }
}

fn missing(field: &str) -> Fault {
    Fault::Missing(field.to_owned())
}

#[test]
fn the_default_model_s_configuration_is_read() {
    let config = hf_config(json!({})).unwrap();
    let expect = DecoderConfig {
        family: Family::Llama,
        layers: 30,
        width: 576,
        heads: 9,
        kv_heads: 3,
        head_dim: 64,
        ffn_width: 1536,
        vocab: 49152,
        context: 8192,
        rope_theta: 100_000.0,
        rope_style: RopeStyle::Halves,
        norm_eps: 1e-5,
        tied_head: true,
        qkv_bias: false,
    };
    assert_eq!(config, expect);
    let other = DecoderConfig {
        rope_theta: 10_000.0,
        ..expect.clone()
    };
    assert_ne!(config.digest(), other.digest());
}

#[test]
fn the_base_of_the_frequencies_is_never_guessed() {
    let theta = |changes| hf_config(changes).map(|config| config.rope_theta);
    let new = json!({ "rope_theta": 5e5, "rope_type": "default" });
    assert_eq!(
        theta(json!({ "rope_theta": null, "rope_parameters": new })),
        Ok(500_000.0)
    );
    assert_eq!(
        theta(json!({ "rope_parameters": { "rope_theta": 100_000.0 } })),
        Ok(100_000.0)
    );
    let neither = missing("rope_theta` or `rope_parameters.rope_theta");
    assert_eq!(theta(json!({ "rope_theta": null })), Err(vec![neither]));
    let differ = value(
        "rope_theta",
        "100000",
        "the 500000.0 of `rope_parameters.rope_theta`",
    );
    assert_eq!(theta(json!({ "rope_parameters": new })), Err(vec![differ]));
    let text = mistyped("rope_theta", "a number");
    assert_eq!(theta(json!({ "rope_theta": "1e5" })), Err(vec![text]));
}

#[test]
fn fields_without_a_value_have_the_defaults_of_the_family() {
    let config = hf_config(json!({ "num_key_value_heads": null, "tie_word_embeddings": null }));
    let config = config.unwrap();
    assert_eq!((config.kv_heads, config.tied_head), (9, false));
    let qwen2 = json!({ "architectures": ["Qwen2ForCausalLM"], "sliding_window": 4096, "use_sliding_window": false });
    let config = hf_config(qwen2).unwrap();
    assert_eq!((config.family, config.qkv_bias), (Family::Qwen2, true));
}

#[test]
fn features_that_are_not_implemented_are_refused_by_name() {
    let check = |changes: Value, field: &str, value: &str| {
        assert_eq!(hf_config(changes), Err(vec![unsupported(field, value)]));
    };
    let mistral = json!({ "architectures": ["MistralForCausalLM"] });
    check(mistral, "architectures", r#"["MistralForCausalLM"]"#);
    check(json!({ "hidden_act": "gelu" }), "hidden_act", "\"gelu\"");
    check(json!({ "attention_bias": true }), "attention_bias", "true");
    check(json!({ "mlp_bias": true }), "mlp_bias", "true");
    check(json!({ "sliding_window": 4096 }), "sliding_window", "4096");
    check(
        json!({ "use_sliding_window": true }),
        "use_sliding_window",
        "true",
    );
    check(
        json!({ "quantization_config": { "bits": 4 } }),
        "quantization_config",
        r#"{"bits":4}"#,
    );
    check(
        json!({ "partial_rotary_factor": 0.5 }),
        "partial_rotary_factor",
        "0.5",
    );
    let llama3 = json!({ "rope_type": "llama3", "factor": 8.0 });
    check(
        json!({ "rope_scaling": llama3 }),
        "rope_scaling.rope_type",
        "llama3",
    );
    check(
        json!({ "rope_scaling": { "type": "linear", "factor": 2.0 } }),
        "rope_scaling.rope_type",
        "linear",
    );
    let partial = json!({ "rope_theta": 1e5, "partial_rotary_factor": 0.5 });
    check(
        json!({ "rope_parameters": partial }),
        "rope_parameters.partial_rotary_factor",
        "0.5",
    );
    assert!(
        hf_config(
            json!({ "hidden_act": "silu", "partial_rotary_factor": 1.0, "rope_scaling": null })
        )
        .is_ok()
    );
}

#[test]
fn every_fault_is_told_at_once() {
    let changes = json!({ "hidden_size": null, "vocab_size": -1, "rms_norm_eps": "x", "tie_word_embeddings": 1 });
    let expect = vec![
        missing("hidden_size"),
        mistyped("vocab_size", "an unsigned integer"),
        mistyped("rms_norm_eps", "a number"),
        mistyped("tie_word_embeddings", "a boolean"),
    ];
    assert_eq!(hf_config(changes), Err(expect));
    assert_eq!(
        hf_config(json!({ "architectures": null })),
        Err(vec![unsupported("architectures", "null")])
    );
    assert_eq!(hf::read(&Map::new()), Err(vec![missing("architectures")]));
}

#[test]
fn values_that_no_model_has_are_refused() {
    let check = |changes: Value, expect: Fault| assert_eq!(hf_config(changes), Err(vec![expect]));
    check(
        json!({ "num_hidden_layers": 0 }),
        value("layers", "0", "1 to 1024"),
    );
    check(
        json!({ "max_position_embeddings": 1_u64 << 40 }),
        value("context", "1099511627776", "1 to 16777216"),
    );
    check(
        json!({ "num_key_value_heads": 4 }),
        value("kv_heads", "4", "a divisor of the 9 query heads"),
    );
    check(
        json!({ "head_dim": 63 }),
        value("head_dim", "63", "an even number"),
    );
    check(
        json!({ "rope_theta": -1 }),
        value("rope_theta", "-1", "a number above zero"),
    );
    check(
        json!({ "rms_norm_eps": 1e60 }),
        value("norm_eps", "inf", "a number above zero"),
    );
}

/// A GGUF file with `more` keys; keys of `without` are left out.
fn gguf_config(without: &str, more: impl Fn(&mut Writer)) -> Result<DecoderConfig, Vec<Fault>> {
    let mut file = Writer::default();
    if without != "general.architecture" {
        file.text("general.architecture", "llama");
    }
    let sizes = [
        ("llama.block_count", 2),
        ("llama.context_length", 128),
        ("llama.embedding_length", 64),
        ("llama.feed_forward_length", 96),
        ("llama.attention.head_count", 4),
        ("llama.attention.head_count_kv", 2),
    ];
    for (key, size) in sizes.into_iter().filter(|(key, _)| *key != without) {
        file.u32(key, size);
    }
    for (key, number) in [
        ("llama.rope.freq_base", 1e4),
        ("llama.attention.layer_norm_rms_epsilon", 1e-6),
    ] {
        if key != without {
            file.f32(key, number);
        }
    }
    file.texts("tokenizer.ggml.tokens", ["a", "b"].into_iter());
    more(&mut file);
    gguf::read(&parse(&file.finish()).unwrap())
}

#[test]
fn gguf_metadata_is_read() {
    let config = gguf_config("", |_| {}).unwrap();
    let sizes = (
        config.layers,
        config.width,
        config.heads,
        config.kv_heads,
        config.head_dim,
    );
    assert_eq!(sizes, (2, 64, 4, 2, 16));
    assert_eq!(
        (config.vocab, config.tied_head, config.rope_style),
        (2, true, RopeStyle::Interleaved)
    );
    let untied = gguf_config("", |file| {
        file.tensor("output.weight", Dtype::F32, &[1], &[0; 4])
    });
    assert!(!untied.unwrap().tied_head);
    let wide = gguf_config("", |file| file.u32("llama.attention.key_length", 32)).unwrap();
    assert_eq!(wide.head_dim, 32);
    let all = gguf_config("llama.attention.head_count_kv", |_| {}).unwrap();
    assert_eq!(all.kv_heads, 4);
}

#[test]
fn gguf_keys_that_are_missing_wrong_or_unknown_are_named() {
    let refused = |more: &dyn Fn(&mut Writer)| gguf_config("", more).unwrap_err();
    let theta = "llama.rope.freq_base";
    for key in ["general.architecture", "llama.block_count", theta] {
        assert_eq!(gguf_config(key, |_| {}).unwrap_err(), [missing(key)]);
    }
    let text = gguf_config("llama.block_count", |file| {
        file.text("llama.block_count", "2")
    });
    assert_eq!(
        text.unwrap_err(),
        [mistyped("llama.block_count", "an unsigned integer")]
    );
    let family = gguf_config("general.architecture", |file| {
        file.text("general.architecture", "gemma3")
    });
    assert_eq!(
        family.unwrap_err(),
        [unsupported("general.architecture", "gemma3")]
    );
    assert_eq!(
        refused(&|file| file.u32("split.count", 3)),
        [unsupported("split.count", "3")]
    );
    assert_eq!(
        refused(&|file| file.u32("llama.expert_count", 8)),
        [unsupported("llama.expert_count", "set")]
    );
    let scaling = "llama.rope.scaling.type";
    assert_eq!(
        refused(&|file| file.text(scaling, "yarn")),
        [unsupported(scaling, "yarn")]
    );
    let factor = "llama.rope.scaling.factor";
    assert_eq!(
        refused(&|file| file.f32(factor, 4.0)),
        [unsupported(factor, "4")]
    );
    let rotated = "llama.rope.dimension_count";
    assert_eq!(
        refused(&|file| file.u32(rotated, 8)),
        [unsupported(rotated, "8")]
    );
    let vocab = value(
        "llama.vocab_size",
        "3",
        "the 2 tokens of `tokenizer.ggml.tokens`",
    );
    assert_eq!(refused(&|file| file.u32("llama.vocab_size", 3)), [vocab]);
    assert!(gguf_config("", |file| file.text(scaling, "none")).is_ok());
}
