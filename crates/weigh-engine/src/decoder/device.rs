//! The decoder's operations in candle's tensors: the path for CUDA and Metal, and the independent
//! reference for the CPU kernels in tests.

use std::ops::Range;

use candle_core::{D, DType, Device, IndexOp as _, Result, Tensor};
use candle_nn::ops::{rms_norm, silu, softmax_last_dim};
use candle_nn::rotary_emb::{rope, rope_i};

use super::{Backend, Linear, Norm, PlaceFault, fused};
use crate::batch::{Batch, Strip};
use crate::config::{DecoderConfig, RopeStyle};
use crate::kernels::rope::RopeTable;
use crate::pages::{PAGE, PageId};
use crate::tensor_name::{LayerTensor, TensorName};
use crate::weights::Weights;

/// Weights, rotation tables and key-value memory on one device.
pub(crate) struct DeviceBackend {
    device: Device,
    config: DecoderConfig,
    embedding: Tensor,
    head: Tensor,
    final_norm: Tensor,
    layers: Vec<Layer>,
    /// Radians by which each pair of a head turns from one position to the next.
    frequencies: Vec<f64>,
}

/// One layer. Weights are `[out, in]`.
struct Layer {
    attention_norm: Tensor,
    qkv: Tensor,
    qkv_bias: Option<Tensor>,
    output: Tensor,
    ffn_norm: Tensor,
    gate_up: Tensor,
    down: Tensor,
    /// Keys and values of every page, `[pages * PAGE, kv_heads * head_dim]`; grown when needed.
    memory: Option<(Tensor, Tensor)>,
}

impl DeviceBackend {
    /// Brings the weights to `device`, for sequences of at most `positions` tokens.
    pub fn new(
        config: &DecoderConfig,
        weights: &Weights,
        device: Device,
    ) -> std::result::Result<Self, PlaceFault> {
        let matrix =
            |names: &[TensorName], width: usize| -> std::result::Result<Tensor, PlaceFault> {
                let rows = fused(weights, names)?;
                let count = rows.len() / width;
                Ok(Tensor::from_vec(rows, (count, width), &device)?)
            };
        let vector = |names: &[TensorName]| -> std::result::Result<Tensor, PlaceFault> {
            let values = fused(weights, names)?;
            let count = values.len();
            Ok(Tensor::from_vec(values, count, &device)?)
        };
        let (width, attended) = (config.width, config.heads * config.head_dim);
        let layer = |layer: usize| -> std::result::Result<Layer, PlaceFault> {
            let name = |tensor| TensorName::Layer(layer, tensor);
            let biases = [LayerTensor::QBias, LayerTensor::KBias, LayerTensor::VBias].map(name);
            Ok(Layer {
                attention_norm: vector(&[name(LayerTensor::AttnNorm)])?,
                qkv: matrix(
                    &[LayerTensor::Q, LayerTensor::K, LayerTensor::V].map(name),
                    width,
                )?,
                qkv_bias: config.qkv_bias.then(|| vector(&biases)).transpose()?,
                output: matrix(&[name(LayerTensor::O)], attended)?,
                ffn_norm: vector(&[name(LayerTensor::FfnNorm)])?,
                gate_up: matrix(&[LayerTensor::Gate, LayerTensor::Up].map(name), width)?,
                down: matrix(&[name(LayerTensor::Down)], config.ffn_width)?,
                memory: None,
            })
        };
        let layers = (0..config.layers)
            .map(layer)
            .collect::<std::result::Result<_, _>>()?;
        let embedding = matrix(&[TensorName::Embedding], width)?;
        let head = if config.tied_head {
            embedding.clone()
        } else {
            matrix(&[TensorName::Head], width)?
        };
        let final_norm = vector(&[TensorName::FinalNorm])?;
        let frequencies = RopeTable::frequencies(f64::from(config.rope_theta), config.head_dim);
        Ok(Self {
            config: config.clone(),
            device,
            embedding,
            head,
            final_norm,
            layers,
            frequencies,
        })
    }

    fn layer(&mut self, layer: usize) -> Result<&mut Layer> {
        self.layers
            .get_mut(layer)
            .ok_or_else(|| candle_core::Error::Msg(format!("no layer {layer}")))
    }

    fn numbers(&self, numbers: impl Iterator<Item = usize>) -> Result<Tensor> {
        let numbers: Vec<u32> = numbers
            .map(|n| u32::try_from(n).unwrap_or(u32::MAX))
            .collect();
        Tensor::new(numbers.as_slice(), &self.device)
    }

    fn weight(&mut self, linear: Linear) -> Result<(Tensor, Option<Tensor>)> {
        Ok(match linear {
            Linear::Qkv(layer) => {
                let layer = self.layer(layer)?;
                (layer.qkv.clone(), layer.qkv_bias.clone())
            }
            Linear::Output(layer) => (self.layer(layer)?.output.clone(), None),
            Linear::GateUp(layer) => (self.layer(layer)?.gate_up.clone(), None),
            Linear::Down(layer) => (self.layer(layer)?.down.clone(), None),
        })
    }

