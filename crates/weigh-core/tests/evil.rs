//! Suites that mean harm: each is refused at its place, whatever it costs to write.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

mod good;

use good::{Files, choice, edit, texts};
use weigh_core::diagnostic::{Diagnostic, Severity, render};
use weigh_core::suite::{self, SuiteFile};

const HEAD: &str = "suite.toml";
const CASES: &str = "cases.en.jsonl";
const CANARY: &str = "{\"canary\": \"canary-1\"}\n";

/// As much as in a real attack where the parser is optimised, else a tenth of it.
const fn much(count: usize) -> usize {
    if cfg!(debug_assertions) {
        count / 10
    } else {
        count
    }
}

/// The first error: `<file>:<line>:<column> <code>`.
fn first_error(id: &str, files: &Files) -> String {
    let list: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, bytes)| SuiteFile { path, bytes })
        .collect();
    let Err(found) = suite::parse(id, &list) else {
        return "accepted".to_owned();
    };
    // What is told of it fits a screen, and can be told.
    assert!(found.len() < 5_000);
    let first: Vec<Diagnostic> = found.iter().take(20).cloned().collect();
    assert!(render(&first, |_| None).len() < 100_000);
    let error = found
        .iter()
        .find(|d| d.severity == Severity::Error)
        .unwrap();
    let path: String = error
        .file
        .chars()
        .take(20)
        .flat_map(char::escape_default)
        .collect();
    format!("{path}:{}:{} {}", error.line, error.column, error.code)
}

#[track_caller]
fn check(files: &Files, expect: &str) {
    assert_eq!(first_error("demo/suite", files), expect);
}

/// A suite with one file more.
fn with(path: &str) -> Files {
    let mut files = choice();
    files.push((path.to_owned(), Vec::new()));
    files
}

/// A suite with these bytes as cases.
fn cases(bytes: impl Into<Vec<u8>>) -> Files {
    let mut files = choice();
    files[2].1 = CANARY.bytes().chain(bytes.into()).collect();
    files
}

/// A suite of texts with this expectation.
fn expecting(expect: &str) -> Files {
    let mut files = texts();
    edit(&mut files, CASES, "\"expect\": \"refusal\"", expect);
    files
}

fn headed(from: &str, to: &str) -> Files {
    let mut files = choice();
    edit(&mut files, HEAD, from, to);
    files
}

#[track_caller]
fn check_local(name: &str, text: impl Into<Vec<u8>>, expect: &str) {
    let files = vec![(name.to_owned(), text.into())];
    assert_eq!(first_error("local/t", &files), format!("{name}:{expect}"));
}

#[test]
fn paths_that_leave_the_folder() {
    check(&with("../suite.toml"), "../suite.toml:1:1 E0101");
    check(&with("/etc/passwd"), "/etc/passwd:1:1 E0101");
    check(
        &with("cases.en/../../x.jsonl"),
        "cases.en/../../x.jso:1:1 E0101",
    );
    check(&with("C:\\x"), "C:\\\\x:1:1 E0101");
    check(&with("\\\\host\\share"), "\\\\\\\\host\\\\share:1:1 E0101");
    check(&with("cases.fr.jsonl\0"), "cases.fr.jsonl\\u{0}:1:1 E0101");
    check(
        &with("cases.fr\u{202e}.jsonl"),
        "cases.fr\\u{202e}.jsonl:1:1 E0010",
    );
    check(&with("CASES.EN.JSONL"), "CASES.EN.JSONL:1:1 E0104");
}

#[test]
fn regular_expressions_that_explode() {
    let pattern = |text: &str| {
        expecting(&format!(
            "\"pattern\": {}",
            serde_json::to_string(text).unwrap()
        ))
    };
    let place = "cases.en.jsonl:2:39 E0311";
    check(&pattern("(a{1000}){1000}"), place);
    check(&pattern(r"(\w{500}){500}"), place);
    check(
        &pattern(&format!("{}a{}", "(".repeat(400), ")".repeat(400))),
        place,
    );
    check(&pattern(&"a?".repeat(10_000)), place);
    check(&pattern(r"(a)\1"), place);
    check(&pattern("(?=a)"), place);
}

