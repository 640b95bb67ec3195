//! Rows for every rule and limit, and the property that missing units never help.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::decimal::Decimal;
use crate::digest::Digest;
use crate::measure::{MeasureName, Outcome, Scored, Unscored};
use crate::profile::Step;
use crate::stats::{Interval, Method, estimate};

fn decimal(value: f64) -> Decimal {
    Decimal::new(value).unwrap()
}

fn requirement(measured: Option<Measured>) -> Requirement {
    let subject = match measured {
        Some(measured) => Subject::Measured(measured),
        None => Subject::NotMeasurable(BTreeMap::new()),
    };
    Requirement {
        id: "r".to_owned(),
        title: BTreeMap::from([
            ("ar".parse().unwrap(), "العنوان".to_owned()),
            ("en".parse().unwrap(), "Title".to_owned()),
        ]),
        clause: Some("7.1".to_owned()),
        note: BTreeMap::new(),
        unverified: BTreeMap::new(),
        subject,
    }
}

fn measured(scope: Scope, limit: Limit, rule: DecisionRule) -> Measured {
    Measured {
        suite: "s".to_owned(),
        measure: MeasureName::Accuracy,
        scope,
        limit,
        rule,
        cases: None,
        steps: Vec::new(),
    }
}

/// Judges at the first look, and finds every reason once more.
fn decide(profile: &Profile, estimates: &[Estimate]) -> (Vec<Finding>, Verdict) {
    for look in 1..4 {
        for finding in &decide_at(profile, estimates, look).0 {
            let again = reasons(profile, estimates, finding, look);
            assert_eq!(in_english(&again), finding.reason);
        }
    }
    super::decide(profile, estimates)
}

fn profile(mut requirements: Vec<Requirement>) -> Profile {
    for (at, requirement) in requirements.iter_mut().enumerate() {
        requirement.id = format!("r{at}");
    }
    Profile {
        id: "p".to_owned(),
        version: "1.0.0".to_owned(),
        title: BTreeMap::new(),
        basis: Vec::new(),
        note: BTreeMap::new(),
        confidence: decimal(0.95),
        looks: Vec::new(),
        requirements,
        digest: Digest::of(b""),
    }
}

/// An estimate of suite `s` with a point of `passes` among `scored` and the interval given.
fn estimated(
    stratum: Stratum,
    (passes, scored, planned): (u32, u32, u32),
    interval: Option<(f64, f64)>,
) -> Estimate {
    Estimate {
        suite: "s".to_owned(),
        measure: MeasureName::Accuracy,
        measure_version: 1,
        stratum,
        planned,
        scored,
        unscored: BTreeMap::new(),
        clusters: planned,
        point: Decimal::new(f64::from(passes) / f64::from(scored)).ok(),
        interval: interval.map(|(lower, upper)| Interval {
            lower: decimal(lower),
            upper: decimal(upper),
            level: decimal(0.95),
            method: Method::ClopperPearson,
        }),
        correction: None,
    }
}

const AT_LEAST: fn(f64) -> Limit = |value| Limit::AtLeast(Decimal::new(value).unwrap());
const AT_MOST: fn(f64) -> Limit = |value| Limit::AtMost(Decimal::new(value).unwrap());

