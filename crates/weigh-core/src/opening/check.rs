//! Whether an opening is one of the report that was signed.

use super::{FORMAT, Opening};
use crate::digest::Digest;
use crate::merkle;
use crate::report::Report;
use crate::transcript::{FoldFault, check_record};

/// Why an opening proves nothing about a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpeningFault {
    /// Another format, or another version of this one.
    #[error("its format is `{0}` where `{FORMAT}` is expected")]
    Format(String),
    /// Made for another report.
    #[error("it opens a case of {report} with payload {payload}, which is another report")]
    OtherReport {
        /// The report's id in the opening.
        report: String,
        /// The payload's digest in the opening.
        payload: Digest,
    },
    /// Of a tree that has another number of cases than were planned.
    #[error("it is of {found} cases where the report has {planned}")]
    Count {
        /// In the opening.
        found: u64,
        /// In the report.
        planned: u64,
    },
    /// A suite that was not run.
    #[error("it is of suite `{0}`, which is not one of the run's")]
    Suite(String),
    /// Case, answer and judgement are not of one trial.
    #[error("its case is `{case}`, and the answers in it are those to `{trial}`")]
    Trial {
        /// As the case has it.
        case: String,
        /// As the answers have it.
        trial: String,
    },
    /// The answers are not to what was asked.
    #[error("{0}")]
    Answers(#[from] FoldFault),
    /// The report does not commit to it.
    #[error("case {} of the report is not this: it commits to another one there", index.saturating_add(1))]
    NotCommitted {
        /// The place that the opening names, from 0.
        index: u64,
    },
    /// Two openings of one place.
    #[error("case {} is opened twice", index.saturating_add(1))]
    Twice {
        /// The place, from 0.
        index: u64,
    },
    /// Cases that do not stand in the order of a plan: one case could stand in it twice.
    #[error("`{trial}` stands behind a case that comes after it in every plan")]
    Order {
        /// The trial's id.
        trial: String,
    },
}

/// Holds openings to the signed `report`, whose statement has the SHA-256 `payload`. Gives every
/// fault with the index of the opening that has it.
///
/// That the whole commitment was made of the cases that were run, only the whole record shows. But a
/// plan has one order, so that two openings cannot show one case with two contents.
#[must_use]
pub fn check(openings: &[Opening], report: &Report, payload: Digest) -> Vec<(usize, OpeningFault)> {
    let mut faults = Vec::new();
    for (number, opening) in openings.iter().enumerate() {
        let found = check_one(opening, report, payload);
        faults.extend(found.into_iter().map(|fault| (number, fault)));
    }
    let mut in_order: Vec<(usize, &Opening)> = openings.iter().enumerate().collect();
    in_order.sort_by_key(|(_, opening)| opening.index);
    for [(_, one), (number, other)] in in_order.array_windows() {
        let index = other.index;
        if one.index == index {
            faults.push((*number, OpeningFault::Twice { index }));
        } else if one.entry.trial.trial >= other.entry.trial.trial {
            let trial = other.entry.trial.trial.clone();
            faults.push((*number, OpeningFault::Order { trial }));
        }
    }
    faults
}

fn check_one(opening: &Opening, report: &Report, payload: Digest) -> Vec<OpeningFault> {
    let (entry, mut faults) = (&opening.entry, Vec::new());
    if opening.format != FORMAT {
        faults.push(OpeningFault::Format(opening.format.clone()));
    }
    if opening.report != report.id || opening.payload != payload {
        faults.push(OpeningFault::OtherReport {
            report: opening.report.clone(),
            payload: opening.payload,
        });
    }
    let (found, planned) = (opening.count, report.plan.trials);
    if found != planned {
        faults.push(OpeningFault::Count { found, planned });
    }
    if !report.plan.suites.contains_key(&entry.suite) {
        faults.push(OpeningFault::Suite(entry.suite.clone()));
    }
    let judged = entry.judgement.as_ref().map(|told| &told.judged);
    let (case, ids) = (entry.id(), [Some(&entry.trial.trial), judged]);
    if let Some(trial) = ids.into_iter().flatten().find(|id| **id != case) {
        let trial = trial.clone();
        faults.push(OpeningFault::Trial { case, trial });
    }
    if let Err(fault) = check_record(&entry.planned(), &entry.trial) {
        faults.push(fault.into());
    }
    // The number of cases is the report's: with another one a path could mean another place.
    if committed(opening, planned) != Some(report.record.commitment) {
        let index = opening.index;
        faults.push(OpeningFault::NotCommitted { index });
    }
    faults
}

/// The root that the opening leads to in a tree of `planned` cases.
fn committed(opening: &Opening, planned: u64) -> Option<Digest> {
    let leaf = opening.entry.leaf(&opening.salt)?;
    let index = usize::try_from(opening.index).ok()?;
    let count = usize::try_from(planned).ok()?;
    merkle::root_of_path(leaf, index, count, &opening.path)
}
