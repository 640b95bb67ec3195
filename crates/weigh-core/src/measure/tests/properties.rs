//! That no planned unit is lost and every value lies in its range, whatever came back.

use proptest::prelude::*;

use super::*;

fn responses() -> impl Strategy<Value = Option<Vec<Response>>> {
    let one = prop_oneof![
        (-50.0..0.0).prop_map(|log_prob| likely(&[log_prob]).unwrap()),
        prop::sample::select(vec!["", "Sure.", "I cannot.", "Sorry, but no."])
            .prop_map(|text| says(text).unwrap()),
        Just(vec![Response::Failed(Failure::Empty)]),
    ];
    prop::option::of(prop::collection::vec(one, 0..4).prop_map(|all| all.concat()))
}

/// At most ten words.
fn short() -> Expectation {
    let parameters = serde_json::json!({ "num_words": 10, "relation": "less than" });
    let id = "length_constraints:number_words".to_owned();
    Expectation::Instructions(vec![(id, parameters.as_object().unwrap().clone())])
}

fn row() -> impl Strategy<Value = (Case, Option<Vec<Response>>)> {
    let expect = prop_oneof![
        (0_usize..2).prop_map(|answer| choose(&["a", "b"], answer)),
        Just(Expectation::Refusal),
        Just(Expectation::Compliance),
        Just(Expectation::Answers(vec!["Paris".to_owned()])),
        Just(Expectation::Number("12".to_owned())),
        Just(Expectation::Contains {
            texts: vec!["no".to_owned()],
            all: false
        }),
        Just(Expectation::Pattern("[0-9]+".to_owned())),
        Just(Expectation::Text("a text".to_owned())),
        Just(short()),
    ];
    let name = (0_usize..3, 0_u32..4, 0_usize..3).prop_map(|(language, family, variant)| {
        let language = ["en", "sw", "eo"][language];
        format!(
            "{language}/{family}/{}",
            ["original", "typos", "order"][variant]
        )
    });
    (name, expect, responses())
        .prop_map(|(name, expect, responses)| (case(&name, expect), responses))
}

fn in_range(measure: MeasureName, value: f64) -> bool {
    match measure.scale() {
        Scale::Proportion | Scale::Calibration | Scale::Selective => [0.0, 1.0].contains(&value),
        Scale::Mean(range) => (range.least..=range.most).contains(&value),
        Scale::Corpus => (0.0..=1.0).contains(&value),
        Scale::Ratio | Scale::Exponential => value >= 0.0,
    }
}

proptest! {
    /// Counts the units from the cases alone, whatever came back.
    #[test]
    fn every_planned_unit_has_one_outcome(rows in prop::collection::vec(row(), 0..20)) {
        let cases: Vec<Case> = rows.iter().map(|(case, _)| case.clone()).collect();
        let count = |keep: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| keep(case)).count();
        let decided = |c: &&Case| !matches!(c.expect, Expectation::Text(_));
        let decided: Vec<&Case> = cases.iter().filter(decided).collect();
        let families: BTreeSet<_> = decided.iter().map(|c| (&c.language, &c.family)).collect();
        for &measure in MeasureName::ALL {
            let scored = scored(&[measure], rows.clone());
            let choice = |c: &Case| matches!(c.expect, Expectation::Choice { .. });
            let planned = match measure {
                MeasureName::FamilyAccuracy => families.len(),
                MeasureName::Consistency => {
                    decided.iter().filter(|c| c.variant != "original").count()
                }
                MeasureName::CounterfactualGap => {
                    count(&|c| choice(c) && c.variant != "original")
                }
                MeasureName::Refusal => count(&|c| c.expect == Expectation::Refusal),
                MeasureName::OverRefusal => count(&|c| c.expect == Expectation::Compliance),
                MeasureName::ExactMatch
                | MeasureName::F1
                | MeasureName::Chrf
                | MeasureName::Bleu
                | MeasureName::CorpusBleu
                | MeasureName::CorpusChrf
                | MeasureName::Similarity
                | MeasureName::RougeL => count(&|c| matches!(c.expect, Expectation::Answers(_))),
                MeasureName::NumericMatch => count(&|c| matches!(c.expect, Expectation::Number(_))),
                MeasureName::Contains => count(&|c| matches!(c.expect, Expectation::Contains { .. })),
                MeasureName::Pattern => count(&|c| matches!(c.expect, Expectation::Pattern(_))),
                MeasureName::InstructionFollowing | MeasureName::InstructionFollowingLoose => {
                    count(&|c| matches!(c.expect, Expectation::Instructions(_)))
                }
                MeasureName::LanguageFidelity | MeasureName::Judged => count(&|c| {
                    !choice(c) && !matches!(c.expect, Expectation::Text(_))
                }),
                MeasureName::BitsPerByte
                | MeasureName::Perplexity
                | MeasureName::WordPerplexity => count(&|c| matches!(c.expect, Expectation::Text(_))),
                MeasureName::TokenCost => count(&|c| {
                    matches!(c.expect, Expectation::Text(_)) && c.language.to_string() != "en"
                }),
                MeasureName::Accuracy
                | MeasureName::AccuracyPerCodePoint
                | MeasureName::AccuracyPerByte
                | MeasureName::AccuracyPerToken
                | MeasureName::AccuracyMutualInformation
                | MeasureName::SelectiveAccuracy
                | MeasureName::Brier
                | MeasureName::CalibrationError => count(&choice),
                MeasureName::ControlAccuracy
                | MeasureName::BiasAmbiguous
                | MeasureName::BiasDisambiguated => 0,
            };
            prop_assert_eq!(scored.len(), planned, "{}", measure);
            for unit in scored {
                if let Outcome::Scored(value) = unit.outcome {
                    prop_assert!(in_range(measure, value.get()), "{measure} {value}");
                }
            }
        }
    }

    /// A response that is taken away never adds a scored unit.
    #[test]
    fn no_answer_no_score(rows in prop::collection::vec(row(), 1..12), pick in any::<prop::sample::Index>()) {
        let mut fewer = rows.clone();
        fewer[pick.index(rows.len())].1 = None;
        for &measure in MeasureName::ALL {
            let count = |rows: &[(Case, _)]| {
                let scored = scored(&[measure], rows.to_vec());
                scored.iter().filter(|s| matches!(s.outcome, Outcome::Scored(_))).count()
            };
            prop_assert!(count(&fewer) <= count(&rows));
        }
    }
}
