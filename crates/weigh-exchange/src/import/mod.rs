//! Data sets of other tools become native suites: a reader gives rows with their places, a mapper makes
//! cases of a row or says why not, a writer gives the files of a suite that parses without a fault.
//!
//! Nothing is dropped in silence: a row that cannot be used is a fault at its file and line, or, where the
//! user wants it left out, counted and listed in the suite's README.

mod build;
mod draft;
mod format;
mod head;
mod ids;
pub mod map;
mod origin;
mod read;
mod readme;

use std::collections::BTreeMap;

use weigh_core::diagnostic::{BAD_DATA_SET, BAD_ROW, Diagnostic};
use weigh_core::language::Language;

pub use self::format::Format;
use self::map::columns::Columns;
use crate::rows::RowFault;

/// A file of the data set.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its path as the user gives it, with `/`.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// How a data set becomes a suite.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the files are.
    pub format: Format,
    /// The suite's id: `local/<name>`.
    pub id: String,
    /// The language of the cases, where rows do not tell theirs. None: by the files' names.
    pub language: Option<Language>,
    /// SPDX expression. None: what the files say, or what is known of the set.
    pub licence: Option<String>,
    /// The names of who made the data. Empty: what is known of the set.
    pub authors: Vec<String>,
    /// Where the data come from, for the README and the suite's sources.
    pub source: Option<String>,
    /// Whether rows that cannot be used are left out and listed.
    pub skip_bad: bool,
    /// What becomes of the columns of a table.
    pub columns: Columns,
    /// The dotted path of the list of rows within a JSON document.
    pub rows: Option<String>,
    /// When a reply to a sample of OpenAI's evals is right.
    pub rule: map::openai::Rule,
}

/// A suite.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The files of its folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Rows that were read.
    pub rows: usize,
    /// Cases of each language.
    pub cases: BTreeMap<Language, usize>,
    /// Rows that were left out, and why.
    pub left_out: Vec<Diagnostic>,
    /// What somebody should know of the files.
    pub notes: Vec<String>,
    /// What `weigh suite check` warns of.
    pub warnings: Vec<Diagnostic>,
}

/// A row that cannot become a case.
fn bad_row(file: &str, row: RowFault) -> Diagnostic {
    Diagnostic::error(file, BAD_ROW, (row.line, row.column), row.message)
}

/// A file of which no row can be used.
fn bad_data_set(file: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(file, BAD_DATA_SET, (1, 1), message)
}

/// A fault on one line, `FILE:LINE: reason`, with the column where it is a place within the row.
#[must_use]
pub fn on_one_line(fault: &Diagnostic) -> String {
    let column = match fault.column {
        0 | 1 => String::new(),
        column => format!("{column}:"),
    };
    let help = fault.help.as_deref().map(|help| format!(" ({help})"));
    format!(
        "{}:{}:{column} {}{}",
        fault.file,
        fault.line,
        fault.message,
        help.unwrap_or_default()
    )
}

/// Why there is no suite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Everything that is wrong, by file and line.
    pub faults: Vec<Diagnostic>,
    /// How many rows there are.
    pub rows: usize,
    /// Whether only single rows are at fault, so that the others can be had without them.
    pub skippable: bool,
}

impl Refused {
    fn whole(faults: Vec<Diagnostic>) -> Self {
        Self {
            faults,
            rows: 0,
            skippable: false,
        }
    }
}

/// Makes a suite of `inputs`.
///
/// # Errors
/// Every file and every row that cannot be used. Single rows are no error where they are to be left out, as long
/// as one is left.
pub fn import(inputs: &[Input<'_>], options: &Options) -> Result<Imported, Refused> {
    let (mut documents, mut faults) = (Vec::new(), Vec::new());
    for input in inputs {
        match read::document(*input, options) {
            Ok(document) => documents.push(document),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(Refused::whole(faults));
    }
    build::suite(inputs, &documents, options)
}
