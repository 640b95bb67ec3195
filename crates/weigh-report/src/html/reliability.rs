//! The reliability diagram: confidence against the share that is right, and the same as a table.

use weigh_core::decimal::Decimal;
use weigh_core::stats::reliability::Bin;

use super::page::Page;
use crate::context::Context;
use crate::number;
use crate::texts::Text;

/// The diagram of `suite`, where its calibration error was measured.
pub(super) fn diagram(page: &mut Page, suite: &str, context: &Context) {
    let mut all = context.reliability.iter();
    let Some(found) = all.find(|diagram| diagram.suite == suite) else {
        return;
    };
    page.raw("<h4>")
        .fixed(Text::Reliability)
        .raw("</h4>\n<figure class=\"reliability\">\n<div class=\"sides\">\n");
    picture(page, &found.bins);
    table(page, &found.bins);
    page.raw("</div>\n<figcaption>")
        .fixed(Text::ReliabilityHow)
        .raw(" ")
        .fixed(Text::ReliabilityDerived)
        .raw("</figcaption>\n</figure>\n");
}

/// The frame in percent from left to right and from top to bottom, with the line on which
/// confidence is the share right. The table beside it tells the same to those who do not see it.
const FRAME: &str = "<svg class=\"diagram\" viewBox=\"-22 -4 130 124\" aria-hidden=\"true\" direction=\"ltr\">\
    <path class=\"grid\" d=\"M0 0h100M0 25h100M0 50h100M0 75h100M0 100h100M0 0v100M25 0v100M50 0v100M75 0v100M100 0v100\"/>\
    <path class=\"limit\" d=\"M0 100 100 0\"/>\
    <text x=\"0\" y=\"107\" text-anchor=\"middle\">0</text>\
    <text x=\"50\" y=\"107\" text-anchor=\"middle\">50</text>\
    <text x=\"100\" y=\"107\" text-anchor=\"middle\">100 %</text>\
    <text x=\"-2\" y=\"102\" text-anchor=\"end\">0</text>\
    <text x=\"-2\" y=\"52\" text-anchor=\"end\">50</text>\
    <text x=\"-2\" y=\"2\" text-anchor=\"end\">100</text>";

fn picture(page: &mut Page, bins: &[Bin]) {
    page.raw(FRAME)
        .raw("<text x=\"50\" y=\"116\" text-anchor=\"middle\">")
        .fixed(Text::Confidence)
        .raw("</text><text x=\"-50\" y=\"-16\" transform=\"rotate(-90)\" text-anchor=\"middle\">")
        .fixed(Text::ShareRight)
        .raw("</text>");
    for bin in bins {
        let x = number::position(bin.confidence);
        if let Some(interval) = &bin.interval {
            page.raw("<line class=\"interval\" x1=\"")
                .plain(&x)
                .raw("\" x2=\"")
                .plain(&x)
                .raw("\" y1=\"")
                .plain(&from_top(interval.lower))
                .raw("\" y2=\"")
                .plain(&from_top(interval.upper))
                .raw("\"/>");
        }
        page.raw("<circle class=\"point\" r=\"2\" cx=\"")
            .plain(&x)
            .raw("\" cy=\"")
            .plain(&from_top(bin.right))
            .raw("\"/>");
    }
    page.raw("</svg>\n");
}

/// Where a share lies in a picture whose top is 1.
fn from_top(share: Decimal) -> String {
    number::position(Decimal::new(1.0 - share.get()).unwrap_or(share))
}

fn table(page: &mut Page, bins: &[Bin]) {
    page.table_of_section(Text::Reliability);
    page.head(&[Text::Bin, Text::Cases, Text::Confidence, Text::ShareRight]);
    page.raw("<tbody>\n");
    for (at, bin) in (1_u32..).zip(bins) {
        page.raw("<tr><th scope=\"row\" class=\"figures\">")
            .plain(&at.to_string())
            .raw("</th><td class=\"figures\">")
            .plain(&number::count(bin.cases.into()))
            .raw("</td><td class=\"figures\">")
            .figures(&number::share(bin.confidence, None))
            .raw("</td><td class=\"figures\">")
            .figures(&number::share(bin.right, bin.interval.as_ref()))
            .raw("</td></tr>\n");
    }
    page.raw("</tbody>\n");
    page.end_table();
}
