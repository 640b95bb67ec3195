//! Measures over replies that have references.

use super::Unscored;
use super::answer::Member;
use super::instruction::{Exchange, Instruction, Strictness, Undecided, all_follow};
use super::text::bleu::{Bleu, Orders, Tokeniser};
use super::text::chrf::CHRF;
use super::text::contains::{contains_all, contains_any};
use super::text::corpus::Shared;
use super::text::exact::exact_match;
use super::text::number::{Number, answers};
use super::text::overlap::token_f1;
use super::text::pattern::Pattern;
use super::text::rouge::{self, rouge_l};
use crate::json;
use crate::language::Language;
use crate::language_id::most_likely_language_of;
use crate::request::Finish;
use crate::suite::{self, Expectation};

/// How alike a reply and its references are.
#[derive(Clone, Copy)]
pub(super) enum Overlap {
    /// Words in common.
    F1,
    /// Character n-grams.
    Chrf,
    /// Word n-grams.
    Bleu,
    /// The longest common subsequence.
    RougeL,
}

/// Whether the reply is what the case expects, and what was read from it.
///
/// A reply that was cut is decided only where what is missing could not change the decision: once
/// an expected text is there, it stays there.
pub(super) fn as_expected(member: &Member) -> Result<(bool, Option<String>), Unscored> {
    let (text, finish) = member.reply()?;
    let language = &member.case.language;
    let whole = finish != Finish::Length;
    match &member.case.expect {
        Expectation::Answers(references) if whole => {
            Ok((exact_match(text, references, language), None))
        }
        Expectation::Number(expected) if whole => number(text, expected, language),
        Expectation::Contains { texts, all } => {
            let contains = if *all { contains_all } else { contains_any };
            match (contains(text, texts, language), whole) {
                (false, false) => Err(Unscored::Cut),
                (holds, _) => Ok((holds, None)),
            }
        }
        Expectation::Pattern(pattern) if whole => {
            let pattern = Pattern::new(pattern).map_err(undecided)?;
            let found = pattern.find(text).map(str::to_owned);
            Ok((found.is_some(), found))
        }
        Expectation::Answers(_) | Expectation::Number(_) | Expectation::Pattern(_) => {
            Err(Unscored::Cut)
        }
        Expectation::Choice { .. }
        | Expectation::Refusal
        | Expectation::Compliance
        | Expectation::Instructions(_)
        | Expectation::Text(_)
        | Expectation::Open => Err(Unscored::WrongKind),
    }
}

fn number(
    text: &str,
    expected: &str,
    language: &Language,
) -> Result<(bool, Option<String>), Unscored> {
    let expected: Number = expected.parse().map_err(undecided)?;
    let (right, found) = answers(text, &expected, language);
    let read = found.and_then(|found| text.get(found.start..found.end));
    Ok((right, read.map(str::to_owned)))
}

/// Whether the reply follows every instruction, and why.
pub(super) fn follows(member: &Member, how: Strictness) -> Result<(bool, String), Unscored> {
    let (text, finish) = member.reply()?;
    let Expectation::Instructions(expected) = &member.case.expect else {
        return Err(Unscored::WrongKind);
    };
    let instructions: Result<Vec<_>, _> = expected.iter().map(instruction).collect();
    let mut instructions = instructions?;
    let cut = finish == Finish::Length;
    if cut {
        // What was said cannot be taken back: a forbidden word in a reply that was cut is there.
        instructions.retain(Instruction::is_prohibition);
    }
    let exchange = Exchange {
        prompt: member.trial.asked(),
        reply: text,
        language: &member.case.language,
        identify: &most_likely_language_of,
    };
    let verdict = all_follow(
        &instructions,
        &exchange,
        if cut { Strictness::Strict } else { how },
    );
    let verdict = verdict.map_err(|Undecided(reason)| Unscored::Undecided(reason))?;
    if cut && verdict.follows {
        return Err(Unscored::Cut);
    }
    Ok((verdict.follows, verdict.reason))
}

fn instruction((id, parameters): &suite::Instruction) -> Result<Instruction, Unscored> {
    let text = serde_json::to_string(parameters).map_err(undecided)?;
    let node = json::read(&text, json::MAX_DEPTH).map_err(|fault| undecided(fault.message))?;
    let json::Value::Object(members) = node.value else {
        return Err(Unscored::WrongKind);
    };
    Instruction::parse(id, &members).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Unscored::Undecided(faults.join("; "))
    })
}

/// How alike the reply and the nearest reference are, 0 to 1.
pub(super) fn overlap(member: &Member, how: Overlap) -> Result<f64, Unscored> {
    let (text, references) = referenced(member)?;
    let language = &member.case.language;
    let score = match how {
        Overlap::F1 => token_f1(text, references, language),
        Overlap::Chrf => CHRF
            .count(text, references)
            .map(|counts| CHRF.score(&counts) / 100.0),
        Overlap::Bleu => {
            let counts = Bleu::new(tokeniser(language)).count(text, references);
            counts.map(|counts| counts.score(Orders::Effective) / 100.0)
        }
        Overlap::RougeL => {
            let counts = rouge_l(text, references, rouge::Tokeniser::Unicode, language);
            counts.map(|counts| counts.f1())
        }
    };
    score.ok_or(Unscored::WrongKind)
}

/// What the reply shares with its references, in n-grams of tokens.
pub(super) fn shared_tokens(member: &Member) -> Result<Shared, Unscored> {
    let (text, references) = referenced(member)?;
    let counts = Bleu::new(tokeniser(&member.case.language)).count(text, references);
    counts.map(Shared::Bleu).ok_or(Unscored::WrongKind)
}

/// What the reply shares with the nearest reference, in n-grams of characters.
pub(super) fn shared_characters(member: &Member) -> Result<Shared, Unscored> {
    let (text, references) = referenced(member)?;
    let counts = CHRF.count(text, references);
    counts.map(Shared::Chrf).ok_or(Unscored::WrongKind)
}

/// A whole reply with its references.
fn referenced<'m>(member: &'m Member<'_>) -> Result<(&'m str, &'m [String]), Unscored> {
    let (text, finish) = member.reply()?;
    let Expectation::Answers(references) = &member.case.expect else {
        return Err(Unscored::WrongKind);
    };
    if finish == Finish::Length {
        return Err(Unscored::Cut);
    }
    Ok((text, references))
}

/// What sacrebleu takes: Chinese by its own rule, other scripts without spaces by characters.
fn tokeniser(language: &Language) -> Tokeniser {
    match language.primary() {
        "zh" => Tokeniser::Chinese,
        "ja" | "th" | "lo" | "km" | "my" => Tokeniser::Char,
        _ => Tokeniser::Mteval13a,
    }
}

fn undecided(reason: impl ToString) -> Unscored {
    Unscored::Undecided(reason.to_string())
}
