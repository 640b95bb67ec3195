//! From what a model answered to lm-eval's figures and samples (`lm_eval/evaluator.py`,
//! `lm_eval/evaluator_utils.py`).

use weigh_core::digest::Digest;
use weigh_core::request::{Message, Prompt, Request, Response};
use weigh_core::suite::Case;

use super::filter::Filter;
use super::metric::{self, Answer, Metric, Score, figure};
use super::origin::Origin;
use super::pipeline;
use super::python::Python;
use super::render::{Rendered, Target};
use super::results::{Parts, parts};
use super::task::{OutputType, Task};

/// A document of a suite that was made from a task: its case, what was asked and what came back.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The case.
    pub case: &'a Case,
    /// What was asked.
    pub requests: &'a [Request],
    /// What came back; nothing where there was no answer.
    pub responses: Option<&'a [Response]>,
}

/// One figure of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The metric's name.
    pub metric: String,
    /// The filter's name.
    pub filter: String,
    /// The figure.
    pub value: f64,
    /// Its standard error, where lm-eval gives one.
    pub stderr: Option<f64>,
    /// What each document scored.
    pub scores: Vec<Score>,
}

/// Everything that lm-eval would say of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// The task's name.
    pub task: String,
    /// How many documents it was asked.
    pub size: u32,
    /// Its figures, metric by metric within each filter.
    pub figures: Vec<Figure>,
    /// `samples_<task>.jsonl`, line by line.
    pub samples: Vec<Python>,
    /// The parts of results.json under the task's name.
    pub parts: Parts,
}

