//! Text to ids: one thread at work with a tokenizer, and what it keeps from text to text.

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Tokenizer;
use super::fault::EncodeFault;
use super::rules::Alphabet;
use super::split::{Piece, Search, Splitter};
use super::tables::LOWER_BLOCK;

/// Pieces whose ids are remembered: words come again and again, and merging is slow.
const MOST_PIECES: usize = 1 << 16;

/// The most bytes of a piece that is remembered.
const LONGEST_PIECE: usize = 32;

/// A tokenizer at work on one thread.
#[derive(Debug)]
pub(crate) struct Speller<'t> {
    pub(super) tokenizer: &'t Tokenizer,
    searches: Vec<Search>,
    pieces: Pieces<'t>,
}

/// Merges pieces and remembers some of them.
#[derive(Debug)]
struct Pieces<'t> {
    tokenizer: &'t Tokenizer,
    known: HashMap<Box<str>, Box<[u32]>>,
}

/// A text that is being spelled.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    /// The ids so far.
    pub ids: Vec<u32>,
    /// Bytes so far.
    pub at: usize,
    /// How far the text is settled.
    pub settled: Settled,
    /// Where it can still become settled: what was decided by bytes before this one. None when
    /// nothing more can.
    pub horizon: Option<usize>,
}

/// The part of a text whose ids stay the same whatever is put behind the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Settled {
    /// Its bytes.
    pub bytes: usize,
    /// Its ids, with those before the text.
    pub ids: usize,
}

/// A part of a text on its way through the rules.
#[derive(Clone, Copy)]
struct Part<'p> {
    text: &'p str,
    /// Where it begins in the whole text.
    start: usize,
    /// Whether nothing behind the text can change where it ends.
    settled: bool,
}

impl Tokenizer {
    /// Starts work on one thread.
    pub(crate) fn speller(&self) -> Speller<'_> {
        Speller {
            tokenizer: self,
            searches: self.splitters.iter().map(Splitter::search).collect(),
            pieces: Pieces {
                tokenizer: self,
                known: HashMap::new(),
            },
        }
    }
}

