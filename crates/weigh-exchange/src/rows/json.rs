//! Rows of JSON: an object on each line, or a list of objects, which may stand within a document.

use serde_json::value::RawValue;

use super::{Read, Row, RowFault, bounded, csv, short, text, without_mark};
use crate::lm_eval::python::Python;

/// Reads an array of objects, or one object on each line.
///
/// # Errors
/// An array that is no JSON.
pub fn any(bytes: &[u8]) -> Result<Vec<Read>, RowFault> {
    let bytes = without_mark(bytes);
    if bytes.trim_ascii_start().starts_with(b"[") {
        return list(bytes);
    }
    Ok(lines(bytes))
}

/// Reads one object on each line.
#[must_use]
pub fn lines(bytes: &[u8]) -> Vec<Read> {
    let row = |(line, bytes): (usize, &[u8])| {
        bounded(bytes.len(), line)?;
        object(text(bytes, line)?, line)
    };
    csv::lines(without_mark(bytes)).map(row).collect()
}

/// Reads an array of objects.
///
/// # Errors
/// What is no JSON, or no array.
pub fn list(bytes: &[u8]) -> Result<Vec<Read>, RowFault> {
    let text = text(without_mark(bytes), 1)?;
    if text.trim_start().starts_with('{') {
        let message =
            "expected a list `[...]`; `--rows PATH` names the place of one within a document";
        return Err(RowFault::new(1, message));
    }
    let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|fault| syntax(text, &fault))?;
    Ok(items_of(text, &items))
}

/// Reads the array of objects at the dotted `path` within a document, and the document without it.
///
/// # Errors
/// What is no JSON, and a path that names no array.
pub fn within(bytes: &[u8], path: &str) -> Result<(Python, Vec<Read>), RowFault> {
    let text = text(without_mark(bytes), 1)?;
    let missing = |what: &str| RowFault::new(1, format!("expected {what} at `{}`", short(path)));
    let mut place = text;
    let mut outer = Vec::new();
    for key in path.split('.') {
        let entries: Entries<'_> = serde_json::from_str(place).map_err(|fault| {
            if place == text {
                syntax(text, &fault)
            } else {
                missing("a list of objects")
            }
        })?;
        let found = entries.0.iter().rev().find(|(name, _)| name == key);
        let (_, inner) = found.ok_or_else(|| missing("a list of objects"))?;
        if place == text {
            let others = entries.0.iter().filter(|(name, _)| name != key);
            let value = |(name, raw): &(String, &RawValue)| {
                Some((name.clone(), serde_json::from_str(raw.get()).ok()?))
            };
            outer = others.filter_map(value).collect();
        }
        place = inner.get();
    }
    let items: Vec<&RawValue> =
        serde_json::from_str(place).map_err(|_| missing("a list of objects"))?;
    Ok((Python::Dict(outer), items_of(text, &items)))
}

/// The members of an object, unread.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> serde::Deserialize<'de> for Entries<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> serde::de::Visitor<'de> for Members {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object `{...}`")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// The items as rows: what lies between two of them is counted for the line.
fn items_of(text: &str, items: &[&RawValue]) -> Vec<Read> {
    let (mut line, mut counted) = (1, 0);
    let row = |item: &&RawValue| {
        let at = (item.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let between = text.as_bytes().get(counted..at).unwrap_or_default();
        line += between.iter().filter(|byte| **byte == b'\n').count();
        counted = at;
        bounded(item.get().len(), line)?;
        object(item.get(), line)
    };
    items.iter().map(row).collect()
}

fn object(text: &str, line: usize) -> Read {
    match serde_json::from_str(text) {
        Ok(value @ Python::Dict(_)) => Ok(Row { line, value }),
        Ok(_) => Err(RowFault::new(line, "expected an object `{...}`")),
        Err(fault) => {
            let fault = syntax(text, &fault);
            Err(RowFault {
                line: line + fault.line - 1,
                ..fault
            })
        }
    }
}

/// What is wrong in `text`, without the place that the fault has already. The library counts bytes.
fn syntax(text: &str, fault: &serde_json::Error) -> RowFault {
    let told = fault.to_string();
    let place = format!(" at line {} column {}", fault.line(), fault.column());
    let line = text.split('\n').nth(fault.line().saturating_sub(1));
    let letters = line.unwrap_or_default().char_indices();
    let column = letters.take_while(|(at, _)| *at < fault.column()).count();
    RowFault {
        line: fault.line().max(1),
        column: column.max(1),
        message: told.strip_suffix(&place).unwrap_or(&told).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rows: Result<Vec<Read>, RowFault>) -> String {
        let row = |row: Read| match row {
            Ok(row) => format!("{}: {}\n", row.line, row.value.repr()),
            Err(fault) => format!("{fault}\n"),
        };
        match rows {
            Ok(rows) => rows.into_iter().map(row).collect(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn objects_have_the_lines_where_they_begin() {
        let check = |bytes: &[u8], expect: &str| assert_eq!(told(any(bytes)), expect);
        check(
            b"\xef\xbb\xbf{\"a\": 1}\r\n\n[2]\n{\"a\": \xff}\n{\"a\"\n",
            "1: {'a': 1}\n3:1: expected an object `{...}`\n\
             4:7: expected UTF-8: save the file in that encoding\n\
             5:4: EOF while parsing an object\n",
        );
        check(
            b"[\n {\"a\": [1,\n 2]},\n 3, {\"a\": \"\"}]",
            "2: {'a': [1, 2]}\n4:1: expected an object `{...}`\n4: {'a': ''}\n",
        );
        check(b"[1,\n2", "2:1: EOF while parsing a list");
        let deep = format!("{{\"a\": {}1{}}}", "[".repeat(500), "]".repeat(500));
        check(deep.as_bytes(), "1:133: recursion limit exceeded\n");
    }

    #[test]
    fn a_list_within_a_document() {
        let document = b"{\"name\": \"n\", \"a\": {\n\"b\": [\n{\"c\": 1}]}}";
        let (outer, rows) = within(document, "a.b").unwrap();
        assert_eq!(outer.repr(), "{'name': 'n'}");
        assert_eq!(told(Ok(rows)), "3: {'c': 1}\n");
        let fault = within(document, "a.c").unwrap_err().to_string();
        assert_eq!(fault, "1:1: expected a list of objects at `a.c`");
    }
}
