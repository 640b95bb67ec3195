//! Cases in a table: CSV (RFC 4180) with a header line, as a spreadsheet saves it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Case;
use super::cases::{Reading, too_many};
use super::csv::{Cell, Row, rows};
use super::keys::{self, Shape};
use super::parse::LIMITS;
use crate::diagnostic::{Diagnostic, Notes, code};
use crate::json::{Member, Node, Value};
use crate::names::id_fault;
use crate::text::visible_line;

/// What parts several values in one cell.
const BETWEEN: char = '|';

/// A table whose header was read.
pub(super) struct Table<'a> {
    columns: Vec<Column<'a>>,
    rows: Vec<Row<'a>>,
}

/// What the cells of a column are.
enum Column<'a> {
    /// A choice: the columns `A`, `B`, `C`, ...
    Choice,
    /// A key or a field.
    Named(Cow<'a, str>),
    /// One that has a fault.
    Unknown,
}

/// Reads the table in `notes`.
pub(super) fn read<'a>(notes: &mut Notes<'a>) -> Option<Table<'a>> {
    let mut rows = rows(notes)?.into_iter();
    let header = rows.next()?;
    if header.cells.len() > LIMITS.keys {
        let (has, most) = (header.cells.len(), LIMITS.keys);
        let message = format!("the table has {has} columns, at most {most}");
        notes.add(code::TOO_MANY_KEYS, 0, message, None);
        return None;
    }
    let mut columns = Vec::new();
    let mut seen: BTreeMap<Cow<'a, str>, usize> = BTreeMap::new();
    let mut choices = 'A'..='Z';
    for (index, cell) in header.cells.into_iter().enumerate() {
        let name: Cow<'a, str> = match cell.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        if seen.insert(name.clone(), index).is_some() {
            let message = format!("the column `{}` stands twice", visible_line(&name));
            notes.add(code::DUPLICATE_KEY, cell.start, message, None);
        }
        columns.push(column(notes, cell.start, name, &mut choices));
    }
    Some(Table {
        columns,
        rows: rows.collect(),
    })
}

fn column<'a>(
    notes: &mut Notes<'_>,
    place: usize,
    name: Cow<'a, str>,
    choices: &mut std::ops::RangeInclusive<char>,
) -> Column<'a> {
    let mut characters = name.chars();
    if let (Some(letter @ 'A'..='Z'), None) = (characters.next(), characters.next()) {
        if choices.next() != Some(letter) {
            let message =
                format!("the choice `{letter}` is not the next one after those before it");
            let help = Some("call the columns of the choices `A`, `B`, `C`, ...".to_owned());
            notes.add(code::CSV_SYNTAX, place, message, help);
        }
        return Column::Choice;
    }
    if let Some((code, message)) = id_fault("column", &name) {
        notes.add(code, place, message, None);
        return Column::Unknown;
    }
    let unfit = keys::find(&name).is_some_and(|key| !is_cell(key.shape));
    if unfit || name == "choices" {
        let message = format!("a table cannot hold `{name}`");
        let help = if unfit {
            "write the cases as TOML, YAML or JSON lines"
        } else {
            "give each choice a column of its own: `A`, `B`, `C`, ..."
        };
        notes.add(code::UNKNOWN_KEY, place, message, Some(help.to_owned()));
        return Column::Unknown;
    }
    Column::Named(name)
}

/// Whether a cell can hold the value of a key.
const fn is_cell(shape: Shape) -> bool {
    !matches!(shape, Shape::Turns | Shape::Instructions)
}

