//! `weigh bench`: how fast a model computes on this machine, beside what its matrix products reach.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;
use weigh_core::decimal::Decimal;
use weigh_core::model::{Model as _, ModelFault};
use weigh_core::request::{Request, Response};
use weigh_core::text::visible_line;
use weigh_engine::speed::Rate;
use weigh_engine::{Compute, DeviceChoice, Engine, OpenOptions, forget_peak, peak_memory};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::home::Home;
use crate::model_command;
use crate::model_source::DEFAULT;
use crate::output::Output;
use crate::run::{Inputs, RunArgs, opening_failed};

/// Rounds of which the median is told.
const ROUNDS: usize = 5;

/// Lengths of the prompts.
const PROMPTS: [usize; 2] = [512, 2048];

/// Texts side by side, and tokens of each.
const TEXTS: [(usize, usize); 2] = [(1, 64), (64, 16)];

/// What is measured.
#[derive(Debug, Args)]
pub struct BenchArgs {
    /// A GGUF file, a folder with safetensors files, a recipe, or a name that `weigh model list` shows.
    #[arg(long, value_name = "PATH_OR_NAME", default_value = DEFAULT)]
    pub model: String,
    /// Use no network: a model that is not on this machine is an error.
    #[arg(long)]
    pub offline: bool,
    /// Arithmetic class: f32, bf16 or stored; may be given again. Without it, all that
    /// the model and the device have.
    #[arg(long, value_name = "CLASS")]
    pub compute: Vec<Compute>,
    /// Where the model computes: auto, cpu, cuda, cuda:N or metal.
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    pub device: DeviceChoice,
    /// Threads. Without it, one for each core.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Bytes for keys and values. Without it, a quarter of the memory.
    #[arg(long, value_name = "BYTES")]
    pub kv_memory: Option<u64>,
    /// The suite whose cases are answered: a folder, a file or a name. `none` leaves this out.
    #[arg(
        long,
        value_name = "PATH_OR_NAME",
        default_value = "reliability/choices"
    )]
    pub suite: String,
}

/// What was measured in one class. Rates are medians, in tokens of one second.
#[derive(Debug, Serialize)]
struct Figures {
    /// How the model was computed.
    conditions: BTreeMap<String, String>,
    /// From the file to a model that can be asked, in seconds.
    open: Option<Decimal>,
    /// Products of the linear layers alone, by the `gemm` crate in f32, for 512 rows.
    gemm: Option<Decimal>,
    /// Prompts by their length; `None` beyond the model's context.
    prompt_512: Option<Decimal>,
    prompt_2048: Option<Decimal>,
    /// Tokens generated, by texts side by side.
    text_1: Option<Decimal>,
    text_64: Option<Decimal>,
    suite: Option<Cases>,
    /// The most memory the process had, in bytes, with this class alone.
    peak_memory: Option<u64>,
}

/// A suite's cases answered.
#[derive(Debug, Serialize)]
struct Cases {
    id: String,
    cases: u64,
    /// Cases of one second.
    rate: Option<Decimal>,
    /// Tokens of prompts that were computed, of different ones, and of all if nothing were shared.
    computed: u64,
    distinct: u64,
    naive: u64,
}

/// Carries out `weigh bench`.
pub fn command(args: &BenchArgs, output: &Output) -> Result<(), Failure> {
    let inputs = match args.suite.as_str() {
        "none" => None,
        suite => Some(inputs(suite, output)?),
    };
    let path = model_command::resolve(&args.model, args.offline, output)?;
    let classes = match args.compute.as_slice() {
        [] => vec![Compute::F32, Compute::Bf16, Compute::Stored],
        some => some.to_vec(),
    };
    let mut all = Vec::new();
    for compute in classes {
        output.note(&format!("measuring {compute}"));
        let options = OpenOptions {
            device: args.device,
            compute,
            kv_memory: args.kv_memory,
            threads: args.threads.map(usize::from),
            ..OpenOptions::default()
        };
        forget_peak();
        let start = Instant::now();
        match Engine::open(&path, &options) {
            Ok(engine) => all.push(measure(engine, start.elapsed(), inputs.as_ref())?),
            Err(error) if args.compute.is_empty() && error.fault.is_of_class() => {
                output.note(&format!("{compute} is left out: {}", error.fault));
            }
            Err(error) => return Err(opening_failed(&error, &options)),
        }
    }
    if output.json {
        output.json(
            "weighhouse-bench/1",
            &Told {
                model: &args.model,
                classes: &all,
            },
        );
    } else {
        table(&args.model, &all, output);
    }
    Ok(())
}

/// The document for programs.
#[derive(Serialize)]
struct Told<'a> {
    model: &'a str,
    classes: &'a [Figures],
}

/// The cases of one suite, as a run with the usual options would ask them.
fn inputs(suite: &str, output: &Output) -> Result<Inputs, Failure> {
    let args = RunArgs {
        suites: vec![suite.to_owned()],
        ..RunArgs::default()
    };
    Inputs::chosen(&args, &Home::find()?, output)
}

