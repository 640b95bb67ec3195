//! Answers made comparable: one spelling for what readers of a script take for the same answer.
//!
//! The steps, in order ([`VERSION`](super::VERSION) counts changes to any of them):
//!
//! 1. Raised and enclosed digits are set apart from the digits beside them (`10²` is `10^2`, `1½` is
//!    `1 1/2`), because step 3 would run them together.
//! 2. Characters without a shape go: joiners, direction marks, variation selectors, soft hyphens.
//! 3. Compatibility composition (NFKC): full-width forms, ligatures, presentation forms.
//! 4. Full case folding; in Turkish and Azerbaijani `I` and `İ` fold to `ı` and `i`.
//! 5. Decimal digits of every script become ASCII digits.
//! 6. Vowel points of Arabic and Hebrew and the tatweel go; Persian yeh and kaf become Arabic ones.
//! 7. Punctuation of every script becomes a space, but what belongs to a number or a word stays or
//!    goes by the rules of [`punctuation`]: `-5`, `.5` and `1.5` keep their marks.
//! 8. White space becomes one space; beside a character of a script without spaces, none.
//! 9. Articles go, in the languages of [`articles`].
//!
//! Symbols (`+`, `=`, `$`, emoji) stay: `C++` is not `C`.

mod articles;
mod punctuation;

use unicode_normalization::UnicodeNormalization;

use super::unicode::{NUMBER, digit, is_digit, is_unspaced};
use crate::language::Language;
use crate::text::is_hidden;

/// All steps.
#[must_use]
pub fn normalise(text: &str, language: &Language) -> String {
    articles::drop(&without_punctuation(text, language), language)
}

/// All steps but the last: articles stay.
#[must_use]
pub fn without_punctuation(text: &str, language: &Language) -> String {
    spaces(&punctuation::clear(&letters(text, language), language))
}

/// The steps about characters and white space: punctuation and articles stay.
#[must_use]
pub fn folded(text: &str, language: &Language) -> String {
    spaces(&letters(text, language))
}

/// Steps 1 to 6.
fn letters(text: &str, language: &Language) -> String {
    let turkic = matches!(language.primary(), "tr" | "az");
    let shaped = apart(text);
    let shaped = shaped.chars().filter(|&c| !is_shapeless(c));
    let composed = shaped.nfkc().flat_map(|c| fold_case(c, turkic)).nfkc();
    composed
        .filter(|&c| !is_optional_mark(c))
        .map(|c| digit(c).map_or(c, |value| char::from(b'0' + value)))
        .map(one_letter)
        .collect()
}

/// Step 1: `^` before raised digits and signs that follow something, a space between other number
/// characters that are not all decimal digits.
fn apart(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut previous: Option<char> = None;
    for c in text.chars() {
        let after_number = previous.is_some_and(|p| NUMBER.contains(p));
        let after_word = previous.is_some_and(|p| p.is_alphanumeric() || p == ')');
        match previous {
            Some(p) if is_raised(c) && after_word && !is_raised(p) => written.push('^'),
            Some(p) if is_raised(c) && is_raised(p) => {}
            Some(p) if after_number && NUMBER.contains(c) && !(is_digit(p) && is_digit(c)) => {
                written.push(' ');
            }
            _ => {}
        }
        written.push(c);
        previous = Some(c);
    }
    written
}

const fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁰' | '\u{2074}'..='\u{207b}')
}

fn is_shapeless(c: char) -> bool {
    let joins =
        matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    joins || (is_hidden(c) && !c.is_whitespace())
}

/// The full case folding of `c`, by way of upper case: `ß` is `ss`, every sigma is `σ`.
fn fold_case(c: char, turkic: bool) -> impl Iterator<Item = char> {
    // Upper case of dotless i is I, which would fold to i: Unicode keeps the two apart.
    let (one, folds) = match c {
        'I' if turkic => (Some('ı'), None),
        'İ' if turkic => (Some('i'), None),
        'ı' => (Some('ı'), None),
        _ => (None, Some(c.to_lowercase())),
    };
    let twice = |c: char| c.to_uppercase().flat_map(char::to_lowercase);
    one.into_iter()
        .chain(folds.into_iter().flatten().flat_map(twice))
}

/// Step 6: marks that ordinary writing leaves out.
const fn is_optional_mark(c: char) -> bool {
    matches!(c,
        '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}')
}

/// Step 6: letters of Arabic script that keyboards of different countries write for each other.
const fn one_letter(c: char) -> char {
    match c {
        '\u{6cc}' => '\u{64a}',
        '\u{6a9}' => '\u{643}',
        other => other,
    }
}

