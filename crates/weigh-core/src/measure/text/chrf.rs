//! chrF and chrF++ (Popović 2015, 2017): the F score of character and word n-grams, as sacrebleu
//! computes it.
//!
//! For each order the candidate's n-grams are compared with the reference's; precision and recall
//! are averaged over the orders that both texts have ("effective order"), and
//! chrF = 100 (1 + beta^2) P R / (beta^2 P + R).

use serde::{Deserialize, Serialize};

use super::VERSION;
use super::ngrams::{ngrams, shared, size};
use super::unicode::is_python_space;

/// Which chrF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chrf {
    /// Orders of character n-grams, from 1 on.
    pub char_order: usize,
    /// Orders of word n-grams, from 1 on. 0 for chrF, 2 for chrF++.
    pub word_order: usize,
    /// How much more recall counts than precision.
    pub beta: u32,
    /// Lower case first.
    pub lowercase: bool,
}

/// chrF: characters only.
pub const CHRF: Chrf = Chrf {
    char_order: 6,
    word_order: 0,
    beta: 2,
    lowercase: false,
};

/// chrF++: words and pairs of words, too.
pub const CHRF_PLUS_PLUS: Chrf = Chrf {
    word_order: 2,
    ..CHRF
};

/// What chrF is computed from; the counts of a corpus are the sum of those of its segments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// For each order, characters before words: what the texts hold and share.
    pub orders: Vec<OrderCounts>,
}

/// The n-grams of one order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderCounts {
    /// n-grams of the candidate; 0 where the reference has none.
    pub candidate: u64,
    /// n-grams of the reference.
    pub reference: u64,
    /// n-grams of both.
    pub shared: u64,
}

impl Counts {
    /// Adds the counts of another segment or corpus.
    pub fn add(&mut self, other: &Self) {
        if self.orders.len() < other.orders.len() {
            self.orders
                .resize(other.orders.len(), OrderCounts::default());
        }
        for (mine, theirs) in self.orders.iter_mut().zip(&other.orders) {
            mine.candidate += theirs.candidate;
            mine.reference += theirs.reference;
            mine.shared += theirs.shared;
        }
    }
}

impl Chrf {
    /// The counts of one segment: those against the reference with the highest score. None without
    /// a reference.
    #[must_use]
    pub fn count<S: AsRef<str>>(&self, candidate: &str, references: &[S]) -> Option<Counts> {
        let candidate = Units::of(candidate, self);
        let references = references.iter();
        let references: Vec<Units> = references.map(|r| Units::of(r.as_ref(), self)).collect();
        let mut best: Option<(f64, Counts)> = None;
        for counts in candidate.against(&references, self) {
            let score = self.score(&counts);
            if best.as_ref().is_none_or(|(highest, _)| score > *highest) {
                best = Some((score, counts));
            }
        }
        best.map(|(_, counts)| counts)
    }

    /// The score of a segment or a corpus, 0 to 100.
    #[must_use]
    pub fn score(&self, counts: &Counts) -> f64 {
        let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0.0);
        for order in &counts.orders {
            if order.candidate > 0 && order.reference > 0 {
                precision += order.shared as f64 / order.candidate as f64;
                recall += order.shared as f64 / order.reference as f64;
                orders += 1.0;
            }
        }
        if precision + recall <= 0.0 {
            return 0.0;
        }
        let (precision, recall) = (precision / orders, recall / orders);
        let weight = f64::from(self.beta) * f64::from(self.beta);
        100.0 * ((1.0 + weight) * precision * recall / (weight * precision + recall))
    }

    /// What a reader must know to compare two scores, in sacrebleu's style.
    #[must_use]
    pub fn signature(&self, references: usize) -> String {
        let plus = "+".repeat(self.word_order);
        let case = if self.lowercase { "lc" } else { "mixed" };
        format!(
            "chrF{}{plus}|nrefs:{references}|case:{case}|eff:yes|nc:{}|nw:{}|space:no|weighhouse:{VERSION}",
            self.beta, self.char_order, self.word_order
        )
    }
}

