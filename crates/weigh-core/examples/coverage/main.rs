//! Prints the tables of `docs/statistics.md`: how often the intervals at 95 % hold the truth.
//!
//! `cargo run --release -p weigh-core --example coverage`

#![allow(clippy::print_stdout, reason = "the table is what it is for")]

mod simulate;

use simulate::{Coverage, Scores};

const RUNS: u32 = 20_000;
const SEED: u64 = 20_261_124;

fn main() {
    exact();
    proportions();
    means();
    calibration();
    differences();
    judges();
    unseen();
}

/// Distributions and a seed that had no part in the choice of the intervals.
fn unseen() {
    const SEED: u64 = 987_654_321;
    head(
        "Not used in choosing: means",
        "interval | scores | clusters | size | correlation",
    );
    for scores in [Scores::MostlyOne, Scores::Rare] {
        for (count, size) in [(8, 6), (20, 1), (50, 6), (150, 1), (150, 3)] {
            let name = format!("{scores:?} | {count} | {size} | 0.5");
            let draw = |random: &mut _| scores.clusters(random, count, size, 0.5);
            let student = |random: &mut _| simulate::student(&draw(random));
            let found = Coverage::of(scores.truth(), RUNS, SEED, student);
            row(&format!("Student, bounded | {name}"), found);
            let found = Coverage::of(scores.truth(), 2000, SEED, |random| {
                let clusters = draw(random);
                simulate::resampled(&clusters, random.bits(), 800)?
                    .expanded_bca(0.95)
                    .ok()
            });
            row(&format!("BCa, expanded | {name}"), found);
        }
    }
    head(
        "Not used in choosing: calibration error, less bias",
        "of | gap | n | size",
    );
    for gap in [0.0, 0.1, 0.3] {
        for (n, size) in [(60, 1), (60, 5), (200, 1), (200, 5), (1000, 1), (1000, 5)] {
            let draw = |random: &mut _| simulate::two_sided_answers(random, n, size, gap);
            let binned = Coverage::of(0.0, 4000, SEED, |random| {
                draw(random).map(|((lower, upper), truth)| (lower - truth, upper - truth))
            });
            row(&format!("the ten bins | {gap} | {n} | {size}"), binned);
            let whole = Coverage::of(gap, 4000, SEED, |random| draw(random).map(|found| found.0));
            row(&format!("no bins | {gap} | {n} | {size}"), whole);
        }
    }
}

fn row(name: &str, found: Coverage) {
    let percent = |share: f64| format!("{:.1}", 100.0 * share);
    let [holds, above, below] = [found.holds, found.above, found.below].map(percent);
    println!("| {name} | {holds} | {above} | {below} |");
}

fn head(title: &str, columns: &str) {
    println!("\n### {title}\n\n| {columns} | holds | above | below |");
    let rules = columns
        .split('|')
        .map(|_| "---")
        .collect::<Vec<_>>()
        .join("|");
    println!("|{rules}|---|---|---|");
}

fn exact() {
    head("Clopper-Pearson, independent units (exact)", "p | n");
    for p in [0.01, 0.05, 0.5, 0.95] {
        for n in [30, 300, 2000] {
            row(
                &format!("{p} | {n}"),
                simulate::exact_clopper_pearson(p, n, 0.95),
            );
        }
    }
}

fn proportions() {
    head(
        "Korn-Graubard, clusters (beta-binomial)",
        "p | n | size | correlation",
    );
    for p in [0.01, 0.05, 0.5, 0.95] {
        for n in [30, 300, 2000] {
            for size in [4, 8] {
                for rho in [0.0, 0.1, 0.5] {
                    let found = Coverage::of(p, RUNS, SEED, |random| {
                        simulate::korn_graubard(random, p, n, size, rho)
                    });
                    row(&format!("{p} | {n} | {size} | {rho}"), found);
                }
            }
        }
    }
}

