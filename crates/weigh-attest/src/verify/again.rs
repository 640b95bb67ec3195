//! The second half: what do journal, suites and profile give, if they are read again?

use std::thread;

use weigh_core::diagnostic::{Diagnostic, Severity};
use weigh_core::event::Event;
use weigh_core::journal::{self, Journal, Reader};
use weigh_core::measure::Scored;
use weigh_core::profile::{self, Profile};
use weigh_core::report::{Report, ReportFault, derive_scored, read_amendments};
use weigh_core::suite::{self, Suite, SuiteFile};

use super::{Fault, Kind};
use crate::amend::follow;
use crate::record::{self, RecordFiles, SuiteFiles};
use crate::statement::{self, StatementFault};

/// Diagnostics of a suite or profile that are told: the rest is counted.
const TOLD: usize = 5;

/// What journal, suites and profile give.
pub(super) struct Derived {
    /// The report.
    pub report: Report,
    /// The outcomes that it follows from.
    pub scored: Vec<Scored>,
    /// The statement about it.
    pub bytes: Vec<u8>,
    /// Whether it was only read from what was signed, because all else is withheld.
    pub withheld: bool,
}

/// Derives the report a second time. None, with a fault, where something is in the way.
pub(super) fn derive_again(files: &RecordFiles, faults: &mut Vec<Fault>) -> Option<Derived> {
    let journal = read_journal(files, faults);
    let suites = read_suites(files, faults);
    let id = journal.as_ref().map(|journal| &journal.header.profile.id);
    let profile = read_profile(files, id.map(String::as_str), faults);
    let (journal, suites, profile) = (journal?, suites?, profile?);
    let (report, scored) = derive_scored(&journal, &suites, &profile)
        .map_err(|fault| {
            faults.push(Fault::new(
                Kind::Derivation,
                record::JOURNAL,
                fault.to_string(),
            ))
        })
        .ok()?;
    let report = amended(files, report, faults)?;
    let bytes = statement::bytes(&report);
    let bytes = bytes.map_err(|fault| unstated(&fault, faults)).ok()?;
    Some(Derived {
        report,
        scored,
        bytes,
        withheld: false,
    })
}

/// The fault of a folder that holds a shard of a run: it is told alone, because nothing else that a
/// record needs is there.
pub(super) fn part(files: &RecordFiles) -> Option<Fault> {
    let mut lines = files.get(record::JOURNAL)?.split(|byte| *byte == b'\n');
    let Ok(Event::Planned(header)) = Reader::new().line(lines.next()?) else {
        return None;
    };
    let message = ReportFault::Shard(header.shard?).to_string();
    Some(Fault::new(Kind::Derivation, record::JOURNAL, message))
}

/// The report that follows from the record's own by its amendments, if there are any.
fn amended(files: &RecordFiles, report: Report, faults: &mut Vec<Fault>) -> Option<Report> {
    let Some(bytes) = files.get(record::AMENDMENTS) else {
        return Some(report);
    };
    match read_amendments(bytes, report.issued()) {
        Ok(amendments) => follow(report, &amendments)
            .map_err(|fault| unstated(&fault, faults))
            .ok(),
        Err(fault) => {
            let place = record::AMENDMENTS;
            faults.push(Fault::new(Kind::Amendment, place, fault.to_string()));
            None
        }
    }
}

fn unstated(fault: &StatementFault, faults: &mut Vec<Fault>) {
    let message = fault.to_string();
    faults.push(Fault::new(Kind::Statement, record::JOURNAL, message));
}

fn read_journal(files: &RecordFiles, faults: &mut Vec<Fault>) -> Option<Journal> {
    let mut fault = |message: String| {
        faults.push(Fault::new(Kind::Journal, record::JOURNAL, message));
    };
    match journal::parse(files.get(record::JOURNAL)?) {
        Ok(Journal {
            torn: Some(torn), ..
        }) => {
            let (keep, bytes) = (torn.keep, torn.bytes);
            fault(format!(
                "{bytes} bytes of an incomplete line follow byte {keep}"
            ));
            None
        }
        Ok(journal) => Some(journal),
        Err(broken) => {
            fault(broken.to_string());
            None
        }
    }
}

/// Every suite in the record. None when one of them has a fault. Each core takes its share.
fn read_suites(files: &RecordFiles, faults: &mut Vec<Fault>) -> Option<Vec<Suite>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let all: Vec<(&String, &SuiteFiles)> = files.suites.iter().collect();
    let read = |share: &[(&String, &SuiteFiles)]| {
        let mut faults = Vec::new();
        let suites: Vec<Option<Suite>> = share
            .iter()
            .map(|(id, files)| read_suite(id, files, &mut faults))
            .collect();
        (suites, faults)
    };
    let shares: Vec<_> = thread::scope(|scope| {
        let share = all.len().div_ceil(cores).max(1);
        let begun: Vec<_> = all
            .chunks(share)
            .map(|share| scope.spawn(|| read(share)))
            .collect();
        begun
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect()
    });
    let mut suites = Vec::new();
    for share in shares {
        match share {
            Ok((read, found)) => {
                suites.extend(read);
                faults.extend(found);
            }
            // A parser that panicked is a fault of this program and no verdict on the record.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    suites.into_iter().collect()
}

fn read_suite(id: &str, files: &SuiteFiles, faults: &mut Vec<Fault>) -> Option<Suite> {
    let files: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, bytes)| SuiteFile { path, bytes })
        .collect();
    match suite::parse(id, &files) {
        Ok(parsed) if parsed.suite.id == id => Some(parsed.suite),
        Ok(parsed) => {
            let message = format!(
                "its id is `{}`: it lies in another suite's place",
                parsed.suite.id
            );
            let place = format!("{}/{id}", record::SUITES);
            faults.push(Fault::new(Kind::Suite, &place, message));
            None
        }
        Err(diagnostics) => {
            let place = format!("{}/{id}", record::SUITES);
            tell(Kind::Suite, &place, &diagnostics, faults);
            None
        }
    }
}

pub(super) fn read_profile(
    files: &RecordFiles,
    id: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Option<Profile> {
    let bytes = files.get(record::PROFILE)?;
    // The record keeps it under one name for all; its own name is its id.
    let name = format!("{}.toml", id.unwrap_or("profile"));
    match profile::parse(&name, bytes) {
        Ok(profile) => Some(profile),
        Err(diagnostics) => {
            tell(Kind::Profile, record::PROFILE, &diagnostics, faults);
            None
        }
    }
}

/// The first few errors of a file, and how many more there are.
fn tell(kind: Kind, place: &str, diagnostics: &[Diagnostic], faults: &mut Vec<Fault>) {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    for error in errors.clone().take(TOLD) {
        let place = if kind == Kind::Suite {
            format!("{place}/{}", error.file)
        } else {
            place.to_owned()
        };
        let (line, column) = (error.line, error.column);
        let message = format!("line {line}, column {column}: {}", error.message);
        faults.push(Fault::new(kind, &place, message));
    }
    let more = errors.count().saturating_sub(TOLD);
    if more > 0 {
        faults.push(Fault::new(kind, place, format!("{more} more faults")));
    }
}
