//! The decoder's operations by the CPU kernels: packed weights, paged keys and values, and one
//! fixed order of every sum.

#![allow(
    clippy::indexing_slicing,
    reason = "layers, rows and tokens are checked where a batch is made"
)]

use std::ops::Range;

use rayon::prelude::*;

use super::crew::Crew;
use super::layers::Layers;
use super::{Backend, PlaceFault, fused};
use crate::batch::{Batch, Strip};
use crate::config::DecoderConfig;
use crate::kernels::attention::{self, Queries, attend};
use crate::kernels::elementwise::{add_bias, rms_norm, silu_mul};
use crate::kernels::kv_pages::{KvPages, Precision};
use crate::kernels::rope::{self, RopeTable};
use crate::kernels::{Class, Isa, Packed, Rows as WeightRows};
use crate::options::Compute;
use crate::pages::PAGE;
use crate::tensor_name::TensorName;
use crate::weights::{FileRows, Stored, Weights, WeightsFault};

/// Weights, rotation table and key-value memory.
pub(crate) struct CpuBackend {
    config: DecoderConfig,
    embedding: FileRows,
    head: Packed,
    layers: Layers<Packed, Vec<f32>>,
    rotation: RopeTable,
    memory: KvPages,
    crew: Crew,
    /// Buffers of earlier operations, to be used again: fresh ones cost page faults.
    spare: Vec<Vec<f32>>,
}

/// Activations, row after row.
pub(crate) struct Matrix {
    values: Vec<f32>,
    width: usize,
}

impl Matrix {
    fn count(&self) -> usize {
        self.values.len() / self.width
    }
}

impl CpuBackend {
    /// Packs the weights.
    pub fn new(
        config: &DecoderConfig,
        weights: &Weights,
        compute: Compute,
        isa: Isa,
        threads: usize,
    ) -> Result<Self, PlaceFault> {
        let pack = |names: &[TensorName], width: usize| pack(weights, compute, names, width);
        let vector = |names: &[TensorName]| Ok(fused(weights, names)?);
        let frequencies = RopeTable::frequencies(f64::from(config.rope_theta), config.head_dim);
        Ok(Self {
            embedding: weights.rows(TensorName::Embedding)?,
            head: head(config, weights, compute)?,
            layers: Layers::new(config, pack, vector)?,
            rotation: RopeTable::new(config.rope_style, frequencies, 1.0),
            memory: empty_memory(config, compute),
            crew: Crew::new(isa, threads),
            spare: Vec::new(),
            config: config.clone(),
        })
    }

    /// The most that the operations on `rows` rows take: the state, its successor, queries with keys
    /// and values, what they attend to, and between the operations of a block a product's input, the
    /// same as it is prepared, and the widest output.
    pub fn scratch_bytes(config: &DecoderConfig, rows: usize) -> usize {
        let heads = 2 * config.heads + 2 * config.kv_heads;
        let whole = 2 * config.width + heads * config.head_dim;
        let block = 2 * config.width.max(config.ffn_width) + 2 * config.ffn_width;
        rows * (whole + block) * size_of::<f32>()
    }

    /// Bytes that the weights take.
    #[cfg(test)]
    pub fn weight_bytes(&self) -> usize {
        let matrices = self.layers.matrices().chain([&self.head]);
        let values: usize = self.layers.vectors().map(Vec::len).sum();
        matrices.map(Packed::size).sum::<usize>() + size_of::<f32>() * values
    }

    /// Queries, keys and values of every row, beside each other, turned by the rows' positions.
    fn project(&mut self, layer: usize, state: &Matrix, positions: &[usize]) -> Matrix {
        let config = &self.config;
        let width = (config.heads + 2 * config.kv_heads) * config.head_dim;
        let (turned, eps) = (config.heads + config.kv_heads, config.norm_eps);
        let mut out = self.buffer(state.count(), width);
        let (layer, table) = (self.layers.layer(layer), &self.rotation);
        let (rows, hand) = self.crew.share(state.count());
        let blocks = state.values.par_chunks(rows * state.width);
        let blocks = blocks.zip(positions.par_chunks(rows));
        let blocks = blocks.zip(out.values.par_chunks_mut(rows * width));
        blocks.for_each(|((state, positions), out)| {
            self.crew.within(|space| {
                let normed = space.first.of(state.len());
                rms_norm(hand.isa, state, &layer.attention_norm, eps, normed);
                hand.multiply(&mut space.products, normed, &layer.qkv, out, false);
                if let Some(bias) = &layer.qkv_bias {
                    add_bias(out, bias);
                }
                rope::rope(hand.isa, out, width, turned, positions, table);
            });
        });
        out
    }

