//! From a record to its commitment, and to openings of single cases.

use super::{Entry, FORMAT, Opening, Salt};
use crate::digest::Digest;
use crate::event::{Judgement, TrialRecord};
use crate::merkle;
use crate::plan::Plan;
use crate::report::Report;
use crate::suite::{Case, Suite};
use crate::transcript::Transcript;

/// Why a report cannot commit to a case. A sealed record of parsed suites has no such case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitFault {
    /// The plan, the suites or the transcript do not have it.
    #[error("trial {0} of the plan has no case or no answer")]
    Missing(usize),
    /// It holds a number that JSON readers would change.
    #[error("the case of trial `{0}` has no canonical JSON form")]
    NotCanonical(String),
}

/// The root over the leaves of all cases, in the order of the plan. `suites` are those of the plan,
/// sorted by id; `salt` is the seal's.
///
/// # Errors
/// The first case that it cannot be made of.
pub fn commitment(
    plan: &Plan,
    suites: &[Suite],
    transcript: &Transcript,
    salt: &Salt,
) -> Result<Digest, CommitFault> {
    leaves(plan, suites, transcript, salt).map(merkle::root)
}

/// The openings of the cases at `places` of the plan. `report` is the one that follows from the other
/// arguments, and `payload` the SHA-256 of the statement about it.
///
/// # Errors
/// When there is no such case in the record, or the report cannot commit to one.
pub fn open(
    (report, payload): (&Report, Digest),
    (plan, suites): (&Plan, &[Suite]),
    transcript: &Transcript,
    salt: &Salt,
    places: &[usize],
) -> Result<Vec<Opening>, CommitFault> {
    let leaves = leaves(plan, suites, transcript, salt)?;
    let open = |&place: &usize| {
        let entry = entry(plan, suites, transcript, place)?;
        let path = merkle::path(&leaves, place).ok_or(CommitFault::Missing(place))?;
        Ok(Opening {
            count: leaves.len() as u64,
            format: FORMAT.to_owned(),
            index: place as u64,
            path,
            payload,
            report: report.id.clone(),
            salt: salt.of_trial(&entry.trial.trial),
            entry,
        })
    };
    places.iter().map(open).collect()
}

fn leaves(
    plan: &Plan,
    suites: &[Suite],
    transcript: &Transcript,
    salt: &Salt,
) -> Result<Vec<Digest>, CommitFault> {
    let leaf = |place| {
        let entry = entry(plan, suites, transcript, place)?;
        let salt = salt.of_trial(&entry.trial.trial);
        entry
            .leaf(&salt)
            .ok_or(CommitFault::NotCanonical(entry.trial.trial))
    };
    (0..plan.trials.len()).map(leaf).collect()
}

fn entry(
    plan: &Plan,
    suites: &[Suite],
    transcript: &Transcript,
    place: usize,
) -> Result<Entry, CommitFault> {
    let missing = || CommitFault::Missing(place);
    let trial = plan.trials.get(place).ok_or_else(missing)?;
    let suite = suites.get(trial.suite).ok_or_else(missing)?;
    let case = suite.cases.get(trial.case).ok_or_else(missing)?;
    let responses = transcript.responses.get(place).and_then(Option::as_ref);
    let judgement = transcript.judgements.get(&place);
    Ok(Entry {
        // Where it stands in its file is no part of what is committed to.
        case: Case {
            place: Default::default(),
            ..case.clone()
        },
        judgement: judgement.map(|responses| Judgement {
            judged: trial.id.clone(),
            responses: responses.clone(),
        }),
        requests: trial.requests.clone(),
        suite: suite.id.clone(),
        trial: TrialRecord {
            trial: trial.id.clone(),
            responses: responses.ok_or_else(missing)?.clone(),
        },
    })
}
