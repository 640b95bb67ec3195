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

/// Keys and values of every layer, `[heads, pages, PAGE * head_dim]` each, so that a head of a page
/// is read in one piece.
pub(crate) struct Memory {
    device: Device,
    heads: usize,
    head_dim: usize,
    pages: usize,
    layers: Vec<(Tensor, Tensor)>,
}

/// Where a batch's keys and values go: what is the same in every layer.
pub(crate) struct Slots {
    /// For each number of a key, its position among those of all pages: `[heads, rows, head_dim]`.
    rows: Tensor,
    /// What branches take over from their parents: from which positions, `[positions]`, and to
    /// which, like `rows`.
    copies: Option<(Tensor, Tensor)>,
}

impl Memory {
    /// Memory of one page: a device may have no tensor without a value.
    pub fn new(layers: usize, heads: usize, head_dim: usize, device: &Device) -> Result<Self> {
        let page = || Tensor::zeros((heads, 1, PAGE * head_dim), DType::F32, device);
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
            .then(|| Ok::<_, candle_core::Error>((self.slots(from)?, self.spread(to)?)))
            .transpose()?;
        Ok(Slots {
            rows: self.spread(rows)?,
            copies,
        })
    }

    /// Writes a batch's keys and values, `[heads, rows, head_dim]` each, and makes its copies.
    pub fn write(&self, layer: usize, slots: &Slots, keys: &Tensor, values: &Tensor) -> Result<()> {
        let shape = (self.heads, self.pages * PAGE, self.head_dim);
        let (key_memory, value_memory) = &self.layers[layer];
        let (keys, values) = marked(keys, values)?;
        for (memory, new) in [(key_memory, keys), (value_memory, values)] {
            let memory = memory.reshape(shape)?;
            memory.scatter_set(&slots.rows, &new, 1)?;
            if let Some((from, to)) = &slots.copies {
                memory.scatter_set(to, &memory.index_select(from, 1)?, 1)?;
            }
        }
        Ok(())
    }

    /// A layer's keys at some [numbers](Self::number), `[numbers, PAGE * head_dim]`.
    pub fn keys(&self, layer: usize, numbers: &Tensor) -> Result<Tensor> {
        self.gather(&self.layers[layer].0, numbers)
    }

    /// A layer's values, likewise.
    pub fn values(&self, layer: usize, numbers: &Tensor) -> Result<Tensor> {
        self.gather(&self.layers[layer].1, numbers)
    }

    fn gather(&self, memory: &Tensor, numbers: &Tensor) -> Result<Tensor> {
        let rows = memory.reshape((self.heads * self.pages, PAGE * self.head_dim))?;
        rows.index_select(numbers, 0)
    }

    /// The number of a head of a page among all of them.
    pub fn number(&self, head: usize, page: PageId) -> usize {
        head * self.pages + page.0 as usize
    }

    /// Where it is.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Adds pages until there are at least `pages`, half as many again at a time: growing copies.
    fn grow(&mut self, pages: usize) -> Result<()> {
        if pages <= self.pages {
            return Ok(());
        }
        let pages = pages.max(self.pages + self.pages / 2);
        let shape = (self.heads, pages - self.pages, PAGE * self.head_dim);
        for (keys, values) in &mut self.layers {
            for memory in [keys, values] {
                let room = Tensor::zeros(shape, DType::F32, &self.device)?;
                *memory = Tensor::cat(&[&*memory, &room], 1)?;
            }
        }
        self.pages = pages;
        Ok(())
    }

    /// Positions among those of all pages.
    fn slots(&self, positions: impl IntoIterator<Item = (PageId, usize)>) -> Result<Tensor> {
        let slot = |(page, position): (PageId, usize)| page.0 as usize * PAGE + position;
        numbers(positions.into_iter().map(slot), &self.device)
    }

    /// The same for every number of every head.
    fn spread(&self, positions: impl IntoIterator<Item = (PageId, usize)>) -> Result<Tensor> {
        let slots = self.slots(positions)?;
        let count = slots.dim(0)?;
        let slots = slots.reshape((1, count, 1))?;
        slots
            .broadcast_as((self.heads, count, self.head_dim))?
            .contiguous()
    }
}

/// Keys and values as they are, but for a position with a number that is not finite: its key is NaN
/// and its value finite. So a row that looks there gets NaN, and a row that must not look there gives
/// it a weight of zero, which would be NaN times a value that is not finite.
fn marked(keys: &Tensor, values: &Tensor) -> Result<(Tensor, Tensor)> {
    let zero_or_nan = ((keys * 0.0)? + (values * 0.0)?)?.sum_keepdim(2)?;
    let finite = values.abs()?.le(f32::MAX)?;
    let values = finite.where_cond(values, &values.zeros_like()?)?;
    Ok((keys.broadcast_add(&zero_or_nan)?, values))
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
