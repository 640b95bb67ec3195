//! Reads one case out of the members of its object.

use std::collections::{BTreeMap, BTreeSet};

use super::head::Head;
use super::keys::{self, Key, Shape};
use super::prompt::Prompt;
use super::values::Values;
use super::{CONTROL, Case, PromptTemplate, Template, Tier, VARIANT};
use crate::diagnostic::{Notes, code};
use crate::fields::did_you_mean;
use crate::json::{Member, Node, Value};
use crate::language::Language;
use crate::names::{id_fault, tag_fault};
use crate::request::Role;
use crate::text::visible_line;

/// The words for tiers.
pub(super) const TIERS: [(&str, Tier); 3] = [
    (Tier::Quick.as_str(), Tier::Quick),
    (Tier::Standard.as_str(), Tier::Standard),
    (Tier::Full.as_str(), Tier::Full),
];
/// Who speaks in the turns of a case.
pub(super) const SPEAKERS: [(&str, Role); 2] =
    [("user", Role::User), ("assistant", Role::Assistant)];

/// Reads the case that begins at byte `start`.
pub(super) struct CaseReader<'a> {
    pub language: &'a Language,
    pub head: &'a Head,
    pub prompt: Option<&'a Prompt>,
    pub start: usize,
    pub values: Values,
}

/// What the keys of a case said so far.
#[derive(Default)]
pub(super) struct Draft<'n> {
    id: Option<String>,
    family: Option<String>,
    variant: Option<String>,
    tier: Option<Tier>,
    tags: BTreeSet<String>,
    pub fields: BTreeMap<String, String>,
    system: Option<(String, Template)>,
    turns: Vec<(Role, String, Template)>,
    /// The keys that were there, whatever was in them, with their places.
    pub keys: BTreeMap<&'static str, usize>,
    /// What is expected, by key.
    pub expected: BTreeMap<&'static str, Node<'n>>,
}

