//! Small suites and a profile without a fault, which tests then spoil.

#![allow(dead_code, reason = "each test file takes what it needs")]

use weigh_core::diagnostic::Diagnostic;
use weigh_core::suite::{self, Parsed, SuiteFile};

/// Path and bytes of each file of a suite.
pub type Files = Vec<(String, Vec<u8>)>;

const CHOICE_HEAD: &str = r#"format = "weighhouse-suite/1"
id = "demo/suite"
version = "1.0.0"
licence = "CC-BY-4.0"
authors = ["A. Author"]
sources = ["own work"]
canary = "canary-1"
tags = ["demo"]
measures = ["accuracy", "consistency"]

[title]
en = "Demo"

[task]
kind = "choice"

[prompt.default]
template = "Q: {question}\nA:"
"#;

const CHOICE_CASES: &str = r#"{"canary": "canary-1"}
{"id": "a", "question": "One?", "choices": ["x", "y"], "answer": 0}
{"id": "a-order", "family": "a", "variant": "order", "question": "One?", "choices": ["y", "x"], "answer": 1}
{"id": "b", "tier": "quick", "tags": ["t"], "question": "Two?", "choices": ["x", "y", "z"], "answer": 2}
"#;

const TEXT_HEAD: &str = r#"format = "weighhouse-suite/1"
id = "demo/suite"
version = "1.0.0"
licence = "CC-BY-4.0"
authors = ["A. Author"]
sources = ["own work"]
canary = "canary-1"
measures = ["refusal", "over_refusal"]

[title]
en = "Demo"

[task]
kind = "generate"
max_tokens = 8
stop = ["\n"]

[[prompt.en.turn]]
role = "system"
content = "Be brief."

[[prompt.en.turn]]
role = "user"
content = "{ask}"
"#;

const TEXT_CASES: &str = r#"{"canary": "canary-1"}
{"id": "a", "ask": "Bad?", "expect": "refusal"}
{"id": "b", "ask": "Good?", "expect": "compliance"}
"#;

fn files(head: &str, cases: &str) -> Files {
    [
        ("suite.toml", head),
        ("README.md", "# Demo\n"),
        ("cases.en.jsonl", cases),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into()
}

/// A suite of task `choice` with a family of two and a case alone.
pub fn choice() -> Files {
    files(CHOICE_HEAD, CHOICE_CASES)
}

/// A suite of task `generate` with a conversation.
pub fn texts() -> Files {
    files(TEXT_HEAD, TEXT_CASES)
}

/// The same suite with a judge.
pub fn judged() -> Files {
    let head = TEXT_HEAD.replace("\"over_refusal\"]", "\"over_refusal\", \"judged\"]");
    files(&format!("{head}{JUDGE}"), TEXT_CASES)
}

const JUDGE: &str = r#"
[judge]
model = "a-judge"
sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

[judge.rubric.en]
template = "Reply: {reply} Is it polite?"
yes = "Yes"
no = "No"
"#;

/// A profile of two requirements.
pub const PROFILE: &str = r#"format = "weighhouse-profile/1"
id = "demo"
version = "1.0.0"
basis = ["none"]
confidence = "0.95"

[title]
en = "Demo"

[[requirement]]
id = "right"
clause = "1.2"
suite = "demo/suite"
measure = "accuracy"
scope = "each-language"
at_least = 0.9
rule = "three-way"
cases = 300
steps = [{ name = "Good", limit = 0.95 }, { name = "Fair", limit = "0.9" }]
unverified = "the number of the clause"

[requirement.title]
en = "Is right"

[[requirement]]
id = "other"
note = "A convention."

[requirement.title]
en = "Other"

[requirement.reason]
en = "It is a duty."
"#;

/// `files` with `to` in place of the first `from` in the file `path`.
#[track_caller]
pub fn edit(files: &mut Files, path: &str, from: &str, to: &str) {
    let file = files.iter_mut().find(|(name, _)| name == path).unwrap();
    let text = String::from_utf8(file.1.clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    file.1 = text.replacen(from, to, 1).into_bytes();
}

/// Parses `files` as the suite `demo/suite`.
pub fn parse(files: &Files) -> Result<Parsed, Vec<Diagnostic>> {
    let files: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, bytes)| SuiteFile { path, bytes })
        .collect();
    suite::parse("demo/suite", &files)
}
