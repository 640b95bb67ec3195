//! The control of suites that ask for a text: the reply to each case, held against the key of another case.

use super::Scored;
use super::answer::Member;
use super::score::{members, units};
use crate::plan::Plan;
use crate::suite::{Case, Suite};
use crate::transcript::Transcript;

/// Scores as [`super::score`] does, with each case's key taken from the next case of its suite and
/// language that is of another family and has another key; after the last case comes the first. A
/// measure that reads what a reply says falls to chance so; one that does not would pass any reply.
///
/// Units are the trials of measures whose cases pass or fail by a key of their own: an answer, a number,
/// texts, a pattern, instructions. A case that no other one can lend a key has no unit. Choices
/// are not here, as their control leaves the question out
/// ([`ControlAccuracy`](super::MeasureName::ControlAccuracy)).
#[must_use]
pub fn shuffled(plan: &Plan, suites: &[Suite], transcript: &Transcript) -> Vec<Scored> {
    let mut scored = Vec::new();
    for (index, suite) in suites.iter().enumerate() {
        let members = members(plan, index, suite, transcript);
        for &measure in suite.measures.iter().filter(|measure| measure.has_keys()) {
            let read: Vec<&Member> = members.iter().filter(|m| measure.scores(m.case)).collect();
            for (at, member) in read.iter().enumerate() {
                let others = read.iter().cycle().skip(at + 1).take(read.len());
                let mut others = others.map(|other| other.case);
                let Some(lender) = others.find(|case| lends(case, member.case)) else {
                    continue;
                };
                let case = Case {
                    expect: lender.expect.clone(),
                    ..member.case.clone()
                };
                let units = units(measure, &[&member.of_case(&case)]);
                scored.extend(units.into_iter().map(|unit| unit.of(suite, measure)));
            }
        }
    }
    scored
}

fn lends(case: &Case, to: &Case) -> bool {
    case.language == to.language && case.family != to.family && case.expect != to.expect
}
