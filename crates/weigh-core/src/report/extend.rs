//! How an inconclusive run is extended: of which suites more is asked, and how much.
//!
//! Only suites that inconclusive findings name are extended: to as many families as would decide if
//! the estimate stays where it is, half as many again at least, and what the suite has at most.
//! Families of the run's tier come first, then those of the next tiers.

use std::collections::BTreeSet;

use super::Report;
use crate::digest::Digest;
use crate::plan::{Earlier, Extended, Options, Sample, drawn, sample};
use crate::profile::{Limit, Profile};
use crate::stats::{Estimate, Stratum};
use crate::suite::{Case, Suite, Tier};
use crate::verdict::{Finding, Undecidable, Verdict, families_to_decide, for_the_sample};

/// A look has at least this many times the families of the one before: a look at a few more cases
/// spends its share for nothing.
const LEAST_GROWTH: f64 = 1.5;

/// What the next look asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// What it extends, and the suites of which there is more.
    pub earlier: Earlier,
    /// What becomes of each inconclusive finding, in the order of the report.
    pub findings: Vec<Reach>,
}

/// What the next look does for one inconclusive finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The requirement's id.
    pub requirement: String,
    /// The suite's id.
    pub suite: String,
    /// Families behind the finding now.
    pub families: u32,
    /// Whether more are asked, and whether they are enough.
    pub more: More,
}

/// Whether more families are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// So many in all, which decide if the estimate stays.
    Enough(u32),
    /// So many in all, which is all that the suite has, and fewer than would decide.
    All(u32),
    /// None: all that the suite has are asked.
    Exhausted,
    /// None: units without a score keep it open, however many more are asked.
    Missing,
}

/// Why a run is not extended. Reads after "cannot extend the run: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionFault {
    /// The profile has no looks.
    #[error("its profile `{0}` has no looks, and without them the first look is the last")]
    NoLooks(String),
    /// Every look is spent.
    #[error("its profile `{profile}` has {of} looks, and all are spent")]
    NoLookLeft {
        /// The profile's id.
        profile: String,
        /// How many looks it has.
        of: u32,
    },
    /// Every finding is decided, or nothing was assessed.
    #[error("nothing to extend: no finding is inconclusive")]
    Decided,
    /// There is no further case that could decide.
    #[error("nothing to extend: no further case can decide what is inconclusive")]
    NothingLeft(Vec<Reach>),
}

/// The next look at the run of `report`, which had `suites` and was judged under `profile`.
///
/// # Errors
/// Why there is none.
pub fn extension(
    report: &Report,
    suites: &[Suite],
    profile: &Profile,
) -> Result<Extension, ExtensionFault> {
    let look = report.plan.look.as_ref().map_or(1, |look| look.number) + 1;
    let level = profile.confidence_at(look);
    let level = level.ok_or_else(|| no_look(profile))?;
    let look_before = report.plan.look.as_ref();
    let mut earlier = look_before.map(|look| look.earlier()).unwrap_or_default();
    let mut findings = Vec::new();
    let options = &report.plan.options;
    let before = earlier.clone();
    for (finding, limit, estimate) in open(&report.findings) {
        let Some(suite) = suites.iter().find(|suite| suite.id == estimate.suite) else {
            continue;
        };
        let now = sample(options, &before, &suite.id);
        let pool = Pool {
            suite,
            options,
            estimate,
            now,
        };
        let sample = for_the_sample(finding.cases, estimate);
        let needed = families_to_decide(limit, estimate, level);
        let needed = needed.map(|all| all.max(estimate.clusters.saturating_add(sample)));
        let (more, next) = pool.next(needed);
        if let Some(next) = next {
            let wanted = Extended { look, ..next };
            let entry = earlier.suites.entry(suite.id.clone()).or_insert(wanted);
            *entry = larger(*entry, wanted);
        }
        findings.push(Reach {
            requirement: finding.requirement.clone(),
            suite: suite.id.clone(),
            families: estimate.clusters,
            more,
        });
    }
    if findings.is_empty() {
        return Err(ExtensionFault::Decided);
    }
    if before.suites == earlier.suites {
        return Err(ExtensionFault::NothingLeft(findings));
    }
    let head: Digest = report.record.journal_head;
    earlier.extends.push(head);
    Ok(Extension { earlier, findings })
}

fn no_look(profile: &Profile) -> ExtensionFault {
    let id = profile.id.clone();
    if profile.looks.is_empty() {
        return ExtensionFault::NoLooks(id);
    }
    ExtensionFault::NoLookLeft {
        profile: id,
        of: profile.most_looks(),
    }
}

/// The inconclusive findings that have a limit and an interval.
fn open(findings: &[Finding]) -> impl Iterator<Item = (&Finding, Limit, &Estimate)> {
    let open = findings
        .iter()
        .filter(|f| f.verdict == Verdict::Inconclusive);
    open.filter_map(|f| Some((f, f.limit?, f.estimate.as_ref()?)))
}

