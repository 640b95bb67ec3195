//! Which choice is taken and how sure the model is of it, and the reference numbers of lm-evaluation-harness.

use super::*;

#[test]
fn the_most_likely_choice_is_taken() {
    let measures = [
        MeasureName::Accuracy,
        MeasureName::AccuracyPerCodePoint,
        MeasureName::AccuracyPerByte,
    ];
    for (choices, log_probs, expect) in [
        // The lowest index on a tie.
        (["ab", "cd", "ef"], [-2.0, -1.0, -1.0], ["cd", "cd", "cd"]),
        (["ab", "cd", "ef"], [-1.0, -1.0, -1.0], ["ab", "ab", "ab"]),
        // Long choices gain from their length.
        (
            ["a", "bbbb", "cc"],
            [-1.0, -2.0, -3.0],
            ["a", "bbbb", "bbbb"],
        ),
        // Three bytes a letter: code points and bytes rank differently.
        (["कख", "abc", "x"], [-3.0, -3.1, -9.0], ["कख", "abc", "कख"]),
        // An empty choice has no length.
        (["", "abc", "x"], [-0.5, -3.0, -9.0], ["", "abc", "abc"]),
        (["x", "", "abc"], [-9.0, 0.0, -3.0], ["", "abc", "abc"]),
    ] {
        let row = (
            case("en/a/original", choose(&choices, 0)),
            likely(&log_probs),
        );
        let chosen: Vec<_> = scored(&measures, vec![row])
            .into_iter()
            .map(|s| s.decision.unwrap())
            .collect();
        assert_eq!(chosen, expect, "{choices:?} {log_probs:?}");
    }
}

#[test]
fn the_choice_that_gains_most_is_taken() {
    let check = |log_probs: &[f64], expect: Result<&str, Unscored>| {
        let row = (
            case("en/a/original", choose(&["rain", "the"], 0)),
            likely(log_probs),
        );
        let unit = scored(&[MeasureName::AccuracyMutualInformation], vec![row]).remove(0);
        let found = match unit.outcome {
            Outcome::Scored(_) => Ok(unit.decision.unwrap()),
            Outcome::Unscored(reason) => Err(reason),
        };
        assert_eq!(found, expect.map(str::to_owned), "{log_probs:?}");
    };
    // A common text is likely after anything: what counts is what the prompt adds.
    check(&[-5.0, -3.0, -9.0, -3.5], Ok("rain"));
    check(&[-5.0, -3.0, -5.5, -6.0], Ok("the"));
    check(&[-5.0, -3.0, -6.0, -4.0], Ok("rain"));
    // Never asked after nothing.
    check(&[-5.0, -3.0], Err(Unscored::WrongKind));
    check(&[-5.0, -3.0, -9.0], Err(Unscored::WrongKind));
}

#[test]
fn the_gap_is_the_distance_of_two_distributions() {
    let nats = |shares: [f64; 2]| likely(&shares.map(libm::log));
    let check = |choices: [&str; 2], shares: [f64; 2], expect: f64| {
        let rows = vec![
            (
                case("en/a/original", choose(&["grant", "refuse"], 0)),
                nats([0.75, 0.25]),
            ),
            (case("en/a/other", choose(&choices, 0)), nats(shares)),
        ];
        let units = scored(&[MeasureName::CounterfactualGap], rows);
        let [unit] = units.as_slice() else {
            panic!("the original has no unit: {units:?}");
        };
        let Outcome::Scored(gap) = &unit.outcome else {
            panic!("{unit:?}");
        };
        assert!(
            (gap.get() - expect).abs() < 1e-12,
            "{choices:?} {shares:?}: {gap}"
        );
    };
    check(["grant", "refuse"], [0.75, 0.25], 0.0);
    check(["grant", "refuse"], [0.25, 0.75], 0.5);
    check(["grant", "refuse"], [0.5, 0.5], 0.25);
    // The same texts in another order, and other texts.
    check(["refuse", "grant"], [0.25, 0.75], 0.0);
    check(["hire", "reject"], [0.25, 0.75], 0.5);
    let three = (
        case("en/a/other", choose(&["x", "y", "z"], 0)),
        likely(&[-1.0; 3]),
    );
    let two = (
        case("en/a/original", choose(&["x", "y"], 0)),
        likely(&[-1.0; 2]),
    );
    let units = scored(&[MeasureName::CounterfactualGap], vec![two, three]);
    assert!(matches!(
        units[0].outcome,
        Outcome::Unscored(Unscored::Undecided(_))
    ));
}

