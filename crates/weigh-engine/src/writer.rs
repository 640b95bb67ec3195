//! One text under way: draws its tokens and knows when it ends.

use weigh_core::request::{Failure, Finish, Response, Sampling};

use crate::sample::Sampler;
use crate::tokenizer::Tokenizer;

/// A text under way.
pub(crate) struct Writer<'a> {
    tokenizer: &'a Tokenizer,
    sampler: Sampler,
    stop: &'a [String],
    max_tokens: usize,
    tokens: Vec<u32>,
}

/// What follows from one token's logits.
pub(crate) enum Next {
    /// The token to be computed next.
    Token(u32),
    /// The text is complete, or failed.
    Done(Response),
}

impl<'a> Writer<'a> {
    /// An empty text.
    pub fn new(
        tokenizer: &'a Tokenizer,
        sampling: &Sampling,
        stop: &'a [String],
        max_tokens: u32,
    ) -> Self {
        let max_tokens = max_tokens as usize;
        Self {
            tokenizer,
            sampler: Sampler::new(sampling),
            stop,
            max_tokens,
            tokens: Vec::new(),
        }
    }

    /// Draws the next token.
    pub fn draw(&mut self, logits: &[f32]) -> Next {
        let Some(token) = self.sampler.draw(logits) else {
            return Next::Done(Response::Failed(Failure::NotFinite));
        };
        if self.tokenizer.end_of_turn().contains(&token) {
            return self.done(Finish::EndOfText);
        }
        self.tokens.push(token);
        if self.stopped() {
            self.done(Finish::Stop)
        } else if self.tokens.len() == self.max_tokens {
            self.done(Finish::Length)
        } else {
            Next::Token(token)
        }
    }

    /// Whether the newest token completed a stop text. Only the end of the text is looked at: every
    /// byte of a stop text takes one token at most, and a character cut in two at the start of the
    /// window can take four more.
    fn stopped(&self) -> bool {
        let Some(longest) = self.stop.iter().map(String::len).max() else {
            return false;
        };
        let start = self.tokens.len().saturating_sub(longest + 4);
        let tail = self
            .tokenizer
            .decode(self.tokens.get(start..).unwrap_or_default(), true);
        self.stop.iter().any(|stop| tail.contains(stop.as_str()))
    }

    fn done(&self, finish: Finish) -> Next {
        let mut text = self.tokenizer.decode(&self.tokens, true);
        if finish == Finish::Stop {
            let end = self
                .stop
                .iter()
                .filter_map(|stop| text.find(stop.as_str()))
                .min();
            text.truncate(end.unwrap_or(text.len()));
        }
        let tokens = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        Next::Done(Response::Generated {
            text,
            tokens,
            finish,
        })
    }
}
