//! A model whose answers are counted by what they take: a long text takes a hundred times as long as a short
//! choice, so trials alone do not tell how much time is left.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use weigh_core::model::{Model, ModelFault, Work};
use weigh_core::request::{Prompt, Request, Response};
use weigh_core::subject::Subject;

use crate::progress::Share;

/// The model, and where its work is counted.
pub struct Paced<'a> {
    pub model: &'a mut dyn Model,
    pub share: &'a Share,
}

impl Model for Paced<'_> {
    fn subject(&self) -> &Subject {
        self.model.subject()
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        self.model.conditions()
    }

    fn work(&self) -> Option<Work> {
        self.model.work()
    }

    fn computed(&self) -> &[u32] {
        self.model.computed()
    }

    fn answer(
        &mut self,
        requests: &[&Request],
        sink: &mut dyn FnMut(usize, Response) -> ControlFlow<()>,
    ) -> Result<(), ModelFault> {
        let weights = weights(requests);
        self.share.begin(weights.iter().sum());
        let share = self.share;
        self.model.answer(requests, &mut |index, response| {
            share.add(weights.get(index).copied().unwrap_or_default());
            sink(index, response)
        })
    }
}

/// About how many tokens each request takes. A prompt is computed for the first of those that have it, and
/// stand together.
fn weights(requests: &[&Request]) -> Vec<u64> {
    let before = std::iter::once(None).chain(requests.iter().map(|request| request.prompt()));
    let pairs = requests.iter().zip(before);
    pairs
        .map(|(request, before)| weight(request, before))
        .collect()
}

fn weight(request: &Request, before: Option<&Prompt>) -> u64 {
    let prompt = request.prompt().filter(|prompt| Some(*prompt) != before);
    let own = match request {
        Request::Likelihood { continuation, .. } => tokens(continuation),
        // Few texts come to their end, and one of their tokens takes longer than one of a prompt.
        Request::Generate { max_tokens, .. } => u64::from(*max_tokens),
        Request::Similarity { text, reference } => tokens(text) + tokens(reference),
    };
    prompt.map_or(0, of_prompt) + own
}

fn of_prompt(prompt: &Prompt) -> u64 {
    match prompt {
        Prompt::Text(text) => tokens(text),
        Prompt::Chat(turns) => turns.iter().map(|turn| tokens(&turn.content)).sum(),
    }
}

/// A token has about four letters of ASCII, or one and a half bytes of other scripts; each text has one at least.
fn tokens(text: &str) -> u64 {
    let weight = |byte: u8| if byte.is_ascii() { 3 } else { 8 };
    1 + text.bytes().map(weight).sum::<u64>() / 12
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use weigh_core::request::Sampling;

    use super::*;

    #[test]
    fn requests_weigh_what_they_take() {
        let prompt = |text: &str| Prompt::Text(text.into());
        let scored = |text: &str, continuation: &str| Request::Likelihood {
            context: prompt(text),
            continuation: continuation.to_owned(),
        };
        let written = |text: &str, max_tokens| Request::Generate {
            prompt: prompt(text),
            sampling: Sampling::Greedy,
            stop: Arc::new([]),
            max_tokens,
        };
        let (long, other) = ("a".repeat(400), "የ".repeat(100));
        let requests = [
            scored(&long, " yes"),
            scored(&long, " no, it is not"),
            written(&long, 48),
            written(&other, 64),
            scored(&long, ""),
            Request::Similarity {
                text: "abcd".to_owned(),
                reference: String::new(),
            },
        ];
        let requests: Vec<&Request> = requests.iter().collect();
        assert_eq!(weights(&requests), [103, 4, 48, 265, 102, 3]);
    }
}
