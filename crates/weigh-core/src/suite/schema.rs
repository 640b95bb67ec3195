//! JSON Schema (draft 2020-12) of a suite's head and of a case, out of the tables that are read by.

use serde_json::{Map, Value, json};

use super::case::{SPEAKERS, TIERS};
use super::expect::{CONTEXTS, EXPECTS, ROLES};
use super::extras::{BY, KINDS, MOST_SHOTS, MOST_TOKENS};
use super::head::FORMAT;
use super::keys::{KEYS, OF_REPLY, Shape};
use crate::json::GREATEST_INTEGER;
use crate::measure::MeasureName;

/// What an id looks like.
const ID: &str = "^[A-Za-z0-9._-]{1,64}$";
/// What a tag looks like.
const TAG: &str = "^[A-Za-z0-9._:/-]{1,64}$";
/// What a language tag looks like.
const LANGUAGE: &str = "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$";

/// The schema: `$defs` has `head` (suite.toml), `case` (a line of a cases file) and `file` (a suite
/// in one file); the whole is a head.
#[must_use]
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Weighhouse suite",
        "$ref": "#/$defs/head",
        "$defs": {
            "head": object(head(), &["format", "id", "version", "title", "licence", "authors", "sources", "canary", "task", "measures"]),
            "file": object(file(), &["task", "cases"]),
            "case": case(),
            "canary": object(object_of([("canary", text())]), &["canary"]),
            "prompt": object(prompt(), &[]),
        }
    })
}

fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn object_of<const N: usize>(properties: [(&str, Value); N]) -> Map<String, Value> {
    let owned = properties.map(|(key, value)| (key.to_owned(), value));
    owned.into_iter().collect()
}

fn text() -> Value {
    json!({"type": "string"})
}

fn filled() -> Value {
    json!({"type": "string", "minLength": 1})
}

fn texts() -> Value {
    json!({"type": "array", "items": filled(), "minItems": 1})
}

