//! What is asked of a model and what came back.

mod told;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;

/// Who speaks in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Instructions of the deployer.
    System,
    /// The person who asks.
    User,
    /// The model.
    Assistant,
}

/// One turn of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: String,
}

/// What the model reads before it answers. Copies share their text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Prompt {
    /// Plain text, given to the tokenizer as it is.
    Text(Arc<str>),
    /// A conversation, rendered by the model's own chat template with a generation prompt.
    Chat(Arc<[Message]>),
}

impl Prompt {
    /// Bytes of its texts.
    pub(crate) fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Chat(messages) => messages.iter().map(|message| message.content.len()).sum(),
        }
    }

    /// Whether both are copies of one that share its text.
    pub(crate) fn shares(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => Arc::ptr_eq(one, other),
            (Self::Chat(one), Self::Chat(other)) => Arc::ptr_eq(one, other),
            (Self::Text(_), Self::Chat(_)) | (Self::Chat(_), Self::Text(_)) => false,
        }
    }
}

/// How the next token is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampling {
    /// The most likely token; the lowest id on a tie.
    Greedy,
    /// A draw from softmax(logits / temperature), cut to the nucleus of mass `top_p`.
    #[serde(rename_all = "snake_case")]
    Seeded {
        /// Above zero.
        temperature: Decimal,
        /// In (0, 1].
        top_p: Decimal,
        /// Seed of this request alone, so that its text depends on nothing else.
        seed: u64,
    },
}

/// One thing asked of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Request {
    /// How likely `continuation` is after `context` (lm-evaluation-harness `loglikelihood`:
    /// trailing white space of the context is scored with the continuation).
    Likelihood {
        /// What comes before.
        context: Prompt,
        /// What is scored.
        continuation: String,
    },
    /// A text.
    Generate {
        /// What comes before.
        prompt: Prompt,
        /// How tokens are chosen.
        sampling: Sampling,
        /// Texts that end the answer; they are not part of it.
        stop: Arc<[String]>,
        /// The most tokens an answer may have.
        max_tokens: u32,
    },
    /// How near two texts are in meaning, asked of a model that makes embeddings.
    Similarity {
        /// The one.
        text: String,
        /// The other.
        reference: String,
    },
}

impl Request {
    /// What comes before the answer. None where two texts are compared.
    #[must_use]
    pub const fn prompt(&self) -> Option<&Prompt> {
        match self {
            Self::Likelihood { context, .. } => Some(context),
            Self::Generate { prompt, .. } => Some(prompt),
            Self::Similarity { .. } => None,
        }
    }
}

/// Why a generated text ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// The model ended its turn.
    EndOfText,
    /// A stop text appeared.
    Stop,
    /// `max_tokens` was reached: the text is cut.
    Length,
}

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The prompt and what is asked for are longer than the model's context.
    TooLong {
        /// Tokens that would be needed.
        needed: u32,
        /// Tokens that the model can hold.
        limit: u32,
    },
    /// Nothing was left to score or to read after tokenisation.
    Empty,
    /// A logit was NaN or infinite.
    NotFinite,
    /// The model's chat template refused the conversation, or the model has none.
    Template(String),
    /// The text could not be turned into tokens.
    Tokenizer(String),
    /// Anything else that the model or the machine reported.
    Model(String),
}

impl Failure {
    /// The kind of failure, without its details: what counts are kept by.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "failed_too_long",
            Self::Empty => "failed_empty",
            Self::NotFinite => "failed_not_finite",
            Self::Template(_) => "failed_template",
            Self::Tokenizer(_) => "failed_tokenizer",
            Self::Model(_) => "failed_model",
        }
    }
}

/// What came back for one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Answer to [`Request::Likelihood`].
    Likelihood {
        /// Sum of the natural logarithms of the continuation tokens' probabilities, in nats.
        log_prob: Decimal,
        /// Tokens in the continuation.
        tokens: u32,
        /// Whether each token of the continuation was the most likely one.
        greedy: bool,
    },
    /// Answer to [`Request::Generate`].
    Generated {
        /// The text, without special tokens and without the stop text.
        text: String,
        /// Tokens that the model produced.
        tokens: u32,
        /// Why it ended.
        finish: Finish,
    },
    /// Answer to [`Request::Similarity`].
    Similarity {
        /// The cosine of the angle between both embeddings, -1 to 1.
        cosine: Decimal,
    },
    /// No answer.
    Failed(Failure),
}
