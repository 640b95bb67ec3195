//! Which families of a suite are drawn: by hash, so that no order matters, a larger sample holds a
//! smaller one, and languages with the same families draw the same ones.

use std::collections::{BTreeMap, BTreeSet};

use super::{Earlier, Options};
use crate::digest::Digest;
use crate::language::Language;
use crate::suite::{Case, Suite, Tier};

/// How much of one suite is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// The tier up to which its cases are taken.
    pub tier: Tier,
    /// At most this many families of each language.
    pub limit: Option<u32>,
}

/// How much of the suite with `id` a run takes.
#[must_use]
pub fn sample(options: &Options, earlier: &Earlier, id: &str) -> Sample {
    match earlier.suites.get(id) {
        Some(extended) => Sample {
            tier: extended.tier,
            limit: Some(extended.families),
        },
        None => Sample {
            tier: options.tier,
            limit: options.limit,
        },
    }
}

/// The indices of the cases of `suite` that `sample` takes, in their order.
///
/// Of each language those families come first that have a case in the tier of the options, then
/// those of each tier above it, and within a tier those whose hash of seed, suite and family is
/// least. So every sample of a run that is extended holds the samples before it: the order of the
/// families of a tier does not depend on how far above it the sample goes.
#[must_use]
pub fn drawn(suite: &Suite, options: &Options, sample: Sample) -> Vec<usize> {
    let cases = suite.cases.iter().enumerate();
    let chosen = cases.filter(|(_, case)| is_chosen(case, options, sample.tier));
    let Some(limit) = sample.limit else {
        return chosen.map(|(index, _)| index).collect();
    };
    let chosen: Vec<(usize, &Case)> = chosen.collect();
    let families = families(suite, options, &chosen, limit);
    let in_draw = |(index, case): (usize, &Case)| {
        let drawn = families.get(&case.language)?;
        drawn.contains(case.family.as_str()).then_some(index)
    };
    chosen.into_iter().filter_map(in_draw).collect()
}

fn is_chosen(case: &Case, options: &Options, tier: Tier) -> bool {
    let language = options.languages.is_empty() || options.languages.contains(&case.language);
    language && case.tier <= tier
}

/// For each language the first `limit` families of those `chosen`.
fn families<'a>(
    suite: &Suite,
    options: &Options,
    chosen: &[(usize, &'a Case)],
    limit: u32,
) -> BTreeMap<&'a Language, BTreeSet<&'a str>> {
    let mut tiers: BTreeMap<&Language, BTreeMap<&str, Tier>> = BTreeMap::new();
    for (_, case) in chosen {
        let of_language = tiers.entry(&case.language).or_default();
        let tier = of_language.entry(&case.family).or_insert(case.tier);
        *tier = case.tier.min(*tier);
    }
    let hash =
        |family: &str| Digest::of(format!("{}\n{}\n{family}", options.seed, suite.id).as_bytes());
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let first = |families: BTreeMap<&'a str, Tier>| {
        let ranked = families.into_iter();
        let mut ranked: Vec<(Tier, Digest, &str)> = ranked
            .map(|(family, tier)| (tier.max(options.tier), hash(family), family))
            .collect();
        ranked.sort_unstable();
        ranked
            .into_iter()
            .take(limit)
            .map(|(_, _, family)| family)
            .collect()
    };
    let tiers = tiers.into_iter();
    tiers
        .map(|(language, families)| (language, first(families)))
        .collect()
}
