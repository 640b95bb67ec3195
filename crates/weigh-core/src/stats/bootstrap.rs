//! The cluster bootstrap: percentile and BCa intervals of any statistic over clusters.
//!
//! A resample draws C of C clusters with replacement (Field and Welsh, 2007). It is told as the
//! number of times that each cluster was drawn, in the order of the clusters, so that a statistic
//! over sums (a ratio, corpus BLEU) weighs each cluster's sums once, skips those not drawn, and adds
//! in a fixed order.
//!
//! BCa (Efron, 1987; Efron and Tibshirani, 1993, chapter 14) moves the percentiles by the bias
//! z0 = Phi^-1(share of resamples below the estimate, ties half) and by the acceleration
//! a = sum d^3 / (6 (sum d^2)^1.5), where d is the mean of the jackknife values less each of them,
//! one cluster left out at a time. Its error falls as 1 / C, that of percentiles as 1 / sqrt C.
//!
//! With few clusters both are too short: resamples spread by sqrt((C - 1) / C) too little and know
//! nothing of Student's t. [`Bootstrap::expanded_bca`] is BCa with the quantile z of the normal
//! distribution replaced by sqrt(C / (C - 1)) t[C - 1] (Hesterberg, 2015, The American Statistician
//! 69, 371-386, does so for percentiles). Where nearly all clusters are alike even that is too short
//! (`docs/statistics.md`): a mean should rest on [`super::mean::mean`] instead.

use super::random::Random;
use super::student::{normal_cdf, normal_quantile, normal_two_sided, two_sided};
use super::undefined::Undefined;

/// A statistic over clusters, each taken as many times as its weight says. None where it has no
/// value. It must not depend on anything else.
pub type Statistic<'a> = &'a dyn Fn(&[u32]) -> Option<f64>;

/// A statistic on the data, on resamples and with each cluster left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// Clusters.
    pub clusters: u32,
    /// On the data.
    pub point: f64,
    /// On the resamples that have a value, ascending.
    pub replicates: Vec<f64>,
    /// Resamples without a value.
    pub undefined: u32,
    /// With cluster c left out, in the order of the clusters; clusters whose absence leaves no
    /// value are not here.
    pub jackknife: Vec<f64>,
}

/// Evaluates `statistic` on `draws` resamples of `clusters` clusters. Resample b is drawn from
/// stream b of `seed`.
///
/// # Errors
/// With fewer than two clusters, or where the statistic has no value on the data.
pub fn bootstrap(
    clusters: u32,
    draws: u32,
    seed: u64,
    statistic: Statistic<'_>,
) -> Result<Bootstrap, Undefined> {
    if clusters < 2 {
        return Err(Undefined::FewClusters);
    }
    let value = |weights: &[u32]| statistic(weights).filter(|v| v.is_finite());
    let mut weights = vec![1; clusters as usize];
    let point = value(&weights).ok_or(Undefined::NothingScored)?;
    let jackknife = (0..weights.len())
        .filter_map(|left_out| {
            set(&mut weights, left_out, 0);
            let without = value(&weights);
            set(&mut weights, left_out, 1);
            without
        })
        .collect();
    let mut replicates: Vec<f64> = (0..draws)
        .filter_map(|draw| {
            resample(
                &mut weights,
                clusters,
                &mut Random::stream(seed, draw.into()),
            );
            value(&weights)
        })
        .collect();
    replicates.sort_by(f64::total_cmp);
    let defined = u32::try_from(replicates.len()).unwrap_or(draws);
    Ok(Bootstrap {
        clusters,
        point,
        replicates,
        undefined: draws - defined,
        jackknife,
    })
}

fn set(weights: &mut [u32], index: usize, weight: u32) {
    if let Some(slot) = weights.get_mut(index) {
        *slot = weight;
    }
}

/// Draws `clusters` clusters with replacement.
fn resample(weights: &mut [u32], clusters: u32, random: &mut Random) {
    weights.fill(0);
    for _ in 0..clusters {
        if let Some(weight) = weights.get_mut(random.below(clusters) as usize) {
            *weight += 1;
        }
    }
}

