//! Judging: estimates under a profile become findings, and the worst finding is the verdict.

mod assessment;
mod families;
mod further;
mod reason;
mod rule;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::assessment::{Assessed, Assessment, assess};
pub use self::families::{Undecidable, families_to_decide};
pub use self::further::Further;
pub(crate) use self::further::for_the_sample;
pub use self::reason::{Lies, Position, Reason, figure, in_english, reasons};
pub use self::rule::Next;
pub use self::steps::Reached;
use crate::language::Language;
use crate::profile::{DecisionRule, Limit, Measured, Profile, Requirement, Scope, Subject};
use crate::stats::{Estimate, Stratum};

/// What is said of a requirement or of all of them. Ordered from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The record shows that the requirement holds.
    Conforms,
    /// The record cannot tell.
    Inconclusive,
    /// Nothing was measured.
    NotAssessed,
    /// The record shows that the requirement does not hold.
    DoesNotConform,
}

/// One requirement with its estimate and its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The requirement's id.
    pub requirement: String,
    /// Its title in English.
    pub title: String,
    /// The clause it reads.
    pub clause: Option<String>,
    /// Which part of the suite, where something is measured.
    pub stratum: Option<Stratum>,
    /// The limit, where something is measured.
    pub limit: Option<Limit>,
    /// The rule, where something is measured.
    pub rule: Option<DecisionRule>,
    /// The estimate, where there is one.
    pub estimate: Option<Estimate>,
    /// What follows.
    pub verdict: Verdict,
    /// Why: the sentences of [`reasons`] in English.
    pub reason: String,
    /// The smallest sample, in scored units, where the requirement asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<u32>,
    /// Which named grades are reached, where the requirement has some and there is an interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Reached>,
    /// What a reader should know of the requirement, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What of the requirement was not checked against the text that it reads, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unverified: Option<String>,
}

/// Holds every requirement of `profile` against `estimates`.
///
/// One finding a requirement, or one for each language that the estimates know where the scope is
/// each language; in the order of the profile. The verdict is the worst of the findings, and
/// [`Verdict::NotAssessed`] where there is none.
#[must_use]
pub fn decide(profile: &Profile, estimates: &[Estimate]) -> (Vec<Finding>, Verdict) {
    decide_at(profile, estimates, 1)
}

/// The same at `look`, counted from 1: what is inconclusive says what the next look would need.
#[must_use]
pub fn decide_at(profile: &Profile, estimates: &[Estimate], look: u32) -> (Vec<Finding>, Verdict) {
    let next = Next::of(profile, look);
    let findings: Vec<Finding> = profile
        .requirements
        .iter()
        .flat_map(|requirement| match &requirement.subject {
            Subject::NotMeasurable(reason) => vec![not_measurable(requirement, reason)],
            Subject::Measured(measured) => measure_findings(requirement, measured, estimates, next),
        })
        .collect();
    let worst = findings.iter().map(|finding| finding.verdict).max();
    (findings, worst.unwrap_or(Verdict::NotAssessed))
}

/// The finding of a requirement that no suite can measure.
fn not_measurable(requirement: &Requirement, why: &BTreeMap<Language, String>) -> Finding {
    let reasons = vec![reason::unmeasurable(why)];
    of_requirement(requirement, (Verdict::NotAssessed, reasons))
}

/// A finding that tells of nothing measured.
fn of_requirement(
    requirement: &Requirement,
    (verdict, reasons): (Verdict, Vec<Reason>),
) -> Finding {
    Finding {
        requirement: requirement.id.clone(),
        title: english(&requirement.title).cloned().unwrap_or_default(),
        clause: requirement.clause.clone(),
        stratum: None,
        limit: None,
        rule: None,
        estimate: None,
        verdict,
        reason: in_english(&reasons),
        cases: None,
        steps: None,
        note: english(&requirement.note).cloned(),
        unverified: english(&requirement.unverified).cloned(),
    }
}

/// The findings of a requirement that a suite measures: one at least.
fn measure_findings(
    requirement: &Requirement,
    measured: &Measured,
    estimates: &[Estimate],
    next: Next,
) -> Vec<Finding> {
    let of_measure = estimates
        .iter()
        .filter(|e| e.suite == measured.suite && e.measure == measured.measure);
    let in_scope: Vec<&Estimate> = of_measure
        .filter(|e| match (&measured.scope, &e.stratum) {
            (Scope::All, Stratum::All) | (Scope::EachLanguage, Stratum::Language(_)) => true,
            (Scope::Language(wanted), Stratum::Language(language)) => wanted == language,
            (Scope::Tag(wanted), Stratum::Tag(tag)) => wanted == tag,
            (Scope::All, Stratum::Language(_) | Stratum::Tag(_))
            | (Scope::EachLanguage | Scope::Language(_), Stratum::All | Stratum::Tag(_))
            | (Scope::Tag(_), Stratum::All | Stratum::Language(_)) => false,
        })
        .collect();
    if in_scope.is_empty() {
        let stratum = match &measured.scope {
            Scope::All => Some(Stratum::All),
            Scope::EachLanguage => None,
            Scope::Language(language) => Some(Stratum::Language(language.clone())),
            Scope::Tag(tag) => Some(Stratum::Tag(tag.clone())),
        };
        let judged = rule::judge(measured, None, estimates, next);
        return vec![finding(requirement, measured, (stratum, None), judged)];
    }
    in_scope
        .into_iter()
        .map(|e| {
            let judged = rule::judge(measured, Some(e), estimates, next);
            let of = (Some(e.stratum.clone()), Some(e));
            finding(requirement, measured, of, judged)
        })
        .collect()
}

/// One finding.
fn finding(
    requirement: &Requirement,
    measured: &Measured,
    (stratum, estimate): (Option<Stratum>, Option<&Estimate>),
    judged: (Verdict, Vec<Reason>),
) -> Finding {
    Finding {
        stratum,
        limit: Some(measured.limit),
        rule: Some(measured.rule),
        estimate: estimate.cloned(),
        cases: measured.cases,
        steps: estimate.and_then(|estimate| steps::reached(measured, estimate)),
        ..of_requirement(requirement, judged)
    }
}

/// The text in English, or failing that the first one.
fn english(texts: &BTreeMap<Language, String>) -> Option<&String> {
    let english = texts
        .iter()
        .find(|(language, _)| language.primary() == "en");
    english.or(texts.iter().next()).map(|(_, text)| text)
}
