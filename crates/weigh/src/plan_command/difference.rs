//! Plans for two models on the same cases: how many tell them apart, or show that one is no worse.

use serde::Serialize;
use weigh_core::decimal::Decimal;
use weigh_core::stats::power::{Spread, cases_for_difference, cases_for_no_worse};

use super::args::MOST_CASES;
use super::{FORMAT, PlanArgs, decimal, percent};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// Shares of cases that only one of two models passes: from two that are kin to two that know
/// nothing of each other and pass half of the cases.
const DISCORDANT: [f64; 4] = [0.1, 0.2, 0.3, 0.5];

/// How many cases show it.
#[derive(Serialize)]
struct Report {
    about: &'static str,
    difference: Decimal,
    no_worse_by: Option<Decimal>,
    confidence: Decimal,
    power: Decimal,
    design_effect: Decimal,
    sizes: Vec<Size>,
}

#[derive(Serialize)]
struct Size {
    /// The share of cases that only one of the models passes.
    discordant: Decimal,
    cases: u64,
}

/// Answers for two models.
pub fn command(args: &PlanArgs, output: &Output) -> Result<(), Failure> {
    let report = report(args)?;
    if output.json {
        output.json(FORMAT, &report);
    } else {
        tell(&report, output);
    }
    Ok(())
}

fn report(args: &PlanArgs) -> Result<Report, Failure> {
    let difference = args.difference.unwrap_or_default();
    let mut sizes = Vec::new();
    for discordant in discordant(args, difference)? {
        sizes.push(Size {
            discordant: decimal(discordant),
            cases: cases(args, difference, discordant)?,
        });
    }
    let about = match args.no_worse_by {
        Some(_) => "no_worse",
        None => "difference",
    };
    Ok(Report {
        about,
        difference: decimal(difference),
        no_worse_by: args.no_worse_by.map(decimal),
        confidence: decimal(args.confidence),
        power: decimal(args.power),
        design_effect: decimal(args.design_effect()),
        sizes,
    })
}

/// The shares to look at. Shares of passes cannot differ by more than the cases that tell them
/// apart.
fn discordant(args: &PlanArgs, difference: f64) -> Result<Vec<f64>, Failure> {
    let least = difference.abs();
    match args.discordant {
        Some(share) if share > least => Ok(vec![share]),
        Some(share) => Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot plan: models that differ by {} do so on more than {} of the cases",
                percent(least),
                percent(share)
            ),
            "give a larger --discordant, or leave it out to see several",
        )),
        None => {
            let mut shares = DISCORDANT.to_vec();
            shares.retain(|share| *share > least);
            if shares.is_empty() {
                shares.push(1.0);
            }
            Ok(shares)
        }
    }
}

fn cases(args: &PlanArgs, difference: f64, discordant: f64) -> Result<u64, Failure> {
    let spread = Spread::of_passes(discordant, difference);
    let found = match args.no_worse_by {
        Some(margin) => cases_for_no_worse(spread, difference, margin, args.alpha(), args.power),
        None if difference.abs() > 0.0 => {
            let difference = difference.abs();
            Some(cases_for_difference(
                spread,
                difference,
                args.alpha(),
                args.power,
            ))
        }
        None => None,
    };
    let found = found.ok_or_else(|| never(args))?;
    let cases = (found.ceil().max(1.0) * args.design_effect()).ceil();
    if cases > MOST_CASES as f64 {
        return Err(Failure::new(
            Exit::Usage,
            "cannot plan: more than ten million cases would be needed",
            "take a larger difference or margin, or a lower --power or --confidence",
        ));
    }
    Ok(cases as u64)
}

fn never(args: &PlanArgs) -> Failure {
    let (message, help) = match args.no_worse_by {
        Some(_) => (
            "cannot plan: a model that is truly worse by the margin or more is never shown to be no worse",
            "give a larger --no-worse-by, or a --difference above it",
        ),
        None => (
            "cannot plan: no number of cases shows a difference of 0",
            "give the smallest --difference that matters; --no-worse-by shows that a model is no worse",
        ),
    };
    Failure::new(Exit::Usage, message, help)
}

/// How the new model truly compares.
fn truth(difference: f64) -> String {
    let size = percent(difference.abs());
    if difference > 0.0 {
        format!("it is truly better by {size}")
    } else if difference < 0.0 {
        format!("it is truly worse by {size}")
    } else {
        "the two are truly alike".to_owned()
    }
}

fn tell(report: &Report, output: &Output) {
    let (power, confidence) = (
        percent(report.power.get()),
        percent(report.confidence.get()),
    );
    let difference = percent(report.difference.get());
    output.line(&match report.no_worse_by {
        Some(margin) => format!(
            "Cases that show a new model to be no worse by more than {}, one-sided at {confidence}\n\
             confidence, {power} of the time where {}:",
            percent(margin.get()),
            truth(report.difference.get())
        ),
        None => format!(
            "Cases that tell two models apart, two-sided at {confidence} confidence, {power} of the\n\
             time where their shares of passes truly differ by {difference}:"
        ),
    });
    output.line(&format!(
        "\n{:<26}{:>12}",
        "passed by one model only", "cases"
    ));
    for size in &report.sizes {
        let share = percent(size.discordant.get());
        output.line(&format!("{share:<26}{:>12}", size.cases));
    }
    if report.design_effect > Decimal::ONE {
        let effect = report.design_effect;
        output.line(&format!(
            "\nCases that belong together are counted in: {effect} of them say as much as one."
        ));
    }
}
