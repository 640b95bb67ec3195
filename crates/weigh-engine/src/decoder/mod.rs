//! The decoder: from tokens to the states whose logits are wanted. Written once for every device.
//!
//! Pre-norm transformer with RMSNorm (Zhang and Sennrich, 2019), rotary positions (Su et al.,
//! 2021), grouped-query attention (Ainslie et al., 2023) and SwiGLU (Shazeer, 2020), as Llama
//! (Touvron et al., 2023) puts them together; Qwen2 (Yang et al., 2024) adds biases to q, k and v.

pub(crate) mod cpu;
pub(crate) mod device;
pub(crate) mod layers;

use std::ops::Range;

use crate::batch::Batch;
use crate::kernels::PackError;
use crate::tensor_name::TensorName;
use crate::weights::{Weights, WeightsFault};

/// A layer's normalisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Norm {
    /// Before the attention of a layer.
    Attention(usize),
    /// Before the feed-forward network of a layer.
    FeedForward(usize),
    /// Before the head.
    Final,
}

/// The matrix products of a decoder. Products that read the same input are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Linear {
    /// Queries, keys and values of a layer, beside each other.
    Qkv(usize),
    /// The attention's output.
    Output(usize),
    /// Gate and up of a layer, beside each other.
    GateUp(usize),
    /// Back to the model's width.
    Down(usize),
}

/// The operations that a decoder needs of a device. Activations are matrices of one row for each
/// row of the batch. A row's result depends on that row and on its own path alone.
pub(crate) trait Backend: Send {
    /// A matrix of f32 activations.
    type Rows: Send + Sync;
    /// Why the device cannot compute.
    type Fault: std::fmt::Display + Send;

    /// Makes ready for `batch`: the operations up to the next call are of its rows.
    fn begin(&mut self, batch: &Batch) -> Result<(), Self::Fault>;
    /// The embedding of each token: `[rows, width]`.
    fn embed(&mut self, tokens: &[u32]) -> Result<Self::Rows, Self::Fault>;
    /// RMSNorm of each row.
    fn norm(&mut self, rows: &Self::Rows, norm: Norm) -> Result<Self::Rows, Self::Fault>;
    /// `rows` times a weight, plus its bias where it has one.
    fn linear(&mut self, rows: Self::Rows, linear: Linear) -> Result<Self::Rows, Self::Fault>;
    /// Adds `rows` times a weight to `sum`.
    fn add_linear(
        &mut self,
        sum: Self::Rows,
        rows: Self::Rows,
        linear: Linear,
    ) -> Result<Self::Rows, Self::Fault>;
    /// Turns queries and keys by their positions, writes keys and values to the pages of `layer`,
    /// and returns what each query attends to: `[rows, heads * head_dim]`.
    fn attend(
        &mut self,
        layer: usize,
        qkv: Self::Rows,
        batch: &Batch,
    ) -> Result<Self::Rows, Self::Fault>;
    /// `silu(gate) * up` of each row `[gate | up]`.
    fn gate(&mut self, rows: Self::Rows) -> Result<Self::Rows, Self::Fault>;
    /// The rows with the given numbers.
    fn select(&mut self, rows: Self::Rows, numbers: &[usize]) -> Result<Self::Rows, Self::Fault>;
    /// Writes the logits of some of the rows to `logits`, row after row.
    fn logits(
        &mut self,
        rows: &Self::Rows,
        range: Range<usize>,
        logits: &mut Vec<f32>,
    ) -> Result<(), Self::Fault>;
    /// Takes rows that are no longer needed, so that their memory can be used again.
    fn recycle(&mut self, rows: Self::Rows);
}

/// The states of `batch.heads`, normalised for the head. Keys and values of every row are in their
/// pages afterwards.
pub(crate) fn forward<B: Backend>(
    backend: &mut B,
    layers: usize,
    batch: &Batch,
) -> Result<B::Rows, B::Fault> {
    backend.begin(batch)?;
    let mut state = backend.embed(&batch.tokens)?;
    for layer in 0..layers {
        let normed = backend.norm(&state, Norm::Attention(layer))?;
        let qkv = backend.linear(normed, Linear::Qkv(layer))?;
        let mut attended = backend.attend(layer, qkv, batch)?;
        if layer + 1 == layers {
            // Nothing reads the other rows from here on: their keys and values are kept.
            attended = backend.select(attended, &batch.heads)?;
            state = backend.select(state, &batch.heads)?;
        }
        state = backend.add_linear(state, attended, Linear::Output(layer))?;
        let normed = backend.norm(&state, Norm::FeedForward(layer))?;
        let gate_up = backend.linear(normed, Linear::GateUp(layer))?;
        let hidden = backend.gate(gate_up)?;
        state = backend.add_linear(state, hidden, Linear::Down(layer))?;
    }
    let normed = backend.norm(&state, Norm::Final)?;
    backend.recycle(state);
    Ok(normed)
}

/// Why weights cannot be brought to where they are computed with.
#[derive(Debug, thiserror::Error)]
pub enum PlaceFault {
    /// The file.
    #[error(transparent)]
    Weights(#[from] WeightsFault),
    /// A matrix without whole rows.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The device.
    #[error(transparent)]
    Device(#[from] candle_core::Error),
}

/// Tensors that are used as one, row after row.
fn fused(weights: &Weights, names: &[TensorName]) -> Result<Vec<f32>, WeightsFault> {
    names
        .iter()
        .map(|name| weights.f32(*name))
        .collect::<Result<Vec<_>, _>>()
        .map(|parts| parts.concat())
}
