//! The arguments of `weigh plan`.

use clap::{ArgGroup, Args};
use weigh_core::decimal::Decimal;
use weigh_core::profile::Limit;
use weigh_core::stats::power::design_effect;

use super::round;

/// The most cases that anybody plans.
pub const MOST_CASES: i64 = 10_000_000;

/// What is to be shown, and how surely.
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("claim").required(true).multiple(true)
        .args(["at_most", "at_least", "difference", "no_worse_by"]),
    after_help = EXAMPLES
)]
pub struct PlanArgs {
    /// The claim: at most this share of the cases fails. A share is written 0.05 or 5%.
    #[arg(long, value_name = "SHARE", value_parser = inner,
          conflicts_with_all = ["at_least", "difference", "no_worse_by", "discordant"])]
    at_most: Option<f64>,
    /// The claim: at least this share of the cases passes.
    #[arg(long, value_name = "SHARE", value_parser = inner,
          conflicts_with_all = ["difference", "no_worse_by", "discordant"])]
    at_least: Option<f64>,
    /// The share that truly fails (with --at-least: passes) of the system that is to conform.
    #[arg(long, value_name = "SHARE", value_parser = share,
          required_unless_present_any = ["cases", "difference", "no_worse_by"],
          conflicts_with_all = ["difference", "no_worse_by"])]
    pub rate: Option<f64>,
    /// Do not look for a number of cases: say what so many can show.
    #[arg(long, value_name = "N", conflicts_with_all = ["difference", "no_worse_by"],
          value_parser = clap::value_parser!(u32).range(1..=MOST_CASES))]
    pub cases: Option<u32>,
    /// The claim: two models on the same cases differ. By how much they truly differ in the share
    /// of passes; with --no-worse-by: by how much the new one is better (worse where negative).
    #[arg(long, value_name = "SHARE", value_parser = signed, allow_hyphen_values = true)]
    pub difference: Option<f64>,
    /// The claim: a new model is no worse than an old one by more than this on the same cases.
    #[arg(long, value_name = "MARGIN", value_parser = inner)]
    pub no_worse_by: Option<f64>,
    /// The share of cases that only one of the two models passes. Without it, several.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub discordant: Option<f64>,
    /// How surely the claim is to be shown where it is true.
    #[arg(long, value_name = "SHARE", value_parser = inner, default_value = "0.8",
          conflicts_with = "cases")]
    pub power: f64,
    /// How seldom it may be shown where it is false: 0.95 is 5 times in 100. One-sided, but
    /// two-sided for --difference alone. The intervals of a profile are two-sided: one with
    /// confidence 0.95 decides as 0.975 here.
    #[arg(long, value_name = "SHARE", value_parser = confidence, default_value = "0.95")]
    pub confidence: f64,
    /// How many cases belong together, for instance the variants of one question.
    #[arg(long, value_name = "N", value_parser = size, requires = "correlation")]
    cluster_size: Option<f64>,
    /// How alike the results of such cases are: 0 not at all, 1 wholly.
    #[arg(long, value_name = "R", value_parser = share, requires = "cluster_size")]
    correlation: Option<f64>,
}

const EXAMPLES: &str = "Examples:
  weigh plan --at-most 5% --rate 1%           cases that show at most 5 % of a system at 1 %
  weigh plan --cases 300 --at-most 5%         what 300 cases can show
  weigh plan --difference 2% --power 0.9      cases that tell two models apart
  weigh plan --no-worse-by 2%                 cases that show a new model is not worse";

impl PlanArgs {
    /// The limit, where the claim is one.
    pub fn limit(&self) -> Option<Limit> {
        let bound = |value: f64| Decimal::new(value).ok();
        let most = self.at_most.and_then(bound).map(Limit::AtMost);
        most.or_else(|| self.at_least.and_then(bound).map(Limit::AtLeast))
    }

    /// How often the claim may be shown although it is false.
    pub fn alpha(&self) -> f64 {
        round(1.0 - self.confidence)
    }

    /// How many cases say as much as one that is independent of all others.
    pub fn design_effect(&self) -> f64 {
        match (self.cluster_size, self.correlation) {
            (Some(size), Some(correlation)) => design_effect(size, correlation),
            (Some(_), None) | (None, _) => 1.0,
        }
    }
}

/// A number, or a percentage with `%`.
fn number(text: &str) -> Result<f64, String> {
    let (digits, whole) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), 100.0),
        None => (text, 1.0),
    };
    let value: f64 = digits
        .parse()
        .map_err(|_| "expected a number such as 0.05 or 5%".to_owned())?;
    Ok(round(value / whole))
}

fn checked(text: &str, holds: impl Fn(f64) -> bool, expected: &str) -> Result<f64, String> {
    // NaN holds nothing.
    let value = number(text).ok().filter(|value| holds(*value));
    value.ok_or_else(|| format!("expected {expected}"))
}

fn share(text: &str) -> Result<f64, String> {
    let holds = |value| (0.0..=1.0).contains(&value);
    checked(text, holds, "a share from 0 to 1, such as 0.05 or 5%")
}

fn inner(text: &str) -> Result<f64, String> {
    let holds = |value| value > 0.0 && value < 1.0;
    checked(
        text,
        holds,
        "a share above 0 and below 1, such as 0.05 or 5%",
    )
}

fn signed(text: &str) -> Result<f64, String> {
    let holds = |value: f64| value.abs() < 1.0;
    checked(text, holds, "a share between -1 and 1, such as 0.02 or -1%")
}

fn confidence(text: &str) -> Result<f64, String> {
    let holds = |value| (0.5..1.0).contains(&value);
    checked(text, holds, "a share from 0.5 to below 1, such as 0.95")
}

fn size(text: &str) -> Result<f64, String> {
    let holds = |value| (1.0..=1e6).contains(&value);
    checked(
        text,
        holds,
        "a mean number of cases from 1, such as 3 or 2.5",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_numbers_or_percentages() {
        assert_eq!(share("0.05"), Ok(0.05));
        assert_eq!(share("7%"), Ok(0.07));
        assert_eq!(share("7 %"), Ok(0.07));
        assert_eq!(signed("-1%"), Ok(-0.01));
        assert_eq!(size("2.5"), Ok(2.5));
        for text in ["", "x", "NaN", "inf", "-0.1", "1.01", "101%", "%"] {
            assert!(share(text).is_err(), "{text}");
        }
        assert!(inner("0").is_err() && inner("1").is_err() && inner("100%").is_err());
        assert!(signed("1").is_err() && size("0.5").is_err() && size("inf").is_err());
        assert!(confidence("0.4").is_err() && confidence("1").is_err());
    }
}
