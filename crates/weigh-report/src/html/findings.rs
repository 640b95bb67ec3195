//! The findings as a table: requirement, clause, estimate, limit, verdict, reason.

use std::collections::BTreeSet;

use weigh_core::report::Report;
use weigh_core::verdict::Finding;

use super::page::Page;
use crate::context::Context;
use crate::number;
use crate::reasons::Reasons;
use crate::remarks::remarks;
use crate::texts::Text;
use crate::told::separator;
use crate::words;

/// One row a finding, in the order of the profile. On a narrow screen each row becomes a block, so
/// the roles are written out: browsers drop them with the table's layout.
pub(super) fn table(page: &mut Page, report: &Report, context: &Context) {
    if report.findings.is_empty() {
        page.paragraph(Text::NoFindings);
        return;
    }
    let findings = Vec::from_iter(&report.findings);
    rows_of(page, Text::Findings, &findings, &context.reasons);
    note(page, report);
}

/// The findings in a table.
pub(super) fn rows_of(page: &mut Page, caption: Text, findings: &[&Finding], reasons: &Reasons) {
    page.raw("<table class=\"findings\" role=\"table\">\n<caption>")
        .fixed(caption)
        .raw("</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">");
    for title in [
        Text::Requirement,
        Text::EstimateAndInterval,
        Text::Limit,
        Text::VerdictWord,
    ] {
        page.raw("<th scope=\"col\" role=\"columnheader\">")
            .fixed(title)
            .raw("</th>");
    }
    page.raw("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for finding in findings {
        row(page, finding, reasons);
    }
    page.raw("</tbody>\n</table>\n");
}

/// What the numbers are, and the level of the intervals: one for the whole profile.
fn note(page: &mut Page, report: &Report) {
    let intervals = report
        .findings
        .iter()
        .filter_map(|f| f.estimate.as_ref()?.interval.as_ref());
    let levels: BTreeSet<String> = intervals.map(|i| number::level(i.level)).collect();
    if !levels.is_empty() {
        let levels = Vec::from_iter(levels).join(", ");
        page.raw("<p class=\"note\">")
            .sentence(Text::FindingsNote, &[("level", &levels)])
            .raw("</p>\n");
    }
}

/// The requirement's title and the part of the suite that the finding is about.
pub(super) fn requirement(page: &mut Page, finding: &Finding) {
    page.raw("<span class=\"title\">")
        .foreign(&finding.title)
        .raw("</span>");
    if let Some(stratum) = &finding.stratum {
        let scope = words::stratum(stratum, page.language);
        page.raw(" <span class=\"scope\">")
            .foreign(&scope)
            .raw("</span>");
    }
}

fn row(page: &mut Page, finding: &Finding, reasons: &Reasons) {
    page.raw("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">");
    requirement(page, finding);
    page.raw("\n<span class=\"about\">")
        .code(&finding.requirement);
    if let Some(clause) = &finding.clause {
        page.raw(" · ").fixed(Text::Clause).raw(" ").foreign(clause);
    }
    if let Some(estimate) = &finding.estimate {
        page.raw(" · ")
            .measure(estimate.measure)
            .raw(" · ")
            .code(&estimate.suite);
    }
    if let Some(rule) = finding.rule {
        page.raw(" · ").fixed(words::rule(rule).0);
    }
    page.raw("</span>");
    reason(page, finding, reasons);
    said(page, finding, reasons);
    page.raw("</th><td role=\"cell\" class=\"figures\">");
    match finding
        .estimate
        .as_ref()
        .and_then(|e| number::estimate(e, finding.limit))
    {
        Some(text) => page.figures(&text),
        None => page
            .raw("<span class=\"quiet\">")
            .fixed(Text::NoEstimate)
            .raw("</span>"),
    };
    page.raw("</td><td role=\"cell\" class=\"figures\">");
    match finding.limit {
        Some(limit) => page.figures(&number::limit(limit, number::measure(finding))),
        None => page
            .raw("<span class=\"quiet\">")
            .fixed(Text::None)
            .raw("</span>"),
    };
    page.raw("</td><td role=\"cell\">")
        .verdict(finding.verdict)
        .raw("</td></tr>\n");
}

/// The reason in the page's language, or else in the record's words.
fn reason(page: &mut Page, finding: &Finding, reasons: &Reasons) {
    let Some(told) = reasons.told(finding, page.language) else {
        page.raw("\n<span class=\"reason\" lang=\"en\">")
            .foreign(&finding.reason)
            .raw("</span>");
        return;
    };
    page.raw("\n<span class=\"reason\">");
    for (at, sentence) in told.iter().enumerate() {
        if at > 0 {
            page.raw(separator(page.language));
        }
        page.told(sentence);
    }
    page.raw("</span>");
}

/// What a finding says beside its figures, each sentence on a line.
fn said(page: &mut Page, finding: &Finding, reasons: &Reasons) {
    for remark in remarks(finding, page.language, reasons) {
        page.raw("\n<span class=\"reason\">")
            .told(&remark)
            .raw("</span>");
    }
}
