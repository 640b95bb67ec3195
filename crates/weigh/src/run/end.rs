//! What a run says when it begins and at its end: the verdict, where the report is, and what to do next.

use std::path::Path;

use serde::Serialize;
use weigh_core::model::Work;
use weigh_core::plan::{Plan, Shard};
use weigh_core::report::Report;
use weigh_core::text::visible_line;
use weigh_core::verdict::Verdict;
use weigh_engine::{Compute, DeviceChoice, Megabytes, peak_memory};
use weigh_report::table;
use weigh_runner::Progress;

use super::judges;
use super::place::quoted;
use super::record::PAGE;
use crate::complete::{FELL_BACK, gaps};
use crate::exchange::compat_table;
use crate::exit::Exit;
use crate::output::{Output, counted};
use crate::run::RunArgs;

/// What a program is told of a run.
#[derive(Serialize)]
struct Ended<'a> {
    exit: Exit,
    out: String,
    next: String,
    planned: u64,
    answered: u64,
    /// What the model computed in this stretch of work, if it counts that.
    work: Option<Work>,
    /// The most memory that the command had at one time, in bytes.
    peak_memory: Option<u64>,
    /// Which part of a plan it is, where it is no whole run.
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<Shard>,
    /// None while the run is not complete, and of a part of it.
    report: Option<&'a Report>,
}

impl<'a> Ended<'a> {
    /// What ended in `out`, without a report.
    fn new(
        exit: Exit,
        out: &Path,
        next: String,
        (Progress { planned, answered }, work): (Progress, Option<Work>),
    ) -> Self {
        Self {
            exit,
            out: out.display().to_string(),
            next,
            planned,
            answered,
            work,
            peak_memory: peak_memory(),
            shard: None,
            report: None,
        }
    }

    fn tell(&self, output: &Output) {
        output.json("weighhouse-run/1", self);
    }
}

/// What is about to be done.
pub fn beginning(plan: &Plan, out: &Path) -> String {
    let trials = counted(plan.trials.len(), "trial", "trials");
    let suites = counted(plan.header.suites.len(), "suite", "suites");
    let share = plan.header.shard.map(|shard| format!("{shard}: "));
    let text = format!(
        "{}{trials} of {suites}; the record is {}",
        share.unwrap_or_default(),
        out.display()
    );
    visible_line(&text).into_owned()
}

/// The command that goes on with the run in `out`.
pub fn resume_command(args: &RunArgs, out: &Path) -> String {
    let model = quoted(Path::new(&args.model));
    let mut command = format!("weigh run --resume --out {} --model {model}", quoted(out));
    if args.device != DeviceChoice::Auto {
        command.push_str(&format!(" --device {}", args.device));
    }
    if args.compute != Compute::F32 {
        command.push_str(&format!(" --compute {}", args.compute));
    }
    if let Some(threads) = args.threads {
        command.push_str(&format!(" --threads {threads}"));
    }
    for judge in &args.judges {
        command.push_str(&format!(" --judge {}", quoted(Path::new(judge))));
    }
    if args.gate {
        command.push_str(" --gate");
    }
    command
}

/// Every one of so many trials.
const fn all(planned: u64) -> Progress {
    let answered = planned;
    Progress { planned, answered }
}

/// A run that was stopped from outside.
pub fn interrupted(
    args: &RunArgs,
    out: &Path,
    (progress, work): (Progress, Option<Work>),
    output: &Output,
) -> Exit {
    let Progress { planned, answered } = progress;
    let next = resume_command(args, out);
    if output.json {
        Ended::new(Exit::Interrupted, out, next, (progress, work)).tell(output);
    } else {
        tell_work(work, output);
        output.note(&format!(
            "interrupted: {answered} of {planned} trials are answered and kept"
        ));
        output.line(&visible_line(&next));
    }
    Exit::Interrupted
}

