//! One tile of a bf16 product: up to 12 rows by 32 columns, `k` summed in order in f32.
//!
//! Every path gives the same bits. They are those of `vdpbf16ps` as measured (and as its
//! description in Intel's Software Developer's Manual has it): per pair two fused multiply-adds
//! into the accumulator, the upper half's product first, each rounded to nearest even, with
//! subnormal inputs and results taken as zeros. A pair holds the lower `k` in its upper half, so
//! `k` ascends. Subnormal inputs are zeros from packing on.

use super::isa::Isa;
use super::matmul_f32::with_rows;
use super::pack::PANEL;
use super::pack_memory::Plain;
use super::pack_panels::{TILE, Word};

/// Two bf16 neighbours along `k`, the lower `k` in the upper half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(transparent)]
pub(super) struct Pair(u32);

// SAFETY: a transparent wrapper of a primitive number of 4 bytes.
unsafe impl Plain for Pair {}

impl Pair {
    /// The number with the lower `k`, widened; exact.
    fn first(self) -> f32 {
        f32::from_bits(self.0 & 0xffff_0000)
    }

    /// The number with the higher `k`, widened; exact.
    fn second(self) -> f32 {
        f32::from_bits(self.0 << 16)
    }
}

impl Word for Pair {
    const DEPTH: usize = 2;

    fn fill(isa: Isa, row: &[f32], words: &mut [Self]) {
        match isa {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: the value of `isa` proves that the CPU has the instructions.
            Isa::Avx512(has) if has.bf16() => unsafe { pair_avx512(row, words) },
            _ => pair(row, words),
        }
    }
}

fn pair(row: &[f32], words: &mut [Pair]) {
    let (pairs, rest) = row.as_chunks::<2>();
    for (word, &[first, second]) in words.iter_mut().zip(pairs) {
        *word = Pair(round(first) << 16 | round(second));
    }
    if let (Some(word), &[last]) = (words.get_mut(pairs.len()), rest) {
        *word = Pair(round(last) << 16);
    }
}

/// `vcvtneps2bf16` rounds as `round` does; the halves of each pair then change places.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx512bf16")]
fn pair_avx512(row: &[f32], words: &mut [Pair]) {
    use std::arch::x86_64::{
        __m256bh, __m256i, _mm256_rol_epi32, _mm256_storeu_si256, _mm512_cvtneps_pbh,
        _mm512_loadu_ps,
    };
    let (lines, rest) = row.as_chunks::<16>();
    let (into, tail) = words.split_at_mut(words.len().min(lines.len() * 8));
    for (words, line) in into.as_chunks_mut::<8>().0.iter_mut().zip(lines) {
        // SAFETY: `line` has 16 floats and `words` 8 pairs; both vectors are 32 bytes in which
        // every pattern is a value.
        unsafe {
            let rounded = _mm512_cvtneps_pbh(_mm512_loadu_ps(line.as_ptr()));
            let pairs = std::mem::transmute::<__m256bh, __m256i>(rounded);
            _mm256_storeu_si256(words.as_mut_ptr().cast(), _mm256_rol_epi32::<16>(pairs));
        }
    }
    pair(rest, tail);
}

/// The nearest bf16, ties to even, as the low 16 bits. A subnormal is a zero of the same sign, and
/// a NaN is quiet.
fn round(x: f32) -> u32 {
    let bits = x.to_bits();
    let nearest = (bits.wrapping_add(0x7fff + (bits >> 16 & 1))) >> 16;
    let finite = if bits & 0x7f80_0000 == 0 {
        bits >> 16 & 0x8000
    } else {
        nearest
    };
    if x.is_nan() {
        bits >> 16 | 0x40
    } else {
        finite
    }
}

/// A result as the instruction leaves it: zero of the same sign in place of a subnormal.
fn flush(x: f32) -> f32 {
    if x.is_subnormal() {
        0f32.copysign(x)
    } else {
        x
    }
}

