//! Patterns over folded sentences: words in order, alternatives, open ends and gaps.
//!
//! A pattern is a row of terms with spaces between them. A term is one word or several with `|`
//! between them; `word*` stands for every word that begins so; `~` stands for up to five words of
//! any kind, `~~` for up to thirty. In scripts without spaces a term is a piece of text, and up to
//! eight characters may stand between one term and the next.

use super::fold::{fold, is_separator};

/// Words that `~` may stand for.
const GAP_WORDS: usize = 5;
/// Words that `~~` may stand for.
const LONG_GAP_WORDS: usize = 30;
/// Characters between two terms in scripts without spaces.
const GAP_CHARS: usize = 8;

/// A pattern ready to match.
#[derive(Debug)]
pub(super) enum Pattern {
    /// Words.
    Words(Vec<Term>),
    /// Pieces of text: alternatives of each.
    Pieces(Vec<Vec<String>>),
}

/// One place in a pattern of words.
#[derive(Debug)]
pub(super) enum Term {
    /// One of these words; true where it is only the word's beginning.
    Word(Vec<(String, bool)>),
    /// Up to so many words.
    Gap(usize),
}

impl Pattern {
    /// Reads a pattern of words.
    pub(super) fn words(text: &str) -> Self {
        let term = |term: &str| match term {
            "~" => Term::Gap(GAP_WORDS),
            "~~" => Term::Gap(LONG_GAP_WORDS),
            words => Term::Word(
                words
                    .split('|')
                    .map(|word| (fold(word), word.ends_with('*')))
                    .collect(),
            ),
        };
        Self::Words(text.split_whitespace().map(term).collect())
    }

    /// Reads a pattern of pieces.
    pub(super) fn pieces(text: &str) -> Self {
        let piece = |piece: &str| piece.split('|').map(fold).collect();
        Self::Pieces(text.split_whitespace().map(piece).collect())
    }

    /// Whether the sentence begins with the pattern.
    pub(super) fn opens(&self, sentence: &Sentence) -> bool {
        match self {
            Self::Words(terms) => words_end(terms, &sentence.words).is_some(),
            Self::Pieces(pieces) => {
                let starts = |piece: &String| sentence.text.starts_with(piece.as_str());
                pieces.first().is_some_and(|first| first.iter().any(starts))
                    && pieces_span(pieces, &sentence.text).is_some()
            }
        }
    }

    /// Whether the pattern stands anywhere in the sentence.
    pub(super) fn stands_in(&self, sentence: &Sentence) -> bool {
        match self {
            Self::Words(terms) => {
                suffixes(&sentence.words).any(|rest| words_end(terms, rest).is_some())
            }
            Self::Pieces(pieces) => pieces_span(pieces, &sentence.text).is_some(),
        }
    }
}

/// A folded sentence.
#[derive(Debug)]
pub(super) struct Sentence {
    text: String,
    words: Vec<String>,
}

impl Sentence {
    /// Splits a folded sentence into its words.
    pub(super) fn new(folded: &str) -> Self {
        let words = folded
            .split(is_separator)
            .map(|word| word.trim_matches('\''))
            .filter(|word| !word.is_empty())
            .flat_map(expand)
            .collect();
        Self {
            text: folded.trim().to_owned(),
            words,
        }
    }

    /// The same without the parts that match one of `patterns`. None where none does.
    pub(super) fn without(&self, patterns: &[Pattern]) -> Option<Self> {
        if !patterns.iter().any(|pattern| pattern.stands_in(self)) {
            return None;
        }
        Some(Self {
            text: text_without(&self.text, patterns),
            words: words_without(&self.words, patterns),
        })
    }
}

/// `words` without those that match a pattern of words, the longest first.
fn words_without(words: &[String], patterns: &[Pattern]) -> Vec<String> {
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((first, after)) = rest.split_first() {
        let longest = patterns.iter().filter_map(|pattern| match pattern {
            Pattern::Words(terms) => words_end(terms, rest),
            Pattern::Pieces(_) => None,
        });
        // A full stop of its own keeps the words around a removed part from joining up.
        let (word, left) = match longest.max().filter(|&end| end > 0) {
            Some(end) => (".".to_owned(), rest.get(end..).unwrap_or_default()),
            None => (first.clone(), after),
        };
        kept.push(word);
        rest = left;
    }
    kept
}

/// `text` without the spans that match a pattern of pieces.
fn text_without(text: &str, patterns: &[Pattern]) -> String {
    let mut left = text.to_owned();
    for pattern in patterns {
        let Pattern::Pieces(pieces) = pattern else {
            continue;
        };
        let mut kept = String::with_capacity(left.len());
        let mut rest = left.as_str();
        while let Some((start, end)) = pieces_span(pieces, rest).filter(|(_, end)| *end > 0) {
            kept.push_str(rest.get(..start).unwrap_or_default());
            kept.push('.');
            rest = rest.get(end..).unwrap_or_default();
        }
        kept.push_str(rest);
        left = kept;
    }
    left
}

