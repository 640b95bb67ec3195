//! Why a finding is what it is, as data: one variant a sentence. In English it is the signed text.

use std::collections::BTreeMap;

use super::rule::{self, Next};
use super::{Finding, english};
use crate::decimal::Decimal;
use crate::language::Language;
use crate::measure::MeasureName;
use crate::profile::{Limit, Profile, Subject};
use crate::stats::Estimate;

/// A sentence of a finding's reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The profile says why no suite can measure the requirement: per language.
    Unmeasurable(BTreeMap<Language, String>),
    /// No suite can measure the requirement, and the profile does not say why.
    NoSuite,
    /// The suite was not run.
    SuiteNotRun {
        /// The suite's id.
        suite: String,
    },
    /// The run holds no case of the measure in the requirement's scope.
    NoCase {
        /// The measure.
        measure: MeasureName,
        /// The suite's id.
        suite: String,
    },
    /// None of the planned units has a score.
    NoScore {
        /// Planned units.
        planned: u32,
    },
    /// Units without a score, whose figures nothing bounds, leave no interval.
    Unbounded {
        /// Units without a score.
        missing: u32,
        /// Planned units.
        planned: u32,
    },
    /// There are too few clusters of cases for an interval.
    FewClusters {
        /// Clusters of cases.
        clusters: u32,
    },
    /// How the interval lies to the limit.
    Interval {
        /// The interval's confidence level.
        level: Decimal,
        /// Its lower end.
        lower: Decimal,
        /// Its upper end.
        upper: Decimal,
        /// The estimate and the limit.
        position: Position,
    },
    /// How the point estimate lies to the limit, whatever the missing units would have been.
    Point(Position),
    /// The sample is too small to conform.
    SmallSample {
        /// Scored units that the requirement asks for.
        cases: u32,
        /// Scored units that are missing of them.
        missing: u32,
    },
    /// Missing units keep it open, whatever is added.
    MissingUnits,
    /// It is too near to the limit to be decided.
    AtLimit,
    /// So many families would decide it if the estimate stays.
    Families {
        /// Families of cases that are wanted beyond those that there are.
        more: u32,
        /// Families that there are.
        clusters: u32,
        /// What comes after this look, and the confidence at which it would be decided.
        next: Next,
    },
}

/// An estimate and the limit that it is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The point estimate.
    pub point: Decimal,
    /// The limit.
    pub limit: Limit,
    /// On which side of it the interval or, where that alone decides, the point lies.
    pub lies: Lies,
    /// Units with a score.
    pub scored: u32,
    /// Planned units.
    pub planned: u32,
}

/// On which side of a limit something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// All of it within.
    Within,
    /// On both sides; of a point, that missing units could turn it.
    Across,
    /// All of it outside.
    Outside,
}

impl Reason {
    /// The sentence in English, as it stands in a finding's reason.
    #[must_use]
    pub fn english(&self) -> String {
        match self {
            Self::Unmeasurable(reason) => {
                let reason = english(reason).map_or("", String::as_str);
                format!("Not assessed: {reason}")
            }
            Self::NoSuite => "No suite can measure this requirement today.".to_owned(),
            Self::SuiteNotRun { suite } => format!("Suite {suite} was not run."),
            Self::NoCase { measure, suite } => {
                format!("The run holds no case that measures {measure} of suite {suite} here.")
            }
            Self::NoScore { planned } => format!("None of {planned} planned units has a score."),
            Self::Unbounded { missing, planned } => format!(
                "No interval can be given: {missing} of {planned} planned units have no score, and \
                 nothing bounds what they would have been."
            ),
            Self::FewClusters { clusters } => {
                format!("No interval can be given from {clusters} clusters of cases.")
            }
            Self::Interval {
                level,
                lower,
                upper,
                position,
            } => position.of_interval(*level, [*lower, *upper]),
            Self::Point(position) => position.of_point(),
            Self::SmallSample { cases, missing } => format!(
                "The requirement asks for at least {cases} scored units; missing: {missing}."
            ),
            Self::MissingUnits => {
                "Missing units keep it open, however many more cases are asked.".to_owned()
            }
            Self::AtLimit => {
                "It is too near to the limit for any number of cases to decide.".to_owned()
            }
            Self::Families {
                more,
                clusters,
                next,
            } => families(*more, *clusters, *next),
        }
    }
}

