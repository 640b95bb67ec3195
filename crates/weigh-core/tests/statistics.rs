//! Statistics agree with scipy, statsmodels and published formulas: `reference/stats.py` wrote the
//! figures.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a test may stop where it stands"
)]

use serde_json::Value;
use weigh_core::stats::agreement::krippendorff_alpha;
use weigh_core::stats::bootstrap::Bootstrap;
use weigh_core::stats::calibration::{Prediction, Ranked};
use weigh_core::stats::cluster::Cluster;
use weigh_core::stats::corrected::{Card, lang_reiczigel};
use weigh_core::stats::equivalence::Difference;
use weigh_core::stats::holm::holm;
use weigh_core::stats::mean::mean;
use weigh_core::stats::newcombe::{self, PairTable, Share};
use weigh_core::stats::paired::{Pair, difference, mcnemar, sign_flip};
use weigh_core::stats::power::{Spread, cases_for_difference};
use weigh_core::stats::proportion::clopper_pearson;
use weigh_core::stats::student;

/// Calls `test` with each row of a table of the reference.
fn each(table: &str, test: impl Fn(&Value)) {
    let all: Value = serde_json::from_str(include_str!("reference/stats.json")).unwrap();
    let rows = all[table].as_array().unwrap();
    assert!(rows.len() >= 2, "{table}");
    rows.iter().for_each(test);
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn counts<const N: usize>(value: &Value) -> [u32; N] {
    let counts: Vec<u32> = numbers(value).iter().map(|&n| n as u32).collect();
    counts.try_into().unwrap()
}

/// Asserts that `ours` is within 1e-9 of `theirs`, a number or a list of two.
fn same(ours: impl Into<Vec<f64>>, theirs: &Value) {
    let theirs = if theirs.is_array() {
        numbers(theirs)
    } else {
        vec![number(theirs)]
    };
    let ours = ours.into();
    assert_eq!(ours.len(), theirs.len());
    for (x, y) in ours.iter().zip(&theirs) {
        assert!(
            (x - y).abs() <= 1e-9 * y.abs().max(1.0),
            "{ours:?} {theirs:?}"
        );
    }
}

fn pair((lower, upper): (f64, f64)) -> [f64; 2] {
    [lower, upper]
}

/// Values by cluster as sums.
fn summed(clusters: &Value) -> Vec<Cluster> {
    let sum = |values: Vec<f64>| Cluster {
        planned: values.len() as u32,
        passes: values.iter().sum(),
        missing: 0,
    };
    clusters
        .as_array()
        .unwrap()
        .iter()
        .map(|c| sum(numbers(c)))
        .collect()
}

#[test]
fn distributions() {
    each("student_cdf", |row| {
        same(
            [student::cdf(number(&row["t"]), number(&row["freedom"]))],
            &row["cdf"],
        );
    });
    each("student_quantile", |row| {
        same(
            [student::quantile(
                number(&row["p"]),
                number(&row["freedom"]),
            )],
            &row["t"],
        );
    });
    each("normal", |row| {
        same([student::normal_quantile(number(&row["p"]))], &row["z"]);
        same([student::normal_cdf(number(&row["z"]))], &row["p"]);
    });
}

#[test]
fn proportions() {
    each("clopper_pearson", |row| {
        let (passes, n) = (number(&row["passes"]), number(&row["n"]));
        same(
            pair(clopper_pearson(passes, n - passes, number(&row["level"]))),
            &row["limits"],
        );
    });
    each("newcombe_independent", |row| {
        let [a, n, b, m] = counts(&row["counts"]);
        let share = |k: u32, n: u32| Share {
            passes: k.into(),
            fails: (n - k).into(),
        };
        let limits = newcombe::independent(share(a, n), share(b, m), number(&row["level"]));
        same(pair(limits), &row["limits"]);
    });
    each("newcombe_paired", |row| {
        let [both, a_only, b_only, neither] = counts(&row["counts"]);
        let table = PairTable {
            both,
            a_only,
            b_only,
            neither,
        };
        same(
            pair(newcombe::paired(&table, 0.95).unwrap()),
            &row["limits"],
        );
    });
}

#[test]
fn examples_in_print() {
    // Newcombe (1998, Statistics in Medicine 17, 2635-2650, table II) and Fagerland, Lydersen and
    // Laake (2014, airway data), to the digits printed there.
    for (table, lower, upper) in [
        ((36, 12, 2, 0), 0.0569, 0.3404),
        ((1, 1, 7, 12), -0.507, -0.026),
    ] {
        let (both, a_only, b_only, neither) = table;
        let table = PairTable {
            both,
            a_only,
            b_only,
            neither,
        };
        let found = newcombe::paired(&table, 0.95).unwrap();
        assert!(
            (found.0 - lower).abs() < 5e-4 && (found.1 - upper).abs() < 5e-4,
            "{found:?}"
        );
    }
    // Newcombe (1998, Statistics in Medicine 17, 873-890, table II (a)): 56/70 and 48/80.
    let share = |k, n| Share {
        passes: k,
        fails: n - k,
    };
    let found = newcombe::independent(share(56.0, 70.0), share(48.0, 80.0), 0.95);
    assert!(
        (found.0 - 0.0524).abs() < 5e-5 && (found.1 - 0.3339).abs() < 5e-5,
        "{found:?}"
    );
}

#[test]
fn means_and_differences() {
    each("clustered_mean", |row| {
        let found = mean(&summed(&row["clusters"]), None, 0.95);
        same([found.point.unwrap()], &row["point"]);
        same([found.standard_error.unwrap()], &row["standard_error"]);
        same(pair(found.limits.unwrap()), &row["limits"]);
    });
    each("paired_difference", |row| {
        let sides = row["a"]
            .as_array()
            .unwrap()
            .iter()
            .zip(row["b"].as_array().unwrap());
        let clusters: Vec<Vec<Pair>> = sides
            .map(|(a, b)| {
                let both = numbers(a).into_iter().zip(numbers(b));
                both.map(|(a, b)| Pair {
                    a: Some(a),
                    b: Some(b),
                })
                .collect()
            })
            .collect();
        let found = difference(&clusters, None, 0.95);
        same([found.point.unwrap()], &row["point"]);
        same([found.standard_error.unwrap()], &row["standard_error"]);
    });
}

#[test]
fn resampled_limits_from_the_same_resamples() {
    each("bca", |row| {
        let given = Bootstrap {
            clusters: numbers(&row["jackknife"]).len() as u32,
            point: number(&row["point"]),
            replicates: numbers(&row["replicates"]),
            undefined: 0,
            jackknife: numbers(&row["jackknife"]),
        };
        let level = number(&row["level"]);
        same(pair(given.bca(level).unwrap()), &row["bca"]);
        same(pair(given.percentile(level).unwrap()), &row["percentile"]);
    });
}

/// Our own resamples differ from theirs; the jackknife must not, and limits must be near.
#[test]
fn resampled_limits_from_our_resamples() {
    each("bca", |row| {
        let (above, below) = (numbers(&row["numerators"]), numbers(&row["denominators"]));
        let sum = |values: &[f64], weights: &[u32]| -> f64 {
            values
                .iter()
                .zip(weights)
                .map(|(v, &w)| v * f64::from(w))
                .sum()
        };
        let ratio = |w: &[u32]| Some(sum(&above, w) / sum(&below, w));
        let clusters = above.len() as u32;
        let ours = weigh_core::stats::bootstrap::bootstrap(clusters, 4000, 11, &ratio).unwrap();
        same([ours.point], &row["point"]);
        for (x, y) in ours.jackknife.iter().zip(numbers(&row["jackknife"])) {
            assert!((x - y).abs() < 1e-12);
        }
        let theirs = numbers(&row["bca"]);
        let (lower, upper) = ours.bca(number(&row["level"])).unwrap();
        let width = theirs[1] - theirs[0];
        assert!(
            (lower - theirs[0]).abs() < 0.25 * width,
            "{lower} {theirs:?}"
        );
        assert!(
            (upper - theirs[1]).abs() < 0.25 * width,
            "{upper} {theirs:?}"
        );
    });
}

#[test]
fn tests_of_differences() {
    each("mcnemar", |row| {
        let count = |side: &str| number(&row[side]) as u32;
        same([mcnemar(count("a_only"), count("b_only"))], &row["p"]);
    });
    each("sign_flip", |row| {
        let cluster = |passes| Cluster {
            planned: 9,
            passes,
            missing: 0,
        };
        let sums: Vec<Cluster> = numbers(&row["sums"]).into_iter().map(cluster).collect();
        let found = sign_flip(&sums, 0, 0).unwrap();
        assert!(found.exact);
        same([found.p], &row["p"]);
    });
    each("holm", |row| {
        same(holm(&numbers(&row["p"])), &row["adjusted"])
    });
}

#[test]
fn tests_against_a_margin() {
    each("tost", |row| {
        let (x, y) = (numbers(&row["x"]), numbers(&row["y"]));
        let of = |values: &[f64]| {
            let unit = |&passes: &f64| Cluster {
                planned: 1,
                passes,
                missing: 0,
            };
            mean(&values.iter().map(unit).collect::<Vec<_>>(), None, 0.9)
        };
        let margin = number(&row["margin"]);
        let check = |difference: Difference, theirs: &Value| {
            let found = difference.tost(margin);
            same([found.p(), found.below, found.above], theirs);
        };
        check(
            Difference::unpaired(&of(&x), &of(&y)).unwrap(),
            &row["unpaired"],
        );
        let differences: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x - y).collect();
        check(
            Difference::paired(&of(&differences)).unwrap(),
            &row["paired"],
        );
    });
}

