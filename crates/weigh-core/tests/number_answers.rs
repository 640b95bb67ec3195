//! Numeric match on public data: the answers of GSM8K and MGSM are read back from their solutions.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files outside the project, may panic, and prints what it skips"
)]

use std::path::PathBuf;

use serde_json::Value;
use weigh_core::language::Language;
use weigh_core::measure::text::number::{Number, Rule, answer_number, markers, numeric_match};

/// The text of a file of the shared folder, where that is there.
fn shared(path: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    let file = PathBuf::from(root).join(path);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("skipped: {} is not there", file.display());
    }
    text
}

fn language(tag: &str) -> Language {
    tag.parse().unwrap()
}

/// A gold answer: English notation in every language of these sets.
fn gold(text: &str) -> Number {
    let found = answer_number(text, &language("en"), Rule::Last);
    found.unwrap().number
}

#[test]
fn gsm8k_answers_are_read_from_their_solutions() {
    let en = language("en");
    let markers = markers(&en);
    let (mut all, mut by_marker, mut by_last, mut by_body) = (0, 0, 0, 0);
    for file in ["data/gsm8k/test.jsonl", "data/gsm8k/train-first200.jsonl"] {
        let Some(text) = shared(file) else { return };
        for line in text.lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let solution = record["answer"].as_str().unwrap();
            let (body, answer) = solution.rsplit_once("####").unwrap();
            let expect = [answer.trim().replace(',', "").parse::<Number>().unwrap()];
            let matches = |text, rule| numeric_match(text, &expect, &en, rule) == Some(true);
            all += 1;
            by_marker += u32::from(matches(solution, Rule::After(&markers)));
            by_last += u32::from(matches(solution, Rule::Last));
            by_body += u32::from(matches(body, Rule::Last));
        }
    }
    println!("gsm8k: {all}; marker {by_marker}, last {by_last}, last without marker {by_body}");
    assert_eq!((by_marker, by_last), (all, all));
    // Solutions that end in another number than their answer: nobody could read those.
    assert!(f64::from(by_body) >= 0.95 * f64::from(all));
}

/// The solutions of `exemplars.py` as (language, answer): its string literals after `"a":`.
fn exemplars(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut tag = String::new();
    for part in text
        .split_inclusive("\"a\":")
        .zip(text.split("\"a\":").skip(1))
    {
        // The language that was opened last before this solution.
        for line in part.0.lines() {
            let name = line
                .trim()
                .strip_suffix("\": {")
                .and_then(|l| l.strip_prefix('"'));
            if let Some(name) = name.filter(|name| name.bytes().all(|b| b.is_ascii_lowercase())) {
                name.clone_into(&mut tag);
            }
        }
        let literals = part.1.lines().map(str::trim).skip_while(|l| l.is_empty());
        let answer: String = literals
            .take_while(|line| line.starts_with('"'))
            .map(|line| serde_json::from_str::<String>(line.trim_end_matches(['}', ','])).unwrap())
            .collect();
        found.push((tag.clone(), answer));
    }
    found
}

#[test]
fn mgsm_answers_are_read_from_their_solutions() {
    let Some(text) = shared("data/mgsm/mgsm/exemplars.py") else {
        return;
    };
    let expect = [11, 29, 39, 9, 33, 8, 8, 5].map(|n: u32| n.to_string());
    let solutions = exemplars(&text);
    assert_eq!(solutions.len() % 8, 0, "{} solutions", solutions.len());
    for (at, (tag, solution)) in solutions.iter().enumerate() {
        let language = language(tag);
        let markers = markers(&language);
        for rule in [Rule::After(&markers), Rule::Last] {
            let found = answer_number(solution, &language, rule);
            let found = found.map(|found| found.number.to_string());
            assert_eq!(found.as_ref(), Some(&expect[at % 8]), "{tag}: {solution}");
        }
    }
    println!(
        "mgsm: {} solutions in {} languages",
        solutions.len(),
        solutions.len() / 8
    );
}

/// `number` in the digits and marks of a language.
fn write(number: u64, zero: char, group: &str) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, c) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(group);
        }
        text.push(char::from_u32(zero as u32 + c.to_digit(10).unwrap()).unwrap());
    }
    text
}

#[test]
fn mgsm_answers_in_the_notation_of_their_language() {
    for (tag, zero, group, before, after) in [
        ("bn", '০', ",", "উত্তর হল ", "।"),
        ("de", '0', ".", "Die Antwort ist ", "."),
        ("en", '0', ",", "The answer is $", "."),
        ("es", '0', ".", "La respuesta es ", "."),
        ("fr", '0', "\u{202f}", "La réponse est ", "."),
        ("ja", '0', ",", "答えは", "です。"),
        ("ru", '0', " ", "Ответ — ", "."),
        ("sw", '0', ",", "Jibu ni ", "."),
        ("te", '౦', ",", "సమాధానం ", "."),
        ("th", '๐', ",", "คำตอบคือ ", ""),
        ("zh", '０', "，", "答案是 ", "。"),
    ] {
        let Some(text) = shared(&format!("data/mgsm/mgsm/mgsm_{tag}.tsv")) else {
            return;
        };
        let language = language(tag);
        let markers = markers(&language);
        let answers = text.lines().filter_map(|line| line.rsplit_once('\t'));
        let mut count = 0;
        for (_, answer) in answers {
            let expect = [gold(answer)];
            let value: i64 = answer.replace(',', "").trim().parse().unwrap();
            let sign = if value < 0 { "-" } else { "" };
            let written = format!(
                "{before}{sign}{}{after}",
                write(value.unsigned_abs(), zero, group)
            );
            let result = numeric_match(&written, &expect, &language, Rule::After(&markers));
            assert_eq!(result, Some(true), "{written}");
            count += 1;
        }
        assert_eq!(count, 250, "{tag}");
    }
}