/// Computes one tile: `out[r][c]` is row `r` of `tile` times column `c` of `panel`. `tile` holds
/// `rows` (1 to 12) pairs for each step along `k`, `panel` 32.
pub(super) fn tile(isa: Isa, rows: usize, tile: &[Pair], panel: &[Pair], out: &mut [[f32; PANEL]]) {
    assert!((1..=TILE).contains(&rows) && out.len() == rows);
    assert!(tile.len() / rows == panel.len() / PANEL);
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx512(has) if has.bf16() => unsafe {
            with_rows!(rows, [1 2 3 4 5 6 7 8 9 10 11 12], R => avx512::<R>(tile, panel, out))
        },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has AVX2 and FMA; AVX-512 includes them.
        Isa::Avx512(_) | Isa::Avx2(_) => unsafe { avx2_all(rows, tile, panel, out) },
        _ => portable(rows, tile, panel, out),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bf16")]
fn avx512<const R: usize>(tile: &[Pair], panel: &[Pair], out: &mut [[f32; PANEL]]) {
    use std::arch::x86_64::{
        __m512bh, __m512i, _mm512_dpbf16_ps, _mm512_loadu_si512, _mm512_set1_epi32,
        _mm512_setzero_ps, _mm512_storeu_ps,
    };
    // SAFETY: both are 64 bytes in which every pattern is a value.
    let pairs = |v: __m512i| unsafe { std::mem::transmute::<__m512i, __m512bh>(v) };
    let mut sums = [[_mm512_setzero_ps(); 2]; R];
    for (xs, ws) in tile
        .as_chunks::<R>()
        .0
        .iter()
        .zip(panel.as_chunks::<PANEL>().0)
    {
        let ws = ws.as_ptr().cast::<__m512i>();
        // SAFETY: `ws` has 32 pairs, two vectors.
        let (w0, w1) = unsafe { (_mm512_loadu_si512(ws), _mm512_loadu_si512(ws.add(1))) };
        for (sum, &x) in sums.iter_mut().zip(xs) {
            let x = pairs(_mm512_set1_epi32(x.0.cast_signed()));
            sum[0] = _mm512_dpbf16_ps(sum[0], x, pairs(w0));
            sum[1] = _mm512_dpbf16_ps(sum[1], x, pairs(w1));
        }
    }
    for (row, sum) in out.iter_mut().zip(sums) {
        // SAFETY: `row` has 32 floats.
        unsafe {
            _mm512_storeu_ps(row.as_mut_ptr(), sum[0]);
            _mm512_storeu_ps(row.as_mut_ptr().add(16), sum[1]);
        }
    }
}

/// Walks the tile in pieces of 4 rows and 16 columns, which 16 registers can hold.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2_all(rows: usize, tile: &[Pair], panel: &[Pair], out: &mut [[f32; PANEL]]) {
    for (piece, out) in out.chunks_mut(4).enumerate() {
        let tile = tile.get(piece * 4..).unwrap_or_default();
        for half in [0, 8, 16, 24] {
            let panel = panel.get(half..).unwrap_or_default();
            with_rows!(out.len(), [1 2 3 4], R => avx2::<R>(rows, tile, panel, half, out));
        }
    }
}

/// `R` rows by 8 columns; `stride` is the number of rows in the whole tile. The last chunk of
/// `tile` and `panel` may be short of a whole stride.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2<const R: usize>(
    stride: usize,
    tile: &[Pair],
    panel: &[Pair],
    from: usize,
    out: &mut [[f32; PANEL]],
) {
    use std::arch::x86_64::{
        __m256, __m256i, _CMP_NLT_UQ, _mm256_and_ps, _mm256_andnot_ps, _mm256_castsi256_ps,
        _mm256_cmp_ps, _mm256_fmadd_ps, _mm256_loadu_si256, _mm256_or_ps, _mm256_set1_epi32,
        _mm256_set1_ps, _mm256_setzero_ps, _mm256_slli_epi32, _mm256_storeu_ps,
    };
    let sign = _mm256_set1_ps(-0.0);
    let least = _mm256_set1_ps(f32::MIN_POSITIVE);
    let upper = _mm256_castsi256_ps(_mm256_set1_epi32(-0x1_0000));
    let first = |v: __m256i| _mm256_and_ps(_mm256_castsi256_ps(v), upper);
    let second = |v: __m256i| _mm256_castsi256_ps(_mm256_slli_epi32::<16>(v));
    let flush = |x: __m256| {
        let normal = _mm256_cmp_ps::<_CMP_NLT_UQ>(_mm256_andnot_ps(sign, x), least);
        _mm256_and_ps(x, _mm256_or_ps(normal, sign))
    };
    let mut sums = [_mm256_setzero_ps(); R];
    for (xs, ws) in tile.chunks(stride).zip(panel.chunks(PANEL)) {
        let (Some(xs), Some(ws)) = (xs.first_chunk::<R>(), ws.first_chunk::<8>()) else {
            return;
        };
        // SAFETY: `ws` has 8 pairs, one vector.
        let w = unsafe { _mm256_loadu_si256(ws.as_ptr().cast()) };
        for (sum, &x) in sums.iter_mut().zip(xs) {
            let x = _mm256_set1_epi32(x.0.cast_signed());
            *sum = flush(_mm256_fmadd_ps(first(x), first(w), *sum));
            *sum = flush(_mm256_fmadd_ps(second(x), second(w), *sum));
        }
    }
    for (row, sum) in out.iter_mut().zip(sums) {
        let Some(row) = row.get_mut(from..).and_then(<[f32]>::first_chunk_mut::<8>) else {
            return;
        };
        // SAFETY: `row` has 8 floats.
        unsafe { _mm256_storeu_ps(row.as_mut_ptr(), sum) };
    }
}

