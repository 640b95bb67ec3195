//! Strict JSON in, canonical JSON out (RFC 8785).

use serde::{Deserialize, Serialize};

/// Text that is not strict JSON of the expected shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct JsonFault {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What was expected.
    pub message: String,
}

/// Reads strict JSON: UTF-8, no duplicate key at any depth, nothing after the value.
///
/// # Errors
/// Where and why the bytes are not strict JSON of type `T`.
pub fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, JsonFault> {
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        // The place is said once, by the fault.
        let place = format!(" at line {line} column {column}");
        let message = text.strip_suffix(&place).unwrap_or(&text).to_owned();
        JsonFault {
            line,
            column,
            message,
        }
    })
}

/// The canonical bytes of `value`.
///
/// Every type of this crate that is written holds integers below 2^53, strings, arrays and maps
/// with string keys, which always have a canonical form; anything else is a bug and gives `None`.
#[must_use]
pub fn canonical<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value).ok()
}
