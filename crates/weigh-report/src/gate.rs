//! The summary of a gate in Markdown: what a reviewer sees beside a change, newly failing cases first.
//!
//! It is for developers and in English, whatever the language of the report is.

use weigh_core::cases::{CaseResult, Changes};
use weigh_core::decimal::Decimal;
use weigh_core::gate::{Change, Tested};
use weigh_core::report::Report;
use weigh_core::verdict::Finding;

use crate::markdown::{Summary, foreign};
use crate::reasons::Reasons;
use crate::texts::ReportLanguage;
use crate::words;

/// Newly failing cases leave room for what is said of measures and requirements.
const MOST_BYTES_OF_CASES: usize = 500_000;

/// What a gate came to.
#[derive(Debug, Clone, Copy)]
pub struct Gated<'a> {
    /// How it ended, in one sentence.
    pub end: &'a str,
    /// The report of the run.
    pub report: &'a Report,
    /// What is known against the baseline, where there is one.
    pub baseline: Option<Against<'a>>,
    /// The findings under the profile that decides, where one does.
    pub findings: Option<&'a [Finding]>,
}

/// The baseline, and what changed since.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The report of the baseline.
    pub report: &'a Report,
    /// Every measure that was tested.
    pub tested: &'a [Tested],
    /// Cases that changed.
    pub changes: &'a Changes<'a>,
}

/// The gate as a Markdown summary of less than 1 MiB: rows that have no room are counted.
#[must_use]
pub fn gate_summary(gated: &Gated<'_>) -> String {
    let mut summary = Summary {
        out: String::new(),
        language: ReportLanguage::En,
    };
    summary.line("# Gate");
    summary.line("");
    summary.line(&format!("**{}**", foreign(gated.end)));
    summary.line("");
    let named =
        |report: &Report| format!("{}, {}", foreign(&report.subject.name), foreign(&report.id));
    summary.line(&format!("- Run: {}", named(gated.report)));
    if let Some(baseline) = &gated.baseline {
        summary.line(&format!("- Baseline: {}", named(baseline.report)));
        against(&mut summary, baseline);
    }
    if let Some(findings) = gated.findings {
        summary.findings(findings, &Reasons::default());
    }
    summary.out
}

fn against(summary: &mut Summary, against: &Against<'_>) {
    let changes = against.changes;
    let (failing, lost) = (changes.newly_failing.len(), changes.lost.len());
    if failing > 0 {
        summary.heading(&format!("Newly failing cases: {failing}"));
        head(summary, &["Case", "Where", "Measure", "Expected", "Got"]);
        let rows = changes.newly_failing.iter().map(|case| failure(case));
        summary.rows_within(MOST_BYTES_OF_CASES, rows);
    }
    summary.line("");
    summary.line(&format!(
        "Newly failing: {failing}, newly passing: {}, no longer with an outcome: {lost}.",
        changes.newly_passing.len()
    ));
    summary.heading("Measures on the same cases");
    head(
        summary,
        &[
            "", "Suite", "Measure", "Old", "New", "Gain", "p (Holm)", "Units",
        ],
    );
    let mut tested: Vec<&Tested> = against.tested.iter().collect();
    tested.sort_by_key(|one| std::cmp::Reverse(one.change));
    summary.rows(tested.into_iter().map(measure));
}

fn head(summary: &mut Summary, titles: &[&str]) {
    summary.line(&format!("| {} |", titles.join(" | ")));
    summary.line(&format!("|{}", "---|".repeat(titles.len())));
}

fn failure(case: &CaseResult) -> Vec<String> {
    let each = |text: &dyn Fn(&weigh_core::cases::Reading) -> String| {
        let cells: Vec<String> = case.failing().map(text).collect();
        cells.join("<br>")
    };
    vec![
        foreign(&case.trial),
        foreign(&format!("{}:{}", case.path(), case.line)),
        each(&|reading| foreign(reading.measure.as_str())),
        each(&|reading| foreign(&reading.expected)),
        each(&|reading| foreign(&reading.got)),
    ]
}

fn measure(one: &Tested) -> Vec<String> {
    let compared = &one.compared;
    let number = |value: Option<Decimal>| {
        value.map_or_else(|| "–".to_owned(), |value| format!("{:.3}", value.get()))
    };
    let change = match one.change {
        Change::Worse => "✗ worse",
        Change::Open => "? open",
        Change::Held => "✓",
    };
    vec![
        change.to_owned(),
        foreign(&compared.suite),
        words::measure(compared.measure, ReportLanguage::En).to_owned(),
        number(compared.old),
        number(compared.new),
        number(compared.gain),
        number(compared.adjusted),
        format!("{}/{}", compared.scored, compared.units),
    ]
}