impl<'a> Table<'a> {
    /// Whether there is such a column.
    pub fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| match column {
            Column::Choice => name == "choices",
            Column::Named(own) => own == name,
            Column::Unknown => false,
        })
    }

    /// Each row as the members of a case: where it begins, and they. An empty cell is a key that is
    /// not given; a row without an id is called by its number.
    pub fn cases(self, notes: &mut Notes<'_>) -> Vec<(usize, Vec<Member<'a>>)> {
        let (numbered, no_rows) = (!self.has("id"), self.rows.is_empty());
        let mut cases = Vec::new();
        for (row, number) in self.rows.into_iter().zip(1_usize..) {
            let (start, cells) = (row.start, row.cells.len());
            if cells != self.columns.len() {
                let message = format!(
                    "the row has {cells} cells, the header {}",
                    self.columns.len()
                );
                let help = Some("put a cell that holds a comma in double quotes".to_owned());
                notes.add(code::CSV_SYNTAX, start, message, help);
                continue;
            }
            let mut members = members(&self.columns, row);
            if numbered {
                let text = Value::Text(Cow::Owned(number.to_string()));
                members.push(member(start, Cow::Borrowed("id"), start..start, text));
            }
            cases.push((start, members));
        }
        if no_rows {
            notes.add(
                code::NO_CASES,
                0,
                "the table holds no case".to_owned(),
                None,
            );
        }
        cases
    }
}

/// Reads the table in `notes` as the cases of one language. `room` is how many more cases the
/// suite may have.
pub(super) fn table_cases(
    notes: &mut Notes<'_>,
    reading: Reading<'_>,
    room: usize,
    found: &mut Vec<Diagnostic>,
) -> Vec<Case> {
    let mut cases = Vec::new();
    let rows = read(notes).map(|table| table.cases(notes));
    for (index, (start, members)) in rows.unwrap_or_default().into_iter().enumerate() {
        if index >= room {
            too_many(notes, reading.pool, reading.limits, start);
            break;
        }
        cases.extend(reading.case(notes, 0, start, members));
    }
    reading.complete(notes, cases, found)
}

fn members<'a>(columns: &[Column<'a>], row: Row<'a>) -> Vec<Member<'a>> {
    let mut members = Vec::new();
    let mut choices = Vec::new();
    let filled = columns.iter().zip(row.cells);
    for (column, cell) in filled.filter(|(_, cell)| !cell.text.trim().is_empty()) {
        match column {
            Column::Choice => choices.push(cell),
            Column::Named(name) => {
                let shape = keys::find(name).map_or(Shape::Text, |key| key.shape);
                let span = cell.start..cell.end;
                members.push(member(cell.start, name.clone(), span, value(shape, cell)));
            }
            Column::Unknown => {}
        }
    }
    if let (Some(first), Some(last)) = (choices.first(), choices.last()) {
        let span = first.start..last.end;
        let list = Value::Array(choices.into_iter().map(text).collect());
        members.push(member(span.start, Cow::Borrowed("choices"), span, list));
    }
    members
}

fn member<'a>(
    start: usize,
    key: Cow<'a, str>,
    span: std::ops::Range<usize>,
    value: Value<'a>,
) -> Member<'a> {
    let (from, end) = (span.start, span.end);
    Member {
        start,
        key,
        node: Node {
            start: from,
            end,
            value,
        },
    }
}

/// A cell as the value of a key: lists have `|` between their items.
fn value(shape: Shape, cell: Cell<'_>) -> Value<'_> {
    let list = match shape {
        Shape::Tags | Shape::Texts | Shape::Roles => true,
        Shape::TextOrTexts | Shape::Answer => cell.text.contains(BETWEEN),
        Shape::Id
        | Shape::Tier
        | Shape::Text
        | Shape::Number
        | Shape::Expect
        | Shape::Context
        | Shape::Turns
        | Shape::Instructions => false,
    };
    if !list {
        return Value::Text(cell.text);
    }
    let items = cell.text.split(BETWEEN).map(|item| Node {
        start: cell.start,
        end: cell.end,
        value: Value::Text(Cow::Owned(item.trim().to_owned())),
    });
    Value::Array(items.collect())
}

fn text(cell: Cell<'_>) -> Node<'_> {
    Node {
        start: cell.start,
        end: cell.end,
        value: Value::Text(cell.text),
    }
}
