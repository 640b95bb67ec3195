//! Binary logarithms in integers: the same bits on every machine, whatever its floats do.

use std::sync::LazyLock;

/// Fractions of a bit in a cost: 256.
pub(super) const BIT: u32 = 256;

/// A probability of one, as a fixed-point number.
pub(super) const ONE: u64 = 1 << 30;

/// Logarithms of the numbers from one to two, in steps of a 256th.
static FRACTIONS: LazyLock<[u8; 256]> = LazyLock::new(|| std::array::from_fn(fraction));

/// `-log2(p / ONE)` in 256ths of a bit, for `0 < p <= ONE`; a zero counts as the smallest `p`. At most
/// two and a half 256ths too large.
pub(super) fn cost(p: u64) -> u32 {
    let p = p.clamp(1, ONE);
    let whole = p.ilog2();
    let steps = ((p << 8) >> whole) & 0xff;
    let fraction = FRACTIONS.get(steps as usize).copied().unwrap_or(0);
    (30 - whole) * BIT - u32::from(fraction)
}

/// `log2(1 + steps / 256)` in 256ths, rounded down.
///
/// Found bit by bit: where the square of the mantissa is two or more, the bit is one (Knuth, The Art
/// of Computer Programming, volume 1, section 1.2.2).
fn fraction(steps: usize) -> u8 {
    let mut mantissa = (256 + steps as u64) << 23;
    let mut fraction = 0;
    for _ in 0..8 {
        mantissa = (mantissa * mantissa) >> 31;
        fraction <<= 1;
        if mantissa >= 1 << 32 {
            fraction |= 1;
            mantissa >>= 1;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_logarithms() {
        for (p, bits) in [(ONE, 0), (ONE / 2, 1), (ONE / 1024, 10), (1, 30), (0, 30)] {
            assert_eq!(cost(p), bits * BIT, "{p}");
        }
        for p in (1..ONE).step_by(7_654_321) {
            let exact = -libm::log2(p as f64 / ONE as f64) * f64::from(BIT);
            let off = f64::from(cost(p)) - exact;
            assert!((0.0..=2.5).contains(&off), "{p}: {off}");
        }
    }
}
