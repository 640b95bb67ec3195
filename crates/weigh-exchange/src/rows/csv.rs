//! Rows of CSV and TSV: with names in the first line, or without.

use csv::{ByteRecord, ReaderBuilder};

use super::{Read, Row, RowFault, bounded, names, short, text, without_mark};
use crate::lm_eval::python::Python;

/// A table with names in its first line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The names.
    pub columns: Vec<String>,
    /// The rows: dictionaries of texts.
    pub rows: Vec<Read>,
    /// Lines before the names that are remarks: they begin with `#`.
    pub remarks: Vec<String>,
}

/// What parts cells where a file may have been saved with commas, semicolons or tabulations: the
/// first of them that the names have.
#[must_use]
pub fn separator(bytes: &[u8]) -> u8 {
    let (_, table, _) = remarks(without_mark(bytes));
    let header = table.split(|byte| *byte == b'\n').next();
    let header = header.unwrap_or_default();
    let used = [b',', b';', b'\t'];
    let used = used.into_iter().find(|byte| header.contains(byte));
    used.unwrap_or(b',')
}

/// Reads a table with names in its first line. Remarks may stand before them.
///
/// # Errors
/// Names that are missing, not UTF-8 or stand twice.
pub fn sheet(bytes: &[u8], separator: u8) -> Result<Sheet, RowFault> {
    let (remarks, table, line) = remarks(without_mark(bytes));
    let mut records = records(table, separator, line);
    if records.is_empty() {
        return Err(RowFault::new(
            1,
            "expected a line with the names of the columns",
        ));
    }
    let (line, header) = records.remove(0)?;
    let columns: Vec<String> = cells(&header, line)?;
    for (index, name) in columns.iter().enumerate() {
        let earlier = columns.iter().take(index).any(|other| other == name);
        if earlier && !name.is_empty() {
            let message = format!("the column `{}` stands twice", short(name));
            return Err(RowFault::new(line, message));
        }
    }
    let row = |record: Result<(usize, ByteRecord), RowFault>| {
        let (line, record) = record?;
        named(&columns, cells(&record, line)?, line)
    };
    let rows = records.into_iter().map(row).collect();
    Ok(Sheet {
        columns,
        rows,
        remarks,
    })
}

/// The cells of a row by the names of their columns.
fn named(columns: &[String], cells: Vec<String>, line: usize) -> Read {
    if cells.len() != columns.len() {
        let message = format!(
            "the row has {} cells, expected {} for {}",
            cells.len(),
            columns.len(),
            names(columns.iter().map(String::as_str))
        );
        return Err(RowFault::new(line, message));
    }
    let cells = columns
        .iter()
        .cloned()
        .zip(cells.into_iter().map(Python::Text));
    Ok(Row {
        line,
        value: Python::Dict(cells.collect()),
    })
}

/// Reads lines of cells with tabulations between them, without names and without quotes.
#[must_use]
pub fn plain(bytes: &[u8], columns: &[&str]) -> Vec<Read> {
    let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
    let row = |(line, bytes): (usize, &[u8])| {
        bounded(bytes.len(), line)?;
        let cells = text(bytes, line)?.split('\t').map(str::to_owned);
        named(&columns, cells.collect(), line)
    };
    lines(without_mark(bytes)).map(row).collect()
}

/// The lines of a file that are not blank, from 1.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let lines = (1..).zip(bytes.split(|byte| *byte == b'\n'));
    let lines = lines.map(|(line, bytes)| (line, bytes.strip_suffix(b"\r").unwrap_or(bytes)));
    lines.filter(|(_, bytes)| !bytes.trim_ascii().is_empty())
}

/// The remarks before a table, the table, and the line where it begins. A line that begins with `#`
/// is a remark only where the next line has more cells: `#` may be the name of a column.
fn remarks(bytes: &[u8]) -> (Vec<String>, &[u8], usize) {
    let (mut rest, mut line, mut found) = (bytes, 1, Vec::new());
    while rest.starts_with(b"#") {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            break;
        };
        let (remark, after) = rest.split_at(end);
        let after = after.get(1..).unwrap_or_default();
        let next = after.split(|byte| *byte == b'\n').next();
        let next = next.unwrap_or_default();
        let width = |line: &[u8]| line.iter().filter(|byte| b",;\t".contains(byte)).count();
        if !next.starts_with(b"#") && width(next) <= width(remark) {
            break;
        }
        found.push(short(String::from_utf8_lossy(remark).trim()));
        (rest, line) = (after, line + 1);
    }
    (found, rest, line)
}

