//! One stretch of work: what the plan owes and the journal lacks is asked, written, sealed.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use weigh_core::digest::Digest;
use weigh_core::energy::Energy;
use weigh_core::event::{Event, Opened, Sealed};
use weigh_core::model::{Model, ModelFault};
use weigh_core::plan::Plan;
use weigh_core::request::Request;
use weigh_core::subject::Subject;
use weigh_core::transcript;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::collect::Collector;
use crate::directory::RunDir;
use crate::energy::{Measuring, Meter, resumed};
use crate::fault::RunFault;
use crate::writer::{Answered, Kind, Writer};

/// How long a written line may wait to be synced.
pub const COMMIT: Duration = Duration::from_millis(200);

/// Trials that may wait for the writer before the model has to.
const QUEUE: usize = 4096;

/// What a run takes from the world around it.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// Tells when work began and ended.
    pub clock: &'a dyn Clock,
    /// Draws the salt of the seal.
    pub chance: &'a dyn Chance,
    /// Measures the energy that answers take.
    pub meter: &'a dyn Meter,
    /// Set from outside to end the run after the batch that is being computed.
    pub stop: &'a AtomicBool,
    /// How long a written line may wait to be synced: [`COMMIT`].
    pub commit: Duration,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Trials that the plan owes.
    pub planned: u64,
    /// Trials whose records are on the disk. They are never lost again.
    pub answered: u64,
}

/// How a stretch of work ended without a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {
    /// Every trial is answered and the journal is sealed.
    Sealed(Progress),
    /// Every trial is answered, with so much energy, and judges are asked next: see [`crate::judge()`].
    Answered(Progress, Energy),
    /// The journal had been sealed before; nothing was done.
    AlreadySealed(Progress),
    /// It was stopped from outside. What was answered is kept.
    Interrupted(Progress),
}

/// Answers what the folder's journal lacks, all in one call of the model, and seals the journal
/// unless the plan has replies judged.
///
/// `watch` hears of trials only once their records are synced. The answers' order, the batch in
/// which they came and how often the run was interrupted change no byte of the transcript.
///
/// # Errors
/// Whatever ends the run before it is complete. What was answered and synced stays in the journal.
pub fn run(
    plan: &Plan,
    model: &mut dyn Model,
    dir: RunDir,
    control: Control,
    watch: &mut dyn FnMut(Progress),
) -> Result<Finished, RunFault> {
    let planned = plan.trials.len() as u64;
    let answered = AtomicU64::new(dir.answered());
    let progress = || Progress {
        planned,
        answered: answered.load(Ordering::Acquire),
    };
    if dir.is_sealed() {
        return Ok(Finished::AlreadySealed(progress()));
    }
    check_subject(&dir, model.subject())?;
    // A shard may have no trial: its journal still says which model was there.
    let due = plan.header.shard.is_some() && dir.earlier.subject.is_none();
    let mut told = progress();
    watch(told);
    let mut tell = || {
        if progress() != told {
            told = progress();
            watch(told);
        }
    };
    let first = dir.earlier.subject.is_none();
    let mut writer = open(plan, dir, &answered)?;
    let measuring = first.then(|| control.meter.begin(&model.conditions()));
    let (mut collector, requests) = Collector::new(&plan.trials, &writer.leaves);
    let mut end = Ok(());
    let stopped_before = control.stop.load(Ordering::Relaxed);
    if (due || !requests.is_empty()) && !stopped_before {
        begin(&mut writer, model, control.clock)?;
        (writer, end) = answer(
            model,
            (&mut collector, &requests),
            (writer, control),
            &mut tell,
        )?;
    }
    end.map_err(|fault| stopped(fault, progress()))?;
    match collector.unanswered() {
        None if due && stopped_before => Ok(Finished::Interrupted(progress())),
        None => {
            let energy = energy(measuring, plan, model);
            if !plan.judging.is_empty() {
                return Ok(Finished::Answered(progress(), energy));
            }
            let leaves = std::mem::take(&mut writer.leaves);
            seal(&mut writer, (&leaves, &BTreeMap::new()), energy, control)?;
            Ok(Finished::Sealed(progress()))
        }
        Some(_) if control.stop.load(Ordering::Relaxed) => Ok(Finished::Interrupted(progress())),
        Some(fault) => Err(fault),
    }
}

/// What all answers took, and the tokens that were computed for each suite.
fn energy(measuring: Option<Box<dyn Measuring>>, plan: &Plan, model: &dyn Model) -> Energy {
    let mut energy = measuring.map_or_else(resumed, |measuring| measuring.end());
    if let Energy::Measured(measured) = &mut energy {
        let ids: Vec<&String> = plan.header.suites.keys().collect();
        let trials = plan.trials.iter();
        let suites = trials.flat_map(|trial| trial.requests.iter().map(|_| trial.suite));
        for (suite, tokens) in suites.zip(model.computed()) {
            if let Some(id) = ids.get(suite) {
                *measured.computed.entry((*id).clone()).or_default() += u64::from(*tokens);
            }
        }
    }
    energy
}

