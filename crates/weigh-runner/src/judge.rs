//! The second phase of a run: judges read the replies, one judge after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use weigh_core::digest::Digest;
use weigh_core::energy::Energy;
use weigh_core::event::{Event, JudgeOpened, JudgeState, TrialRecord};
use weigh_core::judge::Owed;
use weigh_core::model::Model;
use weigh_core::plan::{Plan, Trial};
use weigh_core::request::{Failure, Response};
use weigh_core::subject::Subject;

use crate::collect::Collector;
use crate::directory::RunDir;
use crate::fault::RunFault;
use crate::run::{Control, Finished, Progress, answer, open, same_subject, seal, stopped};
use crate::writer::{Kind, Writer};

/// Opens the judge with an identity and a name, or says why it cannot be opened.
pub type OpenJudge<'a> = dyn FnMut(Digest, &str) -> Result<Box<dyn Model>, String> + 'a;

/// Everything that judges owe.
struct Session<'a> {
    /// A trial for each reply, with what is asked of it, in the order of the plan.
    asked: Vec<Trial>,
    /// For each of them its place in the plan.
    places: Vec<usize>,
    /// For each of them its judge.
    by: Vec<Digest>,
    /// The judges that were there in an earlier stretch of work.
    earlier: BTreeMap<Digest, Subject>,
    synced: &'a AtomicU64,
}

/// Has the replies judged that the folder's journal lacks a judgement of, and seals the journal.
///
/// Only judges with something left to do are opened, one at a time. A judge that cannot be opened,
/// or is another model than the suite names, fails its judgements, and the run is complete without
/// them: the record says why. `energy` is what the replies took, [`crate::energy::resumed`] where an
/// earlier stretch of work gave them. `watch` hears of judgements only once they are synced.
///
/// # Errors
/// Whatever ends the run before it is complete. What was judged and synced stays in the journal.
pub fn judge(
    plan: &Plan,
    dir: RunDir,
    energy: Energy,
    judges: &mut OpenJudge,
    control: Control,
    watch: &mut dyn FnMut(Progress),
) -> Result<Finished, RunFault> {
    let answered = Progress {
        planned: plan.trials.len() as u64,
        answered: dir.answered(),
    };
    if dir.is_sealed() {
        return Ok(Finished::AlreadySealed(answered));
    }
    if !dir.is_answered() {
        return Ok(Finished::Interrupted(answered));
    }
    let synced = AtomicU64::new(0);
    let session = Session::new(plan, &dir, &synced);
    let (leaves, judged) = (dir.earlier.leaves.clone(), dir.earlier.judged.clone());
    let mut writer = open(plan, dir, &synced)?;
    writer.kind = Kind::Judgement;
    let leaf = |place: &usize| judged.get(place).copied();
    writer.leaves = session.places.iter().map(leaf).collect();
    writer.written = writer.leaves.iter().flatten().count() as u64;
    synced.store(writer.written, Ordering::Release);
    watch(session.progress());
    for judge in session.by.iter().copied().collect::<BTreeSet<Digest>>() {
        if control.stop.load(Ordering::Relaxed) {
            return Ok(Finished::Interrupted(session.progress()));
        }
        let name = plan.judging.judges().get(&judge);
        let name = name.map_or("", String::as_str);
        if session.is_done(&writer, judge) {
            continue;
        }
        let opened = judges(judge, name).and_then(|model| {
            let found = model.subject().identity();
            let message = format!("its identity is {found} where the suite has {judge}");
            if found == judge {
                Ok(model)
            } else {
                Err(message)
            }
        });
        let whole;
        (writer, whole) = session.work(writer, judge, opened, control, watch)?;
        if !whole {
            return Ok(Finished::Interrupted(session.progress()));
        }
    }
    let pairs = session.places.iter().zip(&writer.leaves);
    let judged = pairs.filter_map(|(place, leaf)| Some((*place, (*leaf)?)));
    let judged: BTreeMap<usize, Digest> = judged.collect();
    seal(&mut writer, (&leaves, &judged), energy, control)?;
    Ok(Finished::Sealed(answered))
}

