//! Measures over the likelihood of texts: bits per byte, and what a language costs in tokens.

use std::collections::BTreeMap;

use super::Unscored;
use super::answer::Member;
use super::score::{Unit, Value};
use super::text::perplexity::words;

/// One unit for each text: bits over bytes.
pub(super) fn bits_per_byte(member: &Member) -> Unit {
    information(member, |nats, text, _| {
        (nats / core::f64::consts::LN_2, text.len() as f64)
    })
}

/// One unit for each text: nats over tokens.
pub(super) fn perplexity(member: &Member) -> Unit {
    information(member, |nats, _, tokens| (nats, f64::from(tokens)))
}

/// One unit for each text: nats over words.
pub(super) fn word_perplexity(member: &Member) -> Unit {
    information(member, |nats, text, _| (nats, words(text) as f64))
}

/// One unit for each text: the ratio of two amounts out of its nats, itself and its tokens.
fn information(member: &Member, amounts: impl Fn(f64, &str, u32) -> (f64, f64)) -> Unit {
    let value = || {
        let [likelihood] = member.likelihoods()? else {
            return Err(Unscored::WrongKind);
        };
        let text = member.case.expect.text().ok_or(Unscored::WrongKind)?;
        let (upper, lower) = amounts(-likelihood.log_prob, text, likelihood.tokens);
        Value::ratio(upper, lower)
    };
    Unit::of_trial(member, value(), None)
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
