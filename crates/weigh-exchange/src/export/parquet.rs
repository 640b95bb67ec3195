//! The table of cases as Parquet: typed columns, lists in three levels, groups of rows of a bounded size.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::table::{Cell, Column, Kind, Table};

/// Rows that are held in memory and written together.
const ROWS: usize = 4096;

/// Writes the table and says how many rows there are. `harness` is the version that writes.
///
/// # Errors
/// When `out` cannot be written.
pub fn write<W: Write + Send>(table: &Table<'_>, harness: &str, out: W) -> io::Result<u64> {
    let schema = Arc::new(parse_message_type(&schema(table.columns()))?);
    let evidence = table.evidence();
    let about = [
        ("weighhouse.report", evidence.report.id.clone()),
        ("weighhouse.report_sha256", evidence.statement.to_string()),
        ("weighhouse.verify", evidence.how_to_verify()),
    ];
    let about = about.map(|(key, value)| KeyValue::new(key.to_owned(), value));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("weighhouse version {harness}"))
        .set_key_value_metadata(Some(about.to_vec()))
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut rows = table.rows();
    let mut count = 0;
    loop {
        let group: Vec<Vec<Cell>> = rows.by_ref().take(ROWS).collect();
        if group.is_empty() {
            break;
        }
        count += group.len() as u64;
        write_group(&mut writer, &group)?;
    }
    writer.close()?;
    Ok(count)
}

/// The schema in Parquet's own words.
fn schema(columns: &[Column]) -> String {
    let field = |column: &Column| {
        let name = &column.name;
        let list = |element: &str| {
            format!(
                "required group {name} (LIST) {{ repeated group list {{ optional {element}; }} }}"
            )
        };
        match column.kind {
            Kind::Text => format!("optional binary {name} (STRING);"),
            Kind::Texts => list("binary element (STRING)"),
            Kind::Number => format!("optional double {name};"),
            Kind::Numbers => list("double element"),
            Kind::Counts => list("int64 element"),
        }
    };
    let fields: Vec<String> = columns.iter().map(field).collect();
    format!("message cases {{ {} }}", fields.join(" "))
}

fn write_group<W: Write + Send>(
    writer: &mut SerializedFileWriter<W>,
    rows: &[Vec<Cell>],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    let mut at = 0;
    while let Some(mut column) = group.next_column()? {
        write_column(&mut column, rows.iter().filter_map(|row| row.get(at)))?;
        column.close()?;
        at += 1;
    }
    group.close().map(drop)
}

/// The cells of a column are all of its kind.
fn write_column<'a>(
    column: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a Cell> + Clone,
) -> Result<(), ParquetError> {
    let bytes = |text: &String| ByteArray::from(text.as_bytes().to_vec());
    match cells.clone().next() {
        Some(Cell::Text(_)) => {
            let texts = cells.map(|cell| match cell {
                Cell::Text(text) => text.as_ref().map(bytes),
                Cell::Texts(_) | Cell::Number(_) | Cell::Numbers(_) | Cell::Counts(_) => None,
            });
            write_flat::<ByteArrayType>(column, texts)
        }
        Some(Cell::Number(_)) => {
            let numbers = cells.map(|cell| match cell {
                Cell::Number(number) => *number,
                Cell::Text(_) | Cell::Texts(_) | Cell::Numbers(_) | Cell::Counts(_) => None,
            });
            write_flat::<DoubleType>(column, numbers)
        }
        Some(Cell::Texts(_)) => {
            let lists = cells.map(|cell| match cell {
                Cell::Texts(texts) => texts.iter().map(|text| Some(bytes(text))).collect(),
                Cell::Text(_) | Cell::Number(_) | Cell::Numbers(_) | Cell::Counts(_) => vec![],
            });
            write_lists::<ByteArrayType>(column, lists)
        }
        Some(Cell::Numbers(_)) => {
            let lists = cells.map(|cell| match cell {
                Cell::Numbers(numbers) => numbers.clone(),
                Cell::Text(_) | Cell::Texts(_) | Cell::Number(_) | Cell::Counts(_) => vec![],
            });
            write_lists::<DoubleType>(column, lists)
        }
        Some(Cell::Counts(_)) => {
            let lists = cells.map(|cell| match cell {
                Cell::Counts(counts) => counts.iter().map(|count| count.map(i64::from)).collect(),
                Cell::Text(_) | Cell::Texts(_) | Cell::Number(_) | Cell::Numbers(_) => vec![],
            });
            write_lists::<Int64Type>(column, lists)
        }
        None => Ok(()),
    }
}

/// Level 0 is nothing, level 1 a value.
fn write_flat<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut values, mut defined) = (Vec::new(), Vec::new());
    for cell in cells {
        defined.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    let written = column
        .typed::<T>()
        .write_batch(&values, Some(&defined), None);
    written.map(drop)
}

/// Level 0 is an empty list, level 1 an element that is nothing, level 2 a value; a new list begins
/// where the repetition is 0.
fn write_lists<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    lists: impl Iterator<Item = Vec<Option<T::T>>>,
) -> Result<(), ParquetError> {
    let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for list in lists {
        if list.is_empty() {
            defined.push(0);
            repeated.push(0);
        }
        for (at, element) in list.into_iter().enumerate() {
            defined.push(1 + i16::from(element.is_some()));
            repeated.push(i16::from(at > 0));
            values.extend(element);
        }
    }
    let written = column
        .typed::<T>()
        .write_batch(&values, Some(&defined), Some(&repeated));
    written.map(drop)
}
