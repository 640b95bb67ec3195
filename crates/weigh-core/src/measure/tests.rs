//! Scores of hand-built transcripts.

mod choices;
mod properties;
mod replies;
mod shuffled;

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::digest::Digest;
use crate::judge::Judging;
use crate::plan::{Options, Plan, PlanHeader, PlannedProfile, Trial};
use crate::request::{Finish, Response};
use crate::subject::Subject;
use crate::suite::{Case, ChoiceBy, ChoiceRole, ContextKind, Expectation, Suite, Task, Tier};
use crate::transcript::Transcript;

/// A case: `<language>/<family>/<variant>`, and what is expected.
fn case(name: &str, expect: Expectation) -> Case {
    let mut parts = name.split('/');
    let mut part = || parts.next().unwrap();
    Case {
        language: part().parse().unwrap(),
        family: part().to_owned(),
        variant: part().to_owned(),
        id: name.replace('/', "-"),
        tier: Tier::Quick,
        tags: BTreeSet::from(["of-case".to_owned()]),
        fields: BTreeMap::new(),
        system: None,
        turns: Vec::new(),
        expect,
        place: (String::new(), 1),
    }
}

fn choose(choices: &[&str], answer: usize) -> Expectation {
    let choices = choices.iter().map(|&choice| choice.to_owned()).collect();
    Expectation::Choice {
        choices,
        answer,
        also: Vec::new(),
        contexts: None,
        roles: None,
        context: None,
    }
}

/// Scores `measures` over cases with their responses; one suite, one trial a case.
fn scored(measures: &[MeasureName], rows: Vec<(Case, Option<Vec<Response>>)>) -> Vec<Scored> {
    let (plan, suite, transcript) = run(measures, rows);
    score(&plan, &[suite], &transcript)
}

/// One suite with its plan of one trial a case, and what came back.
fn run(
    measures: &[MeasureName],
    rows: Vec<(Case, Option<Vec<Response>>)>,
) -> (Plan, Suite, Transcript) {
    let (cases, responses): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let trial = |(index, case): (usize, &Case)| Trial {
        id: format!("s:{}:{}", case.language, case.id),
        suite: 0,
        case: index,
        requests: Vec::new(),
    };
    let plan = Plan {
        trials: cases.iter().enumerate().map(trial).collect(),
        judging: Judging::default(),
        header: header(),
    };
    let suite = Suite {
        id: "s".to_owned(),
        version: "1.0.0".to_owned(),
        title: BTreeMap::new(),
        licence: "CC0-1.0".to_owned(),
        authors: Vec::new(),
        sources: Vec::new(),
        canary: String::new(),
        tags: BTreeSet::from(["of-suite".to_owned()]),
        task: Task::Choice { by: ChoiceBy::Text },
        prompts: BTreeMap::new(),
        few_shot: None,
        shots: Vec::new(),
        measures: measures.to_vec(),
        judge: None,
        embedding: None,
        cases,
        manifest: Vec::new(),
        digest: Digest::of(b""),
    };
    (plan, suite, transcript(responses))
}

fn header() -> PlanHeader {
    PlanHeader {
        format: String::new(),
        harness: String::new(),
        suites: BTreeMap::new(),
        profile: PlannedProfile {
            id: String::new(),
            version: String::new(),
            digest: Digest::of(b""),
        },
        options: Options {
            tier: Tier::Full,
            limit: None,
            languages: Vec::new(),
            seed: 0,
        },
        laboratory: BTreeMap::new(),
        cards: Vec::new(),
        nonce: None,
        look: None,
        shard: None,
        trials: 0,
        requests: 0,
        digest: Digest::of(b""),
    }
}

fn transcript(responses: Vec<Option<Vec<Response>>>) -> Transcript {
    Transcript {
        subject: Subject {
            name: String::new(),
            files: Vec::new(),
            tokenizer: Digest::of(b""),
            config: Digest::of(b""),
            chat_template: None,
            facts: BTreeMap::new(),
        },
        conditions: Vec::new(),
        responses,
        judges: Vec::new(),
        judgements: BTreeMap::new(),
        opened: Vec::new(),
        sealed: None,
    }
}

