//! Single cases that were opened, and records of which only the signed report was published.

use serde::Serialize;
use weigh_core::digest::Digest;
use weigh_core::measure::{Mark, MeasureName};
use weigh_core::opening::{self, Entry, Opening};
use weigh_core::plan::Look;
use weigh_core::report::Report;
use weigh_core::stats::Estimate;
use weigh_core::verdict::decide_at;

use super::again::{Derived, read_profile};
use super::checks::check;
use super::signature::Signed;
use super::{Check, Fault, Kind, Wanted};
use crate::record::{self, RecordFiles};
use crate::statement;

/// A case that was opened and proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// Its place in the plan, from 0.
    pub index: u64,
    /// How many cases the report commits to.
    pub count: u64,
    /// The case with what was asked and answered.
    pub entry: Entry,
    /// What the report's measures read in it, as far as they need no other case.
    pub marks: Vec<Mark>,
}

/// Faults of openings that are told: a file of the wrong kind has one on each line.
const MOST_TOLD: usize = 20;

/// What helps a reader of a report that was published without its journal and suites.
const HOW_WITHHELD: &str =
    "; where they are withheld, --opening checks what is published and a case that was opened";

/// Whether only the signed report is there, and cases of it are opened. Then what is not there is
/// withheld, not missing.
pub(super) fn is_withheld(
    files: &RecordFiles,
    wanted: &Wanted<'_>,
    faults: &mut Vec<Fault>,
) -> bool {
    let nothing = files.get(record::JOURNAL).is_none() && files.suites.is_empty();
    if !nothing {
        return false;
    }
    let is_missing = |fault: &Fault| fault.kind == Kind::Missing;
    if wanted.openings.is_empty() {
        let mut told = faults.iter_mut();
        if let Some(fault) = told.find(|fault| is_missing(fault) && fault.place == record::JOURNAL)
        {
            fault.message.push_str(HOW_WITHHELD);
        }
        return false;
    }
    let withheld = [record::JOURNAL, record::SUITES, record::PROFILE];
    faults.retain(|fault| !is_missing(fault) || !withheld.contains(&fault.place.as_str()));
    true
}

/// The report as it was signed, where nothing is there that it could be derived from. What it says
/// of itself must at least hold.
pub(super) fn stated(
    files: &RecordFiles,
    signed: &Signed,
    faults: &mut Vec<Fault>,
) -> Option<Derived> {
    // That it is no statement is told already.
    let report = statement::parse(signed.payload()).ok()?.predicate;
    let mut fault = |message: &str| {
        faults.push(Fault::new(Kind::Statement, record::ENVELOPE, message));
    };
    // What has no canonical form, as an integer from 2^53 on, is not in it.
    let bytes = statement::bytes(&report).ok();
    if bytes.as_deref() != Some(signed.payload()) {
        fault("what was signed is not canonical JSON");
    }
    let bytes = bytes?;
    if report.id_that_follows().as_ref() != Some(&report.id) {
        fault("its `id` does not follow from its `journal_head` or its `amendment`");
    }
    check_profile(files, &report, faults);
    Some(Derived {
        report,
        bytes,
        scored: Vec::new(),
        withheld: true,
    })
}

/// Holds the report to the profile, where that is there: it decides again by the signed figures.
fn check_profile(files: &RecordFiles, report: &Report, faults: &mut Vec<Fault>) {
    let planned = &report.plan.profile;
    let Some(profile) = read_profile(files, Some(&planned.id), faults) else {
        return;
    };
    let mut fault = |kind, message: &str| {
        faults.push(Fault::new(kind, record::PROFILE, message));
    };
    if profile.digest != planned.digest {
        fault(Kind::Derivation, "it is not the profile that was planned");
    }
    let look = report.plan.look.as_ref();
    let earlier = look.map(Look::earlier).unwrap_or_default();
    if Look::after(&earlier, &profile)
        .ok()
        .as_ref()
        .map(Option::as_ref)
        != Some(look)
    {
        fault(
            Kind::Derivation,
            "the report's look is not one of the profile's",
        );
    }
    let mut estimates = report.estimates.iter();
    let at_level = |estimate: &Estimate| {
        let level = profile.confidence_of(look, &estimate.suite);
        let mut interval = estimate.interval.iter();
        interval.all(|interval| Some(interval.level) == level)
    };
    if !estimates.all(at_level) {
        let message = "the intervals have another confidence than that of the profile's look";
        fault(Kind::Difference, message);
    }
    let number = look.map_or(1, |look| look.number);
    let (findings, verdict) = decide_at(&profile, &report.estimates, number);
    if findings != report.findings || verdict != report.verdict {
        let message = "other findings or another verdict follow by it from the signed figures";
        fault(Kind::Difference, message);
    }
}

