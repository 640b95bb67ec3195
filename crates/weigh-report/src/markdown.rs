//! The Markdown summary: what a reviewer sees beside a change, below the size that forges take.

use weigh_core::event::JudgeState;
use weigh_core::report::Report;
use weigh_core::stats::{Estimate, Stratum};
use weigh_core::verdict::Finding;

use crate::context::{Context, Standing};
use crate::deviations::deviations;
use crate::energy;
use crate::escape;
use crate::number;
use crate::reasons::Reasons;
use crate::remarks::remarks;
use crate::texts::{ReportLanguage, Text, fill};
use crate::told::separator;
use crate::uncorrected;
use crate::view::{self, SuiteView};
use crate::words;

/// Forges refuse a step summary of 1 MiB; the rest of the page needs far less than what is left.
const MOST_BYTES: usize = 900_000;
/// A foreign text longer than this many characters is cut: a summary is no place for it.
const MOST_CHARACTERS: usize = 400;
/// A deviation of more bytes than this stands in the words of the record, which are cut.
const MOST_OF_A_LINE: usize = 8 * MOST_CHARACTERS;

/// The report as a Markdown summary of less than 1 MiB.
#[must_use]
pub fn markdown(report: &Report, context: &Context) -> String {
    let mut summary = Summary::new(context.language);
    summary.top(report, context);
    summary.findings(&report.findings, &context.reasons);
    for suite in view::suites(report, context.language) {
        let of_suite = report.estimates.iter().filter(|e| e.suite == suite.id);
        let (tags, others): (Vec<&Estimate>, Vec<&Estimate>) =
            of_suite.partition(|e| matches!(e.stratum, Stratum::Tag(_)));
        let rows: Vec<&Estimate> = others.into_iter().chain(tags).collect();
        summary.suite(suite.id, &rows);
        summary.weakest(&suite);
    }
    summary.deviations(report);
    summary.energy(report);
    summary.end(report);
    summary.out
}

/// A summary as it grows.
pub(crate) struct Summary {
    /// What is written.
    pub(crate) out: String,
    /// The language of the fixed texts.
    pub(crate) language: ReportLanguage,
}

impl Summary {
    /// Nothing yet.
    pub(crate) const fn new(language: ReportLanguage) -> Self {
        Self {
            out: String::new(),
            language,
        }
    }

