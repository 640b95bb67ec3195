//! Python's values as far as task files and documents hold them, and how they are printed.

mod json;
mod literal;

use std::fmt::{self, Write as _};

use regex::Regex;

pub use self::literal::literal;

/// A value. A dictionary keeps the order of its file.
#[derive(Debug, Clone, PartialEq)]
pub enum Python {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A text.
    Text(String),
    /// A list or a tuple.
    List(Vec<Python>),
    /// A dictionary with texts as keys.
    Dict(Vec<(String, Python)>),
}

impl Python {
    /// The entry `key` of a dictionary.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Dict(entries) = self else {
            return None;
        };
        let mut found = entries.iter().filter(|(name, _)| name == key);
        found.next_back().map(|(_, value)| value)
    }

    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            return Some(text);
        }
        None
    }

    /// The number, where it is an integer.
    #[must_use]
    pub const fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self {
            return Some(*number);
        }
        None
    }

    /// The items, where it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self {
            return Some(items);
        }
        None
    }

    /// What `bool` gives.
    #[must_use]
    pub const fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(number) => *number != 0,
            Self::Float(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Dict(entries) => !entries.is_empty(),
        }
    }

    /// What `repr` gives.
    #[must_use]
    pub fn repr(&self) -> String {
        let mut out = String::new();
        self.write_repr(&mut out);
        out
    }

    fn write_repr(&self, out: &mut String) {
        match self {
            Self::None => out.push_str("None"),
            Self::Bool(true) => out.push_str("True"),
            Self::Bool(false) => out.push_str("False"),
            Self::Int(number) => {
                let _ = write!(out, "{number}");
            }
            Self::Float(number) => out.push_str(&float(*number)),
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.write_repr(out);
                }
                out.push(']');
            }
            Self::Dict(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    write_text(key, out);
                    out.push_str(": ");
                    value.write_repr(out);
                }
                out.push('}');
            }
        }
    }
}

/// What `str` gives: a text as it is, everything else as `repr`.
impl fmt::Display for Python {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_text() {
            Some(text) => f.write_str(text),
            None => f.write_str(&self.repr()),
        }
    }
}

/// `repr` of a float: the shortest digits that give it again, with an exponent below 1e-4 and from
/// 1e16.
#[must_use]
pub fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        return format!("{number:?}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// A text in quotes: single ones, or double ones where it holds single ones only.
fn write_text(text: &str, out: &mut String) {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    out.push(quote);
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter == quote => out.extend(['\\', quote]),
            _ if is_printable(letter) => out.push(letter),
            _ => {
                let code = u32::from(letter);
                let _ = match code {
                    0..=0xff => write!(out, "\\x{code:02x}"),
                    0x100..=0xffff => write!(out, "\\u{code:04x}"),
                    _ => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out.push(quote);
}

/// `str.isprintable`: no separator but the space, and nothing of Unicode's categories C.
fn is_printable(letter: char) -> bool {
    static HIDDEN: std::sync::LazyLock<Option<Regex>> =
        std::sync::LazyLock::new(|| Regex::new(r"^[\p{C}\p{Z}]$").ok());
    if letter.is_ascii() {
        return !letter.is_ascii_control();
    }
    let mut buffer = [0; 4];
    let letter: &str = letter.encode_utf8(&mut buffer);
    HIDDEN
        .as_ref()
        .is_some_and(|hidden| !hidden.is_match(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What CPython 3.11 prints: `repr(ast.literal_eval(source))`.
    #[test]
    fn prints_as_python_does() {
        let check = |source: &str, expect: &str| {
            let value = literal(source).map(|value| value.repr());
            assert_eq!(value.as_deref(), Some(expect), "{source}");
        };
        check(
            "['a', \"it's\", 'say \"x\"', 'both \\' and \"']",
            "['a', \"it's\", 'say \"x\"', 'both \\' and \"']",
        );
        check(" (1, 2.50, -3)", "[1, 2.5, -3]");
        check("('a')", "'a'");
        check("('a',)", "['a']");
        check(
            "{'k': None, 'j': [True, False,]}",
            "{'k': None, 'j': [True, False]}",
        );
        check("1e16", "1e+16");
        check("123456789012345.0", "123456789012345.0");
        check("0.0001", "0.0001");
        check("0.00001", "1e-05");
        check("'\\u00e9\\x41\\101\\q\\n'", "'éAA\\\\q\\n'");
        check("'a' \"b\"", "'ab'");
        check("'\\u200b\\u00a0'", "'\\u200b\\xa0'");
        check("'''x\ny'''", "'x\\ny'");
    }
}