/// The records with the line where each begins. Blank lines are none.
fn records(
    table: &[u8],
    separator: u8,
    first: usize,
) -> Vec<Result<(usize, ByteRecord), RowFault>> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(table);
    let mut found = Vec::new();
    let mut record = ByteRecord::new();
    loop {
        let start = reader.position().clone();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return found,
            Err(fault) => {
                found.push(Err(RowFault::new(first, fault.to_string())));
                return found;
            }
        }
        let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        let raw = table.get(place(start.byte())..place(reader.position().byte()));
        let (line, raw) = without_blank_lines(raw.unwrap_or_default());
        let line = first + place(start.line()) - 1 + line;
        let last = reader.is_done() || place(reader.position().byte()) >= table.len();
        found.push(whole(raw, line, last).map(|()| (line, record.clone())));
    }
}

/// How many blank lines stand before a record, which the reader passes over, and the record.
fn without_blank_lines(raw: &[u8]) -> (usize, &[u8]) {
    let blank = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let at = raw.iter().position(|byte| !blank(byte)).unwrap_or(0);
    let (before, record) = raw.split_at_checked(at).unwrap_or((&[], raw));
    (before.iter().filter(|byte| **byte == b'\n').count(), record)
}

/// Refuses a record that is too long, and a last one whose quotation mark never closes: the reader
/// would give all that follows as one cell.
fn whole(raw: &[u8], line: usize, last: bool) -> Result<(), RowFault> {
    let quotes = raw.iter().filter(|byte| **byte == b'"').count();
    if last && quotes % 2 == 1 {
        let message = "a quotation mark is opened and never closed: put a cell with one in \
                       quotation marks, and double each in it";
        return Err(RowFault::new(line, message));
    }
    bounded(raw.len(), line)
}

fn cells(record: &ByteRecord, line: usize) -> Result<Vec<String>, RowFault> {
    // The column of a cell is not known.
    let told = |fault: RowFault| RowFault::new(fault.line, fault.message);
    let cell = |cell| text(cell, line).map(str::to_owned).map_err(told);
    record.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rows: &[Read]) -> String {
        let row = |row: &Read| match row {
            Ok(row) => format!("{}: {}\n", row.line, row.value.repr()),
            Err(fault) => format!("{fault}\n"),
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn rows_have_lines_and_faults_stay_with_their_rows() {
        let check = |bytes: &[u8], expect: &str| {
            let told = match sheet(bytes, separator(bytes)) {
                Ok(sheet) => told(&sheet.rows),
                Err(fault) => fault.to_string(),
            };
            assert_eq!(told, expect);
        };
        check(
            b"\xef\xbb\xbfa,b\r\n\"x\r\ny\",2\r\n\r\n\n\"p\"\"q\",\"\"\r\n",
            "2: {'a': 'x\\r\\ny', 'b': '2'}\n6: {'a': 'p\"q', 'b': ''}\n",
        );
        check(
            b"a;b\n1;\xff\n2\n3;4",
            "2:1: expected UTF-8: save the file in that encoding\n\
             3:1: the row has 1 cells, expected 2 for `a`, `b`\n4: {'a': '3', 'b': '4'}\n",
        );
        check(b"# version=1\na,b\n#1,2\n", "3: {'a': '#1', 'b': '2'}\n");
        check(b"#,b\n1,2\n", "2: {'#': '1', 'b': '2'}\n");
        check(
            b"a,b\n1,\"2\n3,4\n",
            "2:1: a quotation mark is opened and never closed: put a cell with one in quotation \
             marks, and double each in it\n",
        );
        check(b"a,b,a\n", "1:1: the column `a` stands twice");
        check(b"", "1:1: expected a line with the names of the columns");
        let mut huge = b"a\nx\n".to_vec();
        huge.resize(huge.len() + super::super::MOST_BYTES + 1, b'y');
        check(
            &huge,
            "2: {'a': 'x'}\n3:1: the row has 1048577 bytes, at most 1048576\n",
        );
    }

    #[test]
    fn lines_without_names() {
        let rows = plain("Ni \"nini\"?\t3\r\n\nx\ty\tz\n".as_bytes(), &["q", "a"]);
        let expect = "1: {'q': 'Ni \"nini\"?', 'a': '3'}\n\
            3:1: the row has 3 cells, expected 2 for `q`, `a`\n";
        assert_eq!(told(&rows), expect);
    }
}
