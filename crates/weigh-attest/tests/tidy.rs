//! Rules about the whole source tree: where unsafe code and candle may be, and how files begin.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every Rust file of the workspace with its text, paths relative to the root.
fn sources() -> Vec<(String, String)> {
    let mut folders = vec![root().join("crates")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 50, "the sources were not found");
    found
}

/// The lines of `text` that hold `word` as a word, outside comments and text literals.
fn lines_with(text: &str, word: &str) -> Vec<usize> {
    let part_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
    let holds = |line: &str| {
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + word.len()..].chars().next();
            !before.is_some_and(part_of_a_word) && !after.is_some_and(part_of_a_word)
        })
    };
    let code = |line: &str| {
        let line = line.replace("\\\"", "");
        let outside: Vec<_> = line.split('"').step_by(2).collect();
        let line = outside.join("\"\"");
        line.split("//").next().unwrap_or_default().to_owned()
    };
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| holds(&code(line)))
        .map(|(at, _)| at + 1)
        .collect()
}

#[test]
fn words_are_found_in_code_only() {
    for (line, word, expect) in [
        ("unsafe { x() }", "unsafe", true),
        ("// unsafe", "unsafe", false),
        ("let x = \"unsafe\";", "unsafe", false),
        ("let x = \"a \\\"unsafe\\\" b\";", "unsafe", false),
        ("let x = \"http://x\"; unsafe { y }", "unsafe", true),
        ("#![forbid(unsafe_code)]", "unsafe", false),
        ("use candle_core::Tensor;", "candle_core", true),
        ("a(\"x\", unsafe { y })", "unsafe", true),
    ] {
        assert_eq!(!lines_with(line, word).is_empty(), expect, "{line}");
    }
}

#[test]
fn only_the_engine_has_unsafe_code_or_names_candle() {
    for (name, text) in sources() {
        if name.starts_with("crates/weigh-engine/") {
            continue;
        }
        for word in ["unsafe", "candle_core", "candle_nn"] {
            let lines = lines_with(&text, word);
            assert!(lines.is_empty(), "{name}: `{word}` in lines {lines:?}");
        }
    }
}

#[test]
fn every_file_says_what_it_is_about() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name} does not begin with //!");
    }
}

#[test]
fn no_test_is_switched_off() {
    // In two parts, or this file would find itself.
    let attribute = ["#[ign", "ore"].concat();
    for (name, text) in sources() {
        assert!(!text.contains(&attribute), "{name} switches a test off");
    }
}

/// The most packages that the small verifier may be built from, macros and itself included.
const MOST_PACKAGES: usize = 80;

/// The packages that weigh-attest is built from, each once.
fn packages(features: &str) -> BTreeSet<String> {
    let arguments = format!(
        "tree --offline --locked -p weigh-attest {features} -e normal,build --prefix none --no-dedupe"
    );
    let tree = Command::new(env!("CARGO"))
        .args(arguments.split_whitespace())
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.starts_with("weigh-attest "), "{tree}");
    // Name and version; whether it is a macro, and where it lies, does not make another one.
    let named = |line: &str| line.split(" (").next().unwrap_or_default().to_owned();
    tree.lines().map(named).collect()
}

#[test]
fn the_verifier_is_built_without_inference_code() {
    for package in packages("") {
        for word in [
            "candle",
            "gemm",
            "tokenizers",
            "weigh-engine",
            "ureq",
            "tokio",
        ] {
            assert!(!package.contains(word), "weigh-attest depends on {package}");
        }
    }
}

#[test]
fn who_only_verifies_builds_few_packages() {
    let packages = packages("--no-default-features");
    let count = packages.len();
    assert!(count <= MOST_PACKAGES, "{count} packages: {packages:?}");
    for word in ["pkcs5", "scrypt", "tempfile", "getrandom"] {
        let found = packages.iter().any(|package| package.contains(word));
        assert!(!found, "it can do without {word}");
    }
}
