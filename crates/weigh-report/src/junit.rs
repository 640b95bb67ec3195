//! Cases as JUnit XML, as Jenkins, GitLab and others read it: a test suite for each suite and language.
//!
//! A wrong or unsafe answer is a failure; an answer without an outcome (the request failed, the text
//! was cut or could not be read) is an error; a case that was not asked is skipped. The document holds
//! only what the schema of Jenkins' xUnit plugin (`junit-10.xsd`) allows, so file and line of a case
//! stand in the text of its failure.

use std::fmt::Write as _;

use weigh_core::cases::{CaseResult, CaseState, Reading};
use weigh_core::report::Report;

use crate::escape::xml;

/// The cases as JUnit XML. They are those of `report`, in the order of its suites.
#[must_use]
pub fn junit(report: &Report, cases: &[CaseResult]) -> String {
    let counts = Counts::of(cases);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"weigh\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
        counts.tests, counts.failures, counts.errors
    ));
    let same = |one: &CaseResult, other: &CaseResult| {
        one.suite == other.suite && one.language == other.language
    };
    for part in cases.chunk_by(same) {
        suite(&mut out, report, part);
    }
    out.push_str("</testsuites>\n");
    out
}

/// How many cases are in which state.
#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn of(cases: &[CaseResult]) -> Self {
        cases.iter().fold(Self::default(), |mut counts, case| {
            counts.tests += 1;
            match case.state {
                CaseState::Failed => counts.failures += 1,
                CaseState::Error => counts.errors += 1,
                CaseState::Skipped => counts.skipped += 1,
                CaseState::Passed => {}
            }
            counts
        })
    }
}

fn suite(out: &mut String, report: &Report, cases: &[CaseResult]) {
    let Some(first) = cases.first() else {
        return;
    };
    let Counts {
        tests,
        failures,
        errors,
        skipped,
    } = Counts::of(cases);
    let (id, language) = (xml(&first.suite), xml(first.language.as_str()));
    let _ = writeln!(
        out,
        "  <testsuite name=\"{id} {language}\" package=\"{id}\" tests=\"{tests}\" failures=\"{failures}\" \
         errors=\"{errors}\" skipped=\"{skipped}\" timestamp=\"{}\">",
        xml(&report.record.sealed.0)
    );
    let version = report.plan.suites.get(&first.suite);
    let properties = [
        ("report", report.id.as_str()),
        ("model", report.subject.name.as_str()),
        ("suite version", version.map_or("", |suite| &suite.version)),
        ("language", first.language.as_str()),
    ];
    out.push_str("    <properties>\n");
    for (name, value) in properties {
        let value = xml(value);
        let _ = writeln!(out, "      <property name=\"{name}\" value=\"{value}\"/>");
    }
    out.push_str("    </properties>\n");
    let class = xml(&format!("{}.{}", first.suite, first.language).replace('/', "."));
    for one in cases {
        case(out, &class, one);
    }
    out.push_str("  </testsuite>\n");
}

fn case(out: &mut String, class: &str, case: &CaseResult) {
    let name = xml(&case.case);
    let begin = format!("    <testcase name=\"{name}\" classname=\"{class}\"");
    let (element, kind, message) = match case.state {
        CaseState::Passed => {
            let _ = writeln!(out, "{begin}/>");
            return;
        }
        CaseState::Failed => {
            let failing: Vec<&Reading> = case.failing().collect();
            ("failure", kinds(&failing), told(&failing, failure))
        }
        CaseState::Error => {
            let missing: Vec<&Reading> = case.without_outcome().collect();
            ("error", kinds(&missing), told(&missing, error))
        }
        CaseState::Skipped if case.asked => {
            let why = "no measure of the suite reads the answer";
            ("skipped", "unread".to_owned(), why.to_owned())
        }
        CaseState::Skipped => {
            let why = "not asked: outside the tier, the limit or the languages of the run";
            ("skipped", "not asked".to_owned(), why.to_owned())
        }
    };
    let (kind, message) = (xml(&kind), xml(&message));
    let _ = writeln!(out, "{begin}>");
    let _ = write!(
        out,
        "      <{element} type=\"{kind}\" message=\"{message}\">"
    );
    let _ = write!(out, "{}:{}", xml(&case.path()), case.line);
    if let Some(reply) = &case.reply {
        let _ = write!(out, "\nreply: {}", xml(reply));
    }
    let _ = writeln!(out, "</{element}>\n    </testcase>");
}

/// The measures, as the type of a failure.
fn kinds(readings: &[&Reading]) -> String {
    let names = readings.iter().map(|reading| reading.measure.as_str());
    names.collect::<Vec<_>>().join(" ")
}

fn told(readings: &[&Reading], one: fn(&Reading) -> String) -> String {
    let told = readings.iter().map(|reading| one(reading));
    told.collect::<Vec<_>>().join("; ")
}

fn failure(reading: &Reading) -> String {
    format!(
        "{}: expected \"{}\", got \"{}\"",
        reading.measure, reading.expected, reading.got
    )
}

fn error(reading: &Reading) -> String {
    format!("{}: no outcome: {}", reading.measure, reading.got)
}
