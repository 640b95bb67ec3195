//! How long a reply is: sentences, words, characters, paragraphs.

use unicode_segmentation::UnicodeSegmentation;

use super::Reply;
use super::kind::{Amount, NthParagraph};
use super::sentence;
use super::verdict::{Undecided, Verdict, number, quoted};
use super::writing::{Spacing, Writing, is_word_part};

/// How many sentences.
pub(super) fn sentences(reply: &Reply, amount: Amount) -> Result<Verdict, Undecided> {
    amount.judge_between(sentence::count(reply.text, reply.writing), "sentences")
}

/// How many words. In scripts that are measured in characters each character is one; in scripts
/// that only space their phrases there are at least the phrases and at most the characters.
pub(super) fn words(reply: &Reply, amount: Amount) -> Result<Verdict, Undecided> {
    let unit = match reply.writing.spacing {
        Spacing::Words | Spacing::Phrases => "words",
        Spacing::Characters => "characters as words",
    };
    amount.judge_between(count_words(reply.text, reply.writing), unit)
}

fn count_words(text: &str, writing: Writing) -> (u64, u64) {
    let pieces = |is_part: fn(char) -> bool| {
        let pieces = text.split(move |c| !is_part(c));
        number(pieces.filter(|piece| !piece.is_empty()).count())
    };
    match writing.spacing {
        // As the reference counts: `don't` is two words.
        Spacing::Words if writing.is("en") => {
            let count = pieces(|c| c.is_alphanumeric() || c == '_');
            (count, count)
        }
        Spacing::Words => {
            let count = number(text.unicode_words().count());
            (count, count)
        }
        Spacing::Characters => {
            let count = number(text.unicode_words().map(characters).sum());
            (count, count)
        }
        Spacing::Phrases => {
            let spoken = |cluster: &&str| cluster.contains(char::is_alphanumeric);
            let most = text.graphemes(true).filter(spoken).count();
            (pieces(is_word_part), number(most))
        }
    }
}

/// A run of an alphabet is one word; of kana, ideographs and the like each character is one.
fn characters(word: &str) -> usize {
    let spaced =
        |c: char| c < '\u{2e80}' || matches!(c, '\u{ac00}'..='\u{d7ff}' | '\u{ff10}'..='\u{ff5a}');
    if word.starts_with(spaced) {
        return 1;
    }
    word.graphemes(true).count()
}

/// How many user-perceived characters (extended grapheme clusters), spaces and marks included.
pub(super) fn letters(reply: &Reply, amount: Amount) -> Result<Verdict, Undecided> {
    let count = number(reply.text.graphemes(true).count());
    Ok(amount.judge(count, "characters"))
}

/// Exactly `count` paragraphs with `***` between them. None between two such marks is a fault;
/// before the first and after the last one none is needed.
pub(super) fn paragraphs(reply: &Reply, count: u64) -> Verdict {
    let parts: Vec<&str> = reply.text.split("***").collect();
    let is_empty = |part: &&&str| part.trim().is_empty();
    let inner = parts.get(1..parts.len().saturating_sub(1));
    if inner.unwrap_or_default().iter().any(|part| is_empty(&part)) {
        return Verdict::no("a paragraph between two `***` is empty");
    }
    let found = parts.len() - parts.iter().filter(is_empty).count();
    Verdict::exactly(found, count, "paragraphs")
}

/// Exactly so many paragraphs with a blank line between them, one of which begins with a word.
pub(super) fn nth_paragraph(reply: &Reply, asked: &NthParagraph) -> Verdict {
    let all = reply.text.split("\n\n").map(str::trim);
    let all: Vec<&str> = all.filter(|paragraph| !paragraph.is_empty()).collect();
    let nth = usize::try_from(asked.nth).ok();
    let paragraph = nth.and_then(|nth| all.get(nth.checked_sub(1)?));
    let count = Verdict::exactly(all.len(), asked.paragraphs, "paragraphs");
    let (true, Some(paragraph)) = (count.follows, paragraph) else {
        return Verdict::no(count.reason);
    };
    let word = first_word(&reply.writing.fold(paragraph), asked, reply.writing);
    let reason = format!(
        "paragraph {} begins with {}, asked: {}",
        asked.nth,
        quoted(&word),
        quoted(&asked.first_word)
    );
    Verdict::of(word == reply.writing.fold(&asked.first_word), reason)
}

/// The first word of folded text; where spaces tell no words, as many letters as are asked for.
fn first_word(paragraph: &str, asked: &NthParagraph, writing: Writing) -> String {
    if writing.is("en") {
        return first_english_word(paragraph);
    }
    let start = paragraph.trim_start_matches(|c: char| !is_word_part(c));
    if writing.spacing == Spacing::Words {
        let inner = |c: char| is_word_part(c) || matches!(c, '\'' | '’' | '-');
        let end = start.find(|c| !inner(c)).unwrap_or(start.len());
        return start.get(..end).unwrap_or(start).to_owned();
    }
    let letters = writing.fold(&asked.first_word).chars().count();
    start.chars().take(letters).collect()
}

/// As the reference reads it: up to the first punctuation mark, Markdown included.
fn first_english_word(paragraph: &str) -> String {
    let word = paragraph.split_whitespace().next().unwrap_or_default();
    let word = word.trim_start_matches('\'').trim_start_matches('"');
    let end = word.find(['.', ',', '?', '!', '\'', '"']);
    word.get(..end.unwrap_or(word.len()))
        .unwrap_or(word)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_scripts() {
        for (language, text, expect) in [
            ("en", "I don't know_this: 3.5%", (6, 6)),
            ("fr", "L'été n'est pas fini.", (4, 4)),
            ("hi", "नमस्ते दुनिया, १२३ बार।", (4, 4)),
            ("ar", "مرحبًا بالعالم", (2, 2)),
            ("ko", "안녕하세요 세계", (2, 2)),
            ("zh", "我喜欢GPT模型。", (6, 6)),
            ("ja", "カフェで本を読む", (8, 8)),
            ("th", "สวัสดี ชาวโลก", (2, 10)),
            ("km", "សួស្តី ពិភពលោក", (2, 7)),
            ("my", "မင်္ဂလာပါ ကမ္ဘာ", (2, 9)),
            ("bo", "བཀྲ་ཤིས་བདེ་ལེགས", (4, 4)),
            ("en", "", (0, 0)),
        ] {
            let language = language.parse().unwrap();
            assert_eq!(count_words(text, Writing::of(&language)), expect, "{text}");
        }
    }
}
