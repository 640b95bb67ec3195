//! Looks: what an extended run asks, how it is derived again, and how often it is wrong.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may read the shipped profiles, and stop where it stands"
)]

mod error;
#[path = "../shipped/mod.rs"]
mod shipped;
mod town;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use weigh_core::digest::Digest;
use weigh_core::plan::{Earlier, Extended, Options, Plan, PlanFault, plan, plan_look};
use weigh_core::report::{Extension, ExtensionFault, More, Report, ReportFault, extension};
use weigh_core::suite::Tier;
use weigh_core::verdict::Verdict;

use town::{LOCKS, PROFILE, SUMS, Town};

fn options(tier: Tier, limit: Option<u32>) -> Options {
    Options {
        tier,
        limit,
        languages: Vec::new(),
        seed: 7,
    }
}

fn extended(tier: Tier, families: u32, look: u32) -> Extended {
    Extended {
        tier,
        families,
        look,
    }
}

fn ids(plan: &Plan) -> BTreeSet<&str> {
    plan.trials.iter().map(|trial| trial.id.as_str()).collect()
}

/// The look that follows `report`.
fn next(town: &Town, report: &Report) -> Result<Extension, ExtensionFault> {
    extension(report, &town.suites, &town.profile)
}

/// A first run, right in `percent` of its sums, and its report.
fn first(town: &Town, percent: u32, limit: u32) -> Report {
    let plan = town.plan(&options(Tier::Quick, Some(limit)), &Earlier::default());
    town.report(&plan.unwrap(), percent).unwrap()
}

#[test]
fn an_inconclusive_run_is_extended_until_it_is_decided() {
    let town = Town::new(PROFILE);
    let one = first(&town, 70, 12);
    assert_eq!(one.verdict, Verdict::Inconclusive);
    let look = one.plan.look.clone().unwrap();
    assert_eq!((look.number, look.of, look.spent.get()), (1, 3, 0.04));
    let reason = |report: &Report| report.findings[0].reason.clone();
    let extension = next(&town, &one).unwrap();
    assert_eq!(extension.earlier.extends, [one.record.journal_head]);
    let sums = extension.earlier.suites[SUMS];
    assert!(sums.families >= 18 && sums.look == 2, "{sums:?}");
    // Only what is inconclusive is asked more of.
    assert!(!extension.earlier.suites.contains_key(LOCKS));
    let plan_two = town.plan(&one.plan.options, &extension.earlier).unwrap();
    let two = town.report(&plan_two, 70).unwrap();
    let look = two.plan.look.clone().unwrap();
    assert_eq!((look.number, look.spent.get()), (2, 0.045));
    assert_eq!(look.extends, [one.record.journal_head]);
    let level = |report: &Report, suite: &str| {
        let mut estimates = report.estimates.iter();
        let of_suite = estimates.find(|estimate| estimate.suite == suite).unwrap();
        of_suite.interval.as_ref().unwrap().level.to_string()
    };
    // What was not extended keeps the evidence and the confidence of its own last look.
    assert_eq!(
        (level(&one, SUMS), level(&two, SUMS)),
        ("0.96".into(), "0.995".into())
    );
    assert_eq!(
        (level(&one, LOCKS), level(&two, LOCKS)),
        ("0.96".into(), "0.96".into())
    );
    let of = |report: &Report| report.findings[1].clone();
    assert_eq!(of(&one), of(&two));
    insta::assert_snapshot!(format!(
        "{}\n{:#?}\n{}\n{}",
        reason(&one),
        extension.findings,
        reason(&two),
        two.deviations.join("\n")
    ));
}

#[test]
fn every_plan_holds_the_plan_before() {
    let town = Town::new(PROFILE);
    let mut report = first(&town, 62, 4);
    let mut before = ids(&town
        .plan(&report.plan.options, &Earlier::default())
        .unwrap())
    .into_iter()
    .map(str::to_owned)
    .collect::<BTreeSet<_>>();
    let mut looks = 1;
    while let Ok(extension) = next(&town, &report) {
        let plan = town.plan(&report.plan.options, &extension.earlier).unwrap();
        let now: BTreeSet<String> = ids(&plan).into_iter().map(str::to_owned).collect();
        assert!(now.is_superset(&before) && now.len() > before.len());
        (before, looks) = (now, looks + 1);
        report = town.report(&plan, 62).unwrap();
        assert_eq!(report.plan.look.as_ref().unwrap().number, looks);
    }
    assert!(looks > 1);
}

#[test]
fn why_a_run_is_not_extended() {
    let town = Town::new(PROFILE);
    let check = |town: &Town, percent: u32, limit: u32, expect: &str| {
        let report = first(town, percent, limit);
        let found = next(town, &report).unwrap_err();
        assert_eq!(found.to_string(), expect);
        found
    };
    check(
        &town,
        100,
        16,
        "nothing to extend: no finding is inconclusive",
    );
    let no_looks = Town::new(&PROFILE.replace("looks = [\"0.8\", \"0.1\", \"0.1\"]\n", ""));
    let expect = "its profile `town` has no looks, and without them the first look is the last";
    check(&no_looks, 70, 12, expect);
    let one_look = Town::new(&PROFILE.replace("\"0.8\", \"0.1\", \"0.1\"", "\"1\""));
    check(
        &one_look,
        70,
        12,
        "its profile `town` has 1 looks, and all are spent",
    );
    // Every case is asked.
    let mut whole = first(&town, 70, 12);
    whole.plan.options = options(Tier::Full, None);
    let plan = town.plan(&whole.plan.options, &Earlier::default()).unwrap();
    let whole = town.report(&plan, 60).unwrap();
    let Err(ExtensionFault::NothingLeft(findings)) = next(&town, &whole) else {
        panic!("there is nothing left");
    };
    assert_eq!(
        (findings[0].families, findings[0].more),
        (80, More::Exhausted)
    );
}

