//! `weigh run --dry-run`: what would be run, and what it would take.

use std::collections::BTreeMap;

use serde::Serialize;
use weigh_core::model::Work;
use weigh_core::plan::{Plan, PlannedSuite};
use weigh_core::request::Request;
use weigh_core::text::visible_line;
use weigh_engine::{Footprint, Forecast, Megabytes, Time};

use super::RunArgs;
use super::{judges, model};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::model_command;
use crate::output::Output;
use crate::progress::duration;

/// What would be run, for programs.
#[derive(Serialize)]
struct Planned<'a> {
    suites: &'a BTreeMap<String, PlannedSuite>,
    trials: u64,
    requests: u64,
    /// The most requests that judges get: those if every reply can be judged.
    judge_requests: u64,
    sha256: String,
    /// None when the model is not on this machine.
    cost: Option<Cost>,
}

/// What it would take.
#[derive(Serialize)]
struct Cost {
    model: String,
    compute: &'static str,
    /// Tokens of prompts; `generated` is the most that texts can come to.
    tokens: Work,
    texts: u64,
    unanswerable: u64,
    /// None where the model would not be computed on the CPU, as are the next two.
    bytes: Option<Bytes>,
    milliseconds: Option<Milliseconds>,
    /// Why the model would not be opened.
    refused: Option<String>,
}

#[derive(Serialize)]
struct Bytes {
    weights: u64,
    embedding: u64,
    kv: u64,
    rest: u64,
    total: u64,
    available: Option<u64>,
}

/// An estimate.
#[derive(Serialize)]
struct Milliseconds {
    prompts: u64,
    texts: u64,
}

/// Says what would be run and what it would take. Nothing is fetched and no weights are loaded.
pub fn command(args: &RunArgs, plan: Plan, output: &Output) -> Result<Exit, Failure> {
    let plan = &counted(plan);
    let forecast = match model_command::here(&args.model, output)? {
        Some(path) => {
            let requests: Vec<&Request> = plan.trials.iter().flat_map(|t| &t.requests).collect();
            let options = model::options(args);
            let forecast = Forecast::new(&path, &options, &requests);
            Some(forecast.map_err(|fault| model::opening_failed(&fault, &options))?)
        }
        None => None,
    };
    if output.json {
        json(args, plan, forecast.as_ref(), output);
    } else {
        text(args, plan, forecast.as_ref(), output);
    }
    let refused = forecast.and_then(|forecast| forecast.cpu?.refused);
    Ok(refused.map_or(Exit::Success, |_| Exit::Usage))
}

/// The plan with the counts of its own trials, where it has only some of those that were planned.
fn counted(mut plan: Plan) -> Plan {
    let header = &mut plan.header;
    header.trials = plan.trials.len() as u64;
    let requests = plan.trials.iter().map(|trial| trial.requests.len() as u64);
    header.requests = requests.sum();
    for (id, suite) in &mut header.suites {
        let of = format!("{id}:");
        let own = plan.trials.iter().filter(|trial| trial.id.starts_with(&of));
        suite.trials = own.count() as u64;
    }
    plan
}

fn json(args: &RunArgs, plan: &Plan, forecast: Option<&Forecast>, output: &Output) {
    let header = &plan.header;
    let planned = Planned {
        suites: &header.suites,
        trials: header.trials,
        requests: header.requests,
        judge_requests: plan.judging.most_requests(),
        sha256: header.digest.to_string(),
        cost: forecast.map(|forecast| Cost::new(args, forecast)),
    };
    output.json("weighhouse-plan/1", &planned);
}

