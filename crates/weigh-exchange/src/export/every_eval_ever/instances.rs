//! A line for each case and each measure that finds it right or wrong.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use weigh_core::cases::Reading;
use weigh_core::digest::Digest;
use weigh_core::measure::Outcome;
use weigh_core::request::{Message, Prompt, Request, Role};

use super::super::evidence::{Answered, Evidence};
use super::figures::result_id;
use super::{Details, SCHEMA};

/// The lines, and what is not among them.
pub(super) struct Instances {
    pub lines: Vec<u8>,
    pub rows: u64,
    /// A sentence for each measure and reason.
    pub left_out: Vec<String>,
}

#[derive(Serialize)]
struct Instance<'a> {
    schema_version: &'static str,
    evaluation_id: &'a str,
    model_id: &'a str,
    evaluation_name: &'a str,
    evaluation_result_id: String,
    sample_id: &'a str,
    sample_hash: Digest,
    interaction_type: &'static str,
    input: Input<'a>,
    output: Option<Output<'a>>,
    messages: Option<Vec<Turn<'a>>>,
    answer_attribution: [Attribution<'a>; 1],
    evaluation: Evaluation,
    metadata: Details,
}

#[derive(Serialize)]
struct Input<'a> {
    raw: &'a str,
    reference: Vec<String>,
    choices: Option<&'a [String]>,
}

#[derive(Serialize)]
struct Output<'a> {
    raw: [&'a str; 1],
}

#[derive(Serialize)]
struct Turn<'a> {
    turn_idx: usize,
    role: Role,
    content: &'a str,
}

#[derive(Serialize)]
struct Attribution<'a> {
    turn_idx: usize,
    source: &'static str,
    extracted_value: &'a str,
    extraction_method: &'static str,
    is_terminal: bool,
}

#[derive(Serialize)]
struct Evaluation {
    score: f64,
    is_correct: bool,
    num_turns: usize,
}

/// The schema asks for a score and for right or wrong: an outcome that lacks one has no line.
pub(super) fn of(evidence: &Evidence<'_>, id: &str, model_id: &str) -> io::Result<Instances> {
    let (mut lines, mut rows) = (Vec::new(), 0);
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    for one in evidence.answered() {
        for reading in &one.result.readings {
            let (score, is_correct) = match (&reading.outcome, reading.passes) {
                (Outcome::Scored(value), Some(passes)) => (value.get(), passes),
                (Outcome::Scored(_), None) => {
                    let why = format!("{} knows no right and wrong of a case", reading.measure);
                    *left_out.entry(why).or_default() += 1;
                    continue;
                }
                (Outcome::Unscored(reason), _) => {
                    let why = format!("{} has no outcome, {}", reading.measure, reason.kind());
                    *left_out.entry(why).or_default() += 1;
                    continue;
                }
            };
            let instance = instance(&one, reading, (id, model_id), (score, is_correct));
            serde_json::to_writer(&mut lines, &instance)?;
            lines.push(b'\n');
            rows += 1;
        }
    }
    let told = left_out
        .iter()
        .map(|(why, count)| format!("{count} without a line: {why}"));
    Ok(Instances {
        left_out: told.collect(),
        lines,
        rows,
    })
}

fn instance<'a>(
    one: &Answered<'a>,
    reading: &'a Reading,
    (evaluation_id, model_id): (&'a str, &'a str),
    (score, is_correct): (f64, bool),
) -> Instance<'a> {
    let measure = reading.measure.as_str();
    let messages = turns(one);
    let input = input(one);
    let hashed = format!("{}{}", input.raw, input.reference.concat());
    Instance {
        schema_version: SCHEMA,
        evaluation_id,
        model_id,
        evaluation_name: &one.suite.id,
        evaluation_result_id: result_id(&one.suite.id, measure, None),
        sample_id: &one.trial.id,
        sample_hash: Digest::of(hashed.as_bytes()),
        interaction_type: if messages.is_some() {
            "multi_turn"
        } else {
            "single_turn"
        },
        input,
        output: messages.is_none().then(|| output(one)),
        answer_attribution: [attribution(reading, messages.as_deref())],
        evaluation: Evaluation {
            score,
            is_correct,
            num_turns: messages.as_ref().map_or(1, Vec::len),
        },
        messages,
        metadata: metadata(one),
    }
}

fn input<'a>(one: &Answered<'a>) -> Input<'a> {
    let choices = one.case.expect.choices();
    Input {
        raw: one.trial.asked(),
        reference: one.targets(),
        choices: (!choices.is_empty()).then_some(choices),
    }
}

/// What the model said, or the choice that it found likeliest.
fn output<'a>(one: &Answered<'a>) -> Output<'a> {
    let said = one.reply().map(|(reply, _)| reply);
    Output {
        raw: [said.or_else(|| one.answer()).unwrap_or_default()],
    }
}

/// What the measure read, and in which turn.
fn attribution<'a>(reading: &'a Reading, messages: Option<&[Turn<'_>]>) -> Attribution<'a> {
    let (turn_idx, source) = match messages {
        Some(turns) => (turns.len().saturating_sub(1), "messages[turn_idx].content"),
        None => (0, "output.raw"),
    };
    Attribution {
        turn_idx,
        source,
        extracted_value: &reading.got,
        extraction_method: reading.measure.as_str(),
        is_terminal: true,
    }
}

/// The conversation, where there is more to it than one question.
fn turns<'a>(one: &Answered<'a>) -> Option<Vec<Turn<'a>>> {
    let asked: &'a [Message] = match one.trial.requests.first().and_then(Request::prompt)? {
        Prompt::Chat(messages) if messages.len() > 1 => messages,
        Prompt::Chat(_) | Prompt::Text(_) => return None,
    };
    let asked = asked.iter().map(|said| (said.role, said.content.as_str()));
    let reply = one.reply().map(|(reply, _)| (Role::Assistant, reply));
    let turns = asked.chain(reply).enumerate();
    let turns = turns.map(|(turn_idx, (role, content))| Turn {
        turn_idx,
        role,
        content,
    });
    Some(turns.collect())
}

fn metadata(one: &Answered<'_>) -> Details {
    Details::from([
        ("language", one.case.language.to_string()),
        ("family", one.case.family.clone()),
        ("variant", one.case.variant.clone()),
        ("tags", one.tags().collect::<Vec<_>>().join(" ")),
    ])
}
