//! From a journal to its report: what a run does at its end and a verifier does again.

use super::deviation::Deviation;
use super::deviations;
use super::{JudgedBy, Record, Report};
use crate::decimal::Decimal;
use crate::digest::Digest;
use crate::event::JudgeState;
use crate::journal::Journal;
use crate::measure::{Scored, score};
use crate::opening::{self, CommitFault};
use crate::plan::{self, Look, Plan, PlanFault, PlanHeader, Shard};
use crate::profile::Profile;
use crate::stats::estimate_at;
use crate::stats::reliability::{Reliability, reliability};
use crate::suite::Suite;
use crate::transcript::{self, FoldFault};
use crate::verdict::decide_at;
use std::borrow::Cow;

/// Why a journal gives no report. Reads after "cannot derive the report: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportFault {
    /// A suite of the run was not given.
    #[error("suite `{0}` of the run is not there")]
    SuiteMissing(String),
    /// A suite was given that the run did not have.
    #[error("suite `{0}` is not one of the run's")]
    SuiteNotRun(String),
    /// A suite is not what it was in the run.
    #[error("suite `{id}` has digest {found}, and had {expected} in the run")]
    SuiteChanged {
        /// The suite's id.
        id: String,
        /// Digest in the run.
        expected: Digest,
        /// Digest now.
        found: Digest,
    },
    /// The profile is not the one that was fixed before the run.
    #[error(
        "profile `{id}` has digest {found}, and the run was planned under `{expected_id}` with {expected}"
    )]
    ProfileChanged {
        /// The profile's id.
        id: String,
        /// Its digest.
        found: Digest,
        /// The id in the run.
        expected_id: String,
        /// The digest in the run.
        expected: Digest,
    },
    /// The run cannot be planned again.
    #[error("its run cannot be planned again: {0}")]
    Plan(#[from] PlanFault),
    /// The journal does not fit the plan.
    #[error("{0}")]
    Fold(#[from] FoldFault),
    /// The report cannot commit to a case.
    #[error("{0}")]
    Commit(#[from] CommitFault),
    /// It is a part of a run.
    #[error("it is {0} of a run: a part and no record; `weigh merge` makes one of all shards")]
    Shard(Shard),
    /// The run did not come to its end.
    #[error("its run is not sealed: go on with it first")]
    NotSealed,
}

/// Derives the report of a sealed run: plans again, folds, scores, estimates at the profile's
/// confidence and decides. A pure function: whoever has the same bytes gets the same report.
///
/// Only `id` and `record` depend on when and in which order trials were answered.
///
/// # Errors
/// When the suites, the profile or the journal are not those of one complete run.
pub fn derive(
    journal: &Journal,
    suites: &[Suite],
    profile: &Profile,
) -> Result<Report, ReportFault> {
    derive_scored(journal, suites, profile).map(|(report, _)| report)
}

/// The same report with its [reliability diagrams](reliability), which are derived with it and are
/// no part of it.
///
/// # Errors
/// As [`derive`].
pub fn derive_diagrams(
    journal: &Journal,
    suites: &[Suite],
    profile: &Profile,
) -> Result<(Report, Vec<Reliability>), ReportFault> {
    let (report, scored) = derive_scored(journal, suites, profile)?;
    let diagrams = reliability(&scored, profile.confidence);
    Ok((report, diagrams))
}

/// The same report with the outcome of every unit that it follows from, which other profiles can be held
/// against.
///
/// # Errors
/// As [`derive`].
pub fn derive_scored(
    journal: &Journal,
    suites: &[Suite],
    profile: &Profile,
) -> Result<(Report, Vec<Scored>), ReportFault> {
    if let Some(shard) = journal.header.shard {
        return Err(ReportFault::Shard(shard));
    }
    let suites = sorted(suites);
    let plan = plan_again(&journal.header, &suites, profile)?;
    let transcript = transcript::fold(&plan, journal)?;
    let sealed = transcript.sealed.as_ref().ok_or(ReportFault::NotSealed)?;
    let commitment = opening::commitment(&plan, &suites, &transcript, &sealed.salt)?;
    let scored = score(&plan, &suites, &transcript);
    let look = plan.header.look.as_ref();
    // Planned again, every suite has a look that the profile has.
    let level = |suite: &str| profile.confidence_of(look, suite).unwrap_or(Decimal::ONE);
    let estimates = estimate_at(&scored, &level, &plan.header.cards);
    let number = look.map_or(1, |look| look.number);
    let (findings, verdict) = decide_at(profile, &estimates, number);
    let judges = transcript.judges.iter();
    let judged_by = |(sha256, state): &(Digest, JudgeState)| JudgedBy {
        name: plan
            .judging
            .judges()
            .get(sha256)
            .cloned()
            .unwrap_or_default(),
        sha256: *sha256,
        state: state.clone(),
    };
    let judges: Vec<JudgedBy> = judges.map(judged_by).collect();
    let deviations = deviations::found(&plan, &transcript, &judges, &estimates);
    let report = Report {
        id: id(journal.head),
        deviations: deviations.iter().map(Deviation::english).collect(),
        amendment: None,
        record: Record {
            commitment,
            energy: sealed.energy.clone(),
            journal_head: journal.head,
            journal_lines: journal.lines,
            opened: transcript.opened.clone(),
            sealed: sealed.at.clone(),
        },
        transcript: sealed.transcript,
        judges,
        subject: transcript.subject,
        plan: plan.header,
        conditions: transcript.conditions,
        estimates,
        findings,
        verdict,
    };
    Ok((report, scored))
}

/// The suites by their ids. Whoever reads them from a folder has them so: nothing is copied then.
fn sorted(suites: &[Suite]) -> Cow<'_, [Suite]> {
    if suites.is_sorted_by(|one, other| one.id <= other.id) {
        return Cow::Borrowed(suites);
    }
    let mut suites = suites.to_vec();
    suites.sort_by(|one, other| one.id.cmp(&other.id));
    Cow::Owned(suites)
}

/// `WH-` and the first 16 hexadecimal digits of the journal's head.
pub(super) fn id(head: Digest) -> String {
    let digits: String = head.to_string().chars().take(16).collect();
    format!("WH-{digits}")
}

/// The plan of the run, made anew from what is here. The fold compares it with the journal's.
fn plan_again(
    header: &PlanHeader,
    suites: &[Suite],
    profile: &Profile,
) -> Result<Plan, ReportFault> {
    same_suites(header, suites)?;
    let planned = &header.profile;
    if profile.digest != planned.digest {
        return Err(ReportFault::ProfileChanged {
            id: profile.id.clone(),
            found: profile.digest,
            expected_id: planned.id.clone(),
            expected: planned.digest,
        });
    }
    let PlanHeader {
        options,
        laboratory,
        harness,
        cards,
        nonce,
        look,
        ..
    } = header;
    let earlier = look.as_ref().map(Look::earlier).unwrap_or_default();
    let plan = plan::plan_look(suites, profile, options, &earlier, laboratory, harness)?;
    Ok(plan.with_cards(cards.clone()).with_nonce(nonce.clone()))
}

/// Whether the suites are those of the run, byte for byte.
fn same_suites(header: &PlanHeader, suites: &[Suite]) -> Result<(), ReportFault> {
    let mut missing = header.suites.keys();
    if let Some(id) = missing.find(|id| suites.iter().all(|suite| suite.id != **id)) {
        return Err(ReportFault::SuiteMissing(id.clone()));
    }
    for suite in suites {
        let planned = header.suites.get(&suite.id);
        let planned = planned.ok_or_else(|| ReportFault::SuiteNotRun(suite.id.clone()))?;
        if suite.digest != planned.digest {
            return Err(ReportFault::SuiteChanged {
                id: suite.id.clone(),
                expected: planned.digest,
                found: suite.digest,
            });
        }
    }
    Ok(())
}
