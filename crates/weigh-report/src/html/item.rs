//! What was tested, by whom, for whom, where and when.

use weigh_core::event::JudgeState;
use weigh_core::report::Report;
use weigh_core::subject::Subject;

use super::page::Page;
use crate::context::Context;
use crate::laboratory;
use crate::number;
use crate::texts::Text;
use crate::words;

/// The model: its name, its files, what they say of themselves.
pub(super) fn item(page: &mut Page, report: &Report, _: &Context) {
    let subject = &report.subject;
    page.raw("<dl>\n");
    page.entry(Text::ItemName, |page| {
        page.foreign(&subject.name);
    });
    facts(page, &subject.facts);
    page.raw("</dl>\n");
    files(page, subject);
    page.raw("<dl>\n");
    page.entry(Text::Tokenizer, |page| {
        page.digest(&subject.tokenizer);
    });
    page.entry(Text::Config, |page| {
        page.digest(&subject.config);
    });
    page.entry(Text::ChatTemplate, |page| match &subject.chat_template {
        Some(digest) => {
            page.digest(digest);
        }
        None => {
            page.fixed(Text::None);
        }
    });
    page.raw("</dl>\n");
    judges(page, report);
}

/// The models that judged replies: what they are, or why they are not.
fn judges(page: &mut Page, report: &Report) {
    if report.judges.is_empty() {
        return;
    }
    page.raw("<h3>").fixed(Text::Judges).raw("</h3>\n");
    page.paragraph(Text::JudgesNote);
    for judge in &report.judges {
        page.raw("<dl>\n");
        page.entry(Text::JudgeName, |page| {
            page.foreign(&judge.name).raw("<br>").digest(&judge.sha256);
        });
        match &judge.state {
            JudgeState::Missing(reason) => page.entry(Text::JudgeMissing, |page| {
                page.foreign(reason);
            }),
            JudgeState::Ready {
                subject,
                conditions,
            } => {
                page.entry(Text::ItemName, |page| {
                    page.foreign(&subject.name);
                });
                facts(page, subject.facts.iter().chain(conditions));
            }
        }
        page.raw("</dl>\n");
        if let JudgeState::Ready { subject, .. } = &judge.state {
            files(page, subject);
        }
    }
}

/// What a model's files say of themselves.
fn facts<'f>(page: &mut Page, facts: impl IntoIterator<Item = (&'f String, &'f String)>) {
    for (fact, value) in facts {
        pair(page, fact, &number::readable(value));
    }
}

/// A key as somebody wrote it, and its value.
fn pair(page: &mut Page, key: &str, value: &str) {
    page.raw("<dt class=\"key\">")
        .foreign(key)
        .raw("</dt><dd>")
        .foreign(value)
        .raw("</dd>\n");
}

fn files(page: &mut Page, subject: &Subject) {
    page.table("files", Text::Files);
    page.head(&[Text::FileName, Text::FileSize, Text::FileDigest]);
    page.raw("<tbody>\n");
    for file in &subject.files {
        let bytes = number::count(file.size);
        page.raw("<tr><th scope=\"row\">")
            .code(&file.name)
            .raw("</th><td class=\"figures\">");
        if let Some(size) = number::size(file.size) {
            page.figures(&size).raw(" <span class=\"quiet\">");
        } else {
            page.raw("<span>");
        }
        page.sentence(Text::Bytes, &[("count", &bytes)])
            .raw("</span></td><td>")
            .digest(&file.sha256)
            .raw("</td></tr>\n");
    }
    page.raw("</tbody>\n");
    page.end_table();
}

/// The laboratory's fields as ISO/IEC 17025:2017, 7.8 asks for them, and the dates of the record.
pub(super) fn parties(page: &mut Page, report: &Report, context: &Context) {
    let stated = report.laboratory();
    let fields = laboratory::fields(stated);
    page.raw("<dl>\n");
    for field in &fields {
        page.entry(field.title, |page| match field.value {
            Some(value) => {
                page.foreign(value);
            }
            None => {
                page.raw("<em class=\"quiet\">")
                    .fixed(Text::NotStated)
                    .raw("</em>");
            }
        });
    }
    for (key, value) in laboratory::others(stated) {
        pair(page, key, value);
    }
    dates(page, report);
    signer(page, context);
    page.raw("</dl>\n<p class=\"note\">");
    let missing: Vec<&str> = fields
        .iter()
        .filter(|field| field.value.is_none())
        .map(|field| field.title.get(page.language))
        .collect();
    if missing.is_empty() {
        page.fixed(Text::NoMissingFields);
    } else {
        page.sentence(Text::MissingFields, &[("fields", &missing.join("; "))]);
    }
    page.raw("</p>\n");
}

fn dates(page: &mut Page, report: &Report) {
    let record = &report.record;
    let sealed = &record.sealed;
    let (began, ended) = (
        words::time(record.opened.first().unwrap_or(sealed)),
        words::time(sealed),
    );
    page.entry(Text::Drawn, |page| {
        page.figures(&began);
    });
    page.entry(Text::Performed, |page| {
        page.sentence(Text::PerformedFromTo, &[("from", &began), ("to", &ended)]);
    });
    for again in record.opened.iter().skip(1) {
        page.entry(Text::Resumed, |page| {
            page.time(again);
        });
    }
    page.entry(Text::DateOfIssue, |page| {
        page.time(report.issued());
    });
}

fn signer(page: &mut Page, context: &Context) {
    page.entry(Text::Signer, |page| match &context.signature {
        Some(signature) => {
            page.hex(&signature.key_id)
                .raw("<br>")
                .standing(&signature.standing);
        }
        None => {
            page.fixed(Text::Unsigned);
        }
    });
}
