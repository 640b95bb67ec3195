//! Step 9: the articles of the languages that have them.

use crate::language::Language;

/// The articles of a language, folded. Contracted prepositions are not among them.
const fn of(primary: &str) -> &'static [&'static str] {
    match primary.as_bytes() {
        b"en" => &["a", "an", "the"],
        b"de" => &[
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer",
            "eines",
        ],
        b"nl" => &["de", "het", "een"],
        b"af" => &["die", "n"],
        b"fr" => &["le", "la", "les", "l", "un", "une", "des"],
        b"es" => &["el", "la", "lo", "los", "las", "un", "una", "unos", "unas"],
        b"it" => &["il", "lo", "la", "l", "i", "gli", "le", "un", "uno", "una"],
        b"pt" => &["o", "a", "os", "as", "um", "uma", "uns", "umas"],
        b"gl" => &["o", "a", "os", "as", "un", "unha", "uns", "unhas"],
        b"ca" => &["el", "la", "l", "els", "les", "un", "una", "uns", "unes"],
        b"ro" => &["un", "o", "niște", "unei", "unui"],
        b"el" => &[
            "ο", "η", "το", "οι", "τα", "τον", "την", "τη", "του", "τησ", "των", "τουσ", "τισ",
            "ένασ", "μια", "μία", "ένα", "έναν", "ενόσ", "μιασ",
        ],
        b"hu" => &["a", "az", "egy"],
        b"sv" => &["en", "ett"],
        b"da" => &["en", "et"],
        b"nb" | b"no" | b"nn" => &["en", "ei", "et", "eit", "ein"],
        _ => &[],
    }
}

/// The words of normalised text without articles. An article stands before a word, so the last
/// word stays ("vitamin A"). In Arabic the article is a prefix of words of five letters or more.
pub(super) fn drop(text: &str, language: &Language) -> String {
    let articles = of(language.primary());
    let arabic = language.primary() == "ar";
    if articles.is_empty() && !arabic {
        return text.to_owned();
    }
    let mut kept = Vec::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        if words.peek().is_none() || !articles.contains(&word) {
            kept.push(if arabic { without_al(word) } else { word });
        }
    }
    kept.join(" ")
}

/// A word without the Arabic article, where three letters or more are left.
fn without_al(word: &str) -> &str {
    let bare = word.strip_prefix("ال");
    bare.filter(|bare| bare.chars().count() >= 3)
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_go_before_words() {
        for (tag, text, expect) in [
            ("en", "the cat and a dog", "cat and dog"),
            ("en", "a", "a"),
            ("en", "plan a", "plan a"),
            ("en-GB", "an apple", "apple"),
            ("de", "des vaters", "vaters"),
            ("sw", "a the", "a the"),
            ("el", "τησ ελλάδασ", "ελλάδασ"),
            ("ar", "القاهرة في الم", "قاهرة في الم"),
            ("en", "", ""),
        ] {
            assert_eq!(drop(text, &tag.parse().unwrap()), expect, "{text}");
        }
    }
}
