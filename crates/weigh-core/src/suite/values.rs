//! Values of a case as the types that are expected of them, each fault at its place.

use crate::diagnostic::{Notes, code};
use crate::fields::known_word;
use crate::json::{Node, Value};
use crate::names::id_fault;
use crate::text::{code_point, is_hidden};

/// Reads nodes whose offsets count from byte `base` of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values {
    pub base: usize,
}

impl Values {
    /// The byte of the file at which `node` begins.
    pub fn place(self, node: &Node<'_>) -> usize {
        self.at(node.start)
    }

    /// The place of a byte of what was read.
    pub fn at(self, byte: usize) -> usize {
        self.base + byte
    }

    pub fn wrong_type(self, notes: &mut Notes<'_>, key: &str, node: &Node<'_>, expected: &str) {
        let found = match &node.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        let message = format!("`{key}` is {found}, expected {expected}");
        notes.add(code::WRONG_TYPE, self.place(node), message, None);
    }

    /// A text. A hidden character in it is noted where it stands, or where its text begins.
    pub fn text(self, notes: &mut Notes<'_>, key: &str, node: Node<'_>) -> Option<String> {
        let place = self.place(&node);
        let Value::Text(text) = node.value else {
            self.wrong_type(notes, key, &node, "a text");
            return None;
        };
        if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
            let raw = notes.text.get(place..self.base + node.end);
            let message = format!("`{key}` holds the hidden character {}", code_point(hidden));
            let place = place + raw.and_then(|raw| raw.find(hidden)).unwrap_or_default();
            notes.add(code::HIDDEN_IN_TEXT, place, message, None);
        }
        Some(text.into_owned())
    }

    /// A text that is more than white space.
    pub fn filled(self, notes: &mut Notes<'_>, key: &str, node: Node<'_>) -> Option<String> {
        let place = self.place(&node);
        let text = self.text(notes, key, node)?;
        if text.trim().is_empty() {
            let message = format!("`{key}` is empty, expected a text");
            notes.add(code::EMPTY, place, message, None);
        }
        Some(text)
    }

    /// An id.
    pub fn ident(self, notes: &mut Notes<'_>, key: &str, node: Node<'_>) -> Option<String> {
        let Value::Text(text) = node.value else {
            self.wrong_type(notes, key, &node, "a text");
            return None;
        };
        if let Some((code, message)) = id_fault(key, &text) {
            notes.add(code, self.base + node.start, message, None);
        }
        Some(text.into_owned())
    }

    /// One of a few words.
    pub fn word<T: Copy>(
        self,
        notes: &mut Notes<'_>,
        key: &str,
        node: &Node<'_>,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let Value::Text(text) = &node.value else {
            self.wrong_type(notes, key, node, "a text");
            return None;
        };
        let span = self.base + node.start..self.base + node.end;
        let said = toml::Spanned::new(span, text.as_ref());
        known_word(notes, code::UNKNOWN_WORD, key, &said, words)
    }

    /// A list.
    pub fn list<'a>(
        self,
        notes: &mut Notes<'_>,
        key: &str,
        node: Node<'a>,
    ) -> Option<Vec<Node<'a>>> {
        let Value::Array(items) = node.value else {
            self.wrong_type(notes, key, &node, "a list");
            return None;
        };
        Some(items)
    }

    /// A text, or a list of at least one, none of them empty.
    pub fn text_or_texts(
        self,
        notes: &mut Notes<'_>,
        key: &str,
        node: Node<'_>,
    ) -> Option<Vec<String>> {
        let place = self.place(&node);
        let items = match node.value {
            Value::Text(_) => vec![node],
            Value::Array(items) => items,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
                self.wrong_type(notes, key, &node, "a text or a list of texts");
                return None;
            }
        };
        if items.is_empty() {
            let message = format!("`{key}` is empty, expected at least one text");
            notes.add(code::EMPTY, place, message, None);
        }
        let texts = items.into_iter();
        texts.map(|item| self.filled(notes, key, item)).collect()
    }
}
