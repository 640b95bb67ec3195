//! Judging: estimates under a profile become findings, and the worst finding is the verdict.

mod rule;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::profile::{DecisionRule, Limit, Measured, Profile, Requirement, Scope};
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
    /// Why, in one sentence.
    pub reason: String,
}

/// Holds every requirement of `profile` against `estimates`.
///
/// One finding a requirement, or one for each language that the estimates know where the scope is
/// each language; in the order of the profile. The verdict is the worst of the findings, and
/// [`Verdict::NotAssessed`] where there is none.
#[must_use]
pub fn decide(profile: &Profile, estimates: &[Estimate]) -> (Vec<Finding>, Verdict) {
    let findings: Vec<Finding> = profile
        .requirements
        .iter()
        .flat_map(|requirement| match &requirement.subject {
            None => vec![not_measurable(requirement)],
            Some(measured) => measure_findings(requirement, measured, estimates),
        })
        .collect();
    let worst = findings.iter().map(|finding| finding.verdict).max();
    (findings, worst.unwrap_or(Verdict::NotAssessed))
}

/// The finding of a requirement that no suite can measure.
fn not_measurable(requirement: &Requirement) -> Finding {
    Finding {
        requirement: requirement.id.clone(),
        title: english_title(requirement),
        clause: requirement.clause.clone(),
        stratum: None,
        limit: None,
        rule: None,
        estimate: None,
        verdict: Verdict::NotAssessed,
        reason: "No suite can measure this requirement today.".to_owned(),
    }
}

/// The findings of a requirement that a suite measures: one at least.
fn measure_findings(
    requirement: &Requirement,
    measured: &Measured,
    estimates: &[Estimate],
) -> Vec<Finding> {
    let of_measure = estimates
        .iter()
        .filter(|e| e.suite == measured.suite && e.measure == measured.measure);
    let in_scope: Vec<&Estimate> = of_measure
        .filter(|e| match (&measured.scope, &e.stratum) {
            (Scope::All, Stratum::All) | (Scope::EachLanguage, Stratum::Language(_)) => true,
            (Scope::Tag(wanted), Stratum::Tag(tag)) => wanted == tag,
            (Scope::All, Stratum::Language(_) | Stratum::Tag(_))
            | (Scope::EachLanguage, Stratum::All | Stratum::Tag(_))
            | (Scope::Tag(_), Stratum::All | Stratum::Language(_)) => false,
        })
        .collect();
    if in_scope.is_empty() {
        let stratum = match &measured.scope {
            Scope::All => Some(Stratum::All),
            Scope::EachLanguage => None,
            Scope::Tag(tag) => Some(Stratum::Tag(tag.clone())),
        };
        return vec![finding(requirement, measured, stratum, None)];
    }
    in_scope
        .into_iter()
        .map(|e| finding(requirement, measured, Some(e.stratum.clone()), Some(e)))
        .collect()
}

/// One finding.
fn finding(
    requirement: &Requirement,
    measured: &Measured,
    stratum: Option<Stratum>,
    estimate: Option<&Estimate>,
) -> Finding {
    let (verdict, reason) = rule::judge(measured, estimate);
    Finding {
        requirement: requirement.id.clone(),
        title: english_title(requirement),
        clause: requirement.clause.clone(),
        stratum,
        limit: Some(measured.limit),
        rule: Some(measured.rule),
        estimate: estimate.cloned(),
        verdict,
        reason,
    }
}

/// The title in English, or failing that the first one.
fn english_title(requirement: &Requirement) -> String {
    let english = requirement
        .title
        .iter()
        .find(|(language, _)| language.primary() == "en");
    let any = requirement.title.iter().next();
    english
        .or(any)
        .map_or_else(String::new, |(_, title)| title.clone())
}
