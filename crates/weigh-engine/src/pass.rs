//! The loop of forward passes over one set of requests.

use std::ops::ControlFlow;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use rayon::slice::ParallelSlice as _;
use weigh_core::model::{ModelFault, Work};
use weigh_core::request::Response;

use crate::answers::{Answers, Continued, Reading};
use crate::decoder::{Backend, forward};
use crate::kernels::Isa;
use crate::schedule::{Head, Schedule, Step};
use crate::trie::Trie;
use crate::windows::Windows;

/// Rows whose logits are held at a time.
pub(crate) const HEAD_ROWS: usize = 96;

/// Where answers go.
pub(crate) type Sink<'a> = dyn FnMut(usize, Response) -> ControlFlow<()> + 'a;

/// One set of requests on its way through the model.
pub(crate) struct Pass<'a> {
    /// Threads of every forward pass.
    pub threads: &'a rayon::ThreadPool,
    /// Instruction set for what is read off the logits.
    pub isa: Isa,
    /// The model's layers.
    pub layers: usize,
    /// The model's vocabulary: logits of a row.
    pub vocab: usize,
    /// What is left to compute and not scheduled yet.
    pub windows: Windows<'a>,
    /// What is computed next.
    pub schedule: Schedule,
    /// Answers under way.
    pub answers: Answers<'a>,
    /// Counts what is computed.
    pub work: &'a mut Work,
    /// The same for each request.
    pub computed: &'a mut [u32],
}

impl Pass<'_> {
    /// Computes everything, or stops after the forward pass in which `sink` broke.
    pub fn run<B: Backend>(
        mut self,
        backend: &mut B,
        sink: &mut Sink<'_>,
    ) -> Result<(), ModelFault> {
        let (threads, layers, mut logits) = (self.threads, self.layers, Vec::new());
        while self.refill(sink).is_continue() {
            let Some(step) = self.schedule.next_step() else {
                break;
            };
            self.count(&step);
            let read = |heads: &[Head], logits: &[f32]| self.read(heads, logits, sink);
            if compute(threads, backend, layers, &step, &mut logits, read)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Loads the next window when the current one has been walked. Texts under way go on.
    fn refill(&mut self, sink: &mut Sink<'_>) -> ControlFlow<()> {
        while self.schedule.is_walked() {
            let Some(window) = self.threads.install(|| self.windows.next()) else {
                break;
            };
            for (request, failure) in window.failures {
                sink(request, Response::Failed(failure))?;
            }
            let before = self.schedule.path();
            let sequences = window.sequences;
            let trie = self
                .threads
                .install(|| Trie::new(sequences, before, window.last));
            self.work.naive += trie.naive as u64;
            self.work.distinct += trie.distinct as u64;
            for leaf in &trie.leaves {
                self.count_for(leaf.sequence.request, leaf.computed());
            }
            self.schedule.load(trie);
        }
        ControlFlow::Continue(())
    }

    fn count(&mut self, step: &Step) {
        self.work.generated += step.streams as u64;
        self.work.prompt += (step.batch.rows() - step.streams) as u64;
    }

    fn count_for(&mut self, request: usize, tokens: usize) {
        if let Some(computed) = self.computed.get_mut(request) {
            *computed = computed.saturating_add(u32::try_from(tokens).unwrap_or(u32::MAX));
        }
    }

    /// Hands the logits of `heads` to whoever waits for them.
    fn read(&mut self, heads: &[Head], logits: &[f32], sink: &mut Sink<'_>) -> ControlFlow<()> {
        let readings = self.readings(heads, logits);
        let mut flow = ControlFlow::Continue(());
        let mut give = |request, response| {
            if sink(request, response).is_break() {
                flow = ControlFlow::Break(());
            }
        };
        for ((head, readings), logits) in heads.iter().zip(readings).zip(logits.chunks(self.vocab))
        {
            for (wish, reading) in self.schedule.wishes(head).zip(readings) {
                if let Some(response) = self.answers.score(&wish, reading) {
                    give(wish.request, response);
                }
            }
            match self.answers.draw(head, logits) {
                Some(Continued::Advance(request, token)) => {
                    self.count_for(request, 1);
                    self.schedule.advance(request, token);
                }
                Some(Continued::Finished(request, response)) => {
                    self.schedule.finish(request);
                    give(request, response);
                }
                None => {}
            }
        }
        flow
    }

    /// What is read for the wishes of each head, computed side by side.
    fn readings(&self, heads: &[Head], logits: &[f32]) -> Vec<Vec<Reading>> {
        let (schedule, isa) = (&self.schedule, self.isa);
        let one = |(head, logits): (&Head, &[f32])| {
            if head.probes.is_empty() {
                return Vec::new();
            }
            Reading::of(isa, logits, schedule.wishes(head).map(|wish| wish.token))
        };
        let rows = logits.par_chunks(self.vocab);
        self.threads
            .install(|| heads.par_iter().zip(rows).map(one).collect())
    }
}

/// Computes one step and hands the logits of its heads to `read`, a few rows at a time, in `logits`,
/// which is kept from step to step since fresh memory costs page faults. All of them
/// are read, whether `read` breaks or not.
pub(crate) fn compute<B: Backend>(
    threads: &rayon::ThreadPool,
    backend: &mut B,
    layers: usize,
    step: &Step,
    logits: &mut Vec<f32>,
    mut read: impl FnMut(&[Head], &[f32]) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, ModelFault> {
    let states = threads
        .install(|| forward(backend, layers, &step.batch))
        .map_err(fault)?;
    let mut flow = ControlFlow::Continue(());
    for (tile, heads) in step.heads.chunks(HEAD_ROWS).enumerate() {
        let rows = tile * HEAD_ROWS..tile * HEAD_ROWS + heads.len();
        threads
            .install(|| backend.logits(&states, rows, logits))
            .map_err(fault)?;
        if read(heads, logits).is_break() {
            flow = ControlFlow::Break(());
        }
    }
    backend.recycle(states);
    Ok(flow)
}

fn fault(fault: impl std::fmt::Display) -> ModelFault {
    ModelFault(fault.to_string())
}