impl Speller<'_> {
    /// The ids of `text`, with the model's own tokens before and after it if `add_special`.
    /// Special tokens that are spelled out in the text become those tokens.
    ///
    /// # Errors
    /// A part of the text that the vocabulary cannot write.
    pub(crate) fn encode(
        &mut self,
        text: &str,
        add_special: bool,
    ) -> Result<Vec<u32>, EncodeFault> {
        let mut spelling = Spelling::default();
        self.spell(text, add_special, &mut spelling)?;
        Ok(spelling.ids)
    }

    /// The ids of `text` with special tokens taken as the letters they are written with.
    ///
    /// # Errors
    /// A part of the text that the vocabulary cannot write.
    #[cfg(test)]
    pub(crate) fn encode_plain(&mut self, text: &str) -> Result<Vec<u32>, EncodeFault> {
        let mut spelling = Spelling::default();
        self.stretch(text, false, &mut spelling)?;
        Ok(spelling.ids)
    }

    /// Spells a whole text, with the model's own tokens around it if `add_special`.
    pub(super) fn spell(
        &mut self,
        text: &str,
        add_special: bool,
        spelling: &mut Spelling,
    ) -> Result<(), EncodeFault> {
        let Tokenizer { rules, .. } = self.tokenizer;
        if add_special {
            spelling.ids.extend(&rules.prefix);
        }
        self.go_on(text, spelling)?;
        if add_special {
            spelling.ids.extend(&rules.suffix);
        }
        Ok(())
    }

    /// Spells `text` behind what has been spelled.
    pub(super) fn go_on(&mut self, text: &str, spelling: &mut Spelling) -> Result<(), EncodeFault> {
        let Tokenizer { finder, .. } = self.tokenizer;
        let mut rest = 0;
        if let Some(finder) = finder {
            for found in finder.automaton.find_iter(text) {
                let before = text.get(rest..found.start()).unwrap_or_default();
                let certain = spelling.at + before.len();
                let closed = spelling.horizon.is_some_and(|horizon| certain < horizon);
                self.stretch(before, closed, spelling)?;
                let id = finder.ids.get(found.pattern().as_usize());
                spelling.ids.extend(id);
                spelling.at += found.len();
                rest = found.end();
            }
        }
        self.stretch(text.get(rest..).unwrap_or_default(), false, spelling)
    }

    /// Spells a stretch without special tokens; `closed` if nothing can change where it ends.
    fn stretch(
        &mut self,
        text: &str,
        closed: bool,
        spelling: &mut Spelling,
    ) -> Result<(), EncodeFault> {
        let Tokenizer { rules, .. } = self.tokenizer;
        if text.is_empty() {
            return Ok(());
        }
        if rules.nfc && !is_nfc(text) {
            spelling.horizon = None;
            let normal: String = text.nfc().collect();
            return self.cut(&normal, closed, spelling);
        }
        if let Alphabet::Sentencepiece { add_space } = rules.alphabet {
            spelling.horizon = None;
            let start = if add_space { LOWER_BLOCK } else { "" };
            let marked = format!("{start}{}", text.replace(' ', LOWER_BLOCK));
            return self.cut(&marked, closed, spelling);
        }
        self.cut(text, closed, spelling)
    }

    /// Cuts a stretch into pieces and merges within each.
    fn cut(
        &mut self,
        text: &str,
        settled: bool,
        spelling: &mut Spelling,
    ) -> Result<(), EncodeFault> {
        let start = spelling.at;
        let part = Part {
            text,
            start,
            settled,
        };
        let horizon = spelling.horizon;
        let pieces = &mut self.pieces;
        let mut leaf = |part: Part<'_>| {
            pieces.merge(part.text, &mut spelling.ids)?;
            spelling.at = part.start + part.text.len();
            spelling.settle(part.settled);
            Ok(())
        };
        let splitters = &self.tokenizer.splitters;
        cut(splitters, &mut self.searches, part, horizon, &mut leaf)
    }
}

/// Cuts `part` by the first rule and each piece by the others.
fn cut(
    rules: &[Splitter],
    searches: &mut [Search],
    part: Part<'_>,
    horizon: Option<usize>,
    leaf: &mut dyn FnMut(Part<'_>) -> Result<(), EncodeFault>,
) -> Result<(), EncodeFault> {
    let (Some((rule, rules)), Some((search, searches))) =
        (rules.split_first(), searches.split_first_mut())
    else {
        return leaf(part);
    };
    let mut start = part.start;
    rule.split(search, part.text, &mut |Piece { text, seen }| {
        let settled = seen.map_or(part.settled, |seen| {
            horizon.is_some_and(|horizon| part.start + seen <= horizon)
        });
        let piece = Part {
            text,
            start,
            settled,
        };
        start += text.len();
        cut(rules, searches, piece, horizon, leaf)
    })
}

impl Spelling {
    /// Takes note of whether everything up to here is settled, which it is only behind a part that
    /// is, too.
    fn settle(&mut self, settled: bool) {
        if !settled {
            self.horizon = None;
        } else if self.horizon.is_some() {
            self.settled = Settled {
                bytes: self.at,
                ids: self.ids.len(),
            };
        }
    }
}

impl Pieces<'_> {
    /// Adds the ids of `piece` to `ids`.
    fn merge(&mut self, piece: &str, ids: &mut Vec<u32>) -> Result<(), EncodeFault> {
        if let Some(known) = self.known.get(piece) {
            ids.extend(known);
            return Ok(());
        }
        let from = ids.len();
        self.tokenizer.merge(piece, ids)?;
        if piece.len() <= LONGEST_PIECE {
            if self.known.len() >= MOST_PIECES {
                self.known.clear();
            }
            let merged = ids.get(from..).unwrap_or_default();
            self.known.insert(piece.into(), merged.into());
        }
        Ok(())
    }
}

impl Tokenizer {
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
}
