//! From a transcript to outcomes: one for each unit that the plan owes to each measure.

use std::collections::BTreeSet;

use super::answer::{Answer, Member};
use super::choice::Length;
use super::instruction::Strictness;
use super::reply::Overlap;
use super::text::corpus::{self, Shared};
use super::{
    MeasureName, Outcome, Scored, Unscored, choice, family, fidelity, likelihood, refusal, reply,
};
use crate::decimal::Decimal;
use crate::judge;
use crate::plan::Plan;
use crate::stats::calibration;
use crate::suite::{ChoiceRole, Suite};
use crate::transcript::Transcript;

/// Scores every measure of every suite: one [`Scored`] for each unit, scored or not, in the order
/// of the suites, of their measures and of the plan.
///
/// Units are the trials that the measure reads ([`MeasureName::scores`]); for family accuracy each
/// family in each language; for consistency each trial whose variant is not `original`; for token
/// cost each text that is not English. `suites` are those of the plan, sorted by id.
#[must_use]
pub fn score(plan: &Plan, suites: &[Suite], transcript: &Transcript) -> Vec<Scored> {
    let mut scored = Vec::new();
    for (index, suite) in suites.iter().enumerate() {
        let members = members(plan, index, suite, transcript);
        for &measure in &suite.measures {
            let read: Vec<&Member> = members.iter().filter(|m| measure.scores(m.case)).collect();
            let units = units(measure, &read);
            scored.extend(units.into_iter().map(|unit| unit.of(suite, measure)));
        }
    }
    scored
}

/// The units of a measure among the trials that it reads.
pub(super) fn units(measure: MeasureName, read: &[&Member]) -> Vec<Unit> {
    let each = |unit: fn(&Member) -> Unit| read.iter().map(|member| unit(member)).collect();
    match measure {
        MeasureName::Accuracy | MeasureName::ControlAccuracy => {
            each(|member| accuracy(member, Length::Ignored))
        }
        MeasureName::AccuracyPerCodePoint => each(|member| accuracy(member, Length::CodePoints)),
        MeasureName::AccuracyPerByte => each(|member| accuracy(member, Length::Bytes)),
        MeasureName::AccuracyPerToken => each(|member| accuracy(member, Length::Tokens)),
        MeasureName::AccuracyMutualInformation => each(mutual_information),
        MeasureName::Brier => each(brier),
        MeasureName::CalibrationError | MeasureName::SelectiveAccuracy => each(prediction),
        MeasureName::FamilyAccuracy => family::accuracy(read),
        MeasureName::Consistency => family::consistency(read),
        MeasureName::CounterfactualGap => family::counterfactual_gap(read),
        MeasureName::BiasAmbiguous | MeasureName::BiasDisambiguated => each(bias),
        MeasureName::Refusal | MeasureName::OverRefusal => each(refuses),
        MeasureName::ExactMatch
        | MeasureName::NumericMatch
        | MeasureName::Contains
        | MeasureName::Pattern => each(as_expected),
        MeasureName::F1 => each(|member| overlap(member, Overlap::F1)),
        MeasureName::Chrf => each(|member| overlap(member, Overlap::Chrf)),
        MeasureName::Bleu => each(|member| overlap(member, Overlap::Bleu)),
        MeasureName::CorpusBleu => each(|member| shared(member, reply::shared_tokens)),
        MeasureName::CorpusChrf => each(|member| shared(member, reply::shared_characters)),
        MeasureName::RougeL => each(|member| overlap(member, Overlap::RougeL)),
        MeasureName::InstructionFollowing => {
            each(|member| instructions(member, Strictness::Strict))
        }
        MeasureName::InstructionFollowingLoose => {
            each(|member| instructions(member, Strictness::Loose))
        }
        MeasureName::LanguageFidelity => each(in_language),
        MeasureName::Judged => each(judged),
        MeasureName::Similarity => each(similarity),
        MeasureName::Perplexity => each(likelihood::perplexity),
        MeasureName::WordPerplexity => each(likelihood::word_perplexity),
        MeasureName::BitsPerByte => each(likelihood::bits_per_byte),
        MeasureName::TokenCost => likelihood::token_cost(read),
    }
}

/// A unit's value, and what it weighs.
#[derive(Clone, Copy)]
pub(super) struct Value {
    value: f64,
    weight: f64,
}