impl CaseReader<'_> {
    /// The tier of a case that names none: somebody's own few cases are all meant to be run.
    fn tier(&self) -> Tier {
        let id = self.head.id.as_deref().unwrap_or_default();
        if id.starts_with("local/") {
            Tier::Quick
        } else {
            Tier::Standard
        }
    }

    /// The case, or none if it cannot be made out. Faults go to `notes`.
    pub fn case(&self, notes: &mut Notes<'_>, members: Vec<Member<'_>>) -> Option<Case> {
        let mut draft = Draft::default();
        for member in members {
            self.member(notes, &mut draft, member);
        }
        if !draft.keys.contains_key("id") {
            self.missing(notes, &draft, "id");
        }
        self.check_fields(notes, &draft);
        let expect = self.expectation(notes, &mut draft);
        let id = draft.id?;
        Some(Case {
            language: self.language.clone(),
            family: draft.family.unwrap_or_else(|| id.clone()),
            variant: draft.variant.unwrap_or_else(|| VARIANT.to_owned()),
            tier: draft.tier.unwrap_or(self.tier()),
            tags: draft.tags,
            fields: draft.fields,
            system: draft.system.map(|(text, _)| text),
            turns: draft
                .turns
                .into_iter()
                .map(|(role, text, _)| (role, text))
                .collect(),
            expect: expect?,
            place: (notes.file.to_owned(), notes.line(self.start)),
            id,
        })
    }

    /// The key with a meaning. One that the prompt names, and that the task can do without, is a
    /// field: a prompt may have a `{number}` of its own.
    fn key(&self, name: &str) -> Option<&'static Key> {
        let key = keys::find(name)?;
        let needed = match &self.head.task {
            Some(task) => keys::required(task).contains(&name),
            None => true,
        };
        let identity = matches!(key.shape, Shape::Id | Shape::Tier | Shape::Tags);
        (identity || needed || !self.names(name)).then_some(key)
    }

    /// Whether the prompt names a field.
    fn names(&self, field: &str) -> bool {
        let mut fields = self.prompt.into_iter().flat_map(Prompt::fields);
        fields.any(|name| name == field)
    }

    fn member<'n>(&self, notes: &mut Notes<'_>, draft: &mut Draft<'n>, member: Member<'n>) {
        let Some(key) = self.key(&member.key) else {
            return self.field(notes, draft, member);
        };
        let (name, node, values) = (key.name, member.node, self.values);
        draft.keys.insert(name, values.base + member.start);
        match name {
            "id" => draft.id = values.ident(notes, name, node),
            "family" => draft.family = values.ident(notes, name, node),
            "variant" => draft.variant = self.variant(notes, node),
            "tier" => draft.tier = values.word(notes, name, &node, &TIERS),
            "tags" => draft.tags = self.tags(notes, node),
            "system" => draft.system = self.turn_text(notes, name, node),
            "turns" => draft.turns = self.turns(notes, node).unwrap_or_default(),
            _ => {
                draft.expected.insert(name, node);
            }
        }
    }

    fn field<'n>(&self, notes: &mut Notes<'_>, draft: &mut Draft<'n>, member: Member<'n>) {
        let key = visible_line(&member.key).into_owned();
        let place = self.values.base + member.start;
        if let Some((code, message)) = id_fault("field", &member.key) {
            notes.add(code, place, message, None);
        }
        let Value::Text(_) = member.node.value else {
            let message = format!("`{key}` is not known here, and no field: a field is a text");
            let help = did_you_mean(&key, keys::names());
            let number = matches!(member.node.value, Value::Number(_) | Value::Bool(_));
            let help = help.or_else(|| number.then(|| "put the value in quotes".to_owned()));
            notes.add(code::UNKNOWN_KEY, place, message, help);
            return;
        };
        let used = self.prompt.is_none() || self.names(&member.key);
        if !used
            && notes.is_first(&member.key)
            && let Some(help) = did_you_mean(&key, keys::names())
        {
            let message = format!("no prompt names the field `{key}`");
            notes.add(code::LIKELY_TYPO, place, message, Some(help));
        }
        if let Some(text) = self.values.text(notes, &key, member.node) {
            draft.fields.insert(member.key.into_owned(), text);
        }
    }

    fn variant(&self, notes: &mut Notes<'_>, node: Node<'_>) -> Option<String> {
        let place = self.values.place(&node);
        let variant = self.values.ident(notes, "variant", node)?;
        if variant == CONTROL {
            let message = format!("the variant `{CONTROL}` is made by the prompt's `control`");
            let help = Some("give the prompt of the language a `control`".to_owned());
            notes.add(code::MADE_VARIANT, place, message, help);
        }
        Some(variant)
    }

    fn tags(&self, notes: &mut Notes<'_>, node: Node<'_>) -> BTreeSet<String> {
        let mut tags = BTreeSet::new();
        for item in self.values.list(notes, "tags", node).unwrap_or_default() {
            let place = self.values.place(&item);
            let Value::Text(tag) = item.value else {
                self.values.wrong_type(notes, "tags", &item, "a text");
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

    fn turns(
        &self,
        notes: &mut Notes<'_>,
        node: Node<'_>,
    ) -> Option<Vec<(Role, String, Template)>> {
        let place = self.values.place(&node);
        if !self.prompt.is_none_or(Prompt::is_single_turn) {
            let message = "`turns` stand in for the user's turn of a conversation, and the prompt \
                           has not exactly one"
                .to_owned();
            let help = "let the prompt be `[[prompt.<lang>.turn]]` with one turn of the user's";
            notes.add(code::TURNS_MISFIT, place, message, Some(help.to_owned()));
        }
        let mut turns = Vec::new();
        for item in self.values.list(notes, "turns", node)? {
            turns.push(self.turn(notes, item)?);
        }
        let roles: Vec<Role> = turns.iter().map(|(role, _, _)| *role).collect();
        if let Some(fault) = super::prompt::order_fault(&roles) {
            notes.add(code::BAD_TURNS, place, format!("`turns`: {fault}"), None);
        }
        Some(turns)
    }

    fn turn(&self, notes: &mut Notes<'_>, node: Node<'_>) -> Option<(Role, String, Template)> {
        let place = self.values.place(&node);
        let Value::Object(members) = node.value else {
            let expected = "an object with `role` and `content`";
            self.values.wrong_type(notes, "turns", &node, expected);
            return None;
        };
        let (mut role, mut content) = (None, None);
        for member in members {
            match member.key.as_ref() {
                "role" => role = Some(self.values.word(notes, "role", &member.node, &SPEAKERS)),
                "content" => content = Some(self.turn_text(notes, "content", member.node)),
                other => {
                    let message = format!("`{}` is not known here", visible_line(other));
                    let place = self.values.base + member.start;
                    let help = did_you_mean(other, ["role", "content"]);
                    notes.add(code::UNKNOWN_KEY, place, message, help);
                }
            }
        }
        for (key, absent) in [("role", role.is_none()), ("content", content.is_none())] {
            if absent {
                let message = format!("a turn needs the key `{key}`");
                notes.add(code::MISSING_KEY, place, message, None);
            }
        }
        let (text, template) = content.flatten()?;
        Some((role.flatten()?, text, template))
    }

    /// A template within a case.
    fn turn_text(
        &self,
        notes: &mut Notes<'_>,
        key: &str,
        node: Node<'_>,
    ) -> Option<(String, Template)> {
        let place = self.values.place(&node);
        let text = self.values.filled(notes, key, node)?;
        match Template::parse(&text) {
            Ok(template) if template.fields().count() > super::prompt::MOST_FIELDS => {
                let message = format!("`{key}` names more fields than a template may");
                notes.add(code::PROMPT_TOO_LONG, place, message, None);
                None
            }
            Ok(template) => Some((text, template)),
            Err(faults) => {
                for fault in faults {
                    super::prompt::brace_fault(notes, fault, place);
                }
                None
            }
        }
    }

    pub(super) fn missing(&self, notes: &mut Notes<'_>, draft: &Draft<'_>, key: &str) {
        let message = format!("expected the key `{key}`");
        notes.add(code::MISSING_KEY, self.start, message, misspelt(draft, key));
    }

    /// Every field that the prompt and the turns of the case name must be there.
    fn check_fields(&self, notes: &mut Notes<'_>, draft: &Draft<'_>) {
        let fields = &draft.fields;
        let missing = self
            .named(draft)
            .into_iter()
            .filter(|name| !fields.contains_key(*name));
        for name in missing {
            let message = format!("the case lacks the field `{name}`, which the prompt names");
            notes.add(
                code::MISSING_FIELD,
                self.start,
                message,
                misspelt(draft, name),
            );
        }
    }

    fn named<'t>(&'t self, draft: &'t Draft<'_>) -> BTreeSet<&'t str> {
        let own_turns = draft.keys.contains_key("turns");
        let own_system = draft.keys.contains_key("system");
        let system = |prompt: &'t Prompt| match &prompt.template {
            PromptTemplate::Chat { turns } => {
                matches!(turns.first(), Some((Role::System, _)))
            }
            PromptTemplate::Text { .. } => false,
        };
        let mut named = BTreeSet::new();
        if let Some(prompt) = self.prompt {
            for (index, part) in prompt.parts.iter().enumerate() {
                let replaced = if index == 0 && system(prompt) {
                    own_system
                } else {
                    own_turns
                };
                if !replaced {
                    named.extend(part.fields());
                }
            }
            named.extend(
                prompt
                    .control
                    .iter()
                    .flat_map(|(_, parts)| parts)
                    .flat_map(Template::fields),
            );
        }
        let own = draft.turns.iter().map(|(_, _, template)| template);
        let own = own.chain(draft.system.iter().map(|(_, template)| template));
        named.extend(own.flat_map(Template::fields));
        // What stands for the list of choices is looked at with the prompt.
        named.remove("choices");
        named
    }
}

/// The field of the case that may be a misspelt `key`.
pub(super) fn misspelt(draft: &Draft<'_>, key: &str) -> Option<String> {
    let near = did_you_mean(key, draft.fields.keys().map(String::as_str));
    near.map(|near| near.replace("did you mean", "is it written as"))
}
