//! A small record in every format, and its table read back from CSV and Parquet.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

mod small;

use std::io::Write as _;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row};
use small::Small;
use weigh_exchange::export::every_eval_ever::{self, Relationship, Stated};
use weigh_exchange::export::hub::{self, Published};
use weigh_exchange::export::table::{Cell, Table};
use weigh_exchange::export::{Export, csv as as_csv, cyclonedx, inspect, parquet as as_parquet};

/// Every file after its path, and what was left out.
fn told(export: &Export) -> String {
    let files = export.files.iter().map(|file| {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        format!("--- {}\n{text}", file.path)
    });
    let left_out = export
        .left_out
        .iter()
        .map(|left| format!("--- left out: {left}\n"));
    files.chain(left_out).collect()
}

#[test]
fn documents_are_as_they_were() {
    let small = Small::new();
    let evidence = small.evidence();
    insta::assert_snapshot!("inspect", told(&inspect::export(&evidence).unwrap()));
    let stated = Stated {
        model_id: "example/speaker".to_owned(),
        relationship: Relationship::ThirdParty,
    };
    let catalogue = every_eval_ever::export(&evidence, &stated).unwrap();
    insta::assert_snapshot!("every_eval_ever", told(&catalogue));
    let published = ["demo/choice", "demo/text"].map(|suite| Published {
        suite: suite.to_owned(),
        dataset: format!("example/{}", &suite[5..]),
        revision: Some("main".to_owned()),
    });
    let page = hub::results(&evidence, &published, Some("https://example.org/r"));
    insta::assert_snapshot!("hub", told(&page));
    let bom = String::from_utf8(cyclonedx::bom(&evidence).unwrap()).unwrap();
    insta::assert_snapshot!("cyclonedx", bom);
    let mut table = Vec::new();
    assert_eq!(as_csv::write(&Table::of(&evidence), &mut table).unwrap(), 7);
    insta::assert_snapshot!("csv", String::from_utf8(table).unwrap());
}

/// Every figure of the report stands in the log of Inspect, in the catalogue and in the bill of
/// materials, and nothing that has no value does.
#[test]
fn figures_are_those_of_the_report() {
    let small = Small::new();
    let evidence = small.evidence();
    let with_value = small
        .report
        .estimates
        .iter()
        .filter(|e| e.point.is_some())
        .count();
    assert!(0 < with_value && with_value < small.report.estimates.len());
    let logs = told(&inspect::export(&evidence).unwrap());
    assert_eq!(logs.matches("\"name\": \"point\"").count(), with_value);
    let stated = Stated {
        model_id: "example/speaker".to_owned(),
        relationship: Relationship::Other,
    };
    let catalogue = every_eval_ever::export(&evidence, &stated).unwrap();
    let aggregate: serde_json::Value = serde_json::from_slice(&catalogue.files[0].bytes).unwrap();
    let results = aggregate["evaluation_results"].as_array().unwrap();
    let bom: serde_json::Value =
        serde_json::from_slice(&cyclonedx::bom(&evidence).unwrap()).unwrap();
    let metrics = bom.pointer("/components/0/modelCard/quantitativeAnalysis/performanceMetrics");
    let metrics = metrics.unwrap().as_array().unwrap();
    assert_eq!(metrics.len(), small.report.estimates.len());
    let mut results = results.iter();
    for (estimate, metric) in small.report.estimates.iter().zip(metrics) {
        let value = estimate.point.map(|point| point.to_string());
        assert_eq!(metric["value"].as_str().map(str::to_owned), value);
        if let Some(point) = estimate.point {
            let result = results.next().unwrap();
            assert_eq!(result["score_details"]["score"].as_f64(), Some(point.get()));
        }
    }
    assert!(results.next().is_none());
    // What has no outcome is told in each of them.
    for text in [logs, told(&catalogue), bom.to_string()] {
        assert!(
            text.contains("failed_too_long") && text.contains("cut"),
            "{text}"
        );
    }
}

