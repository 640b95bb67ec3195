//! Texts compared with texts: answers with references, and texts with what a model makes of them.
//!
//! Every function here is plain data in, plain data out. Scores of a corpus are computed from
//! counts that add up ([`bleu::Counts`], [`chrf::Counts`], [`perplexity::Sums`]), so a resampling of
//! clusters needs no text: it adds the counts of the clusters it drew.

pub mod bleu;
pub mod chrf;
pub mod contains;
pub mod corpus;
pub mod exact;
mod ngrams;
pub mod normalise;
pub mod number;
pub mod overlap;
pub mod pattern;
pub mod perplexity;
pub mod rouge;
pub mod unicode;
mod words;

/// The version of the measures in this folder, as their signatures name it: any change that can
/// move a number raises it.
pub const VERSION: u32 = 1;
