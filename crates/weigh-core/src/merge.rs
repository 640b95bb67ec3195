//! From the journals of all shards of a plan to what the journal of one run would hold.

use std::collections::BTreeMap;

use crate::event::{Opened, TrialRecord};
use crate::journal::Journal;
use crate::plan::{MOST_SHARDS, Plan, PlanHeader, Shard};
use crate::subject::Subject;
use crate::transcript::{self, FoldFault};

/// Missing shards that are named one by one.
const NAMED: usize = 10;

/// What all shards hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Every stretch of work: the first shard's first.
    pub opened: Vec<Opened>,
    /// The answers to every trial, in the order of the plan.
    pub trials: Vec<TrialRecord>,
}

/// Why journals are not all the shards of one run. A part is an index among those that were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeFault {
    /// One of them cannot be merged.
    Part {
        /// Which one.
        part: usize,
        /// Why.
        why: PartFault,
    },
    /// Shards that are not there, by their numbers.
    Missing {
        /// Their numbers.
        shards: Vec<u32>,
        /// How many there must be.
        of: u32,
    },
}

/// Why one journal cannot be merged. Reads after "FOLDER: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartFault {
    /// It holds a whole run.
    #[error("it is a whole run and no shard")]
    Whole,
    /// It is a shard of another number of them.
    #[error("it is {found}, and the plan is shared among {of}")]
    OtherCount {
        /// The shard.
        found: Shard,
        /// How many shards there are.
        of: u32,
    },
    /// It was there already.
    #[error("{shard} stands there again")]
    Doubled {
        /// The shard.
        shard: Shard,
    },
    /// Another model answered.
    #[error("its model is `{now}` and that of {first} `{began}`, whose {differs} is another")]
    Subject {
        /// The shard with the first model.
        first: Shard,
        /// Name of the first model.
        began: String,
        /// Name of its model.
        now: String,
        /// What differs first.
        differs: String,
    },
    /// It is not complete.
    #[error(
        "{shard} is incomplete: {answered} of {planned} trials are answered, and it has no seal"
    )]
    Incomplete {
        /// The shard.
        shard: Shard,
        /// Trials that it has answered.
        answered: usize,
        /// Trials of its share.
        planned: usize,
    },
    /// It is no record of its share of the plan.
    #[error("{0}")]
    Record(#[from] FoldFault),
}

/// Puts the journals of all shards of the plan together. `assigned` are the numbers of the shards
/// that ask its trials, in its order, for a number of shards. A part that could not be read is
/// none; somebody else has said why.
///
/// What machines and how they computed may differ, as in a run that was resumed elsewhere; model
/// and plan may not.
///
/// # Errors
/// Everything that is in the way.
pub fn merge(
    plan: &Plan,
    assigned: impl Fn(u32) -> Vec<u32>,
    parts: &[Option<Journal>],
) -> Result<Merged, Vec<MergeFault>> {
    let mut faults = Vec::new();
    let read = || parts.iter().flatten();
    let of = read().find_map(|part| part.header.shard).map(Shard::of);
    let homes = of.map(&assigned).unwrap_or_default();
    let mut shards: BTreeMap<u32, &Journal> = BTreeMap::new();
    let mut first: Option<(Shard, &Subject)> = None;
    for (part, journal) in parts.iter().enumerate() {
        let Some(journal) = journal else { continue };
        let mut fault = |why| faults.push(MergeFault::Part { part, why });
        let shard = match own_shard(plan, journal, of) {
            Ok(shard) => shard,
            Err(why) => {
                fault(why);
                continue;
            }
        };
        if shards.insert(shard.index(), journal).is_some() {
            fault(PartFault::Doubled { shard });
            continue;
        }
        if let Some(opened) = journal.opened.first() {
            let known = *first.get_or_insert((shard, &opened.subject));
            same_subject(known, &opened.subject).unwrap_or_else(&mut fault);
        }
        check(&plan.part(&homes, shard), shard, journal).unwrap_or_else(fault);
    }
    let missing = missing(of.unwrap_or_default(), &shards);
    let unread = parts.iter().any(Option::is_none);
    if let Some(of) = of.filter(|_| !missing.is_empty() && !unread) {
        let shards = missing;
        faults.push(MergeFault::Missing { shards, of });
    }
    match of {
        Some(_) if faults.is_empty() && !unread => Ok(together(shards.into_values())),
        Some(_) | None => Err(faults),
    }
}

/// The shard that a journal is, if it is one of this plan and of so many.
fn own_shard(plan: &Plan, journal: &Journal, of: Option<u32>) -> Result<Shard, PartFault> {
    let header = &journal.header;
    let shard = header.shard.ok_or(PartFault::Whole)?;
    let whole = PlanHeader {
        shard: None,
        ..header.clone()
    };
    if let Some(difference) = transcript::difference(&plan.header, &whole) {
        return Err(PartFault::Record(FoldFault::Plan(difference)));
    }
    match of {
        Some(of) if of != shard.of() => Err(PartFault::OtherCount { found: shard, of }),
        Some(_) | None => Ok(shard),
    }
}

fn same_subject((first, began): (Shard, &Subject), now: &Subject) -> Result<(), PartFault> {
    began.difference(now).map_or(Ok(()), |differs| {
        Err(PartFault::Subject {
            first,
            began: began.name.clone(),
            now: now.name.clone(),
            differs,
        })
    })
}

/// Whether a journal is the complete record of its share.
fn check(share: &Plan, shard: Shard, journal: &Journal) -> Result<(), PartFault> {
    if journal.sealed.is_none() {
        return Err(PartFault::Incomplete {
            shard,
            answered: journal.trials.len(),
            planned: share.trials.len(),
        });
    }
    transcript::fold(share, journal)?;
    Ok(())
}

fn missing(of: u32, shards: &BTreeMap<u32, &Journal>) -> Vec<u32> {
    let all = 1..=of.min(MOST_SHARDS);
    all.filter(|index| !shards.contains_key(index)).collect()
}

/// What complete shards hold, in their order. Every trial of the plan stands in one of them.
fn together<'j>(shards: impl Iterator<Item = &'j Journal>) -> Merged {
    let (mut opened, mut trials) = (Vec::new(), Vec::new());
    for shard in shards {
        opened.extend(shard.opened.iter().cloned());
        trials.extend(shard.trials.iter().cloned());
    }
    trials.sort_unstable_by(|a: &TrialRecord, b| a.trial.cmp(&b.trial));
    Merged { opened, trials }
}

/// The numbers of missing shards in words: the first few, and how many more there are.
#[must_use]
pub fn missing_in_words(shards: &[u32], of: u32) -> String {
    let named = shards.iter().take(NAMED).map(ToString::to_string);
    let mut list = named.collect::<Vec<_>>().join(", ");
    let more = shards.len().saturating_sub(NAMED);
    if more > 0 {
        list.push_str(&format!(" and {more} more"));
    }
    match shards {
        [_] => format!("shard {list} of {of} is missing"),
        _ => format!("shards {list} of {of} are missing"),
    }
}
