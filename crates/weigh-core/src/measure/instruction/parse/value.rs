//! What the value of a parameter must be.

use unicode_segmentation::UnicodeSegmentation;

use crate::json::{Node, Value};
use crate::language::Language;
use crate::measure::instruction::kind::Relation;

/// Reads a value, or else says what was expected.
pub(super) type Reader<T> = (fn(&Value) -> Option<T>, &'static str);

/// The greatest count that an instruction may ask for.
const GREATEST: u64 = 1_000_000;

pub(super) const COUNT: Reader<u64> = (count, "a whole number from 0 to 1000000");
pub(super) const ORDINAL: Reader<u64> = (ordinal, "a whole number from 1 to 1000000");
pub(super) const TEXT: Reader<String> = (text, "text that is not empty");
pub(super) const TEXTS: Reader<Vec<String>> = (texts, "a list of texts that are not empty");
pub(super) const LETTER: Reader<String> = (letter, "one letter");
pub(super) const RELATION: Reader<Relation> = (
    relation,
    "`at least` or `less than` (in Japanese `以上` or `未満`)",
);
pub(super) const LANGUAGE: Reader<Language> =
    (language, "a language tag such as `sw` or `zh-Hant`");

fn string<'a>(value: &'a Value) -> Option<&'a str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(digits) => digits.parse().ok().filter(|n| *n <= GREATEST),
        Value::Null | Value::Bool(_) | Value::Text(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn ordinal(value: &Value) -> Option<u64> {
    count(value).filter(|n| *n > 0)
}

fn text(value: &Value) -> Option<String> {
    let text = string(value).filter(|text| !text.trim().is_empty());
    text.map(str::to_owned)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(nodes) if !nodes.is_empty() => {
            nodes.iter().map(|node: &Node| text(&node.value)).collect()
        }
        Value::Array(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Object(_) => None,
    }
}

fn letter(value: &Value) -> Option<String> {
    text(value).filter(|text| text.trim().graphemes(true).count() == 1)
}

fn relation(value: &Value) -> Option<Relation> {
    match string(value)? {
        "less than" | "未満" => Some(Relation::LessThan),
        "at least" | "以上" => Some(Relation::AtLeast),
        _ => None,
    }
}

fn language(value: &Value) -> Option<Language> {
    string(value)?.parse().ok()
}
