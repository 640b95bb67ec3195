//! Estimates as a whole: counts, order, missing units, and how often intervals hold the truth.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::cluster::Cluster;
use super::random::Random;
use super::*;
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
    let lines: Vec<String> = estimate(&units, level(), 7).iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"));
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
        for estimate in estimate(&units, level(), 7) {
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
        prop_assert_eq!(estimate(&units, level(), 7), estimate(&shuffled, level(), 7));
    }

    #[test]
    fn a_missing_unit_only_widens(units in units(), pick in any::<prop::sample::Index>()) {
        prop_assume!(!units.is_empty());
        let mut fewer = units.clone();
        fewer[pick.index(units.len())].outcome = Outcome::Unscored(Unscored::Missing);
        let wide: BTreeMap<_, _> =
            estimate(&fewer, level(), 7).into_iter().map(|e| (e.stratum, e.interval)).collect();
        for estimate in estimate(&units, level(), 7) {
            if let (Some(narrow), Some(wide)) = (estimate.interval, &wide[&estimate.stratum]) {
                prop_assert!(wide.lower.get() <= narrow.lower.get() + 1e-12);
                prop_assert!(wide.upper.get() >= narrow.upper.get() - 1e-12);
            }
        }
    }
}
