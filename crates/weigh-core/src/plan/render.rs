//! From a case and the prompt of its language to what is asked of the model.

use std::collections::BTreeMap;

use super::Trial;
use super::build::{PlanFault, Slot};
use super::shots::Pool;
use crate::language::Language;
use crate::measure::MeasureName;
use crate::request::{Message, Prompt, Request, Role, Sampling};
use crate::suite::{
    CONTROL, Case, Contexts, Expectation, PromptTemplate, Suite, SuitePrompt, Task, Template,
};

/// The prompts of a suite, taken apart once, and its pool of solved examples.
pub(super) struct Prompts<'a> {
    suite: &'a Suite,
    by_language: BTreeMap<&'a Language, Option<Parts<'a>>>,
    pool: Pool<'a>,
}

/// The prompt of one language.
struct Parts<'a> {
    main: Shape,
    control: Option<Shape>,
    letters: &'a [String],
}

enum Shape {
    Text {
        template: Template,
        delimiter: String,
    },
    Chat(Vec<(Role, Template)>),
}

impl<'a> Prompts<'a> {
    /// `seed` is that of the plan.
    pub fn of(suite: &'a Suite, seed: u64) -> Self {
        let prompts = suite.prompts.iter();
        Self {
            suite,
            by_language: prompts
                .map(|(language, prompt)| (language, parts(prompt)))
                .collect(),
            pool: Pool::of(suite, seed),
        }
    }

