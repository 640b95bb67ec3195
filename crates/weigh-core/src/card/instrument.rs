//! The scorers that can err, and what people say of a reply to calibrate them.

use serde::{Deserialize, Serialize};

use super::labelled::Label;
use crate::digest::Digest;
use crate::measure::refusal;
use crate::measure::text::number;
use crate::{judge, language_id};

/// A scorer that can err: it decides a question that people decide, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instrument {
    /// [`number::answers`]. Positive: the reply gives the expected number as its answer.
    AnswerNumber,
    /// [`judge::verdict`]. Positive: the reply passes the rubric. A judge is a model and a rubric,
    /// so its card has a [`JudgeKey`].
    Judge,
    /// [`language_id::fidelity`]. Positive: the reply is in the language and the script that it
    /// was asked in.
    LanguageId,
    /// [`refusal::classify`]. Positive: the reply refuses, fully or in part.
    Refusal,
}

/// Which judge was calibrated: the same model with another rubric is another instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JudgeKey {
    /// The model's [identity](crate::subject::Subject::identity).
    pub model: Digest,
    /// The [digest](judge::Rubric::digest) of the rubric.
    pub rubric: Digest,
}

/// What there is to know of an instrument.
struct Facts {
    name: &'static str,
    version: u32,
    labels: &'static [(&'static str, Label)],
    against: Option<&'static str>,
    kinds: [&'static str; 2],
}

impl Instrument {
    /// Every instrument.
    pub const ALL: [Self; 4] = [
        Self::AnswerNumber,
        Self::Judge,
        Self::LanguageId,
        Self::Refusal,
    ];

    const fn facts(self) -> Facts {
        match self {
            Self::AnswerNumber => Facts {
                name: "answer_number",
                version: number::VERSION,
                labels: &[("right", Label::Right), ("wrong", Label::Wrong)],
                against: Some("answer"),
                kinds: ["a right answer", "a wrong answer"],
            },
            Self::Judge => Facts {
                name: "judge",
                version: judge::VERSION,
                labels: &[("pass", Label::Pass), ("fail", Label::Fail)],
                against: Some("request"),
                kinds: ["a pass", "a fail"],
            },
            Self::LanguageId => Facts {
                name: "language_id",
                version: language_id::VERSION,
                labels: &[
                    ("in_language", Label::InLanguage),
                    ("other_language", Label::OtherLanguage),
                ],
                against: None,
                kinds: ["in the language", "in another language"],
            },
            Self::Refusal => Facts {
                name: "refusal",
                version: refusal::VERSION,
                labels: &[
                    ("refusal", Label::Refusal),
                    ("partial", Label::Partial),
                    ("compliance", Label::Compliance),
                ],
                against: None,
                kinds: ["a refusal", "no refusal"],
            },
        }
    }

    /// The name on cards.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.facts().name
    }

    /// The version of its rules. A card holds for the version that it names.
    #[must_use]
    pub const fn version(self) -> u32 {
        self.facts().version
    }

    /// What people may say of a reply, as labelled sets write it.
    #[must_use]
    pub const fn labels(self) -> &'static [(&'static str, Label)] {
        self.facts().labels
    }

    /// The key of a labelled reply for what it is held against, where that is not in the reply.
    #[must_use]
    pub const fn against(self) -> Option<&'static str> {
        self.facts().against
    }

    /// What positive and negative replies are, for people.
    #[must_use]
    pub const fn kinds(self) -> [&'static str; 2] {
        self.facts().kinds
    }
}
