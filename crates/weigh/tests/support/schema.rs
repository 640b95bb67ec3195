//! As much of JSON Schema 2020-12 as `weigh schema report` uses: what a value breaks of it.

use serde_json::Value;

/// Every place of `value` that the schema does not allow. A keyword that is not known here panics.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for (keyword, wanted) in schema.as_object().unwrap() {
        let fits = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "properties" => true,
            "$ref" => {
                let definition = root.pointer(&wanted.as_str().unwrap()[1..]).unwrap();
                check(root, definition, value, at, found);
                true
            }
            "type" => match wanted.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_u64(),
                "null" => value.is_null(),
                other => panic!("the type {other}"),
            },
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => value.as_u64() >= wanted.as_u64(),
            "maximum" => value.as_u64() <= wanted.as_u64(),
            "minItems" => value.as_array().unwrap().len() as u64 >= wanted.as_u64().unwrap(),
            "items" => {
                for (index, item) in value.as_array().unwrap().iter().enumerate() {
                    check(root, wanted, item, &format!("{at}[{index}]"), found);
                }
                true
            }
            "required" => {
                let names = wanted.as_array().unwrap().iter();
                names
                    .clone()
                    .all(|name| value.get(name.as_str().unwrap()).is_some())
            }
            "additionalProperties" => {
                for (key, item) in value.as_object().into_iter().flatten() {
                    let place = format!("{at}.{key}");
                    match (
                        schema.pointer("/properties").and_then(|p| p.get(key)),
                        wanted,
                    ) {
                        (Some(of_key), _) => check(root, of_key, item, &place, found),
                        (None, Value::Bool(false)) => found.push(format!("{place} is not known")),
                        (None, rest) => check(root, rest, item, &place, found),
                    }
                }
                true
            }
            "anyOf" => wanted.as_array().unwrap().iter().any(|one| {
                let mut faults = Vec::new();
                check(root, one, value, at, &mut faults);
                faults.is_empty()
            }),
            "pattern" => matches(wanted.as_str().unwrap(), value.as_str().unwrap()),
            other => panic!("the keyword {other}"),
        };
        if !fits {
            found.push(format!("{at} breaks {keyword}: {wanted}"));
        }
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    let pattern = regex::Regex::new(pattern).unwrap();
    pattern.is_match(text)
}
