//! `weigh gate`: does a release pass? Absolute limits, a baseline on the same cases, and files for CI servers.

mod files;
mod told;

use std::path::{Path, PathBuf};

use clap::Args;
use weigh_attest::ask::Asked;
use weigh_attest::record::{ENVELOPE, JOURNAL};
use weigh_core::cases::{CaseResult, cases};
use weigh_core::decimal::Decimal;
use weigh_core::gate::{self, Tested};
use weigh_core::profile::Profile;
use weigh_core::report::Report;
use weigh_core::stats::estimate;
use weigh_core::text::visible_line;
use weigh_core::transcript::Transcript;
use weigh_core::verdict::{Finding, Verdict, decide};

use crate::compare::{self, Read, read_whole};
use crate::complete::gaps;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::home::Home;
use crate::output::Output;
use crate::run::{chosen_profile, quoted};
use crate::verify::valid;

pub use self::files::log;

/// The word for no profile: only the baseline decides.
const NO_PROFILE: &str = "none";

/// What passes the gate, and whom it is told to.
#[derive(Debug, Args)]
pub struct GateArgs {
    /// The record of the run, and what it is held against first. --key and --policy are for the
    /// baseline, too.
    #[command(flatten)]
    pub asked: Asked,
    /// The record of an earlier version of the model on the same plan: the same suites, tier,
    /// languages, limit and seed. The gate closes where a measure is significantly worse on the same
    /// cases, over all measures at once.
    #[arg(long, value_name = "DIR")]
    pub baseline: Option<PathBuf>,
    /// The profile whose limits must hold, a file or a name. Without it, the run's own; with `none`
    /// only the baseline decides.
    #[arg(long, value_name = "FILE_OR_NAME")]
    pub profile: Option<String>,
    /// The loss of a measure that is still acceptable, for instance 0.02: a larger one must be shown.
    #[arg(long, value_name = "MARGIN", default_value = "0", value_parser = compare::margin, requires = "baseline")]
    pub margin: Decimal,
    /// Write every case as JUnit XML into this file, in place of an older one.
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Write failing cases as SARIF 2.1.0 into this file, in place of an older one.
    #[arg(long, value_name = "FILE")]
    pub sarif: Option<PathBuf>,
    /// Write a summary in Markdown into this file, in place of an older one. Without it, the summary
    /// goes behind what is in the file that GITHUB_STEP_SUMMARY names.
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
}

/// A record that is valid, with what became of its cases.
struct Side {
    report: Report,
    read: Read,
    cases: Vec<CaseResult>,
}

/// The limits that decide, where some do.
struct Limits {
    /// `baseline 2.0.0`.
    profile: String,
    findings: Vec<Finding>,
    verdict: Verdict,
}

/// The baseline, and what the tests come to.
struct Against {
    side: Side,
    tested: Vec<Tested>,
    verdict: Verdict,
}

/// Everything that the gate came to.
struct Gated {
    run: Side,
    limits: Option<Limits>,
    against: Option<Against>,
    /// Two-sided, over all measures at once.
    level: Decimal,
    margin: Decimal,
    /// What the run lacks to be a result.
    gaps: Vec<String>,
    exit: Exit,
}

/// Carries out `weigh gate`.
pub fn command(args: &GateArgs, output: &Output) -> Result<Exit, Failure> {
    if args.profile.as_deref() == Some(NO_PROFILE) && args.baseline.is_none() {
        return Err(Failure::new(
            Exit::Usage,
            "cannot gate by nothing: no profile and no baseline",
            "give --baseline DIR, or another --profile",
        ));
    }
    let gated = gated(args, output)?;
    files::write(args, &gated)?;
    for gap in &gated.gaps {
        output.note(gap);
    }
    if output.json {
        told::json(&gated, output);
    } else {
        told::text(args, &gated, output);
    }
    Ok(gated.exit)
}

