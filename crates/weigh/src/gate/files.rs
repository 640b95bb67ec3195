//! The files that a gate leaves for CI servers: JUnit, SARIF, and the summary of a step.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use weigh_core::cases::{CaseResult, changes};
use weigh_core::report::Report;
use weigh_report::{Against, Gated as Summarised, gate_summary, junit, sarif};
use weigh_runner::durable;

use super::{GateArgs, Gated, told};
use crate::exit::Exit;
use crate::failure::Failure;

/// Where GitHub's runner wants the summary of a step.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// Writes what was asked for.
pub(super) fn write(args: &GateArgs, gated: &Gated) -> Result<(), Failure> {
    let (report, cases) = (&gated.run.report, &gated.run.cases);
    if let Some(path) = &args.junit {
        replace(path, &junit(report, cases), "--junit")?;
    }
    if let Some(path) = &args.sarif {
        let before = gated.against.as_ref();
        let before = before.map(|against| against.side.cases.as_slice());
        let log = log(report, cases, before)?;
        replace(path, &log, "--sarif")?;
    }
    if let Some(path) = &args.summary {
        return replace(path, &summary(gated), "--summary");
    }
    let step = std::env::var_os(STEP_SUMMARY).filter(|path| !path.is_empty());
    match step.map(PathBuf::from) {
        Some(path) => append(&path, &summary(gated)),
        None => Ok(()),
    }
}

/// The failing cases as SARIF.
pub fn log(
    report: &Report,
    cases: &[CaseResult],
    before: Option<&[CaseResult]>,
) -> Result<String, Failure> {
    sarif(report, cases, before).ok_or_else(|| {
        Failure::new(
            Exit::Machine,
            "cannot write SARIF: the document has no canonical form",
            "take another format, and report this as a bug",
        )
    })
}

fn summary(gated: &Gated) -> String {
    let end = told::end(gated);
    let before = gated.against.as_ref();
    let changes = before.map(|against| changes(&against.side.cases, &gated.run.cases));
    let baseline = before.zip(changes.as_ref());
    gate_summary(&Summarised {
        end: &end,
        report: &gated.run.report,
        baseline: baseline.map(|(against, changes)| Against {
            report: &against.side.report,
            tested: &against.tested,
            changes,
        }),
        findings: gated
            .limits
            .as_ref()
            .map(|limits| limits.findings.as_slice()),
    })
}

fn replace(path: &Path, text: &str, option: &str) -> Result<(), Failure> {
    durable::write(path, text.as_bytes()).map_err(|fault| {
        Failure::new(
            Exit::Machine,
            format!("cannot write {}: {fault}", path.display()),
            format!("give a {option} where you may write"),
        )
    })
}

/// A step may have written a summary before.
fn append(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|fault| Failure::not_written(path, &fault, STEP_SUMMARY))
}
