//! What of a reply counts: its words, without code, addresses, markup, formulas and short quotations.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::script;
use crate::text::nfkc;

/// How much of a reply is read, in bytes. What follows cannot change the answer, nor cost time.
pub const READ: usize = 64 * 1024;

/// Units after which a word is cut: scripts without spaces, and hostile text.
const LONGEST: u32 = 60;

/// A word in lower case, in one script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) group: &'static str,
    /// Letters, weighed by script ([`script::units`]).
    pub(super) units: u32,
    /// Whether a sentence ends after it.
    pub(super) ends: bool,
}

/// Code blocks (also one that was never closed), code in a line, addresses, tags, formulas.
static FOREIGN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?s:```.*?(?:```|\z)|~~~.*?(?:~~~|\z)|\$\$.*?\$\$|\\\[.*?\\\]|\\\(.*?\\\))",
        r"|`[^`\n]*`",
        r"|(?i:https?://|www\.)[^\s<>]+",
        r"|[\w.+-]+@[\w-]+\.[\w.-]+",
        r"|</?[A-Za-z][^<>\n]*>",
        r"|\\[A-Za-z]+",
    ))
    .ok()
});

/// Quotations of at most forty characters: names and terms, which stay in their own language.
static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "\"[^\"\\n]{1,40}\"|“[^”\\n]{1,40}”|„[^“”\\n]{1,40}[“”]|«[^»\\n]{1,40}»",
        "|「[^」\\n]{1,40}」|『[^』\\n]{1,40}』|《[^》\\n]{1,40}》",
    ))
    .ok()
});

/// The words of the beginning of `text` that count.
///
/// Short quotations are left out as long as more stands outside of them than inside.
pub(super) fn words(text: &str) -> Vec<Word> {
    let text = nfkc(prefix(text, READ));
    let prose = without(&FOREIGN, prefix(&text, READ));
    let unquoted = without(&QUOTED, &prose);
    let (all, outside) = (split(&prose), split(&unquoted));
    if total(&outside) * 2 > total(&all) {
        outside
    } else {
        all
    }
}

/// The sum of the words' units.
pub(super) fn total(words: &[Word]) -> u32 {
    words.iter().map(|w| w.units).sum()
}

fn prefix(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

fn without<'a>(pattern: &LazyLock<Option<Regex>>, text: &'a str) -> Cow<'a, str> {
    match LazyLock::force(pattern) {
        Some(regex) => regex.replace_all(text, " \u{fffc} "),
        None => Cow::Borrowed(text),
    }
}

/// The words of a text in compatibility composition, in order.
pub(super) fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open = Open::default();
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let letter = script::of(c).filter(|_| !is_mark(c));
        match letter {
            Some(script) => open.letter(c, script, before, &mut words),
            None if is_mark(c) => continue,
            None if is_apostrophe(c) && chars.peek().is_some_and(|c| script::of(*c).is_some()) => {
                open.apostrophe();
            }
            None => {
                open.close(is_code(c), &mut words);
                if is_end(c)
                    && let Some(last) = words.last_mut()
                {
                    last.ends = true;
                }
            }
        }
        before = c;
    }
    open.close(false, &mut words);
    words
}

/// The word that is being read.
#[derive(Default)]
struct Open {
    word: Option<Word>,
    /// Part of an identifier (`x2`, `a_b`), which is no word.
    code: bool,
}

impl Open {
    fn letter(&mut self, c: char, script: &'static str, before: char, words: &mut Vec<Word>) {
        let group = script::group(script);
        let other = |w: &Word| w.group != group || w.units >= LONGEST;
        if self.word.as_ref().is_some_and(other) {
            self.close(false, words);
        }
        if self.word.is_none() {
            self.code = group == "Latn" && is_code(before);
        }
        let word = self.word.get_or_insert_with(|| Word {
            text: String::new(),
            group,
            units: 0,
            ends: false,
        });
        word.text.extend(c.to_lowercase().filter(|c| !is_mark(*c)));
        word.units += script::units(script);
    }

    fn apostrophe(&mut self) {
        if let Some(word) = &mut self.word {
            word.text.push('\'');
        }
    }

    fn close(&mut self, code: bool, words: &mut Vec<Word>) {
        if let Some(word) = self.word.take() {
            let identifier = word.group == "Latn" && (self.code || code);
            if !identifier {
                words.push(word);
            }
        }
    }
}

/// Marks that most texts leave out: tones, Arabic vowel signs and kashida, Hebrew points, joiners.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{200d}' | '\u{ad}'
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}' | '\u{2018}' | '\u{2bb}' | '\u{2bc}' | '`' | '\u{b4}'
    )
}

fn is_code(c: char) -> bool {
    c == '_' || c.is_numeric()
}

fn is_end(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '\n'
            | ':'
            | ';'
            | '。'
            | '।'
            | '॥'
            | '۔'
            | '؟'
            | '؛'
            | '።'
            | '፤'
            | '၊'
            | '။'
            | '។'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let texts: Vec<String> = words(text).into_iter().map(|w| w.text).collect();
        assert_eq!(texts.join(" "), expect, "{text}");
    }

    #[test]
    fn only_prose_counts() {
        check("Take it:\n```rust\nlet x = 1;\n```\nDone.", "take it done");
        check("Open: ```let x = 1;", "open");
        check("Use `let x` here", "use here");
        check(
            "See https://example.org/a?b and WWW.example.org now",
            "see and now",
        );
        check("Write to a.b@example.org today", "write to today");
        check("<p class=\"a\">Text</p>", "text");
        check("Then \\(a + b\\) is \\[ c \\] and \\alpha", "then is and");
        check(
            "set x2 and foo_bar to 3kg of 12 apples",
            "set and to of apples",
        );
        check("第3章は12個", "第 章は 個");
    }

    #[test]
    fn short_quotations_do_not_count_unless_they_are_the_reply() {
        check(
            "the word \"Haus\" means a house, he says",
            "the word means a house he says",
        );
        check(
            "彼は「Hello world」と言いました、昨日",
            "彼は と言いました 昨日",
        );
        check("\"It is raining\"", "it is raining");
    }

    #[test]
    fn words_are_as_they_are_compared() {
        check(
            "O\u{2018}zbek bo\u{2bb}lgan L\u{2019}homme 'quoted'",
            "o'zbek bo'lgan l'homme quoted",
        );
        check("Wọ́n ṣe É cole\u{301}", "wọn ṣe é colé");
        check("كَتَبَ می\u{200c}شود", "كتب می شود");
        check("שָׁלוֹם", "שלום");
    }

    #[test]
    fn only_the_beginning_is_read() {
        let text = "word ".repeat(READ);
        assert_eq!(words(&text).len(), READ.div_ceil(5));
        assert_eq!(prefix("aé", 2), "a");
    }
}
