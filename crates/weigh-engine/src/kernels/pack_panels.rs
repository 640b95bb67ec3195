//! The layout that kernels read: weights in panels of 32 columns, activations in tiles of 12 rows.

use rayon::prelude::*;

use super::pack::{PANEL, Rows, row_of};
use super::pack_memory::{Aligned, Plain};

/// Rows of activations in a full tile: 12 rows of two vectors fill 24 of 32 registers.
pub(super) const TILE: usize = 12;

/// From how many activations on packing is worth a second thread.
const PARALLEL: usize = 1 << 16;

/// What a kernel takes in one step along `k`: one number, or a few neighbours in one word.
pub(super) trait Word: Plain {
    /// How many neighbours along `k` make one word.
    const DEPTH: usize;

    /// The word of up to `DEPTH` neighbours; missing ones at the end of a row are zeros.
    fn of(neighbours: &[f32]) -> Self;
}

impl Word for f32 {
    const DEPTH: usize = 1;

    fn of(neighbours: &[f32]) -> Self {
        neighbours.first().copied().unwrap_or(0.0)
    }
}

/// A weight of `n` rows and `k` columns, as panels of 32 rows. Within a panel the 32 words of one
/// step along `k` are neighbours and `k` ascends; the last panel is padded with zeros.
pub(super) struct Panels<T> {
    pub(super) n: usize,
    pub(super) k: usize,
    words: Aligned<T>,
}

impl<T: Word> Panels<T> {
    /// Packs the `n` rows of all parts, one below the other.
    pub(super) fn new(parts: &[Rows<'_>], n: usize, k: usize) -> Self {
        let depth = k.div_ceil(T::DEPTH);
        let mut words = Aligned::zeros(n.div_ceil(PANEL) * PANEL * depth);
        let fill = |(index, panel): (usize, &mut [T])| {
            let mut row = vec![0.0; k];
            for column in 0..PANEL.min(n - index * PANEL) {
                row_of(parts, index * PANEL + column, &mut row);
                scatter(&row, column, PANEL, panel);
            }
        };
        words
            .as_mut_slice()
            .par_chunks_mut((PANEL * depth).max(1))
            .enumerate()
            .for_each(fill);
        Self { n, k, words }
    }

    /// The panel of columns `32 * index ..` of the product: 32 words for each step along `k`.
    pub(super) fn panel(&self, index: usize) -> &[T] {
        let size = PANEL * self.k.div_ceil(T::DEPTH);
        self.words
            .as_slice()
            .get(index * size..(index + 1) * size)
            .unwrap_or_default()
    }
}

/// Puts the words of a row into place `column` of every `width`.
fn scatter<T: Word>(row: &[f32], column: usize, width: usize, words: &mut [T]) {
    for (step, neighbours) in words.chunks_exact_mut(width).zip(row.chunks(T::DEPTH)) {
        if let Some(slot) = step.get_mut(column) {
            *slot = T::of(neighbours);
        }
    }
}

/// Activations in tiles of 12 rows. Within a tile the rows' words of one step along `k` are
/// neighbours; the last tile has as many rows as are left, and no padding.
pub(super) struct Tiles<T> {
    m: usize,
    depth: usize,
    words: Aligned<T>,
}

impl<T: Word> Tiles<T> {
    /// No rows yet.
    pub(super) fn empty() -> Self {
        Self {
            m: 0,
            depth: 0,
            words: Aligned::empty(),
        }
    }

    /// Replaces the rows by those of `x`, `k` in each; with one thread, on the caller's.
    pub(super) fn pack(&mut self, x: &[f32], k: usize, threads: usize) {
        self.m = x.len() / k;
        self.depth = k.div_ceil(T::DEPTH);
        self.words.resize(self.m * self.depth);
        let (from, to) = (TILE * k, TILE * self.depth);
        let words = self.words.as_mut_slice();
        if threads <= 1 || x.len() < PARALLEL {
            words
                .chunks_mut(to)
                .zip(x.chunks(from))
                .for_each(|(w, x)| pack_tile(x, k, w));
        } else {
            words
                .par_chunks_mut(to)
                .zip(x.par_chunks(from))
                .for_each(|(w, x)| pack_tile(x, k, w));
        }
    }

    /// The tile that begins at row `12 * index`, and its number of rows.
    pub(super) fn tile(&self, index: usize) -> (&[T], usize) {
        let rows = TILE.min(self.m - index * TILE);
        let first = index * TILE * self.depth;
        (
            self.words
                .as_slice()
                .get(first..first + rows * self.depth)
                .unwrap_or_default(),
            rows,
        )
    }
}

fn pack_tile<T: Word>(rows: &[f32], k: usize, words: &mut [T]) {
    let height = rows.len() / k;
    for (r, row) in rows.chunks_exact(k).enumerate() {
        scatter(row, r, height, words);
    }
}
