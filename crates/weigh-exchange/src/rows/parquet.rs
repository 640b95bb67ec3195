//! Rows of Parquet files.
//!
//! The file is somebody else's: how many rows, values and bytes its pages claim is read before any page is
//! unpacked ([`super::pages`]), and what the library does with a file that lies ends as a fault.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::{MOST_ROWS, Read, Row, RowFault, bounded, pages, short};
use crate::lm_eval::python::Python;

/// The most bytes of texts in all rows.
const MOST_TEXT: usize = 512 << 20;
/// The most columns, those within others counted.
const MOST_COLUMNS: usize = 1000;

/// The columns' names and the rows, which have numbers from 1 in place of lines.
///
/// Bytes that are no text are nothing, dates and decimals are texts.
///
/// # Errors
/// A file that is no Parquet, or that unpacks to more than a suite can have.
pub fn read(bytes: Vec<u8>) -> Result<(Vec<String>, Vec<Read>), RowFault> {
    let attempt = AssertUnwindSafe(|| rows(Bytes::from(bytes)));
    let caught = catch_unwind(attempt);
    caught.unwrap_or_else(|_| {
        Err(RowFault::new(
            1,
            "expected Parquet: its parts contradict each other",
        ))
    })
}

fn rows(bytes: Bytes) -> Result<(Vec<String>, Vec<Read>), RowFault> {
    let told = |fault: parquet::errors::ParquetError| {
        RowFault::new(
            1,
            format!("expected Parquet: {}", short(&fault.to_string())),
        )
    };
    let file = SerializedFileReader::new(bytes.clone()).map_err(told)?;
    let facts = file.metadata();
    let columns = facts.file_metadata().schema_descr().num_columns();
    if columns > MOST_COLUMNS {
        let message = format!("the file has {columns} columns, at most {MOST_COLUMNS}");
        return Err(RowFault::new(1, message));
    }
    let count = facts.row_groups().iter().map(|group| group.num_rows());
    let count = count.fold(0, i64::saturating_add);
    if usize::try_from(count).map_or(true, |count| count > MOST_ROWS) {
        let message = format!("the file has {count} rows, at most {MOST_ROWS}");
        return Err(RowFault::new(1, message));
    }
    pages::check(&bytes, facts).map_err(|message| RowFault::new(1, message))?;
    let schema = facts.file_metadata().schema();
    let names = schema.get_fields().iter();
    let names = names.map(|field| field.name().to_owned()).collect();
    let mut found = Vec::new();
    let mut left = MOST_TEXT;
    for (number, row) in (1..).zip(file.get_row_iter(None).map_err(told)?) {
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                found.push(Err(RowFault::new(number, told(fault).message)));
                break;
            }
        };
        let size = row.get_column_iter().map(|(_, field)| size(field)).sum();
        left = left.checked_sub(size).ok_or_else(|| {
            let message = format!("the rows have more than {MOST_TEXT} bytes of text");
            RowFault::new(number, message)
        })?;
        let value = bounded(size, number).map(|()| group(row));
        found.push(value.map(|value| Row {
            line: number,
            value,
        }));
    }
    Ok((names, found))
}

/// Bytes of a value's texts, and some for the value itself.
fn size(field: &Field) -> usize {
    const OWN: usize = 8;
    match field {
        Field::Str(text) => OWN + text.len(),
        Field::Bytes(bytes) => OWN + bytes.len(),
        Field::Group(row) => row.get_column_iter().map(|(_, field)| size(field)).sum(),
        Field::ListInternal(list) => list.elements().iter().map(size).sum(),
        Field::MapInternal(map) => {
            let entries = map.entries().iter();
            entries.map(|(key, value)| size(key) + size(value)).sum()
        }
        Field::Null
        | Field::Bool(_)
        | Field::Byte(_)
        | Field::Short(_)
        | Field::Int(_)
        | Field::Long(_)
        | Field::UByte(_)
        | Field::UShort(_)
        | Field::UInt(_)
        | Field::ULong(_)
        | Field::Float16(_)
        | Field::Float(_)
        | Field::Double(_)
        | Field::Decimal(_)
        | Field::Date(_)
        | Field::TimeMillis(_)
        | Field::TimeMicros(_)
        | Field::TimestampMillis(_)
        | Field::TimestampMicros(_) => OWN,
    }
}

fn group(row: parquet::record::Row) -> Python {
    let columns = row.into_columns().into_iter();
    Python::Dict(columns.map(|(name, field)| (name, value(&field))).collect())
}

