//! The layout that kernels read: weights in panels of 32 columns, activations in tiles of 12 rows.

use rayon::prelude::*;

use super::isa::Isa;
use super::matmul_grid::{Grid, even_tile};
use super::pack::{PANEL, PackError, Rows, read};
use super::pack_memory::{Aligned, Plain};

/// Rows of activations in a full tile: 12 rows of two vectors fill 24 of 32 registers.
pub(super) const TILE: usize = 12;

/// From how many activations on packing is worth a second thread.
const PARALLEL: usize = 1 << 16;

/// Steps along `k` that are turned around at a time when a tile is packed.
const BLOCK: usize = 16;

/// What a kernel takes in one step along `k`: one number, or a few neighbours in one word.
pub(super) trait Word: Plain {
    /// How many neighbours along `k` make one word.
    const DEPTH: usize;

    /// Makes the words of a stretch of a row; neighbours missing at its end are zeros.
    fn fill(isa: Isa, row: &[f32], words: &mut [Self]);
}

impl Word for f32 {
    const DEPTH: usize = 1;

    fn fill(_: Isa, row: &[f32], words: &mut [Self]) {
        for (word, &x) in words.iter_mut().zip(row) {
            *word = x;
        }
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
    fn words(n: usize, k: usize) -> usize {
        n.div_ceil(PANEL) * PANEL * k.div_ceil(T::DEPTH)
    }

    /// Bytes that `n` rows of `k` take.
    pub(super) fn bytes(n: usize, k: usize) -> usize {
        Self::words(n, k) * size_of::<T>()
    }

    /// Bytes that it takes.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.words.bytes()
    }

    /// Packs the `n` rows of all parts, one below the other.
    pub(super) fn new(parts: &[Rows<'_>], n: usize, k: usize) -> Result<Self, PackError> {
        let depth = k.div_ceil(T::DEPTH);
        let mut words = Aligned::zeros(Self::words(n, k));
        let fill = |(index, panel): (usize, &mut [T])| {
            let mut rows = vec![0.0; PANEL.min(n - index * PANEL) * k];
            read(parts, index * PANEL, k, &mut rows)?;
            let mut line = vec![T::default(); depth];
            for (column, row) in rows.chunks_exact(k).enumerate() {
                T::fill(Isa::Portable, row, &mut line);
                scatter(&line, column, PANEL, panel);
            }
            Ok(())
        };
        words
            .as_mut_slice()
            .par_chunks_mut((PANEL * depth).max(1))
            .enumerate()
            .try_for_each(fill)?;
        Ok(Self { n, k, words })
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
fn scatter<T: Word>(line: &[T], column: usize, width: usize, words: &mut [T]) {
    for (step, &word) in words.chunks_exact_mut(width).zip(line) {
        if let Some(slot) = step.get_mut(column) {
            *slot = word;
        }
    }
}

/// Activations in tiles of up to 12 rows. Within a tile the rows' words of one step along `k` are
/// neighbours; the last tile has as many rows as are left, and no padding.
#[derive(Default)]
pub(super) struct Tiles<T> {
    ready: bool,
    m: usize,
    /// Rows in a full tile.
    height: usize,
    depth: usize,
    words: Aligned<T>,
}

impl<T: Word> Tiles<T> {
    /// Forgets the rows, but not the memory.
    pub(super) fn forget(&mut self) {
        self.ready = false;
    }

    /// The rows of `x`, `k` in each; packed unless they have been since `forget`.
    pub(super) fn prepare(&mut self, isa: Isa, threads: usize, x: &[f32], k: usize) -> &Self {
        if !self.ready {
            self.pack(isa, threads, x, k);
            self.ready = true;
        }
        self
    }

    /// With one thread, everything happens on the caller's.
    fn pack(&mut self, isa: Isa, threads: usize, x: &[f32], k: usize) {
        self.m = x.len() / k;
        self.height = even_tile(self.m, TILE);
        self.depth = k.div_ceil(T::DEPTH);
        self.words.resize(self.m * self.depth);
        let (from, to) = (self.height * k, self.height * self.depth);
        let words = self.words.as_mut_slice();
        let pack = |(words, rows): (&mut [T], &[f32])| pack_tile(isa, rows, k, words);
        if threads <= 1 || x.len() < PARALLEL {
            words.chunks_mut(to).zip(x.chunks(from)).for_each(pack);
        } else {
            words
                .par_chunks_mut(to)
                .zip(x.par_chunks(from))
                .for_each(pack);
        }
    }

    /// How a product of these rows with `n` columns is cut.
    pub(super) fn grid(&self, n: usize) -> Grid {
        Grid {
            m: self.m,
            k: self.depth * T::DEPTH,
            n,
            tile: self.height,
        }
    }

    /// The tile that begins at row `height * index`, and its number of rows.
    pub(super) fn tile(&self, index: usize) -> (&[T], usize) {
        let rows = self.height.min(self.m - index * self.height);
        let first = index * self.height * self.depth;
        (
            self.words
                .as_slice()
                .get(first..first + rows * self.depth)
                .unwrap_or_default(),
            rows,
        )
    }
}

/// Turns a tile around, a block of steps of all rows at a time, which stays in the first cache.
fn pack_tile<T: Word>(isa: Isa, rows: &[f32], k: usize, words: &mut [T]) {
    let height = rows.len() / k;
    let mut block = [[T::default(); BLOCK]; TILE];
    for (first, words) in words.chunks_mut(height * BLOCK).enumerate() {
        let steps = words.len() / height;
        for (line, row) in block.iter_mut().zip(rows.chunks_exact(k)) {
            let from = first * BLOCK * T::DEPTH;
            let to = (from + steps * T::DEPTH).min(k);
            T::fill(isa, row.get(from..to).unwrap_or_default(), line);
        }
        for (step, words) in words.chunks_exact_mut(height).enumerate() {
            for (word, line) in words.iter_mut().zip(&block) {
                *word = line.get(step).copied().unwrap_or_default();
            }
        }
    }
}
