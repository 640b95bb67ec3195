//! Faults of planning and running, as the command tells them: which exit, and what to do.

use std::path::Path;

use weigh_core::plan::PlanFault;
use weigh_runner::RunFault;

use super::end::resume_command;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::RunArgs;

/// Why there is no plan.
pub fn plan(fault: &PlanFault) -> Failure {
    let (exit, help) = match fault {
        PlanFault::NothingToRun => (
            Exit::NothingToRun,
            "take a larger tier, other languages or other suites; --dry-run counts the trials",
        ),
        PlanFault::NoSuchLanguage(_) => (
            Exit::Usage,
            "`weigh suite list` shows the languages of every suite",
        ),
        PlanFault::NotMeasured { .. } => (
            Exit::Usage,
            "take another profile, or add the measure to the suite",
        ),
        PlanFault::Look(_) => (
            Exit::Invalid,
            "use an unchanged copy of the record, or begin a new run",
        ),
        PlanFault::SameSuite(_) => (Exit::Usage, "name each suite once"),
        PlanFault::Seed(_) => (Exit::Usage, "take a smaller seed"),
        PlanFault::TooLarge { .. } => (
            Exit::Usage,
            "take a smaller tier, a --limit, fewer languages or fewer suites",
        ),
        PlanFault::SameTrial(_) | PlanFault::NoPrompt { .. } => {
            (Exit::Machine, "this is a bug; report it with the suite")
        }
    };
    Failure::new(exit, format!("cannot plan the run: {fault}"), help)
}

/// Why a run could not begin or go on.
pub fn run(fault: RunFault, out: &Path, args: &RunArgs) -> Failure {
    let resume = || resume_command(args, out);
    let (exit, help) = match &fault {
        RunFault::Folder { .. } => (
            Exit::Machine,
            "name a folder that can be written".to_owned(),
        ),
        RunFault::Locked { .. } => (
            Exit::Machine,
            "wait until the other run has ended, or name another folder".to_owned(),
        ),
        RunFault::Exists { .. } => (
            Exit::Usage,
            format!("go on with it by `{}`, or name another folder", resume()),
        ),
        RunFault::NoJournal { .. } => (Exit::Usage, "begin the run without --resume".to_owned()),
        RunFault::NothingPlanned => (
            Exit::NothingToRun,
            "take a larger tier, other languages or other suites".to_owned(),
        ),
        RunFault::Subject { .. } => (
            Exit::Usage,
            "name the model that the run began with by --model, and its judges by --judge"
                .to_owned(),
        ),
        RunFault::Record { .. } | RunFault::Journal { .. } | RunFault::Extends { .. } => (
            Exit::Invalid,
            "use an unchanged copy of the record, or begin a new run".to_owned(),
        ),
        RunFault::Read { .. } | RunFault::Write { .. } | RunFault::Sync { .. } => (
            Exit::Machine,
            format!(
                "see to the disk, then `{}`; what was told as done is kept",
                resume()
            ),
        ),
        RunFault::Chance(_) => (
            Exit::Machine,
            format!("`{}` seals it; every answer is kept", resume()),
        ),
        RunFault::Model { .. } => (
            Exit::Incomplete,
            format!(
                "what was answered is kept; `{}` tries the rest again",
                resume()
            ),
        ),
        RunFault::Unanswered { .. } => (
            Exit::Incomplete,
            format!(
                "this is a bug of the engine; `{}` tries the rest again",
                resume()
            ),
        ),
        RunFault::Encode
        | RunFault::UnknownRequest { .. }
        | RunFault::AnsweredTwice { .. }
        | RunFault::WrongKind { .. } => (Exit::Incomplete, "this is a bug; report it".to_owned()),
    };
    Failure::new(exit, fault.to_string(), help)
}
