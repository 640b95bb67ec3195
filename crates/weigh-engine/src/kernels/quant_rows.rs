//! Activations to signed codes of 8 bits, a group at a time; the same codes on every path.

use super::pack_int8::Scale;

/// Adding this to a number of at most 2^22 leaves it, rounded to nearest even, in the low bits.
const ROUND: f32 = 12_582_912.0;

/// The codes of a group, in fours, and its scale.
type Quantised<const S: usize> = ([[i8; 4]; S], Scale);

/// Quantises the rows of a tile: for each step along `k` the rows' fours are neighbours, and for
/// each group of `4 * S` the rows' scales.
pub(super) fn portable<const S: usize>(
    x: &[f32],
    k: usize,
    codes: &mut [[i8; 4]],
    scales: &mut [Scale],
) {
    tile(x, k, codes, scales, group::<S>);
}

/// `portable`, compiled for wider vectors; nothing in it depends on their width.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
pub(super) fn avx2<const S: usize>(
    x: &[f32],
    k: usize,
    codes: &mut [[i8; 4]],
    scales: &mut [Scale],
) {
    tile(x, k, codes, scales, group::<S>);
}

/// `portable` with the operations of a group spelled out, which the compiler does not find.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
pub(super) fn avx512<const S: usize>(
    x: &[f32],
    k: usize,
    codes: &mut [[i8; 4]],
    scales: &mut [Scale],
) {
    tile(x, k, codes, scales, |x: &[[f32; 4]; S]| group_avx512(x));
}

#[inline(always)]
fn tile<const S: usize>(
    x: &[f32],
    k: usize,
    codes: &mut [[i8; 4]],
    scales: &mut [Scale],
    quantise: impl Fn(&[[f32; 4]; S]) -> Quantised<S>,
) {
    let rows = x.len() / k;
    for (r, row) in x.chunks_exact(k).enumerate() {
        let groups = codes
            .chunks_exact_mut(rows * S)
            .zip(scales.chunks_exact_mut(rows));
        for (group, (codes, scales)) in row.as_chunks::<4>().0.as_chunks::<S>().0.iter().zip(groups)
        {
            let (fours, scale) = quantise(group);
            if let Some(slot) = scales.get_mut(r) {
                *slot = scale;
            }
            for (step, four) in codes.chunks_exact_mut(rows).zip(fours) {
                if let Some(slot) = step.get_mut(r) {
                    *slot = four;
                }
            }
        }
    }
}

/// What turns activations into codes, and back: the largest magnitude becomes 127. Zeros where that
/// has no reciprocal, `None` where it is not finite.
#[inline(always)]
fn factors(largest: f32) -> Option<(f32, f32)> {
    let inverse = 127.0 / largest;
    match (largest.is_finite(), inverse.is_finite()) {
        (true, true) => Some((inverse, largest / 127.0)),
        (true, false) => Some((0.0, 0.0)),
        (false, _) => None,
    }
}

#[inline(always)]
fn scale(scale: f32, sum: i32) -> Scale {
    Scale {
        scale,
        sum: scale * sum as f32,
        offset: -128 * sum,
    }
}

/// A group with a number that is not finite: no sum that it goes into looks like a result.
#[inline(always)]
fn poisoned<const S: usize>() -> Quantised<S> {
    ([[0; 4]; S], scale(f32::NAN, 0))
}

