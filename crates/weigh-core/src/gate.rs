//! A gate between two runs of one plan: it closes where the new model is shown to be worse, never on noise.
//!
//! **The test.** Each measure of each suite is tested on the same cases ([`compare`]): McNemar's exact
//! test for units that stand alone and pass or fail, sign flips of whole families for others, two-sided.
//! Holm's step-down (1979) over all measures keeps the chance that a model which is no worse anywhere
//! fails by any of them at 1 - level at most.
//!
//! **The margin.** With a margin above 0 the loss must be shown to be larger than the margin, too: the
//! whole interval of the difference lies beyond it, at the level that holds for all measures at once
//! (Bonferroni).
//!
//! **Missing units.** A unit with a value in one run only is taken both ways. A measure fails if it
//! fails in the way that is best for the new run; where it fails only in the worst way, it is open.
//! Units without a value in either run show no change and are left out.

mod plans;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::comparison::{self, Compared, ComparisonFault, NoWorse, compare, range};
use crate::decimal::Decimal;
use crate::measure::{Better, MeasureName, Outcome, Scored};
use crate::stats::mean::Range;
use crate::verdict::Verdict;

pub use plans::differences;

/// How a gate decides.
#[derive(Debug, Clone, Copy)]
pub struct Gate {
    /// Two-sided confidence level, over all measures at once.
    pub level: Decimal,
    /// The loss that is still acceptable, at least 0.
    pub margin: Decimal,
    /// Seed of tests that draw.
    pub seed: u64,
}

/// What is known of one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is not shown to be worse.
    Held,
    /// It is worse or not, as units without a value turn out; or no unit has one.
    Open,
    /// It is worse.
    Worse,
}

/// One measure of one suite, and what the gate makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tested {
    /// The comparison over the units that have a value in both runs.
    #[serde(flatten)]
    pub compared: Compared,
    /// Units with a value in the old run only.
    pub lost: u32,
    /// Units with a value in the new run only.
    pub gained: u32,
    /// What follows.
    pub change: Change,
    /// Why, in one sentence.
    pub reason: String,
}

/// Tests every measure whose units have differences.
///
/// # Errors
/// When the runs do not owe the same units.
pub fn test(old: &[Scored], new: &[Scored], gate: &Gate) -> Result<Vec<Tested>, ComparisonFault> {
    let (old, new) = (tested(old), tested(new));
    let keys: BTreeSet<(&str, MeasureName)> = new.iter().map(key).collect();
    let how = comparison::How {
        level: at_once(gate.level, keys.len()),
        margin: (gate.margin > Decimal::ZERO).then_some(gate.margin),
        seed: gate.seed,
    };
    let seen = compare(&old, &new, &how)?;
    let twins = twins(&old, &new);
    let missing = twins.values().flatten().any(|twin| twin.is_missing());
    let read = |extreme: Extreme| -> Result<Vec<Compared>, ComparisonFault> {
        let (old, new) = filled(&twins, extreme);
        compare(&old, &new, &how)
    };
    let (best, worst) = if missing {
        (read(Extreme::Best)?, read(Extreme::Worst)?)
    } else {
        (seen.clone(), seen.clone())
    };
    let found = |all: &[Compared], one: &Compared| {
        let same = |other: &&Compared| (&one.suite, one.measure) == (&other.suite, other.measure);
        all.iter().find(same).cloned()
    };
    Ok(seen
        .into_iter()
        .map(|one| {
            let readings = found(&best, &one).zip(found(&worst, &one));
            let twins = twins.get(&(one.suite.as_str(), one.measure));
            judged(
                one.clone(),
                readings,
                twins.map_or(&[], Vec::as_slice),
                gate,
            )
        })
        .collect())
}

/// The measures of the run that the gate cannot test: their units have no differences, or they speak
/// of the suite and not of the model.
#[must_use]
pub fn untested(new: &[Scored]) -> BTreeSet<(String, MeasureName)> {
    let left = new.iter().filter(|unit| !is_tested(unit.measure));
    left.map(|unit| (unit.suite.clone(), unit.measure))
        .collect()
}

/// What the tests come to, as the verdict on "it is no worse". Nothing tested shows nothing.
#[must_use]
pub fn verdict(tested: &[Tested]) -> Verdict {
    match tested.iter().map(|one| one.change).max() {
        None => Verdict::NotAssessed,
        Some(Change::Held) => Verdict::Conforms,
        Some(Change::Open) => Verdict::Inconclusive,
        Some(Change::Worse) => Verdict::DoesNotConform,
    }
}

/// Whether the gate tests a measure. Without the question, a right answer says that the suite gives
/// it away: a model that guesses better is no worse.
fn is_tested(measure: MeasureName) -> bool {
    range(measure).is_some() && measure != MeasureName::ControlAccuracy
}

fn tested(units: &[Scored]) -> Vec<Scored> {
    let kept = units.iter().filter(|unit| is_tested(unit.measure));
    kept.cloned().collect()
}

/// The level of each interval at which all `count` of them hold at once.
fn at_once(level: Decimal, count: usize) -> Decimal {
    let each = 1.0 - (1.0 - level.get()) / count.max(1) as f64;
    Decimal::new(each).unwrap_or(level)
}

