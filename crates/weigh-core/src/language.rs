//! Language tags (BCP 47): language, then script, region and variants where they matter.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A well-formed BCP-47 tag in its usual letter case: `sw`, `zh-Hant`, `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

/// Text that is no well-formed language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language tag such as `sw`, `zh-Hant` or `pt-BR`")]
pub struct NotALanguage(pub String);

impl Language {
    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first subtag: `zh` for `zh-Hant`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Language {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        let refuse = || NotALanguage(text.to_owned());
        let mut subtags = text.split('-');
        let primary = subtags.next().unwrap_or_default();
        let letters = |s: &str| s.bytes().all(|b| b.is_ascii_alphabetic());
        if !(2..=3).contains(&primary.len()) || !letters(primary) {
            return Err(refuse());
        }
        let mut tag = primary.to_ascii_lowercase();
        for subtag in subtags {
            let plain = subtag.bytes().all(|b| b.is_ascii_alphanumeric());
            if !plain || !(1..=8).contains(&subtag.len()) {
                return Err(refuse());
            }
            tag.push('-');
            match subtag.len() {
                4 if letters(subtag) => {
                    let (first, rest) = subtag.split_at(1);
                    tag.push_str(&first.to_ascii_uppercase());
                    tag.push_str(&rest.to_ascii_lowercase());
                }
                2 if letters(subtag) => tag.push_str(&subtag.to_ascii_uppercase()),
                _ => tag.push_str(&subtag.to_ascii_lowercase()),
            }
        }
        Ok(Self(tag))
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_take_their_usual_letter_case() {
        for (text, tag) in [
            ("sw", "sw"),
            ("ZH-hant", "zh-Hant"),
            ("pt-br", "pt-BR"),
            ("es-419", "es-419"),
            ("yue", "yue"),
        ] {
            assert_eq!(
                text.parse::<Language>().map(|l| l.to_string()),
                Ok(tag.to_owned())
            );
        }
        for text in [
            "",
            "e",
            "engl",
            "en_US",
            "en-",
            "e1",
            "en-abcdefghi",
            "en-\u{661}",
        ] {
            assert_eq!(text.parse::<Language>(), Err(NotALanguage(text.to_owned())));
        }
    }
}
