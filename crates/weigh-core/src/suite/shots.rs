//! The pool of solved examples: whether each has an answer to show and there are enough of them.

use std::collections::BTreeMap;

use super::head::Head;
use super::{Case, Expectation};
use crate::diagnostic::{Notes, code};
use crate::language::Language;

/// Notes each example of the file in `notes` that has no answer to show.
pub(super) fn solved(notes: &mut Notes<'_>, shots: &[Case]) {
    for shot in shots {
        let shown = match shot.expect {
            Expectation::Choice { .. } | Expectation::Answers(_) | Expectation::Number(_) => true,
            Expectation::Refusal
            | Expectation::Compliance
            | Expectation::Contains { .. }
            | Expectation::Pattern(_)
            | Expectation::Instructions(_)
            | Expectation::Text(_)
            | Expectation::Open => false,
        };
        if !shown {
            let message = format!("the solved example `{}` has no answer to show", shot.id);
            let help = Some("give it `answer` or `number`".to_owned());
            notes.add(
                code::SHOTS_MISFIT,
                notes.line_start(shot.place.1),
                message,
                help,
            );
        }
    }
}

/// Notes in the head each language whose cases do not all find enough examples of other families.
pub(super) fn enough(notes: &mut Notes<'_>, head: &Head, cases: &[Case], shots: &[Case]) {
    let mut pools: BTreeMap<&Language, Vec<&Case>> = BTreeMap::new();
    for shot in shots {
        pools.entry(&shot.language).or_default().push(shot);
    }
    let Some((few_shot, place)) = &head.few_shot else {
        return;
    };
    for cases in cases.chunk_by(|a, b| a.language == b.language) {
        let Some(first) = cases.first() else { continue };
        let pool = pools.get(&first.language).map_or(&[][..], Vec::as_slice);
        let mut of_family: BTreeMap<&str, usize> = BTreeMap::new();
        for shot in pool {
            *of_family.entry(&shot.family).or_default() += 1;
            if shot.id != shot.family {
                *of_family.entry(&shot.id).or_default() += 1;
            }
        }
        let own = |name: &str| of_family.get(name).copied().unwrap_or_default();
        let left = |case: &Case| {
            let by_id = if case.id == case.family {
                0
            } else {
                own(&case.id)
            };
            pool.len().saturating_sub(own(&case.family) + by_id)
        };
        // What is left out is bounded from above, so that no draw can fall short.
        if let Some(case) = cases.iter().find(|case| left(case) < few_shot.count) {
            let (language, count, left) = (&case.language, few_shot.count, left(case));
            let message = format!(
                "`{language}` has {left} solved examples for the case `{}`, expected {count} of other families",
                case.id
            );
            let help = Some(format!("add examples to `shots.{language}.jsonl`"));
            notes.add(code::FEW_SHOTS, *place, message, help);
        }
    }
}