impl Cost {
    fn new(args: &RunArgs, forecast: &Forecast) -> Self {
        let cpu = forecast.cpu.as_ref();
        let whole = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let time = cpu.and_then(|cpu| cpu.time);
        Self {
            model: forecast.model.clone(),
            compute: args.compute.name(),
            tokens: forecast.work,
            texts: forecast.texts,
            unanswerable: forecast.unanswerable,
            bytes: cpu.map(|cpu| Bytes::new(cpu.footprint, cpu.available)),
            milliseconds: time.map(|time| Milliseconds {
                prompts: whole(time.prompts),
                texts: whole(time.texts),
            }),
            refused: cpu.and_then(|cpu| cpu.refused.as_ref().map(ToString::to_string)),
        }
    }
}

impl Bytes {
    fn new(footprint: Footprint, available: Option<u64>) -> Self {
        let Footprint {
            weights,
            embedding,
            kv,
            rest,
        } = footprint;
        Self {
            weights,
            embedding,
            kv,
            rest,
            total: footprint.total(),
            available,
        }
    }
}

fn text(args: &RunArgs, plan: &Plan, forecast: Option<&Forecast>, output: &Output) {
    let header = &plan.header;
    for (id, suite) in &header.suites {
        output.line(&format!("{id} {}: {} trials", suite.version, suite.trials));
    }
    let (trials, requests) = (header.trials, header.requests);
    output.line(&format!("{trials} trials, {requests} requests"));
    if !plan.judging.is_empty() {
        let most = plan.judging.most_requests();
        let line = format!("up to {most} requests to judges ({})", judges::names(plan));
        output.line(&visible_line(&line));
        output.note("what judges take beside that is not foreseen");
    }
    match forecast {
        Some(forecast) => {
            for line in lines(args, forecast) {
                output.line(&visible_line(&line));
            }
            tell_refusal(args, forecast, output);
        }
        None => output.note(&visible_line(&format!(
            "the model {0} is not on this machine, so tokens, memory and time are not foreseen; \
             `weigh model pull {0}` fetches it",
            args.model
        ))),
    }
}

/// What the run would take, a line for each kind of thing.
fn lines(args: &RunArgs, forecast: &Forecast) -> Vec<String> {
    let Work {
        naive,
        prompt,
        generated,
        ..
    } = forecast.work;
    let mut lines = vec![
        format!("model     {}", forecast.model),
        format!("tokens    {prompt} to compute, {naive} if each request were computed alone"),
        format!(
            "texts     {}, of at most {generated} tokens in all",
            forecast.texts
        ),
    ];
    if forecast.unanswerable > 0 {
        let many = forecast.unanswerable;
        lines.push(format!(
            "no answer {many} requests, as those that are too long"
        ));
    }
    let Some(cpu) = &forecast.cpu else {
        lines.push("memory and time are foreseen on the CPU only".to_owned());
        return lines;
    };
    lines.push(memory(args, cpu.footprint, cpu.available));
    lines.extend(cpu.time.map(time));
    lines
}

fn memory(args: &RunArgs, footprint: Footprint, available: Option<u64>) -> String {
    let Footprint {
        weights,
        embedding,
        kv,
        rest,
    } = footprint;
    let available = available.map(|bytes| format!("; {} available", Megabytes(bytes)));
    format!(
        "memory    {}: weights {} in {}, embedding {}, keys and values {}, rest {}{}",
        Megabytes(footprint.total()),
        Megabytes(weights),
        args.compute,
        Megabytes(embedding),
        Megabytes(kv),
        Megabytes(rest),
        available.unwrap_or_default()
    )
}

fn time(time: Time) -> String {
    let seconds = |time: std::time::Duration| duration(time.as_secs_f64().ceil() as u64);
    format!(
        "time      about {}, and up to {} for the texts: an estimate from a probe of this machine",
        seconds(time.prompts),
        seconds(time.texts)
    )
}

fn tell_refusal(args: &RunArgs, forecast: &Forecast, output: &Output) {
    if let Some(fault) = forecast.cpu.as_ref().and_then(|cpu| cpu.refused.as_ref()) {
        output.note(&format!("the run would be refused: {fault}"));
        let help = model::more_memory(fault, &model::options(args));
        output.note(&format!("  help: {help}"));
    }
}
