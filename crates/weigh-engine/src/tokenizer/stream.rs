//! Tokens to text one token at a time, never half a character.

use super::Tokenizer;
use super::rules::Alphabet;

/// A text in the making.
#[derive(Debug)]
pub(crate) struct Detokenizer<'t> {
    tokenizer: &'t Tokenizer,
    skip_special: bool,
    /// Bytes of a character that is not complete.
    pending: Vec<u8>,
    /// Whether a space that SentencePiece puts before a text is still to be dropped.
    drop_space: bool,
}

impl<'t> Detokenizer<'t> {
    /// An empty text; special tokens are left out of it if `skip_special`.
    pub(crate) fn new(tokenizer: &'t Tokenizer, skip_special: bool) -> Self {
        let add_space = Alphabet::Sentencepiece { add_space: true };
        Self {
            tokenizer,
            skip_special,
            pending: Vec::new(),
            drop_space: tokenizer.rules.alphabet == add_space,
        }
    }

    /// Adds a token and gives the characters that it completes.
    pub(crate) fn push(&mut self, id: u32) -> String {
        if self.skip_special && self.tokenizer.is_special(id) {
            return String::new();
        }
        let bytes = self.tokenizer.tables.bytes(id);
        let bytes = match bytes.strip_prefix(b" ") {
            Some(rest) if self.drop_space => rest,
            Some(_) | None => bytes,
        };
        self.drop_space = false;
        self.pending.extend(bytes);
        self.complete()
    }

    /// The end of the text: U+FFFD if a character is incomplete.
    pub(crate) fn finish(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.pending)).into_owned()
    }

    /// Takes every complete character out of the pending bytes; a sequence that no further byte
    /// can complete becomes U+FFFD, as in `String::from_utf8_lossy`.
    fn complete(&mut self) -> String {
        let mut text = String::new();
        let mut used = 0;
        for chunk in self.pending.utf8_chunks() {
            text.push_str(chunk.valid());
            used += chunk.valid().len();
            let invalid = chunk.invalid();
            let at_end = used + invalid.len() == self.pending.len();
            let error = std::str::from_utf8(invalid).err();
            if at_end && error.is_some_and(|error| error.error_len().is_none()) {
                break;
            }
            if !invalid.is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
                used += invalid.len();
            }
        }
        self.pending.drain(..used);
        text
    }
}
