//! Plans: complete, in one order, the same from the same content, and told why when there is none.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

mod good;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use weigh_core::digest::Digest;
use weigh_core::json;
use weigh_core::plan::{Options, Plan, PlanFault, assigned, plan, walk};
use weigh_core::profile::{self, Profile};
use weigh_core::suite::{self, Case, Expectation, PromptTemplate, Suite, SuiteFile, Tier};

fn suite(id: &str, files: &good::Files) -> Suite {
    let mut files = files.clone();
    good::edit(&mut files, "suite.toml", "demo/suite", id);
    let files: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, bytes)| SuiteFile { path, bytes })
        .collect();
    suite::parse(id, &files).unwrap().suite
}

fn suites() -> Vec<Suite> {
    vec![
        suite("demo/suite", &good::choice()),
        suite("demo/texts", &good::texts()),
    ]
}

fn profile() -> Profile {
    profile::parse("demo.toml", good::PROFILE.as_bytes()).unwrap()
}

fn full() -> Options {
    Options {
        tier: Tier::Full,
        limit: None,
        languages: vec![],
        seed: 1,
    }
}

fn plan_of(suites: &[Suite], options: &Options) -> Result<Plan, PlanFault> {
    let laboratory = BTreeMap::from([("name".to_owned(), "Lab".to_owned())]);
    plan(suites, &profile(), options, &laboratory, "0.1.0")
}

fn ids(plan: &Plan) -> Vec<&str> {
    plan.trials.iter().map(|trial| trial.id.as_str()).collect()
}

/// `families` families of `members` cases in each of `languages`.
fn many(id: &str, languages: &[&str], families: usize, members: usize) -> Suite {
    let mut suite = suite(id, &good::choice());
    let (model, prompt) = (
        suite.cases[0].clone(),
        suite.prompts.values().next().unwrap().clone(),
    );
    suite.cases.clear();
    suite.prompts.clear();
    for language in languages {
        suite
            .prompts
            .insert(language.parse().unwrap(), prompt.clone());
        for n in 0..families * members {
            suite.cases.push(Case {
                id: format!("case-{n}"),
                language: language.parse().unwrap(),
                family: format!("family-{}", n / members),
                ..model.clone()
            });
        }
    }
    suite
}

#[test]
fn a_plan_is_as_it_was() {
    let plan = plan_of(&suites(), &full()).unwrap();
    let lines: Vec<String> = plan
        .trials
        .iter()
        .map(|t| String::from_utf8(json::canonical(t).unwrap()).unwrap())
        .collect();
    let header = serde_json::to_string_pretty(&plan.header).unwrap();
    insta::assert_snapshot!(format!("{header}\n{}", lines.join("\n")));
}

#[test]
fn the_digest_is_over_the_canonical_trials() {
    let plan = plan_of(&suites(), &full()).unwrap();
    let mut bytes = Vec::new();
    for trial in &plan.trials {
        bytes.extend(serde_json_canonicalizer::to_vec(trial).unwrap());
        bytes.push(b'\n');
    }
    assert_eq!(plan.header.digest, Digest::of(&bytes));
    assert_eq!(plan.header.trials, 5);
    assert_eq!(plan.header.requests, 2 + 2 + 3 + 1 + 1);
}

#[test]
fn the_order_of_suites_and_languages_is_nothing() {
    let mut turned = suites();
    turned.reverse();
    let mut options = full();
    options.languages = vec!["en".parse().unwrap(), "en".parse().unwrap()];
    let one = plan_of(&suites(), &options).unwrap();
    assert_eq!(one, plan_of(&turned, &options).unwrap());
    assert_eq!(one.header.options.languages.len(), 1);
    assert!(ids(&one).is_sorted_by(|a, b| a < b));
    assert_eq!(one.trials[0].suite, 0);
    assert_eq!(one.trials[4].suite, 1);
    // The id of a language may begin another's: only whole ids give the order.
    let scripts = many("demo/suite", &["zh", "zh-Hant"], 2, 1);
    let ids_of = plan_of(&[scripts], &full()).unwrap();
    assert!(ids(&ids_of).is_sorted_by(|a, b| a < b));
}

