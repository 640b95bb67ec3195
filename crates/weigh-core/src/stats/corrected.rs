//! A rate as an imperfect instrument (a judge, a classifier) sees it, corrected for its errors.
//!
//! An instrument that flags a share AP of the units, finds a share Se of what it should flag and
//! spares a share Sp of what it should not, points to a true share
//!
//! ```text
//! P = (AP + Sp - 1) / (Se + Sp - 1)
//! ```
//!
//! (Rogan and Gladen, 1978). Se and Sp come from a card of trials on items of known kind, so they are
//! uncertain too; the interval is that of Lang and Reiczigel (2014, Preventive Veterinary Medicine
//! 113, 13-22), which counts all three uncertainties and holds its level for small cards as well.
//! Garak and others take Se and Sp as exact, and fall back to AP where the instrument is weak. Here
//! a weak instrument gives no corrected figure.

use serde::{Deserialize, Serialize};

use super::cluster::{Cluster, size, total};
use super::newcombe::{Share, independent};
use super::student::normal_two_sided;
use super::undefined::Undefined;

/// The least Se + Sp - 1 with which a rate is corrected: a tenth of a perfect instrument's. Below
/// it the correction multiplies every error of AP by more than ten.
const LEAST_YOUDEN: f64 = 0.1;

/// An instrument's record on items of known kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Items to flag that were flagged.
    pub true_positives: u32,
    /// Items to flag that were not.
    pub false_negatives: u32,
    /// Items not to flag that were not.
    pub true_negatives: u32,
    /// Items not to flag that were flagged.
    pub false_positives: u32,
}

/// A corrected rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corrected {
    /// The share of the scored units that the instrument flagged.
    pub apparent: f64,
    /// The corrected share, in [0, 1].
    pub point: f64,
    /// Lower and upper limit, in [0, 1].
    pub limits: (f64, f64),
}

/// The share of flagged units among `clusters` (their `passes`), corrected by `card`, with an
/// interval at two-sided `level`. Clusters count for what they are worth; a missing unit counts as
/// not flagged below and as flagged above.
///
/// # Errors
/// When nothing is scored, when there is a single cluster of several units, or when the card cannot
/// carry a correction: see [`Undefined::EmptyCard`], [`Undefined::WeakInstrument`] and
/// [`Undefined::CardContradicted`].
pub fn corrected(clusters: &[Cluster], card: &Card, level: f64) -> Result<Corrected, Undefined> {
    let youden = youden(card, level)?;
    let all = total(clusters);
    if all.planned == all.missing {
        return Err(Undefined::NothingScored);
    }
    let size = size(clusters, level);
    if size <= 0.0 {
        return Err(Undefined::FewClusters);
    }
    let limits = |flagged: f64| {
        let share = flagged / f64::from(all.planned);
        lang_reiczigel(share, size, card, level)
    };
    let lower = limits(all.passes).0;
    let upper = limits(all.passes + f64::from(all.missing)).1;
    let apparent = all.passes / f64::from(all.planned - all.missing);
    if upper <= 0.0 || lower >= 1.0 {
        return Err(Undefined::CardContradicted { apparent });
    }
    let (_, specificity) = rates(card);
    let share = |value: f64| value.clamp(0.0, 1.0);
    Ok(Corrected {
        apparent,
        point: share((apparent + specificity - 1.0) / youden),
        limits: (share(lower), share(upper)),
    })
}

/// Se + Sp - 1, where it is at least [`LEAST_YOUDEN`] and, by Newcombe's interval of
/// Se - (1 - Sp), surely above 0.
fn youden(card: &Card, level: f64) -> Result<f64, Undefined> {
    let flagged = |flagged: u32, spared: u32| {
        let share = Share {
            passes: flagged.into(),
            fails: spared.into(),
        };
        (flagged > 0 || spared > 0)
            .then_some(share)
            .ok_or(Undefined::EmptyCard)
    };
    let of_positives = flagged(card.true_positives, card.false_negatives)?;
    let of_negatives = flagged(card.false_positives, card.true_negatives)?;
    let lower = independent(of_positives, of_negatives, level).0;
    let (sensitivity, specificity) = rates(card);
    let youden = sensitivity + specificity - 1.0;
    if youden < LEAST_YOUDEN || lower <= 0.0 {
        return Err(Undefined::WeakInstrument { youden, lower });
    }
    Ok(youden)
}

/// Sensitivity and specificity as observed.
fn rates(card: &Card) -> (f64, f64) {
    let share = |hits: u32, misses: u32| f64::from(hits) / (f64::from(hits) + f64::from(misses));
    (
        share(card.true_positives, card.false_negatives),
        share(card.true_negatives, card.false_positives),
    )
}

