//! The two streams: data on standard output, everything else on standard error.
//!
//! Nothing else in the command writes to either. A reader that goes away early (`| head`) is no
//! fault, so errors of writing are ignored.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use weigh_core::json;

/// Columns that fit on a printed page.
const PAPER: usize = 100;

fn takes_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !refused && !dumb
}

/// What is written where.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// Whether data is JSON.
    pub json: bool,
    /// Whether standard error takes colour.
    colour: bool,
    /// Whether nothing is written at all.
    mute: bool,
}

/// A versioned document for programs.
#[derive(Serialize)]
struct Document<'a, T> {
    format: &'a str,
    #[serde(flatten)]
    content: &'a T,
}

/// `1 case` or `2 cases`.
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, one: &str, several: &str) -> String {
    let noun = if count == N::from(1) { one } else { several };
    format!("{count} {noun}")
}

impl Output {
    /// Colour on standard error if it is a terminal and `NO_COLOR` (<https://no-color.org>) is not
    /// set.
    pub fn new(json: bool) -> Self {
        Self {
            json,
            colour: takes_colour() && io::stderr().is_terminal(),
            mute: false,
        }
    }

    /// Writes nothing: for tests of what a command does beside writing.
    #[cfg(test)]
    pub const fn mute() -> Self {
        Self {
            json: false,
            colour: false,
            mute: true,
        }
    }

    /// Whether standard error takes colour.
    pub const fn colour(&self) -> bool {
        self.colour
    }

    /// Whether standard output takes colour.
    pub fn colour_on_stdout(&self) -> bool {
        takes_colour() && io::stdout().is_terminal()
    }

    /// Columns of the terminal on standard output, or what fits on paper.
    pub fn width(&self) -> usize {
        let columns = console::Term::stdout()
            .size_checked()
            .map(|(_, columns)| columns);
        columns.map_or(PAPER, usize::from)
    }

    /// A line on standard error. The caller has made foreign text safe.
    pub fn note(&self, line: &str) {
        if !self.mute {
            let _ = writeln!(io::stderr().lock(), "{line}");
        }
    }

    /// A line on standard output. The caller has made foreign text safe.
    pub fn line(&self, line: &str) {
        self.bytes(format!("{line}\n").as_bytes());
    }

    /// Bytes on standard output.
    pub fn bytes(&self, bytes: &[u8]) {
        if self.mute {
            return;
        }
        let mut stdout = io::stdout().lock();
        let _ = stdout.write_all(bytes).and_then(|()| stdout.flush());
    }

    /// A JSON document of a named format on standard output, canonical and on one line.
    pub fn json<T: Serialize>(&self, format: &str, content: &T) {
        // Every document has a canonical form: text, small integers, lists and maps with text keys.
        let document = json::canonical(&Document { format, content }).unwrap_or_default();
        self.bytes(&[document.as_slice(), b"\n"].concat());
    }

    /// `text` in red where colour is taken.
    pub fn red(&self, text: &str) -> String {
        self.paint("31", text)
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\x1b[{code};1m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}
