//! The sixteen virtual lanes on x86: one AVX-512 register, or two AVX2 registers.

use std::arch::x86_64::*;

use super::bf16_pair::{Pair, dot_avx2, flush_avx2};
use super::isa::{Avx2, Avx512};
use super::lanes::{Kernel, LANES, Simd, round_by_words};

/// AVX-512, with its products of pairs if `BF16`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lanes512<const BF16: bool> {
    _proof: Avx512,
}

/// Runs `kernel` compiled for AVX-512 with BF16.
#[inline]
pub(crate) fn run_avx512_bf16<K: Kernel>(proof: Avx512, kernel: K) -> K::Output {
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma")]
    fn enter<K: Kernel>(lanes: Lanes512<true>, kernel: K) -> K::Output {
        kernel.run(lanes)
    }
    assert!(proof.bf16(), "no products of pairs");
    // SAFETY: a value of `Avx512` exists only where these features were detected, and it says that
    // BF16 is there.
    unsafe { enter(Lanes512 { _proof: proof }, kernel) }
}

/// Runs `kernel` compiled for AVX-512.
#[inline]
pub(crate) fn run_avx512<K: Kernel>(proof: Avx512, kernel: K) -> K::Output {
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
    fn enter<K: Kernel>(lanes: Lanes512<false>, kernel: K) -> K::Output {
        kernel.run(lanes)
    }
    // SAFETY: a value of `Avx512` exists only where these features were detected.
    unsafe { enter(Lanes512 { _proof: proof }, kernel) }
}

/// Runs `kernel` compiled for AVX2 and FMA.
#[inline]
pub(crate) fn run_avx2<K: Kernel>(proof: Avx2, kernel: K) -> K::Output {
    #[target_feature(enable = "avx2,fma")]
    fn enter<K: Kernel>(proof: Avx2, kernel: K) -> K::Output {
        kernel.run(proof)
    }
    // SAFETY: a value of `Avx2` exists only where these features were detected.
    unsafe { enter(proof, kernel) }
}

/// A register operation: sound wherever `self`, the proof of its instructions, exists.
macro_rules! op {
    ($e:expr) => {
        // SAFETY: `self` exists only where the features were detected, and a pointer that is given
        // comes from a reference to as many words as the instruction reads or writes.
        unsafe { $e }
    };
}

/// The sum of sixteen lanes in two halves: i with i + 8, then i + 4, i + 2, i + 1.
///
/// # Safety
/// The CPU has AVX2.
#[inline(always)]
unsafe fn fold_sum(low: __m256, high: __m256) -> f32 {
    // SAFETY: the caller's promise.
    unsafe {
        let v = _mm256_add_ps(low, high);
        let v = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
        let v = _mm_add_ps(v, _mm_movehl_ps(v, v));
        _mm_cvtss_f32(_mm_add_ss(v, _mm_movehdup_ps(v)))
    }
}

/// The maximum of sixteen lanes, in the tree of [`fold_sum`].
///
/// # Safety
/// The CPU has AVX2.
#[inline(always)]
unsafe fn fold_max(low: __m256, high: __m256) -> f32 {
    // SAFETY: the caller's promise.
    unsafe {
        let v = _mm256_max_ps(low, high);
        let v = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
        let v = _mm_max_ps(v, _mm_movehl_ps(v, v));
        _mm_cvtss_f32(_mm_max_ss(v, _mm_movehdup_ps(v)))
    }
}

impl<const BF16: bool> Simd for Lanes512<BF16> {
    type V = __m512;
    type P = __m512i;
    const WIDE: bool = true;

