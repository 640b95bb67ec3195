//! One tile of an f32 product: up to 12 rows by 32 columns, `k` summed in order.
//!
//! Every path gives the same bits: each element of the product has one accumulator that starts at
//! +0 and takes `fma(x[k], w[k], accumulator)` for `k = 0, 1, 2, ...`, whatever the vector width.

use super::isa::Isa;
use super::pack::PANEL;
use super::pack_panels::TILE;

/// Makes a number of rows, given as a value, a constant of a call.
macro_rules! with_rows {
    ($rows:expr, [$($r:literal)*], $name:ident => $call:expr) => {
        match $rows {
            $($r => { const $name: usize = $r; $call })*
            _ => {}
        }
    };
}
pub(super) use with_rows;

/// Computes one tile: `out[r][c]` is row `r` of `tile` times column `c` of `panel`. `tile` holds
/// `rows` (1 to 12) values for each `k`, `panel` 32.
pub(super) fn tile(isa: Isa, rows: usize, tile: &[f32], panel: &[f32], out: &mut [[f32; PANEL]]) {
    assert!((1..=TILE).contains(&rows) && out.len() == rows);
    assert!(tile.len() / rows == panel.len() / PANEL);
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx512(_) => unsafe {
            with_rows!(rows, [1 2 3 4 5 6 7 8 9 10 11 12], R => avx512::<R>(tile, panel, out))
        },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx2(_) => unsafe { avx2_all(rows, tile, panel, out) },
        _ => portable(rows, tile, panel, out),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn avx512<const R: usize>(tile: &[f32], panel: &[f32], out: &mut [[f32; PANEL]]) {
    use std::arch::x86_64::{
        _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps,
    };
    let mut sums = [[_mm512_setzero_ps(); 2]; R];
    for (xs, ws) in tile
        .as_chunks::<R>()
        .0
        .iter()
        .zip(panel.as_chunks::<PANEL>().0)
    {
        // SAFETY: `ws` has 32 floats.
        let (w0, w1) = unsafe {
            (
                _mm512_loadu_ps(ws.as_ptr()),
                _mm512_loadu_ps(ws.as_ptr().add(16)),
            )
        };
        for (sum, &x) in sums.iter_mut().zip(xs) {
            let x = _mm512_set1_ps(x);
            sum[0] = _mm512_fmadd_ps(x, w0, sum[0]);
            sum[1] = _mm512_fmadd_ps(x, w1, sum[1]);
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

/// Walks the tile in pieces of 6 rows and 16 columns, which 16 registers can hold.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2_all(rows: usize, tile: &[f32], panel: &[f32], out: &mut [[f32; PANEL]]) {
    for (piece, out) in out.chunks_mut(6).enumerate() {
        let tile = tile.get(piece * 6..).unwrap_or_default();
        for half in [0, 16] {
            let panel = panel.get(half..).unwrap_or_default();
            with_rows!(out.len(), [1 2 3 4 5 6], R => avx2::<R>(rows, tile, panel, half, out));
        }
    }
}

/// `R` rows by 16 columns; `stride` is the number of rows in the whole tile. The last chunk of
/// `tile` and `panel` may be short of a whole stride.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2<const R: usize>(
    stride: usize,
    tile: &[f32],
    panel: &[f32],
    half: usize,
    out: &mut [[f32; PANEL]],
) {
    use std::arch::x86_64::{
        _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
    };
    let mut sums = [[_mm256_setzero_ps(); 2]; R];
    for (xs, ws) in tile.chunks(stride).zip(panel.chunks(PANEL)) {
        let (Some(xs), Some(ws)) = (xs.first_chunk::<R>(), ws.first_chunk::<16>()) else {
            return;
        };
        // SAFETY: `ws` has 16 floats.
        let (w0, w1) = unsafe {
            (
                _mm256_loadu_ps(ws.as_ptr()),
                _mm256_loadu_ps(ws.as_ptr().add(8)),
            )
        };
        for (sum, &x) in sums.iter_mut().zip(xs) {
            let x = _mm256_set1_ps(x);
            sum[0] = _mm256_fmadd_ps(x, w0, sum[0]);
            sum[1] = _mm256_fmadd_ps(x, w1, sum[1]);
        }
    }
    for (row, sum) in out.iter_mut().zip(sums) {
        let Some(row) = row.get_mut(half..).and_then(<[f32]>::first_chunk_mut::<16>) else {
            return;
        };
        // SAFETY: `row` has 16 floats.
        unsafe {
            _mm256_storeu_ps(row.as_mut_ptr(), sum[0]);
            _mm256_storeu_ps(row.as_mut_ptr().add(8), sum[1]);
        }
    }
}

/// `mul_add` rounds once on every machine; without an FMA instruction it is exact and slow.
fn portable(rows: usize, tile: &[f32], panel: &[f32], out: &mut [[f32; PANEL]]) {
    out.fill([0.0; PANEL]);
    for (xs, ws) in tile.chunks_exact(rows).zip(panel.as_chunks::<PANEL>().0) {
        for (sums, &x) in out.iter_mut().zip(xs) {
            for (sum, &w) in sums.iter_mut().zip(ws) {
                *sum = x.mul_add(w, *sum);
            }
        }
    }
}
