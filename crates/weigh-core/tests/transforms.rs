//! Transforms on questions of MGSM: 25 in each of 11 languages, with many numbers.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files outside the project, may panic, and prints what it skips"
)]

use std::path::PathBuf;

use weigh_core::language::Language;
use weigh_core::transform::{Kind, Level, NotApplicable, Transform, seed_for};

const LANGUAGES: [&str; 11] = [
    "bn", "de", "en", "es", "fr", "ja", "ru", "sw", "te", "th", "zh",
];

/// The questions in `language`, where the shared data is there.
fn questions(language: &str) -> Option<Vec<String>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    let name = format!("data/mgsm/mgsm/mgsm_{language}.tsv");
    let file = PathBuf::from(root).join(name);
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: {} is not there", file.display());
        return None;
    };
    let question = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    Some(text.lines().step_by(10).map(question).collect())
}

fn numbers(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether every question could be changed. Only the transforms of digits change a number.
fn all_changed(transform: Transform, language: &Language, questions: &[String]) -> bool {
    let of_digits = matches!(transform, Transform::DigitsNative | Transform::DigitsAscii);
    let is_changed = |(at, question): (usize, &String)| {
        let seed = seed_for(1, "mgsm", &at.to_string(), transform.as_str());
        let Ok(new) = transform.apply(question, language, seed) else {
            return false;
        };
        assert_ne!(new, *question);
        if transform.kind() == Kind::Perturbation && !of_digits {
            assert_eq!(numbers(&new), numbers(question), "{transform}: {new}");
        }
        true
    };
    questions
        .iter()
        .enumerate()
        .filter(|q| is_changed(*q))
        .count()
        == questions.len()
}

#[test]
fn questions_are_changed_and_numbers_are_not() {
    for tag in LANGUAGES {
        let Some(questions) = questions(tag) else {
            return;
        };
        assert_eq!(questions.len(), 25);
        let language: Language = tag.parse().unwrap();
        for transform in Transform::ALL {
            if transform.level() == Level::Text {
                all_changed(transform, &language, &questions);
            }
        }
        let expected = [
            (Transform::Typos, !matches!(tag, "ja" | "te" | "zh")),
            (Transform::Distractor, !matches!(tag, "bn" | "te" | "th")),
            (
                Transform::RandomCase,
                matches!(tag, "de" | "en" | "es" | "fr" | "ru" | "sw"),
            ),
            (Transform::SpelledOut, true),
            (Transform::ZeroWidth, true),
        ];
        for (transform, expect) in expected {
            let changed = all_changed(transform, &language, &questions);
            assert_eq!(changed, expect, "{tag} {transform}");
        }
    }
}

/// As the documentation says. Words that are the unit of a number are among those counted.
#[test]
fn a_fifth_of_the_words_is_mistyped() {
    let Some(questions) = questions("en") else {
        return;
    };
    let language: Language = "en".parse().unwrap();
    let (mut words, mut mistyped) = (0_u32, 0_u32);
    for (at, question) in questions.iter().enumerate() {
        let new = Transform::Typos
            .apply(question, &language, at as u64)
            .unwrap();
        let long = |word: &&str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_alphabetic());
        let pairs = question.split(' ').zip(new.split(' '));
        for (old, new) in pairs.filter(|(old, _)| long(old)) {
            words += 1;
            mistyped += u32::from(old != new);
        }
    }
    let share = f64::from(mistyped) / f64::from(words);
    assert!((0.16..0.24).contains(&share), "{mistyped} of {words}");
}

#[test]
fn a_language_without_a_keyboard_is_named() {
    let telugu: Language = "te".parse().unwrap();
    let refused = Transform::Typos.apply("ఎన్ని పేజీలు", &telugu, 1);
    assert_eq!(refused, Err(NotApplicable::NoKeyboard(telugu)));
}
