//! Which measure reads which case, and what is said of those that none reads.

use std::collections::BTreeMap;

use super::{CONTROL, Case, Expectation, Task, VARIANT};
use crate::diagnostic::{Notes, code};
use crate::measure::MeasureName;

/// Whether a measure reads the kind of answer that a task asks for. The length of a choice says
/// nothing where its letter is what is scored.
pub(super) const fn fits(measure: MeasureName, task: &Task) -> bool {
    let by_length = matches!(
        measure,
        MeasureName::AccuracyPerCodePoint | MeasureName::AccuracyPerByte
    );
    measure.fits(task) && !(by_length && task.is_by_letter())
}

/// The measure that a case is for, where the suite names none.
fn usual(case: &Case) -> Option<MeasureName> {
    match case.expect {
        Expectation::Choice { .. } if case.variant == CONTROL => Some(MeasureName::ControlAccuracy),
        Expectation::Choice { .. } => Some(MeasureName::Accuracy),
        Expectation::Refusal => Some(MeasureName::Refusal),
        Expectation::Compliance => Some(MeasureName::OverRefusal),
        Expectation::Answers(_) => Some(MeasureName::ExactMatch),
        Expectation::Number(_) => Some(MeasureName::NumericMatch),
        Expectation::Contains { .. } => Some(MeasureName::Contains),
        Expectation::Pattern(_) => Some(MeasureName::Pattern),
        Expectation::Text(_) => Some(MeasureName::BitsPerByte),
        Expectation::Instructions(_) => Some(MeasureName::InstructionFollowing),
        Expectation::Open => None,
    }
}

/// The usual measures of `cases`, each once.
pub(super) fn usual_of<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Vec<MeasureName> {
    let measures = cases.into_iter().filter_map(usual);
    let measures: std::collections::BTreeSet<MeasureName> = measures.collect();
    measures.into_iter().collect()
}

/// The cases of one language that belong together.
#[derive(Debug, Default)]
pub(super) struct Family {
    members: u32,
    originals: u32,
    first_line: u32,
}

/// The families among the cases of one language.
pub(super) fn families<'a>(cases: impl IntoIterator<Item = &'a Case>) -> BTreeMap<&'a str, Family> {
    let mut families: BTreeMap<&str, Family> = BTreeMap::new();
    for case in cases {
        let family = families.entry(&case.family).or_default();
        if family.members == 0 {
            family.first_line = case.place.1;
        }
        family.members += 1;
        family.originals += u32::from(case.variant == VARIANT);
    }
    families
}

/// Whether `measure` reads `case`, which is one of `family`.
pub(super) fn scores(measure: MeasureName, case: &Case, family: Option<&Family>) -> bool {
    let has_twins = || family.is_some_and(|family| family.members > 1);
    measure.scores(case) && (measure != MeasureName::Consistency || has_twins())
}

/// Notes each case that no measure reads, and each family without exactly one original.
pub(super) fn scored(notes: &mut Notes<'_>, cases: &[Case], measures: &[MeasureName]) {
    let families = families(cases);
    for case in cases {
        let family = families.get(case.family.as_str());
        if !measures
            .iter()
            .any(|measure| scores(*measure, case, family))
        {
            let start = notes.line_start(case.place.1);
            let message = format!("no measure of the suite scores the case `{}`", case.id);
            notes.add(code::UNSCORED_CASE, start, message, help_to_score(case));
        }
    }
    if measures.contains(&MeasureName::Consistency) {
        for (name, family) in families
            .iter()
            .filter(|(_, f)| f.members > 1 && f.originals != 1)
        {
            let Family {
                members,
                originals,
                first_line,
            } = family;
            let message = format!(
                "the family `{name}` has {members} cases and {originals} originals, expected one"
            );
            let help = Some(format!(
                "give the others a `variant` other than `{VARIANT}`"
            ));
            notes.add(
                code::FAMILY_ORIGINAL,
                notes.line_start(*first_line),
                message,
                help,
            );
        }
    }
}

fn help_to_score(case: &Case) -> Option<String> {
    let measure = usual(case)?;
    Some(format!(
        "add `{measure}` to the suite's measures, or remove the case"
    ))
}
