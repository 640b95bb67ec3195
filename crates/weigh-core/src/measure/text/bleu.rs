//! BLEU (Papineni and others, 2002) of a sentence and of a corpus, as sacrebleu computes it.
//!
//! BLEU = BP exp(mean of ln p_n), n = 1 to 4, with the share p_n of the candidate's n-grams that
//! some reference holds and the brevity penalty BP = min(1, exp(1 - r / c)). An order without a
//! match counts 1 / 2, 1 / 4, ... matches ("exp" smoothing, method 3 of Chen and Cherry, 2014).

mod tokenise;

use serde::{Deserialize, Serialize};

use super::VERSION;
use super::ngrams::{Ngrams, ngrams, shared, size, unite};
pub use tokenise::Tokeniser;

/// The highest order of n-grams.
const ORDERS: usize = 4;

/// Which BLEU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bleu {
    /// How texts are cut into tokens.
    pub tokeniser: Tokeniser,
    /// Lower case first.
    pub lowercase: bool,
}

/// What BLEU is computed from; the counts of a corpus are the sum of those of its segments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Tokens of the candidate.
    pub candidate: u64,
    /// Tokens of the reference whose length is nearest to the candidate's.
    pub reference: u64,
    /// n-grams of the candidate that a reference holds, n = 1 to 4.
    pub correct: [u64; ORDERS],
    /// n-grams of the candidate, n = 1 to 4.
    pub total: [u64; ORDERS],
}

/// Over which orders the mean is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orders {
    /// All four: for a corpus.
    All,
    /// Those that the candidate is long enough for: for a sentence ("effective order").
    Effective,
}

impl Counts {
    /// Adds the counts of another segment or corpus.
    pub fn add(&mut self, other: &Self) {
        self.candidate += other.candidate;
        self.reference += other.reference;
        for (mine, theirs) in self.correct.iter_mut().zip(other.correct) {
            *mine += theirs;
        }
        for (mine, theirs) in self.total.iter_mut().zip(other.total) {
            *mine += theirs;
        }
    }

    /// BLEU from 0 to 100. 0 where nothing matches.
    #[must_use]
    pub fn score(&self, orders: Orders) -> f64 {
        if self.correct.iter().all(|&correct| correct == 0) {
            return 0.0;
        }
        let (mut logs, mut counted, mut smoothing) = (0.0, 0.0, 1.0);
        for (&correct, &total) in self.correct.iter().zip(&self.total) {
            if total == 0 {
                // An order that the candidate is too short for has no precision at all.
                if orders == Orders::All {
                    return 0.0;
                }
                break;
            }
            let matches = if correct == 0 {
                smoothing *= 2.0;
                1.0 / smoothing
            } else {
                correct as f64
            };
            logs += libm::log(100.0 * matches / total as f64);
            counted += 1.0;
        }
        self.brevity_penalty() * libm::exp(logs / counted)
    }

    /// What a candidate shorter than its reference pays, 0 to 1.
    #[must_use]
    pub fn brevity_penalty(&self) -> f64 {
        if self.candidate >= self.reference {
            1.0
        } else if self.candidate == 0 {
            0.0
        } else {
            libm::exp(1.0 - self.reference as f64 / self.candidate as f64)
        }
    }
}

impl Bleu {
    /// BLEU with case kept.
    #[must_use]
    pub const fn new(tokeniser: Tokeniser) -> Self {
        Self {
            tokeniser,
            lowercase: false,
        }
    }

    /// The counts of one segment. None without a reference.
    #[must_use]
    pub fn count<S: AsRef<str>>(&self, candidate: &str, references: &[S]) -> Option<Counts> {
        let candidate = self.tokens(candidate);
        let references: Vec<Vec<String>> =
            references.iter().map(|r| self.tokens(r.as_ref())).collect();
        let length = |tokens: &Vec<String>| tokens.len() as u64;
        let ours = length(&candidate);
        // The nearest length, of two the shorter one.
        let nearest = references
            .iter()
            .map(length)
            .min_by_key(|&theirs| (theirs.abs_diff(ours), theirs))?;
        let mut counts = Counts {
            candidate: ours,
            reference: nearest,
            ..Counts::default()
        };
        let slots = counts.correct.iter_mut().zip(&mut counts.total);
        for (n, (correct, total)) in (1..).zip(slots) {
            let grams = ngrams(&candidate, n);
            let mut union = Ngrams::new();
            for reference in &references {
                unite(&mut union, &ngrams(reference, n));
            }
            (*correct, *total) = (shared(&grams, &union), size(&grams));
        }
        Some(counts)
    }

    fn tokens(&self, text: &str) -> Vec<String> {
        if self.lowercase {
            self.tokeniser.tokens(&text.to_lowercase())
        } else {
            self.tokeniser.tokens(text)
        }
    }

    /// What a reader must know to compare two scores, in sacrebleu's style.
    #[must_use]
    pub fn signature(&self, references: usize, orders: Orders) -> String {
        let case = if self.lowercase { "lc" } else { "mixed" };
        let effective = match orders {
            Orders::All => "no",
            Orders::Effective => "yes",
        };
        format!(
            "BLEU|nrefs:{references}|case:{case}|eff:{effective}|tok:{}|smooth:exp|weighhouse:{VERSION}",
            self.tokeniser.as_str()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Bleu = Bleu::new(Tokeniser::None);

    fn sentence(candidate: &str, references: &[&str]) -> f64 {
        let counts = PLAIN.count(candidate, references).unwrap();
        counts.score(Orders::Effective)
    }

    #[test]
    fn short_empty_and_equal_texts() {
        assert!((sentence("a b c d", &["a b c d"]) - 100.0).abs() < 1e-9);
        assert!((sentence("a b", &["a b"]) - 100.0).abs() < 1e-9);
        assert_eq!(sentence("", &["a"]).to_string(), "0");
        assert_eq!(sentence("a", &[""]).to_string(), "0");
        let short = PLAIN.count("a b", &["a b"]).unwrap();
        assert_eq!(short.score(Orders::All).to_string(), "0");
        assert_eq!(PLAIN.count::<&str>("a", &[]), None);
        // A candidate of half the length: exp(1 - 2).
        let half = PLAIN.count("a b", &["a b c d"]).unwrap();
        assert!((half.brevity_penalty() - 0.367_879_441_171_442_3).abs() < 1e-15);
    }

    #[test]
    fn of_two_references_as_near_the_shorter_counts() {
        let counts = PLAIN.count("a b c", &["a b c d", "a b"]).unwrap();
        assert_eq!((counts.candidate, counts.reference), (3, 2));
        assert_eq!(counts.correct, [3, 2, 1, 0]);
    }

    #[test]
    fn signatures_say_what_was_counted() {
        assert_eq!(
            Bleu::new(Tokeniser::Mteval13a).signature(1, Orders::All),
            "BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|weighhouse:1"
        );
        let lower = Bleu {
            tokeniser: Tokeniser::Chinese,
            lowercase: true,
        };
        assert_eq!(
            lower.signature(3, Orders::Effective),
            "BLEU|nrefs:3|case:lc|eff:yes|tok:zh|smooth:exp|weighhouse:1"
        );
    }
}
