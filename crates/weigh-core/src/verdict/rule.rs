//! The decision rules: how one estimate is held against one limit, and the sentence that says so.
//!
//! A limit itself is within bounds: a true value equal to it conforms.

use super::{Further, Verdict};
use crate::decimal::Decimal;
use crate::measure::Scale;
use crate::profile::{DecisionRule, Limit, Measured, Profile};
use crate::stats::mean::Range;
use crate::stats::{Estimate, Interval};

/// What comes after what is judged.
#[derive(Debug, Clone, Copy)]
pub(super) enum Next {
    /// Another look, at this confidence.
    Look(Decimal),
    /// None: the last look was at this confidence.
    Last(Decimal),
    /// None: the profile has no looks, and this confidence.
    NoLooks(Decimal),
}

impl Next {
    /// What comes after `look` under `profile`.
    pub fn of(profile: &Profile, look: u32) -> Self {
        let now = profile.confidence_at(look).unwrap_or(profile.confidence);
        match profile.confidence_at(look.saturating_add(1)) {
            Some(next) => Self::Look(next),
            None if profile.looks.is_empty() => Self::NoLooks(now),
            None => Self::Last(now),
        }
    }
}

/// The verdict on one requirement, and why.
pub(super) fn judge(
    measured: &Measured,
    estimate: Option<&Estimate>,
    next: Next,
) -> (Verdict, String) {
    let (mut verdict, mut reason) = by_rule(measured, estimate);
    let Some(estimate) = estimate else {
        return (verdict, reason);
    };
    if let (Verdict::Conforms, Some(cases)) = (verdict, measured.cases)
        && estimate.scored < cases
    {
        verdict = Verdict::Inconclusive;
        reason.push_str(&sample(cases, estimate.scored));
    }
    if verdict == Verdict::Inconclusive && measured.rule != DecisionRule::Point {
        reason.push_str(&what_would_decide(measured, estimate, next));
    }
    (verdict, reason)
}

/// A sample that is too small to conform.
fn sample(cases: u32, scored: u32) -> String {
    format!(
        " The requirement asks for at least {cases} scored units; missing: {}.",
        cases - scored
    )
}

fn by_rule(measured: &Measured, estimate: Option<&Estimate>) -> (Verdict, String) {
    let Some(estimate) = estimate.filter(|e| e.planned > 0) else {
        let reason = format!(
            "The run holds no case that measures {} of suite {} here.",
            measured.measure, measured.suite
        );
        return (Verdict::NotAssessed, reason);
    };
    let Some(point) = estimate.point else {
        let reason = format!("None of {} planned units has a score.", estimate.planned);
        return (Verdict::NotAssessed, reason);
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

/// How many families more would decide, and how they are asked: a sentence.
fn what_would_decide(measured: &Measured, estimate: &Estimate, next: Next) -> String {
    let (Next::Look(level) | Next::Last(level) | Next::NoLooks(level)) = next;
    let needed = match Further::of(
        (measured.limit, measured.rule),
        measured.cases,
        estimate,
        level,
    ) {
        Further::Families(needed) => needed,
        Further::Missing => {
            return " Missing units keep it open, however many more cases are asked.".to_owned();
        }
        Further::Never => {
            return " It is too near to the limit for any number of cases to decide.".to_owned();
        }
    };
    let families = if needed == 1 { "family" } else { "families" };
    let how = match next {
        Next::Look(_) => ": `weigh run --extend RECORD`",
        Next::Last(_) => ", and this was the profile's last look",
        Next::NoLooks(_) => ", in a run of its own",
    };
    let clusters = estimate.clusters;
    format!(
        " If it stays so, {needed} {families} more than these {clusters} would decide at {} %{how}.",
        percent(level)
    )
}

/// Why there is a point and no interval.
fn no_interval(estimate: &Estimate) -> String {
    let missing = estimate.planned - estimate.scored;
    if missing > 0 {
        return format!(
            "No interval can be given: {missing} of {} planned units have no score, and nothing \
             bounds what they would have been.",
            estimate.planned
        );
    }
    format!(
        "No interval can be given from {} clusters of cases.",
        estimate.clusters
    )
}

/// The interval decides; `between` is the verdict where it holds the limit.
fn by_interval(
    limit: Limit,
    estimate: &Estimate,
    point: Decimal,
    interval: &Interval,
    between: Verdict,
) -> (Verdict, String) {
    let (lower, upper) = (interval.lower, interval.upper);
    let (verdict, relation) = if limit.holds(lower) && limit.holds(upper) {
        (Verdict::Conforms, "lies wholly within")
    } else if limit.holds(lower) || limit.holds(upper) {
        (between, "reaches across")
    } else {
        (Verdict::DoesNotConform, "lies wholly outside")
    };
    let reason = format!(
        "The {} % interval from {} to {} around {} {relation} the limit of {}{}.",
        percent(interval.level),
        number(lower, limit),
        number(upper, limit),
        number(point, limit),
        text(limit),
        missing(estimate),
    );
    (verdict, reason)
}

/// The point estimate decides, unless missing units could turn the decision.
fn by_point(limit: Limit, estimate: &Estimate, point: Decimal) -> (Verdict, String) {
    let holds = |extreme: f64| Decimal::new(extreme).is_ok_and(|value| limit.holds(value));
    let extremes = extremes(estimate, point.get()).map(|(low, high)| (holds(low), holds(high)));
    let (verdict, relation) = match extremes {
        Some((true, true)) => (Verdict::Conforms, "is within"),
        Some((false, false)) => (Verdict::DoesNotConform, "is outside"),
        Some((true, false) | (false, true)) | None => (
            Verdict::Inconclusive,
            "may be within or outside, as missing units turn out,",
        ),
    };
    let reason = format!(
        "The point estimate {} {relation} the limit of {}{}.",
        number(point, limit),
        text(limit),
        missing(estimate),
    );
    (verdict, reason)
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

fn text(limit: Limit) -> String {
    match limit {
        Limit::AtLeast(least) => format!("at least {least}"),
        Limit::AtMost(most) => format!("at most {most}"),
    }
}

/// How many units are scored, where some are not.
fn missing(estimate: &Estimate) -> String {
    if estimate.scored == estimate.planned {
        return format!("; all {} units are scored", estimate.planned);
    }
    format!(
        "; {} of {} units are scored, the others count against both sides",
        estimate.scored, estimate.planned
    )
}

/// Four decimals, or every digit where four would read like the limit.
fn number(value: Decimal, limit: Limit) -> String {
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