fn gated(args: &GateArgs, output: &Output) -> Result<Gated, Failure> {
    let profile = match args.profile.as_deref() {
        None | Some(NO_PROFILE) => None,
        Some(name) => Some(chosen_profile(name, &Home::find()?)?.0),
    };
    let run = side(&args.asked, output)?;
    let decides = profile.as_ref().unwrap_or(&run.read.inputs.profile);
    let level = decides.confidence;
    let limits = match args.profile.as_deref() {
        Some(NO_PROFILE) => None,
        Some(_) | None => Some(limits(&run, decides)),
    };
    let against = args.baseline.as_deref().map(|folder| {
        let old = side(&of_baseline(&args.asked, folder), output)?;
        against(old, &run, level, args.margin)
    });
    let against = against.transpose()?;
    let gaps = gaps(&run.report);
    let verdicts = [
        limits.as_ref().map(|limits| limits.verdict),
        against.as_ref().map(|against| against.verdict),
    ];
    // Without either there is nothing to pass: that was refused before.
    let worst = verdicts.into_iter().flatten().max();
    let verdict = worst.unwrap_or(Verdict::NotAssessed);
    Ok(Gated {
        exit: Exit::of_verdict(verdict, gaps.is_empty()),
        margin: args.margin,
        run,
        limits,
        against,
        level,
        gaps,
    })
}

/// What the baseline is held against: whose word counts, and nothing that is said of the run.
fn of_baseline(asked: &Asked, folder: &Path) -> Asked {
    Asked {
        record: folder.to_owned(),
        key: asked.key.clone(),
        policy: asked.policy.clone(),
        ..Asked::default()
    }
}

/// Verifies a record and reads it.
fn side(asked: &Asked, output: &Output) -> Result<Side, Failure> {
    refuse_incomplete(&asked.record)?;
    let verified = valid(asked, "gate", output)?;
    let (read, cases) = read_cases(&asked.record)?;
    Ok(Side {
        report: verified.report,
        read,
        cases,
    })
}

/// Reads the record in `folder`, scores it, and says what became of each case.
pub fn read_cases(folder: &Path) -> Result<(Read, Vec<CaseResult>), Failure> {
    let (read, suites, transcript) = read_whole(folder)?;
    let cases = cases(&read.inputs.plan, &suites, &transcript, &read.scored);
    Ok((read, cases))
}

/// A run that was not brought to its end has no report. Whatever else is wrong, verifying tells.
fn refuse_incomplete(folder: &Path) -> Result<(), Failure> {
    let begun = folder.join(JOURNAL).is_file() && !folder.join(ENVELOPE).exists();
    let open = |(_, _, transcript): (_, _, Transcript)| transcript.sealed.is_none();
    if begun && read_whole(folder).is_ok_and(open) {
        return Err(Failure::new(
            Exit::Incomplete,
            format!("cannot gate {}: its run is not complete", folder.display()),
            format!("go on with it: weigh run --resume --out {}", quoted(folder)),
        ));
    }
    Ok(())
}

/// The findings under the run's own profile stand in its report; under another one they are made.
fn limits(run: &Side, profile: &Profile) -> Limits {
    let plan = &run.read.inputs.plan.header;
    let name = format!("{} {}", profile.id, profile.version);
    let (findings, verdict) = if profile.digest == plan.profile.digest {
        (run.report.findings.clone(), run.report.verdict)
    } else {
        let estimates = estimate(&run.read.scored, profile.confidence, &plan.cards);
        decide(profile, &estimates)
    };
    Limits {
        profile: visible_line(&name).into_owned(),
        findings,
        verdict,
    }
}

fn against(old: Side, run: &Side, level: Decimal, margin: Decimal) -> Result<Against, Failure> {
    let (before, now) = (&old.read.inputs.plan.header, &run.read.inputs.plan.header);
    let differences = gate::differences(before, now);
    if !differences.is_empty() {
        return Err(not_comparable(&differences.join("; ")));
    }
    let how = gate::Gate {
        level,
        margin,
        seed: now.options.seed,
    };
    let tested = gate::test(&old.read.scored, &run.read.scored, &how)
        .map_err(|fault| not_comparable(&fault.to_string()))?;
    Ok(Against {
        verdict: gate::verdict(&tested),
        side: old,
        tested,
    })
}

fn not_comparable(why: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot compare the run with the baseline: {why}"),
        "weigh both models with the same suites, --tier, --lang, --limit and --seed",
    )
}
