//! Two models on the same cases: the mean difference, the exact test of McNemar, and a
//! sign-flip test for clusters.
//!
//! **Clusters.** The test for clustered pairs flips the sign of a whole cluster's sum at a time.
//! Under the hypothesis that the two models may be exchanged within every cluster, each of the 2^C
//! patterns of signs is equally likely, so the test is exact for any dependence inside clusters, for
//! any values, and for any number of clusters (Fisher, 1935; Winkler and others, 2015, for
//! exchangeability blocks). The corrected chi-squares for clustered pairs (Durkalski and others,
//! 2003) are right only for many clusters; with single pairs this test is the exact one of McNemar.

use super::beta::regularised;
use super::cluster::Cluster;
use super::mean::{Mean, Range, mean};
use super::random::Random;
use super::undefined::Undefined;

/// Clusters up to which every pattern of signs is tried.
const EXACT: usize = 15;

/// The values of two models on one case; None where one has no value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The first model's value.
    pub a: Option<f64>,
    /// The second model's value.
    pub b: Option<f64>,
}

/// The differences a - b of the pairs of one cluster. A pair that lacks a value is missing.
#[must_use]
pub fn differences(pairs: &[Pair]) -> Cluster {
    pairs.iter().fold(Cluster::default(), |mut sum, pair| {
        sum.planned += 1;
        match pair.a.zip(pair.b) {
            Some((a, b)) => sum.passes += a - b,
            None => sum.missing += 1,
        }
        sum
    })
}

/// The mean difference a - b over `clusters` of pairs, with clustered standard error and Student's
/// interval at two-sided `level`. Values lie in `range` where it is given; a missing pair counts as
/// the worst difference below and as the best above.
#[must_use]
pub fn difference(clusters: &[Vec<Pair>], range: Option<Range>, level: f64) -> Mean {
    let clusters: Vec<Cluster> = clusters.iter().map(|pairs| differences(pairs)).collect();
    mean(&clusters, range.map(Range::of_differences), level)
}

/// The two-sided p-value of McNemar's exact test after `a_only` cases that only the first model
/// passes and `b_only` that only the second does: twice the smaller tail of Binomial(n, 1/2), at
/// most 1; 1 where no case differs. For independent pairs.
#[must_use]
pub fn mcnemar(a_only: u32, b_only: u32) -> f64 {
    let (fewer, more) = (f64::from(a_only.min(b_only)), f64::from(a_only.max(b_only)));
    if fewer >= more {
        return 1.0;
    }
    // P(X <= k) = I_(1/2)(n - k, k + 1).
    (2.0 * regularised(0.5, more, fewer + 1.0)).min(1.0)
}

/// The outcome of a sign-flip test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignFlip {
    /// Two-sided p-value.
    pub p: f64,
    /// Whether every pattern was tried; otherwise patterns were drawn.
    pub exact: bool,
}

/// Tests whether the mean difference over `clusters` (see [`differences`]) is 0: see the module.
///
/// Tries every pattern of up to 15 clusters that differ at all. For more it draws `draws` patterns
/// from `seed` and counts the observed one as drawn too, p = (1 + hits) / (1 + draws) (Phipson and
/// Smyth, 2010), which keeps the level.
///
/// # Errors
/// When a pair is missing: the test has no worst case.
pub fn sign_flip(clusters: &[Cluster], draws: u32, seed: u64) -> Result<SignFlip, Undefined> {
    let missing = clusters.iter().map(|c| c.missing).sum();
    if missing > 0 {
        return Err(Undefined::Missing(missing));
    }
    // A cluster without a difference has no sign to flip.
    let sums: Vec<f64> = clusters
        .iter()
        .map(|c| c.passes)
        .filter(|s| s.abs() > 0.0)
        .collect();
    let observed = sums.iter().fold(0.0, |sum, s| sum + s).abs();
    // Equal sums may differ by rounding: they count as hits.
    let least = observed * (1.0 - 1e-12);
    let hit = |sum: f64| sum.abs() >= least;
    if sums.len() <= EXACT {
        let patterns = 1_u32 << sums.len();
        let hits = (0..patterns)
            .filter(|&signs| hit(flipped(&sums, signs.into())))
            .count();
        return Ok(SignFlip {
            p: hits as f64 / f64::from(patterns),
            exact: true,
        });
    }
    let hits = (0..draws)
        .filter(|&draw| {
            let mut random = Random::stream(seed, draw.into());
            hit(sums
                .chunks(64)
                .fold(0.0, |sum, part| sum + flipped(part, random.bits())))
        })
        .count();
    let p = (1.0 + hits as f64) / (1.0 + f64::from(draws));
    Ok(SignFlip { p, exact: false })
}

