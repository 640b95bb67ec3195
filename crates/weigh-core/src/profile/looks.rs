//! Looks: what a profile allows a run that was inconclusive to spend when more cases are asked.
//!
//! A record may be looked at, extended, and looked at again. With intervals of the same confidence
//! each time, one of them misses the truth more often than 1 - confidence. So a profile gives every
//! look a share of alpha = 1 - confidence, and look k decides by intervals of confidence
//! 1 - alpha share_k. By the union bound (Bonferroni) some look errs with probability alpha times
//! the sum of the shares at most, whatever was seen before and however much was added because of it.

use super::Profile;
use crate::decimal::Decimal;
use crate::diagnostic::{Notes, code};
use crate::fields::{self, Fields};
use crate::plan::Look;

/// The most looks that a profile can give.
pub const MOST_LOOKS: usize = 8;

/// Confidences are rounded to so many parts: 1 - (1 - 0.95) 0.8 is 0.96, as it is for people.
const PARTS: f64 = 1e12;
/// The least part of alpha that a look can spend: below it, intervals say next to nothing.
const LEAST_SPENT: f64 = 1e-6;
/// By how much the shares of looks may exceed 1 as sums of binary numbers do.
const ROUNDING: f64 = 1e-9;

impl Profile {
    /// How many looks there are: one where the profile says nothing of looks.
    #[must_use]
    pub fn most_looks(&self) -> u32 {
        u32::try_from(self.looks.len()).unwrap_or(u32::MAX).max(1)
    }

    /// The confidence of the intervals at `look`, counted from 1. None where there is no such look.
    #[must_use]
    pub fn confidence_at(&self, look: u32) -> Option<Decimal> {
        if look == 1 && self.looks.is_empty() {
            return Some(self.confidence);
        }
        let share = self.looks.get(index(look)?)?;
        rounded(1.0 - (1.0 - self.confidence.get()) * share.get())
    }

    /// The confidence at which the evidence of `suite` is read in a record of this `look`: none for a
    /// record of a first look under a profile without looks. None where the profile has fewer looks
    /// than the suite had: under it, that record shows nothing.
    #[must_use]
    pub fn confidence_of(&self, look: Option<&Look>, suite: &str) -> Option<Decimal> {
        let extended = look.and_then(|look| look.suites.get(suite));
        self.confidence_at(extended.map_or(1, |extended| extended.look))
    }

    /// The part of alpha = 1 - confidence that the looks up to `look`, counted from 1, spend.
    #[must_use]
    pub fn spent_by(&self, look: u32) -> Option<Decimal> {
        let shares = self.looks.get(..=index(look)?)?;
        let share = shares.iter().fold(0.0, |sum, share| sum + share.get());
        rounded((1.0 - self.confidence.get()) * share)
    }
}

fn index(look: u32) -> Option<usize> {
    usize::try_from(look.checked_sub(1)?).ok()
}

fn rounded(share: f64) -> Option<Decimal> {
    Decimal::new(libm::rint(share * PARTS) / PARTS).ok()
}

/// The shares of alpha that looks spend: none, or as many as there are looks.
pub(super) fn read(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    confidence: Option<Decimal>,
) -> Option<Vec<Decimal>> {
    let Some(value) = top.optional("looks") else {
        return Some(Vec::new());
    };
    let fault = |notes: &mut Notes<'_>, place: usize, message: String| {
        let help = "for instance `looks = [\"0.8\", \"0.1\", \"0.1\"]`".to_owned();
        notes.add(code::LOOKS, place, message, Some(help));
    };
    let items = fields::list(notes, "looks", value)?;
    let start = value.span().start;
    if items.is_empty() || items.len() > MOST_LOOKS {
        let message = format!(
            "`looks` has {} shares, expected 1 to {MOST_LOOKS}",
            items.len()
        );
        fault(notes, start, message);
    }
    let mut shares = Vec::new();
    for item in items {
        let share = fields::decimal(notes, "looks", item)?;
        let spent = confidence.map(|level| (1.0 - level.get()) * share.get());
        if !(0.0..=1.0).contains(&share.get()) || spent.is_some_and(|spent| spent < LEAST_SPENT) {
            let message = format!("a look has the share {share}, expected above 0 and 1 at most");
            fault(notes, item.span().start, message);
        }
        shares.push(share);
    }
    let sum = shares.iter().fold(0.0, |sum, share| sum + share.get());
    if sum > 1.0 + ROUNDING {
        let message = format!("the shares of the looks come to {sum}, expected 1 at most");
        fault(notes, start, message);
    }
    Some(shares)
}
