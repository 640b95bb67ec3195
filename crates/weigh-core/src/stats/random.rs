//! Seeded chance: SplitMix64 (Steele, Lea and Flood, 2014), the same numbers on every machine.
//!
//! The k-th number is a mixing function of `seed + k * GOLDEN`, so the generator is a counter: a
//! stream can start anywhere, and resample b is the same whether or not resample b - 1 was drawn.

/// The odd integer next to 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of numbers that its seed determines.
#[derive(Debug, Clone)]
pub struct Random {
    counter: u64,
}

impl Random {
    /// The stream of `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { counter: seed }
    }

    /// Stream `index` of `seed`: it is seeded with number `index` of the stream of `seed`.
    #[must_use]
    pub const fn stream(seed: u64, index: u64) -> Self {
        Self::new(mixed(
            seed.wrapping_add(GOLDEN.wrapping_mul(index.wrapping_add(1))),
        ))
    }

    /// 64 random bits.
    pub const fn bits(&mut self) -> u64 {
        self.counter = self.counter.wrapping_add(GOLDEN);
        mixed(self.counter)
    }

    /// A number in 0..`bound`, each equally likely (Lemire, 2019). 0 where `bound` is 0.
    pub const fn below(&mut self, bound: u32) -> u32 {
        // 2^32 mod bound products would be one too many of their number: they are drawn again.
        let excess = if bound == 0 {
            0
        } else {
            bound.wrapping_neg() % bound
        };
        loop {
            let product = (self.bits() >> 32) * bound as u64;
            if product as u32 >= excess {
                return (product >> 32) as u32;
            }
        }
    }

    /// A multiple of 2^-53 in [0, 1), each equally likely.
    pub const fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with probability `p`.
    pub const fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }
}

/// The output function of SplitMix64: Stafford's variant 13 of the finaliser of MurmurHash3.
const fn mixed(counter: u64) -> u64 {
    let z = (counter ^ (counter >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_reference() {
        // The output of Vigna's splitmix64.c for this seed.
        let mut random = Random::new(1_234_567);
        let expect = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!([0; 5].map(|_: u64| random.bits()), expect);
    }

    #[test]
    fn a_stream_is_seeded_by_a_number_of_the_first() {
        let mut first = Random::new(9);
        for index in 0..5 {
            let seed = first.bits();
            assert_eq!(Random::stream(9, index).bits(), Random::new(seed).bits());
        }
    }

    #[test]
    fn numbers_below_a_bound_are_equally_likely() {
        let mut random = Random::new(1);
        let mut counts = [0_i32; 7];
        for _ in 0..70_000 {
            counts[random.below(7) as usize] += 1;
        }
        // Five standard deviations around 10 000.
        assert!(
            counts.iter().all(|c| (c - 10_000).abs() < 463),
            "{counts:?}"
        );
        assert_eq!([random.below(0), random.below(1)], [0, 0]);
        let most = u32::MAX;
        assert!((0..1000).all(|_| random.below(most) < most));
    }

    #[test]
    fn chances_are_as_large_as_they_say() {
        let mut random = Random::new(2);
        let hits = (0..100_000).filter(|_| random.chance(0.05)).count();
        assert!((hits as f64 - 5000.0).abs() < 5.0 * 69.0, "{hits}");
        assert!(!random.chance(0.0) && random.chance(1.0));
    }
}
