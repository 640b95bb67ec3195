//! Sixteen virtual lanes of f32: one order of arithmetic, the same bits on every instruction set.
//!
//! A kernel is written once against [`Simd`] and compiled once for each instruction set by
//! [`dispatch`]. Every operation works lane by lane with IEEE rounding, a fused multiply-add rounds
//! once everywhere, and [`Simd::sum`] folds the lanes in one fixed tree, so that AVX-512 (one
//! register), AVX2 (two registers) and plain Rust (an array) give identical results.

use super::bf16_pair::{Pair, flush, pair};
use super::isa::Isa;

/// How many lanes a vector has on every instruction set.
pub(crate) const LANES: usize = 16;

/// Sixteen words of four bytes on one cache line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Line<W = f32>(pub(crate) [W; LANES]);

impl Line {
    pub(crate) const ZERO: Self = Self([0.0; LANES]);
}

/// Arithmetic on vectors of sixteen f32. A value is the proof that the CPU has the instructions.
pub(crate) trait Simd: Copy + Send + Sync {
    /// Sixteen lanes.
    type V: Copy;
    /// Sixteen pairs of bf16.
    type P: Copy;
    /// Whether 24 vectors of accumulators fit the registers: 12 x 2 in a register tile, else 6 x 1.
    const WIDE: bool;

