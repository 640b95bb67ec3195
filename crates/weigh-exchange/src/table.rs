//! Documents out of JSON, JSON lines, CSV, TSV and Parquet, with the types that the `datasets` library
//! gives their columns.

use crate::lm_eval::python::Python;
use crate::rows::{self, Read, RowFault};

/// Rows with the same columns in the same order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns' names.
    pub columns: Vec<String>,
    /// Each row is a dictionary with every column.
    pub rows: Vec<Python>,
}

/// What CSV writes for nothing, as pandas reads it.
const NOTHING: [&str; 18] = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
    "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan",
];

impl Table {
    /// A table of `rows`; what a row lacks is None.
    #[must_use]
    pub fn new(rows: Vec<Vec<(String, Python)>>) -> Self {
        let mut columns: Vec<String> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        for (name, _) in rows.iter().flatten() {
            if known.insert(name.clone()) {
                columns.push(name.clone());
            }
        }
        let whole = |row: Vec<(String, Python)>| {
            let row = Python::Dict(row);
            let cell = |column: &String| {
                let value = row.get(column).cloned().unwrap_or(Python::None);
                (column.clone(), value)
            };
            Python::Dict(columns.iter().map(cell).collect())
        };
        let rows = rows.into_iter().map(whole).collect();
        Self { columns, rows }
    }

    /// This table and behind it the rows of another.
    #[must_use]
    pub fn followed_by(self, other: Self) -> Self {
        let cells = |row: Python| {
            if let Python::Dict(cells) = row {
                return cells;
            }
            Vec::new()
        };
        Self::new(self.rows.into_iter().chain(other.rows).map(cells).collect())
    }
}

/// Reads an array of objects, or one object on each line.
///
/// # Errors
/// Every line that is no object.
pub fn json(bytes: &[u8]) -> Result<Table, Vec<RowFault>> {
    dictionaries(rows::json::any(bytes).map_err(|fault| vec![fault])?)
}

/// Reads Parquet.
///
/// # Errors
/// A file that is none, and every row that is too long.
pub fn parquet(bytes: Vec<u8>) -> Result<Table, Vec<RowFault>> {
    let (_, rows) = rows::parquet::read(bytes).map_err(|fault| vec![fault])?;
    dictionaries(rows)
}

fn dictionaries(rows: Vec<Read>) -> Result<Table, Vec<RowFault>> {
    let cells = |value: Python| {
        if let Python::Dict(cells) = value {
            return cells;
        }
        Vec::new()
    };
    let rows = all(rows)?.into_iter().map(cells).collect();
    Ok(Table::new(rows))
}

/// Every row, or every fault.
fn all(rows: Vec<Read>) -> Result<Vec<Python>, Vec<RowFault>> {
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    for row in rows {
        match row {
            Ok(row) => values.push(row.value),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        return Ok(values);
    }
    Err(faults)
}

/// Reads CSV with names in the first line; `separator` is a comma, or a tabulation for TSV.
///
/// # Errors
/// Every line with more or fewer cells than the first.
pub fn csv(bytes: &[u8], separator: u8) -> Result<Table, Vec<RowFault>> {
    let sheet = rows::csv::sheet(bytes, separator).map_err(|fault| vec![fault])?;
    let records = all(sheet.rows)?;
    let column = |name: &String| {
        let cells = records.iter().map(|record| record.get(name));
        let cells = cells.map(|cell| cell.and_then(Python::as_text).unwrap_or_default());
        (name.clone(), typed(&cells.collect::<Vec<_>>()))
    };
    let columns: Vec<(String, Vec<Python>)> = sheet.columns.iter().map(column).collect();
    let row = |index: usize| {
        let cell = |(name, cells): &(String, Vec<Python>)| {
            (
                name.clone(),
                cells.get(index).cloned().unwrap_or(Python::None),
            )
        };
        columns.iter().map(cell).collect()
    };
    Ok(Table::new((0..records.len()).map(row).collect()))
}

/// A column's cells: integers, floats or truth values where all of them are, else texts. Integers
/// beside a missing cell become floats.
fn typed(cells: &[&str]) -> Vec<Python> {
    let nothing = |cell: &str| NOTHING.contains(&cell) || cell == "null";
    let there: Vec<&str> = cells
        .iter()
        .copied()
        .filter(|cell| !nothing(cell))
        .collect();
    let missing = there.len() < cells.len();
    let all = |test: fn(&str) -> bool| !there.is_empty() && there.iter().all(|cell| test(cell));
    let one: fn(&str) -> Python = if all(|cell| cell.parse::<i64>().is_ok()) && !missing {
        |cell| cell.parse().map_or(Python::None, Python::Int)
    } else if all(|cell| cell.parse::<f64>().is_ok()) {
        |cell| cell.parse().map_or(Python::None, Python::Float)
    } else if all(|cell| matches!(cell, "True" | "False" | "TRUE" | "FALSE" | "true" | "false")) {
        |cell| Python::Bool(cell.eq_ignore_ascii_case("true"))
    } else {
        |cell| Python::Text(cell.to_owned())
    };
    let value = |cell: &&str| {
        if nothing(cell) {
            Python::None
        } else {
            one(cell)
        }
    };
    cells.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(table: Result<Table, Vec<RowFault>>) -> String {
        match table {
            Ok(table) => table
                .rows
                .iter()
                .map(Python::repr)
                .collect::<Vec<_>>()
                .join("\n"),
            Err(faults) => faults
                .iter()
                .map(RowFault::to_string)
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }

    #[test]
    fn columns_have_one_type() {
        let text = "id,n,x,ok,s\n1,2,,True,a\n2,3,1.5,False,\"b,\n\"\"c\"\"\"\n";
        let expect = "{'id': 1, 'n': 2, 'x': None, 'ok': True, 's': 'a'}\n\
            {'id': 2, 'n': 3, 'x': 1.5, 'ok': False, 's': 'b,\\n\"c\"'}";
        assert_eq!(told(csv(text.as_bytes(), b',')), expect);
        assert_eq!(told(csv(b"a\tb\n1\t\n", b'\t')), "{'a': 1, 'b': None}");
        assert!(told(csv(b"a,b\n1\n2,3\n4,5,6\n", b',')).starts_with("2:1: "));
    }

    #[test]
    fn rows_have_every_column() {
        let expect = "{'b': 1, 'a': None}\n{'b': None, 'a': [1, 'x']}";
        assert_eq!(told(json(b"{\"b\": 1}\n\n{\"a\": [1, \"x\"]}\n")), expect);
        assert_eq!(told(json(b"[{\"b\": 1}, {\"a\": [1, \"x\"]}]")), expect);
        assert!(
            told(json(b"{\"b\": 1}\n[2]\n{")).starts_with("2:1: expected an object `{...}`\n3:1: ")
        );
    }
}
