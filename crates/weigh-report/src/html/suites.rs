//! The estimates of each suite: over all cases, by language, by tag; and how complete they are.

use weigh_core::decimal::Decimal;
use weigh_core::measure::Better;
use weigh_core::report::Report;
use weigh_core::stats::Estimate;

use super::page::Page;
use super::reliability;
use crate::context::Context;
use crate::number;
use crate::texts::Text;
use crate::uncorrected;
use crate::view::{self, Grid, SuiteView, weakest};
use crate::words;

/// One part a suite.
pub(super) fn results(page: &mut Page, report: &Report, context: &Context) {
    for suite in view::suites(report, page.language) {
        page.raw("<section class=\"suite\">\n<h3>")
            .code(suite.id)
            .raw("</h3>\n");
        if let Some(planned) = report.plan.suites.get(suite.id) {
            let trials = number::count(planned.trials);
            let values = [("version", planned.version.as_str()), ("trials", &trials)];
            page.raw("<p class=\"note\">")
                .sentence(Text::SuiteFacts, &values)
                .raw("</p>\n");
        }
        if suite.measures.is_empty() {
            page.paragraph(Text::NoEstimates);
        } else {
            overall(page, &suite);
            reliability::diagram(page, suite.id, context);
            by_language(page, &suite);
            by_tag(page, &suite);
        }
        page.raw("</section>\n");
    }
}

fn overall(page: &mut Page, suite: &SuiteView<'_>) {
    page.table("", Text::Overall);
    page.head(&[
        Text::Measure,
        Text::EstimateAndInterval,
        Text::IntervalMethod,
        Text::Scored,
        Text::Clusters,
    ]);
    page.raw("<tbody>\n");
    for estimate in &suite.overall {
        page.raw("<tr><th scope=\"row\">")
            .measure(estimate.measure)
            .raw("</th><td class=\"figures\">");
        value(page, estimate);
        corrected(page, estimate);
        page.raw("</td><td>");
        if let Some(interval) = &estimate.interval {
            page.figures(&number::level(interval.level))
                .raw(", ")
                .fixed(words::method_short(interval.method));
        }
        let scored = estimate.scored.to_string();
        let planned = estimate.planned.to_string();
        page.raw("</td><td class=\"figures\">")
            .sentence(
                Text::ScoredOfPlanned,
                &[("scored", &scored), ("planned", &planned)],
            )
            .raw("</td><td class=\"figures\">")
            .plain(&estimate.clusters.to_string())
            .raw("</td></tr>\n");
    }
    page.raw("</tbody>\n");
    page.end_table();
}

fn value(page: &mut Page, estimate: &Estimate) {
    match number::estimate(estimate, None) {
        Some(text) => page.figures(&text),
        None => page
            .raw("<span class=\"quiet\">")
            .fixed(Text::NoScore)
            .raw("</span>"),
    };
}

/// The same without the scorer's errors, on a line of its own.
fn corrected(page: &mut Page, estimate: &Estimate) {
    let Some(correction) = &estimate.correction else {
        return;
    };
    page.raw("<br><span class=\"quiet\">");
    match number::correction(correction) {
        Ok(share) => page.sentence(Text::Corrected, &[("estimate", &share)]),
        Err(reason) => page.told(&uncorrected::told(reason, page.language)),
    };
    page.raw("</span>");
}

/// The heat map, where there is more than one language.
fn by_language(page: &mut Page, suite: &SuiteView<'_>) {
    match suite.languages.rows.as_slice() {
        [] => {}
        [only] => {
            page.raw("<p class=\"note\">")
                .sentence(Text::OnlyLanguage, &[("name", &only.label)])
                .raw("</p>\n");
        }
        _ => {
            heat_map(
                page,
                suite,
                &suite.languages,
                Text::ByLanguage,
                Text::Language,
            );
            page.raw("<p class=\"note\"><b>")
                .fixed(Text::WeakestLanguage)
                .raw("</b> ");
            weakest_languages(page, suite);
            page.raw(" ").fixed(Text::WeakestNote).raw("</p>\n");
        }
    }
}

/// `Accuracy: Swahili (sw); Refusal: no difference.`
fn weakest_languages(page: &mut Page, suite: &SuiteView<'_>) {
    for (column, measure) in suite.measures.iter().enumerate() {
        let weakest = weakest(&suite.languages, column).join(", ");
        let none = Text::NoWeakest.get(page.language);
        let languages = if weakest.is_empty() { none } else { &weakest };
        let measure = words::measure(*measure, page.language);
        page.sentence(
            Text::WeakestIs,
            &[("measure", measure), ("languages", languages)],
        )
        .raw(if column + 1 == suite.measures.len() {
            "."
        } else {
            "; "
        });
    }
}

fn by_tag(page: &mut Page, suite: &SuiteView<'_>) {
    if !suite.tags.rows.is_empty() {
        heat_map(page, suite, &suite.tags, Text::ByTag, Text::Tag);
    }
}

/// The most columns of a heat map: with more, intervals would not fit into their cells on paper.
const MOST_COLUMNS: usize = 5;

/// Rows of strata, columns of measures; each cell shaded by its distance from the best value. Many
/// measures stand in tables below each other, of about as many columns each.
fn heat_map(page: &mut Page, suite: &SuiteView<'_>, grid: &Grid<'_>, caption: Text, label: Text) {
    let count = suite.measures.len();
    let width = count.div_ceil(count.div_ceil(MOST_COLUMNS).max(1)).max(1);
    for first in (0..count).step_by(width) {
        let columns = Columns { first, width };
        heat_table(page, suite, grid, (caption, label), &columns);
    }
}

