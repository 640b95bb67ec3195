//! Which choice a model takes: the most likely one, as lm-evaluation-harness reads it.

use super::Unscored;
use super::answer::{Answer, Member};
use crate::suite::{Case, Expectation};

/// What a log-likelihood is divided by before choices are compared. The length is that of the
/// choice alone, without the delimiter before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// Nothing (`acc`).
    Ignored,
    /// Unicode code points (`acc_norm`).
    CodePoints,
    /// UTF-8 bytes (`acc_bytes`).
    Bytes,
}

impl Length {
    /// The divisor for one choice.
    fn of(self, choice: &str) -> f64 {
        match self {
            Self::Ignored => 1.0,
            Self::CodePoints => choice.chars().count() as f64,
            Self::Bytes => choice.len() as f64,
        }
    }
}

/// The index of the chosen choice: the lowest one where several are equally likely.
///
/// An empty choice has no length to divide by. lm-evaluation-harness gets minus infinity there
/// unless the log-likelihood is 0, and then NaN, which its argmax prefers; here it is never chosen
/// by a measure that divides.
pub(super) fn chosen(member: &Member, length: Length) -> Result<usize, Unscored> {
    let log_probs = match &member.answer {
        Answer::LogProbs(log_probs) => log_probs,
        Answer::Reply(_) => return Err(Unscored::WrongKind),
        Answer::None(reason) => return Err(reason.clone()),
    };
    let Expectation::Choice { choices, .. } = &member.case.expect else {
        return Err(Unscored::WrongKind);
    };
    let mut best: Option<(usize, f64)> = None;
    for (index, (log_prob, choice)) in log_probs.iter().zip(choices).enumerate() {
        let divisor = length.of(choice);
        let score = if divisor > 0.0 {
            log_prob / divisor
        } else {
            f64::NEG_INFINITY
        };
        if best.is_none_or(|(_, highest)| score > highest) {
            best = Some((index, score));
        }
    }
    best.map(|(index, _)| index).ok_or(Unscored::WrongKind)
}

/// The text of a choice.
pub(super) fn text(case: &Case, index: usize) -> Option<&str> {
    case.expect.choices().get(index).map(String::as_str)
}

/// Whether a choice is the right one.
pub(super) fn is_right(case: &Case, index: usize) -> bool {
    case.expect.right() == Some(index)
}
