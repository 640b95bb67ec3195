//! Splits CSV (RFC 4180) into rows and cells, each with its place, and refuses what is ambiguous.

use std::borrow::Cow;

use crate::diagnostic::{Notes, code};

/// A line of the table.
#[derive(Debug, Default)]
pub(crate) struct Row<'a> {
    pub start: usize,
    pub cells: Vec<Cell<'a>>,
}

/// One cell, without its quotes.
#[derive(Debug)]
pub(crate) struct Cell<'a> {
    pub start: usize,
    pub end: usize,
    pub text: Cow<'a, str>,
}

/// The rows of the table in `notes`, the header first; blank lines are left out. None where the
/// text is no CSV.
pub(crate) fn rows<'a>(notes: &mut Notes<'a>) -> Option<Vec<Row<'a>>> {
    let text = notes.text;
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut splitter = Splitter {
        text,
        at: start,
        separator: separator(text),
    };
    let mut rows = Vec::new();
    while splitter.at < text.len() {
        match splitter.row() {
            Ok(row) => rows.extend(row),
            Err((place, message)) => {
                let help = "a cell with a quote is put in quotes, and each quote in it is doubled";
                notes.add(
                    code::CSV_SYNTAX,
                    place,
                    message.to_owned(),
                    Some(help.to_owned()),
                );
                return None;
            }
        }
    }
    if rows.is_empty() {
        let message = "expected a line with the names of the columns".to_owned();
        notes.add(code::CSV_SYNTAX, 0, message, None);
        return None;
    }
    Some(rows)
}

/// What parts cells: a comma, unless the header has none, but semicolons or tabulations, which
/// spreadsheets write where the comma is the decimal point.
fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let others = [b',', b';', b'\t'];
    let used = others
        .into_iter()
        .find(|byte| header.contains(char::from(*byte)));
    used.unwrap_or(b',')
}

struct Splitter<'a> {
    text: &'a str,
    at: usize,
    separator: u8,
}

/// Where and why the text is no CSV.
type Fault = (usize, &'static str);

impl<'a> Splitter<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over the end of a line, if it is one.
    fn line_end(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let ends = ["\r\n", "\n"];
        let length = match rest {
            "\r" => 1,
            _ => ends
                .into_iter()
                .find(|end| rest.starts_with(end))
                .map_or(0, str::len),
        };
        self.at += length;
        length > 0
    }

    /// The next row; none for a blank line.
    fn row(&mut self) -> Result<Option<Row<'a>>, Fault> {
        let mut row = Row {
            start: self.at,
            cells: Vec::new(),
        };
        if self.line_end() {
            return Ok(None);
        }
        loop {
            row.cells.push(self.cell()?);
            if self.at >= self.text.len() || self.line_end() {
                return Ok(Some(row));
            }
            if self.peek() != Some(self.separator) {
                return Err((
                    self.at,
                    "expected the end of the cell after its closing quote",
                ));
            }
            self.at += 1;
        }
    }

    fn cell(&mut self) -> Result<Cell<'a>, Fault> {
        let start = self.at;
        let text = if self.peek() == Some(b'"') {
            self.quoted()?
        } else {
            Cow::Borrowed(self.plain()?)
        };
        Ok(Cell {
            start,
            end: self.at,
            text,
        })
    }

    fn plain(&mut self) -> Result<&'a str, Fault> {
        let start = self.at;
        while let Some(byte) = self.peek() {
            if byte == self.separator || byte == b'\n' {
                break;
            }
            if byte == b'"' {
                return Err((
                    self.at,
                    "a quote stands in a cell that does not begin with one",
                ));
            }
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let ends = self.peek() != Some(self.separator);
        let plain = if ends {
            text.strip_suffix('\r').unwrap_or(text)
        } else {
            text
        };
        self.at = start + plain.len();
        Ok(plain)
    }

    fn quoted(&mut self) -> Result<Cow<'a, str>, Fault> {
        let open = self.at;
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(length) = rest.find('"') else {
                return Err((open, "the quote is not closed"));
            };
            text += rest.get(..length).unwrap_or_default();
            self.at += length + 1;
            if self.peek() != Some(b'"') {
                return Ok(text);
            }
            text += "\"";
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Option<Vec<Vec<String>>> {
        let rows = rows(&mut Notes::new("f", text))?;
        let cells = |row: Row<'_>| row.cells.into_iter().map(|c| c.text.into_owned()).collect();
        Some(rows.into_iter().map(cells).collect())
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut notes = Notes::new("f", text);
        let said = match rows(&mut notes) {
            Some(rows) => {
                let cell = |c: &Cell<'_>| format!("{}..{} {:?}", c.start, c.end, c.text);
                let row = |r: &Row<'_>| r.cells.iter().map(cell).collect::<Vec<_>>().join(", ");
                rows.iter().map(row).collect::<Vec<_>>().join("; ")
            }
            None => notes
                .finish()
                .iter()
                .map(|d| format!("{}:{}", d.line, d.column))
                .collect(),
        };
        assert_eq!(said, expect, "{text:?}");
    }

    #[test]
    fn cells_have_places() {
        check(
            "a,b\r\n1,\"x\"\"y\"\r\n",
            r#"0..1 "a", 2..3 "b"; 5..6 "1", 7..13 "x\"y""#,
        );
        check(
            "a;b\n\n1;2,5",
            r#"0..1 "a", 2..3 "b"; 5..6 "1", 7..10 "2,5""#,
        );
        check("\u{feff}a\tb", r#"3..4 "a", 5..6 "b""#);
        check("a\n\"1\n2\"", r#"0..1 "a"; 2..7 "1\n2""#);
        check("a,\n", r#"0..1 "a", 2..2 """#);
        check("a\r", r#"0..1 "a""#);
    }

    #[test]
    fn what_is_ambiguous_is_refused() {
        check("", "1:1");
        check("a\n\"b", "2:1");
        check("a\nb\"c", "2:2");
        check("a\n\"b\"c", "2:4");
    }

    proptest! {
        /// What the `csv` crate writes is split as the `csv` crate reads it.
        #[test]
        fn agrees_with_another_reader(
            table in prop::collection::vec(prop::collection::vec("[a,\"\n é]{0,4}", 2), 1..5),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["h1", "h2"]).unwrap();
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let read: Vec<Vec<String>> = reader
                .records()
                .map(|row| row.unwrap().iter().map(str::to_owned).collect())
                .collect();
            prop_assert_eq!(split(&text), Some(read), "{}", text);
        }
    }
}
