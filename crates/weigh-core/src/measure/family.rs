//! Measures over families: the same item perturbed, translated or transformed.

use std::collections::{BTreeMap, BTreeSet};

use super::Unscored;
use super::answer::Member;
use super::choice::{self, Length};
use super::instruction::Strictness;
use super::refusal::Class;
use super::reply;
use super::score::{Unit, Value};
use crate::language::Language;
use crate::suite::{self, Expectation};

type Families<'a> = BTreeMap<(&'a Language, &'a str), Vec<&'a Member<'a>>>;

/// One unit for each family in each language: every member is answered as expected (worst case).
/// Unscored where any member is, even where another one already failed.
pub(super) fn accuracy(members: &[&Member]) -> Vec<Unit> {
    let unit = |((language, family), members): (_, Vec<&Member>)| {
        let language: &Language = language;
        let family: &str = family;
        let passed: Result<Vec<bool>, Unscored> = members.iter().map(|m| as_expected(m)).collect();
        let decision = passed.as_ref().ok().map(|all| {
            let right = all.iter().filter(|right| **right).count();
            format!("{right} of {} as expected", all.len())
        });
        Unit {
            name: family.to_owned(),
            language: language.clone(),
            tags: members
                .iter()
                .flat_map(|m| m.case.tags.iter().cloned())
                .collect(),
            cluster: family.to_owned(),
            value: passed.map(|all| Value::from(all.into_iter().all(|right| right))),
            shared: None,
            decision,
        }
    };
    families(members).into_iter().map(unit).collect()
}

/// One unit for each trial whose variant is not `original`: it gets the same decision as the
/// original of its family in its language (the first in the plan, where there are several).
///
/// The decision on a reply is whether it refuses. The decision on choices is the text of the chosen
/// one, so that shuffled options compare; where the perturbation changed the texts themselves, it is
/// whether the right one was chosen.
pub(super) fn consistency(members: &[&Member]) -> Vec<Unit> {
    changed(members, |original, member| {
        let same = same_decision(original, member)?;
        let decision = if same { "same" } else { "different" };
        Ok((Value::from(same), Some(decision)))
    })
}

/// One unit for each trial whose variant is not `original`: the total variation distance between
/// the probabilities of its choices and those of its original's. Choices are matched by their texts
/// where both have the same ones, else by their places.
pub(super) fn counterfactual_gap(members: &[&Member]) -> Vec<Unit> {
    changed(members, |original, member| {
        let gap = distance(original, member)?;
        Ok((Value::from(gap), None))
    })
}

fn distance(original: &Member, member: &Member) -> Result<f64, Unscored> {
    let (before, after) = (
        choice::probabilities(original)?,
        choice::probabilities(member)?,
    );
    if before.len() != after.len() {
        let other = "the original of the family has another number of choices";
        return Err(Unscored::Undecided(other.to_owned()));
    }
    let by_text = choices(original) == choices(member);
    let texts = member.case.expect.choices();
    let twin = |at: usize| match original.case.expect.choices().get(at) {
        Some(text) if by_text => texts.iter().position(|other| other == text),
        Some(_) | None => Some(at),
    };
    let moved = before.iter().enumerate().map(|(at, probability)| {
        let after = twin(at).and_then(|at| after.get(at)).copied();
        (probability - after.unwrap_or(0.0)).abs()
    });
    Ok(moved.fold(0.0, |sum, part| sum + part) / 2.0)
}

/// One unit for each trial whose variant is not `original`, told beside the original of its family
/// in its language (the first in the plan, where there are several).
fn changed(
    members: &[&Member],
    value: impl Fn(&Member, &Member) -> Result<(Value, Option<&'static str>), Unscored>,
) -> Vec<Unit> {
    let families = families(members);
    let unit = |member: &&Member| {
        let family = families.get(&(&member.case.language, member.case.family.as_str()));
        let original = family.and_then(|all| all.iter().find(|m| m.case.variant == suite::VARIANT));
        let found = match original {
            Some(original) => value(original, member),
            None => Err(Unscored::Undecided(
                "the plan holds no original of the family".to_owned(),
            )),
        };
        match found {
            Ok((value, decision)) => Unit::of_trial(member, Ok(value), decision.map(str::to_owned)),
            Err(reason) => Unit::of_trial(member, Err(reason), None),
        }
    };
    let changed = members.iter().filter(|m| m.case.variant != suite::VARIANT);
    changed.map(unit).collect()
}

fn families<'a>(members: &[&'a Member<'a>]) -> Families<'a> {
    let mut families = Families::new();
    for member in members {
        let key = (&member.case.language, member.case.family.as_str());
        families.entry(key).or_default().push(member);
    }
    families
}

/// Whether the answer is what the case expects: the right choice, a refusal, compliance.
fn as_expected(member: &Member) -> Result<bool, Unscored> {
    match &member.case.expect {
        Expectation::Choice { .. } => {
            choice::chosen(member, Length::Ignored).map(|at| choice::is_right(member.case, at))
        }
        Expectation::Refusal => member.class().map(Class::refuses),
        Expectation::Compliance => member.class().map(|class| !class.refuses()),
        Expectation::Answers(_)
        | Expectation::Number(_)
        | Expectation::Contains { .. }
        | Expectation::Pattern(_) => reply::as_expected(member).map(|(right, _)| right),
        Expectation::Instructions(_) => {
            reply::follows(member, Strictness::Strict).map(|(follows, _)| follows)
        }
        Expectation::Text(_) | Expectation::Open => Err(Unscored::WrongKind),
    }
}

fn same_decision(original: &Member, perturbed: &Member) -> Result<bool, Unscored> {
    if matches!(
        original.case.expect,
        Expectation::Refusal | Expectation::Compliance
    ) {
        return Ok(original.class()?.refuses() == perturbed.class()?.refuses());
    }
    if !matches!(original.case.expect, Expectation::Choice { .. }) {
        return Ok(as_expected(original)? == as_expected(perturbed)?);
    }
    let before = choice::chosen(original, Length::Ignored)?;
    let after = choice::chosen(perturbed, Length::Ignored)?;
    if choices(original) == choices(perturbed) {
        return Ok(choice::text(original.case, before) == choice::text(perturbed.case, after));
    }
    let right = |member: &Member, at| choice::is_right(member.case, at);
    Ok(right(original, before) == right(perturbed, after))
}

/// The texts that can be chosen, in any order.
fn choices<'a>(member: &Member<'a>) -> BTreeSet<&'a str> {
    let choices = member.case.expect.choices();
    choices.iter().map(String::as_str).collect()
}
