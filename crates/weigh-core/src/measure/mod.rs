//! Scoring rules: a closed, versioned set. An answer that cannot be scored is an outcome, too.

mod alone;
mod answer;
mod apart;
mod choice;
mod family;
pub mod fidelity;
pub mod instruction;
mod likelihood;
mod name;
pub mod refusal;
mod reply;
mod score;
mod shuffled;
#[cfg(test)]
mod tests;
pub mod text;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::request::Failure;
use crate::text::visible_line;

pub use alone::{Mark, mark};
pub(crate) use apart::{Apart, Options, apart};
pub use name::{Better, MeasureName, Scale};
pub use score::score;
pub use shuffled::shuffled;

/// Whether a trial could be scored, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A value on the measure's [`Scale`]; for a proportion 0 or 1.
    Scored(Decimal),
    /// No value, and why.
    Unscored(Unscored),
}

/// Why a planned trial has no score.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unscored {
    /// The record holds no answer.
    Missing,
    /// The request failed.
    Failed(Failure),
    /// The answer was cut before the measure could decide.
    Cut,
    /// The answer is of another kind than the measure reads.
    WrongKind,
    /// The measure could not decide, for the reason given.
    Undecided(String),
}

/// One outcome with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Suite id.
    pub suite: String,
    /// The measure.
    pub measure: MeasureName,
    /// Trial id, or the family's name for measures over families.
    pub unit: String,
    /// Language of the unit.
    pub language: crate::language::Language,
    /// Tags of the unit's case and suite.
    pub tags: std::collections::BTreeSet<String>,
    /// The cluster: units of one family are not independent of each other.
    pub cluster: String,
    /// The outcome.
    pub outcome: Outcome,
    /// What the value weighs. For [`Scale::Ratio`] and [`Scale::Exponential`] the lower amount, of
    /// which the value is a multiple; for [`Scale::Calibration`] and [`Scale::Selective`] the
    /// confidence, where the value is 1 for right; else 1.
    pub weight: Decimal,
    /// For [`Scale::Corpus`] what the text shares with its references; else none.
    pub shared: Option<text::corpus::Shared>,
    /// What the measure read from the answer, for people: the chosen text, the class of the reply.
    pub decision: Option<String>,
}

impl Outcome {
    /// The value or why there is none, and what was read from the answer: on one line for people,
    /// with every foreign text made visible.
    #[must_use]
    pub fn told(&self, decision: Option<&str>) -> String {
        let (mut line, why) = match self {
            Self::Scored(value) => (value.to_string(), None),
            Self::Unscored(reason) => {
                let why = match reason {
                    Unscored::Undecided(why) => Some(why.as_str()),
                    Unscored::Missing
                    | Unscored::Failed(_)
                    | Unscored::Cut
                    | Unscored::WrongKind => None,
                };
                (format!("unscored, {}", reason.kind()), why)
            }
        };
        for text in decision.into_iter().chain(why) {
            line.push_str(": ");
            line.push_str(&visible_line(text));
        }
        line
    }
}

impl Unscored {
    /// The kind of reason, without its details: what counts are kept by.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Failed(failure) => failure.kind(),
            Self::Cut => "cut",
            Self::WrongKind => "wrong_kind",
            Self::Undecided(_) => "undecided",
        }
    }

    /// The kind with what is known of the reason, as it is: nothing is made visible.
    #[must_use]
    pub fn told(&self) -> String {
        let kind = self.kind();
        let detail = match self {
            Self::Undecided(why)
            | Self::Failed(
                Failure::Template(why) | Failure::Tokenizer(why) | Failure::Model(why),
            ) => why.clone(),
            Self::Failed(Failure::TooLong { needed, limit }) => {
                format!("{needed} tokens are needed and {limit} fit")
            }
            Self::Missing
            | Self::Failed(Failure::Empty | Failure::NotFinite)
            | Self::Cut
            | Self::WrongKind => return kind.to_owned(),
        };
        format!("{kind}: {detail}")
    }
}
