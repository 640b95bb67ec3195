//! Contains: whether a reference stands in an answer as whole words.
//!
//! Both are folded (see [`super::normalise`]; punctuation and articles stay). A word begins and ends
//! where Unicode Standard Annex 29 puts a border. Scripts without spaces have no such borders, so
//! there a piece of text is enough; and in Hangul a word may go on after the reference, because
//! particles are written together with it. A number is whole with its sign, decimals and bar: `5`
//! is in none of `-5`, `.5`, `2.5`, `5/8`.

use unicode_segmentation::UnicodeSegmentation;

use super::normalise::folded;
use super::unicode::{is_minus, is_unspaced};
use crate::language::Language;

/// Whether `reference` stands in `text` as whole words. A reference without characters is in none.
#[must_use]
pub fn contains(text: &str, reference: &str, language: &Language) -> bool {
    Haystack::new(text, language).contains(reference)
}

/// Whether one of the references stands in `text`. False without a reference.
#[must_use]
pub fn contains_any<S: AsRef<str>>(text: &str, references: &[S], language: &Language) -> bool {
    let haystack = Haystack::new(text, language);
    references.iter().any(|r| haystack.contains(r.as_ref()))
}

/// Whether every reference stands in `text`. False without a reference: nothing was asked for.
#[must_use]
pub fn contains_all<S: AsRef<str>>(text: &str, references: &[S], language: &Language) -> bool {
    let haystack = Haystack::new(text, language);
    !references.is_empty() && references.iter().all(|r| haystack.contains(r.as_ref()))
}

/// A folded text with the borders of its words.
struct Haystack<'a> {
    text: String,
    /// Byte offsets, sorted.
    borders: Vec<usize>,
    language: &'a Language,
}

impl<'a> Haystack<'a> {
    fn new(text: &str, language: &'a Language) -> Self {
        let text = folded(text, language);
        let starts = text.split_word_bound_indices().map(|(at, _)| at);
        let borders = starts.chain([text.len()]).collect();
        Self {
            text,
            borders,
            language,
        }
    }

    fn contains(&self, reference: &str) -> bool {
        let needle = folded(reference, self.language);
        if needle.is_empty() {
            return false;
        }
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(&needle)) {
            let (start, end) = (from + at, from + at + needle.len());
            if self.is_whole(start, end) {
                return true;
            }
            let step = self.text.get(start..).and_then(|rest| rest.chars().next());
            from = start + step.map_or(1, char::len_utf8);
        }
        false
    }

    fn is_whole(&self, start: usize, end: usize) -> bool {
        let (before, found, after) = self.cut(start, end);
        let border = |at: usize| self.borders.binary_search(&at).is_ok();
        let starts =
            found.starts_with(is_unspaced) || before.ends_with(is_unspaced) || border(start);
        let ends = found.ends_with(is_unspaced)
            || after.starts_with(is_unspaced)
            || found.ends_with(is_hangul)
            || border(end);
        starts && ends && !cuts_number(before, found, after)
    }

    /// The text before, at and after a place. The offsets are borders of characters.
    fn cut(&self, start: usize, end: usize) -> (&str, &str, &str) {
        (
            self.text.get(..start).unwrap_or_default(),
            self.text.get(start..end).unwrap_or_default(),
            self.text.get(end..).unwrap_or_default(),
        )
    }
}

/// Whether the number at either end of `found` goes on outside of it.
fn cuts_number(before: &str, found: &str, after: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let mut back = before.chars().rev();
    let cut_before = found.starts_with(digit)
        && match (back.next(), back.next()) {
            (Some(c), next) if is_minus(c) => !next.is_some_and(char::is_alphanumeric),
            (Some('.' | '\u{66b}'), next) => !next.is_some_and(|c| c.is_alphanumeric() || c == '.'),
            (Some('/' | '\u{2044}'), next) => next.is_some_and(digit),
            _ => false,
        };
    let mut ahead = after.chars();
    let cut_after = found.ends_with(digit)
        && matches!(ahead.next(), Some('/' | '\u{2044}'))
        && ahead.next().is_some_and(digit);
    cut_before || cut_after
}

const fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words() {
        for (tag, text, reference, expect) in [
            ("en", "It is Paris, of course.", "paris", true),
            ("en", "Parisian", "Paris", false),
            ("en", "a comparison", "Paris", false),
            ("en", "New  York City", "new york", true),
            ("en", "can't", "can", false),
            ("en", "parisparis paris", "paris", true),
            ("en", "It is -5.", "5", false),
            ("en", "It is -5.", "-5", true),
            ("en", "10-5", "5", true),
            ("en", "2.5 or 1,5", "5", false),
            ("en", ".5", "5", false),
            ("en", "5/8", "5", false),
            ("en", "5/8", "8", false),
            ("en", "No.5...5", "5", true),
            ("en", "5%", "5", true),
            ("en", "anything", "", false),
            ("en", "anything", " ", false),
            ("de", "Die STRASSE.", "Straße", true),
            ("de", "Hauptstadt", "Stadt", false),
            ("ru", "Это Москва!", "москва", true),
            ("ar", "هي القاهرة.", "القاهرة", true),
            ("hi", "यह दिल्ली है।", "दिल्ली", true),
            ("bn", "উত্তর ১৮টি", "18", false),
            ("bn", "উত্তর ১৮।", "18", true),
            ("zh", "首都是北京市。", "北京", true),
            ("ja", "答えはトーキョーです", "トーキョー", true),
            ("th", "เมืองหลวงคือกรุงเทพ", "กรุงเทพ", true),
            ("ko", "수도는 서울입니다", "서울", true),
            ("ko", "수도는 서울입니다", "도", false),
            ("zh", "用Python写", "python", true),
        ] {
            let language = tag.parse().unwrap();
            assert_eq!(
                contains(text, reference, &language),
                expect,
                "{text} | {reference}"
            );
        }
    }

    #[test]
    fn any_and_all() {
        let en = "en".parse().unwrap();
        let text = "red and blue";
        for (references, any, all) in [
            (&["red", "blue"][..], true, true),
            (&["red", "green"], true, false),
            (&["green"], false, false),
            (&[], false, false),
        ] {
            assert_eq!(contains_any(text, references, &en), any, "{references:?}");
            assert_eq!(contains_all(text, references, &en), all, "{references:?}");
        }
    }
}
