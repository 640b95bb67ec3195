//! Tests of promptfoo (<https://www.promptfoo.dev/docs/configuration/reference>): prompts with `{{variables}}`, and for each test
//! their values and one assertion that a rule can check.

use super::super::draft::{Draft, Kind, list, value, wrong};
use crate::lm_eval::python::Python;
use crate::lm_eval::yaml::{self, Node, Place, Yaml};
use crate::rows::{self, Read, Row, RowFault, names, short};

/// The assertions that are read.
const KNOWN: [&str; 10] = [
    "equals",
    "contains",
    "icontains",
    "contains-any",
    "icontains-any",
    "contains-all",
    "icontains-all",
    "regex",
    "is-refusal",
    "not-is-refusal",
];

/// A row for each test: `prompts`, `vars` and `assert`, the test's defaults included.
pub(in super::super) fn tests(bytes: &[u8]) -> Result<Vec<Read>, RowFault> {
    let text = rows::text(rows::without_mark(bytes), 1)?;
    let document = yaml::parse(text).map_err(|fault| at(fault.place, &fault.message))?;
    // A file of tests alone is a list.
    let (tests, prompts) = match &document.node {
        Node::List(_) => (&document, Vec::new()),
        Node::Map(_) | Node::Scalar(_) | Node::Function(_) => {
            let missing = || at(document.place, "expected `prompts` and `tests`");
            let tests = document.get("tests").ok_or_else(missing)?;
            (tests, prompts(&document)?)
        }
    };
    let Node::List(items) = &tests.node else {
        let message =
            "expected a list of tests; a table elsewhere is imported with `weigh import csv`";
        return Err(at(tests.place, message));
    };
    let default = document.get("defaultTest");
    let row = |test: &Yaml| {
        let (mut vars, mut asserts) = (Vec::new(), Vec::new());
        for part in default.into_iter().chain([test]) {
            if let Some(Python::Dict(more)) = part.get("vars").map(Yaml::plain) {
                vars.retain(|(key, _)| more.iter().all(|(other, _)| other != key));
                vars.extend(more);
            }
            if let Some(Python::List(more)) = part.get("assert").map(Yaml::plain) {
                asserts.extend(more);
            }
        }
        let value = Python::Dict(vec![
            ("prompts".to_owned(), Python::List(prompts.clone())),
            ("vars".to_owned(), Python::Dict(vars)),
            ("assert".to_owned(), Python::List(asserts)),
        ]);
        let line = test.place.line;
        match test.node {
            Node::Map(_) => Ok(Row { line, value }),
            Node::Scalar(_) | Node::Function(_) | Node::List(_) => {
                Err(at(test.place, "expected a test with `vars` and `assert`"))
            }
        }
    };
    Ok(items.iter().map(row).collect())
}

fn at(place: Place, message: &str) -> RowFault {
    RowFault {
        line: place.line,
        column: place.column,
        message: message.to_owned(),
    }
}

/// The prompts, as texts.
fn prompts(document: &Yaml) -> Result<Vec<Python>, RowFault> {
    let missing = || at(document.place, "expected `prompts`");
    let prompts = document.get("prompts").ok_or_else(missing)?;
    let items = match &prompts.node {
        Node::List(items) => items.as_slice(),
        Node::Map(_) | Node::Scalar(_) | Node::Function(_) => std::slice::from_ref(prompts),
    };
    let text = |item: &Yaml| {
        let text = item.as_text().or_else(|| item.get("raw")?.as_text());
        let is_path = |text: &str| text.starts_with("file://") || text.starts_with("exec:");
        match text {
            Some(text) if !is_path(text) && !text.trim().is_empty() => {
                Ok(Python::Text(text.to_owned()))
            }
            Some(_) | None => {
                let message = "expected the text of a prompt: files and programs are not read";
                Err(at(item.place, message))
            }
        }
    };
    items.iter().map(text).collect()
}

