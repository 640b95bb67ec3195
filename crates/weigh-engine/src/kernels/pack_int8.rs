//! The layout of the int8 class: codes in fours along `k`, with what turns them into numbers.
//!
//! A weight is `scale * code + minimum` where some type of a layer needs minima (`M` is 1), else
//! `scale * (code - 128)` (`M` is 0): less to read, and its integers leave nothing to round.

use rayon::prelude::*;

use super::isa::Isa;
use super::matmul_grid::{Grid, even_tile};
use super::pack::{PANEL, Rows, codes_of};
use super::pack_memory::{Aligned, Plain};
use super::quant_blocks::{Affine, GROUP};
use super::quant_rows;

/// Rows of activations in a full tile: 6 rows of two vectors, twice (integer and float sums), fill
/// 24 of 32 registers.
pub(super) const TILE: usize = 6;

/// From how many activations on packing is worth a second thread.
const PARALLEL: usize = 1 << 15;

/// Weights of 32 columns that share their scales: `S` steps of four along `k`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub(super) struct Group<const S: usize, const M: usize> {
    pub(super) codes: [[[u8; 4]; PANEL]; S],
    pub(super) scale: [f32; PANEL],
    pub(super) minimum: [[f32; PANEL]; M],
}

impl<const S: usize, const M: usize> Default for Group<S, M> {
    fn default() -> Self {
        Self {
            codes: [[[0; 4]; PANEL]; S],
            scale: [0.0; PANEL],
            minimum: [[0.0; PANEL]; M],
        }
    }
}

// SAFETY: arrays of numbers, each a multiple of 4 bytes long, so without padding.
unsafe impl<const S: usize, const M: usize> Plain for Group<S, M> {}

/// A weight of `n` rows and `k` columns, as panels of 32 rows: the groups of a panel in the order
/// of `k`.
pub(super) struct Codes<const S: usize, const M: usize> {
    pub(super) n: usize,
    pub(super) k: usize,
    groups: Aligned<Group<S, M>>,
}

impl<const S: usize, const M: usize> Codes<S, M> {
    /// Bytes that `n` rows of `k` take.
    pub(super) fn bytes(n: usize, k: usize) -> usize {
        n.div_ceil(PANEL) * (k / (4 * S)) * size_of::<Group<S, M>>()
    }

    /// Bytes that it takes.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.groups.bytes()
    }

    /// Packs the `n` rows of all parts, one below the other; `k` is a multiple of `4 * S`.
    pub(super) fn new(parts: &[Rows<'_>], n: usize, k: usize) -> Self {
        let depth = k / (4 * S);
        let mut groups = Aligned::zeros(n.div_ceil(PANEL) * depth);
        let fill = |(index, panel): (usize, &mut [Group<S, M>])| {
            let (mut codes, mut affine) = (vec![0; k], vec![Affine::default(); k / GROUP]);
            for column in 0..PANEL.min(n - index * PANEL) {
                let row = codes_of(
                    parts,
                    index * PANEL + column,
                    M > 0,
                    &mut codes,
                    &mut affine,
                );
                debug_assert!(row.is_some(), "`Packed::new` checks every part");
                let affine = affine.iter().step_by(4 * S / GROUP);
                for ((group, codes), affine) in
                    panel.iter_mut().zip(codes.chunks(4 * S)).zip(affine)
                {
                    group.put(column, codes, *affine);
                }
            }
        };
        groups
            .as_mut_slice()
            .par_chunks_mut(depth.max(1))
            .enumerate()
            .for_each(fill);
        Self { n, k, groups }
    }

    /// The panel of columns `32 * index ..` of the product.
    pub(super) fn panel(&self, index: usize) -> &[Group<S, M>] {
        let size = self.k / (4 * S);
        self.groups
            .as_slice()
            .get(index * size..(index + 1) * size)
            .unwrap_or_default()
    }
}

