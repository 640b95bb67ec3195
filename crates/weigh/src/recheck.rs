//! `weigh recheck`: asks the model again for a sample of a record's trials, drawn by a nonce.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use weigh_attest::ask::{Asked, filled};
use weigh_attest::svr::Redone;
use weigh_core::decimal::Decimal;
use weigh_core::plan::Trial;
use weigh_core::recheck::{Bound, difference, drawn};
use weigh_core::request::{Request, Response};
use weigh_core::text::visible_line;
use weigh_engine::{Compute, DeviceChoice, Engine};

use crate::ask::answers;
use crate::countersign::Signer;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::run::{Inputs, RunArgs, open_engine, options};
use crate::show::recorded;
use crate::verify::valid;

/// Differences that are told one by one.
const TOLD: usize = 20;

/// Which record is checked, and how much of it.
#[derive(Debug, Args)]
pub struct RecheckArgs {
    /// What the record is held against first; --model is the model that is asked again.
    #[command(flatten)]
    pub asked: Asked,
    /// How many trials are run again.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: u32,
    /// What draws them: a text that was published after the report was signed.
    #[arg(long, value_name = "TEXT", value_parser = filled)]
    pub draw: String,
    /// In which arithmetic. Without it, the one of the record.
    #[arg(long, value_name = "CLASS")]
    pub compute: Option<Compute>,
    /// Where the model computes: auto, cpu, cuda, cuda:N or metal.
    #[arg(long, value_name = "DEVICE", default_value = "cpu")]
    pub device: DeviceChoice,
    /// How far log-likelihoods may lie apart, in nats: 0 on a CPU in the class of the record, which
    /// gives the same bits; more on other devices.
    #[arg(long, value_name = "NATS", default_value = "0")]
    pub tolerance: Decimal,
    /// Countersign under this name if no answer differs.
    #[arg(long = "as", value_name = "NAME", value_parser = filled)]
    pub verifier: Option<String>,
    /// Write the countersignature to this file, which must not exist. Without it, it is appended to
    /// the record's report.intoto.jsonl.
    #[arg(long, value_name = "FILE", requires = "verifier")]
    pub out: Option<PathBuf>,
}

/// What came of it.
#[derive(Serialize)]
struct Told<'a> {
    draw: &'a str,
    of: u64,
    #[serde(flatten)]
    bound: Bound,
    differences: BTreeMap<&'a str, String>,
}

/// Carries out `weigh recheck`.
pub fn command(args: &RecheckArgs, output: &Output) -> Result<Exit, Failure> {
    let Some(model) = &args.asked.model else {
        return Err(Failure::new(
            Exit::Usage,
            "cannot ask the model again: no --model is given",
            "give the file or folder of the model that was tested",
        ));
    };
    let verified = valid(&args.asked, "recheck", output)?;
    let folder = &args.asked.record;
    // Before the model is asked: hours of work do not end at a forgotten passphrase.
    let signer = args.verifier.as_ref();
    let signer = signer.map(|name| Signer::ready(folder, name, args.out.as_deref()));
    let signer = signer.transpose()?;
    let inputs = Inputs::recorded(folder)?;
    let before = recorded(folder, &inputs.plan)?;
    let recorded_class = before.conditions.last().and_then(|c| c.get("compute"));
    let class = recorded_class.and_then(|word| word.parse().ok());
    let run = RunArgs {
        device: args.device,
        compute: args.compute.or(class).unwrap_or(Compute::F32),
        ..RunArgs::default()
    };
    let mut engine = open_engine(model, &options(&run))?;
    let count = usize::try_from(args.sample).unwrap_or(usize::MAX);
    let places = drawn(&inputs.plan, verified.statement, &args.draw, count);
    let trials: Vec<(usize, &Trial)> = places
        .iter()
        .filter_map(|&place| Some((place, inputs.plan.trials.get(place)?)))
        .collect();
    let again = ask(&mut engine, &trials)?;
    let mut differences = BTreeMap::new();
    for ((place, trial), again) in trials.iter().zip(&again) {
        let before = before.responses.get(*place).and_then(Option::as_deref);
        if let Some(why) = difference(before.unwrap_or_default(), again, args.tolerance) {
            differences.insert(trial.id.as_str(), why);
        }
    }
    let told = Told {
        draw: &args.draw,
        of: inputs.plan.header.trials,
        bound: Bound::of(
            trials.len() as u64,
            differences.len() as u64,
            inputs.plan.header.trials,
        ),
        differences,
    };
    tell(&told, output);
    if !told.differences.is_empty() {
        return Ok(Exit::DoesNotConform);
    }
    if let Some(signer) = signer {
        let cases = Redone::Cases {
            cases: told.bound.cases,
            differing: 0,
            nonce: args.draw.clone(),
        };
        signer.sign(&verified, &[cases], output)?;
    }
    Ok(Exit::Success)
}

/// The answers of the model, all of a trial together.
fn ask(engine: &mut Engine, trials: &[(usize, &Trial)]) -> Result<Vec<Vec<Response>>, Failure> {
    let requests = trials.iter().flat_map(|(_, trial)| &trial.requests);
    let requests: Vec<&Request> = requests.collect();
    let mut answers = answers(engine, &requests)?.into_iter();
    let of = |trial: &Trial| answers.by_ref().take(trial.requests.len()).collect();
    Ok(trials.iter().map(|(_, trial)| *trial).map(of).collect())
}

fn tell(told: &Told<'_>, output: &Output) {
    if output.json {
        return output.json("weighhouse-recheck/1", told);
    }
    for (trial, why) in told.differences.iter().take(TOLD) {
        output.line(&visible_line(&format!("differs: {trial}: {why}")));
    }
    let more = told.differences.len().saturating_sub(TOLD);
    if more > 0 {
        output.line(&format!("and {more} more"));
    }
    let Bound {
        cases,
        differing,
        at_most_95,
        at_most_99,
    } = told.bound;
    let percent = |share: Decimal| format!("{:.2} %", 100.0 * share.get());
    output.line(&format!(
        "{cases} of {} trials were run again, {differing} differ: with 95 % confidence at most {} of \
         the answers do, with 99 % at most {}",
        told.of,
        percent(at_most_95),
        percent(at_most_99)
    ));
}
