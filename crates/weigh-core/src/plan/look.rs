//! Which look at the evidence a run is, and what it extends.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Options;
use crate::decimal::Decimal;
use crate::digest::Digest;
use crate::profile::Profile;
use crate::suite::{Suite, Tier};

/// A look at the evidence, as the plan holds it. Everything but `extends` and `suites` follows from
/// the profile, so that nobody can look more often than the profile said before the first look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Which look it is, counted from 1.
    pub number: u32,
    /// How many looks the profile has.
    pub of: u32,
    /// The confidence of the intervals at each look up to this one.
    pub confidence: Vec<Decimal>,
    /// The part of 1 - confidence of the profile that the looks up to this one spend.
    pub spent: Decimal,
    /// The journal heads of the runs that this one extends, the first look's first.
    pub extends: Vec<Digest>,
    /// The suites of which there is more than the options say.
    pub suites: BTreeMap<String, Extended>,
}

/// How much of a suite an extended run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extended {
    /// The tier up to which its cases are taken. Those of the run's own tier come first.
    pub tier: Tier,
    /// At most this many families of each language, drawn by seed.
    pub families: u32,
    /// The look at which it was extended last: it decides by the confidence of that look, because its
    /// evidence has not changed since.
    pub look: u32,
}

/// What a run extends. Nothing for the first look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// The journal heads of the earlier looks, the first one's first.
    pub extends: Vec<Digest>,
    /// The suites of which there is more.
    pub suites: BTreeMap<String, Extended>,
}

impl Look {
    /// The look that follows `earlier` under `profile`. None where the profile has no looks.
    ///
    /// # Errors
    /// Why there is none. Reads after "it is no look that the profile allows: ".
    pub fn after(earlier: &Earlier, profile: &Profile) -> Result<Option<Self>, String> {
        let count = u32::try_from(earlier.extends.len()).unwrap_or(u32::MAX);
        let (number, of) = (count.saturating_add(1), profile.most_looks());
        if number > of {
            return Err(format!(
                "the profile allows {of} looks, and this is look {number}"
            ));
        }
        let heads: BTreeSet<&Digest> = earlier.extends.iter().collect();
        if heads.len() != earlier.extends.len() {
            return Err("it extends one run twice".to_owned());
        }
        if profile.looks.is_empty() {
            return Ok(None);
        }
        let confidence = (1..=number).map(|look| profile.confidence_at(look));
        let (confidence, spent) = (confidence.collect(), profile.spent_by(number));
        Ok(
            Option::zip(confidence, spent).map(|(confidence, spent)| Self {
                number,
                of,
                confidence,
                spent,
                extends: earlier.extends.clone(),
                suites: earlier.suites.clone(),
            }),
        )
    }

    /// What it extends.
    #[must_use]
    pub fn earlier(&self) -> Earlier {
        Earlier {
            extends: self.extends.clone(),
            suites: self.suites.clone(),
        }
    }
}

/// The look that follows `earlier` in a run of `suites` under `profile`. None where the profile has no
/// looks.
///
/// # Errors
/// Why there is no such look. Reads after "it is no look that the profile allows: ".
pub(super) fn look(
    profile: &Profile,
    suites: &[&Suite],
    options: &Options,
    earlier: &Earlier,
) -> Result<Option<Look>, String> {
    let look = Look::after(earlier, profile)?;
    let number = look.as_ref().map_or(1, |look| look.number);
    check(suites, options, &earlier.suites, number)?;
    Ok(look)
}

/// Whether each extended suite can have been extended so, and this look extends one.
fn check(
    suites: &[&Suite],
    options: &Options,
    extended: &BTreeMap<String, Extended>,
    number: u32,
) -> Result<(), String> {
    for (id, one) in extended {
        if suites.iter().all(|suite| suite.id != *id) {
            return Err(format!("suite `{id}` is not one of the run's"));
        }
        if !(2..=number).contains(&one.look) {
            let look = one.look;
            return Err(format!(
                "suite `{id}` was extended at look {look}, of 2 to {number}"
            ));
        }
        let same_tier = one.tier == options.tier;
        let fewer = |limit: u32| one.families < limit || (same_tier && one.families == limit);
        if one.tier < options.tier || options.limit.is_some_and(fewer) {
            return Err(format!("suite `{id}` has no more cases than before"));
        }
    }
    let mut looks = extended.values().map(|one| one.look);
    if number > 1 && !looks.any(|look| look == number) {
        return Err(format!("look {number} adds no case"));
    }
    Ok(())
}
