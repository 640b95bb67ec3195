//! Requests in the order of their prompts, turned into tokens a window at a time: so the memory for
//! tokens is bounded, however many requests there are.
//!
//! Texts that begin alike have tokens that begin alike, save for a few at the place where they
//! part. So texts in order are sequences almost in order, and what two windows have in common lies
//! at the border between them.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefMutIterator as _, ParallelIterator as _,
};
use rayon::slice::{ParallelSlice as _, ParallelSliceMut as _};
use weigh_core::request::{Failure, Message, Prompt, Request};

use crate::encode::Encoder;
use crate::open::Parts;
use crate::trie::Sequence;

/// Tokens of a window, unless somebody asks for less.
pub(crate) const WINDOW: usize = 16 << 20;

/// The tokens of some of the requests.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// In the order of their texts.
    pub sequences: Vec<Sequence>,
    /// Requests that have no tokens, and why.
    pub failures: Vec<(usize, Failure)>,
    /// Whether no window follows.
    pub last: bool,
}

/// All windows of a set of requests.
pub(crate) struct Windows<'a> {
    requests: &'a [&'a Request],
    /// Neighbours with one prompt, in the order of their prompts.
    groups: Vec<Range<usize>>,
    /// Groups that are done.
    done: usize,
    /// One for each thread.
    encoders: Vec<Encoder<'a>>,
    /// Tokens of a window.
    limit: usize,
}

impl<'a> Windows<'a> {
    /// Windows of about `limit` tokens over `requests`, for the model of `parts`. Works on the
    /// threads of the pool that calls.
    pub fn new(parts: &'a Parts, requests: &'a [&'a Request], limit: usize) -> Self {
        let threads = rayon::current_num_threads();
        Self {
            requests,
            groups: groups(requests),
            done: 0,
            encoders: (0..threads).map(|_| Encoder::new(parts)).collect(),
            limit,
        }
    }

    /// The next window. Works on the threads of the pool that calls.
    pub fn next(&mut self) -> Option<Window> {
        let mut window = Window::default();
        let mut filled = 0;
        // A token is a byte of text or more. So what is left of the window is filled in a few
        // rounds, and almost never beyond its end.
        while filled < self.limit - self.limit / 8 {
            let batch = self.take(self.limit - filled);
            if batch.is_empty() {
                break;
            }
            for encoded in self.encode(&batch) {
                match encoded {
                    Ok(sequence) => {
                        filled += sequence.tokens.len();
                        window.sequences.push(sequence);
                    }
                    Err((request, failure)) => {
                        filled += self
                            .requests
                            .get(request)
                            .map_or(0, |request| size(request));
                        window.failures.push((request, failure));
                    }
                }
            }
        }
        window.last = self.done == self.groups.len();
        let empty = window.sequences.is_empty() && window.failures.is_empty();
        (!empty).then_some(window)
    }

    /// The next requests that have at most `bytes` of text together; at least one if any is left.
    fn take(&mut self, bytes: usize) -> Vec<usize> {
        let mut batch = Vec::new();
        let mut room = bytes;
        while let Some(group) = self.groups.get_mut(self.done) {
            let Some(request) = group.next() else {
                self.done += 1;
                continue;
            };
            let size = self
                .requests
                .get(request)
                .map_or(0, |request| size(request));
            if size > room && !batch.is_empty() {
                group.start = request;
                break;
            }
            room = room.saturating_sub(size);
            batch.push(request);
        }
        batch
    }

    /// The tokens of each request, or why it has none.
    fn encode(&mut self, batch: &[usize]) -> Vec<Result<Sequence, (usize, Failure)>> {
        let requests = self.requests;
        let part = batch.len().div_ceil(self.encoders.len().max(1)).max(1);
        let encode = |(encoder, part): (&mut Encoder<'a>, &[usize])| -> Vec<_> {
            let one = |index: &usize| {
                let request = requests.get(*index)?;
                let sequence = encoder.sequence(*index, request);
                Some(sequence.map_err(|failure| (*index, failure)))
            };
            part.iter().filter_map(one).collect()
        };
        let encoders = self.encoders.par_iter_mut();
        let parts: Vec<Vec<_>> = encoders.zip(batch.par_chunks(part)).map(encode).collect();
        parts.into_iter().flatten().collect()
    }
}

/// Neighbours with one prompt, in the order of their prompts.
fn groups(requests: &[&Request]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut end = 0;
    for group in requests.chunk_by(|a, b| a.prompt() == b.prompt()) {
        groups.push(end..end + group.len());
        end += group.len();
    }
    let prompt = |group: &Range<usize>| requests.get(group.start)?.prompt();
    groups.par_sort_unstable_by(|a, b| match (prompt(a), prompt(b)) {
        (Some(x), Some(y)) => order(x, y).then(a.start.cmp(&b.start)),
        (x, y) => x.is_some().cmp(&y.is_some()),
    });
    groups
}

/// Texts before conversations; conversations turn by turn.
fn order(a: &Prompt, b: &Prompt) -> Ordering {
    fn turn(message: &Message) -> (u8, &str) {
        (message.role as u8, &message.content)
    }
    match (a, b) {
        (Prompt::Text(a), Prompt::Text(b)) => a.cmp(b),
        (Prompt::Text(_), Prompt::Chat(_)) => Ordering::Less,
        (Prompt::Chat(_), Prompt::Text(_)) => Ordering::Greater,
        (Prompt::Chat(a), Prompt::Chat(b)) => a.iter().map(turn).cmp(b.iter().map(turn)),
    }
}

/// Bytes of a request's texts.
fn size(request: &Request) -> usize {
    let own = match request {
        Request::Likelihood { continuation, .. } => continuation.len(),
        Request::Generate { .. } => 0,
        Request::Similarity { text, reference } => text.len() + reference.len(),
    };
    own + match request.prompt() {
        None => 0,
        Some(Prompt::Text(text)) => text.len(),
        Some(Prompt::Chat(messages)) => messages.iter().map(|message| message.content.len()).sum(),
    }
}
