//! Why a figure cannot be given. A figure that is not given has a reason, never a stand-in.

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
