//! The layout of the int8 class: codes in fours along `k`, with what turns them into weights.

use rayon::prelude::*;

use super::isa::Isa;
use super::pack::{PANEL, Rows, codes_of};
use super::pack_memory::{Aligned, Plain};
use super::quant_blocks::{Affine, GROUP};

/// Rows of activations in a full tile: 6 rows of two vectors, twice (integer and float sums), fill
/// 24 of 32 registers.
pub(super) const TILE: usize = 6;

/// From how many activations on packing is worth a second thread.
const PARALLEL: usize = 1 << 15;

/// Weights of 32 columns that share their scales: `S` steps of four along `k`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub(super) struct Group<const S: usize> {
    pub(super) codes: [[[u8; 4]; PANEL]; S],
    pub(super) scale: [f32; PANEL],
    pub(super) minimum: [f32; PANEL],
}

impl<const S: usize> Default for Group<S> {
    fn default() -> Self {
        Self {
            codes: [[[0; 4]; PANEL]; S],
            scale: [0.0; PANEL],
            minimum: [0.0; PANEL],
        }
    }
}

// SAFETY: arrays of numbers, each a multiple of 4 bytes long, so without padding.
unsafe impl<const S: usize> Plain for Group<S> {}

/// A weight of `n` rows and `k` columns, as panels of 32 rows: the groups of a panel in the order
/// of `k`.
pub(super) struct Codes<const S: usize> {
    pub(super) n: usize,
    pub(super) k: usize,
    groups: Aligned<Group<S>>,
}

