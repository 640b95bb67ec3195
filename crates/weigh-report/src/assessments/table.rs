//! The verdicts of several profiles side by side for a terminal, then the findings of each.

use std::collections::BTreeSet;

use weigh_core::report::Report;
use weigh_core::verdict::{Assessed, Assessment, Verdict};

use super::{worst, worst_first};
use crate::escape;
use crate::reasons::Reasons;
use crate::remarks;
use crate::table::{Row, Terminal};
use crate::texts::{Text, fill};
use crate::told::Told;
use crate::words::{self, VERDICTS};

/// The assessments of `report` as a table for a terminal of `width` columns; with ANSI colours if
/// `colour`.
#[must_use]
pub fn assessments_table(
    report: &Report,
    assessments: &[Assessment],
    width: usize,
    colour: bool,
) -> String {
    let mut terminal = Terminal::new(width, colour);
    let title = fill(
        terminal.text(Text::AssessmentsOf),
        &[("id", &escape::terminal(&report.id))],
    );
    terminal.heading(&format!("{title}: {}", report.subject.name));
    let rows: Vec<Row> = assessments
        .iter()
        .map(|one| profile_row(&terminal, one))
        .collect();
    terminal.rows(&rows);
    for assessment in assessments {
        profile(&mut terminal, assessment);
    }
    terminal.line("");
    let verdict = worst(assessments);
    terminal.sentence(terminal.text(words::overall(verdict)), 0);
    let line = format!(
        "{} {}",
        words::sign(verdict),
        terminal.text(words::verdict(verdict))
    );
    let line = terminal.toned(Some(verdict), &line);
    terminal.line(&line);
    terminal.out
}

/// The profile, how many findings have each verdict, and the worst of them.
fn profile_row(terminal: &Terminal, assessment: &Assessment) -> Row {
    let count = |verdict: &Verdict| {
        let count = assessment.count(*verdict);
        format!("{} {count:<3}", words::sign(*verdict))
    };
    let counts: Vec<String> = VERDICTS.iter().rev().map(count).collect();
    let verdict = terminal.text(words::verdict(assessment.verdict));
    Row {
        verdict: Some(assessment.verdict),
        label: format!("{} {}", assessment.profile, assessment.version),
        scope: String::new(),
        cells: vec![counts.join(" "), verdict.to_owned()],
        below: Vec::new(),
    }
}

fn profile(terminal: &mut Terminal, assessment: &Assessment) {
    terminal.line("");
    terminal.heading(&format!("{}: {}", assessment.profile, assessment.title));
    if let Some(note) = &assessment.note {
        terminal.sentence(&escape::terminal(note), 2);
    }
    let mut told = BTreeSet::new();
    let rows: Vec<Row> = worst_first(assessment)
        .into_iter()
        .map(|one| row(terminal, one, &mut told))
        .collect();
    terminal.rows(&rows);
}

/// A finding, and below it what its figures do not say. Of the notes that many findings share, `told` are
/// those that stand above already; that something is unverified stays marked in the row.
fn row(terminal: &Terminal, assessed: &Assessed, told: &mut BTreeSet<String>) -> Row {
    let (finding, language) = (&assessed.finding, terminal.language);
    let line = |remark: &Told| remark.line(language, &escape::terminal);
    let mut below = Vec::new();
    if finding.verdict == Verdict::NotAssessed {
        below.push(escape::terminal(&finding.reason));
    }
    below.extend(
        assessed
            .further
            .map(|further| line(&remarks::further(further))),
    );
    for remark in remarks::remarks(finding, language, &Reasons::default()) {
        let shared = matches!(remark.text, Text::Remark | Text::Unverified);
        let said = line(&remark);
        if !shared || told.insert(said.clone()) {
            below.push(said);
        }
    }
    Row {
        below,
        ..terminal.finding(finding)
    }
}