/// A shard whose share is complete: it has no report before all shards are merged.
pub fn shard_complete(
    (shard, fell_back): (Shard, bool),
    out: &Path,
    (progress, work): (Progress, Option<Work>),
    output: &Output,
) -> Exit {
    let exit = if fell_back {
        Exit::Incomplete
    } else {
        Exit::Success
    };
    let others = if shard.of() > 1 { " ..." } else { "" };
    let next = format!("weigh merge {}{others} --out RECORD", quoted(out));
    if output.json {
        let ended = Ended::new(exit, out, next, (progress, work));
        let shard = Some(shard);
        Ended { shard, ..ended }.tell(output);
        return exit;
    }
    tell_work(work, output);
    if fell_back {
        output.note(FELL_BACK);
    }
    let answered = progress.answered;
    let line = format!("{shard} complete, {answered} trials: merge all shards with `{next}`");
    output.line(&visible_line(&line));
    exit
}

/// Merged shards whose replies a judge must still read.
pub fn unjudged(plan: &Plan, out: &Path, output: &Output) -> Exit {
    let next = format!("weigh run --resume --out {}", quoted(out));
    let exit = Exit::Incomplete;
    let planned = plan.header.trials;
    if output.json {
        Ended::new(exit, out, next, (all(planned), None)).tell(output);
        return exit;
    }
    let note = format!(
        "all {planned} trials are merged; replies are still to be judged by {}, and the report \
         comes then",
        judges::names(plan)
    );
    output.note(&visible_line(&note));
    output.line(&visible_line(&next));
    exit
}

/// A run that is complete and signed. `model` is what extends it, as it is typed.
pub fn weighed(
    (gate, model): (bool, &str),
    out: &Path,
    (report, work): (&Report, Option<Work>),
    output: &Output,
) -> Exit {
    let gaps = gaps(report);
    let exit = match (gate, gaps.is_empty()) {
        (true, complete) => Exit::of_verdict(report.verdict, complete),
        (false, true) => Exit::Success,
        (false, false) => Exit::Incomplete,
    };
    let next = format!("weigh verify {}", quoted(out));
    if output.json {
        let ended = Ended::new(exit, out, next, (all(report.plan.trials), work));
        let report = Some(report);
        Ended { report, ..ended }.tell(output);
        return exit;
    }
    output.line(table(report, output.width(), output.colour_on_stdout()).trim_end());
    if let Err(failure) = compat_table(out, output) {
        failure.tell(output);
    }
    for gap in gaps {
        output.note(&gap);
    }
    if let Some(command) = extend_command(model, report, out) {
        let note = format!("more cases may decide what is inconclusive: {command}");
        output.note(&visible_line(&note));
    }
    tell_work(work, output);
    if let Some(bytes) = peak_memory() {
        output.note(&format!("peak memory {}", Megabytes(bytes)));
    }
    let file = out.join(PAGE);
    let verdict = verdict(report.verdict);
    let line = format!("{verdict}; report: {}; next: {next}", file.display());
    output.line(&visible_line(&line));
    exit
}

/// The command that extends the run in `out`, where something is inconclusive and a look is left.
fn extend_command(model: &str, report: &Report, out: &Path) -> Option<String> {
    let look = report.plan.look.as_ref()?;
    let mut findings = report.findings.iter();
    let open = findings.any(|finding| finding.verdict == Verdict::Inconclusive);
    let model = quoted(Path::new(model));
    let command = format!("weigh run --extend {} --model {model}", quoted(out));
    (open && look.number < look.of && gaps(report).is_empty()).then_some(command)
}

/// What was computed, and how much less that is than without sharing.
fn tell_work(work: Option<Work>, output: &Output) {
    if let Some(work) = work {
        let Work {
            naive,
            distinct,
            prompt,
            generated,
        } = work;
        output.note(&format!(
            "computed {prompt} tokens of prompts ({distinct} different ones, {naive} without \
             sharing) and {generated} of texts"
        ));
    }
}

/// A verdict in words.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conforms => "conforms",
        Verdict::Inconclusive => "inconclusive",
        Verdict::NotAssessed => "not assessed",
        Verdict::DoesNotConform => "does not conform",
    }
}
