//! The statement: its exact bytes, and every way to be none.

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::sample;

fn with(change: impl FnOnce(&mut Value)) -> Result<Statement, StatementFault> {
    let bytes = bytes(&sample::report()).unwrap();
    let mut value: Value = serde_json::from_slice(&bytes).unwrap();
    change(&mut value);
    parse(value.to_string().as_bytes())
}

#[test]
fn the_statement_names_the_files_and_what_was_read_out_of_them() {
    let bytes = bytes(&sample::report()).unwrap();
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    let names: Vec<_> = value["subject"]
        .as_array()
        .unwrap()
        .iter()
        .map(|resource| resource["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "a.safetensors",
            "tokenizer.json",
            "model:/tokenizer",
            "model:/config",
            "model:/chat_template"
        ]
    );
    assert_eq!(value["_type"], STATEMENT_TYPE);
    assert_eq!(value["predicateType"], PREDICATE_TYPE);
    assert_eq!(
        value["subject"][0]["digest"],
        serde_json::json!({"sha256": Digest::of(b"a.safetensors").to_string()})
    );
    assert_eq!(parse(&bytes).unwrap().predicate, sample::report());
}

#[test]
fn the_bytes_are_canonical() {
    let bytes = bytes(&sample::report()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with(r#"{"_type":"https://in-toto.io/Statement/v1","predicate":{"#));
    assert!(!text.contains(": ") && !text.contains('\n'));
}

#[test]
fn other_statements_are_refused() {
    for (found, expect) in [
        (
            with(|v| v["_type"] = "x".into()),
            "`_type` is `x`, expected",
        ),
        (
            with(|v| v["predicateType"] = "x".into()),
            "`predicateType` is `x`, expected",
        ),
        (with(|v| v["more"] = 1.into()), "unknown field `more`"),
        (
            with(|v| v["predicate"]["more"] = 1.into()),
            "unknown field `more`",
        ),
        (
            with(|v| v["subject"] = Value::Array(vec![])),
            "`subject` does not list",
        ),
        (
            with(|v| v["subject"][0]["name"] = "x".into()),
            "`subject` does not list",
        ),
        (
            with(|v| {
                let digest = v["subject"][0]["digest"]["sha256"].clone();
                v["subject"][0]["digest"]["sha512"] = digest;
            }),
            "`subject` does not list",
        ),
        (
            with(|v| v["predicate"]["subject"]["files"] = Value::Array(vec![])),
            "no file",
        ),
    ] {
        let fault = found.unwrap_err().to_string();
        assert!(fault.contains(expect), "{fault}");
    }
    assert!(matches!(parse(b"{"), Err(StatementFault::Json(_))));
}

#[test]
fn a_model_with_two_files_of_one_name_cannot_be_stated() {
    let mut report = sample::report();
    let twice = report.subject.files[0].clone();
    report.subject.files.push(twice);
    assert_eq!(
        bytes(&report),
        Err(StatementFault::DoubleName("a.safetensors".into()))
    );
    report.subject.files.clear();
    assert_eq!(bytes(&report), Err(StatementFault::NoFile));
}

#[test]
fn a_model_without_a_template_names_none() {
    let mut report = sample::report();
    report.subject.chat_template = None;
    report.subject.facts = BTreeMap::new();
    let text = String::from_utf8(bytes(&report).unwrap()).unwrap();
    assert!(!text.contains("model:/chat_template"));
}