#[test]
fn looks_that_cannot_be_are_no_plan() {
    let town = Town::new(PROFILE);
    let head = |n: u8| Digest::of(&[n]);
    let sums = |one: Extended| BTreeMap::from([(SUMS.to_owned(), one)]);
    let good = extended(Tier::Quick, 16, 2);
    let check = |extends: Vec<Digest>, suites: BTreeMap<String, Extended>, expect: &str| {
        let earlier = Earlier { extends, suites };
        match town.plan(&options(Tier::Quick, Some(12)), &earlier) {
            Err(PlanFault::Look(why)) => assert_eq!(why, expect),
            other => panic!("{expect}: {:?}", other.map(|plan| plan.header.look)),
        }
    };
    let heads = |count: u8| (0..count).map(head).collect::<Vec<_>>();
    let of_three = "the profile allows 3 looks, and this is look 4";
    check(heads(3), sums(extended(Tier::Quick, 16, 4)), of_three);
    check(
        vec![head(1), head(1)],
        sums(good),
        "it extends one run twice",
    );
    check(heads(1), BTreeMap::new(), "look 2 adds no case");
    check(heads(2), sums(good), "look 3 adds no case");
    let early = format!("suite `{SUMS}` was extended at look 2, of 2 to 1");
    check(heads(0), sums(good), &early);
    let late = format!("suite `{SUMS}` was extended at look 3, of 2 to 2");
    check(heads(1), sums(extended(Tier::Quick, 16, 3)), &late);
    let none = format!("suite `{SUMS}` has no more cases than before");
    check(heads(1), sums(extended(Tier::Quick, 12, 2)), &none);
    let other = BTreeMap::from([("a/b".to_owned(), good)]);
    check(heads(1), other, "suite `a/b` is not one of the run's");
    let no_looks = Town::new(&PROFILE.replace("looks = [\"0.8\", \"0.1\", \"0.1\"]\n", ""));
    let earlier = Earlier {
        extends: heads(1),
        suites: sums(good),
    };
    let fault = no_looks.plan(&options(Tier::Quick, Some(12)), &earlier);
    assert_eq!(
        fault.unwrap_err().to_string(),
        "it is no look that the profile allows: the profile allows 1 looks, and this is look 2"
    );
}

/// Whoever writes another look into a journal, chained and sealed, gets no report.
#[test]
fn another_look_than_the_profiles_derives_nothing() {
    let town = Town::new(PROFILE);
    let report = first(&town, 70, 12);
    let earlier = next(&town, &report).unwrap().earlier;
    let plan = town.plan(&report.plan.options, &earlier).unwrap();
    town.report(&plan, 70).unwrap();
    let check = |change: &dyn Fn(&mut weigh_core::plan::Look)| {
        let mut forged = plan.clone();
        change(forged.header.look.as_mut().unwrap());
        let fault = town.report(&forged, 70).unwrap_err();
        let refused = matches!(fault, ReportFault::Fold(_) | ReportFault::Plan(_));
        assert!(refused, "{fault}");
    };
    check(&|look| look.number = 1);
    check(&|look| look.of = 2);
    check(&|look| look.confidence[1] = "0.95".parse().unwrap());
    check(&|look| look.spent = "0.04".parse().unwrap());
    check(&|look| look.extends.clear());
    check(&|look| look.suites.clear());
    check(&|look| look.extends.push(Digest::of(b"x")));
    check(&|look| look.suites.get_mut(SUMS).unwrap().look = 1);
    check(&|look| look.suites.get_mut(SUMS).unwrap().families -= 60);
    let mut forged = plan.clone();
    forged.header.look = None;
    assert!(town.report(&forged, 70).is_err());
}

fn tier() -> impl Strategy<Value = Tier> {
    prop::sample::select(vec![Tier::Quick, Tier::Standard, Tier::Full])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever the tiers and limits: more families, up to a higher tier, hold those before.
    #[test]
    fn samples_are_nested(
        seed in 0_u64..1 << 53, tiers in (tier(), tier(), tier()), limit in prop::option::of(1_u32..90),
        more in (1_u32..40, 0_u32..40),
    ) {
        let town = Town::new(PROFILE);
        let mut tiers = [tiers.0, tiers.1, tiers.2];
        tiers.sort();
        let options = Options { seed, ..options(tiers[0], limit) };
        let one = plan(&town.suites, &town.profile, &options, &BTreeMap::new(), "0.1.0").unwrap();
        let drawn = one.trials.iter().filter(|trial| trial.id.starts_with(SUMS)).count() as u32;
        let look = |count: u8, one: Extended| Earlier {
            extends: (0..count).map(|n| Digest::of(&[n])).collect(),
            suites: BTreeMap::from([(SUMS.to_owned(), one)]),
        };
        let base = limit.unwrap_or(drawn).max(drawn);
        let two = extended(tiers[1], base + more.0, 2);
        let three = extended(tiers[2], two.families + more.1, 3);
        let planned = |earlier: &Earlier| {
            plan_look(&town.suites, &town.profile, &options, earlier, &BTreeMap::new(), "0.1.0")
        };
        let two = planned(&look(1, two)).unwrap();
        let three = planned(&look(2, three)).unwrap();
        for (less, more) in [(&one, &two), (&two, &three)] {
            for trial in &less.trials {
                // The same case, asked in the same words.
                let again = more.trials.iter().find(|again| again.id == trial.id);
                prop_assert_eq!(again, Some(trial));
            }
        }
    }
}
