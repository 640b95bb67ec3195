//! Python's values as far as task files and documents hold them: how they are printed and how
//! `ast.literal_eval` reads them.

use std::fmt::{self, Write as _};

use regex::Regex;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

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

/// What `ast.literal_eval` reads: texts, numbers, `True`, `False`, `None`, lists, tuples and
/// dictionaries. None where it would raise.
#[must_use]
pub fn literal(source: &str) -> Option<Python> {
    let mut reader = Reader {
        rest: source.trim_start_matches([' ', '\t']),
        depth: 0,
    };
    let value = reader.value()?;
    reader.skip();
    reader.rest.is_empty().then_some(value)
}

/// Lists within lists that are read.
const DEPTH: usize = 64;

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self) -> Option<Python> {
        self.skip();
        match self.rest.chars().next()? {
            '[' => self.items("[", "]").map(|(items, _)| Python::List(items)),
            '(' => {
                let (mut items, comma) = self.items("(", ")")?;
                let single = items.len() == 1 && !comma;
                if single {
                    items.pop()
                } else {
                    Some(Python::List(items))
                }
            }
            '{' => self.dict(),
            '\'' | '"' => self.texts(),
            '0'..='9' | '-' | '+' | '.' => self.number(),
            _ => self.word(),
        }
    }

    /// The items between two brackets, and whether a comma stood behind the last.
    fn items(&mut self, open: &str, close: &str) -> Option<(Vec<Python>, bool)> {
        self.enter(open)?;
        let mut items = Vec::new();
        let mut comma = false;
        while !self.take(close) {
            if !items.is_empty() && !comma {
                return None;
            }
            items.push(self.value()?);
            comma = self.take(",");
        }
        self.depth -= 1;
        Some((items, comma))
    }

    fn dict(&mut self) -> Option<Python> {
        self.enter("{")?;
        let mut entries = Vec::new();
        let mut comma = true;
        while !self.take("}") {
            if !comma {
                return None;
            }
            let key = self.value()?.to_string();
            if !self.take(":") {
                return None;
            }
            entries.push((key, self.value()?));
            comma = self.take(",");
        }
        self.depth -= 1;
        Some(Python::Dict(entries))
    }

    fn enter(&mut self, open: &str) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH && self.take(open)).then_some(())
    }

    /// Texts that stand behind each other are one.
    fn texts(&mut self) -> Option<Python> {
        let mut all = String::new();
        while self.rest.starts_with(['\'', '"']) {
            all.push_str(&self.text()?);
            self.skip();
        }
        Some(Python::Text(all))
    }

    fn text(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let triple: String = [quote; 3].iter().collect();
        let long = self.rest.starts_with(&triple);
        let end = if long { triple } else { quote.to_string() };
        self.rest = self.rest.get(end.len()..)?;
        let mut text = String::new();
        loop {
            if let Some(rest) = self.rest.strip_prefix(&end) {
                self.rest = rest;
                return Some(text);
            }
            match self.letter()? {
                '\\' => self.escape(&mut text)?,
                '\n' if !long => return None,
                letter => text.push(letter),
            }
        }
    }

    fn letter(&mut self) -> Option<char> {
        let letter = self.rest.chars().next()?;
        self.rest = self.rest.get(letter.len_utf8()..)?;
        Some(letter)
    }

    fn escape(&mut self, text: &mut String) -> Option<()> {
        let letter = self.letter()?;
        match letter {
            '\n' => {}
            '\\' | '\'' | '"' => text.push(letter),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'a' => text.push('\u{7}'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            'x' => text.push(self.code(2)?),
            'u' => text.push(self.code(4)?),
            'U' => text.push(self.code(8)?),
            '0'..='7' => text.push(self.octal(letter)?),
            // Unknown ones stay as they are, the backslash included.
            _ => text.extend(['\\', letter]),
        }
        Some(())
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let number = self.rest.get(..digits)?;
        self.rest = self.rest.get(digits..)?;
        char::from_u32(u32::from_str_radix(number, 16).ok()?)
    }

    fn octal(&mut self, first: char) -> Option<char> {
        let more = self.rest.bytes().take(2);
        let more = more.take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        let digits = format!("{first}{}", self.rest.get(..more)?);
        self.rest = self.rest.get(more..)?;
        char::from_u32(u32::from_str_radix(&digits, 8).ok()?)
    }

    fn number(&mut self) -> Option<Python> {
        let mut length = 0;
        let mut before = ' ';
        for letter in self.rest.chars() {
            let sign = matches!(letter, '+' | '-') && (length == 0 || matches!(before, 'e' | 'E'));
            if !(sign || letter.is_ascii_digit() || matches!(letter, '.' | 'e' | 'E' | '_')) {
                break;
            }
            length += 1;
            before = letter;
        }
        let source = self.rest.get(..length)?;
        self.rest = self.rest.get(length..)?;
        let digits = source.replace('_', "");
        if let Ok(number) = digits.parse::<i64>() {
            let unsigned = digits.trim_start_matches(['+', '-']);
            let leading = unsigned.len() > 1 && unsigned.starts_with('0') && number != 0;
            return (!leading).then_some(Python::Int(number));
        }
        let floating = digits.contains(['.', 'e', 'E']);
        let number = digits.parse().ok().filter(|_| floating);
        number.map(Python::Float)
    }

    fn word(&mut self) -> Option<Python> {
        for (word, value) in [
            ("None", Python::None),
            ("True", Python::Bool(true)),
            ("False", Python::Bool(false)),
        ] {
            if self.take(word) {
                return Some(value);
            }
        }
        None
    }
}

impl Serialize for Python {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(number) => serializer.serialize_i64(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Dict(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Python {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Whole)
    }
}

/// Reads any JSON value, keys in their order.
struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = Python;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Python, E> {
        Ok(Python::None)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Python, E> {
        Ok(Python::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Python, E> {
        Ok(Python::Int(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Python, E> {
        let number = i64::try_from(number);
        number
            .map(Python::Int)
            .map_err(|_| E::custom("the integer is above 2^63 - 1"))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Python, E> {
        Ok(Python::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Python, E> {
        Ok(Python::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Python, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Python::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Python, A::Error> {
        let mut dict = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            dict.push(entry);
        }
        Ok(Python::Dict(dict))
    }
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

    #[test]
    fn refuses_what_is_no_literal() {
        for source in [
            "", "[", "[1 2]", "a", "1 2", "'a", "012", "{1}", "'a\nb'", "(", "--1",
        ] {
            assert_eq!(literal(source), None, "{source}");
        }
        let deep = "[".repeat(10_000);
        assert_eq!(literal(&deep), None);
    }
}
