//! The table of cases as CSV (RFC 4180) in UTF-8, safe to open in a spreadsheet.

use std::io::{self, Write};

use weigh_core::decimal::Decimal;

use super::table::{Cell, Table};

/// What makes a spreadsheet read a text as a formula where a cell begins with it (OWASP, CSV
/// injection), and the apostrophe itself, so that who takes one away has the text back.
const QUOTED: [char; 12] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\'',
];

/// Writes the table row by row, a header first, and says how many rows there are.
///
/// Nothing is an empty cell, as is an empty text; texts, numbers and counts of a list are a JSON array.
///
/// # Errors
/// When `out` cannot be written.
pub fn write<W: Write>(table: &Table<'_>, out: W) -> io::Result<u64> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(table.columns().iter().map(|column| &column.name))?;
    let mut count = 0;
    for row in table.rows() {
        let cells: Result<Vec<String>, _> = row.iter().map(cell).collect();
        writer.write_record(cells?)?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

fn cell(cell: &Cell) -> Result<String, serde_json::Error> {
    match cell {
        Cell::Text(text) => Ok(text.as_deref().map(quoted).unwrap_or_default()),
        Cell::Texts(texts) => serde_json::to_string(texts),
        Cell::Number(number) => Ok(number.map(written).unwrap_or_default()),
        Cell::Numbers(numbers) => serde_json::to_string(numbers),
        Cell::Counts(counts) => serde_json::to_string(counts),
    }
}

/// The fewest digits that read back to the same number. A number is never quoted.
fn written(number: f64) -> String {
    Decimal::new(number).map_or_else(|_| String::new(), |number| number.to_string())
}

/// A text as a cell that no spreadsheet takes for a formula.
pub(crate) fn quoted(text: &str) -> String {
    if text.starts_with(QUOTED) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let check = |text: &str, expect: &str| {
            assert_eq!(cell(&Cell::Text(Some(text.to_owned()))).unwrap(), expect);
        };
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"] {
            check(text, &format!("'{text}"));
        }
        for text in ["", "1-1", " =1", "a'", "[user] =1"] {
            check(text, text);
        }
        assert_eq!(cell(&Cell::Number(Some(-0.5))).unwrap(), "-0.5");
        assert_eq!(cell(&Cell::Number(None)).unwrap(), "");
        let numbers = Cell::Numbers(vec![Some(-1.5), None]);
        assert_eq!(cell(&numbers).unwrap(), "[-1.5,null]");
    }
}
