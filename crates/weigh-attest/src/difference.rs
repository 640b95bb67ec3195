//! The first place at which two JSON documents say different things.

use serde_json::Value;

/// The most characters of a value that are told.
const LONGEST: usize = 120;

/// Where two documents differ, and what each says there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// A JSONPath (RFC 9535): `$.predicate.estimates[3].point`.
    pub path: String,
    /// The value in the first document, or nothing where it has none.
    pub first: Option<Value>,
    /// The value in the second.
    pub second: Option<Value>,
}

impl Difference {
    /// `$.path is 1 (one) and 2 (other)`, with `one` and `other` as names of the documents.
    #[must_use]
    pub fn in_words(&self, one: &str, other: &str) -> String {
        let (first, second) = (shown(self.first.as_ref()), shown(self.second.as_ref()));
        format!("{} is {first} ({one}) and {second} ({other})", self.path)
    }
}

fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else {
        return "not there".to_owned();
    };
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        None => text,
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// The first difference, in the order of keys and items. None when both say the same, or when one
/// of them is no JSON.
#[must_use]
pub fn difference(first: &[u8], second: &[u8]) -> Option<Difference> {
    let first: Value = serde_json::from_slice(first).ok()?;
    let second: Value = serde_json::from_slice(second).ok()?;
    let mut path = "$".to_owned();
    values(&first, &second, &mut path)
}

fn values(first: &Value, second: &Value, path: &mut String) -> Option<Difference> {
    match (first, second) {
        (Value::Object(one), Value::Object(other)) => {
            let mut keys: Vec<&String> = one.keys().chain(other.keys()).collect();
            keys.sort();
            keys.dedup();
            keys.into_iter().find_map(|key| {
                let step = step(key);
                parts(one.get(key), other.get(key), &step, path)
            })
        }
        (Value::Array(one), Value::Array(other)) => (0..one.len().max(other.len()))
            .find_map(|at| parts(one.get(at), other.get(at), &format!("[{at}]"), path)),
        _ => (first != second).then(|| Difference {
            path: path.clone(),
            first: Some(first.clone()),
            second: Some(second.clone()),
        }),
    }
}

fn parts(
    first: Option<&Value>,
    second: Option<&Value>,
    step: &str,
    path: &mut String,
) -> Option<Difference> {
    let length = path.len();
    path.push_str(step);
    let found = match (first, second) {
        (Some(one), Some(other)) => values(one, other, path),
        _ => Some(Difference {
            path: path.clone(),
            first: first.cloned(),
            second: second.cloned(),
        }),
    };
    path.truncate(length);
    found
}

/// `.name`, or `['any text']` where the short form is not allowed.
fn step(key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && key.chars().all(plain) {
        format!(".{key}")
    } else {
        format!("['{}']", key.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named() {
        for (first, second, expect) in [
            ("1", "1", None),
            ("1", "2", Some("$ is 1 (a) and 2 (b)")),
            (r#"{"b":1,"a":[1,2]}"#, r#"{"a":[1,2],"b":1}"#, None),
            (
                r#"{"a":[1,{"b":"x"}]}"#,
                r#"{"a":[1,{"b":"y"}]}"#,
                Some(r#"$.a[1].b is "x" (a) and "y" (b)"#),
            ),
            (
                r#"{"a":1}"#,
                r#"{"a":1,"b/c'":null}"#,
                Some(r"$['b/c\''] is not there (a) and null (b)"),
            ),
            ("[1]", "[1,2]", Some("$[1] is not there (a) and 2 (b)")),
            ("[1]", "{}", Some("$ is [1] (a) and {} (b)")),
            (
                r#"{"a":1,"b":1}"#,
                r#"{"a":2,"b":2}"#,
                Some("$.a is 1 (a) and 2 (b)"),
            ),
            ("x", "1", None),
        ] {
            let found = difference(first.as_bytes(), second.as_bytes());
            let words = found.map(|found| found.in_words("a", "b"));
            assert_eq!(words.as_deref(), expect, "{first} {second}");
        }
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        let long = format!("\"{}\"", "é".repeat(200));
        let words = difference(long.as_bytes(), b"0")
            .unwrap()
            .in_words("a", "b");
        assert!(
            words.starts_with(&format!("$ is \"{}…", "é".repeat(119))),
            "{words}"
        );
    }
}
