//! What several models make of the same items: how hard a suite is, and whether it tells models apart.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::decimal::Decimal;
use crate::measure::{MeasureName, Outcome, Scale, Scored};
use crate::stats::Stratum;

/// The items of one measure on one part of one suite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Items {
    /// Suite id.
    pub suite: String,
    /// The measure.
    pub measure: MeasureName,
    /// The part.
    pub stratum: Stratum,
    /// Items that every run owes.
    pub items: u32,
    /// Items that have a value in every run. The figures below are about these.
    pub scored: u32,
    /// The share of them that passes, for each run.
    pub passes: Vec<Decimal>,
    /// The share that passes in no run: too hard, or with a wrong key.
    pub none: Option<Decimal>,
    /// The share that passes in every run: too easy to tell these models apart.
    pub all: Option<Decimal>,
    /// The share that passes in the last run and not in the first.
    pub only_last: Option<Decimal>,
    /// The share that passes in the first run and not in the last.
    pub only_first: Option<Decimal>,
}

/// The statistics of every measure whose units pass or fail, over all items, by language and by tag.
/// Units that some run does not owe are left out. Sorted by suite, measure and stratum.
#[must_use]
pub fn items(runs: &[&[Scored]]) -> Vec<Items> {
    let mut units: BTreeMap<Key<'_>, Vec<&Scored>> = BTreeMap::new();
    for unit in runs.iter().copied().flatten() {
        if unit.measure.scale() == Scale::Proportion {
            units.entry(key(unit)).or_default().push(unit);
        }
    }
    let mut strata: BTreeMap<(&str, MeasureName, Stratum), Vec<Vec<&Scored>>> = BTreeMap::new();
    for answers in units.into_values().filter(|all| all.len() == runs.len()) {
        let Some(unit) = answers.first() else {
            continue;
        };
        let language = Stratum::Language(unit.language.clone());
        let tags = unit.tags.iter().cloned().map(Stratum::Tag);
        for stratum in [Stratum::All, language].into_iter().chain(tags) {
            let place = (unit.suite.as_str(), unit.measure, stratum);
            strata.entry(place).or_default().push(answers.clone());
        }
    }
    strata
        .into_iter()
        .map(|((suite, measure, stratum), answers)| Items {
            suite: suite.to_owned(),
            measure,
            stratum,
            ..of_answers(&answers, runs.len())
        })
        .collect()
}

type Key<'a> = (&'a str, MeasureName, &'a str, &'a str);

fn key(unit: &Scored) -> Key<'_> {
    let language = unit.language.as_str();
    (&unit.suite, unit.measure, language, &unit.unit)
}

/// The figures of some items; each row holds the units of one item, in the order of the runs.
fn of_answers(answers: &[Vec<&Scored>], runs: usize) -> Items {
    let passed = |unit: &&Scored| match &unit.outcome {
        Outcome::Scored(value) => Some(*value == Decimal::ONE),
        Outcome::Unscored(_) => None,
    };
    let rows = answers.iter().map(|row| row.iter().map(passed).collect());
    let rows: Vec<Vec<bool>> = rows.flat_map(|row: Option<Vec<bool>>| row).collect();
    let share = |holds: &dyn Fn(&Vec<bool>) -> bool| {
        let count = rows.iter().filter(|row| holds(row)).count();
        Decimal::new(count as f64 / rows.len() as f64).ok()
    };
    let at = |row: &Vec<bool>, run: usize| row.get(run).copied().unwrap_or(false);
    let last = runs.saturating_sub(1);
    let passes = (0..runs).filter_map(|run| share(&|row| at(row, run)));
    Items {
        suite: String::new(),
        measure: MeasureName::Accuracy,
        stratum: Stratum::All,
        items: u32::try_from(answers.len()).unwrap_or(u32::MAX),
        scored: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        passes: passes.collect(),
        none: share(&|row| !row.contains(&true)),
        all: share(&|row| !row.contains(&false)),
        only_last: share(&|row| at(row, last) && !at(row, 0)),
        only_first: share(&|row| at(row, 0) && !at(row, last)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::measure::Unscored;

    fn unit(measure: MeasureName, name: &str, passed: Option<bool>) -> Scored {
        Scored {
            suite: "s".to_owned(),
            measure,
            unit: name.to_owned(),
            language: "en".parse().unwrap(),
            tags: BTreeSet::from(["t".to_owned()]),
            cluster: name.to_owned(),
            outcome: passed.map_or(Outcome::Unscored(Unscored::Cut), |passed| {
                Outcome::Scored(u32::from(passed).into())
            }),
            weight: Decimal::ONE,
            shared: None,
            decision: None,
        }
    }

    fn run(row: &[Option<bool>]) -> Vec<Scored> {
        let units = row.iter().enumerate();
        let mut all: Vec<Scored> = units
            .map(|(i, passed)| unit(MeasureName::Accuracy, &i.to_string(), *passed))
            .collect();
        all.push(unit(MeasureName::Brier, "0", Some(true)));
        all
    }

    #[test]
    fn items_that_tell_models_apart_are_counted() {
        let (yes, no) = (Some(true), Some(false));
        let weak = run(&[yes, no, no, no, yes, no]);
        let strong = run(&[yes, yes, yes, no, no, None, yes]);
        let found = items(&[&weak, &strong]);
        // All, the language and the tag hold the same items; the Brier score is no pass or fail.
        assert_eq!(found.len(), 3);
        for one in found {
            assert_eq!((one.items, one.scored), (6, 5));
            let share = |n: f64| Decimal::new(n / 5.0).ok();
            assert_eq!(one.passes, [2.0, 3.0].map(|n| share(n).unwrap()));
            assert_eq!((one.none, one.all), (share(1.0), share(1.0)));
            assert_eq!((one.only_last, one.only_first), (share(2.0), share(1.0)));
        }
    }

    #[test]
    fn without_a_common_item_there_is_no_figure() {
        assert_eq!(items(&[]), []);
        let found = items(&[&run(&[None]), &run(&[Some(true)])]);
        assert_eq!(found[0].scored, 0);
        assert_eq!((found[0].none, found[0].passes.len()), (None, 0));
    }
}