fn like(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

fn one_of<T>(words: &[(&str, T)]) -> Value {
    let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    json!({"enum": words})
}

fn head() -> Map<String, Value> {
    let words = MeasureName::words();
    let measures: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let title = json!({
        "type": "object",
        "propertyNames": like(LANGUAGE),
        "additionalProperties": filled(),
        "required": ["en"],
    });
    let prompts = json!({
        "type": "object",
        "propertyNames": {"anyOf": [{"const": "default"}, like(LANGUAGE)]},
        "additionalProperties": {"$ref": "#/$defs/prompt"},
    });
    object_of([
        ("format", json!({"const": FORMAT})),
        ("id", like("^[A-Za-z0-9._-]{1,64}/[A-Za-z0-9._-]{1,64}$")),
        ("version", like("^[0-9]+\\.[0-9]+\\.[0-9]+")),
        ("title", title),
        ("licence", filled()),
        ("authors", texts()),
        ("sources", texts()),
        ("canary", filled()),
        (
            "tags",
            json!({"type": "array", "items": like(TAG), "uniqueItems": true}),
        ),
        ("parallel", json!({"type": "boolean"})),
        (
            "task",
            json!({"anyOf": [one_of(&KINDS), object(task(), &["kind"])]}),
        ),
        ("prompt", json!({"anyOf": [text(), prompts]})),
        ("few_shot", object(few_shot(), &["count"])),
        ("judge", object(judge(), &["model", "sha256", "rubric"])),
        ("embedding", object(other_model(), &["model", "sha256"])),
        ("perturb", object(perturb(), &["transforms"])),
        (
            "measures",
            json!({"type": "array", "items": {"enum": measures}, "minItems": 1, "uniqueItems": true}),
        ),
    ])
}

fn task() -> Map<String, Value> {
    object_of([
        ("kind", one_of(&KINDS)),
        ("by", one_of(&BY)),
        (
            "max_tokens",
            json!({"type": "integer", "minimum": 1, "maximum": MOST_TOKENS}),
        ),
        ("stop", json!({"type": "array", "items": filled()})),
    ])
}

fn prompt() -> Map<String, Value> {
    let turn = object_of([
        ("role", json!({"enum": ["system", "user", "assistant"]})),
        ("content", filled()),
    ]);
    let turns =
        json!({"type": "array", "items": object(turn, &["role", "content"]), "minItems": 1});
    object_of([
        ("template", text()),
        ("delimiter", text()),
        ("turn", turns),
        ("control", text()),
        (
            "letters",
            json!({"type": "array", "items": filled(), "minItems": 2, "uniqueItems": true}),
        ),
    ])
}

fn few_shot() -> Map<String, Value> {
    object_of([
        (
            "count",
            json!({"type": "integer", "minimum": 1, "maximum": MOST_SHOTS}),
        ),
        ("separator", text()),
    ])
}

fn judge() -> Map<String, Value> {
    let rubric = object_of([("template", filled()), ("yes", filled()), ("no", filled())]);
    let rubrics = json!({
        "type": "object",
        "propertyNames": {"anyOf": [{"const": "default"}, like(LANGUAGE)]},
        "additionalProperties": object(rubric, &["template", "yes", "no"]),
        "minProperties": 1,
    });
    let mut judge = other_model();
    judge.extend(object_of([("rubric", rubrics)]));
    judge
}

/// Another model, and the identity that it must have.
fn other_model() -> Map<String, Value> {
    object_of([("model", like(ID)), ("sha256", like("^[0-9a-f]{64}$"))])
}

fn perturb() -> Map<String, Value> {
    object_of([
        ("transforms", texts()),
        ("fields", json!({"type": "array", "items": like(ID)})),
        ("tiers", json!({"type": "array", "items": one_of(&TIERS)})),
        (
            "seed",
            json!({"type": "integer", "minimum": 0, "maximum": GREATEST_INTEGER}),
        ),
    ])
}

/// A suite in one file: a head that may leave things out, with its cases.
fn file() -> Map<String, Value> {
    let mut file = head();
    let cases = json!({"type": "array", "items": {"$ref": "#/$defs/case"}, "minItems": 1});
    file.insert("language".to_owned(), like(LANGUAGE));
    file.insert("cases".to_owned(), cases.clone());
    file.insert("shots".to_owned(), cases);
    if let Some(title) = file.get_mut("title") {
        *title = json!({"anyOf": [filled(), title.take()]});
    }
    file
}

/// A case. Its other keys are fields, which are texts.
fn case() -> Value {
    let mut properties = Map::new();
    for key in KEYS {
        let mut value = shape(key.shape);
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), Value::String(key.says.to_owned()));
        }
        properties.insert(key.name.to_owned(), value);
    }
    let replies = OF_REPLY.map(|key| json!({"required": [key]}));
    json!({
        "type": "object",
        "properties": properties,
        "required": ["id"],
        "additionalProperties": text(),
        "anyOf": [
            {"required": ["choices", "answer"]},
            {"required": ["better", "worse"]},
            {"required": ["text"]},
            {"oneOf": replies},
        ],
    })
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Id => like(ID),
        Shape::Tier => one_of(&TIERS),
        Shape::Tags => json!({"type": "array", "items": like(TAG), "uniqueItems": true}),
        Shape::Text => filled(),
        Shape::Texts => json!({"type": "array", "items": filled(), "minItems": 2}),
        Shape::TextOrTexts => json!({"anyOf": [filled(), texts()]}),
        Shape::Answer => {
            let index = json!({"type": "integer", "minimum": 0});
            let indices = json!({"type": "array", "items": index, "minItems": 1});
            json!({"anyOf": [index, indices, filled(), texts()]})
        }
        Shape::Number => json!({"type": ["number", "string"]}),
        Shape::Expect => json!({"enum": EXPECTS}),
        Shape::Roles => json!({"type": "array", "items": one_of(&ROLES)}),
        Shape::Context => one_of(&CONTEXTS),
        Shape::Turns => {
            let turn = object_of([("role", one_of(&SPEAKERS)), ("content", filled())]);
            json!({"type": "array", "items": object(turn, &["role", "content"]), "minItems": 1})
        }
        Shape::Instructions => json!({
            "type": "array",
            "items": {"type": "object", "properties": {"id": filled()}, "required": ["id"]},
            "minItems": 1,
        }),
    }
}
