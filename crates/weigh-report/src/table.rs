//! The table for a terminal: findings, then estimates by suite, the verdict on the last line.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;
use weigh_core::report::Report;
use weigh_core::stats::{Estimate, Stratum};
use weigh_core::text::visible_line;
use weigh_core::verdict::{Finding, Verdict};

use crate::energy;
use crate::escape;
use crate::number;
use crate::texts::{ReportLanguage, Text, fill};
use crate::view::{self, SuiteView};
use crate::words;

/// Columns that the first cell of a row needs, or the row is written on two lines.
const LEAST_LABEL: usize = 18;
/// Columns between two cells.
const GAP: usize = 2;
/// Of so many languages each has a row.
const FEW_LANGUAGES: usize = 3;
/// Lines are never made for a narrower terminal.
const LEAST_WIDTH: usize = 40;

/// The report as a table for a terminal of `width` columns; with ANSI colours if `colour`.
#[must_use]
pub fn table(report: &Report, width: usize, colour: bool) -> String {
    let mut terminal = Terminal::new(width, colour);
    terminal.findings(report);
    for suite in view::suites(report, terminal.language) {
        terminal.suite(&suite);
    }
    terminal.energy(report);
    terminal.verdict(report);
    terminal.out
}

/// One row: a label that gives way, then cells that do not. The verdict colours the row's sign.
pub(crate) struct Row {
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// What gives way.
    pub label: String,
    /// Stands behind the label and is never cut.
    pub scope: String,
    /// Stand below each other.
    pub cells: Vec<String>,
    /// Sentences below the row, made safe.
    pub below: Vec<String>,
}

/// A table in the making.
pub(crate) struct Terminal {
    /// What is written.
    pub out: String,
    width: usize,
    colour: bool,
    /// The language of the fixed texts.
    pub language: ReportLanguage,
}

impl Terminal {
    /// Nothing yet, for `width` columns.
    pub fn new(width: usize, colour: bool) -> Self {
        Self {
            out: String::new(),
            width: width.max(LEAST_WIDTH),
            colour,
            language: ReportLanguage::En,
        }
    }

