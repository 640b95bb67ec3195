//! Two bf16 in one word, and the arithmetic of `vdpbf16ps` on every instruction set.
//!
//! Every path gives the same bits. They are those of `vdpbf16ps` as measured (and as its
//! description in Intel's Software Developer's Manual has it): per pair two fused multiply-adds
//! into the accumulator, the upper half's product first, each rounded to nearest even, with
//! subnormal inputs and results taken as zeros. A pair holds the lower of two indices in its upper
//! half, so that a sum over pairs ascends. A number that is subnormal becomes a zero when it is
//! rounded.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m256, __m256i, _CMP_NLT_UQ, _mm256_and_ps, _mm256_andnot_ps, _mm256_castsi256_ps,
    _mm256_cmp_ps, _mm256_fmadd_ps, _mm256_or_ps, _mm256_set1_epi32, _mm256_set1_ps,
    _mm256_slli_epi32,
};

use super::isa::Isa;
use super::pack_memory::Plain;
use super::pack_panels::Word;

/// Two bf16 neighbours, the one with the lower index in the upper half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(transparent)]
pub(crate) struct Pair(u32);

// SAFETY: a transparent wrapper of a primitive number of 4 bytes.
unsafe impl Plain for Pair {}

impl Pair {
    /// 1 and 1: a product with it adds both neighbours.
    pub(super) const ONES: Self = Self(0x3f80_3f80);

    /// The bits, for registers.
    pub(super) fn bits(self) -> u32 {
        self.0
    }

    /// The number with the lower index, widened; exact.
    pub(super) fn first(self) -> f32 {
        f32::from_bits(self.0 & 0xffff_0000)
    }

    /// The number with the higher index, widened; exact.
    pub(super) fn second(self) -> f32 {
        f32::from_bits(self.0 << 16)
    }

    /// This pair with 0 for the number with the higher index.
    pub(super) fn without_second(self) -> Self {
        Self(self.0 & 0xffff_0000)
    }

    /// Rounds `x` into the place of the lower (0) or the higher (1) index; the other one stays.
    pub(super) fn set(&mut self, place: usize, x: f32) {
        self.0 = if place == 0 {
            round(x) << 16 | self.0 & 0xffff
        } else {
            self.0 & 0xffff_0000 | round(x)
        };
    }

    /// `sum` plus both products; `sum` is not subnormal. `mul_add` rounds once on every machine;
    /// without an FMA instruction it is exact and slow.
    #[inline(always)]
    pub(super) fn dot(self, other: Self, sum: f32) -> f32 {
        let sum = flush(self.first().mul_add(other.first(), sum));
        flush(self.second().mul_add(other.second(), sum))
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

/// The words of a row, in plain Rust.
#[inline(always)]
pub(super) fn pair(row: &[f32], words: &mut [Pair]) {
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
#[inline(always)]
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
#[inline(always)]
pub(super) fn flush(x: f32) -> f32 {
    if x.is_subnormal() {
        0f32.copysign(x)
    } else {
        x
    }
}

/// [`flush`] in eight lanes.
///
/// # Safety
/// The CPU has AVX2.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(super) unsafe fn flush_avx2(x: __m256) -> __m256 {
    // SAFETY: the caller's promise.
    unsafe {
        let sign = _mm256_set1_ps(-0.0);
        let least = _mm256_set1_ps(f32::MIN_POSITIVE);
        let normal = _mm256_cmp_ps::<_CMP_NLT_UQ>(_mm256_andnot_ps(sign, x), least);
        _mm256_and_ps(x, _mm256_or_ps(normal, sign))
    }
}

/// [`Pair::dot`] in eight lanes of pairs.
///
/// # Safety
/// The CPU has AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(super) unsafe fn dot_avx2(x: __m256i, w: __m256i, sum: __m256) -> __m256 {
    // SAFETY: the caller's promise.
    unsafe {
        let upper = _mm256_castsi256_ps(_mm256_set1_epi32(-0x1_0000));
        let first = |v: __m256i| _mm256_and_ps(_mm256_castsi256_ps(v), upper);
        let second = |v: __m256i| _mm256_castsi256_ps(_mm256_slli_epi32::<16>(v));
        let sum = flush_avx2(_mm256_fmadd_ps(first(x), first(w), sum));
        flush_avx2(_mm256_fmadd_ps(second(x), second(w), sum))
    }
}

#[cfg(test)]
mod tests {
    use half::bf16;

    use super::*;
    use crate::kernels::testing::noise;

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
}
