//! Reads the tables of a TOML or YAML document, with a diagnostic for every key that is missing, unknown
//! or of another type than expected.

mod place;
mod shared;
mod value;
mod words;
mod yaml;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) use self::place::place_in_string;
pub(crate) use self::shared::{
    date, day, digest, english_or_per_language, english_or_table, language, licence, per_language,
    tables, title, version,
};
pub(crate) use self::value::{
    boolean, decimal, filled_text, integer, is_text, list, owned, text, texts, wrong_type,
};
use self::words::one_of;
pub(crate) use self::words::{did_you_mean, known_word};
pub(crate) use self::yaml::yaml;
use crate::diagnostic::{Notes, code};
use crate::text::{code_point, is_hidden, visible_line};

/// The document, or a diagnostic for each place at which the text is no TOML. Hidden characters
/// are noted, too.
pub(crate) fn document<'s>(notes: &mut Notes<'s>) -> Option<Spanned<DeTable<'s>>> {
    let (document, errors) = DeTable::parse_recoverable(notes.text);
    for error in &errors {
        let place = error.span().map_or(notes.text.len(), |span| span.start);
        notes.add(code::TOML_SYNTAX, place, error.message().to_owned(), None);
    }
    if !errors.is_empty() {
        return None;
    }
    hidden_characters(notes);
    Some(document)
}

/// Notes every hidden character of a document as it is written, comments included.
fn hidden_characters(notes: &mut Notes<'_>) {
    for (place, c) in notes.text.char_indices() {
        let line_end = c == '\r' && notes.text.as_bytes().get(place + 1) == Some(&b'\n');
        if is_hidden(c) && !line_end {
            let message = format!("the file holds the hidden character {}", code_point(c));
            notes.add(code::HIDDEN_IN_TEXT, place, message, None);
        }
    }
}

/// A value of a document with its place.
pub(crate) type Located<'t, 's> = &'t Spanned<DeValue<'s>>;

/// A table, and which of its keys somebody has asked for.
pub(crate) struct Fields<'t, 's> {
    table: &'t DeTable<'s>,
    /// Where the table begins: the place of what is missing.
    pub start: usize,
    /// What stands before a key in messages: ``, `task.`.
    prefix: String,
    known: Vec<&'static str>,
}

impl<'t, 's> Fields<'t, 's> {
    /// The top table of a document.
    pub fn top(table: &'t DeTable<'s>) -> Self {
        Self {
            table,
            start: 0,
            prefix: String::new(),
            known: Vec::new(),
        }
    }

    /// The table that `value` is.
    pub fn of(notes: &mut Notes<'_>, name: &str, value: Located<'t, 's>) -> Option<Self> {
        let DeValue::Table(table) = value.get_ref() else {
            wrong_type(notes, name, "a table", value);
            return None;
        };
        Some(Self {
            table,
            start: value.span().start,
            prefix: format!("{name}."),
            known: Vec::new(),
        })
    }

    /// Every key with its place and value, for tables whose keys are names.
    pub fn entries(&self) -> impl Iterator<Item = (&'t str, usize, Located<'t, 's>)> + use<'t, 's> {
        self.table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value))
    }

    /// The key's name in messages.
    pub fn name(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// The value of a key that may be missing.
    pub fn optional(&mut self, key: &'static str) -> Option<Located<'t, 's>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// The value of a key that must be there.
    pub fn required(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<Located<'t, 's>> {
        let value = self.optional(key);
        if value.is_none() {
            let message = format!("expected the key `{}`", self.name(key));
            notes.add(code::MISSING_KEY, self.start, message, None);
        }
        value
    }

    /// A text that must be there and not be empty.
    pub fn text(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Option<Spanned<&'t str>> {
        let value = self.required(notes, key)?;
        filled_text(notes, &self.name(key), value)
    }

    /// A list of texts that must be there and not be empty.
    pub fn texts(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<Vec<Spanned<&'t str>>> {
        let value = self.required(notes, key)?;
        let list = texts(notes, &self.name(key), value)?;
        if list.is_empty() {
            let message = format!("`{}` is empty, expected at least one", self.name(key));
            notes.add(code::EMPTY, value.span().start, message, None);
        }
        Some(list)
    }

    /// A table that must be there.
    pub fn table(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Option<Self> {
        let value = self.required(notes, key)?;
        Self::of(notes, &self.name(key), value)
    }

    /// One of a few words that must be there.
    pub fn word<T: Copy>(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let value = self.required(notes, key)?;
        let name = self.name(key);
        let said = text(notes, &name, value)?;
        known_word(notes, code::UNKNOWN_WORD, &name, &said, words)
    }

    /// Notes every key that nobody asked for.
    pub fn finish(&self, notes: &mut Notes<'_>) {
        for (key, place, _) in self.entries() {
            if !self.known.contains(&key) {
                let message = format!("`{}` is not known here", visible_line(&self.name(key)));
                let help = did_you_mean(key, self.known.iter().copied());
                let help = help.or_else(|| Some(one_of(self.known.iter().copied())));
                notes.add(code::UNKNOWN_KEY, place, message, help);
            }
        }
    }
}
