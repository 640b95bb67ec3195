//! A context and its continuation as tokens, with the border where lm-evaluation-harness has it
//! (`_encode_pair` and `loglikelihood` in its `lm_eval/api/model.py`).
//!
//! White space at the end of the context goes to the continuation. Both are encoded together and
//! the context alone; what is longer than the context alone is the continuation. If a token reaches
//! over the border, the harness scores other tokens than the text has, and so does this. An empty
//! context is the model's first token: beginning of text, else end of text. (With a context of
//! white space alone, where the harness stops with an error, too.)
//!
//! A context is spelled once. Of the text with a continuation, only what the continuation can
//! change is spelled again: see [`Settled`].

use std::borrow::Cow;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::fault::EncodeFault;
use super::rules::Alphabet;
use super::spell::{Settled, Speller, Spelling};
use super::split::can_resume;

/// A context that was spelled for all of its continuations.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    text: Cow<'c, str>,
    /// The ids that stand before every continuation.
    pub head: Vec<u32>,
    /// Ids of the text without its last white space.
    spelled: usize,
    /// The part that is never spelled again.
    pub(super) settled: Settled,
}

impl Speller<'_> {
    /// Spells a context.
    ///
    /// # Errors
    /// A text that the vocabulary cannot write, or no token that can be the first.
    pub(crate) fn context<'c>(
        &mut self,
        text: impl Into<Cow<'c, str>>,
    ) -> Result<Context<'c>, EncodeFault> {
        let first = self.first()?;
        let text = text.into();
        let kept = text.trim_end_matches(is_python_space);
        let mut spelling = Spelling {
            horizon: self.horizon(kept),
            ..Spelling::default()
        };
        if !text.is_empty() {
            self.spell(kept, self.adds_special(kept), &mut spelling)?;
        }
        let border = kept.get(spelling.settled.bytes..).unwrap_or_default();
        let is_border = !self.tokenizer.rules.nfc || border.starts_with(stands_alone);
        let mut head = spelling.ids;
        let spelled = head.len();
        if head.is_empty() {
            head.push(first);
        }
        Ok(Context {
            text,
            head,
            spelled,
            settled: if is_border {
                spelling.settled
            } else {
                Settled::default()
            },
        })
    }

    /// The ids of `continuation` behind `context`.
    ///
    /// # Errors
    /// A text that the vocabulary cannot write, or no token that can be the first.
    pub(crate) fn continuation(
        &mut self,
        context: &Context<'_>,
        continuation: &str,
    ) -> Result<Vec<u32>, EncodeFault> {
        let first = self.first()?;
        let Context {
            text,
            spelled,
            settled,
            ..
        } = context;
        if text.is_empty() {
            let mut ids = self.encode(continuation, false)?;
            let doubled = usize::from(ids.first() == Some(&first));
            return Ok(ids.split_off(doubled));
        }
        let rest = format!(
            "{}{continuation}",
            text.get(settled.bytes..).unwrap_or_default()
        );
        let mut spelling = Spelling::default();
        if settled.bytes == 0 {
            self.spell(&rest, self.adds_special(&rest), &mut spelling)?;
        } else {
            self.go_on(&rest, &mut spelling)?;
            if self.adds_special(text) {
                spelling.ids.extend(&self.tokenizer.rules.suffix);
            }
        }
        let mut ids = spelling.ids;
        Ok(ids.split_off((spelled - settled.ids).min(ids.len())))
    }

    /// The token that stands before everything.
    fn first(&self) -> Result<u32, EncodeFault> {
        let (bos, eos) = (self.tokenizer.bos(), self.tokenizer.eos());
        bos.or(eos).ok_or(EncodeFault::NoFirst)
    }

    fn first_text(&self) -> &str {
        let first = self.first().ok();
        first
            .and_then(|first| self.tokenizer.token_text(first))
            .unwrap_or_default()
    }

    /// Whether the model's own tokens are put around a text: unless it begins with the first of
    /// them already, as a rendered chat template does.
    fn adds_special(&self, text: &str) -> bool {
        let first = self.first_text();
        first.is_empty() || !text.starts_with(first)
    }

    /// Where `text` can be settled: before the last place at which a special token could begin that
    /// ends behind the text, and before the last character that could be joined with one behind it.
    fn horizon(&self, text: &str) -> Option<usize> {
        let tokenizer = self.tokenizer;
        if tokenizer.rules.alphabet != Alphabet::Bytes || !can_resume(&tokenizer.splitters) {
            return None;
        }
        let longest = tokenizer.finder.as_ref().map_or(1, |finder| finder.longest);
        let longest = longest.max(self.first_text().len());
        let whole = (text.len() + 1).checked_sub(longest)?;
        if !tokenizer.rules.nfc {
            return Some(whole);
        }
        let last = text.char_indices().rfind(|(_, c)| stands_alone(*c));
        last.map(|(at, _)| whole.min(at))
    }
}

/// Whether nothing before a character is changed by it in normalisation form C, nor by anything
/// behind it (Unicode Standard Annex 15, section 9).
fn stands_alone(character: char) -> bool {
    let one = std::iter::once(character);
    canonical_combining_class(character) == 0 && is_nfc_quick(one) == IsNormalized::Yes
}

/// What Python's `str.rstrip` removes: Unicode's white space and four separators that it lacks.
fn is_python_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&character)
}