impl<const S: usize> Codes<S> {
    /// Packs the `n` rows of all parts, one below the other; `k` is a multiple of `4 * S`.
    pub(super) fn new(parts: &[Rows<'_>], n: usize, k: usize) -> Self {
        let depth = k / (4 * S);
        let mut groups = Aligned::zeros(n.div_ceil(PANEL) * depth);
        let fill = |(index, panel): (usize, &mut [Group<S>])| {
            let (mut codes, mut affine) = (vec![0; k], vec![Affine::default(); k / GROUP]);
            for column in 0..PANEL.min(n - index * PANEL) {
                let row = codes_of(parts, index * PANEL + column, &mut codes, &mut affine);
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
    pub(super) fn panel(&self, index: usize) -> &[Group<S>] {
        let size = self.k / (4 * S);
        self.groups
            .as_slice()
            .get(index * size..(index + 1) * size)
            .unwrap_or_default()
    }
}

impl<const S: usize> Group<S> {
    fn put(&mut self, column: usize, codes: &[u8], affine: Affine) {
        for (step, four) in self.codes.iter_mut().zip(codes.as_chunks::<4>().0) {
            if let Some(slot) = step.get_mut(column) {
                *slot = *four;
            }
        }
        let slots = self.scale.get_mut(column).zip(self.minimum.get_mut(column));
        if let Some((scale, minimum)) = slots {
            (*scale, *minimum) = (affine.scale, affine.minimum);
        }
    }
}

/// Activations in tiles of 6 rows, as signed bytes with a scale for each group of `4 * S`.
pub(super) struct Quantised<const S: usize> {
    m: usize,
    k: usize,
    codes: Aligned<[i8; 4]>,
    scales: Aligned<[f32; 2]>,
}

/// A tile of activations.
pub(super) struct Tile<'a> {
    /// How many rows it has.
    pub(super) rows: usize,
    /// For each step along `k`, each row's four codes.
    pub(super) codes: &'a [[i8; 4]],
    /// For each group, each row's scale, and the scale times the sum of the group's codes.
    pub(super) scales: &'a [[f32; 2]],
}

impl<const S: usize> Quantised<S> {
    /// No rows yet.
    pub(super) fn empty() -> Self {
        Self {
            m: 0,
            k: 0,
            codes: Aligned::empty(),
            scales: Aligned::empty(),
        }
    }

    /// Replaces the rows by those of `x`, `k` in each; with one thread, on the caller's.
    pub(super) fn pack(&mut self, isa: Isa, threads: usize, x: &[f32], k: usize) {
        (self.m, self.k) = (x.len() / k, k);
        self.codes.resize(x.len() / 4);
        self.scales.resize(x.len() / (4 * S));
        let (rows, codes, scales) = (TILE * k, TILE * k / 4, TILE * k / (4 * S));
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

    /// The tile that begins at row `6 * index`.
    pub(super) fn tile(&self, index: usize) -> Tile<'_> {
        let rows = TILE.min(self.m - index * TILE);
        let (depth, groups) = (self.k / 4, self.k / (4 * S));
        let first = index * TILE;
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
    scales: &mut [[f32; 2]],
) {
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx512(_) => unsafe { pack_tile_avx512::<S>(x, k, codes, scales) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx2(_) => unsafe { pack_tile_avx2::<S>(x, k, codes, scales) },
        _ => pack_tile_portable::<S>(x, k, codes, scales),
    }
}

/// The portable function, compiled for wider vectors; nothing in it depends on their width.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
fn pack_tile_avx512<const S: usize>(
    x: &[f32],
    k: usize,
    codes: &mut [[i8; 4]],
    scales: &mut [[f32; 2]],
) {
    pack_tile_portable::<S>(x, k, codes, scales);
}

/// The portable function, compiled for wider vectors; nothing in it depends on their width.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn pack_tile_avx2<const S: usize>(
    x: &[f32],
    k: usize,
    codes: &mut [[i8; 4]],
    scales: &mut [[f32; 2]],
) {
    pack_tile_portable::<S>(x, k, codes, scales);
}

#[inline(always)]
fn pack_tile_portable<const S: usize>(
    x: &[f32],
    k: usize,
    codes: &mut [[i8; 4]],
    scales: &mut [[f32; 2]],
) {
    let rows = x.len() / k;
    let groups = codes
        .chunks_exact_mut(rows * S)
        .zip(scales.chunks_exact_mut(rows));
    for (first, (codes, scales)) in groups.enumerate() {
        for (r, (row, scale)) in x.chunks_exact(k).zip(scales).enumerate() {
            let group = row.get(first * 4 * S..).unwrap_or_default();
            let (group, _) = group.as_chunks::<4>();
            let Some(group) = group.first_chunk::<S>() else {
                return;
            };
            let (fours, affine) = quantise(group);
            *scale = affine;
            for (step, four) in codes.chunks_exact_mut(rows).zip(fours) {
                if let Some(slot) = step.get_mut(r) {
                    *slot = four;
                }
            }
        }
    }
}

/// Adding this to a number of at most 2^22 leaves it, rounded to nearest even, in the low bits.
const ROUND: f32 = 12_582_912.0;

/// Quantises a group: the largest magnitude becomes 127. Returns the codes, and the scale with the
/// scale times the codes' sum. A group with a number that is not finite has a NaN for its scale,
/// so that no sum it goes into looks like a result; one whose scale has no reciprocal is zero.
#[inline(always)]
fn quantise<const S: usize>(x: &[[f32; 4]; S]) -> ([[i8; 4]; S], [f32; 2]) {
    let largest = x
        .as_flattened()
        .iter()
        .fold(0, |m, x| (x.to_bits() & 0x7fff_ffff).max(m));
    let largest = f32::from_bits(largest);
    if !largest.is_finite() {
        return ([[0; 4]; S], [f32::NAN; 2]);
    }
    let inverse = 127.0 / largest;
    let inverse = if inverse.is_finite() { inverse } else { 0.0 };
    let scale = if inverse == 0.0 { 0.0 } else { largest / 127.0 };
    let mut codes = [[0; 4]; S];
    for (code, &x) in codes.as_flattened_mut().iter_mut().zip(x.as_flattened()) {
        *code = (x * inverse + ROUND).to_bits() as i8;
    }
    let sum = codes
        .as_flattened()
        .iter()
        .fold(0i32, |sum, &code| sum + i32::from(code));
    (codes, [scale, scale * sum as f32])
}
