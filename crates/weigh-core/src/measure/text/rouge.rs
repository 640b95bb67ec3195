//! ROUGE-L (Lin, 2004): the longest common subsequence of words, as rouge-score computes it.
//!
//! With the length L of the subsequence: precision L / candidate, recall L / reference, and their
//! harmonic mean. Words are not stemmed. The words of rouge-score are runs of `a-z0-9` after lower
//! case, which leaves nothing of most scripts; [`Tokeniser::Unicode`] is for those.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::VERSION;
use super::normalise;
use super::words::words;
use crate::language::Language;

/// How a text is cut into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tokeniser {
    /// rouge-score's: runs of ASCII letters and digits in lower case.
    Ascii,
    /// The words of text normalised without punctuation; characters where a script has no spaces.
    Unicode,
}

/// Lengths in words. The score of a corpus is the mean of the scores of its segments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Words of the longest common subsequence.
    pub common: u64,
    /// Words of the candidate.
    pub candidate: u64,
    /// Words of the reference.
    pub reference: u64,
}

impl Counts {
    /// The share of the candidate that is common, 0 to 1; 0 for an empty candidate.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.common, self.candidate)
    }

    /// The share of the reference that is common, 0 to 1; 0 for an empty reference.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.common, self.reference)
    }

    /// The harmonic mean of precision and recall, 0 to 1.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if self.common == 0 {
            0.0
        } else {
            2.0 * precision * recall / (precision + recall)
        }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// The counts against the reference with the highest F score, of equals the first. None without a
/// reference. Time goes with the product of the lengths, of which 64 words of the candidate count as one.
#[must_use]
pub fn rouge_l<S: AsRef<str>>(
    candidate: &str,
    references: &[S],
    tokeniser: Tokeniser,
    language: &Language,
) -> Option<Counts> {
    let cut = |text: &str| tokeniser.words(text, language);
    let candidate = cut(candidate);
    let places = places(&candidate);
    let mut best: Option<Counts> = None;
    for reference in references {
        let reference = cut(reference.as_ref());
        let counts = Counts {
            common: common_subsequence(&reference, &places, candidate.len()),
            candidate: candidate.len() as u64,
            reference: reference.len() as u64,
        };
        if best.is_none_or(|best| counts.f1() > best.f1()) {
            best = Some(counts);
        }
    }
    best
}

/// What a reader must know to compare two scores.
#[must_use]
pub fn signature(references: usize, tokeniser: Tokeniser) -> String {
    let tokeniser = match tokeniser {
        Tokeniser::Ascii => "ascii",
        Tokeniser::Unicode => "unicode",
    };
    format!("ROUGE-L|nrefs:{references}|case:lc|stem:no|tok:{tokeniser}|weighhouse:{VERSION}")
}

impl Tokeniser {
    fn words(self, text: &str, language: &Language) -> Vec<String> {
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        match self {
            Self::Ascii => {
                let text = text.to_lowercase();
                let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
                owned(runs.filter(|word| !word.is_empty()).collect())
            }
            Self::Unicode => owned(words(&normalise::without_punctuation(text, language))),
        }
    }
}

/// Where each word stands in a text: blocks of 64 words, ascending, with a bit for each place in them.
type Places<'a> = BTreeMap<&'a str, Vec<(usize, u64)>>;

fn places(text: &[String]) -> Places<'_> {
    let mut places = Places::new();
    for (at, word) in text.iter().enumerate() {
        let (block, bit) = (at / 64, 1 << (at % 64));
        let blocks = places.entry(word).or_default();
        match blocks.last_mut() {
            Some((last, bits)) if *last == block => *bits |= bit,
            _ => blocks.push((block, bit)),
        }
    }
    places
}