#[test]
fn rules_and_limits() {
    use DecisionRule::{GuardBand, Point, ThreeWay};
    use Verdict::{Conforms, DoesNotConform, Inconclusive, NotAssessed};
    let (full, some) = ((80, 100, 100), (80, 95, 100));
    let wide = Some((0.7, 0.9));
    for (limit, rule, counts, interval, expect) in [
        (AT_LEAST(0.7), ThreeWay, full, wide, Conforms),
        (AT_LEAST(0.71), ThreeWay, full, wide, Inconclusive),
        (AT_LEAST(0.9), ThreeWay, full, wide, Inconclusive),
        (AT_LEAST(0.91), ThreeWay, full, wide, DoesNotConform),
        (AT_MOST(0.9), ThreeWay, full, wide, Conforms),
        (AT_MOST(0.89), ThreeWay, full, wide, Inconclusive),
        (AT_MOST(0.7), ThreeWay, full, wide, Inconclusive),
        (AT_MOST(0.69), ThreeWay, full, wide, DoesNotConform),
        (AT_LEAST(0.7), GuardBand, full, wide, Conforms),
        (AT_LEAST(0.71), GuardBand, full, wide, DoesNotConform),
        (AT_MOST(0.9), GuardBand, full, wide, Conforms),
        (AT_MOST(0.89), GuardBand, full, wide, DoesNotConform),
        (AT_LEAST(0.8), Point, full, wide, Conforms),
        (AT_LEAST(0.81), Point, full, wide, DoesNotConform),
        (AT_MOST(0.8), Point, full, wide, Conforms),
        (AT_MOST(0.79), Point, full, wide, DoesNotConform),
        // 80 pass, 15 fail, 5 are missing: the share lies in 0.8..0.85.
        (AT_LEAST(0.8), Point, some, wide, Conforms),
        (AT_LEAST(0.81), Point, some, wide, Inconclusive),
        (AT_LEAST(0.86), Point, some, wide, DoesNotConform),
        (AT_MOST(0.85), Point, some, wide, Conforms),
        (AT_MOST(0.84), Point, some, wide, Inconclusive),
        (AT_MOST(0.79), Point, some, wide, DoesNotConform),
        // Nothing planned, nothing scored.
        (AT_MOST(1.0), Point, (0, 0, 0), None, NotAssessed),
        (AT_MOST(1.0), ThreeWay, (0, 0, 9), None, NotAssessed),
        (AT_LEAST(0.0), GuardBand, (0, 0, 9), None, NotAssessed),
    ] {
        let profile = profile(vec![requirement(Some(measured(Scope::All, limit, rule)))]);
        let (findings, verdict) = decide(&profile, &[estimated(Stratum::All, counts, interval)]);
        assert_eq!(
            verdict, expect,
            "{limit:?} {rule:?} {counts:?}: {}",
            findings[0].reason
        );
        assert_eq!(findings.len(), 1);
    }
}

#[test]
fn scopes_pick_their_estimates() {
    let limit = AT_LEAST(0.5);
    let requirement_for = |scope| requirement(Some(measured(scope, limit, DecisionRule::ThreeWay)));
    let requirements = vec![
        requirement_for(Scope::All),
        requirement_for(Scope::EachLanguage),
        requirement_for(Scope::Tag("fire".to_owned())),
        requirement_for(Scope::Tag("air".to_owned())),
        requirement_for(Scope::Language("sw".parse().unwrap())),
        requirement_for(Scope::Language("zh".parse().unwrap())),
        requirement(None),
    ];
    let language = |tag: &str| Stratum::Language(tag.parse().unwrap());
    let estimates = [
        estimated(Stratum::All, (90, 100, 100), Some((0.82, 0.95))),
        estimated(language("en"), (49, 50, 50), Some((0.89, 0.9999))),
        estimated(language("sw"), (41, 49, 50), Some((0.500_001, 0.93))),
        estimated(Stratum::Tag("fire".to_owned()), (0, 0, 3), None),
        Estimate {
            measure: MeasureName::Consistency,
            ..estimated(Stratum::Tag("air".to_owned()), (9, 9, 9), Some((0.7, 1.0)))
        },
        Estimate {
            suite: "other".to_owned(),
            ..estimated(Stratum::Tag("air".to_owned()), (9, 9, 9), Some((0.7, 1.0)))
        },
    ];
    let table = |requirements, estimates: &[Estimate]| {
        let (findings, verdict) = decide(&profile(requirements), estimates);
        let lines = findings.iter().map(|f| {
            let stratum = serde_json::to_string(&f.stratum).unwrap();
            format!(
                "{} {:?} {stratum} {:?}: {}",
                f.title, f.clause, f.verdict, f.reason
            )
        });
        format!("{}\n{verdict:?}", lines.collect::<Vec<_>>().join("\n"))
    };
    insta::assert_snapshot!("all_there", table(requirements.clone(), &estimates));
    insta::assert_snapshot!("nothing_there", table(requirements, &[]));
    assert_eq!(table(Vec::new(), &estimates), "\nNotAssessed");
}

