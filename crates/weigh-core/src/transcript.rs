//! The fold of a journal: exactly one record for each planned trial.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::digest::Digest;
use crate::event::{JudgeOpened, JudgeState, Judgement, Sealed, Timestamp, TrialRecord};
use crate::journal::Journal;
use crate::json;
use crate::judge::Owed;
use crate::merkle;
use crate::plan::{Plan, PlanHeader, Shard, Trial};
use crate::request::{Request, Response};
use crate::subject::Subject;

/// What a run's journal says, in the order of the plan and without time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// What was tested.
    pub subject: Subject,
    /// Every different set of conditions, in the order in which they came.
    pub conditions: Vec<BTreeMap<String, String>>,
    /// For each trial of the plan its responses, or nothing where the record has none.
    pub responses: Vec<Option<Vec<Response>>>,
    /// Every judge with everything different that became of it, in the order in which it came.
    pub judges: Vec<(Digest, JudgeState)>,
    /// What judges answered, by the places in the plan of the trials that were judged.
    pub judgements: BTreeMap<usize, Vec<Response>>,
    /// When each stretch of work began.
    pub opened: Vec<Timestamp>,
    /// The end, where the run is complete.
    pub sealed: Option<Sealed>,
}

/// Why a journal is not the record of a plan. Reads after "cannot use the journal: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldFault {
    /// The journal's first line is not this plan's.
    #[error("it is the record of another plan: {0}")]
    Plan(String),
    /// No model was opened yet.
    #[error("no model was opened in it")]
    NotOpened,
    /// A trial that the plan does not have.
    #[error("trial `{0}` was not planned")]
    Unplanned(String),
    /// More or fewer responses than requests.
    #[error("trial `{trial}` has {found} responses where {expected} were planned")]
    Count {
        /// The trial's id.
        trial: String,
        /// Requests in the plan.
        expected: usize,
        /// Responses in the journal.
        found: usize,
    },
    /// A likelihood where a text was asked for, or the other way round.
    #[error("response {index} of trial `{trial}` does not answer its request")]
    Kind {
        /// The trial's id.
        trial: String,
        /// Which one, from 1.
        index: usize,
    },
    /// A judgement where none is due: of another suite, a failed, a cut or an overlong reply.
    #[error("trial `{0}` was judged, and there is nothing to judge in it")]
    NotJudged(String),
    /// A judge that no suite of the plan names.
    #[error("no suite has the judge {0}")]
    UnknownJudge(Digest),
    /// A judge that is not the one that the suite names.
    #[error("a model with the identity {found} judged where the suite has {expected}")]
    OtherJudge {
        /// The suite's.
        expected: Digest,
        /// That of the model which was opened.
        found: Digest,
    },
    /// A judgement by a judge that was never opened.
    #[error("trial `{trial}` was judged, and its judge {judge} was never opened")]
    JudgeNotOpened {
        /// The trial's id.
        trial: String,
        /// The judge of its suite.
        judge: Digest,
    },
    /// The seal counts other judgements than there are.
    #[error("its seal counts {sealed} judgements where {owed} were due and {found} are there")]
    SealJudgements {
        /// What the seal says.
        sealed: u64,
        /// What the replies call for.
        owed: u64,
        /// What the journal has.
        found: u64,
    },
    /// The seal counts other trials than there are.
    #[error("its seal counts {sealed} trials where {planned} were planned and {found} answered")]
    SealCount {
        /// What the seal says.
        sealed: u64,
        /// What the plan has.
        planned: u64,
        /// What the journal has.
        found: u64,
    },
    /// The seal's Merkle root is not that of the records.
    #[error("its seal names transcript {sealed} where the records give {found}")]
    SealRoot {
        /// What the seal says.
        sealed: Digest,
        /// What the records give.
        found: Digest,
    },
}