impl<const S: usize, const M: usize> Group<S, M> {
    fn put(&mut self, column: usize, codes: &[u8], affine: Affine) {
        for (step, four) in self.codes.iter_mut().zip(codes.as_chunks::<4>().0) {
            if let Some(slot) = step.get_mut(column) {
                *slot = *four;
            }
        }
        if let Some(slot) = self.scale.get_mut(column) {
            *slot = affine.scale;
        }
        for minimum in &mut self.minimum {
            if let Some(slot) = minimum.get_mut(column) {
                *slot = affine.minimum;
            }
        }
    }
}

/// What a group of a row of activations has besides its codes. An activation is `scale * code`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub(super) struct Scale {
    pub(super) scale: f32,
    /// The scale times the sum of the codes: what a weight's minimum is multiplied by.
    pub(super) sum: f32,
    /// -128 times the sum of the codes: where a dot product with codes around 128 begins.
    pub(super) offset: i32,
}

impl Scale {
    /// Where the dot products of a group begin, with weights that have `minima` (1) or not (0).
    pub(super) fn begin(&self, minima: usize) -> i32 {
        if minima == 0 { self.offset } else { 0 }
    }
}

// SAFETY: three numbers of 4 bytes without padding.
unsafe impl Plain for Scale {}

/// Activations in tiles of up to 6 rows, as signed bytes with a scale for each group of `4 * S`.
#[derive(Default)]
pub(super) struct Quantised<const S: usize> {
    ready: bool,
    m: usize,
    k: usize,
    /// Rows in a full tile.
    height: usize,
    codes: Aligned<[i8; 4]>,
    scales: Aligned<Scale>,
}

/// A tile of activations.
pub(super) struct Tile<'a> {
    /// How many rows it has.
    pub(super) rows: usize,
    /// For each step along `k`, each row's four codes.
    pub(super) codes: &'a [[i8; 4]],
    /// For each group, each row's scale.
    pub(super) scales: &'a [Scale],
}

impl<const S: usize> Quantised<S> {
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
        (self.m, self.k) = (x.len() / k, k);
        self.height = even_tile(self.m, TILE);
        self.codes.resize(x.len() / 4);
        self.scales.resize(x.len() / (4 * S));
        let rows = self.height * k;
        let (codes, scales) = (rows / 4, rows / (4 * S));
        let quantise =
            |((x, codes), scales): ((&[f32], _), _)| pack_tile::<S>(isa, x, k, codes, scales);
        let (all_codes, all_scales) = (self.codes.as_mut_slice(), self.scales.as_mut_slice());
        if threads <= 1 || x.len() < PARALLEL {
            let tiles = x
                .chunks(rows)
                .zip(all_codes.chunks_mut(codes))
                .zip(all_scales.chunks_mut(scales));
            tiles.for_each(quantise);
        } else {
            let codes = all_codes.par_chunks_mut(codes);
            let scales = all_scales.par_chunks_mut(scales);
            x.par_chunks(rows).zip(codes).zip(scales).for_each(quantise);
        }
    }

    /// How a product of these rows with `n` columns is cut.
    pub(super) fn grid(&self, n: usize) -> Grid {
        Grid {
            m: self.m,
            k: self.k,
            n,
            tile: self.height,
        }
    }

    /// The tile that begins at row `height * index`.
    pub(super) fn tile(&self, index: usize) -> Tile<'_> {
        let rows = self.height.min(self.m - index * self.height);
        let (depth, groups) = (self.k / 4, self.k / (4 * S));
        let first = index * self.height;
        Tile {
            rows,
            codes: self
                .codes
                .as_slice()
                .get(first * depth..(first + rows) * depth)
                .unwrap_or_default(),
            scales: self
                .scales
                .as_slice()
                .get(first * groups..(first + rows) * groups)
                .unwrap_or_default(),
        }
    }
}

fn pack_tile<const S: usize>(
    isa: Isa,
    x: &[f32],
    k: usize,
    codes: &mut [[i8; 4]],
    scales: &mut [Scale],
) {
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx512(_) => unsafe { quant_rows::avx512::<S>(x, k, codes, scales) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx2(_) => unsafe { quant_rows::avx2::<S>(x, k, codes, scales) },
        _ => quant_rows::portable::<S>(x, k, codes, scales),
    }
}
