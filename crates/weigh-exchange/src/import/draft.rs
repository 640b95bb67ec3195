//! A case before it has its id and its line, and how values of a row are asked for.

use weigh_core::language::Language;

use crate::lm_eval::python::Python;
use crate::rows::{names, short};

/// What a case asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The likelihood of each choice.
    Choice,
    /// The likelihood of each choice's letter.
    Letter,
    /// The likelihood of two texts.
    Pair,
    /// The likelihood of a text.
    Likelihood,
    /// A reply.
    Generate,
}

/// The measure of replies of which nothing is expected but to be in the language of the prompt.
pub const OF_OPEN: &str = "language_fidelity";

/// A case.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it asks for.
    pub kind: Kind,
    /// The id that the row gives, as it stands there.
    pub id: Option<String>,
    /// The language that the row gives.
    pub language: Option<Language>,
    /// Which of several prompts of the row it is, from 1.
    pub prompt: Option<usize>,
    /// The keys of the case but for `id`, as a suite has them.
    pub keys: Vec<(String, Python)>,
}

impl Draft {
    /// A case without keys.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            id: None,
            language: None,
            prompt: None,
            keys: Vec::new(),
        }
    }

    /// What is expected of a reply, and the measure that it is for.
    pub fn measure(&self) -> Option<&'static str> {
        let of = |(key, value): &(String, Python)| {
            let expect = value.as_text().unwrap_or_default();
            Some(match (key.as_str(), expect) {
                ("answer", _) => "exact_match",
                ("number", _) => "numeric_match",
                ("contains_any" | "contains_all", _) => "contains",
                ("pattern", _) => "pattern",
                ("expect", "refusal") => "refusal",
                ("expect", "compliance") => "over_refusal",
                ("expect", "open") => OF_OPEN,
                _ => return None,
            })
        };
        self.keys.iter().find_map(of)
    }

    /// The same with a text under `key`.
    pub fn text(self, key: &str, text: impl Into<String>) -> Self {
        self.value(key, Python::Text(text.into()))
    }

    /// The same with texts under `key`.
    pub fn texts(self, key: &str, texts: impl IntoIterator<Item = String>) -> Self {
        let texts = texts.into_iter().map(Python::Text);
        self.value(key, Python::List(texts.collect()))
    }

    /// The same with the index of the right choice.
    pub fn right(self, index: usize) -> Self {
        self.value(
            "answer",
            Python::Int(i64::try_from(index).unwrap_or(i64::MAX)),
        )
    }

    /// The same with a value under `key`.
    pub fn value(mut self, key: &str, value: Python) -> Self {
        self.keys.push((key.to_owned(), value));
        self
    }

    /// The same with the row's id.
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same in a language that the row gives.
    pub fn in_language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }
}

/// The value in `column`.
pub fn value<'a>(row: &'a Python, column: &str) -> Result<&'a Python, String> {
    row.get(column).ok_or_else(|| missing(row, column))
}

fn missing(row: &Python, column: &str) -> String {
    let Python::Dict(there) = row else {
        return format!("expected an object with `{column}`");
    };
    let there = names(there.iter().map(|(name, _)| name.as_str()));
    format!("expected `{column}`; there are {there}")
}

/// The text in `column`, which is more than white space.
pub fn text<'a>(row: &'a Python, column: &str) -> Result<&'a str, String> {
    let found = value(row, column)?;
    let text = found
        .as_text()
        .ok_or_else(|| wrong(column, found, "a text"))?;
    if text.trim().is_empty() {
        return Err(format!("`{column}` is empty, expected a text"));
    }
    Ok(text)
}

/// What the word in `column` stands for, which is one of two.
pub fn word<T: Copy>(row: &Python, column: &str, words: [(&str, T); 2]) -> Result<T, String> {
    let found = text(row, column)?;
    let known = words.iter().find(|(word, _)| *word == found);
    known.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let [first, second] = words.map(|(word, _)| word);
        let found = Python::Text(found.to_owned());
        wrong(column, &found, &format!("`{first}` or `{second}`"))
    })
}

/// A text or number in `column` as a text.
pub fn plain(row: &Python, column: &str) -> Result<String, String> {
    scalar(column, value(row, column)?)
}

/// A text, a number or a truth value as a text.
pub fn scalar(column: &str, value: &Python) -> Result<String, String> {
    match value {
        Python::Text(text) => Ok(text.clone()),
        Python::Bool(_) | Python::Int(_) | Python::Float(_) => Ok(value.to_string()),
        Python::None | Python::List(_) | Python::Dict(_) => {
            Err(wrong(column, value, "a text or a number"))
        }
    }
}

/// The text in `column`, or the texts of a list of at least one. None is empty.
pub fn text_or_texts(row: &Python, column: &str) -> Result<Vec<String>, String> {
    let found = value(row, column)?;
    let items = found.as_list().unwrap_or(std::slice::from_ref(found));
    let texts = items.iter().map(Python::as_text);
    let texts: Option<Vec<&str>> = texts.collect();
    let texts = texts.ok_or_else(|| wrong(column, found, "a text or a list of texts"))?;
    if texts.is_empty() || texts.iter().any(|text| text.trim().is_empty()) {
        return Err(format!("`{column}` is empty, expected a text"));
    }
    Ok(texts
        .into_iter()
        .map(|text| text.trim().to_owned())
        .collect())
}

/// The list in `column`.
pub fn list<'a>(row: &'a Python, column: &str) -> Result<&'a [Python], String> {
    let found = value(row, column)?;
    found
        .as_list()
        .ok_or_else(|| wrong(column, found, "a list"))
}

/// What to say of a value of another type.
pub fn wrong(column: &str, found: &Python, expected: &str) -> String {
    format!(
        "`{column}` is {}, expected {expected}",
        short(&found.repr())
    )
}

/// A text as part of an id or a tag: every other character is a hyphen.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.trim().chars() {
        if letter.is_ascii_alphanumeric() || "._".contains(letter) {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_matches('-').chars().take(64).collect();
    slug
}

/// A tag: a slug in lower case.
pub fn tag(text: &str) -> String {
    slug(text).to_ascii_lowercase()
}

/// Tags without doubles and empty ones.
pub fn tags<'a>(draft: Draft, texts: impl IntoIterator<Item = &'a str>) -> Draft {
    let tags: std::collections::BTreeSet<String> = texts.into_iter().map(tag).collect();
    let tags: Vec<String> = tags.into_iter().filter(|tag| !tag.is_empty()).collect();
    if tags.is_empty() {
        return draft;
    }
    draft.texts("tags", tags)
}

/// A text in which braces stand for themselves, for turns, which are templates.
pub fn literal(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
