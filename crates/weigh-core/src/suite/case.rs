//! Reads one case from one line of a cases file.

use std::collections::{BTreeMap, BTreeSet};

use super::prompt::Prompt;
use super::{Case, Expectation, Task, Tier, VARIANT};
use crate::diagnostic::{Notes, code};
use crate::fields::{did_you_mean, known_word};
use crate::json::{Member, Node, Value};
use crate::language::Language;
use crate::names::{id_fault, tag_fault};
use crate::text::{code_point, is_hidden, nfkc, visible_line};

/// The keys with a meaning; every other one is a field.
const KEYS: [&str; 8] = [
    "id", "family", "variant", "tier", "tags", "choices", "answer", "expect",
];
const TIERS: [(&str, Tier); 3] = [
    ("quick", Tier::Quick),
    ("standard", Tier::Standard),
    ("full", Tier::Full),
];

/// Reads the case on the line that begins at byte `start`.
pub(super) struct CaseReader<'a> {
    pub language: &'a Language,
    pub task: Option<&'a Task>,
    pub prompt: Option<&'a Prompt>,
    pub start: usize,
}

/// What the keys of a case said so far.
#[derive(Default)]
struct Draft {
    id: Option<String>,
    family: Option<String>,
    variant: Option<String>,
    tier: Option<Tier>,
    tags: BTreeSet<String>,
    fields: BTreeMap<String, String>,
    choices: Option<Vec<String>>,
    /// With its place.
    answer: Option<(usize, usize)>,
    expect: Option<Expectation>,
    /// The keys that were there, whatever was in them, with their places.
    keys: BTreeMap<&'static str, usize>,
}

