//! How a prompt is put together (`lm_eval/api/utils.py`, `Task.build_qa_turn` in `lm_eval/api/task.py`).

use weigh_core::measure::text::unicode::is_python_space;
use weigh_core::request::{Message, Role};

/// A message and what follows it in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: String,
    /// What stands between this and the next in plain text; in a conversation of several turns it
    /// is left out.
    pub delimiter: String,
}

impl Part {
    /// A part with nothing behind it.
    #[must_use]
    pub fn new(role: Role, content: &str) -> Self {
        Self::followed(role, content, "")
    }

    /// A part with `delimiter` behind it.
    #[must_use]
    pub fn followed(role: Role, content: &str, delimiter: &str) -> Self {
        Self {
            role,
            content: content.to_owned(),
            delimiter: delimiter.to_owned(),
        }
    }

    fn message(self) -> Message {
        Message {
            role: self.role,
            content: self.content,
        }
    }
}

/// `maybe_delimit`: both texts, with `delimiter` between where no white space is at the border.
#[must_use]
pub fn delimited(before: &str, after: &str, delimiter: &str) -> String {
    if before.is_empty() || after.is_empty() || !requires_delimiter(before, after) {
        return format!("{before}{after}");
    }
    format!("{before}{delimiter}{after}")
}

/// `requires_delimiter`: whether no white space is at the border of the two.
#[must_use]
pub fn requires_delimiter(before: &str, after: &str) -> bool {
    let ends = before.chars().next_back();
    let begins = after.chars().next();
    ends.is_some_and(|end| !is_python_space(end)) && !begins.is_some_and(is_python_space)
}

/// A question, and its answer where it is an example.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// The question.
    pub question: &'a str,
    /// The answer of an example.
    pub answer: Option<&'a str>,
    /// What the answer begins with.
    pub gen_prefix: &'a str,
    /// Between question and answer.
    pub target_delimiter: &'a str,
    /// Behind the answer.
    pub fewshot_delimiter: &'a str,
}

/// `build_qa_turn`.
#[must_use]
pub fn turn(turn: Turn<'_>) -> Vec<Part> {
    let answer = turn.answer.filter(|answer| !answer.is_empty());
    let prefixed = !turn.gen_prefix.is_empty();
    let delimited_prefix = prefixed && requires_delimiter(turn.question, turn.gen_prefix);
    let delimiter = if (answer.is_some() && !prefixed) || delimited_prefix {
        turn.target_delimiter
    } else {
        ""
    };
    let question = Part::followed(Role::User, turn.question, delimiter);
    match answer {
        Some(answer) => {
            let answer = delimited(turn.gen_prefix, answer, " ");
            let answer = Part::followed(Role::Assistant, &answer, turn.fewshot_delimiter);
            vec![question, answer]
        }
        None if prefixed => vec![question, Part::new(Role::Assistant, turn.gen_prefix)],
        None => vec![question],
    }
}

/// The parts as plain text.
#[must_use]
pub fn plain(parts: &[Part]) -> String {
    let texts = parts.iter();
    texts
        .flat_map(|part| [part.content.as_str(), &part.delimiter])
        .collect()
}

/// The parts as a conversation of as many turns.
#[must_use]
pub fn multiturn(parts: Vec<Part>) -> Vec<Message> {
    parts.into_iter().map(Part::message).collect()
}

/// `multiturn_to_singleturn`: everything that was said as one message of the user. A system message
/// before it and an answer's beginning after it stay.
#[must_use]
pub fn singleturn(mut parts: Vec<Part>) -> Vec<Message> {
    let system = match parts.first() {
        Some(first) if first.role == Role::System => Some(parts.remove(0)),
        _ => None,
    };
    let begun = parts.pop_if(|last| last.role == Role::Assistant);
    if let Some(last) = parts.last_mut() {
        last.delimiter.clear();
    }
    let user = Part::new(Role::User, &plain(&parts));
    let all = system.into_iter().chain([user]).chain(begun);
    all.map(Part::message).collect()
}
