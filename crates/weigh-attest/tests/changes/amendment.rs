//! Amended reports: amendments changed, dropped, doubled, or put beside a report that has none.

use serde_json::Value;
use weigh_attest::record;
use weigh_core::digest::Digest;
use weigh_core::json;
use weigh_core::report::Amendment;

use super::{Change, Scene};

pub fn classes() -> Vec<(&'static str, Change)> {
    vec![
        ("amendments: beside a report that has none", |s| {
            let amendments = s.amendments();
            s.keep_amendments(&amendments);
        }),
        ("amendments: a byte", |s| {
            s.amend();
            let at = s.below(s.files.files[record::AMENDMENTS].len());
            let bit = 1 << s.below(8);
            s.file(record::AMENDMENTS)[at] ^= bit;
        }),
        ("amendments: white space", |s| {
            s.amend();
            let end = s.file(record::AMENDMENTS).len();
            let at = [0, end][s.below(2)];
            let space = b" \n\t"[s.below(3)];
            s.file(record::AMENDMENTS).insert(at, space);
        }),
        ("amendments: dropped", |s| {
            s.amend();
            s.files.files.remove(record::AMENDMENTS);
        }),
        ("amendments: one more or one fewer", |s| {
            let mut amendments = s.amendments();
            s.amend();
            if s.below(2) == 0 {
                amendments.pop();
            } else {
                amendments.extend(amendments.last().cloned());
            }
            s.keep_amendments(&amendments);
        }),
        ("amendments: another text", |s| {
            let mut amendments = s.amendments();
            s.amend();
            let place = s.below(amendments.len());
            change(s, &mut amendments[place]);
            s.keep_amendments(&amendments);
        }),
        ("amended: replaces another", |s| {
            s.amend();
            let replaces = ["id", "issued", "statement"][s.below(3)];
            let digits = ["f", "0", "7"][s.below(3)];
            edit_payload(s, |payload| {
                let value = &mut payload["predicate"]["amendment"]["replaces"][replaces];
                *value = match replaces {
                    "id" => format!("WH-{}", digits.repeat(16)),
                    "issued" => format!("2026-01-01T00:00:{digits:0>2}Z"),
                    _ => digits.repeat(64),
                }
                .into();
            });
        }),
        ("amended: the id of the first report", |s| {
            let id = s.id();
            s.amend();
            edit_payload(s, |payload| payload["predicate"]["id"] = id.into());
        }),
        ("amended: countersigned before it was issued", |s| {
            s.amend();
            let payload = Digest::of(&s.files.files[record::STATEMENT]);
            let second = s.below(60);
            let at = format!("2026-01-01T00:02:{second:02}Z");
            s.countersignature = super::countersigned(payload, &at, &s.second);
        }),
    ]
}

/// A record of an amended report is as good as any.
pub fn benign() -> Vec<(&'static str, Change)> {
    vec![("amended", Scene::amend)]
}

/// Edits the payload and signs it as the laboratory itself would.
fn edit_payload(s: &mut Scene, edit: impl FnOnce(&mut Value)) {
    let mut payload = serde_json::from_slice(&s.files.files[record::STATEMENT]).unwrap();
    edit(&mut payload);
    let payload = json::canonical(&payload).unwrap();
    s.sign(&payload, &s.town.key.clone());
}

/// Another date, reason or text of the laboratory.
fn change(s: &mut Scene, amendment: &mut Amendment) {
    match s.below(3) {
        0 => amendment.at.0.replace_range(17..19, "59"),
        1 => amendment.reason.push('.'),
        _ => drop(
            amendment
                .laboratory
                .insert("place".to_owned(), "Elsewhere".to_owned()),
        ),
    }
}
