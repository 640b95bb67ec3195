//! `weigh show`: one case as the model reads it, what it answered, and what each measure makes of it.

mod answers;
mod told;

use std::path::PathBuf;

use clap::Args;
use weigh_core::measure::{Scored, score};
use weigh_core::plan::Trial;
use weigh_core::request::Request;
use weigh_core::suite::{Case, Suite};
use weigh_core::text::visible_line;
use weigh_core::transcript::Transcript;
use weigh_engine::{Compute, DeviceChoice, Engine};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::home::Home;
use crate::model_command;
use crate::model_source::DEFAULT;
use crate::output::Output;
use crate::run::{Inputs, RunArgs, TierArg, open_engine, options};

pub use self::answers::{journal_of, recorded};

/// Which case is shown, and where its answer comes from.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// A case: `SUITE:LANGUAGE:CASE` as reports name it, or its end (`sw:well-3`, `well-3`) where
    /// only one case has it.
    pub case: String,
    /// Show the answer in this record, whoever signed it. Without it, the model is asked now.
    #[arg(long, value_name = "DIR", conflicts_with = "suites")]
    pub record: Option<PathBuf>,
    /// The suite: a folder, a file or a name; may be given again. Without one, all that `weigh suite
    /// list` shows.
    #[arg(long = "suite", value_name = "PATH_OR_NAME")]
    pub suites: Vec<String>,
    /// The model. With --record it only tells the tokens, and without it they are left out.
    #[arg(long, value_name = "PATH_OR_NAME")]
    pub model: Option<String>,
    /// Use no network: a model that is not on this machine is an error.
    #[arg(long)]
    pub offline: bool,
    /// Where the model computes: auto, cpu, cuda, cuda:N or metal.
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    pub device: DeviceChoice,
    /// In which arithmetic: f32, bf16 or stored.
    #[arg(long, value_name = "CLASS", default_value = "f32")]
    pub compute: Compute,
}

/// A case with everything that is known of it.
struct Shown<'a> {
    suite: &'a Suite,
    case: &'a Case,
    trial: &'a Trial,
    /// Place of the trial in the plan.
    place: usize,
    transcript: Transcript,
    /// What another model is asked of the reply, where one reads it.
    read: Option<ReadBy>,
    scored: Vec<Scored>,
    engine: Option<Engine>,
}

/// What a judge or an embedding model is asked of a reply.
struct ReadBy {
    /// Its name in the suite.
    name: String,
    requests: Vec<Request>,
}

/// Carries out `weigh show`.
pub fn command(args: &ShowArgs, output: &Output) -> Result<(), Failure> {
    let inputs = inputs(args, output)?;
    let place = find(&inputs, "show", &args.case)?;
    let suites: Vec<Suite> = inputs.suites.iter().map(|s| s.suite.clone()).collect();
    let mut engine = engine(args, output)?;
    let transcript = match (&args.record, &mut engine) {
        (Some(record), _) => recorded(record, &inputs.plan)?,
        (None, Some(engine)) => answers::asked(engine, &inputs.plan, place, &suites)?,
        (None, None) => return Err(missing("show", &args.case)),
    };
    let trial = inputs.plan.trials.get(place);
    let suite = trial.and_then(|trial| suites.get(trial.suite));
    let case = trial.and_then(|trial| suite?.cases.get(trial.case));
    let (Some(trial), Some(suite), Some(case)) = (trial, suite, case) else {
        return Err(missing("show", &args.case));
    };
    let units = score(&inputs.plan, &suites, &transcript);
    let responses = transcript.responses.get(place).and_then(Option::as_deref);
    let judging = &inputs.plan.judging;
    let owed = judging.owed(place, trial, responses.unwrap_or_default());
    let read = owed.map(|owed| ReadBy {
        name: judging
            .judges()
            .get(&owed.judge)
            .cloned()
            .unwrap_or_default(),
        requests: owed.requests,
    });
    let shown = Shown {
        scored: of_case(units, trial, case, suite),
        suite,
        case,
        trial,
        place,
        transcript,
        read,
        engine,
    };
    if output.json {
        told::json(&shown, output);
    } else {
        told::text(&shown, output);
    }
    Ok(())
}

fn inputs(args: &ShowArgs, output: &Output) -> Result<Inputs, Failure> {
    if let Some(record) = &args.record {
        return Inputs::recorded(record);
    }
    let all = RunArgs {
        suites: args.suites.clone(),
        tier: TierArg::Full,
        ..RunArgs::default()
    };
    Inputs::chosen(&all, &Home::find()?, output)
}

/// The model that answers or tells tokens, if there is to be one.
fn engine(args: &ShowArgs, output: &Output) -> Result<Option<Engine>, Failure> {
    let name = match (&args.model, &args.record) {
        (Some(name), _) => name.clone(),
        (None, None) => DEFAULT.to_owned(),
        (None, Some(_)) => return Ok(None),
    };
    let path = model_command::resolve(&name, args.offline, output)?;
    let run = RunArgs {
        device: args.device,
        compute: args.compute,
        ..RunArgs::default()
    };
    open_engine(&path, &options(&run)).map(Some)
}

/// The units that the case is, or is part of.
fn of_case(units: Vec<Scored>, trial: &Trial, case: &Case, suite: &Suite) -> Vec<Scored> {
    let own = |unit: &Scored| {
        let family = unit.unit == case.family && unit.language == case.language;
        unit.suite == suite.id && (unit.unit == trial.id || family)
    };
    units.into_iter().filter(own).collect()
}

/// The place of the one trial whose id is `wanted`, or ends with it behind a colon. `act` is what is
/// to be done with it.
pub fn find(inputs: &Inputs, act: &str, wanted: &str) -> Result<usize, Failure> {
    let trials = inputs.plan.trials.iter().enumerate();
    let is = |id: &str| {
        let before = id.strip_suffix(wanted);
        before.is_some_and(|before| before.is_empty() || before.ends_with(':'))
    };
    let found: Vec<(usize, &str)> = trials
        .map(|(place, trial)| (place, trial.id.as_str()))
        .filter(|(_, id)| is(id))
        .collect();
    match found.as_slice() {
        [(place, _)] => Ok(*place),
        [] => Err(missing(act, wanted)),
        several => Err(ambiguous(act, wanted, several)),
    }
}

fn missing(act: &str, wanted: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        format!(
            "cannot {act} `{}`: no case has this id",
            visible_line(wanted)
        ),
        "write `SUITE:LANGUAGE:CASE` as reports do, of a suite that is named; of a record, a case that its run asked",
    )
}

fn ambiguous(act: &str, wanted: &str, several: &[(usize, &str)]) -> Failure {
    const TOLD: usize = 8;
    let ids = several.iter().take(TOLD).map(|(_, id)| visible_line(id));
    let ids: Vec<_> = ids.collect();
    let more = several.len().saturating_sub(TOLD);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    Failure::new(
        Exit::Usage,
        format!(
            "cannot {act} `{}`: {} cases have this id",
            visible_line(wanted),
            several.len()
        ),
        format!("write one of {}{more}", ids.join(", ")),
    )
}
