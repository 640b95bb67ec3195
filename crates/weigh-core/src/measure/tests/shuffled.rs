//! Replies that are held against the key of another case.

use super::*;

fn number(text: &str) -> Expectation {
    Expectation::Number(text.to_owned())
}

#[test]
fn each_reply_meets_the_next_other_key_of_its_language() {
    use MeasureName::{Accuracy, FamilyAccuracy, NumericMatch, OverRefusal};
    let rows = vec![
        // Its own key is 1; the next of another family and with another key is 3, of its language.
        (case("en/a/original", number("1")), says("3")),
        (case("en/a/numbers", number("2")), says("2")),
        (case("fr/z/original", number("3")), says("3")),
        (case("en/b/original", number("1")), says("3")),
        (case("en/c/original", number("3")), says("1")),
        (case("en/c/cut", number("4")), None),
        (case("en/d/original", Expectation::Compliance), says("1")),
        (
            case("en/e/original", choose(&["x", "y"], 0)),
            likely(&[-1.0, -2.0]),
        ),
    ];
    let measures = [NumericMatch, FamilyAccuracy, OverRefusal, Accuracy];
    let (plan, suite, transcript) = run(&measures, rows);
    insta::assert_snapshot!(lines(&shuffled(&plan, &[suite], &transcript)), @"
    numeric_match s:en:en-a-original [a]: 1 (3)
    numeric_match s:en:en-a-numbers [a]: 0 (2)
    numeric_match s:en:en-b-original [b]: 1 (3)
    numeric_match s:en:en-c-original [c]: 1 (1)
    numeric_match s:en:en-c-cut [c]: Missing (-)
    ");
}

#[test]
fn a_key_that_all_share_is_lent_to_none() {
    let rows = vec![
        (case("en/a/original", number("1")), says("1")),
        (case("en/b/original", number("1")), says("1")),
        (case("en/b/numbers", number("2")), says("2")),
    ];
    let (plan, suite, transcript) = run(&[MeasureName::NumericMatch], rows);
    let found = shuffled(&plan, &[suite], &transcript);
    let units: Vec<&str> = found.iter().map(|unit| unit.unit.as_str()).collect();
    assert_eq!(units, ["s:en:en-a-original", "s:en:en-b-numbers"]);
    assert!(
        found
            .iter()
            .all(|unit| unit.outcome == Outcome::Scored(Decimal::ZERO))
    );
}
