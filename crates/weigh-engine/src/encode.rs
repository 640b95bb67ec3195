//! From requests to token sequences.

use weigh_core::request::{Failure, Message, Prompt, Request};

use crate::template::ChatTemplate;
use crate::tokenizer::Tokenizer;
use crate::trie::{Sequence, Want};

/// What turns requests into tokens.
pub(crate) struct Encoder<'a> {
    /// The model's tokenizer.
    pub tokenizer: &'a Tokenizer,
    /// The model's chat template, if it has one.
    pub template: Option<&'a ChatTemplate>,
    /// The most positions of a sequence.
    pub context: usize,
}

impl Encoder<'_> {
    /// The tokens that must be computed for `request`, or why there are none.
    pub fn sequence(&self, index: usize, request: &Request) -> Result<Sequence, Failure> {
        match request {
            Request::Likelihood {
                context,
                continuation,
            } => self.score(index, context, continuation),
            Request::Generate {
                prompt, max_tokens, ..
            } => self.text(index, prompt, *max_tokens as usize),
        }
    }

    fn score(
        &self,
        request: usize,
        context: &Prompt,
        continuation: &str,
    ) -> Result<Sequence, Failure> {
        let text = self.render(context)?;
        let pair = self.tokenizer.pair(&text, continuation);
        let (mut tokens, targets) = pair.map_err(|fault| Failure::Tokenizer(fault.to_string()))?;
        let from = tokens.len().checked_sub(1).ok_or(Failure::Empty)?;
        let (_, computed) = targets.split_last().ok_or(Failure::Empty)?;
        tokens.extend_from_slice(computed);
        self.fits(tokens.len())?;
        Ok(Sequence {
            request,
            tokens,
            want: Want::Score { from, targets },
        })
    }

    fn text(
        &self,
        request: usize,
        prompt: &Prompt,
        max_tokens: usize,
    ) -> Result<Sequence, Failure> {
        let text = self.render(prompt)?;
        // A template writes its own special tokens.
        let add_special = matches!(prompt, Prompt::Text(_));
        let tokens = self.tokenizer.encode(&text, add_special);
        let tokens = tokens.map_err(|fault| Failure::Tokenizer(fault.to_string()))?;
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

    fn render<'p>(&self, prompt: &'p Prompt) -> Result<std::borrow::Cow<'p, str>, Failure> {
        match prompt {
            Prompt::Text(text) => Ok((&**text).into()),
            Prompt::Chat(messages) => self.render_chat(messages).map(Into::into),
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
        if positions <= self.context {
            return Ok(());
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Err(Failure::TooLong {
            needed: count(positions),
            limit: count(self.context),
        })
    }
}