#[inline(always)]
fn group<const S: usize>(x: &[[f32; 4]; S]) -> Quantised<S> {
    let magnitudes = x.as_flattened().iter().map(|x| x.to_bits() & 0x7fff_ffff);
    let Some((inverse, step)) = factors(f32::from_bits(magnitudes.fold(0, u32::max))) else {
        return poisoned();
    };
    let mut codes = [[0; 4]; S];
    for (code, &x) in codes.as_flattened_mut().iter_mut().zip(x.as_flattened()) {
        *code = (x * inverse + ROUND).to_bits() as i8;
    }
    let sum = codes
        .as_flattened()
        .iter()
        .map(|&code| i32::from(code))
        .sum();
    (codes, scale(step, sum))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn group_avx512<const S: usize>(x: &[[f32; 4]; S]) -> Quantised<S> {
    use std::arch::x86_64::{
        _mm_storeu_si128, _mm512_add_epi32, _mm512_add_ps, _mm512_and_si512, _mm512_castps_si512,
        _mm512_cvtepi32_epi8, _mm512_loadu_ps, _mm512_max_epu32, _mm512_mul_ps,
        _mm512_reduce_add_epi32, _mm512_reduce_max_epu32, _mm512_set1_epi32, _mm512_set1_ps,
        _mm512_setzero_si512, _mm512_sub_epi32,
    };
    let load = |x: &[[f32; 4]; 4]| {
        // SAFETY: `x` has 16 floats.
        unsafe { _mm512_loadu_ps(x.as_ptr().cast()) }
    };
    let lines = x.as_chunks::<4>().0;
    let magnitude = _mm512_set1_epi32(0x7fff_ffff);
    let mut largest = _mm512_setzero_si512();
    for x in lines {
        largest = _mm512_max_epu32(
            largest,
            _mm512_and_si512(_mm512_castps_si512(load(x)), magnitude),
        );
    }
    let Some((inverse, step)) = factors(f32::from_bits(_mm512_reduce_max_epu32(largest))) else {
        return poisoned();
    };
    let (inverse, round) = (_mm512_set1_ps(inverse), _mm512_set1_ps(ROUND));
    let mut sum = _mm512_setzero_si512();
    let mut codes = [[0i8; 4]; S];
    for (codes, x) in codes.as_chunks_mut::<4>().0.iter_mut().zip(lines) {
        let rounded = _mm512_castps_si512(_mm512_add_ps(_mm512_mul_ps(load(x), inverse), round));
        sum = _mm512_add_epi32(sum, _mm512_sub_epi32(rounded, _mm512_castps_si512(round)));
        // SAFETY: `codes` has 16 bytes.
        unsafe { _mm_storeu_si128(codes.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(rounded)) };
    }
    (codes, scale(step, _mm512_reduce_add_epi32(sum)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::noise;

    /// Compares every path with the plain definition.
    fn check<const S: usize>(x: &[f32], expect: impl Fn(&[f32]) -> (f32, Vec<i8>)) {
        let (group, _) = x.as_chunks::<4>();
        let group: &[[f32; 4]; S] = group.first_chunk().unwrap();
        let (step, codes) = expect(x);
        let sum: i32 = codes.iter().map(|&code| i32::from(code)).sum();
        let mut paths = vec![super::group(group)];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the CPU has the instructions.
            paths.push(unsafe { group_avx512(group) });
        }
        for (found, scale) in paths {
            assert_eq!(found.as_flattened(), codes);
            assert_eq!(scale.scale.to_bits(), step.to_bits());
            assert_eq!(scale.sum.to_bits(), (step * sum as f32).to_bits());
            assert_eq!(scale.offset, -128 * sum);
        }
    }

    fn nearest(x: &[f32]) -> (f32, Vec<i8>) {
        let largest = x.iter().fold(0.0f32, |m, x| m.max(x.abs()));
        let code = |x: &f32| (x * (127.0 / largest)).round_ties_even() as i8;
        (largest / 127.0, x.iter().map(code).collect())
    }

    #[test]
    fn codes_are_the_nearest_and_the_largest_is_127() {
        for seed in 0..200 {
            let size = [1.0, 1e-20, 1e30][seed as usize % 3];
            let x: Vec<f32> = noise(seed, 32).iter().map(|x| x * size).collect();
            check::<8>(&x, nearest);
            check::<4>(&x[..16], nearest);
        }
        let mut halves: Vec<f32> = (0..32).map(|i| i as f32 - 15.5).collect();
        halves[0] = -127.0;
        check::<8>(&halves, nearest);
    }

    #[test]
    fn groups_without_a_scale() {
        let zeros = |x: &[f32]| (0.0, vec![0; x.len()]);
        check::<8>(&[0.0; 32], zeros);
        check::<8>(&[1e-40; 32], zeros);
        check::<4>(&[-0.0; 16], zeros);
    }

    #[test]
    fn what_is_not_finite_has_no_scale() {
        for poison in [f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let mut x = noise(1, 32);
            x[17] = poison;
            let (group, _) = x.as_chunks::<4>();
            let group: &[[f32; 4]; 8] = group.first_chunk().unwrap();
            let (_, scale) = super::group(group);
            assert!(scale.scale.is_nan() && scale.sum.is_nan());
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx512f") {
                // SAFETY: the CPU has the instructions.
                let (_, scale) = unsafe { group_avx512(group) };
                assert!(scale.scale.is_nan() && scale.sum.is_nan());
            }
        }
    }
}
