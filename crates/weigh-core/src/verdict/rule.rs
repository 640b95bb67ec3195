//! The decision rules: how one estimate is held against one limit, and the sentences that say so.
//!
//! A limit itself is within bounds: a true value equal to it conforms.

use super::{Further, Lies, Position, Reason, Verdict};
use crate::decimal::Decimal;
use crate::measure::Scale;
use crate::profile::{DecisionRule, Limit, Measured, Profile};
use crate::stats::mean::Range;
use crate::stats::{Estimate, Interval};

/// What comes after what is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another look, at this confidence.
    Look(Decimal),
    /// None: the last look was at this confidence.
    Last(Decimal),
    /// None: the profile has no looks, and this confidence.
    NoLooks(Decimal),
}

impl Next {
    /// What comes after `look` under `profile`.
    pub(super) fn of(profile: &Profile, look: u32) -> Self {
        let now = profile.confidence_at(look).unwrap_or(profile.confidence);
        match profile.confidence_at(look.saturating_add(1)) {
            Some(next) => Self::Look(next),
            None if profile.looks.is_empty() => Self::NoLooks(now),
            None => Self::Last(now),
        }
    }

    /// The confidence.
    #[must_use]
    pub const fn level(self) -> Decimal {
        let (Self::Look(level) | Self::Last(level) | Self::NoLooks(level)) = self;
        level
    }
}

/// The verdict on one requirement, and why; `estimates` are all of the run.
pub(super) fn judge(
    measured: &Measured,
    estimate: Option<&Estimate>,
    estimates: &[Estimate],
    next: Next,
) -> (Verdict, Vec<Reason>) {
    let Some(estimate) = estimate else {
        let ran = estimates.iter().any(|e| e.suite == measured.suite);
        let reason = if ran {
            no_case(measured)
        } else {
            let suite = measured.suite.clone();
            Reason::SuiteNotRun { suite }
        };
        return (Verdict::NotAssessed, vec![reason]);
    };
    let (mut verdict, reason) = by_rule(measured, estimate);
    let mut reasons = vec![reason];
    if let (Verdict::Conforms, Some(cases)) = (verdict, measured.cases)
        && estimate.scored < cases
    {
        verdict = Verdict::Inconclusive;
        let missing = cases - estimate.scored;
        reasons.push(Reason::SmallSample { cases, missing });
    }
    if verdict == Verdict::Inconclusive && measured.rule != DecisionRule::Point {
        reasons.push(what_would_decide(measured, estimate, next));
    }
    (verdict, reasons)
}

fn no_case(measured: &Measured) -> Reason {
    Reason::NoCase {
        measure: measured.measure,
        suite: measured.suite.clone(),
    }
}

fn by_rule(measured: &Measured, estimate: &Estimate) -> (Verdict, Reason) {
    let planned = estimate.planned;
    if planned == 0 {
        return (Verdict::NotAssessed, no_case(measured));
    }
    let Some(point) = estimate.point else {
        return (Verdict::NotAssessed, Reason::NoScore { planned });
    };
    let between = match measured.rule {
        DecisionRule::Point => return by_point(measured.limit, estimate, point),
        DecisionRule::ThreeWay => Verdict::Inconclusive,
        DecisionRule::GuardBand => Verdict::DoesNotConform,
    };
    match &estimate.interval {
        Some(interval) => by_interval(measured.limit, estimate, point, interval, between),
        None => (Verdict::NotAssessed, no_interval(estimate)),
    }
}

/// How many families more would decide, and how they are asked.
fn what_would_decide(measured: &Measured, estimate: &Estimate, next: Next) -> Reason {
    let rule = (measured.limit, measured.rule);
    match Further::of(rule, measured.cases, estimate, next.level()) {
        Further::Families(more) => Reason::Families {
            more,
            clusters: estimate.clusters,
            next,
        },
        Further::Missing => Reason::MissingUnits,
        Further::Never => Reason::AtLimit,
    }
}

/// Why there is a point and no interval.
const fn no_interval(estimate: &Estimate) -> Reason {
    let planned = estimate.planned;
    match planned.saturating_sub(estimate.scored) {
        0 => Reason::FewClusters {
            clusters: estimate.clusters,
        },
        missing => Reason::Unbounded { missing, planned },
    }
}

/// The interval decides; `between` is the verdict where it holds the limit.
fn by_interval(
    limit: Limit,
    estimate: &Estimate,
    point: Decimal,
    interval: &Interval,
    between: Verdict,
) -> (Verdict, Reason) {
    let (lower, upper) = (interval.lower, interval.upper);
    let (verdict, lies) = if limit.holds(lower) && limit.holds(upper) {
        (Verdict::Conforms, Lies::Within)
    } else if limit.holds(lower) || limit.holds(upper) {
        (between, Lies::Across)
    } else {
        (Verdict::DoesNotConform, Lies::Outside)
    };
    let reason = Reason::Interval {
        level: interval.level,
        lower,
        upper,
        position: position(estimate, point, limit, lies),
    };
    (verdict, reason)
}

const fn position(estimate: &Estimate, point: Decimal, limit: Limit, lies: Lies) -> Position {
    Position {
        point,
        limit,
        lies,
        scored: estimate.scored,
        planned: estimate.planned,
    }
}

/// The point estimate decides, unless missing units could turn the decision.
fn by_point(limit: Limit, estimate: &Estimate, point: Decimal) -> (Verdict, Reason) {
    let holds = |extreme: f64| Decimal::new(extreme).is_ok_and(|value| limit.holds(value));
    let extremes = extremes(estimate, point.get()).map(|(low, high)| (holds(low), holds(high)));
    let (verdict, lies) = match extremes {
        Some((true, true)) => (Verdict::Conforms, Lies::Within),
        Some((false, false)) => (Verdict::DoesNotConform, Lies::Outside),
        Some((true, false) | (false, true)) | None => (Verdict::Inconclusive, Lies::Across),
    };
    let position = position(estimate, point, limit, lies);
    (verdict, Reason::Point(position))
}

/// The least and the greatest figure that the missing units allow; none where nothing bounds them.
pub(super) fn extremes(estimate: &Estimate, point: f64) -> Option<(f64, f64)> {
    let planned = f64::from(estimate.planned);
    let scored = f64::from(estimate.scored);
    let open = planned - scored;
    let between = |sum: f64, range: Range| {
        let low = (sum + open * range.least) / planned;
        (low, (sum + open * range.most) / planned)
    };
    match estimate.measure.scale() {
        // Units pass or fail, so their number comes back whole from their mean.
        Scale::Proportion => Some(between(libm::rint(point * scored), Range::UNIT)),
        _ if open <= 0.0 => Some((point, point)),
        Scale::Mean(range) => Some(between(point * scored, range)),
        Scale::Ratio
        | Scale::Exponential
        | Scale::Calibration
        | Scale::Selective
        | Scale::Corpus => None,
    }
}
