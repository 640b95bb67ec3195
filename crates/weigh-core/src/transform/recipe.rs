//! Several transforms in a row, and the name of the variant that they make.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::seed::seed_of_step;
use super::{Kind, Level, NotApplicable, Transform, UnknownTransform, order};
use crate::language::Language;
use crate::request::Message;

/// Transforms that are applied from left to right, each one at most once. Written
/// `typos+digits_native`, which is also the name of the variant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recipe(Vec<Transform>);

/// Text that is no recipe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotARecipe {
    /// Nothing at all.
    #[error("a recipe names at least one transform, as in `typos+digits_native`")]
    Empty,
    /// A word that names no transform.
    #[error(transparent)]
    Unknown(#[from] UnknownTransform),
    /// A transform that stands there twice.
    #[error("the recipe names `{0}` twice")]
    Repeated(Transform),
}

impl Recipe {
    /// A recipe of `steps`.
    ///
    /// # Errors
    /// There are none, or one stands there twice.
    pub fn new(steps: Vec<Transform>) -> Result<Self, NotARecipe> {
        if steps.is_empty() {
            return Err(NotARecipe::Empty);
        }
        let mut seen = std::collections::BTreeSet::new();
        match steps.iter().find(|step| !seen.insert(**step)) {
            Some(step) => Err(NotARecipe::Repeated(*step)),
            None => Ok(Self(steps)),
        }
    }

    /// The transforms, in their order.
    #[must_use]
    pub fn steps(&self) -> &[Transform] {
        &self.0
    }

    /// An attack if any step is one.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let kinds = self.0.iter().map(|step| step.kind());
        kinds.max().unwrap_or(Kind::Perturbation)
    }

    /// The name with the version of each step, for the record: `typos@1+digits_native@1`.
    #[must_use]
    pub fn versioned(&self) -> String {
        let steps = self.0.iter().map(|s| format!("{s}@{}", s.version()));
        steps.collect::<Vec<_>>().join("+")
    }

    /// `text` after every step that changes a text. The first step draws from `seed`, as it would
    /// alone, and step i (from 0) from [`seed_for`](super::seed_for)`(seed, "", "", "i")`.
    ///
    /// # Errors
    /// Why a step cannot be applied; [`NotApplicable::NeedsChoices`] where none changes a text.
    pub fn apply(
        &self,
        text: &str,
        language: &Language,
        seed: u64,
    ) -> Result<String, NotApplicable> {
        let mut changed = None;
        for (at, step) in self.text_steps() {
            let before = changed.as_deref().unwrap_or(text);
            changed = Some(step.apply(before, language, seed_of_step(seed, at))?);
        }
        changed
            .ok_or(NotApplicable::NeedsChoices)
            .and_then(|after| differs(after, |a| a == text))
    }

    /// The same for a conversation.
    ///
    /// # Errors
    /// As [`Recipe::apply`].
    pub fn apply_messages(
        &self,
        messages: &[Message],
        language: &Language,
        seed: u64,
    ) -> Result<Vec<Message>, NotApplicable> {
        let mut changed: Option<Vec<Message>> = None;
        for (at, step) in self.text_steps() {
            let before = changed.as_deref().unwrap_or(messages);
            changed = Some(step.apply_messages(before, language, seed_of_step(seed, at))?);
        }
        changed
            .ok_or(NotApplicable::NeedsChoices)
            .and_then(|after| differs(after, |a| a == messages))
    }

    /// The order in which `count` choices are shown, if a step changes it: place i shows the choice
    /// that had index `order[i]`.
    ///
    /// # Errors
    /// There are fewer than two choices.
    pub fn order(&self, count: usize, seed: u64) -> Result<Option<Vec<usize>>, NotApplicable> {
        let step = self.0.iter().position(|s| s.level() == Level::Choices);
        match step {
            None => Ok(None),
            Some(_) if count < 2 => Err(NotApplicable::OneChoice),
            Some(at) => Ok(Some(order::permute(count, seed_of_step(seed, at)))),
        }
    }

    fn text_steps(&self) -> impl Iterator<Item = (usize, &Transform)> {
        let steps = self.0.iter().enumerate();
        steps.filter(|(_, step)| step.level() != Level::Choices)
    }
}

/// One step may undo another.
fn differs<T>(after: T, same: impl Fn(&T) -> bool) -> Result<T, NotApplicable> {
    if same(&after) {
        return Err(NotApplicable::Nothing("part that all steps leave changed"));
    }
    Ok(after)
}

impl From<Transform> for Recipe {
    fn from(step: Transform) -> Self {
        Self(vec![step])
    }
}

impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let plus = if at == 0 { "" } else { "+" };
            write!(f, "{plus}{step}")?;
        }
        Ok(())
    }
}

impl FromStr for Recipe {
    type Err = NotARecipe;

    fn from_str(text: &str) -> Result<Self, NotARecipe> {
        if text.is_empty() {
            return Err(NotARecipe::Empty);
        }
        let steps: Result<Vec<Transform>, UnknownTransform> =
            text.split('+').map(str::parse).collect();
        Self::new(steps?)
    }
}

impl Serialize for Recipe {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Recipe {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}