/// The first difference between two plans in words, or nothing where they are the same.
#[must_use]
pub fn difference(here: &PlanHeader, there: &PlanHeader) -> Option<String> {
    let PlanHeader {
        suites,
        profile,
        options,
        ..
    } = here;
    let differs = |what: &str, here: &str, there: &str| {
        Some(format!("{what} is `{there}` there and `{here}` here"))
    };
    if here == there {
        return None;
    }
    if here.harness != there.harness {
        return differs("the version of weigh", &here.harness, &there.harness);
    }
    if let Some(id) = suites.keys().find(|id| !there.suites.contains_key(*id)) {
        return Some(format!("it does not have suite `{id}`"));
    }
    if let Some(id) = there.suites.keys().find(|id| !suites.contains_key(*id)) {
        return Some(format!("it has suite `{id}`, too"));
    }
    if let Some((id, _)) = suites
        .iter()
        .find(|(id, s)| there.suites.get(*id) != Some(*s))
    {
        return Some(format!(
            "suite `{id}` has another version, digest or number of trials"
        ));
    }
    if *profile != there.profile {
        return differs("the profile", &profile.id, &there.profile.id)
            .filter(|_| profile.id != there.profile.id)
            .or_else(|| {
                Some(format!(
                    "profile `{}` has another version or digest",
                    profile.id
                ))
            });
    }
    if *options != there.options {
        let text = |options| json::canonical(options).unwrap_or_default();
        let (here, there) = (text(options), text(&there.options));
        let (here, there) = (
            String::from_utf8_lossy(&here),
            String::from_utf8_lossy(&there),
        );
        return Some(format!("its options are {there} there and {here} here"));
    }
    if here.laboratory != there.laboratory {
        return Some("it names another laboratory".to_owned());
    }
    if here.cards != there.cards {
        return Some("it names other cards of instruments".to_owned());
    }
    if here.nonce != there.nonce {
        return Some("it has another nonce".to_owned());
    }
    if here.look != there.look {
        return Some("it is another look, or extends another run".to_owned());
    }
    if here.shard != there.shard {
        let name = |shard: Option<Shard>| shard.map_or("a whole run".to_owned(), |s| s.to_string());
        let (here, there) = (name(here.shard), name(there.shard));
        return Some(format!("it is {there} there and {here} here"));
    }
    Some("its trials are others".to_owned())
}

/// Whether `response` can answer `request`. A failure answers every request.
#[must_use]
pub const fn answers(response: &Response, request: &Request) -> bool {
    match response {
        Response::Likelihood { .. } => matches!(request, Request::Likelihood { .. }),
        Response::Generated { .. } => matches!(request, Request::Generate { .. }),
        Response::Similarity { .. } => matches!(request, Request::Similarity { .. }),
        Response::Failed(_) => true,
    }
}

/// The place of the trial with `id` in the plan.
#[must_use]
pub fn place(plan: &Plan, id: &str) -> Option<usize> {
    plan.trials
        .binary_search_by(|trial| trial.id.as_str().cmp(id))
        .ok()
}

/// Puts the journal's records in the order of the plan and checks each against its trial.
///
/// # Errors
/// When the journal is not a record of this plan.
pub fn fold(plan: &Plan, journal: &Journal) -> Result<Transcript, FoldFault> {
    if let Some(difference) = difference(&plan.header, &journal.header) {
        return Err(FoldFault::Plan(difference));
    }
    let first = journal.opened.first().ok_or(FoldFault::NotOpened)?;
    let mut conditions = Vec::new();
    for opened in &journal.opened {
        if !conditions.contains(&opened.conditions) {
            conditions.push(opened.conditions.clone());
        }
    }
    let responses = in_plan_order(plan, &journal.trials)?;
    let owed = plan.judging.all_owed(&plan.trials, &responses);
    let judges = judges(plan, &journal.judges)?;
    let judgements = judgements(plan, &owed, &judges, &journal.judgements)?;
    if let Some(sealed) = &journal.sealed {
        let judged: BTreeMap<usize, Digest> = judgements
            .iter()
            .map(|(place, judgement)| (*place, judgement_leaf(judgement)))
            .collect();
        let due = owed.len() as u64;
        check_seal(plan, &leaves(plan, &responses), (due, &judged), sealed)?;
    }
    let judgements = judgements.into_iter();
    Ok(Transcript {
        subject: first.subject.clone(),
        conditions,
        responses,
        judges,
        judgements: judgements
            .map(|(place, judgement)| (place, judgement.responses.clone()))
            .collect(),
        opened: journal.opened.iter().map(|o| o.at.clone()).collect(),
        sealed: journal.sealed.clone(),
    })
}

