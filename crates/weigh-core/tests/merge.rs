//! Shards of a plan, put together: what comes out is the journal of one run, or nothing does.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

mod sample;

use std::collections::BTreeMap;

use proptest::prelude::*;
use weigh_core::digest::Digest;
use weigh_core::event::{Event, Opened, Sealed, Timestamp, TrialRecord};
use weigh_core::journal::{Chain, Journal, parse};
use weigh_core::merge::{MergeFault, merge, missing_in_words};
use weigh_core::opening::Salt;
use weigh_core::plan::{Plan, Shard};
use weigh_core::transcript::{self, fold};

/// What one machine wrote: the plan, its openings, the trials in their order, perhaps the seal.
fn events(plan: &Plan, opened: &[Opened], trials: &[TrialRecord], sealed: bool) -> Vec<Event> {
    let mut events = vec![Event::Planned(Box::new(plan.header.clone()))];
    let opened = opened.iter().cloned();
    events.extend(opened.map(|opened| Event::Opened(Box::new(opened))));
    events.extend(trials.iter().cloned().map(Event::Trial));
    let leaf = |trial: &TrialRecord| Some(transcript::leaf(&trial.trial, &trial.responses));
    let mut trials = trials.to_vec();
    trials.sort_by(|a, b| a.trial.cmp(&b.trial));
    let leaves: Vec<_> = trials.iter().map(leaf).collect();
    events.extend(sealed.then(|| {
        Event::Sealed(Sealed {
            trials: leaves.len() as u64,
            judgements: 0,
            transcript: transcript::whole_root(&leaves, &BTreeMap::new()),
            salt: Salt::from_bytes([7; 32]),
            energy: None,
            at: Timestamp("2026-01-01T00:00:09Z".into()),
        })
    }));
    events
}

fn journal(events: &[Event]) -> Journal {
    let mut chain = Chain::new();
    let lines = events.iter().map(|event| chain.encode(event).unwrap());
    parse(&lines.collect::<Vec<_>>().concat()).unwrap()
}

fn record(plan: &Plan, place: usize) -> TrialRecord {
    TrialRecord {
        trial: plan.trials[place].id.clone(),
        responses: sample::answers(&plan.trials[place]),
    }
}

fn records(plan: &Plan) -> Vec<TrialRecord> {
    (0..plan.trials.len()).map(|n| record(plan, n)).collect()
}

/// The events of a complete shard that answered its trials in the opposite order.
fn shard(plan: &Plan, homes: &[u32], index: u32, of: u32) -> Vec<Event> {
    let part = plan.part(homes, Shard::new(index, of).unwrap());
    let mut trials = records(&part);
    trials.reverse();
    events(&part, &[sample::opened()], &trials, true)
}

/// Every shard of a plan by `homes`.
fn shards(plan: &Plan, homes: &[u32], of: u32) -> Vec<Option<Journal>> {
    let shard = |index| Some(journal(&shard(plan, homes, index, of)));
    (1..=of).map(shard).collect()
}

proptest! {
    /// However trials are assigned and in whatever order folders are named: what a whole run
    /// answers, in the plan's order.
    #[test]
    fn all_shards_are_one_run(
        of in 1_u32..7, texts in 0_usize..9, homes in prop::collection::vec(1_u32..7, 9 + 8),
        swaps in prop::collection::vec((0_usize..6, 0_usize..6), 0..6),
    ) {
        let plan = sample::plan(8, texts);
        let homes: Vec<u32> = homes.iter().map(|home| 1 + home % of).collect();
        let mut parts = shards(&plan, &homes, of);
        for (one, other) in swaps {
            let count = parts.len();
            parts.swap(one % count, other % count);
        }
        let merged = merge(&plan, |_| homes.clone(), &parts).unwrap();
        prop_assert_eq!(&merged.trials, &records(&plan));
        prop_assert_eq!(merged.opened.len(), of as usize);
        let whole = journal(&events(&plan, &merged.opened, &merged.trials, true));
        let once = journal(&events(&plan, &[sample::opened()], &records(&plan), true));
        let (mut whole, mut once) = (fold(&plan, &whole).unwrap(), fold(&plan, &once).unwrap());
        (whole.opened, once.opened) = (vec![], vec![]);
        prop_assert_eq!(whole, once);
    }

    /// One that is missing or named twice is named, whichever it is, and nothing comes out.
    #[test]
    fn no_shard_is_lost_or_counted_twice(
        of in 2_u32..7, homes in prop::collection::vec(1_u32..7, 10), which in 0_usize..6,
    ) {
        let plan = sample::plan(8, 2);
        let homes: Vec<u32> = homes.iter().map(|home| 1 + home % of).collect();
        let which = which % of as usize;
        let mut parts = shards(&plan, &homes, of);
        let part = parts.remove(which);
        let told = merge(&plan, |_| homes.clone(), &parts).unwrap_err();
        let shards = vec![which as u32 + 1];
        prop_assert_eq!(&told, &[MergeFault::Missing { shards, of }]);
        parts.extend([part.clone(), part]);
        let told = merge(&plan, |_| homes.clone(), &parts).unwrap_err();
        let last = parts.len() - 1;
        let doubled = matches!(told[..], [MergeFault::Part { part, .. }] if part == last);
        prop_assert!(doubled, "{:?}", told);
    }
}

