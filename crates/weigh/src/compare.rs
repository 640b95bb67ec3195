//! `weigh compare`: two records of the same plan, and whether the new model is no worse, or still the same.

mod twin;

use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use weigh_core::comparison::{Compared, How, NoWorse, compare};
use weigh_core::decimal::Decimal;
use weigh_core::measure::{Scored, score};
use weigh_core::plan::Plan;
use weigh_core::suite::Suite;
use weigh_core::transcript::Transcript;

use self::twin::TwinArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::run::Inputs;
use crate::show::recorded;

/// Which records are compared.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The record of the old model, or of the certified one.
    pub old: PathBuf,
    /// The record of the new one: the same suites, tier, languages and seed.
    pub new: PathBuf,
    /// The loss that is still acceptable, for instance 0.02. With it the command ends with 0 where
    /// every measure is shown to be no worse, 100 where one is shown to be worse, else 3.
    #[arg(long, value_name = "MARGIN", value_parser = margin)]
    pub no_worse_by: Option<Decimal>,
    /// Whether the new model is still the old one.
    #[command(flatten)]
    pub twin: TwinArgs,
}

/// A margin as it is typed.
pub fn margin(text: &str) -> Result<Decimal, String> {
    let margin: Option<Decimal> = text.parse().ok();
    margin
        .filter(|margin| *margin >= Decimal::ZERO)
        .ok_or_else(|| "expected a number of 0 or more, such as 0.02".to_owned())
}

/// Carries out `weigh compare`.
pub fn command(args: &CompareArgs, output: &Output) -> Result<Exit, Failure> {
    if args.twin.twin {
        return twin::command(args, output);
    }
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let how = How {
        level: new.inputs.profile.confidence,
        margin: args.no_worse_by,
        seed: new.inputs.plan.header.options.seed,
    };
    let compared = compare(&old.scored, &new.scored, &how).map_err(unequal)?;
    if output.json {
        output.json(
            "weighhouse-comparison/1",
            &Told {
                old: &old.model,
                new: &new.model,
                level: how.level,
                margin: how.margin,
                measures: &compared,
            },
        );
    } else {
        table(&old.model, &new.model, &compared, &how, output);
    }
    Ok(end(&compared))
}

/// The document for programs.
#[derive(Serialize)]
struct Told<'a> {
    old: &'a str,
    new: &'a str,
    level: Decimal,
    margin: Option<Decimal>,
    measures: &'a [Compared],
}

/// A record, scored.
pub struct Read {
    /// What it was planned from.
    pub inputs: Inputs,
    /// The model's name.
    pub model: String,
    /// The outcome of every unit.
    pub scored: Vec<Scored>,
}

/// How the units of a record get their outcomes: [`score`], or a control of it.
pub type Scoring = fn(&Plan, &[Suite], &Transcript) -> Vec<Scored>;

/// Reads the record in `folder` and scores it.
pub fn read(folder: &Path) -> Result<Read, Failure> {
    read_by(folder, score)
}

/// Reads the record in `folder` and scores it by `scoring`.
pub fn read_by(folder: &Path, scoring: Scoring) -> Result<Read, Failure> {
    whole_by(folder, scoring).map(|(read, _, _)| read)
}

/// Reads the record in `folder` and scores it, with the suites and the answers.
pub fn read_whole(folder: &Path) -> Result<(Read, Vec<Suite>, Transcript), Failure> {
    whole_by(folder, score)
}

fn whole_by(folder: &Path, scoring: Scoring) -> Result<(Read, Vec<Suite>, Transcript), Failure> {
    let inputs = Inputs::recorded(folder)?;
    let transcript = recorded(folder, &inputs.plan)?;
    let suites: Vec<Suite> = inputs.suites.iter().map(|s| s.suite.clone()).collect();
    let read = Read {
        scored: scoring(&inputs.plan, &suites, &transcript),
        model: transcript.subject.name.clone(),
        inputs,
    };
    Ok((read, suites, transcript))
}

fn unequal(fault: impl Display) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot compare the records: {fault}"),
        "weigh both models with the same --suite, --tier, --lang, --limit and --seed",
    )
}

/// The worst of what was shown; without a margin nothing was asked.
fn end(compared: &[Compared]) -> Exit {
    let asked = compared.iter().filter_map(|one| one.no_worse);
    match asked.max() {
        None | Some(NoWorse::Shown) => Exit::Success,
        Some(NoWorse::Open) => Exit::Inconclusive,
        Some(NoWorse::Worse) => Exit::DoesNotConform,
    }
}

fn table(old: &str, new: &str, compared: &[Compared], how: &How, output: &Output) {
    output.line(&format!(
        "old {}, new {}; a gain above 0 is better, limits at {} %",
        weigh_core::text::visible_line(old),
        weigh_core::text::visible_line(new),
        how.level.get() * 100.0,
    ));
    for one in compared {
        let number = |value: Option<Decimal>| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{:.3}", value.get()))
        };
        let shown = match one.no_worse {
            None => "",
            Some(NoWorse::Shown) => "  no worse",
            Some(NoWorse::Open) => "  open",
            Some(NoWorse::Worse) => "  worse",
        };
        output.line(&format!(
            "{:<24} {:<28} {} -> {}  gain {} [{}, {}]  p {} (Holm {})  {}/{}{shown}",
            one.suite,
            one.measure.as_str(),
            number(one.old),
            number(one.new),
            number(one.gain),
            number(one.lower),
            number(one.upper),
            number(one.p),
            number(one.adjusted),
            one.scored,
            one.units,
        ));
    }
}