    /// Cosines and sines of the rows' angles, each `[rows, head_dim / 2]`.
    fn angles(&self, positions: &[usize]) -> Result<(Tensor, Tensor)> {
        let angles = || {
            positions
                .iter()
                .flat_map(|p| self.frequencies.iter().map(|f| *p as f64 * f))
        };
        let tensor = |turn: fn(f64) -> f64| {
            let values: Vec<f32> = angles().map(|angle| turn(angle) as f32).collect();
            Tensor::from_vec(
                values,
                (positions.len(), self.frequencies.len()),
                &self.device,
            )
        };
        Ok((tensor(libm::cos)?, tensor(libm::sin)?))
    }

    /// Turns `[rows, heads * head_dim]` by the rows' angles.
    fn rotate(&self, x: &Tensor, heads: usize, (cos, sin): &(Tensor, Tensor)) -> Result<Tensor> {
        let rows = x.dim(0)?;
        let x = x
            .reshape((1, rows, heads, self.config.head_dim))?
            .transpose(1, 2)?
            .contiguous()?;
        let turned = match self.config.rope_style {
            RopeStyle::Interleaved => rope_i(&x, cos, sin)?,
            RopeStyle::Halves => rope(&x, cos, sin)?,
        };
        turned
            .transpose(1, 2)?
            .reshape((rows, heads * self.config.head_dim))
    }

    /// Writes the batch's keys and values to their pages and makes its copies.
    fn store(&mut self, layer: usize, keys: &Tensor, values: &Tensor, batch: &Batch) -> Result<()> {
        let copied = batch
            .strips
            .iter()
            .filter_map(|strip| strip.branch)
            .map(|copy| copy.to);
        let pages = batch
            .pages
            .iter()
            .copied()
            .chain(copied)
            .max()
            .map_or(0, |page| page.0 as usize + 1);
        let (key_memory, value_memory) = self.grow(layer, pages)?;
        let slots = batch
            .pages
            .iter()
            .zip(&batch.positions)
            .map(|(page, position)| slot(*page, *position));
        let slots = self.numbers(slots)?;
        scatter(&key_memory, &slots, keys)?;
        scatter(&value_memory, &slots, values)?;
        for copy in batch.strips.iter().filter_map(|strip| strip.branch) {
            let from = self.numbers((0..copy.positions).map(|p| slot(copy.from, p)))?;
            let to = self.numbers((0..copy.positions).map(|p| slot(copy.to, p)))?;
            scatter(&key_memory, &to, &key_memory.index_select(&from, 0)?)?;
            scatter(&value_memory, &to, &value_memory.index_select(&from, 0)?)?;
        }
        Ok(())
    }

    /// The layer's memory, with room for at least `pages` pages.
    fn grow(&mut self, layer: usize, pages: usize) -> Result<(Tensor, Tensor)> {
        let width = self.config.kv_heads * self.config.head_dim;
        let device = self.device.clone();
        let memory = &mut self.layer(layer)?.memory;
        let held = memory.as_ref().map_or(Ok(0), |(keys, _)| keys.dim(0))?;
        if held < pages * PAGE {
            let room = Tensor::zeros(
                ((pages * PAGE).max(2 * held) - held, width),
                DType::F32,
                &device,
            )?;
            let (keys, values) = match memory.take() {
                Some((keys, values)) => (
                    Tensor::cat(&[&keys, &room], 0)?,
                    Tensor::cat(&[&values, &room], 0)?,
                ),
                None => (room.copy()?, room),
            };
            *memory = Some((keys, values));
        }
        memory
            .clone()
            .ok_or_else(|| candle_core::Error::Msg("no memory".to_owned()))
    }

    /// What the queries of one strip attend to: `[rows, heads * head_dim]`.
    fn attend_strip(
        &self,
        queries: &Tensor,
        memory: &(Tensor, Tensor),
        strip: &Strip,
    ) -> Result<Tensor> {
        let DecoderConfig {
            heads,
            kv_heads,
            head_dim,
            ..
        } = self.config;
        let (rows, group) = (strip.rows.len(), heads / kv_heads);
        let length = strip.first_position + rows;
        let path = strip
            .pages
            .iter()
            .flat_map(|page| (0..PAGE).map(|p| slot(*page, p)));
        let slots = self.numbers(path.take(length))?;
        let per_head = |memory: &Tensor| {
            memory
                .index_select(&slots, 0)?
                .reshape((length, kv_heads, head_dim))?
                .transpose(0, 1)?
                .contiguous()
        };
        let (keys, values) = (per_head(&memory.0)?, per_head(&memory.1)?);
        let queries = queries
            .i(strip.rows.clone())?
            .reshape((rows, kv_heads, group, head_dim))?;
        let queries = queries.permute((1, 2, 0, 3))?.contiguous()?.reshape((
            kv_heads,
            group * rows,
            head_dim,
        ))?;
        let scale = 1.0 / (head_dim as f64).sqrt();
        let scores =
            (queries.matmul(&keys.t()?)? * scale)?.reshape((kv_heads, group, rows, length))?;
        let weights =
            softmax_last_dim(&scores.broadcast_add(&self.mask(strip.first_position, rows)?)?)?;
        let attended = weights
            .reshape((kv_heads, group * rows, length))?
            .matmul(&values)?;
        attended
            .reshape((kv_heads, group, rows, head_dim))?
            .permute((2, 0, 1, 3))?
            .contiguous()?
            .reshape((rows, heads * head_dim))
    }

