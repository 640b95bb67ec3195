//! What a report lacks of the contents that ISO/IEC 17025:2017, 7.8 asks for.
//!
//! What every rendering holds by itself (title, page numbers, the sentence that results relate only
//! to the items tested) cannot be missing and is not looked for.

use serde::Serialize;
use weigh_core::laboratory::{FIELDS, stated};
use weigh_core::report::Report;

use crate::context::Context;
use crate::laboratory::title;
use crate::texts::{ReportLanguage, Text};

/// One thing that a report lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The clause of ISO/IEC 17025:2017.
    pub clause: &'static str,
    /// What it is called in a report in English.
    pub what: &'static str,
    /// Where a report takes it from.
    pub source: Source,
    /// How to add it.
    pub help: &'static str,
}

/// Where a report takes something from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// This key of `lab.toml`.
    Laboratory(&'static str),
    /// The record, and so the run.
    Record,
    /// The signature.
    Signature,
}

/// One thing that is looked for.
struct Check {
    clause: &'static str,
    what: Text,
    source: Source,
    help: &'static str,
    holds: fn(&Report, &Context) -> bool,
}

const fn of_record(
    clause: &'static str,
    what: Text,
    help: &'static str,
    holds: fn(&Report, &Context) -> bool,
) -> Check {
    Check {
        clause,
        what,
        source: Source::Record,
        help,
        holds,
    }
}

/// What does not come from the laboratory, in the order of the clauses.
const CHECKS: [Check; 16] = [
    of_record("7.8.2.1 d", Text::ReportNumber, RERUN, |r, _| filled(&r.id)),
    of_record("7.8.2.1 f", Text::Suites, RERUN, |r, _| {
        let mut suites = r.plan.suites.iter();
        !r.plan.suites.is_empty() && suites.all(|(id, suite)| filled(id) && filled(&suite.version))
    }),
    of_record("7.8.2.1 f", Text::Harness, RERUN, |r, _| {
        filled(&r.plan.harness)
    }),
    of_record(
        "7.8.2.1 g",
        Text::ItemName,
        "weigh the model under a name",
        |r, _| filled(&r.subject.name),
    ),
    of_record("7.8.2.1 g", Text::Files, RERUN, |r, _| {
        let mut files = r.subject.files.iter();
        !r.subject.files.is_empty() && files.all(|file| filled(&file.name))
    }),
    of_record("7.8.2.1 i", Text::Performed, RERUN, |r, _| {
        !r.record.opened.is_empty() && r.record.opened.iter().all(|at| filled(&at.0))
    }),
    of_record("7.8.2.1 j", Text::DateOfIssue, RERUN, |r, _| {
        filled(&r.issued().0)
    }),
    of_record(
        "7.8.2.1 k",
        Text::SamplingPlan,
        "plan at least one trial: raise --limit, or take other suites or languages",
        |r, _| r.plan.trials > 0,
    ),
    of_record(
        "7.8.2.1 m",
        Text::Results,
        "see the report's completeness for why nothing was scored",
        |r, _| r.estimates.iter().any(|e| e.point.is_some()),
    ),
    Check {
        clause: "7.8.2.1 o",
        what: Text::Signer,
        source: Source::Signature,
        help: "sign it: `weigh run` does at its end, `weigh run --resume` goes on with a run that did not",
        holds: |_, context| context.signature.is_some(),
    },
    of_record("7.8.3.1 a", Text::Conditions, RERUN, |r, _| {
        r.conditions.iter().any(|set| !set.is_empty())
    }),
    of_record(
        "7.8.3.1 c",
        Text::Uncertainty,
        "weigh at least two families of cases of each suite",
        |r, _| {
            let scored = || r.estimates.iter().filter(|e| e.point.is_some());
            scored().next().is_none() || scored().any(|e| e.interval.is_some())
        },
    ),
    of_record(
        "7.8.6.1",
        Text::DecisionRule,
        "give each requirement of the profile a rule",
        |r, _| {
            let mut held = r.findings.iter().filter(|f| f.limit.is_some());
            held.all(|f| f.rule.is_some())
        },
    ),
    of_record(
        "7.8.6.2 a",
        Text::Findings,
        "take a profile with at least one requirement",
        |r, _| !r.findings.is_empty(),
    ),
    of_record("7.8.6.2 b", Text::ProfileWord, RERUN, |r, _| {
        filled(&r.plan.profile.id) && filled(&r.plan.profile.version)
    }),
    of_record(
        "7.8.8.1",
        Text::AmendmentReason,
        "give a reason: `weigh amend RECORD --lab lab.toml --reason TEXT`",
        |r, _| r.amendment.as_ref().is_none_or(|a| filled(&a.reason)),
    ),
];

/// What only another run can mend.
const RERUN: &str = "no record of `weigh run` lacks it: weigh the model again";

fn filled(text: &str) -> bool {
    !text.trim().is_empty()
}

/// Everything that the report lacks: what the laboratory has to state, in the order of a report,
/// and then what comes from the record and the signature.
#[must_use]
pub fn lint(report: &Report, context: &Context) -> Vec<Missing> {
    let english = |text: Text| text.get(ReportLanguage::En);
    let required = FIELDS.iter().filter(|field| field.required);
    let unstated = required.filter(|field| stated(report.laboratory(), field.key).is_none());
    let of_laboratory = unstated.map(|field| Missing {
        clause: field.clause,
        what: title(field.key).map_or(field.key, english),
        source: Source::Laboratory(field.key),
        help: field.about,
    });
    let failed = CHECKS
        .iter()
        .filter(|check| !(check.holds)(report, context));
    let others = failed.map(|check| Missing {
        clause: check.clause,
        what: english(check.what),
        source: check.source,
        help: check.help,
    });
    of_laboratory.chain(others).collect()
}
