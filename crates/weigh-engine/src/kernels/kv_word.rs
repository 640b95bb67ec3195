//! What attention reads and multiplies, a word at a time: one f32, or a pair of bf16.
//!
//! Keys and queries have neighbouring dimensions in a word, values and weights neighbouring
//! positions.

use super::bf16_pair::Pair;
use super::kv_pages::KEY_LINES;
use super::lanes::{LANES, Simd};
use super::pack_panels::Word;

/// As many words as a page has positions.
pub(super) type Block<W> = [[W; LANES]; KEY_LINES];

/// A word of keys, values, queries and weights.
pub(super) trait KvWord: Word {
    /// Sixteen words.
    type Lanes<S: Simd>: Copy;

    /// Rounds `x` into place `place` of the word (below [`Word::DEPTH`]); the others stay.
    fn set(&mut self, place: usize, x: f32);

    /// The word with 0 in all places but the first.
    fn first_alone(self) -> Self;

    /// `word` in all lanes.
    fn splat<S: Simd>(s: S, word: Self) -> Self::Lanes<S>;

    /// Lane i is `from[i]`.
    fn load<S: Simd>(s: S, from: &[Self; LANES]) -> Self::Lanes<S>;

    /// c + a b: in every lane the products of all places, from the first on.
    fn mul_add<S: Simd>(s: S, a: Self::Lanes<S>, b: Self::Lanes<S>, c: S::V) -> S::V;

    /// Keeps the weights of a page's positions, and adds them, as they are kept, to `sum * decay`.
    fn weigh<S: Simd>(
        s: S,
        weights: [S::V; KEY_LINES],
        sum: S::V,
        decay: S::V,
        to: &mut Block<Self>,
    ) -> S::V;
}

impl KvWord for f32 {
    type Lanes<S: Simd> = S::V;

    #[inline(always)]
    fn set(&mut self, _: usize, x: f32) {
        *self = x;
    }
    #[inline(always)]
    fn first_alone(self) -> Self {
        self
    }
    #[inline(always)]
    fn splat<S: Simd>(s: S, word: Self) -> S::V {
        s.splat(word)
    }
    #[inline(always)]
    fn load<S: Simd>(s: S, from: &[Self; LANES]) -> S::V {
        s.load(from)
    }
    #[inline(always)]
    fn mul_add<S: Simd>(s: S, a: S::V, b: S::V, c: S::V) -> S::V {
        s.mul_add(a, b, c)
    }
    #[inline(always)]
    fn weigh<S: Simd>(
        s: S,
        [low, high]: [S::V; KEY_LINES],
        sum: S::V,
        decay: S::V,
        [to_low, to_high]: &mut Block<Self>,
    ) -> S::V {
        s.store(low, to_low);
        s.store(high, to_high);
        s.mul_add(sum, decay, s.add(low, high))
    }
}

impl KvWord for Pair {
    type Lanes<S: Simd> = S::P;

    #[inline(always)]
    fn set(&mut self, place: usize, x: f32) {
        Pair::set(self, place, x);
    }
    #[inline(always)]
    fn first_alone(self) -> Self {
        self.without_second()
    }
    #[inline(always)]
    fn splat<S: Simd>(s: S, word: Self) -> S::P {
        s.splat_pair(word)
    }
    #[inline(always)]
    fn load<S: Simd>(s: S, from: &[Self; LANES]) -> S::P {
        s.load_pairs(from)
    }
    #[inline(always)]
    fn mul_add<S: Simd>(s: S, a: S::P, b: S::P, c: S::V) -> S::V {
        s.dot_pairs(a, b, c)
    }
    /// The sum takes the rounded weights, so that what the values are divided by is exactly what
    /// they were multiplied with.
    #[inline(always)]
    fn weigh<S: Simd>(
        s: S,
        [low, high]: [S::V; KEY_LINES],
        sum: S::V,
        decay: S::V,
        [to, _]: &mut Block<Self>,
    ) -> S::V {
        let weights = s.round_pairs(low, high);
        s.store_pairs(weights, to);
        s.dot_pairs(weights, s.splat_pair(Self::ONES), s.mul(sum, decay))
    }
}