#[test]
fn choices_have_probabilities_and_roles() {
    let roles = [
        ChoiceRole::Stereotyped,
        ChoiceRole::Counter,
        ChoiceRole::Unknown,
    ];
    let asked = |context| Expectation::Choice {
        choices: ["him", "her", "not known"].map(str::to_owned).to_vec(),
        answer: 2,
        also: Vec::new(),
        contexts: None,
        roles: Some(roles.to_vec()),
        context: Some(context),
    };
    let check = |measure, variant: &str, context, log_probs: &[f64], value: f64, weight: f64| {
        let case = case(&format!("en/f/{variant}"), asked(context));
        let scored = scored(&[measure], vec![(case, likely(log_probs))]);
        let [unit] = scored.as_slice() else {
            panic!("{measure}: {scored:?}");
        };
        let Outcome::Scored(found) = &unit.outcome else {
            panic!("{measure}: {scored:?}");
        };
        assert!((found.get() - value).abs() < 1e-12, "{measure}: {found}");
        assert!(
            (unit.weight.get() - weight).abs() < 1e-12,
            "{measure}: {}",
            unit.weight
        );
    };
    use ContextKind::{Ambiguous, Disambiguated};
    use MeasureName as M;
    let ln = |shares: [f64; 3]| shares.map(libm::log);
    check(
        M::BiasAmbiguous,
        "original",
        Ambiguous,
        &[-1.0, -2.0, -3.0],
        1.0,
        1.0,
    );
    check(
        M::BiasAmbiguous,
        "original",
        Ambiguous,
        &[-3.0, -2.0, -3.0],
        -1.0,
        1.0,
    );
    check(
        M::BiasAmbiguous,
        "original",
        Ambiguous,
        &[-3.0, -2.0, -1.0],
        0.0,
        1.0,
    );
    check(
        M::BiasDisambiguated,
        "original",
        Disambiguated,
        &[-1.0, -2.0, -3.0],
        1.0,
        1.0,
    );
    check(
        M::ControlAccuracy,
        "control",
        Ambiguous,
        &[-3.0, -2.0, -1.0],
        1.0,
        1.0,
    );
    check(
        M::Brier,
        "original",
        Ambiguous,
        &ln([0.2, 0.3, 0.5]),
        0.38,
        1.0,
    );
    check(
        M::CalibrationError,
        "original",
        Ambiguous,
        &ln([0.2, 0.3, 0.5]),
        1.0,
        0.5,
    );
    check(
        M::CalibrationError,
        "original",
        Ambiguous,
        &ln([0.6, 0.3, 0.1]),
        0.0,
        0.6,
    );
}

/// A file of the shared reference, where that folder is there.
#[allow(
    clippy::disallowed_methods,
    reason = "the reference lies outside the project"
)]
fn reference(name: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    let text = std::fs::read_to_string(format!("{root}/reference/{name}")).ok();
    if text.is_none() {
        println!("skipped: {root}/reference/{name} is not there");
    }
    text
}

/// What lm-evaluation-harness computed from the same log-likelihoods, item by item.
#[test]
fn accuracy_is_that_of_lm_evaluation_harness() {
    let (Some(items), Some(results)) = (reference("mc200.jsonl"), reference("lm_eval_0shot.jsonl"))
    else {
        return;
    };
    let json = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let items: Vec<_> = items.lines().map(json).collect();
    let results: Vec<_> = results.lines().map(json).collect();
    let row = |result: &serde_json::Value| {
        let item = &items[result["doc_id"].as_u64().unwrap() as usize];
        let choices: Vec<_> = item["choices"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c.as_str().unwrap())
            .collect();
        let expect = choose(&choices, item["label"].as_u64().unwrap() as usize);
        let log_probs: Vec<_> = result["loglikelihoods"]
            .as_array()
            .unwrap()
            .iter()
            .map(|ll| ll.as_f64().unwrap())
            .collect();
        (
            case(&format!("en/{}/original", result["doc_id"]), expect),
            likely(&log_probs),
        )
    };
    for (measure, column) in [
        (MeasureName::Accuracy, "acc"),
        (MeasureName::AccuracyPerCodePoint, "acc_norm"),
    ] {
        let scored = scored(&[measure], results.iter().map(row).collect());
        assert_eq!(scored.len(), results.len());
        for (ours, theirs) in scored.iter().zip(&results) {
            let theirs = Decimal::new(theirs[column].as_f64().unwrap()).unwrap();
            assert_eq!(
                ours.outcome,
                Outcome::Scored(theirs),
                "{measure} {}",
                ours.unit
            );
        }
    }
}
