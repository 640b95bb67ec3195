//! IFEval (Zhou and others 2023, <https://arxiv.org/abs/2311.07911>) and M-IFEval (Dussolle and others 2025,
//! <https://arxiv.org/abs/2502.04688>): instructions that a program can check.

use super::super::draft::{Draft, Kind, list, plain, text, wrong};
use crate::lm_eval::python::Python;

/// The case of a row. Ids of instructions may begin with the language whose rules read them.
pub(super) fn draft(row: &Python) -> Result<Draft, String> {
    let (ids, parameters) = (list(row, "instruction_id_list")?, list(row, "kwargs")?);
    if ids.len() != parameters.len() {
        let (ids, parameters) = (ids.len(), parameters.len());
        return Err(format!(
            "`kwargs` has {parameters} items, `instruction_id_list` has {ids}"
        ));
    }
    let (mut language, mut instructions) = (None, Vec::new());
    for (id, parameters) in ids.iter().zip(parameters) {
        let id = id
            .as_text()
            .ok_or_else(|| wrong("instruction_id_list", id, "texts"))?;
        let (tag, id) = match id.split_once(':') {
            Some((tag, rest)) if rest.contains(':') => (Some(tag), rest),
            Some(_) | None => (None, id),
        };
        if language.is_some_and(|other| other != tag) {
            return Err("the instructions are of several languages".to_owned());
        }
        language = Some(tag);
        instructions.push(instruction(id, parameters)?);
    }
    let draft = Draft::new(Kind::Generate)
        .with_id(plain(row, "key")?)
        .text("prompt", text(row, "prompt")?)
        .value("instructions", Python::List(instructions));
    Ok(match language.flatten().and_then(|tag| tag.parse().ok()) {
        Some(language) => draft.in_language(language),
        None => draft,
    })
}

/// An instruction with its parameters. Those that are null are none.
fn instruction(id: &str, parameters: &Python) -> Result<Python, String> {
    let Python::Dict(parameters) = parameters else {
        return Err(wrong("kwargs", parameters, "objects"));
    };
    let mut keys = vec![("id".to_owned(), Python::Text(id.to_owned()))];
    for (key, value) in parameters
        .iter()
        .filter(|(_, value)| *value != Python::None)
    {
        if keys.iter().any(|(other, _)| other == key) {
            return Err(format!(
                "`{id}` has the parameter `{key}`, which is no parameter, or has it twice"
            ));
        }
        keys.push((key.clone(), value.clone()));
    }
    Ok(Python::Dict(keys))
}
