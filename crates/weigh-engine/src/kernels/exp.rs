//! Exponentials in f32: one polynomial, the same bits on every instruction set.
//!
//! With n the integer nearest to y and r = y - n, so |r| <= 1/2, 2^y = 2^n 2^r. Over that range 2^r is
//! 1 + r p(r) with p of degree 5, fitted to the relative error (Remez) with its coefficients rounded
//! to f32 one after the other; the polynomial is off by at most 6e-9, and e^x by at most one unit in
//! the last place.

use std::f32::consts::LOG2_E;

use super::lanes::Simd;

/// Below this (ln of the smallest normal f32) e^x is exactly 0.
const UNDERFLOW: f32 = -87.336_54;
/// Larger arguments are as good as this one: n is 128 from 127.5 ln 2 = 88.38 upwards, and the result
/// infinite (the exact function overflows at 88.72).
const OVERFLOW: f32 = 88.5;
/// 1.5 * 2^23 + 127: added to y it rounds y to the nearest integer n, and leaves n + 127, the
/// exponent field of 2^n, in the low bits of the sum.
const ROUND: f32 = 12_583_039.0;
/// What log2 e has beyond its f32.
const LOG2_E_LOW: f32 = 1.925_963e-8;
/// p(r), from the highest power down.
const P: [f32; 6] = [
    0.000_158_189_29,
    0.001_341_823_7,
    0.009_617_064,
    0.055_502_724,
    0.240_226_55,
    0.693_147_24,
];

/// e^x in every lane: 0 for -inf and for x < -87.336, infinite above 88.377, NaN for NaN.
#[inline(always)]
pub(crate) fn exp<S: Simd>(s: S, x: S::V) -> S::V {
    let x = s.min(s.splat(OVERFLOW), x);
    let shifted = s.mul_add(x, s.splat(LOG2_E), s.splat(ROUND));
    let minus_n = s.sub(s.splat(ROUND), shifted);
    let r = s.mul_add(x, s.splat(LOG2_E), minus_n);
    let r = s.mul_add(x, s.splat(LOG2_E_LOW), r);
    s.zero_below(x, UNDERFLOW, power_of_two(s, shifted, r))
}

/// 2^y in every lane for y <= 0: 0 for -inf and for y < -126, NaN for NaN.
#[inline(always)]
pub(crate) fn exp2_of_negative<S: Simd>(s: S, y: S::V) -> S::V {
    let shifted = s.add(y, s.splat(ROUND));
    let n = s.sub(shifted, s.splat(ROUND));
    let r = s.sub(y, n);
    s.zero_below(y, -126.0, power_of_two(s, shifted, r))
}

/// 2^(n + r), with n + [`ROUND`] in `shifted`.
#[inline(always)]
fn power_of_two<S: Simd>(s: S, shifted: S::V, r: S::V) -> S::V {
    let [first, rest @ ..] = P;
    let mut p = s.splat(first);
    for c in rest {
        p = s.mul_add(p, r, s.splat(c));
    }
    p = s.mul_add(p, r, s.splat(1.0));
    s.mul(p, s.into_exponent(shifted))
}

#[cfg(test)]
mod tests {
    use super::super::isa::Isa;
    use super::super::lanes::{Kernel, LANES, dispatch};
    use super::*;
    use proptest::prelude::*;

    /// e^x and, where it is meant for x, 2^x.
    struct Both([f32; LANES]);

    impl Kernel for Both {
        type Output = [[f32; LANES]; 2];

        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> Self::Output {
            let mut out = [self.0; 2];
            let x = s.load(&self.0);
            s.store(exp(s, x), &mut out[0]);
            let negative = s.min(s.splat(0.0), x);
            s.store(exp2_of_negative(s, negative), &mut out[1]);
            out
        }
    }

    fn exp_of(x: f32) -> f32 {
        dispatch(Isa::detect(), Both([x; LANES]))[0][0]
    }

    fn exp2_of(x: f32) -> f32 {
        dispatch(Isa::detect(), Both([x; LANES]))[1][0]
    }

    /// The error in units of the last place of the exact value.
    fn ulps(exact: f64, got: f32) -> f64 {
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
        let check = |x: f32, expect: f32| assert_eq!(exp2_of(x).to_bits(), expect.to_bits(), "{x}");
        check(0.0, 1.0);
        check(-3.0, 0.125);
        check(-126.0, f32::MIN_POSITIVE);
        check(-126.00001, 0.0);
        check(f32::MIN, 0.0);
        check(f32::NEG_INFINITY, 0.0);
        assert!(exp2_of(f32::NAN).is_nan());
    }

    #[test]
    fn within_one_unit_in_the_last_place() {
        let steps = 1_000_000;
        let worst = |errors: &mut dyn Iterator<Item = f64>| errors.fold(0.0, f64::max);
        let x = (0..steps).map(|i| -87.3 + 175.6 * i as f32 / steps as f32);
        let error = worst(&mut x.map(|x| ulps(f64::from(x).exp(), exp_of(x))));
        assert!(error < 1.0, "e^x: {error}");
        let y = (0..steps).map(|i| -125.9 * i as f32 / steps as f32);
        let error = worst(&mut y.map(|y| ulps(f64::from(y).exp2(), exp2_of(y))));
        assert!(error < 1.0, "2^y: {error}");
    }

    proptest! {
        #[test]
        fn the_same_bits_everywhere(x: [f32; LANES], small in prop::array::uniform16(-90.0f32..90.0)) {
            for x in [x, small] {
                let bits = |y: f32| if y.is_nan() { u32::MAX } else { y.to_bits() };
                let expected = dispatch(Isa::Portable, Both(x)).map(|y| y.map(bits));
                for isa in Isa::all() {
                    let got = dispatch(isa, Both(x)).map(|y| y.map(bits));
                    prop_assert_eq!(got, expected, "{}", isa);
                }
            }
        }
    }
}
