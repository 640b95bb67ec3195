//! Whether confidence means what it says: Brier score, expected calibration error, and accuracy
//! where a model may abstain.

use std::collections::BTreeMap;

use super::bootstrap::{Bootstrap, bootstrap};
use super::cluster::Cluster;
use super::mean::standard_error;
use super::student::two_sided;
use super::undefined::Undefined;

/// Bins of the expected calibration error.
const BINS: u64 = 10;

/// One answer, with the confidence that the model has in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// Probability that the answer is right, as the model says.
    pub confidence: f64,
    /// Whether it is.
    pub correct: bool,
    /// Number of its cluster, from 0.
    pub cluster: u32,
}

impl Prediction {
    /// How much too sure the model is of this answer.
    fn off(&self) -> f64 {
        self.confidence - f64::from(u8::from(self.correct))
    }
}

/// An expected calibration error and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationError {
    /// Of the sample.
    pub point: f64,
    /// How much of it chance makes at most, on average.
    pub bias: f64,
    /// Clustered standard error.
    pub standard_error: f64,
    /// Lower and upper limit, in [0, 1].
    pub limits: (f64, f64),
}

/// The multi-class Brier score of one case: sum (p_k - y_k)^2 over the choices, 0 to 2 (Brier, 1950).
/// The form for two classes that goes from 0 to 1 is half of it.
///
/// # Errors
/// When a number is no probability, or `gold` is no choice. Whether they sum to 1 is the caller's
/// to see to.
pub fn brier(probabilities: &[f64], gold: usize) -> Result<f64, Undefined> {
    if gold >= probabilities.len() {
        return Err(Undefined::NothingScored);
    }
    probabilities
        .iter()
        .enumerate()
        .try_fold(0.0, |sum, (choice, &p)| {
            let error = probability(p)? - f64::from(u8::from(choice == gold));
            Ok(sum + error * error)
        })
}

fn probability(p: f64) -> Result<f64, Undefined> {
    if (0.0..=1.0).contains(&p) {
        Ok(p)
    } else {
        Err(Undefined::NotAProbability(p))
    }
}

/// Predictions in the order of their confidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Ascending; equal confidences keep the order of the cases.
    predictions: Vec<Prediction>,
    clusters: u32,
}

