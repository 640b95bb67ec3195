//! What is wrong with a file that somebody wrote: where, what was expected, how to mend it.

pub(crate) mod code;
mod nearest;
mod notes;
mod render;

use serde::Serialize;

pub use self::code::{BAD_DATA_SET, BAD_ROW, BAD_TASK_FILE};
pub use self::code::{EXPLANATIONS, Explanation, explain};
pub use self::nearest::nearest;
pub(crate) use self::notes::{Notes, readable, whole_file};
pub use self::render::render;

/// Whether a file can be used in spite of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file is refused.
    Error,
    /// The file is used; somebody should look.
    Warning,
}

/// One fault in one file. Sorts by place, so that a list reads from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// The file, relative to the folder that was parsed, with `/` between its parts.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Stable name of the kind of fault, for instance `E0123`.
    pub code: &'static str,
    /// Whether the file is refused.
    pub severity: Severity,
    /// What is wrong and what was expected, in one sentence without a full stop.
    pub message: String,
    /// How to mend it, where that can be said.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a line and a column, both from 1.
    #[must_use]
    pub fn error(
        file: impl Into<String>,
        code: &'static str,
        (line, column): (usize, usize),
        message: impl Into<String>,
    ) -> Self {
        let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            file: file.into(),
            line: place(line),
            column: place(column),
            code,
            severity: Severity::Error,
            message: message.into(),
            help: None,
        }
    }
}

/// Line and column (in characters), both from 1, of byte `offset` in `text`.
#[must_use]
pub fn position(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (
        u32::try_from(line).unwrap_or(u32::MAX),
        u32::try_from(column).unwrap_or(u32::MAX),
    )
}

/// The text in `bytes`, or line and column of the first byte that is no part of UTF-8.
///
/// # Errors
/// The place, as [`position`] gives it.
pub fn utf8(bytes: &[u8]) -> Result<&str, (u32, u32)> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let before = std::str::from_utf8(valid).unwrap_or_default();
        position(before, before.len())
    })
}