impl Bootstrap {
    /// The percentile interval at two-sided `level`.
    ///
    /// # Errors
    /// As [`Self::bca`], except [`Undefined::OneSided`].
    pub fn percentile(&self, level: f64) -> Result<(f64, f64), Undefined> {
        self.usable(level)?;
        let tail = (1.0 - level) / 2.0;
        Ok((self.quantile(tail), self.quantile(1.0 - tail)))
    }

    /// The BCa interval at two-sided `level`.
    ///
    /// # Errors
    /// [`Undefined::Resamples`] when more than a tenth of one tail of the resamples have no value,
    /// [`Undefined::NoSpread`] when all have the same one, [`Undefined::OneSided`] when the
    /// correction for bias or skewness has no finite value.
    pub fn bca(&self, level: f64) -> Result<(f64, f64), Undefined> {
        self.usable(level)?;
        self.corrected(normal_two_sided(1.0 - level))
    }

    /// The BCa interval at two-sided `level`, made wider for few clusters: see the module.
    ///
    /// # Errors
    /// As [`Self::bca`].
    pub fn expanded_bca(&self, level: f64) -> Result<(f64, f64), Undefined> {
        self.usable(level)?;
        let freedom = f64::from(self.clusters) - 1.0;
        let spread = ((freedom + 1.0) / freedom).sqrt();
        self.corrected(spread * two_sided(1.0 - level, freedom))
    }

    /// The BCa limits for the normal quantiles -z and z.
    fn corrected(&self, z: f64) -> Result<(f64, f64), Undefined> {
        let bias = normal_quantile(self.share_below());
        let acceleration = acceleration(&self.jackknife);
        let moved = |z: f64| {
            let sum = bias + z;
            let stretch = 1.0 - acceleration * sum;
            let share = normal_cdf(bias + sum / stretch);
            (bias.is_finite() && stretch > 0.0).then(|| self.quantile(share))
        };
        moved(-z).zip(moved(z)).ok_or(Undefined::OneSided)
    }

    /// Whether the resamples can carry an interval.
    fn usable(&self, level: f64) -> Result<(), Undefined> {
        let undefined = self.undefined;
        let draws =
            undefined + u32::try_from(self.replicates.len()).unwrap_or(u32::MAX - undefined);
        if draws == 0 || f64::from(undefined) > f64::from(draws) * (1.0 - level) / 20.0 {
            return Err(Undefined::Resamples { undefined, draws });
        }
        match (self.replicates.first(), self.replicates.last()) {
            (Some(first), Some(last)) if first < last => Ok(()),
            _ => Err(Undefined::NoSpread),
        }
    }

    /// The share of the resamples that lie below the estimate; those equal to it count half.
    fn share_below(&self) -> f64 {
        let below = self.replicates.partition_point(|&r| r < self.point);
        let up_to = self.replicates.partition_point(|&r| r <= self.point);
        (below + up_to) as f64 / (2 * self.replicates.len()) as f64
    }

    /// The quantile of the resamples, interpolated between neighbours (Hyndman and Fan, 1996,
    /// definition 7).
    fn quantile(&self, share: f64) -> f64 {
        let place = share * (self.replicates.len() - 1) as f64;
        let floor = libm::floor(place);
        let at = |index: usize| self.replicates.get(index).or(self.replicates.last());
        let (Some(low), Some(high)) = (at(floor as usize), at(floor as usize + 1)) else {
            return f64::NAN;
        };
        low + (place - floor) * (high - low)
    }
}