/// The figures and files of one task.
///
/// `iterations` is lm-eval's `bootstrap_iters`.
///
/// # Errors
/// Every document that has no answer: lm-eval's figures are of all documents or of none.
pub fn export(
    origin: &Origin,
    asked: &[Asked<'_>],
    iterations: usize,
) -> Result<Export, Vec<String>> {
    let task = super::task::of_config(&origin.task).map_err(|faults| told(&faults))?;
    let metrics = metric::of(&task)?;
    let pipelines = pipeline::of(&task).map_err(|faults| told(&faults))?;
    let mut documents = Vec::new();
    let mut faults = Vec::new();
    for one in asked {
        match document(&task, one) {
            Ok(document) => documents.push(document),
            Err(message) => faults.push(format!("{}: {message}", one.case.id)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let targets = documents
        .first()
        .is_some_and(|one| one.rendered.shown_target.as_list().is_some());
    let mut exported = Export {
        task: task.name.clone(),
        size: u32::try_from(documents.len()).unwrap_or(u32::MAX),
        figures: Vec::new(),
        samples: Vec::new(),
        parts: Vec::new(),
    };
    for (name, steps) in &pipelines {
        let answers = filtered(&task, &documents, steps)?;
        let scores = scores(&metrics, &documents, &answers, targets)?;
        for (index, (document, answer)) in documents.iter().zip(&answers).enumerate() {
            let of_document = |scores: &Vec<Score>| scores.get(index).cloned();
            let all: Vec<Score> = scores.iter().filter_map(of_document).collect();
            exported
                .samples
                .push(sample(index, name, document, answer, &metrics, &all));
        }
        for ((metric_name, metric), scores) in metrics.iter().zip(scores) {
            let (value, stderr) = figure(metric, &scores, iterations);
            exported.figures.push(Figure {
                metric: metric_name.clone(),
                filter: name.clone(),
                value,
                stderr,
                scores,
            });
        }
    }
    exported.parts = parts(&task, origin, &exported.figures, &metrics, documents.len());
    Ok(exported)
}

fn told<T: ToString>(faults: &[T]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

/// A document and its answer before any filter.
struct Document {
    rendered: Rendered,
    answer: Answer,
    requests: Vec<Python>,
    responses: Vec<Python>,
}

fn document(task: &Task, asked: &Asked<'_>) -> Result<Document, String> {
    let field = |name: &str| {
        let text = asked
            .case
            .fields
            .get(name)
            .ok_or_else(|| format!("it has no field `{name}`"))?;
        serde_json::from_str(text).map_err(|error| format!("field `{name}`: {error}"))
    };
    let rendered = Rendered {
        document: field("doc")?,
        prompts: Vec::new(),
        choices: asked.case.expect.choices().to_vec(),
        continuation: None,
        delimiter: String::new(),
        target: Target::Texts(Vec::new()),
        shown_target: field("target")?,
        gold: field("gold")?,
    };
    let responses = asked.responses.ok_or("it was not answered")?;
    let answer = answer(&rendered, responses)?;
    Ok(Document {
        answer,
        requests: asked
            .requests
            .iter()
            .map(|request| arguments(task, request))
            .collect(),
        responses: responses.iter().map(response).collect(),
        rendered,
    })
}

fn answer(rendered: &Rendered, responses: &[Response]) -> Result<Answer, String> {
    let mut answer = Answer::default();
    for response in responses {
        match response {
            Response::Likelihood {
                log_prob, greedy, ..
            } => answer.likelihoods.push((log_prob.get(), *greedy)),
            Response::Generated { text, .. } => answer.reply.clone_from(text),
            Response::Similarity { .. } => return Err("the answer is of another kind".to_owned()),
            Response::Failed(failure) => return Err(format!("it was not answered: {failure:?}")),
        }
    }
    let choices = rendered.choices.len();
    if choices > 0 && answer.likelihoods.len() == 2 * choices {
        let alone = answer.likelihoods.split_off(choices);
        answer.alone = alone
            .into_iter()
            .map(|(likelihood, _)| likelihood)
            .collect();
    }
    Ok(answer)
}

/// The answers after a pipeline; only replies are filtered.
fn filtered(
    task: &Task,
    documents: &[Document],
    steps: &[Filter],
) -> Result<Vec<Answer>, Vec<String>> {
    let mut answers = Vec::new();
    let mut faults = Vec::new();
    for document in documents {
        let mut answer = document.answer.clone();
        if task.output_type == OutputType::GenerateUntil {
            let replies = Ok(vec![answer.reply.clone()]);
            match steps.iter().fold(replies, |replies, step| {
                replies.and_then(|all| step.apply(all))
            }) {
                Ok(replies) => answer.reply = replies.into_iter().next().unwrap_or_default(),
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        answers.push(answer);
    }
    if faults.is_empty() {
        Ok(answers)
    } else {
        Err(faults)
    }
}

/// For each metric what each document scores.
fn scores(
    metrics: &[(String, Metric)],
    documents: &[Document],
    answers: &[Answer],
    targets: bool,
) -> Result<Vec<Vec<Score>>, Vec<String>> {
    let of_metric = |(name, metric): &(String, Metric)| {
        let pairs = documents.iter().zip(answers);
        let scores = pairs
            .map(|(document, answer)| metric::score(metric, &document.rendered, answer, targets));
        let scores: Option<Vec<Score>> = scores.collect();
        scores.ok_or_else(|| vec![format!("`{name}` cannot be computed of these documents")])
    };
    metrics.iter().map(of_metric).collect()
}

pub(super) fn text(text: &str) -> Python {
    Python::Text(text.to_owned())
}

fn arguments(task: &Task, request: &Request) -> Python {
    let all = match request {
        Request::Likelihood {
            context,
            continuation,
        } if task.output_type == OutputType::LoglikelihoodRolling => {
            let _ = context;
            vec![text(continuation)]
        }
        Request::Likelihood {
            context,
            continuation,
        } => vec![prompt(context), text(continuation)],
        Request::Generate { prompt: asked, .. } => {
            vec![prompt(asked), Python::Dict(task.generation.clone())]
        }
        Request::Similarity { .. } => Vec::new(),
    };
    let named = |(index, argument): (usize, Python)| (format!("arg_{index}"), argument);
    Python::Dict(all.into_iter().enumerate().map(named).collect())
}

/// A conversation is shown as its messages: which text a template makes of it, the record does not say.
fn prompt(prompt: &Prompt) -> Python {
    match prompt {
        Prompt::Text(plain) => text(plain),
        Prompt::Chat(messages) => {
            let told = |message: &Message| format!("{:?}: {}", message.role, message.content);
            let lines: Vec<String> = messages.iter().map(told).collect();
            Python::Text(lines.join("\n"))
        }
    }
}

/// An answer as `sanitize_list` leaves it: texts only.
fn response(response: &Response) -> Python {
    let texts =
        |all: Vec<Python>| Python::List(all.iter().map(|one| text(&one.to_string())).collect());
    match response {
        Response::Likelihood {
            log_prob, greedy, ..
        } => texts(vec![Python::Float(log_prob.get()), Python::Bool(*greedy)]),
        Response::Generated { text: reply, .. } => text(reply),
        Response::Similarity { .. } | Response::Failed(_) => Python::None,
    }
}

fn sample(
    index: usize,
    filter: &str,
    document: &Document,
    answer: &Answer,
    metrics: &[(String, Metric)],
    scores: &[Score],
) -> Python {
    let rendered = &document.rendered;
    let target = rendered.shown_target.to_string();
    let requests = document.requests.iter().enumerate();
    let arguments = requests.map(|(index, request)| (format!("gen_args_{index}"), request.clone()));
    let lists = document
        .responses
        .iter()
        .map(|one| Python::List(vec![one.clone()]));
    let kept = if answer.likelihoods.is_empty() {
        vec![text(&answer.reply)]
    } else {
        document.responses.clone()
    };
    let hash = |of: &str| text(&Digest::of(of.as_bytes()).to_string());
    let first = document
        .requests
        .first()
        .and_then(|request| request.get("arg_0"))
        .cloned();
    let names = metrics.iter().map(|(name, _)| text(name));
    let mut entries = vec![
        (
            "doc_id".to_owned(),
            Python::Int(i64::try_from(index).unwrap_or(i64::MAX)),
        ),
        ("doc".to_owned(), rendered.document.clone()),
        ("target".to_owned(), text(&target)),
        ("arguments".to_owned(), Python::Dict(arguments.collect())),
        ("resps".to_owned(), Python::List(lists.collect())),
        ("filtered_resps".to_owned(), Python::List(kept)),
        ("filter".to_owned(), text(filter)),
        ("metrics".to_owned(), Python::List(names.collect())),
        ("doc_hash".to_owned(), hash(&indented(&rendered.document))),
        (
            "prompt_hash".to_owned(),
            hash(first.as_ref().and_then(Python::as_text).unwrap_or_default()),
        ),
        ("target_hash".to_owned(), hash(&target)),
    ];
    for ((name, _), score) in metrics.iter().zip(scores) {
        entries.push((name.clone(), shown(score)));
    }
    Python::Dict(entries)
}

/// `json.dumps(doc, indent=2, ensure_ascii=False)`.
fn indented(document: &Python) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default()
}

fn shown(score: &Score) -> Python {
    let weight = |weight: u64| Python::Int(i64::try_from(weight).unwrap_or(i64::MAX));
    match score {
        Score::Number(number) => Python::Float(*number),
        Score::Weighted(likelihood, over) => {
            Python::List(vec![Python::Float(*likelihood), weight(*over)])
        }
        Score::Classes(gold, taken) => Python::List(vec![Python::Int(*gold), Python::Int(*taken)]),
        Score::Segment(segment) => {
            Python::List(vec![text(&segment.reference), text(&segment.reply)])
        }
        Score::Distribution(gold, likelihoods) => {
            let likelihoods = likelihoods.iter().copied().map(Python::Float).collect();
            let gold = i64::try_from(*gold).unwrap_or(i64::MAX);
            Python::List(vec![Python::Int(gold), Python::List(likelihoods)])
        }
    }
}
