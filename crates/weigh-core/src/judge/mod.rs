//! Models that read replies: a judge says whether a reply is as a rubric wants it, an embedding model
//! how near it is to a reference.
//!
//! A judge generates nothing. It is asked how likely each of two letters is, twice, with the options in
//! both orders, so that a liking for a letter or a place never becomes a score. What it is asked is
//! a pure function of the suite, the case and the reply: whoever has the record makes it again.

mod ask;
mod judging;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::language::Language;

pub use ask::{MOST_CHARACTERS, OPTIONS, PLACES, REPLY, Rubric, is_silent, shown};
pub use judging::{Judging, Owed};
pub use read::{similarity, verdict};

/// The version of what a judge is asked and of how its answers are read, the rubric aside.
pub const VERSION: u32 = 1;

/// The embedding model of a suite: it is asked how near a reply is to each of its references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedding {
    /// A name that `weigh model list` shows.
    pub model: String,
    /// The [identity](crate::subject::Subject::identity) that it must have.
    pub sha256: Digest,
}

/// The judge of a suite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judge {
    /// A name that `weigh model list` shows.
    pub model: String,
    /// The [identity](crate::subject::Subject::identity) that it must have.
    pub sha256: Digest,
    /// What it is asked, for each language that has cases.
    pub rubrics: BTreeMap<Language, Rubric>,
}
