//! What holds for every text, every language and every seed.

use base64::Engine as _;
use proptest::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

use super::super::{Level, Recipe, Transform, seed_for};
use super::samples::{self, language};
use crate::language::Language;
use crate::request::{Message, Role};

/// Texts that people might write: sentences of many languages with what must be kept among them.
fn text() -> impl Strategy<Value = String> {
    let sentence = prop::sample::select(samples::ALL).prop_map(|(_, text)| text.to_owned());
    let kept = prop::sample::select(vec!["{name}", "https://example.org/a?b=c", "a@example.org"]);
    let odd = prop::sample::select(vec![
        "\u{301}",
        "👩\u{200d}🚀",
        "\u{1161}",
        "\u{200b}",
        "1\u{fe0f}\u{20e3}",
        "ß",
        "{",
        "\n",
    ]);
    let piece = prop_oneof![
        4 => sentence,
        1 => kept.prop_map(str::to_owned),
        1 => odd.prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[a-zA-Z0-9 .,!?]{0,20}",
    ];
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.join(" "))
}

fn any_language() -> impl Strategy<Value = Language> {
    prop::sample::select(samples::ALL).prop_map(|(tag, _)| language(tag))
}

fn any_transform() -> impl Strategy<Value = Transform> {
    prop::sample::select(Transform::ALL.to_vec())
}

