//! A tokenizer as plain data: what both file formats are read into.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest as _, Sha256};
use weigh_core::digest::Digest;

use super::fault::TokenizerFault;
use super::split::SplitRule;

/// Everything that decides which ids a text gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rules {
    /// Tokens in the order of their ids.
    pub tokens: Vec<Token>,
    /// Merges as `(left, right, whole)`, first of all the one that is done first.
    pub merges: Vec<(u32, u32, u32)>,
    /// What the vocabulary is made of.
    pub alphabet: Alphabet,
    /// Whether a piece that is a token as a whole is taken without merging.
    pub ignore_merges: bool,
    /// Whether the text is brought into Unicode's normalisation form C first.
    pub nfc: bool,
    /// How it is cut.
    pub splits: Vec<SplitRule>,
    /// Ids put before a text where special tokens are asked for.
    pub prefix: Vec<u32>,
    /// Ids put after it.
    pub suffix: Vec<u32>,
    /// Beginning of text.
    pub bos: Option<u32>,
    /// End of text, as the model's file names it.
    pub eos: Option<u32>,
    /// Every id that ends an answer.
    pub end_of_turn: Vec<u32>,
}

/// Texts of special tokens that end an answer, whatever the file calls its end token.
const ENDS: [&str; 6] = [
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|end_of_text|>",
    "<end_of_turn>",
    "</s>",
];

/// Every id that ends an answer: the known ones and those that the file names, in order.
pub(super) fn find_ends(tokens: &[Token], named: impl Iterator<Item = u32>) -> Vec<u32> {
    let known = (0..).zip(tokens).filter_map(|(id, token): (u32, &Token)| {
        let ends = token.kind == TokenKind::Special && ENDS.contains(&token.text.as_str());
        ends.then_some(id)
    });
    let ends: BTreeSet<u32> = known.chain(named).collect();
    ends.into_iter().collect()
}

/// The ids of a merge's parts and of what they become.
///
/// # Errors
/// One of the three is no token.
pub(super) fn find_merge(
    ids: &HashMap<&str, u32>,
    rank: usize,
    left: &str,
    right: &str,
) -> Result<(u32, u32, u32), TokenizerFault> {
    let whole = format!("{left}{right}");
    let find = |token: &str| {
        ids.get(token)
            .copied()
            .ok_or_else(|| TokenizerFault::Merge {
                rank,
                merge: format!("{left} {right}"),
                token: token.to_owned(),
            })
    };
    Ok((find(left)?, find(right)?, find(&whole)?))
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The text as the file has it.
    pub text: String,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Made by merging.
    Normal,
    /// Found in the text as it is, and part of the text.
    Added,
    /// Found in the text as it is; steers the model and is no part of its answer.
    Special,
    /// A row of the embedding that no text leads to.
    Unused,
}

/// What a vocabulary is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Bytes, written in GPT-2's printable alphabet.
    Bytes,
    /// Characters, with U+2581 for the space and `<0x00>` to `<0xFF>` for what is missing.
    Sentencepiece {
        /// Whether a space is put before the text.
        add_space: bool,
    },
}

impl Rules {
    /// A digest of these rules: the same for the same behaviour, whatever file they came from.
    pub(super) fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        let mut put = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        for token in &self.tokens {
            put(token.text.as_bytes());
            put(&[token.kind as u8]);
        }
        for (left, right, whole) in &self.merges {
            put([*left, *right, *whole].map(u32::to_le_bytes).as_flattened());
        }
        let Self {
            tokens: _,
            merges: _,
            alphabet,
            ignore_merges,
            nfc,
            splits,
            ..
        } = self;
        let Self {
            prefix,
            suffix,
            bos,
            eos,
            end_of_turn,
            ..
        } = self;
        let rest = (
            alphabet,
            ignore_merges,
            nfc,
            splits,
            prefix,
            suffix,
            bos,
            eos,
            end_of_turn,
        );
        put(format!("{rest:?}").as_bytes());
        Digest::from_bytes(hash.finalize().into())
    }
}
