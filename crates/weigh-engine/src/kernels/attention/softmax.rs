//! The online softmax: a running maximum and sum, page after page.
//!
//! Scores come multiplied by log2 e, so that powers of two serve as exponentials.

#![allow(
    clippy::indexing_slicing,
    reason = "the caller's register tiles fix the lengths; a tile has at most as many queries as lanes"
)]

use super::super::exp::exp2_of_negative;
use super::super::kv_pages::PAGE;
use super::super::kv_word::{Block, KvWord};
use super::super::lanes::{LANES, Line, Simd};
use super::tile::MAX_QUERIES;

/// What is known of one query after some pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Online {
    /// The sum of the weights, in lanes: by position modulo 16, or by pair of positions.
    sum: Line,
    /// The largest score.
    max: f32,
}

impl Online {
    /// Before the first page.
    pub(super) const EMPTY: Self = Self {
        sum: Line::ZERO,
        max: f32::NEG_INFINITY,
    };

    /// Takes in the scores of one page, of which query i sees the first `visible[i]`, and makes of
    /// them weights 2^(score - max), exactly 0 where they are not visible. Returns the factors by which
    /// what was summed before has to shrink.
    #[inline(always)]
    pub(super) fn absorb<S: Simd, W: KvWord>(
        s: S,
        queries: &mut [Self],
        visible: &[usize; MAX_QUERIES],
        scores: &mut [Block<f32>; MAX_QUERIES],
        weights: &mut [Block<W>; MAX_QUERIES],
    ) -> [f32; LANES] {
        let mut change = [0.0; LANES];
        let each = queries.iter_mut().zip(scores.iter_mut()).zip(visible);
        for (((query, scores), visible), change) in each.zip(&mut change) {
            if *visible < PAGE {
                scores.as_flattened_mut()[*visible..].fill(f32::NEG_INFINITY);
            }
            let largest = s.max_lane(s.max(s.load(&scores[0]), s.load(&scores[1])));
            let before = query.max;
            query.max = if before > largest { before } else { largest };
            *change = before - query.max;
        }
        let mut decay = [0.0; LANES];
        s.store(exp2_of_negative(s, s.load(&change)), &mut decay);
        let each = queries.iter_mut().zip(scores).zip(weights).zip(decay);
        for (((query, scores), weights), decay) in each {
            let max = s.splat(query.max);
            let low = exp2_of_negative(s, s.sub(s.load(&scores[0]), max));
            let high = exp2_of_negative(s, s.sub(s.load(&scores[1]), max));
            let (sum, decay) = (s.load(&query.sum.0), s.splat(decay));
            s.store(
                W::weigh(s, [low, high], sum, decay, weights),
                &mut query.sum.0,
            );
        }
        decay
    }

    /// The sum of the weights of all positions.
    #[inline(always)]
    pub(super) fn total<S: Simd>(&self, s: S) -> f32 {
        s.sum(s.load(&self.sum.0))
    }
}
