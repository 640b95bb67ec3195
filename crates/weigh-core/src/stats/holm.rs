//! Several tests at once: Holm's step-down p-values.

/// The adjusted p-values of Holm (1979), in the order of `p`.
///
/// Rejecting where an adjusted value is at most alpha keeps the chance of any false rejection among
/// all tests at alpha, however they depend on each other. The k-th smallest of n becomes the
/// largest (n - j + 1) p_j over j <= k, at most 1. A value that is no probability (NaN, above 1)
/// counts as 1, one below 0 as 0.
#[must_use]
pub fn holm(p: &[f64]) -> Vec<f64> {
    let clean = |p: f64| if p.is_nan() { 1.0 } else { p.clamp(0.0, 1.0) };
    let mut ranked: Vec<(usize, f64)> = p.iter().copied().map(clean).enumerate().collect();
    ranked.sort_by(|x, y| x.1.total_cmp(&y.1));
    let mut largest = 0.0_f64;
    let mut left = p.len() as f64;
    for (_, value) in &mut ranked {
        largest = largest.max((*value * left).min(1.0));
        *value = largest;
        left -= 1.0;
    }
    ranked.sort_by_key(|&(index, _)| index);
    ranked.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_probability_rejects_nothing() {
        assert_eq!(holm(&[]), Vec::<f64>::new());
        assert_eq!(holm(&[0.5]), [0.5]);
        assert_eq!(holm(&[f64::NAN, 0.01, 7.0, -1.0]), [1.0, 0.03, 1.0, 0.0]);
    }

    proptest! {
        /// The closed testing principle (Marcus, Peritz and Gabriel, 1976): the adjusted value is
        /// the largest Bonferroni value over every set of hypotheses that holds this one.
        #[test]
        fn is_the_closure_of_bonferroni(p in prop::collection::vec(0.0..=1.0, 1..8)) {
            for (index, adjusted) in holm(&p).into_iter().enumerate() {
                let closure = (1_u32..1 << p.len())
                    .filter(|set| set >> index & 1 == 1)
                    .map(|set| {
                        let members = || (0..p.len()).filter(move |i| set >> i & 1 == 1);
                        let least = members().map(|i| p[i]).fold(1.0, f64::min);
                        (least * members().count() as f64).min(1.0)
                    })
                    .fold(0.0, f64::max);
                prop_assert!((adjusted - closure).abs() < 1e-12);
            }
        }
    }
}
