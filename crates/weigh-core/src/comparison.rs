//! Two models on the same cases: what changed, how sure that is, and whether the new one is no
//! worse than the old one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::decimal::Decimal;
use crate::language::Language;
use crate::measure::{Better, MeasureName, Outcome, Scale, Scored};
use crate::stats::equivalence::{self, Shown};
use crate::stats::holm::holm;
use crate::stats::mean::{Mean, Range};
use crate::stats::paired::{Pair, difference, differences, mcnemar, sign_flip};

/// Patterns of signs that a test draws where there are too many to try all.
const DRAWS: u32 = 20_000;

/// One measure of one suite, of both models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Suite id.
    pub suite: String,
    /// The measure.
    pub measure: MeasureName,
    /// Units that both runs owe.
    pub units: u32,
    /// Units that have a value in both.
    pub scored: u32,
    /// Clusters of units.
    pub clusters: u32,
    /// Mean of the old model over the units that have a value in both.
    pub old: Option<Decimal>,
    /// Mean of the new model over the same.
    pub new: Option<Decimal>,
    /// New less old, or old less new where lower is better, or of their amounts where the value near
    /// zero is: above 0 the new model is better.
    pub gain: Option<Decimal>,
    /// Limits of the gain: Student's over clusters. Missing units count as the worst and the best.
    pub lower: Option<Decimal>,
    /// Upper limit.
    pub upper: Option<Decimal>,
    /// Two-sided p-value of no difference: McNemar's exact test, or sign flips of clusters. None
    /// while a unit is missing.
    pub p: Option<Decimal>,
    /// The same for all comparisons at once (Holm).
    pub adjusted: Option<Decimal>,
    /// What the limits show of "no worse by more than the margin", where a margin was given.
    pub no_worse: Option<NoWorse>,
}

/// Whether the new model is no worse than the old one by more than a margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoWorse {
    /// It is.
    Shown,
    /// The record cannot tell.
    Open,
    /// It is worse.
    Worse,
}

/// Why two runs cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComparisonFault {
    /// One run owes a unit that the other one does not.
    #[error("`{unit}` of {measure} in {suite} is in one run only: compare runs of the same plan")]
    Unmatched {
        /// Suite id.
        suite: String,
        /// The measure.
        measure: MeasureName,
        /// The unit.
        unit: String,
    },
}

/// How two runs are compared.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// Two-sided confidence level of the limits.
    pub level: Decimal,
    /// The loss that is still acceptable, at least 0.
    pub margin: Option<Decimal>,
    /// Seed of tests that draw.
    pub seed: u64,
}

type Key<'a> = (&'a str, MeasureName);
type Pairs<'a> = BTreeMap<&'a str, Vec<Pair>>;

/// Compares every measure of every suite whose figure is a mean over units. Ratios and the
/// calibration error are left out: their units have no differences.
///
/// # Errors
/// When the runs do not owe the same units.
pub fn compare(
    old: &[Scored],
    new: &[Scored],
    how: &How,
) -> Result<Vec<Compared>, ComparisonFault> {
    let mut compared: Vec<Compared> = pairs(old, new)?
        .into_iter()
        .filter_map(|((suite, measure), clusters)| {
            let range = range(measure)?;
            let clusters: Vec<Vec<Pair>> = clusters.into_values().collect();
            Some(one(suite, measure, range, &clusters, how))
        })
        .collect();
    let tested: Vec<f64> = compared.iter().filter_map(|c| Some(c.p?.get())).collect();
    let mut adjusted = holm(&tested).into_iter();
    for one in compared.iter_mut().filter(|one| one.p.is_some()) {
        one.adjusted = adjusted.next().and_then(decimal);
    }
    Ok(compared)
}

/// The range of values whose mean is the measure's figure. None where units have no differences.
pub(crate) const fn range(measure: MeasureName) -> Option<Range> {
    match measure.scale() {
        Scale::Proportion => Some(Range::UNIT),
        Scale::Mean(range) => Some(range),
        Scale::Ratio
        | Scale::Exponential
        | Scale::Calibration
        | Scale::Selective
        | Scale::Corpus => None,
    }
}

