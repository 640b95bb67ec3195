//! Tables of any make: the user says which column is what.
//!
//! `question=prompt,answer=label,choices=[a,b,c]` names for each key of a case the column that it comes from, by its name, by a
//! dotted path within a nested value, or in brackets as a list of such.

use std::str::FromStr;

use weigh_core::suite::Template;

use super::super::draft::{Draft, Kind, literal, scalar, slug, tags};
use super::source::{self, Assignment, Source, is_filled, without_empty_end};
use crate::lm_eval::python::{self, Python};

/// Keys of a case that are no fields of its prompt.
const KEYS: [&str; 15] = [
    "system",
    "id",
    "family",
    "variant",
    "tier",
    "tags",
    "choices",
    "answer",
    "number",
    "contains_any",
    "contains_all",
    "pattern",
    "expect",
    "better",
    "worse",
];
/// The key of a case that is only a text.
const TEXT: &str = "text";

/// What becomes of the columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    /// Key of a case and where it comes from. Empty: columns are called as keys are.
    pub map: Vec<Assignment>,
    /// Keys that are the same in every case.
    pub same: Vec<(String, String)>,
    /// The prompt. None: `{question}`, with the choices below it where letters are scored.
    pub prompt: Option<String>,
    /// Whether letters of choices are scored and not their texts.
    pub by_letter: bool,
    /// The number of the first choice where answers are numbers.
    pub first: i64,
}

impl FromStr for Columns {
    type Err = String;

    /// Reads a column map.
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self {
            map: source::map(text)?,
            ..Self::default()
        })
    }
}

impl Columns {
    /// The template of the prompt.
    pub(in super::super) fn template(&self, kind: Kind) -> String {
        let usual = if kind == Kind::Letter {
            "{question}\n{choices}\n"
        } else {
            "{question}"
        };
        self.prompt.clone().unwrap_or_else(|| usual.to_owned())
    }

    /// The case of a row.
    pub(super) fn draft(&self, row: &Python) -> Result<Draft, String> {
        let mut given: Vec<(String, Python)> = Vec::new();
        if self.map.is_empty() {
            given.extend(own_names(row));
        }
        for Assignment { key, source } in &self.map {
            given.push((key.clone(), source.of(row)?));
        }
        for (key, text) in &self.same {
            given.retain(|(other, _)| other != key);
            given.push((key.clone(), Python::Text(text.clone())));
        }
        let has = |key: &str| given.iter().any(|(other, _)| other == key);
        let kind = match () {
            () if has("choices") && self.by_letter => Kind::Letter,
            () if has("choices") => Kind::Choice,
            () if has("better") => Kind::Pair,
            () if has(TEXT) => Kind::Likelihood,
            () => Kind::Generate,
        };
        self.fields(row, kind, &mut given)?;
        let mut draft = Draft::new(kind);
        let choices = given.iter().find(|(key, _)| key == "choices");
        let choices = choices
            .map(|(_, choices)| texts("choices", choices))
            .transpose()?;
        for (key, value) in &given {
            draft = self.key(draft, key, value, choices.as_deref())?;
        }
        Ok(draft)
    }

