//! Models in memory, a clock that stands still and a run in one call.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use weigh_core::energy::{Counted, Energy, Measured, Part, Source};
use weigh_core::event::Timestamp;
use weigh_core::journal::{self, Journal};
use weigh_core::model::{Model, ModelFault};
use weigh_core::opening::Salt;
use weigh_core::plan::Plan;
use weigh_core::request::{Request, Response};
use weigh_core::subject::Subject;
use weigh_core::transcript::{self, Transcript};
use weigh_runner::energy::Measuring;
use weigh_runner::{Chance, Clock, Control, Finished, Meter, Progress, RunDir, RunFault};

use crate::sample;

/// A clock that shows one time, and a die that always falls alike.
pub struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        Timestamp("2026-11-24T13:02:19Z".into())
    }
}

impl Chance for Stopped {
    fn salt(&self) -> Result<Salt, RunFault> {
        Ok(Salt::from_bytes([7; 32]))
    }
}

/// Counts three joules in two seconds.
struct Measurement;

impl Meter for Stopped {
    fn begin(&self, conditions: &BTreeMap<String, String>) -> Box<dyn Measuring> {
        assert_eq!(*conditions, sample::opened().conditions);
        Box::new(Measurement)
    }
}

impl Measuring for Measurement {
    fn end(self: Box<Self>) -> Energy {
        Energy::Measured(Measured {
            computed: BTreeMap::new(),
            counters: vec![Counted {
                covers: vec!["package-0".into()],
                joules: 3.into(),
                part: Part::Processors,
                source: Source::Rapl,
            }],
            missing: Vec::new(),
            seconds: 2.into(),
        })
    }
}

/// What a model does instead of answering the request that is next.
#[derive(Clone, Copy)]
pub enum Misdeed {
    /// Reports a fault.
    Fault,
    /// Ends as if all were well.
    Leave,
    /// Answers the request before it again.
    Again,
    /// Answers a request that was not asked.
    Unknown,
    /// Gives the other kind of answer.
    OtherKind,
}

/// A model whose answers depend on the request alone.
pub struct Sample<'a> {
    pub subject: Subject,
    /// Every how many requests the direction in which they are taken changes.
    pub stride: usize,
    /// The flag that stops the run, and after how many answers it is set.
    pub stop: Option<(&'a AtomicBool, usize)>,
    /// After how many answers it does something wrong.
    pub misdeed: Option<(usize, Misdeed)>,
    /// How many requests it was asked in its life.
    pub asked: usize,
    /// Tokens that it computed for each request of the last call.
    pub computed: Vec<u32>,
    /// Work before each answer, in hashes.
    pub effort: usize,
}

impl Sample<'_> {
    pub fn new() -> Self {
        Self {
            subject: sample::subject(),
            stride: 1,
            stop: None,
            misdeed: None,
            asked: 0,
            computed: Vec::new(),
            effort: 0,
        }
    }
}

fn other_kind(request: &Request) -> Response {
    match request {
        Request::Likelihood { .. } => Response::Generated {
            text: String::new(),
            tokens: 1,
            finish: weigh_core::request::Finish::Stop,
        },
        Request::Generate { .. } | Request::Similarity { .. } => Response::Likelihood {
            log_prob: weigh_core::decimal::Decimal::ZERO,
            tokens: 1,
            greedy: true,
        },
    }
}

impl Model for Sample<'_> {
    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        sample::opened().conditions
    }

    fn computed(&self) -> &[u32] {
        &self.computed
    }

    fn answer(
        &mut self,
        requests: &[&Request],
        sink: &mut dyn FnMut(usize, Response) -> ControlFlow<()>,
    ) -> Result<(), ModelFault> {
        self.asked += requests.len();
        self.computed = (1..).take(requests.len()).collect();
        let mut order: Vec<usize> = (0..requests.len()).collect();
        order.chunks_mut(self.stride).for_each(<[usize]>::reverse);
        for (count, index) in order.iter().copied().enumerate() {
            for round in 0..self.effort {
                std::hint::black_box(weigh_core::digest::Digest::of(&round.to_le_bytes()));
            }
            match self.misdeed {
                Some((at, Misdeed::Fault)) if at == count => {
                    return Err(ModelFault("out of memory".into()));
                }
                Some((at, Misdeed::Leave)) if at == count => return Ok(()),
                Some((at, misdeed)) if at == count => {
                    let (index, response) = match misdeed {
                        Misdeed::Unknown => (requests.len(), sample::answer(requests[index])),
                        Misdeed::OtherKind => (index, other_kind(requests[index])),
                        _ => (order[count - 1], sample::answer(requests[order[count - 1]])),
                    };
                    let flow = sink(index, response);
                    assert_eq!(flow, ControlFlow::Break(()), "a wrong answer ends the run");
                    return Ok(());
                }
                Some(_) | None => {}
            }
            let flow = sink(index, sample::answer(requests[index]));
            if let Some((stop, at)) = self.stop
                && at == count + 1
            {
                stop.store(true, Ordering::Relaxed);
            }
            if flow == ControlFlow::Break(()) {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Runs with a stopped clock and collects what was told.
pub fn work(
    plan: &Plan,
    model: &mut Sample,
    dir: RunDir,
    stop: &AtomicBool,
) -> (Result<Finished, RunFault>, Vec<Progress>) {
    let mut told = Vec::new();
    let control = Control {
        clock: &Stopped,
        chance: &Stopped,
        meter: &Stopped,
        stop,
        commit: Duration::from_millis(1),
    };
    let result = weigh_runner::run(plan, model, dir, control, &mut |progress| {
        told.push(progress)
    });
    (result, told)
}

/// A new run in `path` without anything in its way.
pub fn begin(plan: &Plan, model: &mut Sample, path: &Path) -> Result<Finished, RunFault> {
    let dir = RunDir::create(path, plan)?;
    work(plan, model, dir, &AtomicBool::new(false)).0
}

/// Resumes the run in `path` without anything in its way.
pub fn resume(plan: &Plan, model: &mut Sample, path: &Path) -> Result<Finished, RunFault> {
    let dir = RunDir::resume(path, plan)?;
    work(plan, model, dir, &AtomicBool::new(false)).0
}

/// The transcript of the journal in `path`, without what depends on how often work began.
pub fn transcript(plan: &Plan, path: &Path) -> Transcript {
    let mut transcript = transcript::fold(plan, &journal(path)).unwrap();
    transcript.opened.clear();
    if let Some(sealed) = &mut transcript.sealed {
        sealed.energy = None;
    }
    transcript
}

/// The energy that the seal of the journal in `path` tells.
pub fn energy(path: &Path) -> Option<Energy> {
    journal(path).sealed.unwrap().energy
}

fn journal(path: &Path) -> Journal {
    let bytes = std::fs::read(path.join("journal.jsonl")).unwrap();
    journal::parse(&bytes).unwrap()
}