    /// All lanes `x`.
    fn splat(self, x: f32) -> Self::V;
    /// Lane i is `from[i]`.
    fn load(self, from: &[f32; LANES]) -> Self::V;
    /// `to[i]` is lane i.
    fn store(self, v: Self::V, to: &mut [f32; LANES]);
    /// a + b.
    fn add(self, a: Self::V, b: Self::V) -> Self::V;
    /// a - b.
    fn sub(self, a: Self::V, b: Self::V) -> Self::V;
    /// a b.
    fn mul(self, a: Self::V, b: Self::V) -> Self::V;
    /// a / b.
    fn div(self, a: Self::V, b: Self::V) -> Self::V;
    /// a b + c, rounded once.
    fn mul_add(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// a where a > b, else b: a NaN on the left is dropped, a NaN on the right is kept.
    fn max(self, a: Self::V, b: Self::V) -> Self::V;
    /// a where a < b, else b: a NaN on the left is dropped, a NaN on the right is kept.
    fn min(self, a: Self::V, b: Self::V) -> Self::V;
    /// The bits of every lane, 23 places to the left: moves a small integer into the exponent.
    fn into_exponent(self, v: Self::V) -> Self::V;
    /// +0 where `x` < `limit`, else `v`; a NaN in `x` keeps `v`.
    fn zero_below(self, x: Self::V, limit: f32, v: Self::V) -> Self::V;
    /// The sum of the lanes: first i with i + 8, then i + 4, i + 2, i + 1.
    fn sum(self, v: Self::V) -> f32;
    /// [`Simd::max`] over the lanes, in the tree of [`Simd::sum`].
    fn max_lane(self, v: Self::V) -> f32;

    /// All pairs `x`.
    fn splat_pair(self, x: Pair) -> Self::P;
    /// Pair i is `from[i]`.
    fn load_pairs(self, from: &[Pair; LANES]) -> Self::P;
    /// `to[i]` is pair i.
    fn store_pairs(self, v: Self::P, to: &mut [Pair; LANES]);
    /// [`Pair::dot`]: c and both products of a and b, in every lane. A subnormal in c is a zero.
    fn dot_pairs(self, a: Self::P, b: Self::P, c: Self::V) -> Self::V;

    /// The neighbours of 32 lanes, rounded: pairs 0 to 7 come from `low`, the others from `high`.
    #[inline(always)]
    fn round_pairs(self, low: Self::V, high: Self::V) -> Self::P {
        round_by_words(self, low, high)
    }

    /// The first lanes from `from` (fewer than sixteen), the rest 0.
    #[inline(always)]
    fn load_part(self, from: &[f32]) -> Self::V {
        let mut lanes = [0.0; LANES];
        for (lane, x) in lanes.iter_mut().zip(from) {
            *lane = *x;
        }
        self.load(&lanes)
    }

    /// Stores the first `to.len()` lanes (fewer than sixteen).
    #[inline(always)]
    fn store_part(self, v: Self::V, to: &mut [f32]) {
        let mut lanes = [0.0; LANES];
        self.store(v, &mut lanes);
        for (x, lane) in to.iter_mut().zip(&lanes) {
            *x = *lane;
        }
    }
}

/// [`Simd::round_pairs`] through memory, in plain Rust.
#[inline(always)]
pub(crate) fn round_by_words<S: Simd>(s: S, low: S::V, high: S::V) -> S::P {
    let (mut lanes, mut pairs) = ([[0.0; LANES]; 2], [Pair::default(); LANES]);
    let [first, second] = &mut lanes;
    s.store(low, first);
    s.store(high, second);
    pair(lanes.as_flattened(), &mut pairs);
    s.load_pairs(&pairs)
}

/// A computation that is compiled for each instruction set. `run` must be `#[inline(always)]`.
pub(crate) trait Kernel {
    /// What it returns.
    type Output;
    /// Whether it takes products of pairs: then it is compiled for their instruction as well.
    const PAIRS: bool = false;
    /// Does the work with the given vectors.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// Runs `kernel` with the vectors of `isa`.
#[inline]
pub(crate) fn dispatch<K: Kernel>(isa: Isa, kernel: K) -> K::Output {
    match isa {
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512(proof) if K::PAIRS && proof.bf16() => {
            super::lanes_x86::run_avx512_bf16(proof, kernel)
        }
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512(proof) => super::lanes_x86::run_avx512(proof, kernel),
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2(proof) => super::lanes_x86::run_avx2(proof, kernel),
        #[cfg(not(target_arch = "x86_64"))]
        Isa::Avx512(_) | Isa::Avx2(_) => kernel.run(Portable),
        Isa::Portable => kernel.run(Portable),
    }
}

/// Vectors as arrays, in plain Rust.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Portable;

#[inline(always)]
fn zip(a: [f32; LANES], b: [f32; LANES], f: impl Fn(f32, f32) -> f32) -> [f32; LANES] {
    let mut out = a;
    for (x, y) in out.iter_mut().zip(b) {
        *x = f(*x, y);
    }
    out
}

/// Folds lane i with lane i + 8, then 4, 2 and 1.
#[inline(always)]
fn fold(mut v: [f32; LANES], f: impl Fn(f32, f32) -> f32) -> f32 {
    for width in [8, 4, 2, 1] {
        let (low, high) = v.split_at_mut(width);
        for (x, y) in low.iter_mut().zip(high) {
            *x = f(*x, *y);
        }
    }
    let [first, ..] = v;
    first
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

impl Simd for Portable {
    type V = [f32; LANES];
    type P = [Pair; LANES];
    const WIDE: bool = false;

    #[inline(always)]
    fn splat(self, x: f32) -> Self::V {
        [x; LANES]
    }
    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Self::V {
        *from
    }
    #[inline(always)]
    fn store(self, v: Self::V, to: &mut [f32; LANES]) {
        *to = v;
    }
    #[inline(always)]
    fn add(self, a: Self::V, b: Self::V) -> Self::V {
        zip(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, a: Self::V, b: Self::V) -> Self::V {
        zip(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, a: Self::V, b: Self::V) -> Self::V {
        zip(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn div(self, a: Self::V, b: Self::V) -> Self::V {
        zip(a, b, |a, b| a / b)
    }
    #[inline(always)]
    fn mul_add(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V {
        let mut out = c;
        for (z, (x, y)) in out.iter_mut().zip(a.into_iter().zip(b)) {
            *z = x.mul_add(y, *z);
        }
        out
    }
    #[inline(always)]
    fn max(self, a: Self::V, b: Self::V) -> Self::V {
        zip(a, b, larger)
    }
    #[inline(always)]
    fn min(self, a: Self::V, b: Self::V) -> Self::V {
        zip(a, b, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn into_exponent(self, v: Self::V) -> Self::V {
        v.map(|x| f32::from_bits(x.to_bits() << 23))
    }
    #[inline(always)]
    fn zero_below(self, x: Self::V, limit: f32, v: Self::V) -> Self::V {
        zip(x, v, |x, v| if x < limit { 0.0 } else { v })
    }
    #[inline(always)]
    fn sum(self, v: Self::V) -> f32 {
        fold(v, |a, b| a + b)
    }
    #[inline(always)]
    fn max_lane(self, v: Self::V) -> f32 {
        fold(v, larger)
    }
    #[inline(always)]
    fn splat_pair(self, x: Pair) -> Self::P {
        [x; LANES]
    }
    #[inline(always)]
    fn load_pairs(self, from: &[Pair; LANES]) -> Self::P {
        *from
    }
    #[inline(always)]
    fn store_pairs(self, v: Self::P, to: &mut [Pair; LANES]) {
        *to = v;
    }
    #[inline(always)]
    fn dot_pairs(self, a: Self::P, b: Self::P, c: Self::V) -> Self::V {
        let mut out = c;
        for (z, (x, y)) in out.iter_mut().zip(a.into_iter().zip(b)) {
            *z = x.dot(y, flush(*z));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every operation on two awkward vectors, as bits.
    struct Every([f32; LANES], [f32; LANES]);

    impl Kernel for Every {
        type Output = Vec<[u32; LANES]>;
        const PAIRS: bool = true;

        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> Self::Output {
            let (a, b) = (s.load(&self.0), s.load(&self.1));
            let all = [
                s.add(a, b),
                s.sub(a, b),
                s.mul(a, b),
                s.div(a, b),
                s.mul_add(a, b, s.splat(0.1)),
                s.max(a, b),
                s.min(a, b),
                s.into_exponent(a),
                s.zero_below(a, 0.5, b),
                s.splat(s.sum(a)),
                s.splat(s.sum(b)),
                s.splat(s.max_lane(a)),
                s.splat(s.max_lane(b)),
                s.load_part(&self.0[..5]),
            ];
            let mut lines: Vec<[f32; LANES]> = all.map(|v| store(s, v)).to_vec();
            let mut part = [7.0; LANES];
            s.store_part(a, &mut part[..3]);
            lines.push(part);
            let (ab, ba) = (s.round_pairs(a, b), s.round_pairs(b, a));
            lines.push(store(s, s.dot_pairs(ab, ba, a)));
            lines.push(store(s, s.dot_pairs(s.splat_pair(Pair::ONES), ab, b)));
            let mut pairs = [Pair::default(); LANES];
            s.store_pairs(ab, &mut pairs);
            lines.push(store(s, s.dot_pairs(s.load_pairs(&pairs), ba, b)));
            // Products just above the subnormal numbers, sums that are subnormal.
            let least = s.splat(2f32.powi(-63));
            let small = s.round_pairs(least, s.sub(s.splat(0.0), least));
            for c in [1.0e-39, -1.2e-38] {
                lines.push(store(s, s.dot_pairs(small, small, s.splat(c))));
                lines.push(store(
                    s,
                    s.dot_pairs(small, s.splat_pair(Pair::ONES), s.splat(c)),
                ));
            }
            let bits = |x: f32| if x.is_nan() { u32::MAX } else { x.to_bits() };
            lines.iter().map(|line| line.map(bits)).collect()
        }
    }

    #[inline(always)]
    fn store<S: Simd>(s: S, v: S::V) -> [f32; LANES] {
        let mut line = [0.0; LANES];
        s.store(v, &mut line);
        line
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let plain: [f32; LANES] = std::array::from_fn(|i| (i as f32 - 7.3) * 1.37e-3);
        let large: [f32; LANES] = std::array::from_fn(|i| (i as f32 + 0.1).powi(9));
        let mut odd = plain;
        odd[1] = f32::NAN;
        odd[2] = f32::INFINITY;
        odd[3] = f32::NEG_INFINITY;
        odd[4] = -0.0;
        odd[5] = 0.0;
        odd[6] = f32::MIN_POSITIVE / 8.0;
        for (a, b) in [(plain, large), (large, plain), (odd, plain), (plain, odd)] {
            let expected = Every(a, b).run(Portable);
            for isa in Isa::all() {
                assert_eq!(dispatch(isa, Every(a, b)), expected, "{isa}");
            }
        }
    }

    #[test]
    fn the_tree_of_a_sum() {
        let mut v = [0.0; LANES];
        v[0] = 1.0e8;
        v[8] = -1.0e8;
        v[1] = 3.0;
        assert_eq!(Portable.sum(v), 3.0);
        v.swap(1, 8); // now 1e8 + 0 comes first, and 3 is lost in the last step
        v[8] = 3.0;
        v[1] = -1.0e8;
        assert_eq!(Portable.sum(v), 0.0);
    }
}
