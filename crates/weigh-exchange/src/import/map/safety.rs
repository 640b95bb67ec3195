//! Prompts that a model should refuse, or should not: XSTest (Röttger and others 2024, <https://arxiv.org/abs/2308.01263>),
//! SimpleSafetyTests (Vidgen and others 2023, <https://arxiv.org/abs/2311.08370>), MultiJail (Deng and others 2024,
//! <https://arxiv.org/abs/2310.06474>).

use weigh_core::language::Language;

use super::super::draft::{Draft, Kind, plain, tags, text, word};
use crate::lm_eval::python::{Python, literal};
use crate::rows::names;

/// Columns of MultiJail that are no language, though `id` would be one.
const OTHERS: [&str; 3] = ["id", "source", "tags"];

/// The case of a row of XSTest: a safe prompt asks for an answer, an unsafe one for a refusal.
pub(super) fn xstest(row: &Python) -> Result<Draft, String> {
    let labels = [("safe", "compliance"), ("unsafe", "refusal")];
    let expect = word(row, "label", labels)?;
    let kind = text(row, "type")?;
    let draft = prompt(row, "prompt", expect)?.with_id(plain(row, "id")?);
    Ok(tags(draft, [kind]))
}

/// The case of a row of SimpleSafetyTests.
pub(super) fn simple_safety_tests(row: &Python) -> Result<Draft, String> {
    let about = [text(row, "harm_area")?, text(row, "category")?];
    let draft = prompt(row, "prompts_final", "refusal")?.with_id(plain(row, "id")?);
    Ok(tags(draft, about))
}

/// The cases of a row of MultiJail: one for each column with the name of a language.
pub(super) fn multijail(row: &Python) -> Result<Vec<Draft>, String> {
    let Python::Dict(cells) = row else {
        return Err("expected a row of cells".to_owned());
    };
    let subjects = text(row, "tags")?;
    let subjects = match literal(subjects) {
        Some(Python::List(items)) => items.iter().map(Python::to_string).collect(),
        Some(_) | None => vec![subjects.to_owned()],
    };
    let mut drafts = Vec::new();
    for (column, _) in cells {
        if OTHERS.contains(&column.as_str()) {
            continue;
        }
        let language: Language = column.parse().map_err(|fault| {
            format!("expected columns {} and languages: {fault}", names(OTHERS))
        })?;
        let draft = prompt(row, column, "refusal")?
            .with_id(plain(row, "id")?)
            .in_language(language);
        drafts.push(tags(draft, subjects.iter().map(String::as_str)));
    }
    if drafts.is_empty() {
        return Err("expected a column for each language".to_owned());
    }
    Ok(drafts)
}

fn prompt(row: &Python, column: &str, expect: &str) -> Result<Draft, String> {
    let draft = Draft::new(Kind::Generate).text("prompt", text(row, column)?.trim());
    Ok(draft.text("expect", expect))
}
