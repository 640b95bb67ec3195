//! What is said of a card: how flags and labels agree.

use std::path::Path;

use serde::Serialize;
use weigh_core::card::{Card, Counts, Rate};
use weigh_core::decimal::Decimal;

use crate::output::Output;

/// A card for programs.
#[derive(Serialize)]
struct Told<'a> {
    instrument: &'static str,
    version: u32,
    language: &'a str,
    date: &'a str,
    items: u32,
    true_positives: u32,
    false_negatives: u32,
    true_negatives: u32,
    false_positives: u32,
    undecided_positives: u32,
    undecided_negatives: u32,
    sensitivity: Option<Share>,
    specificity: Option<Share>,
    /// Where the card is, if it was written.
    out: Option<String>,
    /// The card itself.
    card: &'a str,
}

/// A share with its interval.
#[derive(Serialize)]
struct Share {
    point: Decimal,
    lower: Decimal,
    upper: Decimal,
}

impl From<Rate> for Share {
    fn from(rate: Rate) -> Self {
        let share = |parts: u32| Decimal::new(f64::from(parts) / 1e4).unwrap_or(Decimal::ZERO);
        Self {
            point: share(rate.point),
            lower: share(rate.lower),
            upper: share(rate.upper),
        }
    }
}

/// The card as JSON.
pub fn json(card: &Card, out: Option<&Path>, text: &str, output: &Output) {
    let counts = card.totals();
    let told = Told {
        instrument: card.instrument.as_str(),
        version: card.version,
        language: card.language.as_str(),
        date: &card.date,
        items: counts.items(),
        true_positives: counts.true_positives,
        false_negatives: counts.false_negatives,
        true_negatives: counts.true_negatives,
        false_positives: counts.false_positives,
        undecided_positives: counts.undecided_positives,
        undecided_negatives: counts.undecided_negatives,
        sensitivity: counts.sensitivity().map(Share::from),
        specificity: counts.specificity().map(Share::from),
        out: out.map(|path| path.display().to_string()),
        card: text,
    };
    output.json("weighhouse-calibration/1", &told);
}

/// The confusion table and the rates for people.
pub fn table(card: &Card) -> String {
    let Counts {
        true_positives,
        false_negatives,
        true_negatives,
        false_positives,
        undecided_positives,
        undecided_negatives,
    } = card.totals();
    let line = |name: &str, cells: [String; 3]| {
        let [a, b, c] = cells;
        format!("{name:<29}{a:>10}{b:>14}{c:>12}\n")
    };
    let counts = |name: &str, cells: [u32; 3]| line(name, cells.map(|count| count.to_string()));
    let mut table = format!(
        "{} {}, {}: {} replies\n\n",
        card.instrument.as_str(),
        card.version,
        card.language,
        card.totals().items()
    );
    let heads = ["flagged", "not flagged", "undecided"].map(str::to_owned);
    table += &line("", heads);
    let kinds = card.instrument.kinds();
    let [positive, negative] = kinds.map(|kind| format!("labelled {kind}"));
    table += &counts(
        &positive,
        [true_positives, false_negatives, undecided_positives],
    );
    table += &counts(
        &negative,
        [false_positives, true_negatives, undecided_negatives],
    );
    let (sensitivity, specificity) = (card.totals().sensitivity(), card.totals().specificity());
    table += &format!("\nsensitivity  {}\n", rate(sensitivity));
    table + &format!("specificity  {}", rate(specificity))
}

fn rate(rate: Option<Rate>) -> String {
    let Some(Rate {
        point,
        lower,
        upper,
    }) = rate
    else {
        return "no figure: no such reply was decided".to_owned();
    };
    let [point, lower, upper] = [point, lower, upper].map(|parts| f64::from(parts) / 100.0);
    format!("{point:.2} % [{lower:.2}, {upper:.2}]")
}