#[test]
fn walking_gives_what_planning_holds() {
    let mut trials = Vec::new();
    let laboratory = BTreeMap::new();
    let header = walk(&suites(), &profile(), &full(), &laboratory, "x", |t| {
        trials.push(t)
    });
    let plan = plan(&suites(), &profile(), &full(), &laboratory, "x").unwrap();
    assert_eq!((header.unwrap(), trials), (plan.header, plan.trials));
}

#[test]
fn a_choice_follows_a_conversation_without_a_delimiter() {
    let mut files = good::choice();
    let chat = "[[prompt.default.turn]]\nrole = \"user\"\ncontent = \"{question}\"\n#";
    good::edit(&mut files, "suite.toml", "[prompt.default]\n", chat);
    let plan = plan_of(&[suite("demo/suite", &files)], &full()).unwrap();
    assert_eq!(
        json::canonical(&plan.trials[0].requests[1]).unwrap(),
        br#"{"likelihood":{"context":{"chat":[{"content":"One?","role":"user"}]},"continuation":"y"}}"#
    );
}

#[test]
fn tiers_hold_each_other() {
    let count = |tier| {
        let options = Options { tier, ..full() };
        plan_of(&[suite("demo/suite", &good::choice())], &options).map(|plan| plan.trials.len())
    };
    assert_eq!(count(Tier::Quick), Ok(1));
    assert_eq!(count(Tier::Standard), Ok(3));
    assert_eq!(count(Tier::Full), Ok(3));
}

#[test]
fn a_language_is_chosen_exactly() {
    let suites = [many("demo/suite", &["en", "pt", "pt-BR"], 2, 1)];
    let options = Options {
        languages: vec!["pt".parse().unwrap()],
        ..full()
    };
    let plan = plan_of(&suites, &options).unwrap();
    assert_eq!(ids(&plan), ["demo/suite:pt:case-0", "demo/suite:pt:case-1"]);
}

#[test]
fn every_fault_is_told() {
    let [choice, texts] = suites().try_into().unwrap();
    let check = |suites: &[Suite], options: &Options, expect: &str| {
        let fault = plan_of(suites, options).unwrap_err();
        assert_eq!(fault.to_string(), expect);
    };
    let spoilt = |change: fn(&mut Suite)| {
        let mut suite = choice.clone();
        change(&mut suite);
        [suite]
    };
    let none = "the tier, the languages and the limit leave nothing to run";
    check(&[], &full(), none);
    check(
        std::slice::from_ref(&choice),
        &Options {
            limit: Some(0),
            ..full()
        },
        none,
    );
    check(
        &[texts],
        &Options {
            tier: Tier::Quick,
            ..full()
        },
        none,
    );
    check(
        &[choice.clone(), choice.clone()],
        &full(),
        "two suites have the id `demo/suite`",
    );
    check(
        std::slice::from_ref(&choice),
        &Options {
            languages: vec!["sw".parse().unwrap()],
            ..full()
        },
        "no suite has cases in the language `sw`",
    );
    check(
        std::slice::from_ref(&choice),
        &Options {
            seed: 1 << 53,
            ..full()
        },
        "the seed 9007199254740992 is above 9007199254740991",
    );
    check(
        &spoilt(|suite| {
            suite
                .measures
                .retain(|measure| measure.as_str() != "accuracy")
        }),
        &full(),
        "`right` requires `accuracy`, which the suite `demo/suite` does not score",
    );
    check(
        &spoilt(|suite| "a".clone_into(&mut suite.cases[1].id)),
        &full(),
        "the trial `demo/suite:en:a` stands twice",
    );
    check(
        &spoilt(|suite| suite.cases[0].fields.clear()),
        &full(),
        "the trial `demo/suite:en:a` has no prompt: the case lacks the field `question`",
    );
    check(
        &spoilt(|suite| suite.cases[0].expect = Expectation::Refusal),
        &full(),
        "the trial `demo/suite:en:a` has no prompt: what is expected does not fit the suite's task",
    );
    check(
        &spoilt(|suite| suite.prompts.clear()),
        &full(),
        "the trial `demo/suite:en:a` has no prompt: the suite has none for `en`",
    );
    check(
        &spoilt(|suite| {
            let stray = PromptTemplate::Text {
                template: "}".into(),
                delimiter: " ".into(),
            };
            suite
                .prompts
                .values_mut()
                .for_each(|prompt| prompt.template = stray.clone());
        }),
        &full(),
        "the trial `demo/suite:en:a` has no prompt: the template of `en` is not well-formed",
    );
}

