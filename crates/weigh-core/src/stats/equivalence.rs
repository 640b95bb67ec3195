//! "No worse than the last release": tests of a difference against a margin.
//!
//! A margin says which loss is still acceptable, so it belongs to a profile. Not finding a
//! difference shows nothing; these tests turn the burden of proof round. Two one-sided tests
//! (Schuirmann, 1987) at alpha agree with an interval at level 1 - 2 alpha inside the margins, so
//! any interval of this library decides, Newcombe's for proportions too.

use super::mean::Mean;
use super::student::cdf;

/// What an interval of a difference shows about a margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The claim is shown: the whole interval is within the margin.
    Holds,
    /// The opposite is shown: the whole interval is outside.
    Fails,
    /// Neither is.
    Open,
}

/// Whether a new system is no worse than an old one by more than `margin` (at least 0): what the
/// interval `limits` of new - old, of a measure of which more is better, shows.
///
/// A true difference of exactly -margin is no worse. With limits at level 1 - 2 alpha the claim is
/// falsely shown with probability alpha at most.
#[must_use]
pub fn no_worse(limits: (f64, f64), margin: f64) -> Shown {
    let (lower, upper) = limits;
    if lower >= -margin {
        Shown::Holds
    } else if upper < -margin {
        Shown::Fails
    } else {
        Shown::Open
    }
}

/// Whether two systems differ by `margin` at most in either direction: what `limits` show.
#[must_use]
pub fn equivalent(limits: (f64, f64), margin: f64) -> Shown {
    let (lower, upper) = limits;
    if -margin <= lower && upper <= margin {
        Shown::Holds
    } else if upper < -margin || margin < lower {
        Shown::Fails
    } else {
        Shown::Open
    }
}

/// A difference with its standard error and degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// New less old.
    pub point: f64,
    /// Standard error, above 0.
    pub standard_error: f64,
    /// Degrees of freedom, above 0.
    pub freedom: f64,
}

/// The p-values of the two one-sided tests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tost {
    /// Of the hypothesis that the difference is -margin or less: the test of "no worse".
    pub below: f64,
    /// Of the hypothesis that the difference is margin or more.
    pub above: f64,
}

impl Tost {
    /// The p-value of equivalence: the larger of the two.
    #[must_use]
    pub fn p(self) -> f64 {
        self.below.max(self.above)
    }
}

impl Difference {
    /// A mean of paired differences. None without a standard error above 0.
    #[must_use]
    pub fn paired(mean: &Mean) -> Option<Self> {
        let standard_error = mean.standard_error.filter(|&error| error > 0.0)?;
        Some(Self {
            point: mean.point?,
            standard_error,
            freedom: mean.freedom,
        })
    }

    /// The difference of two independent means, with the degrees of freedom of Satterthwaite (1946)
    /// as Welch (1947) takes them. None without two standard errors of which one is above 0.
    #[must_use]
    pub fn unpaired(new: &Mean, old: &Mean) -> Option<Self> {
        let square = |mean: &Mean| mean.standard_error.map(|error| error * error);
        let (new_square, old_square) = (square(new)?, square(old)?);
        let sum = new_square + old_square;
        let spread = new_square * new_square / new.freedom + old_square * old_square / old.freedom;
        (sum > 0.0).then_some(Self {
            point: new.point? - old.point?,
            standard_error: sum.sqrt(),
            freedom: sum * sum / spread,
        })
    }

    /// Tests the difference against `margin` in both directions.
    #[must_use]
    pub fn tost(self, margin: f64) -> Tost {
        let below = |limit: f64| cdf((self.point - limit) / self.standard_error, self.freedom);
        Tost {
            below: 1.0 - below(-margin),
            above: below(margin),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::student::quantile;

    #[test]
    fn where_the_interval_lies_is_what_it_shows() {
        use Shown::{Fails, Holds, Open};
        for (limits, one_way, both_ways) in [
            ((-0.01, 0.02), Holds, Holds),
            ((-0.05, 0.05), Holds, Holds),
            ((-0.01, 0.06), Holds, Open),
            ((0.06, 0.09), Holds, Fails),
            ((-0.06, 0.0), Open, Open),
            ((-0.06, -0.05), Open, Open),
            ((-0.09, -0.06), Fails, Fails),
        ] {
            assert_eq!(no_worse(limits, 0.05), one_way, "{limits:?}");
            assert_eq!(equivalent(limits, 0.05), both_ways, "{limits:?}");
        }
    }

    #[test]
    fn p_values_and_intervals_agree() {
        let mut seen = [0; 2];
        for step in 0..200 {
            let point = f64::from(step) / 1000.0 - 0.1;
            let difference = Difference {
                point,
                standard_error: 0.02,
                freedom: 17.0,
            };
            let half = 0.02 * quantile(0.95, 17.0);
            let limits = (point - half, point + half);
            let tost = difference.tost(0.05);
            assert_eq!(
                tost.below <= 0.05,
                no_worse(limits, 0.05) == Shown::Holds,
                "{point}"
            );
            assert_eq!(
                tost.p() <= 0.05,
                equivalent(limits, 0.05) == Shown::Holds,
                "{point}"
            );
            seen[usize::from(tost.p() <= 0.05)] += 1;
        }
        assert!(seen.iter().all(|&times| times > 10), "{seen:?}");
    }

    #[test]
    fn without_spread_there_is_no_test() {
        let mean = |error| Mean {
            point: Some(0.5),
            standard_error: error,
            freedom: 9.0,
            limits: Ok((0.0, 1.0)),
        };
        assert_eq!(Difference::paired(&mean(None)), None);
        assert_eq!(Difference::paired(&mean(Some(0.0))), None);
        assert_eq!(Difference::unpaired(&mean(Some(0.1)), &mean(None)), None);
        assert_eq!(
            Difference::unpaired(&mean(Some(0.0)), &mean(Some(0.0))),
            None
        );
        let one_sided = Difference::unpaired(&mean(Some(0.1)), &mean(Some(0.0))).unwrap();
        assert!((one_sided.freedom - 9.0).abs() < 1e-12);
    }
}
