//! Templates of task files: Jinja as `lm_eval/utils.py` sets it up (strict about what is not
//! there, line ends kept, `regex_replace`), printing values as Python does.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior, Value};
use regex::Regex;

use super::python::{self, Python};

/// Steps that one rendering may take.
const FUEL: u64 = 1 << 20;
/// Bytes that a rendering may have.
const MOST_TEXT: usize = 16 << 20;
const RECURSION: usize = 100;

/// Renders templates; each is compiled once.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
}

impl Default for Templates {
    fn default() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // The usual delimiters are valid ones.
        if let Ok(syntax) = SyntaxConfig::builder().keep_trailing_newline(true).build() {
            environment.set_syntax(syntax);
        }
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION);
        environment.set_unknown_method_callback(method);
        environment.set_formatter(|out, _, value| {
            // Only an `if` without `else` comes here undefined; Jinja prints nothing for it.
            if value.is_undefined() {
                return Ok(());
            }
            let text = python(value)?.to_string();
            out.write_str(&text).map_err(Error::from)
        });
        environment.add_filter("regex_replace", regex_replace);
        environment.add_filter("string", |value: &Value| {
            Ok::<_, Error>(python(value)?.to_string())
        });
        Self { environment }
    }
}

impl Templates {
    /// Renders `source` for `document`.
    ///
    /// # Errors
    /// What is wrong with the template or the document, in one line.
    pub fn render(&mut self, source: &str, document: &Python) -> Result<String, String> {
        if self.environment.get_template(source).is_err() {
            self.environment
                .add_template_owned(source.to_owned(), source.to_owned())
                .map_err(|error| told(&error))?;
        }
        let template = self.environment.get_template(source);
        let text = template.and_then(|template| template.render(value(document)));
        match text {
            Ok(text) if text.len() > MOST_TEXT => Err("the text has more than 16 MiB".to_owned()),
            Ok(text) => Ok(text),
            Err(error) => Err(told(&error)),
        }
    }
}

/// The error and its causes.
fn told(error: &Error) -> String {
    let mut text = error
        .detail()
        .map_or_else(|| error.kind().to_string(), str::to_owned);
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    error.line().map_or(text.clone(), |line| {
        format!("{text} (line {line} of the template)")
    })
}

/// A document as templates see it.
fn value(of: &Python) -> Value {
    match of {
        Python::None => Value::from(()),
        Python::Bool(truth) => Value::from(*truth),
        Python::Int(number) => Value::from(*number),
        Python::Float(number) => Value::from(*number),
        Python::Text(text) => Value::from(text.as_str()),
        Python::List(items) => items.iter().map(value).collect(),
        Python::Dict(entries) => {
            let pair = |(key, entry): &(String, Python)| (key.clone(), value(entry));
            Value::from_pairs(entries.iter().map(pair))
        }
    }
}

/// A value of a template as Python would have it.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "texts, and whatever else prints itself"
)]
fn python(of: &Value) -> Result<Python, Error> {
    Ok(match of.kind() {
        ValueKind::Undefined => return Err(ErrorKind::UndefinedError.into()),
        ValueKind::None => Python::None,
        ValueKind::Bool => Python::Bool(of.is_true()),
        ValueKind::Number => match i64::try_from(of.clone()) {
            Ok(number) if of.is_integer() => Python::Int(number),
            Ok(_) | Err(_) => Python::Float(f64::try_from(of.clone())?),
        },
        ValueKind::Seq | ValueKind::Iterable => Python::List(
            of.try_iter()?
                .map(|item| python(&item))
                .collect::<Result<_, _>>()?,
        ),
        ValueKind::Map => {
            let entry = |key: Value| Ok((key.to_string(), python(&of.get_item(&key)?)?));
            Python::Dict(of.try_iter()?.map(entry).collect::<Result<_, Error>>()?)
        }
        _ => Python::Text(of.to_string()),
    })
}

/// `list.index`, and beyond it the methods of texts and dictionaries that minijinja's own helper
/// knows.
fn method(
    state: &mut State<'_, '_>,
    of: &Value,
    name: &str,
    args: &[Value],
) -> Result<Value, Error> {
    let is_list = matches!(of.kind(), ValueKind::Seq | ValueKind::Iterable);
    if name == "index"
        && let [wanted] = args
    {
        let place = if is_list {
            of.try_iter()?.position(|item| &item == wanted)
        } else {
            let text = of.as_str().unwrap_or_default();
            let byte = wanted.as_str().and_then(|wanted| text.find(wanted));
            byte.map(|byte| text.get(..byte).unwrap_or_default().chars().count())
        };
        let absent = || {
            Error::new(
                ErrorKind::InvalidOperation,
                format!("{wanted} is not in list"),
            )
        };
        return place.map(Value::from).ok_or_else(absent);
    }
    minijinja_contrib::pycompat::unknown_method_callback(state, of, name, args)
}

