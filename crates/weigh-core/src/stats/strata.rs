//! From outcomes to estimates: one for each measure, suite and stratum.

use std::collections::BTreeMap;

use super::bootstrap::bootstrap;
use super::calibration::{Prediction, Ranked};
use super::cluster::{Cluster, total};
use super::corrected::corrected;
use super::mean::{self, Range};
use super::proportion::clustered;
use super::student::two_sided;
use super::undefined::Undefined;
use super::{Correction, Estimate, Interval, Method, Stratum};
use crate::card::CitedCard;
use crate::decimal::Decimal;
use crate::measure::text::corpus::{self, Shared};
use crate::measure::text::perplexity;
use crate::measure::{MeasureName, Outcome, Scale, Scored};

/// The share of the units on which a selective accuracy is counted: those of which a model is surest.
const COVERAGE: f64 = 0.8;
/// Resamples of a bootstrap, and the seed that draws them: the same bytes from the same record.
const DRAWS: u32 = 2_000;
const SEED: u64 = 1;

/// Estimates every measure of every suite on all units, on each language and on each tag.
///
/// Intervals are two-sided at `level`, a number between 0 and 1. A share that an instrument counted
/// is corrected where all units are in a language that one of `cards` is for. The result is sorted
/// by suite, measure and stratum and does not depend on the order of `scored`.
#[must_use]
pub fn estimate(scored: &[Scored], level: Decimal, cards: &[CitedCard]) -> Vec<Estimate> {
    estimate_at(scored, &|_| level, cards)
}

/// The same with a level for each suite, as a run that is extended has.
#[must_use]
pub fn estimate_at(
    scored: &[Scored],
    level: &dyn Fn(&str) -> Decimal,
    cards: &[CitedCard],
) -> Vec<Estimate> {
    let mut strata: BTreeMap<(&str, MeasureName, Stratum), Vec<&Scored>> = BTreeMap::new();
    let mut ordered: Vec<&Scored> = scored.iter().collect();
    ordered.sort_by_key(|unit| (&unit.language, &unit.unit));
    for unit in ordered {
        let tags = unit.tags.iter().cloned().map(Stratum::Tag);
        let language = Stratum::Language(unit.language.clone());
        for stratum in [Stratum::All, language].into_iter().chain(tags) {
            let key = (unit.suite.as_str(), unit.measure, stratum);
            strata.entry(key).or_default().push(unit);
        }
    }
    strata
        .into_iter()
        .map(|((suite, measure, stratum), units)| Estimate {
            stratum,
            ..of_units((suite, measure), &units, level(suite), cards)
        })
        .collect()
}

/// The estimate over some units of one measure, for every unit of one suite.
fn of_units(
    (suite, measure): (&str, MeasureName),
    units: &[&Scored],
    level: Decimal,
    cards: &[CitedCard],
) -> Estimate {
    let clusters = by_cluster(units);
    let mut unscored: BTreeMap<String, u32> = BTreeMap::new();
    for unit in units {
        if let Outcome::Unscored(reason) = &unit.outcome {
            *unscored.entry(reason.kind().to_owned()).or_default() += 1;
        }
    }
    let all = total(&clusters);
    let scored = all.planned - all.missing;
    let figure = if scored == 0 {
        None
    } else {
        match measure.scale() {
            Scale::Proportion => proportion(&clusters, level),
            Scale::Mean(range) => mean(&clusters, range, level),
            Scale::Ratio => ratio(units, level),
            Scale::Exponential => ratio(units, level).and_then(exponential),
            Scale::Calibration => calibration(units, level),
            Scale::Selective => selective(units, level),
            Scale::Corpus => of_corpus(units, level),
        }
    };
    let (point, interval) =
        figure.map_or((None, None), |(point, interval)| (Some(point), interval));
    Estimate {
        suite: suite.to_owned(),
        measure,
        measure_version: measure.version(),
        stratum: Stratum::All,
        planned: all.planned,
        scored,
        unscored,
        clusters: u32::try_from(clusters.len()).unwrap_or(u32::MAX),
        point,
        interval,
        correction: card((suite, measure), units, cards)
            .filter(|_| scored > 0)
            .map(|card| correction(&clusters, card, level)),
    }
}

