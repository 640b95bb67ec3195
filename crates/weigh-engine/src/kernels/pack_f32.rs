//! The layout of the f32 class: weights in panels of 32 columns, activations in tiles of 12 rows.

use rayon::prelude::*;

use super::pack::{PANEL, Rows, row_of};
use super::pack_memory::Aligned;

/// Rows of activations in a full tile: 12 rows of two vectors fill 24 of 32 registers.
pub(super) const TILE: usize = 12;

/// From how many numbers on packing is worth a second thread.
const PARALLEL: usize = 1 << 16;

/// A weight of `n` rows and `k` columns, as panels of 32 rows. Within a panel the 32 weights of
/// one `k` are neighbours and `k` ascends; the last panel is padded with zeros.
pub struct PackedF32 {
    pub(super) n: usize,
    pub(super) k: usize,
    panels: Aligned<f32>,
}

impl PackedF32 {
    /// Packs the rows of all parts, one below the other.
    pub(super) fn new(parts: &[Rows<'_>], n: usize, k: usize) -> Self {
        let mut panels = Aligned::zeros(n.div_ceil(PANEL) * PANEL * k);
        let fill = |(index, panel): (usize, &mut [f32])| {
            let mut row = vec![0.0; k];
            for column in 0..PANEL.min(n - index * PANEL) {
                row_of(parts, index * PANEL + column, &mut row);
                for (weights, &w) in panel.as_chunks_mut::<PANEL>().0.iter_mut().zip(&row) {
                    if let Some(slot) = weights.get_mut(column) {
                        *slot = w;
                    }
                }
            }
        };
        panels
            .as_mut_slice()
            .par_chunks_mut((PANEL * k).max(1))
            .enumerate()
            .for_each(fill);
        Self { n, k, panels }
    }

    /// The panel of columns `32 * index ..` of the product, `k` times 32 weights.
    pub(super) fn panel(&self, index: usize) -> &[f32] {
        let size = PANEL * self.k;
        self.panels
            .as_slice()
            .get(index * size..(index + 1) * size)
            .unwrap_or_default()
    }
}

/// Puts `m` rows of `k` activations into tiles of 12 rows. Within a tile the rows' values of one
/// `k` are neighbours; the last tile has as many rows as are left, and no padding.
pub(super) fn pack(x: &[f32], k: usize, tiles: &mut Aligned<f32>) {
    tiles.resize(x.len());
    let size = (TILE * k).max(1);
    let pairs = |(tile, rows): (&mut [f32], &[f32])| pack_tile(rows, k, tile);
    if x.len() < PARALLEL {
        tiles
            .as_mut_slice()
            .chunks_mut(size)
            .zip(x.chunks(size))
            .for_each(pairs);
    } else {
        tiles
            .as_mut_slice()
            .par_chunks_mut(size)
            .zip(x.par_chunks(size))
            .for_each(pairs);
    }
}

fn pack_tile(rows: &[f32], k: usize, tile: &mut [f32]) {
    let height = rows.len() / k.max(1);
    if height == 1 {
        return tile.copy_from_slice(rows);
    }
    for (r, row) in rows.chunks_exact(k).enumerate() {
        for (column, &x) in tile.chunks_exact_mut(height).zip(row) {
            if let Some(slot) = column.get_mut(r) {
                *slot = x;
            }
        }
    }
}

/// The tile that begins at row `12 * index`, and its number of rows.
pub(super) fn tile(tiles: &Aligned<f32>, index: usize, m: usize, k: usize) -> (&[f32], usize) {
    let rows = TILE.min(m - index * TILE);
    let first = index * TILE * k;
    (
        tiles
            .as_slice()
            .get(first..first + rows * k)
            .unwrap_or_default(),
        rows,
    )
}
