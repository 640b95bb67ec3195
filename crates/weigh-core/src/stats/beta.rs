//! The regularised incomplete beta function and its inverse.
//!
//! Written on `libm` and on the four operations and the square root of IEEE 754 alone, so that a
//! published limit has the same bits on every platform.

use libm::{exp, lgamma, log, log1p};

/// Stops a search that rounding keeps from settling; every search needs far fewer steps.
const STEPS: u32 = 200;

/// The relative step after which a quantile is taken as found. Newton's steps square the error, so
/// the one that is so small leaves nothing to gain.
const SETTLED: f64 = 1e-12;

/// I_x(a, b) for `a`, `b` above 0: the distribution function of Beta(a, b) at `x`.
///
/// Continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, on the side
/// of the mean where it converges fast.
#[must_use]
pub fn regularised(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else if x < (a + 1.0) / (a + b + 2.0) {
        kernel(x, a, b) * fraction(x, a, b) / a
    } else {
        1.0 - kernel(x, a, b) * fraction(1.0 - x, b, a) / b
    }
}

/// x^a (1 - x)^b / B(a, b).
fn kernel(x: f64, a: f64, b: f64) -> f64 {
    exp(a * log(x) + b * log1p(-x) - (lgamma(a) + lgamma(b) - lgamma(a + b)))
}

/// The continued fraction of [`regularised`] by the method of Lentz, as Thompson and Barnett
/// (1986) changed it.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in 1..100_000_u32 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut last = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            last = c * d;
            value *= last;
        }
        if (last - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    value
}

/// The `x` with I_x(a, b) = `p`: Newton's steps, halved where one leaves the bracket.
#[must_use]
pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = a / (a + b);
    for _ in 0..STEPS {
        let error = regularised(x, a, b) - p;
        if error < 0.0 {
            low = x
        } else {
            high = x
        }
        let step = error * x * (1.0 - x) / kernel(x, a, b);
        let newton = x - step;
        // Asked before the bracket: the last step may well be 0 and stay on its end.
        if step.abs() <= SETTLED * x {
            return newton.clamp(low, high);
        }
        let next = if newton > low && newton < high {
            newton
        } else {
            f64::midpoint(low, high)
        };
        if next <= low || next >= high {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::distribution::{Beta, ContinuousCDF};

    use super::*;

    #[test]
    fn table_values() {
        for (value, table) in [
            // Integer parameters have closed forms.
            (regularised(0.25, 1.0, 1.0), 0.25),
            (regularised(0.5, 2.0, 2.0), 0.5),
            (regularised(0.3, 1.0, 4.0), 1.0 - 0.7 * 0.7 * 0.7 * 0.7),
            (regularised(0.3, 4.0, 1.0), 0.3 * 0.3 * 0.3 * 0.3),
            (quantile(0.0625, 2.0, 1.0), 0.25),
        ] {
            assert!((value - table).abs() < 1e-11, "{value} is not {table}");
        }
    }

    #[test]
    fn the_ends() {
        for f in [regularised, quantile] {
            assert!(f(-1.0, 2.0, 3.0) <= 0.0 && f(2.0, 2.0, 3.0) >= 1.0);
        }
    }

    proptest! {
        #[test]
        fn agrees_with_statrs(x in 0.0..1.0, a in 0.05..2000.0, b in 0.05..2000.0) {
            let oracle = Beta::new(a, b).unwrap().cdf(x);
            prop_assert!((regularised(x, a, b) - oracle).abs() < 1e-9);
        }

        #[test]
        fn the_quantile_is_the_inverse(p in 0.001..0.999, a in 0.05..5000.0, b in 0.05..5000.0) {
            let x = quantile(p, a, b);
            prop_assert!((0.0..=1.0).contains(&x));
            prop_assert!((Beta::new(a, b).unwrap().cdf(x) - p).abs() < 1e-9, "{x}");
        }
    }
}
