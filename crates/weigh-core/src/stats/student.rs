//! Student's distribution and the normal one: distribution functions and quantiles.

use libm::erfc;

use super::beta::{quantile as beta_quantile, regularised};

/// Halvings of 0..40 after which the limits of a double are reached.
const STEPS: u32 = 200;

/// P(T <= t) for Student's variable with `freedom` (above 0) degrees of freedom.
///
/// 0.5 I_x(freedom / 2, 1 / 2) at x = freedom / (freedom + t^2) below 0 (Abramowitz and Stegun
/// 26.7.1), taken from the other end of the beta distribution near 0, where x rounds to 1.
#[must_use]
pub fn cdf(t: f64, freedom: f64) -> f64 {
    let square = t * t;
    let outside = if square < freedom {
        1.0 - regularised(square / (freedom + square), 0.5, freedom / 2.0)
    } else {
        regularised(freedom / (freedom + square), freedom / 2.0, 0.5)
    };
    if t < 0.0 {
        outside / 2.0
    } else {
        1.0 - outside / 2.0
    }
}

/// The t with P(T <= t) = `p`, for `p` in (0, 1).
#[must_use]
pub fn quantile(p: f64, freedom: f64) -> f64 {
    let size = two_sided(2.0 * p.min(1.0 - p), freedom);
    if p < 0.5 { -size } else { size }
}

/// The `t` that Student's variable with `freedom` degrees of freedom exceeds in size with
/// probability `alpha`: P(|T| > t) = I_x(freedom / 2, 1 / 2) at x = freedom / (freedom + t^2).
#[must_use]
pub fn two_sided(alpha: f64, freedom: f64) -> f64 {
    if alpha > 0.5 {
        let y = beta_quantile(1.0 - alpha, 0.5, freedom / 2.0);
        return (freedom * y / (1.0 - y)).sqrt();
    }
    let x = beta_quantile(alpha, freedom / 2.0, 0.5);
    (freedom * (1.0 - x) / x).sqrt()
}

/// P(Z <= z) for the standard normal variable.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// The z with P(Z <= z) = `p`; infinite at 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let tail = p.min(1.0 - p);
    let size = if tail <= 0.0 {
        f64::INFINITY
    } else {
        normal_two_sided(2.0 * tail)
    };
    if p < 0.5 { -size } else { size }
}

/// The `z` that a standard normal variable exceeds in size with probability `alpha`.
#[must_use]
pub fn normal_two_sided(alpha: f64) -> f64 {
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if erfc(middle / std::f64::consts::SQRT_2) > alpha {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

    use super::*;

    #[test]
    fn table_values() {
        for (value, table) in [
            // Any table of Student's t and of the normal distribution.
            (two_sided(0.05, 1.0), 12.706_204_736_174_694),
            (two_sided(0.05, 9.0), 2.262_157_162_798_205),
            (two_sided(0.01, 29.0), 2.756_385_903_670_605),
            (normal_two_sided(0.05), 1.959_963_984_540_054),
            (normal_two_sided(0.01), 2.575_829_303_548_900_4),
            (normal_quantile(0.5), 0.0),
            (normal_cdf(0.0), 0.5),
            (cdf(0.0, 3.0), 0.5),
            (quantile(0.5, 3.0), 0.0),
            // With one degree of freedom (Cauchy) and with two there are closed forms.
            (cdf(1.0, 1.0), 0.75),
            (cdf(-1.0, 1.0), 0.25),
            (quantile(0.75, 1.0), 1.0),
            (quantile(0.25, 1.0), -1.0),
            (cdf(1.0, 2.0), 0.5 + 0.5 / 3.0_f64.sqrt()),
        ] {
            assert!((value - table).abs() < 1e-11, "{value} is not {table}");
        }
        assert!(normal_quantile(0.0) < -1e300 && normal_quantile(1.0) > 1e300);
    }

    proptest! {
        #[test]
        fn t_and_z_agree_with_statrs(alpha in 0.001..0.999, freedom in 1_u32..3000) {
            let tail = 1.0 - alpha / 2.0;
            let freedom = f64::from(freedom);
            let student = StudentsT::new(0.0, 1.0, freedom).unwrap();
            let t = two_sided(alpha, freedom);
            prop_assert!((student.cdf(t) - tail).abs() < 1e-9, "{t}");
            prop_assert!((cdf(t, freedom) - tail).abs() < 1e-10, "{t}");
            prop_assert!((cdf(-t, freedom) - alpha / 2.0).abs() < 1e-10, "{t}");
            prop_assert!((quantile(alpha / 2.0, freedom) + t).abs() <= 1e-9 * t);
            let z = Normal::standard().inverse_cdf(tail);
            prop_assert!((normal_two_sided(alpha) - z).abs() < 1e-9);
            prop_assert!((normal_cdf(normal_quantile(alpha)) - alpha).abs() < 1e-14);
        }
    }
}
