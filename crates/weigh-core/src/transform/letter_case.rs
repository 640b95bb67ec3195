//! Letter case, with what Turkish, Azerbaijani and Greek do differently.

use unicode_normalization::UnicodeNormalization;

use super::NotApplicable;
use super::cluster::{ALL, replace};
use crate::language::Language;

/// Half of the letters that have a case get the other one.
const RANDOM: usize = 50;

pub(super) fn upper_case(text: &str, language: &Language) -> Result<String, NotApplicable> {
    replace(text, ALL, 0, "lower-case letter", |spot| {
        Some(upper(spot.this.text, language))
    })
}

pub(super) fn lower_case(text: &str, language: &Language) -> Result<String, NotApplicable> {
    replace(text, ALL, 0, "upper-case letter", |spot| {
        let ends_word = !spot.after.is_some_and(|c| c.is_letter());
        let begins_word = !spot.before.is_some_and(|c| c.is_letter());
        Some(match spot.this.text {
            // Capital sigma ends a word in its final form.
            "Σ" if ends_word && !begins_word => "ς".to_owned(),
            other => lower(other, language),
        })
    })
}

pub(super) fn random_case(
    text: &str,
    language: &Language,
    seed: u64,
) -> Result<String, NotApplicable> {
    replace(text, RANDOM, seed, "letter with case", |spot| {
        let this = spot.this.text;
        let other = lower(this, language);
        Some(if other == this {
            upper(this, language)
        } else {
            other
        })
    })
}

/// `text` in upper case as `language` writes it: Turkish dots stay, Greek stress marks go.
pub(super) fn upper(text: &str, language: &Language) -> String {
    match language.primary() {
        "tr" | "az" => text.replace('i', "İ").to_uppercase(),
        "el" => {
            let upper = text.to_uppercase();
            let unstressed = upper.nfd().filter(|c| *c != '\u{301}');
            if upper == text {
                upper
            } else {
                unstressed.nfc().collect()
            }
        }
        _ => text.to_uppercase(),
    }
}

/// `text` in lower case as `language` writes it.
pub(super) fn lower(text: &str, language: &Language) -> String {
    match language.primary() {
        "tr" | "az" => text.replace('İ', "i").replace('I', "ı").to_lowercase(),
        _ => text.to_lowercase(),
    }
}
