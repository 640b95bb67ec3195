//! Every way in which a tokenizer can be wrong or fail.

use crate::gguf::metadata::KeyFault;

/// Why a model's tokenizer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenizerFault {
    /// A key of the GGUF metadata.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// A part that is not implemented; leaving it out would give other tokens.
    #[error("the tokenizer's {part} is {found}, which is not supported (supported: {supported})")]
    Unsupported {
        /// Which part.
        part: &'static str,
        /// What it is.
        found: String,
        /// What is implemented.
        supported: &'static str,
    },
    /// JSON that is not what a tokenizer file should be.
    #[error("the tokenizer is not valid JSON of the expected form: {0}")]
    Json(String),
    /// More tokens than ids can number, or a file above the cap.
    #[error("the tokenizer has {found} {what}; at most {most} are read")]
    TooLarge {
        /// Of what.
        what: &'static str,
        /// How many.
        found: u64,
        /// The cap.
        most: u64,
    },
    /// Two tokens with one text, or two texts with one id.
    #[error("the token {0:?} is there twice")]
    Duplicate(String),
    /// An id that no token has.
    #[error("no token has the id {0}")]
    NoSuchId(u64),
    /// Ids with a hole.
    #[error("the ids are not 0 to {last}: {missing} is missing")]
    Hole {
        /// The highest id.
        last: u32,
        /// The lowest id without a token.
        missing: u32,
    },
    /// A merge whose parts or whole are no tokens.
    #[error("merge {rank} is {merge:?}: {token:?} is no token")]
    Merge {
        /// Its place in the list, from 0.
        rank: usize,
        /// The merge as it is written.
        merge: String,
        /// What is missing.
        token: String,
    },
    /// A list that should be as long as another.
    #[error("`{what}` has {found} entries for {tokens} tokens")]
    Length {
        /// Which list.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The number of tokens.
        tokens: usize,
    },
}

/// Why a text cannot be turned into tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeFault {
    /// The vocabulary cannot write a part of the text, and leaving it out would change the text.
    #[error("the vocabulary has no token for the byte 0x{byte:02X} in {text:?}")]
    NoToken {
        /// The byte.
        byte: u8,
        /// The piece of text with it.
        text: String,
    },
    /// Nothing that can stand before a text.
    #[error("the tokenizer names neither a beginning-of-text nor an end-of-text token")]
    NoFirst,
    /// A pattern search failed.
    #[error("the text cannot be split: {0}")]
    Split(String),
}
