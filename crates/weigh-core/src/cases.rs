//! What became of each case of a run, and what changed since another one: for whoever wants cases, not figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::decimal::Decimal;
use crate::language::Language;
use crate::measure::{Better, MeasureName, Outcome, Scale, Scored};
use crate::plan::{Plan, Trial};
use crate::request::Response;
use crate::suite::{Case, Suite};
use crate::transcript::Transcript;

/// The most characters of a reply that are told.
const REPLY: usize = 300;

/// What became of one case of a suite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseResult {
    /// `<suite>:<language>:<case>`.
    pub trial: String,
    /// Suite id.
    pub suite: String,
    /// Its language.
    pub language: Language,
    /// Its id within language and suite.
    pub case: String,
    /// The file of the suite's folder in which it stands.
    pub file: String,
    /// Its line there, from 1.
    pub line: u32,
    /// Whether the run owed it.
    pub asked: bool,
    /// What became of it, over all measures.
    pub state: CaseState,
    /// What each measure that reads the case made of the answer, in the order of the suite.
    pub readings: Vec<Reading>,
    /// The beginning of the reply, where a text was asked for.
    pub reply: Option<String>,
}

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Some measure found the answer wrong, or unsafe.
    Failed,
    /// No measure found it wrong, and some measure has no outcome: the request failed, the answer
    /// was cut or cannot be read.
    Error,
    /// Every measure that reads it has an outcome, and none is a failure. Measures without right
    /// and wrong, such as word overlap, count as an outcome.
    Passed,
    /// It was not asked, or nothing reads the answer.
    Skipped,
}

/// What one measure made of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The measure.
    pub measure: MeasureName,
    /// Its outcome.
    pub outcome: Outcome,
    /// Whether the answer is right; none where there is no outcome, and for measures that know no
    /// right and wrong of a single case.
    pub passes: Option<bool>,
    /// What was expected, in words.
    pub expected: String,
    /// What the measure read from the answer, or why there is no outcome.
    pub got: String,
}

impl CaseResult {
    /// The measures that found the answer wrong.
    pub fn failing(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter().filter(|r| r.passes == Some(false))
    }

    /// The measures without an outcome.
    pub fn without_outcome(&self) -> impl Iterator<Item = &Reading> {
        let unscored = |r: &&Reading| matches!(r.outcome, Outcome::Unscored(_));
        self.readings.iter().filter(unscored)
    }

    /// Where the case stands, from the folder of a record or a project: `suites/a/b/cases.en.jsonl`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("suites/{}/{}", self.suite, self.file)
    }

    fn fails(&self, measure: MeasureName) -> bool {
        self.failing().any(|reading| reading.measure == measure)
    }
}

/// The result of every case of every suite, in the order of the suites and of their cases. `suites`
/// are those of the plan, sorted by id, and `scored` is what [`crate::measure::score`] gives.
///
/// Units that are no case, which are whole families, have no result of their own: their cases have.
#[must_use]
pub fn cases(
    plan: &Plan,
    suites: &[Suite],
    transcript: &Transcript,
    scored: &[Scored],
) -> Vec<CaseResult> {
    let mut units: BTreeMap<&str, Vec<&Scored>> = BTreeMap::new();
    for unit in scored {
        units.entry(&unit.unit).or_default().push(unit);
    }
    let trials = plan.trials.iter().enumerate();
    let trials: BTreeMap<(usize, usize), (usize, &Trial)> = trials
        .map(|(place, trial)| ((trial.suite, trial.case), (place, trial)))
        .collect();
    let mut results = Vec::new();
    for (at, suite) in suites.iter().enumerate() {
        for (index, case) in suite.cases.iter().enumerate() {
            let asked = trials.get(&(at, index));
            let reply = asked.and_then(|(place, _)| reply(transcript, *place));
            let read = asked.and_then(|(_, trial)| units.get(trial.id.as_str()));
            let of_suite = |unit: &&&Scored| unit.suite == suite.id;
            let readings = read.into_iter().flatten().filter(of_suite);
            let readings: Vec<Reading> = readings.map(|unit| reading(unit, case, reply)).collect();
            results.push(CaseResult {
                trial: format!("{}:{}:{}", suite.id, case.language, case.id),
                suite: suite.id.clone(),
                language: case.language.clone(),
                case: case.id.clone(),
                file: case.place.0.clone(),
                line: case.place.1,
                asked: asked.is_some(),
                state: state(&readings),
                readings,
                reply: reply.map(beginning),
            });
        }
    }
    results
}

