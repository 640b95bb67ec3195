//! Strict JSON in, canonical JSON out (RFC 8785).

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// Text that is not strict JSON of the expected shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct JsonFault {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What was expected.
    pub message: String,
}

/// Reads strict JSON: UTF-8, no duplicate key at any depth, nothing after the value.
///
/// # Errors
/// Where and why the bytes are not strict JSON of type `T`.
pub fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, JsonFault> {
    // Maps and ignored fields would take the last of two equal keys, other readers the first.
    serde_json::from_slice::<UniqueKeys>(bytes)
        .and_then(|UniqueKeys| serde_json::from_slice(bytes))
        .map_err(|error| fault(&error))
}

fn fault(error: &serde_json::Error) -> JsonFault {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    // The place is said once, by the fault.
    let place = format!(" at line {line} column {column}");
    JsonFault {
        line,
        column,
        message: message.strip_suffix(&place).unwrap_or(&message).to_owned(),
    }
}

/// The canonical bytes of `value`.
///
/// Every type of this crate that is written holds integers below 2^53, strings, arrays and maps
/// with string keys, which always have a canonical form; anything else is a bug and gives `None`.
#[must_use]
pub fn canonical<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value).ok()
}

/// Any JSON value in which no object has a key twice.
struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueKeysVisitor)
    }
}

struct UniqueKeysVisitor;

impl<'de> Visitor<'de> for UniqueKeysVisitor {
    type Value = UniqueKeys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_bool<E>(self, _: bool) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_i64<E>(self, _: i64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_u64<E>(self, _: u64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_f64<E>(self, _: f64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_str<E>(self, _: &str) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<UniqueKeys, A::Error> {
        while items.next_element::<UniqueKeys>()?.is_some() {}
        Ok(UniqueKeys)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<UniqueKeys, A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            if seen.contains(&key) {
                return Err(A::Error::custom(format_args!(
                    "the key `{key}` stands twice in one object"
                )));
            }
            seen.insert(key);
            entries.next_value::<UniqueKeys>()?;
        }
        Ok(UniqueKeys)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::*;

    #[test]
    fn what_is_not_strict_is_refused() {
        for (text, expect) in [
            (
                r#"{"a":1,"a":1}"#,
                "line 1, column 10: the key `a` stands twice in one object",
            ),
            (
                r#"[{"b":{"a":1,"a":2}}]"#,
                "line 1, column 16: the key `a` stands twice in one object",
            ),
            (
                r#"{"a":1,"\u0061":1}"#,
                "line 1, column 15: the key `a` stands twice in one object",
            ),
            ("{} {}", "line 1, column 4: trailing characters"),
            ("[1,]", "line 1, column 4: trailing comma"),
            ("NaN", "line 1, column 1: expected value"),
            ("", "line 1, column 0: EOF while parsing a value"),
            ("{\"a\":\n1e999}", "line 2, column 5: number out of range"),
        ] {
            let fault = parse::<Value>(text.as_bytes()).unwrap_err();
            assert_eq!(fault.to_string(), expect, "{text}");
        }
        assert!(parse::<Value>(b"\"\xff\"").is_err());
        assert!(parse::<BTreeMap<String, u8>>(br#"{"a":1,"a":1}"#).is_err());
        let deep = "[".repeat(100_000);
        assert!(parse::<Value>(deep.as_bytes()).is_err());
    }

    #[test]
    fn equal_keys_in_different_objects_are_fine() {
        let text = r#"[{"a":null,"b":{"a":[true,-1,0.5,"x"]}},{"a":18446744073709551615}]"#;
        let value: Value = parse(text.as_bytes()).unwrap();
        assert_eq!(value.to_string(), text);
    }
}