/// The families of a plan, by language, with how many of their cases are in it.
fn drawn(suite: &Suite, plan: &Plan) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut drawn: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for trial in &plan.trials {
        let case = &suite.cases[trial.case];
        let families = drawn.entry(case.language.to_string()).or_default();
        *families.entry(case.family.clone()).or_default() += 1;
    }
    drawn
}

proptest! {
    #[test]
    fn a_limit_draws_whole_families_and_a_larger_one_more(
        seed in 0_u64..1 << 53, families in 1_usize..12, members in 1_usize..4, limit in 1_u32..14,
    ) {
        let suite = many("demo/suite", &["en", "sw"], families, members);
        let of = |limit| {
            let options = Options { limit: Some(limit), seed, ..full() };
            plan_of(std::slice::from_ref(&suite), &options).unwrap()
        };
        let (less, more) = (of(limit), of(limit + 1));
        let some = drawn(&suite, &less);
        prop_assert_eq!(some["en"].len(), families.min(limit as usize));
        prop_assert!(some["en"].values().all(|count| *count == members));
        prop_assert_eq!(&some["en"], &some["sw"]);
        let more: BTreeSet<&str> = ids(&more).into_iter().collect();
        prop_assert!(ids(&less).into_iter().all(|id| more.contains(id)));
    }

    #[test]
    fn a_draw_is_what_its_rule_says(seed in 0_u64..1 << 53, limit in 1_usize..8) {
        let suite = many("demo/suite", &["en"], 8, 1);
        let options = Options { limit: Some(limit as u32), seed, ..full() };
        let plan = plan_of(std::slice::from_ref(&suite), &options).unwrap();
        let mut ranked: Vec<String> = (0..8).map(|n| format!("family-{n}")).collect();
        ranked.sort_by_key(|f| Digest::of(format!("{seed}\ndemo/suite\n{f}").as_bytes()).to_string());
        let expect: BTreeSet<String> = ranked.into_iter().take(limit).collect();
        let found: BTreeSet<String> = drawn(&suite, &plan)["en"].keys().cloned().collect();
        prop_assert_eq!(found, expect);
    }

    /// A family has one shard in all its languages and in every plan that has it.
    #[test]
    fn a_shard_has_whole_families_whatever_else_is_planned(
        families in 1_usize..12, members in 1_usize..4, of in 1_u32..9, limit in 1_u32..14,
    ) {
        let suites = [
            many("demo/other", &["sw"], families, 1),
            many("demo/suite", &["en", "sw"], families, members),
        ];
        let whole = plan_of(&suites, &full()).unwrap();
        let options = Options { limit: Some(limit), ..full() };
        let some = plan_of(&suites[1..], &options).unwrap();
        let mut homes: BTreeMap<(String, String), u32> = BTreeMap::new();
        let mut known = |plan: &Plan, suites: &[Suite]| {
            let assigned = assigned(plan, suites, of);
            assert_eq!(assigned.len(), plan.trials.len());
            plan.trials.iter().zip(assigned).all(|(trial, home)| {
                let suite = &suites[trial.suite];
                let key = (suite.id.clone(), suite.cases[trial.case].family.clone());
                (1..=of).contains(&home) && *homes.entry(key).or_insert(home) == home
            })
        };
        prop_assert!(known(&whole, &suites));
        prop_assert!(known(&some, &suites[1..]));
    }
}
