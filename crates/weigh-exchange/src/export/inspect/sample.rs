//! One trial as a sample of Inspect.

use serde::{Serialize, Serializer};
use weigh_core::cases::Reading;
use weigh_core::measure::{MeasureName, Outcome};
use weigh_core::request::{Finish, Message, Prompt, Request, Role};

use super::super::evidence::{Answered, word};

/// `EvalSample`.
#[derive(Serialize)]
pub(super) struct Sample<'a> {
    id: String,
    epoch: u32,
    input: Input<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<&'a [String]>,
    target: Vec<String>,
    messages: Vec<Said<'a>>,
    output: Output<'a>,
    scores: Scores,
    metadata: Metadata<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Input<'a> {
    Text(&'a str),
    Messages(Vec<Said<'a>>),
}

#[derive(Serialize)]
struct Said<'a> {
    role: Role,
    content: &'a str,
}

#[derive(Serialize)]
struct Output<'a> {
    model: &'a str,
    choices: Vec<Completion<'a>>,
}

#[derive(Serialize)]
struct Completion<'a> {
    message: Said<'a>,
    stop_reason: &'static str,
}

/// A map in the order of the suite's measures: the viewer takes the answer of the first one for the sample's.
struct Scores(Vec<(MeasureName, Score)>);

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(measure, score)| (measure, score)))
    }
}

/// A score that has a value. Inspect's sign for none is NaN, which JSON does not have.
#[derive(Serialize)]
struct Score {
    value: f64,
    answer: String,
    explanation: String,
}

#[derive(Serialize)]
struct Metadata<'a> {
    language: &'a str,
    family: &'a str,
    variant: &'a str,
    tags: Vec<&'a str>,
    outcome: String,
    /// Measures without an outcome, each with its reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unscored: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    log_likelihoods: Vec<Option<f64>>,
    tokens: Vec<Option<u32>>,
}

/// `EvalError`. The viewer's tab shows the traceback and nothing else, so the reason stands there, too.
#[derive(Serialize)]
struct Error {
    message: String,
    traceback: String,
    traceback_ansi: String,
}

/// The trial's id without its suite, which is the log's task.
pub(super) fn id(one: &Answered<'_>) -> String {
    format!("{}:{}", one.case.language, one.case.id)
}

/// The sample of a trial that `model` answered.
pub(super) fn of<'a>(one: &Answered<'a>, model: &'a str) -> Sample<'a> {
    let choices = one.case.expect.choices();
    let asked = one.trial.requests.first().and_then(Request::prompt);
    let reply = one.reply();
    let said = reply.map(|(content, _)| Said {
        role: Role::Assistant,
        content,
    });
    let completion = reply.map(|(content, finish)| Completion {
        message: Said {
            role: Role::Assistant,
            content,
        },
        stop_reason: stop_reason(finish),
    });
    Sample {
        id: id(one),
        epoch: 1,
        input: input(asked),
        choices: (!choices.is_empty()).then_some(choices),
        target: target(one),
        messages: messages(asked).into_iter().chain(said).collect(),
        output: Output {
            model,
            choices: completion.into_iter().collect(),
        },
        scores: scores(one),
        metadata: metadata(one),
        error: one.failure().map(|message| Error {
            traceback: message.clone(),
            traceback_ansi: message.clone(),
            message,
        }),
    }
}

fn input(asked: Option<&Prompt>) -> Input<'_> {
    match asked {
        Some(Prompt::Text(text)) => Input::Text(text),
        Some(Prompt::Chat(messages)) => Input::Messages(messages.iter().map(said).collect()),
        None => Input::Text(""),
    }
}

fn messages(asked: Option<&Prompt>) -> Vec<Said<'_>> {
    match asked {
        Some(Prompt::Text(text)) => vec![Said {
            role: Role::User,
            content: text,
        }],
        Some(Prompt::Chat(messages)) => messages.iter().map(said).collect(),
        None => Vec::new(),
    }
}

fn said(message: &Message) -> Said<'_> {
    Said {
        role: message.role,
        content: &message.content,
    }
}

const fn stop_reason(finish: Finish) -> &'static str {
    match finish {
        Finish::EndOfText | Finish::Stop => "stop",
        Finish::Length => "max_tokens",
    }
}

/// The letters of the right choices, as Inspect's own samples have them, or the texts that are right.
fn target(one: &Answered<'_>) -> Vec<String> {
    let texts = one.targets().into_iter();
    texts
        .map(|text| lettered(one, &text).unwrap_or(text))
        .collect()
}

/// The letter of the choice with this text, where there is one and its letter is one of A to Z.
fn lettered(one: &Answered<'_>, text: &str) -> Option<String> {
    let mut choices = one.case.expect.choices().iter();
    let at = choices.position(|choice| choice == text)?;
    ('A'..='Z').nth(at).map(String::from)
}

fn scores(one: &Answered<'_>) -> Scores {
    let score = |reading: &Reading| match reading.outcome {
        Outcome::Unscored(_) => None,
        Outcome::Scored(value) => {
            let answer = lettered(one, &reading.got).unwrap_or_else(|| reading.got.clone());
            let explanation = format!("expected: {}; read: {}", reading.expected, reading.got);
            let score = Score {
                value: value.get(),
                answer,
                explanation,
            };
            Some((reading.measure, score))
        }
    };
    Scores(one.result.readings.iter().filter_map(score).collect())
}

fn metadata<'a>(one: &Answered<'a>) -> Metadata<'a> {
    Metadata {
        language: one.case.language.as_str(),
        family: &one.case.family,
        variant: &one.case.variant,
        tags: one.tags().collect(),
        outcome: word(one.result.state),
        unscored: one.without_outcome(),
        log_likelihoods: one.log_likelihoods(),
        tokens: one.tokens(),
    }
}
