//! One record under several profiles as one page: the verdicts side by side, then each profile.

use weigh_core::report::Report;
use weigh_core::verdict::{Assessment, Finding, Verdict};

use super::findings::rows_of;
use super::page::{Page, class};
use super::{head, page_margins};
use crate::assessments::{worst, worst_first};
use crate::context::Context;
use crate::number;
use crate::reasons::Reasons;
use crate::texts::{Text, fill};
use crate::words::{self, VERDICTS};

/// The assessments of `report` as one self-contained page without script. It is signed by nobody and
/// says so; it is no draft of a report either.
#[must_use]
pub fn assessments_html(report: &Report, assessments: &[Assessment], context: &Context) -> String {
    let mut page = Page::new(context.language);
    let title = fill(
        Text::AssessmentsOf.get(context.language),
        &[("id", &report.id)],
    );
    let margins = page_margins(&title, context.language, false);
    head(&mut page, &title, &margins);
    page.raw("<body>\n");
    masthead(&mut page, report, assessments);
    page.raw("<main>\n");
    page.section("profiles", Text::ByProfile, |page| {
        verdicts(page, assessments);
    });
    for assessment in assessments {
        profile(&mut page, assessment, &context.reasons);
    }
    page.raw("</main>\n<footer><p>")
        .fixed(Text::AssessmentsNote)
        .raw("</p></footer>\n</body>\n</html>\n");
    page.finish()
}

fn masthead(page: &mut Page, report: &Report, assessments: &[Assessment]) {
    let verdict = worst(assessments);
    let count = assessments.len().to_string();
    let values = [
        ("id", report.id.as_str()),
        ("model", &report.subject.name),
        ("count", &count),
    ];
    page.raw("<header>\n<h1>")
        .fixed(Text::Assessments)
        .raw("</h1>\n<p class=\"model\">")
        .foreign(&report.subject.name)
        .raw("</p>\n<p>")
        .sentence(Text::AssessmentsSentence, &values)
        .raw("</p>\n<div class=\"overall ")
        .raw(class(verdict))
        .raw("\">\n")
        .sign(verdict)
        .raw("<div><p class=\"word\"><span class=\"label\">")
        .fixed(Text::VerdictWord)
        .raw("</span> <strong>")
        .fixed(words::verdict(verdict))
        .raw("</strong></p>\n<p>")
        .fixed(words::overall(verdict))
        .raw("</p></div>\n</div>\n</header>\n");
}

/// A row for each profile: its verdict, and how many findings have each verdict.
fn verdicts(page: &mut Page, assessments: &[Assessment]) {
    page.table_of_section(Text::ByProfile);
    page.raw("<thead><tr>");
    let columns = VERDICTS.iter().rev().map(|one| words::verdict(*one));
    for title in [Text::ProfileWord, Text::VerdictWord]
        .into_iter()
        .chain(columns)
    {
        page.raw("<th scope=\"col\">").fixed(title).raw("</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for assessment in assessments {
        page.raw("<tr><th scope=\"row\"><span class=\"title\">")
            .foreign(&assessment.title)
            .raw("</span> <span class=\"about\">")
            .code(&assessment.profile)
            .raw(" ")
            .foreign(&assessment.version)
            .raw("</span></th><td>")
            .verdict(assessment.verdict);
        for verdict in VERDICTS.iter().rev() {
            let count = assessment.count(*verdict).to_string();
            page.raw("</td><td class=\"figures\">").plain(&count);
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n");
    page.end_table();
}

fn profile(page: &mut Page, assessment: &Assessment, reasons: &Reasons) {
    page.raw("<section>\n<h2>")
        .foreign(&assessment.title)
        .raw("</h2>\n<p>")
        .verdict(assessment.verdict)
        .raw("</p>\n<dl>\n");
    page.entry(Text::ProfileWord, |page| {
        page.code(&assessment.profile)
            .raw(" ")
            .foreign(&assessment.version)
            .raw("<br>")
            .digest(&assessment.digest);
    });
    page.entry(Text::Basis, |page| {
        page.foreign(&assessment.basis.join("; "));
    });
    page.raw("</dl>\n");
    if let Some(note) = &assessment.note {
        page.raw("<p>").foreign(note).raw("</p>\n");
    }
    let findings: Vec<&Finding> = worst_first(assessment)
        .into_iter()
        .map(|one| &one.finding)
        .collect();
    rows_of(page, Text::Findings, &findings, reasons);
    let measured = assessment.findings.len() > assessment.count(Verdict::NotAssessed);
    if measured {
        let level = number::level(assessment.confidence);
        page.raw("<p class=\"note\">")
            .sentence(Text::FindingsNote, &[("level", &level)])
            .raw("</p>\n");
    }
    page.raw("</section>\n");
}
