//! Text to tokens and back.
//!
//! Written here and not taken from a library because the ids are evidence: every step is linear
//! in the text or close to it, a hostile file cannot make it panic, and a text that the
//! vocabulary cannot write is an error and never a shorter text.
//!
//! Special tokens that are spelled out in a text become those tokens, as with Hugging Face
//! tokenizers and so with lm-evaluation-harness; [`Tokenizer::special_in`] finds them in texts
//! that should have none, and [`Tokenizer::encode_plain`] takes them as letters.

mod alphabet;
mod bpe;
pub(crate) mod fault;
mod file;
mod gguf;
pub(crate) mod json;
mod pair;
mod rules;
mod split;
mod stream;
mod tables;

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::{UnicodeNormalization, is_nfc};
use weigh_core::digest::Digest;

use bpe::Merges;
use fault::{EncodeFault, TokenizerFault};
use rules::{Alphabet, Rules, TokenKind};
use split::Splitter;
use tables::{LOWER_BLOCK, Tables};

pub(crate) use alphabet::to_char as byte_to_char;
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

    /// The ids of `text`, with the model's own tokens before and after it if `add_special`.
    /// Special tokens that are spelled out in the text become those tokens.
    ///
    /// # Errors
    /// A part of the text that the vocabulary cannot write.
    pub(crate) fn encode(&self, text: &str, add_special: bool) -> Result<Vec<u32>, EncodeFault> {
        let mut ids = Vec::new();
        if add_special {
            ids.extend(&self.rules.prefix);
        }
        let mut rest = 0;
        if let Some(finder) = &self.finder {
            for found in finder.automaton.find_iter(text) {
                self.encode_piecewise(text.get(rest..found.start()), &mut ids)?;
                ids.extend(finder.ids.get(found.pattern().as_usize()));
                rest = found.end();
            }
        }
        self.encode_piecewise(text.get(rest..), &mut ids)?;
        if add_special {
            ids.extend(&self.rules.suffix);
        }
        Ok(ids)
    }

    /// The ids of `text` with special tokens taken as the letters they are written with.
    ///
    /// # Errors
    /// A part of the text that the vocabulary cannot write.
    #[cfg(test)]
    pub(crate) fn encode_plain(&self, text: &str) -> Result<Vec<u32>, EncodeFault> {
        let mut ids = Vec::new();
        self.encode_piecewise(Some(text), &mut ids)?;
        Ok(ids)
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

    /// Encodes a text without special tokens.
    fn encode_piecewise(&self, text: Option<&str>, ids: &mut Vec<u32>) -> Result<(), EncodeFault> {
        let text = text.unwrap_or_default();
        if text.is_empty() {
            return Ok(());
        }
        if self.rules.nfc && !is_nfc(text) {
            let normal: String = text.nfc().collect();
            return self.split(&self.splitters, &normal, ids);
        }
        if let Alphabet::Sentencepiece { add_space } = self.rules.alphabet {
            let start = if add_space { LOWER_BLOCK } else { "" };
            let marked = format!("{start}{}", text.replace(' ', LOWER_BLOCK));
            return self.split(&self.splitters, &marked, ids);
        }
        self.split(&self.splitters, text, ids)
    }

    /// Cuts `text` by the first rule and each piece by the others, then merges.
    fn split(&self, rules: &[Splitter], text: &str, ids: &mut Vec<u32>) -> Result<(), EncodeFault> {
        match rules.split_first() {
            Some((rule, others)) => rule.split(text, &mut |piece| self.split(others, piece, ids)),
            None => self.merge(text, ids),
        }
    }

    fn merge(&self, piece: &str, ids: &mut Vec<u32>) -> Result<(), EncodeFault> {
        if self.rules.ignore_merges
            && let Some(id) = self.tables.of_piece(piece)
        {
            ids.push(id);
            return Ok(());
        }
        let symbols = match self.rules.alphabet {
            Alphabet::Bytes => self.byte_tokens(piece, piece)?,
            Alphabet::Sentencepiece { .. } => self.character_tokens(piece)?,
        };
        self.merges.apply(&symbols, ids);
        Ok(())
    }

    fn byte_tokens(&self, piece: &str, of: &str) -> Result<Vec<u32>, EncodeFault> {
        let token = |byte: u8| {
            let token = self.tables.of_byte(byte);
            token.ok_or_else(|| EncodeFault::NoToken {
                byte,
                text: of.chars().take(40).collect(),
            })
        };
        piece.bytes().map(token).collect()
    }

    fn character_tokens(&self, piece: &str) -> Result<Vec<u32>, EncodeFault> {
        let mut tokens = Vec::with_capacity(piece.len());
        for character in piece.chars() {
            match self.tables.of_char(character) {
                Some(token) => tokens.push(token),
                None => tokens.extend(self.byte_tokens(character.encode_utf8(&mut [0; 4]), piece)?),
            }
        }
        Ok(tokens)
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
        if ids.is_empty() {
            return Ok(None);
        }
        let builder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(texts);
        let automaton = builder.map_err(|error| TokenizerFault::Unsupported {
            part: "list of added tokens",
            found: error.to_string(),
            supported: "what fits into a search automaton",
        })?;
        Ok(Some(Self { automaton, ids }))
    }
}

#[cfg(test)]
mod tests;
