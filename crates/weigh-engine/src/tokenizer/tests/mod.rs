//! Ids against Hugging Face's tokenizers, as a fixture and as a library.

mod faults;
mod sentencepiece;

use std::sync::LazyLock;

use proptest::prelude::*;
use regex_automata::meta::Regex;
use serde_json::{Value, json};

use super::fault::{EncodeFault, TokenizerFault};
use super::json::Roles;
use super::split::{GPT2, LLAMA3, QWEN2};
use super::{Detokenizer, Tokenizer};
use crate::open::open_parts;
use crate::test_model::{qwen2, smollm2};
use crate::tiny::TinyModel;

/// Each call starts afresh, where an engine's threads go on.
impl Tokenizer {
    fn encode(&self, text: &str, add_special: bool) -> Result<Vec<u32>, EncodeFault> {
        self.speller().encode(text, add_special)
    }

    pub(crate) fn encode_plain(&self, text: &str) -> Result<Vec<u32>, EncodeFault> {
        self.speller().encode_plain(text)
    }

    fn pair(&self, context: &str, continuation: &str) -> Result<(Vec<u32>, Vec<u32>), EncodeFault> {
        let mut speller = self.speller();
        let context = speller.context(context)?;
        let tail = speller.continuation(&context, continuation)?;
        Ok((context.head, tail))
    }

    /// What lm-evaluation-harness does: everything is encoded together, the context alone, and
    /// what is longer is the continuation.
    fn pair_by_definition(&self, context: &str, continuation: &str) -> (Vec<u32>, Vec<u32>) {
        let first = self.bos().or(self.eos()).unwrap();
        let begins = |text: &str| text.starts_with(self.token_text(first).unwrap());
        let encode = |text: &str| self.encode(text, !begins(text)).unwrap();
        if context.is_empty() {
            let tail = self.encode(continuation, false).unwrap();
            let doubled = usize::from(tail.first() == Some(&first));
            return (vec![first], tail[doubled..].to_vec());
        }
        let kept = context
            .trim_end_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c));
        let (head, whole) = (encode(kept), encode(&format!("{context}{continuation}")));
        let tail = whole.get(head.len()..).unwrap_or_default().to_vec();
        (if head.is_empty() { vec![first] } else { head }, tail)
    }
}