/// The pairs of each cluster of each measure, `a` of the new run and `b` of the old one.
fn pairs<'a>(
    old: &'a [Scored],
    new: &'a [Scored],
) -> Result<BTreeMap<Key<'a>, Pairs<'a>>, ComparisonFault> {
    let key = |unit: &'a Scored| -> (Key<'a>, &'a Language, &'a str) {
        let measure = (unit.suite.as_str(), unit.measure);
        (measure, &unit.language, unit.unit.as_str())
    };
    let mut before: BTreeMap<_, &Scored> = old.iter().map(|unit| (key(unit), unit)).collect();
    let mut all: BTreeMap<Key<'a>, Pairs<'a>> = BTreeMap::new();
    for unit in new {
        let twin = before.remove(&key(unit)).ok_or_else(|| unmatched(unit))?;
        let clusters = all.entry((unit.suite.as_str(), unit.measure)).or_default();
        clusters.entry(&unit.cluster).or_default().push(Pair {
            a: value(unit),
            b: value(twin),
        });
    }
    match before.into_values().next() {
        Some(left) => Err(unmatched(left)),
        None => Ok(all),
    }
}

fn unmatched(unit: &Scored) -> ComparisonFault {
    ComparisonFault::Unmatched {
        suite: unit.suite.clone(),
        measure: unit.measure,
        unit: unit.unit.clone(),
    }
}

/// The unit's value, where it has one.
fn value(unit: &Scored) -> Option<f64> {
    match unit.outcome {
        Outcome::Scored(value) => Some(value.get()),
        Outcome::Unscored(_) => None,
    }
}

fn one(
    suite: &str,
    measure: MeasureName,
    range: Range,
    clusters: &[Vec<Pair>],
    how: &How,
) -> Compared {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let both: Vec<(f64, f64)> = clusters
        .iter()
        .flatten()
        .filter_map(|pair| pair.a.zip(pair.b))
        .collect();
    let mean = |of: fn(&(f64, f64)) -> f64| {
        decimal(both.iter().map(of).fold(0.0, |sum, value| sum + value) / both.len() as f64)
    };
    let (old, new) = (mean(|pair| pair.1), mean(|pair| pair.0));
    let (clusters, sign) = directed(measure.better(), clusters, (old, new));
    let clusters = clusters.as_ref();
    let found = difference(clusters, Some(range), how.level.get());
    let (gain, limits) = signed(&found, sign);
    let margin = how.margin.map(Decimal::get);
    Compared {
        suite: suite.to_owned(),
        measure,
        units: count(clusters.iter().map(Vec::len).sum()),
        scored: count(both.len()),
        clusters: count(clusters.len()),
        old,
        new,
        gain: gain.and_then(decimal),
        lower: limits.and_then(|(lower, _)| decimal(lower)),
        upper: limits.and_then(|(_, upper)| decimal(upper)),
        p: p_value(measure.scale() == Scale::Proportion, clusters, how.seed).and_then(decimal),
        adjusted: None,
        no_worse: margin.map(|margin| no_worse(limits, margin)),
    }
}

/// The pairs whose differences are compared, and the sign that makes a gain of new less old.
///
/// What should be near zero can go past it. Its amount is compared then: with the old values turned
/// round, the difference of both means is that of their amounts, and a bias of -0.5 after one of 0.1
/// is a loss of 0.4.
fn directed(
    better: Better,
    clusters: &[Vec<Pair>],
    (old, new): (Option<Decimal>, Option<Decimal>),
) -> (Cow<'_, [Vec<Pair>]>, f64) {
    match better {
        Better::Higher => (Cow::Borrowed(clusters), 1.0),
        Better::Lower => (Cow::Borrowed(clusters), -1.0),
        Better::NearZero => {
            let (old, new) = (old.map_or(0.0, Decimal::get), new.map_or(0.0, Decimal::get));
            if old * new >= 0.0 {
                return (Cow::Borrowed(clusters), -f64::copysign(1.0, old + new));
            }
            let turned = |pair: &Pair| Pair {
                b: pair.b.map(|b| -b),
                ..*pair
            };
            let turned = clusters
                .iter()
                .map(|pairs| pairs.iter().map(turned).collect())
                .collect();
            (Cow::Owned(turned), -f64::copysign(1.0, new))
        }
    }
}

