//! What the responses to one trial say, before any measure looks at it.

use super::Unscored;
use super::refusal::{Class, classify};
use crate::plan::Trial;
use crate::request::{Finish, Response};
use crate::suite::{Case, Expectation};

/// A trial with its case and its answer.
#[derive(Clone)]
pub(super) struct Member<'a> {
    /// The trial.
    pub trial: &'a Trial,
    /// Its case.
    pub case: &'a Case,
    /// What came back.
    pub answer: Answer,
    /// What a judge said of it.
    pub judgement: Option<&'a [Response]>,
}

/// What came back for a trial.
#[derive(Clone)]
pub(super) enum Answer {
    /// One for each choice, or one for the text.
    Likelihoods {
        /// After the prompt.
        prompted: Vec<Likelihood>,
        /// After nothing, where the suite asks for that.
        unprompted: Vec<Likelihood>,
    },
    /// A text.
    Reply {
        /// Without special tokens and the stop text.
        text: String,
        /// Why it ended.
        finish: Finish,
    },
    /// Nothing that a measure could read.
    None(Unscored),
}

/// How likely one continuation is.
#[derive(Clone, Copy)]
pub(super) struct Likelihood {
    /// Sum over its tokens, in nats.
    pub log_prob: f64,
    /// Its tokens.
    pub tokens: u32,
}

impl Answer {
    /// Reads the responses to a trial of `case`. One failed response fails the trial.
    pub(super) fn read(case: &Case, responses: Option<&[Response]>) -> Self {
        let Some(responses) = responses else {
            return Self::None(Unscored::Missing);
        };
        let failure = responses.iter().find_map(|response| match response {
            Response::Failed(failure) => Some(failure.clone()),
            Response::Likelihood { .. }
            | Response::Generated { .. }
            | Response::Similarity { .. } => None,
        });
        if let Some(failure) = failure {
            return Self::None(Unscored::Failed(failure));
        }
        match &case.expect {
            Expectation::Choice { choices, .. } => Self::likelihoods(responses, choices.len()),
            Expectation::Text(_) => Self::likelihoods(responses, 1),
            Expectation::Refusal
            | Expectation::Compliance
            | Expectation::Answers(_)
            | Expectation::Number(_)
            | Expectation::Contains { .. }
            | Expectation::Pattern(_)
            | Expectation::Instructions(_)
            | Expectation::Open => Self::reply(responses),
        }
    }

    fn likelihoods(responses: &[Response], expected: usize) -> Self {
        let one = |response: &Response| match response {
            Response::Likelihood {
                log_prob, tokens, ..
            } => Some(Likelihood {
                log_prob: log_prob.get(),
                tokens: *tokens,
            }),
            Response::Generated { .. } | Response::Similarity { .. } | Response::Failed(_) => None,
        };
        let all: Option<Vec<Likelihood>> = responses.iter().map(one).collect();
        match all {
            Some(mut prompted) if [expected, 2 * expected].contains(&prompted.len()) => {
                let unprompted = prompted.split_off(expected);
                Self::Likelihoods {
                    prompted,
                    unprompted,
                }
            }
            Some(_) | None => Self::None(Unscored::WrongKind),
        }
    }

    fn reply(responses: &[Response]) -> Self {
        match responses {
            [Response::Generated { text, finish, .. }] => Self::Reply {
                text: text.clone(),
                finish: *finish,
            },
            _ => Self::None(Unscored::WrongKind),
        }
    }
}

impl Member<'_> {
    /// The same answer, as if it were to `case`.
    pub(super) fn of_case<'b>(&'b self, case: &'b Case) -> Member<'b> {
        Member {
            case,
            ..self.clone()
        }
    }

    /// The likelihoods after the prompt, if that is what came back.
    pub(super) fn likelihoods(&self) -> Result<&[Likelihood], Unscored> {
        match &self.answer {
            Answer::Likelihoods { prompted, .. } => Ok(prompted),
            Answer::Reply { .. } => Err(Unscored::WrongKind),
            Answer::None(reason) => Err(reason.clone()),
        }
    }

    /// The likelihoods of the same texts after nothing, if those came back, too.
    pub(super) fn unprompted(&self) -> Result<&[Likelihood], Unscored> {
        match &self.answer {
            Answer::Likelihoods { unprompted, .. } if !unprompted.is_empty() => Ok(unprompted),
            Answer::Likelihoods { .. } | Answer::Reply { .. } => Err(Unscored::WrongKind),
            Answer::None(reason) => Err(reason.clone()),
        }
    }

    /// The text and why it ended, if that is what came back.
    pub(super) fn reply(&self) -> Result<(&str, Finish), Unscored> {
        match &self.answer {
            Answer::Reply { text, finish } => Ok((text, *finish)),
            Answer::Likelihoods { .. } => Err(Unscored::WrongKind),
            Answer::None(reason) => Err(reason.clone()),
        }
    }

    /// Whether the reply refuses, and how.
    pub(super) fn class(&self) -> Result<Class, Unscored> {
        let (text, finish) = self.reply()?;
        classify(text, finish, &self.case.language)
    }
}