/// Some of a heat map's columns.
struct Columns {
    first: usize,
    width: usize,
}

impl Columns {
    /// Those of `all`.
    fn of<'t, T>(&self, all: &'t [T]) -> impl Iterator<Item = &'t T> {
        all.iter().skip(self.first).take(self.width)
    }
}

fn heat_table(
    page: &mut Page,
    suite: &SuiteView<'_>,
    grid: &Grid<'_>,
    (caption, label): (Text, Text),
    columns: &Columns,
) {
    page.table("heat", caption);
    page.raw("<thead><tr><th scope=\"col\">")
        .fixed(label)
        .raw("</th>");
    for measure in columns.of(&suite.measures) {
        page.raw("<th scope=\"col\">")
            .measure(*measure)
            .raw("</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    let marked = label == Text::Language;
    let all = 0..suite.measures.len();
    let worst: Vec<Vec<&str>> = all.map(|column| weakest(grid, column)).collect();
    for row in &grid.rows {
        page.raw("<tr><th scope=\"row\">")
            .foreign(&row.label)
            .raw("</th>");
        for (cell, worst) in columns.of(&row.cells).zip(columns.of(&worst)) {
            let is_worst = marked && worst.contains(&row.label.as_str());
            match cell {
                Some(estimate) => shaded(page, estimate, is_worst),
                None => {
                    page.raw("<td class=\"quiet\">")
                        .fixed(Text::NotMeasured)
                        .raw("</td>");
                }
            }
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n");
    page.end_table();
}

fn shaded(page: &mut Page, estimate: &Estimate, is_worst: bool) {
    page.raw("<td class=\"figures");
    if let Some(point) = estimate.point {
        page.raw(" shaded\" style=\"--off:")
            .plain(&off(estimate, point))
            .raw("%");
    }
    page.raw("\">");
    match number::parts(estimate, None) {
        Some((point, interval)) => {
            page.raw("<b>").figures(&point).raw("</b> ");
            page.raw("<span>")
                .figures(&interval.unwrap_or_default())
                .raw("</span>");
        }
        None => {
            page.raw("<b>").fixed(Text::NoScore).raw("</b>");
        }
    }
    page.raw(" ");
    units(page, estimate);
    if is_worst {
        page.raw(" <span class=\"weakest\">▼ ")
            .fixed(Text::WeakestMark)
            .raw("</span>");
    }
    page.raw("</td>");
}

/// `n = 120`, or `n = 118 of 120` where some have no score.
fn units(page: &mut Page, estimate: &Estimate) {
    let planned = estimate.planned.to_string();
    page.raw("<span><bdi dir=\"ltr\">");
    if estimate.scored == estimate.planned {
        page.sentence(Text::Units, &[("planned", &planned)]);
    } else {
        let scored = estimate.scored.to_string();
        page.sentence(Text::UnitsOf, &[("scored", &scored), ("planned", &planned)]);
    }
    page.raw("</bdi></span>");
}

/// How far from the best value, in percent; 0 for figures that are no shares.
fn off(estimate: &Estimate, point: Decimal) -> String {
    if !number::is_share(estimate.measure) {
        return "0".to_owned();
    }
    match estimate.measure.better() {
        Better::Higher => number::position(Decimal::new(1.0 - point.get()).unwrap_or(point)),
        Better::Lower | Better::NearZero => number::position(point),
    }
}

/// planned = scored + unscored, for every suite and measure, with the reasons.
pub(super) fn completeness(page: &mut Page, report: &Report, _: &Context) {
    page.note(Text::CompletenessNote);
    page.table_of_section(Text::Completeness);
    page.head(&[
        Text::Suite,
        Text::Measure,
        Text::Planned,
        Text::Scored,
        Text::Unscored,
        Text::Reasons,
    ]);
    page.raw("<tbody>\n");
    for suite in view::suites(report, page.language) {
        for estimate in suite.overall {
            complete(page, estimate);
        }
    }
    page.raw("</tbody>\n");
    page.end_table();
}

fn complete(page: &mut Page, estimate: &Estimate) {
    let unscored: u64 = estimate
        .unscored
        .values()
        .map(|count| u64::from(*count))
        .sum();
    page.raw("<tr><th scope=\"row\">")
        .code(&estimate.suite)
        .raw("</th><td>")
        .measure(estimate.measure);
    for count in [
        u64::from(estimate.planned),
        u64::from(estimate.scored),
        unscored,
    ] {
        page.raw("</td><td class=\"figures\">")
            .plain(&number::count(count));
    }
    page.raw("</td><td>");
    if estimate.unscored.is_empty() {
        page.raw("<span class=\"quiet\">")
            .fixed(Text::None)
            .raw("</span>");
    }
    for (at, (kind, count)) in estimate.unscored.iter().enumerate() {
        let reason = words::unscored(kind).map_or(kind.as_str(), |text| text.get(page.language));
        let count = number::count(u64::from(*count));
        page.raw(if at == 0 { "" } else { "<br>" })
            .sentence(Text::ReasonCount, &[("reason", reason), ("count", &count)]);
    }
    page.raw("</td></tr>\n");
}
