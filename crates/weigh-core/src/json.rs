//! Strict JSON in, canonical JSON out (RFC 8785).

use serde::Serialize;
use serde::de::DeserializeOwned;

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
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    serde_json::from_slice(bytes).map_err(|error| JsonFault {
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
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