/// `mul_add` rounds once on every machine; without an FMA instruction it is exact and slow.
fn portable(rows: usize, tile: &[Pair], panel: &[Pair], out: &mut [[f32; PANEL]]) {
    out.fill([0.0; PANEL]);
    for (xs, ws) in tile.chunks_exact(rows).zip(panel.as_chunks::<PANEL>().0) {
        for (sums, &x) in out.iter_mut().zip(xs) {
            for (sum, &w) in sums.iter_mut().zip(ws) {
                *sum = flush(x.first().mul_add(w.first(), *sum));
                *sum = flush(x.second().mul_add(w.second(), *sum));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use half::bf16;

    use super::*;
    use crate::kernels::testing::{bits, noise};

    #[test]
    fn rounding_is_that_of_the_reference_and_of_every_path() {
        let mut xs = noise(1, 10_001);
        let edges = [
            0.0,
            1.0,
            1.003_906_2,
            1.011_718_8,
            f32::MAX,
            f32::MIN_POSITIVE,
            1.17e-38,
            1e-40,
        ];
        xs.extend(edges.into_iter().flat_map(|x| [x, -x]));
        xs.extend([f32::INFINITY, f32::NEG_INFINITY, f32::NAN, -f32::NAN]);
        let mut expect = vec![Pair(0); xs.len().div_ceil(2)];
        pair(&xs, &mut expect);
        for (i, &x) in xs.iter().enumerate() {
            let x = if x.is_subnormal() {
                0f32.copysign(x)
            } else {
                x
            };
            let word = expect[i / 2].0;
            let half = if i % 2 == 0 {
                word >> 16
            } else {
                word & 0xffff
            };
            assert_eq!(half, u32::from(bf16::from_f32(x).to_bits()), "{x:e}");
        }
        for isa in Isa::all() {
            let mut words = vec![Pair(7); expect.len()];
            Pair::fill(isa, &xs, &mut words);
            assert_eq!(words, expect, "{isa}");
        }
    }

    /// Exponents all over, so that sums cancel, vanish and become subnormal.
    fn wild(seed: u64, n: usize) -> Vec<Pair> {
        let spread = |(x, e): (f32, f32)| x * (e * 22.0 - 60.0).exp2();
        let values: Vec<f32> = noise(seed, n * 2)
            .into_iter()
            .zip(noise(seed + 9, n * 2))
            .map(spread)
            .collect();
        let mut words = vec![Pair(0); n];
        pair(&values, &mut words);
        words
    }

    #[test]
    fn every_path_agrees_down_to_subnormal_sums() {
        let mut subnormal = 0;
        for seed in 0..40 {
            let depth = 1 + seed as usize % 7;
            let (xs, ws) = (wild(seed, 12 * depth), wild(seed + 100, PANEL * depth));
            let mut expect = [[0.0; PANEL]; 12];
            portable(12, &xs, &ws, &mut expect);
            for isa in Isa::all() {
                let mut out = [[0.0; PANEL]; 12];
                tile(isa, 12, &xs, &ws, &mut out);
                assert_eq!(
                    bits(out.as_flattened()),
                    bits(expect.as_flattened()),
                    "{isa}, {seed}"
                );
            }
            subnormal += expect.as_flattened().iter().filter(|x| **x == 0.0).count();
        }
        assert!(subnormal > 100, "no sum was flushed: the test sees nothing");
    }
}
