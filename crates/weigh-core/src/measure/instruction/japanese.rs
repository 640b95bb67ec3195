//! Instructions about the scripts of Japanese, and about sentences that end with a noun.

use super::Reply;
use super::kind::Amount;
use super::start_end::without_quotes;
use super::structure::is_digit;
use super::verdict::{Undecided, Verdict, number};

/// Nouns in hiragana that often end a sentence.
const HIRAGANA_NOUNS: [&str; 10] = [
    "こと",
    "もの",
    "ところ",
    "とき",
    "ため",
    "よう",
    "わけ",
    "はず",
    "まま",
    "つもり",
];

/// At least `count` sentences end with a noun (体言止め). What is quoted is left out.
///
/// Without a dictionary the last letters decide: see [`ends_with_noun`].
pub(super) fn nominal_endings(reply: &Reply, count: u64) -> Result<Verdict, Undecided> {
    if !reply.writing.is("ja") {
        let reason = format!(
            "nominal endings are told in ja, not in {}",
            reply.writing.language
        );
        return Err(Undecided(reason));
    }
    let text = without_quotes(reply.text);
    let mut pieces: Vec<&str> = text.split(['。', '！', '？']).collect();
    pieces.pop();
    let found = pieces.into_iter().filter(|piece| ends_with_noun(piece));
    Ok(Verdict::at_least(found.count(), count, "nominal endings"))
}

/// Whether the last word is a noun: it ends in kanji, katakana or Latin letters, which verbs and
/// adjectives do not; it is one of a few nouns in hiragana; it counts things (`一つ`); or it is a
/// verb's stem, which at the end of a sentence stands for a noun (`流れ`, `始まり`).
fn ends_with_noun(sentence: &str) -> bool {
    let mut back = sentence.chars().rev();
    let (Some(last), before) = (back.next(), back.next().unwrap_or('。')) else {
        return false;
    };
    let wholly = is_kanji(last) || is_katakana(last) || last == 'ー';
    let counts = last == 'つ' && "一二三四五六七八九幾".contains(before);
    // Adjectives end in `い`, so it is no stem here.
    let stem = match last {
        'り' | 'み' | 'き' | 'ち' | 'び' | 'ぎ' => {
            is_kanji(before) || back.next().is_some_and(is_kanji)
        }
        'め' | 'れ' | 'え' | 'け' => is_kanji(before),
        _ => false,
    };
    let known = HIRAGANA_NOUNS.iter().any(|noun| sentence.ends_with(noun));
    wholly || last.is_ascii_alphanumeric() || counts || stem || known
}

/// Every run of kanji has its reading in hiragana in full-width parentheses after it.
pub(super) fn furigana(reply: &Reply) -> Verdict {
    let mut rest = reply.text;
    let (mut runs, mut read) = (0, 0);
    while let Some(at) = rest.find(is_kanji) {
        rest = rest
            .get(at..)
            .unwrap_or_default()
            .trim_start_matches(is_kanji);
        runs += 1;
        read += usize::from(starts_with_reading(rest));
    }
    Verdict::of(
        runs == read,
        format!("{read} of {runs} runs of kanji have a reading"),
    )
}

fn starts_with_reading(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('（') else {
        return false;
    };
    let after = inside.trim_start_matches(|c| matches!(c, 'ぁ'..='ん'));
    after.len() < inside.len() && after.starts_with('）')
}

/// How many kanji stand in the reply.
pub(super) fn kanji(reply: &Reply, amount: Amount) -> Result<Verdict, Undecided> {
    let count = reply.text.chars().filter(|c| is_kanji(*c)).count();
    Ok(amount.judge(number(count), "kanji"))
}

/// No letter but hiragana; digits and marks may stand.
pub(super) fn hiragana_only(reply: &Reply) -> Verdict {
    only(reply, |c| matches!(c, 'ぁ'..='ゖ' | 'ー'), "hiragana")
}

/// No letter but katakana; digits and marks may stand.
pub(super) fn katakana_only(reply: &Reply) -> Verdict {
    only(reply, |c| is_katakana(c) || c == 'ー', "katakana")
}

fn only(reply: &Reply, of_script: impl Fn(char) -> bool, name: &str) -> Verdict {
    // Numbers that are letters to Unicode (`〇`, `Ⅳ`) are numbers here.
    let other = |c: &char| c.is_alphabetic() && !c.is_numeric() && !of_script(*c);
    let count = reply.text.chars().filter(other).count();
    Verdict::of(
        count == 0,
        format!("{count} letters are not {name}, asked: none"),
    )
}

/// No hiragana.
pub(super) fn no_hiragana(reply: &Reply) -> Verdict {
    none(reply, |c| matches!(c, 'ぁ'..='ゖ'), "hiragana")
}

/// No katakana, of full or half width.
pub(super) fn no_katakana(reply: &Reply) -> Verdict {
    none(reply, is_katakana, "katakana")
}

/// No digit of any script: numbers are written in kanji.
pub(super) fn numbers_in_kanji(reply: &Reply) -> Verdict {
    none(reply, is_digit, "digits")
}

fn none(reply: &Reply, is_meant: impl Fn(char) -> bool, unit: &str) -> Verdict {
    let count = reply.text.chars().filter(|c| is_meant(*c)).count();
    Verdict::of(count == 0, format!("{count} {unit}, asked: none"))
}

/// The range that M-IFEval calls kanji: the first block of unified ideographs.
const fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9faf}')
}

const fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | '\u{ff66}'..='\u{ff9f}')
}

/// The hiragana of a katakana that has one.
pub(super) fn to_hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_end_with_a_noun() {
        for (sentence, expect) in [
            ("伝統医学の一つ", true),
            ("古都の旅", true),
            ("新しいチャンス", true),
            ("川の流れ", true),
            ("物語の始まり", true),
            ("大切なこと", true),
            ("景色が美しい", false),
            ("本を読む", false),
            ("行きます", false),
            ("静かです", false),
            ("空が青かった", false),
            ("", false),
        ] {
            assert_eq!(ends_with_noun(sentence), expect, "{sentence}");
        }
    }
}
