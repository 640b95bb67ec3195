//! How often intervals hold the truth, by simulation with a known truth.

use weigh_core::stats::bootstrap::{Bootstrap, bootstrap};
use weigh_core::stats::calibration::{Prediction, Ranked};
use weigh_core::stats::cluster::Cluster;
use weigh_core::stats::corrected::{Card, corrected};
use weigh_core::stats::mean::{Range, mean};
use weigh_core::stats::newcombe::{self, PairTable};
use weigh_core::stats::power::binomial_cdf;
use weigh_core::stats::proportion::{clopper_pearson, clustered};
use weigh_core::stats::random::Random;

/// Limits of one simulated run, or None where none are given.
pub type Limits = Option<(f64, f64)>;

/// The shares of intervals that hold the truth, lie above it, and lie below it. What has no
/// interval holds the truth: it claims nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Coverage {
    /// Hold the truth.
    pub holds: f64,
    /// Lie above the truth: a limit to be reached would falsely be found reached.
    pub above: f64,
    /// Lie below the truth: a limit not to be exceeded would falsely be found kept.
    pub below: f64,
}

impl Coverage {
    /// Of `runs` intervals around `truth`, drawn by `limits` from the streams of `seed`.
    pub fn of(truth: f64, runs: u32, seed: u64, limits: impl Fn(&mut Random) -> Limits) -> Self {
        let mut sum = Self::default();
        for run in 0..runs {
            sum.add(
                truth,
                limits(&mut Random::stream(seed, run.into())),
                1.0 / f64::from(runs),
            );
        }
        sum
    }

    fn add(&mut self, truth: f64, limits: Limits, weight: f64) {
        // Rounding is no error of an interval whose limit is the truth.
        match limits {
            Some((lower, _)) if lower > truth + 1e-12 => self.above += weight,
            Some((_, upper)) if upper < truth - 1e-12 => self.below += weight,
            Some(_) | None => self.holds += weight,
        }
    }
}

/// The coverage of Clopper and Pearson's interval for `n` independent units, exactly: the sum over
/// every number of passes.
pub fn exact_clopper_pearson(p: f64, n: u32, level: f64) -> Coverage {
    let mut sum = Coverage::default();
    for passes in 0..=n {
        let below = passes.checked_sub(1).map_or(0.0, |k| binomial_cdf(k, n, p));
        let limits = clopper_pearson(passes.into(), (n - passes).into(), level);
        sum.add(p, Some(limits), binomial_cdf(passes, n, p) - below);
    }
    sum
}

/// `n` units in clusters of `size` (the last may be smaller) that pass with probability `p` and
/// intra-cluster correlation `rho`: a beta-binomial number of passes per cluster, drawn as Polya's
/// urn.
pub fn beta_binomial(random: &mut Random, p: f64, n: u32, size: u32, rho: f64) -> Vec<Cluster> {
    (0..n.div_ceil(size))
        .map(|cluster| {
            let planned = size.min(n - cluster * size);
            let mut passes = 0.0;
            for drawn in 0..planned {
                let chance =
                    (p * (1.0 - rho) + rho * passes) / (1.0 - rho + rho * f64::from(drawn));
                passes += f64::from(u8::from(random.chance(chance)));
            }
            Cluster {
                planned,
                passes,
                missing: 0,
            }
        })
        .collect()
}

/// The interval of Korn and Graubard.
pub fn korn_graubard(random: &mut Random, p: f64, n: u32, size: u32, rho: f64) -> Limits {
    Some(clustered(&beta_binomial(random, p, n, size, rho), 0.95))
}

/// Graded scores in [0, 1] and their mean.
#[derive(Debug, Clone, Copy)]
pub enum Scores {
    /// Evenly spread: mean 1/2.
    Even,
    /// The cube of an even number, skewed towards 0: mean 1/4.
    Skewed,
    /// 0 in 19 of 20 cases, else evenly spread: mean 1/40.
    MostlyZero,
    /// 0 in one of ten cases, else even over 0.9..1: mean 0.855.
    MostlyOne,
    /// 1 in one of fifty cases, else 0: mean 0.02.
    Rare,
}

impl Scores {
    /// The mean of the distribution.
    pub fn truth(self) -> f64 {
        match self {
            Self::Even => 0.5,
            Self::Skewed => 0.25,
            Self::MostlyZero => 0.025,
            Self::MostlyOne => 0.855,
            Self::Rare => 0.02,
        }
    }

    fn draw(self, random: &mut Random) -> f64 {
        let unit = random.unit();
        match self {
            Self::Even => unit,
            Self::Skewed => unit * unit * unit,
            Self::MostlyZero => unit * f64::from(u8::from(random.chance(0.05))),
            Self::MostlyOne => (1.0 - unit / 10.0) * f64::from(u8::from(random.chance(0.9))),
            Self::Rare => f64::from(u8::from(unit < 0.02)),
        }
    }

    /// `count` clusters of `size` units; each unit repeats the first of its cluster with
    /// probability `rho`'s square root, so that two of a cluster correlate by about `rho`.
    pub fn clusters(self, random: &mut Random, count: u32, size: u32, rho: f64) -> Vec<Cluster> {
        (0..count)
            .map(|_| {
                let common = self.draw(random);
                let passes = (0..size)
                    .map(|_| {
                        if random.chance(rho.sqrt()) {
                            common
                        } else {
                            self.draw(random)
                        }
                    })
                    .sum();
                Cluster {
                    planned: size,
                    passes,
                    missing: 0,
                }
            })
            .collect()
    }
}

