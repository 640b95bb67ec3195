//! Causal attention over paged keys and values, with an online softmax and no stored score matrix.
//!
//! Query row at position t of a path attends to positions 0 to t. Pages are taken in order of
//! position. In a page, a score is the dot product over the dimensions from 0 upwards; the running
//! maximum m, the sum l (in sixteen lanes, by position modulo 16) and the output are rescaled by
//! e^(m - m'), and weighted values are added from the first position upwards (Milakov and
//! Gimelshein 2018, blocks as in FlashAttention, Dao et al. 2022). Positions after t take part in
//! nothing. So a row's result depends on its own path alone, bit for bit: not on the rows beside
//! it, the tile, the page ids or the threads.
//!
//! Where the pages are in bf16, queries and weights are rounded to it as well, and sums stay in f32:
//! neighbouring dimensions, or positions, are multiplied and added as a pair, the lower one first,
//! by the rules of `bf16_pair.rs`. l takes the rounded weights, so that the weights of a row add up
//! to 1.
//!
//! Neighbouring rows that share a page, of one strip or of branches of a common stem, go over it
//! together: its keys and values are read once for all of them, and for all heads of a group.

#![allow(
    clippy::indexing_slicing,
    reason = "strips and lengths are checked as a whole before any index is taken"
)]

use std::ops::Range;

use rayon::prelude::*;

use super::isa::Isa;
use super::kv_pages::words::Words;
use super::kv_pages::{Kept, KvPages, PAGE, PageId, with_words};
use super::kv_word::KvWord;
use super::lanes::dispatch;
use tile::{MAX_QUERIES, Row, Tile};

mod softmax;
#[cfg(test)]
mod tests;
mod tile;

/// Rows of a tile at most. More would only ask more of the caches; fewer read the keys more often.
const TILE_ROWS: usize = 36;

/// Consecutive positions of one path, as rows of a batch.
#[derive(Debug, Clone)]
pub struct Strip<'a> {
    /// The rows in the batch.
    pub rows: Range<usize>,
    /// The position of the first row.
    pub first_position: usize,
    /// The pages of the path from position 0, at least to the last row's position. Keys and values
    /// of all rows have been written.
    pub pages: &'a [PageId],
}

/// Query rows, after RoPE.
#[derive(Debug, Clone, Copy)]
pub struct Queries<'a> {
    /// Row r is `data[r * stride..][..heads * head_dim]`.
    pub data: &'a [f32],
    /// From one row to the next.
    pub stride: usize,
    /// Query heads; head h uses the keys of kv head h / (heads / kv_heads).
    pub heads: usize,
}

/// Attention of every row of `strips`: softmax(q k / sqrt(head_dim)) v for each head, into the row of
/// the same index in `out` (`heads * head_dim` values). Rows of no strip are left alone. Not finite
/// scores give NaN.
///
/// # Panics
/// When strips overlap, descend or exceed the batch; when a page is missing or does not exist; when
/// `heads` is not a multiple of the kv heads, or a length does not fit.
pub fn attend(
    isa: Isa,
    kv: &KvPages,
    layer: usize,
    strips: &[Strip<'_>],
    q: Queries<'_>,
    out: &mut [f32],
) {
    check(kv, strips, q, out.len());
    let rows: Vec<Row<'_>> = strips.iter().flat_map(rows_of).collect();
    with_words!(kv.kept(), words => attend_rows(isa, words, layer, &rows, q, out));
}

fn attend_rows<W: KvWord>(
    isa: Isa,
    kv: &Words<W>,
    layer: usize,
    rows: &[Row<'_>],
    q: Queries<'_>,
    out: &mut [f32],
) {
    let group = q.heads / kv.kv_heads;
    let per_tile = rows_per_tile(rows.len(), kv.kv_heads, group);
    let tiles = rows.chunks(per_tile).flat_map(|rows| {
        let tile = move |kv_head| Tile {
            kv,
            layer,
            kv_head,
            rows,
            q,
            out: Vec::with_capacity(rows.len()),
        };
        (0..kv.kv_heads).map(tile)
    });
    let mut tiles: Vec<Tile<'_, W>> = tiles.collect();
    hand_out(&mut tiles, rows, per_tile, group * kv.head_dim, out);
    // The last tiles see the most positions: begin with them, end with the short ones.
    let by_cost = tiles.into_par_iter().rev().with_max_len(1);
    by_cost.for_each(|tile| dispatch(isa, tile));
}

fn rows_of<'a>(strip: &Strip<'a>) -> impl Iterator<Item = Row<'a>> {
    let (first, pages) = (strip.first_position, strip.pages);
    let rows = strip.rows.clone().enumerate();
    rows.map(move |(i, row)| Row {
        row,
        position: first + i,
        pages,
    })
}

/// Enough tiles to keep every thread busy, of whole register tiles of queries where that allows.
fn rows_per_tile(rows: usize, kv_heads: usize, group: usize) -> usize {
    let tasks = 4 * rayon::current_num_threads();
    let share = (rows * kv_heads / tasks).clamp(1, TILE_ROWS);
    let step = (1..MAX_QUERIES).find(|n| (n * group).is_multiple_of(MAX_QUERIES));
    let step = step.unwrap_or(MAX_QUERIES);
    if share < step {
        share
    } else {
        share / step * step
    }
}

/// Gives each tile the parts of `out` that it writes.
fn hand_out<'a, W>(
    tiles: &mut [Tile<'a, W>],
    rows: &[Row<'_>],
    per_tile: usize,
    width: usize,
    out: &'a mut [f32],
) {
    let kv_heads = tiles.len() / rows.len().div_ceil(per_tile).max(1);
    let mut index = 0;
    for (row, parts) in out.chunks_exact_mut((width * kv_heads).max(1)).enumerate() {
        if rows.get(index).is_none_or(|next| next.row != row) {
            continue;
        }
        let tiles = &mut tiles[index / per_tile * kv_heads..];
        for (tile, part) in tiles.iter_mut().zip(parts.chunks_exact_mut(width)) {
            tile.out.push(part);
        }
        index += 1;
    }
}

fn check(kv: &KvPages, strips: &[Strip<'_>], q: Queries<'_>, out: usize) {
    let width = q.heads * kv.head_dim();
    assert!(
        q.heads > 0 && q.heads.is_multiple_of(kv.kv_heads()),
        "{} query heads",
        q.heads
    );
    assert!(q.stride >= width, "rows of {} for {width} values", q.stride);
    assert_eq!(out % width, 0, "values after the last whole row of {width}");
    let rows = out / width;
    assert!(
        rows == 0 || q.data.len() >= (rows - 1) * q.stride + width,
        "missing query rows"
    );
    let mut next = 0;
    for strip in strips {
        assert!(
            strip.rows.start >= next,
            "strips overlap or descend at row {next}"
        );
        next = strip.rows.end;
        assert!(
            strip.rows.start <= next && next <= rows,
            "rows {:?} of {rows}",
            strip.rows
        );
        let pages = (strip.first_position + strip.rows.len()).div_ceil(PAGE);
        assert!(
            strip.pages.len() >= pages,
            "a path of {} pages needs {pages} pages",
            strip.pages.len()
        );
        strip.pages[..pages].iter().for_each(|page| kv.check(*page));
    }
}
