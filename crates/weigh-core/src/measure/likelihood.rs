//! Measures over the likelihood of texts: bits per byte, and what a language costs in tokens.

use std::collections::BTreeMap;

use super::Unscored;
use super::answer::Member;
use super::score::{Unit, Value};

/// One unit for each text: bits over bytes.
pub(super) fn bits_per_byte(member: &Member) -> Unit {
    let bits = || {
        let [likelihood] = member.likelihoods()? else {
            return Err(Unscored::WrongKind);
        };
        Value::ratio(
            -likelihood.log_prob / core::f64::consts::LN_2,
            bytes(member)?,
        )
    };
    Unit::of_trial(member, bits(), None)
}

fn bytes(member: &Member) -> Result<f64, Unscored> {
    let text = member.case.expect.text().ok_or(Unscored::WrongKind)?;
    Ok(text.len() as f64)
}

/// One unit for each text in another language than English: its tokens over those of the English
/// case with the same id.
pub(super) fn token_cost(members: &[&Member]) -> Vec<Unit> {
    let english: BTreeMap<&str, &Member> = members
        .iter()
        .filter(|member| member.case.language.primary() == "en")
        .map(|member| (member.case.id.as_str(), *member))
        .collect();
    let unit = |member: &&Member| {
        let cost = || {
            let twin = english.get(member.case.id.as_str()).ok_or_else(|| {
                Unscored::Undecided("the plan holds no English text of this id".to_owned())
            })?;
            Value::ratio(tokens(member)?, tokens(twin)?)
        };
        Unit::of_trial(member, cost(), None)
    };
    let others = members.iter().filter(|m| m.case.language.primary() != "en");
    others.map(unit).collect()
}

fn tokens(member: &Member) -> Result<f64, Unscored> {
    match member.likelihoods()? {
        [likelihood] => Ok(f64::from(likelihood.tokens)),
        _ => Err(Unscored::WrongKind),
    }
}