/// The cases of a test: one for each prompt.
pub(super) fn drafts(row: &Python) -> Result<Vec<Draft>, String> {
    let vars = value(row, "vars")?;
    let prompts = list(row, "prompts")?;
    let alone = [Python::Text("{{prompt}}".to_owned())];
    let prompts = if prompts.is_empty() { &alone } else { prompts };
    let mut drafts = Vec::new();
    for (number, prompt) in (1..).zip(prompts) {
        let text = filled(prompt.as_text().unwrap_or_default(), vars)?;
        let mut draft = expectation(
            Draft::new(Kind::Generate).text("prompt", text),
            list(row, "assert")?,
            vars,
        )?;
        if prompts.len() > 1 {
            draft.prompt = Some(number);
        }
        drafts.push(draft);
    }
    Ok(drafts)
}

/// A text with the values of its variables.
fn filled(template: &str, vars: &Python) -> Result<String, String> {
    if template.contains("{%") || template.contains("{#") {
        return Err(
            "the prompt has statements `{% %}`, and only `{{variables}}` are filled in".to_owned(),
        );
    }
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or("a `{{` is not closed")?;
        let name = name.trim();
        let found = match vars.get(name) {
            Some(Python::List(_) | Python::Dict(_)) => {
                return Err(format!(
                    "the variable `{}` is a list or an object, expected one value",
                    short(name)
                ));
            }
            Some(value)
                if value
                    .as_text()
                    .is_some_and(|text| text.starts_with("file://")) =>
            {
                return Err(format!(
                    "the variable `{}` is a file, which is not read",
                    short(name)
                ));
            }
            Some(value) => value.to_string(),
            None => {
                let Python::Dict(there) = vars else {
                    return Err("expected `vars` with names and values".to_owned());
                };
                let there = names(there.iter().map(|(name, _)| name.as_str()));
                return Err(format!(
                    "the prompt names `{}`; there are {there}",
                    short(name)
                ));
            }
        };
        text.push_str(before);
        text.push_str(&found);
        rest = after;
    }
    Ok(text + rest)
}

/// What is expected: one assertion, or several `contains`; without any, every reply is taken.
fn expectation(draft: Draft, asserts: &[Python], vars: &Python) -> Result<Draft, String> {
    let mut read = Vec::new();
    for assert in asserts {
        let kind = value(assert, "type")?;
        let kind = kind
            .as_text()
            .ok_or_else(|| wrong("type", kind, "a text"))?;
        if !KNOWN.contains(&kind) {
            return Err(format!(
                "the assertion `{}` is none that a rule here checks: those are {}",
                short(kind),
                names(KNOWN)
            ));
        }
        for option in ["transform", "threshold"] {
            if assert.get(option).is_some() {
                return Err(format!(
                    "the assertion `{kind}` has a `{option}`, which is not read"
                ));
            }
        }
        read.push((kind, assert));
    }
    let all_contain = |(kind, _): &(&str, &Python)| matches!(*kind, "contains" | "icontains");
    match read.as_slice() {
        [] => Ok(draft.text("expect", "open")),
        [("equals", assert)] => Ok(draft.texts("answer", values(assert, vars)?)),
        [("regex", assert)] => Ok(draft.text("pattern", values(assert, vars)?.concat())),
        [("is-refusal", _)] => Ok(draft.text("expect", "refusal")),
        [("not-is-refusal", _)] => Ok(draft.text("expect", "compliance")),
        [("contains-any" | "icontains-any", assert)] => {
            Ok(draft.texts("contains_any", values(assert, vars)?))
        }
        [("contains-all" | "icontains-all", assert)] => {
            Ok(draft.texts("contains_all", values(assert, vars)?))
        }
        several if several.iter().all(all_contain) => {
            let mut texts = Vec::new();
            for (_, assert) in several {
                texts.extend(values(assert, vars)?);
            }
            Ok(draft.texts("contains_all", texts))
        }
        several => {
            let kinds = names(several.iter().map(|(kind, _)| *kind));
            Err(format!(
                "the test has the assertions {kinds}, expected one, or `contains` only"
            ))
        }
    }
}

/// The value of an assertion: a text or several, with variables filled in.
fn values(assert: &Python, vars: &Python) -> Result<Vec<String>, String> {
    match value(assert, "value")? {
        Python::List(items) => items
            .iter()
            .map(|item| filled(&item.to_string(), vars))
            .collect(),
        Python::Dict(_) | Python::None => Err("`value` is no text and no list of texts".to_owned()),
        value @ (Python::Bool(_) | Python::Int(_) | Python::Float(_) | Python::Text(_)) => {
            Ok(vec![filled(&value.to_string(), vars)?])
        }
    }
}
