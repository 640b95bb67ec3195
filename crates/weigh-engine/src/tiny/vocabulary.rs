//! The vocabulary of tiny models: three special tokens, every byte, and a few merges.

use crate::tokenizer::byte_to_char;

/// Special tokens; the ids are their places.
pub(super) const SPECIAL: [&str; 3] = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];

/// Id of the token that begins a text.
pub(super) const BOS: u32 = 1;

/// Id of the token that ends an answer.
pub(super) const EOS: u32 = 2;

/// Texts that become one token, built from left to right.
const WORDS: [&str; 24] = [
    " the", " a", " of", " to", " and", " in", " is", "ing", "er", "on", "es", "ed", "at", "or",
    " yes", " no", " A", " B", "\n\n", "  ", "    ", "é", "ан", "的",
];

/// Tokens and merges, written in GPT-2's printable alphabet.
pub(super) struct Vocabulary {
    /// Every token, in the order of the ids.
    pub tokens: Vec<String>,
    /// Merges, the first of them first.
    pub merges: Vec<(String, String)>,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        let mut tokens: Vec<String> = SPECIAL.iter().map(|text| (*text).to_owned()).collect();
        tokens.extend((0..=255).map(|byte| byte_to_char(byte).to_string()));
        let mut merges = Vec::new();
        for word in WORDS {
            let mut left = String::new();
            for right in word.bytes().map(byte_to_char) {
                let whole = format!("{left}{right}");
                if !left.is_empty() && !tokens.contains(&whole) {
                    merges.push((left, right.to_string()));
                    tokens.push(whole.clone());
                }
                left = whole;
            }
        }
        Self { tokens, merges }
    }
}
