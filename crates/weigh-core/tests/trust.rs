//! Policies and approvals: who is counted, how often, and when.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

mod policies;

use policies::{Table, signatures, time};
use weigh_core::digest::Digest;
use weigh_core::time::Timestamp;
use weigh_core::trust::{Approval, Policy, parse};

/// Keys of these tests are named and not real: what is no key begins with `no`.
fn key(pem: &str) -> Result<Digest, String> {
    if pem.starts_with("no") {
        return Err("it is none".to_owned());
    }
    // A key may be written in two ways, as PEM with other line ends.
    Ok(Digest::of(pem.trim_end().as_bytes()))
}

fn policy(text: &str) -> Policy {
    parse("trust.toml", text.as_bytes(), &key).unwrap_or_else(|found| panic!("{found:#?}"))
}

fn at(day: &str) -> Timestamp {
    Timestamp(time(day))
}

fn approvals(given: &str) -> Vec<Approval> {
    let one = |(name, at)| Approval {
        keyid: key(name).unwrap(),
        at: Timestamp(at),
    };
    signatures(given).map(one).collect()
}

/// Who approves, and whether that is enough.
#[test]
fn authorities_are_counted() {
    let table = Table::read();
    assert!(table.approvals.len() >= 30);
    for row in &table.approvals {
        let policy = policy(&table.policy(&row.policy));
        let found = policy.recognise(&approvals(&row.given), &at(&row.now));
        let names: Vec<&str> = found.approving.iter().map(String::as_str).collect();
        assert_eq!(
            (names.join(" "), found.recognised),
            (row.by.clone(), row.enough),
            "{}",
            row.what
        );
    }
}

/// A threshold of 0 is read by nobody; in a policy that was made by hand it passes nobody.
#[test]
fn a_threshold_of_0_passes_nobody() {
    let mut open = policy(&Table::read().policy("coast"));
    open.groups[1].threshold = 0;
    let given = approvals("mz-1@2026-11-01 tz-2@2026-11-02 so-1@2026-11-02");
    assert!(!open.recognise(&given, &at("2026-11-28")).recognised);
}

/// Who must have signed a new policy.
#[test]
fn a_policy_gives_way_to_a_newer_one() {
    let table = Table::read();
    for row in &table.rotations {
        let (from, to) = (table.policy(&row.from), table.policy(&row.to));
        let signed = row.signed.split_whitespace();
        let signed = signed.map(|name| key(name).unwrap()).collect();
        let found = policy(&from).gives_way(&policy(&to), &signed, &at(&row.now));
        let said = found.err().map_or(String::new(), |fault| fault.to_string());
        assert!(
            said.contains(&row.found) && said.is_empty() == row.found.is_empty(),
            "{}: {said}",
            row.what
        );
    }
}

#[test]
fn every_way_a_policy_is_wrong() {
    let table = Table::read();
    for row in &table.refused {
        let found = parse("trust.toml", table.refused(row).as_bytes(), &key).unwrap_err();
        let place = |d: &weigh_core::diagnostic::Diagnostic| {
            format!("{}:{} {} {}", d.line, d.column, d.code, d.message)
        };
        let said: Vec<String> = found.iter().map(place).collect();
        assert!(said[0].starts_with(&row.found), "{}: {said:#?}", row.new);
    }
}
