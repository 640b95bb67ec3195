//! The forest plot: every finding's interval, point estimate and limit on one axis.
//!
//! Each row has its own SVG whose places are percentages, so that labels wrap as text, the plot fits
//! any width and a long one breaks between pages without a row being cut.

use weigh_core::decimal::Decimal;
use weigh_core::profile::Limit;
use weigh_core::report::Report;
use weigh_core::stats::Estimate;
use weigh_core::verdict::Finding;

use super::findings::requirement;
use super::page::{Page, class};
use crate::context::Context;
use crate::number;
use crate::texts::{ReportLanguage, Text, fill};
use crate::words;

/// One row a finding, in the order of the profile.
pub(super) fn plot(page: &mut Page, report: &Report, _: &Context) {
    if report.findings.is_empty() {
        page.paragraph(Text::NoFindings);
        return;
    }
    page.raw("<figure>\n<table class=\"forest\">\n<thead><tr><th scope=\"col\">")
        .fixed(Text::Requirement)
        .raw("</th><th scope=\"col\" class=\"axis\" dir=\"ltr\">")
        .raw("<span class=\"unseen\">")
        .fixed(Text::ForestPlot)
        .raw("</span>")
        .raw(AXIS)
        .raw("</th><th scope=\"col\">")
        .fixed(Text::VerdictWord)
        .raw("</th></tr></thead>\n<tbody>\n");
    for finding in &report.findings {
        row(page, finding);
    }
    page.raw("</tbody>\n</table>\n<figcaption>")
        .fixed(Text::ForestHow)
        .raw("</figcaption>\n</figure>\n");
}

/// The scale above the rows.
const AXIS: &str = "<svg class=\"scale\" height=\"16\" aria-hidden=\"true\">\
    <text x=\"0\" y=\"12\" text-anchor=\"middle\">0</text>\
    <text x=\"25%\" y=\"12\" text-anchor=\"middle\">25</text>\
    <text x=\"50%\" y=\"12\" text-anchor=\"middle\">50</text>\
    <text x=\"75%\" y=\"12\" text-anchor=\"middle\">75</text>\
    <text x=\"100%\" y=\"12\" text-anchor=\"middle\">100 %</text></svg>";

/// The lines of the scale behind a row.
const GRID: &str = "\
    <line class=\"grid\" x1=\"0\" x2=\"0\" y1=\"0\" y2=\"100%\"/>\
    <line class=\"grid\" x1=\"25%\" x2=\"25%\" y1=\"0\" y2=\"100%\"/>\
    <line class=\"grid\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"100%\"/>\
    <line class=\"grid\" x1=\"75%\" x2=\"75%\" y1=\"0\" y2=\"100%\"/>\
    <line class=\"grid\" x1=\"100%\" x2=\"100%\" y1=\"0\" y2=\"100%\"/>";

fn row(page: &mut Page, finding: &Finding) {
    page.raw("<tr class=\"")
        .raw(class(finding.verdict))
        .raw("\"><th scope=\"row\">");
    requirement(page, finding);
    page.raw("</th><td class=\"plot\" dir=\"ltr\">");
    picture(page, finding);
    page.raw("</td><td>").verdict(finding.verdict);
    if let Some(text) = finding
        .estimate
        .as_ref()
        .and_then(|e| number::estimate(e, finding.limit))
    {
        page.raw("<span class=\"about figures\">")
            .figures(&text)
            .raw("</span>");
    }
    page.raw("</td></tr>\n");
}

fn picture(page: &mut Page, finding: &Finding) {
    let said = said(page.language, finding);
    page.raw("<svg class=\"picture\" role=\"img\" aria-label=\"")
        .plain(&said)
        .raw("\">")
        .raw(GRID);
    // The axis is for shares; other figures stand beside it as numbers.
    if number::measure(finding).is_none_or(number::is_share) {
        if let Some(limit) = finding.limit {
            limit_line(page, limit);
        }
        if let Some(estimate) = &finding.estimate {
            interval(page, estimate);
        }
    }
    page.raw("</svg>");
}

/// What the picture shows, for those who do not see it.
fn said(language: ReportLanguage, finding: &Finding) -> String {
    let text = |text: Text| text.get(language);
    let verdict = text(words::verdict(finding.verdict));
    let estimate = finding.estimate.as_ref();
    match (
        estimate.and_then(|e| number::estimate(e, finding.limit)),
        finding.limit,
    ) {
        (Some(estimate), Some(limit)) => fill(
            text(Text::ForestRow),
            &[
                ("estimate", &estimate),
                ("limit", &number::limit(limit, number::measure(finding))),
                ("verdict", verdict),
            ],
        ),
        _ => fill(text(Text::ForestRowNone), &[("verdict", verdict)]),
    }
}

/// The limit, and the side of it that conforms.
fn limit_line(page: &mut Page, limit: Limit) {
    let (start, width, at) = match limit {
        Limit::AtLeast(least) => {
            let at = number::position(least);
            let rest = Decimal::new(1.0 - least.get());
            (at.clone(), number::position(rest.unwrap_or(least)), at)
        }
        Limit::AtMost(most) => (
            "0".to_owned(),
            number::position(most),
            number::position(most),
        ),
    };
    page.raw("<rect class=\"within\" y=\"0\" height=\"100%\" x=\"")
        .plain(&start)
        .raw("%\" width=\"")
        .plain(&width)
        .raw("%\"/><line class=\"limit\" y1=\"0\" y2=\"100%\" x1=\"")
        .plain(&at)
        .raw("%\" x2=\"")
        .plain(&at)
        .raw("%\"/>");
}

/// The interval with its ends, and the point. The inner picture moves zero to the row's middle.
fn interval(page: &mut Page, estimate: &Estimate) {
    page.raw("<svg class=\"middle\" y=\"50%\">");
    if let Some(interval) = &estimate.interval {
        let lower = number::position(interval.lower);
        let upper = number::position(interval.upper);
        line(page, [&lower, &upper], ["0", "0"]);
        line(page, [&lower, &lower], ["-5", "5"]);
        line(page, [&upper, &upper], ["-5", "5"]);
    }
    if let Some(point) = estimate.point {
        page.raw("<circle class=\"point\" r=\"5\" cx=\"")
            .plain(&number::position(point))
            .raw("%\"/>");
    }
    page.raw("</svg>");
}

fn line(page: &mut Page, [x1, x2]: [&str; 2], [y1, y2]: [&'static str; 2]) {
    page.raw("<line class=\"interval\" x1=\"")
        .plain(x1)
        .raw("%\" x2=\"")
        .plain(x2)
        .raw("%\" y1=\"")
        .raw(y1)
        .raw("\" y2=\"")
        .raw(y2)
        .raw("\"/>");
}
