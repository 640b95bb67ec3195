//! `weigh recheck`: asks the model again for a sample of a record's trials, drawn by a nonce.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use weigh_attest::ask::{Asked, filled};
use weigh_attest::svr::Redone;
use weigh_core::decimal::Decimal;
use weigh_core::event::{Opened, TrialRecord};
use weigh_core::journal::Journal;
use weigh_core::model::Model as _;
use weigh_core::plan::Trial;
use weigh_core::recheck::{Bound, difference, drawn};
use weigh_core::request::{Request, Response};
use weigh_core::subject::Subject;
use weigh_core::text::visible_line;
use weigh_engine::{Compute, DeviceChoice, Engine};

use crate::ask::answers;
use crate::countersign::Signer;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::run::{Inputs, RunArgs, open_engine, options};
use crate::show::journal_of;
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
    /// In which arithmetic. Without it, each trial in the one in which the record answered it.
    #[arg(long, value_name = "CLASS")]
    pub compute: Option<Compute>,
    /// Where the model computes: auto, cpu, cuda, cuda:N or metal.
    #[arg(long, value_name = "DEVICE", default_value = "cpu")]
    pub device: DeviceChoice,
    /// How far log-likelihoods may lie apart, in nats: 0 on a CPU in the class of the record, which
    /// gives the same bits; more on other devices.
    #[arg(long, value_name = "NATS", default_value = "0")]
    pub tolerance: Decimal,
    /// Countersign under this name if no answer differs: that they were asked again, in which
    /// arithmetic, and with which tolerance.
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
    compute: BTreeSet<String>,
    tolerance: Decimal,
    #[serde(flatten)]
    bound: Bound,
    differences: BTreeMap<&'a str, String>,
}

/// A trial that was drawn.
struct Drawn<'a> {
    trial: &'a Trial,
    /// What the record has of it.
    before: &'a [Response],
    /// In which of these classes the model must answer so: in any of several where the record does
    /// not say which machine answered.
    classes: Vec<Compute>,
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
    let journal = journal_of(folder)?;
    let count = usize::try_from(args.sample).unwrap_or(usize::MAX);
    let places = drawn(&inputs.plan, verified.statement, &args.draw, count);
    let trials = places.iter().filter_map(|&at| inputs.plan.trials.get(at));
    let trials = in_record(trials, &journal, args.compute)?;
    let (compute, differences) = again(&trials, (model, &verified.report.subject), args)?;
    let of = inputs.plan.header.trials;
    let told = Told {
        draw: &args.draw,
        of,
        compute,
        tolerance: args.tolerance,
        bound: Bound::of(trials.len() as u64, differences.len() as u64, of),
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
            compute: told.compute,
            tolerance: told.tolerance,
            nonce: args.draw.clone(),
        };
        signer.sign(&verified, &[cases], output)?;
    }
    Ok(Exit::Success)
}

/// What the journal, which is a valid record's, has of the trials, and in which classes to ask them:
/// in `compute`, if that is given.
fn in_record<'a>(
    trials: impl Iterator<Item = &'a Trial>,
    journal: &'a Journal,
    compute: Option<Compute>,
) -> Result<Vec<Drawn<'a>>, Failure> {
    let records = journal.trials.iter().enumerate();
    let records: BTreeMap<&str, (usize, &TrialRecord)> = records
        .map(|(place, record)| (record.trial.as_str(), (place, record)))
        .collect();
    let answered = trials.filter_map(|trial| Some((trial, *records.get(trial.id.as_str())?)));
    let drawn = answered.map(|(trial, (place, record))| {
        let classes = match compute {
            Some(class) => vec![class],
            None => classes_of(journal.stretches(place))?,
        };
        Ok(Drawn {
            trial,
            before: &record.responses,
            classes,
        })
    });
    drawn.collect()
}

/// The classes of arithmetic of stretches of work.
fn classes_of(stretches: &[Opened]) -> Result<Vec<Compute>, Failure> {
    let class = |opened: &Opened| {
        let name = opened.conditions.get("compute").map_or("", String::as_str);
        name.parse().map_err(|fault| {
            Failure::new(
                Exit::Usage,
                format!("cannot ask the model as it was asked before: {fault}"),
                "give --compute CLASS, and a --tolerance for what it rounds otherwise",
            )
        })
    };
    stretches.iter().map(class).collect()
}