proptest! {
    #[test]
    fn a_changed_text_is_changed_and_the_same_again(
        transform in any_transform(), text in text(), language in any_language(), seed in any::<u64>()
    ) {
        let first = transform.apply(&text, &language, seed);
        prop_assert_eq!(&first, &transform.apply(&text, &language, seed));
        prop_assert_eq!(first.is_err() , first.as_ref().map_or(true, |new| *new == text));
    }

    #[test]
    fn form_c_stays_form_c(
        transform in any_transform(), text in text(), language in any_language(), seed in any::<u64>()
    ) {
        let text: String = text.nfc().collect();
        if let Ok(new) = transform.apply(&text, &language, seed) {
            if transform == Transform::Nfd {
                prop_assert_eq!(new.nfc().collect::<String>(), text);
            } else {
                prop_assert!(is_nfc(&new), "{}: {}", transform, new);
            }
        }
    }

    #[test]
    fn what_must_stay_stays(
        transform in any_transform(), text in "[a-zäéğ]{3,9} [A-Z]{2,9} 25", language in any_language(),
        seed in any::<u64>()
    ) {
        let kept = ["{slot}", "https://example.org/some/path?q=1", "some.one@example.org"];
        let whole = format!("{text} {} {}, {}; {text}", kept[0], kept[1], kept[2]);
        let encodes = matches!(transform, Transform::Base64 | Transform::Rot13);
        if let Ok(new) = transform.apply(&whole, &language, seed) && !encodes {
            for kept in kept {
                prop_assert!(new.contains(kept), "{}: {}", transform, new);
            }
        }
    }

    #[test]
    fn a_word_has_one_slip(seed in any::<u64>()) {
        // Thai has no spaces, so its words cannot be told apart here.
        for (tag, text) in samples::ALL.iter().filter(|(tag, _)| *tag != "th") {
            let Ok(new) = Transform::Typos.apply(text, &language(tag), seed) else { continue };
            let words = |text: &str| -> Vec<String> {
                text.split([' ', '-', ',']).map(str::to_owned).collect()
            };
            let (old, new) = (words(text), words(&new));
            prop_assert_eq!(old.len(), new.len());
            for (old, new) in old.iter().zip(&new) {
                prop_assert!(is_one_slip(old, new), "{} {}", old, new);
            }
        }
    }

    #[test]
    fn base64_is_decoded_by_another_program(text in any::<String>()) {
        if let Ok(new) = Transform::Base64.apply(&text, &language("en"), 0) {
            let bytes = base64::engine::general_purpose::STANDARD.decode(new).unwrap();
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), text);
        }
    }

    #[test]
    fn rot13_is_undone_by_the_alphabet(text in text()) {
        let alphabet = "abcdefghijklmnopqrstuvwxyzabcdefghijklm";
        let back = |c: char| {
            let small = c.to_ascii_lowercase();
            let moved = alphabet.find(small).and_then(|at| alphabet[at + 13..].chars().next());
            moved.map_or(c, |m| if c.is_ascii_uppercase() { m.to_ascii_uppercase() } else { m })
        };
        let text: String = text.chars().filter(|c| !('\u{300}'..'\u{370}').contains(c)).collect();
        if let Ok(new) = Transform::Rot13.apply(&text, &language("en"), 0) {
            prop_assert_eq!(new.chars().map(back).collect::<String>(), text);
        }
    }

    #[test]
    fn leetspeak_is_read_again(text in "[a-z ,.é]{1,40}") {
        if let Ok(new) = Transform::Leetspeak.apply(&text, &language("en"), 0) {
            prop_assert!(!new.contains(['a', 'e', 'i', 'o', 's', 't']));
            let pairs = [("4", "a"), ("3", "e"), ("1", "i"), ("0", "o"), ("5", "s"), ("7", "t")];
            let back = pairs.iter().fold(new, |new, (digit, letter)| new.replace(digit, letter));
            prop_assert_eq!(back, text);
        }
    }

    #[test]
    fn digits_come_back(text in text(), language in any_language()) {
        let ascii = Transform::DigitsAscii.apply(&text, &language, 0).unwrap_or(text);
        if let Ok(native) = Transform::DigitsNative.apply(&ascii, &language, 0) {
            prop_assert_eq!(Transform::DigitsAscii.apply(&native, &language, 0), Ok(ascii));
        }
    }

    #[test]
    fn what_was_put_in_can_be_taken_out(seed in any::<u64>(), which in 0..3_usize) {
        let hidden = |c: &char| *c != '\u{200b}' && !('\u{e0000}'..='\u{e007f}').contains(c);
        for (tag, text) in samples::ALL {
            let language = language(tag);
            let (transform, plain): (_, fn(char) -> bool) = match which {
                0 => (Transform::ZeroWidth, |_| true),
                1 => (Transform::TagCharacters, |_| true),
                _ => (Transform::SpelledOut, |c| c != '-'),
            };
            let new = transform.apply(text, &language, seed).unwrap();
            let out: String = new.chars().filter(hidden).filter(|c| plain(*c)).collect();
            prop_assert_eq!(out, text.chars().filter(|c| plain(*c)).collect::<String>());
        }
    }

    #[test]
    fn case_and_spaces_are_all_that_change(seed in any::<u64>()) {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        for (tag, text) in samples::ALL {
            let language = language(tag);
            for transform in [Transform::SpacesDoubled, Transform::SpacesDropped, Transform::SpaceBeforePunctuation] {
                if let Ok(new) = transform.apply(text, &language, seed) {
                    prop_assert_eq!(squeezed(&new), squeezed(text));
                }
            }
            if let Ok(upper) = Transform::UpperCase.apply(text, &language, seed) {
                prop_assert!(Transform::UpperCase.apply(&upper, &language, seed).is_err(), "idempotent");
                let random = Transform::RandomCase.apply(text, &language, seed).unwrap();
                prop_assert_eq!(Transform::UpperCase.apply(&random, &language, 0), Ok(upper));
            }
        }
    }

    #[test]
    fn conversations_keep_their_request(
        transform in any_transform(), text in text(), language in any_language(), seed in any::<u64>()
    ) {
        let said = |role, content: &str| Message { role, content: content.to_owned() };
        let messages = [said(Role::System, "s"), said(Role::User, &text)];
        let new = transform.apply_messages(&messages, &language, seed);
        prop_assert_eq!(&new, &transform.apply_messages(&messages, &language, seed));
        match (transform.level(), new) {
            (Level::Text, Ok(new)) => {
                let content = transform.apply(&text, &language, seed).unwrap();
                prop_assert_eq!(new, [said(Role::System, "s"), said(Role::User, &content)]);
            }
            (Level::Conversation, Ok(new)) => {
                prop_assert!(new.contains(&messages[1]) && new != messages);
                // Most chat templates want turns to alternate.
                let turns: Vec<Role> = new.iter().map(|m| m.role).collect();
                prop_assert!(turns.windows(2).all(|pair| pair[0] != pair[1]));
            }
            (_, new) => prop_assert!(new.is_err()),
        }
    }

    #[test]
    fn recipes_of_two_hold_what_one_does(
        a in any_transform(), b in any_transform(), text in text(), language in any_language(), seed in any::<u64>()
    ) {
        let Ok(recipe) = Recipe::new(vec![a, b]) else { return Ok(()) };
        prop_assert_eq!(recipe.to_string().parse::<Recipe>().unwrap(), recipe.clone());
        if let Ok(new) = recipe.apply(&text, &language, seed) {
            prop_assert_ne!(new, text);
        }
    }
}

/// Whether the words are equal or differ by one cluster changed, left out, put in, or swapped with
/// its neighbour; a word with a number is equal.
fn is_one_slip(old: &str, new: &str) -> bool {
    let mut old: Vec<&str> = old.graphemes(true).collect();
    let mut new: Vec<&str> = new.graphemes(true).collect();
    let has_number = old.concat().contains(|c: char| c.is_ascii_digit());
    while old.last().is_some() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    match (&old[same..], &new[same..]) {
        ([], []) => true,
        ([_], [] | [_]) | ([], [_]) => !has_number,
        ([a, b], [c, d]) => !has_number && (a, b) == (d, c),
        _ => false,
    }
}

#[test]
fn another_case_has_other_draws() {
    let text = samples::ALL[0].1.repeat(4);
    let english = language("en");
    for transform in [
        Transform::Typos,
        Transform::RandomCase,
        Transform::SpacesDoubled,
        Transform::SpacesDropped,
        Transform::Homoglyphs,
        Transform::ZeroWidth,
        Transform::TagCharacters,
    ] {
        let of = |case: &str| {
            let seed = seed_for(1, "suite", case, transform.as_str());
            transform.apply(&text, &english, seed)
        };
        assert_ne!(of("case-1"), of("case-2"), "{transform}");
    }
}