fn means() {
    head(
        "Means of scores in [0, 1]",
        "interval | scores | clusters | size | correlation",
    );
    for scores in [Scores::Even, Scores::Skewed, Scores::MostlyZero] {
        for (count, size, rho) in [
            (10, 4, 0.3),
            (30, 1, 0.0),
            (30, 4, 0.3),
            (300, 1, 0.0),
            (300, 4, 0.3),
        ] {
            let simulated =
                |name: &str, runs: u32, limits: &dyn Fn(&[_], u64) -> simulate::Limits| {
                    let found = Coverage::of(scores.truth(), runs, SEED, |random| {
                        let clusters = scores.clusters(random, count, size, rho);
                        limits(&clusters, random.bits())
                    });
                    row(
                        &format!("{name} | {scores:?} | {count} | {size} | {rho}"),
                        found,
                    );
                };
            simulated("Student, bounded", RUNS, &|clusters, _| {
                simulate::student(clusters)
            });
            simulated("Student, plain", RUNS, &|clusters, _| {
                simulate::student_plain(clusters)
            });
            simulated("BCa", 4000, &|clusters, seed| {
                simulate::resampled(clusters, seed, 1000)?.bca(0.95).ok()
            });
            simulated("BCa, expanded", 4000, &|clusters, seed| {
                simulate::resampled(clusters, seed, 1000)?
                    .expanded_bca(0.95)
                    .ok()
            });
        }
    }
}

fn calibration() {
    head("Expected calibration error", "interval | true error | n");
    for slope in [1.0, 0.8, 0.5, 0.0] {
        for n in [100, 300, 1000] {
            // |c - accuracy| = (1 - slope) (c - 1/2), on average a quarter of that factor.
            let truth = (1.0 - slope) / 4.0;
            let less_bias = Coverage::of(truth, 4000, SEED, |random| {
                let answers = simulate::answers(random, n, slope)?;
                answers
                    .calibration_error_interval(0.95)
                    .ok()
                    .map(|found| found.limits)
            });
            row(&format!("less bias | {truth:.2} | {n}"), less_bias);
            let resampled = Coverage::of(truth, 1000, SEED, |random| {
                let answers = simulate::answers(random, n, slope)?;
                let resampled = answers
                    .calibration_error_bootstrap(500, random.bits())
                    .ok()?;
                resampled.expanded_bca(0.95).ok()
            });
            row(&format!("BCa, expanded | {truth:.2} | {n}"), resampled);
        }
    }
}

fn differences() {
    head(
        "Newcombe, paired differences",
        "both, first only, second only | n",
    );
    for shares in [
        [0.9, 0.05, 0.05],
        [0.5, 0.15, 0.05],
        [0.95, 0.03, 0.01],
        [0.0, 0.02, 0.02],
    ] {
        for n in [30, 300] {
            let truth = shares[1] - shares[2];
            let limits = |random: &mut _| simulate::newcombe_paired(random, n, shares);
            row(
                &format!("{shares:?} | {n}"),
                Coverage::of(truth, RUNS, SEED, limits),
            );
        }
    }
    head(
        "Newcombe, independent differences",
        "p, q | n each | size | correlation",
    );
    for shares in [[0.05, 0.05], [0.95, 0.9], [0.5, 0.3]] {
        for (n, size, rho) in [(30, 1, 0.0), (300, 1, 0.0), (300, 4, 0.3)] {
            let limits =
                |random: &mut _| simulate::newcombe_clustered(random, shares, n, size, rho);
            let found = Coverage::of(shares[0] - shares[1], RUNS, SEED, limits);
            row(&format!("{shares:?} | {n} | {size} | {rho}"), found);
        }
    }
}

fn judges() {
    head(
        "Corrected rates (Lang-Reiczigel)",
        "true rate | n | sensitivity, specificity | card, each kind",
    );
    for p in [0.01, 0.05, 0.3, 0.95] {
        for (rates, tried) in [
            ([0.95, 0.9], 50),
            ([0.95, 0.9], 300),
            ([0.8, 0.99], 100),
            ([0.6, 0.7], 200),
        ] {
            let limits = |random: &mut _| simulate::judged(random, p, 300, rates, tried);
            row(
                &format!("{p} | 300 | {rates:?} | {tried}"),
                Coverage::of(p, RUNS, SEED, limits),
            );
        }
    }
}
