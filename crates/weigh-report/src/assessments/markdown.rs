//! The verdicts of several profiles side by side in Markdown, then the findings of each.

use weigh_core::report::Report;
use weigh_core::verdict::Assessment;

use super::{worst, worst_first};
use crate::context::Context;
use crate::markdown::{Summary, finding, foreign};
use crate::reasons::Reasons;
use crate::texts::{Text, fill};
use crate::words::{self, VERDICTS};

/// The assessments of `report` as a Markdown summary of less than 1 MiB.
#[must_use]
pub fn assessments_markdown(
    report: &Report,
    assessments: &[Assessment],
    context: &Context,
) -> String {
    let mut summary = Summary::new(context.language);
    let values = [
        ("id", &*foreign(&report.id)),
        ("model", &*foreign(&report.subject.name)),
        ("count", &*assessments.len().to_string()),
    ];
    let title = fill(summary.text(Text::AssessmentsOf), &values);
    summary.line(&format!("# {title}"));
    summary.line("");
    let verdict = worst(assessments);
    let (word, means) = (words::verdict(verdict), words::overall(verdict));
    summary.line(&format!(
        "**{} {}.** {}",
        words::sign(verdict),
        summary.text(word),
        summary.text(means)
    ));
    summary.line("");
    summary.line(&fill(summary.text(Text::AssessmentsSentence), &values));
    verdicts(&mut summary, assessments);
    for assessment in assessments {
        profile(&mut summary, assessment, &context.reasons);
    }
    summary.line("");
    summary.line(summary.text(Text::AssessmentsNote));
    summary.out
}

fn verdicts(summary: &mut Summary, assessments: &[Assessment]) {
    summary.heading(summary.text(Text::ByProfile));
    let columns = VERDICTS.iter().rev().map(|one| words::verdict(*one));
    let titles: Vec<Text> = [Text::ProfileWord, Text::VerdictWord]
        .into_iter()
        .chain(columns)
        .collect();
    summary.table_head(&titles);
    let language = summary.language;
    summary.rows(assessments.iter().map(|one| {
        let verdict = words::verdict(one.verdict).get(language);
        let counts = VERDICTS.iter().rev().map(|v| one.count(*v).to_string());
        [
            format!("{} {}", foreign(&one.profile), foreign(&one.version)),
            format!("{} {verdict}", words::sign(one.verdict)),
        ]
        .into_iter()
        .chain(counts)
        .collect()
    }));
}

fn profile(summary: &mut Summary, assessment: &Assessment, reasons: &Reasons) {
    let (id, title) = (foreign(&assessment.profile), foreign(&assessment.title));
    summary.heading(&format!("{id}: {title}"));
    if let Some(note) = &assessment.note {
        summary.line(&foreign(note));
        summary.line("");
    }
    summary.findings_head();
    let language = summary.language;
    let findings = worst_first(assessment).into_iter();
    summary.rows(findings.map(|one| finding(&one.finding, language, reasons)));
}
