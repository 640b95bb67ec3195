//! Token F1 (SQuAD; Rajpurkar and others, 2016): the words that an answer shares with a reference.
//!
//! With the words in common, each as often as in both: precision = common / answer, recall =
//! common / reference, F1 = their harmonic mean.

use super::VERSION;
use super::ngrams::{Ngrams, ngrams, shared};
use super::normalise::normalise;
use super::unicode::is_python_space;
use super::words::words;
use crate::language::Language;

/// F1 against the best of the references, 0 to 1; the words are those of text under
/// [`normalise`], characters where a script has no spaces. None without a reference.
///
/// Where no words are left on one side, 1 if none are left on the other either, else 0.
#[must_use]
pub fn token_f1<S: AsRef<str>>(answer: &str, references: &[S], language: &Language) -> Option<f64> {
    let answer = normalise(answer, language);
    let answer = words(&answer);
    let (answer, length) = (ngrams(&answer, 1), answer.len() as u64);
    let score = |reference: &S| {
        let reference = normalise(reference.as_ref(), language);
        f1(&answer, length, &words(&reference))
    };
    references.iter().map(score).reduce(f64::max)
}

/// F1 of SQuAD's evaluation script, for numbers that compare with its own: lower case, no ASCII
/// punctuation, no `a`, `an`, `the`, words at white space. None without a reference.
#[must_use]
pub fn squad_f1<S: AsRef<str>>(answer: &str, references: &[S]) -> Option<f64> {
    let answer = squad_words(answer);
    let (answer, length) = (ngrams(&answer, 1), answer.len() as u64);
    let score = |reference: &S| f1(&answer, length, &squad_words(reference.as_ref()));
    references.iter().map(score).reduce(f64::max)
}

/// What a reader must know to compare two scores.
#[must_use]
pub fn signature(references: usize, language: &Language) -> String {
    format!("F1|nrefs:{references}|lang:{language}|weighhouse:{VERSION}")
}

/// The score of the words `answer`, of which there are `length`.
fn f1<T: Ord>(answer: &Ngrams<'_, T>, length: u64, reference: &[T]) -> f64 {
    if answer.is_empty() || reference.is_empty() {
        return if answer.is_empty() && reference.is_empty() {
            1.0
        } else {
            0.0
        };
    }
    let common = shared(answer, &ngrams(reference, 1)) as f64;
    2.0 * common / (length as f64 + reference.len() as f64)
}

fn squad_words(text: &str) -> Vec<String> {
    let mut text = text.to_lowercase();
    text.retain(|c| !c.is_ascii_punctuation());
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    // The script deletes articles at the borders of letters, so also within “the cat”.
    let mut kept = String::with_capacity(text.len());
    for part in text.split_inclusive(|c| !is_word(c)) {
        let word = part.trim_end_matches(|c| !is_word(c));
        if matches!(word, "a" | "an" | "the") {
            kept.push(' ');
            kept.push_str(part.get(word.len()..).unwrap_or_default());
        } else {
            kept.push_str(part);
        }
    }
    let words = kept.split(is_python_space);
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: Option<f64>, b: f64) -> bool {
        a.is_some_and(|a| (a - b).abs() < 1e-12)
    }

    #[test]
    fn shared_words() {
        for (tag, answer, references, expect) in [
            ("en", "the cat sat", &["a cat sat down"][..], 0.8),
            ("en", "The cat.", &["dog", "cat"], 1.0),
            ("en", "x", &["y"], 0.0),
            ("en", "cat cat cat", &["cat cat"], 0.8),
            ("en", "...", &["?"], 1.0),
            ("en", "", &["cat"], 0.0),
            ("de", "die Straße", &["der STRASSE"], 1.0),
            ("zh", "我是人", &["他是人。"], 2.0 / 3.0),
            ("hi", "१८ रुपये।", &["18 रुपये"], 1.0),
        ] {
            let language = tag.parse().unwrap();
            assert!(
                close(token_f1(answer, references, &language), expect),
                "{answer}"
            );
        }
        let en = "en".parse().unwrap();
        assert_eq!(token_f1::<&str>("x", &[], &en), None);
        assert_eq!(squad_f1::<&str>("x", &[]), None);
        assert!(close(squad_f1("The U.S. dollar", &["us dollar"]), 1.0));
        assert_eq!(
            squad_words("“The—cat” and then a"),
            ["“", "—cat”", "and", "then"]
        );
        assert_eq!(signature(2, &en), "F1|nrefs:2|lang:en|weighhouse:1");
    }
}