fn state(readings: &[Reading]) -> CaseState {
    let any = |holds: fn(&Reading) -> bool| readings.iter().any(holds);
    if any(|r| r.passes == Some(false)) {
        CaseState::Failed
    } else if any(|r| matches!(r.outcome, Outcome::Unscored(_))) {
        CaseState::Error
    } else if readings.is_empty() {
        CaseState::Skipped
    } else {
        CaseState::Passed
    }
}

/// The text that the model answered to the trial at `place`.
fn reply(transcript: &Transcript, place: usize) -> Option<&str> {
    match transcript.responses.get(place)?.as_deref()? {
        [Response::Generated { text, .. }] => Some(text),
        _ => None,
    }
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(REPLY) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn reading(unit: &Scored, case: &Case, reply: Option<&str>) -> Reading {
    let (passes, got) = match &unit.outcome {
        Outcome::Scored(value) => {
            let read = unit.decision.clone().or_else(|| reply.map(beginning));
            let got = read.unwrap_or_else(|| value.to_string());
            (passes(unit.measure, *value), got)
        }
        Outcome::Unscored(reason) => (None, reason.told()),
    };
    Reading {
        measure: unit.measure,
        outcome: unit.outcome.clone(),
        passes,
        expected: expected(unit.measure, case),
        got,
    }
}

/// Whether a case with this value is right. None where a single case cannot be right or wrong: for
/// means, ratios and calibration, and where the question was left out, so that chance alone answers.
fn passes(measure: MeasureName, value: Decimal) -> Option<bool> {
    if measure.scale() != Scale::Proportion || measure == MeasureName::ControlAccuracy {
        return None;
    }
    match measure.better() {
        Better::Higher => Some(value == Decimal::ONE),
        Better::Lower => Some(value == Decimal::ZERO),
        Better::NearZero => None,
    }
}

/// What `measure` expects of the answer to `case`, in words.
fn expected(measure: MeasureName, case: &Case) -> String {
    if measure == MeasureName::Consistency {
        "the same decision as on the original of its family".to_owned()
    } else if measure == MeasureName::LanguageFidelity {
        format!("a reply in the language {}", case.language)
    } else if measure == MeasureName::Judged {
        "yes".to_owned()
    } else {
        case.expect.in_words()
    }
}

/// What changed from one run to another one of the same plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Changes<'a> {
    /// Cases that fail by a measure by which they did not fail before.
    pub newly_failing: Vec<&'a CaseResult>,
    /// Cases that pass and did not before.
    pub newly_passing: Vec<&'a CaseResult>,
    /// Cases without an outcome that had one before.
    pub lost: Vec<&'a CaseResult>,
}

/// What changed from `old` to `new`. Cases that `old` does not have are as if not asked before.
#[must_use]
pub fn changes<'a>(old: &[CaseResult], new: &'a [CaseResult]) -> Changes<'a> {
    let before: BTreeMap<&str, &CaseResult> =
        old.iter().map(|case| (case.trial.as_str(), case)).collect();
    let mut changes = Changes::default();
    for case in new {
        let twin = before.get(case.trial.as_str());
        let was = twin.map_or(CaseState::Skipped, |twin| twin.state);
        let fails_now = |r: &Reading| !twin.is_some_and(|twin| twin.fails(r.measure));
        match case.state {
            CaseState::Failed if case.failing().any(fails_now) => changes.newly_failing.push(case),
            CaseState::Passed if was != CaseState::Passed => changes.newly_passing.push(case),
            CaseState::Error if was != CaseState::Error => changes.lost.push(case),
            CaseState::Failed | CaseState::Passed | CaseState::Error | CaseState::Skipped => {}
        }
    }
    changes
}

/// Every measure by which a case fails, as case and measure.
#[must_use]
pub fn failing(cases: &[CaseResult]) -> BTreeSet<(&str, MeasureName)> {
    let of_case = |case: &'_ CaseResult| -> Vec<MeasureName> {
        case.failing().map(|reading| reading.measure).collect()
    };
    cases
        .iter()
        .flat_map(|case| {
            let measures = of_case(case).into_iter();
            measures.map(|measure| (case.trial.as_str(), measure))
        })
        .collect()
}
