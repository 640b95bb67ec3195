//! Deviations from the method that the record shows by itself.
//!
//! That a run was interrupted and resumed is no deviation: it changes no answer, and the report's
//! record lists every stretch of work.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{Options, Plan};
use crate::request::{Finish, Response};
use crate::stats::{Estimate, Stratum};
use crate::suite::Tier;
use crate::transcript::Transcript;

/// Every deviation as a sentence, in a fixed order.
pub(super) fn deviations(
    plan: &Plan,
    transcript: &Transcript,
    estimates: &[Estimate],
) -> Vec<String> {
    let mut found = of_options(&plan.header.options);
    found.extend(of_conditions(&transcript.conditions));
    found.extend(of_responses(transcript));
    found.extend(estimates.iter().filter_map(without_score));
    found
}

/// What the caller left out.
fn of_options(options: &Options) -> Vec<String> {
    let mut found = Vec::new();
    match options.tier {
        Tier::Quick => found.push("Only the quick tier of each suite was run.".to_owned()),
        Tier::Standard => found.push("Only the standard tier of each suite was run.".to_owned()),
        Tier::Full => {}
    }
    if let Some(limit) = options.limit {
        let families = if limit == 1 { "family" } else { "families" };
        found.push(format!(
            "At most {limit} {families} of each suite and language were run."
        ));
    }
    if !options.languages.is_empty() {
        let languages: Vec<&str> = options.languages.iter().map(|l| l.as_str()).collect();
        found.push(format!(
            "Only these languages were run: {}.",
            languages.join(", ")
        ));
    }
    found
}

/// Conditions that were not the same in every stretch of work.
fn of_conditions(conditions: &[BTreeMap<String, String>]) -> Vec<String> {
    let names: BTreeSet<&String> = conditions.iter().flat_map(BTreeMap::keys).collect();
    let sentence = |name: &String| {
        let mut values: Vec<&str> = Vec::new();
        for set in conditions {
            let value = set.get(name).map_or("not stated", String::as_str);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let changed = values.len() > 1;
        changed.then(|| {
            format!(
                "Condition `{name}` changed during the run: {}.",
                values.join(", then ")
            )
        })
    };
    names.into_iter().filter_map(sentence).collect()
}

/// Failed requests by kind, and texts that were cut.
fn of_responses(transcript: &Transcript) -> Vec<String> {
    let mut failed: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut requests, mut texts, mut cut) = (0_usize, 0_usize, 0_usize);
    for response in transcript.responses.iter().flatten().flatten() {
        requests += 1;
        match response {
            Response::Failed(failure) => *failed.entry(failure.kind()).or_default() += 1,
            Response::Generated { finish, .. } => {
                texts += 1;
                cut += usize::from(*finish == Finish::Length);
            }
            Response::Likelihood { .. } => {}
        }
    }
    let mut found: Vec<String> = failed
        .into_iter()
        .map(|(kind, count)| format!("Failed requests (`{kind}`): {count} of {requests}."))
        .collect();
    if cut > 0 {
        found.push(format!(
            "Texts cut at their limit of tokens: {cut} of {texts}."
        ));
    }
    found
}

/// Units of a whole suite that have no score.
fn without_score(estimate: &Estimate) -> Option<String> {
    if estimate.stratum != Stratum::All || estimate.unscored.is_empty() {
        return None;
    }
    let reason = |(reason, count): (&String, &u32)| format!("{count} `{reason}`");
    let reasons: Vec<String> = estimate.unscored.iter().map(reason).collect();
    Some(format!(
        "Units of `{}` in suite `{}` without a score: {} of {} ({}).",
        estimate.measure,
        estimate.suite,
        estimate.planned - estimate.scored,
        estimate.planned,
        reasons.join(", "),
    ))
}
