//! Reads the tables of a suite's head that say what is asked: `task`, `few_shot`, `perturb`.

use std::sync::Arc;

use super::case::TIERS;
use super::{ChoiceBy, FewShot, Task, Tier};
use crate::diagnostic::{Notes, code};
use crate::fields::{self, Fields, Located, known_word, owned};
use crate::json::GREATEST_INTEGER;
use crate::names::id_fault;
use crate::text::visible_line;
use crate::transform::Recipe;

/// The most tokens that a suite may ask a model to generate for one case.
pub(super) const MOST_TOKENS: u32 = 65_536;
/// The tokens of a reply where a local suite does not say.
const USUAL_TOKENS: u32 = 256;
/// The most solved examples before a case.
pub(super) const MOST_SHOTS: u32 = 64;
/// What parts solved examples where nothing is said.
const SEPARATOR: &str = "\n\n";

/// The kinds of task.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Choice,
    Generate,
    Likelihood,
    Pair,
}

/// The words for kinds of task.
pub(super) const KINDS: [(&str, Kind); 4] = [
    ("choice", Kind::Choice),
    ("generate", Kind::Generate),
    ("likelihood", Kind::Likelihood),
    ("pair", Kind::Pair),
];
/// The words for `task.by`.
pub(super) const BY: [(&str, ChoiceBy); 2] =
    [("text", ChoiceBy::Text), ("letter", ChoiceBy::Letter)];

/// Reads `task`: a table, or the word for its kind alone.
pub(super) fn task(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>, local: bool) -> Option<Task> {
    let value = top.required(notes, "task")?;
    if fields::is_text(value) {
        let said = fields::text(notes, "task", value)?;
        return match known_word(notes, code::UNKNOWN_WORD, "task", &said, &KINDS)? {
            Kind::Choice => Some(Task::Choice { by: ChoiceBy::Text }),
            Kind::Likelihood => Some(Task::Likelihood),
            Kind::Pair => Some(Task::Pair),
            Kind::Generate if local => Some(usual_reply()),
            Kind::Generate => {
                let message = "expected the key `task.max_tokens`".to_owned();
                let help = "write `[task]`, `kind = \"generate\"` and `max_tokens = 256`";
                let place = value.span().start;
                notes.add(code::MISSING_KEY, place, message, Some(help.to_owned()));
                None
            }
        };
    }
    let mut table = Fields::of(notes, "task", value)?;
    let task = match table.word(notes, "kind", &KINDS)? {
        Kind::Choice => choice(notes, &mut table),
        Kind::Generate => generate(notes, &mut table, local),
        Kind::Likelihood => Some(Task::Likelihood),
        Kind::Pair => Some(Task::Pair),
    };
    table.finish(notes);
    task
}

/// Replies of a local suite that says nothing more of them.
pub(super) fn usual_reply() -> Task {
    Task::Generate {
        max_tokens: USUAL_TOKENS,
        stop: Arc::from([]),
    }
}

