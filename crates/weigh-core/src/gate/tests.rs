//! Decision tables: what closes a gate, what does not, and what cannot be compared.

use std::collections::BTreeMap;

use super::*;
use crate::digest::Digest;
use crate::measure::Unscored;
use crate::plan::{Options, PlanHeader, PlannedProfile, PlannedSuite};
use crate::suite::Tier;

const MEASURES: [MeasureName; 3] = [
    MeasureName::Accuracy,
    MeasureName::OverRefusal,
    MeasureName::BiasAmbiguous,
];

fn unit(measure: MeasureName, at: usize, size: usize, value: Option<f64>) -> Scored {
    Scored {
        suite: "a/b".to_owned(),
        measure,
        unit: at.to_string(),
        language: "sw".parse().unwrap(),
        tags: [].into(),
        cluster: (at / size).to_string(),
        outcome: value.map_or(Outcome::Unscored(Unscored::Cut), |value| {
            Outcome::Scored(Decimal::new(value).unwrap())
        }),
        weight: Decimal::ONE,
        shared: None,
        decision: None,
    }
}

/// Units in order: how many of them are right, wrong or without a value: `3+ 2- 1?`.
fn run(measure: MeasureName, values: &str, size: usize) -> Vec<Scored> {
    let (good, bad) = match measure.better() {
        Better::Higher => (1.0, 0.0),
        Better::Lower => (0.0, 1.0),
        Better::NearZero => (0.0, 1.0),
    };
    let all = values.split_whitespace().flat_map(|part| {
        let (times, what) = part.split_at(part.len() - 1);
        let value = match what {
            "+" => Some(good),
            "-" => Some(bad),
            _ => None,
        };
        std::iter::repeat_n(value, times.parse().unwrap())
    });
    all.enumerate()
        .map(|(at, value)| unit(measure, at, size, value))
        .collect()
}

fn gate(margin: f64) -> Gate {
    Gate {
        level: Decimal::new(0.95).unwrap(),
        margin: Decimal::new(margin).unwrap(),
        seed: 1,
    }
}

#[test]
fn it_closes_on_a_loss_that_is_shown_and_on_nothing_else() {
    use Change::{Held, Open, Worse};
    for measure in MEASURES {
        let check = |size, margin, old: &str, new: &str, expect| {
            let (old_run, new_run) = (run(measure, old, size), run(measure, new, size));
            let tested = test(&old_run, &new_run, &gate(margin)).unwrap();
            let [one] = tested.try_into().unwrap();
            let one: Tested = one;
            assert_eq!(one.change, expect, "{measure} {old} -> {new}: {one:?}");
        };
        check(1, 0.0, "50+ 50-", "50+ 50-", Held);
        // Two-sided exact p of 5 : 0 is 0.0625, of 6 : 0 0.03125.
        check(1, 0.0, "100+", "95+ 5-", Held);
        check(1, 0.0, "100+", "94+ 6-", Worse);
        check(1, 0.0, "94+ 6-", "100+", Held);
        check(1, 0.0, "2- 98+", "2+ 90+ 8-", Held);
        check(1, 0.0, "1- 99+", "1+ 90+ 9-", Worse);
        // Families of three that fall together are one change each: 5 of them are noise.
        check(3, 0.0, "90+", "75+ 15-", Held);
        check(3, 0.0, "90+", "72+ 18-", Worse);
        // Surely worse, and surely not by so much.
        check(1, 0.5, "100+", "80+ 20-", Held);
        check(1, 0.05, "100+", "60+ 40-", Worse);
        check(1, 0.0, "40?", "40?", Open);
    }
}

#[test]
fn a_missing_value_neither_closes_nor_opens_by_itself() {
    use Change::{Held, Open, Worse};
    let check = |old: &str, new: &str, expect, lost, gained| {
        for measure in [MeasureName::Accuracy, MeasureName::OverRefusal] {
            let (old_run, new_run) = (run(measure, old, 1), run(measure, new, 1));
            let one = &test(&old_run, &new_run, &gate(0.0)).unwrap()[0];
            assert_eq!(
                (one.change, one.lost, one.gained),
                (expect, lost, gained),
                "{measure} {old} -> {new}: {one:?}"
            );
        }
    };
    // The same in both: no change.
    check("60+ 40?", "60+ 40?", Held, 0, 0);
    check("100+", "97+ 3?", Held, 3, 0);
    check("100+", "90+ 10?", Open, 10, 0);
    check("90+ 10?", "90+ 10-", Open, 0, 10);
    check("90+ 10?", "100+", Held, 0, 10);
    check("100+", "60+ 30- 10?", Worse, 10, 0);
    check("40+", "40?", Open, 40, 0);
    // Of a bias no single value is the worst.
    let measure = MeasureName::BiasAmbiguous;
    let tested = test(
        &run(measure, "9+", 1),
        &run(measure, "8+ 1?", 1),
        &gate(0.0),
    );
    assert_eq!(tested.unwrap()[0].change, Open);
}