/// Efron's acceleration from the `jackknife` values; 0 where they are all equal.
#[must_use]
pub fn acceleration(jackknife: &[f64]) -> f64 {
    let sum_of = |term: &dyn Fn(f64) -> f64| jackknife.iter().fold(0.0, |sum, &v| sum + term(v));
    let mean = sum_of(&|v| v) / jackknife.len() as f64;
    let squares = sum_of(&|v| (mean - v) * (mean - v));
    let cubes = sum_of(&|v| (mean - v) * (mean - v) * (mean - v));
    if squares > 0.0 {
        cubes / (6.0 * squares * squares.sqrt())
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of `values`, one a cluster.
    fn mean_of(values: &[f64], weights: &[u32]) -> Option<f64> {
        let n: u32 = weights.iter().sum();
        let sum = values
            .iter()
            .zip(weights)
            .fold(0.0, |sum, (v, &w)| sum + v * f64::from(w));
        (n > 0).then(|| sum / f64::from(n))
    }

    #[test]
    fn a_seed_is_a_result() {
        let values = [0.3, 1.0, 0.2, 0.9, 0.4, 0.4, 0.7, 0.1];
        let run = |seed| bootstrap(8, 500, seed, &|w| mean_of(&values, w)).unwrap();
        assert_eq!(run(1), run(1));
        assert_ne!(run(1).replicates, run(2).replicates);
        // Written down once; the same on every machine and in every version.
        let (lower, upper) = run(1).bca(0.95).unwrap();
        insta::assert_snapshot!(format!("{lower} {upper}"), @"0.2875 0.734660524484427");
        let (wider_lower, wider_upper) = run(1).expanded_bca(0.95).unwrap();
        assert!(wider_lower < lower && upper < wider_upper);
        // Fewer draws are the first of many: resample b does not depend on the others.
        let mut many = run(1).replicates;
        for replicate in bootstrap(8, 100, 1, &|w| mean_of(&values, w))
            .unwrap()
            .replicates
        {
            let place = many.iter().position(|r| (r - replicate).abs() <= 0.0);
            many.remove(place.expect("a replicate of the longer run"));
        }
    }

    #[test]
    fn every_resample_draws_as_many_clusters_as_there_are() {
        let sizes = bootstrap(30, 200, 3, &|w| Some(f64::from(w.iter().sum::<u32>()))).unwrap();
        assert!(sizes.replicates.iter().all(|&n| (n - 30.0).abs() <= 0.0));
        assert!(sizes.jackknife.iter().all(|&n| (n - 29.0).abs() <= 0.0));
        assert_eq!(sizes.bca(0.95), Err(Undefined::NoSpread));
        assert_eq!(sizes.percentile(0.95), Err(Undefined::NoSpread));
    }

    #[test]
    fn what_cannot_be_resampled_is_not() {
        let value = |_: &[u32]| Some(1.0);
        assert_eq!(bootstrap(1, 99, 0, &value), Err(Undefined::FewClusters));
        assert_eq!(
            bootstrap(9, 99, 0, &|_| None),
            Err(Undefined::NothingScored)
        );
        assert_eq!(
            bootstrap(9, 99, 0, &|_| Some(f64::NAN)),
            Err(Undefined::NothingScored)
        );
        let none_drawn = bootstrap(9, 0, 0, &value).unwrap();
        let reason = Undefined::Resamples {
            undefined: 0,
            draws: 0,
        };
        assert_eq!(none_drawn.bca(0.95), Err(reason));
    }

    #[test]
    fn a_statistic_that_often_has_no_value_has_no_interval() {
        // A ratio whose denominator is one of five clusters: absent from (4/5)^5 of the resamples.
        let ratio = |w: &[u32]| (w[0] > 0).then(|| f64::from(w[1]) / f64::from(w[0]));
        let rare = bootstrap(5, 1000, 4, &ratio).unwrap();
        assert!((250..400).contains(&rare.undefined));
        assert_eq!(rare.jackknife.len(), 4);
        let reason = Undefined::Resamples {
            undefined: rare.undefined,
            draws: 1000,
        };
        assert_eq!(rare.percentile(0.95), Err(reason));
        assert_eq!(rare.bca(0.95), Err(reason));
    }

    #[test]
    fn a_statistic_that_resampling_only_lowers_has_no_corrected_interval() {
        // The greatest value: no resample exceeds it, and most reach it.
        let greatest = |w: &[u32]| {
            let drawn = w.iter().enumerate().filter(|(_, w)| **w > 0);
            drawn.map(|(i, _)| i as f64).reduce(f64::max)
        };
        let mut resampled = bootstrap(20, 500, 4, &greatest).unwrap();
        assert!(resampled.bca(0.95).is_ok());
        resampled.point += 1.0;
        assert_eq!(resampled.bca(0.95), Err(Undefined::OneSided));
        assert!(resampled.percentile(0.95).is_ok());
    }

    #[test]
    fn without_skewness_there_is_no_acceleration() {
        assert!(acceleration(&[1.0, 1.0, 1.0]).abs() <= 0.0);
        assert!(acceleration(&[1.0, 2.0, 3.0]).abs() < 1e-15);
        assert!(acceleration(&[1.0, 1.0, 3.0]) < 0.0);
    }
}