/// What CSV can hold of a cell.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone().unwrap_or_default(),
        Cell::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        Cell::Texts(texts) => serde_json::to_string(texts).unwrap(),
        Cell::Numbers(numbers) => serde_json::to_string(numbers).unwrap(),
        Cell::Counts(counts) => serde_json::to_string(counts).unwrap(),
    }
}

#[test]
fn the_table_comes_back_from_csv() {
    let small = Small::new();
    let evidence = small.evidence();
    let table = Table::of(&evidence);
    let mut bytes = Vec::new();
    as_csv::write(&table, &mut bytes).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names: Vec<&str> = table
        .columns()
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(reader.headers().unwrap(), names);
    let read: Vec<Vec<String>> = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            let cells = row
                .iter()
                .map(|cell| cell.strip_prefix('\'').unwrap_or(cell));
            cells.map(str::to_owned).collect()
        })
        .collect();
    let rows: Vec<Vec<String>> = table
        .rows()
        .map(|row| row.iter().map(plain).collect())
        .collect();
    assert_eq!(read, rows);
}

/// A cell as the reader of the parquet crate gives it; none where it is of another type.
fn cell(field: &Field, like: &Cell) -> Option<Cell> {
    let list = |field: &Field| {
        if let Field::ListInternal(list) = field {
            return Some(list.elements().to_vec());
        }
        None
    };
    let nothing = |field: &Field| matches!(field, Field::Null);
    let text = |field: &Field| {
        if let Field::Str(text) = field {
            return Some(Some(text.clone()));
        }
        nothing(field).then_some(None)
    };
    let number = |field: &Field| {
        if let Field::Double(number) = field {
            return Some(Some(*number));
        }
        nothing(field).then_some(None)
    };
    let count = |field: &Field| {
        if let Field::Long(count) = field {
            return Some(u32::try_from(*count).ok());
        }
        nothing(field).then_some(None)
    };
    Some(match like {
        Cell::Text(_) => Cell::Text(text(field)?),
        Cell::Texts(_) => Cell::Texts(
            list(field)?
                .iter()
                .map(|one| text(one)?)
                .collect::<Option<_>>()?,
        ),
        Cell::Number(_) => Cell::Number(number(field)?),
        Cell::Numbers(_) => Cell::Numbers(list(field)?.iter().map(number).collect::<Option<_>>()?),
        Cell::Counts(_) => Cell::Counts(list(field)?.iter().map(count).collect::<Option<_>>()?),
    })
}

#[test]
fn the_table_comes_back_from_parquet() {
    let small = Small::new();
    let evidence = small.evidence();
    let table = Table::of(&evidence);
    let mut bytes = Vec::new();
    assert_eq!(as_parquet::write(&table, "0.1.0", &mut bytes).unwrap(), 7);
    let mut again = Vec::new();
    as_parquet::write(&table, "0.1.0", &mut again).unwrap();
    assert!(bytes == again, "the same record gives the same bytes");
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let about = reader
        .metadata()
        .file_metadata()
        .key_value_metadata()
        .unwrap();
    assert_eq!(about[0].value.as_deref(), Some(small.report.id.as_str()));
    let read: Vec<Row> = reader
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let rows: Vec<Vec<Cell>> = table.rows().collect();
    assert_eq!(read.len(), rows.len());
    for (read, row) in read.iter().zip(&rows) {
        let names: Vec<&String> = read.get_column_iter().map(|(name, _)| name).collect();
        assert!(
            names
                .into_iter()
                .eq(table.columns().iter().map(|column| &column.name))
        );
        let cells = read.get_column_iter().zip(row);
        let cells: Option<Vec<Cell>> = cells.map(|((_, field), like)| cell(field, like)).collect();
        assert_eq!(cells.as_ref(), Some(row));
    }
}
