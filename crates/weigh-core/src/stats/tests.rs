//! Estimates as a whole: counts, order, missing units, and how often intervals hold the truth.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::cluster::Cluster;
use super::random::Random;
use super::*;
use crate::card::{CitedCard, Instrument};
use crate::digest::Digest;
use crate::measure::{Outcome, Scored, Unscored};

/// One unit of suite `s`: language, cluster, tags, and whether it passed.
fn unit(language: &str, cluster: &str, tags: &[&str], passed: Option<bool>) -> Scored {
    Scored {
        suite: "s".to_owned(),
        measure: MeasureName::Accuracy,
        unit: String::new(),
        language: language.parse().unwrap(),
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        cluster: cluster.to_owned(),
        outcome: passed.map_or(Outcome::Unscored(Unscored::Missing), |passed| {
            Outcome::Scored(u32::from(passed).into())
        }),
        weight: Decimal::ONE,
        shared: None,
        decision: None,
    }
}

fn level() -> Decimal {
    Decimal::new(0.95).unwrap()
}

#[test]
fn each_stratum_has_an_estimate() {
    let units = [
        unit("sw", "a", &["fire"], Some(true)),
        unit("en", "a", &["fire"], Some(true)),
        unit("en", "b", &[], Some(false)),
        unit("en", "c", &["fire", "air"], None),
    ];
    let line = |e: &Estimate| {
        let stratum = serde_json::to_string(&e.stratum).unwrap();
        let interval = e.interval.as_ref().map_or("no interval".to_owned(), |i| {
            format!("{:.4}..{:.4} {:?}", i.lower.get(), i.upper.get(), i.method)
        });
        format!(
            "{stratum}: {} planned, {} scored, {:?}, {} clusters, {:?}, {interval}",
            e.planned, e.scored, e.unscored, e.clusters, e.point,
        )
    };
    let lines: Vec<String> = estimate(&units, level(), &[]).iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// Units of `measure`: cluster, value and weight; none where one is missing.
fn valued(measure: MeasureName, rows: &[(&str, Option<f64>, f64)]) -> Estimate {
    let units: Vec<Scored> = rows
        .iter()
        .map(|&(cluster, value, weight)| Scored {
            measure,
            outcome: value.map_or(Outcome::Unscored(Unscored::Missing), |value| {
                Outcome::Scored(Decimal::new(value).unwrap())
            }),
            weight: Decimal::new(weight).unwrap(),
            ..unit("en", cluster, &[], None)
        })
        .collect();
    estimate(&units, level(), &[]).remove(0)
}

#[test]
fn each_scale_has_its_figure() {
    let check = |measure, rows: &[_], expect: &str| {
        let found = valued(measure, rows);
        let said = found.interval.map_or("no interval".to_owned(), |i| {
            format!("{:.4}..{:.4} {:?}", i.lower.get(), i.upper.get(), i.method)
        });
        let point = found.point.map(|point| format!("{:.4}", point.get()));
        assert_eq!(format!("{point:?} {said}"), expect, "{measure}");
    };
    let f1 = MeasureName::F1;
    // The limits are those of `mean::mean`, held against statsmodels where it stands.
    let (mean, limits) = {
        let cluster = |passes| Cluster {
            planned: 1,
            passes,
            missing: 0,
        };
        let found = mean::mean(
            &[cluster(0.5), cluster(0.75), cluster(1.0)],
            Some(mean::Range::UNIT),
            0.95,
        );
        (found.point.unwrap(), found.limits.unwrap())
    };
    check(
        f1,
        &[
            ("a", Some(0.5), 1.0),
            ("b", Some(0.75), 1.0),
            ("c", Some(1.0), 1.0),
        ],
        &format!(
            "Some(\"{mean:.4}\") {:.4}..{:.4} Student",
            limits.0, limits.1
        ),
    );
    check(f1, &[("a", Some(0.5), 1.0)], "Some(\"0.5000\") no interval");
    check(
        f1,
        &[("a", None, 1.0), ("b", None, 1.0)],
        "None no interval",
    );
    // A ratio is that of the sums, not the mean of ratios: (2 + 6) / (1 + 2).
    let bits = MeasureName::BitsPerByte;
    let rows = [("a", Some(2.0), 1.0), ("b", Some(3.0), 2.0)];
    let ratio = valued(bits, &rows);
    assert!((ratio.point.unwrap().get() - 8.0 / 3.0).abs() < 1e-15);
    assert_eq!(ratio.interval.unwrap().method, Method::RatioStudent);
    let gone = [
        ("a", Some(2.0), 1.0),
        ("b", None, 1.0),
        ("c", Some(1.0), 1.0),
    ];
    check(bits, &gone, "Some(\"1.5000\") no interval");
    let error = MeasureName::CalibrationError;
    check(
        error,
        &gone.map(|(c, v, _)| (c, v.map(|_| 1.0), 0.75)),
        "Some(\"0.2500\") no interval",
    );
    let sure = valued(error, &[("a", Some(1.0), 0.5), ("b", Some(0.0), 0.75)]);
    assert_eq!(sure.interval.unwrap().method, Method::Calibration);
    // e to the power of the ratio of the sums: exp(8 / 3).
    let perplexity = valued(MeasureName::Perplexity, &rows);
    assert!((perplexity.point.unwrap().get() - libm::exp(8.0 / 3.0)).abs() < 1e-12);
    let around = perplexity.interval.unwrap();
    assert!(around.lower.get() >= 1.0 && around.upper > around.lower);
    // The surest four of five, one of them wrong; all five would be three of five.
    let names = ["a", "b", "c", "d", "e"];
    let right = [1.0, 1.0, 0.0, 1.0, 0.0];
    let sure = [0.9, 0.8, 0.95, 0.7, 0.6];
    let rows: Vec<_> = (0..5)
        .map(|i| (names[i], Some(right[i]), sure[i]))
        .collect();
    let selective = valued(MeasureName::SelectiveAccuracy, &rows);
    assert_eq!(selective.point, Decimal::new(0.75).ok());
    let around = selective.interval.unwrap();
    assert_eq!(around.method, Method::Bootstrap);
    assert!(around.lower.get() < 0.75 && around.upper.get() > 0.75);
}

/// `n` units with chance `p` in clusters of `size`; a third of the clusters stand or fall together.
fn draw(random: &mut Random, p: f64, n: u32, size: u32) -> Vec<Cluster> {
    (0..n.div_ceil(size))
        .map(|cluster| {
            let planned = size.min(n - cluster * size);
            let together = random.chance(1.0 / 3.0).then(|| random.chance(p));
            let passes = (0..planned).filter(|_| together.unwrap_or_else(|| random.chance(p)));
            Cluster {
                planned,
                passes: passes.count() as f64,
                missing: 0,
            }
        })
        .collect()
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    const RUNS: u32 = 1000;
    let mut random = Random::new(20_261_124);
    for p in [0.01, 0.05, 0.5, 0.95] {
        for (n, size) in [(30, 1), (30, 4), (300, 1), (300, 4)] {
            let holds =
                |interval: &Interval| (interval.lower.get()..=interval.upper.get()).contains(&p);
            let held = (0..RUNS)
                .filter_map(|_| strata::interval(&draw(&mut random, p, n, size), level()))
                .filter(holds)
                .count();
            let coverage = held as f64 / f64::from(RUNS);
            println!("p {p}, n {n}, clusters of {size}: {coverage}");
            assert!(
                coverage >= 0.94,
                "p {p}, n {n}, clusters of {size}: {coverage}"
            );
        }
    }
}

fn units() -> impl Strategy<Value = Vec<Scored>> {
    let one = (
        0_usize..2,
        0_u32..8,
        0_usize..3,
        prop::option::of(any::<bool>()),
    )
        .prop_map(|(language, cluster, tag, passed)| {
            let tags: &[&str] = [&[][..], &["air"], &["air", "fire"]][tag];
            unit(["en", "sw"][language], &cluster.to_string(), tags, passed)
        });
    prop::collection::vec(one, 0..60)
}

proptest! {
    #[test]
    fn every_planned_unit_is_counted_once(units in units()) {
        for estimate in estimate(&units, level(), &[]) {
            let of_stratum: Vec<_> = units.iter().filter(|u| match &estimate.stratum {
                Stratum::All => true,
                Stratum::Language(language) => u.language == *language,
                Stratum::Tag(tag) => u.tags.contains(tag),
            }).collect();
            let scored: Vec<f64> = of_stratum.iter().filter_map(|u| match &u.outcome {
                Outcome::Scored(value) => Some(value.get()),
                Outcome::Unscored(_) => None,
            }).collect();
            prop_assert_eq!(estimate.planned as usize, of_stratum.len());
            prop_assert_eq!(estimate.scored as usize, scored.len());
            prop_assert_eq!(estimate.planned, estimate.scored + estimate.unscored.values().sum::<u32>());
            let clusters: BTreeSet<_> = of_stratum.iter().map(|u| &u.cluster).collect();
            prop_assert_eq!(estimate.clusters as usize, clusters.len());
            prop_assert_eq!(estimate.point.is_some(), !scored.is_empty());
            prop_assert_eq!(estimate.interval.is_some(), !scored.is_empty());
            if let (Some(point), Some(interval)) = (estimate.point, estimate.interval) {
                prop_assert!((point.get() - scored.iter().sum::<f64>() / scored.len() as f64).abs() < 1e-12);
                prop_assert!(interval.lower <= point && point <= interval.upper);
            }
        }
    }

    #[test]
    fn the_order_of_units_changes_nothing(units in units(), seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let mut shuffled: Vec<_> = units.iter().map(|u| (random.bits(), u.clone())).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<_> = shuffled.into_iter().map(|(_, u)| u).collect();
        prop_assert_eq!(estimate(&units, level(), &[]), estimate(&shuffled, level(), &[]));
    }

    /// To 1e-9: a limit that is all but 1 is found to some 1e-11.
    #[test]
    fn a_missing_unit_only_widens(units in units(), pick in any::<prop::sample::Index>()) {
        prop_assume!(!units.is_empty());
        let mut fewer = units.clone();
        fewer[pick.index(units.len())].outcome = Outcome::Unscored(Unscored::Missing);
        let wide: BTreeMap<_, _> =
            estimate(&fewer, level(), &[]).into_iter().map(|e| (e.stratum, e.interval)).collect();
        for estimate in estimate(&units, level(), &[]) {
            if let (Some(narrow), Some(wide)) = (estimate.interval, &wide[&estimate.stratum]) {
                prop_assert!(wide.lower.get() <= narrow.lower.get() + 1e-9);
                prop_assert!(wide.upper.get() >= narrow.upper.get() - 1e-9);
            }
        }
    }
}

#[test]
fn shares_of_one_language_are_corrected_by_its_card() {
    let counts = corrected::Card {
        true_positives: 180,
        false_negatives: 20,
        true_negatives: 190,
        false_positives: 10,
    };
    let card = CitedCard {
        instrument: Instrument::Refusal,
        version: 2,
        language: "en".parse().unwrap(),
        suite: None,
        digest: Digest::of(b"card"),
        counts,
    };
    let refused = |language: &str, name: &str, passed| Scored {
        measure: MeasureName::Refusal,
        ..unit(language, name, &[], passed)
    };
    let names: Vec<String> = (0..40).map(|i| i.to_string()).collect();
    let of = |language: &str| -> Vec<Scored> {
        let one = |(i, name): (usize, &String)| refused(language, name, Some(i % 4 > 0));
        names.iter().enumerate().map(one).collect()
    };
    let clusters: Vec<Cluster> = (0..40)
        .map(|i| Cluster {
            planned: 1,
            passes: f64::from(u8::from(i % 4 > 0)),
            missing: 0,
        })
        .collect();
    let share = corrected::corrected(&clusters, &counts, 0.95).unwrap();
    let expect = Some(Correction::Corrected {
        card: card.digest,
        point: Decimal::new(share.point).unwrap(),
        lower: Decimal::new(share.limits.0).unwrap(),
        upper: Decimal::new(share.limits.1).unwrap(),
    });
    let cards = [card];
    for found in estimate(&of("en"), level(), &cards) {
        assert_eq!(found.correction, expect, "{:?}", found.stratum);
    }
    // A card says nothing of another language, nor of two languages together.
    let both = [of("en"), of("sw")].concat();
    for found in estimate(&both, level(), &cards) {
        let english = found.stratum == Stratum::Language("en".parse().unwrap());
        let expect = expect.clone().filter(|_| english);
        assert_eq!(found.correction, expect, "{:?}", found.stratum);
    }
    // An accuracy is counted without an instrument that errs; nothing corrects nothing.
    let accuracy = [unit("en", "a", &[], Some(true))];
    let nothing = [refused("en", "a", None)];
    for units in [&accuracy, &nothing] {
        assert_eq!(estimate(units, level(), &cards)[0].correction, None);
    }
    // Fewer refusals than the card's false alarms alone would give: said, not told as zero.
    let none: Vec<Scored> = names
        .iter()
        .map(|name| refused("en", name, Some(false)))
        .collect();
    let many = none.iter().cloned().cycle().take(4000).enumerate();
    let many: Vec<Scored> = many
        .map(|(i, unit)| Scored {
            cluster: i.to_string(),
            ..unit
        })
        .collect();
    assert!(matches!(
        estimate(&many, level(), &cards)[0].correction,
        Some(Correction::Undefined { .. })
    ));
}
