//! Causal attention over paged keys and values in a device's own operations: an online softmax over
//! blocks of pages, for many paths at once.
//!
//! Rows of one path form tiles, and tiles of one height are computed together: all texts under way
//! are one batched product, however many they are. In each block of pages the keys and values that
//! the tiles look at are gathered, and the running maximum, sum and output of every row are carried
//! on (Milakov and Gimelshein 2018). So neither the scores of a whole context nor a copy of the
//! whole memory exists at any time. Tiles stand in the order of their length, the longest first,
//! and leave when their path ends.

use std::collections::BTreeMap;
use std::ops::Range;

use candle_core::{Device, Result, Tensor};

use super::memory::Memory;
use super::numbers;
use crate::batch::{Batch, Strip};
use crate::pages::{PAGE, PageId, pages_for};

/// Rows of a tile. A strip's last rows are in a tile of the least height that holds them.
const HEIGHTS: [usize; 3] = [1, 8, 64];

/// Pages that are gathered at a time: with 128 KiB of keys a page, 128 MiB.
pub(super) const GATHERED: usize = 1024;

/// Sizes of the heads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heads {
    /// Query heads.
    pub queries: usize,
    /// Key and value heads; divides `queries`.
    pub keys: usize,
    /// Numbers in a head.
    pub dim: usize,
}

/// Which rows look at which pages: what is the same in every layer of a batch.
pub(super) struct Plan {
    groups: Vec<Group>,
    /// For each row of the batch, its place among the rows of all groups.
    order: Tensor,
}

/// Tiles of one height.
struct Group {
    tiles: usize,
    height: usize,
    /// The batch's rows; a tile that is not full has its last row again.
    rows: Tensor,
    blocks: Vec<Block>,
}

/// Consecutive positions of the paths of a group's first tiles.
struct Block {
    tiles: usize,
    positions: usize,
    /// Numbers of the memory, for each tile, head and page.
    pages: Tensor,
    /// Whether a row may look at a position, `[tiles, 1, height, positions]`. `None` where every
    /// row may look everywhere.
    mask: Option<Tensor>,
}

/// Neighbouring rows of one strip.
struct Tile<'a> {
    first_row: usize,
    rows: usize,
    first_position: usize,
    pages: &'a [PageId],
}

impl Tile<'_> {
    /// Positions that its last row sees.
    fn length(&self) -> usize {
        self.first_position + self.rows
    }

    /// The last position that a row of the tile, or the copy of its last row, sees.
    fn sees(&self, row: usize) -> usize {
        self.first_position + row.min(self.rows - 1)
    }

    /// A page of its path. Behind the end any page will do: no row looks there.
    fn page(&self, index: usize) -> PageId {
        self.pages.get(index).copied().unwrap_or(PageId(0))
    }
}

impl Plan {
    /// Looks over `batch`; at most `gathered` pages are to be gathered at a time, but one for each
    /// tile.
    pub fn new(batch: &Batch, heads: Heads, gathered: usize, memory: &Memory) -> Result<Self> {
        let mut by_height: BTreeMap<usize, Vec<Tile<'_>>> = BTreeMap::new();
        for (height, tile) in batch.strips.iter().flat_map(tiles) {
            by_height.entry(height).or_default().push(tile);
        }
        let mut places = BTreeMap::new();
        let mut before = 0;
        let mut groups = Vec::new();
        for (height, mut tiles) in by_height {
            tiles.sort_by_key(|tile| std::cmp::Reverse(tile.length()));
            for (index, tile) in tiles.iter().enumerate() {
                let place = before + index * height;
                places.extend((0..tile.rows).map(|row| (tile.first_row + row, place + row)));
            }
            before += tiles.len() * height;
            groups.push(Group::new(&tiles, height, heads, gathered, memory)?);
        }
        let order = numbers(places.into_values(), memory.device())?;
        Ok(Self { groups, order })
    }

