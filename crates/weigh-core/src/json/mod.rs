//! Strict JSON in, canonical JSON out (RFC 8785).

mod canonical;
mod object;
mod read;

use serde::{Deserialize, Serialize};

pub use self::canonical::GREATEST_INTEGER;
pub use self::object::Object;
pub use self::read::{FaultKind, Member, Node, ReadFault, Value, check, read};
use crate::diagnostic::{position, utf8};

/// The most nested arrays and objects that [`parse`] reads.
pub const MAX_DEPTH: usize = 127;

/// Text that is not strict JSON of the expected shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct JsonFault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What was expected.
    pub message: String,
}

/// Reads strict JSON: UTF-8, no duplicate key at any depth, nothing after the value.
///
/// # Errors
/// Where and why the bytes are not strict JSON of type `T`.
pub fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, JsonFault> {
    let text = utf8(bytes).map_err(|place| at(place, "expected UTF-8".to_owned()))?;
    check(text, MAX_DEPTH).map_err(|fault| at(position(text, fault.offset), fault.message))?;
    serde_json::from_str(text).map_err(|error| wrong_shape(text, &error))
}

/// The canonical bytes of `value`.
///
/// Every type of this crate that is written holds integers up to [`GREATEST_INTEGER`], strings,
/// lists and maps with string keys, which always have a canonical form; anything else is a bug and
/// gives `None`.
#[must_use]
pub fn canonical<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    canonical::sort_keys(&serde_json::to_string(value).ok()?)
}

fn at((line, column): (u32, u32), message: String) -> JsonFault {
    JsonFault {
        line: usize::try_from(line).unwrap_or(usize::MAX),
        column: usize::try_from(column).unwrap_or(usize::MAX),
        message,
    }
}

/// The fault of serde's that says which key or type was expected; its column counts bytes.
fn wrong_shape(text: &str, error: &serde_json::Error) -> JsonFault {
    let line = text.split('\n').nth(error.line().saturating_sub(1));
    let line = line.unwrap_or_default();
    let before = line.floor_char_boundary(error.column().saturating_sub(1));
    let said = error.to_string();
    JsonFault {
        line: error.line().max(1),
        column: line.get(..before).unwrap_or_default().chars().count() + 1,
        message: match said.rsplit_once(" at line ") {
            Some((message, _place)) => message.to_owned(),
            None => said,
        },
    }
}

#[cfg(test)]
mod tests;
