//! A context and its continuation as tokens, with the border where lm-evaluation-harness has it
//! (`_encode_pair` and `loglikelihood` in its `lm_eval/api/model.py`).

use super::Tokenizer;
use super::fault::EncodeFault;

impl Tokenizer {
    /// The ids of `context` and those of `continuation` after it.
    ///
    /// White space at the end of the context goes to the continuation. Both are encoded together
    /// and the context alone; what is longer than the context alone is the continuation. If a
    /// token reaches over the border, the harness scores other tokens than the text has, and so
    /// does this. An empty context is the model's first token: beginning of text, else end of
    /// text. (With a context of white space alone, where the harness stops with an error, too.)
    ///
    /// # Errors
    /// A text that the vocabulary cannot write, or no token that can be the first.
    pub(crate) fn pair(
        &self,
        context: &str,
        continuation: &str,
    ) -> Result<(Vec<u32>, Vec<u32>), EncodeFault> {
        let first = self.bos().or(self.eos()).ok_or(EncodeFault::NoFirst)?;
        if context.is_empty() {
            let mut ids = self.encode(continuation, false)?;
            if ids.first() == Some(&first) {
                let rest = ids.split_off(1);
                return Ok((ids, rest));
            }
            return Ok((vec![first], ids));
        }
        let kept = context.trim_end_matches(is_python_space);
        let moved = context.get(kept.len()..).unwrap_or_default();
        let whole = self.encode_default(&format!("{kept}{moved}{continuation}"), first)?;
        let mut head = self.encode_default(kept, first)?;
        let tail = whole.get(head.len()..).unwrap_or_default().to_vec();
        if head.is_empty() {
            head.push(first);
        }
        Ok((head, tail))
    }

    /// The ids of a text with the model's own tokens around it, unless it begins with the first
    /// of them already, as a rendered chat template does.
    fn encode_default(&self, text: &str, first: u32) -> Result<Vec<u32>, EncodeFault> {
        let first = self.token_text(first).unwrap_or_default();
        self.encode(text, first.is_empty() || !text.starts_with(first))
    }
}

/// What Python's `str.rstrip` removes: Unicode's white space and four separators that it lacks.
fn is_python_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&character)
}