    /// The trial of `slot`, a case of the suite.
    pub fn trial(&self, slot: Slot) -> Result<Trial, PlanFault> {
        let asked = match self.suite.cases.get(slot.case) {
            Some(case) => self.requests(case),
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

    fn parts(&self, language: &Language) -> Result<&Parts<'a>, String> {
        match self.by_language.get(language) {
            Some(Some(parts)) => Ok(parts),
            Some(None) => Err(format!("the template of `{language}` is not well-formed")),
            None => Err(format!("the suite has none for `{language}`")),
        }
    }

    fn requests(&self, case: &Case) -> Result<Vec<Request>, String> {
        let parts = self.parts(&case.language)?;
        let control = parts.control.as_ref().filter(|_| case.variant == CONTROL);
        let shape = control.unwrap_or(&parts.main);
        let prompt = self.prompt(parts, shape, case)?;
        let continuations = match (&self.suite.task, &case.expect) {
            (
                Task::Choice { .. },
                Expectation::Choice {
                    contexts: Some(contexts),
                    ..
                },
            ) => {
                return Ok(after_contexts(contexts, shape.delimiter()));
            }
            (Task::Choice { .. } | Task::Pair, Expectation::Choice { choices, .. }) => {
                let mut texts = Vec::new();
                for (index, choice) in choices.iter().enumerate() {
                    texts.push(self.continuation(parts, index, choice)?);
                }
                texts
            }
            (Task::Likelihood, Expectation::Text(text)) => vec![text.as_str()],
            (Task::Generate { max_tokens, stop }, expect) if is_of_reply(expect) => {
                return Ok(vec![Request::Generate {
                    prompt,
                    sampling: Sampling::Greedy,
                    stop: stop.clone(),
                    max_tokens: *max_tokens,
                }]);
            }
            _ => return Err("what is expected does not fit the suite's task".to_owned()),
        };
        let mut asked = likelihoods(&prompt, shape.delimiter(), &continuations);
        if self.asks_unprompted(case) {
            let nothing = Prompt::Text("".into());
            asked.extend(likelihoods(&nothing, shape.delimiter(), &continuations));
        }
        Ok(asked)
    }

    /// Whether a measure reads how likely the choices are after nothing, too.
    fn asks_unprompted(&self, case: &Case) -> bool {
        let measure = MeasureName::AccuracyMutualInformation;
        self.suite.measures.contains(&measure) && measure.scores(case)
    }

    /// What stands for the choice at `index` after the prompt.
    fn continuation<'t>(
        &self,
        parts: &Parts<'t>,
        index: usize,
        choice: &'t str,
    ) -> Result<&'t str, String> {
        if !self.suite.task.is_by_letter() {
            return Ok(choice);
        }
        let letter = parts.letters.get(index).map(String::as_str);
        letter.ok_or_else(|| format!("choice {index} has no letter"))
    }

    /// The solved examples and the case.
    fn prompt(&self, parts: &Parts<'_>, shape: &Shape, case: &Case) -> Result<Prompt, String> {
        let shots = self.pool.draw(case)?;
        match shape {
            Shape::Text { template, .. } => {
                let mut text = String::new();
                for shot in shots {
                    text.push_str(&self.solved_text(parts, shot)?);
                }
                text.push_str(&fill(template, &self.fields(parts, case)?)?);
                Ok(Prompt::Text(text.into()))
            }
            Shape::Chat(turns) => {
                let mut messages = self.opening(parts, turns, case)?;
                for shot in shots {
                    messages.extend(self.turns(parts, turns_of(&parts.main), shot)?);
                    messages.push(Message {
                        role: Role::Assistant,
                        content: self.solution(parts, shot)?,
                    });
                }
                messages.extend(self.turns(parts, turns, case)?);
                Ok(Prompt::Chat(messages.into()))
            }
        }
    }

    /// A solved example in plain text, with what parts it from what follows.
    fn solved_text(&self, parts: &Parts<'_>, shot: &Case) -> Result<String, String> {
        let Shape::Text {
            template,
            delimiter,
        } = &parts.main
        else {
            return Err("the control is plain text and the prompt a conversation".to_owned());
        };
        let asked = fill(template, &self.fields(parts, shot)?)?;
        let solution = self.solution(parts, shot)?;
        let few_shot = self.suite.few_shot.as_ref();
        let separator = few_shot.map_or("", |few| few.separator.as_str());
        Ok(format!("{asked}{delimiter}{solution}{separator}"))
    }

    /// The answer of a solved example as it is shown.
    fn solution(&self, parts: &Parts<'_>, shot: &Case) -> Result<String, String> {
        let shown = match &shot.expect {
            Expectation::Choice {
                choices, answer, ..
            } => match choices.get(*answer) {
                Some(choice) => Some(self.continuation(parts, *answer, choice)?),
                None => None,
            },
            Expectation::Answers(answers) => answers.first().map(String::as_str),
            Expectation::Number(number) => Some(number.as_str()),
            Expectation::Refusal
            | Expectation::Compliance
            | Expectation::Contains { .. }
            | Expectation::Pattern(_)
            | Expectation::Instructions(_)
            | Expectation::Text(_)
            | Expectation::Open => None,
        };
        let missing = || format!("the example `{}` has no answer to show", shot.id);
        shown.map(str::to_owned).ok_or_else(missing)
    }

    /// The fields of a case, with the list of its choices where they go by letter.
    fn fields(&self, parts: &Parts<'_>, case: &Case) -> Result<BTreeMap<String, String>, String> {
        let mut fields = case.fields.clone();
        if self.suite.task.is_by_letter() {
            let mut lines = Vec::new();
            for (index, choice) in case.expect.choices().iter().enumerate() {
                let letter = self.continuation(parts, index, choice)?;
                lines.push(format!("{letter}. {choice}"));
            }
            fields.insert("choices".to_owned(), lines.join("\n"));
        }
        Ok(fields)
    }

    /// The system turn: the case's own, else the template's.
    fn opening(
        &self,
        parts: &Parts<'_>,
        turns: &[(Role, Template)],
        case: &Case,
    ) -> Result<Vec<Message>, String> {
        let fields = self.fields(parts, case)?;
        let content = match (&case.system, turns) {
            (Some(system), _) => fill(&parsed(system)?, &fields)?,
            (None, [(Role::System, template), ..]) => fill(template, &fields)?,
            (None, _) => return Ok(Vec::new()),
        };
        Ok(vec![Message {
            role: Role::System,
            content,
        }])
    }

    /// The turns after the system's: the case's own, else the template's.
    fn turns(
        &self,
        parts: &Parts<'_>,
        turns: &[(Role, Template)],
        case: &Case,
    ) -> Result<Vec<Message>, String> {
        let fields = self.fields(parts, case)?;
        if case.turns.is_empty() {
            let spoken = turns.iter().filter(|(role, _)| *role != Role::System);
            return spoken
                .map(|(role, template)| message(*role, fill(template, &fields)))
                .collect();
        }
        let scripted = case.turns.iter();
        scripted
            .map(|(role, text)| message(*role, fill(&parsed(text)?, &fields)))
            .collect()
    }
}