/// Many patterns that are each just small enough.
#[test]
fn many_expressions_that_are_nearly_too_large() {
    let mut files = texts();
    let line = |n: usize| {
        format!("{{\"id\": \"{n}\", \"ask\": \"{n}\", \"pattern\": \"\\\\w{{20}}{n}\"}}\n")
    };
    let lines: String = (0..20_000).map(line).collect();
    files[2].1 = format!("{CANARY}{lines}").into_bytes();
    check(&files, "cases.en.jsonl:138:40 E0112");
}

#[test]
fn what_is_too_much() {
    check(
        &cases("x".repeat((1 << 20) + 1)),
        "cases.en.jsonl:2:1 E0106",
    );
    check(&cases(vec![b'\n'; 64 << 20]), "cases.en.jsonl:1:1 E0105");
    let lines = much(10_000_000).max(2_100_000);
    let last = format!("cases.en.jsonl:{}:1 E0107", lines + 2);
    check(&cases("{}\n".repeat(lines)), &last);
    let keys = |count: usize| {
        let keys: Vec<String> = (0..count).map(|n| format!("\"{n}\":\"\"")).collect();
        format!("{{{}}}\n", keys.join(","))
    };
    check(&cases(keys(much(2_000_000))), "cases.en.jsonl:2:1 E0106");
    check(
        &cases(keys(80_000).repeat(much(60))),
        "cases.en.jsonl:2:1 E0110",
    );
    check(
        &headed("[title]", &"k = 1\n".repeat(10_000)),
        "suite.toml:12:1 E0002",
    );
    let unknown: String = (0..much(90_000)).map(|n| format!("k{n} = 1\n")).collect();
    check(
        &headed("[title]", &format!("{unknown}[title]")),
        "suite.toml:11:1 E0005",
    );
    check(
        &headed(
            "[title]",
            &format!("x = \"{}\"\n[title]", "y".repeat(1 << 20)),
        ),
        "suite.toml:1:1 E0105",
    );
    let wide: Vec<String> = (0..100_000).map(|n| format!("c{n}")).collect();
    check_local("t.en.csv", format!("{}\n", wide.join(",")), "1:1 E0110");
    check_local("t.en.csv", "a\n".repeat(3 << 20), "1:1 E0105");
    check_local(
        "t.en.csv",
        format!("question\n{}", ",\n".repeat(1 << 20)),
        "2:1 E0019",
    );
}

#[test]
fn a_small_file_that_becomes_a_huge_plan() {
    check(
        &headed("{question}", &"{question}".repeat(10_000)),
        "suite.toml:18:12 E0111",
    );
    let mut files = headed("{question}", &"{question}".repeat(100));
    edit(&mut files, CASES, "Two?", &"T".repeat(100_000));
    check(&files, "cases.en.jsonl:4:1 E0111");
    let names = "upper_case lower_case random_case typos spaces_doubled spaces_dropped nfd \
        digits_native digits_ascii diacritics_dropped homoglyphs paraphrase distractor base64 \
        option_order rot13 leetspeak spelled_out space_before_punctuation";
    let names: Vec<&str> = names.split(' ').collect();
    let perturb = format!("[perturb]\ntransforms = {names:?}\nfields = [\"question\"]\n[title]");
    let mut files = headed("[title]", &perturb);
    let line = |n: usize| {
        format!(
            "{{\"id\":\"{n}\",\"question\":\"aB{n}\",\"choices\":[\"x\",\"y\"],\"answer\":0}}\n"
        )
    };
    let lines: String = (0..50_001).map(line).collect();
    files[2].1 = format!("{CANARY}{lines}").into_bytes();
    check(&files, "cases.en.jsonl:1:1 E0107");
}