    /// A line.
    pub(crate) fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// The fixed text in the summary's language.
    pub(crate) fn text(&self, text: Text) -> &'static str {
        text.get(self.language)
    }

    /// A heading of the second level.
    pub(crate) fn heading(&mut self, heading: &str) {
        self.line("");
        self.line(&format!("## {heading}"));
        self.line("");
    }

    /// The titles of a table.
    pub(crate) fn table_head(&mut self, titles: &[Text]) {
        let titles: Vec<&str> = titles.iter().map(|title| self.text(*title)).collect();
        self.line(&format!("| {} |", titles.join(" | ")));
        self.line(&format!("|{}", "---|".repeat(titles.len())));
    }

    /// Rows until the summary is full; then how many are left out.
    pub(crate) fn rows(&mut self, rows: impl ExactSizeIterator<Item = Vec<String>>) {
        self.rows_within(MOST_BYTES, rows);
    }

    /// Rows until the summary has `most` bytes; then how many are left out.
    pub(crate) fn rows_within(
        &mut self,
        most: usize,
        rows: impl ExactSizeIterator<Item = Vec<String>>,
    ) {
        let all = rows.len();
        for (at, cells) in rows.enumerate() {
            let row = format!("| {} |", cells.join(" | "));
            if self.out.len() + row.len() > most {
                let left = (all - at).to_string();
                let note = fill(self.text(Text::CutRows), &[("count", &left)]);
                self.line("");
                self.line(&note);
                return;
            }
            self.line(&row);
        }
    }

    fn top(&mut self, report: &Report, context: &Context) {
        let id = foreign(&report.id);
        self.line(&format!(
            "# {}",
            fill(self.text(Text::TestReportId), &[("id", &id)])
        ));
        self.line("");
        let verdict = self.text(words::verdict(report.verdict));
        let means = self.text(words::overall(report.verdict));
        self.line(&format!(
            "**{} {verdict}.** {means}",
            words::sign(report.verdict)
        ));
        self.line("");
        let profile = &report.plan.profile;
        let trust = match &context.signature {
            Some(signature) => self.standing(&signature.standing),
            None => self.text(Text::Draft).to_owned(),
        };
        let profile = format!("{} {}", foreign(&profile.id), foreign(&profile.version));
        let facts = [
            (Text::Model, foreign(&report.subject.name)),
            (Text::ProfileWord, profile),
            (Text::Trials, number::count(report.plan.trials)),
            (Text::Issued, foreign(&report.issued().0)),
            (Text::Trust, trust),
        ];
        if let Some(amended) = &report.amendment {
            let id = foreign(&amended.replaces.id);
            let replaces = fill(self.text(Text::AmendedReplaces), &[("id", &id)]);
            self.line(&format!("{replaces}: {}", foreign(&amended.reason)));
            self.line("");
        }
        let judges = report.judges.iter().map(|judge| {
            let missing = match &judge.state {
                JudgeState::Ready { .. } => String::new(),
                JudgeState::Missing(_) => format!(" ({})", self.text(Text::JudgeMissing)),
            };
            let (name, sha256) = (foreign(&judge.name), judge.sha256);
            (Text::JudgeName, format!("{name} {sha256}{missing}"))
        });
        let judges: Vec<(Text, String)> = judges.collect();
        let look = report.plan.look.iter();
        let language = self.language;
        let look = look.map(|look| (Text::Look, words::look(look, language)));
        for (title, value) in facts.into_iter().chain(look).chain(judges) {
            self.line(&format!("- {}: {value}", self.text(title)));
        }
    }

    fn standing(&self, standing: &Standing) -> String {
        match standing {
            Standing::FirstParty => self.text(Text::FirstParty).to_owned(),
            Standing::Given => self.text(Text::KeyGiven).to_owned(),
            Standing::Policy(id) => fill(self.text(Text::KeyOfPolicy), &[("policy", &foreign(id))]),
        }
    }

    /// Findings as a table.
    pub(crate) fn findings(&mut self, findings: &[Finding], reasons: &Reasons) {
        self.heading(self.text(Text::Findings));
        if findings.is_empty() {
            self.line(self.text(Text::NoFindings));
            return;
        }
        self.findings_head();
        let language = self.language;
        self.rows(findings.iter().map(|f| finding(f, language, reasons)));
    }

    /// The titles of a table of findings.
    pub(crate) fn findings_head(&mut self) {
        self.table_head(&[
            Text::VerdictWord,
            Text::Requirement,
            Text::Clause,
            Text::EstimateAndInterval,
            Text::Limit,
            Text::Reason,
        ]);
    }

    fn suite(&mut self, id: &str, estimates: &[&Estimate]) {
        self.heading(&foreign(id));
        if estimates.is_empty() {
            self.line(self.text(Text::NoEstimates));
            return;
        }
        self.table_head(&[
            Text::Measure,
            Text::Scope,
            Text::EstimateAndInterval,
            Text::Planned,
            Text::Scored,
            Text::Unscored,
        ]);
        let language = self.language;
        self.rows(estimates.iter().map(|e| estimate(e, language)));
    }

    /// Where a suite is weakest, measure by measure. Nothing where it has one language or none.
    fn weakest(&mut self, suite: &SuiteView<'_>) {
        if suite.languages.rows.len() < 2 {
            return;
        }
        self.line("");
        self.line(&format!("**{}**", self.text(Text::WeakestLanguage)));
        self.line("");
        for (column, measure) in suite.measures.iter().enumerate() {
            let weakest = view::weakest(&suite.languages, column);
            let weakest: Vec<String> = weakest.into_iter().map(foreign).collect();
            let languages = if weakest.is_empty() {
                self.text(Text::NoWeakest).to_owned()
            } else {
                weakest.join(", ")
            };
            let measure = words::measure(*measure, self.language);
            let values = [("measure", measure), ("languages", &*languages)];
            self.line(&format!("- {}", fill(self.text(Text::WeakestIs), &values)));
        }
    }

    fn deviations(&mut self, report: &Report) {
        self.heading(self.text(Text::Deviations));
        if report.deviations.is_empty() {
            self.line(self.text(Text::NoDeviations));
        }
        for deviation in deviations(report, self.language).iter().take(50) {
            let told = deviation.told.as_ref();
            let told = told.map(|told| told.line(self.language, &foreign));
            // A list of values has no end of its own.
            let told = told.filter(|line| line.len() <= MOST_OF_A_LINE);
            let line = told.unwrap_or_else(|| foreign(deviation.words));
            self.line(&format!("- {line}"));
        }
        if let Some(more @ 1..) = report.deviations.len().checked_sub(50) {
            let more = more.to_string();
            self.line(&fill(self.text(Text::CutRows), &[("count", &more)]));
        }
    }

    fn energy(&mut self, report: &Report) {
        let language = self.language;
        let Some(figure) = energy::figure(report, language) else {
            return;
        };
        self.heading(self.text(Text::Energy));
        self.line(&figure.line(language, &foreign));
        for note in energy::notes(report, language) {
            self.line(&note.line(language, &foreign));
        }
        let shares = energy::shares(report);
        if !shares.is_empty() {
            self.line("");
            self.table_head(&[Text::Suite, Text::EnergyTokens, Text::EnergyEach]);
            let cells = |share: &energy::Share<'_>| {
                let tokens = number::count(share.tokens);
                vec![foreign(share.suite), tokens, share.each.clone()]
            };
            self.rows(shares.iter().map(cells));
            self.line("");
            self.line(self.text(Text::EnergyApportioned));
        }
    }

    fn end(&mut self, report: &Report) {
        self.line("");
        for text in [Text::OnlyItems, Text::Recognised] {
            self.line(self.text(text));
        }
        self.line("");
        let head = report.record.journal_head.to_string();
        self.line(&format!("{}: `{head}`", self.text(Text::JournalHead)));
    }
}