    /// The fixed text in the table's language.
    pub fn text(&self, text: Text) -> &'static str {
        text.get(self.language)
    }

    /// A line.
    pub fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn styled(&self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// A sentence in as many lines as it needs, behind `indent` spaces.
    pub fn sentence(&mut self, sentence: &str, indent: usize) {
        let words = sentence.split_whitespace();
        for line in lines_of(words, 1, self.width.saturating_sub(indent)) {
            let line = format!("{}{line}", " ".repeat(indent));
            self.line(&line);
        }
    }

    /// A heading.
    pub fn heading(&mut self, heading: &str) {
        let heading = self.styled("1", fitted(heading, self.width).trim_end());
        self.line(&heading);
    }

    fn findings(&mut self, report: &Report) {
        self.heading(self.text(Text::Findings));
        if report.findings.is_empty() {
            self.line(&format!("  {}", self.text(Text::NoFindings)));
        }
        let rows: Vec<Row> = report.findings.iter().map(|f| self.finding(f)).collect();
        self.rows(&rows);
    }

    /// A finding's row. What was not verified is marked behind its title.
    pub fn finding(&self, finding: &Finding) -> Row {
        let mut scope = match &finding.stratum {
            Some(Stratum::All) | None => String::new(),
            Some(Stratum::Language(tag)) => format!(", {tag}"),
            Some(Stratum::Tag(tag)) => format!(", {tag}"),
        };
        if finding.unverified.is_some() {
            scope.push_str(&format!(" ({})", self.text(Text::UnverifiedMark)));
        }
        let estimate = finding.estimate.as_ref();
        let estimate = estimate.and_then(|e| number::estimate(e, finding.limit));
        Row {
            verdict: Some(finding.verdict),
            label: finding.title.clone(),
            scope,
            cells: vec![
                estimate.unwrap_or_default(),
                finding
                    .limit
                    .map(|limit| number::limit(limit, number::measure(finding)))
                    .unwrap_or_default(),
                self.text(words::verdict(finding.verdict)).to_owned(),
            ],
            below: Vec::new(),
        }
    }

    /// The figures over all cases; of languages all where they are few, else the weakest ones. A single
    /// language's figures are those over all cases.
    fn suite(&mut self, suite: &SuiteView<'_>) {
        self.line("");
        self.heading(suite.id);
        if suite.overall.is_empty() {
            self.line(&format!("  {}", self.text(Text::NoEstimates)));
        }
        let mut rows = Vec::new();
        for estimate in &suite.overall {
            rows.push(self.estimate(estimate));
            rows.extend(self.corrected(estimate));
            let column = suite.measures.iter().position(|m| *m == estimate.measure);
            let Some(column) = column else {
                continue;
            };
            match suite.languages.rows.len() {
                0 | 1 => {}
                2..=FEW_LANGUAGES => {
                    let cells = suite.languages.rows.iter();
                    let cells = cells.filter_map(|row| row.cells.get(column).copied().flatten());
                    rows.extend(cells.map(|estimate| self.estimate(estimate)));
                }
                _ => rows.extend(self.weakest(suite, column)),
            }
        }
        self.rows(&rows);
    }

    /// The languages where a measure is worst, with the first one's figure.
    fn weakest(&self, suite: &SuiteView<'_>, column: usize) -> Option<Row> {
        let labels = view::weakest(&suite.languages, column);
        let first = labels.first()?;
        let row = suite
            .languages
            .rows
            .iter()
            .find(|row| row.label == *first)?;
        let estimate = row.cells.get(column).copied().flatten()?;
        let title = self.text(Text::WeakestLanguage);
        Some(Row {
            label: format!("  {title}: {}", labels.join(", ")),
            ..self.estimate(estimate)
        })
    }

    fn estimate(&self, estimate: &Estimate) -> Row {
        let measure = words::measure(estimate.measure, self.language);
        let label = match &estimate.stratum {
            Stratum::All => measure.to_owned(),
            stratum @ (Stratum::Language(_) | Stratum::Tag(_)) => {
                format!("  {}", words::stratum(stratum, self.language))
            }
        };
        let value = number::estimate(estimate, None);
        Row {
            verdict: None,
            label,
            scope: String::new(),
            cells: vec![
                value.unwrap_or_else(|| self.text(Text::NoScore).to_owned()),
                format!("{}/{}", estimate.scored, estimate.planned),
            ],
            below: Vec::new(),
        }
    }

    /// The share of all cases without the scorer's errors.
    fn corrected(&self, estimate: &Estimate) -> Option<Row> {
        let correction = estimate.correction.as_ref()?;
        let corrected = number::correction(correction).ok()?;
        (estimate.stratum == Stratum::All).then(|| Row {
            verdict: None,
            label: format!("  {}", self.text(Text::CorrectedRow)),
            scope: String::new(),
            cells: vec![corrected, String::new()],
            below: Vec::new(),
        })
    }

    /// Rows of one table: the cells stand below each other.
    pub fn rows(&mut self, rows: &[Row]) {
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.cells.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let taken: usize = widths.iter().map(|width| width + GAP).sum();
        let label = self.width.saturating_sub(taken + 4);
        for row in rows {
            if label >= LEAST_LABEL {
                self.one_line(row, label, &widths);
            } else {
                self.two_lines(row);
            }
            for sentence in &row.below {
                self.sentence(sentence, 6);
            }
        }
    }

    fn one_line(&mut self, row: &Row, label: usize, widths: &[usize]) {
        let mut line = format!("{} {}", self.sign(row.verdict), label_of(row, label));
        for (cell, width) in row.cells.iter().zip(widths) {
            line.push_str(&" ".repeat(GAP));
            let fitted = fitted(cell, *width);
            let text = fitted.trim_end();
            line.push_str(&self.toned(row.verdict, text));
            line.push_str(fitted.get(text.len()..).unwrap_or_default());
        }
        self.line(&line);
    }

    fn two_lines(&mut self, row: &Row) {
        let label = label_of(row, self.width - 4);
        let line = format!("{} {label}", self.sign(row.verdict));
        self.line(&line);
        let cells = row.cells.iter().filter(|cell| !cell.is_empty());
        for cells in lines_of(cells.map(String::as_str), GAP, self.width - 6) {
            let line = format!("      {}", self.toned(row.verdict, &cells));
            self.line(&line);
        }
    }

    /// The sign of a verdict after two spaces, or the room for it.
    fn sign(&self, verdict: Option<Verdict>) -> String {
        let Some(verdict) = verdict else {
            return "   ".to_owned();
        };
        let sign = words::sign(verdict).to_string();
        format!("  {}", self.toned(Some(verdict), &sign))
    }

    /// `text` in the colour of the verdict.
    pub fn toned(&self, verdict: Option<Verdict>, text: &str) -> String {
        match verdict {
            Some(Verdict::Conforms) => self.styled("32", text),
            Some(Verdict::Inconclusive) => self.styled("33", text),
            Some(Verdict::NotAssessed) => self.styled("2", text),
            Some(Verdict::DoesNotConform) => self.styled("31", text),
            None => text.to_owned(),
        }
    }

    fn energy(&mut self, report: &Report) {
        let Some(figure) = energy::figure(report, self.language) else {
            return;
        };
        self.line("");
        self.heading(self.text(Text::Energy));
        self.sentence(&figure.line(self.language, &escape::terminal), 4);
        for note in energy::notes(report, self.language) {
            self.sentence(&note.line(self.language, &escape::terminal), 4);
        }
        let row = |share: &energy::Share<'_>| Row {
            verdict: None,
            label: share.suite.to_owned(),
            scope: String::new(),
            cells: vec![share.each.clone(), self.text(Text::EnergyEach).to_owned()],
            below: Vec::new(),
        };
        let rows: Vec<Row> = energy::shares(report).iter().map(row).collect();
        if !rows.is_empty() {
            self.rows(&rows);
            self.sentence(self.text(Text::EnergyApportioned), 4);
        }
    }

    fn verdict(&mut self, report: &Report) {
        let title = fill(self.text(Text::TestReportId), &[("id", &report.id)]);
        let verdict = self.text(words::verdict(report.verdict));
        self.line("");
        self.line(&fitted(&title, self.width));
        self.sentence(self.text(words::overall(report.verdict)), 0);
        let line = format!("{} {verdict}", words::sign(report.verdict));
        let line = self.toned(Some(report.verdict), &line);
        self.line(&line);
    }
}

