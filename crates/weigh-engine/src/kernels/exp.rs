//! The exponential function in f32: one polynomial, the same bits on every instruction set.
//!
//! e^x = 2^n e^r with n the integer nearest to x / ln 2 and r = x - n ln 2, so |r| <= ln 2 / 2. Over
//! that range e^r is 1 + r + r^2 q(r) with q of degree 4, the minimax polynomial of the relative
//! error (Remez), its coefficients rounded to f32 one after the other; the polynomial is off by at
//! most 8e-9 and the result by at most one unit in the last place.

use super::lanes::Simd;

/// Below this (ln of the smallest normal f32) the result is exactly 0.
pub(crate) const UNDERFLOW: f32 = -87.336_54;
/// Larger arguments are as good as this one: n is 128 from 127.5 ln 2 = 88.38 upwards, and the result
/// infinite (the exact function overflows at 88.72).
const OVERFLOW: f32 = 88.5;
/// 1.5 * 2^23 + 127: added to y it rounds y to the nearest integer n, and leaves n + 127, the
/// exponent field of 2^n, in the low bits of the sum.
const ROUND: f32 = 12_583_039.0;
/// ln 2 in two parts (Cody and Waite); n times the first is exact.
const LN_2_HIGH: f32 = 355.0 / 512.0;
const LN_2_LOW: f32 = -2.121_944_4e-4;
/// q(r), from the highest power down.
const Q: [f32; 5] = [
    0.001_380_582_6,
    0.008_367_905,
    0.041_668_22,
    0.166_665_23,
    0.499_999_94,
];

/// e^x in every lane: 0 for -inf and for x < -87.336, infinite above 88.377, NaN for NaN.
#[inline(always)]
pub(crate) fn exp<S: Simd>(s: S, x: S::V) -> S::V {
    let x = s.min(s.splat(OVERFLOW), x);
    let shifted = s.mul_add(x, s.splat(std::f32::consts::LOG2_E), s.splat(ROUND));
    let minus_n = s.sub(s.splat(ROUND), shifted);
    let r = s.mul_add(minus_n, s.splat(LN_2_HIGH), x);
    let r = s.mul_add(minus_n, s.splat(LN_2_LOW), r);
    let [first, rest @ ..] = Q;
    let mut p = s.splat(first);
    for c in rest {
        p = s.mul_add(p, r, s.splat(c));
    }
    p = s.mul_add(p, r, s.splat(1.0));
    p = s.mul_add(p, r, s.splat(1.0));
    let power = s.into_exponent(shifted);
    s.zero_below(x, UNDERFLOW, s.mul(p, power))
}

#[cfg(test)]
mod tests {
    use super::super::isa::Isa;
    use super::super::lanes::{Kernel, LANES, dispatch};
    use super::*;
    use proptest::prelude::*;

    struct Exp([f32; LANES]);

    impl Kernel for Exp {
        type Output = [f32; LANES];

        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> Self::Output {
            let mut out = self.0;
            s.store(exp(s, s.load(&self.0)), &mut out);
            out
        }
    }

    fn exp_of(x: f32) -> f32 {
        dispatch(Isa::detect(), Exp([x; LANES]))[0]
    }

    /// The error in units of the last place of the exact value.
    fn ulps(x: f32, got: f32) -> f64 {
        let exact = f64::from(x).exp();
        let unit =
            f64::from(f32::from_bits((exact as f32).to_bits() + 1)) - f64::from(exact as f32);
        ((f64::from(got) - exact) / unit).abs()
    }

    #[test]
    fn special_values() {
        let check = |x: f32, expect: f32| assert_eq!(exp_of(x).to_bits(), expect.to_bits(), "{x}");
        check(0.0, 1.0);
        check(-0.0, 1.0);
        check(f32::NEG_INFINITY, 0.0);
        check(f32::MIN, 0.0);
        check(-87.4, 0.0);
        check(f32::INFINITY, f32::INFINITY);
        check(89.0, f32::INFINITY);
        check(1.0e30, f32::INFINITY);
        assert!(exp_of(f32::NAN).is_nan());
        assert!(exp_of(f32::from_bits(0xffc1_2345)).is_nan());
        assert!(exp_of(UNDERFLOW) >= f32::MIN_POSITIVE);
    }

    #[test]
    fn within_one_unit_in_the_last_place() {
        let mut worst: (f64, f32) = (0.0, 0.0);
        for i in 0..2_000_000 {
            let x = -87.3 + 175.6 * (i as f32) / 2_000_000.0;
            let error = ulps(x, exp_of(x));
            if error > worst.0 {
                worst = (error, x);
            }
        }
        assert!(worst.0 < 1.0, "{worst:?}");
    }

    proptest! {
        #[test]
        fn the_same_bits_everywhere(x: [f32; LANES], small in prop::array::uniform16(-90.0f32..90.0)) {
            for x in [x, small] {
                let bits = |y: f32| if y.is_nan() { u32::MAX } else { y.to_bits() };
                let expected = dispatch(Isa::Portable, Exp(x)).map(bits);
                for isa in Isa::all() {
                    prop_assert_eq!(dispatch(isa, Exp(x)).map(bits), expected, "{}", isa);
                }
            }
        }
    }
}
