//! Words and letters that must, may not, or must so often stand in a reply.

use unicode_normalization::UnicodeNormalization;

use super::kind::Amount;
use super::verdict::{Undecided, Verdict, number, quoted};
use super::writing::{Spacing, Writing, is_word_part};
use super::{Reply, japanese};

/// Every keyword stands somewhere, also inside a word, in any letter case.
pub(super) fn existence(reply: &Reply, keywords: &[String]) -> Verdict {
    let text = reply.writing.fold(reply.text);
    let missing = |keyword: &&String| !text.contains(&reply.writing.fold(keyword));
    match keywords.iter().find(missing) {
        Some(keyword) => Verdict::no(format!("{} is missing", quoted(keyword))),
        None => Verdict::yes("every keyword is there"),
    }
}

/// How often a keyword stands in the reply, without overlaps, also inside words.
pub(super) fn frequency(
    reply: &Reply,
    keyword: &str,
    amount: Amount,
) -> Result<Verdict, Undecided> {
    let keyword = reply.writing.fold(keyword.trim());
    let count = reply.writing.fold(reply.text).matches(&keyword).count();
    Ok(amount.judge(number(count), &format!("times {}", quoted(&keyword))))
}

/// No forbidden word stands in the reply as a word.
pub(super) fn forbidden(reply: &Reply, words: &[String]) -> Verdict {
    let text = reply.writing.fold(reply.text);
    let stands = |word: &&String| has_word(&text, &reply.writing.fold(word), reply.writing);
    match words.iter().find(stands) {
        Some(word) => Verdict::no(format!("{} is there", quoted(word))),
        None => Verdict::yes("no forbidden word is there"),
    }
}

/// Whether `word` stands in `text` as a word; where no spaces tell, anywhere.
fn has_word(text: &str, word: &str, writing: Writing) -> bool {
    let mut places = text.match_indices(word);
    if writing.spacing != Spacing::Words {
        return places.next().is_some();
    }
    places.any(|(at, found)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + found.len()..).unwrap_or_default();
        begins_word(before, word, writing) && ends_word(after, word, writing)
    })
}

/// Whether a word may begin after `before`: nothing of a word stands there, or only what the
/// language writes onto the front of a word.
fn begins_word(before: &str, word: &str, writing: Writing) -> bool {
    if !word.starts_with(is_word_part) {
        return true;
    }
    let (clitics, most) = match writing.language.primary() {
        // And, so, in, like, to, will, and the article.
        "ar" => ("وفبكلسا", 4),
        // And, the, in, like, to, from, that.
        "he" => ("והבכלמש", 3),
        _ => ("", 0),
    };
    let joined = before.chars().rev().take(most + 1);
    let joined: Vec<char> = joined.take_while(|c| is_word_part(*c)).collect();
    joined.len() <= most && joined.iter().all(|c| clitics.contains(*c))
}

/// Whether a word may end before `after`. Korean writes particles onto the end of a word.
fn ends_word(after: &str, word: &str, writing: Writing) -> bool {
    writing.is("ko") || !word.ends_with(is_word_part) || !after.starts_with(is_word_part)
}

/// How often a letter stands in the reply, in either case; in Japanese in either kana.
pub(super) fn letter(reply: &Reply, letter: &str, amount: Amount) -> Result<Verdict, Undecided> {
    let fold = |text: &str| {
        let folded = reply.writing.fold(text);
        if reply.writing.is("ja") {
            return folded.nfc().map(japanese::to_hiragana).collect();
        }
        folded
    };
    let letter = fold(letter.trim());
    let count = fold(reply.text).matches(&letter).count();
    Ok(amount.judge(number(count), &format!("times {}", quoted(&letter))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_scripts() {
        for (language, text, word, expect) in [
            ("en", "a rocky road", "rock", false),
            ("en", "Rock!", "rock", true),
            ("en", "rock_garden", "rock", false),
            ("en", "C++ is", "C++", true),
            ("tr", "IŞIK", "ışık", true),
            ("tr", "IŞIK", "işik", false),
            ("de", "Straßen", "straße", false),
            ("hi", "किताबें", "किताब", false),
            ("hi", "यह किताब है।", "किताब", true),
            ("ko", "음악을 듣는다", "음악", true),
            ("ko", "대중음악", "음악", false),
            ("ar", "والكتاب هنا", "كتاب", true),
            ("ar", "مكتاب", "كتاب", false),
            ("he", "הספר", "ספר", true),
            ("th", "ผมชอบดนตรีมาก", "ดนตรี", true),
            ("zh", "我喜欢音乐", "音乐", true),
            ("vi", "cafe\u{301}", "café", true),
        ] {
            let language = language.parse().unwrap();
            let writing = Writing::of(&language);
            let found = has_word(&writing.fold(text), &writing.fold(word), writing);
            assert_eq!(found, expect, "{language} {text} {word}");
        }
    }
}
