//! From a rendered task to the files of a native suite, which runs and is recorded like any other.
//!
//! `lm-eval.json` beside the cases tells the task that they were made from, so that its figures follow
//! from the record alone.

use std::collections::BTreeMap;

use weigh_core::language::Language;
use weigh_core::request::{Message, Role};

use super::exact_match::ExactMatch;
use super::group::Group;
use super::metric::{self, Metric};
use super::origin::{ORIGIN, Origin};
use super::python::Python;
use super::render::{Options, Prompt, Rendered, Target};
use super::task::{OutputType, Task};
use super::translation::Translation;
use crate::toml::{list, quoted};

/// Tokens of a reply where a task does not say.
const USUAL_TOKENS: i64 = 256;

/// The files of the suite `local/<task>`. `all` is how many documents the task has, `group` the outermost group that it was run in.
///
/// # Errors
/// Every document, and every part of the task, that a native suite cannot hold.
pub fn files(
    task: &Task,
    rendered: &[Rendered],
    all: usize,
    language: &Language,
    options: &Options,
    group: Option<&Group>,
) -> Result<BTreeMap<String, Vec<u8>>, Vec<String>> {
    let mut faults = Vec::new();
    let metrics = metric::of(task).unwrap_or_else(|more| {
        faults.extend(more);
        Vec::new()
    });
    let head = head(task, rendered, &metrics, options).unwrap_or_else(|more| {
        faults.extend(more);
        String::new()
    });
    let reference = reference(&metrics);
    let mut cases = String::new();
    for (index, document) in rendered.iter().enumerate() {
        match case(task, index, document, reference) {
            Ok(line) => cases.push_str(&format!("{line}\n")),
            Err(message) => faults.push(format!("document {index}: {message}")),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let origin = Origin::new(task, all, options, group);
    let origin = serde_json::to_vec(&origin).map_err(|error| vec![error.to_string()])?;
    Ok(BTreeMap::from([
        ("suite.toml".to_owned(), head.into_bytes()),
        (format!("cases.{language}.jsonl"), cases.into_bytes()),
        (ORIGIN.to_owned(), origin),
    ]))
}

fn head(
    task: &Task,
    rendered: &[Rendered],
    metrics: &[(String, Metric)],
    options: &Options,
) -> Result<String, Vec<String>> {
    let kind = match task.output_type {
        OutputType::MultipleChoice => "task = { kind = \"choice\" }".to_owned(),
        OutputType::Loglikelihood | OutputType::LoglikelihoodRolling => {
            "task = { kind = \"likelihood\" }".to_owned()
        }
        OutputType::GenerateUntil => generate(task)?,
    };
    let delimiter = rendered
        .first()
        .map_or("", |document| document.delimiter.as_str());
    let prompt = match (task.output_type, options.chat) {
        (OutputType::LoglikelihoodRolling, _) => "[prompt.default]\ntemplate = \"\"".to_owned(),
        (_, true) => "[[prompt.default.turn]]\nrole = \"user\"\ncontent = \"{prompt}\"".to_owned(),
        (_, false) => format!(
            "[prompt.default]\ntemplate = \"{{prompt}}\"\ndelimiter = {}",
            quoted(delimiter)
        ),
    };
    let title = task.alias.as_ref().unwrap_or(&task.name);
    Ok(format!(
        "# Made from a task of lm-evaluation-harness; {ORIGIN} is the task.\nformat = \"weighhouse-suite/1\"\nid = {}\n\
         version = \"1.0.0\"\nmeasures = {}\n{kind}\n\n[title]\nen = {}\n\n{prompt}\n",
        quoted(&format!("local/{}", id(&task.name))),
        list(&measures(task, rendered, metrics)),
        quoted(title),
    ))
}

/// The name with what no id may hold replaced.
#[must_use]
pub fn id(name: &str) -> String {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    let letters = name
        .chars()
        .map(|letter| if allowed(letter) { letter } else { '-' });
    let id: String = letters.collect();
    id.trim_start_matches(['.', '-', '_']).to_owned()
}

/// `generation_kwargs`, as far as they are native: greedy, with stops and a length.
fn generate(task: &Task) -> Result<String, Vec<String>> {
    let mut faults = Vec::new();
    let mut stop = vec![task.parts.fewshot_delimiter.clone()];
    let mut lengths = BTreeMap::new();
    for (key, value) in &task.generation {
        match (key.as_str(), value) {
            ("until", Python::List(items)) => stop = items.iter().map(Python::to_string).collect(),
            ("until", Python::Text(text)) => stop = vec![text.clone()],
            ("max_gen_toks", Python::Int(count)) => drop(lengths.insert(0, *count)),
            ("max_new_tokens", Python::Int(count)) => drop(lengths.insert(1, *count)),
            ("max_tokens", Python::Int(count)) => drop(lengths.insert(2, *count)),
            ("max_completion_tokens", Python::Int(count)) => drop(lengths.insert(3, *count)),
            ("do_sample", Python::Bool(false)) | ("temperature" | "top_p" | "top_k", Python::None) => {}
            ("temperature", Python::Float(warmth)) if *warmth <= 0.0 => {}
            ("temperature", Python::Int(0)) | ("num_beams", Python::Int(1)) => {}
            // They change nothing where the likeliest token is taken.
            ("top_p" | "top_k", _) => {}
            _ => faults.push(format!("`generation_kwargs.{key}: {value}`: only greedy replies with `until` and a length are asked for")),
        }
    }
    if task.repeats > 1 {
        faults.push(format!(
            "`repeats: {}`: greedy replies are the same each time",
            task.repeats
        ));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    stop.retain(|text| !text.is_empty());
    let most = lengths
        .first_key_value()
        .map_or(USUAL_TOKENS, |(_, count)| *count);
    let stop = list(&stop);
    Ok(format!(
        "task = {{ kind = \"generate\", max_tokens = {most}, stop = {stop} }}"
    ))
}

/// The native measures of the same.
fn measures(task: &Task, rendered: &[Rendered], metrics: &[(String, Metric)]) -> Vec<String> {
    let mut names = match task.output_type {
        OutputType::MultipleChoice => {
            vec!["accuracy", "accuracy_per_code_point", "accuracy_per_byte"]
        }
        OutputType::Loglikelihood | OutputType::LoglikelihoodRolling => vec!["bits_per_byte"],
        OutputType::GenerateUntil => {
            let reference = reference(metrics);
            let is_number = |document: &Rendered| number(document, reference).is_some();
            let numbers = rendered
                .iter()
                .filter(|document| is_number(document))
                .count();
            let mut names = if numbers == 0 {
                overlaps(metrics)
            } else {
                Vec::new()
            };
            if numbers > 0 {
                names.push("numeric_match");
            }
            if numbers < rendered.len() {
                names.push("exact_match");
            }
            names
        }
    };
    if metrics
        .iter()
        .any(|(_, metric)| matches!(metric, Metric::AccMutualInfo))
    {
        names.push("accuracy_mutual_information");
    }
    names.into_iter().map(str::to_owned).collect()
}

/// BLEU and chrF of all replies, where the task has them. TER is lm-eval's figure only.
fn overlaps(metrics: &[(String, Metric)]) -> Vec<&'static str> {
    let name = |(_, metric): &(String, Metric)| {
        let Metric::Translation(kind) = metric else {
            return None;
        };
        match kind {
            Translation::Bleu => Some("corpus_bleu"),
            Translation::Chrf => Some("corpus_chrf"),
            Translation::ChrfPlusPlus | Translation::Ter => None,
        }
    };
    metrics.iter().filter_map(name).collect()
}

/// How replies are compared, where they are.
fn reference(metrics: &[(String, Metric)]) -> Option<&ExactMatch> {
    metrics.iter().find_map(|(_, metric)| {
        if let Metric::ExactMatch(options) = metric {
            return Some(options);
        }
        None
    })
}

/// The number that is right, where the target is one once it is reduced as the metric reduces it.
fn number(document: &Rendered, reference: Option<&ExactMatch>) -> Option<String> {
    let Target::Texts(texts) = &document.target else {
        return None;
    };
    let [text] = texts.as_slice() else {
        return None;
    };
    let reduced = reference.map_or_else(|| text.clone(), |reference| reference.reduce(text));
    let reduced = reduced.trim();
    let digits = reduced.strip_prefix('-').unwrap_or(reduced);
    let plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let parsed = reduced.parse::<f64>().is_ok_and(f64::is_finite);
    (plain && parsed && !digits.starts_with('.') && !digits.ends_with('.'))
        .then(|| reduced.to_owned())
}

fn case(
    task: &Task,
    index: usize,
    document: &Rendered,
    reference: Option<&ExactMatch>,
) -> Result<String, String> {
    let mut case: Vec<(String, Python)> =
        vec![("id".to_owned(), Python::Text(format!("{index:05}")))];
    let mut put = |key: &str, value: Python| case.push((key.to_owned(), value));
    let texts = |texts: &[String]| Python::List(texts.iter().cloned().map(Python::Text).collect());
    let number_of = |place: &usize| i64::try_from(*place).map_or(Python::None, Python::Int);
    match task.output_type {
        OutputType::MultipleChoice => {
            put("choices", texts(&document.choices));
            put(
                "answer",
                match right(document)? {
                    [one] => number_of(one),
                    several => Python::List(several.iter().map(number_of).collect()),
                },
            );
        }
        OutputType::Loglikelihood | OutputType::LoglikelihoodRolling => {
            put("text", Python::Text(document.shown_target.to_string()));
        }
        OutputType::GenerateUntil => match (number(document, reference), &document.target) {
            (Some(number), _) => put("number", Python::Text(number)),
            (None, Target::Texts(all)) => put("answer", texts(all)),
            (None, Target::Choices(_)) => return Err("the target is no text".to_owned()),
        },
    }
    match (&document.continuation, document.prompts.as_slice()) {
        _ if task.output_type == OutputType::LoglikelihoodRolling => {}
        (Some(continuation), prompts) => {
            let contexts: Option<Vec<String>> = prompts.iter().map(plain).collect();
            let contexts =
                contexts.ok_or("choices in the prompts are asked for in plain text only")?;
            put("contexts", texts(&contexts));
            put("continuation", Python::Text(continuation.clone()));
            put("prompt", Python::Text(String::new()));
        }
        (None, [Prompt::Text(text)]) => put("prompt", Python::Text(text.clone())),
        (None, [Prompt::Chat(messages)]) => conversation(messages, &mut put)?,
        (None, _) => return Err("there is no prompt".to_owned()),
    }
    let json = |value: &Python| {
        serde_json::to_string(value)
            .map(Python::Text)
            .map_err(|error| error.to_string())
    };
    put("doc", json(&document.document)?);
    put("target", json(&document.shown_target)?);
    put("gold", json(&document.gold)?);
    serde_json::to_string(&Python::Dict(case)).map_err(|error| error.to_string())
}

fn plain(prompt: &Prompt) -> Option<String> {
    if let Prompt::Text(text) = prompt {
        return Some(text.clone());
    }
    None
}

/// The right choices, which a native case has.
fn right(document: &Rendered) -> Result<&[usize], String> {
    match &document.target {
        Target::Choices(right) if !right.is_empty() => Ok(right),
        Target::Choices(_) | Target::Texts(_) => {
            let target = document.shown_target.repr();
            let count = document.choices.len();
            Err(format!(
                "the target {target} is none of the {count} choices"
            ))
        }
    }
}

/// A conversation as the turns of a case. Braces are doubled, as turns are templates.
fn conversation(messages: &[Message], put: &mut impl FnMut(&str, Python)) -> Result<(), String> {
    let text = |text: &str| Python::Text(text.replace('{', "{{").replace('}', "}}"));
    let mut turns = Vec::new();
    for message in messages {
        let role = match message.role {
            Role::System => {
                put("system", text(&message.content));
                continue;
            }
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        let role = ("role".to_owned(), Python::Text(role.to_owned()));
        turns.push(Python::Dict(vec![
            role,
            ("content".to_owned(), text(&message.content)),
        ]));
    }
    if messages.last().is_none_or(|last| last.role != Role::User) {
        return Err(
            "`gen_prefix` in a conversation cannot be asked for: the last turn is the user's"
                .to_owned(),
        );
    }
    put("turns", Python::List(turns));
    Ok(())
}
