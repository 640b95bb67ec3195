//! What an export is made from: the report of a verified record, and its trials with their answers.

use std::collections::BTreeMap;

use serde::Serialize;
use weigh_core::cases::CaseResult;
use weigh_core::digest::Digest;
use weigh_core::measure::{Outcome, Unscored};
use weigh_core::plan::{Plan, Trial};
use weigh_core::report::Report;
use weigh_core::request::{Finish, Request, Response};
use weigh_core::stats::{Estimate, Stratum};
use weigh_core::suite::{Case, Expectation, Suite};
use weigh_core::transcript::Transcript;

/// A verified record.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    /// The report: every figure of an export is one of its figures.
    pub report: &'a Report,
    /// SHA-256 of the statement that was signed, which is the record's `report.json`.
    pub statement: Digest,
    plan: &'a Plan,
    suites: &'a [Suite],
    transcript: &'a Transcript,
    results: BTreeMap<&'a str, &'a CaseResult>,
}

/// A trial with its case, its answer and what was made of it.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// The trial.
    pub trial: &'a Trial,
    /// Its suite.
    pub suite: &'a Suite,
    /// Its case.
    pub case: &'a Case,
    /// One response for each request; empty where the record has none.
    pub responses: &'a [Response],
    /// What the measures made of it.
    pub result: &'a CaseResult,
}

impl<'a> Evidence<'a> {
    /// A record with this `report`. `suites` are those of the plan, sorted by id, and `cases` what
    /// [`weigh_core::cases::cases`] makes of the same plan, suites and transcript.
    #[must_use]
    pub fn new(
        (report, statement): (&'a Report, Digest),
        (plan, suites): (&'a Plan, &'a [Suite]),
        transcript: &'a Transcript,
        cases: &'a [CaseResult],
    ) -> Self {
        let results = cases.iter().map(|case| (case.trial.as_str(), case));
        Self {
            report,
            statement,
            plan,
            suites,
            transcript,
            results: results.collect(),
        }
    }

    /// The suites of the plan, sorted by id.
    #[must_use]
    pub const fn suites(&self) -> &'a [Suite] {
        self.suites
    }

    /// Every trial, in the order of the plan.
    pub fn answered(&self) -> impl Iterator<Item = Answered<'a>> {
        let trials = self.plan.trials.iter().zip(&self.transcript.responses);
        trials.filter_map(|(trial, responses)| {
            let suite = self.suites.get(trial.suite)?;
            Some(Answered {
                trial,
                suite,
                case: suite.cases.get(trial.case)?,
                responses: responses.as_deref().unwrap_or_default(),
                result: self.results.get(trial.id.as_str())?,
            })
        })
    }

    /// How a reader checks what was exported, in one sentence.
    #[must_use]
    pub fn how_to_verify(&self) -> String {
        format!(
            "Ask for the record of report {}: its report.json has the SHA-256 {}, and `weigh verify RECORD` \
             derives every figure again.",
            self.report.id, self.statement
        )
    }

    /// A UUID that names this export of the record: the first 16 bytes of the SHA-256 of the
    /// statement's digest and `format`, with the bits that RFC 9562 gives to version 4.
    #[must_use]
    pub fn uuid(&self, format: &str) -> String {
        let named = Digest::of(format!("{}\n{format}", self.statement).as_bytes());
        let bytes = named.as_bytes().iter().take(16).enumerate();
        let versioned = bytes.map(|(at, byte)| match at {
            6 => byte & 0x0f | 0x40,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        });
        let mut text = String::new();
        for (at, byte) in versioned.enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push_str(&format!("{byte:02x}"));
        }
        text
    }
}

impl<'a> Answered<'a> {
    /// The text that was generated, and why it ended; none where none was asked for or came.
    #[must_use]
    pub fn reply(&self) -> Option<(&'a str, Finish)> {
        self.responses.iter().find_map(|response| match response {
            Response::Generated { text, finish, .. } => Some((text.as_str(), *finish)),
            Response::Likelihood { .. } | Response::Similarity { .. } | Response::Failed(_) => None,
        })
    }

    /// The log-likelihood in nats that answers each request for one, none where it failed, in the
    /// order of the requests.
    #[must_use]
    pub fn log_likelihoods(&self) -> Vec<Option<f64>> {
        let asked = self.trial.requests.iter().enumerate();
        let likelihoods = asked.filter(|(_, asked)| matches!(asked, Request::Likelihood { .. }));
        let answered = likelihoods.map(|(at, _)| match self.responses.get(at) {
            Some(Response::Likelihood { log_prob, .. }) => Some(log_prob.get()),
            Some(
                Response::Generated { .. } | Response::Similarity { .. } | Response::Failed(_),
            )
            | None => None,
        });
        answered.collect()
    }

