//! Rows of texts that strict JSON refuses, and a comparison with another reader.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;

#[track_caller]
fn said(text: &[u8], expect: &str) {
    let found = match parse::<serde_json::Value>(text) {
        Ok(value) => value.to_string(),
        Err(fault) => fault.to_string(),
    };
    assert_eq!(found, expect, "{}", String::from_utf8_lossy(text));
}

#[test]
fn values_are_read() {
    for (text, expect) in [
        (
            r#" {"b":[1,-2.5e3,true,false,null],"a":{}} "#,
            r#"{"a":{},"b":[1,-2500.0,true,false,null]}"#,
        ),
        (
            r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#,
            r#""\"\\/\b\f\n\r\té😀""#,
        ),
        ("[[]]", "[[]]"),
        ("0", "0"),
    ] {
        said(text.as_bytes(), expect);
    }
}

#[test]
fn what_is_not_strict_is_refused_where_it_stands() {
    for (text, expect) in [
        ("", "line 1, column 1: expected a JSON value, found the end"),
        ("\u{feff}{}", "line 1, column 1: expected a JSON value"),
        (
            "{}\n {}",
            "line 2, column 2: expected nothing after the value",
        ),
        (
            r#"{"é":1,"é":2}"#,
            "line 1, column 8: the key `é` stands twice in one object",
        ),
        (
            r#"[{"a":{"b":1,"\u0062":2}}]"#,
            "line 1, column 14: the key `b` stands twice in one object",
        ),
        (
            r#"{"c":1,"a":2,"a":3,"c":4}"#,
            "line 1, column 14: the key `a` stands twice in one object",
        ),
        ("{\"a\" 1}", "line 1, column 6: expected `:` after the key"),
        ("{a:1}", "line 1, column 2: expected a key in double quotes"),
        (
            r#"{"a":1,}"#,
            "line 1, column 8: expected a key in double quotes",
        ),
        ("[1,]", "line 1, column 4: expected a JSON value"),
        ("[1 2]", "line 1, column 4: expected `,` or `]`"),
        (r#"{"a":1;}"#, "line 1, column 7: expected `,` or `}`"),
        (
            "tru",
            "line 1, column 1: expected `true`, `false` or `null`",
        ),
        ("-x", "line 1, column 2: expected a digit"),
        (
            "012",
            "line 1, column 2: expected no digit after a leading zero",
        ),
        ("1.", "line 1, column 3: expected a digit after the point"),
        ("1e+", "line 1, column 4: expected a digit in the exponent"),
        ("NaN", "line 1, column 1: expected a JSON value"),
        (
            "\"a\u{1}\"",
            "line 1, column 3: expected no control character in a string",
        ),
        (
            "\"a",
            "line 1, column 3: expected `\"` at the end of the string",
        ),
        (
            r#""\x""#,
            "line 1, column 3: expected one of `\"\\/bfnrtu` after a backslash",
        ),
        (
            r#""\u12g4""#,
            "line 1, column 6: expected a hexadecimal digit",
        ),
        (
            r#""\ud800""#,
            "line 1, column 2: expected a pair of surrogates",
        ),
        (
            r#""\ud800\u0041""#,
            "line 1, column 2: expected a pair of surrogates",
        ),
        (
            r#""\ude00""#,
            "line 1, column 2: expected a pair of surrogates",
        ),
        ("1e999", "line 1, column 5: number out of range"),
    ] {
        said(text.as_bytes(), expect);
    }
    said(b"[\"\xc3\xa9\xff\"]", "line 1, column 4: expected UTF-8");
}

#[test]
fn nesting_has_a_limit() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse::<serde_json::Value>(deep(MAX_DEPTH).as_bytes()).is_ok());
    said(
        deep(MAX_DEPTH + 1).as_bytes(),
        "line 1, column 128: expected fewer nested arrays and objects",
    );
    said(
        deep(1_000_000).as_bytes(),
        "line 1, column 128: expected fewer nested arrays and objects",
    );
}