impl Position {
    fn of_interval(&self, level: Decimal, ends: [Decimal; 2]) -> String {
        let lies = match self.lies {
            Lies::Within => "lies wholly within",
            Lies::Across => "reaches across",
            Lies::Outside => "lies wholly outside",
        };
        let [lower, upper] = ends.map(|end| figure(end, self.limit));
        format!(
            "The {} % interval from {lower} to {upper} around {} {lies} {}",
            percent(level),
            figure(self.point, self.limit),
            self.of_limit()
        )
    }

    fn of_point(&self) -> String {
        let lies = match self.lies {
            Lies::Within => "is within",
            Lies::Across => "may be within or outside, as missing units turn out,",
            Lies::Outside => "is outside",
        };
        format!(
            "The point estimate {} {lies} {}",
            figure(self.point, self.limit),
            self.of_limit()
        )
    }

    /// The limit, and how many units are scored, where some are not.
    fn of_limit(&self) -> String {
        let limit = match self.limit {
            Limit::AtLeast(least) => format!("at least {least}"),
            Limit::AtMost(most) => format!("at most {most}"),
        };
        let Self {
            scored, planned, ..
        } = self;
        if scored == planned {
            return format!("the limit of {limit}; all {planned} units are scored.");
        }
        format!(
            "the limit of {limit}; {scored} of {planned} units are scored, the others count against both sides."
        )
    }
}

fn families(more: u32, clusters: u32, next: Next) -> String {
    let families = if more == 1 { "family" } else { "families" };
    let how = match next {
        Next::Look(_) => ": `weigh run --extend RECORD`",
        Next::Last(_) => ", and this was the profile's last look",
        Next::NoLooks(_) => ", in a run of its own",
    };
    format!(
        "If it stays so, {more} {families} more than these {clusters} would decide at {} %{how}.",
        percent(next.level())
    )
}

/// The reason of a finding: its sentences in English.
#[must_use]
pub fn in_english(reasons: &[Reason]) -> String {
    let sentences: Vec<String> = reasons.iter().map(Reason::english).collect();
    sentences.join(" ")
}

/// Why the finding is what it is, once more: `estimates` are all of the run, under `profile` at `look`,
/// counted from 1. Nothing where the profile does not have the requirement.
///
/// A finding that was changed, or that this version words otherwise, has another text: whoever tells the
/// sentences in its stead compares [`in_english`] with [`Finding::reason`].
#[must_use]
pub fn reasons(
    profile: &Profile,
    estimates: &[Estimate],
    finding: &Finding,
    look: u32,
) -> Vec<Reason> {
    let mut requirements = profile.requirements.iter();
    let own = requirements.find(|own| own.id == finding.requirement);
    match own.map(|own| &own.subject) {
        None => Vec::new(),
        Some(Subject::NotMeasurable(why)) => vec![unmeasurable(why)],
        Some(Subject::Measured(measured)) => {
            let next = Next::of(profile, look);
            rule::judge(measured, finding.estimate.as_ref(), estimates, next).1
        }
    }
}

/// Why no suite can measure a requirement, in the profile's words where it has some.
pub(super) fn unmeasurable(why: &BTreeMap<Language, String>) -> Reason {
    if why.is_empty() {
        Reason::NoSuite
    } else {
        Reason::Unmeasurable(why.clone())
    }
}

/// A figure beside its limit: four decimals, or every digit where four would read like the limit.
#[must_use]
pub fn figure(value: Decimal, limit: Limit) -> String {
    let bound = limit.bound();
    let rounded = format!("{:.4}", value.get());
    if value != bound && rounded == format!("{:.4}", bound.get()) {
        return value.to_string();
    }
    rounded
}

/// A share as a percentage without needless digits.
fn percent(share: Decimal) -> String {
    let digits = format!("{:.4}", share.get() * 100.0);
    digits
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}
