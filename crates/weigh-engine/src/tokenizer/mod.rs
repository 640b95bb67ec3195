//! Text to tokens and back.
//!
//! Written here and not taken from a library because the ids are evidence: every step is linear
//! in the text or close to it, a hostile file cannot make it panic, and a text that the
//! vocabulary cannot write is an error and never a shorter text.
//!
//! Special tokens that are spelled out in a text become those tokens, as with Hugging Face
//! tokenizers and so with lm-evaluation-harness; [`Tokenizer::special_in`] finds them in texts
//! that should have none, and [`Speller::encode_plain`] takes them as letters.

mod alphabet;
mod bpe;
pub(crate) mod fault;
mod file;
mod gguf;
pub(crate) mod json;
mod pair;
mod rules;
mod spell;
mod split;
mod stream;
mod tables;

use aho_corasick::{AhoCorasick, MatchKind};
use weigh_core::digest::Digest;

use bpe::Merges;
use fault::TokenizerFault;
use rules::{Rules, TokenKind};
use split::Splitter;
use tables::Tables;

pub(crate) use alphabet::to_char as byte_to_char;
pub(crate) use fault::EncodeFault;
pub(crate) use pair::Context;
pub(crate) use spell::Speller;
pub(crate) use stream::Detokenizer;

/// A tokenizer that is ready for use.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    rules: Rules,
    digest: Digest,
    merges: Merges,
    splitters: Vec<Splitter>,
    /// Finds added and special tokens; none if there are none.
    finder: Option<Finder>,
    tables: Tables,
}

/// Search for tokens that are found in the text as they are, the longest first.
#[derive(Debug)]
struct Finder {
    automaton: AhoCorasick,
    ids: Vec<u32>,
    /// Bytes of the longest of them.
    longest: usize,
}

impl Tokenizer {
    fn new(rules: Rules) -> Result<Self, TokenizerFault> {
        let splitters: Result<_, _> = rules.splits.iter().map(split::SplitRule::compile).collect();
        Ok(Self {
            digest: rules.digest(),
            merges: Merges::new(rules.merges.iter().copied()),
            splitters: splitters?,
            finder: Finder::new(&rules)?,
            tables: Tables::new(&rules),
            rules,
        })
    }

    /// The first special token that is spelled out in `text`.
    #[cfg(test)]
    pub(crate) fn special_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        let finder = self.finder.as_ref()?;
        let special = finder.automaton.find_iter(text).find(|found| {
            let id = finder.ids.get(found.pattern().as_usize());
            id.is_some_and(|id| self.is_special(*id))
        })?;
        text.get(special.range())
    }

    /// The text of `ids`. Bytes that are no UTF-8 become U+FFFD.
    pub(crate) fn decode(&self, ids: &[u32], skip_special: bool) -> String {
        let mut stream = Detokenizer::new(self, skip_special);
        let mut text: String = ids.iter().map(|id| stream.push(*id)).collect();
        text.push_str(&stream.finish());
        text
    }

    /// Whether a token steers the model and is no part of a text.
    pub(crate) fn is_special(&self, id: u32) -> bool {
        let index = usize::try_from(id).ok();
        let token = index.and_then(|index| self.rules.tokens.get(index));
        token.is_some_and(|token| token.kind == TokenKind::Special)
    }

    /// Number of tokens; the ids are 0 up to it.
    pub(crate) fn vocabulary(&self) -> usize {
        self.rules.tokens.len()
    }

    /// Beginning of text.
    pub(crate) fn bos(&self) -> Option<u32> {
        self.rules.bos
    }

    /// End of text, as the model's file names it.
    pub(crate) fn eos(&self) -> Option<u32> {
        self.rules.eos
    }

    /// Every id that ends an answer.
    pub(crate) fn end_of_turn(&self) -> &[u32] {
        &self.rules.end_of_turn
    }

    /// Whether the beginning-of-text token is put before texts.
    #[cfg(test)]
    pub(crate) fn add_bos(&self) -> bool {
        self.rules
            .bos
            .is_some_and(|bos| self.rules.prefix.contains(&bos))
    }

    /// The text of a token, as chat templates are given it.
    pub(crate) fn token_text(&self, id: u32) -> Option<&str> {
        let index = usize::try_from(id).ok()?;
        Some(&self.rules.tokens.get(index)?.text)
    }

    /// Digest of the vocabulary, the merges and the rules.
    pub(crate) fn digest(&self) -> Digest {
        self.digest
    }
}

impl Finder {
    fn new(rules: &Rules) -> Result<Option<Self>, TokenizerFault> {
        let found = |kind| matches!(kind, TokenKind::Added | TokenKind::Special);
        let tokens = (0..).zip(&rules.tokens);
        let (ids, texts): (Vec<u32>, Vec<&str>) = tokens
            .filter(|(_, token)| found(token.kind) && !token.text.is_empty())
            .map(|(id, token)| (id, token.text.as_str()))
            .unzip();
        let Some(longest) = texts.iter().map(|text| text.len()).max() else {
            return Ok(None);
        };
        let builder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(texts);
        let automaton = builder.map_err(|error| TokenizerFault::Unsupported {
            part: "list of added tokens",
            found: error.to_string(),
            supported: "what fits into a search automaton",
        })?;
        Ok(Some(Self {
            automaton,
            ids,
            longest,
        }))
    }
}

#[cfg(test)]
mod tests;
