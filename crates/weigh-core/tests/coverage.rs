//! Intervals hold the truth as often as they say: a part of the table in `docs/statistics.md`,
//! small enough for every run of the tests. `examples/coverage` prints the whole.

#[path = "../examples/coverage/simulate.rs"]
#[allow(dead_code, reason = "the example uses all of it")]
mod simulate;

use simulate::{Coverage, Scores};

const SEED: u64 = 20_261_124;

/// Nineteen of twenty hold the truth and neither side is missed more than once in twenty, less
/// what so many runs leave to chance (about 2.5 standard deviations).
fn check(name: &str, found: Coverage, slack: f64) {
    assert!(found.holds >= 0.94 - slack, "{name}: {found:?}");
    assert!(
        found.above.max(found.below) <= 0.05 + slack,
        "{name}: {found:?}"
    );
    assert!(
        (found.holds + found.above + found.below - 1.0).abs() < 1e-9,
        "{name}: {found:?}"
    );
}

#[test]
fn clopper_pearson_exactly() {
    for p in [0.01, 0.05, 0.5, 0.95] {
        for n in [30, 300] {
            let found = simulate::exact_clopper_pearson(p, n, 0.95);
            check(&format!("{p} {n}"), found, 0.0);
            assert!(found.above.max(found.below) <= 0.025 && found.holds >= 0.95);
        }
    }
}

#[test]
fn korn_graubard_in_clusters() {
    for p in [0.01, 0.05, 0.5, 0.95] {
        for (n, size, rho) in [(30, 4, 0.5), (300, 4, 0.0), (300, 4, 0.5), (300, 8, 0.1)] {
            let limits = |random: &mut _| simulate::korn_graubard(random, p, n, size, rho);
            check(
                &format!("{p} {n} {size} {rho}"),
                Coverage::of(p, 400, SEED, limits),
                0.01,
            );
        }
    }
}

#[test]
fn means_of_bounded_scores() {
    for scores in [Scores::Even, Scores::Skewed, Scores::MostlyZero] {
        for (count, size, rho) in [(10, 4, 0.3), (30, 1, 0.0), (100, 4, 0.3)] {
            let found = Coverage::of(scores.truth(), 1000, SEED, |random| {
                simulate::student(&scores.clusters(random, count, size, rho))
            });
            check(&format!("{scores:?} {count} {size}"), found, 0.015);
        }
    }
    let plain = Coverage::of(Scores::MostlyZero.truth(), 1000, SEED, |random| {
        simulate::student_plain(&Scores::MostlyZero.clusters(random, 30, 1, 0.0))
    });
    assert!(
        plain.holds < 0.8,
        "the plain interval fails here, so the test can: {plain:?}"
    );
}

#[test]
fn resampled_means() {
    for (count, size) in [(12, 3), (30, 1)] {
        let found = Coverage::of(Scores::Even.truth(), 300, SEED, |random| {
            let clusters = Scores::Even.clusters(random, count, size, 0.3);
            simulate::resampled(&clusters, random.bits(), 300)?
                .expanded_bca(0.95)
                .ok()
        });
        check(&format!("{count} {size}"), found, 0.03);
    }
}

#[test]
fn calibration_errors() {
    for slope in [1.0, 0.5, 0.0] {
        let found = Coverage::of((1.0 - slope) / 4.0, 400, SEED, |random| {
            let answers = simulate::answers(random, 200, slope)?;
            answers
                .calibration_error_interval(0.95)
                .ok()
                .map(|found| found.limits)
        });
        check(&format!("{slope}"), found, 0.02);
    }
}

#[test]
fn differences_of_proportions() {
    for shares in [[0.9, 0.05, 0.05], [0.5, 0.15, 0.05]] {
        let limits = |random: &mut _| simulate::newcombe_paired(random, 100, shares);
        check(
            "paired",
            Coverage::of(shares[1] - shares[2], 1000, SEED, limits),
            0.015,
        );
    }
    for shares in [[0.05, 0.05], [0.5, 0.3]] {
        let limits = |random: &mut _| simulate::newcombe_clustered(random, shares, 120, 4, 0.3);
        check(
            "clustered",
            Coverage::of(shares[0] - shares[1], 400, SEED, limits),
            0.02,
        );
    }
}

#[test]
fn corrected_rates() {
    for p in [0.01, 0.3, 0.95] {
        for (rates, tried) in [([0.95, 0.9], 50), ([0.6, 0.7], 200)] {
            let limits = |random: &mut _| simulate::judged(random, p, 300, rates, tried);
            check(
                &format!("{p} {rates:?}"),
                Coverage::of(p, 1000, SEED, limits),
                0.015,
            );
        }
    }
}
