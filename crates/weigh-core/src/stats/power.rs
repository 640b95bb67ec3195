//! How many cases a claim needs, and what a number of cases can show.
//!
//! For a share of failures against a limit everything is exact: under the *confident* rule a system
//! conforms when the upper limit of Clopper and Pearson is within the limit, under the *point* rule
//! when the observed share is. For means the usual normal approximations plan n.

use super::beta::regularised;
use super::proportion::clopper_pearson;
use super::student::{normal_cdf, normal_quantile};

/// No plan asks for more cases than this.
const MOST_CASES: u32 = 10_000_000;

/// P(X <= `k`) for X the failures among `n` cases that each fail with probability `p`:
/// I_(1-p)(n - k, k + 1).
#[must_use]
pub fn binomial_cdf(k: u32, n: u32, p: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    regularised(1.0 - p, f64::from(n - k), f64::from(k) + 1.0)
}

/// The most failures among `cases` with which the confident rule at one-sided `alpha` still holds
/// them within `limit`. None where even no failure would show too little.
#[must_use]
pub fn confident_failures(cases: u32, limit: f64, alpha: f64) -> Option<u32> {
    let within = |failures: u32| {
        let upper = clopper_pearson(
            failures.into(),
            (cases - failures).into(),
            1.0 - 2.0 * alpha,
        )
        .1;
        upper <= limit
    };
    if cases == 0 || !within(0) {
        return None;
    }
    Some(first(0, cases + 1, |failures| Some(!within(failures)))? - 1)
}

/// The most failures among `cases` whose share is within `limit`: the point rule.
#[must_use]
pub fn point_failures(cases: u32, limit: f64) -> u32 {
    let within = |failures: u32| f64::from(failures) / f64::from(cases) <= limit;
    let near = libm::rint(f64::from(cases) * limit) as u32;
    // The share is what a verdict compares, so it decides where the product rounds to a neighbour.
    if within(near) {
        near.min(cases)
    } else {
        near.saturating_sub(1)
    }
}

/// How many cases to test, and how many of them may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleSize {
    /// Cases to test.
    pub cases: u32,
    /// The most failures with which the system still conforms.
    pub failures: u32,
}

/// The least number of cases with which a system that truly fails at `rate` is found within `limit`
/// by the confident rule at one-sided `alpha` with probability `power`.
///
/// Between two such numbers the probability falls a little with each case, as the failures allowed
/// are whole numbers: test exactly so many, or more and ask [`binomial_cdf`]. None when `rate` is
/// not below `limit`, or more than ten million cases would be needed.
#[must_use]
pub fn cases_for_limit(limit: f64, rate: f64, alpha: f64, power: f64) -> Option<SampleSize> {
    if rate >= limit {
        return None;
    }
    let plan = |failures: u32| {
        let cases = least_cases(failures, limit, alpha)?;
        Some(SampleSize { cases, failures })
    };
    let strong = |plan: SampleSize| binomial_cdf(plan.failures, plan.cases, rate) >= power;
    // The probability rises with the failures allowed, so halving finds the first that is enough.
    let mut enough = 0;
    while !strong(plan(enough)?) {
        enough = 2 * enough + 1;
    }
    let short = enough / 2;
    if strong(plan(short)?) {
        return plan(short);
    }
    plan(first(short, enough, |failures| {
        Some(strong(plan(failures)?))
    })?)
}

/// The least number of cases of which `failures` may fail under the confident rule: the first n
/// with P(X <= failures) <= alpha at the limit.
fn least_cases(failures: u32, limit: f64, alpha: f64) -> Option<u32> {
    let shows = |cases: u32| binomial_cdf(failures, cases, limit) <= alpha;
    let (mut short, mut enough) = (failures, failures + 1);
    while !shows(enough) {
        short = enough;
        enough = enough.checked_mul(2).filter(|&n| n <= MOST_CASES)?;
    }
    first(short, enough, |cases| Some(shows(cases)))
}