/// Step 8. What went may have stood between marks, which are put in order again.
fn spaces(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let glued = word.starts_with(is_unspaced) || written.ends_with(is_unspaced);
        if !written.is_empty() && !glued {
            written.push(' ');
        }
        written.push_str(word);
    }
    written.nfc().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

    use super::*;

    fn language(tag: &str) -> Language {
        tag.parse().unwrap()
    }

    #[test]
    fn answers_that_are_the_same() {
        for (tag, a, b) in [
            ("en", "The  Eiffel Tower.", "eiffel tower"),
            ("en", "“Don’t!”", "dont"),
            ("en", "U.S.A.", "USA"),
            ("en", "well-known", "Well known"),
            ("en", "**Paris**", "`Paris`"),
            ("en", "50 %", "50%"),
            ("en", "x²", "x^2"),
            ("en", "½", "1/2"),
            ("de", "Die Straße", "STRASSE"),
            ("fr", "L’eau", "eau"),
            ("fr", "« les États-Unis »", "états unis"),
            ("it", "un'isola", "isola"),
            ("es", "¿El Niño?", "niño"),
            ("el", "ΟΔΟΣ", "οδός".replace('ό', "ο").as_str()),
            ("ru", "Ответ — Москва!", "ответ москва"),
            ("uk", "п’ять", "п'ять"),
            ("tr", "IŞIK", "ışık"),
            ("ar", "الإجابة: ١٨؟", "إجابة 18"),
            ("ar", "مُحَمَّد", "محمـــد"),
            ("fa", "می‌خواهم ۱۲", "ميخواهم 12"),
            ("he", "שָׁלוֹם", "שלום"),
            ("hi", "उत्तर १८।", "उत्तर 18"),
            ("bn", "১৮।", "18"),
            ("zh", "答案 是：１８。", "答案是18"),
            ("ja", "５ 個です。", "5個です"),
            ("th", "คำตอบ คือ ๑๘", "คำตอบคือ18"),
            ("am", "ሰላም፡ዓለም።", "ሰላም ዓለም"),
        ] {
            let language = language(tag);
            assert_eq!(
                normalise(a, &language),
                normalise(b, &language),
                "{a} | {b}"
            );
        }
    }

    #[test]
    fn answers_that_differ() {
        for (tag, a, b) in [
            ("en", "-5", "5"),
            ("en", "- 5", "5"),
            ("en", "−5", "5"),
            ("en", "–5", "5"),
            ("en", "answer: -$5", "answer: $5"),
            ("en", "1.5", "15"),
            ("en", ".5", "5"),
            ("en", "1,500", "1 500"),
            ("en", "1.5", "1,5"),
            ("en", "1/2", "12"),
            ("en", "1/2", "1 2"),
            ("en", "10²", "102"),
            ("en", "10⁻³", "10-3"),
            ("en", "1½", "11/2"),
            ("en", "10-20", "1020"),
            ("en", "12:30", "1230"),
            ("en", "50%", "50"),
            ("en", "C++", "C"),
            ("en", "C#", "C"),
            ("en", "vitamin A", "vitamin"),
            ("en", "A", ""),
            ("ar", "١٫٥", "١٥"),
            ("ar", "-٥", "٥"),
            ("de", "1,5", "15"),
            ("tr", "sık", "sik"),
        ] {
            let language = language(tag);
            assert_ne!(
                normalise(a, &language),
                normalise(b, &language),
                "{a} | {b}"
            );
        }
    }

    #[test]
    fn case_folding_agrees_with_another_table() {
        for c in '\0'..=char::MAX {
            if c.is_alphabetic() {
                // Every character that simple case folding takes for `c`.
                let mut same = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
                same.try_case_fold_simple().unwrap();
                let fold = |c| -> String { fold_case(c, false).nfkc().collect() };
                for other in same.iter().flat_map(|range| range.start()..=range.end()) {
                    assert_eq!(fold(c), fold(other), "{c} {other}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(
            // Beside numbers the marks that stay depend on those that went.
            text in "([a-zA-Zéßا-ي\u{301}\u{64e}]{0,4}[ ;!?()\\[\\]«»]{1,2}[0-9٣]{0,3}[ ;!?]{1,2}){0,5}"
        ) {
            for tag in ["fr", "ar"] {
                let once = without_punctuation(&text, &language(tag));
                prop_assert_eq!(without_punctuation(&once, &language(tag)), once);
            }
        }

        #[test]
        fn different_numbers_stay_different(
            a in "-?(0|[1-9][0-9]{0,4})([.,][0-9]{1,3})?", b in r"-?([0-9]{0,3}\.?|[0-9]{1,3},)[0-9]{1,3}"
        ) {
            let english = language("en");
            for (left, right) in [("", ""), ("It is ", "."), ("**", "**"), ("= $", " apples")] {
                let write = |number: &str| normalise(&format!("{left}{number}{right}"), &english);
                prop_assert_eq!(write(&a) == write(&b), a == b, "{} {}", a, b);
            }
        }
    }
}
