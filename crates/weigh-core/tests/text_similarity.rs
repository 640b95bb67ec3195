//! Text similarity against sacrebleu, rouge-score and SQuAD's formula: 200 pairs in 8 languages.
//!
//! `reference/text_similarity.py` wrote the vectors and names the versions.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use std::collections::BTreeMap;

use serde::Deserialize;
use weigh_core::measure::text::bleu::{self, Bleu, Orders, Tokeniser};
use weigh_core::measure::text::chrf::{self, CHRF, CHRF_PLUS_PLUS, Chrf};
use weigh_core::measure::text::{overlap, rouge};

#[derive(Deserialize)]
struct Vectors {
    pairs: Vec<Pair>,
    corpora: BTreeMap<String, BTreeMap<String, f64>>,
}

#[derive(Deserialize)]
struct Pair {
    language: String,
    candidate: String,
    references: Vec<String>,
    scores: Scores,
}

#[derive(Deserialize)]
struct Scores {
    rouge_l: [f64; 3],
    squad_f1: f64,
    #[serde(flatten)]
    similarity: BTreeMap<String, f64>,
}

const LOWER: Chrf = Chrf {
    lowercase: true,
    ..CHRF_PLUS_PLUS
};
const CHRFS: [(&str, Chrf); 3] = [
    ("chrf", CHRF),
    ("chrf_plus_plus", CHRF_PLUS_PLUS),
    ("chrf_plus_plus_lower", LOWER),
];
const BLEUS: [(&str, Bleu); 6] = [
    ("bleu_13a", Bleu::new(Tokeniser::Mteval13a)),
    ("bleu_intl", Bleu::new(Tokeniser::International)),
    ("bleu_zh", Bleu::new(Tokeniser::Chinese)),
    ("bleu_char", Bleu::new(Tokeniser::Char)),
    ("bleu_none", Bleu::new(Tokeniser::None)),
    (
        "bleu_13a_lower",
        Bleu {
            tokeniser: Tokeniser::Mteval13a,
            lowercase: true,
        },
    ),
];

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("reference/text_similarity.json")).unwrap()
}

fn check(name: &str, about: &str, score: f64, expect: f64) {
    assert!(
        (score - expect).abs() < 1e-6,
        "{name} of {about:?}: {score}, not {expect}"
    );
}

#[test]
fn every_pair_scores_as_elsewhere() {
    let vectors = vectors();
    assert_eq!(vectors.pairs.len(), 200);
    for pair in &vectors.pairs {
        let (text, references) = (&pair.candidate, &pair.references);
        let expect = &pair.scores.similarity;
        for (name, chrf) in CHRFS {
            let counts = chrf.count(text, references).unwrap();
            check(name, text, chrf.score(&counts), expect[name]);
        }
        // Sentences in lower case were not asked for.
        for (name, bleu) in BLEUS.into_iter().filter(|(_, bleu)| !bleu.lowercase) {
            let counts = bleu.count(text, references).unwrap();
            check(name, text, counts.score(Orders::Effective), expect[name]);
        }
        let language = pair.language.parse().unwrap();
        let rouge = rouge::rouge_l(text, references, rouge::Tokeniser::Ascii, &language).unwrap();
        let [precision, recall, f1] = pair.scores.rouge_l;
        check("precision", text, rouge.precision(), precision);
        check("recall", text, rouge.recall(), recall);
        check("rouge_l", text, rouge.f1(), f1);
        let squad = overlap::squad_f1(text, references).unwrap();
        check("squad_f1", text, squad, pair.scores.squad_f1);
    }
}

#[test]
fn every_corpus_scores_as_elsewhere() {
    let vectors = vectors();
    assert_eq!(vectors.corpora.len(), 9);
    for (language, expect) in &vectors.corpora {
        let of_language = |pair: &&Pair| language == "all" || pair.language == *language;
        let pairs: Vec<&Pair> = vectors.pairs.iter().filter(of_language).collect();
        for (name, chrf) in CHRFS {
            let mut sum = chrf::Counts::default();
            for pair in &pairs {
                sum.add(&chrf.count(&pair.candidate, &pair.references).unwrap());
            }
            check(name, language, chrf.score(&sum), expect[name]);
        }
        for (name, bleu) in BLEUS {
            let mut sum = bleu::Counts::default();
            for pair in &pairs {
                sum.add(&bleu.count(&pair.candidate, &pair.references).unwrap());
            }
            check(name, language, sum.score(Orders::All), expect[name]);
        }
    }
}
