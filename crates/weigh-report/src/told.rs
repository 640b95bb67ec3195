//! A sentence in the language of the page: a fixed text and what stands in its slots.

use crate::escape;
use crate::texts::{Piece, ReportLanguage, Text, pieces};

/// A sentence, not escaped yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The text.
    pub text: Text,
    /// Its slots.
    pub values: Vec<(&'static str, Value)>,
}

/// What stands in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// Numbers and their signs, which read from left to right in every language.
    Figure(String),
    /// Text from a suite or a profile, or a name.
    Foreign(String),
    /// The record's words on a page in another language.
    Kept(String),
    /// A command.
    Code(&'static str),
    /// Another sentence, or a part of one.
    Told(Told),
    /// Several values, and what stands between two of them.
    Several(Vec<Self>, &'static str),
}

/// What stands between two sentences.
pub(crate) const fn separator(language: ReportLanguage) -> &'static str {
    match language {
        ReportLanguage::Zh => "",
        ReportLanguage::Ar
        | ReportLanguage::En
        | ReportLanguage::Es
        | ReportLanguage::Fr
        | ReportLanguage::Ru => " ",
    }
}

/// What stands between two values of a list.
pub(crate) const fn comma(language: ReportLanguage) -> &'static str {
    match language {
        ReportLanguage::Ar => "، ",
        ReportLanguage::Zh => "，",
        ReportLanguage::En | ReportLanguage::Es | ReportLanguage::Fr | ReportLanguage::Ru => ", ",
    }
}

/// What stands between two sentences that are parts of one.
pub(crate) const fn semicolon(language: ReportLanguage) -> &'static str {
    match language {
        ReportLanguage::Ar => "؛ ",
        ReportLanguage::Fr => " ; ",
        ReportLanguage::Zh => "；",
        ReportLanguage::En | ReportLanguage::Es | ReportLanguage::Ru => "; ",
    }
}

/// What stands between two values of which the second came later.
pub(crate) const fn then(language: ReportLanguage) -> &'static str {
    match language {
        ReportLanguage::Ar => "، ثم ",
        ReportLanguage::En => ", then ",
        ReportLanguage::Es => ", luego ",
        ReportLanguage::Fr => ", puis ",
        ReportLanguage::Ru => ", затем ",
        ReportLanguage::Zh => "，然后是",
    }
}

impl Told {
    /// A sentence without a slot.
    pub const fn plain(text: Text) -> Self {
        let values = Vec::new();
        Self { text, values }
    }

    /// A sentence whose slots are all names or texts of others.
    pub fn named(text: Text, values: &[(&'static str, &str)]) -> Self {
        let value =
            |(slot, name): &(&'static str, &str)| (*slot, Value::Foreign((*name).to_owned()));
        let values = values.iter().map(value).collect();
        Self { text, values }
    }

    /// A sentence whose slots are all numbers.
    pub fn counted<N: Copy + Into<u64>>(text: Text, values: &[(&'static str, N)]) -> Self {
        let figure = |count: N| Value::Figure(count.into().to_string());
        let value = |(slot, count): &(&'static str, N)| (*slot, figure(*count));
        let values = values.iter().map(value).collect();
        Self { text, values }
    }

    /// With a value in one more slot.
    pub fn with(mut self, slot: &'static str, value: Value) -> Self {
        self.values.push((slot, value));
        self
    }

    /// What stands in `slot`.
    pub fn value(&self, slot: &str) -> Option<&Value> {
        let mut values = self.values.iter();
        let found = values.find(|(name, _)| *name == slot);
        found.map(|(_, value)| value)
    }

    /// Whether some of it is in the words of the record.
    pub fn kept(&self) -> bool {
        self.values.iter().any(|(_, value)| value.kept())
    }

    /// In one line of Markdown or of a terminal; what is foreign goes through `safe`. Figures and commands
    /// read from left to right where the text does not.
    pub fn line(&self, language: ReportLanguage, safe: &impl Fn(&str) -> String) -> String {
        let write = |piece| match piece {
            Piece::Fixed(fixed) => fixed.to_owned(),
            Piece::Slot(slot) => {
                let value = self.value(slot);
                value.map_or_else(String::new, |value| value.line(language, safe))
            }
        };
        let pieces = pieces(self.text.get(language)).into_iter();
        pieces.map(write).collect()
    }
}

impl Value {
    /// The `words` of a record. A page in another language tells what `known` makes of them; where that is
    /// nothing, they are kept.
    pub fn of_record(
        words: &str,
        language: ReportLanguage,
        known: impl FnOnce(&str) -> Option<Self>,
    ) -> Self {
        if language == ReportLanguage::En {
            return Self::Foreign(words.to_owned());
        }
        known(words).unwrap_or_else(|| Self::Kept(words.to_owned()))
    }

    fn kept(&self) -> bool {
        match self {
            Self::Kept(_) => true,
            Self::Told(told) => told.kept(),
            Self::Several(values, _) => values.iter().any(Self::kept),
            Self::Figure(_) | Self::Foreign(_) | Self::Code(_) => false,
        }
    }

    fn line(&self, language: ReportLanguage, safe: &impl Fn(&str) -> String) -> String {
        let turned = |text: &str| match language.direction() {
            "rtl" => escape::isolate(text),
            _ => text.to_owned(),
        };
        match self {
            Self::Figure(figure) => turned(figure),
            Self::Foreign(text) | Self::Kept(text) => safe(text),
            Self::Code(code) => turned(&format!("`{code}`")),
            Self::Told(told) => told.line(language, safe),
            Self::Several(values, between) => {
                let values = values.iter().map(|value| value.line(language, safe));
                values.collect::<Vec<_>>().join(between)
            }
        }
    }
}