fn choice(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Task> {
    let by = match table.optional("by") {
        None => ChoiceBy::Text,
        Some(value) => {
            let said = fields::text(notes, "task.by", value)?;
            known_word(notes, code::UNKNOWN_WORD, "task.by", &said, &BY)?
        }
    };
    Some(Task::Choice { by })
}

fn generate(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>, local: bool) -> Option<Task> {
    let max_tokens = if local && table.optional("max_tokens").is_none() {
        Some(USUAL_TOKENS)
    } else {
        let value = table.required(notes, "max_tokens");
        value.and_then(|value| fields::integer(notes, "task.max_tokens", value, (1, MOST_TOKENS)))
    };
    let stop = match table.optional("stop") {
        None => Some(Arc::from([])),
        Some(value) => stop_texts(notes, value),
    };
    Some(Task::Generate {
        max_tokens: max_tokens?,
        stop: stop?,
    })
}

/// Stop texts may be white space, for instance a line feed, but not empty.
fn stop_texts(notes: &mut Notes<'_>, value: Located<'_, '_>) -> Option<Arc<[String]>> {
    let items = fields::list(notes, "task.stop", value)?;
    let mut stop = Vec::new();
    for item in items {
        let text = fields::text(notes, "task.stop", item)?;
        if text.get_ref().is_empty() {
            let message = "a stop text is empty, and would end every answer at once".to_owned();
            notes.add(code::EMPTY, text.span().start, message, None);
        }
        stop.push(owned(text));
    }
    Some(stop.into())
}

/// Reads the table `few_shot`, with its place.
pub(super) fn few_shot(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    task: Option<&Task>,
) -> Option<(FewShot, usize)> {
    let value = top.optional("few_shot")?;
    let mut table = Fields::of(notes, "few_shot", value)?;
    let count = table.required(notes, "count");
    let count =
        count.and_then(|value| fields::integer(notes, "few_shot.count", value, (1, MOST_SHOTS)));
    let separator = match table.optional("separator") {
        None => Some(SEPARATOR.to_owned()),
        Some(value) => fields::text(notes, "few_shot.separator", value).map(owned),
    };
    table.finish(notes);
    let place = value.span().start;
    if matches!(task, Some(Task::Likelihood)) {
        let message = "the likelihood of a text needs no solved examples".to_owned();
        notes.add(code::SHOTS_MISFIT, place, message, None);
    }
    let few_shot = FewShot {
        count: usize::try_from(count?).ok()?,
        separator: separator?,
    };
    Some((few_shot, place))
}

/// What is to be done to the cases, each change giving one case more.
#[derive(Debug)]
pub(super) struct Perturb {
    pub recipes: Vec<Recipe>,
    /// The fields whose texts are changed.
    pub fields: Vec<String>,
    /// The tiers whose cases are changed.
    pub tiers: Vec<Tier>,
    pub seed: u64,
}

/// Reads the table `perturb`.
pub(super) fn perturb(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<Perturb> {
    let value = top.optional("perturb")?;
    let mut table = Fields::of(notes, "perturb", value)?;
    let recipes = recipes(notes, &mut table);
    let fields = table.optional("fields").map(|value| changed(notes, value));
    let tiers = table.optional("tiers").map(|value| tiers(notes, value));
    let seed = table.optional("seed");
    let seed =
        seed.map(|value| fields::integer(notes, "perturb.seed", value, (0, GREATEST_INTEGER)));
    table.finish(notes);
    Some(Perturb {
        recipes: recipes?,
        fields: fields.unwrap_or(Some(Vec::new()))?,
        tiers: tiers.unwrap_or_else(|| Some(TIERS.map(|(_, tier)| tier).to_vec()))?,
        seed: seed.unwrap_or(Some(0))?,
    })
}

fn recipes(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Vec<Recipe>> {
    let mut recipes: Vec<Recipe> = Vec::new();
    let mut known = true;
    for said in table.texts(notes, "transforms")? {
        let place = said.span().start;
        let parsed: Result<Recipe, _> = said.get_ref().parse();
        match parsed {
            Ok(recipe) if recipes.contains(&recipe) => {
                let message = format!("the transform `{recipe}` stands twice");
                notes.add(code::NOT_UNIQUE, place, message, None);
            }
            Ok(recipe) => recipes.push(recipe),
            Err(fault) => {
                let message = format!("`perturb.transforms`: {fault}");
                notes.add(
                    code::UNKNOWN_WORD,
                    place,
                    visible_line(&message).into(),
                    None,
                );
                known = false;
            }
        }
    }
    known.then_some(recipes)
}

fn changed(notes: &mut Notes<'_>, value: Located<'_, '_>) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in fields::texts(notes, "perturb.fields", value)? {
        let place = name.span().start;
        if let Some((code, message)) = id_fault("field", name.get_ref()) {
            notes.add(code, place, message, None);
        }
        names.push(owned(name));
    }
    Some(names)
}

fn tiers(notes: &mut Notes<'_>, value: Located<'_, '_>) -> Option<Vec<Tier>> {
    let said = fields::texts(notes, "perturb.tiers", value)?;
    let mut said = said.iter();
    said.by_ref()
        .map(|word| known_word(notes, code::UNKNOWN_WORD, "perturb.tiers", word, &TIERS))
        .collect()
}
