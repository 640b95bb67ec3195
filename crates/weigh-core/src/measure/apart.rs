//! How far apart two models' answers to one trial are: the options' probabilities, texts, refusals.

use super::Unscored;
use super::answer::{Answer, Likelihood, Member};
use super::choice::{self, Length};
use crate::plan::Trial;
use crate::request::{Request, Response, Sampling};
use crate::stats::paired::Pair;
use crate::suite::{Case, Expectation};

/// Two answers to one trial. A value is None where it cannot be had from both of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Apart {
    /// Likelihoods of options.
    Options {
        /// How many.
        count: usize,
        /// What can be said of them.
        options: Option<Options>,
    },
    /// The likelihood of a text.
    Text {
        /// See [`Options::shift`].
        shift: Option<f64>,
    },
    /// A reply, whose tokens are the most likely ones.
    Reply {
        /// 1 where both are the same text and ended in the same way, else 0.
        same: Option<f64>,
        /// Whether each refuses, where that is asked for or is not to be.
        refuses: Option<Refuses>,
    },
}

/// Whether the replies of the twin (a) and of the certified model (b) refuse: 1 or 0.
pub(crate) type Refuses = Pair;

/// The options of one trial under both models.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Options {
    /// Kullback-Leibler divergence from the certified model's probabilities to the twin's, in nats.
    pub divergence: f64,
    /// 1 where both choose the same option, else 0.
    pub agrees: f64,
    /// Whether the choice of the twin (a) and of the certified model (b) is right: 1 or 0.
    pub right: Pair,
    /// Log-likelihood per token of the twin less that of the certified model, in nats.
    pub shift: f64,
}

/// How far apart the answers of the certified model and of the twin to `trial` of `case` are. None
/// where nothing of the kind is compared: tokens that were drawn differ by chance.
pub(crate) fn apart(
    (trial, case): (&Trial, &Case),
    certified: Option<&[Response]>,
    twin: Option<&[Response]>,
) -> Option<Apart> {
    let member = |responses| Member {
        trial,
        case,
        answer: Answer::read(case, responses),
        judgement: None,
    };
    let (old, new) = (member(certified), member(twin));
    match &case.expect {
        Expectation::Choice { choices, .. } => Some(Apart::Options {
            count: choices.len(),
            options: options(&old, &new).ok(),
        }),
        Expectation::Text(_) => Some(Apart::Text {
            shift: likelihoods(&old, &new)
                .map(|(old, new)| shift(old, new))
                .ok(),
        }),
        Expectation::Refusal | Expectation::Compliance => is_greedy(trial).then(|| Apart::Reply {
            same: same(&old, &new),
            refuses: Some(refuses(&old, &new)),
        }),
        Expectation::Answers(_)
        | Expectation::Number(_)
        | Expectation::Contains { .. }
        | Expectation::Pattern(_)
        | Expectation::Instructions(_)
        | Expectation::Open => is_greedy(trial).then(|| Apart::Reply {
            same: same(&old, &new),
            refuses: None,
        }),
    }
}

fn is_greedy(trial: &Trial) -> bool {
    let greedy = |request: &Request| match request {
        Request::Generate { sampling, .. } => *sampling == Sampling::Greedy,
        Request::Likelihood { .. } | Request::Similarity { .. } => false,
    };
    trial.requests.iter().all(greedy)
}

type Both<'a> = (&'a [Likelihood], &'a [Likelihood]);

fn likelihoods<'a>(old: &'a Member<'_>, new: &'a Member<'_>) -> Result<Both<'a>, Unscored> {
    Ok((old.likelihoods()?, new.likelihoods()?))
}

fn options(old: &Member<'_>, new: &Member<'_>) -> Result<Options, Unscored> {
    let (before, after) = likelihoods(old, new)?;
    let (was, is) = (
        choice::chosen(old, Length::Ignored)?,
        choice::chosen(new, Length::Ignored)?,
    );
    let right = |at| Some(number(choice::is_right(old.case, at)));
    Ok(Options {
        divergence: divergence(before, after),
        agrees: number(was == is),
        right: Pair {
            a: right(is),
            b: right(was),
        },
        shift: shift(before, after),
    })
}

/// Sum of p ln(p / q) over the options (Kullback and Leibler 1951), p of the certified model: never
/// below 0, where rounding alone could bring it.
fn divergence(before: &[Likelihood], after: &[Likelihood]) -> f64 {
    let (p, q) = (log_probabilities(before), log_probabilities(after));
    let terms = p.iter().zip(&q).map(|(p, q)| libm::exp(*p) * (p - q));
    terms.fold(0.0, |sum, term| sum + term).max(0.0)
}