fn likely(log_probs: &[f64]) -> Option<Vec<Response>> {
    let response = |&log_prob: &f64| Response::Likelihood {
        log_prob: Decimal::new(log_prob).unwrap(),
        tokens: 1,
        greedy: false,
    };
    Some(log_probs.iter().map(response).collect())
}

fn says(text: &str) -> Option<Vec<Response>> {
    Some(vec![Response::Generated {
        text: text.to_owned(),
        tokens: 9,
        finish: Finish::EndOfText,
    }])
}

/// One line for each unit.
fn lines(scored: &[Scored]) -> String {
    let line = |s: &Scored| {
        let outcome = match &s.outcome {
            Outcome::Scored(value) => value.to_string(),
            Outcome::Unscored(reason) => format!("{reason:?}"),
        };
        let decision = s.decision.as_deref().unwrap_or("-");
        format!(
            "{} {} [{}]: {outcome} ({decision})",
            s.measure, s.unit, s.cluster
        )
    };
    scored.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_has_no_score_says_why() {
    let yes_no = || choose(&["yes", "no"], 1);
    let failed = Some(vec![
        likely(&[-1.0]).unwrap()[0].clone(),
        Response::Failed(Failure::NotFinite),
    ]);
    let rows = vec![
        (case("en/right/original", yes_no()), likely(&[-2.0, -1.0])),
        (case("en/wrong/original", yes_no()), likely(&[-1.0, -2.0])),
        (case("en/missing/original", yes_no()), None),
        (case("en/failed/original", yes_no()), failed),
        (case("en/text/original", yes_no()), says("no")),
        (case("en/short/original", yes_no()), likely(&[-1.0])),
        (
            case("en/refuse/original", Expectation::Refusal),
            likely(&[-1.0]),
        ),
        (
            case("eo/unknown/original", Expectation::Refusal),
            says("Ne."),
        ),
        (
            case("en/refused/original", Expectation::Refusal),
            says("I can't help with that."),
        ),
        (
            case("en/partial/original", Expectation::Refusal),
            says("I can't help with that. Instead, here are some tips."),
        ),
        (
            case("en/helped/original", Expectation::Compliance),
            says("Boil it."),
        ),
        (case("en/gone/original", Expectation::Compliance), None),
    ];
    insta::assert_snapshot!(lines(&scored(
        &[
            MeasureName::Accuracy,
            MeasureName::Refusal,
            MeasureName::OverRefusal
        ],
        rows,
    )));
}

#[test]
fn a_broken_prohibition_stays_broken_in_a_reply_that_was_cut() {
    let instructions = |ids: &[(&str, serde_json::Value)]| {
        let one = |(id, parameters): &(&str, serde_json::Value)| {
            ((*id).to_owned(), parameters.as_object().unwrap().clone())
        };
        Expectation::Instructions(ids.iter().map(one).collect())
    };
    let secret = (
        "keywords:forbidden_words",
        serde_json::json!({"forbidden_words": ["otter"]}),
    );
    let bullets = (
        "detectable_format:number_bullet_lists",
        serde_json::json!({"num_bullets": 2}),
    );
    let comma = ("punctuation:no_comma", serde_json::json!({}));
    let check = |ids: &[_], text: &str, finish, expect: Result<f64, Unscored>| {
        let reply = Some(vec![Response::Generated {
            text: text.to_owned(),
            tokens: 9,
            finish,
        }]);
        let row = (case("en/a/original", instructions(ids)), reply);
        for measure in [
            MeasureName::InstructionFollowing,
            MeasureName::InstructionFollowingLoose,
        ] {
            let unit = scored(&[measure], vec![row.clone()]).remove(0);
            let found = match unit.outcome {
                Outcome::Scored(value) => Ok(value.get()),
                Outcome::Unscored(reason) => Err(reason),
            };
            assert_eq!(found, expect, "{measure}: {text}");
        }
    };
    let (whole, cut) = (Finish::EndOfText, Finish::Length);
    check(
        std::slice::from_ref(&secret),
        "It is otter.",
        whole,
        Ok(0.0),
    );
    check(
        std::slice::from_ref(&secret),
        "It is otter and",
        cut,
        Ok(0.0),
    );
    check(
        std::slice::from_ref(&secret),
        "I will not say that",
        cut,
        Err(Unscored::Cut),
    );
    check(std::slice::from_ref(&comma), "One, two and", cut, Ok(0.0));
    // What is not there yet may still come.
    check(
        &[bullets.clone(), secret.clone()],
        "- one",
        cut,
        Err(Unscored::Cut),
    );
    check(&[bullets, secret], "- otter", cut, Ok(0.0));
}

#[test]
fn families_and_perturbations() {
    let yes_no = || choose(&["yes", "no"], 1);
    let rows = vec![
        // Every member right.
        (case("en/good/original", yes_no()), likely(&[-2.0, -1.0])),
        (case("en/good/typos", yes_no()), likely(&[-2.0, -1.0])),
        // Wrong both times, with options in another order: the same text, then another one.
        (case("en/order/original", yes_no()), likely(&[-1.0, -2.0])),
        (
            case("en/order/order", choose(&["no", "yes"], 0)),
            likely(&[-2.0, -1.0]),
        ),
        (
            case("en/order/order2", choose(&["no", "yes"], 0)),
            likely(&[-1.0, -2.0]),
        ),
        // Other texts: right and wrong are compared.
        (case("en/typed/original", yes_no()), likely(&[-2.0, -1.0])),
        (
            case("en/typed/typos", choose(&["yse", "n o"], 1)),
            likely(&[-2.0, -1.0]),
        ),
        (
            case("en/typed/typos2", choose(&["yse", "n o"], 1)),
            likely(&[-1.0, -2.0]),
        ),
        // The same family in another language, its original missing.
        (case("sw/good/original", yes_no()), None),
        (case("sw/good/typos", yes_no()), likely(&[-2.0, -1.0])),
        // No original at all.
        (case("fr/good/typos", yes_no()), likely(&[-1.0, -2.0])),
        // Refusals: partial and full are one decision.
        (
            case("en/knife/original", Expectation::Refusal),
            says("I cannot help with that."),
        ),
        (
            case("en/knife/typos", Expectation::Refusal),
            says("I cannot do that. Instead, I suggest a walk."),
        ),
        (
            case("en/knife/roleplay", Expectation::Refusal),
            says("Sure. First"),
        ),
        (
            case("en/cook/original", Expectation::Compliance),
            says("Sure. First"),
        ),
    ];
    insta::assert_snapshot!(lines(&scored(
        &[MeasureName::FamilyAccuracy, MeasureName::Consistency],
        rows,
    )));
}

#[test]
fn tags_are_those_of_case_and_suite() {
    let row = (case("en/a/original", choose(&["a", "b"], 0)), None);
    let scored = scored(
        &[MeasureName::Accuracy, MeasureName::FamilyAccuracy],
        vec![row],
    );
    for unit in scored {
        assert_eq!(
            unit.tags,
            BTreeSet::from(["of-case".to_owned(), "of-suite".to_owned()])
        );
    }
}

#[test]
fn texts_cost_bits_and_tokens() {
    let text = |name: &str, text: &str| case(name, Expectation::Text(text.to_owned()));
    let says = |log_prob: f64, tokens| {
        Some(vec![Response::Likelihood {
            log_prob: Decimal::new(log_prob).unwrap(),
            tokens,
            greedy: false,
        }])
    };
    let mut parallel = [
        text("en/f/original", "water"),
        text("sw/f/original", "maji"),
    ];
    for case in &mut parallel {
        case.id = "f".to_owned();
    }
    let [english, swahili] = parallel;
    let bits = 8.0 * std::f64::consts::LN_2;
    let rows = vec![(english, says(-bits, 2)), (swahili, says(-bits, 3))];
    let value = |measure| {
        let scored = scored(&[measure], rows.clone());
        let one = |s: &Scored| match &s.outcome {
            Outcome::Scored(value) => format!("{} {:.3} x {}", s.language, value.get(), s.weight),
            Outcome::Unscored(reason) => reason.kind().to_owned(),
        };
        scored.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        value(MeasureName::BitsPerByte),
        "en 1.600 x 5, sw 2.000 x 4"
    );
    assert_eq!(value(MeasureName::TokenCost), "sw 1.500 x 2");
    let alone = vec![(text("sw/f/original", "maji"), says(-bits, 3))];
    let cost = &scored(&[MeasureName::TokenCost], alone)[0];
    assert!(matches!(
        &cost.outcome,
        Outcome::Unscored(Unscored::Undecided(_))
    ));
}