/// Measures everything in turn, so that a slow minute of the machine falls on all of it.
fn measure(
    mut engine: Engine,
    open: Duration,
    inputs: Option<&Inputs>,
) -> Result<Figures, Failure> {
    engine.time_prompt(PROMPTS[0]).map_err(fault)?; // memory and clocks warm up
    let mut gemm = Vec::new();
    let (mut prompts, mut texts) = <([Vec<f64>; 2], [Vec<f64>; 2])>::default();
    let keep = |rates: &mut Vec<f64>, rate: Result<Rate, ModelFault>| {
        rates.push(rate.map_err(fault)?.per_second());
        Ok(())
    };
    for _ in 0..ROUNDS {
        gemm.push(engine.time_gemm(PROMPTS[0]).per_second());
        for (rates, length) in prompts.iter_mut().zip(PROMPTS) {
            if length < engine.context() {
                keep(rates, engine.time_prompt(length))?;
            }
        }
        for (rates, (streams, length)) in texts.iter_mut().zip(TEXTS) {
            if length < engine.context() {
                keep(rates, engine.time_texts(streams, length))?;
            }
        }
    }
    let suite = inputs.map(|inputs| cases(&mut engine, inputs));
    let ([prompt_512, prompt_2048], [text_1, text_64]) = (prompts.map(median), texts.map(median));
    Ok(Figures {
        conditions: engine.conditions(),
        open: rounded(open.as_secs_f64()),
        gemm: median(gemm),
        prompt_512,
        prompt_2048,
        text_1,
        text_64,
        suite: suite.transpose()?,
        peak_memory: peak_memory(),
    })
}

/// Answers every case once. Scores are not of interest here, but an answer that fails is no work.
fn cases(engine: &mut Engine, inputs: &Inputs) -> Result<Cases, Failure> {
    let trials = &inputs.plan.trials;
    let requests: Vec<&Request> = trials.iter().flat_map(|trial| &trial.requests).collect();
    let (mut answered, mut failed) = (0, None);
    let start = Instant::now();
    let mut sink = |_: usize, response: Response| {
        answered += 1;
        if let Response::Failed(failure) = response {
            failed = Some(failure);
        }
        ControlFlow::Continue(())
    };
    engine.answer(&requests, &mut sink).map_err(fault)?;
    let seconds = start.elapsed().as_secs_f64();
    if let Some(failure) = failed {
        return Err(fault(ModelFault(format!("a request failed: {failure:?}"))));
    }
    if answered != requests.len() {
        return Err(fault(ModelFault("requests have no answer".to_owned())));
    }
    let work = engine.work().unwrap_or_default();
    Ok(Cases {
        id: inputs.plan.header.suites.keys().cloned().collect(),
        cases: inputs.plan.header.trials,
        rate: rounded(trials.len() as f64 / seconds),
        computed: work.prompt,
        distinct: work.distinct,
        naive: work.naive,
    })
}

fn fault(fault: ModelFault) -> Failure {
    Failure::new(
        Exit::Machine,
        format!("cannot measure: {fault}"),
        "try another --compute or --device; --suite none leaves the suite out",
    )
}

fn median(mut values: Vec<f64>) -> Option<Decimal> {
    values.sort_by(f64::total_cmp);
    values
        .get(values.len() / 2)
        .and_then(|value| rounded(*value))
}

/// Four digits are more than a measurement of time holds.
fn rounded(value: f64) -> Option<Decimal> {
    let digits = format!("{value:.3e}").parse().ok()?;
    Decimal::new(digits).ok()
}

/// One line for each figure, one column for each class.
fn table(model: &str, all: &[Figures], output: &Output) {
    let column = |figures: &Figures| rows(figures).map(|(_, value)| value);
    let columns: Vec<_> = all.iter().map(column).collect();
    let Some(names) = all
        .first()
        .map(|figures| rows(figures).map(|(name, _)| name))
    else {
        return;
    };
    output.line(&visible_line(model));
    for (row, name) in names.iter().enumerate() {
        let cells = columns.iter().filter_map(|column| column.get(row));
        let cells: String = cells.map(|cell| format!(" {cell:>14}")).collect();
        output.line(&format!("{name:<34}{cells}"));
    }
}

/// The lines of the table.
fn rows(figures: &Figures) -> [(&'static str, String); 13] {
    let number = |value: Option<f64>, digits: usize| {
        value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
    };
    let get = |value: Option<Decimal>| value.map(Decimal::get);
    let share = |value: Option<Decimal>| Some(get(value)? / get(figures.gemm)?);
    let condition = |name| figures.conditions.get(name).cloned().unwrap_or_default();
    let suite = figures.suite.as_ref();
    let reuse = |cases: &Cases| cases.computed as f64 / cases.distinct as f64;
    let sharing = |cases: &Cases| cases.naive as f64 / cases.distinct as f64;
    [
        ("class", condition("compute")),
        ("kernels", condition("kernels")),
        ("threads", condition("threads")),
        ("open, s", number(get(figures.open), 2)),
        (
            "gemm crate, f32, 512 rows, tokens/s",
            number(get(figures.gemm), 0),
        ),
        (
            "prompt of 512, tokens/s",
            number(get(figures.prompt_512), 0),
        ),
        (
            "  of the gemm crate's rate",
            number(share(figures.prompt_512), 2),
        ),
        (
            "prompt of 2,048, tokens/s",
            number(get(figures.prompt_2048), 0),
        ),
        ("1 text, tokens/s", number(get(figures.text_1), 1)),
        ("64 texts, tokens/s", number(get(figures.text_64), 0)),
        (
            "cases/s of the suite",
            number(suite.and_then(|cases| get(cases.rate)), 2),
        ),
        (
            "tokens computed / distinct / naive",
            suite.map_or_else(
                || "-".to_owned(),
                |cases| format!("1 : {:.3} : {:.2}", reuse(cases), sharing(cases)),
            ),
        ),
        (
            "peak memory, MB",
            number(figures.peak_memory.map(|bytes| bytes as f64 / 1e6), 0),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_digits() {
        let check = |values: &[f64], expect: Option<f64>| {
            assert_eq!(median(values.to_vec()).map(Decimal::get), expect);
        };
        check(&[], None);
        check(&[3.0, 1.0, 2.0], Some(2.0));
        check(&[1234.56], Some(1235.0));
        check(&[f64::INFINITY], None);
    }
}