    /// What each row of `queries`, `[heads, rows, dim]`, attends to, `[rows, heads * dim]`, in a
    /// layer whose keys and values have been written.
    pub fn attend(
        &self,
        queries: &Tensor,
        memory: &Memory,
        layer: usize,
        heads: Heads,
    ) -> Result<Tensor> {
        let scale = 1.0 / (heads.dim as f64).sqrt();
        let queries = (queries.transpose(0, 1)?.contiguous()? * scale)?;
        let groups = self.groups.iter();
        let attended = groups.map(|group| group.attend(&queries, memory, layer, heads));
        let attended = Tensor::cat(&attended.collect::<Result<Vec<_>>>()?, 0)?;
        attended.index_select(&self.order, 0)
    }
}

/// The tiles of a strip, with their heights.
fn tiles(strip: &Strip) -> impl Iterator<Item = (usize, Tile<'_>)> {
    let [.., tallest] = HEIGHTS;
    let (first, end) = (strip.rows.start, strip.rows.end);
    (first..end).step_by(tallest).map(move |first_row| {
        let rows = tallest.min(end - first_row);
        let height = HEIGHTS.into_iter().find(|height| *height >= rows);
        let tile = Tile {
            first_row,
            rows,
            first_position: strip.first_position + first_row - first,
            pages: &strip.pages,
        };
        (height.unwrap_or(tallest), tile)
    })
}