/// Twenty measures with five new failures each: alone none is significant, and six in one are no
/// longer once twenty were looked at.
#[test]
fn many_measures_are_tested_at_once() {
    let many = |values: &dyn Fn(usize) -> &'static str| -> Vec<Scored> {
        let of = |at: usize| {
            let units = run(MeasureName::Accuracy, values(at), 1);
            units.into_iter().map(move |unit| Scored {
                suite: format!("a/{at:02}"),
                ..unit
            })
        };
        (0..20).flat_map(of).collect()
    };
    let old = many(&|_| "100+");
    let one = |worst: &'static str| {
        let new = many(&|at| if at == 7 { worst } else { "100+" });
        test(&old, &new, &gate(0.0)).unwrap()
    };
    assert_eq!(verdict(&one("94+ 6-")), Verdict::Conforms);
    assert_eq!(verdict(&one("89+ 11-")), Verdict::DoesNotConform);
}

#[test]
fn what_cannot_be_tested_is_no_pass() {
    assert_eq!(verdict(&[]), Verdict::NotAssessed);
    let units: Vec<Scored> = [
        MeasureName::BitsPerByte,
        MeasureName::CalibrationError,
        MeasureName::ControlAccuracy,
    ]
    .into_iter()
    .map(|measure| unit(measure, 0, 1, Some(1.0)))
    .collect();
    assert_eq!(test(&units, &units, &gate(0.0)), Ok(Vec::new()));
    assert_eq!(untested(&units).len(), 3);
}

fn header() -> PlanHeader {
    let suite = |version: &str| PlannedSuite {
        version: version.to_owned(),
        digest: Digest::of(b"suite"),
        trials: 9,
    };
    PlanHeader {
        format: String::new(),
        harness: "0.1.0".to_owned(),
        suites: BTreeMap::from([("a/b".to_owned(), suite("1.0.0"))]),
        profile: PlannedProfile {
            id: "p".to_owned(),
            version: "1.0.0".to_owned(),
            digest: Digest::of(b"profile"),
        },
        options: Options {
            tier: Tier::Quick,
            limit: None,
            languages: Vec::new(),
            seed: 1,
        },
        laboratory: BTreeMap::new(),
        cards: Vec::new(),
        nonce: None,
        look: None,
        shard: None,
        trials: 9,
        requests: 9,
        digest: Digest::of(b"trials"),
    }
}

#[test]
fn everything_in_which_plans_differ_is_named() {
    let check = |edit: &dyn Fn(&mut PlanHeader), expect: &[&str]| {
        let mut other = header();
        edit(&mut other);
        assert_eq!(differences(&header(), &other), expect);
    };
    check(&|_| {}, &[]);
    check(
        &|h| {
            h.profile.id = "q".to_owned();
            h.harness = "0.2.0".to_owned();
            h.nonce = Some("n".to_owned());
        },
        &[],
    );
    check(
        &|h| h.digest = Digest::of(b"others"),
        &["the same suites gave other trials"],
    );
    check(
        &|h| h.suites.get_mut("a/b").unwrap().digest = Digest::of(b"x"),
        &["the files of suite `a/b` are others"],
    );
    check(
        &|h| h.suites.get_mut("a/b").unwrap().trials = 8,
        &["suite `a/b` has 9 trials in the baseline and 8 in the run"],
    );
    check(
        &|h| {
            let suite = h.suites.remove("a/b").unwrap();
            h.suites.insert("c/d".to_owned(), suite);
            h.options.limit = Some(3);
            h.options.tier = Tier::Full;
            h.options.seed = 2;
            h.options.languages = vec!["sw".parse().unwrap(), "en".parse().unwrap()];
        },
        &[
            "suite `a/b` is in the baseline only",
            "suite `c/d` is in the run only",
            "the tier is quick in the baseline and full in the run",
            "the limit is none in the baseline and 3 in the run",
            "the languages are all in the baseline and sw en in the run",
            "the seed is 1 in the baseline and 2 in the run",
        ],
    );
}
