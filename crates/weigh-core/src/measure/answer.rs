//! What the responses to one trial say, before any measure looks at it.

use super::Unscored;
use super::refusal::{Class, classify};
use crate::plan::Trial;
use crate::request::Response;
use crate::suite::{Case, Expectation};

/// A trial with its case and its answer.
pub(super) struct Member<'a> {
    /// The trial.
    pub trial: &'a Trial,
    /// Its case.
    pub case: &'a Case,
    /// What came back.
    pub answer: Answer,
}

/// What came back for a trial.
pub(super) enum Answer {
    /// The log-likelihood of each choice, in nats.
    LogProbs(Vec<f64>),
    /// What a reply does with what was asked for.
    Reply(Class),
    /// Nothing that a measure could read.
    None(Unscored),
}

impl Answer {
    /// Reads the responses to a trial of `case`. One failed response fails the trial.
    pub(super) fn read(case: &Case, responses: Option<&[Response]>) -> Self {
        let Some(responses) = responses else {
            return Self::None(Unscored::Missing);
        };
        let failure = responses.iter().find_map(|response| match response {
            Response::Failed(failure) => Some(failure.clone()),
            Response::Likelihood { .. } | Response::Generated { .. } => None,
        });
        if let Some(failure) = failure {
            return Self::None(Unscored::Failed(failure));
        }
        match &case.expect {
            Expectation::Choice { choices, .. } => Self::log_probs(responses, choices.len()),
            Expectation::Refusal | Expectation::Compliance => Self::reply(case, responses),
            Expectation::Answers(_)
            | Expectation::Number(_)
            | Expectation::Contains { .. }
            | Expectation::Pattern(_)
            | Expectation::Instructions(_)
            | Expectation::Text(_)
            | Expectation::Open => Self::None(Unscored::WrongKind),
        }
    }

    fn log_probs(responses: &[Response], choices: usize) -> Self {
        let log_prob = |response: &Response| match response {
            Response::Likelihood { log_prob, .. } => Some(log_prob.get()),
            Response::Generated { .. } | Response::Failed(_) => None,
        };
        let log_probs: Option<Vec<f64>> = responses.iter().map(log_prob).collect();
        log_probs
            .filter(|log_probs| log_probs.len() == choices)
            .map_or(Self::None(Unscored::WrongKind), Self::LogProbs)
    }

    fn reply(case: &Case, responses: &[Response]) -> Self {
        match responses {
            [Response::Generated { text, finish, .. }] => {
                classify(text, *finish, &case.language).map_or_else(Self::None, Self::Reply)
            }
            _ => Self::None(Unscored::WrongKind),
        }
    }
}
