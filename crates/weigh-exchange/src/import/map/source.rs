//! Where a key of a case comes from: the map of columns, and values at a place within a row.

use weigh_core::names::is_id;

use crate::lm_eval::python::Python;
use crate::rows::{names, short};

/// A key of a case and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The key.
    pub key: String,
    /// Where it comes from.
    pub source: Source,
}

/// Where a key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A column, or a path within one.
    One(String),
    /// A list of such.
    List(Vec<String>),
}

/// Reads a map: `KEY=COLUMN` with commas between.
///
/// # Errors
/// The first part that is none.
pub fn map(text: &str) -> Result<Vec<Assignment>, String> {
    let mut map: Vec<Assignment> = Vec::new();
    for part in parts(text)? {
        let next = assignment(part)?;
        if map.iter().any(|other| other.key == next.key) {
            return Err(format!("the key `{}` stands twice", next.key));
        }
        map.push(next);
    }
    Ok(map)
}

fn assignment(part: &str) -> Result<Assignment, String> {
    let (key, source) = part
        .split_once('=')
        .ok_or_else(|| format!("expected KEY=COLUMN, found `{}`", short(part)))?;
    let key = key.trim();
    if !is_id(key) {
        return Err(format!("`{}` is no key of a case", short(key)));
    }
    let source = Source::read(source.trim())?;
    if source.paths().iter().any(|path| path.is_empty()) {
        return Err(format!("expected a column behind `{key}=`"));
    }
    Ok(Assignment {
        key: key.to_owned(),
        source,
    })
}

/// The name of a column, which may stand in quotation marks.
fn column(text: &str) -> String {
    let text = text.trim();
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    inner.unwrap_or(text).to_owned()
}

/// The parts of a list between commas that stand in no brackets and no quotation marks.
fn parts(text: &str) -> Result<Vec<&str>, String> {
    let (mut parts, mut start, mut open, mut quoted) = (Vec::new(), 0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '[' if !quoted && !open => open = true,
            ']' if !quoted && open => open = false,
            ',' if !quoted && !open => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    if open || quoted {
        return Err(format!(
            "a bracket or quotation mark is not closed in `{}`",
            short(text)
        ));
    }
    parts.push(text.get(start..).unwrap_or_default());
    Ok(parts)
}

impl Source {
    /// The columns and paths.
    pub fn paths(&self) -> Vec<&str> {
        match self {
            Self::One(path) => vec![path],
            Self::List(paths) => paths.iter().map(String::as_str).collect(),
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        let inner = text
            .strip_prefix('[')
            .and_then(|inner| inner.strip_suffix(']'));
        Ok(match inner {
            Some(inner) => Self::List(parts(inner)?.into_iter().map(column).collect()),
            None => Self::One(column(text)),
        })
    }

    /// What a row has there.
    pub fn of(&self, row: &Python) -> Result<Python, String> {
        match self {
            Self::One(path) => at(row, path),
            Self::List(paths) => {
                let values = paths.iter().map(|path| at(row, path));
                let values: Vec<Python> = values.collect::<Result<_, _>>()?;
                Ok(Python::List(without_empty_end(values)))
            }
        }
    }
}

/// The value of a column, or at a dotted path: a number counts the items of a list from 0, another word is asked of
/// each of them.
fn at(value: &Python, path: &str) -> Result<Python, String> {
    if let Some(found) = value.get(path) {
        return Ok(found.clone());
    }
    let (step, rest) = match path.split_once('.') {
        Some((step, rest)) => (step, Some(rest)),
        None => (path, None),
    };
    let found = match (value.as_list(), step.parse::<usize>()) {
        (Some(items), Ok(index)) => items.get(index),
        (Some(items), Err(_)) => {
            let inner = items.iter().map(|item| at(item, path));
            return Ok(Python::List(inner.collect::<Result<_, _>>()?));
        }
        (None, _) => value.get(step),
    };
    match (found, rest) {
        (Some(found), Some(rest)) => at(found, rest),
        (Some(found), None) => Ok(found.clone()),
        (None, _) => Err(missing(value, step)),
    }
}

fn missing(value: &Python, step: &str) -> String {
    let there = if let Python::Dict(there) = value {
        names(there.iter().map(|(name, _)| name.as_str()))
    } else {
        short(&value.repr())
    };
    format!("there is no column `{}`; there are {there}", short(step))
}

/// `values` without the empty ones at the end. One before the end stays, and is refused with its row: letters and numbers of
/// the answers count it.
pub fn without_empty_end(mut values: Vec<Python>) -> Vec<Python> {
    while values.last().is_some_and(|last| !is_filled(last)) {
        values.pop();
    }
    values
}

/// Whether a cell has something in it.
pub fn is_filled(value: &Python) -> bool {
    !matches!(value, Python::None) && value.as_text() != Some("")
}
