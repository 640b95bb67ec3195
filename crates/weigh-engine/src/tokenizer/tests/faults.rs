//! Tokenizers that are refused, and texts that cannot be written.

use serde_json::{Value, json};

use super::{read, split_by, tiny_json};
use crate::gguf::check::parse;
use crate::gguf::write::Writer;
use crate::tokenizer::Tokenizer;
use crate::tokenizer::fault::{EncodeFault, TokenizerFault as Fault};

/// The tiny model's file with one value changed.
fn with(pointer: &str, value: Value) -> Fault {
    let mut json = tiny_json();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    json.pointer_mut(parent).unwrap()[key] = value;
    read(&json).unwrap_err()
}

fn is_unsupported(pointer: &str, value: Value, part: &str) {
    let fault = with(pointer, value);
    assert!(
        matches!(&fault, Fault::Unsupported { part: found, .. } if *found == part),
        "{fault}"
    );
}

#[test]
fn components_that_are_not_supported_are_named() {
    let unknown = with(
        "/pre_tokenizer",
        json!({ "type": "Metaspace", "replacement": "▁" }),
    )
    .to_string();
    assert!(unknown.contains("unknown variant `Metaspace`"), "{unknown}");
    let byte_level =
        |prefix| json!({ "type": "ByteLevel", "add_prefix_space": prefix, "use_regex": true });
    is_unsupported("/pre_tokenizer", byte_level(true), "pre-tokenizer");
    let twice =
        json!({ "type": "Sequence", "pretokenizers": [byte_level(false), byte_level(false)] });
    is_unsupported("/pre_tokenizer", twice, "pre-tokenizer");
    let prepend = json!({ "type": "Prepend", "prepend": "x" });
    is_unsupported("/normalizer", prepend, "normalizer");
    is_unsupported("/decoder", Value::Null, "decoder");
    is_unsupported("/model/dropout", json!(0.1), "dropout");
    is_unsupported("/model/type", json!("Unigram"), "model");
    is_unsupported(
        "/model/end_of_word_suffix",
        json!("</w>"),
        "subword prefix or word suffix",
    );
    is_unsupported("/added_tokens/0/lstrip", json!(true), "added token");
    let combination = "combination of normalizer, pre-tokenizer and byte_fallback";
    is_unsupported("/model/byte_fallback", json!(true), combination);
    let sequence = json!({ "Sequence": { "id": "A", "type_id": 0 } });
    let template = json!({ "type": "TemplateProcessing", "single": [sequence, sequence], "special_tokens": {} });
    is_unsupported("/post_processor", template, "post-processor");
    let look_behind = read(&split_by(r"(?<=a)b", Value::Null)).unwrap_err();
    assert!(
        look_behind
            .to_string()
            .starts_with("the tokenizer's split pattern is")
    );
}

#[test]
fn vocabularies_that_do_not_fit_are_refused() {
    let merge = with("/model/merges", json!([["Ġ", "nope"]]));
    let expect = Fault::Merge {
        rank: 0,
        merge: "Ġ nope".to_owned(),
        token: "nope".to_owned(),
    };
    assert_eq!(merge, expect);
    // The library panics on this one: the whole is longer than any token.
    let long = "a".repeat(300);
    let merge = with("/model/merges", json!([format!("{long} a")]));
    assert!(matches!(merge, Fault::Merge { rank: 0, .. }));
    assert_eq!(
        with("/model/vocab/Ġ", json!(999)),
        Fault::Hole {
            last: 999,
            missing: 35
        }
    );
    assert!(matches!(
        with("/model/vocab/Ġ", json!(70)),
        Fault::Duplicate(_)
    ));
    assert_eq!(
        with("/added_tokens/0/id", json!(2)),
        Fault::Duplicate("<|endoftext|>".to_owned())
    );
    assert!(matches!(with("/model/vocab", json!([])), Fault::Json(_)));
    let undefined = json!({ "type": "TemplateProcessing", "single": [{ "SpecialToken": { "id": "x", "type_id": 0 } }], "special_tokens": {} });
    assert!(matches!(with("/post_processor", undefined), Fault::Json(_)));
    let large = Tokenizer::from_json(&vec![b' '; (64 << 20) + 1], &Default::default());
    assert!(matches!(large, Err(Fault::TooLarge { what: "bytes", .. })));
}

/// A byte-level GGUF tokenizer of the tokens `a`, `b` and `ab`.
fn gguf(pre: &str, more: impl Fn(&mut Writer)) -> Result<Tokenizer, Fault> {
    let mut file = Writer::default();
    file.text("tokenizer.ggml.model", "gpt2");
    file.text("tokenizer.ggml.pre", pre);
    more(&mut file);
    Tokenizer::from_gguf(&parse(&file.finish()).unwrap().metadata)
}