/// A text as what n-grams are made of.
struct Units {
    chars: Vec<char>,
    words: Vec<String>,
}

impl Units {
    fn of(text: &str, chrf: &Chrf) -> Self {
        let lower = chrf.lowercase.then(|| text.to_lowercase());
        let text = lower.as_deref().unwrap_or(text);
        Self {
            chars: text.chars().filter(|&c| !is_python_space(c)).collect(),
            words: if chrf.word_order == 0 {
                Vec::new()
            } else {
                words(text)
            },
        }
    }

    /// The counts against each reference.
    fn against(&self, references: &[Self], chrf: &Chrf) -> Vec<Counts> {
        let mut all = vec![Counts::default(); references.len()];
        for n in 1..=chrf.char_order {
            let theirs = references.iter().map(|units| units.chars.as_slice());
            add_order(n, &self.chars, theirs, &mut all);
        }
        for n in 1..=chrf.word_order {
            let theirs = references.iter().map(|units| units.words.as_slice());
            add_order(n, &self.words, theirs, &mut all);
        }
        all
    }
}

/// Adds the n-grams of one order to the counts of each reference. Those of the candidate are counted
/// once.
fn add_order<'a, T: Ord + 'a>(
    n: usize,
    candidate: &[T],
    references: impl Iterator<Item = &'a [T]>,
    all: &mut [Counts],
) {
    let candidate = ngrams(candidate, n);
    let length = size(&candidate);
    for (counts, reference) in all.iter_mut().zip(references) {
        let reference = ngrams(reference, n);
        counts.orders.push(OrderCounts {
            // An order that the reference is too short for counts for neither.
            candidate: if reference.is_empty() { 0 } else { length },
            reference: size(&reference),
            shared: shared(&candidate, &reference),
        });
    }
}

/// The words of chrF++: one ASCII punctuation mark at the end of a word, or else at its beginning,
/// is a word of its own.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split(is_python_space).filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        let last = chars.next_back().filter(char::is_ascii_punctuation);
        let first = word.chars().next().filter(char::is_ascii_punctuation);
        let inner = chars.as_str();
        match (first, last) {
            _ if inner.is_empty() => words.push(word.to_owned()),
            (_, Some(last)) => words.extend([inner.to_owned(), last.to_string()]),
            (Some(first), None) => {
                let after = word.strip_prefix(first).unwrap_or_default();
                words.extend([first.to_string(), after.to_owned()]);
            }
            (None, None) => words.push(word.to_owned()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_one_mark() {
        for (text, expect) in [
            ("(hi) there", vec!["(hi", ")", "there"]),
            ("\"Yes", vec!["\"", "Yes"]),
            (", a! é।", vec![",", "a", "!", "é।"]),
            ("", vec![]),
        ] {
            assert_eq!(words(text), expect, "{text}");
        }
    }

    #[test]
    fn signatures_say_what_was_counted() {
        assert_eq!(
            CHRF.signature(1),
            "chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|weighhouse:1"
        );
        let lower = Chrf {
            lowercase: true,
            ..CHRF_PLUS_PLUS
        };
        assert_eq!(
            lower.signature(2),
            "chrF2++|nrefs:2|case:lc|eff:yes|nc:6|nw:2|space:no|weighhouse:1"
        );
    }

    #[test]
    fn texts_without_anything_to_count() {
        let score = |candidate: &str, reference: &str| {
            CHRF.score(&CHRF.count(candidate, &[reference]).unwrap())
        };
        assert_eq!(score("", "a").to_string(), "0");
        assert_eq!(score("a", "").to_string(), "0");
        assert_eq!(score("", "").to_string(), "0");
        assert_eq!(score("same", "same").to_string(), "100");
        assert_eq!(CHRF.count::<&str>("a", &[]), None);
        assert_eq!(CHRF.score(&Counts::default()).to_string(), "0");
    }
}