/// The logarithm of each option's probability among all: log-softmax of the log-likelihoods.
fn log_probabilities(likelihoods: &[Likelihood]) -> Vec<f64> {
    let logs = likelihoods.iter().map(|l| l.log_prob);
    let highest = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    let powers = logs.clone().map(|l| libm::exp(l - highest));
    let sum = libm::log(powers.fold(0.0, |sum, power| sum + power));
    logs.map(|l| l - highest - sum).collect()
}

fn shift(before: &[Likelihood], after: &[Likelihood]) -> f64 {
    per_token(after) - per_token(before)
}

fn per_token(likelihoods: &[Likelihood]) -> f64 {
    let sum = |of: fn(&Likelihood) -> f64| likelihoods.iter().map(of).fold(0.0, |sum, l| sum + l);
    sum(|l| l.log_prob) / sum(|l| f64::from(l.tokens))
}

fn same(old: &Member<'_>, new: &Member<'_>) -> Option<f64> {
    let (old, new) = (old.reply().ok()?, new.reply().ok()?);
    Some(number(old == new))
}

/// A reply that is the same cannot have turned, whether it can be classified or not.
fn refuses(old: &Member<'_>, new: &Member<'_>) -> Refuses {
    let class = |member: &Member<'_>| member.class().ok().map(|class| number(class.refuses()));
    match (class(new), class(old), same(old, new)) {
        (a @ Some(_), b @ Some(_), _) => Pair { a, b },
        (_, _, Some(same)) if same > 0.0 => Pair {
            a: Some(0.0),
            b: Some(0.0),
        },
        (a, b, _) => Pair { a, b },
    }
}

fn number(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(logs: &[f64]) -> Vec<Likelihood> {
        let one = |&log_prob| Likelihood {
            log_prob,
            tokens: 2,
        };
        logs.iter().map(one).collect()
    }

    /// Expected: `sum(a * math.log(a / b) for a, b in zip(p, q))` in Python.
    #[test]
    fn divergences_of_known_probabilities() {
        let check = |p: &[f64], q: &[f64], expect: f64| {
            let logs = |shares: &[f64], by: f64| {
                of(&shares
                    .iter()
                    .map(|p| libm::log(*p) - by)
                    .collect::<Vec<_>>())
            };
            // What all options have in common changes nothing.
            let found = divergence(&logs(p, 3.0), &logs(q, 700.0));
            assert!((found - expect).abs() < 1e-12, "{found} is not {expect}");
        };
        check(&[0.5, 0.5], &[0.9, 0.1], 0.510_825_623_765_990_7);
        check(&[0.9, 0.1], &[0.5, 0.5], 0.368_064_207_168_497_2);
        check(
            &[0.1, 0.2, 0.3, 0.4],
            &[0.25, 0.25, 0.25, 0.25],
            0.106_440_135_286_223_18,
        );
        check(&[0.3, 0.7], &[0.3, 0.7], 0.0);
    }

    proptest! {
        /// By the definition with plain probabilities, which is exact enough where none is tiny.
        #[test]
        fn a_divergence_is_its_definition(
            logs in prop::collection::vec((-9.0..0.0, -9.0..0.0), 2..6)
        ) {
            let (p, q): (Vec<f64>, Vec<f64>) = logs.into_iter().unzip();
            let shares = |logs: &[f64]| {
                let powers: Vec<f64> = logs.iter().map(|l| libm::exp(*l)).collect();
                let sum: f64 = powers.iter().sum();
                powers.into_iter().map(|power| power / sum).collect::<Vec<f64>>()
            };
            let terms = shares(&p).into_iter().zip(shares(&q));
            let expect: f64 = terms.map(|(p, q)| p * libm::log(p / q)).sum();
            let found = divergence(&of(&p), &of(&q));
            prop_assert!((found - expect).abs() < 1e-12 && found >= 0.0, "{found} {expect}");
            prop_assert!(divergence(&of(&p), &of(&p)) <= 0.0);
        }
    }

    #[test]
    fn shifts_are_nats_per_token() {
        let found = shift(&of(&[-1.0, -3.0]), &of(&[-2.0, -4.0]));
        assert!((found + 0.5).abs() < 1e-15, "{found}");
    }
}