/// The cells of a finding.
pub(crate) fn finding(
    finding: &Finding,
    language: ReportLanguage,
    reasons: &Reasons,
) -> Vec<String> {
    let verdict = words::verdict(finding.verdict).get(language);
    let scope = finding.stratum.as_ref();
    let scope = scope.map(|stratum| format!(" ({})", foreign(&words::stratum(stratum, language))));
    let estimate = finding.estimate.as_ref();
    let estimate = estimate.and_then(|e| number::estimate(e, finding.limit));
    vec![
        format!("{} {verdict}", words::sign(finding.verdict)),
        format!("{}{}", foreign(&finding.title), scope.unwrap_or_default()),
        finding.clause.as_deref().map(foreign).unwrap_or_default(),
        estimate.unwrap_or_else(|| Text::NoEstimate.get(language).to_owned()),
        finding
            .limit
            .map(|limit| number::limit(limit, number::measure(finding)))
            .unwrap_or_default(),
        reason(finding, language, reasons),
    ]
}

/// The reason, and what else the finding says.
fn reason(finding: &Finding, language: ReportLanguage, reasons: &Reasons) -> String {
    let reason = match reasons.told(finding, language) {
        Some(told) => {
            let told: Vec<String> = told
                .iter()
                .map(|one| one.line(language, &foreign))
                .collect();
            told.join(separator(language))
        }
        None => foreign(&finding.reason),
    };
    let remarks = remarks(finding, language, reasons);
    let remarks = remarks.iter().map(|remark| remark.line(language, &foreign));
    let all: Vec<String> = [reason].into_iter().chain(remarks).collect();
    all.join(" ")
}

fn estimate(estimate: &Estimate, language: ReportLanguage) -> Vec<String> {
    let unscored: Vec<String> = estimate
        .unscored
        .iter()
        .map(|(kind, count)| {
            let known = words::unscored(kind).map(|text| text.get(language).to_owned());
            let reason = known.unwrap_or_else(|| foreign(kind));
            let values = [
                ("reason", &*reason),
                ("count", &*number::count(u64::from(*count))),
            ];
            fill(Text::ReasonCount.get(language), &values)
        })
        .collect();
    let none = || Text::None.get(language).to_owned();
    vec![
        words::measure(estimate.measure, language).to_owned(),
        foreign(&words::stratum(&estimate.stratum, language)),
        figure(estimate, language),
        number::count(u64::from(estimate.planned)),
        number::count(u64::from(estimate.scored)),
        if unscored.is_empty() {
            none()
        } else {
            unscored.join(", ")
        },
    ]
}

/// The estimate, and the same without the scorer's errors.
fn figure(estimate: &Estimate, language: ReportLanguage) -> String {
    let Some(figure) = number::estimate(estimate, None) else {
        return Text::NoScore.get(language).to_owned();
    };
    let Some(correction) = &estimate.correction else {
        return figure;
    };
    let corrected = match number::correction(correction) {
        Ok(share) => fill(Text::Corrected.get(language), &[("estimate", &share)]),
        Err(reason) => uncorrected::told(reason, language).line(language, &foreign),
    };
    format!("{figure}; {corrected}")
}

/// Foreign text, cut where it is too long for a summary.
pub(crate) fn foreign(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => escape::markdown(&format!("{}…", text.get(..end).unwrap_or_default())),
        None => escape::markdown(text),
    }
}
