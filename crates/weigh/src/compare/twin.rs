//! `weigh compare --twin`: whether a quantised or converted model is still the one that was certified.

use clap::Args;
use serde::Serialize;
use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::gate::differences;
use weigh_core::subject::Subject;
use weigh_core::text::visible_line;
use weigh_core::twin::{Figure, How, Likeness, Limits, Shown, Twin, test};

use super::{CompareArgs, margin, read_whole, unequal};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// What still counts as the same model.
#[derive(Debug, Args)]
pub struct TwinArgs {
    /// Tell whether the second record is of the same model as the first, the certified one: quantised,
    /// converted, or computed elsewhere. Ends with 0 where that is shown within the limits, with 100
    /// where the models are shown to differ by more, else with 3.
    #[arg(long, conflicts_with = "no_worse_by")]
    pub twin: bool,
    /// The largest mean divergence of the options' probabilities from the certified model's, in nats.
    #[arg(long, value_name = "NATS", default_value = "0.1", value_parser = margin, requires = "twin")]
    pub max_kl: Decimal,
    /// The least share of trials in which both choose the same option.
    #[arg(long, value_name = "SHARE", default_value = "0.9", value_parser = share, requires = "twin")]
    pub min_agreement: Decimal,
    /// The largest share of choices that turn from right to wrong or back, and of replies that turn
    /// from a refusal into an answer or back.
    #[arg(long, value_name = "SHARE", default_value = "0.1", value_parser = share, requires = "twin")]
    pub max_flips: Decimal,
}

fn share(text: &str) -> Result<Decimal, String> {
    let share: Option<Decimal> = text.parse().ok();
    share
        .filter(|share| (Decimal::ZERO..=Decimal::ONE).contains(share))
        .ok_or_else(|| "expected a share from 0 to 1, such as 0.05".to_owned())
}

/// The document for programs.
#[derive(Serialize)]
struct Told<'a> {
    certified: Model<'a>,
    twin: Model<'a>,
    level: Decimal,
    limits: Limits,
    #[serde(flatten)]
    found: &'a Twin,
}

#[derive(Serialize)]
struct Model<'a> {
    name: &'a str,
    identity: Digest,
}

impl<'a> From<&'a Subject> for Model<'a> {
    fn from(subject: &'a Subject) -> Self {
        Self {
            name: &subject.name,
            identity: subject.identity(),
        }
    }
}

/// Carries out `weigh compare --twin`.
pub(super) fn command(args: &CompareArgs, output: &Output) -> Result<Exit, Failure> {
    let (old, suites, certified) = read_whole(&args.old)?;
    let (new, _, twin) = read_whole(&args.new)?;
    let plan = &old.inputs.plan;
    let differences = differences(&plan.header, &new.inputs.plan.header);
    if !differences.is_empty() {
        return Err(unequal(differences.join("; ")));
    }
    let how = How {
        level: old.inputs.profile.confidence,
        limits: Limits {
            divergence: args.twin.max_kl,
            agreement: args.twin.min_agreement,
            flips: args.twin.max_flips,
        },
        seed: plan.header.options.seed,
    };
    let found = test(plan, &suites, (&certified, &twin), &how);
    let told = Told {
        certified: (&certified.subject).into(),
        twin: (&twin.subject).into(),
        level: how.level,
        limits: how.limits,
        found: &found,
    };
    if output.json {
        output.json("weighhouse-twin/1", &told);
    } else {
        table(&told, output);
    }
    Ok(match found.verdict {
        Likeness::Same => Exit::Success,
        Likeness::NotShown => Exit::Inconclusive,
        Likeness::Differs => Exit::DoesNotConform,
    })
}

fn table(told: &Told<'_>, output: &Output) {
    let same = told.certified.identity == told.twin.identity;
    output.line(&format!(
        "certified {}, twin {}{}; intervals at {} %",
        visible_line(told.certified.name),
        visible_line(told.twin.name),
        if same { " (the same files)" } else { "" },
        told.level.get() * 100.0,
    ));
    for one in &told.found.figures {
        output.line(&row(one));
    }
    for reason in &told.found.reasons {
        output.line(&visible_line(reason));
    }
    output.line(match told.found.verdict {
        Likeness::Same => "same within the limits",
        Likeness::NotShown => "not shown to be the same",
        Likeness::Differs => "differs",
    });
}

fn row(one: &Figure) -> String {
    let number = |value: Option<Decimal>| {
        value.map_or_else(|| "-".to_owned(), |value| format!("{:.4}", value.get()))
    };
    let interval = format!("[{}, {}]", number(one.lower), number(one.upper));
    let mut row = format!(
        "{:<24} {:<18} {:>8} {interval:<20} {}/{}",
        one.suite.as_deref().unwrap_or("all suites"),
        one.figure.as_str(),
        number(one.value),
        one.scored,
        one.units,
    );
    if let Some(p) = one.p {
        row.push_str(&format!("  p {:.3}", p.get()));
    }
    if let Some((limit, shown)) = one.limit.zip(one.shown) {
        let shown = match shown {
            Shown::Within => "within",
            Shown::Open => "not shown within",
            Shown::Beyond => "beyond",
        };
        row.push_str(&format!("  {shown} {limit}"));
    }
    row
}
