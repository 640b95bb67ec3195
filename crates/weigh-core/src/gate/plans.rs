//! Whether two plans ask the same, and everything in which they do not.

use crate::language::Language;
use crate::plan::{Options, PlanHeader};

/// Everything in which two plans differ that decides about trials and their keys, as sentences
/// without a full stop. Profile, laboratory, cards, nonce and version of the harness may differ.
#[must_use]
pub fn differences(old: &PlanHeader, new: &PlanHeader) -> Vec<String> {
    let mut found = of_suites(old, new);
    found.extend(of_options(&old.options, &new.options));
    if found.is_empty() && old.digest != new.digest {
        found.push("the same suites gave other trials".to_owned());
    }
    found
}

fn of_suites(old: &PlanHeader, new: &PlanHeader) -> Vec<String> {
    let mut found = Vec::new();
    for (id, suite) in &old.suites {
        match new.suites.get(id) {
            None => found.push(format!("suite `{id}` is in the baseline only")),
            Some(now) if now.version != suite.version => found.push(format!(
                "suite `{id}` has version {} in the baseline and {} in the run",
                suite.version, now.version
            )),
            Some(now) if now.digest != suite.digest => {
                found.push(format!("the files of suite `{id}` are others"));
            }
            Some(now) if now.trials != suite.trials => found.push(format!(
                "suite `{id}` has {} trials in the baseline and {} in the run",
                suite.trials, now.trials
            )),
            Some(_) => {}
        }
    }
    let added = new.suites.keys().filter(|id| !old.suites.contains_key(*id));
    found.extend(added.map(|id| format!("suite `{id}` is in the run only")));
    found
}

fn of_options(old: &Options, new: &Options) -> Vec<String> {
    let told = |what: &str, was: String, is: String| {
        let differs = was != is;
        differs.then(|| format!("the {what} {was} in the baseline and {is} in the run"))
    };
    let limit = |limit: Option<u32>| limit.map_or_else(|| "none".to_owned(), |n| n.to_string());
    let tier = |options: &Options| options.tier.as_str().to_owned();
    [
        told("tier is", tier(old), tier(new)),
        told("limit is", limit(old.limit), limit(new.limit)),
        told(
            "languages are",
            languages(&old.languages),
            languages(&new.languages),
        ),
        told("seed is", old.seed.to_string(), new.seed.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn languages(all: &[Language]) -> String {
    match all {
        [] => "all".to_owned(),
        some => some
            .iter()
            .map(Language::as_str)
            .collect::<Vec<_>>()
            .join(" "),
    }
}
