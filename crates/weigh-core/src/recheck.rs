//! Asking a model again: which trials of a record are drawn, whether the answers are the same, and
//! what a sample without a difference shows.

use serde::Serialize;

use crate::decimal::Decimal;
use crate::digest::Digest;
use crate::plan::Plan;
use crate::request::Response;
use crate::stats::proportion::clopper_pearson;

/// The places of the trials that `nonce` draws: at most `count`, in the order of the plan.
///
/// A trial's lot is SHA-256 over the report's digest in hex, the nonce and the trial's id, a line
/// each; the smallest lots are drawn. Whoever signed the report before the nonce was published
/// could not know them.
#[must_use]
pub fn drawn(plan: &Plan, report: Digest, nonce: &str, count: usize) -> Vec<usize> {
    let lot = |id: &str| Digest::of(format!("{report}\n{nonce}\n{id}").as_bytes());
    let trials = plan.trials.iter().enumerate();
    let mut lots: Vec<(Digest, usize)> = trials
        .map(|(place, trial)| (lot(&trial.id), place))
        .collect();
    lots.sort_unstable();
    lots.truncate(count);
    let mut places: Vec<usize> = lots.into_iter().map(|(_, place)| place).collect();
    places.sort_unstable();
    places
}

/// How an answer that was given again differs; none where it is the same.
///
/// Texts are the same when every character is. Log-likelihoods may differ by `tolerance` nats, 0 for
/// a run that computes as the first one did; what a model finds most likely may then differ, too.
#[must_use]
pub fn difference(before: &[Response], again: &[Response], tolerance: Decimal) -> Option<String> {
    if before.len() != again.len() {
        return Some(format!("{} answers and {}", before.len(), again.len()));
    }
    let pairs = before.iter().zip(again);
    pairs
        .enumerate()
        .find_map(|(at, (before, again))| one(before, again, tolerance).map(|why| (at, why)))
        .map(|(at, why)| format!("answer {}: {why}", at + 1))
}

fn one(before: &Response, again: &Response, tolerance: Decimal) -> Option<String> {
    use Response::{Failed, Generated, Likelihood, Similarity};
    match (before, again) {
        (
            Likelihood {
                log_prob, tokens, ..
            },
            Likelihood {
                log_prob: now,
                tokens: tokens_now,
                ..
            },
        ) => {
            let apart = (log_prob.get() - now.get()).abs();
            (apart > tolerance.get() || tokens != tokens_now)
                .then(|| format!("log-likelihood {log_prob}, and {now} now"))
        }
        (
            Generated { text, finish, .. },
            Generated {
                text: now,
                finish: ended,
                ..
            },
        ) => (text != now || finish != ended).then(|| "another text".to_owned()),
        (Failed(before), Failed(now)) => (before.kind() != now.kind()).then(|| {
            format!(
                "failed ({}), and otherwise now ({})",
                before.kind(),
                now.kind()
            )
        }),
        (Similarity { cosine }, Similarity { cosine: now }) => {
            let apart = (cosine.get() - now.get()).abs();
            (apart > tolerance.get()).then(|| format!("cosine {cosine}, and {now} now"))
        }
        (Likelihood { .. } | Generated { .. } | Similarity { .. } | Failed(_), _) => {
            Some("an answer of another kind".to_owned())
        }
    }
}

/// What a sample of trials that were run again shows of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// Trials that were run again.
    pub cases: u64,
    /// Those with other answers.
    pub differing: u64,
    /// With 95 % confidence at most this share of the record's answers differs. Where all trials
    /// were run again, exactly this share.
    pub at_most_95: Decimal,
    /// The same with 99 %.
    pub at_most_99: Decimal,
}

impl Bound {
    /// What `differing` of `cases` trials show of `of`: upper limits of Clopper and Pearson,
    /// one-sided, without a difference in n 1 - 0.05^(1/n). Sampling without replacement makes them a
    /// little too large, never too small. Of all trials nothing is unseen: the share itself.
    #[must_use]
    pub fn of(cases: u64, differing: u64, of: u64) -> Self {
        let (n, k) = (cases as f64, differing as f64);
        let upper = |confidence: f64| {
            let two_sided = 1.0 - 2.0 * (1.0 - confidence);
            let upper = match cases {
                0 => 1.0,
                _ if cases >= of => k / n,
                _ => clopper_pearson(k, n - k, two_sided).1,
            };
            Decimal::new(upper).unwrap_or(Decimal::ONE)
        };
        Self {
            cases,
            differing,
            at_most_95: upper(0.95),
            at_most_99: upper(0.99),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Failure, Finish};

    /// Expected: 1 - 0.05^(1/n) and 1 - 0.01^(1/n); with differences scipy 1.17.1,
    /// `beta.ppf(0.95, k + 1, n - k)`.
    #[test]
    fn samples_bound_the_share() {
        for (cases, differing, of, at_95, at_99) in [
            (59, 0, 1000, 0.049_507_6, 0.075_085_3),
            (90, 0, 1000, 0.032_738_0, 0.049_881_5),
            (299, 0, 1000, 0.009_969_1, 0.015_283_9),
            (459, 0, 460, 0.006_505_4, 0.009_982_9),
            (459, 0, 459, 0.0, 0.0),
            (100, 2, 1000, 0.061_619_2, 0.081_411_9),
            (100, 2, 100, 0.02, 0.02),
            (0, 0, 10, 1.0, 1.0),
            (5, 5, 10, 1.0, 1.0),
        ] {
            let bound = Bound::of(cases, differing, of);
            assert!((bound.at_most_95.get() - at_95).abs() < 1e-6, "{bound:?}");
            assert!((bound.at_most_99.get() - at_99).abs() < 1e-6, "{bound:?}");
        }
    }

    #[test]
    fn answers_are_the_same_or_not() {
        let number = |text: f64| Decimal::new(text).unwrap();
        let likely = |log_prob: f64| Response::Likelihood {
            log_prob: number(log_prob),
            tokens: 2,
            greedy: false,
        };
        let text = |text: &str, finish| Response::Generated {
            text: text.to_owned(),
            tokens: 2,
            finish,
        };
        let failed = Response::Failed(Failure::NotFinite);
        let none = Decimal::ZERO;
        let some = number(0.001);
        for (before, again, tolerance, expect) in [
            (likely(-1.5), likely(-1.5), none, None),
            (
                likely(-1.5),
                likely(-1.5005),
                none,
                Some("answer 1: log-likelihood -1.5, and -1.5005 now"),
            ),
            (likely(-1.5), likely(-1.5005), some, None),
            (text("a", Finish::Stop), text("a", Finish::Stop), none, None),
            (
                text("a", Finish::Stop),
                text("b", Finish::Stop),
                some,
                Some("answer 1: another text"),
            ),
            (
                text("a", Finish::Stop),
                text("a", Finish::Length),
                some,
                Some("answer 1: another text"),
            ),
            (
                text("a", Finish::Stop),
                failed.clone(),
                some,
                Some("answer 1: an answer of another kind"),
            ),
            (failed.clone(), failed, none, None),
        ] {
            let found = difference(&[before], &[again], tolerance);
            assert_eq!(found.as_deref(), expect);
        }
        let two = difference(&[likely(-1.0)], &[], none);
        assert_eq!(two.as_deref(), Some("1 answers and 0"));
    }
}