fn key(unit: &Scored) -> (&str, MeasureName) {
    (unit.suite.as_str(), unit.measure)
}

/// A unit in both runs.
struct Twin<'a> {
    old: &'a Scored,
    new: &'a Scored,
}

/// Which of both runs have a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Has {
    Both,
    Old,
    New,
    Neither,
}

impl Twin<'_> {
    fn has(&self) -> Has {
        let scored = |unit: &Scored| matches!(unit.outcome, Outcome::Scored(_));
        match (scored(self.old), scored(self.new)) {
            (true, true) => Has::Both,
            (true, false) => Has::Old,
            (false, true) => Has::New,
            (false, false) => Has::Neither,
        }
    }

    fn is_missing(&self) -> bool {
        self.has() != Has::Both
    }
}

type Twins<'a> = BTreeMap<(&'a str, MeasureName), Vec<Twin<'a>>>;

/// The units that both runs owe, by suite and measure.
fn twins<'a>(old: &'a [Scored], new: &'a [Scored]) -> Twins<'a> {
    let place = |unit: &'a Scored| (key(unit), &unit.language, unit.unit.as_str());
    let before: BTreeMap<_, &Scored> = old.iter().map(|unit| (place(unit), unit)).collect();
    let mut twins = Twins::new();
    for new in new {
        if let Some(old) = before.get(&place(new)) {
            twins.entry(key(new)).or_default().push(Twin { old, new });
        }
    }
    twins
}

/// How a missing value is read: for or against the new run.
#[derive(Clone, Copy)]
enum Extreme {
    Best,
    Worst,
}

/// Both runs with every missing value read in one way. What neither has is left out.
fn filled(twins: &Twins<'_>, extreme: Extreme) -> (Vec<Scored>, Vec<Scored>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for twin in twins.values().flatten() {
        let (mut old, mut new) = (twin.old.clone(), twin.new.clone());
        let (good, bad) = extremes(new.measure);
        let (of_new, of_old) = match extreme {
            Extreme::Best => (good, bad),
            Extreme::Worst => (bad, good),
        };
        match twin.has() {
            Has::Both => {}
            Has::Old => new.outcome = of_new,
            Has::New => old.outcome = of_old,
            Has::Neither => continue,
        }
        before.push(old);
        after.push(new);
    }
    (before, after)
}

/// The best and the worst value. Where the value near zero is the best, a single one has no worst:
/// that depends on the side of the others.
fn extremes(measure: MeasureName) -> (Outcome, Outcome) {
    let range = range(measure).unwrap_or(Range::UNIT);
    let (good, bad) = match measure.better() {
        Better::Higher => (range.most, range.least),
        Better::Lower => (range.least, range.most),
        Better::NearZero => (0.0, 0.0),
    };
    let outcome = |value| Outcome::Scored(Decimal::new(value).unwrap_or(Decimal::ZERO));
    (outcome(good), outcome(bad))
}

fn judged(
    compared: Compared,
    readings: Option<(Compared, Compared)>,
    twins: &[Twin<'_>],
    gate: &Gate,
) -> Tested {
    let count = |has: Has| {
        let units = twins.iter().filter(|twin| twin.has() == has).count();
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    let (lost, gained) = (count(Has::Old), count(Has::New));
    let sided = compared.measure.better() == Better::NearZero && lost + gained > 0;
    let (change, reason) = match readings {
        None => (Change::Open, "no unit has a value in either run".to_owned()),
        Some(_) if sided => (Change::Open, open(lost + gained, compared.units)),
        Some((best, worst)) => match (is_worse(&best, gate), is_worse(&worst, gate)) {
            (true, _) => (Change::Worse, worse(&best, gate)),
            (false, true) => (Change::Open, open(lost + gained, compared.units)),
            (false, false) => (Change::Held, held(&worst)),
        },
    };
    Tested {
        compared,
        lost,
        gained,
        change,
        reason,
    }
}

/// Whether a loss is shown, and shown to be larger than the margin where there is one.
fn is_worse(one: &Compared, gate: &Gate) -> bool {
    let significant = one
        .adjusted
        .is_some_and(|p| p.get() <= 1.0 - gate.level.get());
    let loses = one.gain.is_some_and(|gain| gain < Decimal::ZERO);
    let beyond = gate.margin == Decimal::ZERO || one.no_worse == Some(NoWorse::Worse);
    significant && loses && beyond
}

fn worse(one: &Compared, gate: &Gate) -> String {
    let beyond = if gate.margin > Decimal::ZERO {
        format!(", more than the margin of {}", gate.margin)
    } else {
        String::new()
    };
    format!(
        "worse by {}{beyond}: p {} over all measures at once",
        number(one.gain.map(|gain| -gain.get())),
        number(one.adjusted.map(Decimal::get)),
    )
}

fn held(one: &Compared) -> String {
    format!(
        "not shown to be worse: p {} over all measures at once",
        number(one.adjusted.map(Decimal::get))
    )
}

fn open(missing: u32, units: u32) -> String {
    format!(
        "{missing} of {units} units have a value in one run only: worse or not, as they turn out"
    )
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"))
}

#[cfg(test)]
mod tests;
