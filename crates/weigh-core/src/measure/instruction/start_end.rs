//! How a reply, or each of its sentences, begins and ends.

use super::Reply;
use super::verdict::{Verdict, quoted};

/// The reply ends with `phrase`, in any letter case. Quotation marks around the reply, and outside
/// English Markdown's marks of emphasis, are not part of it.
pub(super) fn ends_with(reply: &Reply, phrase: &str) -> Verdict {
    let english = reply.writing.is("en");
    let closes = |c: char| match c {
        '"' => true,
        '*' | '_' | '`' | '」' | '』' | '”' | '“' | '»' | '«' => !english,
        _ => !english && c.is_whitespace(),
    };
    let fold = |text: &str| reply.writing.fold(text.trim());
    let phrase = fold(phrase);
    let bare = match phrase.trim_end_matches(closes) {
        "" => phrase.as_str(),
        _ if english => phrase.as_str(),
        bare => bare,
    };
    let follows = fold(reply.text).trim_end_matches(closes).ends_with(bare);
    let word = if follows { "ends" } else { "does not end" };
    Verdict::of(
        follows,
        format!("the reply {word} with {}", quoted(&phrase)),
    )
}

/// The whole reply stands in the quotation marks of its language.
pub(super) fn quotation(reply: &Reply) -> Verdict {
    let text = reply.text.trim();
    let mut pairs = reply.writing.quotes().iter();
    let within = pairs.any(|(open, close)| {
        let inside = text.strip_prefix(*open);
        inside.is_some_and(|inside| inside.ends_with(*close))
    });
    let word = if within { "is" } else { "is not" };
    Verdict::of(within, format!("the reply {word} in quotation marks"))
}

/// Every sentence ends with `ending`; what is quoted is no sentence of the reply's own.
pub(super) fn sentences_end_with(reply: &Reply, ending: &str) -> Verdict {
    let text = without_quotes(reply.text);
    let (marks, exact): (&[char], bool) = if reply.writing.is("ja") {
        (&['。', '！', '？'], true)
    } else {
        (
            &[
                '.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟', '។', '။', '።', '\n',
            ],
            false,
        )
    };
    let sentences = text.split(marks).map(|s| if exact { s } else { s.trim() });
    let sentences: Vec<&str> = sentences.filter(|s| !s.is_empty()).collect();
    let ended = sentences.iter().filter(|s| s.ends_with(ending)).count();
    let all = sentences.len();
    let reason = format!("{ended} of {all} sentences end with {}", quoted(ending));
    Verdict::of(all > 0 && ended == all, reason)
}

/// `text` without what stands on one line in Japanese quotation marks.
pub(super) fn without_quotes(text: &str) -> String {
    let text = without_pairs(text, '「', '」');
    without_pairs(&text, '『', '』')
}

fn without_pairs(text: &str, open: char, close: char) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once(open) {
            let Some((_, after)) = after.split_once(close) else {
                break;
            };
            kept.push_str(before);
            rest = after;
        }
        kept.push_str(rest);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_left_out() {
        for (text, expect) in [
            ("a「b。」c", "ac"),
            ("『x』「y」", ""),
            ("「a\nb」", "「a\nb」"),
            ("「a", "「a"),
            ("a」「b」c", "a」c"),
        ] {
            assert_eq!(without_quotes(text), expect, "{text}");
        }
    }
}
