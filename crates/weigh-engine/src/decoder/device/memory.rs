//! Keys and values of all layers on a device, in pages.

#![allow(
    clippy::indexing_slicing,
    reason = "a decoder counts its layers from 0 up to those that there are"
)]

use std::collections::BTreeMap;

use candle_core::{DType, Device, Result, Tensor};

use super::numbers;
use crate::batch::Batch;
use crate::pages::{PAGE, PageId};

/// Keys and values of every layer. Page p and head h are row `p * heads + h` of a layer's two
/// tensors `[pages * heads, PAGE * head_dim]`, so that a page's head is read in one piece.
pub(crate) struct Memory {
    device: Device,
    heads: usize,
    head_dim: usize,
    pages: usize,
    layers: Vec<(Tensor, Tensor)>,
}

/// Where a batch's keys and values go: what is the same in every layer.
pub(crate) struct Slots {
    /// For each row and head, its place among all positions of all pages.
    rows: Tensor,
    /// What branches take over from their parents: from where and to where.
    copies: Option<(Tensor, Tensor)>,
}

impl Memory {
    /// Memory of one page: a device may have no tensor without a value.
    pub fn new(layers: usize, heads: usize, head_dim: usize, device: &Device) -> Result<Self> {
        let page = || Tensor::zeros((heads, PAGE * head_dim), DType::F32, device);
        let layer = |_| Ok((page()?, page()?));
        Ok(Self {
            device: device.clone(),
            heads,
            head_dim,
            pages: 1,
            layers: (0..layers).map(layer).collect::<Result<_>>()?,
        })
    }

    /// Makes room for the pages of `batch`, and says where its keys and values go.
    pub fn place(&mut self, batch: &Batch) -> Result<Slots> {
        self.grow(batch.pages_needed())?;
        let rows = batch.pages.iter().zip(&batch.positions);
        let rows = rows.map(|(page, position)| (*page, position % PAGE));
        let (to, from): (Vec<_>, Vec<_>) = copies(batch).into_iter().unzip();
        let copies = (!to.is_empty())
            .then(|| Ok::<_, candle_core::Error>((self.slots(from)?, self.slots(to)?)))
            .transpose()?;
        Ok(Slots {
            rows: self.slots(rows)?,
            copies,
        })
    }

    /// Writes a batch's keys and values, `[rows, heads * head_dim]` each, and makes its copies.
    pub fn write(&self, layer: usize, slots: &Slots, keys: &Tensor, values: &Tensor) -> Result<()> {
        for (memory, new) in [(self.keys(layer), keys), (self.values(layer), values)] {
            let memory = memory.reshape(((), self.head_dim))?;
            let new = new.contiguous()?.reshape(((), self.head_dim))?;
            scatter(&memory, &slots.rows, &new)?;
            if let Some((from, to)) = &slots.copies {
                scatter(&memory, to, &memory.index_select(from, 0)?)?;
            }
        }
        Ok(())
    }

    /// A layer's keys.
    pub fn keys(&self, layer: usize) -> &Tensor {
        &self.layers[layer].0
    }

    /// A layer's values.
    pub fn values(&self, layer: usize) -> &Tensor {
        &self.layers[layer].1
    }

    /// Adds pages until there are at least `pages`, half as many again at a time: growing copies.
    fn grow(&mut self, pages: usize) -> Result<()> {
        if pages <= self.pages {
            return Ok(());
        }
        let pages = pages.max(self.pages + self.pages / 2);
        let shape = ((pages - self.pages) * self.heads, PAGE * self.head_dim);
        for (keys, values) in &mut self.layers {
            for memory in [keys, values] {
                let room = Tensor::zeros(shape, DType::F32, &self.device)?;
                *memory = Tensor::cat(&[&*memory, &room], 0)?;
            }
        }
        self.pages = pages;
        Ok(())
    }

    /// Numbers of positions of pages, for each head.
    fn slots(&self, positions: impl IntoIterator<Item = (PageId, usize)>) -> Result<Tensor> {
        let heads = self.heads;
        let slots = positions.into_iter().flat_map(|(page, position)| {
            (0..heads).map(move |head| (page.0 as usize * heads + head) * PAGE + position)
        });
        numbers(slots, &self.device)
    }
}

/// `memory[slots[i]] = rows[i]`, in place.
fn scatter(memory: &Tensor, slots: &Tensor, rows: &Tensor) -> Result<()> {
    let index = slots.unsqueeze(1)?.broadcast_as(rows.shape())?;
    memory.scatter_set(&index.contiguous()?, rows, 0)
}

/// What the branches of a batch take over: for each position that is copied to, the position that
/// was written, which may lie behind several copies. All copies can then be made at once, after
/// the rows are written: a branch never takes a position that is written after it.
fn copies(batch: &Batch) -> BTreeMap<(PageId, usize), (PageId, usize)> {
    let mut origins = BTreeMap::new();
    for copy in batch.strips.iter().filter_map(|strip| strip.branch) {
        for position in 0..copy.positions {
            let from = (copy.from, position);
            let origin = origins.get(&from).copied().unwrap_or(from);
            origins.insert((copy.to, position), origin);
        }
    }
    origins
}
