//! The twin test: is a quantised or converted model still the one that was certified? From two records of one plan.
//!
//! **Figures** ([`FigureName`]) are about how far two answers to one trial are apart, whoever is right:
//! the divergence of the options' probabilities, whether the chosen option is the same, decisions that
//! flipped, texts. Each is given for all suites together and for each of them, with an interval in
//! which families are the clusters.
//!
//! **Verdict.** *Same within the limits* is an intersection-union test (Berger, 1982): over all suites the whole
//! interval of each figure that has a limit lies within it, so no level needs a correction. *Differs*
//! is said where the interval of any such figure, over all suites or of one, lies wholly beyond its
//! limit at the level that holds for all of them at once (Bonferroni). Else it is *not shown*.
//!
//! **Missing units** count as the worst below and as the best above, and a limit without units is not shown.

mod figure;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::comparison::p_value;
use crate::decimal::Decimal;
use crate::measure::{Apart, apart};
use crate::plan::{Plan, Trial};
use crate::request::Response;
use crate::stats::cluster::{Cluster, total};
use crate::stats::paired::Pair;
use crate::suite::{CONTROL, Suite};
use crate::transcript::Transcript;

pub use figure::{FigureName, Shown};

/// What still counts as the same model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// The largest mean divergence of the options' probabilities, in nats.
    pub divergence: Decimal,
    /// The least share of trials in which both choose the same option.
    pub agreement: Decimal,
    /// The largest share of decisions that flip: right or wrong, refused or answered.
    pub flips: Decimal,
}

/// How two records are compared.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// Two-sided confidence level.
    pub level: Decimal,
    /// What counts as the same.
    pub limits: Limits,
    /// Seed of tests that draw.
    pub seed: u64,
}

/// One figure of one suite, or of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Suite id; none for all suites together.
    pub suite: Option<String>,
    /// What is told.
    pub figure: FigureName,
    /// Trials that both runs owe.
    pub units: u32,
    /// Trials that have a value in both.
    pub scored: u32,
    /// Families.
    pub clusters: u32,
    /// Mean over the trials that have a value.
    pub value: Option<Decimal>,
    /// Lower limit at the level of the test; see [`FigureName`] for the method.
    pub lower: Option<Decimal>,
    /// Upper limit.
    pub upper: Option<Decimal>,
    /// Two-sided p-value of "as many flip one way as the other", for flips: McNemar's exact test, or
    /// sign flips of families. None while a unit is missing.
    pub p: Option<Decimal>,
    /// The limit that is to hold, where the figure has one.
    pub limit: Option<Decimal>,
    /// What the record shows of it.
    pub shown: Option<Shown>,
}

/// Whether the twin is the certified model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// It is, within the limits.
    Same,
    /// The records cannot tell.
    NotShown,
    /// It is not.
    Differs,
}

/// What the records say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Twin {
    /// Figures of all suites, then of each suite in the order of their ids.
    pub figures: Vec<Figure>,
    /// What follows.
    pub verdict: Likeness,
    /// Why it is not the same, a sentence without a full stop each; empty where it is.
    pub reasons: Vec<String>,
}

/// A trial with both answers.
struct Seen<'a> {
    suite: usize,
    family: &'a str,
    apart: Apart,
}

/// The figures with a limit that must hold over all suites, whether units are there or not. Refusals
/// must keep theirs where the plan asks for any.
const NEEDED: [FigureName; 3] = [
    FigureName::Divergence,
    FigureName::Agreement,
    FigureName::Flips,
];

/// Holds the answers of `twin` against those of `certified`. Both are folds of journals of `plan`,
/// and `suites` are the plan's, sorted by id. Trials without the question ([`CONTROL`]) are left out.
#[must_use]
pub fn test(
    plan: &Plan,
    suites: &[Suite],
    (certified, twin): (&Transcript, &Transcript),
    how: &How,
) -> Twin {
    let seen = seen(plan, suites, certified, twin);
    let mut parts: Vec<(Option<&Suite>, Vec<&Seen<'_>>)> = vec![(None, seen.iter().collect())];
    parts.extend(suites.iter().enumerate().map(|(at, suite)| {
        let own = seen.iter().filter(|one| one.suite == at);
        (Some(suite), own.collect())
    }));
    let drafts: Vec<Draft<'_>> = parts
        .iter()
        .flat_map(|(suite, seen)| FigureName::ALL.map(|figure| draft(*suite, figure, seen)))
        .flatten()
        .collect();
    let limited = drafts.iter().filter(|one| one.figure.has_limit()).count();
    let figures: Vec<Figure> = drafts.iter().map(|one| one.figure(how, limited)).collect();
    let (verdict, reasons) = verdict(&figures);
    Twin {
        figures,
        verdict,
        reasons,
    }
}

fn seen<'a>(
    plan: &'a Plan,
    suites: &'a [Suite],
    certified: &Transcript,
    twin: &Transcript,
) -> Vec<Seen<'a>> {
    let of_trial = |(place, trial): (usize, &'a Trial)| {
        let case = suites.get(trial.suite)?.cases.get(trial.case)?;
        let apart = apart(
            (trial, case),
            answers(certified, place),
            answers(twin, place),
        )?;
        (case.variant != CONTROL).then_some(Seen {
            suite: trial.suite,
            family: &case.family,
            apart,
        })
    };
    plan.trials
        .iter()
        .enumerate()
        .filter_map(of_trial)
        .collect()
}

