//! From documents to what is asked of a model (`ConfigurableTask` in `lm_eval/api/task.py`).

use weigh_core::measure::text::unicode::{digit, is_python_space};
use weigh_core::request::{Message, Role};

use super::jinja::Templates;
use super::message::{self, Part, Turn};
use super::python::{self, Python};
use super::shots::Shots;
use super::task::{Field, OutputType, Parts, Task};
use crate::table::Table;

/// What a prompt is, as a run asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Examples, where the task does not forbid it by saying 0.
    pub num_fewshot: Option<usize>,
    /// A conversation for the model's chat template instead of plain text.
    pub chat: bool,
    /// Examples as turns of their own; otherwise one message of the user holds everything.
    pub multiturn: bool,
    /// Before the task's own description.
    pub system_instruction: String,
    /// Only so many documents.
    pub limit: Option<usize>,
    /// lm-eval's few-shot seed; 1234 where nothing is said there.
    pub seed: u64,
}

impl Options {
    /// How many examples stand before each document of `task`.
    #[must_use]
    pub fn shots(&self, task: &Task) -> usize {
        match (task.examples.count, self.num_fewshot) {
            (Some(0), _) => 0,
            (said, wanted) => wanted.or(said).unwrap_or(0),
        }
    }
}

/// A prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// Plain text.
    Text(String),
    /// A conversation. An assistant's message at its end is the beginning of the answer.
    Chat(Vec<Message>),
}

/// What the right answer is.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Places of choices. None of them is right where the list is empty: lm-eval's -100.
    Choices(Vec<usize>),
    /// A text, or one of several.
    Texts(Vec<String>),
}

/// One document.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The document itself.
    pub document: Python,
    /// What comes before the answer: one prompt, or one for each choice where the choices stand
    /// in the prompts.
    pub prompts: Vec<Prompt>,
    /// The choices without the delimiter; none where nothing is chosen.
    pub choices: Vec<String>,
    /// What is scored where the choices stand in the prompts, without the delimiter.
    pub continuation: Option<String>,
    /// Between prompt and choice.
    pub delimiter: String,
    /// The right answer.
    pub target: Target,
    /// `doc_to_target`, as results files show it.
    pub shown_target: Python,
    /// What `process_results` calls gold: the number that stands for the text where the choices
    /// stand in the prompts, else the target.
    pub gold: Python,
}

/// A document that cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("document {document}: {message}")]
pub struct RenderFault {
    /// Its place among the documents, from 0.
    pub document: usize,
    /// What is wrong.
    pub message: String,
}

/// The documents of a task, and those that examples come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Documents {
    /// What is asked about.
    pub test: Table,
    /// What examples come from.
    pub examples: Vec<Python>,
    /// Whether both are one split, so that no document is its own example.
    pub same_split: bool,
}

/// Renders the documents of `task`.
///
/// # Errors
/// Every document that lm-eval could not render either, or renders in a way of Python's own.
pub fn render(
    task: &Task,
    documents: &Documents,
    options: &Options,
) -> Result<Vec<Rendered>, Vec<RenderFault>> {
    let count = options.shots(task);
    let pool = documents.examples.len();
    let mut renderer = Renderer {
        task,
        options,
        examples: &documents.examples,
        columns: &documents.test.columns,
        templates: Templates::default(),
        shots: Shots::new(task.examples.sampler, pool, count, options.seed),
        same_split: documents.same_split,
    };
    let mut all = Vec::new();
    let mut faults = Vec::new();
    let limit = options.limit.unwrap_or(usize::MAX);
    for (index, document) in documents.test.rows.iter().take(limit).enumerate() {
        match renderer.document(document) {
            Ok(rendered) => all.push(rendered),
            Err(message) => faults.push(RenderFault {
                document: index,
                message,
            }),
        }
    }
    if faults.is_empty() {
        Ok(all)
    } else {
        Err(faults)
    }
}

struct Renderer<'a> {
    task: &'a Task,
    options: &'a Options,
    examples: &'a [Python],
    columns: &'a [String],
    templates: Templates,
    shots: Shots,
    same_split: bool,
}