fn tokens(file: &mut Writer, tokens: &[&str], types: &[i32], merges: &[&str]) {
    file.texts("tokenizer.ggml.tokens", tokens.iter().copied());
    file.i32s("tokenizer.ggml.token_type", types);
    file.texts("tokenizer.ggml.merges", merges.iter().copied());
}

#[test]
fn gguf_tokenizers_are_read_or_refused() {
    let abc = |file: &mut Writer| tokens(file, &["a", "b", "ab"], &[1; 3], &["a b"]);
    for pre in ["gpt-2", "smollm", "qwen2", "llama-bpe"] {
        assert_eq!(
            gguf(pre, abc).unwrap().encode("aab", false),
            Ok(vec![0, 2]),
            "{pre}"
        );
    }
    let unknown = gguf("default", abc).unwrap_err().to_string();
    insta::assert_snapshot!(unknown, @"the tokenizer's `tokenizer.ggml.pre` is default, which is not supported (supported: gpt-2, smollm, qwen2, llama-bpe)");
    let refused = |fill: &dyn Fn(&mut Writer)| gguf("gpt-2", fill).unwrap_err();
    let missing = refused(&|_| {});
    assert_eq!(
        missing.to_string(),
        "the metadata key `tokenizer.ggml.tokens` is missing"
    );
    let twice = refused(&|file| tokens(file, &["a", "a"], &[1; 2], &[]));
    assert_eq!(twice, Fault::Duplicate("a".to_owned()));
    let short = refused(&|file| tokens(file, &["a", "b"], &[1], &[]));
    assert!(matches!(
        short,
        Fault::Length {
            found: 1,
            tokens: 2,
            ..
        }
    ));
    let kind = refused(&|file| tokens(file, &["a"], &[7], &[]));
    assert!(matches!(
        kind,
        Fault::Unsupported {
            part: "token type",
            ..
        }
    ));
    let merge = refused(&|file| tokens(file, &["a", "b"], &[1; 2], &["a b"]));
    assert!(matches!(merge, Fault::Merge { rank: 0, .. }));
    let spaceless = refused(&|file| tokens(file, &["a", "b"], &[1; 2], &["ab"]));
    assert!(matches!(spaceless, Fault::Merge { rank: 0, .. }));
    let id = refused(&|file| {
        abc(file);
        file.u32("tokenizer.ggml.eos_token_id", 3);
    });
    assert_eq!(id, Fault::NoSuchId(3));
    let mut file = Writer::default();
    file.text("tokenizer.ggml.model", "bert");
    let model = Tokenizer::from_gguf(&parse(&file.finish()).unwrap().metadata);
    assert!(matches!(
        model,
        Err(Fault::Unsupported {
            part: "`tokenizer.ggml.model`",
            ..
        })
    ));
}

#[test]
fn roles_of_tokens_come_from_the_metadata() {
    let tokenizer = gguf("gpt-2", |file| {
        tokens(
            file,
            &["a", "<s>", "</s>", "<|im_end|>", "<x>"],
            &[1, 3, 3, 3, 4],
            &[],
        );
        file.u32("tokenizer.ggml.bos_token_id", 1);
        file.u32("tokenizer.ggml.eos_token_id", 2);
        file.u32("tokenizer.ggml.eot_token_id", 4);
        file.flag("tokenizer.ggml.add_bos_token", true);
        file.flag("tokenizer.ggml.add_eos_token", true);
    });
    let tokenizer = tokenizer.unwrap();
    assert_eq!(tokenizer.encode("a<x>a", true), Ok(vec![1, 0, 4, 0, 2]));
    assert_eq!(tokenizer.end_of_turn(), [2, 3, 4]);
    assert!(!tokenizer.is_special(4) && tokenizer.is_special(3));
    assert_eq!(tokenizer.decode(&[1, 0, 4, 99], true), "a<x>");
}

#[test]
fn texts_that_cannot_be_written_are_errors() {
    let tokenizer = gguf("gpt-2", |file| tokens(file, &["a", "b"], &[1; 2], &[])).unwrap();
    let fault = tokenizer.encode("ab é", false).unwrap_err();
    assert_eq!(
        fault,
        EncodeFault::NoToken {
            byte: b' ',
            text: " é".to_owned()
        }
    );
    assert_eq!(tokenizer.pair("a", "b"), Err(EncodeFault::NoFirst));
    let empty = read(&split_by("a*", Value::Null))
        .unwrap()
        .encode("b", false);
    assert!(matches!(empty, Err(EncodeFault::Split(_))));
}
