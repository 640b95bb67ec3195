//! SentencePiece vocabularies: against the algorithm itself and against Hugging Face's library.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Twins, read};
use crate::gguf::check::parse;
use crate::gguf::write::Writer;
use crate::tokenizer::Tokenizer;
use crate::tokenizer::fault::TokenizerFault;

/// Special tokens, then bytes, then pieces; the score of a piece is its place, negated.
const SPECIAL: [&str; 3] = ["<unk>", "<s>", "</s>"];
const PIECES: [&str; 22] = [
    "▁t",
    "he",
    "▁a",
    "▁the",
    "in",
    "▁▁",
    "aa",
    "▁▁▁▁",
    "is",
    "▁",
    "a",
    "e",
    "h",
    "i",
    "n",
    "s",
    "t",
    "é",
    "▁é",
    "日",
    "本",
    "日本",
];

fn vocabulary() -> Vec<String> {
    let bytes = (0..=255).map(|byte| format!("<0x{byte:02X}>"));
    let pieces = PIECES.iter().map(|text| (*text).to_owned());
    SPECIAL
        .iter()
        .map(|text| (*text).to_owned())
        .chain(bytes)
        .chain(pieces)
        .collect()
}

fn from_gguf(add_space: bool, scores: &[f32]) -> Result<Tokenizer, TokenizerFault> {
    let tokens = vocabulary();
    let kinds = (0..tokens.len()).map(|id| match id {
        0 => 2,
        1 | 2 => 3,
        3..259 => 6,
        _ => 1,
    });
    let mut file = Writer::default();
    file.text("tokenizer.ggml.model", "llama");
    file.texts("tokenizer.ggml.tokens", tokens.iter().map(String::as_str));
    file.i32s("tokenizer.ggml.token_type", &kinds.collect::<Vec<_>>());
    file.f32s("tokenizer.ggml.scores", scores);
    file.u32("tokenizer.ggml.bos_token_id", 1);
    file.u32("tokenizer.ggml.eos_token_id", 2);
    file.flag("tokenizer.ggml.add_space_prefix", add_space);
    Tokenizer::from_gguf(&parse(&file.finish()).unwrap().metadata)
}

#[allow(clippy::cast_precision_loss)]
fn scores() -> Vec<f32> {
    (0..vocabulary().len()).map(|id| -(id as f32)).collect()
}

/// Kudo and Richardson's algorithm as it is defined: characters, and as long as two neighbours
/// are a piece together, the pair with the best piece becomes it, the leftmost first.
fn by_definition(text: &str) -> Vec<usize> {
    let vocabulary = vocabulary();
    let place = |text: &str| PIECES.iter().position(|piece| *piece == text);
    let marked = format!("▁{}", text.replace(' ', "▁"));
    let mut symbols: Vec<String> = marked.chars().map(String::from).collect();
    loop {
        let pairs = symbols.windows(2).enumerate();
        let best = pairs
            .filter_map(|(at, pair)| Some((place(&pair.concat())?, at)))
            .min();
        let Some((piece, at)) = best else { break };
        symbols.splice(at..at + 2, [PIECES[piece].to_owned()]);
    }
    let id = |text: &str| vocabulary.iter().position(|token| token == text);
    let bytes = |symbol: &String| match place(symbol) {
        Some(piece) => vec![piece + 259],
        None => symbol
            .bytes()
            .map(|byte| id(&format!("<0x{byte:02X}>")).unwrap())
            .collect(),
    };
    symbols.iter().flat_map(bytes).collect()
}

