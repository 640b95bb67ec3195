//! The decoder: from tokens to the states whose logits are wanted. Written once for every device.
//!
//! Pre-norm transformer with RMSNorm (Zhang and Sennrich, 2019), rotary positions (Su et al.,
//! 2021), grouped-query attention (Ainslie et al., 2023) and SwiGLU (Shazeer, 2020), as Llama
//! (Touvron et al., 2023) puts them together; Qwen2 (Yang et al., 2024) adds biases to q, k and v.

pub(crate) mod cpu;
mod crew;
pub(crate) mod device;
pub(crate) mod layers;

use std::ops::Range;

use crate::batch::Batch;
use crate::kernels::PackError;
use crate::tensor_name::TensorName;
use crate::weights::{Weights, WeightsFault};

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
    /// The first half of a layer: queries, keys and values of the normalised state, turned by their
    /// positions; keys and values go to the pages of `layer`. Returns what each query attends to:
    /// `[rows, heads * head_dim]`.
    fn attend(
        &mut self,
        layer: usize,
        state: &Self::Rows,
        batch: &Batch,
    ) -> Result<Self::Rows, Self::Fault>;
    /// The second half of a layer: adds the attention's output to the state, then the output of the
    /// feed-forward network. Any rows may be left out.
    fn feed_forward(
        &mut self,
        layer: usize,
        state: Self::Rows,
        attended: Self::Rows,
    ) -> Result<Self::Rows, Self::Fault>;
    /// The rows with the given numbers.
    fn select(&mut self, rows: Self::Rows, numbers: &[usize]) -> Result<Self::Rows, Self::Fault>;
    /// Writes the logits of some of the states to `logits`, row after row.
    fn logits(
        &mut self,
        states: &Self::Rows,
        range: Range<usize>,
        logits: &mut Vec<f32>,
    ) -> Result<(), Self::Fault>;
    /// Takes rows that are no longer needed, so that their memory can be used again.
    fn recycle(&mut self, rows: Self::Rows);
}

/// The states of `batch.heads` after the last layer. Keys and values of every row are in their pages
/// afterwards.
pub(crate) fn forward<B: Backend>(
    backend: &mut B,
    layers: usize,
    batch: &Batch,
) -> Result<B::Rows, B::Fault> {
    backend.begin(batch)?;
    let mut state = backend.embed(&batch.tokens)?;
    for layer in 0..layers {
        let mut attended = backend.attend(layer, &state, batch)?;
        if layer + 1 == layers {
            // Nothing reads the other rows from here on.
            attended = backend.select(attended, &batch.heads)?;
            state = backend.select(state, &batch.heads)?;
        }
        if !batch.heads.is_empty() || layer + 1 < layers {
            state = backend.feed_forward(layer, state, attended)?;
        }
    }
    Ok(state)
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
