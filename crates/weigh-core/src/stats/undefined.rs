//! Why a figure cannot be given. A figure that is not given has a reason, never a stand-in.

use crate::text::slots;

/// The reason why a statistic or an interval is undefined. Reads after "no figure: ".
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Undefined {
    /// No unit has a value.
    #[error("no unit has a value")]
    NothingScored,
    /// One cluster or none: nothing shows how much clusters differ.
    #[error("fewer than two clusters, so nothing shows how much clusters differ")]
    FewClusters,
    /// Units without a value, where their worst and best values are not known.
    #[error("{0} units have no value, and no worst and best value can stand for them")]
    Missing(u32),
    /// All values are equal, and no range says how far others could lie.
    #[error("every cluster has the same value, so nothing shows how much others could differ")]
    NoSpread,
    /// The statistic has no value on the data or on too many resamples.
    #[error("the statistic has no value on {undefined} of {draws} resamples")]
    Resamples {
        /// Resamples without a value.
        undefined: u32,
        /// Resamples drawn.
        draws: u32,
    },
    /// The bias correction needs resamples on both sides of the estimate.
    #[error("the resamples lie so far to one side of the estimate that no correction reaches it")]
    OneSided,
    /// The instrument was not tried on both kinds of items.
    #[error("the instrument's card lacks items of one of the two kinds")]
    EmptyCard,
    /// The instrument hardly tells the two kinds of items apart.
    #[error("sensitivity + specificity - 1 is {youden:.3}, at least {lower:.3}: too small")]
    WeakInstrument {
        /// Sensitivity + specificity - 1.
        youden: f64,
        /// Its lower confidence limit.
        lower: f64,
    },
    /// The share that the instrument flags cannot come from an instrument with such a card.
    #[error("the instrument flags a share of {apparent:.4}, which its card rules out for any rate")]
    CardContradicted {
        /// The share flagged.
        apparent: f64,
    },
    /// No unit has two ratings.
    #[error("no unit has two ratings")]
    NoPairs,
    /// All ratings are equal: agreement beyond chance has no meaning.
    #[error("only one category occurs, so chance alone would agree as well")]
    OneCategory,
    /// A number that should be a probability is not one.
    #[error("{0} is not between 0 and 1")]
    NotAProbability(f64),
}

impl Undefined {
    /// Why a card carries no correction, by the `words` of a record; `None` where they are not word for word
    /// what this version writes of one: see [`super::corrected::corrected`].
    #[must_use]
    pub fn of_correction(words: &str) -> Option<Self> {
        let fixed = [Self::NothingScored, Self::FewClusters, Self::EmptyCard].into_iter();
        let weak = || {
            let before = ["sensitivity + specificity - 1 is ", ", at least "];
            let [youden, lower] = slots(words, before, ": too small")?;
            let (youden, lower) = (youden.parse().ok()?, lower.parse().ok()?);
            Some(Self::WeakInstrument { youden, lower })
        };
        let contradicted = || {
            let after = ", which its card rules out for any rate";
            let [apparent] = slots(words, ["the instrument flags a share of "], after)?;
            let apparent = apparent.parse().ok()?;
            Some(Self::CardContradicted { apparent })
        };
        let mut known = fixed.chain(weak()).chain(contradicted());
        // Numbers can be written in more than one way.
        known.find(|reason| reason.to_string() == words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_record_are_read_or_stay() {
        let check = |words: &str, expect: Option<Undefined>| {
            assert_eq!(Undefined::of_correction(words), expect, "{words}");
        };
        for reason in [
            Undefined::NothingScored,
            Undefined::FewClusters,
            Undefined::EmptyCard,
            Undefined::WeakInstrument {
                youden: 0.083,
                lower: -0.02,
            },
            Undefined::CardContradicted { apparent: 0.0 },
        ] {
            check(&reason.to_string(), Some(reason));
        }
        check("", None);
        check("no unit has a value.", None);
        // Not of a correction.
        check(&Undefined::NoPairs.to_string(), None);
        check(
            "sensitivity + specificity - 1 is 0.08, at least 0.01: too small",
            None,
        );
        let more = "the instrument flags a share of 0.00001, which its card rules out for any rate";
        check(more, None);
    }
}