#[test]
fn rates_corrected_for_an_instrument() {
    each("lang_reiczigel", |row| {
        let [positives, n, tp, false_negatives, tn, fp] = counts(&row["counts"]);
        let card = Card {
            true_positives: tp,
            false_negatives,
            true_negatives: tn,
            false_positives: fp,
        };
        let apparent = f64::from(positives) / f64::from(n);
        let (lower, upper) = lang_reiczigel(apparent, n.into(), &card, number(&row["level"]));
        same([lower.max(0.0), upper.min(1.0)], &row["limits"]);
    });
}

#[test]
fn calibration_and_agreement() {
    each("calibration_error", |row| {
        let correct = row["correct"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c.as_bool().unwrap());
        let predictions: Vec<Prediction> = numbers(&row["confidence"])
            .into_iter()
            .zip(correct)
            .map(|(confidence, correct)| Prediction {
                confidence,
                correct,
                cluster: 0,
            })
            .collect();
        same(
            [Ranked::new(&predictions, 0).unwrap().calibration_error()],
            &row["ece"],
        );
    });
    each("agreement", |row| {
        let unit = |unit: &Value| numbers(unit).iter().map(|&c| c as u32).collect();
        let units: Vec<Vec<u32>> = row["units"].as_array().unwrap().iter().map(unit).collect();
        same([krippendorff_alpha(&units).unwrap()], &row["alpha"]);
    });
}

#[test]
fn numbers_of_cases() {
    each("power", |row| {
        let spread = Spread {
            between: number(&row["variance"]),
            within_a: 0.0,
            within_b: 0.0,
        };
        let [difference, alpha, power] = ["difference", "alpha", "power"].map(|k| number(&row[k]));
        same(
            [cases_for_difference(spread, difference, alpha, power)],
            &row["n"],
        );
    });
}