impl Renderer<'_> {
    fn document(&mut self, document: &Python) -> Result<Rendered, String> {
        let before = self.before(document)?;
        let parts = &self.task.parts;
        let text = self.text(&parts.text, document)?;
        let choices = self.choices(parts, document)?;
        let target = self.target(parts, document)?;
        let gen_prefix = self.prefix(parts, document)?;
        // Where the text is a number, the choices stand in the prompts.
        let multiple_input = text.as_int().is_some();
        let questions = match text.as_text() {
            _ if multiple_input => choices.clone(),
            Some(text) => vec![text.to_owned()],
            None => {
                let given = text.repr();
                return Err(format!("`doc_to_text` gives {given}, expected a text"));
            }
        };
        let delimiter = if multiple_input {
            ""
        } else {
            &parts.target_delimiter
        };
        let prompt = |question: &String| {
            let turn = message::turn(Turn {
                question,
                answer: None,
                gen_prefix: &gen_prefix,
                target_delimiter: delimiter,
                fewshot_delimiter: "",
            });
            self.prompt(before.iter().cloned().chain(turn).collect())
        };
        Ok(Rendered {
            document: document.clone(),
            prompts: questions.iter().map(prompt).collect(),
            continuation: multiple_input.then(|| target.to_string()),
            target: self.right(&text, &target, &choices)?,
            gold: if multiple_input { text } else { target.clone() },
            choices,
            delimiter: self.delimiter(),
            shown_target: target,
        })
    }

    fn prompt(&self, parts: Vec<Part>) -> Prompt {
        match (self.options.chat, self.options.multiturn) {
            (false, _) => Prompt::Text(message::plain(&parts)),
            (true, true) => Prompt::Chat(message::multiturn(parts)),
            (true, false) => Prompt::Chat(message::singleturn(parts)),
        }
    }

    /// Between prompt and answer. A conversation needs none, unless the answer is already begun.
    fn delimiter(&self) -> String {
        let parts = &self.task.parts;
        let begun = parts
            .gen_prefix
            .as_deref()
            .filter(|prefix| !prefix.is_empty());
        let open = begun.is_some_and(|prefix| !prefix.ends_with(is_python_space));
        match self.task.output_type {
            OutputType::MultipleChoice if !self.options.chat || open => {
                parts.target_delimiter.clone()
            }
            OutputType::MultipleChoice
            | OutputType::GenerateUntil
            | OutputType::Loglikelihood
            | OutputType::LoglikelihoodRolling => String::new(),
        }
    }

    /// The system message and the examples.
    fn before(&mut self, document: &Python) -> Result<Vec<Part>, String> {
        let description = self.column_or_template(&self.task.description, document)?;
        let task = self.task;
        let delimiter = &task.parts.fewshot_delimiter;
        let system = message::delimited(&self.options.system_instruction, &description, delimiter);
        let mut parts = Vec::new();
        if !system.is_empty() {
            parts.push(Part::new(Role::System, &system));
        }
        let examples = self.examples;
        let is_document = |index: usize| examples.get(index) == Some(document);
        let own: Option<&dyn Fn(usize) -> bool> = if self.same_split {
            Some(&is_document)
        } else {
            None
        };
        let drawn = self.shots.next(own).map_err(|fault| fault.to_string())?;
        for index in drawn {
            let example = examples.get(index).unwrap_or(&Python::None);
            parts.extend(self.example(example)?);
        }
        Ok(parts)
    }

    fn example(&mut self, example: &Python) -> Result<Vec<Part>, String> {
        let parts = &self.task.examples.parts;
        let text = self.text(&parts.text, example)?;
        let choices = self.choices(parts, example)?;
        let target = self.target(parts, example)?;
        let gen_prefix = match &parts.gen_prefix {
            Some(prefix) => self.column_or_template(prefix, example)?,
            None => String::new(),
        };
        let (question, choices) = match text.as_int() {
            Some(place) => (picked(&choices, place)?, Vec::new()),
            None => (text.to_string(), choices),
        };
        let first = target.as_list().and_then(<[Python]>::first);
        let answer = match target.as_int() {
            Some(place) if !choices.is_empty() => picked(&choices, place)?,
            Some(_) | None => {
                let text = first.unwrap_or(&target).as_text();
                let wrong = || format!("`doc_to_target` gives {}, expected a text", target.repr());
                text.map(str::to_owned).ok_or_else(wrong)?
            }
        };
        Ok(message::turn(Turn {
            question: &question,
            answer: Some(&answer),
            gen_prefix: &gen_prefix,
            target_delimiter: &parts.target_delimiter,
            fewshot_delimiter: &parts.fewshot_delimiter,
        }))
    }

    fn prefix(&mut self, parts: &Parts, document: &Python) -> Result<String, String> {
        match &parts.gen_prefix {
            None => Ok(String::new()),
            Some(prefix) => Ok(self.field(prefix, document)?.to_string()),
        }
    }

    /// `doc_to_text`: a column as it is, or a template; a number where choices are numbered.
    fn text(&mut self, field: &Field, document: &Python) -> Result<Python, String> {
        match field {
            Field::Fixed(value) => Ok(value.clone()),
            Field::Template(source) if self.is_column(source) => self.field(source, document),
            Field::Template(source) => {
                let text = self.templates.render(source, document)?;
                self.numbered(Python::Text(text))
            }
        }
    }

    /// `doc_to_target`: the same, or a list that a template writes.
    fn target(&mut self, parts: &Parts, document: &Python) -> Result<Python, String> {
        let source = match &parts.target {
            Field::Fixed(value) => return Ok(value.clone()),
            Field::Template(source) => source,
        };
        if self.is_column(source) {
            return self.field(source, document);
        }
        let text = self.templates.render(source, document)?;
        let list = text.len() >= 2 && text.starts_with('[') && text.ends_with(']');
        if list && let Some(list) = python::literal(&text) {
            return Ok(list);
        }
        self.numbered(Python::Text(text))
    }

    /// A text of digits only is a number where there are choices. lm-eval ends with an error where
    /// the digits are not ASCII; here those of any script are read.
    fn numbered(&self, value: Python) -> Result<Python, String> {
        let text = value.as_text().unwrap_or_default();
        let digits = text
            .chars()
            .map(|letter| digit(letter).map(|value| char::from(b'0' + value)));
        let ascii: Option<String> = digits.collect();
        match ascii.filter(|ascii| !ascii.is_empty() && self.task.parts.choice.is_some()) {
            None => Ok(value),
            Some(ascii)
                if ascii.len() > 1 && ascii.starts_with('0') && ascii.contains(|c| c != '0') =>
            {
                Err(format!("`{text}` is no number in Python"))
            }
            Some(ascii) => {
                let number = ascii
                    .parse()
                    .map_err(|_| format!("`{text}` is too large"))?;
                Ok(Python::Int(number))
            }
        }
    }

    fn choices(&mut self, parts: &Parts, document: &Python) -> Result<Vec<String>, String> {
        let value = match &parts.choice {
            None => return Ok(Vec::new()),
            Some(Field::Fixed(value)) => value.clone(),
            Some(Field::Template(source)) if self.is_column(source) => {
                self.field(source, document)?
            }
            Some(Field::Template(source)) => {
                let text = self.templates.render(source, document)?;
                python::literal(&text)
                    .ok_or_else(|| format!("`doc_to_choice` gives {text:?}, expected a list"))?
            }
        };
        let wrong = || format!("`doc_to_choice` gives {}, expected a list", value.repr());
        let items = value.as_list().ok_or_else(wrong)?;
        Ok(items.iter().map(Python::to_string).collect())
    }

    fn is_column(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column == name)
    }

    fn field(&mut self, source: &str, document: &Python) -> Result<Python, String> {
        if self.is_column(source) {
            let value = document.get(source).cloned();
            return value.ok_or_else(|| format!("the document has no column `{source}`"));
        }
        self.templates.render(source, document).map(Python::Text)
    }

    /// `resolve_field`.
    fn column_or_template(&mut self, source: &str, document: &Python) -> Result<String, String> {
        if source.is_empty() {
            return Ok(String::new());
        }
        match document.get(source) {
            Some(value) => Ok(value.to_string()),
            None => self.templates.render(source, document),
        }
    }

    /// Which choices are right: `gold` in `process_results`.
    fn right(&self, text: &Python, target: &Python, choices: &[String]) -> Result<Target, String> {
        let all = |value: &'_ Python| match value.as_list() {
            Some(items) => items.to_vec(),
            None => vec![value.clone()],
        };
        if self.task.output_type != OutputType::MultipleChoice {
            let told = |value: &Python| match value.as_int() {
                Some(place) if !choices.is_empty() => picked(choices, place),
                Some(_) | None => Ok(value.to_string()),
            };
            let texts: Result<_, _> = all(target).iter().map(told).collect();
            return texts.map(Target::Texts);
        }
        let gold = if text.as_int().is_some() {
            text
        } else {
            target
        };
        let place = |value: &Python| match value.as_int() {
            Some(place) => usize::try_from(place)
                .ok()
                .filter(|place| *place < choices.len()),
            None => choices
                .iter()
                .position(|choice| *choice == value.to_string()),
        };
        Ok(Target::Choices(
            all(gold).iter().filter_map(place).collect(),
        ))
    }
}

/// `choices[place]`, negative places from the end.
fn picked(choices: &[String], place: i64) -> Result<String, String> {
    let count = i64::try_from(choices.len()).unwrap_or(i64::MAX);
    let from_start = if place < 0 { place + count } else { place };
    let picked = usize::try_from(from_start)
        .ok()
        .and_then(|place| choices.get(place));
    picked
        .cloned()
        .ok_or_else(|| format!("choice {place} is wanted, and there are {count}"))
}