/// English contractions in full: patterns need one form only.
fn expand(word: &str) -> Vec<String> {
    let two = |one: &str, other: &str| vec![one.to_owned(), other.to_owned()];
    match word {
        "cannot" | "can't" => return two("can", "not"),
        "won't" => return two("will", "not"),
        "i'm" | "im" => return two("i", "am"),
        _ => {}
    }
    for (ending, full) in [
        ("n't", "not"),
        ("'re", "are"),
        ("'ve", "have"),
        ("'ll", "will"),
        ("'s", "is"),
        ("'d", "would"),
    ] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            return two(stem, full);
        }
    }
    vec![word.to_owned()]
}

fn suffixes(words: &[String]) -> impl Iterator<Item = &[String]> {
    (0..words.len()).filter_map(|start| words.get(start..))
}

/// How many of the first `words` the terms take, where they match at the beginning.
fn words_end(terms: &[Term], words: &[String]) -> Option<usize> {
    let Some((term, later)) = terms.split_first() else {
        return Some(0);
    };
    match term {
        Term::Word(alternatives) => {
            let (word, after) = words.split_first()?;
            let fits = |(text, open): &(String, bool)| {
                if *open {
                    word.starts_with(text.as_str())
                } else {
                    word == text
                }
            };
            if alternatives.iter().any(fits) {
                words_end(later, after).map(|end| end + 1)
            } else {
                None
            }
        }
        Term::Gap(most) => (0..=*most)
            .find_map(|skipped| words_end(later, words.get(skipped..)?).map(|end| end + skipped)),
    }
}

/// Where the pieces follow each other in `text` with short gaps: the bytes from the first to the
/// last of them.
fn pieces_span(pieces: &[Vec<String>], text: &str) -> Option<(usize, usize)> {
    let Some((first, later)) = pieces.split_first() else {
        return Some((0, 0));
    };
    let spans = first.iter().filter_map(|piece| {
        text.match_indices(piece.as_str()).find_map(|(at, _)| {
            let from = at + piece.len();
            let taken = pieces_follow(later, text.get(from..)?)?;
            Some((at, from + taken))
        })
    });
    spans.min()
}

/// How many bytes of `text` the pieces take, gaps included.
fn pieces_follow(pieces: &[Vec<String>], text: &str) -> Option<usize> {
    let Some((first, later)) = pieces.split_first() else {
        return Some(0);
    };
    first.iter().find_map(|piece| {
        let mut places = text.char_indices().map(|(at, _)| at).take(GAP_CHARS + 1);
        places.find_map(|at| {
            let rest = text.get(at..)?.strip_prefix(piece.as_str())?;
            pieces_follow(later, rest).map(|taken| at + piece.len() + taken)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_whole_in_order_and_with_gaps() {
        for (pattern, sentence, opens, stands) in [
            ("i can not help", "I can’t help", true, true),
            ("i can not help", "so I cannot help", false, true),
            ("i am", "i'm", true, true),
            ("i can", "i canter", false, false),
            ("yapama*", "bunu yapamam", false, true),
            (
                "ich kann ~ nicht helfen",
                "Ich kann dir dabei leider nicht helfen",
                true,
                true,
            ),
            (
                "ich kann ~ nicht",
                "ich kann a b c d e f nicht",
                false,
                false,
            ),
            ("kann ~ nicht", "kann nicht", true, true),
            ("kann ~~ nicht", "ich kann a b c d e f nicht", false, true),
        ] {
            let (pattern, sentence) = (Pattern::words(pattern), Sentence::new(&fold(sentence)));
            assert_eq!(pattern.opens(&sentence), opens, "{pattern:?} {sentence:?}");
            assert_eq!(
                pattern.stands_in(&sentence),
                stands,
                "{pattern:?} {sentence:?}"
            );
        }
    }

    #[test]
    fn pieces_match_in_order_and_close_together() {
        for (pattern, sentence, opens, stands) in [
            ("抱歉|对不起 不能|无法", "很抱歉，我不能这样做", false, true),
            ("抱歉|对不起 不能|无法", "对不起，我无法回答", true, true),
            ("抱歉|对不起 不能|无法", "无法说对不起", false, false),
            ("我 无法", "我一二三四五六七八九无法", false, false),
            (
                "申し訳 できません",
                "申し訳ありませんが、できません",
                true,
                true,
            ),
        ] {
            let (pattern, sentence) = (Pattern::pieces(pattern), Sentence::new(&fold(sentence)));
            assert_eq!(pattern.opens(&sentence), opens, "{pattern:?} {sentence:?}");
            assert_eq!(
                pattern.stands_in(&sentence),
                stands,
                "{pattern:?} {sentence:?}"
            );
        }
    }

    #[test]
    fn parts_are_taken_out() {
        let harmless = [
            Pattern::words("can not wait"),
            Pattern::words("can not wait to"),
        ];
        let sentence = Sentence::new("i can't wait to help you")
            .without(&harmless)
            .unwrap();
        assert_eq!(sentence.words, ["i", ".", "help", "you"]);
        for (pattern, sentence, left) in [
            ("不能不", "我不能不说", "我.说"),
            ("没有 意见|感情", "我没有个人意见和我没有感情", "我.和我."),
        ] {
            let without = Sentence::new(sentence).without(&[Pattern::pieces(pattern)]);
            assert_eq!(without.unwrap().text, left);
        }
    }
}
