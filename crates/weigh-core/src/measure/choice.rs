//! Which choice a model takes: the most likely one, as lm-evaluation-harness reads it.

use super::Unscored;
use super::answer::{Likelihood, Member};
use crate::suite::{Case, ChoiceRole, Expectation};

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
    /// Tokens of what was scored, the delimiter's included.
    Tokens,
}

impl Length {
    /// The divisor for one choice.
    fn of(self, choice: &str, likelihood: Likelihood) -> f64 {
        match self {
            Self::Ignored => 1.0,
            Self::CodePoints => choice.chars().count() as f64,
            Self::Bytes => choice.len() as f64,
            Self::Tokens => f64::from(likelihood.tokens),
        }
    }
}

/// The index of the chosen choice: the lowest one where several are equally likely.
///
/// An empty choice has no length to divide by. lm-evaluation-harness gets minus infinity there
/// unless the log-likelihood is 0, and then NaN, which its argmax prefers; here it is never chosen
/// by a measure that divides.
pub(super) fn chosen(member: &Member, length: Length) -> Result<usize, Unscored> {
    let likelihoods = member.likelihoods()?;
    let Expectation::Choice { choices, .. } = &member.case.expect else {
        return Err(Unscored::WrongKind);
    };
    highest(likelihoods.iter().zip(choices).map(|(likelihood, choice)| {
        let divisor = length.of(choice, *likelihood);
        if divisor > 0.0 {
            likelihood.log_prob / divisor
        } else {
            f64::NEG_INFINITY
        }
    }))
}

/// The index of the choice that gains most by the prompt: its log-likelihood less that of the same
/// text after nothing (`acc_mutual_info`).
pub(super) fn informed(member: &Member) -> Result<usize, Unscored> {
    let likelihoods = member.likelihoods()?.iter();
    let alone = member.unprompted()?;
    highest(
        likelihoods
            .zip(alone)
            .map(|(l, alone)| l.log_prob - alone.log_prob),
    )
}

/// The index of the highest score: the lowest one where several are equal.
fn highest(scores: impl Iterator<Item = f64>) -> Result<usize, Unscored> {
    let mut best: Option<(usize, f64)> = None;
    for (index, score) in scores.enumerate() {
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

/// Whether a choice is a right one.
pub(super) fn is_right(case: &Case, index: usize) -> bool {
    case.expect.is_right(index)
}

/// The probability of each choice among all of them: softmax of the log-likelihoods, which favours
/// short ones as `accuracy` does.
pub(super) fn probabilities(member: &Member) -> Result<Vec<f64>, Unscored> {
    let log_probs = member.likelihoods()?.iter().map(|l| l.log_prob);
    let highest = log_probs.clone().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = log_probs.map(|l| libm::exp(l - highest)).collect();
    let sum = powers.iter().fold(0.0, |sum, power| sum + power);
    Ok(powers.into_iter().map(|power| power / sum).collect())
}

/// What the chosen choice says of a group.
pub(super) fn role(member: &Member) -> Result<ChoiceRole, Unscored> {
    let at = chosen(member, Length::Ignored)?;
    let role = member.case.expect.roles().and_then(|roles| roles.get(at));
    role.copied().ok_or(Unscored::WrongKind)
}