/// `re.sub(pattern, repl, string, count)`.
fn regex_replace(
    text: &str,
    pattern: &str,
    by: &str,
    count: Option<usize>,
    named: Kwargs,
) -> Result<String, Error> {
    let count = count.or(named.get::<Option<usize>>("count")?).unwrap_or(0);
    named.assert_all_used()?;
    let pattern = Regex::new(pattern).map_err(|error| {
        let told = format!("the pattern cannot be used here: {error}");
        Error::new(ErrorKind::InvalidOperation, told)
    })?;
    let by = replacement(by);
    Ok(pattern.replacen(text, count, by.as_str()).into_owned())
}

/// A replacement in Python's notation (`\1`, `\g<name>`) in that of the `regex` crate.
fn replacement(by: &str) -> String {
    let mut out = String::new();
    let mut rest = by;
    while let Some(letter) = rest.chars().next() {
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        match letter {
            '$' => out.push_str("$$"),
            '\\' => rest = escape(rest, &mut out),
            _ => out.push(letter),
        }
    }
    out
}

/// What stands behind a backslash; gives what is left.
fn escape<'a>(rest: &'a str, out: &mut String) -> &'a str {
    if let Some(named) = rest.strip_prefix("g<")
        && let Some((name, after)) = named.split_once('>')
    {
        out.extend(["${", name, "}"]);
        return after;
    }
    let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (number, after) = rest.split_at(digits);
        out.extend(["${", number, "}"]);
        return after;
    }
    let text = python::literal(&format!("'\\{}'", rest.chars().next().unwrap_or('\\')));
    out.push_str(text.as_ref().and_then(Python::as_text).unwrap_or_default());
    rest.get(rest.chars().next().map_or(0, char::len_utf8)..)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Python {
        serde_json::from_str(
            r#"{"question": " What? ", "choices": ["a", "it's"], "answer": "it's", "n": 3,
                "x": 1.0, "yes": true, "nothing": null, "nested": {"b": [1], "a": "é"}}"#,
        )
        .unwrap_or(Python::None)
    }

    /// What Jinja2 3.1 renders with lm-eval's environment.
    #[test]
    fn renders_as_jinja() {
        let check = |source: &str, expect: &str| {
            let text = Templates::default().render(source, &document());
            assert_eq!(text.as_deref(), Ok(expect), "{source}");
        };
        check("Q: {{question.strip()}}\nA:\n", "Q: What?\nA:\n");
        check("{{choices}}", "['a', \"it's\"]");
        check("{{nested}}", "{'b': [1], 'a': 'é'}");
        check(
            "{{yes}} {{nothing}} {{n}} {{x}} {{n / 2}}",
            "True None 3 1.0 1.5",
        );
        check("{{choices.index(answer)}}", "1");
        check("{{ ['A', 'B'][choices.index(answer)] }}", "B");
        check(
            "{% for c in choices %}{{loop.index}}. {{c}}\n{% endfor %}",
            "1. a\n2. it's\n",
        );
        check(
            "{{question|regex_replace('(W)(h)', '\\\\2\\\\1')}}",
            " hWat? ",
        );
        check("{{choices|length}} {{choices|join(', ')}}", "2 a, it's");
        check("{{answer[0]|upper}}{{answer[1:]}}", "It's");
        check("{{question.split('h')[0]}}|{{n|string}}", " W|3");
        check("{{'yes' if n == 3 else 'no'}}", "yes");
        check(
            "[{{absent if absent is defined}}][{{n if n is defined}}]",
            "[][3]",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        for source in [
            "{{absent}}",
            "{{nested.absent.more}}",
            "{% if %}",
            "{{choices.index('z')}}",
        ] {
            assert!(
                Templates::default().render(source, &document()).is_err(),
                "{source}"
            );
        }
        let endless =
            "{% for a in range(10000) %}{% for b in range(10000) %}x{% endfor %}{% endfor %}";
        assert!(Templates::default().render(endless, &document()).is_err());
    }
}
