//! How a product is cut into tiles of rows and panels of columns, and shared among threads.

use std::ops::Range;

use rayon::prelude::*;

use super::pack::PANEL;

/// A product cut into tiles of rows and panels of columns.
pub(super) struct Grid {
    /// Rows of activations.
    pub(super) m: usize,
    /// Activations in a row.
    pub(super) k: usize,
    /// Columns of the product.
    pub(super) n: usize,
    /// Rows in a full tile.
    pub(super) tile: usize,
}

/// About how many rows are taken through one panel before the next: with up to 2,048 activations
/// each they stay in the second-level cache while the panel's weights are used.
const BLOCK_ROWS: usize = 96;

/// Below this many multiplications a second thread costs more than it saves.
const PARALLEL: usize = 1 << 21;

/// Rows in a full tile of `m` rows, of at most `most`: as even as can be, since low tiles are slow.
pub(super) fn even_tile(m: usize, most: usize) -> usize {
    m.div_ceil(m.div_ceil(most).max(1)).max(1)
}

impl Grid {
    /// Computes every tile, splitting rows when there are many and columns when there are few.
    /// `kernel` is given a tile, a panel and the rows of the result.
    pub(super) fn run<F>(&self, threads: usize, y: Target, kernel: F)
    where
        F: Fn(usize, usize, &mut [[f32; PANEL]]) + Sync,
    {
        let (tiles, panels) = (self.m.div_ceil(self.tile), self.n.div_ceil(PANEL));
        let block = (BLOCK_ROWS / self.tile).max(1);
        if threads <= 1 || self.m.max(4) * self.n * self.k < PARALLEL {
            for rows in even(tiles, tiles.div_ceil(block)) {
                self.part(rows, 0..panels, &y, &kernel);
            }
        } else if tiles >= 4 * threads {
            let pieces = tiles.div_ceil(block).next_multiple_of(threads);
            let pieces: Vec<_> = even(tiles, pieces).collect();
            pieces
                .into_par_iter()
                .for_each(|rows| self.part(rows, 0..panels, &y, &kernel));
        } else {
            let pieces: Vec<_> = even(panels, threads.min(panels)).collect();
            pieces
                .into_par_iter()
                .for_each(|columns| self.part(0..tiles, columns, &y, &kernel));
        }
    }

    /// Computes a rectangle of tiles, panel by panel, so that a panel is read once.
    fn part<F>(&self, tiles: Range<usize>, panels: Range<usize>, y: &Target, kernel: &F)
    where
        F: Fn(usize, usize, &mut [[f32; PANEL]]),
    {
        let mut sums = Sums([[0.0; PANEL]; 12]);
        for panel in panels {
            let width = PANEL.min(self.n - panel * PANEL);
            for tile in tiles.clone() {
                let first = tile * self.tile;
                let rows = self.tile.min(self.m - first);
                let sums = sums.0.get_mut(..rows).unwrap_or_default();
                kernel(tile, panel, sums);
                for (row, sums) in (first..).zip(sums) {
                    // SAFETY: `matmul` checked that row `m - 1` with `n` columns ends within `y`;
                    // `row < m` and `panel * 32 + width <= n`. Every element belongs to one tile
                    // and one panel, and each of those to one call of `part`.
                    unsafe { y.put(row, panel * PANEL, sums.get(..width).unwrap_or_default()) };
                }
            }
        }
    }
}

#[repr(align(64))]
struct Sums([[f32; PANEL]; 12]);

/// `0..count` in `pieces` ranges whose lengths differ by one at most.
fn even(count: usize, pieces: usize) -> impl Iterator<Item = Range<usize>> {
    (0..pieces).map(move |i| i * count / pieces..(i + 1) * count / pieces)
}

/// The rows of a product, written by several threads in disjoint pieces.
pub(super) struct Target {
    /// The first element.
    pub(super) y: *mut f32,
    /// From the beginning of one row to the beginning of the next.
    pub(super) stride: usize,
    /// Whether the finished sum is added.
    pub(super) accumulate: bool,
}

// SAFETY: threads write disjoint elements only; see `Grid::part`.
unsafe impl Sync for Target {}

impl Target {
    /// Writes or adds `values` from `column` on in `row`.
    ///
    /// # Safety
    /// These elements lie within the memory behind `y`, and no other thread touches them.
    unsafe fn put(&self, row: usize, column: usize, values: &[f32]) {
        // SAFETY: the caller's promise.
        let y = unsafe {
            std::slice::from_raw_parts_mut(self.y.add(row * self.stride + column), values.len())
        };
        if self.accumulate {
            y.iter_mut().zip(values).for_each(|(y, sum)| *y += sum);
        } else {
            y.copy_from_slice(values);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_even() {
        let check = |m, most, expect| assert_eq!(even_tile(m, most), expect, "{m} of {most}");
        check(0, 12, 1);
        check(1, 12, 1);
        check(12, 12, 12);
        check(13, 12, 7);
        check(8, 6, 4);
        check(512, 12, 12);
        check(97, 12, 11);
    }

    #[test]
    fn pieces_are_even_and_whole() {
        let check = |count, pieces, expect: &[Range<usize>]| {
            assert_eq!(even(count, pieces).collect::<Vec<_>>(), expect);
        };
        check(7, 3, &[0..2, 2..4, 4..7]);
        check(0, 0, &[]);
        check(1, 2, &[0..0, 0..1]);
    }
}
