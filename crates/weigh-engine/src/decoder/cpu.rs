//! The decoder's operations by the CPU kernels: packed weights, paged keys and values, and one
//! fixed order of every sum.

#![allow(
    clippy::indexing_slicing,
    reason = "layers, rows and tokens are checked where a batch is made"
)]

use std::ops::Range;

use super::layers::Layers;
use super::{Backend, Linear, Norm, PlaceFault, fused};
use crate::batch::Batch;
use crate::config::{DecoderConfig, RopeStyle};
use crate::kernels::attention::{self, Queries, attend};
use crate::kernels::elementwise::{add_bias, rms_norm, silu_mul};
use crate::kernels::kv_pages::KvPages;
use crate::kernels::rope::{self, RopeTable};
use crate::kernels::{Class, Isa, Output, Packed, Rows as WeightRows, Workspace, matmul};
use crate::options::Compute;
use crate::pages::PAGE;
use crate::tensor_name::TensorName;
use crate::weights::{FileRows, Weights, WeightsFault};

/// Weights, rotation table and key-value memory.
pub(crate) struct CpuBackend {
    isa: Isa,
    threads: usize,
    config: DecoderConfig,
    embedding: FileRows,
    head: Packed,
    layers: Layers<Packed, Vec<f32>>,
    rotation: RopeTable,
    memory: KvPages,
    space: Workspace,
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
        let style = match config.rope_style {
            RopeStyle::Interleaved => rope::RopeStyle::Interleaved,
            RopeStyle::Halves => rope::RopeStyle::Halves,
        };
        let frequencies = RopeTable::frequencies(f64::from(config.rope_theta), config.head_dim);
        Ok(Self {
            isa,
            threads,
            embedding: weights.rows(TensorName::Embedding)?,
            head: pack(&[TensorName::Head], config.width)?,
            layers: Layers::new(config, pack, vector)?,
            rotation: RopeTable::new(style, frequencies, 1.0),
            memory: KvPages::new(config.layers, config.kv_heads, config.head_dim),
            space: Workspace::default(),
            spare: Vec::new(),
            config: config.clone(),
        })
    }

    /// The most that the operations on `rows` rows take beside their operands: the state and the
    /// input and output of an operation, each in a buffer that may once have held the widest rows,
    /// and the input again as it is prepared for a product.
    pub fn scratch_bytes(config: &DecoderConfig, rows: usize) -> usize {
        let qkv = (config.heads + 2 * config.kv_heads) * config.head_dim;
        let widest = qkv.max(2 * config.ffn_width).max(config.width);
        4 * rows * widest * size_of::<f32>()
    }

    /// Bytes that the weights take.
    #[cfg(test)]
    pub fn weight_bytes(&self) -> usize {
        let matrices = self.layers.matrices().chain([&self.head]);
        let values: usize = self.layers.vectors().map(Vec::len).sum();
        matrices.map(Packed::size).sum::<usize>() + size_of::<f32>() * values
    }

    fn multiply(&mut self, x: &Matrix, linear: Linear, y: &mut Matrix, accumulate: bool) {
        let weight = self.layers.matrix(linear);
        let mut x = self.space.activations(&x.values, x.width);
        let stride = y.width;
        let y = Output {
            y: &mut y.values,
            stride,
            accumulate,
        };
        matmul(self.isa, self.threads, &mut x, weight, y);
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

    /// A buffer of `rows * width` values of no meaning.
    fn buffer(&mut self, rows: usize, width: usize) -> Matrix {
        let mut values = self.spare.pop().unwrap_or_default();
        values.resize(rows * width, 0.0);
        Matrix { values, width }
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

    fn norm(&mut self, rows: &Matrix, norm: Norm) -> Result<Matrix, WeightsFault> {
        let mut out = self.buffer(rows.count(), rows.width);
        let weight = self.layers.norm(norm);
        rms_norm(
            self.isa,
            &rows.values,
            weight,
            self.config.norm_eps,
            &mut out.values,
        );
        Ok(out)
    }

    fn linear(&mut self, rows: Matrix, linear: Linear) -> Result<Matrix, WeightsFault> {
        let DecoderConfig {
            heads,
            kv_heads,
            head_dim,
            ffn_width,
            width,
            ..
        } = self.config;
        let columns = match linear {
            Linear::Qkv(_) => (heads + 2 * kv_heads) * head_dim,
            Linear::GateUp(_) => 2 * ffn_width,
            Linear::Output(_) | Linear::Down(_) => width,
        };
        let mut out = self.buffer(rows.count(), columns);
        self.multiply(&rows, linear, &mut out, false);
        if let Some(bias) = self.layers.bias(linear) {
            add_bias(&mut out.values, bias);
        }
        self.spare.push(rows.values);
        Ok(out)
    }

    fn add_linear(
        &mut self,
        mut sum: Matrix,
        rows: Matrix,
        linear: Linear,
    ) -> Result<Matrix, WeightsFault> {
        self.multiply(&rows, linear, &mut sum, true);
        self.spare.push(rows.values);
        Ok(sum)
    }

    fn attend(
        &mut self,
        layer: usize,
        mut qkv: Matrix,
        batch: &Batch,
    ) -> Result<Matrix, WeightsFault> {
        let DecoderConfig {
            heads,
            kv_heads,
            head_dim,
            ..
        } = self.config;
        rope::rope(
            self.isa,
            &mut qkv.values,
            qkv.width,
            heads + kv_heads,
            &batch.positions,
            &self.rotation,
        );
        self.store(layer, &qkv, batch);
        let mut out = self.buffer(batch.rows(), heads * head_dim);
        let strips: Vec<_> = batch
            .strips
            .iter()
            .map(|strip| attention::Strip {
                rows: strip.rows.clone(),
                first_position: strip.first_position,
                pages: &strip.pages,
            })
            .collect();
        let queries = Queries {
            data: &qkv.values,
            stride: qkv.width,
            heads,
        };
        attend(
            self.isa,
            &self.memory,
            layer,
            &strips,
            queries,
            &mut out.values,
        );
        self.spare.push(qkv.values);
        Ok(out)
    }

    fn gate(&mut self, rows: Matrix) -> Result<Matrix, WeightsFault> {
        let width = self.config.ffn_width;
        let mut out = self.buffer(rows.count(), width);
        silu_mul(self.isa, &rows.values, width, &mut out.values);
        self.spare.push(rows.values);
        Ok(out)
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
        rows: &Matrix,
        range: Range<usize>,
        logits: &mut Vec<f32>,
    ) -> Result<(), WeightsFault> {
        let width = rows.width;
        logits.resize(range.len() * self.head.n(), 0.0);
        let mut x = self
            .space
            .activations(&rows.values[range.start * width..range.end * width], width);
        let stride = self.head.n();
        matmul(
            self.isa,
            self.threads,
            &mut x,
            &self.head,
            Output {
                y: logits,
                stride,
                accumulate: false,
            },
        );
        Ok(())
    }

    fn recycle(&mut self, rows: Matrix) {
        self.spare.push(rows.values);
    }
}
