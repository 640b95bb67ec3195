//! The lint names exactly what a report lacks, field by field.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod sample;

use weigh_core::laboratory::FIELDS;
use weigh_core::report::{Amended, Replaced, Report};
use weigh_report::{Context, Source, lint};

/// A report that lacks nothing.
fn complete() -> Report {
    let mut report = sample::report();
    let required = FIELDS.iter().filter(|field| field.required);
    report.plan.laboratory = required
        .map(|field| (field.key.to_owned(), "stated".to_owned()))
        .collect();
    report.amendment = Some(Amended {
        at: report.record.sealed.clone(),
        laboratory: report.plan.laboratory.clone(),
        reason: "The address was wrong.".to_owned(),
        replaces: Replaced {
            id: report.id.clone(),
            issued: report.record.sealed.clone(),
            statement: report.transcript,
        },
    });
    report
}

/// Holds the clauses and names that `lint` gives to `expect`.
#[track_caller]
fn check(report: &Report, context: &Context, expect: &[(&str, &str)]) {
    let found = lint(report, context);
    let found: Vec<(&str, &str)> = found.iter().map(|one| (one.clause, one.what)).collect();
    assert_eq!(found, expect);
}

#[test]
fn a_complete_report_lacks_nothing() {
    check(&complete(), &sample::context(), &[]);
    let mut first = complete();
    first.amendment = None;
    check(&first, &sample::context(), &[]);
}

#[test]
fn each_field_of_the_laboratory_is_missed() {
    for field in FIELDS {
        for blank in [None, Some(" \t")] {
            let mut report = complete();
            let stated = &mut report.amendment.as_mut().unwrap().laboratory;
            match blank {
                None => drop(stated.remove(field.key)),
                Some(blank) => drop(stated.insert(field.key.to_owned(), blank.to_owned())),
            }
            let found = lint(&report, &sample::context());
            if field.required {
                assert_eq!(found.len(), 1, "{found:?}");
                assert_eq!(found[0].source, Source::Laboratory(field.key));
                assert_eq!(found[0].clause, field.clause);
            } else {
                assert!(found.is_empty(), "{found:?}");
            }
        }
    }
}

#[test]
fn each_part_of_the_record_is_missed() {
    let without = |remove: fn(&mut Report), clause: &'static str, what: &'static str| {
        let mut report = complete();
        remove(&mut report);
        check(&report, &sample::context(), &[(clause, what)]);
    };
    without(|r| r.id.clear(), "7.8.2.1 d", "Report number");
    without(|r| r.plan.suites.clear(), "7.8.2.1 f", "Suites");
    without(
        |r| r.plan.suites.values_mut().for_each(|s| s.version.clear()),
        "7.8.2.1 f",
        "Suites",
    );
    without(|r| r.plan.harness.clear(), "7.8.2.1 f", "Harness");
    without(|r| r.subject.name.clear(), "7.8.2.1 g", "Name");
    let files = "Files, as their bytes were read";
    without(|r| r.subject.files.clear(), "7.8.2.1 g", files);
    without(|r| r.record.opened.clear(), "7.8.2.1 i", "Test performed");
    without(
        |r| r.amendment.as_mut().unwrap().at.0.clear(),
        "7.8.2.1 j",
        "Date of issue",
    );
    without(|r| r.plan.trials = 0, "7.8.2.1 k", "Sampling plan");
    without(|r| r.estimates.clear(), "7.8.2.1 m", "Results by suite");
    without(|r| r.conditions.clear(), "7.8.3.1 a", "Test conditions");
    without(
        |r| r.estimates.iter_mut().for_each(|e| e.interval = None),
        "7.8.3.1 c",
        "Measurement uncertainty",
    );
    without(
        |r| r.findings.iter_mut().for_each(|f| f.rule = None),
        "7.8.6.1",
        "Decision rule and uncertainty",
    );
    without(|r| r.findings.clear(), "7.8.6.2 a", "Findings");
    without(|r| r.plan.profile.version.clear(), "7.8.6.2 b", "Profile");
    without(
        |r| r.amendment.as_mut().unwrap().reason.clear(),
        "7.8.8.1",
        "Reason for the amendment",
    );
}

#[test]
fn an_unsigned_report_is_missed() {
    let context = Context::default();
    check(&complete(), &context, &[("7.8.2.1 o", "Signed by key")]);
}
