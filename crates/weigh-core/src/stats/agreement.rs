//! How far raters agree: Krippendorff's alpha for categories, and the share of pairs that agree.

use std::collections::BTreeMap;

use super::undefined::Undefined;

/// Krippendorff's alpha for categories without order (Krippendorff, 2011): 1 less the disagreement
/// seen over the one expected by chance. 1 is full agreement, 0 that of chance, below 0 worse.
///
/// Each unit holds the ratings that it got, as numbers of categories, from any number of raters; a
/// rating that is missing is not there. Units with fewer than two ratings say nothing.
///
/// # Errors
/// When no unit has two ratings, or all ratings are of one category.
pub fn krippendorff_alpha(units: &[Vec<u32>]) -> Result<f64, Undefined> {
    let mut totals: BTreeMap<u32, f64> = BTreeMap::new();
    let mut observed = 0.0;
    let mut n = 0.0;
    for unit in units.iter().filter(|ratings| ratings.len() >= 2) {
        let counts = counts(unit);
        let size = unit.len() as f64;
        observed += differing(&counts, size) / (size - 1.0);
        n += size;
        for (category, count) in counts {
            *totals.entry(category).or_default() += count;
        }
    }
    if n <= 0.0 {
        return Err(Undefined::NoPairs);
    }
    let expected = differing(&totals, n) / (n - 1.0);
    if expected <= 0.0 {
        return Err(Undefined::OneCategory);
    }
    Ok(1.0 - observed / expected)
}

/// The share of the pairs of ratings of one unit that agree, over every pair of every unit. Not
/// corrected for chance: with one frequent category it is high whatever the raters do.
///
/// # Errors
/// When no unit has two ratings.
pub fn percent_agreement(units: &[Vec<u32>]) -> Result<f64, Undefined> {
    let (mut pairs, mut agree) = (0.0, 0.0);
    for unit in units {
        let size = unit.len() as f64;
        pairs += size * (size - 1.0);
        agree += size * (size - 1.0) - differing(&counts(unit), size);
    }
    if pairs > 0.0 {
        Ok(agree / pairs)
    } else {
        Err(Undefined::NoPairs)
    }
}

fn counts(ratings: &[u32]) -> BTreeMap<u32, f64> {
    let mut counts = BTreeMap::new();
    for &category in ratings {
        *counts.entry(category).or_insert(0.0) += 1.0;
    }
    counts
}

/// Ordered pairs of two of `n` ratings that are of different categories.
fn differing(counts: &BTreeMap<u32, f64>, n: f64) -> f64 {
    counts
        .values()
        .fold(0.0, |sum, count| sum + count * (n - count))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn without_pairs_or_variety_there_is_no_alpha() {
        assert_eq!(krippendorff_alpha(&[]), Err(Undefined::NoPairs));
        assert_eq!(
            krippendorff_alpha(&[vec![1], vec![]]),
            Err(Undefined::NoPairs)
        );
        assert_eq!(
            percent_agreement(&[vec![1], vec![]]),
            Err(Undefined::NoPairs)
        );
        assert_eq!(
            krippendorff_alpha(&[vec![1, 1], vec![1, 1]]),
            Err(Undefined::OneCategory)
        );
        assert_eq!(percent_agreement(&[vec![1, 1], vec![1, 1]]), Ok(1.0));
    }

    #[test]
    fn agreement_and_its_opposite() {
        let agree = [vec![1, 1, 1], vec![2, 2], vec![3]];
        assert_eq!(
            (krippendorff_alpha(&agree), percent_agreement(&agree)),
            (Ok(1.0), Ok(1.0))
        );
        let differ = [vec![1, 2], vec![2, 1]];
        // Observed 4 of 4 pairs differ, expected 8 of 12: alpha = 1 - 1 / (2 / 3).
        assert!((krippendorff_alpha(&differ).unwrap() + 0.5).abs() < 1e-15);
        assert_eq!(percent_agreement(&differ), Ok(0.0));
    }

    proptest! {
        #[test]
        fn names_of_categories_and_order_do_not_matter(
            units in prop::collection::vec(prop::collection::vec(0_u32..3, 0..5), 1..20)
        ) {
            let renamed: Vec<Vec<u32>> = units
                .iter()
                .rev()
                .map(|unit| unit.iter().rev().map(|c| [9, 4, 7][*c as usize]).collect())
                .collect();
            match (krippendorff_alpha(&units), krippendorff_alpha(&renamed)) {
                (Ok(alpha), Ok(again)) => {
                    prop_assert!((alpha - again).abs() < 1e-12 && alpha <= 1.0);
                }
                (alpha, again) => prop_assert_eq!(alpha, again),
            }
        }
    }
}
