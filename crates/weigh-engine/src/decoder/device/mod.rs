//! The decoder's operations in candle's tensors: the path for CUDA and Metal, and the independent
//! reference for the CPU kernels in tests.
//!
//! The linear layers have weights and factors of the class that was asked for. The residual stream,
//! norms, rotation, keys and values, attention and logits are in single precision.

mod attention;
pub(crate) mod class;
mod memory;
#[cfg(test)]
mod tests;

use std::ops::Range;

use candle_core::{D, Device, IndexOp as _, Tensor};
use candle_nn::ops::{rms_norm, silu};
use candle_nn::rotary_emb::{rope, rope_i};

use super::layers::Layers;
use super::{Backend, PlaceFault, fused};
use crate::batch::Batch;
use crate::config::{DecoderConfig, RopeStyle};
use crate::kernels::rope::RopeTable;
use crate::tensor_name::TensorName;
use crate::weights::{FileRows, Weights};
use attention::{Heads, Plan};
use class::Class;
use memory::{Memory, Slots};

/// Rows of the head that are in single precision at a time: its logits are not rounded to 16 bits,
/// which would make ties of them.
const HEAD_ROWS: usize = 16_384;

type Result<T, E = PlaceFault> = std::result::Result<T, E>;

/// Weights, rotation and key-value memory on one device.
pub(crate) struct DeviceBackend {
    device: Device,
    class: Class,
    config: DecoderConfig,
    heads: Heads,
    embedding: FileRows,
    head: Tensor,
    /// Matrices are `[out, in]`.
    layers: Layers<Tensor, Tensor>,
    /// Radians by which each pair of a head turns from one position to the next.
    frequencies: Vec<f64>,
    memory: Memory,
    /// Pages that attention gathers at a time.
    gathered: usize,
    now: Option<Now>,
}

/// What is the same in every layer of the batch that is being computed.
struct Now {
    /// Cosines and sines of the rows' angles, each `[rows, head_dim / 2]`.
    angles: (Tensor, Tensor),
    slots: Slots,
    plan: Plan,
}

impl DeviceBackend {
    /// Brings the weights to `device`, one matrix after the other.
    pub fn new(
        config: &DecoderConfig,
        weights: &Weights,
        device: Device,
        class: Class,
    ) -> Result<Self> {
        let vector = |names: &[TensorName]| -> Result<Tensor> {
            let values = fused(weights, names)?;
            names.iter().for_each(|name| weights.release(*name));
            Ok(Tensor::new(values, &device)?)
        };
        let matrix = |names: &[TensorName], width: usize| {
            Ok(class.hold(&vector(names)?.reshape(((), width))?)?)
        };
        let layers = Layers::new(config, matrix, vector)?;
        Ok(Self {
            class,
            heads: Heads {
                queries: config.heads,
                keys: config.kv_heads,
                dim: config.head_dim,
            },
            embedding: weights.rows(TensorName::Embedding)?,
            head: matrix(&[TensorName::Head], config.width)?,
            layers,
            frequencies: RopeTable::frequencies(f64::from(config.rope_theta), config.head_dim),
            memory: Memory::new(config.layers, config.kv_heads, config.head_dim, &device)?,
            gathered: attention::GATHERED,
            now: None,
            config: config.clone(),
            device,
        })
    }

    /// Lets attention gather at most `pages` pages at a time, but one for each path.
    #[cfg(test)]
    pub fn gather(mut self, pages: usize) -> Self {
        self.gathered = pages;
        self
    }

    fn now(&self) -> Result<&Now> {
        let missing = || candle_core::Error::Msg("no batch was begun".to_owned());
        Ok(self.now.as_ref().ok_or_else(missing)?)
    }

    fn angles(&self, positions: &[usize]) -> Result<(Tensor, Tensor)> {
        let turns = &self.frequencies;
        let angles = |p: &usize| {
            let position = *p as f64;
            turns.iter().map(move |turn| position * turn)
        };
        let angles: Vec<f64> = positions.iter().flat_map(angles).collect();
        let tensor = |of: fn(f64) -> f64| {
            let values: Vec<f32> = angles.iter().map(|angle| of(*angle) as f32).collect();
            Tensor::from_vec(values, (positions.len(), turns.len()), &self.device)
        };
        Ok((tensor(libm::cos)?, tensor(libm::sin)?))
    }

    /// RMSNorm of each row.
    fn norm(&self, rows: &Tensor, scale: &Tensor) -> Result<Tensor> {
        Ok(rms_norm(rows, scale, self.config.norm_eps)?)
    }