/// The length of the longest common subsequence with a candidate of `length` words at these `places`:
/// the table row by row, 64 cells in one addition (Crochemore et al., 2001; Hyyrö, 2004).
fn common_subsequence(reference: &[String], places: &Places<'_>, length: usize) -> u64 {
    // A bit is 0 where a cell is one more than the cell to its left.
    let mut row = vec![u64::MAX; length.div_ceil(64)];
    for blocks in reference
        .iter()
        .filter_map(|word| places.get(word.as_str()))
    {
        let mut blocks = blocks.iter().peekable();
        let mut carry = false;
        for (at, cells) in row.iter_mut().enumerate() {
            let found = blocks.next_if(|(block, _)| *block == at);
            let steps = *cells & found.map_or(0, |(_, bits)| *bits);
            let (sum, over) = cells.overflowing_add(steps);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            carry = over || over_again;
            *cells = sum | (*cells & !steps);
        }
    }
    row.iter().map(|cells| u64::from(cells.count_zeros())).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(candidate: &str, reference: &str, tokeniser: Tokeniser) -> (u64, u64, u64) {
        let language = "hi".parse().unwrap();
        let counts = rouge_l(candidate, &[reference], tokeniser, &language).unwrap();
        (counts.common, counts.candidate, counts.reference)
    }

    #[test]
    fn words_of_each_tokeniser() {
        for (candidate, reference, tokeniser, expect) in [
            ("The cat, sat!", "the CAT sat", Tokeniser::Ascii, (3, 3, 3)),
            ("a b c d", "b x d", Tokeniser::Ascii, (2, 4, 3)),
            ("नमस्ते दुनिया", "नमस्ते दुनिया", Tokeniser::Ascii, (0, 0, 0)),
            ("नमस्ते, दुनिया।", "नमस्ते दुनिया", Tokeniser::Unicode, (2, 2, 2)),
            ("我是人", "我们是人。", Tokeniser::Unicode, (3, 3, 4)),
            ("", "a", Tokeniser::Unicode, (0, 0, 1)),
        ] {
            assert_eq!(
                counts(candidate, reference, tokeniser),
                expect,
                "{candidate}"
            );
        }
    }

    #[test]
    fn the_best_reference_counts() {
        let language = "en".parse().unwrap();
        let best = rouge_l("a b", &["x", "a b", "b"], Tokeniser::Ascii, &language).unwrap();
        assert_eq!((best.common, best.reference), (2, 2));
        assert_eq!(best.f1().to_string(), "1");
        assert_eq!(rouge_l::<&str>("a", &[], Tokeniser::Ascii, &language), None);
        assert_eq!(Counts::default().f1().to_string(), "0");
        assert_eq!(
            signature(1, Tokeniser::Unicode),
            "ROUGE-L|nrefs:1|case:lc|stem:no|tok:unicode|weighhouse:1"
        );
        assert!(signature(1, Tokeniser::Ascii).contains("tok:ascii"));
    }

    /// The longest subsequence of `a` that `b` holds, by trying every one.
    fn by_trying(a: &[String], b: &[String]) -> u64 {
        let within = |picked: &[&String]| {
            let mut rest = b.iter();
            picked.iter().all(|word| rest.any(|other| other == *word))
        };
        (0_u32..1 << a.len())
            .map(|mask| -> Vec<&String> {
                let chosen = |&i: &usize| mask >> i & 1 == 1;
                (0..a.len()).filter(chosen).map(|i| &a[i]).collect()
            })
            .filter(|picked| within(picked))
            .map(|picked| picked.len() as u64)
            .max()
            .unwrap_or_default()
    }

    fn common(reference: &[String], candidate: &[String]) -> u64 {
        common_subsequence(reference, &places(candidate), candidate.len())
    }

    /// The same cell by cell.
    fn by_table(reference: &[String], candidate: &[String]) -> u64 {
        let mut row = vec![0_u64; candidate.len() + 1];
        for word in reference {
            // The cell above and to the left, and the one to the left.
            let (mut diagonal, mut left) = (0, 0);
            for (cell, other) in row.iter_mut().skip(1).zip(candidate) {
                let above = *cell;
                *cell = if word == other {
                    diagonal + 1
                } else {
                    above.max(left)
                };
                (diagonal, left) = (above, *cell);
            }
        }
        row.last().copied().unwrap_or_default()
    }

    proptest! {
        #[test]
        fn blocks_agree_with_the_table(
            a in prop::collection::vec("[a-e]", 0..300), b in prop::collection::vec("[a-e]", 0..300)
        ) {
            prop_assert_eq!(common(&a, &b), by_table(&a, &b));
        }

        #[test]
        fn the_table_agrees_with_trying(
            a in prop::collection::vec("[abc]", 0..9), b in prop::collection::vec("[abc]", 0..9)
        ) {
            prop_assert_eq!(by_table(&a, &b), by_trying(&a, &b));
            prop_assert_eq!(common(&a, &b), by_trying(&a, &b));
        }
    }
}