    #[inline(always)]
    fn splat(self, x: f32) -> __m512 {
        op!(_mm512_set1_ps(x))
    }
    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> __m512 {
        op!(_mm512_loadu_ps(from.as_ptr()))
    }
    #[inline(always)]
    fn store(self, v: __m512, to: &mut [f32; LANES]) {
        op!(_mm512_storeu_ps(to.as_mut_ptr(), v));
    }
    #[inline(always)]
    fn add(self, a: __m512, b: __m512) -> __m512 {
        op!(_mm512_add_ps(a, b))
    }
    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        op!(_mm512_sub_ps(a, b))
    }
    #[inline(always)]
    fn mul(self, a: __m512, b: __m512) -> __m512 {
        op!(_mm512_mul_ps(a, b))
    }
    #[inline(always)]
    fn div(self, a: __m512, b: __m512) -> __m512 {
        op!(_mm512_div_ps(a, b))
    }
    #[inline(always)]
    fn mul_add(self, a: __m512, b: __m512, c: __m512) -> __m512 {
        op!(_mm512_fmadd_ps(a, b, c))
    }
    #[inline(always)]
    fn max(self, a: __m512, b: __m512) -> __m512 {
        op!(_mm512_max_ps(a, b))
    }
    #[inline(always)]
    fn min(self, a: __m512, b: __m512) -> __m512 {
        op!(_mm512_min_ps(a, b))
    }
    #[inline(always)]
    fn into_exponent(self, v: __m512) -> __m512 {
        op!(_mm512_castsi512_ps(_mm512_slli_epi32::<23>(
            _mm512_castps_si512(v)
        )))
    }
    #[inline(always)]
    fn zero_below(self, x: __m512, limit: f32, v: __m512) -> __m512 {
        op!({
            let keep = _mm512_cmp_ps_mask::<_CMP_NLT_UQ>(x, _mm512_set1_ps(limit));
            _mm512_maskz_mov_ps(keep, v)
        })
    }
    #[inline(always)]
    fn sum(self, v: __m512) -> f32 {
        op!({
            let high = _mm512_extractf32x8_ps::<1>(v);
            fold_sum(_mm512_castps512_ps256(v), high)
        })
    }
    #[inline(always)]
    fn max_lane(self, v: __m512) -> f32 {
        op!({
            let high = _mm512_extractf32x8_ps::<1>(v);
            fold_max(_mm512_castps512_ps256(v), high)
        })
    }
    #[inline(always)]
    fn splat_pair(self, x: Pair) -> __m512i {
        op!(_mm512_set1_epi32(x.bits().cast_signed()))
    }
    #[inline(always)]
    fn load_pairs(self, from: &[Pair; LANES]) -> __m512i {
        op!(_mm512_loadu_si512(from.as_ptr().cast()))
    }
    #[inline(always)]
    fn store_pairs(self, v: __m512i, to: &mut [Pair; LANES]) {
        op!(_mm512_storeu_si512(to.as_mut_ptr().cast(), v));
    }
    #[inline(always)]
    fn dot_pairs(self, a: __m512i, b: __m512i, c: __m512) -> __m512 {
        op!(if BF16 {
            let pairs = |v| std::mem::transmute::<__m512i, __m512bh>(v);
            _mm512_dpbf16_ps(c, pairs(a), pairs(b))
        } else {
            let low = |v| _mm512_castsi512_si256(v);
            let high = |v| _mm512_extracti32x8_epi32::<1>(v);
            let c_high = flush_avx2(_mm512_extractf32x8_ps::<1>(c));
            let c_low = flush_avx2(_mm512_castps512_ps256(c));
            let sum = _mm512_castps256_ps512(dot_avx2(low(a), low(b), c_low));
            _mm512_insertf32x8::<1>(sum, dot_avx2(high(a), high(b), c_high))
        })
    }
    /// `vcvtne2ps2bf16` leaves the lower lane in the lower half.
    #[inline(always)]
    fn round_pairs(self, low: __m512, high: __m512) -> __m512i {
        if BF16 {
            op!({
                let rounded = _mm512_cvtne2ps_pbh(high, low);
                let pairs = std::mem::transmute::<__m512bh, __m512i>(rounded);
                _mm512_rol_epi32::<16>(pairs)
            })
        } else {
            round_by_words(self, low, high)
        }
    }
}

/// Lanes 0 to 7 and lanes 8 to 15.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Halves(__m256, __m256);

/// Pairs 0 to 7 and pairs 8 to 15.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words(__m256i, __m256i);

