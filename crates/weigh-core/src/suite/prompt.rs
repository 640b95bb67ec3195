//! Reads the tables `[prompt.<lang>]` and chooses the prompt of each language.

use std::collections::BTreeMap;

use super::template::{Template, TemplateFault, TemplateFaultKind};
use super::{Case, PromptTemplate, SuitePrompt, Task};
use crate::diagnostic::{Notes, code};
use crate::fields::{self, Fields, Located, owned};
use crate::language::Language;
use crate::request::Role;

/// The most times that a template names fields.
pub(super) const MOST_FIELDS: usize = 100;

/// One prompt with its templates taken apart.
#[derive(Debug, Clone)]
pub(super) struct Prompt {
    /// As the suite holds it.
    pub template: PromptTemplate,
    /// Every template of it.
    pub parts: Vec<Template>,
    /// The prompt of control cases, with its templates.
    pub control: Option<(PromptTemplate, Vec<Template>)>,
    /// What stands before the choices; empty unless they go by letter.
    pub letters: Vec<String>,
    /// Where its table stands in the suite.
    pub place: usize,
}

/// The prompts of a suite. None for one that has faults.
#[derive(Debug, Default)]
pub(super) struct Prompts {
    pub default: Option<Option<Prompt>>,
    pub by_language: BTreeMap<Language, Option<Prompt>>,
}

impl Prompts {
    /// The prompt of `language`: its own or the default. Outer none: there is neither.
    pub fn of(&self, language: &Language) -> Option<Option<&Prompt>> {
        let own = self.by_language.get(language).or(self.default.as_ref());
        own.map(Option::as_ref)
    }

    /// What serves where a suite has no table `prompt`: nothing before a text that is scored, the
    /// field `question` of a local suite.
    pub fn usual(task: &Task, place: usize) -> Self {
        let question = "{question}";
        let text = |template: &str, delimiter: &str| PromptTemplate::Text {
            template: template.to_owned(),
            delimiter: delimiter.to_owned(),
        };
        let (template, source) = match task {
            Task::Likelihood | Task::Pair => (text("", ""), ""),
            Task::Choice { .. } if task.is_by_letter() => {
                let listed = "{question}\n{choices}\n";
                (text(listed, ""), listed)
            }
            Task::Choice { .. } => (text(question, " "), question),
            Task::Generate { .. } => {
                let turns = vec![(Role::User, question.to_owned())];
                (PromptTemplate::Chat { turns }, question)
            }
        };
        let letters = if task.is_by_letter() {
            alphabet()
        } else {
            Vec::new()
        };
        let prompt = Prompt {
            template,
            parts: Template::parse(source).into_iter().collect(),
            control: None,
            letters,
            place,
        };
        Self {
            default: Some(Some(prompt)),
            by_language: BTreeMap::new(),
        }
    }
}

impl Prompt {
    /// The fields that the prompt names.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let control = self.control.iter().flat_map(|(_, parts)| parts);
        self.parts.iter().chain(control).flat_map(Template::fields)
    }

    /// Bytes of the prompt of `case`, a bound from above.
    pub fn length(&self, case: &Case) -> usize {
        let choices = case.expect.choices().iter();
        let list: usize = choices.map(|choice| choice.len() + 64).sum();
        let control = self.control.iter().flat_map(|(_, parts)| parts);
        let parts = self.parts.iter().chain(control);
        let of = |part: &Template| {
            let lists = part.fields().filter(|field| *field == "choices").count();
            part.length(&case.fields) + lists * list
        };
        let own = case
            .system
            .iter()
            .chain(case.turns.iter().map(|(_, text)| text));
        let own = own.filter_map(|text| Template::parse(text).ok());
        let own: usize = own.map(|template| of(&template)).sum();
        own + parts.map(of).sum::<usize>()
    }

    /// Whether it is a conversation in which the user speaks once.
    pub fn is_single_turn(&self) -> bool {
        let PromptTemplate::Chat { turns } = &self.template else {
            return false;
        };
        let spoken = turns.iter().filter(|(role, _)| *role != Role::System);
        spoken.count() == 1
    }

    /// As the suite holds it.
    pub fn to_suite(&self) -> SuitePrompt {
        SuitePrompt {
            template: self.template.clone(),
            letters: self.letters.clone(),
            control: self.control.as_ref().map(|(template, _)| template.clone()),
        }
    }
}

/// The letters of a prompt that gives none.
fn alphabet() -> Vec<String> {
    ('A'..='Z').map(String::from).collect()
}

