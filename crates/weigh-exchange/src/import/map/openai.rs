//! Samples of OpenAI's evals (<https://github.com/openai/evals>): `input`, a text or a conversation, and `ideal`, a text or
//! several.

use super::super::draft::{Draft, Kind, literal, text, text_or_texts, value, wrong};
use crate::lm_eval::python::Python;

/// When a reply is right: the class of the eval, which its samples do not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// It begins with an ideal answer.
    #[default]
    Match,
    /// It holds one.
    Includes,
}

/// The case of a sample.
pub(super) fn draft(row: &Python, rule: Rule) -> Result<Draft, String> {
    let ideal = text_or_texts(row, "ideal")?;
    let input = value(row, "input")?;
    let draft = match input.as_list() {
        Some(messages) => conversation(messages)?,
        None => Draft::new(Kind::Generate).text("prompt", text(row, "input")?),
    };
    Ok(match rule {
        Rule::Match => {
            let ideal: Vec<String> = ideal.iter().map(|text| regex::escape(text)).collect();
            draft.text("pattern", format!(r"\A\s*(?:{})", ideal.join("|")))
        }
        Rule::Includes => draft.texts("contains_any", ideal),
    })
}

/// A conversation: a system turn at most, which comes first, then turns up to one of the user's.
fn conversation(messages: &[Python]) -> Result<Draft, String> {
    let mut draft = Draft::new(Kind::Generate);
    let mut turns = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        let (role, content) = (text(message, "role")?, text(message, "content")?);
        match role {
            "system" if index == 0 && message.get("name").is_none() => {
                draft = draft.text("system", literal(content));
            }
            "user" | "assistant" => turns.push(turn(role, content)),
            "system" => {
                return Err(format!(
                    "message {index} of `input` is a system turn in the middle, expected `user` or `assistant`"
                ));
            }
            other => {
                let other = Python::Text(other.to_owned());
                return Err(wrong("role", &other, "`system`, `user` or `assistant`"));
            }
        }
    }
    Ok(draft.value("turns", Python::List(turns)))
}

fn turn(role: &str, content: &str) -> Python {
    let text = |key: &str, text: String| (key.to_owned(), Python::Text(text));
    Python::Dict(vec![
        text("role", role.to_owned()),
        text("content", literal(content)),
    ])
}