/// The same vocabulary as a `tokenizer.json`, with the merges that its scores come to.
fn json(add_space: bool) -> Value {
    let vocab: serde_json::Map<String, Value> = vocabulary()
        .into_iter()
        .zip((0..).map(Value::from))
        .collect();
    let merges: Vec<(String, String)> = PIECES
        .iter()
        .flat_map(|piece| {
            let borders = piece.char_indices().skip(1);
            borders
                .map(|(border, _)| piece.split_at(border))
                .filter(|(left, right)| PIECES.contains(left) && PIECES.contains(right))
        })
        .map(|(left, right)| (left.to_owned(), right.to_owned()))
        .collect();
    let added: Vec<Value> = (0..3).map(|id: usize| json!({
        "id": id, "content": SPECIAL[id], "single_word": false, "lstrip": false, "rstrip": false,
        "normalized": false, "special": true,
    })).collect();
    let replace = json!({ "type": "Replace", "pattern": { "String": " " }, "content": "▁" });
    let prepend = json!({ "type": "Prepend", "prepend": "▁" });
    let normalizers = if add_space {
        vec![prepend, replace]
    } else {
        vec![replace]
    };
    let mut decoders = vec![
        json!({ "type": "Replace", "pattern": { "String": "▁" }, "content": " " }),
        json!({ "type": "ByteFallback" }),
        json!({ "type": "Fuse" }),
    ];
    if add_space {
        decoders.push(json!({ "type": "Strip", "content": " ", "start": 1, "stop": 0 }));
    }
    json!({
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": added,
        "normalizer": { "type": "Sequence", "normalizers": normalizers },
        "pre_tokenizer": null,
        "post_processor": null,
        "decoder": { "type": "Sequence", "decoders": decoders },
        "model": {
            "type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null,
            "end_of_word_suffix": null, "fuse_unk": true, "byte_fallback": true,
            "ignore_merges": false, "vocab": vocab, "merges": merges,
        },
    })
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ theinsaé日本]{0,24}",
        1 => "\\PC{0,8}",
    ]
}

proptest! {
    #[test]
    fn scores_lead_to_what_the_definition_says(text in texts()) {
        prop_assume!(!text.is_empty());
        let tokenizer = from_gguf(true, &scores()).unwrap();
        let ids: Vec<usize> = tokenizer.encode_plain(&text).unwrap().iter().map(|id| *id as usize).collect();
        prop_assert_eq!(ids, by_definition(&text));
    }

    #[test]
    fn files_agree_with_the_library(text in texts(), add_space in any::<bool>()) {
        Twins::new(&json(add_space)).agree(&text);
    }

    #[test]
    fn every_text_comes_back(text in texts()) {
        let tokenizer = from_gguf(true, &scores()).unwrap();
        let ids = tokenizer.encode(&text, true).unwrap();
        prop_assert_eq!(ids[0], 1);
        prop_assert_eq!(tokenizer.decode(&ids, true), text);
    }
}

#[test]
fn special_tokens_begin_a_new_text() {
    let twins = Twins::new(&json(true));
    for text in ["<s> the</s>the", "the<s>", "<s></s>", "  <s>  a"] {
        let theirs = twins.1.encode(text, true).unwrap();
        assert_eq!(
            twins.0.encode(text, true).unwrap(),
            theirs.get_ids(),
            "{text}"
        );
        let ours = from_gguf(true, &scores()).unwrap();
        assert_eq!(
            ours.encode(text, false).unwrap(),
            theirs.get_ids(),
            "{text}"
        );
    }
}

#[test]
fn scores_that_are_wrong_are_refused() {
    let short = from_gguf(true, &scores()[1..]).unwrap_err();
    assert!(
        matches!(
            short,
            TokenizerFault::Length {
                found: 280,
                tokens: 281,
                ..
            }
        ),
        "{short}"
    );
    let nan = [vec![f32::NAN], scores()[1..].to_vec()].concat();
    assert!(matches!(from_gguf(true, &nan), Err(TokenizerFault::Key(_))));
    let mut mixed = json(true);
    mixed["pre_tokenizer"] = json!({ "type": "Digits", "individual_digits": true });
    assert!(matches!(
        read(&mixed),
        Err(TokenizerFault::Unsupported { .. })
    ));
}