    /// Writes the batch's keys and values to their pages, strip by strip, each after its copy.
    fn store(&mut self, layer: usize, qkv: &Matrix, batch: &Batch) {
        let DecoderConfig {
            heads,
            kv_heads,
            head_dim,
            ..
        } = self.config;
        let (queries, keys) = (heads * head_dim, kv_heads * head_dim);
        let slots = batch.pages.iter().zip(&batch.positions);
        let mut rows = qkv.values.chunks_exact(qkv.width).zip(slots);
        for strip in &batch.strips {
            if let Some(copy) = strip.branch {
                self.memory.copy(layer, copy.from, copy.to, copy.positions);
            }
            for (row, (page, position)) in rows.by_ref().take(strip.rows.len()) {
                let (key, value) = row[queries..].split_at(keys);
                self.memory.write(layer, *page, position % PAGE, key, value);
            }
        }
    }

    /// What the queries of every row attend to.
    fn attended(&mut self, layer: usize, qkv: &Matrix, batch: &Batch) -> Matrix {
        let heads = self.config.heads;
        let mut out = self.buffer(batch.rows(), heads * self.config.head_dim);
        let strips: Vec<_> = batch.strips.iter().map(view).collect();
        let queries = Queries {
            data: &qkv.values,
            stride: qkv.width,
            heads,
        };
        let isa = self.crew.isa;
        attend(isa, &self.memory, layer, &strips, queries, &mut out.values);
        out
    }

    /// A buffer of `rows * width` values of no meaning.
    fn buffer(&mut self, rows: usize, width: usize) -> Matrix {
        let mut values = self.spare.pop().unwrap_or_default();
        values.resize(rows * width, 0.0);
        Matrix { values, width }
    }
}

fn view(strip: &Strip) -> attention::Strip<'_> {
    attention::Strip {
        rows: strip.rows.clone(),
        first_position: strip.first_position,
        pages: &strip.pages,
    }
}

impl Compute {
    fn class(self) -> Class {
        match self {
            Self::F32 => Class::F32,
            Self::Bf16 => Class::Bf16,
            Self::Stored => Class::Int8,
        }
    }

    /// How keys and values are kept.
    fn precision(self) -> Precision {
        match self {
            Self::F32 | Self::Stored => Precision::F32,
            Self::Bf16 => Precision::Bf16,
        }
    }
}

/// The memory of keys and values of a model in a class, without a page.
pub(crate) fn empty_memory(config: &DecoderConfig, compute: Compute) -> KvPages {
    let (precision, heads) = (compute.precision(), config.kv_heads);
    KvPages::new(precision, config.layers, heads, config.head_dim)
}

/// The rows of `names`, as they are stored.
fn stored<'w>(
    weights: &'w Weights,
    names: &[TensorName],
) -> Result<Vec<WeightRows<'w>>, WeightsFault> {
    let rows = |name: &TensorName| {
        let stored = weights.stored(*name)?;
        Ok(WeightRows::Stored(stored.dtype, stored.bytes))
    };
    names.iter().map(rows).collect()
}

/// The head of a configuration: of the rows in the file, as many as its vocabulary has. A probe
/// packs fewer than there are.
fn head(config: &DecoderConfig, weights: &Weights, compute: Compute) -> Result<Packed, PlaceFault> {
    let Stored { dtype, bytes } = weights.stored(TensorName::Head)?;
    let len = dtype.bytes_for(config.width).unwrap_or(0) * config.vocab;
    let rows = WeightRows::Stored(dtype, bytes.get(..len).unwrap_or(bytes));
    let packed = Packed::new(compute.class(), &[rows], config.width)?;
    weights.release(TensorName::Head);
    Ok(packed)
}

/// Bytes that [`pack`] would take. Nothing is read.
///
/// # Errors
/// Weights that cannot be packed in this class.
pub(crate) fn packed_bytes(
    weights: &Weights,
    compute: Compute,
    names: &[TensorName],
    width: usize,
) -> Result<usize, PlaceFault> {
    let rows = stored(weights, names)?;
    Ok(Packed::bytes(compute.class(), &rows, width)?)
}

