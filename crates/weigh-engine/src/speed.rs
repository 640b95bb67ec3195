//! How fast the model computes on this machine, and how fast matrix products alone would be.
//!
//! Tokens are made up: which ones they are changes no time. What is timed is what a run does in
//! its forward passes, by the same schedule; reading answers off the logits is not in it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use weigh_core::model::ModelFault;

use crate::decoder::Backend;
use crate::engine::Engine;
use crate::pass::compute;
use crate::place::Place;
use crate::schedule::{Head, Limits, Schedule};
use crate::trie::{Sequence, Trie, Want};

/// Tokens that were computed in a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Tokens.
    pub tokens: u64,
    /// How long they took.
    pub time: Duration,
}

impl Rate {
    /// Tokens of one second.
    #[must_use]
    pub fn per_second(self) -> f64 {
        self.tokens as f64 / self.time.as_secs_f64()
    }
}

impl Engine {
    /// Computes one prompt of `length` tokens, with logits for its last token.
    ///
    /// # Errors
    /// A fault of the device.
    pub fn time_prompt(&mut self, length: usize) -> Result<Rate, ModelFault> {
        let prompt = Sequence {
            request: 0,
            tokens: self.made_up(0, length),
            want: Want::Continue { max_tokens: 1 },
        };
        let [prompt, _] = self.time(vec![prompt], 0)?;
        Ok(prompt)
    }

    /// Generates `length` tokens in each of `streams` texts side by side, each after a prompt of
    /// one token. The prompts are not in the time.
    ///
    /// # Errors
    /// A fault of the device.
    pub fn time_texts(&mut self, streams: usize, length: usize) -> Result<Rate, ModelFault> {
        let text = |request| Sequence {
            request,
            tokens: self.made_up(request, 1),
            want: Want::Continue {
                max_tokens: length + 1,
            },
        };
        let texts = (0..streams).map(text).collect();
        let [_, texts] = self.time(texts, length)?;
        Ok(texts)
    }

    /// The products of the linear layers alone, for `rows` rows, by the `gemm` crate in single
    /// precision with weights as it likes them best: what this machine's matrix products reach
    /// without anything around them.
    #[must_use]
    pub fn time_gemm(&self, rows: usize) -> Rate {
        let config = &self.parts.config;
        let (heads, inner) = (config.heads * config.head_dim, config.ffn_width);
        let keys = config.kv_heads * config.head_dim;
        let shapes = [
            (config.width, heads + 2 * keys),
            (heads, config.width),
            (config.width, 2 * inner),
            (inner, config.width),
        ];
        let layer = || {
            shapes
                .map(|(k, n)| gemm(rows, k, n))
                .iter()
                .sum::<Duration>()
        };
        let layer = self.threads.install(layer);
        Rate {
            tokens: rows as u64,
            time: layer * u32::try_from(config.layers).unwrap_or(u32::MAX),
        }
    }

    /// Tokens without a pattern.
    fn made_up(&self, seed: usize, length: usize) -> Vec<u32> {
        let vocab = self.parts.config.vocab.max(1);
        let token = |i: usize| ((seed * 104_729 + i * 7919) % vocab) as u32;
        (0..length).map(token).collect()
    }

    /// Runs `sequences`, each text to `length` tokens beyond its first. Passes that compute
    /// prompts and passes that compute texts are timed apart.
    fn time(&mut self, sequences: Vec<Sequence>, length: usize) -> Result<[Rate; 2], ModelFault> {
        let limits = Limits {
            streams: sequences.len(),
            ..self.limits()
        };
        let mut schedule = Schedule::new(limits);
        schedule.load(Trie::new(sequences, &[], true));
        let (threads, layers, vocab) = (
            &self.threads,
            self.parts.config.layers,
            self.parts.config.vocab,
        );
        let work = (schedule, length, vocab);
        match &mut self.place {
            Place::Cpu(backend) => time(threads, layers, backend.as_mut(), work),
            Place::Device(backend) => time(threads, layers, backend.as_mut(), work),
        }
    }
}

/// One product of `m` rows by a weight of `k` rows and `n` columns, both row-major, on the threads of
/// the current pool. The second of two is timed.
fn gemm(m: usize, k: usize, n: usize) -> Duration {
    let values = |count: usize| -> Vec<f32> {
        (0..count)
            .map(|i| (i * 7919 % 10_007) as f32 / 10_007.0 - 0.5)
            .collect()
    };
    let (x, w, mut y) = (values(m * k), values(k * n), vec![0.0; m * n]);
    let threads = gemm::Parallelism::Rayon(rayon::current_num_threads());
    let [row_x, row_w] = [k, n].map(|width| isize::try_from(width).unwrap_or(isize::MAX));
    let mut once = || {
        let start = Instant::now();
        // SAFETY: `y` is m by n, `x` m by k and `w` k by n, all row-major; nothing else is read,
        // since `y` is not.
        unsafe {
            gemm::gemm(
                m,
                n,
                k,
                y.as_mut_ptr(),
                1,
                row_w,
                false,
                x.as_ptr(),
                1,
                row_x,
                w.as_ptr(),
                1,
                row_w,
                0.0,
                1.0,
                false,
                false,
                false,
                threads,
            );
        }
        start.elapsed()
    };
    once();
    let time = once();
    std::hint::black_box(&y);
    time
}

fn time<B: Backend>(
    threads: &rayon::ThreadPool,
    layers: usize,
    backend: &mut B,
    (mut schedule, length, vocab): (Schedule, usize, usize),
) -> Result<[Rate; 2], ModelFault> {
    let mut rates = [Rate::default(); 2];
    let mut logits = Vec::new();
    let mut drawn = BTreeMap::<usize, usize>::new();
    while let Some(step) = schedule.next_step() {
        let start = Instant::now();
        let read = |heads: &[Head], _: &[f32]| {
            for request in heads.iter().filter_map(|head| head.stream) {
                let drawn = drawn.entry(request).or_default();
                if *drawn == length {
                    schedule.finish(request);
                } else {
                    *drawn += 1;
                    schedule.advance(request, ((request + *drawn * 7919) % vocab) as u32);
                }
            }
            ControlFlow::Continue(())
        };
        let _ = compute(threads, backend, layers, &step, &mut logits, read)?;
        let [prompt, texts] = &mut rates;
        let rate = if step.streams > 0 { texts } else { prompt };
        rate.tokens += step.batch.rows() as u64;
        rate.time += start.elapsed();
    }
    Ok(rates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::OpenOptions;
    use crate::tiny::TinyModel;

    #[test]
    fn prompts_and_texts_are_counted_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        TinyModel::new(5).write_gguf(&path).unwrap();
        let mut engine = Engine::open(&path, &OpenOptions::default()).unwrap();
        let tokens = |rate: Result<Rate, ModelFault>| {
            let rate = rate.unwrap();
            assert!(rate.per_second() > 0.0);
            rate.tokens
        };
        assert_eq!(tokens(engine.time_prompt(70)), 70);
        assert_eq!(tokens(engine.time_texts(3, 5)), 15);
        assert_eq!(tokens(Ok(engine.time_gemm(9))), 9);
    }
}
