//! A loaded model that answers requests.

use std::collections::BTreeMap;
use std::path::Path;

use weigh_core::model::{Model, ModelFault, Work};
use weigh_core::request::Request;
use weigh_core::subject::Subject;

use crate::answers::Answers;
use crate::error::{OpenError, OpenFault};
use crate::estimate::Estimate;
use crate::kernels::Isa;
use crate::memory::Room;
use crate::open::{Parts, open_parts};
use crate::options::OpenOptions;
use crate::pass::{Pass, Sink};
use crate::place::Place;
use crate::schedule::{Limits, Schedule};
use crate::trie::Trie;
use crate::windows::{WINDOW, Window, Windows};

/// Rows of a forward pass: enough to share the weights' way from memory, few enough that the
/// activations stay in cache.
pub(crate) const ROWS: usize = 512;

/// Texts that are generated side by side.
pub(crate) const STREAMS: usize = 128;

/// A loaded model.
pub struct Engine {
    pub(crate) parts: Parts,
    pub(crate) place: Place,
    isa: Isa,
    pub(crate) threads: rayon::ThreadPool,
    conditions: BTreeMap<String, String>,
    pages: usize,
    /// Tokens of a window.
    window: usize,
    work: Work,
    /// Tokens that were computed for each request of the last call.
    computed: Vec<u32>,
}

impl Engine {
    /// Opens the model at `path`: a GGUF file or a folder as Hugging Face lays it out.
    ///
    /// # Errors
    /// Everything that is wrong with its files, a device that was asked for and is missing, or too
    /// little memory.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, OpenError> {
        Self::with(open_parts(path)?, options).map_err(|fault| OpenError {
            path: path.to_owned(),
            fault,
        })
    }

    fn with(parts: Parts, options: &OpenOptions) -> Result<Self, OpenFault> {
        let isa = Isa::choose(options.isa.as_deref())?;
        let threads = pool(options)?;
        let count = threads.current_num_threads();
        let estimate = Estimate::new(&parts, options, Room::now())?;
        let (place, mut conditions) =
            threads.install(|| Place::open(&parts, options, isa, count, &estimate))?;
        conditions.insert("threads".to_owned(), count.to_string());
        Ok(Self {
            parts,
            place,
            isa,
            threads,
            conditions,
            pages: estimate.pages,
            window: options.window.unwrap_or(WINDOW),
            work: Work::default(),
            computed: Vec::new(),
        })
    }

    /// The same model in another place.
    #[cfg(test)]
    pub(crate) fn moved(mut self, place: impl FnOnce(&Parts) -> Place) -> Self {
        self.place = place(&self.parts);
        self
    }

    /// The work that `requests` would be, without any of it being done: `generated` is the most
    /// that texts can come to, and a request that has no answer counts for nothing.
    #[must_use]
    pub fn tokens(&self, requests: &[&Request]) -> Work {
        self.threads
            .install(|| tokens(&self.parts, requests, self.window))
    }

    /// The most tokens that a request can have.
    #[must_use]
    pub fn context(&self) -> usize {
        self.parts.config.context
    }

    /// Bounds of a forward pass.
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            rows: ROWS,
            streams: STREAMS,
            pages: self.pages,
        }
    }

    /// Whether the model's files still have the bytes that were hashed when they were opened.
    ///
    /// # Errors
    /// Whatever the operating system reports.
    pub fn unchanged(&self) -> std::io::Result<bool> {
        self.parts.still_same()
    }
}

/// The threads of `options`.
pub(crate) fn pool(options: &OpenOptions) -> Result<rayon::ThreadPool, OpenFault> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(options.threads.unwrap_or(0));
    Ok(threads.build()?)
}

/// The work that `requests` would be for the model of `parts`; see [`Engine::tokens`].
pub(crate) fn tokens(parts: &Parts, requests: &[&Request], window: usize) -> Work {
    let mut windows = Windows::new(parts, requests, window);
    let mut work = Work::default();
    let mut trie = Trie::default();
    while let Some(Window {
        sequences, last, ..
    }) = windows.next()
    {
        trie = Trie::new(sequences, trie.end(), last);
        let window = trie.work();
        work.naive += window.naive;
        work.distinct += window.distinct;
        work.prompt += window.prompt;
        work.generated += window.generated;
    }
    work
}

impl Model for Engine {
    fn subject(&self) -> &Subject {
        &self.parts.subject
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        self.conditions.clone()
    }

    fn work(&self) -> Option<Work> {
        Some(self.work)
    }

    fn computed(&self) -> &[u32] {
        &self.computed
    }

    fn answer(&mut self, requests: &[&Request], sink: &mut Sink<'_>) -> Result<(), ModelFault> {
        let limits = self.limits();
        self.computed = vec![0; requests.len()];
        let pass = Pass {
            threads: &self.threads,
            isa: self.isa,
            layers: self.parts.config.layers,
            vocab: self.parts.config.vocab,
            windows: self
                .threads
                .install(|| Windows::new(&self.parts, requests, self.window)),
            schedule: Schedule::new(limits),
            answers: Answers::new(requests, &self.parts.tokenizer, self.isa),
            work: &mut self.work,
            computed: &mut self.computed,
        };
        match &mut self.place {
            Place::Cpu(backend) => pass.run(backend.as_mut(), sink),
            Place::Device(backend) => pass.run(backend.as_mut(), sink),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use weigh_core::request::{Prompt, Response, Sampling};

    use super::*;
    use crate::tiny::TinyModel;

    fn answers(engine: &mut Engine, requests: &[Request]) -> Vec<Response> {
        let mut answers = vec![None; requests.len()];
        let mut sink = |index: usize, response| {
            answers[index] = Some(response);
            ControlFlow::Continue(())
        };
        let requests: Vec<&Request> = requests.iter().collect();
        engine.answer(&requests, &mut sink).unwrap();
        answers.into_iter().flatten().collect()
    }

    #[test]
    fn work_is_known_before_it_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        TinyModel::new(5).write_gguf(&path).unwrap();
        let mut engine = Engine::open(&path, &OpenOptions::default()).unwrap();
        let likelihood = |context: &str, end: &str| Request::Likelihood {
            context: Prompt::Text(context.into()),
            continuation: end.to_owned(),
        };
        let requests = [
            likelihood("abab ba", " ab"),
            likelihood("abab ba", " ba"),
            likelihood(&"ab".repeat(5_000), " b"),
            Request::Generate {
                prompt: Prompt::Text("abab".into()),
                sampling: Sampling::Greedy,
                stop: [].into(),
                max_tokens: 6,
            },
        ];
        let before = engine.tokens(&requests.iter().collect::<Vec<_>>());
        assert_eq!(engine.work, Work::default());
        assert!(before.distinct < before.naive, "{before:?}");
        answers(&mut engine, &requests);
        assert!(engine.work.generated <= before.generated && before.generated == 5);
        let generated = before.generated;
        assert_eq!(
            Work {
                generated,
                ..engine.work
            },
            before
        );
        let computed: u64 = engine.computed().iter().copied().map(u64::from).sum();
        assert_eq!(computed, engine.work.prompt + engine.work.generated);
        assert_eq!(engine.computed()[2], 0, "it has no answer");
    }
}
