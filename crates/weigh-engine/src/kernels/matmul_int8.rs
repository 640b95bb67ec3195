//! One tile of an int8 product: up to 6 rows by 32 columns, groups of `k` summed in order.
//!
//! Every path gives the same bits. Within a group the products of codes are summed exactly, as
//! integers; a group then goes into the element's sum as
//! `sum = fma(dot * activation_scale, weight_scale, sum)` and, where weights have minima,
//! `sum = fma(weight_minimum, activation_scale * sum_of_codes, sum)`. Where they have none, the
//! dot product is that of `code - 128`: it begins at -128 times the sum of the activations' codes.

use super::isa::Isa;
use super::matmul_f32::with_rows;
use super::pack::PANEL;
use super::pack_int8::{Group, TILE, Tile};

/// Computes one tile: `out[r][c]` is row `r` of `tile` times column `c` of `panel`.
pub(super) fn tile<const S: usize, const M: usize>(
    isa: Isa,
    tile: &Tile<'_>,
    panel: &[Group<S, M>],
    out: &mut [[f32; PANEL]],
) {
    let rows = tile.rows;
    assert!((1..=TILE).contains(&rows) && out.len() == rows);
    assert!(tile.codes.len() == rows * S * panel.len() && tile.scales.len() == rows * panel.len());
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has the instructions.
        Isa::Avx512(has) if has.vnni() => unsafe {
            with_rows!(rows, [1 2 3 4 5 6], R => avx512::<R, S, M>(tile, panel, out))
        },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the value of `isa` proves that the CPU has AVX2 and FMA; AVX-512 includes them.
        Isa::Avx512(_) | Isa::Avx2(_) => unsafe { avx2_all(tile, panel, out) },
        _ => portable(tile, panel, out),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vnni")]
fn avx512<const R: usize, const S: usize, const M: usize>(
    tile: &Tile<'_>,
    panel: &[Group<S, M>],
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
        for (dot, x) in dots.iter_mut().zip(scales) {
            *dot = [_mm512_set1_epi32(x.begin(M)); 2];
        }
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
        let scale = two(&group.scale);
        for ((sum, dot), x) in sums.iter_mut().zip(dots).zip(scales) {
            let (x_scale, x_sum) = (_mm512_set1_ps(x.scale), _mm512_set1_ps(x.sum));
            for ((sum, dot), scale) in sum.iter_mut().zip(dot).zip(scale) {
                let dot = _mm512_mul_ps(_mm512_cvtepi32_ps(dot), x_scale);
                *sum = _mm512_fmadd_ps(dot, scale, *sum);
            }
            for minimum in &group.minimum {
                for (sum, minimum) in sum.iter_mut().zip(two(minimum)) {
                    *sum = _mm512_fmadd_ps(minimum, x_sum, *sum);
                }
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
fn avx2_all<const S: usize, const M: usize>(
    tile: &Tile<'_>,
    panel: &[Group<S, M>],
    out: &mut [[f32; PANEL]],
) {
    for (piece, out) in out.chunks_mut(3).enumerate() {
        for from in [0, 8, 16, 24] {
            with_rows!(out.len(), [1 2 3], R => avx2::<R, S, M>(tile, piece * 3, panel, from, out));
        }
    }
}

/// 8 of 32 columns.
#[cfg(target_arch = "x86_64")]
fn part<T>(columns: &[T; PANEL], from: usize) -> Option<&[T; 8]> {
    columns.get(from..)?.first_chunk()
}

/// `R` rows from `first` on by 8 columns from `from` on. `vpmaddubsw` would saturate, so bytes are
/// widened to 16 bits: those at even places and those at odd places apart.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2<const R: usize, const S: usize, const M: usize>(
    tile: &Tile<'_>,
    first: usize,
    panel: &[Group<S, M>],
    from: usize,
    out: &mut [[f32; PANEL]],
) {
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi32, _mm256_and_si256, _mm256_cvtepi32_ps, _mm256_fmadd_ps,
        _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps, _mm256_set1_epi16,
        _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps, _mm256_setzero_si256,
        _mm256_slli_epi16, _mm256_srai_epi16, _mm256_srli_epi16, _mm256_storeu_ps,
    };
    let low = _mm256_set1_epi16(0xff);
    let mut sums = [_mm256_setzero_ps(); R];
    let groups = tile
        .codes
        .chunks_exact(tile.rows * S)
        .zip(tile.scales.chunks_exact(tile.rows));
    for (group, (codes, scales)) in panel.iter().zip(groups) {
        let scales = scales.get(first..).and_then(<[_]>::first_chunk::<R>);
        let (Some(scales), Some(scale)) = (scales, part(&group.scale, from)) else {
            return;
        };
        // SAFETY: `scale` has 8 floats.
        let scale = unsafe { _mm256_loadu_ps(scale.as_ptr()) };
        let mut dots = [_mm256_setzero_si256(); R];
        for (dot, x) in dots.iter_mut().zip(scales) {
            *dot = _mm256_set1_epi32(x.begin(M));
        }
        for (ws, xs) in group.codes.iter().zip(codes.chunks_exact(tile.rows)) {
            let ws = part(ws, from);
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
        for ((sum, dot), x) in sums.iter_mut().zip(dots).zip(scales) {
            let dot = _mm256_mul_ps(_mm256_cvtepi32_ps(dot), _mm256_set1_ps(x.scale));
            *sum = _mm256_fmadd_ps(dot, scale, *sum);
            for minimum in &group.minimum {
                let Some(minimum) = part(minimum, from) else {
                    return;
                };
                // SAFETY: `minimum` has 8 floats.
                let minimum = unsafe { _mm256_loadu_ps(minimum.as_ptr()) };
                *sum = _mm256_fmadd_ps(minimum, _mm256_set1_ps(x.sum), *sum);
            }
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
fn portable<const S: usize, const M: usize>(
    tile: &Tile<'_>,
    panel: &[Group<S, M>],
    out: &mut [[f32; PANEL]],
) {
    out.fill([0.0; PANEL]);
    let groups = tile
        .codes
        .chunks_exact(tile.rows * S)
        .zip(tile.scales.chunks_exact(tile.rows));
    for (group, (codes, scales)) in panel.iter().zip(groups) {
        for (r, (sums, x)) in out.iter_mut().zip(scales).enumerate() {
            let mut dots = [x.begin(M); PANEL];
            let xs = codes.iter().skip(r).step_by(tile.rows);
            for (ws, x) in group.codes.iter().zip(xs) {
                for (dot, w) in dots.iter_mut().zip(ws) {
                    let products = w.iter().zip(x).map(|(&w, &x)| i32::from(w) * i32::from(x));
                    *dot += products.sum::<i32>();
                }
            }
            for ((sum, dot), scale) in sums.iter_mut().zip(dots).zip(&group.scale) {
                *sum = (dot as f32 * x.scale).mul_add(*scale, *sum);
            }
            for minimum in &group.minimum {
                for (sum, minimum) in sums.iter_mut().zip(minimum) {
                    *sum = minimum.mul_add(x.sum, *sum);
                }
            }
        }
    }
}
