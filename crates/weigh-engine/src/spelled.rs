//! What a model reads for one request: the prompt as its template renders it, and every token.

use weigh_core::request::{Failure, Request};

use crate::encode::{Encoder, no_embeddings};
use crate::engine::Engine;
use crate::trie::Want;

/// One request as the model reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    /// The prompt's text. White space at its end may be read with what is scored.
    pub prompt: String,
    /// The prompt's tokens: id and text.
    pub tokens: Vec<(u32, String)>,
    /// The tokens that are scored. None of a text that is generated.
    pub targets: Vec<(u32, String)>,
}

impl Engine {
    /// What the model reads for `request`. Nothing is computed.
    ///
    /// # Errors
    /// Why the request has no answer.
    pub fn spelled(&self, request: &Request) -> Result<Spelled, Failure> {
        let mut encoder = Encoder::new(&self.parts);
        let prompt = encoder.render(request.prompt().ok_or_else(no_embeddings)?)?;
        let sequence = encoder.sequence(0, request)?;
        let (tokens, targets) = match sequence.want {
            Want::Score { from, targets } => {
                let (tokens, _) = sequence.tokens.split_at(from + 1);
                (tokens.to_vec(), targets)
            }
            Want::Continue { .. } => (sequence.tokens, Vec::new()),
        };
        Ok(Spelled {
            prompt: prompt.into_owned(),
            tokens: self.with_texts(&tokens),
            targets: self.with_texts(&targets),
        })
    }

    fn with_texts(&self, ids: &[u32]) -> Vec<(u32, String)> {
        let text = |&id: &u32| (id, self.parts.tokenizer.decode(&[id], false));
        ids.iter().map(text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::OpenOptions;
    use crate::tiny::TinyModel;
    use weigh_core::request::Role;
    use weigh_core::request::{Message, Prompt, Sampling};

    #[test]
    fn every_token_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        TinyModel::new(1).write_gguf(&path).unwrap();
        let engine = Engine::open(&path, &OpenOptions::default()).unwrap();
        let texts = |tokens: &[(u32, String)]| tokens.iter().map(|(_, text)| &**text).collect();
        let scored = engine
            .spelled(&Request::Likelihood {
                context: Prompt::Text("Is it so? ".into()),
                continuation: "yes".to_owned(),
            })
            .unwrap();
        let (prompt, target): (String, String) = (texts(&scored.tokens), texts(&scored.targets));
        assert_eq!((&*prompt, &*target), ("Is it so?", " yes"));
        let turn = Message {
            role: Role::User,
            content: "Hello".to_owned(),
        };
        let asked = engine
            .spelled(&Request::Generate {
                prompt: Prompt::Chat([turn].into()),
                sampling: Sampling::Greedy,
                stop: [].into(),
                max_tokens: 4,
            })
            .unwrap();
        let prompt: String = texts(&asked.tokens);
        assert_eq!(prompt, asked.prompt);
        assert!(prompt.contains("Hello") && asked.targets.is_empty());
    }
}