    /// Some heads of each row, `[heads, rows, head_dim]`.
    fn heads(&self, qkv: &Tensor, heads: Range<usize>) -> candle_core::Result<Tensor> {
        let (rows, dim) = (qkv.dim(0)?, self.heads.dim);
        let part = qkv.narrow(D::Minus1, heads.start * dim, heads.len() * dim)?;
        part.reshape((rows, heads.len(), dim))?
            .transpose(0, 1)?
            .contiguous()
    }

    /// Turns `[heads, rows, head_dim]` by the rows' angles.
    fn rotate(&self, x: &Tensor, (cos, sin): &(Tensor, Tensor)) -> candle_core::Result<Tensor> {
        let x = x.unsqueeze(0)?;
        match self.config.rope_style {
            RopeStyle::Interleaved => rope_i(&x, cos, sin)?.squeeze(0),
            RopeStyle::Halves => rope(&x, cos, sin)?.squeeze(0),
        }
    }
}

/// Row numbers as a tensor.
fn numbers(
    numbers: impl IntoIterator<Item = usize>,
    device: &Device,
) -> candle_core::Result<Tensor> {
    let numbers = numbers.into_iter().map(u32::try_from);
    let numbers = numbers.collect::<Result<Vec<u32>, _>>();
    Tensor::new(numbers.map_err(candle_core::Error::wrap)?, device)
}

impl Backend for DeviceBackend {
    type Rows = Tensor;
    type Fault = PlaceFault;

    fn begin(&mut self, batch: &Batch) -> Result<()> {
        self.now = Some(Now {
            angles: self.angles(&batch.positions)?,
            slots: self.memory.place(batch)?,
            plan: Plan::new(batch, self.heads, self.gathered, &self.memory)?,
        });
        Ok(())
    }

    fn embed(&mut self, tokens: &[u32]) -> Result<Tensor> {
        let shape = (tokens.len(), self.config.width);
        let mut rows = vec![0.0; shape.0 * shape.1];
        self.embedding.read(tokens, &mut rows)?;
        Ok(Tensor::from_vec(rows, shape, &self.device)?)
    }

    fn attend(&mut self, layer: usize, state: &Tensor, _batch: &Batch) -> Result<Tensor> {
        let weights = self.layers.layer(layer);
        let normed = self.norm(state, &weights.attention_norm)?;
        let mut qkv = self.class.product(&normed, &weights.qkv)?;
        if let Some(bias) = &weights.qkv_bias {
            qkv = qkv.broadcast_add(bias)?;
        }
        let (now, Heads { queries, keys, .. }) = (self.now()?, self.heads);
        let rotated = |heads| self.rotate(&self.heads(&qkv, heads)?, &now.angles);
        let (turned, new_keys) = (rotated(0..queries)?, rotated(queries..queries + keys)?);
        let new_values = self.heads(&qkv, queries + keys..queries + 2 * keys)?;
        self.memory
            .write(layer, &now.slots, &new_keys, &new_values)?;
        Ok(now.plan.attend(&turned, &self.memory, layer, self.heads)?)
    }

    fn feed_forward(&mut self, layer: usize, state: Tensor, attended: Tensor) -> Result<Tensor> {
        let (weights, width) = (self.layers.layer(layer), self.config.ffn_width);
        let state = (state + self.class.product(&attended, &weights.output)?)?;
        let normed = self.norm(&state, &weights.ffn_norm)?;
        let gate_up = self.class.product(&normed, &weights.gate_up)?;
        let gate = silu(&gate_up.narrow(D::Minus1, 0, width)?.contiguous()?)?;
        let hidden = (gate * gate_up.narrow(D::Minus1, width, width)?)?;
        Ok((state + self.class.product(&hidden, &weights.down)?)?)
    }

    fn select(&mut self, rows: Tensor, row_numbers: &[usize]) -> Result<Tensor> {
        // A device may have no tensor without a row: one that nobody reads stands for none.
        let row_numbers = if row_numbers.is_empty() {
            &[0]
        } else {
            row_numbers
        };
        let row_numbers = numbers(row_numbers.iter().copied(), &self.device)?;
        Ok(rows.index_select(&row_numbers, 0)?)
    }

    fn logits(
        &mut self,
        states: &Tensor,
        range: Range<usize>,
        logits: &mut Vec<f32>,
    ) -> Result<()> {
        let rows = self.norm(&states.i(range)?, self.layers.final_norm())?;
        let count = self.head.dim(0)?;
        let part = |start| {
            let length = HEAD_ROWS.min(count - start);
            self.class
                .exact_product(&rows, &self.head.narrow(0, start, length)?)
        };
        let parts = (0..count).step_by(HEAD_ROWS).map(part);
        let all = Tensor::cat(&parts.collect::<Result<Vec<_>, _>>()?, 1)?;
        *logits = all.flatten_all()?.to_vec1()?;
        Ok(())
    }

    fn recycle(&mut self, _rows: Tensor) {}
}
