//! The faults that are found while one file is read.

use std::collections::BTreeSet;

use super::{Diagnostic, Severity, code, utf8};

/// The most errors, and the most warnings, that are listed for one file.
const MOST: usize = 1_000;

/// One file's text and what was found in it so far.
pub(crate) struct Notes<'a> {
    /// The file's path in the diagnostics.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Byte offset of the start of each line.
    lines: Vec<usize>,
    found: Vec<Diagnostic>,
    errors: usize,
    warnings: usize,
    /// What was looked at once.
    seen: BTreeSet<String>,
    /// What costly checks have cost.
    spent: usize,
}

/// The most that the costly checks in one file may cost: each some 100 times a plain one.
const MOST_COST: usize = 10_000;

impl<'a> Notes<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            file,
            text,
            lines: std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect(),
            found: Vec::new(),
            errors: 0,
            warnings: 0,
            seen: BTreeSet::new(),
            spent: 0,
        }
    }

    /// Notes a fault at byte `offset`. The code says whether it is an error or a warning.
    pub fn add(
        &mut self,
        code: &'static str,
        offset: usize,
        message: String,
        help: Option<String>,
    ) {
        let severity = severity(code);
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count > MOST {
            return;
        }
        let (line, column) = self.place(offset);
        self.found.push(Diagnostic {
            file: self.file.to_owned(),
            line,
            column,
            code,
            severity,
            message,
            help,
        });
    }

    /// Whether checks that cost so much may yet be made in this file. Whoever hears no must refuse
    /// what was to be checked.
    pub fn spend(&mut self, cost: usize) -> bool {
        self.spent = self.spent.saturating_add(cost);
        self.spent <= MOST_COST
    }

    /// Whether `name` is asked about for the first time in this file: for a look that costs much
    /// and that need not be told again. After some thousand names it is always the first time.
    pub fn is_first(&mut self, name: &str) -> bool {
        if self.seen.len() < 4 * MOST {
            return self.seen.insert(name.to_owned());
        }
        !self.seen.contains(name)
    }

    /// The line of byte `offset`, from 1.
    pub fn line(&self, offset: usize) -> u32 {
        self.place(offset).0
    }

    /// How many lines there are.
    pub const fn lines(&self) -> usize {
        self.lines.len()
    }

    /// Byte offset of the start of `line`, from 1.
    pub fn line_start(&self, line: u32) -> usize {
        let index = usize::try_from(line)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        self.lines.get(index).copied().unwrap_or(self.text.len())
    }

    /// Everything that was noted, with a word on what was left out.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let left = self.errors.saturating_sub(MOST) + self.warnings.saturating_sub(MOST);
        if left > 0 {
            let message = format!("{left} more faults in this file are not listed");
            let last = self.found.last().map_or(1, |d| d.line);
            self.found
                .push(whole_file(self.file, code::MORE_FAULTS, message, None));
            if let Some(note) = self.found.last_mut() {
                note.line = last;
            }
        }
        self.found
    }

    fn place(&self, offset: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self
            .lines
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or_default();
        let end = self.text.floor_char_boundary(offset);
        let column = self
            .text
            .get(start..end)
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        (
            u32::try_from(line).unwrap_or(u32::MAX),
            u32::try_from(column).unwrap_or(u32::MAX),
        )
    }
}

/// A fault of a file as a whole, or of one that is not there: at its first character.
pub(crate) fn whole_file(
    file: &str,
    code: &'static str,
    message: String,
    help: Option<String>,
) -> Diagnostic {
    Diagnostic {
        file: file.to_owned(),
        line: 1,
        column: 1,
        code,
        severity: severity(code),
        message,
        help,
    }
}

/// The text of a file of at most `most` bytes.
pub(crate) fn readable<'a>(
    file: &str,
    bytes: &'a [u8],
    most: usize,
) -> Result<&'a str, Diagnostic> {
    if bytes.len() > most {
        let message = format!("the file has {} bytes, at most {most}", bytes.len());
        return Err(whole_file(file, code::FILE_TOO_LARGE, message, None));
    }
    utf8(bytes).map_err(|(line, column)| {
        let fault = whole_file(file, code::NOT_UTF8, "expected UTF-8".to_owned(), None);
        Diagnostic {
            line,
            column,
            ..fault
        }
    })
}

fn severity(code: &str) -> Severity {
    if code.starts_with('W') {
        Severity::Warning
    } else {
        Severity::Error
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::position;
    use super::*;

    #[test]
    fn a_flood_is_cut_and_says_so() {
        let mut notes = Notes::new("f", "");
        for _ in 0..MOST + 3 {
            notes.add(code::EMPTY, 0, String::new(), None);
        }
        notes.add(code::SAME_PROMPT, 0, String::new(), None);
        let found = notes.finish();
        assert_eq!(found.len(), MOST + 2);
        assert_eq!(found[MOST].severity, Severity::Warning);
        assert_eq!(
            found[MOST + 1].message,
            "3 more faults in this file are not listed"
        );
    }

    proptest! {
        #[test]
        fn places_agree_with_the_plain_count(text in "[aé\n😀]{0,40}", at in 0_usize..100) {
            let at = text.floor_char_boundary(at);
            prop_assert_eq!(Notes::new("f", &text).place(at), position(&text, at));
        }
    }
}