fn answers(run: &Transcript, place: usize) -> Option<&[Response]> {
    run.responses.get(place)?.as_deref()
}

/// A figure before its interval.
struct Draft<'a> {
    suite: Option<&'a Suite>,
    figure: FigureName,
    clusters: Vec<Cluster>,
    pairs: Vec<Vec<Pair>>,
    /// The largest value that a unit can have.
    most: f64,
}

/// None where no trial owes the figure.
fn draft<'a>(
    suite: Option<&'a Suite>,
    figure: FigureName,
    seen: &[&Seen<'_>],
) -> Option<Draft<'a>> {
    let mut clusters: BTreeMap<(usize, &str), (Cluster, Vec<Pair>)> = BTreeMap::new();
    let mut most: f64 = 0.0;
    for one in seen {
        let Some(value) = figure.value(&one.apart) else {
            continue;
        };
        let (cluster, pairs) = clusters.entry((one.suite, one.family)).or_default();
        cluster.planned += 1;
        match value {
            Some(value) => cluster.passes += value,
            None => cluster.missing += 1,
        }
        pairs.extend(figure.pair(&one.apart));
        most = most.max(figure.most(&one.apart));
    }
    let (clusters, pairs): (Vec<Cluster>, Vec<Vec<Pair>>) = clusters.into_values().unzip();
    (!clusters.is_empty()).then_some(Draft {
        suite,
        figure,
        clusters,
        pairs,
        most,
    })
}

impl Draft<'_> {
    /// The figure, one of `limited` that have a limit.
    fn figure(&self, how: &How, limited: usize) -> Figure {
        let all = total(&self.clusters);
        let scored = all.planned - all.missing;
        let level = how.level.get();
        let at = |level: f64| self.figure.interval(&self.clusters, self.most, level);
        let interval = at(level);
        let limit = self.figure.limit(&how.limits);
        // At the level of each at which all of them hold at once.
        let at_once = at(1.0 - (1.0 - level) / limited.max(1) as f64);
        let flips = self.pairs.iter().any(|pairs| !pairs.is_empty());
        Figure {
            suite: self.suite.map(|suite| suite.id.clone()),
            figure: self.figure,
            units: all.planned,
            scored,
            clusters: u32::try_from(self.clusters.len()).unwrap_or(u32::MAX),
            value: decimal(all.passes / f64::from(scored)),
            lower: interval.and_then(|(lower, _)| decimal(lower)),
            upper: interval.and_then(|(_, upper)| decimal(upper)),
            p: flips
                .then(|| p_value(true, &self.pairs, how.seed))
                .flatten()
                .and_then(decimal),
            limit,
            shown: limit.map(|limit| self.figure.shown(limit.get(), interval, at_once)),
        }
    }
}

/// None for what is not finite, such as a mean of nothing.
fn decimal(value: f64) -> Option<Decimal> {
    Decimal::new(value).ok()
}

fn verdict(figures: &[Figure]) -> (Likeness, Vec<String>) {
    let beyond = figures
        .iter()
        .filter(|one| one.shown == Some(Shown::Beyond));
    let beyond: Vec<String> = beyond.map(Figure::reason).collect();
    if !beyond.is_empty() {
        return (Likeness::Differs, beyond);
    }
    let over_all = || figures.iter().filter(|one| one.suite.is_none());
    let mut open: Vec<String> = NEEDED
        .iter()
        .filter(|needed| !over_all().any(|one| one.figure == **needed))
        .map(|needed| format!("{}: no trial has options to choose from", needed.as_str()))
        .collect();
    let not_shown = over_all().filter(|one| one.shown == Some(Shown::Open));
    open.extend(not_shown.map(Figure::reason));
    let verdict = if open.is_empty() {
        Likeness::Same
    } else {
        Likeness::NotShown
    };
    (verdict, open)
}

impl Figure {
    /// What stands against its limit.
    fn reason(&self) -> String {
        let number = |value: Option<Decimal>| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{:.4}", value.get()))
        };
        let missing = match self.units - self.scored {
            0 => String::new(),
            missing => format!("; {missing} of {} trials have no value", self.units),
        };
        format!(
            "{} in {}: {} [{}, {}], limit {}{missing}",
            self.figure.as_str(),
            self.suite.as_deref().unwrap_or("all suites"),
            number(self.value),
            number(self.lower),
            number(self.upper),
            self.limit
                .map_or_else(String::new, |limit| limit.to_string()),
        )
    }
}
