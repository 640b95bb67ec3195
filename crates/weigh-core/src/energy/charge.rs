//! The state of a battery that no machine runs on.

use std::fmt;

/// What Linux says of such a battery (its `Documentation/ABI/testing/sysfs-class-power`). In English it is
/// the record's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Charge {
    /// It is being charged.
    Charging,
    /// It is neither charged nor used.
    Not,
    /// It is full.
    Full,
    /// The system does not know.
    Unknown,
    /// Something else, in the system's words.
    Other(String),
}

impl Charge {
    /// The state that `words` are in lower case, as the record has them.
    #[must_use]
    pub fn of(words: String) -> Self {
        let known = [Self::Charging, Self::Not, Self::Full, Self::Unknown];
        let mut known = known.into_iter();
        let found = known.find(|state| state.as_str() == words);
        found.unwrap_or(Self::Other(words))
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Charging => "charging",
            Self::Not => "not charging",
            Self::Full => "full",
            Self::Unknown => "unknown",
            Self::Other(words) => words,
        }
    }
}

impl fmt::Display for Charge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