/// The first number above `short`, where `is` does not hold, up to `enough`, where it does: it
/// holds from some number on. None where `is` cannot tell.
fn first(mut short: u32, mut enough: u32, is: impl Fn(u32) -> Option<bool>) -> Option<u32> {
    while enough - short > 1 {
        let middle = u32::midpoint(short, enough);
        if is(middle)? {
            enough = middle;
        } else {
            short = middle;
        }
    }
    Some(enough)
}

/// By how much clusters of `size` units with intra-cluster correlation `correlation` raise the
/// number of units that is needed: 1 + (size - 1) correlation (Kish, 1965).
#[must_use]
pub fn design_effect(size: f64, correlation: f64) -> f64 {
    1.0 + (size - 1.0) * correlation
}

/// How the values of two models spread over the same cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Variance over cases of the difference of the two models' expected values.
    pub between: f64,
    /// Mean variance of the first model's values on one case, over the number of its trials.
    pub within_a: f64,
    /// The same of the second model.
    pub within_b: f64,
}

impl Spread {
    fn total(self) -> f64 {
        self.between + self.within_a + self.within_b
    }

    /// Of single trials that pass or fail, where a share `discordant` of the cases is passed by
    /// one model only and the shares of passes differ by `difference`.
    #[must_use]
    pub fn of_passes(discordant: f64, difference: f64) -> Self {
        let between = discordant - difference * difference;
        Self {
            between,
            within_a: 0.0,
            within_b: 0.0,
        }
    }
}

/// Paired cases with which a true difference of `difference` is found at two-sided `alpha` with
/// probability `power`: (z_(alpha/2) + z_beta)^2 variance / difference^2 (Miller, 2024).
///
/// As a real number: round up, and multiply by [`design_effect`] where cases cluster.
#[must_use]
pub fn cases_for_difference(spread: Spread, difference: f64, alpha: f64, power: f64) -> f64 {
    let z = normal_quantile(1.0 - alpha / 2.0) + normal_quantile(power);
    z * z * spread.total() / (difference * difference)
}

/// Paired cases with which a system that truly differs by `difference` is shown no worse than by
/// `margin` at one-sided `alpha` with probability `power`. None when `difference` is not above
/// -`margin`. As a real number.
#[must_use]
pub fn cases_for_no_worse(
    spread: Spread,
    difference: f64,
    margin: f64,
    alpha: f64,
    power: f64,
) -> Option<f64> {
    let room = margin + difference;
    let z = normal_quantile(1.0 - alpha) + normal_quantile(power);
    (room > 0.0).then(|| z * z * spread.total() / (room * room))
}

