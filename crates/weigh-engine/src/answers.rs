//! Answers under way: what each request has got of its logits so far.

use std::collections::BTreeMap;

use weigh_core::decimal::Decimal;
use weigh_core::request::{Failure, Request, Response};

use crate::kernels::Isa;
use crate::kernels::softmax::{LogProb, LogSoftmax};
use crate::schedule::Head;
use crate::tokenizer::Tokenizer;
use crate::trie::Wish;
use crate::writer::{Next, Writer};

/// The log-probabilities that one `Likelihood` has got so far.
struct Score {
    /// In the order of the targets; `None` where the logits have not been computed.
    log_probs: Vec<Option<f32>>,
    greedy: bool,
    finite: bool,
    missing: usize,
}

/// What one row's logits say about one wish.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// Natural logarithm of the target's probability; `None` when a logit is not finite.
    log_prob: Option<f32>,
    /// Whether the target is the most likely token.
    greedy: bool,
}

impl Reading {
    /// Reads `tokens` off one row's logits.
    pub fn of(isa: Isa, logits: &[f32], tokens: impl Iterator<Item = u32>) -> Vec<Self> {
        let softmax = LogSoftmax::of(isa, logits);
        let read = |token| match softmax.and_then(|softmax| softmax.log_prob(logits, token)) {
            Ok(LogProb { value, greedy }) => Self {
                log_prob: Some(value),
                greedy,
            },
            Err(_) => Self {
                log_prob: None,
                greedy: false,
            },
        };
        tokens.map(read).collect()
    }
}

/// What follows from one row's logits for the text that reads it.
pub(crate) enum Continued {
    /// The stream computes this token next.
    Advance(usize, u32),
    /// The stream is done.
    Finished(usize, Response),
}

/// Every answer under way, by request.
pub(crate) struct Answers<'a> {
    requests: &'a [&'a Request],
    tokenizer: &'a Tokenizer,
    isa: Isa,
    scores: BTreeMap<usize, Score>,
    writers: BTreeMap<usize, Writer<'a>>,
}

impl<'a> Answers<'a> {
    /// No answer yet.
    pub fn new(requests: &'a [&'a Request], tokenizer: &'a Tokenizer, isa: Isa) -> Self {
        Self {
            requests,
            tokenizer,
            isa,
            scores: BTreeMap::new(),
            writers: BTreeMap::new(),
        }
    }

    /// Takes what was read for `wish`. Gives the answer when it is the last.
    pub fn score(&mut self, wish: &Wish, reading: Reading) -> Option<Response> {
        let score = self.scores.entry(wish.request).or_insert_with(|| Score {
            log_probs: vec![None; wish.targets],
            greedy: true,
            finite: true,
            missing: wish.targets,
        });
        if let Some(log_prob) = score.log_probs.get_mut(wish.index) {
            *log_prob = reading.log_prob;
        }
        score.greedy &= reading.greedy;
        score.finite &= reading.log_prob.is_some();
        score.missing -= 1;
        if score.missing > 0 {
            return None;
        }
        self.scores
            .remove(&wish.request)
            .map(|score| score.response())
    }

    /// Draws the next token of the text that `head` belongs to.
    pub fn draw(&mut self, head: &Head, logits: &[f32]) -> Option<Continued> {
        let request = head.stream?;
        let writer = match self.writers.entry(request) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let Request::Generate {
                    sampling,
                    stop,
                    max_tokens,
                    ..
                } = self.requests.get(request)?
                else {
                    return None;
                };
                entry.insert(Writer::new(self.tokenizer, sampling, stop, *max_tokens))
            }
        };
        Some(match writer.draw(self.isa, logits) {
            Next::Token(token) => Continued::Advance(request, token),
            Next::Done(response) => {
                self.writers.remove(&request);
                Continued::Finished(request, response)
            }
        })
    }
}

impl Score {
    /// The sum in f64, from the first target to the last.
    fn response(&self) -> Response {
        let sum: f64 = self
            .log_probs
            .iter()
            .flatten()
            .map(|log_prob| f64::from(*log_prob))
            .sum();
        match Decimal::new(sum) {
            Ok(log_prob) if self.finite => Response::Likelihood {
                log_prob,
                tokens: u32::try_from(self.log_probs.len()).unwrap_or(u32::MAX),
                greedy: self.greedy,
            },
            Ok(_) | Err(_) => Response::Failed(Failure::NotFinite),
        }
    }
}
