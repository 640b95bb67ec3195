//! A verified record as other tools read it. Every figure is the report's; nothing is computed anew.

pub mod codecarbon;
pub mod csv;
pub mod cyclonedx;
pub mod every_eval_ever;
mod evidence;
pub mod hub;
pub mod inspect;
pub mod parquet;
pub mod table;

use std::io;

use serde::Serialize;

pub use self::evidence::{Answered, Evidence};

/// One file of an export: its path below the folder that was asked for, with `/`, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// The path.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What an export came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Export {
    /// Its files.
    pub files: Vec<ExportedFile>,
    /// What the format has no place for, a sentence each.
    pub left_out: Vec<String>,
}

/// `document` as JSON for people and programs, ended by a newline.
///
/// # Errors
/// When it has no form in JSON.
pub(crate) fn pretty<T: Serialize>(document: &T) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// `name` as one part of a path: letters, digits, `.` and `_` stay, all else becomes `-`.
pub(crate) fn file_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    let kept = name.chars().map(|c| if plain(c) { c } else { '-' });
    kept.collect()
}
