//! The one interface that an engine implements.

use std::ops::ControlFlow;

use serde::Serialize;

use crate::request::{Request, Response};
use crate::subject::Subject;

/// A fault of the model or the machine that ends a run, as opposed to one request's failure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ModelFault(pub String);

/// The condition under which an engine says what it was asked to do and did another way. A run
/// with it is complete and no success.
pub const FALLBACK: &str = "fallback";

/// Tokens that a model was asked for and computed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Work {
    /// Tokens if every request were computed alone.
    pub naive: u64,
    /// Different prefixes among the prompts: the least that can be computed for them. A model that
    /// takes many requests a window at a time counts a prefix again in a window that comes to it
    /// from another one.
    pub distinct: u64,
    /// Tokens of prompts that were computed.
    pub prompt: u64,
    /// Tokens that were generated and computed.
    pub generated: u64,
}

/// A loaded model.
pub trait Model {
    /// What it is.
    fn subject(&self) -> &Subject;

    /// How it computes: device, arithmetic class, kernels, threads, and [`FALLBACK`] where it does
    /// not compute as it was asked to. Goes into the evidence.
    fn conditions(&self) -> std::collections::BTreeMap<String, String>;

    /// What it was asked for and computed since it was opened, if it counts that.
    fn work(&self) -> Option<Work> {
        None
    }

    /// For each request of the last call of [`Model::answer`] the tokens that were computed for it,
    /// generated ones included; what several requests share, for the one that came to it first.
    /// Nothing if it does not count that.
    fn computed(&self) -> &[u32] {
        &[]
    }

    /// Answers every request, in whatever order is fastest, and gives each answer to `sink` as
    /// soon as it is known, with the request's index. An answer depends on its request alone.
    /// When `sink` breaks, the model gives the rest of the batch it has computed, and returns.
    ///
    /// # Errors
    /// A fault after which no further request can be answered.
    fn answer(
        &mut self,
        requests: &[&Request],
        sink: &mut dyn FnMut(usize, Response) -> ControlFlow<()>,
    ) -> Result<(), ModelFault>;
}
