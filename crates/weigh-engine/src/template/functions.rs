//! The functions that Hugging Face gives to chat templates beside Jinja's own.

use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Value};

use super::Raised;

/// The date that `strftime_now` tells, so that a prompt does not depend on the day of a run. It
/// is the one that Llama 3's own template falls back to.
pub(super) const DATE: &str = "2024-07-26";

/// [`DATE`] at midnight, by the letters of C's `strftime`.
const DATE_PARTS: [(char, &str); 12] = [
    ('Y', "2024"),
    ('y', "24"),
    ('m', "07"),
    ('d', "26"),
    ('B', "July"),
    ('b', "Jul"),
    ('A', "Friday"),
    ('a', "Fri"),
    ('H', "00"),
    ('M', "00"),
    ('S', "00"),
    ('%', "%"),
];

const MAX_DEPTH: usize = 64;

/// Adds the functions and takes away what shows the sandbox's inside.
pub(super) fn add_to(environment: &mut Environment<'static>) {
    environment.remove_global("debug");
    environment.add_function("raise_exception", raise_exception);
    environment.add_function("strftime_now", strftime_now);
    environment.add_filter("tojson", to_json);
}

fn raise_exception(message: String) -> Result<Value, Error> {
    let error = Error::new(ErrorKind::InvalidOperation, message.clone());
    Err(error.with_source(Raised(message)))
}

fn strftime_now(format: &str) -> Result<String, Error> {
    let mut text = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let code = letters.next().unwrap_or('%');
        let part = DATE_PARTS.iter().find(|(known, _)| *known == code);
        let (_, part) = part.ok_or_else(|| {
            let message = format!("strftime_now does not know %{code}");
            Error::new(ErrorKind::InvalidOperation, message)
        })?;
        text.push_str(part);
    }
    Ok(text)
}

/// Python's `json.dumps(value, ensure_ascii=False)`, with its separators and its `indent`.
fn to_json(value: &Value, options: Kwargs) -> Result<String, Error> {
    let indent: Option<usize> = options.get("indent")?;
    options.assert_all_used()?;
    let mut json = String::new();
    write_json(value, indent.map(|indent| indent.min(16)), 0, &mut json)?;
    Ok(json)
}

fn write_json(
    value: &Value,
    indent: Option<usize>,
    depth: usize,
    json: &mut String,
) -> Result<(), Error> {
    if depth > MAX_DEPTH {
        let message = "tojson: a value that is nested too deep";
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    match value.kind() {
        ValueKind::None => json.push_str("null"),
        ValueKind::Bool | ValueKind::Number => json.push_str(&value.to_string().to_lowercase()),
        ValueKind::String => json.push_str(&quoted(value.as_str().unwrap_or_default())),
        ValueKind::Seq | ValueKind::Iterable => {
            let items = value.try_iter()?.map(|item| (String::new(), item));
            write_items(('[', ']'), items, indent, depth, json)?;
        }
        ValueKind::Map => {
            let mut items = Vec::new();
            for key in value.try_iter()? {
                let text = key
                    .as_str()
                    .map_or_else(|| key.to_string(), ToOwned::to_owned);
                items.push((format!("{}: ", quoted(&text)), value.get_item(&key)?));
            }
            write_items(('{', '}'), items.into_iter(), indent, depth, json)?;
        }
        ValueKind::Undefined | ValueKind::Bytes | ValueKind::Plain | ValueKind::Invalid | _ => {
            let message = format!("tojson: a value that is {} has no JSON", value.kind());
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
    }
    Ok(())
}

/// Writes the items of an array or an object, each with what stands before it.
fn write_items(
    (open, close): (char, char),
    items: impl Iterator<Item = (String, Value)>,
    indent: Option<usize>,
    depth: usize,
    json: &mut String,
) -> Result<(), Error> {
    let line = |depth: usize| indent.map(|indent| format!("\n{}", " ".repeat(indent * depth)));
    json.push(open);
    let mut empty = true;
    for (before, item) in items {
        if !empty {
            json.push_str(if indent.is_some() { "," } else { ", " });
        }
        json.push_str(&line(depth + 1).unwrap_or_default());
        json.push_str(&before);
        write_json(&item, indent, depth + 1, json)?;
        empty = false;
    }
    if !empty {
        json.push_str(&line(depth).unwrap_or_default());
    }
    json.push(close);
    Ok(())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