#[test]
fn a_sample_that_is_too_small_never_conforms() {
    use DecisionRule::{GuardBand, Point, ThreeWay};
    use Verdict::{Conforms, DoesNotConform, Inconclusive};
    for (rule, limit, cases, expect) in [
        (ThreeWay, 0.7, 95, Conforms),
        (ThreeWay, 0.7, 96, Inconclusive),
        (GuardBand, 0.7, 96, Inconclusive),
        (Point, 0.7, 96, Inconclusive),
        // What fails, fails whatever the sample.
        (ThreeWay, 0.95, 300, DoesNotConform),
        (GuardBand, 0.8, 300, DoesNotConform),
    ] {
        let measured = Measured {
            cases: Some(cases),
            ..measured(Scope::All, AT_LEAST(limit), rule)
        };
        let estimates = [estimated(Stratum::All, (80, 95, 95), Some((0.75, 0.9)))];
        let (findings, verdict) = decide(&profile(vec![requirement(Some(measured))]), &estimates);
        assert_eq!(verdict, expect, "{rule:?} {cases}: {}", findings[0].reason);
        assert_eq!(findings[0].cases, Some(cases));
        let told = findings[0]
            .reason
            .contains("asks for at least 96 scored units; missing: 1.");
        assert_eq!(told, expect == Inconclusive);
    }
}

#[test]
fn steps_are_reached_by_the_whole_interval_or_by_the_point() {
    let step = |(name, limit): (&str, f64)| Step {
        name: [("ar", "درجة"), ("en", name)]
            .map(|(tag, name)| (tag.parse().unwrap(), name.to_owned()))
            .into(),
        limit: decimal(limit),
    };
    let check =
        |limit: Limit, steps: &[(&str, f64)], interval, expect: Option<[Option<&str>; 2]>| {
            let measured = Measured {
                steps: steps.iter().copied().map(step).collect(),
                ..measured(Scope::All, limit, DecisionRule::ThreeWay)
            };
            let estimates = [estimated(Stratum::All, (80, 100, 100), interval)];
            let (findings, _) = decide(&profile(vec![requirement(Some(measured))]), &estimates);
            let reached = findings[0].steps.clone().map(|r| [r.surely, r.point]);
            assert_eq!(
                reached,
                expect.map(|both| both.map(|name| name.map(str::to_owned)))
            );
        };
    let (wide, falling) = (Some((0.7, 0.9)), [("A", 0.9), ("B", 0.8), ("C", 0.7)]);
    check(AT_LEAST(0.5), &falling, wide, Some([Some("C"), Some("B")]));
    check(AT_LEAST(0.5), &falling[..1], wide, Some([None, None]));
    check(AT_LEAST(0.5), &falling, None, None);
    check(AT_LEAST(0.5), &[], wide, None);
    let rising = [("A", 0.1), ("B", 0.8), ("C", 0.9)];
    check(AT_MOST(0.9), &rising, wide, Some([Some("C"), Some("B")]));
}

#[test]
fn what_a_requirement_says_of_itself_stands_in_its_finding() {
    let why = |texts: &[(&str, &str)]| {
        let text = |(tag, text): &(&str, &str)| (tag.parse().unwrap(), (*text).to_owned());
        texts.iter().map(text).collect()
    };
    for (reason, expect) in [
        (why(&[]), "No suite can measure this requirement today."),
        (
            why(&[("en", "It is a duty."), ("ar", "واجب")]),
            "Not assessed: It is a duty.",
        ),
    ] {
        let said = Requirement {
            note: why(&[("ar", "ملاحظة"), ("en", "A note.")]),
            unverified: why(&[("en", "The clause.")]),
            subject: Subject::NotMeasurable(reason),
            ..requirement(None)
        };
        let (findings, verdict) = decide(&profile(vec![said]), &[]);
        assert_eq!(verdict, Verdict::NotAssessed);
        let told = (
            findings[0].note.as_deref(),
            findings[0].unverified.as_deref(),
        );
        assert_eq!(told, (Some("A note."), Some("The clause.")));
        assert_eq!(findings[0].reason, expect);
    }
}