/// The limits of Lang and Reiczigel for an `apparent` share of `n` (above 0) units, with a `card`
/// that holds items of both kinds. Not cut to [0, 1]: both below 0 or above 1, they say that the
/// card does not fit the units.
#[must_use]
pub fn lang_reiczigel(apparent: f64, n: f64, card: &Card, level: f64) -> (f64, f64) {
    let z = normal_two_sided(1.0 - level);
    // One success and one failure are added to each row of the card.
    let row = |hits: u32, misses: u32| {
        let items = f64::from(hits) + f64::from(misses) + 2.0;
        let share = (f64::from(hits) + 1.0) / items;
        (share, share * (1.0 - share) / items)
    };
    let (sensitivity, se_variance) = row(card.true_positives, card.false_negatives);
    let (specificity, sp_variance) = row(card.true_negatives, card.false_positives);
    let flagged = (n * apparent + z * z / 2.0) / (n + z * z);
    let variance = flagged * (1.0 - flagged) / (n + z * z);
    let youden = sensitivity + specificity - 1.0;
    let share = (flagged + specificity - 1.0) / youden;
    let shift = 2.0 * z * z * (share * se_variance - (1.0 - share) * sp_variance);
    let error =
        (variance + share * share * se_variance + (1.0 - share) * (1.0 - share) * sp_variance)
            .sqrt()
            / youden.abs();
    let limit = |side: f64| share + shift + side * z * error;
    (limit(-1.0), limit(1.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn card(tp: u32, false_negatives: u32, tn: u32, fp: u32) -> Card {
        Card {
            true_positives: tp,
            false_negatives,
            true_negatives: tn,
            false_positives: fp,
        }
    }

    fn units(n: u32, flagged: u32, missing: u32) -> Vec<Cluster> {
        let one = |i| Cluster {
            planned: 1,
            passes: u32::from(i < flagged).into(),
            missing: (i >= n - missing).into(),
        };
        (0..n).map(one).collect()
    }

    #[test]
    fn a_weak_or_untried_instrument_corrects_nothing() {
        let of = |card: Card| corrected(&units(100, 20, 0), &card, 0.95);
        assert_eq!(of(card(0, 0, 50, 2)), Err(Undefined::EmptyCard));
        assert_eq!(of(card(50, 2, 0, 0)), Err(Undefined::EmptyCard));
        for weak in [
            card(50, 50, 50, 50),
            card(5, 95, 5, 95),
            card(545, 455, 545, 455),
        ] {
            let reason = of(weak).unwrap_err();
            assert!(
                matches!(reason, Undefined::WeakInstrument { .. }),
                "{weak:?}: {reason}"
            );
        }
        // Perfect, but on four items: it may still be no better than chance.
        assert!(matches!(
            of(card(1, 0, 1, 0)),
            Err(Undefined::WeakInstrument { .. })
        ));
        assert!(of(card(90, 10, 80, 20)).is_ok());
    }

    #[test]
    fn fewer_flags_than_the_card_allows_are_no_proof_of_none() {
        // An instrument that flags 10 of 200 falsely cannot flag 0 of 300, so its card is of other
        // units; a rate of exactly 0 would be a false pass.
        let few = corrected(&units(300, 0, 0), &card(45, 5, 190, 10), 0.95);
        assert_eq!(few, Err(Undefined::CardContradicted { apparent: 0.0 }));
        let many = corrected(&units(300, 300, 0), &card(150, 50, 45, 5), 0.95);
        assert_eq!(many, Err(Undefined::CardContradicted { apparent: 1.0 }));
    }

    #[test]
    fn what_is_not_measured_is_not_corrected() {
        let good = card(90, 10, 80, 20);
        assert_eq!(
            corrected(&units(3, 0, 3), &good, 0.95),
            Err(Undefined::NothingScored)
        );
        let one = [Cluster {
            planned: 5,
            passes: 2.0,
            missing: 0,
        }];
        assert_eq!(corrected(&one, &good, 0.95), Err(Undefined::FewClusters));
    }

    #[test]
    fn the_point_is_that_of_rogan_and_gladen() {
        // AP .34 with Se .9 and Sp .8 is P = (.34 - .2) / .7 = .2.
        let found = corrected(&units(100, 34, 0), &card(90, 10, 80, 20), 0.95).unwrap();
        assert!((found.point - 0.2).abs() < 1e-12 && (found.apparent - 0.34).abs() < 1e-12);
        assert!(found.limits.0 < 0.2 && 0.2 < found.limits.1);
        let below = corrected(&units(100, 15, 0), &card(90, 10, 80, 20), 0.95).unwrap();
        assert_eq!((below.point, below.limits.0), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn a_missing_unit_only_widens(
            flagged in 0_u32..80, missing in 0_u32..20, tp in 20_u32..60, tn in 20_u32..60
        ) {
            let card = card(tp, 8, tn, 9);
            let wide = corrected(&units(100, flagged, missing), &card, 0.95);
            for extra in 0..=missing {
                let narrow = corrected(&units(100, flagged + extra, 0), &card, 0.95);
                if let (Ok(wide), Ok(narrow)) = (wide, narrow) {
                    prop_assert!(wide.limits.0 <= narrow.limits.0 + 1e-12);
                    prop_assert!(wide.limits.1 >= narrow.limits.1 - 1e-12);
                }
            }
        }
    }
}
