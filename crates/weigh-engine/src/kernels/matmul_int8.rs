//! One tile of an int8 product: up to 6 rows by 32 columns, groups of `k` summed in order.
//!
//! Every path gives the same bits. Within a group the products of codes are summed exactly, as
//! integers; a group then goes into the element's sum as
//! `sum = fma(dot * activation_scale, weight_scale, sum)` and
//! `sum = fma(weight_minimum, activation_scale * sum_of_codes, sum)`.

use super::isa::Isa;
use super::matmul_f32::with_rows;
use super::pack::PANEL;
use super::pack_int8::{Group, TILE, Tile};

/// Computes one tile: `out[r][c]` is row `r` of `tile` times column `c` of `panel`.
pub(super) fn tile<const S: usize>(
    isa: Isa,
    tile: &Tile<'_>,
    panel: &[Group<S>],
    out: &mut [[f32; PANEL]],
) {
    let rows = tile.rows;
    assert!((1..=TILE).contains(&rows) && out.len() == rows);
    assert!(tile.codes.len() == rows * S * panel.len() && tile.scales.len() == rows * panel.len());
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx512(has) if has.vnni() => unsafe {
            with_rows!(rows, [1 2 3 4 5 6], R => avx512::<R, S>(tile, panel, out))
        },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has AVX2 and FMA; AVX-512 includes them.
        Isa::Avx512(_) | Isa::Avx2(_) => unsafe { avx2_all(tile, panel, out) },
        _ => portable(tile, panel, out),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vnni")]
fn avx512<const R: usize, const S: usize>(
    tile: &Tile<'_>,
    panel: &[Group<S>],
    out: &mut [[f32; PANEL]],
) {
    use std::arch::x86_64::{
        __m512, __m512i, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_loadu_ps,
        _mm512_loadu_si512, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps,
        _mm512_setzero_si512, _mm512_storeu_ps,
    };
    let two = |floats: &[f32; PANEL]| -> [__m512; 2] {
        // SAFETY: the array has 32 floats.
        unsafe {
            [
                _mm512_loadu_ps(floats.as_ptr()),
                _mm512_loadu_ps(floats.as_ptr().add(16)),
            ]
        }
    };
    let mut sums = [[_mm512_setzero_ps(); 2]; R];
    let codes = tile.codes.as_chunks::<R>().0.as_chunks::<S>().0;
    for ((group, codes), scales) in panel.iter().zip(codes).zip(tile.scales.as_chunks::<R>().0) {
        let mut dots = [[_mm512_setzero_si512(); 2]; R];
        for (ws, xs) in group.codes.iter().zip(codes) {
            let ws = ws.as_ptr().cast::<__m512i>();
            // SAFETY: `ws` has 32 times 4 bytes, two vectors.
            let (w0, w1) = unsafe { (_mm512_loadu_si512(ws), _mm512_loadu_si512(ws.add(1))) };
            for (dot, &x) in dots.iter_mut().zip(xs) {
                let x = _mm512_set1_epi32(i32::from_ne_bytes(x.map(i8::cast_unsigned)));
                dot[0] = _mm512_dpbusd_epi32(dot[0], w0, x);
                dot[1] = _mm512_dpbusd_epi32(dot[1], w1, x);
            }
        }
        let (scale, minimum) = (two(&group.scale), two(&group.minimum));
        for ((sum, dot), &[x_scale, x_sum]) in sums.iter_mut().zip(dots).zip(scales) {
            let (x_scale, x_sum) = (_mm512_set1_ps(x_scale), _mm512_set1_ps(x_sum));
            let parts = sum.iter_mut().zip(dot).zip(scale).zip(minimum);
            for (((sum, dot), scale), minimum) in parts {
                let dot = _mm512_mul_ps(_mm512_cvtepi32_ps(dot), x_scale);
                *sum = _mm512_fmadd_ps(dot, scale, *sum);
                *sum = _mm512_fmadd_ps(minimum, x_sum, *sum);
            }
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

/// Walks the tile in pieces of 3 rows and 8 columns, which 16 registers can hold.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2_all<const S: usize>(tile: &Tile<'_>, panel: &[Group<S>], out: &mut [[f32; PANEL]]) {
    for (piece, out) in out.chunks_mut(3).enumerate() {
        for from in [0, 8, 16, 24] {
            with_rows!(out.len(), [1 2 3], R => avx2::<R, S>(tile, piece * 3, panel, from, out));
        }
    }
}

/// `R` rows from `first` on by 8 columns from `from` on. `vpmaddubsw` would saturate, so bytes are
/// widened to 16 bits: those at even places and those at odd places apart.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2<const R: usize, const S: usize>(
    tile: &Tile<'_>,
    first: usize,
    panel: &[Group<S>],
    from: usize,
    out: &mut [[f32; PANEL]],
) {
    use std::arch::x86_64::{
        __m256, __m256i, _mm256_add_epi32, _mm256_and_si256, _mm256_cvtepi32_ps, _mm256_fmadd_ps,
        _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps, _mm256_set1_epi16,
        _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps, _mm256_setzero_si256,
        _mm256_slli_epi16, _mm256_srai_epi16, _mm256_srli_epi16, _mm256_storeu_ps,
    };

    let load = |floats: &[f32; PANEL]| -> Option<__m256> {
        floats
            .get(from..)?
            .first_chunk::<8>()
            // SAFETY: `x` has 8 floats.
            .map(|x| unsafe { _mm256_loadu_ps(x.as_ptr()) })
    };
    let low = _mm256_set1_epi16(0xff);
    let mut sums = [_mm256_setzero_ps(); R];
    let groups = tile
        .codes
        .chunks_exact(tile.rows * S)
        .zip(tile.scales.chunks_exact(tile.rows));
    for (group, (codes, scales)) in panel.iter().zip(groups) {
        let mut dots = [_mm256_setzero_si256(); R];
        for (ws, xs) in group.codes.iter().zip(codes.chunks_exact(tile.rows)) {
            let ws = ws.get(from..).and_then(<[_]>::first_chunk::<8>);
            let xs = xs.get(first..).and_then(<[_]>::first_chunk::<R>);
            let (Some(ws), Some(xs)) = (ws, xs) else {
                return;
            };
            // SAFETY: `ws` has 8 times 4 bytes, one vector.
            let w = unsafe { _mm256_loadu_si256(ws.as_ptr().cast::<__m256i>()) };
            let (w_even, w_odd) = (_mm256_and_si256(w, low), _mm256_srli_epi16::<8>(w));
            for (dot, &x) in dots.iter_mut().zip(xs) {
                let x = _mm256_set1_epi32(i32::from_ne_bytes(x.map(i8::cast_unsigned)));
                let x_even = _mm256_srai_epi16::<8>(_mm256_slli_epi16::<8>(x));
                let even = _mm256_madd_epi16(w_even, x_even);
                let odd = _mm256_madd_epi16(w_odd, _mm256_srai_epi16::<8>(x));
                *dot = _mm256_add_epi32(*dot, _mm256_add_epi32(even, odd));
            }
        }
        let scales = scales.get(first..).and_then(<[_]>::first_chunk::<R>);
        let (Some(scales), Some(scale), Some(minimum)) =
            (scales, load(&group.scale), load(&group.minimum))
        else {
            return;
        };
        for ((sum, dot), &[x_scale, x_sum]) in sums.iter_mut().zip(dots).zip(scales) {
            let dot = _mm256_mul_ps(_mm256_cvtepi32_ps(dot), _mm256_set1_ps(x_scale));
            *sum = _mm256_fmadd_ps(dot, scale, *sum);
            *sum = _mm256_fmadd_ps(minimum, _mm256_set1_ps(x_sum), *sum);
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

/// `mul_add` rounds once on every machine.
fn portable<const S: usize>(tile: &Tile<'_>, panel: &[Group<S>], out: &mut [[f32; PANEL]]) {
    out.fill([0.0; PANEL]);
    let groups = tile
        .codes
        .chunks_exact(tile.rows * S)
        .zip(tile.scales.chunks_exact(tile.rows));
    for (group, (codes, scales)) in panel.iter().zip(groups) {
        for (r, (sums, &[x_scale, x_sum])) in out.iter_mut().zip(scales).enumerate() {
            let mut dots = [0i32; PANEL];
            let xs = codes.iter().skip(r).step_by(tile.rows);
            for (ws, x) in group.codes.iter().zip(xs) {
                for (dot, w) in dots.iter_mut().zip(ws) {
                    let products = w.iter().zip(x).map(|(&w, &x)| i32::from(w) * i32::from(x));
                    *dot += products.sum::<i32>();
                }
            }
            let affine = group.scale.iter().zip(&group.minimum);
            for ((sum, dot), (scale, minimum)) in sums.iter_mut().zip(dots).zip(affine) {
                *sum = (dot as f32 * x_scale).mul_add(*scale, *sum);
                *sum = minimum.mul_add(x_sum, *sum);
            }
        }
    }
}