impl Group {
    /// `tiles` stand with the longest path first.
    fn new(
        tiles: &[Tile<'_>],
        height: usize,
        heads: Heads,
        gathered: usize,
        memory: &Memory,
    ) -> Result<Self> {
        let rows = tiles
            .iter()
            .flat_map(|tile| (0..height).map(|row| tile.first_row + row.min(tile.rows - 1)));
        let longest = tiles.first().map_or(0, Tile::length);
        let step = (gathered / tiles.len().max(1)).max(1) * PAGE;
        let block = |start: usize| {
            let reach = tiles.partition_point(|tile| tile.length() > start);
            let tiles = tiles.get(..reach).unwrap_or(tiles);
            let end = (start + step).min(pages_for(longest) * PAGE);
            Block::new(tiles, height, start..end, heads, memory)
        };
        let blocks = (0..longest).step_by(step).map(block);
        Ok(Self {
            tiles: tiles.len(),
            height,
            rows: numbers(rows, memory.device())?,
            blocks: blocks.collect::<Result<_>>()?,
        })
    }

    /// What the group's rows of `queries`, `[rows, heads, dim]`, attend to:
    /// `[tiles * height, heads * dim]`.
    fn attend(
        &self,
        queries: &Tensor,
        memory: &Memory,
        layer: usize,
        heads: Heads,
    ) -> Result<Tensor> {
        let queries = self.spread(queries, heads)?;
        let mut running: Option<Running> = None;
        let mut done = Vec::new();
        for block in &self.blocks {
            let count = block.tiles * heads.keys;
            let shape = (count, block.positions, heads.dim);
            let keys = memory.keys(layer, &block.pages)?.reshape(shape)?;
            let values = memory.values(layer, &block.pages)?.reshape(shape)?;
            let scores = block.scores(&queries.narrow(0, 0, count)?, &keys, heads)?;
            running = Some(match running {
                None => Running::begin(&scores, &values)?,
                Some(running) => {
                    let (running, left) = running.split(count)?;
                    done.extend(left);
                    running.take(&scores, &values)?
                }
            });
        }
        done.extend(running.map(Running::end).transpose()?);
        done.reverse();
        let (tiles, height) = (self.tiles, self.height);
        Tensor::cat(&done, 0)?
            .reshape((tiles, heads.queries, height, heads.dim))?
            .transpose(1, 2)?
            .contiguous()?
            .reshape((tiles * height, heads.queries * heads.dim))
    }

    /// The group's rows of `queries`: `[tiles * key heads, queries of a key * height, dim]`.
    fn spread(&self, queries: &Tensor, heads: Heads) -> Result<Tensor> {
        let shared = heads.queries / heads.keys;
        let (tiles, height) = (self.tiles, self.height);
        queries
            .index_select(&self.rows, 0)?
            .reshape((tiles, height, heads.keys, shared, heads.dim))?
            .permute((0, 2, 3, 1, 4))?
            .contiguous()?
            .reshape((tiles * heads.keys, shared * height, heads.dim))
    }
}

impl Block {
    fn new(
        tiles: &[Tile<'_>],
        height: usize,
        positions: Range<usize>,
        heads: Heads,
        memory: &Memory,
    ) -> Result<Self> {
        let (first, last) = (positions.start / PAGE, positions.end / PAGE);
        let pages = tiles.iter().flat_map(|tile| {
            (0..heads.keys).flat_map(move |head| {
                (first..last).map(move |index| memory.number(head, tile.page(index)))
            })
        });
        let everywhere = tiles.iter().all(|tile| tile.sees(0) + 1 >= positions.end);
        let mask = || mask(tiles, height, positions.clone(), memory.device());
        Ok(Self {
            tiles: tiles.len(),
            positions: positions.len(),
            pages: numbers(pages, memory.device())?,
            mask: (!everywhere).then(mask).transpose()?,
        })
    }

    /// Scores of queries that are scaled already: `[tiles * key heads, rows, positions]`.
    fn scores(&self, queries: &Tensor, keys: &Tensor, heads: Heads) -> Result<Tensor> {
        let scores = queries.matmul(&keys.t()?)?;
        let Some(mask) = &self.mask else {
            return Ok(scores);
        };
        let apart = scores.reshape((self.tiles, heads.queries, (), self.positions))?;
        let hidden = Tensor::new(f32::NEG_INFINITY, scores.device())?;
        let (mask, hidden) = (
            mask.broadcast_as(apart.shape())?,
            hidden.broadcast_as(apart.shape())?,
        );
        mask.where_cond(&apart, &hidden)?.reshape(scores.shape())
    }
}

/// Whether a row may look at a position, `[tiles, 1, height, positions]`.
fn mask(
    tiles: &[Tile<'_>],
    height: usize,
    positions: Range<usize>,
    device: &Device,
) -> Result<Tensor> {
    let shape = (tiles.len(), 1, height, positions.len());
    let rows = tiles
        .iter()
        .flat_map(|tile| (0..height).map(|row| tile.sees(row)));
    let seen = |last: usize| {
        let positions = positions.clone();
        positions.map(move |position| u8::from(position <= last))
    };
    Tensor::from_vec(rows.flat_map(seen).collect(), shape, device)
}

/// Softmax and weighted sum over the positions so far, for each tile and head.
struct Running {
    /// The largest score of each row. A row sees the first position, so that it is finite if the
    /// scores are.
    max: Tensor,
    /// Of e to the power of score minus maximum.
    sum: Tensor,
    /// Values, weighted by the same.
    out: Tensor,
}

impl Running {
    fn begin(scores: &Tensor, values: &Tensor) -> Result<Self> {
        let max = scores.max_keepdim(2)?;
        let weights = scores.broadcast_sub(&max)?.exp()?;
        Ok(Self {
            sum: weights.sum_keepdim(2)?,
            out: weights.matmul(values)?,
            max,
        })
    }

    fn take(self, scores: &Tensor, values: &Tensor) -> Result<Self> {
        let max = self.max.maximum(&scores.max_keepdim(2)?)?;
        let before = (self.max - &max)?.exp()?;
        let weights = scores.broadcast_sub(&max)?.exp()?;
        Ok(Self {
            sum: ((self.sum * &before)? + weights.sum_keepdim(2)?)?,
            out: (self.out.broadcast_mul(&before)? + weights.matmul(values)?)?,
            max,
        })
    }

    /// The first `count`, and what the others attended to, if there are others.
    fn split(self, count: usize) -> Result<(Self, Option<Tensor>)> {
        let all = self.max.dim(0)?;
        if count == all {
            return Ok((self, None));
        }
        let part = |start, length| -> Result<Self> {
            Ok(Self {
                max: self.max.narrow(0, start, length)?,
                sum: self.sum.narrow(0, start, length)?,
                out: self.out.narrow(0, start, length)?,
            })
        };
        Ok((part(0, count)?, Some(part(count, all - count)?.end()?)))
    }

    fn end(self) -> Result<Tensor> {
        self.out.broadcast_div(&self.sum)
    }
}
