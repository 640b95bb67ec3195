//! One record under one profile: judged without the model, as often as there are profiles.

use serde::Serialize;

use super::{Finding, Undecidable, Verdict, decide, english, families_to_decide};
use crate::card::CitedCard;
use crate::decimal::Decimal;
use crate::digest::Digest;
use crate::measure::Scored;
use crate::profile::Profile;
use crate::stats::{Estimate, estimate};

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
    /// What a reader should know of it.
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

/// What it would take to decide a finding, if its estimate stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Further {
    /// So many families of cases more than there are.
    Families(u32),
    /// Units are missing, and they alone keep it open.
    Missing,
    /// It is too near to its limit for any number of cases, or has no interval.
    Never,
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

/// Estimates `scored` at the profile's confidence and holds every requirement against it. `cards` are
/// those that the record's run cites.
#[must_use]
pub fn assess(scored: &[Scored], cards: &[CitedCard], profile: &Profile) -> Assessment {
    let estimates = estimate(scored, profile.confidence, cards);
    let (findings, verdict) = decide(profile, &estimates);
    let assessed = |finding: Finding| Assessed {
        further: further(&finding, profile.confidence),
        finding,
    };
    Assessment {
        profile: profile.id.clone(),
        version: profile.version.clone(),
        digest: profile.digest,
        title: english(&profile.title).cloned().unwrap_or_default(),
        basis: profile.basis.clone(),
        note: profile.note.clone(),
        confidence: profile.confidence,
        verdict,
        findings: findings.into_iter().map(assessed).collect(),
    }
}

fn further(finding: &Finding, level: Decimal) -> Option<Further> {
    let (limit, estimate) = (finding.limit?, finding.estimate.as_ref()?);
    if finding.verdict != Verdict::Inconclusive {
        return None;
    }
    Some(match families_to_decide(limit, estimate, level) {
        Ok(families) => {
            let more = families.saturating_sub(estimate.clusters);
            Further::Families(more.max(for_the_sample(finding.cases, estimate)).max(1))
        }
        Err(Undecidable::Missing) => Further::Missing,
        Err(Undecidable::AtLimit | Undecidable::NoInterval) => Further::Never,
    })
}

/// Families that hold as many units as the smallest sample lacks, if they are as large as those that
/// there are.
fn for_the_sample(cases: Option<u32>, estimate: &Estimate) -> u32 {
    let missing = cases.unwrap_or_default().saturating_sub(estimate.scored);
    let (clusters, planned) = (u64::from(estimate.clusters), u64::from(estimate.planned));
    let families = (u64::from(missing) * clusters).div_ceil(planned.max(1));
    u32::try_from(families).unwrap_or(u32::MAX)
}