/// Student's interval with the addition for values in [0, 1].
pub fn student(clusters: &[Cluster]) -> Limits {
    mean(clusters, Some(Range::UNIT), 0.95).limits.ok()
}

/// Student's interval without it.
pub fn student_plain(clusters: &[Cluster]) -> Limits {
    mean(clusters, None, 0.95).limits.map_or_else(
        |_| {
            let size: u32 = clusters.iter().map(|c| c.planned).sum();
            let point = clusters.iter().map(|c| c.passes).sum::<f64>() / f64::from(size);
            Some((point, point))
        },
        Some,
    )
}

/// The mean of `clusters` on `draws` resamples.
pub fn resampled(clusters: &[Cluster], seed: u64, draws: u32) -> Option<Bootstrap> {
    let mean = |weights: &[u32]| {
        let (passes, units) = clusters
            .iter()
            .zip(weights)
            .fold((0.0, 0), |(p, n), (c, &w)| {
                (p + c.passes * f64::from(w), n + c.planned * w)
            });
        (units > 0).then(|| passes / f64::from(units))
    };
    bootstrap(clusters.len() as u32, draws, seed, &mean).ok()
}

/// `n` answers of a model whose confidence c is even over 1/2..1 and whose answers are right with
/// probability 1/2 + `slope` (c - 1/2).
pub fn answers(random: &mut Random, n: u32, slope: f64) -> Option<Ranked> {
    let one = |cluster| {
        let confidence = 0.5 + random.unit() / 2.0;
        let correct = random.chance(0.5 + slope * (confidence - 0.5));
        Prediction {
            confidence,
            correct,
            cluster,
        }
    };
    Ranked::new(&(0..n).map(one).collect::<Vec<_>>(), 0).ok()
}

/// The interval of the calibration error of `n` answers in clusters of `size`, less the error that
/// their ten bins truly have, so that the truth is 0. Confidences are even over 0.35..0.65; the
/// accuracy is `gap` above them under 1/2 and `gap` below them over 1/2, so that in the bin at 1/2
/// two errors cancel. Also that error itself, of which `gap` is the whole.
pub fn two_sided_answers(
    random: &mut Random,
    n: u32,
    size: u32,
    gap: f64,
) -> Option<((f64, f64), f64)> {
    let mut answers = Vec::new();
    for cluster in 0..n / size {
        let common = [random.unit(), random.unit()];
        for _ in 0..size {
            let [place, luck] = common.map(|c| if random.chance(0.7) { c } else { random.unit() });
            let confidence = 0.35 + 0.3 * place;
            let off = if confidence < 0.5 { -gap } else { gap };
            let correct = luck < confidence - off;
            answers.push((
                off,
                Prediction {
                    confidence,
                    correct,
                    cluster,
                },
            ));
        }
    }
    answers.sort_by(|x, y| x.1.confidence.total_cmp(&y.1.confidence));
    let of_bin = |bin: usize| {
        let members = answers.get(bin * answers.len() / 10..(bin + 1) * answers.len() / 10);
        members
            .unwrap_or_default()
            .iter()
            .map(|(off, _)| off)
            .sum::<f64>()
            .abs()
    };
    let binned = (0..10).map(of_bin).sum::<f64>() / answers.len() as f64;
    let predictions: Vec<Prediction> = answers.iter().map(|(_, p)| *p).collect();
    let found = Ranked::new(&predictions, 0)
        .ok()?
        .calibration_error_interval(0.95)
        .ok()?;
    Some((found.limits, binned))
}

/// Newcombe's interval of the difference of two systems on the same `n` cases: both pass with
/// probability `both`, only one with `a_only` and `b_only`.
pub fn newcombe_paired(random: &mut Random, n: u32, [both, a_only, b_only]: [f64; 3]) -> Limits {
    let mut table = PairTable {
        both: 0,
        a_only: 0,
        b_only: 0,
        neither: 0,
    };
    for _ in 0..n {
        let u = random.unit();
        if u < both {
            table.both += 1;
        } else if u < both + a_only {
            table.a_only += 1;
        } else if u < both + a_only + b_only {
            table.b_only += 1;
        } else {
            table.neither += 1;
        }
    }
    newcombe::paired(&table, 0.95)
}

/// Newcombe's interval of the difference of two independent samples in clusters.
pub fn newcombe_clustered(
    random: &mut Random,
    [p, q]: [f64; 2],
    n: u32,
    size: u32,
    rho: f64,
) -> Limits {
    let a = beta_binomial(random, p, n, size, rho);
    let b = beta_binomial(random, q, n, size, rho);
    newcombe::clustered(&a, &b, 0.95).ok()
}

/// The corrected rate of `n` units of which a share `p` is of the kind that an instrument with
/// true `rates` (sensitivity, specificity) should flag, tried on `tried` items of each kind.
pub fn judged(random: &mut Random, p: f64, n: u32, rates: [f64; 2], tried: u32) -> Limits {
    let [sensitivity, specificity] = rates;
    let hits = |random: &mut Random, chance: f64| {
        (0..tried).filter(|_| random.chance(chance)).count() as u32
    };
    let (found, spared) = (hits(random, sensitivity), hits(random, specificity));
    let card = Card {
        true_positives: found,
        false_negatives: tried - found,
        true_negatives: spared,
        false_positives: tried - spared,
    };
    let flagged = p * sensitivity + (1.0 - p) * (1.0 - specificity);
    let units = beta_binomial(random, flagged, n, 1, 0.0);
    corrected(&units, &card, 0.95).ok().map(|c| c.limits)
}