/// Asks the trials again, one class after the other: the classes as the model names them, and why
/// answers differ, by trial.
fn again<'a>(
    trials: &[Drawn<'a>],
    (model, tested): (&Path, &Subject),
    args: &RecheckArgs,
) -> Result<(BTreeSet<String>, BTreeMap<&'a str, String>), Failure> {
    let mut names = BTreeSet::new();
    // Of each trial that was asked, why it differs in the class that came first.
    let mut outcomes: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for class in [Compute::F32, Compute::Bf16, Compute::Stored] {
        let due = |drawn: &&Drawn<'_>| {
            let same = outcomes.get(drawn.trial.id.as_str()) == Some(&None);
            drawn.classes.contains(&class) && !same
        };
        let due: Vec<&Drawn<'_>> = trials.iter().filter(due).collect();
        if due.is_empty() {
            continue;
        }
        let run = RunArgs {
            device: args.device,
            compute: class,
            ..RunArgs::default()
        };
        let mut engine = open_engine(model, &options(&run))?;
        same_model(tested, engine.subject(), model)?;
        names.extend(engine.conditions().remove("compute"));
        for (drawn, again) in due.iter().zip(ask(&mut engine, &due)?) {
            let now = difference(drawn.before, &again, args.tolerance);
            let outcome = outcomes
                .entry(&drawn.trial.id)
                .or_insert_with(|| now.clone());
            *outcome = now.and(outcome.take());
        }
    }
    let differing = outcomes.into_iter();
    let differing = differing.filter_map(|(id, why)| Some((id, why?)));
    Ok((names, differing.collect()))
}

/// Whether what was read is what was tested. That the tested files are there was checked before; others beside them may
/// have been read. A single file may have another name.
fn same_model(tested: &Subject, read: &Subject, path: &Path) -> Result<(), Failure> {
    let mut read = Subject {
        name: tested.name.clone(),
        facts: tested.facts.clone(),
        ..read.clone()
    };
    if let ([tested], [read]) = (tested.files.as_slice(), read.files.as_mut_slice()) {
        read.name.clone_from(&tested.name);
    }
    let Some(part) = tested.difference(&read) else {
        return Ok(());
    };
    Err(Failure::new(
        Exit::Usage,
        format!(
            "{} is read as another model than the one that was tested: another {part}",
            path.display()
        ),
        "give the files of the report and no others; where they are, use the version of weigh that made the record",
    ))
}

/// The answers of the model, all of a trial together.
fn ask(engine: &mut Engine, trials: &[&Drawn<'_>]) -> Result<Vec<Vec<Response>>, Failure> {
    let requests = trials.iter().flat_map(|drawn| &drawn.trial.requests);
    let requests: Vec<&Request> = requests.collect();
    let mut answers = answers(engine, &requests)?.into_iter();
    let of = |trial: &Trial| answers.by_ref().take(trial.requests.len()).collect();
    Ok(trials.iter().map(|drawn| drawn.trial).map(of).collect())
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
    let (at_95, at_99) = (percent(at_most_95), percent(at_most_99));
    let shown = if cases >= told.of {
        format!("that is {at_95} of the answers")
    } else {
        format!("with 95 % confidence at most {at_95} of the answers do, with 99 % at most {at_99}")
    };
    let compute: Vec<&str> = told.compute.iter().map(String::as_str).collect();
    output.line(&format!(
        "{cases} of {} trials were run again in {} with a tolerance of {}, {differing} differ: {shown}",
        told.of,
        compute.join(" and "),
        told.tolerance
    ));
}

#[cfg(test)]
mod tests {
    use weigh_core::digest::Digest;
    use weigh_core::subject::SubjectFile;

    use super::*;

    #[test]
    fn a_model_is_its_files_and_how_they_are_read() {
        let subject = |names: &[&str], tokenizer: &str| Subject {
            name: names.concat(),
            files: names
                .iter()
                .map(|name| SubjectFile {
                    name: (*name).to_owned(),
                    size: 6,
                    sha256: Digest::of(b"abacus"),
                })
                .collect(),
            tokenizer: Digest::of(tokenizer.as_bytes()),
            config: Digest::of(b"config"),
            chat_template: None,
            facts: BTreeMap::new(),
        };
        let check = |read: &Subject, expect: Option<&str>| {
            let found = same_model(&subject(&["a.gguf"], "t"), read, Path::new("desk"));
            match (found.err(), expect) {
                (None, None) => {}
                (Some(found), Some(expect)) => assert!(found.message.ends_with(expect)),
                (found, _) => panic!("{found:?}"),
            }
        };
        check(&subject(&["a.gguf"], "t"), None);
        check(&subject(&["renamed.gguf"], "t"), None);
        check(&subject(&["a.gguf"], "u"), Some("another tokenizer"));
        check(
            &subject(&["a.gguf", "b"], "t"),
            Some("another number of files"),
        );
    }
}
