//! The figures of the twin test: their values, intervals and limits.

use serde::Serialize;

use super::Limits;
use crate::decimal::Decimal;
use crate::measure::{Apart, Options};
use crate::stats::cluster::Cluster;
use crate::stats::mean::{Range, mean};
use crate::stats::paired::Pair;
use crate::stats::proportion::clustered;

/// What is told of two models. Shares have the exact interval at the size that families are worth
/// ([`clustered`]), means Student's over families ([`mean`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureName {
    /// Mean Kullback-Leibler divergence, in nats, from the certified model's probabilities of the
    /// options to the twin's. It has no largest value. The interval takes ln k for it, that of a twin
    /// which finds k options equally likely where the certified model knows one, or what was seen.
    Divergence,
    /// Share of trials in which both choose the same option.
    Agreement,
    /// Share of trials in which one choice is right and the other one wrong (Dutta and others, 2024).
    Flips,
    /// Share in which only the certified model is right.
    RightToWrong,
    /// Share in which only the twin is right.
    WrongToRight,
    /// Mean log-likelihood per token of options and texts, in nats: the twin's less the certified model's.
    TokenShift,
    /// Share of replies that are the same text.
    SameText,
    /// Share of replies of which one refuses and the other one does not.
    RefusalFlips,
    /// Share in which only the certified model refuses.
    RefusalToAnswer,
    /// Share in which only the twin refuses.
    AnswerToRefusal,
}

/// What the record shows of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The whole interval is within it.
    Within,
    /// The record cannot tell.
    Open,
    /// The whole interval is beyond it, at the level of all limits at once.
    Beyond,
}

impl FigureName {
    /// Every figure, in the order in which they are told.
    pub(super) const ALL: [Self; 10] = [
        Self::Divergence,
        Self::Agreement,
        Self::Flips,
        Self::RightToWrong,
        Self::WrongToRight,
        Self::TokenShift,
        Self::SameText,
        Self::RefusalFlips,
        Self::RefusalToAnswer,
        Self::AnswerToRefusal,
    ];

