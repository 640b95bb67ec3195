//! What a measure reads in one case alone: what can be said of a case whose neighbours are not there.

use serde::Serialize;

use super::answer::{Answer, Member};
use super::score::units;
use super::{MeasureName, Outcome};
use crate::plan::Trial;
use crate::request::Response;
use crate::suite::Case;

/// What one measure reads in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The measure.
    pub measure: MeasureName,
    /// The outcome, the same as in the whole record.
    pub outcome: Outcome,
    /// What was read from the answer, for people.
    pub decision: Option<String>,
}

/// What `measure` reads in `trial` of `case`. None where it does not read the case, or holds it
/// against other cases.
#[must_use]
pub fn mark(
    measure: MeasureName,
    (trial, case): (&Trial, &Case),
    responses: &[Response],
    judgement: Option<&[Response]>,
) -> Option<Mark> {
    if !measure.scores(case) || compares_cases(measure) {
        return None;
    }
    let member = Member {
        trial,
        case,
        answer: Answer::read(case, Some(responses)),
        judgement,
    };
    let unit = units(measure, &[&member]).pop()?;
    Some(Mark {
        measure,
        outcome: unit.outcome().0,
        decision: unit.decision,
    })
}

/// Whether a unit of the measure is more than one case, or is measured by another one.
const fn compares_cases(measure: MeasureName) -> bool {
    matches!(
        measure,
        MeasureName::FamilyAccuracy
            | MeasureName::Consistency
            | MeasureName::CounterfactualGap
            | MeasureName::TokenCost
    )
}
