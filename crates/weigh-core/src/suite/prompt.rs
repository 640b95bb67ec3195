//! Reads the tables `[prompt.<lang>]` and chooses the prompt of each language.

use std::collections::BTreeMap;

use super::PromptTemplate;
use super::template::{Template, TemplateFault, TemplateFaultKind};
use crate::diagnostic::{Notes, code};
use crate::fields::{self, Fields, Located};
use crate::language::Language;
use crate::request::Role;

/// One prompt with its templates taken apart.
#[derive(Debug, Clone)]
pub(super) struct Prompt {
    /// As the suite holds it.
    pub template: PromptTemplate,
    /// Every template of it.
    pub parts: Vec<Template>,
    /// Where its table stands in `suite.toml`.
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
}

impl Prompt {
    /// The fields that the prompt names.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(Template::fields)
    }
}

/// Reads the table `prompt`.
pub(super) fn prompts(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<Prompts> {
    let table = top.table(notes, "prompt")?;
    let mut prompts = Prompts::default();
    for (key, place, value) in table.entries() {
        let prompt = prompt(notes, &table.name(key), place, value);
        if key == "default" {
            prompts.default = Some(prompt);
        } else if let Some(language) = fields::language(notes, key, place) {
            prompts.by_language.insert(language, prompt);
        }
    }
    Some(prompts)
}

fn prompt(
    notes: &mut Notes<'_>,
    name: &str,
    place: usize,
    value: Located<'_, '_>,
) -> Option<Prompt> {
    let mut table = Fields::of(notes, name, value)?;
    let text = table.optional("template");
    let delimiter = table.optional("delimiter");
    let turns = table.optional("turn");
    table.finish(notes);
    let mut parts = Vec::new();
    let template = match (text, turns) {
        (Some(text), None) => plain(notes, &table, text, delimiter, &mut parts),
        (None, Some(turns)) if delimiter.is_none() => chat(notes, &table, turns, &mut parts),
        _ => {
            let message =
                format!("`{name}` needs either `template` (with `delimiter`) or `[[{name}.turn]]`");
            notes.add(code::TEMPLATE_OR_TURNS, place, message, None);
            None
        }
    };
    Some(Prompt {
        template: template?,
        parts,
        place,
    })
}

fn plain(
    notes: &mut Notes<'_>,
    table: &Fields<'_, '_>,
    text: Located<'_, '_>,
    delimiter: Option<Located<'_, '_>>,
    parts: &mut Vec<Template>,
) -> Option<PromptTemplate> {
    let template = template(notes, &table.name("template"), text, parts);
    let delimiter = match delimiter {
        None => " ",
        Some(value) => fields::text(notes, &table.name("delimiter"), value)?.into_inner(),
    };
    Some(PromptTemplate::Text {
        template: template?,
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
        let content = content.and_then(|c| template(notes, &turn.name("content"), c, parts));
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
fn order_fault(roles: &[Role]) -> Option<&'static str> {
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

fn template(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'_, '_>,
    parts: &mut Vec<Template>,
) -> Option<String> {
    let text = fields::filled_text(notes, name, value)?;
    match Template::parse(text.get_ref()) {
        Ok(template) => {
            parts.push(template);
            Some(text.into_inner().to_owned())
        }
        Err(faults) => {
            let raw = notes.text.get(value.span()).unwrap_or_default();
            for fault in faults {
                let place = value.span().start + fields::place_in_string(raw, fault.offset);
                brace_fault(notes, fault, place);
            }
            None
        }
    }
}

fn brace_fault(notes: &mut Notes<'_>, fault: TemplateFault, place: usize) {
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