fn in_plan_order(
    plan: &Plan,
    records: &[TrialRecord],
) -> Result<Vec<Option<Vec<Response>>>, FoldFault> {
    let mut responses = vec![None; plan.trials.len()];
    for record in records {
        let unplanned = || FoldFault::Unplanned(record.trial.clone());
        let place = place(plan, &record.trial).ok_or_else(unplanned)?;
        let trial = plan.trials.get(place).ok_or_else(unplanned)?;
        check_record(trial, record)?;
        let slot = responses.get_mut(place).ok_or_else(unplanned)?;
        *slot = Some(record.responses.clone());
    }
    Ok(responses)
}

/// Whether a record has exactly one fitting response for each request of its trial.
///
/// # Errors
/// The first thing that does not fit.
pub fn check_record(trial: &Trial, record: &TrialRecord) -> Result<(), FoldFault> {
    check_responses(&trial.id, &trial.requests, &record.responses)
}

/// Whether a judgement has exactly one fitting response for each request that is owed.
///
/// # Errors
/// The first thing that does not fit.
pub fn check_judgement(owed: &Owed, judgement: &Judgement) -> Result<(), FoldFault> {
    check_responses(&judgement.judged, &owed.requests, &judgement.responses)
}

/// Whether a judge is one of the plan's and, where it is there, the model that the suite names.
///
/// # Errors
/// When it is another one.
pub fn check_judge(plan: &Plan, opened: &JudgeOpened) -> Result<(), FoldFault> {
    if !plan.judging.judges().contains_key(&opened.judge) {
        return Err(FoldFault::UnknownJudge(opened.judge));
    }
    match &opened.state {
        JudgeState::Ready { subject, .. } if subject.identity() != opened.judge => {
            Err(FoldFault::OtherJudge {
                expected: opened.judge,
                found: subject.identity(),
            })
        }
        JudgeState::Ready { .. } | JudgeState::Missing(_) => Ok(()),
    }
}

fn check_responses(
    trial: &str,
    requests: &[Request],
    responses: &[Response],
) -> Result<(), FoldFault> {
    let trial = trial.to_owned();
    let (expected, found) = (requests.len(), responses.len());
    if expected != found {
        return Err(FoldFault::Count {
            trial,
            expected,
            found,
        });
    }
    let mut pairs = responses.iter().zip(requests);
    match pairs.position(|(response, request)| !answers(response, request)) {
        None => Ok(()),
        Some(index) => Err(FoldFault::Kind {
            trial,
            index: index + 1,
        }),
    }
}

/// Every judge with everything different that became of it.
fn judges(plan: &Plan, opened: &[JudgeOpened]) -> Result<Vec<(Digest, JudgeState)>, FoldFault> {
    let mut judges = Vec::new();
    for opened in opened {
        check_judge(plan, opened)?;
        let entry = (opened.judge, opened.state.clone());
        if !judges.contains(&entry) {
            judges.push(entry);
        }
    }
    Ok(judges)
}