impl Simd for Avx2 {
    type V = Halves;
    type P = Words;
    const WIDE: bool = false;

    #[inline(always)]
    fn splat(self, x: f32) -> Halves {
        op!(Halves(_mm256_set1_ps(x), _mm256_set1_ps(x)))
    }
    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Halves {
        op!(Halves(
            _mm256_loadu_ps(from.as_ptr()),
            _mm256_loadu_ps(from.as_ptr().add(8))
        ))
    }
    #[inline(always)]
    fn store(self, v: Halves, to: &mut [f32; LANES]) {
        op!({
            _mm256_storeu_ps(to.as_mut_ptr(), v.0);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), v.1);
        });
    }
    #[inline(always)]
    fn add(self, a: Halves, b: Halves) -> Halves {
        op!(Halves(_mm256_add_ps(a.0, b.0), _mm256_add_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn sub(self, a: Halves, b: Halves) -> Halves {
        op!(Halves(_mm256_sub_ps(a.0, b.0), _mm256_sub_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn mul(self, a: Halves, b: Halves) -> Halves {
        op!(Halves(_mm256_mul_ps(a.0, b.0), _mm256_mul_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn div(self, a: Halves, b: Halves) -> Halves {
        op!(Halves(_mm256_div_ps(a.0, b.0), _mm256_div_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn mul_add(self, a: Halves, b: Halves, c: Halves) -> Halves {
        op!(Halves(
            _mm256_fmadd_ps(a.0, b.0, c.0),
            _mm256_fmadd_ps(a.1, b.1, c.1)
        ))
    }
    #[inline(always)]
    fn max(self, a: Halves, b: Halves) -> Halves {
        op!(Halves(_mm256_max_ps(a.0, b.0), _mm256_max_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn min(self, a: Halves, b: Halves) -> Halves {
        op!(Halves(_mm256_min_ps(a.0, b.0), _mm256_min_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn into_exponent(self, v: Halves) -> Halves {
        op!({
            let low = _mm256_slli_epi32::<23>(_mm256_castps_si256(v.0));
            let high = _mm256_slli_epi32::<23>(_mm256_castps_si256(v.1));
            Halves(_mm256_castsi256_ps(low), _mm256_castsi256_ps(high))
        })
    }
    #[inline(always)]
    fn zero_below(self, x: Halves, limit: f32, v: Halves) -> Halves {
        op!({
            let limit = _mm256_set1_ps(limit);
            let low = _mm256_cmp_ps::<_CMP_NLT_UQ>(x.0, limit);
            let high = _mm256_cmp_ps::<_CMP_NLT_UQ>(x.1, limit);
            Halves(_mm256_and_ps(low, v.0), _mm256_and_ps(high, v.1))
        })
    }
    #[inline(always)]
    fn sum(self, v: Halves) -> f32 {
        op!(fold_sum(v.0, v.1))
    }
    #[inline(always)]
    fn max_lane(self, v: Halves) -> f32 {
        op!(fold_max(v.0, v.1))
    }
    #[inline(always)]
    fn splat_pair(self, x: Pair) -> Words {
        let all = op!(_mm256_set1_epi32(x.bits().cast_signed()));
        Words(all, all)
    }
    #[inline(always)]
    fn load_pairs(self, from: &[Pair; LANES]) -> Words {
        op!(Words(
            _mm256_loadu_si256(from.as_ptr().cast()),
            _mm256_loadu_si256(from.as_ptr().add(8).cast())
        ))
    }
    #[inline(always)]
    fn store_pairs(self, v: Words, to: &mut [Pair; LANES]) {
        op!({
            _mm256_storeu_si256(to.as_mut_ptr().cast(), v.0);
            _mm256_storeu_si256(to.as_mut_ptr().add(8).cast(), v.1);
        });
    }
    #[inline(always)]
    fn dot_pairs(self, a: Words, b: Words, c: Halves) -> Halves {
        op!(Halves(
            dot_avx2(a.0, b.0, flush_avx2(c.0)),
            dot_avx2(a.1, b.1, flush_avx2(c.1))
        ))
    }
}
