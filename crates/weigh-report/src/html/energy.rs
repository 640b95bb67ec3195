//! The energy that the answers took, below the conditions.

use weigh_core::report::Report;

use super::page::Page;
use crate::energy::{Share, figure, notes, shares};
use crate::number;
use crate::texts::Text;

/// The figure with its notes, then the suites' parts. Nothing where the record does not say.
pub(super) fn energy(page: &mut Page, report: &Report) {
    let Some(figure) = figure(report, page.language) else {
        return;
    };
    page.raw("<h3>").fixed(Text::Energy).raw("</h3>\n<p>");
    page.told(&figure).raw("</p>\n");
    for note in notes(report, page.language) {
        page.raw("<p class=\"note\">").told(&note).raw("</p>\n");
    }
    let shares = shares(report);
    if !shares.is_empty() {
        table(page, &shares);
    }
}

fn table(page: &mut Page, shares: &[Share<'_>]) {
    page.table_of_section(Text::Energy);
    page.head(&[Text::Suite, Text::EnergyTokens, Text::EnergyEach]);
    page.raw("<tbody>\n");
    for share in shares {
        page.raw("<tr><th scope=\"row\">")
            .foreign(share.suite)
            .raw("</th><td class=\"figures\">")
            .plain(&number::count(share.tokens))
            .raw("</td><td class=\"figures\">")
            .plain(&share.each)
            .raw("</td></tr>\n");
    }
    page.raw("</tbody>\n");
    page.end_table();
    page.note(Text::EnergyApportioned);
}