/// The tiny model's `tokenizer.json`.
fn tiny_json() -> Value {
    let folder = tempfile::tempdir().unwrap();
    TinyModel::new(1).write_folder(folder.path()).unwrap();
    let bytes = std::fs::read(folder.path().join("tokenizer.json")).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn read(json: &Value) -> Result<Tokenizer, TokenizerFault> {
    let roles = Roles {
        bos: Some("<|im_start|>".to_owned()),
        eos: Some("<|im_end|>".to_owned()),
        ..Roles::default()
    };
    Tokenizer::from_json(json.to_string().as_bytes(), &roles)
}

/// A byte-level tokenizer that cuts by `pattern`.
fn split_by(pattern: &str, normalizer: Value) -> Value {
    let mut json = tiny_json();
    json["normalizer"] = normalizer;
    json["pre_tokenizer"] = json!({ "type": "Sequence", "pretokenizers": [
        { "type": "Split", "pattern": { "Regex": pattern }, "behavior": "Isolated", "invert": false },
        { "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false },
    ]});
    json
}

/// Two implementations of one file.
struct Twins(Tokenizer, tokenizers::Tokenizer);

impl Twins {
    fn new(json: &Value) -> Self {
        let theirs = tokenizers::Tokenizer::from_bytes(json.to_string()).unwrap();
        Self(read(json).unwrap(), theirs)
    }

    fn agree(&self, text: &str) {
        let theirs = self.1.encode(text, true).unwrap();
        let ours = self.0.encode(text, true).unwrap();
        assert_eq!(ours, theirs.get_ids(), "{text:?}");
        for skip in [true, false] {
            let theirs = self.1.decode(&ours, skip).unwrap();
            assert_eq!(self.0.decode(&ours, skip), theirs, "{text:?}");
        }
    }
}

/// Texts that are mostly about borders: blanks, digits, apostrophes, letters, special tokens.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ \t\r\n\u{a0}\u{3000}\u{1c}]{1,4}",
        3 => "[a-zA-Zéßя的가ا]{1,5}",
        2 => "[0-9٣५²½Ⅳ]{1,5}",
        2 => "'(s|S|t|re|VE|ll|ſ|x)",
        2 => "[!-/:-@—。]{1,3}",
        1 => "\\PC{1,4}",
        1 => any::<String>(),
        1 => prop_oneof![Just("<|im_end|>"), Just("<|im_start|>"), Just("<|im_")].prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// The characters of Unicode 9, by whose tables the library normalises; ours are newer.
fn known(text: &str) -> String {
    static KNOWN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\p{Age=9.0}").unwrap());
    KNOWN.find_iter(text).map(|c| &text[c.range()]).collect()
}

static DIGITS_AND_GPT2: LazyLock<Twins> = LazyLock::new(|| Twins::new(&tiny_json()));
static PATTERNS: LazyLock<[Twins; 3]> = LazyLock::new(|| {
    let nfc = json!({ "type": "NFC" });
    let rules = [(GPT2, Value::Null), (QWEN2, nfc), (LLAMA3, Value::Null)];
    rules.map(|(pattern, normalizer)| Twins::new(&split_by(pattern, normalizer)))
});

proptest! {
    #[test]
    fn digits_and_gpt2_agree_with_the_library(text in texts()) {
        DIGITS_AND_GPT2.agree(&text);
    }

    #[test]
    fn patterns_agree_with_the_library(text in texts()) {
        let text = known(&text);
        PATTERNS.iter().for_each(|twins| twins.agree(&text));
    }

    #[test]
    fn a_context_is_spelled_once_for_all_its_continuations(
        context in texts(),
        more in texts(),
        continuations in prop::collection::vec(texts(), 1..4),
    ) {
        for Twins(tokenizer, _) in PATTERNS.iter().chain([&*DIGITS_AND_GPT2]) {
            let mut speller = tokenizer.speller();
            for context in [&context, &format!("{context}{more} {context}{more}")] {
                let spelled = speller.context(context.as_str()).unwrap();
                for continuation in &continuations {
                    let tail = speller.continuation(&spelled, continuation).unwrap();
                    let expected = tokenizer.pair_by_definition(context, continuation);
                    prop_assert_eq!((spelled.head.clone(), tail), expected, "{:?}", continuation);
                }
            }
        }
    }

    #[test]
    fn a_stream_is_the_text_in_pieces(ids in prop::collection::vec(0_u32..330, 0..40)) {
        let tokenizer = &DIGITS_AND_GPT2.0;
        let mut stream = Detokenizer::new(tokenizer, true);
        let mut text = String::new();
        let mut bytes = Vec::new();
        for id in ids {
            text.push_str(&stream.push(id));
            if !tokenizer.is_special(id) {
                bytes.extend(tokenizer.tables.bytes(id));
            }
        }
        text.push_str(&stream.finish());
        prop_assert_eq!(text, String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn every_text_comes_back(text in texts()) {
        let tokenizer = &DIGITS_AND_GPT2.0;
        let ids = tokenizer.encode(&text, false).unwrap();
        prop_assert_eq!(&tokenizer.decode(&ids, false), &text);
        let plain = tokenizer.encode_plain(&text).unwrap();
        prop_assert!(plain.iter().all(|id| !tokenizer.is_special(*id)));
        prop_assert_eq!(tokenizer.decode(&plain, true), text);
    }
}

#[test]
fn long_pieces_take_no_quadratic_time_and_agree() {
    let twins = Twins::new(&tiny_json());
    for text in [
        " ".repeat(200_000),
        "the".repeat(50_000),
        "\u{301}".repeat(50_000),
    ] {
        twins.agree(&text);
    }
}

/// Continuations that reach back over the border, in every way that is known.
#[test]
fn what_a_continuation_can_change_is_spelled_again() {
    let long = "The first of 12 questions is about the sea, isn't it? ".repeat(3);
    let ends = [
        "",
        "a",
        "e",
        "'",
        "'l",
        " ",
        "\n ",
        "12",
        "<|im_",
        "<|im_start|",
        "日本",
        "ᄀ",
        "a\u{327}",
    ];
    let continuations = [
        "", " yes", "s", "l", "\n", "3", "end|>", ">", "\u{301}", "ᅡ", "\u{323}x", "  x",
    ];
    for Twins(tokenizer, _) in PATTERNS.iter().chain([&*DIGITS_AND_GPT2]) {
        let mut speller = tokenizer.speller();
        for context in ends.map(|end| format!("{long}{end}")) {
            let spelled = speller.context(context.as_str()).unwrap();
            for continuation in continuations {
                let tail = speller.continuation(&spelled, continuation).unwrap();
                let expected = tokenizer.pair_by_definition(&context, continuation);
                assert_eq!(
                    (spelled.head.clone(), tail),
                    expected,
                    "{context:?} {continuation:?}"
                );
            }
        }
        assert!(speller.context(long.as_str()).unwrap().settled.bytes > long.len() - 30);
    }
}

#[test]
fn ids_are_those_of_the_reference() {
    let Some(model) = smollm2() else { return };
    let tokenizer = open_parts(&model).unwrap().tokenizer;
    let fixture = include_str!("../../../tests/fixtures/smollm2_ids.jsonl");
    let mut seen = 0;
    for line in fixture.lines() {
        let (text, ids): (String, Option<Vec<u32>>) = serde_json::from_str(line).unwrap();
        match (tokenizer.encode(&text, false), ids) {
            (Ok(ours), Some(theirs)) => assert_eq!(ours, theirs, "{text:?}"),
            (Err(EncodeFault::NoToken { byte, .. }), None) => {
                assert!(text.as_bytes().contains(&byte))
            }
            (ours, theirs) => panic!("{text:?}: {ours:?}, not {theirs:?}"),
        }
        seen += 1;
    }
    assert!(seen > 2_000);
}

#[test]
fn pairs_are_those_of_the_reference() {
    let Some(model) = smollm2() else { return };
    let tokenizer = open_parts(&model).unwrap().tokenizer;
    let fixture = include_str!("../../../tests/fixtures/smollm2_pairs.jsonl");
    for line in fixture.lines() {
        let (context, continuation, head, tail): (String, String, Vec<u32>, Vec<u32>) =
            serde_json::from_str(line).unwrap();
        let ours = tokenizer.pair(&context, &continuation).unwrap();
        assert_eq!(ours, (head, tail), "{context:?} {continuation:?}");
    }
}

/// The reference holds ids only: their text comes from decoding them.
#[test]
fn pairs_of_the_larger_model_are_those_of_llama_cpp() {
    let Some(model) = qwen2() else { return };
    let tokenizer = open_parts(&model).unwrap().tokenizer;
    let reference = include_str!("../../../tests/reference/qwen2_mc50.jsonl");
    for line in reference.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let ids = |value: &Value| serde_json::from_value::<Vec<u32>>(value.clone()).unwrap();
        let (context, choices) = (ids(&line["context"]), line["choices"].as_array().unwrap());
        assert_eq!(choices.len(), 4);
        for choice in choices.iter().map(ids) {
            let [head, tail] = [&context, &choice].map(|ids| tokenizer.decode(ids, false));
            assert_eq!(
                tokenizer.pair(&head, &tail).unwrap(),
                (context.clone(), choice)
            );
        }
    }
}

#[test]
fn white_space_moves_to_the_continuation_and_a_prefix_is_not_doubled() {
    let mut json = tiny_json();
    json["post_processor"] = json!({
        "type": "TemplateProcessing",
        "single": [{ "SpecialToken": { "id": "<|im_start|>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } }],
        "pair": [],
        "special_tokens": { "<|im_start|>": { "id": "<|im_start|>", "ids": [1], "tokens": ["<|im_start|>"] } },
    });
    let tokenizer = read(&json).unwrap();
    assert!(tokenizer.add_bos());
    let plain = |text: &str| tokenizer.encode(text, false).unwrap();
    let check = |context: &str, continuation: &str, head: &str, tail: &str| {
        let expect = ([vec![1], plain(head)].concat(), plain(tail));
        assert_eq!(
            tokenizer.pair(context, continuation).unwrap(),
            expect,
            "{context:?}"
        );
    };
    check("A", " yes", "A", " yes");
    check("A \u{1d}", "yes", "A", " \u{1d}yes");
    check("<|im_start|>A\n", "yes", "A", "\nyes");
    check("", " yes", "", " yes");
    check("", "<|im_start|>yes", "", "yes");
    check("", "", "", "");
}

#[test]
fn special_tokens_are_found_where_they_should_not_be() {
    let tokenizer = read(&tiny_json()).unwrap();
    assert_eq!(
        tokenizer.special_in("say <|im_end|> now"),
        Some("<|im_end|>")
    );
    assert_eq!(tokenizer.special_in("say <|im_end now"), None);
    assert_eq!(tokenizer.end_of_turn(), [0, 2]);
    assert_eq!((tokenizer.bos(), tokenizer.eos()), (Some(1), Some(2)));
    assert_eq!(tokenizer.token_text(2), Some("<|im_end|>"));
}
