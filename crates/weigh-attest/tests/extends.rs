//! A record that extends another one: valid alone, and held to the one before where that is given.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

mod town;

use std::collections::BTreeMap;

use tempfile::TempDir;
use town::{Town, answer, opened, salt};
use weigh_attest::keys::Algorithm;
use weigh_attest::record;
use weigh_attest::verify::{Kind, Wanted, verify_files};
use weigh_core::energy::Energy;
use weigh_core::event::{Event, Sealed, Timestamp, TrialRecord};
use weigh_core::journal::{self, Chain};
use weigh_core::plan::{Earlier, Extended, Options, Plan, plan_look};
use weigh_core::request::Response;
use weigh_core::suite::Tier;
use weigh_core::transcript;

const SUMS: &str = "reliability/sums";

/// The plan of a run with one family of each suite, or of what extends it.
fn plan(town: &Town, earlier: &Earlier, seed: u64) -> Plan {
    let options = Options {
        tier: Tier::Quick,
        limit: Some(1),
        languages: Vec::new(),
        seed,
    };
    let (laboratory, harness) = (BTreeMap::new(), env!("CARGO_PKG_VERSION"));
    plan_look(
        &town.suites,
        &town.profile,
        &options,
        earlier,
        &laboratory,
        harness,
    )
    .unwrap()
}

/// Issues the record of `plan` that begins with `carried`; every other trial is answered after it.
fn issue(town: &mut Town, plan: &Plan, carried: &[Event]) {
    let mut events = vec![Event::Planned(Box::new(plan.header.clone()))];
    events.extend(carried.iter().cloned());
    events.push(opened("Abacus"));
    let done = |id: &str| {
        let mut carried = carried.iter();
        carried.any(|event| matches!(event, Event::Trial(record) if record.trial == id))
    };
    for trial in plan.trials.iter().filter(|trial| !done(&trial.id)) {
        events.push(Event::Trial(TrialRecord {
            trial: trial.id.clone(),
            responses: trial.requests.iter().map(answer).collect(),
        }));
    }
    let of = |id: &str| {
        events.iter().find_map(|event| {
            if let Event::Trial(record) = event
                && record.trial == id
            {
                return Some(record.responses.clone());
            }
            None
        })
    };
    let responses: Vec<Option<Vec<Response>>> = plan.trials.iter().map(|t| of(&t.id)).collect();
    events.push(Event::Sealed(Sealed {
        trials: plan.header.trials,
        judgements: 0,
        transcript: transcript::root(plan, &responses),
        salt: salt("Abacus"),
        energy: Some(Energy::NotMeasured(
            "an earlier run is part of it".to_owned(),
        )),
        at: Timestamp("2026-01-02T00:00:00Z".to_owned()),
    }));
    let mut chain = Chain::new();
    let lines = events.iter().map(|event| chain.encode(event).unwrap());
    let bytes = lines.collect::<Vec<_>>().concat();
    town.files.files.insert(record::JOURNAL, bytes);
    town.issue();
}

/// A first look, in a folder, and what is carried over from it.
struct First {
    folder: TempDir,
    earlier: Earlier,
    carried: Vec<Event>,
}

fn first(town: &mut Town, seed: u64) -> First {
    let plan = plan(town, &Earlier::default(), seed);
    issue(town, &plan, &[]);
    let folder = tempfile::tempdir().unwrap();
    town.write(folder.path());
    let journal = journal::parse(&town.files.files[record::JOURNAL]).unwrap();
    let openings = journal
        .opened
        .into_iter()
        .map(|one| Event::Opened(Box::new(one)));
    let extended = Extended {
        tier: Tier::Quick,
        families: 2,
        look: 2,
    };
    First {
        folder,
        earlier: Earlier {
            extends: vec![journal.head],
            suites: BTreeMap::from([(SUMS.to_owned(), extended)]),
        },
        carried: openings
            .chain(journal.trials.into_iter().map(Event::Trial))
            .collect(),
    }
}

/// The faults of the record in `town`, held to the one in `folder`.
fn faults(town: &Town, folder: &TempDir) -> Vec<String> {
    let wanted = Wanted {
        extends: Some(folder.path()),
        ..Wanted::default()
    };
    match verify_files(&town.files, &wanted, Vec::new()) {
        Ok(_) => Vec::new(),
        Err(fault) => {
            assert!(fault.faults.iter().all(|fault| fault.kind == Kind::Extends));
            fault
                .faults
                .into_iter()
                .map(|fault| fault.message)
                .collect()
        }
    }
}

#[test]
fn a_look_is_valid_alone_and_beside_the_one_before() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let First {
        folder,
        earlier,
        carried,
    } = first(&mut town, 7);
    assert_eq!(
        faults(&town, &folder),
        ["the report is a first look and extends nothing"]
    );
    let next = plan(&town, &earlier, 7);
    issue(&mut town, &next, &carried);
    let alone = verify_files(&town.files, &Wanted::default(), Vec::new()).unwrap();
    let look = alone.report.plan.look.unwrap();
    assert_eq!((look.number, look.extends), (2, earlier.extends));
    assert!(alone.unchecked.iter().any(|check| check.what == "extends"));
    assert_eq!(faults(&town, &folder), Vec::<String>::new());
}

#[test]
fn what_was_not_carried_over_is_seen() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let First {
        folder,
        earlier,
        carried,
    } = first(&mut town, 7);
    let next = plan(&town, &earlier, 7);
    let answers = "not all of its answers are carried over unchanged";
    let openings = "its openings are not carried over";
    // Every answer given anew, an answer changed, another order, the opening left out.
    issue(&mut town, &next, &carried[..1]);
    assert_eq!(faults(&town, &folder), [answers]);
    let mut changed = carried.clone();
    if let Some(Event::Trial(record)) = changed.last_mut() {
        let last = record.responses.last_mut().unwrap();
        *last = Response::Failed(weigh_core::request::Failure::NotFinite);
    }
    issue(&mut town, &next, &changed);
    assert_eq!(faults(&town, &folder), [answers]);
    let mut turned = carried.clone();
    turned[1..].reverse();
    issue(&mut town, &next, &turned);
    assert_eq!(faults(&town, &folder), [answers]);
    issue(
        &mut town,
        &next,
        &[&[opened("Abacus")], &carried[1..]].concat(),
    );
    assert_eq!(faults(&town, &folder), Vec::<String>::new());
    let mut later = carried.clone();
    if let Event::Opened(opened) = &mut later[0] {
        opened.at = Timestamp("2026-01-01T12:00:00Z".to_owned());
    }
    issue(&mut town, &next, &later);
    assert_eq!(faults(&town, &folder), [openings]);
}

#[test]
fn another_run_is_not_the_one_before() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let other = first(&mut town, 8);
    let First {
        earlier,
        carried,
        folder,
    } = first(&mut town, 7);
    let next = plan(&town, &earlier, 7);
    issue(&mut town, &next, &carried);
    let found = faults(&town, &other.folder);
    assert!(
        found
            .iter()
            .any(|text| text.starts_with("the report extends other journals"))
    );
    assert!(
        found
            .iter()
            .any(|text| text.starts_with("suites, profile, options"))
    );
    // A journal that is not there, not whole, or cut.
    let journal = folder.path().join(record::JOURNAL);
    let bytes = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, &bytes[..bytes.len() - 9]).unwrap();
    assert_eq!(faults(&town, &folder), ["its run is not sealed"]);
    std::fs::write(&journal, "{}\n").unwrap();
    assert!(faults(&town, &folder)[0].starts_with("cannot read the journal"));
}
