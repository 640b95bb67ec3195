//! From requests to token sequences, on one thread.

use std::borrow::Cow;

use weigh_core::request::{Failure, Message, Prompt, Request};

use crate::open::Parts;
use crate::template::ChatTemplate;
use crate::tokenizer::{Context, EncodeFault, Speller};
use crate::trie::{Sequence, Want};

/// What turns requests into tokens. Remembers the last prompt: requests that share one come one
/// after the other.
pub(crate) struct Encoder<'a> {
    speller: Speller<'a>,
    template: Option<&'a ChatTemplate>,
    /// The most positions of a sequence.
    limit: usize,
    /// The last prompt that something was scored after.
    scored: Last<'a, Context<'a>>,
    /// The last prompt that was continued.
    continued: Last<'a, Vec<u32>>,
}

/// A prompt and what came of it.
type Last<'a, T> = Option<(&'a Prompt, Result<T, Failure>)>;

impl<'a> Encoder<'a> {
    /// An encoder for the model of `parts`.
    pub fn new(parts: &'a Parts) -> Self {
        Self {
            speller: parts.tokenizer.speller(),
            template: parts.template.as_ref(),
            limit: parts.config.context,
            scored: None,
            continued: None,
        }
    }

    /// The tokens that must be computed for `request`, or why there are none.
    pub fn sequence(&mut self, index: usize, request: &'a Request) -> Result<Sequence, Failure> {
        match request {
            Request::Likelihood {
                context,
                continuation,
            } => self.score(index, context, continuation),
            Request::Generate {
                prompt, max_tokens, ..
            } => self.text(index, prompt, *max_tokens as usize),
            Request::Similarity { .. } => Err(no_embeddings()),
        }
    }

    fn score(
        &mut self,
        request: usize,
        prompt: &'a Prompt,
        continuation: &str,
    ) -> Result<Sequence, Failure> {
        let last = self.scored.take().filter(|(last, _)| *last == prompt);
        let (_, context) = last.unwrap_or_else(|| (prompt, self.context(prompt)));
        let sequence = match &context {
            Ok(context) => self.scores(request, context, continuation),
            Err(failure) => Err(failure.clone()),
        };
        self.scored = Some((prompt, context));
        sequence
    }

    fn context(&mut self, prompt: &'a Prompt) -> Result<Context<'a>, Failure> {
        let text = self.render(prompt)?;
        self.speller.context(text).map_err(failure)
    }

    fn scores(
        &mut self,
        request: usize,
        context: &Context<'_>,
        continuation: &str,
    ) -> Result<Sequence, Failure> {
        let targets = self.speller.continuation(context, continuation);
        let targets = targets.map_err(failure)?;
        let from = context.head.len().checked_sub(1).ok_or(Failure::Empty)?;
        let (_, computed) = targets.split_last().ok_or(Failure::Empty)?;
        let tokens = [context.head.as_slice(), computed].concat();
        self.fits(tokens.len())?;
        Ok(Sequence {
            request,
            tokens,
            want: Want::Score { from, targets },
        })
    }

    fn text(
        &mut self,
        request: usize,
        prompt: &'a Prompt,
        max_tokens: usize,
    ) -> Result<Sequence, Failure> {
        let last = self.continued.take().filter(|(last, _)| *last == prompt);
        let (_, tokens) = last.unwrap_or_else(|| (prompt, self.prompt(prompt)));
        let (_, tokens) = self.continued.insert((prompt, tokens));
        let tokens = tokens.clone()?;
        if tokens.is_empty() || max_tokens == 0 {
            return Err(Failure::Empty);
        }
        self.fits(tokens.len() + max_tokens)?;
        Ok(Sequence {
            request,
            tokens,
            want: Want::Continue { max_tokens },
        })
    }

    fn prompt(&mut self, prompt: &'a Prompt) -> Result<Vec<u32>, Failure> {
        let text = self.render(prompt)?;
        // A template writes its own special tokens.
        let add_special = matches!(prompt, Prompt::Text(_));
        self.speller.encode(&text, add_special).map_err(failure)
    }

    /// The text of a prompt.
    pub fn render(&self, prompt: &'a Prompt) -> Result<Cow<'a, str>, Failure> {
        match prompt {
            Prompt::Text(text) => Ok(Cow::Borrowed(text)),
            Prompt::Chat(messages) => self.render_chat(messages).map(Cow::Owned),
        }
    }

    fn render_chat(&self, messages: &[Message]) -> Result<String, Failure> {
        let template = self
            .template
            .ok_or_else(|| Failure::Template("the model has none".to_owned()))?;
        template
            .render(messages, true)
            .map_err(|fault| Failure::Template(fault.to_string()))
    }

    /// A prompt that does not fit is never cut: it has no answer.
    fn fits(&self, positions: usize) -> Result<(), Failure> {
        if positions <= self.limit {
            return Ok(());
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Err(Failure::TooLong {
            needed: count(positions),
            limit: count(self.limit),
        })
    }
}

fn failure(fault: EncodeFault) -> Failure {
    Failure::Tokenizer(fault.to_string())
}
/// Why a model that writes does not compare two texts.
pub(crate) fn no_embeddings() -> Failure {
    Failure::Model("this model writes texts; it makes no embeddings".to_owned())
}
