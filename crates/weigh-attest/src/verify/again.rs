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
        .map_err(|fault| faults.push(underived(files, &fault)))
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

/// Why nothing follows, told of the file that is another one than in the run.
fn underived(files: &RecordFiles, fault: &ReportFault) -> Fault {
    let suite = |id: &str| format!("{}/{id}", record::SUITES);
    let (place, why) = match fault {
        ReportFault::ProfileChanged { .. } => {
            let profile = files.get(record::PROFILE);
            (record::PROFILE.to_owned(), line_ends(profile))
        }
        ReportFault::SuiteMissing(id) | ReportFault::SuiteNotRun(id) => (suite(id), ""),
        ReportFault::SuiteChanged { id, .. } => {
            let files = files.suites.get(id).into_iter();
            let files = files.flat_map(|files| files.values().map(Vec::as_slice));
            (suite(id), line_ends(files))
        }
        ReportFault::Plan(_)
        | ReportFault::Fold(_)
        | ReportFault::Commit(_)
        | ReportFault::Shard(_)
        | ReportFault::NotSealed => (record::JOURNAL.to_owned(), ""),
    };
    Fault::new(Kind::Derivation, &place, format!("{fault}{why}"))
}

/// A hint where lines end as no record's do.
fn line_ends<'a>(files: impl IntoIterator<Item = &'a [u8]>) -> &'static str {
    let mut files = files.into_iter();
    if files.any(|bytes| bytes.windows(2).any(|two| two == b"\r\n")) {
        "; lines end in CRLF here: if git or an editor changed them, take an unchanged copy"
    } else {
        ""
    }
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

/// The fault of a folder in which a run was interrupted: told alone, because whatever else a record
/// needs is made at its end.
pub(super) fn unfinished(files: &RecordFiles) -> Option<Fault> {
    if files
        .get(record::ENVELOPE)
        .or(files.get(record::STATEMENT))
        .is_some()
    {
        return None;
    }
    let journal = journal::parse(files.get(record::JOURNAL)?).ok()?;
    let message = "the run was interrupted, and nothing is signed yet; \
                   `weigh run --resume --out RECORD --model MODEL` goes on with it";
    let unsealed = journal.sealed.is_none();
    unsealed.then(|| Fault::new(Kind::Journal, record::JOURNAL, message))
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
    let bytes = files.get(record::JOURNAL)?;
    match journal::parse(bytes) {
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
            fault(format!("{broken}{}", line_ends([bytes])));
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
    let more = errors.clone().count().saturating_sub(TOLD);
    for (number, error) in errors.take(TOLD).enumerate() {
        let place = if kind == Kind::Suite {
            format!("{place}/{}", error.file)
        } else {
            place.to_owned()
        };
        let (line, column) = (error.line, error.column);
        let mut message = format!("line {line}, column {column}: {}", error.message);
        if more > 0 && number + 1 == TOLD {
            message.push_str(&format!("; {more} more were found"));
        }
        faults.push(Fault::new(kind, &place, message));
    }
}
