//! What is told of a valid record: what was checked, what was left open, and what a reader should know.

use std::collections::BTreeMap;

use weigh_core::plan::PlannedProfile;
use weigh_core::report::Report;
use weigh_core::text::visible_line;
use weigh_core::trust::Standing;

use super::again::Derived;
use super::recognition::{Countersigned, Recognised, in_words};
use super::signature::{Signed, enclosed_key};
use super::wrappings::foreign;
use super::{Check, Trust, Wanted};
use crate::keys::PublicKey;
use crate::record::{self, RecordFiles};
use crate::svr;

pub(super) fn checks(
    files: &RecordFiles,
    wanted: &Wanted<'_>,
    signed: &Signed,
    derived: &Derived,
    recognised: &Recognised,
) -> Vec<Check> {
    let (report, size) = (&derived.report, derived.bytes.len());
    let mut all = Vec::new();
    let mut add = |what, found: String| all.push(check(what, &found));
    if let Some(key) = &signed.key {
        add(
            "signature",
            format!("good: {}, key {}", key.algorithm(), key.keyid()),
        );
    }
    add(
        "statement",
        format!("{size} bytes, and report.json is the same"),
    );
    for name in [record::BUNDLE, record::ATTESTATIONS] {
        if files.get(name).is_some() {
            add(
                "wrapping",
                format!("{name} holds the same, by the same key"),
            );
        }
    }
    all.extend(evidence(files, derived));
    let mut add = |what, found: String| all.push(check(what, &found));
    if let Some(amended) = report.amendment.as_ref().filter(|_| !derived.withheld) {
        let (replaces, reason) = (&amended.replaces, &amended.reason);
        add(
            "amendment",
            format!(
                "replaces {} of {} (statement {}): {reason}",
                replaces.id, replaces.issued.0, replaces.statement
            ),
        );
    }
    all.extend(as_wanted(wanted, report, recognised));
    all
}

/// What was checked besides the record itself.
fn as_wanted(wanted: &Wanted<'_>, report: &Report, recognised: &Recognised) -> Vec<Check> {
    let mut all = Vec::new();
    let mut add = |what, found: String| all.push(check(what, &found));
    if let Some(recognition) = &recognised.recognition {
        for one in &recognition.counted {
            add("authority", in_words(one));
        }
    }
    let counts = |one: &&Countersigned| one.counted.standing == Some(Standing::Good);
    for one in recognised.countersigned.iter().filter(counts) {
        let (who, at) = (one.counted.authority.as_deref(), &one.counted.at.0);
        let properties: Vec<String> = one.properties.iter().map(|p| svr::in_words(p)).collect();
        let properties = properties.join(", ");
        add(
            "says",
            // A name that its signer chose stands in quotes, so that it reads as nothing else.
            format!(
                "{} as {:?}, {at}: {properties}",
                who.unwrap_or_default(),
                one.verifier
            ),
        );
    }
    if wanted.model.is_some() {
        let files = report.subject.files.len();
        add(
            "model",
            format!("the files on the desk are those that were tested ({files})"),
        );
    }
    if let Some((days, _)) = wanted.most_days {
        add(
            "age",
            format!("at most {days} days, sealed {}", report.record.sealed.0),
        );
    }
    if let Some(nonce) = wanted.nonce {
        add("nonce", format!("`{nonce}`, as wanted"));
    }
    if let (Some(_), Some(look)) = (wanted.extends, &report.plan.look) {
        let before = look.number.saturating_sub(1);
        add(
            "extends",
            format!(
                "look {before} of {}, with every answer carried over",
                look.of
            ),
        );
    }
    all
}

