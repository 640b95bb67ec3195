//! What a scalar is: the resolver of YAML 1.1.

use regex::Regex;
use saphyr_parser::{ScalarStyle, Tag};

use super::super::python::Python;
use super::builder::fault;
use super::{Node, Place, YamlFault};

pub(super) fn scalar(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
    place: Place,
) -> Result<Node, YamlFault> {
    match tag {
        None if style == ScalarStyle::Plain => Ok(Node::Scalar(plain(text))),
        None => Ok(Node::Scalar(Python::Text(text.to_owned()))),
        Some(tag) if tag.suffix == "function" => Ok(Node::Function(text.to_owned())),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "null" => {
            Ok(Node::Scalar(Python::None))
        }
        Some(tag) if tag.suffix == "str" => Ok(Node::Scalar(Python::Text(text.to_owned()))),
        Some(tag) => Err(fault(
            place,
            &format!("the tag `!{}` is not known", tag.suffix),
        )),
    }
}

/// A plain scalar by the resolver of YAML 1.1. Dates and numbers to the base 60 stay texts.
fn plain(text: &str) -> Python {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Python::None,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Python::Bool(true);
        }
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Python::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Python::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" => return Python::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Python::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let digits = text.replace('_', "");
    let number = integer(&digits).map(Python::Int);
    let number = number.or_else(|| float(text, &digits).map(Python::Float));
    number.unwrap_or_else(|| Python::Text(text.to_owned()))
}

fn integer(digits: &str) -> Option<i64> {
    let (sign, unsigned) = match digits.strip_prefix('-') {
        Some(unsigned) => (-1, unsigned),
        None => (1, digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (radix, number) = if let Some(number) = unsigned.strip_prefix("0b") {
        (2, number)
    } else if let Some(number) = unsigned.strip_prefix("0x") {
        (16, number)
    } else if unsigned.len() > 1 && unsigned.starts_with('0') {
        (8, unsigned)
    } else {
        (10, unsigned)
    };
    let begins = number
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_hexdigit());
    let number = i64::from_str_radix(number, radix).ok().filter(|_| begins);
    number.map(|number| sign * number)
}

/// Needs a point, and a sign in the exponent.
fn float(text: &str, digits: &str) -> Option<f64> {
    static FLOAT: std::sync::LazyLock<Option<Regex>> = std::sync::LazyLock::new(|| {
        Regex::new(r"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$").ok()
    });
    let matches = FLOAT.as_ref().is_some_and(|float| float.is_match(text));
    digits.parse().ok().filter(|_| matches)
}