/// Packs the rows of `names`, one below the other, for products in the class `compute`.
fn pack(
    weights: &Weights,
    compute: Compute,
    names: &[TensorName],
    width: usize,
) -> Result<Packed, PlaceFault> {
    let packed = Packed::new(compute.class(), &stored(weights, names)?, width)?;
    names.iter().for_each(|name| weights.release(*name));
    Ok(packed)
}

impl Backend for CpuBackend {
    type Rows = Matrix;
    type Fault = WeightsFault;

    fn begin(&mut self, batch: &Batch) -> Result<(), WeightsFault> {
        let last = batch.positions.iter().max();
        self.rotation
            .extend(last.map_or(0, |position| position + 1));
        while self.memory.pages() < batch.pages_needed() {
            self.memory.grow();
        }
        Ok(())
    }

    fn embed(&mut self, tokens: &[u32]) -> Result<Matrix, WeightsFault> {
        let width = self.config.width;
        let mut out = self.buffer(tokens.len(), width);
        self.embedding.read(tokens, &mut out.values)?;
        Ok(out)
    }

    fn attend(
        &mut self,
        layer: usize,
        state: &Matrix,
        batch: &Batch,
    ) -> Result<Matrix, WeightsFault> {
        let furthest = batch.positions.iter().max();
        self.rotation.extend(furthest.map_or(0, |last| last + 1));
        let qkv = self.project(layer, state, &batch.positions);
        self.store(layer, &qkv, batch);
        let out = self.attended(layer, &qkv, batch);
        self.spare.push(qkv.values);
        Ok(out)
    }

    fn feed_forward(
        &mut self,
        layer: usize,
        mut state: Matrix,
        attended: Matrix,
    ) -> Result<Matrix, WeightsFault> {
        let (eps, inner) = (self.config.norm_eps, self.config.ffn_width);
        let layer = self.layers.layer(layer);
        let (rows, hand) = self.crew.share(state.count());
        let blocks = state.values.par_chunks_mut(rows * state.width);
        let blocks = blocks.zip(attended.values.par_chunks(rows * attended.width));
        blocks.for_each(|(state, attended)| {
            let rows = state.len() / layer.ffn_norm.len();
            self.crew.within(|space| {
                hand.multiply(&mut space.products, attended, &layer.output, state, true);
                let normed = space.first.of(state.len());
                rms_norm(hand.isa, state, &layer.ffn_norm, eps, normed);
                let gate_up = space.second.of(rows * 2 * inner);
                hand.multiply(&mut space.products, normed, &layer.gate_up, gate_up, false);
                let hidden = space.first.of(rows * inner);
                silu_mul(hand.isa, gate_up, inner, hidden);
                hand.multiply(&mut space.products, hidden, &layer.down, state, true);
            });
        });
        self.spare.push(attended.values);
        Ok(state)
    }

    fn select(&mut self, rows: Matrix, numbers: &[usize]) -> Result<Matrix, WeightsFault> {
        let mut out = self.buffer(numbers.len(), rows.width);
        for (row, number) in out.values.chunks_exact_mut(rows.width).zip(numbers) {
            row.copy_from_slice(&rows.values[number * rows.width..(number + 1) * rows.width]);
        }
        self.spare.push(rows.values);
        Ok(out)
    }

    fn logits(
        &mut self,
        states: &Matrix,
        range: Range<usize>,
        logits: &mut Vec<f32>,
    ) -> Result<(), WeightsFault> {
        let (width, rows) = (states.width, range.len());
        let states = &states.values[range.start * width..range.end * width];
        logits.resize(rows * self.head.n(), 0.0);
        // The head is wide: threads share its columns, however many rows there are.
        let hand = self.crew.together();
        self.crew.within(|space| {
            let normed = space.first.of(states.len());
            rms_norm(
                hand.isa,
                states,
                self.layers.final_norm(),
                self.config.norm_eps,
                normed,
            );
            hand.multiply(&mut space.products, normed, &self.head, logits, false);
        });
        Ok(())
    }

    fn recycle(&mut self, rows: Matrix) {
        self.spare.push(rows.values);
    }
}