#[test]
fn a_requirement_of_another_profile_has_no_reasons() {
    let other = profile(vec![requirement(None)]);
    let mut finding = decide(&other, &[]).0.remove(0);
    finding.requirement = "another".to_owned();
    assert_eq!(reasons(&other, &[], &finding, 1), []);
    assert_eq!(in_english(&[]), "");
}

#[test]
fn what_fails_is_not_hidden_by_what_is_not_assessed() {
    let fails = measured(Scope::All, AT_LEAST(0.99), DecisionRule::ThreeWay);
    let profile = profile(vec![requirement(None), requirement(Some(fails))]);
    let estimates = [estimated(Stratum::All, (1, 100, 100), Some((0.0, 0.06)))];
    assert_eq!(decide(&profile, &estimates).1, Verdict::DoesNotConform);
}

fn units() -> impl Strategy<Value = Vec<Scored>> {
    let one = (
        0_u32..12,
        0_usize..2,
        prop::option::weighted(0.9, prop::bool::weighted(0.8)),
    );
    let unit = one.prop_map(|(cluster, language, passed)| Scored {
        suite: "s".to_owned(),
        measure: MeasureName::Accuracy,
        unit: String::new(),
        language: ["en", "sw"][language].parse().unwrap(),
        tags: ["fire".to_owned()].into(),
        cluster: cluster.to_string(),
        outcome: passed.map_or(Outcome::Unscored(Unscored::Cut), |passed| {
            Outcome::Scored(u32::from(passed).into())
        }),
        weight: Decimal::ONE,
        shared: None,
        decision: None,
    });
    prop::collection::vec(unit, 0..50)
}

fn rule() -> impl Strategy<Value = DecisionRule> {
    prop::sample::select(vec![
        DecisionRule::ThreeWay,
        DecisionRule::GuardBand,
        DecisionRule::Point,
    ])
}

proptest! {
    /// Whatever is taken away from a record, no finding becomes better than it was by conforming.
    #[test]
    fn missing_units_never_help(
        mut units in units(), gone in prop::collection::vec(any::<prop::sample::Index>(), 1..30),
        rule in rule(), bound in 0.0..=1.0, least in any::<bool>()
    ) {
        let limit = if least { AT_LEAST(bound) } else { AT_MOST(bound) };
        let scopes = [Scope::All, Scope::EachLanguage, Scope::Tag("fire".to_owned())];
        let requirements = scopes.map(|scope| requirement(Some(measured(scope, limit, rule))));
        let profile = profile(requirements.to_vec());
        let (mut before, _) = decide(&profile, &estimate(&units, decimal(0.95), &[]));
        for index in gone {
            if units.is_empty() {
                prop_assert!(before.iter().all(|f| f.verdict == Verdict::NotAssessed));
                break;
            }
            let index = index.index(units.len());
            units[index].outcome = Outcome::Unscored(Unscored::Missing);
            let (after, _) = decide(&profile, &estimate(&units, decimal(0.95), &[]));
            for (before, after) in before.iter().zip(&after) {
                let turned = after.verdict == Verdict::Conforms && before.verdict != Verdict::Conforms;
                prop_assert!(!turned, "{} -> {}", before.reason, after.reason);
            }
            before = after;
        }
    }

    #[test]
    fn nothing_assessed_never_conforms(mut units in units(), rule in rule(), bound in 0.0..=1.0) {
        for unit in &mut units {
            unit.outcome = Outcome::Unscored(Unscored::Missing);
        }
        for limit in [AT_LEAST(bound), AT_MOST(bound)] {
            let profile = profile(vec![requirement(Some(measured(Scope::All, limit, rule)))]);
            prop_assert_eq!(decide(&profile, &estimate(&units, decimal(0.95), &[])).1, Verdict::NotAssessed);
        }
    }
}