/// The card of the instrument behind `measure` in the one language of `units`.
fn card<'a>(
    (suite, measure): (&str, MeasureName),
    units: &[&Scored],
    cards: &'a [CitedCard],
) -> Option<&'a CitedCard> {
    let instrument = measure.instrument()?;
    let language = &units.first()?.language;
    let alone = units.iter().all(|unit| unit.language == *language);
    let of_units = |card: &&CitedCard| {
        let of_suite = card.suite.as_deref().is_none_or(|cited| cited == suite);
        alone && of_suite && card.instrument == instrument && card.language == *language
    };
    cards.iter().find(of_units)
}

/// The share of passes without the errors of the card's instrument.
fn correction(clusters: &[Cluster], cited: &CitedCard, level: Decimal) -> Correction {
    let card = cited.digest;
    let undefined = |reason: String| Correction::Undefined { card, reason };
    match corrected(clusters, &cited.counts, level.get()) {
        Ok(share) => {
            let (lower, upper) = share.limits;
            match [share.point, lower, upper].map(Decimal::new) {
                [Ok(point), Ok(lower), Ok(upper)] => Correction::Corrected {
                    card,
                    point,
                    lower,
                    upper,
                },
                _ => undefined(Undefined::NothingScored.to_string()),
            }
        }
        Err(reason) => undefined(reason.to_string()),
    }
}

/// The sums of each cluster, in the order of their names.
fn by_cluster(units: &[&Scored]) -> Vec<Cluster> {
    let mut clusters: BTreeMap<&str, Cluster> = BTreeMap::new();
    for unit in units {
        let cluster = clusters.entry(&unit.cluster).or_default();
        cluster.planned += 1;
        match &unit.outcome {
            Outcome::Scored(value) => cluster.passes += value.get(),
            Outcome::Unscored(_) => cluster.missing += 1,
        }
    }
    clusters.into_values().collect()
}

/// A point and, where there is one, its interval.
type Figure = Option<(Decimal, Option<Interval>)>;

fn proportion(clusters: &[Cluster], level: Decimal) -> Figure {
    let all = total(clusters);
    let point = Decimal::new(all.passes / f64::from(all.planned - all.missing)).ok()?;
    Some((point, interval(clusters, level)))
}

fn mean(clusters: &[Cluster], range: Range, level: Decimal) -> Figure {
    let mean = mean::mean(clusters, Some(range), level.get());
    let point = Decimal::new(mean.point?).ok()?;
    Some((point, limits(mean.limits.ok(), level, Method::Student)))
}

/// The ratio of the sums of both amounts, with Student's interval over the clusters. Without every
/// unit there is none: nothing bounds what is missing.
fn ratio(units: &[&Scored], level: Decimal) -> Figure {
    let mut clusters: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut whole = true;
    for unit in units {
        match &unit.outcome {
            Outcome::Scored(value) => {
                let (upper, lower) = clusters.entry(&unit.cluster).or_default();
                *upper += value.get() * unit.weight.get();
                *lower += unit.weight.get();
            }
            Outcome::Unscored(_) => whole = false,
        }
    }
    let clusters: Vec<(f64, f64)> = clusters.into_values().collect();
    let ratio = perplexity::ratio(&clusters, "amounts").ok()?;
    let point = Decimal::new(ratio.point).ok()?;
    let error = ratio.standard_error.filter(|error| whole && *error > 0.0);
    let around = error.map(|error| {
        let freedom = clusters.len() as f64 - 1.0;
        let half = two_sided(1.0 - level.get(), freedom) * error;
        ((ratio.point - half).max(0.0), ratio.point + half)
    });
    Some((point, limits(around, level, Method::RatioStudent)))
}

/// e to the power of a figure and of its limits.
fn exponential((point, interval): (Decimal, Option<Interval>)) -> Figure {
    let power = |exponent: Decimal| Decimal::new(libm::exp(exponent.get())).ok();
    let interval = interval.and_then(|interval| {
        Some(Interval {
            lower: power(interval.lower)?,
            upper: power(interval.upper)?,
            ..interval
        })
    });
    Some((power(point)?, interval))
}