/// What is told of four shards of ten trials of which `change` changes the events of the second.
fn told(change: impl Fn(&mut Vec<Event>)) -> String {
    let plan = sample::plan(8, 2);
    let homes: Vec<u32> = (0..10).map(|n| 1 + n % 4).collect();
    let mut parts = shards(&plan, &homes, 4);
    let mut changed = shard(&plan, &homes, 2, 4);
    change(&mut changed);
    parts[1] = Some(journal(&changed));
    let faults = merge(&plan, |_| homes.clone(), &parts).unwrap_err();
    let faults = faults.iter().map(|fault| match fault {
        MergeFault::Part { part, why } => format!("{part}: {why}"),
        MergeFault::Missing { shards, of } => missing_in_words(shards, *of),
    });
    faults.collect::<Vec<_>>().join("\n")
}

fn planned(events: &mut [Event], change: impl Fn(&mut weigh_core::plan::PlanHeader)) {
    if let Event::Planned(header) = &mut events[0] {
        change(header);
    }
}

#[test]
fn every_fault_says_which_shard_and_why() {
    let other_model = |events: &mut Vec<Event>| {
        if let Event::Opened(opened) = &mut events[1] {
            opened.subject.files[0].sha256 = Digest::of(b"other");
        }
    };
    let plan = sample::plan(8, 2);
    let stranger = record(&plan, 0);
    let messages = [
        told(|events| planned(events, |plan| plan.shard = None)),
        told(|events| planned(events, |plan| plan.shard = Shard::new(2, 5).ok())),
        told(|events| planned(events, |plan| plan.shard = Shard::new(3, 4).ok())),
        told(|events| planned(events, |plan| plan.options.seed = 8)),
        told(|events| planned(events, |plan| plan.nonce = Some("n".into()))),
        told(other_model),
        told(|events| drop(events.pop())),
        told(|events| events.truncate(1)),
        told(|events| drop(events.remove(2))),
        told(|events| events.insert(2, Event::Trial(stranger.clone()))),
        missing_in_words(&(2..=40).collect::<Vec<u32>>(), 40),
    ];
    insta::assert_snapshot!(messages.join("\n\n"));
}

/// Nothing is said to be missing while a folder cannot be read: it may be that one.
#[test]
fn a_part_that_cannot_be_read_is_no_record() {
    let plan = sample::plan(4, 0);
    let homes = vec![1, 1, 2, 2];
    let mut parts = shards(&plan, &homes, 2);
    parts[1] = None;
    assert_eq!(merge(&plan, |_| homes.clone(), &parts), Err(vec![]));
    assert_eq!(merge(&plan, |_| homes.clone(), &[]), Err(vec![]));
}

/// Machines may differ; that they did stands in what is merged, the first shard's first.
#[test]
fn conditions_may_differ() {
    let plan = sample::plan(4, 0);
    let homes = vec![1, 1, 2, 2];
    let mut parts = shards(&plan, &homes, 2);
    let mut other = shard(&plan, &homes, 2, 2);
    if let Event::Opened(opened) = &mut other[1] {
        opened.conditions.insert("device".into(), "cuda".into());
    }
    parts[1] = Some(journal(&other));
    parts.reverse();
    let merged = merge(&plan, |_| homes.clone(), &parts).unwrap();
    let devices = merged
        .opened
        .iter()
        .map(|o| o.conditions["device"].as_str());
    assert_eq!(devices.collect::<Vec<_>>(), ["cpu", "cuda"]);
}
