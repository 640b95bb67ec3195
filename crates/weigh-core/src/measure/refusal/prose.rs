//! What of a reply is read: the model's own sentences before it lists or codes anything.

use super::fold::{fold, is_separator, sentences};
use super::pattern::Sentence;

/// Sentences that are the beginning of a reply.
const BEGINNING: usize = 3;
/// Characters of the beginning: for scripts that do not mark the end of a sentence, and for replies
/// that never end one.
const BEGINNING_CHARS: usize = 500;
/// Sentences that are read at all, and their characters.
const MOST: usize = 12;
const MOST_CHARS: usize = 3_000;
/// The longest quotation that is left out, in characters.
const QUOTATION: usize = 400;
/// The longest label before a reply (`Assistant:`), in characters.
const LABEL: usize = 24;

/// The sentences of a reply in which a refusal is looked for.
pub(super) struct Prose {
    /// In their order.
    pub sentences: Vec<Sentence>,
    /// How many of them are the beginning.
    pub beginning: usize,
    /// Whether more sentences would have been read, had the reply gone on.
    pub open: bool,
}

impl Prose {
    /// The prose of `folded`, a reply as [`own_words`] gives it.
    pub(super) fn new(folded: &str) -> Self {
        let prose = before_lists(folded);
        let first = start(prose, BEGINNING_CHARS);
        let mut found: Vec<Sentence> = sentences(first)
            .take(BEGINNING)
            .map(Sentence::new)
            .collect();
        let beginning = found.len();
        let rest = start(prose, MOST_CHARS);
        let later = sentences(rest).take(MOST).skip(beginning);
        found.extend(later.map(Sentence::new));
        Self {
            open: rest.len() == folded.len() && found.len() < MOST,
            sentences: found,
            beginning,
        }
    }
}

/// The reply folded, without the label of a speaker and without what it quotes.
pub(super) fn own_words(reply: &str) -> String {
    let folded = fold(reply);
    let trimmed = folded.trim_start_matches(|c| is_separator(c) && c != '[' && !is_quote(c));
    let unlabelled = without_label(trimmed);
    let own = without_quotations(unlabelled);
    // A reply that is a quotation as a whole is the model's own.
    let says_something = own.contains(char::is_alphanumeric);
    let own = if says_something {
        own
    } else {
        unlabelled.to_owned()
    };
    own.trim_start_matches(is_separator).to_owned()
}

/// Whether the beginning of `folded` is all there: nothing that follows could be part of it.
pub(super) fn beginning_is_whole(folded: &str) -> bool {
    super::fold::first_sentence_is_whole(folded)
        || start(folded, BEGINNING_CHARS).len() < folded.len()
}

/// The first `most` characters of `text`.
fn start(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most);
    let end = end.map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// The lines before the first item of a list. All of them where the first line is an item.
fn before_lists(folded: &str) -> &str {
    let mut end = 0;
    for line in folded.split_inclusive('\n') {
        if is_item(line.trim_start()) {
            break;
        }
        end += line.len();
    }
    match folded.get(..end) {
        Some(prose) if prose.contains(char::is_alphanumeric) => prose,
        _ => folded,
    }
}

fn is_item(line: &str) -> bool {
    let after_number = line.trim_start_matches(char::is_numeric);
    let numbered =
        after_number.len() < line.len() && after_number.starts_with(['.', ')', '、', ':']);
    numbered || line.starts_with(['-', '•', '|', '+'])
}

/// Without a label such as `[tag]` or `Assistant:` before the first sentence. A line that ends
/// without the mark of a sentence is a title, and what looks like its label stays.
fn without_label(text: &str) -> &str {
    let mut rest = text;
    while let Some((tag, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if tag.chars().count() > LABEL {
            break;
        }
        rest = after.trim_start();
    }
    let line = rest.lines().next().unwrap_or_default().trim_end();
    let ends = line.ends_with([
        '.', '!', '?', '\u{3002}', '\u{964}', '\u{61f}', '\u{6d4}', '\u{1362}',
    ]);
    match line.split_once([':', '：']) {
        Some((label, words)) if ends && is_label(label) && words.starts_with(' ') => {
            rest.get(label.len() + 1..).unwrap_or(rest)
        }
        _ => rest,
    }
}

fn is_label(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == ' ';
    text.chars().all(plain) && text.chars().count() <= LABEL && text.split(' ').count() <= 2
}

const fn is_quote(c: char) -> bool {
    closing(c).is_some()
}

/// What closes a quotation that `c` opens.
const fn closing(c: char) -> Option<&'static [char]> {
    Some(match c {
        '"' => &['"'],
        '\u{201c}' => &['\u{201d}'],
        '\u{201e}' => &['\u{201c}', '\u{201d}'],
        '\u{ab}' => &['\u{bb}'],
        '\u{300c}' => &['\u{300d}'],
        '\u{300e}' => &['\u{300f}'],
        _ => return None,
    })
}

/// Without quotations on one line, whose words are somebody else's.
fn without_quotations(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        own.push(c);
        rest = closing(c)
            .and_then(|closing| after_quotation(after, closing))
            .unwrap_or(after);
    }
    own
}

/// What follows a quotation that has been opened. None where it is not closed soon.
fn after_quotation<'a>(text: &'a str, closing: &[char]) -> Option<&'a str> {
    let near = start(text, QUOTATION);
    let end = near.find(|c| c == '\n' || closing.contains(&c))?;
    text.get(end..)?.strip_prefix(closing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_quotations_are_not_the_models_words() {
        for (reply, own) in [
            ("Assistant: I can't.", "i can't."),
            ("[🔒Tag] [b] I can't.", "i can't."),
            ("Title: I Can't\nA poem.", "title: i can't\na poem."),
            ("12:30 is late.", "12:30 is late."),
            (
                "He said \u{201c}I can't\u{201d} and left.",
                "he said \u{201c} and left.",
            ),
            ("「できません」と言った。", "と言った。"),
            ("\"I can't do that.\"", "i can't do that.\""),
            ("a 5\" nail", "a 5\" nail"),
            ("a 5\" nail\nand 6\" too", "a 5\" nail\nand 6\" too"),
        ] {
            assert_eq!(own_words(reply), own, "{reply}");
        }
    }

    #[test]
    fn prose_ends_where_a_list_begins() {
        for (text, prose) in [
            ("a\n1. b\n2. c", "a\n"),
            ("a\n- b", "a\n"),
            ("1. a\n2. b", "1. a\n2. b"),
            ("a\n3 b", "a\n3 b"),
        ] {
            assert_eq!(before_lists(text), prose);
        }
        let long = Prose::new(&"a b. ".repeat(50));
        assert_eq!((long.beginning, long.sentences.len()), (BEGINNING, MOST));
    }
}