/// The judgements by place. Each is owed, by a judge that was opened or asked for.
fn judgements<'j>(
    plan: &Plan,
    owed: &BTreeMap<usize, Owed>,
    judges: &[(Digest, JudgeState)],
    records: &'j [Judgement],
) -> Result<BTreeMap<usize, &'j Judgement>, FoldFault> {
    let mut judgements = BTreeMap::new();
    for judgement in records {
        let trial = &judgement.judged;
        let place = place(plan, trial).ok_or_else(|| FoldFault::Unplanned(trial.clone()))?;
        let due = owed.get(&place);
        let due = due.ok_or_else(|| FoldFault::NotJudged(trial.clone()))?;
        if !judges.iter().any(|(judge, _)| *judge == due.judge) {
            return Err(FoldFault::JudgeNotOpened {
                trial: trial.clone(),
                judge: due.judge,
            });
        }
        check_judgement(due, judgement)?;
        judgements.insert(place, judgement);
    }
    Ok(judgements)
}

/// Whether a seal fits the records, given as [`leaf`]s in the order of the plan, and the
/// judgements, given as [`judgement_leaf`]s beside the number that is due.
///
/// # Errors
/// When something is missing, or the seal names another number or another root.
pub fn check_seal(
    plan: &Plan,
    leaves: &[Option<Digest>],
    (owed, judged): (u64, &BTreeMap<usize, Digest>),
    sealed: &Sealed,
) -> Result<(), FoldFault> {
    let planned = plan.trials.len() as u64;
    let found = leaves.iter().flatten().count() as u64;
    if sealed.trials != planned || found != planned {
        return Err(FoldFault::SealCount {
            sealed: sealed.trials,
            planned,
            found,
        });
    }
    let judgements = judged.len() as u64;
    if sealed.judgements != owed || judgements != owed {
        return Err(FoldFault::SealJudgements {
            sealed: sealed.judgements,
            owed,
            found: judgements,
        });
    }
    let root = whole_root(leaves, judged);
    if root == sealed.transcript {
        return Ok(());
    }
    Err(FoldFault::SealRoot {
        sealed: sealed.transcript,
        found: root,
    })
}

/// The root that a seal names: trials in the order of the plan, then judgements in the same order.
#[must_use]
pub fn whole_root(leaves: &[Option<Digest>], judged: &BTreeMap<usize, Digest>) -> Digest {
    let leaves = leaves.iter().flatten();
    merkle::root(leaves.chain(judged.values()).copied())
}

/// The leaf that a judgement adds. No trial's record has these bytes.
#[must_use]
pub fn judgement_leaf(judgement: &Judgement) -> Digest {
    // Judgements always have a canonical form; see `json::canonical`.
    merkle::leaf(&json::canonical(judgement).unwrap_or_default())
}

/// For each trial of the plan the [`leaf`] of its record, where it is answered.
#[must_use]
pub fn leaves(plan: &Plan, responses: &[Option<Vec<Response>>]) -> Vec<Option<Digest>> {
    let pairs = plan.trials.iter().zip(responses);
    let leaf = |(trial, responses): (&Trial, &Option<Vec<Response>>)| {
        responses
            .as_ref()
            .map(|responses| leaf(&trial.id, responses))
    };
    pairs.map(leaf).collect()
}

/// RFC 6962 Merkle root over the canonical records of the answered trials in the plan's order.
#[must_use]
pub fn root(plan: &Plan, responses: &[Option<Vec<Response>>]) -> Digest {
    merkle::root(leaves(plan, responses).into_iter().flatten())
}

/// The leaf that one trial's record adds to [`root`].
#[must_use]
pub fn leaf(trial: &str, responses: &[Response]) -> Digest {
    /// The same bytes as [`TrialRecord`], from borrowed parts.
    #[derive(Serialize)]
    struct Record<'a> {
        trial: &'a str,
        responses: &'a [Response],
    }
    // Records always have a canonical form; see `json::canonical`.
    merkle::leaf(&json::canonical(&Record { trial, responses }).unwrap_or_default())
}
