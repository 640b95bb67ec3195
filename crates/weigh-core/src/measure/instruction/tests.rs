//! Parsing, every kind's verdict with its reason, what is undecided, and replies made to harm.

use std::fmt::Write;

use super::*;
use crate::json::{Value, read};

/// Parses the parameters from JSON, with every fault as text.
fn parse(id: &str, parameters: &str) -> Result<Instruction, Vec<String>> {
    let node = read(parameters, 8).unwrap();
    let Value::Object(members) = &node.value else {
        panic!("{parameters}");
    };
    let said = |fault: &InstructionFault| format!("{:?} {fault}", fault.at);
    Instruction::parse(id, members).map_err(|faults| faults.iter().map(said).collect())
}

/// A stand-in that knows Japanese by hiragana and takes other text with ASCII letters for English.
fn identify(text: &str) -> Option<Language> {
    let japanese = text.contains(|c| ('ぁ'..='ん').contains(&c));
    let nothing = !japanese && !text.contains(|c: char| c.is_ascii_alphabetic());
    let tag = if japanese { "ja" } else { "en" };
    (!nothing).then(|| tag.parse().unwrap())
}

fn judge(language: &str, id: &str, parameters: &str, reply: &str, how: Strictness) -> String {
    let on = Exchange {
        prompt: "Say hello",
        reply,
        language: &language.parse().unwrap(),
        identify: &identify,
    };
    match parse(id, parameters).unwrap().follows(&on, how) {
        Ok(verdict) => format!("{} ({})", verdict.follows, verdict.reason),
        Err(reason) => format!("undecided ({reason})"),
    }
}

#[test]
fn faults_are_told_all_at_once() {
    let mut told = String::new();
    for (id, parameters) in [
        ("length_constraints:number_word", "{}"),
        ("nothing at \u{202e} all", "{}"),
        ("length_constraints:number_words", "{}"),
        (
            "length_constraints:number_words",
            r#"{"relation": "atleast", "num_word": 3}"#,
        ),
        ("keywords:existence", r#"{"keywords": ["a", ""]}"#),
        (
            "keywords:letter_frequency",
            r#"{"letter": "ab", "let_relation": 1, "let_frequency": -1}"#,
        ),
        ("language:response_language", r#"{"language": "Klingon!"}"#),
        (
            "length_constraints:nth_paragraph_first_word",
            r#"{"num_paragraphs": 2.5, "nth_paragraph": 0, "first_word": " "}"#,
        ),
        ("punctuation:no_comma", r#"{"comma": ",", "nothing": null}"#),
        ("startend:end_checker", r#"{"end_phrase": null}"#),
        (
            "detectable_format:constrained_response",
            r#"{"options": []}"#,
        ),
    ] {
        writeln!(told, "{id:?} {parameters}").unwrap();
        for fault in parse(id, parameters).unwrap_err() {
            writeln!(told, "  {fault}").unwrap();
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn every_kind_follows_and_does_not() {
    let table = include_str!("tests/replies.txt");
    let (mut told, mut seen) = (String::new(), std::collections::BTreeSet::new());
    for line in table.lines() {
        let [language, id, parameters, reply] = line.splitn(4, " | ").collect::<Vec<_>>()[..]
        else {
            panic!("{line}");
        };
        let reply = reply.replace("\\n", "\n");
        let found = judge(language, id, parameters, &reply, Strictness::Strict);
        seen.insert((id, found.starts_with("true")));
        writeln!(told, "{line}\n  {found}").unwrap();
    }
    for kind in kinds() {
        for follows in [true, false] {
            assert!(seen.contains(&(kind, follows)), "{kind} {follows}");
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn loosely_one_copy_is_enough() {
    for (reply, strict, loose) in [
        ("Sure:\n{\"a\": 1}", false, true),
        ("{\"a\": 1}\nAnything else?", false, true),
        ("Sure:\n{\"a\": 1}\nAnything else?", false, true),
        ("**{\"a\": 1}**", false, true),
        ("Sure: {\"a\": 1}", false, false),
        ("", false, false),
        (" \n ", false, false),
    ] {
        for (how, expect) in [(Strictness::Strict, strict), (Strictness::Loose, loose)] {
            let found = judge("en", "detectable_format:json_format", "{}", reply, how);
            assert!(
                found.starts_with(&expect.to_string()),
                "{reply} {how:?} {found}"
            );
        }
    }
    let undecided = judge(
        "th",
        "length_constraints:number_words",
        r#"{"relation": "at least", "num_words": 3}"#,
        "สวัสดี\nชาวโลก",
        Strictness::Loose,
    );
    assert_eq!(
        undecided,
        "undecided (between 2 and 10 words, asked: at least 3)"
    );
    // The reply itself is decided and does not follow; a copy of it is undecided.
    let on = |reply| {
        judge(
            "en",
            "change_case:english_capital",
            "{}",
            reply,
            Strictness::Loose,
        )
    };
    assert_eq!(
        on("no\nⒶ"),
        "undecided (the language of the reply cannot be told)"
    );
}

#[test]
fn a_prompt_is_followed_when_all_of_it_is() {
    let english = "en".parse().unwrap();
    let on = Exchange {
        prompt: "",
        reply: "Ⓐ",
        language: &english,
        identify: &|_| None,
    };
    let all = |kinds: &[Instruction]| all_follow(kinds, &on, Strictness::Strict);
    let (undecided, followed) = (Instruction::UpperCase, Instruction::NoComma);
    let broken = Instruction::Title;
    let follows = |kinds: &[Instruction]| all(kinds).map(|verdict| verdict.follows);
    assert_eq!(follows(&[]), Ok(true));
    assert_eq!(follows(std::slice::from_ref(&followed)), Ok(true));
    assert_eq!(follows(&[undecided.clone(), broken]), Ok(false));
    assert!(follows(&[followed, undecided]).is_err());
    // Nothing can be repeated of an empty prompt.
    assert_eq!(
        follows(&[Instruction::RepeatPrompt { text: None }]),
        Ok(false)
    );
}

/// Every kind reads a megabyte of what makes careless rules slow.
#[test]
fn hostile_replies_are_read() {
    const SIZE: usize = 1 << 20;
    let table = include_str!("tests/replies.txt");
    let mut rows: Vec<Vec<&str>> = table
        .lines()
        .map(|l| l.splitn(4, " | ").collect())
        .collect();
    rows.sort_by_key(|row| row[1]);
    rows.dedup_by_key(|row| row[1]);
    let pieces = [". ", "**", "[<<「第1", "1", "\n", "a\u{301}", "{\"\":["];
    let reply = pieces
        .map(|piece| piece.repeat(SIZE / pieces.len() / piece.len()))
        .concat();
    for row in &rows {
        let found = judge(row[0], row[1], row[2], &reply, Strictness::Strict);
        assert!(found.len() < 400, "{found}");
    }
    let deep = "[".repeat(SIZE) + &"]".repeat(SIZE);
    let found = judge(
        "en",
        "detectable_format:json_format",
        "{}",
        &deep,
        Strictness::Strict,
    );
    assert!(
        found.starts_with("undecided (expected fewer nested"),
        "{found}"
    );
}