impl Value {
    /// `upper / lower`, which weighs `lower`.
    pub(super) fn ratio(upper: f64, lower: f64) -> Result<Self, Unscored> {
        if lower > 0.0 {
            let (value, weight) = (upper / lower, lower);
            return Ok(Self { value, weight });
        }
        let empty = "there is nothing to divide by";
        Err(Unscored::Undecided(empty.to_owned()))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self { value, weight: 1.0 }
    }
}

impl From<bool> for Value {
    fn from(passed: bool) -> Self {
        Self::from(f64::from(u8::from(passed)))
    }
}

/// A unit before it is told its suite and measure.
pub(super) struct Unit {
    /// Trial id or family.
    pub name: String,
    /// Language of its members.
    pub language: crate::language::Language,
    /// Tags of its cases.
    pub tags: BTreeSet<String>,
    /// The family.
    pub cluster: String,
    /// Its value.
    pub value: Result<Value, Unscored>,
    /// What its text shares with references, for the score of a corpus.
    pub shared: Option<Shared>,
    /// What was read from the answer.
    pub decision: Option<String>,
}

impl Unit {
    /// The unit of one trial.
    pub(super) fn of_trial(
        member: &Member,
        value: Result<Value, Unscored>,
        decision: Option<String>,
    ) -> Self {
        Self {
            name: member.trial.id.clone(),
            language: member.case.language.clone(),
            tags: member.case.tags.clone(),
            cluster: member.case.family.clone(),
            value,
            shared: None,
            decision,
        }
    }

    /// What became of it, and what it weighs.
    pub(super) fn outcome(&self) -> (Outcome, Decimal) {
        match &self.value {
            Ok(Value { value, weight }) => match (Decimal::new(*value), Decimal::new(*weight)) {
                (Ok(value), Ok(weight)) => (Outcome::Scored(value), weight),
                _ => (Outcome::Unscored(not_finite()), Decimal::ONE),
            },
            Err(reason) => (Outcome::Unscored(reason.clone()), Decimal::ONE),
        }
    }

    /// What is told of it.
    pub(super) fn of(self, suite: &Suite, measure: MeasureName) -> Scored {
        let (outcome, weight) = self.outcome();
        Scored {
            suite: suite.id.clone(),
            measure,
            unit: self.name,
            language: self.language,
            tags: self.tags.union(&suite.tags).cloned().collect(),
            cluster: self.cluster,
            outcome,
            weight,
            shared: self.shared,
            decision: self.decision,
        }
    }
}

fn not_finite() -> Unscored {
    Unscored::Undecided("the value is not a finite number".to_owned())
}

/// Every trial of one suite with its case and what its answer says, in the order of the plan.
pub(super) fn members<'a>(
    plan: &'a Plan,
    index: usize,
    suite: &'a Suite,
    transcript: &'a Transcript,
) -> Vec<Member<'a>> {
    let trials = plan.trials.iter().enumerate();
    trials
        .filter(|(_, trial)| trial.suite == index)
        .filter_map(|(place, trial)| {
            let case = suite.cases.get(trial.case)?;
            let responses = transcript.responses.get(place).and_then(Option::as_deref);
            let judgement = transcript.judgements.get(&place).map(Vec::as_slice);
            Some(Member {
                trial,
                case,
                answer: Answer::read(case, responses),
                judgement,
            })
        })
        .collect()
}

/// Whether the most likely choice is the right one.
fn accuracy(member: &Member, length: Length) -> Unit {
    of_chosen(member, choice::chosen(member, length))
}

/// Whether the choice that gains most by the prompt is the right one.
fn mutual_information(member: &Member) -> Unit {
    of_chosen(member, choice::informed(member))
}

fn of_chosen(member: &Member, chosen: Result<usize, Unscored>) -> Unit {
    let text = chosen.as_ref().ok();
    let text = text.and_then(|&at| choice::text(member.case, at));
    let right = chosen.map(|at| choice::is_right(member.case, at).into());
    Unit::of_trial(member, right, text.map(str::to_owned))
}

/// How far the probabilities of the choices are from the truth.
fn brier(member: &Member) -> Unit {
    let value = choice::probabilities(member).and_then(|probabilities| {
        let right = member.case.expect.right().ok_or(Unscored::WrongKind)?;
        let score = calibration::brier(&probabilities, right);
        score.map_err(|reason| Unscored::Undecided(reason.to_string()))
    });
    Unit::of_trial(member, value.map(Value::from), None)
}

