//! What a sealed run lacks to be a result: suites without a score, judges that were not there, fallbacks.

use weigh_core::event::JudgeState;
use weigh_core::model::FALLBACK;
use weigh_core::report::Report;
use weigh_core::stats::Stratum;
use weigh_core::text::visible_line;

/// What is said of an engine that took another way than it was asked to take.
pub const FELL_BACK: &str =
    "the engine did not compute as it was asked to; see the report's conditions";

/// What the run of `report` lacks, one sentence each. A run that lacks something is no success.
pub fn gaps(report: &Report) -> Vec<String> {
    let silent = silent_suites(report)
        .into_iter()
        .map(|suite| format!("suite {suite} scored nothing: this is no result"));
    let lost = lost_judges(report).into_iter().map(|judge| {
        format!("the judge {judge} could not be opened: what it was to judge has no score")
    });
    let mut gaps: Vec<String> = silent.chain(lost).collect();
    if fell_back(report) {
        gaps.push(FELL_BACK.to_owned());
    }
    let shown = gaps.iter().map(|gap| visible_line(gap).into_owned());
    shown.collect()
}

/// Suites of which no estimate over all cases has a scored unit.
fn silent_suites(report: &Report) -> Vec<&str> {
    let scored = |id: &&String| {
        let mut estimates = report.estimates.iter();
        estimates.any(|e| e.suite == **id && e.stratum == Stratum::All && e.scored > 0)
    };
    let planned = report
        .plan
        .suites
        .iter()
        .filter(|(_, suite)| suite.trials > 0);
    planned
        .map(|(id, _)| id)
        .filter(|id| !scored(id))
        .map(String::as_str)
        .collect()
}

/// Judges that were not there.
fn lost_judges(report: &Report) -> Vec<&str> {
    let lost = report.judges.iter();
    let lost = lost.filter(|judge| matches!(judge.state, JudgeState::Missing(_)));
    lost.map(|judge| judge.name.as_str()).collect()
}

/// Whether the engine took another way than it was asked to take.
fn fell_back(report: &Report) -> bool {
    let judges = report.judges.iter().filter_map(|judge| match &judge.state {
        JudgeState::Ready { conditions, .. } => Some(conditions),
        JudgeState::Missing(_) => None,
    });
    let mut conditions = report.conditions.iter().chain(judges);
    conditions.any(|conditions| conditions.contains_key(FALLBACK))
}