/// What the report was held against.
fn evidence(files: &RecordFiles, derived: &Derived) -> Vec<Check> {
    let Derived { report, bytes, .. } = derived;
    let PlannedProfile { id, version, .. } = &report.plan.profile;
    if derived.withheld {
        let follow =
            format!("{id} {version}, as planned: findings and verdict follow from the figures");
        let profile = files.get(record::PROFILE);
        return profile
            .map(|_| check("profile", &follow))
            .into_iter()
            .collect();
    }
    let suite_files: usize = files.suites.values().map(BTreeMap::len).sum();
    let (head, lines) = (report.record.journal_head, report.record.journal_lines);
    let (trials, suites, size) = (report.plan.trials, files.suites.len(), bytes.len());
    [
        (
            "journal",
            format!("{lines} lines, chained and sealed, head {head}"),
        ),
        (
            "trials",
            format!("{trials} planned, each answered once and none else"),
        ),
        (
            "suites",
            format!("{suites} with {suite_files} files, as planned"),
        ),
        ("profile", format!("{id} {version}, as planned")),
        (
            "report",
            format!("derived again with every figure and the verdict: the same {size} bytes"),
        ),
    ]
    .map(|(what, found)| check(what, &found))
    .to_vec()
}

/// What was left open, and how to close it.
pub(super) fn unchecked(
    files: &RecordFiles,
    wanted: &Wanted<'_>,
    report: &Report,
    recognised: &Recognised,
) -> Vec<Check> {
    let mut all = Vec::new();
    let mut add = |what, found: &str| all.push(check(what, found));
    for name in [record::BUNDLE, record::ATTESTATIONS] {
        if files.get(name).is_none() {
            add("wrapping", &format!("{name} is not there"));
        }
    }
    if wanted.policy.is_none() {
        add(
            "authority",
            "who recognises the report: give a trust policy by --policy",
        );
    }
    for one in &recognised.passed_over {
        add("says", &one.to_string());
    }
    let more = recognised
        .unknown
        .saturating_sub(recognised.passed_over.len());
    if more > 0 {
        add(
            "says",
            &format!("{more} further attestations, by nobody who is known here"),
        );
    }
    if wanted.model.is_none() {
        add(
            "model",
            "whether the model on the desk is the one that was tested: --model PATH",
        );
    }
    if wanted.most_days.is_none() {
        add("age", "how old the report may be: --max-age DAYS");
    }
    if wanted.nonce.is_none() {
        add("nonce", "whether the run was made for you: --nonce TEXT");
    }
    let extended = report.plan.look.as_ref().filter(|look| look.number > 1);
    if let Some(look) = extended.filter(|_| wanted.extends.is_none()) {
        let before = look.number.saturating_sub(1);
        add(
            "extends",
            &format!("whether look {before} is carried over unchanged: --extends RECORD"),
        );
    }
    add(
        "answers",
        "whether the model really gave them: `weigh recheck` asks it again",
    );
    all
}

pub(super) fn check(what: &'static str, found: &str) -> Check {
    Check {
        what,
        found: visible_line(found).into_owned(),
    }
}

pub(super) fn notes(files: &RecordFiles, signed: &Signed) -> Vec<String> {
    let mut notes = Vec::new();
    let enclosed = enclosed_key(files, &mut Vec::new());
    match signed.trust {
        Trust::Enclosed => notes.push(
            "the key came with the record: nothing was changed since it was signed, but by whom is \
             not shown; ask the signer for the key and give it with --key"
                .to_owned(),
        ),
        Trust::Given if enclosed.is_some() && enclosed != signed.key => {
            notes.push(format!("{} is another key than the one given", record::PUBLIC_KEY));
        }
        Trust::Given | Trust::Policy => {}
    }
    let ours = signed.key.as_ref().map(PublicKey::keyid);
    let mut foreign = foreign(files, signed);
    if files
        .get(record::ENVELOPE)
        .zip(ours)
        .is_none_or(|(bytes, ours)| !signed.envelope.is_ours(bytes, ours))
    {
        foreign.push(record::ENVELOPE);
    }
    notes.extend(foreign.into_iter().map(|name| {
        format!(
            "{name} is not written as weigh writes it: hints, other signatures and unknown fields \
             in it were not checked"
        )
    }));
    if !files.others.is_empty() {
        let others: Vec<&str> = files.others.iter().map(String::as_str).collect();
        notes.push(visible_line(&format!("not checked: {}", others.join(", "))).into_owned());
    }
    notes
}
