//! Rows out of the files that data sets come in, each with the line where it begins.
//!
//! A row that cannot be read is a fault at its line and leaves the other rows alone.

pub mod csv;
pub mod json;
mod pages;
pub mod parquet;

use weigh_core::diagnostic::utf8;
use weigh_core::text::visible_line;

use crate::lm_eval::python::Python;

/// The most bytes of a row: no line of a suite may be longer.
pub const MOST_BYTES: usize = 1 << 20;
/// The most rows of a file.
pub const MOST_ROWS: usize = 1_000_000;

/// A row, or what is wrong with it.
pub type Read = Result<Row, RowFault>;

/// A row of a table or a document of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The line in the file where it begins, from 1; in a file without lines, the row's number.
    pub line: usize,
    /// A dictionary; cells of a table are texts.
    pub value: Python,
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct RowFault {
    /// The line in the file, from 1.
    pub line: usize,
    /// The column in that line, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl RowFault {
    /// A fault of the row that begins at `line`.
    #[must_use]
    pub fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            column: 1,
            message: message.into(),
        }
    }
}

/// `bytes` without the byte order mark that spreadsheets put before a text.
#[must_use]
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The text in `bytes`, which begin at `line`.
pub(crate) fn text(bytes: &[u8], line: usize) -> Result<&str, RowFault> {
    utf8(bytes).map_err(|(further, column)| RowFault {
        line: line + further as usize - 1,
        column: column as usize,
        message: "expected UTF-8: save the file in that encoding".to_owned(),
    })
}

/// Refuses a row of more bytes than any line of a suite.
fn bounded(bytes: usize, line: usize) -> Result<(), RowFault> {
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    let message = format!("the row has {bytes} bytes, at most {MOST_BYTES}");
    Err(RowFault::new(line, message))
}

/// The beginning of a foreign text, for a message.
#[must_use]
pub fn short(text: &str) -> String {
    visible_line(text).chars().take(60).collect()
}

/// Names in a message: `a`, `b`.
#[must_use]
pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names = names
        .into_iter()
        .take(40)
        .map(|name| format!("`{}`", short(name)));
    names.collect::<Vec<_>>().join(", ")
}
