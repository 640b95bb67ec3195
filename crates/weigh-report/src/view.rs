//! The report's estimates in the order in which people read them: suites, measures, strata.

use std::collections::{BTreeMap, BTreeSet};

use weigh_core::decimal::Decimal;
use weigh_core::measure::{Better, MeasureName};
use weigh_core::report::Report;
use weigh_core::stats::{Estimate, Stratum};
use weigh_core::verdict::{Finding, Verdict};

use crate::texts::ReportLanguage;
use crate::words::language_name;

/// The estimates of one suite.
pub(crate) struct SuiteView<'a> {
    /// Its id.
    pub id: &'a str,
    /// The columns of the grids.
    pub measures: Vec<MeasureName>,
    /// One for each measure that has an estimate over all cases.
    pub overall: Vec<&'a Estimate>,
    /// One row a language.
    pub languages: Grid<'a>,
    /// One row a tag.
    pub tags: Grid<'a>,
}

/// Rows of a table whose columns are a suite's measures.
pub(crate) struct Grid<'a> {
    /// Sorted by language or tag.
    pub rows: Vec<Row<'a>>,
}

/// One row of a grid.
pub(crate) struct Row<'a> {
    /// What it is about, as people call it; not escaped yet.
    pub label: String,
    /// One for each measure; `None` where the measure says nothing of the row.
    pub cells: Vec<Option<&'a Estimate>>,
}

/// The estimates of every suite that was planned or estimated, sorted by id.
pub(crate) fn suites(report: &Report, language: ReportLanguage) -> Vec<SuiteView<'_>> {
    let planned = report.plan.suites.keys().map(String::as_str);
    let estimated = report.estimates.iter().map(|e| e.suite.as_str());
    let ids: BTreeSet<&str> = planned.chain(estimated).collect();
    ids.into_iter()
        .map(|id| suite(report, id, language))
        .collect()
}

fn suite<'a>(report: &'a Report, id: &'a str, language: ReportLanguage) -> SuiteView<'a> {
    let estimates: Vec<&Estimate> = report.estimates.iter().filter(|e| e.suite == id).collect();
    let measures: BTreeSet<MeasureName> = estimates.iter().map(|e| e.measure).collect();
    let measures: Vec<MeasureName> = measures.into_iter().collect();
    let all = estimates.iter().filter(|e| e.stratum == Stratum::All);
    let overall = all.copied().collect();
    let languages = grid(&estimates, &measures, |stratum| match stratum {
        Stratum::Language(tag) => Some(language_name(tag, language)),
        Stratum::All | Stratum::Tag(_) => None,
    });
    let tags = grid(&estimates, &measures, |stratum| match stratum {
        Stratum::Tag(tag) => Some(tag.clone()),
        Stratum::All | Stratum::Language(_) => None,
    });
    SuiteView {
        id,
        measures,
        overall,
        languages,
        tags,
    }
}

/// The estimates whose stratum has a label, one row a stratum.
fn grid<'a>(
    estimates: &[&'a Estimate],
    measures: &[MeasureName],
    label: impl Fn(&Stratum) -> Option<String>,
) -> Grid<'a> {
    let mut rows: BTreeMap<&Stratum, Row<'a>> = BTreeMap::new();
    for estimate in estimates {
        let Some(label) = label(&estimate.stratum) else {
            continue;
        };
        let cells = vec![None; measures.len()];
        let row = rows
            .entry(&estimate.stratum)
            .or_insert(Row { label, cells });
        let place = measures.iter().zip(&mut row.cells);
        place
            .filter(|(measure, _)| **measure == estimate.measure)
            .for_each(|(_, cell)| *cell = Some(estimate));
    }
    Grid {
        rows: rows.into_values().collect(),
    }
}

/// The labels of the rows where the measure in `column` is worst: those without any score, or else
/// those with the worst point estimate; none where all are equal.
pub(crate) fn weakest<'a>(grid: &'a Grid<'_>, column: usize) -> Vec<&'a str> {
    let measured: Vec<(&str, &Estimate)> = grid
        .rows
        .iter()
        .filter_map(|row| {
            Some((
                row.label.as_str(),
                row.cells.get(column).copied().flatten()?,
            ))
        })
        .collect();
    let goodness = |estimate: &Estimate| {
        let point = estimate.point?.get();
        Decimal::new(match estimate.measure.better() {
            Better::Higher => point,
            Better::Lower => -point,
            Better::NearZero => -point.abs(),
        })
        .ok()
    };
    let worst = measured.iter().map(|(_, e)| goodness(e)).min();
    let best = measured.iter().map(|(_, e)| goodness(e)).max();
    if worst == best {
        return Vec::new();
    }
    measured
        .into_iter()
        .filter(|(_, estimate)| Some(goodness(estimate)) == worst)
        .map(|(label, _)| label)
        .collect()
}

/// The findings with that verdict.
pub(crate) fn with_verdict(report: &Report, verdict: Verdict) -> Vec<&Finding> {
    let findings = report.findings.iter();
    findings.filter(|f| f.verdict == verdict).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(measure: MeasureName, point: Option<f64>) -> Estimate {
        Estimate {
            suite: "a/b".to_owned(),
            measure,
            measure_version: 1,
            stratum: Stratum::All,
            planned: 1,
            scored: u32::from(point.is_some()),
            unscored: BTreeMap::new(),
            clusters: 1,
            point: point.map(|point| Decimal::new(point).unwrap()),
            interval: None,
            correction: None,
        }
    }

    #[test]
    fn the_weakest_rows_are_named() {
        let check = |measure, points: [Option<f64>; 3], expect: &[&str]| {
            let estimates = points.map(|point| estimate(measure, point));
            let rows = ["a", "b", "c"].iter().zip(&estimates);
            let grid = Grid {
                rows: rows
                    .map(|(label, estimate)| Row {
                        label: (*label).to_owned(),
                        cells: vec![None, Some(estimate)],
                    })
                    .collect(),
            };
            assert_eq!(weakest(&grid, 1), expect);
            assert!(weakest(&grid, 0).is_empty());
            assert!(weakest(&grid, 2).is_empty());
        };
        let (higher, lower) = (MeasureName::Accuracy, MeasureName::OverRefusal);
        check(higher, [Some(0.5), Some(0.25), Some(1.0)], &["b"]);
        check(higher, [Some(0.25), Some(0.25), Some(1.0)], &["a", "b"]);
        check(lower, [Some(0.5), Some(0.25), Some(1.0)], &["c"]);
        check(higher, [Some(0.5), Some(0.5), Some(0.5)], &[]);
        check(higher, [Some(0.0), None, Some(1.0)], &["b"]);
        check(lower, [None, None, Some(0.0)], &["a", "b"]);
        check(higher, [None, None, None], &[]);
    }
}
