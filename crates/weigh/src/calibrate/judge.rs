//! A judge that is calibrated: found and opened as for a run, and asked of every labelled reply.

use std::collections::BTreeMap;

use weigh_core::card::{Decided, JudgeKey, Labelled};
use weigh_core::judge::{Judge, Rubric, shown, verdict};
use weigh_core::model::Model;
use weigh_core::request::{Request, Response};

use super::CalibrateArgs;
use crate::ask::answers;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::home::Home;
use crate::output::Output;
use crate::run::{RunArgs, judges};
use crate::suites;

/// The judge of the suite that the arguments name, and what it decides of those of `items` that are
/// in their language.
pub fn decided(
    args: &CalibrateArgs,
    items: &[Labelled],
    output: &Output,
) -> Result<(JudgeKey, Vec<Decided>), Failure> {
    let judge = named(args)?;
    let rubric = judge.rubrics.get(&args.language).ok_or_else(|| {
        let languages: Vec<&str> = judge.rubrics.keys().map(|l| l.as_str()).collect();
        Failure::new(
            Exit::Usage,
            format!(
                "cannot calibrate for `{}`: the judge has no rubric in it",
                args.language
            ),
            format!("the suite's languages are {}", languages.join(", ")),
        )
    })?;
    let of_language = items.iter().filter(|item| item.language == args.language);
    let of_language: Vec<&Labelled> = of_language.collect();
    let mut model = open(args, &judge, output)?;
    let decisions = ask(&mut *model, rubric, &of_language)?;
    let decided = of_language.iter().map(|item| item.label).zip(decisions);
    let key = JudgeKey {
        model: judge.sha256,
        rubric: rubric.digest(),
    };
    Ok((key, decided.collect()))
}

fn named(args: &CalibrateArgs) -> Result<Judge, Failure> {
    let wanted = suites::find(&Home::find()?, &args.suite)?;
    let mut judges = suites::load(&wanted)?.into_iter();
    let judges: Option<Judge> = judges.find_map(|loaded| loaded.suite.judge);
    judges.ok_or_else(|| {
        Failure::new(
            Exit::Usage,
            "cannot calibrate a judge: the suite has none",
            "name a suite with `[judge]` by --suite",
        )
    })
}

fn open(args: &CalibrateArgs, judge: &Judge, output: &Output) -> Result<Box<dyn Model>, Failure> {
    let as_in_a_run = RunArgs {
        judges: args.judge.clone(),
        offline: args.offline,
        ..RunArgs::default()
    };
    let needed = BTreeMap::from([(judge.sha256, judge.model.clone())]);
    let mut opener = judges::find(&as_in_a_run, &needed, output)?;
    let model = opener(judge.sha256, &judge.model);
    let model = model.map_err(|why| unusable(&judge.model, &why))?;
    let found = model.subject().identity();
    if found != judge.sha256 {
        let why = format!(
            "its identity is {found} where the suite has {}",
            judge.sha256
        );
        return Err(unusable(&judge.model, &why));
    }
    Ok(model)
}

fn unusable(name: &str, why: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot use the judge `{name}`: {why}"),
        "give the right files by --judge",
    )
}

/// What the judge decides of each item; none where it is not asked or does not decide.
fn ask(
    model: &mut dyn Model,
    rubric: &Rubric,
    items: &[&Labelled],
) -> Result<Vec<Option<bool>>, Failure> {
    let requests = |item: &&Labelled| {
        let reply = shown(&item.text, item.finish).ok()?;
        rubric.requests(item.against.as_deref()?, reply).ok()
    };
    let asked: Vec<Option<Vec<Request>>> = items.iter().map(requests).collect();
    let all: Vec<&Request> = asked.iter().flatten().flatten().collect();
    let mut responses = answers(model, &all)?.into_iter();
    let decision = |requests: Option<Vec<Request>>| {
        let count = requests?.len();
        let of_item: Vec<Response> = responses.by_ref().take(count).collect();
        verdict(&of_item).ok()
    };
    Ok(asked.into_iter().map(decision).collect())
}