/// Whether it is read from a generated text.
const fn is_of_reply(expect: &Expectation) -> bool {
    match expect {
        Expectation::Choice { .. } | Expectation::Text(_) => false,
        Expectation::Refusal
        | Expectation::Compliance
        | Expectation::Answers(_)
        | Expectation::Number(_)
        | Expectation::Contains { .. }
        | Expectation::Pattern(_)
        | Expectation::Instructions(_)
        | Expectation::Open => true,
    }
}

fn parts(prompt: &SuitePrompt) -> Option<Parts<'_>> {
    let control = match &prompt.control {
        Some(template) => Some(shape(template)?),
        None => None,
    };
    Some(Parts {
        main: shape(&prompt.template)?,
        control,
        letters: &prompt.letters,
    })
}

fn shape(prompt: &PromptTemplate) -> Option<Shape> {
    match prompt {
        PromptTemplate::Text {
            template,
            delimiter,
        } => Some(Shape::Text {
            template: Template::parse(template).ok()?,
            delimiter: delimiter.clone(),
        }),
        PromptTemplate::Chat { turns } => {
            let turns = turns
                .iter()
                .map(|(role, content)| Some((*role, Template::parse(content).ok()?)));
            turns.collect::<Option<Vec<_>>>().map(Shape::Chat)
        }
    }
}

fn turns_of(shape: &Shape) -> &[(Role, Template)] {
    match shape {
        Shape::Text { .. } => &[],
        Shape::Chat(turns) => turns,
    }
}

impl Shape {
    /// What stands before a choice: after a chat template nothing, as in lm-evaluation-harness.
    fn delimiter(&self) -> &str {
        match self {
            Self::Text { delimiter, .. } => delimiter,
            Self::Chat(_) => "",
        }
    }
}

fn parsed(template: &str) -> Result<Template, String> {
    let malformed = |_| "a turn of the case is not well-formed".to_owned();
    Template::parse(template).map_err(malformed)
}

fn fill(template: &Template, fields: &BTreeMap<String, String>) -> Result<String, String> {
    let filled = template.render(fields);
    filled.map_err(|name| format!("the case lacks the field `{name}`"))
}

fn message(role: Role, content: Result<String, String>) -> Result<Message, String> {
    content.map(|content| Message { role, content })
}

/// One request for each continuation, in order.
/// One text after what stands before it for each choice.
fn after_contexts(contexts: &Contexts, delimiter: &str) -> Vec<Request> {
    let request = |before: &String| Request::Likelihood {
        context: Prompt::Text(before.as_str().into()),
        continuation: format!("{delimiter}{}", contexts.continuation),
    };
    contexts.before.iter().map(request).collect()
}

fn likelihoods(prompt: &Prompt, delimiter: &str, continuations: &[&str]) -> Vec<Request> {
    let request = |continuation: &&str| Request::Likelihood {
        context: prompt.clone(),
        continuation: format!("{delimiter}{continuation}"),
    };
    continuations.iter().map(request).collect()
}