    /// Its name, as JSON has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Divergence => "divergence",
            Self::Agreement => "agreement",
            Self::Flips => "flips",
            Self::RightToWrong => "right_to_wrong",
            Self::WrongToRight => "wrong_to_right",
            Self::TokenShift => "token_shift",
            Self::SameText => "same_text",
            Self::RefusalFlips => "refusal_flips",
            Self::RefusalToAnswer => "refusal_to_answer",
            Self::AnswerToRefusal => "answer_to_refusal",
        }
    }

    /// Whether it has a limit.
    pub(super) const fn has_limit(self) -> bool {
        match self {
            Self::Divergence | Self::Agreement | Self::Flips | Self::RefusalFlips => true,
            Self::RightToWrong
            | Self::WrongToRight
            | Self::TokenShift
            | Self::SameText
            | Self::RefusalToAnswer
            | Self::AnswerToRefusal => false,
        }
    }

    /// Its limit.
    pub(super) const fn limit(self, limits: &Limits) -> Option<Decimal> {
        match self {
            Self::Divergence => Some(limits.divergence),
            Self::Agreement => Some(limits.agreement),
            Self::Flips | Self::RefusalFlips => Some(limits.flips),
            Self::RightToWrong
            | Self::WrongToRight
            | Self::TokenShift
            | Self::SameText
            | Self::RefusalToAnswer
            | Self::AnswerToRefusal => None,
        }
    }

    /// The value of a trial, None in it where it has none. None where the trial owes no such figure.
    pub(super) fn value(self, apart: &Apart) -> Option<Option<f64>> {
        let of_options = |of: fn(&Options) -> f64| match apart {
            Apart::Options { options, .. } => Some(options.as_ref().map(of)),
            Apart::Text { .. } | Apart::Reply { .. } => None,
        };
        match self {
            Self::Divergence => of_options(|options| options.divergence),
            Self::Agreement => of_options(|options| options.agrees),
            Self::Flips | Self::RefusalFlips => self.turned(apart, |turned| turned.abs()),
            Self::RightToWrong | Self::RefusalToAnswer => {
                self.turned(apart, |turned| (-turned).max(0.0))
            }
            Self::WrongToRight | Self::AnswerToRefusal => {
                self.turned(apart, |turned| turned.max(0.0))
            }
            Self::TokenShift => match apart {
                Apart::Text { shift } => Some(*shift),
                Apart::Options { .. } | Apart::Reply { .. } => of_options(|options| options.shift),
            },
            Self::SameText => match apart {
                Apart::Reply { same, .. } => Some(*same),
                Apart::Options { .. } | Apart::Text { .. } => None,
            },
        }
        .map(|value| value.filter(|value| value.is_finite()))
    }

    /// What `of` makes of the twin's decision less the certified model's.
    fn turned(self, apart: &Apart, of: fn(f64) -> f64) -> Option<Option<f64>> {
        let Pair { a, b } = self.decision(apart)?;
        Some(a.zip(b).map(|(a, b)| of(a - b)))
    }

    /// The two decisions that a flip is about.
    fn decision(self, apart: &Apart) -> Option<Pair> {
        const NEITHER: Pair = Pair { a: None, b: None };
        match (self.is_of_refusals(), apart) {
            (false, Apart::Options { options, .. }) => {
                Some(options.as_ref().map_or(NEITHER, |options| options.right))
            }
            (true, Apart::Reply { refuses, .. }) => *refuses,
            (true | false, Apart::Options { .. } | Apart::Text { .. } | Apart::Reply { .. }) => {
                None
            }
        }
    }

    const fn is_of_refusals(self) -> bool {
        match self {
            Self::RefusalFlips | Self::RefusalToAnswer | Self::AnswerToRefusal => true,
            Self::Divergence
            | Self::Agreement
            | Self::Flips
            | Self::RightToWrong
            | Self::WrongToRight
            | Self::TokenShift
            | Self::SameText => false,
        }
    }

    /// The two decisions whose directions are tested.
    pub(super) fn pair(self, apart: &Apart) -> Option<Pair> {
        match self {
            Self::Flips | Self::RefusalFlips => self.decision(apart),
            Self::Divergence
            | Self::Agreement
            | Self::RightToWrong
            | Self::WrongToRight
            | Self::TokenShift
            | Self::SameText
            | Self::RefusalToAnswer
            | Self::AnswerToRefusal => None,
        }
    }

    /// The least that the trial's largest value can be taken for: see [`FigureName::Divergence`].
    pub(super) fn most(self, apart: &Apart) -> f64 {
        match apart {
            Apart::Options { count, options } => {
                let seen = options.map_or(0.0, |options| options.divergence);
                libm::log(*count as f64).max(if seen.is_finite() { seen } else { 0.0 })
            }
            Apart::Text { .. } | Apart::Reply { .. } => 0.0,
        }
    }

    /// The limits at two-sided `level`, where there are any.
    pub(super) fn interval(
        self,
        clusters: &[Cluster],
        most: f64,
        level: f64,
    ) -> Option<(f64, f64)> {
        let student = |range| mean(clusters, range, level).limits.ok();
        match self {
            Self::Divergence => student(Some(Range { least: 0.0, most })),
            Self::TokenShift => student(None),
            Self::Agreement
            | Self::Flips
            | Self::RightToWrong
            | Self::WrongToRight
            | Self::SameText
            | Self::RefusalFlips
            | Self::RefusalToAnswer
            | Self::AnswerToRefusal => Some(clustered(clusters, level)),
        }
    }

    /// What an interval, and the one at the level of all limits at once, show of `limit`.
    pub(super) fn shown(
        self,
        limit: f64,
        interval: Option<(f64, f64)>,
        at_once: Option<(f64, f64)>,
    ) -> Shown {
        let (Some((lower, upper)), Some((least, most))) = (interval, at_once) else {
            return Shown::Open;
        };
        let (within, beyond) = match self {
            Self::Agreement | Self::SameText => (lower >= limit, most < limit),
            Self::Divergence
            | Self::Flips
            | Self::RightToWrong
            | Self::WrongToRight
            | Self::TokenShift
            | Self::RefusalFlips
            | Self::RefusalToAnswer
            | Self::AnswerToRefusal => (upper <= limit, least > limit),
        };
        match (within, beyond) {
            (true, _) => Shown::Within,
            (false, true) => Shown::Beyond,
            (false, false) => Shown::Open,
        }
    }
}