/// Paired cases with which two systems that truly differ by `difference` are shown equivalent
/// within `margin` by two one-sided tests at `alpha` with probability `power`: the n at which
/// Phi(room above) + Phi(room below) - 1 reaches it. None when they are not equivalent. As a real
/// number.
#[must_use]
pub fn cases_for_equivalence(
    spread: Spread,
    difference: f64,
    margin: f64,
    alpha: f64,
    power: f64,
) -> Option<f64> {
    if difference.abs() >= margin {
        return None;
    }
    let z = normal_quantile(1.0 - alpha);
    let reached = |n: f64| {
        let root = (n / spread.total()).sqrt();
        let side = |room: f64| normal_cdf(room * root - z);
        side(margin - difference) + side(margin + difference) - 1.0 >= power
    };
    let (mut short, mut enough) = (0.0, 1.0);
    while !reached(enough) {
        short = enough;
        enough *= 2.0;
        if enough > f64::from(MOST_CASES) {
            return None;
        }
    }
    for _ in 0..60 {
        let middle = f64::midpoint(short, enough);
        if reached(middle) {
            enough = middle;
        } else {
            short = middle;
        }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_sample_sizes_of_standards_can_show() {
        for (cases, limit, point, confident) in [
            (300, 0.05, 15, 8),
            (500, 0.05, 25, 16),
            (1000, 0.1, 100, 84),
            (2000, 0.05, 100, 83),
        ] {
            assert_eq!(point_failures(cases, limit), point, "{cases}");
            assert_eq!(
                confident_failures(cases, limit, 0.05),
                Some(confident),
                "{cases}"
            );
        }
    }

    #[test]
    fn who_passes_at_three_hundred() {
        // Probability in per cent: most failures, true rate, that it passes.
        for (failures, rate, percent) in [
            // Point rule: 15 failures.
            (15, 0.06, 27.9),
            (15, 0.07, 10.3),
            (15, 0.08, 2.9),
            // Confident rule: 8.
            (8, 0.01, 100.0 - 0.4),
            (8, 0.02, 100.0 - 15.1),
            (8, 0.03, 100.0 - 54.6),
        ] {
            let found = 100.0 * binomial_cdf(failures, 300, rate);
            assert!(
                (found - percent).abs() < 0.05,
                "{failures} at {rate}: {found}"
            );
        }
    }

    #[test]
    fn what_can_never_be_shown_has_no_number() {
        let spread = Spread::of_passes(0.2, 0.0);
        assert_eq!(confident_failures(0, 0.05, 0.05), None);
        assert_eq!(confident_failures(58, 0.05, 0.05), None);
        assert_eq!(confident_failures(59, 0.05, 0.05), Some(0));
        assert_eq!(confident_failures(10, 1.0, 0.05), Some(10));
        assert_eq!(cases_for_limit(0.05, 0.05, 0.05, 0.8), None);
        assert_eq!(cases_for_limit(0.05, 0.049_999, 0.05, 0.8), None);
        assert_eq!(cases_for_limit(1e-8, 0.0, 0.05, 0.8), None);
        assert_eq!(cases_for_no_worse(spread, -0.05, 0.05, 0.05, 0.8), None);
        assert_eq!(cases_for_equivalence(spread, 0.05, 0.05, 0.05, 0.8), None);
        assert_eq!(cases_for_equivalence(spread, 0.0, 1e-5, 0.05, 0.8), None);
    }

    #[test]
    fn the_least_plan_that_is_strong_enough() {
        // No failure allowed: 0.95^59 is the first power under 0.05.
        let none = cases_for_limit(0.05, 0.0, 0.05, 0.8).unwrap();
        assert_eq!(
            none,
            SampleSize {
                cases: 59,
                failures: 0
            }
        );
        for (rate, power) in [(0.001, 0.8), (0.01, 0.9), (0.02, 0.8), (0.03, 0.8)] {
            let plan = cases_for_limit(0.05, rate, 0.05, power).unwrap();
            let strong = |cases: u32| {
                confident_failures(cases, 0.05, 0.05)
                    .is_some_and(|most| binomial_cdf(most, cases, rate) >= power)
            };
            let first = (1..=plan.cases).find(|&cases| strong(cases));
            assert_eq!(first, Some(plan.cases), "{plan:?}");
            let most = confident_failures(plan.cases, 0.05, 0.05);
            assert_eq!(most, Some(plan.failures));
        }
    }

    #[test]
    fn equivalent_systems_have_a_closed_form() {
        // With no true difference both sides share beta: (z_alpha + z_(beta/2))^2 v / margin^2.
        let spread = Spread::of_passes(0.2, 0.0);
        let n = cases_for_equivalence(spread, 0.0, 0.05, 0.05, 0.8).unwrap();
        let z = normal_quantile(0.95) + normal_quantile(0.9);
        assert!((n - z * z * 0.2 / 0.0025).abs() < 1e-6);
        assert!((design_effect(4.0, 0.5) - 2.5).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn the_point_rule_is_the_shares(cases in 1_u32..5000, percent in 0_u32..=100) {
            let limit = f64::from(percent) / 100.0;
            let expect = (0..=cases).rev().find(|k| f64::from(*k) / f64::from(cases) <= limit);
            prop_assert_eq!(Some(point_failures(cases, limit)), expect);
        }

        #[test]
        fn one_failure_more_does_not_conform(cases in 1_u32..2000, limit in 0.01..0.99) {
            let upper = |k: u32| clopper_pearson(k.into(), (cases - k).into(), 0.9).1;
            match confident_failures(cases, limit, 0.05) {
                None => prop_assert!(upper(0) > limit),
                Some(k) => {
                    prop_assert!(upper(k) <= limit && (k == cases || upper(k + 1) > limit));
                }
            }
        }
    }
}