impl Ranked {
    /// Sorts `predictions`.
    ///
    /// # Errors
    /// When there is none, when `missing` units have none, or when a confidence is no probability.
    pub fn new(predictions: &[Prediction], missing: u32) -> Result<Self, Undefined> {
        if predictions.is_empty() {
            return Err(Undefined::NothingScored);
        }
        if missing > 0 {
            return Err(Undefined::Missing(missing));
        }
        for prediction in predictions {
            probability(prediction.confidence)?;
        }
        let mut predictions = predictions.to_vec();
        // -0 and 0 are equal, so not total_cmp; no NaN is left.
        predictions.sort_by(|x, y| {
            x.confidence
                .partial_cmp(&y.confidence)
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let clusters = predictions
            .iter()
            .map(|p| p.cluster)
            .max()
            .map_or(0, |last| last + 1);
        Ok(Self {
            predictions,
            clusters,
        })
    }

    /// Expected calibration error with ten bins of equal mass: sum n_b / n |mean confidence - share
    /// correct|, 0 to 1. Bin b holds the places floor(b n / 10) up to floor((b + 1) n / 10).
    #[must_use]
    pub fn calibration_error(&self) -> f64 {
        self.weighted_error(|_| 1).unwrap_or(0.0)
    }

    /// The members of each bin of the error, from the least sure on; empty ones where there are fewer
    /// than ten predictions.
    pub(super) fn bins(&self) -> impl Iterator<Item = &[Prediction]> {
        let edge = |bin: usize| bin * self.predictions.len() / BINS as usize;
        let bin = move |bin| self.predictions.get(edge(bin)..edge(bin + 1));
        (0..BINS as usize).map(move |at| bin(at).unwrap_or_default())
    }

    /// The error with an interval at two-sided `level`.
    ///
    /// With s the sign of a bin's gap, the error is the mean of s (confidence - correct), so it has
    /// that mean's clustered standard error. A gap of chance is counted like a real one, so the
    /// error is too large on average, by sqrt(2 / pi) sum SE_b at most (a normal variable's mean
    /// size), where SE_b is the clustered standard error of bin b's part of the sum. The lower
    /// limit gives this bias back, the upper one keeps it.
    ///
    /// It is about the error of these ten bins. Where a model is too sure and too unsure inside one
    /// bin the two cancel, and the error without bins is larger.
    ///
    /// # Errors
    /// With fewer than two clusters.
    pub fn calibration_error_interval(&self, level: f64) -> Result<CalibrationError, Undefined> {
        let n = self.predictions.len();
        let mut clusters: BTreeMap<u32, Cluster> = BTreeMap::new();
        let mut bias = 0.0;
        for members in self.bins() {
            let gap = members.iter().fold(0.0, |sum, p| sum + p.off());
            let mut of_bin: BTreeMap<u32, f64> = BTreeMap::new();
            for prediction in members {
                let cluster = clusters.entry(prediction.cluster).or_default();
                cluster.planned += 1;
                cluster.passes += if gap < 0.0 {
                    -prediction.off()
                } else {
                    prediction.off()
                };
                *of_bin.entry(prediction.cluster).or_default() += prediction.off();
            }
            bias += of_bin.values().fold(0.0, |sum, s| sum + s * s).sqrt();
        }
        let clusters: Vec<Cluster> = clusters.into_values().collect();
        let standard_error = standard_error(&clusters).ok_or(Undefined::FewClusters)?;
        let half = two_sided(1.0 - level, clusters.len() as f64 - 1.0) * standard_error;
        let bias = bias * (2.0 / std::f64::consts::PI).sqrt() / n as f64;
        let point = self.calibration_error();
        let limits = ((point - bias - half).max(0.0), (point + half).min(1.0));
        Ok(CalibrationError {
            point,
            bias,
            standard_error,
            limits,
        })
    }

    /// The error on resamples of the clusters.
    ///
    /// A resample repeats cases, so its error is the larger for chance, and BCa corrects for that
    /// only where the error is large: `docs/statistics.md` shows how often its lower limit lies
    /// above the truth. A claim should rest on [`Self::calibration_error_interval`].
    ///
    /// # Errors
    /// With fewer than two clusters.
    pub fn calibration_error_bootstrap(
        &self,
        draws: u32,
        seed: u64,
    ) -> Result<Bootstrap, Undefined> {
        bootstrap(self.clusters, draws, seed, &|weights| {
            self.weighted_error(|p| weights.get(p.cluster as usize).copied().unwrap_or(0))
        })
    }

    /// The error where each prediction stands as often as `weight` says. None where none stands.
    fn weighted_error(&self, weight: impl Fn(&Prediction) -> u32) -> Option<f64> {
        let n: u64 = self.predictions.iter().map(|p| u64::from(weight(p))).sum();
        let (mut bin, mut place, mut gap, mut error) = (0, 0, 0.0_f64, 0.0);
        for prediction in &self.predictions {
            let off = prediction.off();
            let mut left = u64::from(weight(prediction));
            while left > 0 {
                let end = (bin + 1) * n / BINS;
                let taken = left.min(end - place);
                gap += taken as f64 * off;
                place += taken;
                left -= taken;
                if place == end {
                    error += gap.abs();
                    gap = 0.0;
                    bin += 1;
                }
            }
        }
        (n > 0).then(|| error / n as f64)
    }

    /// Accuracy on the `coverage` share (0 to 1) of the cases of which the model is surest, at least
    /// one. Where equal confidences are cut, each of them counts in part, so that no order of cases
    /// can change the figure.
    #[must_use]
    pub fn selective_accuracy(&self, coverage: f64) -> f64 {
        self.weighted_accuracy(coverage, |_| 1).unwrap_or(0.0)
    }

    /// The same on resamples of the clusters.
    ///
    /// # Errors
    /// With fewer than two clusters.
    pub fn selective_accuracy_bootstrap(
        &self,
        coverage: f64,
        draws: u32,
        seed: u64,
    ) -> Result<Bootstrap, Undefined> {
        bootstrap(self.clusters, draws, seed, &|weights| {
            let weight = |p: &Prediction| weights.get(p.cluster as usize).copied().unwrap_or(0);
            self.weighted_accuracy(coverage, weight)
        })
    }

    /// The accuracy on the surest cases where each stands as often as `weight` says. None where none
    /// stands.
    fn weighted_accuracy(&self, coverage: f64, weight: impl Fn(&Prediction) -> u32) -> Option<f64> {
        let n: u64 = self.predictions.iter().map(|p| u64::from(weight(p))).sum();
        let wanted = libm::ceil(coverage * n as f64).max(1.0);
        let (mut cases, mut right) = (0.0, 0.0);
        // From the surest on; not above the one before means as sure as it.
        for tied in self
            .predictions
            .chunk_by(|x, y| x.confidence >= y.confidence)
            .rev()
        {
            let count = |p: &Prediction| f64::from(weight(p));
            let all = tied.iter().map(count).fold(0.0, |sum, n| sum + n);
            let hits = tied.iter().filter(|p| p.correct).map(count);
            let hits = hits.fold(0.0, |sum, n| sum + n);
            let part = (wanted - cases).min(all);
            if all > 0.0 && part > 0.0 {
                cases += part;
                right += hits * part / all;
            }
        }
        (n > 0).then(|| right / cases)
    }

    /// The area under accuracy over coverage: mean accuracy on the surest k cases over every k
    /// (El-Yaniv and Wiener, 2010). Ties as in [`Self::selective_accuracy`].
    #[must_use]
    pub fn selective_area(&self) -> f64 {
        let curve = self.accuracies();
        curve.iter().fold(0.0, |sum, a| sum + a) / curve.len() as f64
    }

    /// Accuracy on the surest k cases, for k = 1, 2, ...
    fn accuracies(&self) -> Vec<f64> {
        let mut curve = Vec::with_capacity(self.predictions.len());
        let (mut cases, mut right) = (0.0, 0.0);
        let mut descending: Vec<&Prediction> = self.predictions.iter().collect();
        descending.reverse();
        // Descending, so not above the one before means as sure as it.
        for tied in descending.chunk_by(|x, y| x.confidence <= y.confidence) {
            let share = tied.iter().filter(|p| p.correct).count() as f64 / tied.len() as f64;
            for _ in tied {
                cases += 1.0;
                right += share;
                curve.push(right / cases);
            }
        }
        curve
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranked(pairs: &[(f64, bool)]) -> Ranked {
        let one = |(i, &(confidence, correct))| Prediction {
            confidence,
            correct,
            cluster: i as u32,
        };
        Ranked::new(&pairs.iter().enumerate().map(one).collect::<Vec<_>>(), 0).unwrap()
    }

    #[test]
    fn what_is_no_prediction_is_refused() {
        let good = Prediction {
            confidence: 0.5,
            correct: true,
            cluster: 0,
        };
        assert_eq!(Ranked::new(&[], 0), Err(Undefined::NothingScored));
        assert_eq!(Ranked::new(&[good], 2), Err(Undefined::Missing(2)));
        let bad = Prediction {
            confidence: 1.5,
            ..good
        };
        assert_eq!(
            Ranked::new(&[good, bad], 0),
            Err(Undefined::NotAProbability(1.5))
        );
        let nan = Prediction {
            confidence: f64::NAN,
            ..good
        };
        assert!(matches!(
            Ranked::new(&[nan], 0),
            Err(Undefined::NotAProbability(_))
        ));
        assert_eq!(brier(&[0.5, 0.5], 2), Err(Undefined::NothingScored));
        assert_eq!(brier(&[1.5, -0.5], 0), Err(Undefined::NotAProbability(1.5)));
    }

    #[test]
    fn brier_scores() {
        for (probabilities, gold, expect) in [
            (&[1.0, 0.0, 0.0][..], 0, 0.0),
            (&[1.0, 0.0, 0.0], 2, 2.0),
            (&[0.5, 0.25, 0.25], 0, 0.25 + 0.0625 + 0.0625),
        ] {
            assert!((brier(probabilities, gold).unwrap() - expect).abs() < 1e-15);
        }
    }

    #[test]
    fn calibration_errors() {
        // Ten sure and wrong; ten of which as many are right as they say in their one bin each.
        assert!((ranked(&[(1.0, false); 10]).calibration_error() - 1.0).abs() < 1e-15);
        assert!(ranked(&[(1.0, true); 7]).calibration_error() <= 0.0);
        let halves: Vec<_> = (0..20).map(|i| (0.5, i % 2 == 0)).collect();
        assert!(ranked(&halves).calibration_error() <= 1e-15);
        // Fewer than ten cases: one a bin.
        let few = ranked(&[(0.9, true), (0.6, false), (0.7, true)]);
        assert!((few.calibration_error() - (0.1 + 0.6 + 0.3) / 3.0).abs() < 1e-15);
    }

    #[test]
    fn abstaining() {
        let cases = ranked(&[(0.9, true), (0.2, false), (0.7, true), (0.7, false)]);
        assert!((cases.selective_accuracy(0.0) - 1.0).abs() < 1e-15);
        assert!((cases.selective_accuracy(0.5) - 0.75).abs() < 1e-15);
        assert!((cases.selective_accuracy(0.75) - 2.0 / 3.0).abs() < 1e-15);
        assert!((cases.selective_accuracy(1.0) - 0.5).abs() < 1e-15);
        let area = (1.0 + 0.75 + 2.0 / 3.0 + 0.5) / 4.0;
        assert!((cases.selective_area() - area).abs() < 1e-15);
    }

    #[test]
    fn an_interval_by_resampling() {
        let cases: Vec<_> = (0..300)
            .map(|i| (f64::from(i) / 300.0, i % 3 == 0))
            .collect();
        let cases = ranked(&cases);
        let resampled = cases.calibration_error_bootstrap(400, 5).unwrap();
        let (lower, upper) = resampled.bca(0.95).unwrap();
        assert!(
            lower < resampled.point && resampled.point < upper,
            "{lower} {upper}"
        );
        assert_eq!(Ok(resampled), cases.calibration_error_bootstrap(400, 5));
        let analytic = cases.calibration_error_interval(0.95).unwrap();
        assert!((analytic.point - cases.calibration_error()).abs() < 1e-12);
        assert!(analytic.limits.0 < analytic.point && analytic.point < analytic.limits.1);
        let one = ranked(&[(0.5, true)]);
        assert_eq!(
            one.calibration_error_interval(0.95),
            Err(Undefined::FewClusters)
        );
        assert_eq!(
            one.calibration_error_bootstrap(9, 5),
            Err(Undefined::FewClusters)
        );
    }

    #[test]
    fn a_standard_error_by_hand() {
        // 20 cases, two a bin, all sure by 0.5 and each bin right once: gaps 0, offs -.5 and .5.
        let halves: Vec<_> = (0..20).map(|i| (0.5, i % 2 == 0)).collect();
        let found = ranked(&halves).calibration_error_interval(0.95).unwrap();
        let error = (20.0_f64 / 19.0 * 20.0 * 0.25).sqrt() / 20.0;
        assert!(found.point <= 1e-15 && (found.standard_error - error).abs() < 1e-15);
        let bias = (2.0 / std::f64::consts::PI).sqrt() * 10.0 * 0.5_f64.sqrt() / 20.0;
        assert!((found.bias - bias).abs() < 1e-15);
    }

    proptest! {
        /// Weighing is repeating.
        #[test]
        fn weights_are_repetitions(
            cases in prop::collection::vec((0.0..=1.0, any::<bool>(), 0_u32..4), 1..40)
        ) {
            let pairs: Vec<_> = cases.iter().map(|&(c, y, _)| (c, y)).collect();
            let weighted = ranked(&pairs).weighted_error(|p| cases[p.cluster as usize].2);
            let repeated: Vec<_> = cases
                .iter()
                .flat_map(|&(c, y, times)| vec![(c, y); times as usize])
                .collect();
            match weighted {
                None => prop_assert!(repeated.is_empty()),
                Some(error) => {
                    prop_assert!((error - ranked(&repeated).calibration_error()).abs() < 1e-12);
                }
            }
        }

        #[test]
        fn the_order_of_cases_does_not_touch_abstaining(
            cases in prop::collection::vec((0_u8..4, any::<bool>()), 1..30)
        ) {
            let of = |cases: &[(u8, bool)]| {
                let pairs: Vec<_> = cases.iter().map(|&(c, y)| (f64::from(c) / 4.0, y)).collect();
                let ranked = ranked(&pairs);
                (ranked.selective_area(), ranked.selective_accuracy(0.4))
            };
            let turned: Vec<_> = cases.iter().rev().copied().collect();
            prop_assert_eq!(of(&cases), of(&turned));
        }
    }
}