impl<'a> Session<'a> {
    fn new(plan: &Plan, dir: &RunDir, synced: &'a AtomicU64) -> Self {
        let mut session = Self {
            asked: Vec::new(),
            places: Vec::new(),
            by: Vec::new(),
            earlier: dir.earlier.judges.clone(),
            synced,
        };
        for (place, Owed { judge, requests }) in dir.earlier.owed(plan) {
            if let Some(trial) = plan.trials.get(place) {
                session.asked.push(Trial {
                    case: trial.case,
                    id: trial.id.clone(),
                    requests,
                    suite: trial.suite,
                });
                session.places.push(place);
                session.by.push(judge);
            }
        }
        session
    }

    fn progress(&self) -> Progress {
        Progress {
            planned: self.asked.len() as u64,
            answered: self.synced.load(Ordering::Acquire),
        }
    }

    /// What `judge` need not be asked: a leaf for all that is judged or another judge's.
    fn settled(&self, writer: &Writer, judge: Digest) -> Vec<Option<Digest>> {
        let pairs = self.by.iter().zip(&writer.leaves);
        pairs
            .map(|(by, leaf)| if *by == judge { *leaf } else { Some(judge) })
            .collect()
    }

    fn is_done(&self, writer: &Writer, judge: Digest) -> bool {
        self.settled(writer, judge).iter().all(Option::is_some)
    }

    /// Lets one judge do what it owes. False when it was stopped from outside.
    fn work<'w>(
        &self,
        mut writer: Writer<'w>,
        judge: Digest,
        opened: Result<Box<dyn Model>, String>,
        control: Control,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<(Writer<'w>, bool), RunFault> {
        let settled = self.settled(&writer, judge);
        let mut model = match opened {
            Ok(model) => model,
            Err(reason) => {
                self.begin(
                    &mut writer,
                    judge,
                    JudgeState::Missing(reason.clone()),
                    control,
                )?;
                self.fail(&mut writer, &settled, &reason)?;
                watch(self.progress());
                return Ok((writer, true));
            }
        };
        self.check_subject(judge, model.subject())?;
        let ready = JudgeState::Ready {
            subject: model.subject().clone(),
            conditions: model.conditions(),
        };
        self.begin(&mut writer, judge, ready, control)?;
        let (mut collector, requests) = Collector::new(&self.asked, &settled);
        let mut told = self.progress();
        let mut tell = || {
            if self.progress() != told {
                told = self.progress();
                watch(told);
            }
        };
        let (writer, end) = answer(
            &mut *model,
            (&mut collector, &requests),
            (writer, control),
            &mut tell,
        )?;
        end.map_err(|fault| stopped(fault, self.progress()))?;
        match collector.unanswered() {
            None => Ok((writer, true)),
            Some(_) if control.stop.load(Ordering::Relaxed) => Ok((writer, false)),
            Some(fault) => Err(fault),
        }
    }

    /// Writes which judge works from here on, and how, or that it is not there.
    fn begin(
        &self,
        writer: &mut Writer,
        judge: Digest,
        state: JudgeState,
        control: Control,
    ) -> Result<(), RunFault> {
        writer.write(&Event::Judge(Box::new(JudgeOpened {
            judge,
            state,
            at: control.clock.now(),
        })))?;
        writer.sync()
    }

    /// Fails what an absent judge owes: it stays without a score, and the record is complete.
    fn fail(
        &self,
        writer: &mut Writer,
        settled: &[Option<Digest>],
        reason: &str,
    ) -> Result<(), RunFault> {
        let why = Failure::Model(format!("the judge could not be opened: {reason}"));
        for (index, (trial, leaf)) in self.asked.iter().zip(settled).enumerate() {
            if leaf.is_none() {
                let record = TrialRecord {
                    trial: trial.id.clone(),
                    responses: vec![Response::Failed(why.clone()); trial.requests.len()],
                };
                writer.trial((index, record))?;
            }
        }
        writer.sync()
    }

    fn check_subject(&self, judge: Digest, now: &Subject) -> Result<(), RunFault> {
        let began = self.earlier.get(&judge);
        began.map_or(Ok(()), |began| same_subject(began, now))
    }
}