fn value(field: &Field) -> Python {
    match field {
        Field::Null => Python::None,
        Field::Bool(value) => Python::Bool(*value),
        Field::Byte(number) => Python::Int(i64::from(*number)),
        Field::Short(number) => Python::Int(i64::from(*number)),
        Field::Int(number) => Python::Int(i64::from(*number)),
        Field::Long(number) => Python::Int(*number),
        Field::UByte(number) => Python::Int(i64::from(*number)),
        Field::UShort(number) => Python::Int(i64::from(*number)),
        Field::UInt(number) => Python::Int(i64::from(*number)),
        Field::ULong(number) => {
            i64::try_from(*number).map_or_else(|_| Python::Text(number.to_string()), Python::Int)
        }
        Field::Float16(number) => Python::Float(f64::from(*number)),
        Field::Float(number) => Python::Float(f64::from(*number)),
        Field::Double(number) => Python::Float(*number),
        Field::Str(text) => Python::Text(text.clone()),
        Field::Bytes(bytes) => match std::str::from_utf8(bytes.data()) {
            Ok(text) => Python::Text(text.to_owned()),
            Err(_) => Python::None,
        },
        Field::Decimal(_)
        | Field::Date(_)
        | Field::TimeMillis(_)
        | Field::TimeMicros(_)
        | Field::TimestampMillis(_)
        | Field::TimestampMicros(_) => Python::Text(field.to_string()),
        Field::Group(row) => group(row.clone()),
        Field::ListInternal(list) => Python::List(list.elements().iter().map(value).collect()),
        Field::MapInternal(map) => {
            let entry = |(key, inner): &(Field, Field)| (value(key).to_string(), value(inner));
            Python::Dict(map.entries().iter().map(entry).collect())
        }
    }
}

#[cfg(test)]
pub(crate) mod sample {
    //! Files for tests.

    use std::sync::Arc;

    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    /// A file with the columns `q` (text), `c` (texts) and `n` (a number or nothing).
    pub(crate) fn file(compression: Compression, texts: &[&str]) -> Vec<u8> {
        let schema = "message m { required binary q (UTF8); optional group c (LIST) { repeated group list { \
                      optional binary element (UTF8); } } optional int64 n; }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_dictionary_enabled(false)
            .set_data_page_size_limit(usize::MAX);
        let mut bytes = Vec::new();
        let mut writer =
            SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties.build())).unwrap();
        let mut rows = writer.next_row_group().unwrap();
        let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
        let count = texts.len();
        let mut column = rows.next_column().unwrap().unwrap();
        let typed = column.typed::<ByteArrayType>();
        typed.write_batch(&texts, None, None).unwrap();
        column.close().unwrap();
        let mut column = rows.next_column().unwrap().unwrap();
        let pairs: Vec<ByteArray> = (0..count)
            .flat_map(|_| ["u", "v"].map(ByteArray::from))
            .collect();
        let starts: Vec<i16> = (0..count).flat_map(|_| [0, 1]).collect();
        let typed = column.typed::<ByteArrayType>();
        typed
            .write_batch(&pairs, Some(&vec![3; 2 * count]), Some(&starts))
            .unwrap();
        column.close().unwrap();
        let mut column = rows.next_column().unwrap().unwrap();
        let levels: Vec<i16> = (0..count).map(|row| i16::from(row == 0)).collect();
        let typed = column.typed::<Int64Type>();
        typed.write_batch(&[7], Some(&levels), None).unwrap();
        column.close().unwrap();
        rows.close().unwrap();
        writer.close().unwrap();
        bytes
    }
}

#[cfg(test)]
mod tests {
    use parquet::basic::{Compression, ZstdLevel};
    use proptest::prelude::*;

    use super::sample::file;
    use super::*;

    fn told(bytes: Vec<u8>) -> String {
        match read(bytes) {
            Ok((columns, rows)) => {
                let row = |row: Read| match row {
                    Ok(row) => format!("; {}: {}", row.line, row.value.repr()),
                    Err(fault) => format!("; {fault}"),
                };
                columns.join(" ") + &rows.into_iter().map(row).collect::<String>()
            }
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn every_usual_compression_is_read() {
        let expect = "q c n; 1: {'q': 'ni', 'c': ['u', 'v'], 'n': 7}; \
                      2: {'q': 'सत्य', 'c': ['u', 'v'], 'n': None}";
        for compression in [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::GZIP(Default::default()),
            Compression::ZSTD(ZstdLevel::default()),
        ] {
            assert_eq!(told(file(compression, &["ni", "सत्य"])), expect);
        }
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_before() {
        let large = "x".repeat(600_000);
        let many: Vec<String> = (0..120).map(|number| format!("{number}{large}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let bomb = file(Compression::ZSTD(ZstdLevel::default()), &many);
        assert!(bomb.len() < 1 << 20, "{}", bomb.len());
        // 72 MB in one page, and no row of it is too long.
        let fault = told(bomb);
        assert!(fault.contains("a page unpacks to"), "{fault}");
        let long = "x".repeat(super::super::MOST_BYTES + 1);
        let fault = told(file(Compression::SNAPPY, &[&long]));
        assert!(fault.contains("; 1:1: the row has"), "{fault}");
        assert_eq!(
            told(b"PAR1".to_vec()).split(": ").nth(1),
            Some("expected Parquet")
        );
    }

    proptest! {
        #[test]
        fn no_byte_brings_it_down(at in 0_usize..2000, byte: u8, cut in 0_usize..40) {
            let mut bytes = file(Compression::SNAPPY, &["one", "two", "three"]);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut / 20 * (cut % 20));
            let _ = read(bytes);
        }
    }
}
