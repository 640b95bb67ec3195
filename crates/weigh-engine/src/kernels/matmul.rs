//! Matrix products of a decoder's linear layers: `y = x * transpose(w)`, or added to `y`.
//!
//! Element `(r, c)` of a product is computed from row `r` of the activations and row `c` of the
//! weight alone, always in the same order, so neither the other rows of the call, nor a row's
//! place in it, nor the number of threads changes a bit.

use std::ops::Range;

use rayon::prelude::*;

use super::isa::Isa;
use super::matmul_f32;
use super::pack::{PANEL, PackError, Rows, count};
use super::pack_f32::{self, PackedF32};
use super::pack_memory::Aligned;

/// In which arithmetic a product is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Weights and activations in single precision.
    F32,
}

/// A weight in the layout of its class.
pub enum Packed {
    /// Single precision.
    F32(PackedF32),
}

impl Packed {
    /// Packs the rows of all `parts`, one below the other (query, key and value; gate and up), each
    /// row having `k` weights.
    ///
    /// # Errors
    /// When a part does not have whole rows.
    pub fn new(class: Class, parts: &[Rows<'_>], k: usize) -> Result<Self, PackError> {
        let n = count(parts, k)?;
        match class {
            Class::F32 => Ok(Self::F32(PackedF32::new(parts, n, k))),
        }
    }

    /// How many columns a product has.
    pub fn n(&self) -> usize {
        match self {
            Self::F32(w) => w.n,
        }
    }

    /// How many activations a row has.
    pub fn k(&self) -> usize {
        match self {
            Self::F32(w) => w.k,
        }
    }
}

/// Memory for prepared activations, kept from call to call.
pub struct Workspace {
    f32: Aligned<f32>,
}

impl Default for Workspace {
    fn default() -> Self {
        Self {
            f32: Aligned::empty(),
        }
    }
}

impl Workspace {
    /// The activations of a layer's input: `x` has whole rows of `k`. Every form that the products
    /// of this input need is made once, when the first of them needs it.
    ///
    /// # Panics
    /// When `x` does not have whole rows.
    pub fn activations<'a>(&'a mut self, x: &'a [f32], k: usize) -> Activations<'a> {
        assert!(
            k > 0 && x.len().is_multiple_of(k),
            "{} values in rows of {k}",
            x.len()
        );
        Activations {
            x,
            m: x.len() / k,
            k,
            space: self,
            f32: false,
        }
    }
}

/// Rows of activations, shared by several products.
pub struct Activations<'a> {
    x: &'a [f32],
    m: usize,
    k: usize,
    space: &'a mut Workspace,
    f32: bool,
}

impl Activations<'_> {
    fn f32(&mut self) -> &Aligned<f32> {
        if !self.f32 {
            pack_f32::pack(self.x, self.k, &mut self.space.f32);
            self.f32 = true;
        }
        &self.space.f32
    }
}

/// Where a product goes: rows of `y` that are `stride` apart.
pub struct Output<'a> {
    /// The memory of all rows.
    pub y: &'a mut [f32],
    /// From the beginning of one row to the beginning of the next.
    pub stride: usize,
    /// Whether the finished sum is added to what `y` holds (`y + sum`, one rounding) or replaces it.
    pub accumulate: bool,
}

/// Computes `y = x * transpose(w)` in pieces for `threads` threads of the current rayon pool; with
/// one thread everything happens on the caller's.
///
/// # Panics
/// When the shapes of `x`, `w` and `y` do not agree.
pub fn matmul(isa: Isa, threads: usize, x: &mut Activations<'_>, w: &Packed, y: Output<'_>) {
    let (m, k, n) = (x.m, x.k, w.n());
    assert!(
        k == w.k(),
        "activations of {k} columns, weights of {}",
        w.k()
    );
    let last = m.saturating_sub(1) * y.stride + n;
    assert!(
        y.stride >= n && (m == 0 || y.y.len() >= last),
        "the product does not fit"
    );
    let y = Target {
        y: y.y.as_mut_ptr(),
        stride: y.stride,
        accumulate: y.accumulate,
    };
    match w {
        Packed::F32(w) => {
            let tiles = x.f32();
            let grid = Grid {
                m,
                k,
                n,
                tile: pack_f32::TILE,
            };
            grid.run(threads, y, |tile, panel, out| {
                let (rows, height) = pack_f32::tile(tiles, tile, m, k);
                matmul_f32::tile(isa, height, rows, w.panel(panel), out);
            });
        }
    }
}

/// A product cut into tiles of rows and panels of columns.
struct Grid {
    m: usize,
    k: usize,
    n: usize,
    /// Rows in a full tile.
    tile: usize,
}

/// About how many rows are taken through one panel before the next: with up to 2,048 activations
/// each they stay in the second-level cache while the panel's weights are used.
const BLOCK_ROWS: usize = 96;

/// Below this many multiplications a second thread costs more than it saves.
const PARALLEL: usize = 1 << 18;

impl Grid {
    /// Computes every tile, splitting rows when there are many and columns when there are few.
    /// `kernel` is given a tile, a panel and the rows of the result.
    fn run<F>(&self, threads: usize, y: Target, kernel: F)
    where
        F: Fn(usize, usize, &mut [[f32; PANEL]]) + Sync,
    {
        let (tiles, panels) = (self.m.div_ceil(self.tile), self.n.div_ceil(PANEL));
        let block = BLOCK_ROWS / self.tile;
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
struct Target {
    y: *mut f32,
    stride: usize,
    accumulate: bool,
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
