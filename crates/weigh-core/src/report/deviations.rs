//! Deviations from the method that the record shows by itself.
//!
//! That a run was interrupted and resumed is no deviation: it changes no answer, and the report's
//! record lists every stretch of work.

use std::collections::{BTreeMap, BTreeSet};

use super::deviation::{Deviation, Party, stated};
use super::{JudgedBy, Report};
use crate::digest::Digest;
use crate::event::JudgeState;
use crate::plan::{Look, Options, Plan};
use crate::request::{Finish, Response};
use crate::stats::{Estimate, Stratum};
use crate::suite::Tier;
use crate::transcript::Transcript;

/// Every deviation, in a fixed order.
pub(super) fn found(
    plan: &Plan,
    transcript: &Transcript,
    judges: &[JudgedBy],
    estimates: &[Estimate],
) -> Vec<Deviation> {
    let mut found = of_options(&plan.header.options);
    found.extend(plan.header.look.iter().flat_map(of_look));
    found.extend(of_conditions(Party::Model, &transcript.conditions));
    found.extend(of_responses(transcript));
    found.extend(of_judges(judges));
    found.extend(of_judgements(transcript));
    found.extend(estimates.iter().filter_map(without_score));
    found
}

/// The deviations of `report` once more as data, one for each of its sentences.
///
/// They follow from the rest of the report, but for counts of answers, which are taken from the sentence.
/// None stands for a sentence that was changed, or that this version words otherwise.
#[must_use]
pub fn deviations(report: &Report) -> Vec<Option<Deviation>> {
    let mut known = of_options(&report.plan.options);
    known.extend(report.plan.look.iter().flat_map(of_look));
    known.extend(of_conditions(Party::Model, &report.conditions));
    known.extend(of_judges(&report.judges));
    known.extend(report.estimates.iter().filter_map(without_score));
    let known = known.into_iter().map(|one| (one.english(), one));
    let known: BTreeMap<String, Deviation> = known.collect();
    let again = |sentence: &String| {
        let follows = known.get(sentence).cloned();
        follows.or_else(|| Deviation::counted(sentence))
    };
    report.deviations.iter().map(again).collect()
}

/// What the caller left out.
fn of_options(options: &Options) -> Vec<Deviation> {
    let tier = (options.tier != Tier::Full).then_some(Deviation::Tier(options.tier));
    let limit = options.limit.map(Deviation::Limit);
    let some = !options.languages.is_empty();
    let languages = some.then(|| Deviation::Languages(options.languages.clone()));
    [tier, limit, languages].into_iter().flatten().collect()
}

/// Suites of which there is more than the options say.
fn of_look(look: &Look) -> Vec<Deviation> {
    let suites = look.suites.iter();
    let extended = suites.map(|(suite, by)| Deviation::Extended {
        suite: suite.clone(),
        by: *by,
    });
    extended.collect()
}

/// Conditions that were not the same in every stretch of work.
fn of_conditions(of: Party, conditions: &[BTreeMap<String, String>]) -> Vec<Deviation> {
    let names: BTreeSet<&String> = conditions.iter().flat_map(BTreeMap::keys).collect();
    let changed = |name: &String| {
        let mut values: Vec<Option<&String>> = Vec::new();
        for value in conditions.iter().map(|set| set.get(name)) {
            if values.iter().all(|known| stated(*known) != stated(value)) {
                values.push(value);
            }
        }
        (values.len() > 1).then(|| Deviation::Condition {
            of,
            name: name.clone(),
            values: values.into_iter().map(Option::<&String>::cloned).collect(),
        })
    };
    names.into_iter().filter_map(changed).collect()
}

/// Failed requests by kind, and texts that were cut.
fn of_responses(transcript: &Transcript) -> Vec<Deviation> {
    let responses = || transcript.responses.iter().flatten().flatten();
    let mut found = failed(Party::Model, responses());
    let (mut texts, mut count) = (0_u64, 0_u64);
    for response in responses() {
        match response {
            Response::Generated { finish, .. } => {
                texts += 1;
                count += u64::from(*finish == Finish::Length);
            }
            Response::Likelihood { .. } | Response::Similarity { .. } | Response::Failed(_) => {}
        }
    }
    found.extend((count > 0).then_some(Deviation::Cut { count, texts }));
    found
}

/// Failed requests to judges, by kind.
fn of_judgements(transcript: &Transcript) -> Vec<Deviation> {
    failed(Party::Judge, transcript.judgements.values().flatten())
}

/// How many of `responses` failed, by kind.
fn failed<'r>(of: Party, responses: impl Iterator<Item = &'r Response>) -> Vec<Deviation> {
    let (mut failed, mut requests) = (BTreeMap::<&str, u64>::new(), 0_u64);
    for response in responses {
        requests += 1;
        if let Response::Failed(failure) = response {
            *failed.entry(failure.kind()).or_default() += 1;
        }
    }
    let failed = failed.into_iter().map(|(kind, count)| Deviation::Failed {
        of,
        kind: kind.to_owned(),
        count,
        requests,
    });
    failed.collect()
}

/// Judges that were not there, and those that changed.
fn of_judges(judges: &[JudgedBy]) -> Vec<Deviation> {
    let missing = judges.iter().filter_map(|judge| match &judge.state {
        JudgeState::Missing(reason) => Some(Deviation::JudgeMissing {
            name: judge.name.clone(),
            reason: reason.clone(),
        }),
        JudgeState::Ready { .. } => None,
    });
    let mut found: Vec<Deviation> = missing.collect();
    let identities: BTreeSet<Digest> = judges.iter().map(|judge| judge.sha256).collect();
    for identity in identities {
        let of_one = judges.iter().filter(|judge| judge.sha256 == identity);
        let conditions = of_one.filter_map(|judge| match &judge.state {
            JudgeState::Ready { conditions, .. } => Some(conditions.clone()),
            JudgeState::Missing(_) => None,
        });
        let conditions: Vec<BTreeMap<String, String>> = conditions.collect();
        found.extend(of_conditions(Party::Judge, &conditions));
    }
    found
}

/// Units of a whole suite that have no score.
fn without_score(estimate: &Estimate) -> Option<Deviation> {
    if estimate.stratum != Stratum::All || estimate.unscored.is_empty() {
        return None;
    }
    Some(Deviation::WithoutScore {
        measure: estimate.measure,
        suite: estimate.suite.clone(),
        // A report that somebody wrote may have any numbers.
        missing: estimate.planned.saturating_sub(estimate.scored),
        planned: estimate.planned,
        unscored: estimate.unscored.clone(),
    })
}
