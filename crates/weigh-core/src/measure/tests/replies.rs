//! Replies against what is expected of them, one by one and as a corpus.

use super::*;
use crate::stats::{Stratum, estimate};

fn cut(text: &str) -> Option<Vec<Response>> {
    Some(vec![Response::Generated {
        text: text.to_owned(),
        tokens: 9,
        finish: Finish::Length,
    }])
}

#[test]
fn replies_are_compared_with_what_is_expected() {
    let answers =
        |texts: &[&str]| Expectation::Answers(texts.iter().map(|&text| text.to_owned()).collect());
    let holds = |texts: &[&str], all| Expectation::Contains {
        texts: texts.iter().map(|&text| text.to_owned()).collect(),
        all,
    };
    let number = |text: &str| Expectation::Number(text.to_owned());
    let pattern = |text: &str| Expectation::Pattern(text.to_owned());
    let check = |measure, language: &str, expect, responses, value: &str| {
        let case = case(&format!("{language}/f/original"), expect);
        let scored = scored(&[measure], vec![(case, responses)]);
        let found = match &scored[0].outcome {
            Outcome::Scored(value) => format!("{:.4}", value.get()),
            Outcome::Unscored(reason) => reason.kind().to_owned(),
        };
        assert_eq!(found, value, "{measure} {language}");
    };
    use MeasureName as M;
    check(
        M::ExactMatch,
        "en",
        answers(&["Paris"]),
        says("paris."),
        "1.0000",
    );
    check(
        M::ExactMatch,
        "en",
        answers(&["Paris"]),
        says("It is Paris."),
        "0.0000",
    );
    check(
        M::ExactMatch,
        "en",
        answers(&["Paris"]),
        cut("Paris"),
        "cut",
    );
    check(M::ExactMatch, "en", answers(&["Paris"]), None, "missing");
    check(
        M::ExactMatch,
        "en",
        answers(&["Paris"]),
        likely(&[-1.0]),
        "wrong_kind",
    );
    check(
        M::F1,
        "en",
        answers(&["red apple"]),
        says("red pear"),
        "0.5000",
    );
    check(
        M::Chrf,
        "sw",
        answers(&["Habari ya asubuhi"]),
        says("Habari ya asubuhi"),
        "1.0000",
    );
    check(
        M::Bleu,
        "en",
        answers(&["the cat sat on the mat"]),
        says("the cat sat on the mat"),
        "1.0000",
    );
    check(
        M::RougeL,
        "en",
        answers(&["a b c d"]),
        says("a c x y"),
        "0.5000",
    );
    check(
        M::NumericMatch,
        "sw",
        number("1250"),
        says("Jibu ni 1,250."),
        "1.0000",
    );
    check(
        M::NumericMatch,
        "hi",
        number("18"),
        says("उत्तर १८ है।"),
        "1.0000",
    );
    check(M::NumericMatch, "en", number("5"), says("-5"), "0.0000");
    check(M::NumericMatch, "en", number("5"), says("five"), "0.0000");
    check(M::NumericMatch, "en", number("12"), cut("It is 12"), "cut");
    check(
        M::Contains,
        "en",
        holds(&["wells", "rain"], true),
        says("Rain fills wells."),
        "1.0000",
    );
    check(
        M::Contains,
        "en",
        holds(&["wells", "rain"], true),
        cut("Rain fills"),
        "cut",
    );
    check(
        M::Contains,
        "en",
        holds(&["wells", "rain"], false),
        cut("Rain fills"),
        "1.0000",
    );
    check(
        M::Contains,
        "en",
        holds(&["rain"], false),
        says("It trains."),
        "0.0000",
    );
    check(
        M::Pattern,
        "en",
        pattern("[0-9]{4}"),
        says("in 1999"),
        "1.0000",
    );
    check(
        M::Pattern,
        "en",
        pattern("[0-9]{4}"),
        says("then"),
        "0.0000",
    );
}

/// Expected: sacrebleu 2.6.0, `corpus_bleu` and `corpus_chrf` over 100.
#[test]
fn a_corpus_is_scored_from_its_sums() {
    let rows = || {
        [
            ("The cat sat on the mat.", "The cat sat on a mat."),
            (
                "A dog ran home in the rain.",
                "The dog ran home through the rain.",
            ),
            ("Nobody came.", "Nobody came at all."),
        ]
        .into_iter()
        .enumerate()
        .map(|(n, (reply, reference))| {
            let expect = Expectation::Answers(vec![reference.to_owned()]);
            (case(&format!("en/{n}/original"), expect), says(reply))
        })
        .collect::<Vec<_>>()
    };
    let measures = [MeasureName::CorpusBleu, MeasureName::CorpusChrf];
    let level = Decimal::new(0.95).unwrap();
    let figures = |rows| {
        let found = estimate(&scored(&measures, rows), level, &[]);
        let all = found.into_iter().filter(|e| e.stratum == Stratum::All);
        all.map(|e| {
            (
                e.point.unwrap().get(),
                e.interval.map(|i| (i.lower.get(), i.upper.get())),
            )
        })
        .collect::<Vec<_>>()
    };
    let found = figures(rows());
    for ((point, interval), expect) in found
        .iter()
        .zip([0.330_100_830_985_150_25, 0.599_616_087_576_636_1])
    {
        assert!((point - expect).abs() < 1e-9, "{point} {expect}");
        let (lower, upper) = interval.unwrap();
        assert!(lower < *point && *point < upper, "{lower} {point} {upper}");
    }
    // What is missing has no bound: the figure is that of the rest, without an interval.
    let mut missing = rows();
    missing[2].1 = None;
    assert!(
        figures(missing)
            .iter()
            .all(|(_, interval)| interval.is_none())
    );
}
