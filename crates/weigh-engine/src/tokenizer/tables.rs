//! The tables that lead from texts to tokens and back.

use std::collections::HashMap;

use super::alphabet;
use super::rules::{Alphabet, Rules, Token, TokenKind};

/// The space's stand-in in SentencePiece vocabularies, U+2581.
pub(super) const LOWER_BLOCK: &str = "\u{2581}";

/// Lookups by byte, character, piece and id.
#[derive(Debug)]
pub(super) struct Tables {
    of_byte: Vec<Option<u32>>,
    of_char: HashMap<char, u32>,
    of_piece: HashMap<Vec<u8>, u32>,
    bytes: Vec<Box<[u8]>>,
}

impl Tables {
    /// The tables of a tokenizer.
    pub(super) fn new(rules: &Rules) -> Self {
        let mut tables = Self {
            of_byte: vec![None; 256],
            of_char: HashMap::new(),
            of_piece: HashMap::new(),
            bytes: Vec::with_capacity(rules.tokens.len()),
        };
        for (id, token) in (0..).zip(&rules.tokens) {
            let bytes = bytes_of(token, rules.alphabet);
            if token.kind == TokenKind::Normal {
                tables.index(id, token, &bytes, rules);
            }
            tables.bytes.push(bytes.into_boxed_slice());
        }
        tables
    }

    fn index(&mut self, id: u32, token: &Token, bytes: &[u8], rules: &Rules) {
        if rules.ignore_merges {
            self.of_piece.insert(bytes.to_vec(), id);
        }
        let byte = match (rules.alphabet, bytes) {
            (Alphabet::Bytes, [byte]) => Some(*byte),
            (Alphabet::Bytes, _) => None,
            (Alphabet::Sentencepiece { .. }, _) => fallback_byte(&token.text),
        };
        if let Some(slot) = byte.and_then(|byte| self.of_byte.get_mut(usize::from(byte))) {
            *slot = Some(id);
        }
        let mut characters = token.text.chars();
        if let (Alphabet::Sentencepiece { .. }, Some(only), None) =
            (rules.alphabet, characters.next(), characters.next())
        {
            self.of_char.insert(only, id);
        }
    }

    /// The token of a byte.
    pub(super) fn of_byte(&self, byte: u8) -> Option<u32> {
        self.of_byte.get(usize::from(byte)).copied().flatten()
    }

    /// The token of a character, in a SentencePiece vocabulary.
    pub(super) fn of_char(&self, character: char) -> Option<u32> {
        self.of_char.get(&character).copied()
    }

    /// The token of a whole piece, where pieces are looked up before merging.
    pub(super) fn of_piece(&self, piece: &str) -> Option<u32> {
        self.of_piece.get(piece.as_bytes()).copied()
    }

    /// The bytes that a token adds to a text; none for an id that no token has.
    pub(super) fn bytes(&self, id: u32) -> &[u8] {
        let index = usize::try_from(id).ok();
        index
            .and_then(|index| self.bytes.get(index))
            .map_or(&[], |bytes| bytes)
    }
}

fn bytes_of(token: &Token, of: Alphabet) -> Vec<u8> {
    match of {
        Alphabet::Bytes => alphabet::bytes_of(&token.text),
        Alphabet::Sentencepiece { .. } => match fallback_byte(&token.text) {
            Some(byte) if token.kind == TokenKind::Normal => vec![byte],
            Some(_) | None => token.text.replace(LOWER_BLOCK, " ").into_bytes(),
        },
    }
}

/// The byte that a SentencePiece token like `<0x0A>` stands for.
fn fallback_byte(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("<0x")?.strip_suffix('>')?;
    (digits.len() == 2)
        .then(|| u8::from_str_radix(digits, 16).ok())
        .flatten()
}
