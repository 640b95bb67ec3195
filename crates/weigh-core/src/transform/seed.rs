//! Chance that repeats: seeds by SHA-256, draws by SplitMix64.

use crate::digest::Digest;
use crate::stats::random::Random;

/// What begins every hashed text, so that no other use of SHA-256 here gives the same bytes.
const DOMAIN: &[u8] = b"weighhouse transform seed 1";

/// The seed of one transform of one case.
///
/// It is the first 8 bytes, read as a big-endian number, of the SHA-256 digest of: the 27 ASCII
/// bytes `weighhouse transform seed 1`, `seed` in 8 bytes, and then `suite`, `case` and `transform`, each
/// as its length in bytes (8 bytes) and its UTF-8 bytes. All numbers are big-endian.
#[must_use]
pub fn seed_for(seed: u64, suite: &str, case: &str, transform: &str) -> u64 {
    let mut bytes = DOMAIN.to_vec();
    bytes.extend(seed.to_be_bytes());
    for part in [suite, case, transform] {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend(part.as_bytes());
    }
    let digest = Digest::of(&bytes);
    let first = digest.as_bytes().iter().take(8);
    first.fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

/// The seed of step `at` of a recipe: the first step has the recipe's own.
pub(super) fn seed_of_step(seed: u64, at: usize) -> u64 {
    match at {
        0 => seed,
        later => seed_for(seed, "", "", &later.to_string()),
    }
}

/// Draws of [`Random`] for things that are counted: draw i is a function of seed and i alone.
#[derive(Debug, Clone)]
pub struct Draws {
    random: Random,
}

impl Draws {
    /// The draws of `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        let random = Random::new(seed);
        Self { random }
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.random.bits()
    }

    /// A number below `count`, each one as likely as another; 0 for a `count` of 0.
    ///
    /// The high half of bits x count, with a second draw where that would favour some (D. Lemire,
    /// "Fast random integer generation in an interval", ACM TOMACS 29, 2019).
    pub fn below(&mut self, count: usize) -> usize {
        let count = count as u64;
        let favoured = count.wrapping_neg().checked_rem(count).unwrap_or_default();
        loop {
            let product = u128::from(self.bits()) * u128::from(count);
            let [high, low] = [(product >> 64) as u64, product as u64];
            if low >= favoured {
                return usize::try_from(high).unwrap_or_default();
            }
        }
    }

    /// One of `items`, if there are any.
    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// `items` in an order of which each is as likely as another (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// For each of `count` things whether it is taken: each with `percent` in 100, and one of them
    /// where chance would take none.
    pub fn pick(&mut self, count: usize, percent: usize) -> Vec<bool> {
        let mut taken: Vec<bool> = (0..count).map(|_| self.below(100) < percent).collect();
        if !taken.contains(&true) {
            let one = self.below(count);
            if let Some(first) = taken.get_mut(one) {
                *first = true;
            }
        }
        taken
    }
}
