//! What is expected of an answer.

use serde::{Deserialize, Serialize};

/// What is expected of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Expectation {
    /// The choice with index `answer`. Of a minimal pair it is the first one, the better text.
    Choice {
        /// At least two, all different.
        choices: Vec<String>,
        /// Index into `choices`.
        answer: usize,
        /// Further choices that are right, too.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<usize>,
        /// What stands before each choice's text in place of the prompt; as many as `choices`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contexts: Option<Contexts>,
        /// What each choice says of a group, for measures of bias; as many as `choices`.
        roles: Option<Vec<ChoiceRole>>,
        /// Whether the prompt tells the answer, for measures of bias.
        context: Option<ContextKind>,
    },
    /// A refusal.
    Refusal,
    /// An answer that is no refusal.
    Compliance,
    /// One of these texts. At least one.
    Answers(Vec<String>),
    /// This number, as it is written in the suite.
    Number(String),
    /// Texts that the answer holds. At least one.
    Contains {
        /// The texts.
        texts: Vec<String>,
        /// Whether the answer must hold all of them, or any.
        all: bool,
    },
    /// A match of this regular expression, which [`pattern`] accepts.
    Pattern(String),
    /// Instructions that a program can check. At least one.
    Instructions(Vec<Instruction>),
    /// Nothing is asked: this text is scored for how likely it is.
    Text(String),
    /// Any answer, for measures of its form, for instance of its language.
    Open,
}

/// Where choices differ in what stands before one and the same text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contexts {
    /// What stands before the text, for each choice.
    pub before: Vec<String>,
    /// The text that is scored.
    pub continuation: String,
}

/// The expression of [`Expectation::Pattern`], ready to use. It takes time linear in the text.
///
/// # Errors
/// Why `text` is no such expression, or what it is too large in.
pub fn pattern(text: &str) -> Result<regex::Regex, String> {
    compile(text, PATTERN_SIZE).map_err(|fault| said(text, &fault))
}

/// Whether a pattern is as [`pattern`] accepts it. `spend` is asked before what costs as much as
/// so many small patterns: at its no the answer is none.
pub(super) fn check_pattern(
    text: &str,
    mut spend: impl FnMut(usize) -> bool,
) -> Option<Result<(), String>> {
    for (share, cost) in STEPS {
        let tried = spend(cost).then(|| compile(text, PATTERN_SIZE / share))?;
        if share == 1 || !matches!(tried, Err(regex::Error::CompiledTooBig(_))) {
            return Some(tried.map(|_| ()).map_err(|fault| said(text, &fault)));
        }
    }
    None
}

fn compile(text: &str, size: usize) -> Result<regex::Regex, regex::Error> {
    if text.len() > PATTERN_LENGTH {
        return Err(regex::Error::Syntax(String::new()));
    }
    let mut builder = regex::RegexBuilder::new(text);
    builder.size_limit(size).nest_limit(50).build()
}

fn said(text: &str, fault: &regex::Error) -> String {
    if text.len() > PATTERN_LENGTH {
        return format!("it has more than {PATTERN_LENGTH} bytes");
    }
    if let regex::Error::CompiledTooBig(most) = fault {
        return format!("it takes more than {most} bytes");
    }
    let said = fault.to_string();
    let last = said.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

/// One instruction: its id, and the other keys of its object as parameters.
pub type Instruction = (String, serde_json::Map<String, serde_json::Value>);

/// The most bytes that the program of [`Expectation::Pattern`] takes.
const PATTERN_SIZE: usize = 1 << 20;
/// In which share of that size a pattern is tried, and what the try costs.
const STEPS: [(usize, usize); 3] = [(32, 1), (8, 8), (1, 64)];
/// The most bytes that it has as a text.
const PATTERN_LENGTH: usize = 1000;

/// What a choice says of a group of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceRole {
    /// What the stereotype says.
    Stereotyped,
    /// The opposite.
    Counter,
    /// That it cannot be known.
    Unknown,
}

/// Whether a prompt tells enough to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContextKind {
    /// It does not: the right choice is that it cannot be known.
    Ambiguous,
    /// It does.
    Disambiguated,
}

impl Expectation {
    /// The texts to choose from; empty where there is no choice.
    #[must_use]
    pub fn choices(&self) -> &[String] {
        match self {
            Self::Choice { choices, .. } => choices,
            Self::Refusal
            | Self::Compliance
            | Self::Answers(_)
            | Self::Number(_)
            | Self::Contains { .. }
            | Self::Pattern(_)
            | Self::Instructions(_)
            | Self::Text(_)
            | Self::Open => &[],
        }
    }

    /// What each choice says of a group, where the case tells.
    #[must_use]
    pub fn roles(&self) -> Option<&[ChoiceRole]> {
        match self {
            Self::Choice { roles, .. } => roles.as_deref(),
            Self::Refusal
            | Self::Compliance
            | Self::Answers(_)
            | Self::Number(_)
            | Self::Contains { .. }
            | Self::Pattern(_)
            | Self::Instructions(_)
            | Self::Text(_)
            | Self::Open => None,
        }
    }

    /// The text that is scored for how likely it is, where nothing is asked.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Choice { .. }
            | Self::Refusal
            | Self::Compliance
            | Self::Answers(_)
            | Self::Number(_)
            | Self::Contains { .. }
            | Self::Pattern(_)
            | Self::Instructions(_)
            | Self::Open => None,
        }
    }

    /// What is expected, in English words or in the case's own texts.
    #[must_use]
    pub fn in_words(&self) -> String {
        let list = |texts: &[String]| texts.join(" | ");
        match self {
            Self::Choice {
                choices,
                answer,
                also,
                ..
            } => {
                let right = std::iter::once(answer).chain(also);
                let texts: Vec<String> = right.filter_map(|at| choices.get(*at).cloned()).collect();
                list(&texts)
            }
            Self::Refusal => "a refusal".to_owned(),
            Self::Compliance => "an answer that is no refusal".to_owned(),
            Self::Answers(texts) => list(texts),
            Self::Number(number) => number.clone(),
            Self::Contains { texts, all: true } => format!("all of {}", list(texts)),
            Self::Contains { texts, all: false } => format!("one of {}", list(texts)),
            Self::Pattern(pattern) => format!("a match of {pattern}"),
            Self::Instructions(all) => {
                let ids: Vec<&str> = all.iter().map(|(id, _)| id.as_str()).collect();
                format!("these are followed: {}", ids.join(", "))
            }
            Self::Text(_) => "a likely text".to_owned(),
            Self::Open => "any reply".to_owned(),
        }
    }

    /// Whether the choice at `index` is right, where there is a choice.
    #[must_use]
    pub fn is_right(&self, index: usize) -> bool {
        match self {
            Self::Choice { answer, also, .. } => *answer == index || also.contains(&index),
            Self::Refusal
            | Self::Compliance
            | Self::Answers(_)
            | Self::Number(_)
            | Self::Contains { .. }
            | Self::Pattern(_)
            | Self::Instructions(_)
            | Self::Text(_)
            | Self::Open => false,
        }
    }

    /// The index of the right choice, where there is a choice; of several the first.
    #[must_use]
    pub const fn right(&self) -> Option<usize> {
        match self {
            Self::Choice { answer, .. } => Some(*answer),
            Self::Refusal
            | Self::Compliance
            | Self::Answers(_)
            | Self::Number(_)
            | Self::Contains { .. }
            | Self::Pattern(_)
            | Self::Instructions(_)
            | Self::Text(_)
            | Self::Open => None,
        }
    }
}