/// The expected calibration error. Without every unit it has no interval.
fn calibration(units: &[&Scored], level: Decimal) -> Figure {
    let ranked = ranked(units)?;
    let point = Decimal::new(ranked.calibration_error()).ok()?;
    let around = ranked.calibration_error_interval(level.get()).ok();
    let around = around.filter(|_| is_whole(units)).map(|error| error.limits);
    Some((point, limits(around, level, Method::Calibration)))
}

/// The accuracy on the surest units. Without every unit it has no interval.
fn selective(units: &[&Scored], level: Decimal) -> Figure {
    let ranked = ranked(units)?;
    let point = Decimal::new(ranked.selective_accuracy(COVERAGE)).ok()?;
    let drawn = || ranked.selective_accuracy_bootstrap(COVERAGE, DRAWS, SEED);
    let around = is_whole(units).then(drawn).and_then(Result::ok);
    let around = around.and_then(|drawn| drawn.expanded_bca(level.get()).ok());
    Some((point, limits(around, level, Method::Bootstrap)))
}

/// The score of all texts together. Without every unit it has no interval.
fn of_corpus(units: &[&Scored], level: Decimal) -> Figure {
    let mut clusters: BTreeMap<&str, Vec<&Shared>> = BTreeMap::new();
    for unit in units {
        let texts = clusters.entry(&unit.cluster).or_default();
        texts.extend(&unit.shared);
    }
    let clusters: Vec<Vec<&Shared>> = clusters.into_values().collect();
    let weighted = |weights: &[u32]| {
        let texts = clusters.iter().zip(weights);
        let texts = texts.flat_map(|(texts, &weight)| texts.iter().map(move |t| (*t, weight)));
        corpus::score(texts)
    };
    let point = Decimal::new(weighted(&vec![1; clusters.len()])?).ok()?;
    let count = u32::try_from(clusters.len()).ok()?;
    let drawn = || bootstrap(count, DRAWS, SEED, &weighted);
    let around = is_whole(units).then(drawn).and_then(Result::ok);
    let around = around.and_then(|drawn| drawn.expanded_bca(level.get()).ok());
    Some((point, limits(around, level, Method::Bootstrap)))
}

fn is_whole(units: &[&Scored]) -> bool {
    let mut outcomes = units.iter().map(|unit| &unit.outcome);
    outcomes.all(|outcome| matches!(outcome, Outcome::Scored(_)))
}

/// The scored units in the order of their confidence.
pub(super) fn ranked(units: &[&Scored]) -> Option<Ranked> {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    for unit in units {
        let next = u32::try_from(numbers.len()).ok()?;
        numbers.entry(&unit.cluster).or_insert(next);
    }
    let prediction = |unit: &&Scored| match &unit.outcome {
        Outcome::Scored(value) => Some(Prediction {
            confidence: unit.weight.get(),
            correct: *value == Decimal::ONE,
            cluster: numbers.get(unit.cluster.as_str()).copied()?,
        }),
        Outcome::Unscored(_) => None,
    };
    let predictions: Vec<Prediction> = units.iter().filter_map(prediction).collect();
    Ranked::new(&predictions, 0).ok()
}

fn limits(limits: Option<(f64, f64)>, level: Decimal, method: Method) -> Option<Interval> {
    let (lower, upper) = limits?;
    Some(Interval {
        lower: Decimal::new(lower).ok()?,
        upper: Decimal::new(upper).ok()?,
        level,
        method,
    })
}

/// The interval whose lower limit counts every missing unit as failed and whose upper limit counts
/// it as passed.
pub(super) fn interval(clusters: &[Cluster], level: Decimal) -> Option<Interval> {
    let independent = clusters.iter().all(|c| c.planned == 1);
    let method = if independent {
        Method::ClopperPearson
    } else {
        Method::KornGraubard
    };
    limits(Some(clustered(clusters, level.get())), level, method)
}
