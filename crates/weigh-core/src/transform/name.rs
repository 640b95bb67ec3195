//! The transforms' names, as suites and records have them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Transform;
use crate::diagnostic::nearest;
use crate::text::visible_line;

/// A word that names no transform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no transform `{}`{}", shown(.word), meant(*.nearest))]
pub struct UnknownTransform {
    /// The word.
    pub word: String,
    /// The name that was probably meant.
    pub nearest: Option<&'static str>,
}

/// The word, made safe and short.
fn shown(word: &str) -> String {
    visible_line(word).chars().take(64).collect()
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

impl Transform {
    /// Every transform: perturbations, then attacks.
    pub const ALL: [Self; 30] = [
        Self::Typos,
        Self::UpperCase,
        Self::LowerCase,
        Self::RandomCase,
        Self::SpacesDoubled,
        Self::SpacesDropped,
        Self::SpaceBeforePunctuation,
        Self::DigitsNative,
        Self::DigitsAscii,
        Self::DiacriticsDropped,
        Self::Nfd,
        Self::Homoglyphs,
        Self::Paraphrase,
        Self::Distractor,
        Self::OptionOrder,
        Self::Base64,
        Self::Rot13,
        Self::Leetspeak,
        Self::SpelledOut,
        Self::RoleFrame,
        Self::PrefixInjection,
        Self::RefusalSuppression,
        Self::PayloadSplit,
        Self::TranslationFrame,
        Self::DecodeFrame,
        Self::ZeroWidth,
        Self::TagCharacters,
        Self::ManyShot,
        Self::SystemOverride,
        Self::PrefilledTurn,
    ];

    /// The name in suites, variants and records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Typos => "typos",
            Self::UpperCase => "upper_case",
            Self::LowerCase => "lower_case",
            Self::RandomCase => "random_case",
            Self::SpacesDoubled => "spaces_doubled",
            Self::SpacesDropped => "spaces_dropped",
            Self::SpaceBeforePunctuation => "space_before_punctuation",
            Self::DigitsNative => "digits_native",
            Self::DigitsAscii => "digits_ascii",
            Self::DiacriticsDropped => "diacritics_dropped",
            Self::Nfd => "nfd",
            Self::Homoglyphs => "homoglyphs",
            Self::Paraphrase => "paraphrase",
            Self::Distractor => "distractor",
            Self::OptionOrder => "option_order",
            Self::Base64 => "base64",
            Self::Rot13 => "rot13",
            Self::Leetspeak => "leetspeak",
            Self::SpelledOut => "spelled_out",
            Self::RoleFrame => "role_frame",
            Self::PrefixInjection => "prefix_injection",
            Self::RefusalSuppression => "refusal_suppression",
            Self::PayloadSplit => "payload_split",
            Self::TranslationFrame => "translation_frame",
            Self::DecodeFrame => "decode_frame",
            Self::ZeroWidth => "zero_width",
            Self::TagCharacters => "tag_characters",
            Self::ManyShot => "many_shot",
            Self::SystemOverride => "system_override",
            Self::PrefilledTurn => "prefilled_turn",
        }
    }
}

impl fmt::Display for Transform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Transform {
    type Err = UnknownTransform;

    fn from_str(word: &str) -> Result<Self, UnknownTransform> {
        let found = Self::ALL.into_iter().find(|t| t.as_str() == word);
        found.ok_or_else(|| UnknownTransform {
            word: word.to_owned(),
            nearest: nearest(word, Self::ALL.map(Self::as_str)),
        })
    }
}

impl Serialize for Transform {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Transform {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}
