//! Deviations from the method that the record shows by itself.
//!
//! That a run was interrupted and resumed is no deviation: it changes no answer, and the report's
//! record lists every stretch of work.

use std::collections::{BTreeMap, BTreeSet};

use super::JudgedBy;
use crate::digest::Digest;
use crate::event::JudgeState;
use crate::plan::{Extended, Look, Options, Plan};
use crate::request::{Finish, Response};
use crate::stats::{Estimate, Stratum};
use crate::suite::Tier;
use crate::transcript::Transcript;

/// Every deviation as a sentence, in a fixed order.
pub(super) fn deviations(
    plan: &Plan,
    transcript: &Transcript,
    judges: &[JudgedBy],
    estimates: &[Estimate],
) -> Vec<String> {
    let mut found = of_options(&plan.header.options);
    found.extend(plan.header.look.iter().flat_map(of_look));
    found.extend(of_conditions(&transcript.conditions));
    found.extend(of_responses(transcript));
    found.extend(of_judges(judges));
    found.extend(of_judgements(transcript));
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

/// Suites of which there is more than the options say.
fn of_look(look: &Look) -> Vec<String> {
    let sentence = |(id, extended): (&String, &Extended)| {
        let Extended {
            tier,
            families,
            look,
        } = extended;
        let tier = match tier {
            Tier::Quick => "of the quick tier",
            Tier::Standard => "up to the standard tier",
            Tier::Full => "of all tiers",
        };
        format!(
            "Suite `{id}` was extended at look {look}: at most {families} families of each language, \
             {tier}."
        )
    };
    look.suites.iter().map(sentence).collect()
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
    let responses = || transcript.responses.iter().flatten().flatten();
    let mut found = failed("Failed requests", responses());
    let finishes = responses().filter_map(|response| match response {
        Response::Generated { finish, .. } => Some(*finish),
        Response::Likelihood { .. } | Response::Similarity { .. } | Response::Failed(_) => None,
    });
    let cut = |finish: &Finish| *finish == Finish::Length;
    let (texts, cut) = (finishes.clone().count(), finishes.filter(cut).count());
    if cut > 0 {
        found.push(format!(
            "Texts cut at their limit of tokens: {cut} of {texts}."
        ));
    }
    found
}

/// Failed requests to judges, by kind.
fn of_judgements(transcript: &Transcript) -> Vec<String> {
    let responses = transcript.judgements.values().flatten();
    failed("Failed requests to a judge", responses)
}

/// How many of `responses` failed, by kind.
fn failed<'r>(what: &str, responses: impl Iterator<Item = &'r Response>) -> Vec<String> {
    let (mut failed, mut requests) = (BTreeMap::<&str, usize>::new(), 0_usize);
    for response in responses {
        requests += 1;
        if let Response::Failed(failure) = response {
            *failed.entry(failure.kind()).or_default() += 1;
        }
    }
    failed
        .into_iter()
        .map(|(kind, count)| format!("{what} (`{kind}`): {count} of {requests}."))
        .collect()
}

/// Judges that were not there, and those that changed.
fn of_judges(judges: &[JudgedBy]) -> Vec<String> {
    let mut found = Vec::new();
    for judge in judges {
        if let JudgeState::Missing(reason) = &judge.state {
            let name = &judge.name;
            found.push(format!("The judge `{name}` could not be opened: {reason}."));
        }
    }
    let identities: BTreeSet<Digest> = judges.iter().map(|judge| judge.sha256).collect();
    for identity in identities {
        let of_one = judges.iter().filter(|judge| judge.sha256 == identity);
        let conditions = of_one.filter_map(|judge| match &judge.state {
            JudgeState::Ready { conditions, .. } => Some(conditions.clone()),
            JudgeState::Missing(_) => None,
        });
        let conditions: Vec<BTreeMap<String, String>> = conditions.collect();
        let changed = of_conditions(&conditions).into_iter();
        found.extend(changed.map(|sentence| format!("Of a judge: {sentence}")));
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
