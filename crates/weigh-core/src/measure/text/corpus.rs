//! Counts of n-grams that add up over a corpus, and the score of their sums.

use super::{bleu, chrf};

/// What one text shares with its references, or what all texts of a corpus do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shared {
    /// For [`bleu`].
    Bleu(bleu::Counts),
    /// For [`chrf`].
    Chrf(chrf::Counts),
}

/// The score of several texts, each taken as many times as its weight says: that of the sums of
/// their counts, 0 to 1. None where there is no text, or where counts of both kinds meet.
#[must_use]
pub fn score<'a>(texts: impl Iterator<Item = (&'a Shared, u32)>) -> Option<f64> {
    let mut sum: Option<Shared> = None;
    for (text, weight) in texts {
        for _ in 0..weight {
            match (&mut sum, text) {
                (None, text) => sum = Some(text.clone()),
                (Some(Shared::Bleu(sum)), Shared::Bleu(counts)) => sum.add(counts),
                (Some(Shared::Chrf(sum)), Shared::Chrf(counts)) => sum.add(counts),
                (Some(Shared::Bleu(_) | Shared::Chrf(_)), Shared::Bleu(_) | Shared::Chrf(_)) => {
                    return None;
                }
            }
        }
    }
    Some(match sum? {
        Shared::Bleu(counts) => counts.score(bleu::Orders::All) / 100.0,
        Shared::Chrf(counts) => chrf::CHRF.score(&counts) / 100.0,
    })
}
