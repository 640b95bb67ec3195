//! What a suite asks a model for.

use std::sync::Arc;

/// What kind of answer a suite asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Which of the choices is the most likely continuation. One `Likelihood` for each choice.
    Choice {
        /// What continues the prompt.
        by: ChoiceBy,
    },
    /// A text. One `Generate`.
    Generate {
        /// The most tokens an answer may have.
        max_tokens: u32,
        /// Texts that end an answer.
        stop: Arc<[String]>,
    },
    /// How likely a text is. One `Likelihood`.
    Likelihood,
    /// Which of two texts is the more likely one (a minimal pair). One `Likelihood` for each.
    Pair,
}

/// What continues the prompt of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceBy {
    /// The text of the choice.
    Text,
    /// Its letter. The prompt lists the choices, a line each, where it names `{choices}`.
    Letter,
}

impl Task {
    /// Whether choices are listed and their letters are what continues the prompt.
    #[must_use]
    pub const fn is_by_letter(&self) -> bool {
        matches!(
            self,
            Self::Choice {
                by: ChoiceBy::Letter
            }
        )
    }

    /// The word for it in `suite.toml`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::Generate { .. } => "generate",
            Self::Likelihood => "likelihood",
            Self::Pair => "pair",
        }
    }
}