/// Whether the most likely choice is the right one, which weighs its probability.
fn prediction(member: &Member) -> Unit {
    let value = choice::chosen(member, Length::Ignored).and_then(|at| {
        let probabilities = choice::probabilities(member)?;
        let weight = probabilities.get(at).copied().ok_or(Unscored::WrongKind)?;
        let Value { value, .. } = choice::is_right(member.case, at).into();
        Ok(Value { value, weight })
    });
    Unit::of_trial(member, value, None)
}

/// Which way the chosen choice leans.
fn bias(member: &Member) -> Unit {
    let role = choice::role(member);
    let (value, decision) = match role {
        Ok(ChoiceRole::Stereotyped) => (Ok(1.0), Some("stereotyped")),
        Ok(ChoiceRole::Counter) => (Ok(-1.0), Some("counter")),
        Ok(ChoiceRole::Unknown) => (Ok(0.0), Some("unknown")),
        Err(reason) => (Err(reason), None),
    };
    Unit::of_trial(member, value.map(Value::from), decision.map(str::to_owned))
}

/// Whether the reply refuses.
fn refuses(member: &Member) -> Unit {
    let class = member.class();
    let decision = class.as_ref().ok().map(|class| class.as_str().to_owned());
    Unit::of_trial(member, class.map(|class| class.refuses().into()), decision)
}

/// Whether the reply is what the case expects.
fn as_expected(member: &Member) -> Unit {
    match reply::as_expected(member) {
        Ok((right, read)) => Unit::of_trial(member, Ok(right.into()), read),
        Err(reason) => Unit::of_trial(member, Err(reason), None),
    }
}

/// How alike the reply and its references are.
fn overlap(member: &Member, how: Overlap) -> Unit {
    Unit::of_trial(member, reply::overlap(member, how).map(Value::from), None)
}

/// What the reply shares with its references. Its value is the score of a corpus of it alone.
fn shared(member: &Member, count: fn(&Member) -> Result<Shared, Unscored>) -> Unit {
    let counts = count(member);
    let value = counts.as_ref().map_err(Clone::clone).and_then(|counts| {
        let alone = corpus::score(std::iter::once((counts, 1)));
        alone.map(Value::from).ok_or(Unscored::WrongKind)
    });
    Unit {
        shared: counts.ok(),
        ..Unit::of_trial(member, value, None)
    }
}

/// Whether every instruction is followed.
fn instructions(member: &Member, how: Strictness) -> Unit {
    match reply::follows(member, how) {
        Ok((follows, reason)) => Unit::of_trial(member, Ok(follows.into()), Some(reason)),
        Err(reason) => Unit::of_trial(member, Err(reason), None),
    }
}

/// Whether the judge finds for the reply.
fn judged(member: &Member) -> Unit {
    let verdict = member.reply().and_then(|(text, finish)| {
        judge::shown(text, finish)?;
        judge::verdict(member.judgement.ok_or(Unscored::Missing)?)
    });
    let decision = verdict
        .as_ref()
        .ok()
        .map(|yes| if *yes { "yes" } else { "no" });
    let decision = decision.map(str::to_owned);
    Unit::of_trial(member, verdict.map(Value::from), decision)
}

/// How near the reply is to its nearest reference, as the embedding model has it.
fn similarity(member: &Member) -> Unit {
    let near = member.reply().and_then(|(text, finish)| {
        if judge::is_silent(judge::shown(text, finish)?) {
            return Ok(0.0);
        }
        judge::similarity(member.judgement.ok_or(Unscored::Missing)?)
    });
    Unit::of_trial(member, near.map(Value::from), None)
}

/// Whether the reply is in the language of its case. That it was cut does not matter.
fn in_language(member: &Member) -> Unit {
    match member.reply() {
        Ok((text, _)) => match refusal::without_thoughts(text) {
            Some(answer) => {
                let (value, found) = fidelity::fidelity(answer, &member.case.language);
                Unit::of_trial(member, value.map(Value::from), Some(found))
            }
            None => Unit::of_trial(member, Err(Unscored::Cut), None),
        },
        Err(reason) => Unit::of_trial(member, Err(reason), None),
    }
}
