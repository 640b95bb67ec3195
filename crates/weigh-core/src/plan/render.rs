//! From a case and the prompt of its language to what is asked of the model.

use std::collections::BTreeMap;

use super::Trial;
use super::build::{PlanFault, Slot};
use crate::language::Language;
use crate::request::{Message, Prompt, Request, Role, Sampling};
use crate::suite::{Case, Expectation, PromptTemplate, Suite, Task, Template};

/// The prompts of a suite, taken apart once.
pub(super) struct Prompts(BTreeMap<Language, Option<Parts>>);

enum Parts {
    Text {
        template: Template,
        delimiter: String,
    },
    Chat(Vec<(Role, Template)>),
}

impl Prompts {
    pub fn of(suite: &Suite) -> Self {
        let prompts = suite.prompts.iter();
        Self(
            prompts
                .map(|(language, prompt)| (language.clone(), parts(prompt)))
                .collect(),
        )
    }
}

fn parts(prompt: &PromptTemplate) -> Option<Parts> {
    match prompt {
        PromptTemplate::Text {
            template,
            delimiter,
        } => Some(Parts::Text {
            template: Template::parse(template).ok()?,
            delimiter: delimiter.clone(),
        }),
        PromptTemplate::Chat { turns } => {
            let turns = turns
                .iter()
                .map(|(role, content)| Some((*role, Template::parse(content).ok()?)));
            turns.collect::<Option<Vec<_>>>().map(Parts::Chat)
        }
    }
}

impl Parts {
    fn render(&self, fields: &BTreeMap<String, String>) -> Result<Prompt, String> {
        let fill = |template: &Template| {
            let filled = template.render(fields);
            filled.map_err(|name| format!("the case lacks the field `{name}`"))
        };
        match self {
            Self::Text { template, .. } => fill(template).map(|text| Prompt::Text(text.into())),
            Self::Chat(turns) => {
                let message = |(role, template): &(Role, Template)| {
                    Ok(Message {
                        role: *role,
                        content: fill(template)?,
                    })
                };
                let messages: Result<Vec<Message>, String> = turns.iter().map(message).collect();
                Ok(Prompt::Chat(messages?.into()))
            }
        }
    }

    /// What stands before a choice: after a chat template nothing, as in lm-evaluation-harness.
    fn delimiter(&self) -> &str {
        match self {
            Self::Text { delimiter, .. } => delimiter,
            Self::Chat(_) => "",
        }
    }
}

/// The trial of `slot`, a case of `suite`.
pub(super) fn trial(suite: &Suite, prompts: &Prompts, slot: Slot) -> Result<Trial, PlanFault> {
    let asked = match suite.cases.get(slot.case) {
        Some(case) => requests(suite, prompts, case),
        None => Err("there is no such case".to_owned()),
    };
    match asked {
        Ok(requests) => Ok(Trial {
            id: slot.id,
            suite: slot.suite,
            case: slot.case,
            requests,
        }),
        Err(reason) => Err(PlanFault::NoPrompt {
            trial: slot.id,
            reason,
        }),
    }
}

fn requests(suite: &Suite, prompts: &Prompts, case: &Case) -> Result<Vec<Request>, String> {
    let parts = match prompts.0.get(&case.language) {
        Some(Some(parts)) => parts,
        Some(None) => {
            return Err(format!(
                "the template of `{}` is not well-formed",
                case.language
            ));
        }
        None => return Err(format!("the suite has none for `{}`", case.language)),
    };
    let prompt = parts.render(&case.fields)?;
    match (&suite.task, &case.expect) {
        (Task::Choice, Expectation::Choice { choices, .. }) => {
            Ok(likelihoods(&prompt, parts.delimiter(), choices))
        }
        (Task::Generate { max_tokens, stop }, Expectation::Refusal | Expectation::Compliance) => {
            Ok(vec![Request::Generate {
                prompt,
                sampling: Sampling::Greedy,
                stop: stop.clone(),
                max_tokens: *max_tokens,
            }])
        }
        (Task::Choice, Expectation::Refusal | Expectation::Compliance)
        | (Task::Generate { .. }, Expectation::Choice { .. }) => {
            Err("what is expected does not fit the suite's task".to_owned())
        }
    }
}

/// One request for each choice, in the order of the case.
fn likelihoods(prompt: &Prompt, delimiter: &str, choices: &[String]) -> Vec<Request> {
    let request = |choice: &String| Request::Likelihood {
        context: prompt.clone(),
        continuation: format!("{delimiter}{choice}"),
    };
    choices.iter().map(request).collect()
}
