//! `weigh plan`: how many cases a claim needs, and what a number of cases can show.

mod args;
mod difference;
mod limit;

use weigh_core::decimal::Decimal;

use crate::failure::Failure;
use crate::output::Output;

pub use self::args::PlanArgs;

/// The format of every answer.
const FORMAT: &str = "weighhouse-plan-size/1";

/// Answers in words and a table, or as JSON.
pub fn command(args: &PlanArgs, output: &Output) -> Result<(), Failure> {
    match args.limit() {
        Some(limit) => limit::command(args, limit, output),
        None => difference::command(args, output),
    }
}

/// `value` without the noise beyond its twelfth decimal: `1 - 0.9` is 0.1.
fn round(value: f64) -> f64 {
    (value * 1e12).round() / 1e12
}

/// The same for programs. Nothing here is NaN or infinite.
fn decimal(value: f64) -> Decimal {
    Decimal::new(round(value)).unwrap_or(Decimal::ZERO)
}

/// `5 %`, `0.25 %`: a share as it was meant, without needless digits.
fn percent(share: f64) -> String {
    let digits = format!("{:.4}", 100.0 * share);
    format!("{} %", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// `99.6 %`: a probability, never rounded to certainty.
fn probability(value: f64) -> String {
    match 100.0 * value {
        percent if percent > 99.95 => "> 99.9 %".to_owned(),
        percent if percent < 0.05 => "< 0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_probabilities() {
        for (share, expect) in [
            (0.05, "5 %"),
            (0.0025, "0.25 %"),
            (1.0, "100 %"),
            (0.0, "0 %"),
        ] {
            assert_eq!(percent(share), expect);
        }
        for (value, expect) in [
            (1.0, "> 99.9 %"),
            (0.9996, "> 99.9 %"),
            (0.996, "99.6 %"),
            (0.029, "2.9 %"),
            (0.0001, "< 0.1 %"),
        ] {
            assert_eq!(probability(value), expect);
        }
        assert_eq!(decimal(1.0 - 0.9).to_string(), "0.1");
    }
}