fn signed(found: &Mean, sign: f64) -> (Option<f64>, Option<(f64, f64)>) {
    let turned = |(lower, upper): (f64, f64)| {
        let (a, b) = (sign * lower, sign * upper);
        (a.min(b), a.max(b))
    };
    (found.point.map(|p| sign * p), found.limits.ok().map(turned))
}

/// Without limits nothing is shown.
fn no_worse(limits: Option<(f64, f64)>, margin: f64) -> NoWorse {
    match limits.map(|limits| equivalence::no_worse(limits, margin)) {
        Some(Shown::Holds) => NoWorse::Shown,
        Some(Shown::Fails) => NoWorse::Worse,
        Some(Shown::Open) | None => NoWorse::Open,
    }
}

/// The two-sided p-value of no difference: McNemar's exact test where units stand alone and pass or
/// fail, sign flips of whole clusters else. None while a unit is missing.
pub(crate) fn p_value(passes_or_fails: bool, clusters: &[Vec<Pair>], seed: u64) -> Option<f64> {
    let single = clusters.iter().all(|pairs| pairs.len() == 1);
    if single && passes_or_fails {
        let mut only = (0, 0);
        for pair in clusters.iter().flatten() {
            let (a, b) = pair.a.zip(pair.b)?;
            only.0 += u32::from(a > b);
            only.1 += u32::from(b > a);
        }
        return Some(mcnemar(only.0, only.1));
    }
    let sums: Vec<_> = clusters.iter().map(|pairs| differences(pairs)).collect();
    sign_flip(&sums, DRAWS, seed).ok().map(|test| test.p)
}

