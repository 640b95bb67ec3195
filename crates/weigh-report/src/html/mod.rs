//! The HTML report: one page without script that looks right on a screen and on paper.

mod assessments;
mod check;
mod energy;
mod findings;
mod forest;
mod item;
mod method;
mod page;
mod record;
mod reliability;
mod suites;
mod top;

use weigh_core::report::Report;

pub use self::assessments::assessments_html;
use self::page::Page;
use crate::context::Context;
use crate::escape::css_string;
use crate::texts::{Piece, ReportLanguage, Text, fill, pieces};

/// The sections after the verdict, in the order of the page: anchor, title, body.
type Section = (&'static str, Text, fn(&mut Page, &Report, &Context));

const SECTIONS: [Section; 15] = [
    ("summary", Text::Summary, top::summary),
    ("findings", Text::Findings, findings::table),
    ("estimates", Text::ForestPlot, forest::plot),
    ("item", Text::ItemTested, item::item),
    ("parties", Text::Parties, item::parties),
    ("method", Text::MethodTitle, method::method),
    ("rule", Text::DecisionRule, method::decision_rule),
    ("results", Text::Results, suites::results),
    ("completeness", Text::Completeness, suites::completeness),
    ("deviations", Text::Deviations, record::deviations),
    ("conditions", Text::Conditions, record::conditions),
    ("opinions", Text::Opinions, check::opinions),
    ("check", Text::Checking, check::how_to_check),
    ("digests", Text::Digests, record::digests),
    ("statements", Text::Statements, check::statements),
];

/// The report as one self-contained HTML page without script.
#[must_use]
pub fn html(report: &Report, context: &Context) -> String {
    let mut page = Page::new(context.language);
    let title = fill(
        Text::TestReportId.get(context.language),
        &[("id", &report.id)],
    );
    let margins = page_margins(&title, context.language, context.signature.is_none());
    head(&mut page, &title, &margins);
    page.raw("<body>\n");
    top::masthead(&mut page, report, context);
    contents(&mut page);
    page.raw("<main>\n");
    for (id, title, body) in SECTIONS {
        page.section(id, title, |page| body(page, report, context));
    }
    page.raw("</main>\n<footer><p>")
        .sentence(Text::EndOfReportId, &[("id", &report.id)])
        .raw("</p></footer>\n</body>\n</html>\n");
    page.finish()
}

/// `margins` are the rules for printed pages.
fn head(page: &mut Page, title: &str, margins: &str) {
    let language = page.language;
    page.raw("<!DOCTYPE html>\n<html lang=\"")
        .raw(language.tag())
        .raw("\" dir=\"")
        .raw(language.direction())
        .raw("\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n")
        .raw("<meta name=\"referrer\" content=\"no-referrer\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .raw("<link rel=\"icon\" href=\"data:,\">\n<title>")
        .plain(title)
        .raw("</title>\n<style>\n")
        .raw(include_str!("style.css"));
    page.style(margins);
    page.raw("</style>\n</head>\n");
}

/// What stands at the edge of every printed page: the document's title, the page's number, and that
/// it is a draft where nobody signed it.
fn page_margins(title: &str, language: ReportLanguage, draft: bool) -> String {
    let text = |text: Text| text.get(language);
    let id = css_string(title);
    let number: Vec<String> = pieces(text(Text::PageOf))
        .into_iter()
        .map(|piece| match piece {
            Piece::Slot("page") => "counter(page)".to_owned(),
            Piece::Slot(_) => "counter(pages)".to_owned(),
            Piece::Fixed(fixed) => css_string(fixed),
        })
        .collect();
    let draft = if draft {
        let draft = css_string(text(Text::Draft));
        format!("@top-center {{ content: {draft}; color: #a3221b; font-weight: 700 }}")
    } else {
        String::new()
    };
    let number = number.join(" ");
    format!(
        "@page {{ @bottom-left {{ content: {id} }} @bottom-right {{ content: {number} }} {draft} }}\n"
    )
}

fn contents(page: &mut Page) {
    page.raw("<nav class=\"contents\" aria-label=\"")
        .fixed(Text::Contents)
        .raw("\">\n<ol>\n");
    for (id, title, _) in SECTIONS {
        page.raw("<li><a href=\"#")
            .raw(id)
            .raw("\">")
            .fixed(title)
            .raw("</a></li>\n");
    }
    page.raw("</ol>\n</nav>\n");
}