/// The sum of `sums`, negative where the bit of `signs` is set. At most 64.
fn flipped(sums: &[f64], signs: u64) -> f64 {
    let signed = |(bit, s): (usize, &f64)| if signs >> bit & 1 == 1 { -s } else { *s };
    sums.iter()
        .enumerate()
        .map(signed)
        .fold(0.0, |sum, s| sum + s)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(sums: &[f64]) -> Vec<Cluster> {
        let cluster = |&passes| Cluster {
            planned: 4,
            passes,
            missing: 0,
        };
        sums.iter().map(cluster).collect()
    }

    #[test]
    fn no_difference_is_no_evidence() {
        assert!(mcnemar(0, 0) >= 1.0 && mcnemar(4, 4) >= 1.0);
        assert_eq!(
            sign_flip(&of(&[0.0; 30]), 99, 1),
            Ok(SignFlip {
                p: 1.0,
                exact: true
            })
        );
        assert_eq!(
            sign_flip(&of(&[1.0; 5]), 0, 1),
            Ok(SignFlip {
                p: 2.0 / 32.0,
                exact: true
            })
        );
        let missing = [Cluster {
            planned: 2,
            passes: 1.0,
            missing: 1,
        }];
        assert_eq!(sign_flip(&missing, 99, 1), Err(Undefined::Missing(1)));
    }

    #[test]
    fn many_clusters_are_drawn_as_often_as_asked() {
        let alike = sign_flip(&of(&[0.1; 200]), 999, 7).unwrap();
        assert_eq!(
            alike,
            SignFlip {
                p: 1.0 / 1000.0,
                exact: false
            }
        );
        let mixed: Vec<f64> = (0..100).map(|i| [1.0, -1.0, 0.5, -0.4][i % 4]).collect();
        let first = sign_flip(&of(&mixed), 999, 7).unwrap();
        assert_eq!(first, sign_flip(&of(&mixed), 999, 7).unwrap());
        assert!(first.p > 0.5 && first.p < 0.95, "{first:?}");
    }

    #[test]
    fn a_pair_without_a_value_is_missing() {
        let pair = |a, b| Pair { a, b };
        let pairs = [
            pair(Some(1.0), Some(0.0)),
            pair(None, Some(1.0)),
            pair(Some(1.0), None),
        ];
        assert_eq!(
            differences(&pairs),
            Cluster {
                planned: 3,
                passes: 1.0,
                missing: 2
            }
        );
        let wide = difference(&[pairs.to_vec(), pairs.to_vec()], Some(Range::UNIT), 0.95);
        assert_eq!((wide.point, wide.limits), (Some(1.0), Ok((-1.0, 1.0))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Two tests that are one for single pairs, by two ways.
        #[test]
        fn sign_flip_of_single_pairs_is_mcnemar(a_only in 0_u32..8, b_only in 0_u32..8) {
            let sums = (0..a_only).map(|_| 1.0).chain((0..b_only).map(|_| -1.0));
            let flip = sign_flip(&of(&sums.collect::<Vec<_>>()), 0, 0).unwrap();
            prop_assert!(flip.exact && (flip.p - mcnemar(a_only, b_only)).abs() < 1e-12);
        }

        #[test]
        fn drawn_patterns_come_near_to_all(seed in any::<u64>()) {
            let sums: Vec<f64> = (0..16).map(|i| f64::from((i * 7) % 5) - 1.25).collect();
            let observed = sums.iter().sum::<f64>().abs();
            let sign = |bits: u32, i: usize| if bits >> i & 1 == 1 { -1.0 } else { 1.0 };
            let hits = (0_u32..1 << 16)
                .map(|bits| sums.iter().enumerate().map(|(i, s)| s * sign(bits, i)).sum::<f64>())
                .filter(|sum| sum.abs() >= observed)
                .count();
            let all = hits as f64 / 65_536.0;
            let drawn = sign_flip(&of(&sums), 2000, seed).unwrap();
            // Six standard deviations of a share of 2000.
            prop_assert!(!drawn.exact && (drawn.p - all).abs() < 0.07, "{all} {drawn:?}");
        }
    }
}
