//! Whether a run extends the one that lies beside it: the same plan, and every answer carried over.
//!
//! The report names the heads of the journals that it extends. A head is a digest over all of a
//! journal, so whoever has the earlier record can tell whether it is that one, and what became of
//! its answers.

use std::path::Path;

use weigh_core::journal::{self, Journal};
use weigh_core::plan::{Look, PlanHeader};

use super::{Fault, Kind};
use crate::record::{self, RecordFiles};

/// Holds the journal of `files` to that of the record in `folder`.
pub(super) fn check_extends(folder: &Path, files: &RecordFiles, faults: &mut Vec<Fault>) {
    let place = folder.join(record::JOURNAL).display().to_string();
    let Some(bytes) = record::read_journal(folder, &place, faults) else {
        return;
    };
    let earlier = journal::parse(&bytes);
    let mut add = |message: String| faults.push(Fault::new(Kind::Extends, &place, message));
    let earlier = match earlier {
        Ok(earlier) if earlier.sealed.is_some() => earlier,
        Ok(_) => return add("its run is not sealed".to_owned()),
        Err(fault) => return add(format!("cannot read the journal: {fault}")),
    };
    match files.get(record::JOURNAL).map(journal::parse) {
        Some(Ok(now)) => check(&earlier, &now).into_iter().for_each(add),
        // What is wrong with it is told by whoever derives the report from it.
        Some(Err(_)) => {}
        None => add("the record beside it shows no journal to compare with".to_owned()),
    }
}

/// What does not fit, one sentence each.
fn check(earlier: &Journal, now: &Journal) -> Vec<String> {
    let mut found = Vec::new();
    let none = (Vec::new(), 1);
    let of = |look: &Look| (look.extends.clone(), look.number);
    let (mut heads, number) = earlier.header.look.as_ref().map_or(none, of);
    heads.push(earlier.head);
    let Some(look) = now.header.look.as_ref().filter(|look| look.number > 1) else {
        return vec!["the report is a first look and extends nothing".to_owned()];
    };
    if look.extends != heads {
        found.push(format!(
            "the report extends other journals than this one, which is look {number} with the head {}",
            earlier.head
        ));
    }
    if lasting(&earlier.header) != lasting(&now.header) {
        found.push("suites, profile, options, laboratory, cards or nonce are others".to_owned());
    }
    let before = earlier.header.look.as_ref().map(|look| &look.suites);
    let kept = |(id, one): (&String, &_)| before.and_then(|all| all.get(id)) == Some(one);
    let mut suites = look.suites.iter();
    if !suites.all(|(id, one)| one.look == look.number || kept((id, one))) {
        found.push("a suite says that it was extended at a look at which it was not".to_owned());
    }
    if !now.opened.starts_with(&earlier.opened) {
        found.push("its openings are not carried over".to_owned());
    }
    if !now.trials.starts_with(&earlier.trials) {
        found.push("not all of its answers are carried over unchanged".to_owned());
    }
    found
}

/// A plan without what an extension changes.
fn lasting(header: &PlanHeader) -> PlanHeader {
    let mut header = header.clone();
    header.look = None;
    (header.trials, header.requests) = (0, 0);
    header.digest = header.profile.digest;
    for suite in header.suites.values_mut() {
        suite.trials = 0;
    }
    header
}
