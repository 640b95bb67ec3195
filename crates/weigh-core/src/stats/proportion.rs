//! Confidence limits of a proportion.

use super::beta::quantile;
use super::cluster::{Cluster, size, total};
use super::student::normal_two_sided;

/// The exact limits of Clopper and Pearson (1934) after `passes` and `fails`, at two-sided `level`.
///
/// Counts may be broken, so that effective ones can stand for whole ones.
#[must_use]
pub fn clopper_pearson(passes: f64, fails: f64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let lower = if passes <= 0.0 {
        0.0
    } else {
        quantile(tail, passes, fails + 1.0)
    };
    let upper = if fails <= 0.0 {
        1.0
    } else {
        quantile(1.0 - tail, passes + 1.0, fails)
    };
    (lower, upper)
}

/// The score limits of Wilson (1927) after `passes` and `fails`, at two-sided `level`.
///
/// Shorter than the exact ones and right on average only; no verdict rests on them.
#[must_use]
pub fn wilson(passes: f64, fails: f64, level: f64) -> (f64, f64) {
    let n = passes + fails;
    let z = normal_two_sided(1.0 - level);
    let share = passes / n;
    let shrink = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / shrink;
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / shrink;
    let lower = if passes <= 0.0 { 0.0 } else { centre - half };
    let upper = if fails <= 0.0 { 1.0 } else { centre + half };
    (lower, upper)
}

/// The exact limits of the share of passes among `clusters` at two-sided `level`, at the size that
/// the clusters are worth. Missing units count as failures below and as passes above.
///
/// Nothing can be said, (0, 1), of a single cluster of several units.
#[must_use]
pub fn clustered(clusters: &[Cluster], level: f64) -> (f64, f64) {
    let all = total(clusters);
    let planned = f64::from(all.planned);
    let worth = size(clusters, level) / planned;
    let limits = |passes: f64| clopper_pearson(passes * worth, (planned - passes) * worth, level);
    (
        limits(all.passes).0,
        limits(all.passes + f64::from(all.missing)).1,
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::distribution::{Binomial, DiscreteCDF};

    use super::*;

    /// Passes, units, level, and what scipy 1.17's `binomtest(...).proportion_ci` says: the exact
    /// limits and those of Wilson.
    const SCIPY: [(f64, f64, f64, [f64; 4]); 7] = [
        (
            0.0,
            10.0,
            0.95,
            [0.0, 0.308_497_107_818_762_94, 0.0, 0.277_532_799_862_889_26],
        ),
        (
            10.0,
            10.0,
            0.95,
            [0.691_502_892_181_237_1, 1.0, 0.722_467_200_137_110_9, 1.0],
        ),
        (
            5.0,
            10.0,
            0.95,
            [
                0.187_086_028_447_404_5,
                0.812_913_971_552_595_5,
                0.236_593_090_512_564,
                0.763_406_909_487_436_1,
            ],
        ),
        (
            15.0,
            300.0,
            0.95,
            [
                0.028_251_201_968_477_496,
                0.081_127_357_170_764_12,
                0.030_531_640_629_347_285,
                0.080_847_033_472_744_16,
            ],
        ),
        (
            292.0,
            300.0,
            0.99,
            [
                0.939_158_421_211_313_5,
                0.991_365_649_034_106_3,
                0.937_274_471_896_434_2,
                0.988_908_435_359_315,
            ],
        ),
        (1.0, 1.0, 0.95, [0.025, 1.0, 0.206_549_314_377_237_45, 1.0]),
        (
            450.0,
            500.0,
            0.9,
            [
                0.875_134_192_586_109_8,
                0.921_261_429_954_802_3,
                0.875_733_614_178_585_8,
                0.919_960_814_117_540_7,
            ],
        ),
    ];

    #[test]
    fn limits_agree_with_scipy() {
        for (passes, n, level, [lower, upper, score_lower, score_upper]) in SCIPY {
            let exact = clopper_pearson(passes, n - passes, level);
            let score = wilson(passes, n - passes, level);
            for (ours, theirs) in [
                (exact.0, lower),
                (exact.1, upper),
                (score.0, score_lower),
                (score.1, score_upper),
            ] {
                assert!(
                    (ours - theirs).abs() < 1e-11,
                    "{passes} of {n}: {ours}, {theirs}"
                );
            }
        }
    }

    proptest! {
        /// The definition: at the lower limit, so many passes or more have half of alpha.
        #[test]
        fn exact_limits_meet_their_definition(n in 1_u64..400, k in 0_u64..400, level in 0.5..0.999) {
            let k = k.min(n);
            let (lower, upper) = clopper_pearson(k as f64, (n - k) as f64, level);
            let tail = (1.0 - level) / 2.0;
            if k > 0 {
                let at_least = 1.0 - Binomial::new(lower, n).unwrap().cdf(k - 1);
                prop_assert!((at_least - tail).abs() < 1e-9);
            }
            if k < n {
                let at_most = Binomial::new(upper, n).unwrap().cdf(k);
                prop_assert!((at_most - tail).abs() < 1e-9);
            }
        }

        /// What the treatment of missing units rests on (see `cluster`).
        #[test]
        fn more_of_the_same_narrows_and_more_passes_raise(
            share in 0.0..=1.0, n in 0.1..3000.0, factor in 1.0..10.0, more in 0.0..1.0
        ) {
            let limits = |share: f64, n: f64| clopper_pearson(share * n, (1.0 - share) * n, 0.95);
            let (lower, upper) = limits(share, n);
            let (lower_at_more, upper_at_more) = limits(share, n * factor);
            prop_assert!(lower <= lower_at_more + 1e-12 && upper_at_more <= upper + 1e-12);
            let higher = share + more * (1.0 - share);
            let (lower_if_higher, upper_if_higher) = limits(higher, n);
            prop_assert!(lower <= lower_if_higher + 1e-12 && upper <= upper_if_higher + 1e-12);
        }
    }
}