/// Reads the openings that are given, one on each line of a file, and holds them to the report.
pub(super) fn check_openings(
    report: &Report,
    payload: Digest,
    wanted: &Wanted<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Opened> {
    let (mut places, mut openings) = (Vec::new(), Vec::new());
    let mut found = Vec::new();
    let fault = |place: &str, why: String| Fault::new(Kind::Opening, place, why);
    'files: for (name, bytes) in wanted.openings {
        let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        for (number, line) in text.split(|byte| *byte == b'\n').enumerate() {
            let place = format!("{name}, opening {}", number + 1);
            match Opening::parse(line) {
                Ok(opening) => {
                    places.push(place);
                    openings.push(opening);
                }
                Err(why) => found.push(fault(&place, why.to_string())),
            }
            if found.len() == MOST_TOLD {
                break 'files;
            }
        }
    }
    let unproved = opening::check(&openings, report, payload);
    let left = MOST_TOLD.saturating_sub(found.len());
    found.extend(unproved.iter().take(left).map(|(number, why)| {
        let place = places.get(*number).map_or("", String::as_str);
        fault(place, why.to_string())
    }));
    if let Some(last) = found.get_mut(MOST_TOLD - 1) {
        last.message.push_str("; no more are told");
    }
    faults.append(&mut found);
    if !faults.is_empty() {
        // Nothing is read in a case that may be anybody's.
        return Vec::new();
    }
    let opened = openings.into_iter().map(|opening| Opened {
        index: opening.index,
        count: opening.count,
        marks: opening.entry.marks(measures(report, &opening.entry.suite)),
        entry: opening.entry,
    });
    opened.collect()
}

/// The measures that the report has of a suite, each once.
fn measures(report: &Report, suite: &str) -> Vec<MeasureName> {
    let mut measures: Vec<MeasureName> = Vec::new();
    for estimate in &report.estimates {
        if estimate.suite == suite && !measures.contains(&estimate.measure) {
            measures.push(estimate.measure);
        }
    }
    measures
}

/// What is said of each opened case among what was checked.
pub(super) fn checks(opened: &[Opened]) -> Vec<Check> {
    let proved = opened.iter().map(|one| {
        let (trial, count) = (&one.entry.trial.trial, one.count);
        let text = format!(
            "{trial} is case {} of the {count} that the report commits to",
            one.index + 1
        );
        check("opening", &text)
    });
    proved.collect()
}

/// What nobody can check of a record that is withheld.
pub(super) fn unchecked(files: &RecordFiles, report: &Report) -> Vec<Check> {
    let mut all = withheld();
    if report.amendment.is_some() || files.get(record::AMENDMENTS).is_some() {
        all.push(check("amendment", "which report was amended, and how"));
    }
    if files.get(record::PROFILE).is_none() {
        let why = "withheld: that findings and verdict follow from the figures";
        all.push(check("profile", why));
    }
    all
}

fn withheld() -> Vec<Check> {
    [
        (
            "journal",
            "withheld: the chain, its seal, and that every planned case was answered once",
        ),
        (
            "suites",
            "withheld: all cases but those that were opened, and their digests",
        ),
        (
            "report",
            "every figure is as it was signed: nothing is there to derive it from",
        ),
        (
            "commitment",
            "that it was made of the cases that were run, each once: only the whole record shows it",
        ),
    ]
    .map(|(what, why)| check(what, why))
    .to_vec()
}