#[test]
fn a_wrong_shape_is_told_in_characters() {
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        #[allow(dead_code, reason = "only read by serde")]
        a: BTreeMap<String, u8>,
    }
    let fault = parse::<Row>("{\"a\":{\"éé\":\"x\"}}".as_bytes()).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "line 1, column 14: invalid type: string \"x\", expected u8"
    );
    let fault = parse::<Row>(b"{\n\"b\":{}}").unwrap_err();
    assert_eq!(
        fault.to_string(),
        "line 2, column 3: unknown field `b`, expected `a`"
    );
}

#[test]
fn places_cover_the_text() {
    let text = r#"{"a": [10, "x"]}"#;
    let Value::Object(members) = read(text, 8).unwrap().value else {
        panic!("expected an object");
    };
    assert_eq!(members[0].start, 1);
    assert_eq!(
        &text[members[0].node.start..members[0].node.end],
        r#"[10, "x"]"#
    );
}

#[derive(Debug, Serialize)]
struct Unordered {
    z: u32,
    a: &'static str,
}

#[test]
fn canonical_text_sorts_keys_and_has_no_space() {
    let value = Unordered {
        z: 1,
        a: "\u{20ac}\n",
    };
    assert_eq!(
        canonical(&value).unwrap(),
        "{\"a\":\"\u{20ac}\\n\",\"z\":1}".as_bytes()
    );
}

#[test]
fn what_readers_would_change_has_no_canonical_form() {
    assert!(canonical(&GREATEST_INTEGER).is_some());
    assert_eq!(canonical(&(GREATEST_INTEGER + 1)), None);
    assert_eq!(canonical(&i64::MIN), None);
    assert_eq!(canonical(&0.5), None);
    assert_eq!(canonical(&BTreeMap::from([((0, 1), 2)])), None);
    let twice = serde_json::value::RawValue::from_string(r#"{"a":1,"\u0061":2}"#.into());
    assert_eq!(canonical(&twice.unwrap()), None);
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".*".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map(".*", inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Texts, integers, lists and maps only, with keys that sort differently in UTF-8 and UTF-16.
fn any_record() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof![
        any::<String>(),
        "[\u{e000}-\u{ffff}\u{10000}-\u{10010}\"\\\\a]{0,3}"
    ];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        (-(1_i64 << 53) + 1..1_i64 << 53).prop_map(Into::into),
        text.clone().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map(text.clone(), inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn keys_are_told_apart_as_their_texts(keys in prop::collection::vec(r#"[ab\u{e9}\u{1f600}"\\\\]{0,2}"#, 0..6)) {
        let member = |key: &String| {
            let units = key.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
            [format!("{key:?}:0"), format!("\"{}\":0", units.collect::<String>())]
        };
        let forms: Vec<[String; 2]> = keys.iter().map(member).collect();
        let written = forms.iter().enumerate().map(|(at, [plain, escaped])| {
            if at % 2 == 0 { plain.as_str() } else { escaped.as_str() }
        });
        let text = format!("{{{}}}", written.collect::<Vec<_>>().join(","));
        let different: std::collections::BTreeSet<&String> = keys.iter().collect();
        let found = check(&text, 1);
        prop_assert_eq!(found.is_ok(), different.len() == keys.len(), "{}", text);
        prop_assert_eq!(found, read(&text, 1).map(drop));
    }

    #[test]
    fn canonical_text_is_that_of_another_writer(value in any_record()) {
        prop_assert_eq!(canonical(&value), serde_json_canonicalizer::to_vec(&value).ok());
    }

    #[test]
    fn what_serde_json_writes_is_read_back(value in any_json()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let back = serde_json::from_str::<serde_json::Value>(&text).unwrap();
        prop_assert_eq!(parse::<serde_json::Value>(text.as_bytes()), Ok(back));
    }

    #[test]
    fn what_serde_json_refuses_is_refused(text in r#"[\[\]{}:,"\\a0-9eE.+ utrlnfas-]{0,24}"#) {
        let strict = read(&text, MAX_DEPTH);
        prop_assert_eq!(check(&text, MAX_DEPTH), strict.clone().map(drop));
        match serde_json::from_str::<serde_json::Value>(&text) {
            Err(error) if !error.to_string().contains("out of range") => prop_assert!(strict.is_err()),
            Err(_) => {}
            Ok(_) => if let Err(fault) = strict {
                prop_assert_eq!(fault.kind, FaultKind::DuplicateKey);
            }
        }
    }
}