fn decimal(value: f64) -> Option<Decimal> {
    Decimal::new(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Unscored;

    fn unit(measure: MeasureName, name: &str, cluster: &str, value: Option<f64>) -> Scored {
        Scored {
            suite: "a/b".to_owned(),
            measure,
            unit: name.to_owned(),
            language: "sw".parse().unwrap(),
            tags: [].into(),
            cluster: cluster.to_owned(),
            outcome: value.map_or(Outcome::Unscored(Unscored::Missing), |value| {
                Outcome::Scored(Decimal::new(value).unwrap())
            }),
            weight: Decimal::ONE,
            shared: None,
            decision: None,
        }
    }

    fn run(measure: MeasureName, values: &[f64], size: usize) -> Vec<Scored> {
        let one = |(at, value): (usize, &f64)| {
            let cluster = (at / size).to_string();
            unit(measure, &at.to_string(), &cluster, Some(*value))
        };
        values.iter().enumerate().map(one).collect()
    }

    fn how(margin: f64) -> How {
        How {
            level: Decimal::new(0.95).unwrap(),
            margin: Decimal::new(margin).ok(),
            seed: 1,
        }
    }

    #[test]
    fn what_changed_and_how_sure_that_is() {
        let old = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        let new = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0];
        let check = |measure, size, gain: f64, p: f64, expect| {
            let compared = compare(
                &run(measure, &old, size),
                &run(measure, &new, size),
                &how(0.1),
            );
            let [one] = compared.unwrap().try_into().unwrap();
            let one: Compared = one;
            assert!((one.gain.unwrap().get() - gain).abs() < 1e-12, "{one:?}");
            assert!((one.p.unwrap().get() - p).abs() < 1e-12, "{one:?}");
            assert_eq!(
                (one.units, one.adjusted, one.no_worse),
                (10, one.p, Some(expect))
            );
            assert!(one.lower.unwrap() < one.upper.unwrap());
        };
        // Six lost, one won: scipy.stats.binomtest(1, 7).pvalue is 0.125.
        check(MeasureName::Accuracy, 1, -0.5, 0.125, NoWorse::Open);
        check(MeasureName::OverRefusal, 1, 0.5, 0.125, NoWorse::Open);
        // Clusters of two have the sums -2, -2, -2, 1, 0: of 16 patterns the four in which the
        // three large ones agree reach 5 or more.
        check(MeasureName::Accuracy, 2, -0.5, 0.25, NoWorse::Open);
        let (worse, better) = ([0.0; 40], [1.0; 40]);
        let shown = |old: &[f64], new: &[f64]| {
            let measure = MeasureName::F1;
            let compared = compare(&run(measure, old, 1), &run(measure, new, 1), &how(0.1));
            compared.unwrap()[0].no_worse
        };
        assert_eq!(shown(&worse, &better), Some(NoWorse::Shown));
        assert_eq!(shown(&better, &worse), Some(NoWorse::Worse));
        assert_eq!(shown(&better, &better), Some(NoWorse::Shown));
        assert_eq!(shown(&better[..3], &better[..3]), Some(NoWorse::Open));
    }

    #[test]
    fn a_bias_that_went_past_zero_is_measured_by_its_amount() {
        let check = |old: f64, new: f64, gain: f64| {
            let measure = MeasureName::BiasAmbiguous;
            let run = |level: f64| {
                let values: Vec<f64> = (0..40)
                    .map(|at| level + if at % 2 == 0 { 0.1 } else { -0.1 })
                    .collect();
                run(measure, &values, 1)
            };
            let one = &compare(&run(old), &run(new), &how(0.1)).unwrap()[0];
            assert!((one.gain.unwrap().get() - gain).abs() < 1e-12, "{one:?}");
            assert_eq!(one.old.unwrap().get() > 0.0, old > 0.0, "told as it is");
            if gain < -0.2 {
                assert_eq!(one.no_worse, Some(NoWorse::Worse), "{one:?}");
                assert!(one.p.unwrap().get() < 0.001, "{one:?}");
            }
        };
        check(0.5, 0.25, 0.25);
        check(-0.5, -0.25, 0.25);
        check(0.25, 0.5, -0.25);
        check(0.125, -0.5, -0.375);
        check(-0.125, 0.5, -0.375);
        check(0.5, -0.125, 0.375);
    }

    #[test]
    fn runs_of_different_plans_are_not_compared() {
        let run = |name: &str| vec![unit(MeasureName::Accuracy, name, "f", Some(1.0))];
        let fault = compare(&run("x"), &run("y"), &how(0.1)).unwrap_err();
        assert!(fault.to_string().starts_with("`y` of accuracy in a/b"));
        let fault = compare(&run("x"), &[], &how(0.1)).unwrap_err();
        assert!(fault.to_string().starts_with("`x`"));
        // A ratio has no pairs.
        let ratio = vec![unit(MeasureName::BitsPerByte, "x", "f", Some(1.0))];
        assert_eq!(compare(&ratio, &ratio, &how(0.1)), Ok(Vec::new()));
    }

    #[test]
    fn a_missing_unit_hides_nothing() {
        let run = |last| {
            let value = |at: usize| if at == 39 { last } else { Some(1.0) };
            let one = |at: usize| {
                unit(
                    MeasureName::Accuracy,
                    &at.to_string(),
                    &at.to_string(),
                    value(at),
                )
            };
            (0..40).map(one).collect::<Vec<_>>()
        };
        let whole = &compare(&run(Some(1.0)), &run(Some(1.0)), &how(0.2)).unwrap()[0];
        let part = &compare(&run(Some(1.0)), &run(None), &how(0.2)).unwrap()[0];
        assert_eq!((part.units, part.scored, part.p), (40, 39, None));
        assert!(part.lower < whole.lower && part.upper > whole.upper);
    }
}
