//! Requests and responses in words for people. Every foreign text in them is made visible.

use std::fmt::Write as _;

use super::{Finish, Message, Prompt, Request, Response};
use crate::text::{quoted, visible, visible_line};

impl Prompt {
    /// The text, or the turns with who speaks before each. As it is: nothing is made visible.
    #[must_use]
    pub fn told(&self) -> String {
        let turn = |message: &Message| {
            let role = format!("{:?}", message.role).to_lowercase();
            format!("[{role}] {}", message.content)
        };
        match self {
            Self::Text(text) => text.to_string(),
            Self::Chat(messages) => messages.iter().map(turn).collect::<Vec<_>>().join("\n"),
        }
    }
}

impl Request {
    /// What is asked, on one line, without the prompt.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Likelihood { continuation, .. } => {
                format!("how likely is {}?", quoted(continuation))
            }
            Self::Similarity { text, reference } => {
                format!("how near is {} to {}?", quoted(text), quoted(reference))
            }
            Self::Generate {
                max_tokens, stop, ..
            } => {
                let mut said = format!("a text of at most {max_tokens} tokens");
                for stop in stop.iter() {
                    let _ = write!(said, ", ended by {}", quoted(stop));
                }
                said
            }
        }
    }
}

impl Response {
    /// What came back, on one line, and the text, where it is one, on its own lines.
    #[must_use]
    pub fn told(&self) -> (String, Option<String>) {
        match self {
            Self::Likelihood {
                log_prob,
                tokens,
                greedy,
            } => {
                let greedy = if *greedy {
                    ", the most likely text"
                } else {
                    ""
                };
                let line = format!("log-likelihood {log_prob} over {tokens} tokens{greedy}");
                (line, None)
            }
            Self::Generated {
                text,
                tokens,
                finish,
            } => {
                let end = match finish {
                    Finish::EndOfText => "ended by the model",
                    Finish::Stop => "ended by a stop text",
                    Finish::Length => "cut at the limit",
                };
                let line = format!("answer: {tokens} tokens, {end}");
                (line, Some(visible(text).into_owned()))
            }
            Self::Similarity { cosine } => (format!("cosine {cosine}"), None),
            Self::Failed(failure) => {
                let line = format!("no answer: {failure:?}");
                (visible_line(&line).into_owned(), None)
            }
        }
    }
}