/// That of two samples of one suite which holds the other.
fn larger(one: Extended, other: Extended) -> Extended {
    Extended {
        tier: one.tier.max(other.tier),
        families: one.families.max(other.families),
        look: one.look.max(other.look),
    }
}

/// The cases from which a finding can have more.
struct Pool<'a> {
    suite: &'a Suite,
    options: &'a Options,
    estimate: &'a Estimate,
    now: Sample,
}

impl Pool<'_> {
    /// What `needed` families come to, and the sample that has them.
    fn next(&self, needed: Result<u32, Undecidable>) -> (More, Option<Extended>) {
        let needed = match needed {
            Ok(families) => f64::from(families),
            Err(Undecidable::AtLimit) => f64::INFINITY,
            Err(Undecidable::Missing | Undecidable::NoInterval) => return (More::Missing, None),
        };
        let clusters = f64::from(self.estimate.clusters);
        let (here, all) = (self.families(self.now), self.everything());
        let most = self.families(all);
        if most <= here {
            return (More::Exhausted, None);
        }
        // Not every family has a unit of every measure: what counts is by how much they grow.
        let in_units = |families: u32| {
            (clusters * f64::from(families) / f64::from(here.max(1))).floor() as u32
        };
        let growth = (needed / clusters).max(LEAST_GROWTH);
        let wanted = (f64::from(here) * growth - 1e-9).ceil();
        if wanted > f64::from(most) {
            let enough = f64::from(in_units(most)) >= needed;
            let reached = in_units(most);
            let more = if enough {
                More::Enough(reached)
            } else {
                More::All(reached)
            };
            return (more, Some(extended(all)));
        }
        let found = self.least(wanted as u32);
        (
            More::Enough(in_units(self.families(found))),
            Some(extended(found)),
        )
    }

    /// The smallest sample with `wanted` families: in the lowest tier that has so many.
    fn least(&self, wanted: u32) -> Sample {
        let tiers = [Tier::Quick, Tier::Standard, Tier::Full].into_iter();
        let whole = tiers
            .filter(|tier| *tier >= self.now.tier)
            .map(|tier| self.whole(tier));
        let enough = |sample: &Sample| self.families(*sample) >= wanted;
        let whole = whole
            .into_iter()
            .find(enough)
            .unwrap_or_else(|| self.everything());
        let (mut short, mut long) = (0, whole.limit.unwrap_or_default());
        while long - short > 1 {
            let middle = u32::midpoint(short, long);
            let limit = Some(middle);
            if enough(&Sample { limit, ..whole }) {
                long = middle;
            } else {
                short = middle;
            }
        }
        // Never fewer than now: a sample that is extended holds the one before it.
        let limit = Some(long.max(self.most_of_a_language(self.now)));
        Sample { limit, ..whole }
    }

    /// Every case of the suite in the run's languages.
    fn everything(&self) -> Sample {
        self.whole(Tier::Full)
    }

    /// Every case up to a tier, as a limit that says so.
    fn whole(&self, tier: Tier) -> Sample {
        let limit = None;
        let limit = Some(self.most_of_a_language(Sample { tier, limit }));
        Sample { tier, limit }
    }

    fn cases(&self, sample: Sample) -> impl Iterator<Item = &Case> {
        let drawn = drawn(self.suite, self.options, sample).into_iter();
        drawn.filter_map(|index| self.suite.cases.get(index))
    }

    /// The most families that a sample has of one language.
    fn most_of_a_language(&self, sample: Sample) -> u32 {
        let families: BTreeSet<_> = self
            .cases(sample)
            .map(|c| (&c.language, &c.family))
            .collect();
        let languages: BTreeSet<_> = families.iter().map(|(language, _)| *language).collect();
        let of = |language| families.iter().filter(|(of, _)| *of == language).count();
        let most = languages.into_iter().map(of).max();
        u32::try_from(most.unwrap_or_default()).unwrap_or(u32::MAX)
    }

    /// The families of a sample that the estimate's measure reads on its part of the suite.
    fn families(&self, sample: Sample) -> u32 {
        let read = |case: &&Case| self.estimate.measure.scores(case) && self.is_part(case);
        let families: BTreeSet<&str> = self
            .cases(sample)
            .filter(read)
            .map(|case| case.family.as_str())
            .collect();
        u32::try_from(families.len()).unwrap_or(u32::MAX)
    }

    fn is_part(&self, case: &Case) -> bool {
        match &self.estimate.stratum {
            Stratum::All => true,
            Stratum::Language(language) => case.language == *language,
            Stratum::Tag(tag) => case.tags.contains(tag) || self.suite.tags.contains(tag),
        }
    }
}

/// A sample as a plan names it. Its look is set by whoever knows it.
fn extended(sample: Sample) -> Extended {
    Extended {
        tier: sample.tier,
        families: sample.limit.unwrap_or(u32::MAX),
        look: 0,
    }
}