#[test]
fn nesting_that_eats_the_stack() {
    check(&cases("[".repeat(1 << 20)), "cases.en.jsonl:2:17 E0108");
    check(
        &cases("{\"a\":".repeat(200_000)),
        "cases.en.jsonl:2:81 E0108",
    );
    let brackets = format!("x = {}\n[title]", "[".repeat(900_000));
    check(&headed("[title]", &brackets), "suite.toml:11:85 E0002");
    let dots = format!("{}x = 1\n[title]", "a.".repeat(400_000));
    check(&headed("[title]", &dots), "suite.toml:20:1 E0002");
    let of_yaml = |part: &str, times: usize| {
        let files = vec![("t.yaml".to_owned(), part.repeat(times).into_bytes())];
        format!("{part} {}", first_error("local/t", &files))
    };
    let parts = [
        ("[", 900_000),
        ("- ", 400_000),
        ("{a: ", 200_000),
        ("? ", 400_000),
    ];
    let said: Vec<String> = parts
        .iter()
        .map(|(part, times)| of_yaml(part, *times))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    [ t.yaml:1:256 E0020
    -  t.yaml:1:33 E0108
    {a:  t.yaml:1:1021 E0020
    ?  t.yaml:1:3 E0020
    ");
}

#[test]
fn documents_that_grow_when_they_are_read() {
    let laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    check_local("t.yaml", laughs, "1:4 E0021");
    check_local("t.yaml", "a: *b\n", "1:4 E0020");
    check_local("t.yaml", "a: !!python/object:os.system x\n", "1:4 E0021");
    check_local("t.yaml", "a: 1\n---\nb: 2\n", "2:1 E0020");
}

#[test]
fn bytes_that_hide() {
    check(&cases(*b"{\"id\": \"a\0\"}\n"), "cases.en.jsonl:2:10 E0003");
    check(&cases(*b"{\"id\": \"\xff\"}\n"), "cases.en.jsonl:2:9 E0001");
    check(
        &cases(*b"{\"id\": \"\xc0\xaf\"}\n"),
        "cases.en.jsonl:2:9 E0001",
    );
    check(
        &cases(*b"{\"id\": \"\xed\xa0\x80\"}\n"),
        "cases.en.jsonl:2:9 E0001",
    );
    check(
        &cases(*b"{\"id\": \"\\ud800\"}\n"),
        "cases.en.jsonl:2:9 E0003",
    );
    let twins = "{\"id\":\"x\",\"question\":\"1\",\"choices\":[\"x\",\"y\"],\"answer\":0}\n\
        {\"id\":\"x\u{200b}\",\"question\":\"2\",\"choices\":[\"x\",\"y\"],\"answer\":0}\n";
    check(&cases(twins), "cases.en.jsonl:3:7 E0014");
    let mut marked = choice();
    marked[2].1 = [b"\xef\xbb\xbf".as_slice(), &marked[2].1].concat();
    check(&marked, "cases.en.jsonl:1:1 E0022");
    let mut wide = choice();
    wide[0].1 = wide[0].1.iter().flat_map(|byte| [*byte, 0]).collect();
    check(&wide, "suite.toml:1:2 E0002");
    let mut old = choice();
    let lone: Vec<u8> = old[2]
        .1
        .iter()
        .map(|b| if *b == b'\n' { b'\r' } else { *b })
        .collect();
    old[2].1 = lone;
    check(&old, "cases.en.jsonl:1:1 E0301");
    check_local("t.yaml", "a: \u{0}b\n", "1:4 E0020");
}

#[test]
fn numbers_that_are_none() {
    let answer = |value: &str| {
        cases(format!(
            "{{\"id\":\"x\",\"question\":\"1\",\"choices\":[\"x\",\"y\"],\"answer\":{value}}}\n"
        ))
    };
    let huge = "9".repeat(100_000);
    check(&answer(&huge), "cases.en.jsonl:2:55 E0306");
    check(&answer("1e999"), "cases.en.jsonl:2:55 E0306");
    check(&answer("NaN"), "cases.en.jsonl:2:55 E0003");
    check(&answer("-0"), "cases.en.jsonl:2:55 E0306");
    check(&expecting("\"number\": 1e999"), "cases.en.jsonl:2:38 E0017");
    check(
        &expecting(&format!("\"number\": {huge}")),
        "cases.en.jsonl:2:38 E0017",
    );
    check(
        &expecting("\"instructions\": [{\"id\": \"a\", \"n\": 1e999}]"),
        "cases.en.jsonl:2:45 E0316",
    );
    let mut files = texts();
    edit(
        &mut files,
        HEAD,
        "max_tokens = 8",
        &format!("max_tokens = {huge}"),
    );
    check(&files, "suite.toml:15:14 E0017");
}
