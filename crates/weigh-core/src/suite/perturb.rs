//! The cases that a suite makes of its own: perturbed ones, and those without the question.

use super::extras::Perturb;
use super::prompt::Prompt;
use super::{CONTROL, Case, Expectation, MADE, PromptTemplate, Template, VARIANT};
use crate::diagnostic::{Diagnostic, code, whole_file};
use crate::request::{Message, Role};
use crate::transform::{Level, NotApplicable, Recipe, seed_for};

/// The control and the perturbed cases of `case`, and a note on each that there cannot be.
pub(super) fn made(
    suite: &str,
    case: &Case,
    prompt: &Prompt,
    perturb: Option<&Perturb>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Case> {
    let mut cases = Vec::new();
    if case.variant != VARIANT {
        return cases;
    }
    if prompt.control.is_some() {
        cases.push(named(case, CONTROL));
    }
    let Some(perturb) = perturb.filter(|perturb| perturb.tiers.contains(&case.tier)) else {
        return cases;
    };
    for recipe in &perturb.recipes {
        match perturbed(suite, case, prompt, perturb, recipe) {
            Ok(case) => cases.push(case),
            Err(reason) => {
                let message = format!(
                    "cannot apply `{recipe}` to the case `{}`: {reason}",
                    case.id
                );
                let mut note = whole_file(&case.place.0, code::NOT_PERTURBED, message, None);
                note.line = case.place.1;
                found.push(note);
            }
        }
    }
    cases
}

/// The case as another variant of its family.
fn named(case: &Case, variant: &str) -> Case {
    Case {
        id: format!("{}{MADE}{variant}", case.id),
        variant: variant.to_owned(),
        ..case.clone()
    }
}

fn perturbed(
    suite: &str,
    case: &Case,
    prompt: &Prompt,
    perturb: &Perturb,
    recipe: &Recipe,
) -> Result<Case, NotApplicable> {
    let name = recipe.to_string();
    let seed = seed_for(perturb.seed, suite, &case.id, &name);
    let mut changed = named(case, &name);
    // So that a report tells the figure of each transform.
    changed.tags.insert(format!("variant-{name}"));
    let is_at = |level: Level| recipe.steps().iter().any(|step| step.level() == level);
    if is_at(Level::Choices) {
        reorder(&mut changed, recipe, seed)?;
    }
    if is_at(Level::Conversation) {
        converse(&mut changed, prompt, recipe, seed)?;
    } else if is_at(Level::Text) {
        rewrite(&mut changed, perturb, recipe, seed)?;
    }
    Ok(changed)
}

/// Another order of the choices.
fn reorder(case: &mut Case, recipe: &Recipe, seed: u64) -> Result<(), NotApplicable> {
    let Expectation::Choice {
        choices,
        answer,
        also,
        contexts,
        roles,
        ..
    } = &mut case.expect
    else {
        return Err(NotApplicable::NeedsChoices);
    };
    let Some(order) = recipe.order(choices.len(), seed)? else {
        return Ok(());
    };
    let moved = |old: &usize| order.iter().position(|from| from == old);
    *answer = moved(answer).unwrap_or(*answer);
    *also = also.iter().filter_map(moved).collect();
    if let Some(contexts) = contexts {
        let before = order
            .iter()
            .filter_map(|from| contexts.before.get(*from).cloned());
        contexts.before = before.collect();
    }
    *choices = order
        .iter()
        .filter_map(|from| choices.get(*from).cloned())
        .collect();
    if let Some(roles) = roles {
        *roles = order
            .iter()
            .filter_map(|from| roles.get(*from).copied())
            .collect();
    }
    Ok(())
}

/// Other texts in the fields. A field that has nothing to change stays, if another one changes.
fn rewrite(
    case: &mut Case,
    perturb: &Perturb,
    recipe: &Recipe,
    seed: u64,
) -> Result<(), NotApplicable> {
    let mut outcome = Err(NotApplicable::Nothing(
        "field that is named in `perturb.fields`",
    ));
    for (index, field) in perturb.fields.iter().enumerate() {
        let Some(text) = case.fields.get_mut(field) else {
            continue;
        };
        // Two fields must not slip in the same places; the first has the seed of the case.
        let seed = if index == 0 {
            seed
        } else {
            seed_for(seed, "", field, "")
        };
        match recipe.apply(text, &case.language, seed) {
            Ok(changed) => {
                *text = changed;
                outcome = Ok(());
            }
            Err(reason) => {
                outcome = outcome.map_err(|_| reason);
            }
        }
    }
    outcome
}

/// Another conversation, which then stands in the case itself.
fn converse(
    case: &mut Case,
    prompt: &Prompt,
    recipe: &Recipe,
    seed: u64,
) -> Result<(), NotApplicable> {
    let messages = messages(case, prompt).ok_or(NotApplicable::NeedsConversation)?;
    let changed = recipe.apply_messages(&messages, &case.language, seed)?;
    case.system = None;
    case.turns.clear();
    for message in changed {
        let text = message.content.replace('{', "{{").replace('}', "}}");
        match message.role {
            Role::System => case.system = Some(text),
            Role::User | Role::Assistant => case.turns.push((message.role, text)),
        }
    }
    Ok(())
}

/// The conversation that `case` begins with. None for plain text.
fn messages(case: &Case, prompt: &Prompt) -> Option<Vec<Message>> {
    let PromptTemplate::Chat { turns } = &prompt.template else {
        return None;
    };
    let fill = |role: Role, text: &str| {
        let content = Template::parse(text).ok()?.render(&case.fields).ok()?;
        Some(Message { role, content })
    };
    let system = turns.iter().find(|(role, _)| *role == Role::System);
    let system = case
        .system
        .as_deref()
        .or(system.map(|(_, text)| text.as_str()));
    let spoken = if case.turns.is_empty() {
        turns
    } else {
        &case.turns
    };
    let spoken = spoken.iter().filter(|(role, _)| *role != Role::System);
    let system = system.map(|text| fill(Role::System, text));
    let spoken = spoken.map(|(role, text)| fill(*role, text));
    system.into_iter().chain(spoken).collect()
}
