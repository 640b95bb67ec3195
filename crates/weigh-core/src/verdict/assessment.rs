//! One record under one profile: judged without the model, as often as there are profiles.

use serde::Serialize;

use super::{Finding, Further, Verdict, decide_at, english};
use crate::decimal::Decimal;
use crate::digest::Digest;
use crate::measure::Scored;
use crate::plan::PlanHeader;
use crate::profile::Profile;
use crate::stats::{Estimate, estimate_at};

/// What a record shows under a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// The profile's id.
    pub profile: String,
    /// The profile's version.
    pub version: String,
    /// SHA-256 of the profile's file.
    pub digest: Digest,
    /// The profile's title in English.
    pub title: String,
    /// What it reads.
    pub basis: Vec<String>,
    /// What a reader should know of it, in English.
    pub note: Option<String>,
    /// Confidence level of the intervals.
    pub confidence: Decimal,
    /// The worst of the findings.
    pub verdict: Verdict,
    /// Every requirement's finding, in the order of the profile.
    pub findings: Vec<Assessed>,
}

/// A finding, and what would decide it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessed {
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// Where it is inconclusive: what it would take.
    pub further: Option<Further>,
}

impl Assessment {
    /// How many findings have that verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|one| one.finding.verdict == verdict)
            .count()
    }
}

/// Estimates `scored`, the evidence of the run of `plan`, at the confidence that the profile has for
/// it, and holds every requirement against that.
///
/// A suite that was extended is read at the confidence of its last look. Where the profile has fewer
/// looks than that, the record decides nothing of the suite: the profile allows no such look.
#[must_use]
pub fn assess(scored: &[Scored], plan: &PlanHeader, profile: &Profile) -> Assessment {
    let look = plan.look.as_ref();
    let level = |suite: &str| profile.confidence_of(look, suite);
    let of_suite = |suite: &str| level(suite).unwrap_or(profile.confidence);
    let estimates = estimate_at(scored, &of_suite, &plan.cards);
    let number = look.map_or(1, |look| look.number);
    let (mut findings, _) = decide_at(profile, &estimates, number);
    let has_look = |estimate: &Estimate| level(&estimate.suite).is_some();
    for finding in &mut findings {
        if !finding.estimate.as_ref().is_none_or(has_look) {
            undecided(finding, profile, number);
        }
    }
    let first = profile.confidence_at(1).unwrap_or(profile.confidence);
    let next = profile.confidence_at(number.saturating_add(1));
    let verdict = findings.iter().map(|finding| finding.verdict).max();
    let assessed = |finding: Finding| Assessed {
        further: further(&finding, next.unwrap_or(first)),
        finding,
    };
    Assessment {
        profile: profile.id.clone(),
        version: profile.version.clone(),
        digest: profile.digest,
        title: english(&profile.title).cloned().unwrap_or_default(),
        basis: profile.basis.clone(),
        note: english(&profile.note).cloned(),
        confidence: first,
        verdict: verdict.unwrap_or(Verdict::NotAssessed),
        findings: findings.into_iter().map(assessed).collect(),
    }
}

/// Takes back what was decided at a look that the profile does not have.
fn undecided(finding: &mut Finding, profile: &Profile, number: u32) {
    if finding.verdict == Verdict::NotAssessed {
        return;
    }
    finding.verdict = Verdict::Inconclusive;
    finding.reason = format!(
        "The record is look {number}, for which the profile spends no part of its confidence; it has \
         {} in all.",
        profile.most_looks()
    );
}

fn further(finding: &Finding, level: Decimal) -> Option<Further> {
    let (rule, estimate) = ((finding.limit?, finding.rule?), finding.estimate.as_ref()?);
    let open = finding.verdict == Verdict::Inconclusive;
    open.then(|| Further::of(rule, finding.cases, estimate, level))
}
