//! One text under way: draws its tokens and knows when it ends.

use weigh_core::request::{Failure, Finish, Response, Sampling};

use crate::kernels::Isa;
use crate::sample::Sampler;
use crate::tokenizer::{Detokenizer, Tokenizer};

/// A text under way.
pub(crate) struct Writer<'a> {
    tokenizer: &'a Tokenizer,
    detokenizer: Detokenizer<'a>,
    sampler: Sampler,
    stop: &'a [String],
    /// Bytes of the longest stop text.
    longest_stop: usize,
    max_tokens: u32,
    tokens: u32,
    /// What the tokens spell, but for a character that is not complete.
    text: String,
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
        Self {
            tokenizer,
            detokenizer: Detokenizer::new(tokenizer, true),
            sampler: Sampler::new(sampling),
            stop,
            longest_stop: stop.iter().map(String::len).max().unwrap_or_default(),
            max_tokens,
            tokens: 0,
            text: String::new(),
        }
    }

    /// Draws the next token.
    pub fn draw(&mut self, isa: Isa, logits: &[f32]) -> Next {
        match self.sampler.draw(isa, logits) {
            Some(token) => self.push(token),
            None => Next::Done(Response::Failed(Failure::NotFinite)),
        }
    }

    fn push(&mut self, token: u32) -> Next {
        if self.tokenizer.end_of_turn().contains(&token) {
            return self.done(Finish::EndOfText);
        }
        self.tokens += 1;
        let written = self.text.len();
        self.text.push_str(&self.detokenizer.push(token));
        if let Some(end) = self.stop_behind(written) {
            self.text.truncate(end);
            return self.done(Finish::Stop);
        }
        if self.tokens >= self.max_tokens {
            return self.done(Finish::Length);
        }
        Next::Token(token)
    }

    /// Where the first stop text begins that ends behind the first `written` bytes.
    fn stop_behind(&self, written: usize) -> Option<usize> {
        let start = (written + 1).saturating_sub(self.longest_stop);
        let start = self.text.floor_char_boundary(start);
        let fresh = self.text.get(start..).unwrap_or_default();
        let places = self
            .stop
            .iter()
            .filter_map(|stop| fresh.find(stop.as_str()));
        places.min().map(|place| start + place)
    }

    /// The answer. An incomplete character at the end is U+FFFD, unless a stop text cut it off.
    fn done(&mut self, finish: Finish) -> Next {
        let mut text = std::mem::take(&mut self.text);
        if finish != Finish::Stop {
            text.push_str(&self.detokenizer.finish());
        }
        Next::Done(Response::Generated {
            text,
            tokens: self.tokens,
            finish,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::open::open_parts;
    use crate::tiny::TinyModel;

    fn tokenizer() -> Tokenizer {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        TinyModel::new(1).write_gguf(&path).unwrap();
        open_parts(&path).unwrap().tokenizer
    }

    /// Writes `tokens` until the text ends.
    fn write(
        tokenizer: &Tokenizer,
        stop: &[String],
        tokens: &[u32],
    ) -> Option<(String, u32, Finish)> {
        let mut writer = Writer::new(tokenizer, &Sampling::Greedy, stop, 1_000);
        for token in tokens {
            if let Next::Done(Response::Generated {
                text,
                tokens,
                finish,
            }) = writer.push(*token)
            {
                return Some((text, tokens, finish));
            }
        }
        None
    }

    #[test]
    fn tokens_without_text_do_not_hide_a_stop() {
        let tokenizer = tokenizer();
        let ids = |text: &str| tokenizer.speller().encode(text, false).unwrap();
        let begins = tokenizer.bos().unwrap();
        let silent = vec![begins; 50];
        let tokens = [ids("yes, st"), silent, ids("op. no"), ids("<|im_end|>")].concat();
        let check = |stop: &str, text: &str, finish| {
            let written = write(&tokenizer, &[stop.to_owned()], &tokens).unwrap();
            assert_eq!((written.0.as_str(), written.2), (text, finish), "{stop}");
        };
        check("stop", "yes, ", Finish::Stop);
        check("p.", "yes, sto", Finish::Stop);
        check("never", "yes, stop. no", Finish::EndOfText);
    }

    #[test]
    fn a_character_that_is_cut_is_replaced() {
        let tokenizer = tokenizer();
        let ids = tokenizer.speller().encode("a日", false).unwrap();
        let cut = ids.split_last().unwrap().1;
        let mut writer = Writer::new(&tokenizer, &Sampling::Greedy, &[], cut.len() as u32);
        let ends = cut.iter().map(|token| writer.push(*token)).last();
        let Some(Next::Done(Response::Generated { text, finish, .. })) = ends else {
            panic!("no end")
        };
        assert_eq!((text.as_str(), finish), ("a\u{fffd}", Finish::Length));
    }

    proptest! {
        #[test]
        fn a_text_ends_where_its_first_stop_begins(
            text in "[ab日é]{0,12}",
            stop in prop::collection::vec("[ab日é]{1,3}", 0..3),
        ) {
            let tokenizer = tokenizer();
            let tokens = tokenizer.speller().encode(&text, false).unwrap();
            let written = write(&tokenizer, &stop, &tokens).map(|(text, ..)| text);
            // The stop text that is complete first, and where it begins: of several, the first.
            let complete = (0..=text.len()).filter(|end| text.is_char_boundary(*end)).find_map(|end| {
                let text = &text[..end];
                stop.iter().filter_map(|stop| text.find(stop.as_str())).min()
            });
            prop_assert_eq!(written, complete.map(|place| text[..place].to_owned()));
        }
    }
}