/// Reads the table `prompt`, or the text that stands for `prompt.default.template`.
pub(super) fn prompts(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    task: Option<&Task>,
) -> Option<Prompts> {
    let value = top.required(notes, "prompt")?;
    let mut prompts = Prompts::default();
    if fields::is_text(value) {
        prompts.default = Some(short(notes, value, task));
        return Some(prompts);
    }
    let table = Fields::of(notes, "prompt", value)?;
    for (key, place, value) in table.entries() {
        let prompt = prompt(notes, &table.name(key), place, value, task);
        if key == "default" {
            prompts.default = Some(prompt);
        } else if let Some(language) = fields::language(notes, key, place) {
            prompts.by_language.insert(language, prompt);
        }
    }
    Some(prompts)
}

/// A prompt that is only a template.
fn short(notes: &mut Notes<'_>, value: Located<'_, '_>, task: Option<&Task>) -> Option<Prompt> {
    let mut parts = Vec::new();
    let template = template(notes, "prompt", value, &mut parts)?;
    let delimiter = if template.is_empty() { "" } else { " " }.to_owned();
    let prompt = Prompt {
        template: PromptTemplate::Text {
            template,
            delimiter,
        },
        parts,
        control: None,
        letters: letters(notes, None, "prompt", task)?,
        place: value.span().start,
    };
    lists_choices(notes, &prompt, task);
    Some(prompt)
}

fn prompt(
    notes: &mut Notes<'_>,
    name: &str,
    place: usize,
    value: Located<'_, '_>,
    task: Option<&Task>,
) -> Option<Prompt> {
    let mut table = Fields::of(notes, name, value)?;
    let text = table.optional("template");
    let delimiter = table.optional("delimiter");
    let turns = table.optional("turn");
    let control = table.optional("control");
    let by_letter = task.is_some_and(Task::is_by_letter);
    let own_letters = if by_letter {
        table.optional("letters")
    } else {
        None
    };
    table.finish(notes);
    let mut parts = Vec::new();
    let main = match (text, turns) {
        (Some(text), None) => plain(notes, &table, text, delimiter, &mut parts),
        (None, Some(turns)) if delimiter.is_none() => chat(notes, &table, turns, &mut parts),
        _ => {
            let message =
                format!("`{name}` needs either `template` (with `delimiter`) or `[[{name}.turn]]`");
            notes.add(code::TEMPLATE_OR_TURNS, place, message, None);
            None
        }
    };
    let letters = letters(notes, own_letters, &table.name("letters"), task);
    let control = control.map(|value| {
        let mut parts = Vec::new();
        let text = template(notes, &table.name("control"), value, &mut parts)?;
        Some((text, parts))
    });
    let main = main?;
    let prompt = Prompt {
        control: match control {
            Some(control) => Some(controlled(&main, &parts, control?)),
            None => None,
        },
        template: main,
        parts,
        letters: letters?,
        place,
    };
    lists_choices(notes, &prompt, task);
    Some(prompt)
}

/// `main` with the text of `control` in place of its context or of its last turn.
fn controlled(
    main: &PromptTemplate,
    parts: &[Template],
    (text, own): (String, Vec<Template>),
) -> (PromptTemplate, Vec<Template>) {
    match main {
        PromptTemplate::Text { delimiter, .. } => {
            let delimiter = delimiter.clone();
            let template = text;
            (
                PromptTemplate::Text {
                    template,
                    delimiter,
                },
                own,
            )
        }
        PromptTemplate::Chat { turns } => {
            let mut turns = turns.clone();
            turns.pop();
            turns.push((Role::User, text));
            let kept = parts.iter().take(turns.len().saturating_sub(1)).cloned();
            (PromptTemplate::Chat { turns }, kept.chain(own).collect())
        }
    }
}

/// The letters of a prompt whose choices go by letter: its own, each once, or A to Z.
fn letters(
    notes: &mut Notes<'_>,
    own: Option<Located<'_, '_>>,
    name: &str,
    task: Option<&Task>,
) -> Option<Vec<String>> {
    if !task.is_some_and(Task::is_by_letter) {
        return Some(Vec::new());
    }
    let Some(value) = own else {
        return Some(alphabet());
    };
    let mut letters: Vec<String> = Vec::new();
    for letter in fields::texts(notes, name, value)? {
        let place = letter.span().start;
        let letter = owned(letter);
        if letters.contains(&letter) {
            let message = format!("the letter `{letter}` stands twice");
            notes.add(code::NOT_UNIQUE, place, message, None);
        }
        letters.push(letter);
    }
    if letters.len() < 2 {
        let message = format!(
            "`{name}` has {} letters, expected two or more",
            letters.len()
        );
        notes.add(code::FEW_CHOICES, value.span().start, message, None);
    }
    Some(letters)
}

