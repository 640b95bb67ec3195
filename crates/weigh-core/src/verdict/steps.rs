//! Named grades: which one the whole interval reaches, and which one the point.

use serde::{Deserialize, Serialize};

use super::english;
use crate::decimal::Decimal;
use crate::profile::{Limit, Measured};
use crate::stats::Estimate;

/// The best steps that a figure reaches. A step is reached by a value at its limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// The best one that the whole interval reaches; none where it reaches below all of them.
    pub surely: Option<String>,
    /// The best one that the point estimate reaches; none where it is below all of them.
    pub point: Option<String>,
}

/// What `estimate` reaches of the steps. None where there are no steps or no interval.
pub(super) fn reached(measured: &Measured, estimate: &Estimate) -> Option<Reached> {
    let (point, interval) = (estimate.point?, estimate.interval.as_ref()?);
    let best = |value: Decimal| {
        let mut steps = measured.steps.iter();
        let step = steps.find(|step| measured.limit.at(step.limit).holds(value))?;
        english(&step.name).cloned()
    };
    let worst = match measured.limit {
        Limit::AtLeast(_) => interval.lower,
        Limit::AtMost(_) => interval.upper,
    };
    (!measured.steps.is_empty()).then(|| Reached {
        surely: best(worst),
        point: best(point),
    })
}
