//! `weigh judge`: the evidence of one record under several profiles, without a model.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use serde::Serialize;
use weigh_attest::ask::Asked;
use weigh_core::digest::Digest;
use weigh_core::profile::Profile;
use weigh_core::report::Report;
use weigh_core::verdict::{Assessment, Verdict, assess};
use weigh_report::{Context, assessments_html, assessments_markdown, assessments_table};

use crate::complete::gaps;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::home::Home;
use crate::output::Output;
use crate::run::chosen_profile;
use crate::verify::valid;

/// Which record is held against which profiles.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("against").args(["profiles", "all"]).multiple(true).required(true))]
pub struct JudgeArgs {
    /// What the record is held against first. Nothing is judged unless all of that holds.
    #[command(flatten)]
    pub asked: Asked,
    /// A profile, a file or the name of a shipped one; may be given again.
    #[arg(long = "profile", value_name = "FILE_OR_NAME")]
    pub profiles: Vec<String>,
    /// Every profile that is known by name.
    #[arg(long)]
    pub all: bool,
    /// Also write it as Markdown to this file, which must not exist.
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
    /// Also write it as a page to this file, which must not exist.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
}

/// The document for programs.
#[derive(Serialize)]
struct Told<'a> {
    exit: Exit,
    report: &'a str,
    statement: Digest,
    model: &'a str,
    verdict: Verdict,
    /// Why the measurement is not complete.
    incomplete: &'a [String],
    assessments: &'a [Assessment],
}

/// Carries out `weigh judge`. The record is not changed.
pub fn command(args: &JudgeArgs, output: &Output) -> Result<Exit, Failure> {
    let profiles = profiles(args, &Home::find()?)?;
    let verified = valid(&args.asked, "judge", output)?;
    let report = &verified.report;
    let assessments: Vec<Assessment> = profiles
        .iter()
        .map(|profile| assess(&verified.scored, &report.plan, profile))
        .collect();
    write(args, report, &assessments)?;
    let verdicts = assessments.iter().map(|one| one.verdict);
    let verdict = verdicts.max().unwrap_or(Verdict::NotAssessed);
    let gaps = gaps(report);
    let exit = Exit::of_verdict(verdict, gaps.is_empty());
    if output.json {
        output.json(
            "weighhouse-assessment/1",
            &Told {
                exit,
                report: &report.id,
                statement: verified.statement,
                model: &report.subject.name,
                verdict,
                incomplete: &gaps,
                assessments: &assessments,
            },
        );
        return Ok(exit);
    }
    let (width, colour) = (output.width(), output.colour_on_stdout());
    let table = assessments_table(report, &assessments, width, colour);
    output.line(table.trim_end());
    for gap in gaps {
        output.note(&gap);
    }
    Ok(exit)
}

/// The profiles, each once, in the order in which they were named.
fn profiles(args: &JudgeArgs, home: &Home) -> Result<Vec<Profile>, Failure> {
    let known = if args.all {
        home.profiles()
    } else {
        Vec::new()
    };
    let (mut profiles, mut seen) = (Vec::new(), BTreeSet::new());
    for name in args.profiles.iter().chain(&known) {
        let (profile, _) = chosen_profile(name, home)?;
        if seen.insert(profile.digest) {
            profiles.push(profile);
        }
    }
    Ok(profiles)
}

/// Writes the files that were asked for.
fn write(args: &JudgeArgs, report: &Report, assessments: &[Assessment]) -> Result<(), Failure> {
    let context = Context::default();
    let new = |path: &Path, text: String, option: &str| {
        folder::write_new(path, text.as_bytes())
            .map_err(|fault| Failure::not_written(path, &fault, option))
    };
    if let Some(path) = &args.markdown {
        let text = assessments_markdown(report, assessments, &context);
        new(path, text, "--markdown")?;
    }
    if let Some(path) = &args.html {
        let text = assessments_html(report, assessments, &context);
        new(path, text, "--html")?;
    }
    Ok(())
}
