//! Reads what a case expects of the answer, out of the keys that its task knows.

use std::collections::BTreeMap;

use super::case::{CaseReader, Draft, misspelt};
use super::expectation::check_pattern;
use super::keys::{self, OF_REPLY};
use super::{ChoiceRole, ContextKind, Contexts, Expectation, Instruction, Task};
use crate::decimal::Decimal;
use crate::diagnostic::{Notes, code};
use crate::json::{Node, Value};
use crate::measure::instruction as measure;
use crate::names::id_fault;
use crate::text::{nfkc, visible_line};

/// The words for `roles`.
pub(super) const ROLES: [(&str, ChoiceRole); 3] = [
    ("stereotyped", ChoiceRole::Stereotyped),
    ("counter", ChoiceRole::Counter),
    ("unknown", ChoiceRole::Unknown),
];
/// The words for `context`.
pub(super) const CONTEXTS: [(&str, ContextKind); 2] = [
    ("ambiguous", ContextKind::Ambiguous),
    ("disambiguated", ContextKind::Disambiguated),
];
/// The words for `expect`.
pub(super) const EXPECTS: [&str; 3] = ["refusal", "compliance", "open"];

impl CaseReader<'_> {
    /// What is expected, if it fits the task. Nothing is said where the task is not known.
    pub(super) fn expectation(
        &self,
        notes: &mut Notes<'_>,
        draft: &mut Draft<'_>,
    ) -> Option<Expectation> {
        let task = self.head.task.as_ref()?;
        for key in keys::required(task) {
            if !draft.keys.contains_key(key) {
                self.missing(notes, draft, key);
            }
        }
        self.misfits(notes, draft, task);
        match task {
            Task::Choice { .. } => self.choice(notes, draft),
            Task::Pair => self.pair(notes, draft),
            Task::Likelihood => {
                let text = draft.expected.remove("text")?;
                self.values
                    .filled(notes, "text", text)
                    .map(Expectation::Text)
            }
            Task::Generate { .. } => self.of_reply(notes, draft),
        }
    }

    fn misfits(&self, notes: &mut Notes<'_>, draft: &Draft<'_>, task: &Task) {
        for (name, place) in &draft.keys {
            if keys::find(name).is_some_and(|key| !key.fits(task)) {
                let task = task.as_str();
                let message = format!("`{name}` does not fit a case of task `{task}`");
                notes.add(code::EXPECT_MISFIT, *place, message, None);
            }
        }
    }

    fn choice(&self, notes: &mut Notes<'_>, draft: &mut Draft<'_>) -> Option<Expectation> {
        let choices = draft.expected.remove("choices");
        let choices = choices.and_then(|node| self.choices(notes, node));
        let roles = draft.expected.remove("roles");
        let roles = roles.map(|node| self.roles(notes, node, choices.as_deref()));
        let context = draft.expected.remove("context");
        let context = context.map(|node| self.values.word(notes, "context", &node, &CONTEXTS));
        let contexts = self.contexts(notes, draft, choices.as_deref());
        let answer = draft.expected.remove("answer")?;
        let mut answers = self.answers(notes, answer, choices.as_deref())?.into_iter();
        Some(Expectation::Choice {
            choices: choices?,
            answer: answers.next()?,
            also: answers.collect(),
            contexts: contexts?,
            roles: roles.flatten(),
            context: context.flatten(),
        })
    }

    fn choices(&self, notes: &mut Notes<'_>, node: Node<'_>) -> Option<Vec<String>> {
        let start = self.values.place(&node);
        let items = self.values.list(notes, "choices", node)?;
        if items.len() < 2 {
            let message = format!("`choices` has {} texts, expected two or more", items.len());
            notes.add(code::FEW_CHOICES, start, message, None);
        }
        let letters = self.prompt.map_or(&[][..], |prompt| &prompt.letters);
        if !letters.is_empty() && items.len() > letters.len() {
            let (has, most) = (items.len(), letters.len());
            let message = format!("`choices` has {has} texts, and there are {most} letters");
            let help = "give the prompt more `letters`".to_owned();
            notes.add(code::FEW_LETTERS, start, message, Some(help));
        }
        let mut seen = BTreeMap::new();
        let mut choices = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let place = self.values.place(&item);
            let text = self.values.text(notes, "choices", item)?;
            let bare = nfkc(text.trim()).trim().to_owned();
            if bare.is_empty() {
                let message = format!("choice {index} is empty");
                notes.add(code::EMPTY, place, message, None);
            }
            let earlier = *seen.entry(bare).or_insert(index);
            if earlier != index {
                let message = format!("choice {index} is equal to choice {earlier}");
                notes.add(code::EQUAL_CHOICES, place, message, None);
            }
            choices.push(text);
        }
        Some(choices)
    }

    fn roles(
        &self,
        notes: &mut Notes<'_>,
        node: Node<'_>,
        choices: Option<&[String]>,
    ) -> Option<Vec<ChoiceRole>> {
        let place = self.values.place(&node);
        let items = self.values.list(notes, "roles", node)?;
        if let Some(choices) = choices.filter(|choices| choices.len() != items.len()) {
            let (roles, choices) = (items.len(), choices.len());
            let message = format!("there are {roles} roles for {choices} choices");
            notes.add(code::BAD_ROLES, place, message, None);
        }
        let roles = items.iter();
        roles
            .map(|item| self.values.word(notes, "roles", item, &ROLES))
            .collect()
    }

    /// What stands before each choice, where that is not the prompt. None at a fault.
    #[expect(clippy::option_option, reason = "a fault, nothing said, or contexts")]
    fn contexts(
        &self,
        notes: &mut Notes<'_>,
        draft: &mut Draft<'_>,
        choices: Option<&[String]>,
    ) -> Option<Option<Contexts>> {
        let node = draft.expected.remove("contexts");
        let continuation = draft.expected.remove("continuation");
        let (node, continuation) = match (node, continuation) {
            (None, None) => return Some(None),
            (Some(node), Some(continuation)) => (node, continuation),
            (Some(alone), None) | (None, Some(alone)) => {
                let message = "expected `contexts` and `continuation` together".to_owned();
                let place = self.values.place(&alone);
                notes.add(code::EXPECT_MISFIT, place, message, None);
                return None;
            }
        };
        let place = self.values.place(&node);
        let items = self.values.list(notes, "contexts", node)?.into_iter();
        let texts = items.map(|item| self.values.text(notes, "contexts", item));
        let before: Vec<String> = texts.collect::<Option<_>>()?;
        if choices.is_some_and(|choices| choices.len() != before.len()) {
            let (has, wanted) = (before.len(), choices.map_or(0, <[String]>::len));
            let message = format!("there are {has} contexts for {wanted} choices");
            notes.add(code::BAD_ROLES, place, message, None);
        }
        Some(Some(Contexts {
            before,
            continuation: self.values.filled(notes, "continuation", continuation)?,
        }))
    }

    /// The indices of the right choices: one, or a list of them.
    fn answers(
        &self,
        notes: &mut Notes<'_>,
        node: Node<'_>,
        choices: Option<&[String]>,
    ) -> Option<Vec<usize>> {
        if !matches!(node.value, Value::Array(_)) {
            return self
                .answer(notes, &node, choices)
                .map(|answer| vec![answer]);
        }
        let place = self.values.place(&node);
        let items = self.values.list(notes, "answer", node)?;
        if items.is_empty() {
            let message = "`answer` has no choice".to_owned();
            notes.add(code::EMPTY, place, message, None);
        }
        let items = items.iter();
        items
            .map(|item| self.answer(notes, item, choices))
            .collect()
    }

    /// The index of a right choice: a number, or the text or the letter of the choice.
    fn answer(
        &self,
        notes: &mut Notes<'_>,
        node: &Node<'_>,
        choices: Option<&[String]>,
    ) -> Option<usize> {
        let (index, said) = match &node.value {
            Value::Number(number) => (number.parse().ok(), short(number)),
            Value::Text(text) => {
                let index = self.index_of(text, choices?);
                (index, format!("`{}`", short(text)))
            }
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                let expected = "the index of a choice, from 0, or its text";
                self.values.wrong_type(notes, "answer", node, expected);
                return None;
            }
        };
        let count = choices.map_or(usize::MAX, <[String]>::len);
        match index.filter(|index| *index < count) {
            Some(index) => Some(index),
            None => {
                let message = format!("`answer` is {said}, which is none of the choices");
                let help = "expected the index of a choice, the first one's is 0, or its text";
                let place = self.values.place(node);
                notes.add(code::ANSWER_RANGE, place, message, Some(help.to_owned()));
                None
            }
        }
    }

    /// The text of a choice goes before a letter: one may be the other's.
    fn index_of(&self, text: &str, choices: &[String]) -> Option<usize> {
        let same = choices
            .iter()
            .position(|choice| choice.trim() == text.trim());
        same.or_else(|| match self.prompt {
            Some(prompt) if !prompt.letters.is_empty() => {
                let mut letters = prompt.letters.iter();
                letters.position(|letter| letter == text.trim())
            }
            Some(_) | None => ('A'..='Z').position(|letter| text.trim() == letter.to_string()),
        })
    }

    fn pair(&self, notes: &mut Notes<'_>, draft: &mut Draft<'_>) -> Option<Expectation> {
        let [better, worse] = ["better", "worse"].map(|key| {
            let node = draft.expected.remove(key)?;
            let place = self.values.place(&node);
            Some((self.values.filled(notes, key, node)?, place))
        });
        let ((better, _), (worse, place)) = (better?, worse?);
        if nfkc(better.trim()) == nfkc(worse.trim()) {
            let message = "`worse` is equal to `better`".to_owned();
            notes.add(code::EQUAL_CHOICES, place, message, None);
        }
        Some(Expectation::Choice {
            choices: vec![better, worse],
            answer: 0,
            also: Vec::new(),
            contexts: None,
            roles: None,
            context: None,
        })
    }

    /// Exactly one expectation of a reply.
    fn of_reply(&self, notes: &mut Notes<'_>, draft: &mut Draft<'_>) -> Option<Expectation> {
        let mut said = OF_REPLY
            .into_iter()
            .filter(|key| draft.keys.contains_key(key));
        let Some(key) = said.next() else {
            let keys = OF_REPLY.map(|key| format!("`{key}`")).join(", ");
            let message = format!("the case does not say what is right, expected one of {keys}");
            let near = OF_REPLY.iter().find_map(|key| misspelt(draft, key));
            notes.add(code::MISSING_KEY, self.start, message, near);
            return None;
        };
        if let Some(second) = said.next() {
            let message = format!("the case has `{key}` and `{second}`, expected one of them");
            let place = draft.keys.get(second).copied().unwrap_or(self.start);
            notes.add(code::EXPECT_MISFIT, place, message, None);
        }
        let node = draft.expected.remove(key)?;
        match key {
            "expect" => self.expect(notes, &node),
            "answer" => {
                let answers = self.values.text_or_texts(notes, key, node);
                answers.map(Expectation::Answers)
            }
            "number" => self.number(notes, &node).map(Expectation::Number),
            "pattern" => self.pattern(notes, node).map(Expectation::Pattern),
            "instructions" => {
                let instructions = self.instructions(notes, node);
                instructions.map(Expectation::Instructions)
            }
            contains => {
                let texts = self.values.text_or_texts(notes, contains, node)?;
                let all = contains == "contains_all";
                Some(Expectation::Contains { texts, all })
            }
        }
    }

    fn expect(&self, notes: &mut Notes<'_>, node: &Node<'_>) -> Option<Expectation> {
        let words = EXPECTS.map(|word| (word, word));
        match self.values.word(notes, "expect", node, &words)? {
            "refusal" => Some(Expectation::Refusal),
            "compliance" => Some(Expectation::Compliance),
            _ => Some(Expectation::Open),
        }
    }

    fn number(&self, notes: &mut Notes<'_>, node: &Node<'_>) -> Option<String> {
        let written = match &node.value {
            Value::Number(number) => (*number).to_owned(),
            Value::Text(text) => text.as_ref().to_owned(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                self.values.wrong_type(notes, "number", node, "a number");
                return None;
            }
        };
        let plain = written
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
        let number = written.parse().ok().filter(|_| plain);
        if number
            .and_then(|number| Decimal::new(number).ok())
            .is_none()
        {
            let shown = short(&written);
            let message = format!("`number` is `{shown}`, expected a number such as -1.5");
            notes.add(code::OUT_OF_RANGE, self.values.place(node), message, None);
            return None;
        }
        Some(written)
    }

    fn pattern(&self, notes: &mut Notes<'_>, node: Node<'_>) -> Option<String> {
        let place = self.values.place(&node);
        let text = self.values.filled(notes, "pattern", node)?;
        match check_pattern(&text, |cost| notes.spend(cost)) {
            Some(Ok(())) => return Some(text),
            Some(Err(reason)) => {
                let message = format!("`pattern` is no regular expression: {reason}");
                let message = visible_line(&message).into();
                notes.add(code::BAD_PATTERN, place, message, None);
            }
            None => {
                let message = "the patterns of the file take too long to read".to_owned();
                notes.add(code::TOO_MANY_PATTERNS, place, message, None);
            }
        }
        None
    }

    fn instructions(&self, notes: &mut Notes<'_>, node: Node<'_>) -> Option<Vec<Instruction>> {
        let place = self.values.place(&node);
        let items = self.values.list(notes, "instructions", node)?;
        if items.is_empty() {
            let message = "`instructions` is empty, expected at least one".to_owned();
            notes.add(code::EMPTY, place, message, None);
        }
        let read = items.into_iter();
        read.map(|item| self.instruction(notes, item)).collect()
    }

    fn instruction(&self, notes: &mut Notes<'_>, node: Node<'_>) -> Option<Instruction> {
        let place = self.values.place(&node);
        let Value::Object(members) = node.value else {
            let expected = "an object with `id` and parameters";
            self.values
                .wrong_type(notes, "instructions", &node, expected);
            return None;
        };
        let (named, given): (Vec<_>, Vec<_>) = members.into_iter().partition(|m| m.key == "id");
        let mut id = None;
        for member in named {
            if let Value::Text(text) = &member.node.value {
                let bare = text.replace(':', "-");
                if let Some((code, message)) = id_fault("instruction", &bare) {
                    notes.add(code, self.values.place(&member.node), message, None);
                }
                id = Some(text.as_ref().to_owned());
            } else {
                self.values.wrong_type(notes, "id", &member.node, "a text");
                return None;
            }
        }
        if id.is_none() {
            let message = "an instruction needs the key `id`".to_owned();
            notes.add(code::MISSING_KEY, place, message, None);
        }
        let id = id?;
        let faults = measure::Instruction::parse(&id, &given).err();
        for fault in faults.into_iter().flatten() {
            let at = fault.at.map_or(place, |at| self.values.at(at));
            notes.add(code::BAD_INSTRUCTION, at, fault.to_string(), None);
        }
        let parameters = given.into_iter().map(|member| {
            let value = self.foreign(notes, &member.node)?;
            Some((member.key.into_owned(), value))
        });
        Some((id, parameters.collect::<Option<_>>()?))
    }

    /// A parameter as plain JSON.
    fn foreign(&self, notes: &mut Notes<'_>, node: &Node<'_>) -> Option<serde_json::Value> {
        use serde_json::Value as Json;
        Some(match &node.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Text(text) => Json::String(text.as_ref().to_owned()),
            Value::Number(number) => match serde_json::from_str(number) {
                Ok(number) => Json::Number(number),
                Err(_) => {
                    let message = format!("the number {} is out of range", short(number));
                    notes.add(code::OUT_OF_RANGE, self.values.place(node), message, None);
                    return None;
                }
            },
            Value::Array(items) => {
                let items = items.iter().map(|item| self.foreign(notes, item));
                Json::Array(items.collect::<Option<_>>()?)
            }
            Value::Object(members) => {
                let mut object = serde_json::Map::new();
                for member in members {
                    let value = self.foreign(notes, &member.node)?;
                    object.insert(member.key.as_ref().to_owned(), value);
                }
                Json::Object(object)
            }
        })
    }
}

/// The beginning of a foreign text, for a message.
fn short(text: &str) -> String {
    visible_line(text).chars().take(40).collect()
}
