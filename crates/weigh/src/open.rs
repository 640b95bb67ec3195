//! `weigh open`: shows single cases of a record, each with a proof that the report commits to it.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use weigh_attest::ask::Asked;
use weigh_core::json;
use weigh_core::opening::{self, Opening};
use weigh_core::suite::Suite;
use weigh_core::text::visible_line;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::output::Output;
use crate::run::Inputs;
use crate::show::{find, recorded};
use crate::verify::valid;

/// Which cases are opened.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// Cases: `SUITE:LANGUAGE:CASE` as reports name them, or their ends (`sw:well-3`, `well-3`) where
    /// only one case has it.
    #[arg(required = true, value_name = "CASE")]
    pub cases: Vec<String>,
    /// The record that they are in, whole. It is verified first.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub record: PathBuf,
    /// Write the openings to this file, which must not exist. Without it, to standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Carries out `weigh open`.
pub fn command(args: &OpenArgs, output: &Output) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Told<'a> {
        report: &'a str,
        opened: Vec<&'a str>,
        file: String,
    }
    let openings = openings(args, output)?;
    let mut lines = Vec::new();
    for opening in &openings {
        // The leaf of the case was hashed from its canonical form.
        lines.extend(json::canonical(opening).unwrap_or_default());
        lines.push(b'\n');
    }
    let Some(out) = &args.out else {
        output.bytes(&lines);
        return Ok(());
    };
    folder::write_new(out, &lines).map_err(|fault| Failure::not_written(out, &fault, "--out"))?;
    let opened = openings.iter().map(|one| one.entry.trial.trial.as_str());
    let told = Told {
        report: openings.first().map_or("", |one| &one.report),
        opened: opened.collect(),
        file: out.display().to_string(),
    };
    if output.json {
        output.json("weighhouse-opened/1", &told);
    } else {
        let (opened, file) = (told.opened.join(", "), &told.file);
        let line = format!("opened {opened} of {}: {file}", told.report);
        output.line(&visible_line(&line));
        output
            .note("who has the signed report and this file checks it by `weigh verify --opening`");
    }
    Ok(())
}

fn openings(args: &OpenArgs, output: &Output) -> Result<Vec<Opening>, Failure> {
    let asked = Asked {
        record: args.record.clone(),
        ..Asked::default()
    };
    let verified = valid(&asked, "open cases of", output)?;
    let inputs = Inputs::recorded(&args.record)?;
    let transcript = recorded(&args.record, &inputs.plan)?;
    let suites: Vec<Suite> = inputs.suites.iter().map(|s| s.suite.clone()).collect();
    let fault = |why: String| {
        Failure::new(
            Exit::Invalid,
            format!("cannot open a case of {}: {why}", args.record.display()),
            "`weigh verify` tells everything that is wrong with the record",
        )
    };
    let sealed = transcript.sealed.as_ref();
    let salt = sealed
        .ok_or_else(|| fault("its run is not sealed".to_owned()))?
        .salt;
    let mut places: Vec<usize> = Vec::new();
    for case in &args.cases {
        let place = find(&inputs, "open", case)?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let report = (&verified.report, verified.statement);
    let opened = opening::open(report, (&inputs.plan, &suites), &transcript, &salt, &places);
    opened.map_err(|why| fault(why.to_string()))
}
