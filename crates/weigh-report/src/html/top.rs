//! The top of the page: who reports, what was tested, the verdict, and what it rests on.

use weigh_core::laboratory;
use weigh_core::report::{Amended, Report};
use weigh_core::verdict::Verdict;

use super::findings::requirement;
use super::page::{Page, class};
use crate::context::Context;
use crate::deviations::{Sentence, deviations};
use crate::energy;
use crate::number;
use crate::remarks::remarks;
use crate::texts::{ReportLanguage, Text};
use crate::told::separator;
use crate::uncorrected;
use crate::view::with_verdict;
use crate::words::{self, VERDICTS};

/// Title, id, the verdict in words and shape.
pub(super) fn masthead(page: &mut Page, report: &Report, context: &Context) {
    page.raw("<header>\n");
    if context.signature.is_none() {
        page.raw("<p class=\"draft\"><strong>")
            .fixed(Text::Draft)
            .raw("</strong> ")
            .fixed(Text::DraftNote)
            .raw("</p>\n");
    }
    page.raw("<p class=\"laboratory\">");
    match laboratory::stated(report.laboratory(), "name") {
        Some(name) => page.foreign(name),
        None => page
            .fixed(Text::LaboratoryName)
            .raw(": ")
            .fixed(Text::NotStated),
    };
    page.raw("</p>\n<h1>")
        .fixed(Text::TestReport)
        .raw("</h1>\n<p class=\"model\">")
        .foreign(&report.subject.name)
        .raw("</p>\n");
    if let Some(amended) = &report.amendment {
        amendment(page, amended);
    }
    key_facts(page, report, context);
    page.raw("<div class=\"overall ")
        .raw(class(report.verdict))
        .raw("\">\n")
        .sign(report.verdict)
        .raw("<div><p class=\"word\"><span class=\"label\">")
        .fixed(Text::VerdictWord)
        .raw("</span> <strong>")
        .fixed(words::verdict(report.verdict))
        .raw("</strong></p>\n<p>")
        .fixed(words::overall(report.verdict))
        .raw("</p></div>\n</div>\n</header>\n");
}

/// That it is an amended report: which one it replaces, and why (ISO/IEC 17025:2017, 7.8.8).
fn amendment(page: &mut Page, amended: &Amended) {
    let replaced = &amended.replaces;
    page.raw("<section class=\"amended\"><p><strong>")
        .sentence(Text::AmendedReplaces, &[("id", &replaced.id)])
        .raw("</strong></p>\n<dl>\n");
    page.entry(Text::AmendmentReason, |page| {
        page.foreign(&amended.reason);
    });
    page.entry(Text::ReplacedIssued, |page| {
        page.time(&replaced.issued);
    });
    page.entry(Text::ReplacedStatement, |page| {
        page.digest(&replaced.statement);
    });
    page.raw("</dl>\n").note(Text::AmendmentNote);
    page.raw("</section>\n");
}

fn key_facts(page: &mut Page, report: &Report, context: &Context) {
    page.raw("<dl class=\"key\">\n");
    page.entry(Text::ReportNumber, |page| {
        page.code(&report.id);
    });
    page.entry(Text::Issued, |page| {
        page.time(report.issued());
    });
    page.entry(Text::ProfileWord, |page| {
        page.foreign(&report.plan.profile.id)
            .raw(" ")
            .foreign(&report.plan.profile.version);
    });
    page.entry(Text::Trust, |page| match &context.signature {
        Some(signature) => {
            page.standing(&signature.standing);
        }
        None => {
            page.fixed(Text::Draft);
        }
    });
    page.raw("</dl>\n");
}

/// One sentence, the count of each verdict, and the requirements that do not hold.
pub(super) fn summary(page: &mut Page, report: &Report, context: &Context) {
    let plan = &report.plan;
    let values = [
        ("model", report.subject.name.as_str()),
        ("profile", &plan.profile.id),
        ("version", &plan.profile.version),
        ("trials", &number::count(plan.trials)),
        ("suites", &plan.suites.len().to_string()),
    ];
    page.raw("<p>")
        .sentence(Text::SummarySentence, &values)
        .raw("</p>\n<ul class=\"counts\" aria-label=\"")
        .fixed(Text::CountsCaption)
        .raw("\">\n");
    for verdict in VERDICTS {
        let count = with_verdict(report, verdict).len().to_string();
        page.raw("<li class=\"")
            .raw(class(verdict))
            .raw("\">")
            .sign(verdict)
            .raw("<b>")
            .plain(&count)
            .raw("</b> <span>")
            .fixed(words::verdict(verdict))
            .raw("</span></li>\n");
    }
    page.raw("</ul>\n");
    listed(
        page,
        report,
        Verdict::DoesNotConform,
        Text::FailedRequirements,
    );
    listed(page, report, Verdict::Inconclusive, Text::OpenRequirements);
    listed(
        page,
        report,
        Verdict::NotAssessed,
        Text::UnmeasuredRequirements,
    );
    if page.language != ReportLanguage::En {
        record_words(page, report, context);
    }
}

/// What the page tells in the words of the record.
fn record_words(page: &mut Page, report: &Report, context: &Context) {
    let language = page.language;
    let reasons = &context.reasons;
    let of_finding = report.findings.iter().any(|one| {
        let mut remarks = remarks(one, language, reasons).into_iter();
        reasons.told(one, language).is_none() || remarks.any(|remark| remark.kept())
    });
    let figure = energy::figure(report, language).into_iter();
    let mut energy = figure.chain(energy::notes(report, language));
    let kept = of_finding
        || deviations(report, language).iter().any(Sentence::kept)
        || energy.any(|told| told.kept())
        || uncorrected::kept(report, language);
    page.raw("<p class=\"note\">").fixed(Text::RecordWords);
    if kept {
        page.raw(separator(language)).fixed(Text::RecordReasons);
    }
    page.raw("</p>\n");
}

/// The titles of the findings with that verdict, where there are any.
fn listed(page: &mut Page, report: &Report, verdict: Verdict, title: Text) {
    let findings = with_verdict(report, verdict);
    if findings.is_empty() {
        return;
    }
    page.raw("<h3>")
        .fixed(title)
        .raw("</h3>\n<ul class=\"listed\">\n");
    for finding in findings {
        page.raw("<li>");
        requirement(page, finding);
        let estimate = finding.estimate.as_ref();
        if let Some(text) = estimate.and_then(|e| number::estimate(e, finding.limit)) {
            page.raw(" <span class=\"quiet figures\">")
                .figures(&text)
                .raw("</span>");
        }
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}