fn check_subject(dir: &RunDir, now: &Subject) -> Result<(), RunFault> {
    dir.earlier
        .subject
        .as_ref()
        .map_or(Ok(()), |began| same_subject(began, now))
}

/// Whether the model `now` is the one that a run began with.
///
/// # Errors
/// What differs first.
pub fn same_subject(began: &Subject, now: &Subject) -> Result<(), RunFault> {
    match began.difference(now) {
        None => Ok(()),
        Some(differs) => Err(RunFault::Subject {
            began: began.name.clone(),
            now: now.name.clone(),
            differs,
        }),
    }
}

/// The writer behind the plan, or behind the last complete line of an earlier stretch of work.
pub(crate) fn open<'a>(
    plan: &Plan,
    dir: RunDir,
    synced: &'a AtomicU64,
) -> Result<Writer<'a>, RunFault> {
    let path = dir.journal();
    let mut chain = dir.earlier.chain;
    let file = if chain.lines() == 0 {
        let planned = Event::Planned(Box::new(plan.header.clone()));
        let line = chain.encode(&planned).ok_or(RunFault::Encode)?;
        dir.begin_journal(&line)?
    } else {
        dir.continue_journal()?
    };
    Ok(Writer {
        file,
        path,
        chain,
        written: dir.answered(),
        leaves: dir.earlier.leaves,
        synced,
        kind: Kind::Trial,
    })
}

/// Writes which model works from here on, and how.
fn begin(writer: &mut Writer, model: &dyn Model, clock: &dyn Clock) -> Result<(), RunFault> {
    writer.write(&Event::Opened(Box::new(Opened {
        subject: model.subject().clone(),
        conditions: model.conditions(),
        at: clock.now(),
    })))?;
    writer.sync()
}

/// How the model's work ended when the disk did not fail.
pub(crate) type Answering = Result<(), Stop>;

/// What stopped it.
pub(crate) enum Stop {
    Model(ModelFault),
    Answers(RunFault),
}

pub(crate) fn stopped(stop: Stop, progress: Progress) -> RunFault {
    match stop {
        Stop::Answers(fault) => fault,
        Stop::Model(fault) => RunFault::Model {
            fault,
            kept: progress.answered,
            planned: progress.planned,
        },
    }
}

/// Lets the model answer while the writer writes. A fault of the disk goes before all others.
pub(crate) fn answer<'a>(
    model: &mut dyn Model,
    (collector, requests): (&mut Collector, &[&Request]),
    (writer, control): (Writer<'a>, Control),
    synced: &mut dyn FnMut(),
) -> Result<(Writer<'a>, Answering), RunFault> {
    let (sender, receiver) = sync_channel(QUEUE);
    thread::scope(|scope| {
        let writing = scope.spawn(move || writer.work(&receiver, control.commit));
        let answering = ask(model, (collector, requests), (sender, control.stop), synced);
        match writing.join() {
            Ok(writer) => {
                synced();
                Ok((writer?, answering))
            }
            Err(payload) => panic::resume_unwind(payload),
        }
    })
}

/// Hands the requests to the model and whole trials to the writer.
fn ask(
    model: &mut dyn Model,
    (collector, requests): (&mut Collector, &[&Request]),
    (writer, stop): (SyncSender<Answered>, &AtomicBool),
    synced: &mut dyn FnMut(),
) -> Answering {
    let mut fault = None;
    let answered = model.answer(requests, &mut |index, response| {
        if fault.is_some() {
            return ControlFlow::Break(());
        }
        let whole = match collector.take(index, response) {
            Ok(whole) => whole,
            Err(reason) => {
                fault = Some(reason);
                return ControlFlow::Break(());
            }
        };
        // A writer that is gone tells its fault when it is joined.
        if whole.is_some_and(|trial| writer.send(trial).is_err()) {
            return ControlFlow::Break(());
        }
        synced();
        if stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    match fault {
        Some(fault) => Err(Stop::Answers(fault)),
        None => answered.map_err(Stop::Model),
    }
}

/// Seals the leaves of all trials and of all judgements.
pub(crate) fn seal(
    writer: &mut Writer,
    leaves: (&[Option<Digest>], &BTreeMap<usize, Digest>),
    energy: Energy,
    control: Control,
) -> Result<(), RunFault> {
    writer.write(&sealed(leaves, energy, control)?)?;
    writer.sync()
}

/// The seal over them.
pub(crate) fn sealed(
    (leaves, judged): (&[Option<Digest>], &BTreeMap<usize, Digest>),
    energy: Energy,
    control: Control,
) -> Result<Event, RunFault> {
    Ok(Event::Sealed(Sealed {
        trials: leaves.len() as u64,
        judgements: judged.len() as u64,
        transcript: transcript::whole_root(leaves, judged),
        salt: control.chance.salt()?,
        energy: Some(energy),
        at: control.clock.now(),
    }))
}
