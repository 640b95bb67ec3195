//! What the record says of the run: deviations, conditions, digests.

use std::collections::{BTreeMap, BTreeSet};

use weigh_core::report::Report;

use super::energy::energy;
use super::page::Page;
use crate::context::Context;
use crate::deviations;
use crate::number;
use crate::texts::Text;

/// What departs from the method, found by the harness.
pub(super) fn deviations(page: &mut Page, report: &Report, _: &Context) {
    if report.deviations.is_empty() {
        page.paragraph(Text::NoDeviations);
    } else {
        page.raw("<ul>\n");
        for deviation in deviations::deviations(report, page.language) {
            match &deviation.told {
                Some(told) => page.raw("<li>").told(told),
                None => page.raw("<li lang=\"en\">").foreign(deviation.words),
            };
            page.raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    page.note(Text::DeviationsNote);
}

/// Every different set of conditions, side by side; rows that differ are marked.
pub(super) fn conditions(page: &mut Page, report: &Report, _: &Context) {
    let sets = &report.conditions;
    let names: BTreeSet<&String> = sets.iter().flat_map(BTreeMap::keys).collect();
    if names.is_empty() {
        page.paragraph(Text::NoConditions);
    } else {
        page.note(if sets.len() > 1 {
            Text::ConditionsChanged
        } else {
            Text::ConditionsSame
        });
        page.table_of_section(Text::Conditions);
        conditions_head(page, sets.len());
        page.raw("<tbody>\n");
        for name in names {
            conditions_row(page, sets, name);
        }
        page.raw("</tbody>\n");
        page.end_table();
    }
    stretches(page, report);
    energy(page, report);
}

fn conditions_head(page: &mut Page, sets: usize) {
    page.raw("<thead><tr><th scope=\"col\">")
        .fixed(Text::Condition)
        .raw("</th>");
    for number in 1..=sets {
        page.raw("<th scope=\"col\">")
            .sentence(Text::ConditionSet, &[("number", &number.to_string())])
            .raw("</th>");
    }
    page.raw("</tr></thead>\n");
}

fn conditions_row(page: &mut Page, sets: &[BTreeMap<String, String>], name: &String) {
    let values: Vec<Option<&String>> = sets.iter().map(|set| set.get(name)).collect();
    let differs = values.windows(2).any(|pair| pair.first() != pair.last());
    page.raw(if differs {
        "<tr class=\"differs\">"
    } else {
        "<tr>"
    })
    .raw("<th scope=\"row\">")
    .foreign(name);
    if differs {
        page.raw(" <span class=\"scope\">")
            .fixed(Text::Differs)
            .raw("</span>");
    }
    page.raw("</th>");
    for value in values {
        page.raw("<td>");
        match value {
            Some(value) => page.foreign(value),
            None => page.fixed(Text::NotStated),
        };
        page.raw("</td>");
    }
    page.raw("</tr>\n");
}

/// When each stretch of work began, and when the record was sealed.
fn stretches(page: &mut Page, report: &Report) {
    page.raw("<h3>").fixed(Text::Stretches).raw("</h3>\n<ol>\n");
    for at in &report.record.opened {
        page.raw("<li>").time(at).raw("</li>\n");
    }
    page.raw("</ol>\n");
}

/// Every digest that the report rests on.
pub(super) fn digests(page: &mut Page, report: &Report, context: &Context) {
    let plan = &report.plan;
    page.table_of_section(Text::Digests);
    page.head(&[Text::DigestOf, Text::FileDigest]);
    page.raw("<tbody>\n");
    let subject = &report.subject;
    for file in &subject.files {
        named(
            page,
            Text::FileDigestOf,
            &file.name,
            &file.sha256.to_string(),
        );
    }
    named(page, Text::Tokenizer, "", &subject.tokenizer.to_string());
    named(page, Text::Config, "", &subject.config.to_string());
    if let Some(template) = &subject.chat_template {
        named(page, Text::ChatTemplate, "", &template.to_string());
    }
    for judge in &report.judges {
        named(
            page,
            Text::JudgeDigest,
            &judge.name,
            &judge.sha256.to_string(),
        );
    }
    for (id, suite) in &plan.suites {
        named(page, Text::SuiteDigest, id, &suite.digest.to_string());
    }
    named(
        page,
        Text::ProfileDigest,
        &plan.profile.id,
        &plan.profile.digest.to_string(),
    );
    for card in &plan.cards {
        let name = format!("{}.{}", card.instrument.as_str(), card.language);
        named(page, Text::CardDigest, &name, &card.digest.to_string());
    }
    named(page, Text::PlanDigest, "", &plan.digest.to_string());
    named(
        page,
        Text::TranscriptDigest,
        "",
        &report.transcript.to_string(),
    );
    named(
        page,
        Text::JournalHead,
        "",
        &report.record.journal_head.to_string(),
    );
    if let Some(signature) = &context.signature {
        named(page, Text::Signer, "", &signature.key_id);
    }
    page.raw("</tbody>\n");
    page.end_table();
    page.raw("<p class=\"note\">")
        .fixed(Text::JournalLines)
        .raw(": ")
        .plain(&number::count(report.record.journal_lines))
        .raw("</p>\n");
}

fn named(page: &mut Page, text: Text, name: &str, digest: &str) {
    page.raw("<tr><th scope=\"row\">")
        .sentence(text, &[("name", name)])
        .raw("</th><td>")
        .hex(digest)
        .raw("</td></tr>\n");
}
