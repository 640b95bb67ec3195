//! `weigh run --extend`: the next look at a run that was inconclusive.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use weigh_attest::ask::Asked;
use weigh_attest::record::JOURNAL;
use weigh_core::plan::{Look, Plan};
use weigh_core::report::{ExtensionFault, More, Reach, Report, extension};
use weigh_core::subject::Subject;
use weigh_core::suite::Suite;
use weigh_core::text::visible_line;

use super::inputs::{HARNESS, Inputs};
use crate::complete::gaps;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Output, counted};
use crate::verify::valid;

/// The run that is extended.
pub struct Earlier {
    /// Its journal.
    pub journal: PathBuf,
    /// What was tested.
    pub subject: Subject,
    /// The trials that it has answered.
    answered: BTreeSet<String>,
}

/// What the next look at the record in `folder` is planned from. The record is verified first, and
/// nothing is written into it.
pub fn inputs(folder: &Path, output: &Output) -> Result<(Inputs, Earlier), Failure> {
    let asked = Asked {
        record: folder.to_owned(),
        ..Asked::default()
    };
    let report = valid(&asked, "extend", output)?.report;
    if let Some(why) = gaps(&report).first() {
        return Err(refused(
            Exit::Incomplete,
            &format!("it is incomplete: {why}"),
            "begin a new run in which nothing is missing",
        ));
    }
    if report.plan.harness != HARNESS {
        let version = &report.plan.harness;
        return Err(refused(
            Exit::Usage,
            &format!("it was made by version {version}, and this is {HARNESS}"),
            "extend it with that version, or begin a new run",
        ));
    }
    let before = Inputs::recorded(folder)?;
    let suites: Vec<Suite> = before.suites.iter().map(|s| s.suite.clone()).collect();
    let next = extension(&report, &suites, &before.profile);
    let next = next.map_err(|fault| impossible(&fault, output))?;
    tell(&next.findings, output);
    let ids = before.plan.trials.iter().map(|trial| trial.id.clone());
    let answered = ids.collect();
    let inputs = before.extended(&next.earlier)?;
    output.note(&told_look(&inputs.plan, &report));
    let earlier = Earlier {
        journal: folder.join(JOURNAL),
        subject: report.subject,
        answered,
    };
    Ok((inputs, earlier))
}

impl Earlier {
    /// The plan without the trials that are carried over: what the model still has to answer.
    pub fn rest(&self, mut plan: Plan) -> Plan {
        plan.trials
            .retain(|trial| !self.answered.contains(&trial.id));
        plan
    }
}

/// Which look it is, and what the model still has to answer.
fn told_look(plan: &Plan, report: &Report) -> String {
    let (all, answered) = (plan.header.trials, report.plan.trials);
    let text = match &plan.header.look {
        Some(Look {
            number, of, spent, ..
        }) => format!(
            "look {number} of {of}; the chance of error spent so far is {spent}; {answered} trials are \
             carried over from {}, {} are new",
            report.id,
            all.saturating_sub(answered)
        ),
        None => String::new(),
    };
    visible_line(&text).into_owned()
}

/// What becomes of each inconclusive finding.
fn tell(findings: &[Reach], output: &Output) {
    for reach in findings {
        output.note(&visible_line(&in_words(reach)));
    }
}

fn in_words(reach: &Reach) -> String {
    let Reach {
        requirement,
        suite,
        families,
        more,
    } = reach;
    let asked = counted(*families, "family", "families");
    let what = match more {
        More::Enough(all) => format!("{asked}, {all} next: enough if it stays so"),
        More::All(all) => {
            format!("{asked}, {all} next: all that {suite} has, and too few if it stays so")
        }
        More::Exhausted => {
            format!("all {families} families asked: cannot be decided with {suite}")
        }
        More::Missing => format!("units without a score in {suite} keep it open"),
    };
    format!("{requirement}: {what}")
}

fn refused(exit: Exit, why: &str, help: &str) -> Failure {
    Failure::new(exit, format!("cannot extend the run: {why}"), help)
}

fn impossible(fault: &ExtensionFault, output: &Output) -> Failure {
    let (exit, help) = match fault {
        ExtensionFault::NoLooks(_) => (
            Exit::Usage,
            "looks are fixed before the first run: add a line such as \
             `looks = [\"0.8\", \"0.1\", \"0.1\"]` to the profile, give it a new version, and begin \
             a new run with it",
        ),
        ExtensionFault::NoLookLeft { .. } => (
            Exit::Usage,
            "what is inconclusive now stays so under this profile; a new look would not keep its \
             confidence",
        ),
        ExtensionFault::Decided => (
            Exit::NothingToRun,
            "the record stands as it is; `weigh verify RECORD` says what it shows",
        ),
        ExtensionFault::NothingLeft(findings) => {
            tell(findings, output);
            (
                Exit::NothingToRun,
                "the suites have no further case; a larger version of them begins a new run",
            )
        }
    };
    refused(exit, &fault.to_string(), help)
}