/// `{choices}` stands in a prompt if, and only if, choices go by letter.
fn lists_choices(notes: &mut Notes<'_>, prompt: &Prompt, task: Option<&Task>) {
    let Some(task) = task else { return };
    let mut fields = prompt.parts.iter().flat_map(Template::fields);
    let lists = fields.any(|field| field == "choices");
    let message = match (task.is_by_letter(), lists) {
        (true, false) => "the prompt does not name `{choices}`, the list of choices with letters",
        (false, true) => "the prompt names `{choices}`, which only `by = \"letter\"` fills",
        (true, true) | (false, false) => return,
    };
    notes.add(code::CHOICES_LIST, prompt.place, message.to_owned(), None);
}

fn plain(
    notes: &mut Notes<'_>,
    table: &Fields<'_, '_>,
    text: Located<'_, '_>,
    delimiter: Option<Located<'_, '_>>,
    parts: &mut Vec<Template>,
) -> Option<PromptTemplate> {
    let template = template(notes, &table.name("template"), text, parts)?;
    let delimiter = match delimiter {
        // Nothing stands before the first word of a text.
        None if template.is_empty() => "",
        None => " ",
        Some(value) => fields::text(notes, &table.name("delimiter"), value)?.into_inner(),
    };
    Some(PromptTemplate::Text {
        template,
        delimiter: delimiter.to_owned(),
    })
}

fn chat(
    notes: &mut Notes<'_>,
    table: &Fields<'_, '_>,
    value: Located<'_, '_>,
    parts: &mut Vec<Template>,
) -> Option<PromptTemplate> {
    const ROLES: [(&str, Role); 3] = [
        ("system", Role::System),
        ("user", Role::User),
        ("assistant", Role::Assistant),
    ];
    let name = table.name("turn");
    let mut turns = Vec::new();
    for item in fields::list(notes, &name, value)? {
        let mut turn = Fields::of(notes, &name, item)?;
        let role = turn.word(notes, "role", &ROLES);
        let content = turn.required(notes, "content");
        let content = content.and_then(|content| {
            let name = turn.name("content");
            fields::filled_text(notes, &name, content)?;
            template(notes, &name, content, parts)
        });
        turn.finish(notes);
        turns.push((role, content));
    }
    // The order is only checked when every role is known.
    let roles: Option<Vec<Role>> = turns.iter().map(|(role, _)| *role).collect();
    if let Some(fault) = roles.as_deref().and_then(order_fault) {
        notes.add(
            code::BAD_TURNS,
            value.span().start,
            format!("`{name}`: {fault}"),
            None,
        );
        return None;
    }
    let turns = turns
        .into_iter()
        .map(|(role, content)| Some((role?, content?)));
    Some(PromptTemplate::Chat {
        turns: turns.collect::<Option<Vec<_>>>()?,
    })
}

/// What is wrong with the order of the turns.
pub(super) fn order_fault(roles: &[Role]) -> Option<&'static str> {
    let spoken = match roles {
        [Role::System, rest @ ..] => rest,
        all => all,
    };
    let expected = [Role::User, Role::Assistant].into_iter().cycle();
    if spoken.last() != Some(&Role::User) {
        Some("the last turn is not the user's")
    } else if !spoken.iter().copied().eq(expected.take(spoken.len())) {
        Some("the user and the assistant do not take turns")
    } else {
        None
    }
}

pub(super) fn template(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'_, '_>,
    parts: &mut Vec<Template>,
) -> Option<String> {
    let text = fields::text(notes, name, value)?;
    match Template::parse(text.get_ref()) {
        Ok(template) => {
            if template.fields().count() > MOST_FIELDS {
                let message = format!("the template names more than {MOST_FIELDS} fields");
                notes.add(code::PROMPT_TOO_LONG, value.span().start, message, None);
                return None;
            }
            parts.push(template);
            Some(text.into_inner().to_owned())
        }
        Err(faults) => {
            let raw = notes.text.get(value.span()).unwrap_or_default();
            for fault in faults {
                let place =
                    value.span().start + fields::place_in_string(raw, text.get_ref(), fault.offset);
                brace_fault(notes, fault, place);
            }
            None
        }
    }
}

pub(super) fn brace_fault(notes: &mut Notes<'_>, fault: TemplateFault, place: usize) {
    let (code, message, help) = match fault.kind {
        TemplateFaultKind::Unclosed => (
            code::UNCLOSED_BRACE,
            "the brace is not closed on its line",
            "`{{` is a brace itself",
        ),
        TemplateFaultKind::Stray => (
            code::STRAY_BRACE,
            "the closing brace has no opening one",
            "`}}` is a brace itself",
        ),
        TemplateFaultKind::BadName => (
            code::BAD_FIELD,
            "expected the name of a field between the braces",
            "`{{` and `}}` are braces themselves",
        ),
    };
    notes.add(code, place, message.to_owned(), Some(help.to_owned()));
}
