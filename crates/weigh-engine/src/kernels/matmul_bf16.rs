//! One tile of a bf16 product: up to 12 rows by 32 columns, `k` summed in order in f32.
//!
//! Every path gives the same bits, those of [`Pair::dot`] from the first pair of `k` to the last.

use super::bf16_pair::Pair;
#[cfg(target_arch = "x86_64")]
use super::bf16_pair::dot_avx2;
use super::isa::Isa;
use super::matmul_f32::with_rows;
use super::pack::PANEL;
use super::pack_panels::TILE;

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
            let x = pairs(_mm512_set1_epi32(x.bits().cast_signed()));
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
        _mm256_loadu_si256, _mm256_set1_epi32, _mm256_setzero_ps, _mm256_storeu_ps,
    };
    let mut sums = [_mm256_setzero_ps(); R];
    for (xs, ws) in tile.chunks(stride).zip(panel.chunks(PANEL)) {
        let (Some(xs), Some(ws)) = (xs.first_chunk::<R>(), ws.first_chunk::<8>()) else {
            return;
        };
        // SAFETY: `ws` has 8 pairs, one vector.
        let w = unsafe { _mm256_loadu_si256(ws.as_ptr().cast()) };
        for (sum, &x) in sums.iter_mut().zip(xs) {
            let x = _mm256_set1_epi32(x.bits().cast_signed());
            // SAFETY: this function has AVX2 and FMA.
            *sum = unsafe { dot_avx2(x, w, *sum) };
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

fn portable(rows: usize, tile: &[Pair], panel: &[Pair], out: &mut [[f32; PANEL]]) {
    out.fill([0.0; PANEL]);
    for (xs, ws) in tile.chunks_exact(rows).zip(panel.as_chunks::<PANEL>().0) {
        for (sums, &x) in out.iter_mut().zip(xs) {
            for (sum, &w) in sums.iter_mut().zip(ws) {
                *sum = x.dot(w, *sum);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::bf16_pair::pair;
    use crate::kernels::testing::{bits, noise};

    /// Exponents all over, so that sums cancel, vanish and become subnormal.
    fn wild(seed: u64, n: usize) -> Vec<Pair> {
        let spread = |(x, e): (f32, f32)| x * (e * 22.0 - 60.0).exp2();
        let values: Vec<f32> = noise(seed, n * 2)
            .into_iter()
            .zip(noise(seed + 9, n * 2))
            .map(spread)
            .collect();
        let mut words = vec![Pair::default(); n];
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