    /// Minus infinity where a row must not look: `[rows, first + rows]`.
    fn mask(&self, first: usize, rows: usize) -> Result<Tensor> {
        let length = first + rows;
        let row = |row: usize| {
            (0..length).map(move |p| {
                if p <= first + row {
                    0.0
                } else {
                    f32::NEG_INFINITY
                }
            })
        };
        Tensor::from_vec(
            (0..rows).flat_map(row).collect::<Vec<f32>>(),
            (rows, length),
            &self.device,
        )
    }
}

/// Row of the memory that holds a position of a page.
fn slot(page: PageId, position: usize) -> usize {
    page.0 as usize * PAGE + position % PAGE
}

/// `memory[slots[i]] = rows[i]`, in place.
fn scatter(memory: &Tensor, slots: &Tensor, rows: &Tensor) -> Result<()> {
    let rows = rows.contiguous()?;
    let index = slots
        .unsqueeze(1)?
        .broadcast_as(rows.shape())?
        .contiguous()?;
    memory.scatter_set(&index, &rows, 0)
}

impl Backend for DeviceBackend {
    type Rows = Tensor;
    type Fault = candle_core::Error;

    fn embed(&mut self, tokens: &[u32]) -> Result<Tensor> {
        self.embedding
            .index_select(&Tensor::new(tokens, &self.device)?, 0)
    }

    fn norm(&mut self, rows: &Tensor, norm: Norm) -> Result<Tensor> {
        let weight = match norm {
            Norm::Attention(layer) => self.layer(layer)?.attention_norm.clone(),
            Norm::FeedForward(layer) => self.layer(layer)?.ffn_norm.clone(),
            Norm::Final => self.final_norm.clone(),
        };
        rms_norm(rows, &weight, self.config.norm_eps)
    }

    fn linear(&mut self, rows: Tensor, linear: Linear) -> Result<Tensor> {
        let (weight, bias) = self.weight(linear)?;
        let product = rows.matmul(&weight.t()?)?;
        bias.map_or(Ok(product.clone()), |bias| product.broadcast_add(&bias))
    }

    fn add_linear(&mut self, sum: Tensor, rows: Tensor, linear: Linear) -> Result<Tensor> {
        sum + self.linear(rows, linear)?
    }

    fn attend(&mut self, layer: usize, qkv: Tensor, batch: &Batch) -> Result<Tensor> {
        let DecoderConfig {
            heads,
            kv_heads,
            head_dim,
            ..
        } = self.config;
        let (queries, keys) = (heads * head_dim, kv_heads * head_dim);
        let angles = self.angles(&batch.positions)?;
        let turned = self.rotate(&qkv.narrow(D::Minus1, 0, queries)?, heads, &angles)?;
        let new_keys = self.rotate(&qkv.narrow(D::Minus1, queries, keys)?, kv_heads, &angles)?;
        self.store(
            layer,
            &new_keys,
            &qkv.narrow(D::Minus1, queries + keys, keys)?,
            batch,
        )?;
        let memory = self.grow(layer, 0)?;
        let strips = batch
            .strips
            .iter()
            .map(|strip| self.attend_strip(&turned, &memory, strip));
        Tensor::cat(&strips.collect::<Result<Vec<_>>>()?, 0)
    }

    fn gate(&mut self, rows: Tensor) -> Result<Tensor> {
        let width = self.config.ffn_width;
        let gate = rows.narrow(D::Minus1, 0, width)?.contiguous()?;
        silu(&gate)? * rows.narrow(D::Minus1, width, width)?
    }

    fn select(&mut self, rows: Tensor, numbers: &[usize]) -> Result<Tensor> {
        rows.index_select(&self.numbers(numbers.iter().copied())?, 0)
    }

    fn logits(&mut self, rows: &Tensor, range: Range<usize>, logits: &mut Vec<f32>) -> Result<()> {
        *logits = rows
            .i(range)?
            .matmul(&self.head.t()?)?
            .flatten_all()?
            .to_vec1()?;
        Ok(())
    }

    fn recycle(&mut self, _rows: Tensor) {}
}