impl CaseReader<'_> {
    /// The case, or none if it cannot be made out. Faults go to `notes`.
    pub fn case(&self, notes: &mut Notes<'_>, members: Vec<Member<'_>>) -> Option<Case> {
        let mut draft = Draft::default();
        for member in members {
            self.member(notes, &mut draft, member);
        }
        if !draft.keys.contains_key("id") {
            self.missing(notes, &draft, "id");
        }
        self.check_fields(notes, &draft.fields);
        let expect = self.expectation(notes, &mut draft);
        let id = draft.id?;
        Some(Case {
            language: self.language.clone(),
            family: draft.family.unwrap_or_else(|| id.clone()),
            variant: draft.variant.unwrap_or_else(|| VARIANT.to_owned()),
            tier: draft.tier.unwrap_or(Tier::Standard),
            tags: draft.tags,
            fields: draft.fields,
            system: None,
            turns: Vec::new(),
            expect: expect?,
            place: (notes.file.to_owned(), notes.line(self.start)),
            id,
        })
    }

    fn member(&self, notes: &mut Notes<'_>, draft: &mut Draft, member: Member<'_>) {
        let Some(key) = KEYS.into_iter().find(|key| *key == member.key) else {
            return self.field(notes, draft, member);
        };
        draft.keys.insert(key, self.start + member.start);
        let node = member.node;
        match key {
            "id" => draft.id = self.ident(notes, key, node),
            "family" => draft.family = self.ident(notes, key, node),
            "variant" => draft.variant = self.ident(notes, key, node),
            "tier" => draft.tier = self.word(notes, key, node, &TIERS),
            "tags" => draft.tags = self.tags(notes, node),
            "choices" => draft.choices = self.choices(notes, node),
            "answer" => draft.answer = self.answer(notes, &node),
            _ => draft.expect = self.expect(notes, node),
        }
    }

    fn field(&self, notes: &mut Notes<'_>, draft: &mut Draft, member: Member<'_>) {
        let key = visible_line(&member.key).into_owned();
        if let Some((code, message)) = id_fault("field", &member.key) {
            notes.add(code, self.start + member.start, message, None);
        }
        let place = self.start + member.start;
        let Value::Text(_) = member.node.value else {
            let message = format!("`{key}` is not known here, and no field: a field is a text");
            notes.add(code::UNKNOWN_KEY, place, message, did_you_mean(&key, KEYS));
            return;
        };
        let used = self
            .prompt
            .is_none_or(|p| p.fields().any(|field| field == member.key));
        if !used && let Some(help) = did_you_mean(&key, KEYS) {
            let message = format!("no prompt names the field `{key}`");
            notes.add(code::LIKELY_TYPO, place, message, Some(help));
        }
        if let Some(text) = self.text(notes, &key, member.node) {
            draft.fields.insert(member.key.into_owned(), text);
        }
    }

    fn wrong_type(&self, notes: &mut Notes<'_>, key: &str, node: &Node<'_>, expected: &str) {
        let found = match &node.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        let message = format!("`{key}` is {found}, expected {expected}");
        notes.add(code::WRONG_TYPE, self.start + node.start, message, None);
    }

    /// A text. A hidden character in it is noted where it stands, or where its text begins.
    fn text(&self, notes: &mut Notes<'_>, key: &str, node: Node<'_>) -> Option<String> {
        let place = self.start + node.start;
        let Value::Text(text) = node.value else {
            self.wrong_type(notes, key, &node, "a text");
            return None;
        };
        if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
            let raw = notes
                .text
                .get(place..self.start + node.end)
                .unwrap_or_default();
            let message = format!("`{key}` holds the hidden character {}", code_point(hidden));
            let place = place + raw.find(hidden).unwrap_or_default();
            notes.add(code::HIDDEN_IN_TEXT, place, message, None);
        }
        Some(text.into_owned())
    }

    fn ident(&self, notes: &mut Notes<'_>, key: &str, node: Node<'_>) -> Option<String> {
        let Value::Text(text) = node.value else {
            self.wrong_type(notes, key, &node, "a text");
            return None;
        };
        if let Some((code, message)) = id_fault(key, &text) {
            notes.add(code, self.start + node.start, message, None);
        }
        Some(text.into_owned())
    }

    fn word<T: Copy>(
        &self,
        notes: &mut Notes<'_>,
        key: &str,
        node: Node<'_>,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let Value::Text(text) = &node.value else {
            self.wrong_type(notes, key, &node, "a text");
            return None;
        };
        let span = self.start + node.start..self.start + node.end;
        let said = toml::Spanned::new(span, text.as_ref());
        known_word(notes, code::UNKNOWN_WORD, key, &said, words)
    }

    fn tags(&self, notes: &mut Notes<'_>, node: Node<'_>) -> BTreeSet<String> {
        let Value::Array(items) = node.value else {
            self.wrong_type(notes, "tags", &node, "a list");
            return BTreeSet::new();
        };
        let mut tags = BTreeSet::new();
        for item in items {
            let place = self.start + item.start;
            let Value::Text(tag) = item.value else {
                self.wrong_type(notes, "tags", &item, "a text");
                continue;
            };
            if let Some((code, message)) = tag_fault(&tag) {
                notes.add(code, place, message, None);
            }
            if !tags.insert(tag.as_ref().to_owned()) {
                let message = format!("the tag `{}` stands twice", visible_line(&tag));
                notes.add(code::NOT_UNIQUE, place, message, None);
            }
        }
        tags
    }

    fn choices(&self, notes: &mut Notes<'_>, node: Node<'_>) -> Option<Vec<String>> {
        let Value::Array(items) = node.value else {
            self.wrong_type(notes, "choices", &node, "a list");
            return None;
        };
        if items.len() < 2 {
            let message = format!("`choices` has {} texts, expected two or more", items.len());
            notes.add(code::FEW_CHOICES, self.start + node.start, message, None);
        }
        let mut seen = BTreeMap::new();
        let mut choices = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let place = self.start + item.start;
            let text = self.text(notes, "choices", item)?;
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

    fn answer(&self, notes: &mut Notes<'_>, node: &Node<'_>) -> Option<(usize, usize)> {
        let Value::Number(number) = node.value else {
            self.wrong_type(notes, "answer", node, "the index of a choice, from 0");
            return None;
        };
        let place = self.start + node.start;
        match number.parse() {
            Ok(answer) => Some((answer, place)),
            Err(_) => {
                let message =
                    format!("`answer` is {number}, expected the index of a choice, from 0");
                notes.add(code::ANSWER_RANGE, place, message, None);
                None
            }
        }
    }

    fn expect(&self, notes: &mut Notes<'_>, node: Node<'_>) -> Option<Expectation> {
        let refuses = self.word(
            notes,
            "expect",
            node,
            &[("refusal", true), ("compliance", false)],
        )?;
        Some(if refuses {
            Expectation::Refusal
        } else {
            Expectation::Compliance
        })
    }

    /// What is expected, if it fits the task.
    fn expectation(&self, notes: &mut Notes<'_>, draft: &mut Draft) -> Option<Expectation> {
        let choice = match self.task {
            Some(task) => matches!(task, Task::Choice { .. }),
            None => !draft.keys.contains_key("expect"),
        };
        let (wanted, unwanted): (&[&str], &[&str]) = if choice {
            (&["choices", "answer"], &["expect"])
        } else {
            (&["expect"], &["choices", "answer"])
        };
        for key in wanted.iter().filter(|key| !draft.keys.contains_key(*key)) {
            self.missing(notes, draft, key);
        }
        let task = if choice { "choice" } else { "generate" };
        for key in unwanted {
            if let Some(place) = draft.keys.get(key) {
                let message = format!("`{key}` does not fit a case of task `{task}`");
                notes.add(code::EXPECT_MISFIT, *place, message, None);
            }
        }
        if !choice {
            return draft.expect.take();
        }
        let choices = draft.choices.take()?;
        let (answer, place) = draft.answer?;
        if answer >= choices.len() {
            let message = format!(
                "`answer` is {answer}, but there are {} choices",
                choices.len()
            );
            let help = "the first choice has the index 0".to_owned();
            notes.add(code::ANSWER_RANGE, place, message, Some(help));
        }
        Some(Expectation::Choice {
            choices,
            answer,
            roles: None,
            context: None,
        })
    }

    fn missing(&self, notes: &mut Notes<'_>, draft: &Draft, key: &str) {
        let near = did_you_mean(key, draft.fields.keys().map(String::as_str));
        let help = near.map(|near| near.replace("did you mean", "is it written as"));
        notes.add(
            code::MISSING_KEY,
            self.start,
            format!("expected the key `{key}`"),
            help,
        );
    }

    /// Every field that the prompt names must be there.
    fn check_fields(&self, notes: &mut Notes<'_>, fields: &BTreeMap<String, String>) {
        let named: BTreeSet<&str> = self.prompt.into_iter().flat_map(Prompt::fields).collect();
        for name in named.into_iter().filter(|name| !fields.contains_key(*name)) {
            let message = format!("the case lacks the field `{name}`, which the prompt names");
            let help = did_you_mean(name, fields.keys().map(String::as_str));
            notes.add(code::MISSING_FIELD, self.start, message, help);
        }
    }
}