    /// The columns of `row` that nothing is made of.
    pub(in super::super) fn unread(&self, row: &Python) -> Vec<String> {
        let Python::Dict(cells) = row else {
            return Vec::new();
        };
        let paths = self
            .map
            .iter()
            .flat_map(|assignment| assignment.source.paths());
        let paths: Vec<&str> = paths.collect();
        let template = Template::parse(&self.template(Kind::Generate));
        let fields: Vec<&str> = template.iter().flat_map(Template::fields).collect();
        let letter =
            |name: &str| name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_own = |name: &str| self.map.is_empty() && (is_key(name) || letter(name));
        let is_read = |name: &str| {
            let within = |path: &&str| {
                path.strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            paths.iter().any(within) || fields.contains(&name) || is_own(name)
        };
        let names = cells.iter().map(|(name, _)| name);
        names.filter(|name| !is_read(name)).cloned().collect()
    }

    /// Adds the columns that the prompt names.
    fn fields(
        &self,
        row: &Python,
        kind: Kind,
        given: &mut Vec<(String, Python)>,
    ) -> Result<(), String> {
        if matches!(kind, Kind::Pair | Kind::Likelihood) {
            return Ok(());
        }
        let template = self.template(kind);
        let template = Template::parse(&template).map_err(|_| {
            "the prompt has a brace that stands alone: write `{name}` for a column, `{{` and `}}` for braces"
        })?;
        for field in template.fields().filter(|field| *field != "choices") {
            if given.iter().all(|(key, _)| key != field) {
                let found = Source::One(field.to_owned()).of(row).map_err(|message| {
                    format!("the prompt names `{field}`, and {message}: say `--map {field}=COLUMN`")
                })?;
                given.push((field.to_owned(), found));
            }
        }
        Ok(())
    }

    fn key(
        &self,
        draft: Draft,
        key: &str,
        value: &Python,
        choices: Option<&[String]>,
    ) -> Result<Draft, String> {
        Ok(match key {
            "id" => draft.with_id(scalar(key, value)?),
            "family" | "variant" => draft.text(key, slug(&scalar(key, value)?)),
            "tags" => tags(draft, texts(key, value)?.iter().map(String::as_str)),
            "choices" => draft.texts(key, choices.unwrap_or_default().to_vec()),
            "answer" => match (choices, value) {
                (Some(choices), Python::List(items)) => {
                    let items = items.iter().map(|item| self.answer(item, choices));
                    draft.value(key, Python::List(items.collect::<Result<_, _>>()?))
                }
                (Some(choices), value) => draft.value(key, self.answer(value, choices)?),
                (None, value) => draft.texts(key, texts(key, value)?),
            },
            "contains_any" | "contains_all" => draft.texts(key, texts(key, value)?),
            "system" => draft.text(key, literal(&scalar(key, value)?)),
            _ => draft.text(key, scalar(key, value)?),
        })
    }

    /// A right choice: its text or letter, or a number that counts from the first one's. The text of a choice
    /// goes before its number.
    fn answer(&self, value: &Python, choices: &[String]) -> Result<Python, String> {
        let said = scalar("answer", value)?;
        let said = said.trim();
        if choices.iter().any(|choice| choice.trim() == said) {
            return Ok(Python::Text(said.to_owned()));
        }
        let Ok(number) = said.parse::<i64>() else {
            return Ok(Python::Text(said.to_owned()));
        };
        let index = number.checked_sub(self.first).filter(|index| *index >= 0);
        let fits =
            index.filter(|index| usize::try_from(*index).is_ok_and(|index| index < choices.len()));
        fits.map(Python::Int).ok_or_else(|| {
            let (count, first) = (choices.len(), self.first);
            format!("`answer` is {number}, which is none of the {count} choices counted from {first} (`--index-from`)")
        })
    }
}

fn is_key(name: &str) -> bool {
    KEYS.contains(&name) || name == TEXT
}

/// What a row has under the names that cases have: `A`, `B` and so on are choices.
fn own_names(row: &Python) -> Vec<(String, Python)> {
    let Python::Dict(cells) = row else {
        return Vec::new();
    };
    let named = cells
        .iter()
        .filter(|(name, value)| is_key(name) && is_filled(value));
    let mut given: Vec<(String, Python)> = named.cloned().collect();
    let letters = ('A'..='Z').map_while(|letter| row.get(&letter.to_string()));
    let choices = without_empty_end(letters.cloned().collect());
    if !choices.is_empty() && given.iter().all(|(key, _)| key != "choices") {
        given.push(("choices".to_owned(), Python::List(choices)));
    }
    given
}

/// A text or several. A cell may hold a list as Python or JSON writes it.
fn texts(key: &str, value: &Python) -> Result<Vec<String>, String> {
    let list = match value {
        Python::List(items) => Some(items.clone()),
        Python::Text(text) if text.trim().starts_with('[') => match python::literal(text) {
            Some(Python::List(items)) => Some(items),
            Some(_) | None => None,
        },
        Python::None
        | Python::Bool(_)
        | Python::Int(_)
        | Python::Float(_)
        | Python::Text(_)
        | Python::Dict(_) => None,
    };
    match list {
        Some(items) => items.iter().map(|item| scalar(key, item)).collect(),
        None => Ok(vec![scalar(key, value)?]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(columns: &str, row: &str) -> String {
        let columns = if columns.is_empty() {
            Ok(Columns::default())
        } else {
            columns.parse::<Columns>()
        };
        let row: Python = serde_json::from_str(row).unwrap();
        match columns.and_then(|columns| columns.draft(&row)) {
            Ok(draft) => {
                let keys = Python::Dict(draft.keys).repr();
                format!("{:?} {} {keys}", draft.kind, draft.id.unwrap_or_default())
            }
            Err(message) => message,
        }
    }

    #[test]
    fn columns_become_keys() {
        let check = |columns: &str, row: &str, expect: &str| assert_eq!(told(columns, row), expect);
        let row =
            r#"{"q": "2+2?", "o": [{"t": "3"}, {"t": "4"}], "l": {"n": "1"}, "x.y": "no, 5"}"#;
        check(
            "question=q,choices=o.t,answer=l.n,id=l.n",
            row,
            "Choice 1 {'question': '2+2?', 'choices': ['3', '4'], 'answer': 1}",
        );
        check(
            "question=q,choices=[o.0.t, \"x.y\"],answer=x.y",
            row,
            "Choice  {'question': '2+2?', 'choices': ['3', 'no, 5'], 'answer': 'no, 5'}",
        );
        check(
            "question=q,answer=l.m",
            row,
            "there is no column `m`; there are `n`",
        );
        check(
            "answer=q",
            row,
            "the prompt names `question`, and there is no column `question`; there are `q`, `o`, `l`, `x.y`: say `--map question=COLUMN`",
        );
        check(
            "",
            r#"{"question": "q", "A": "x", "B": "", "C": "z", "D": "", "answer": "C"}"#,
            "Choice  {'answer': 'C', 'choices': ['x', '', 'z'], 'question': 'q'}",
        );
        check(
            "question=q,choices",
            row,
            "expected KEY=COLUMN, found `choices`",
        );
        check(
            "question=[q",
            row,
            "a bracket or quotation mark is not closed in `question=[q`",
        );
        let twice = "the key `question` stands twice";
        check("question=q,question=l", row, twice);
        check("question=", row, "expected a column behind `question=`");
        check(
            "question=q,choices=c,answer=a",
            r#"{"q": "x", "c": "['u', 'v']", "a": "2"}"#,
            "`answer` is 2, which is none of the 2 choices counted from 0 (`--index-from`)",
        );
    }
}