/// The label and the scope behind it, in exactly `width` columns. A scope takes half at most.
fn label_of(row: &Row, width: usize) -> String {
    let scope = visible_line(&row.scope).width().min(width / 2);
    let label = visible_line(&row.label).width().min(width - scope);
    let room = " ".repeat(width - scope - label);
    format!(
        "{}{}{room}",
        fitted(&row.label, label),
        fitted(&row.scope, scope)
    )
}

/// `text` in exactly `width` columns: cut between graphemes, padded, isolated.
fn fitted(text: &str, width: usize) -> String {
    let shown = visible_line(text);
    let (kept, taken) = if shown.width() <= width {
        (shown.to_string(), shown.width())
    } else {
        let mut kept = String::new();
        let mut taken = 0;
        for grapheme in shown.graphemes(true) {
            if taken + grapheme.width() + 1 > width {
                break;
            }
            kept.push_str(grapheme);
            taken += grapheme.width();
        }
        kept.push('…');
        (kept, taken + 1)
    };
    let room = " ".repeat(width.saturating_sub(taken));
    format!("{}{room}", escape::terminal(&kept))
}

/// Fixed texts in lines of at most `width` columns, `gap` columns between two of them.
fn lines_of<'a>(texts: impl Iterator<Item = &'a str>, gap: usize, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        match lines.last_mut() {
            Some(line) if line.width() + gap + text.width() <= width => {
                line.push_str(&" ".repeat(gap));
                line.push_str(text);
            }
            Some(_) | None => lines.push(text.to_owned()),
        }
    }
    lines
}
