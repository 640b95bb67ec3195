//! From answers in any order to whole trial records.

use std::collections::BTreeMap;

use weigh_core::digest::Digest;
use weigh_core::event::TrialRecord;
use weigh_core::plan::Trial;
use weigh_core::request::{Request, Response};
use weigh_core::transcript;

use crate::fault::RunFault;

/// What a stretch of work asks, and the answers of the trials that are not whole yet.
pub(crate) struct Collector<'a> {
    all: &'a [Trial],
    /// Places among `all` of the trials that are asked, in their order.
    trials: Vec<usize>,
    /// For each of them the index of its first request.
    starts: Vec<usize>,
    /// Whether a request is answered.
    answered: Vec<bool>,
    /// Responses of trials that are neither untouched nor whole, by index into `trials`.
    partial: BTreeMap<usize, Vec<Option<Response>>>,
}

impl<'a> Collector<'a> {
    /// Asks every one of `all` that has no leaf. Gives the requests in the same order, too.
    pub(crate) fn new(all: &'a [Trial], leaves: &[Option<Digest>]) -> (Self, Vec<&'a Request>) {
        let mut collector = Self {
            all,
            trials: Vec::new(),
            starts: Vec::new(),
            answered: Vec::new(),
            partial: BTreeMap::new(),
        };
        let mut requests = Vec::new();
        for (place, (trial, leaf)) in all.iter().zip(leaves).enumerate() {
            if leaf.is_none() {
                collector.trials.push(place);
                collector.starts.push(requests.len());
                requests.extend(&trial.requests);
            }
        }
        collector.answered = vec![false; requests.len()];
        (collector, requests)
    }

    /// Takes the answer to one request. Gives the trial's record, with its place in the plan, when
    /// the answer was its last one.
    pub(crate) fn take(
        &mut self,
        index: usize,
        response: Response,
    ) -> Result<Option<(usize, TrialRecord)>, RunFault> {
        let unknown = RunFault::UnknownRequest {
            index,
            asked: self.answered.len(),
        };
        let Some((asked, offset, trial)) = self.find(index) else {
            return Err(unknown);
        };
        let (Some(answered), Some(request)) =
            (self.answered.get_mut(index), trial.requests.get(offset))
        else {
            return Err(unknown);
        };
        if std::mem::replace(answered, true) {
            return Err(RunFault::AnsweredTwice {
                trial: trial.id.clone(),
            });
        }
        if !transcript::answers(&response, request) {
            return Err(RunFault::WrongKind {
                trial: trial.id.clone(),
            });
        }
        Ok(self.keep(asked, offset, trial, response))
    }

    fn keep(
        &mut self,
        asked: usize,
        offset: usize,
        trial: &Trial,
        response: Response,
    ) -> Option<(usize, TrialRecord)> {
        let empty = || vec![None; trial.requests.len()];
        let slots = self.partial.entry(asked).or_insert_with(empty);
        *slots.get_mut(offset)? = Some(response);
        if slots.contains(&None) {
            return None;
        }
        let responses = self.partial.remove(&asked)?.into_iter().flatten().collect();
        let trial = trial.id.clone();
        Some((*self.trials.get(asked)?, TrialRecord { trial, responses }))
    }

    /// The trial that request `index` is of, and which of its requests it is.
    fn find(&self, index: usize) -> Option<(usize, usize, &'a Trial)> {
        // A trial without a request shares its start with the next one, which is the later.
        let asked = self
            .starts
            .partition_point(|start| *start <= index)
            .checked_sub(1)?;
        let offset = index - self.starts.get(asked)?;
        Some((asked, offset, self.all.get(*self.trials.get(asked)?)?))
    }

    /// The fault of a model that ended with requests unanswered, if it did.
    pub(crate) fn unanswered(&self) -> Option<RunFault> {
        let first = self.answered.iter().position(|answered| !answered)?;
        let (_, _, trial) = self.find(first)?;
        Some(RunFault::Unanswered {
            count: self.answered.iter().filter(|answered| !**answered).count(),
            trial: trial.id.clone(),
        })
    }
}