    /// The tokens of the answer to each request, none where it failed.
    #[must_use]
    pub fn tokens(&self) -> Vec<Option<u32>> {
        let of = |response: &Response| match response {
            Response::Likelihood { tokens, .. } | Response::Generated { tokens, .. } => {
                Some(*tokens)
            }
            Response::Similarity { .. } | Response::Failed(_) => None,
        };
        self.responses.iter().map(of).collect()
    }

    /// Why a request has no answer; none where every one has.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        if self.responses.len() < self.trial.requests.len() {
            return Some(Unscored::Missing.told());
        }
        self.responses.iter().find_map(|response| match response {
            Response::Failed(failure) => Some(Unscored::Failed(failure.clone()).told()),
            Response::Likelihood { .. }
            | Response::Generated { .. }
            | Response::Similarity { .. } => None,
        })
    }

    /// The texts that are right, or what is expected in words.
    #[must_use]
    pub fn targets(&self) -> Vec<String> {
        match &self.case.expect {
            Expectation::Choice {
                choices,
                answer,
                also,
                ..
            } => {
                let right = std::iter::once(answer).chain(also);
                right.filter_map(|at| choices.get(*at).cloned()).collect()
            }
            Expectation::Answers(texts) => texts.clone(),
            Expectation::Refusal
            | Expectation::Compliance
            | Expectation::Number(_)
            | Expectation::Contains { .. }
            | Expectation::Pattern(_)
            | Expectation::Instructions(_)
            | Expectation::Text(_)
            | Expectation::Open => vec![self.case.expect.in_words()],
        }
    }

    /// What was read from the answer: of a choice the chosen text, else what the first measure with an
    /// outcome read. None where no measure has one.
    #[must_use]
    pub fn answer(&self) -> Option<&'a str> {
        let choices = self.case.expect.choices();
        let mut scored = self.result.readings.iter().filter(|reading| {
            let of_choice = choices.is_empty() || choices.contains(&reading.got);
            of_choice && matches!(reading.outcome, Outcome::Scored(_))
        });
        scored.next().map(|reading| reading.got.as_str())
    }

    /// The tags of the case, and those of its suite.
    pub fn tags(&self) -> impl Iterator<Item = &'a str> {
        let tags = self.case.tags.union(&self.suite.tags);
        tags.map(String::as_str)
    }

    /// Why measures have no outcome: each with its reason.
    #[must_use]
    pub fn without_outcome(&self) -> Vec<String> {
        let readings = self.result.without_outcome();
        let told = readings.map(|reading| format!("{}: {}", reading.measure, reading.got));
        told.collect()
    }
}

/// The part of a suite that a figure is about: `language:sw`, `tag:privacy`; none for all of it.
#[must_use]
pub fn slice(stratum: &Stratum) -> Option<String> {
    match stratum {
        Stratum::All => None,
        Stratum::Language(language) => Some(format!("language:{language}")),
        Stratum::Tag(tag) => Some(format!("tag:{tag}")),
    }
}

/// How many units of a figure have no score and why, in the words of the report; none where all have.
#[must_use]
pub fn without_score(estimate: &Estimate) -> Option<String> {
    let unscored = estimate.planned.saturating_sub(estimate.scored);
    if unscored == 0 {
        return None;
    }
    Some(format!(
        "{unscored} of {} units without a score ({})",
        estimate.planned,
        reasons(estimate)
    ))
}

/// How many units have no score for each reason: `3 cut, 1 failed_empty`.
#[must_use]
pub fn reasons(estimate: &Estimate) -> String {
    let reasons = estimate.unscored.iter();
    let reasons = reasons.map(|(why, count)| format!("{count} {why}"));
    reasons.collect::<Vec<_>>().join(", ")
}

/// Why a figure has no value, after what it is of; none where it has one.
#[must_use]
pub fn without_value(estimate: &Estimate) -> Option<String> {
    if estimate.point.is_some() {
        return None;
    }
    let why = without_score(estimate).unwrap_or_else(|| "nothing was planned".to_owned());
    Some(format!("{}: no value, {why}", title(estimate)))
}

/// What a figure is of: its suite, its measure, and its slice where it has one.
#[must_use]
pub fn title(estimate: &Estimate) -> String {
    format!("{} {}", estimate.suite, figure(estimate))
}

/// What a figure is of within its suite: its measure, and its slice where it has one.
#[must_use]
pub fn figure(estimate: &Estimate) -> String {
    match slice(&estimate.stratum) {
        None => estimate.measure.to_string(),
        Some(slice) => format!("{} {slice}", estimate.measure),
    }
}

/// The word that a record has for `value`: a verdict, a method, how a reply ended.
#[must_use]
pub fn word<T: Serialize>(value: T) -> String {
    // Every one of them is an enum without content, which is written as a text.
    let written = serde_json::to_value(value).unwrap_or_default();
    written.as_str().unwrap_or_default().to_owned()
}
