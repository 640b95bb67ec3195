//! Other orders of a case's choices. Place i of an order holds the index that a choice had before.

use super::seed::Draws;

/// An order of `count` choices other than the one they have; each of the others is equally likely.
/// Fewer than two choices have no other order and keep theirs.
#[must_use]
pub fn permute(count: usize, seed: u64) -> Vec<usize> {
    let mut draws = Draws::new(seed);
    let mut order: Vec<usize> = (0..count).collect();
    while count > 1 && order.is_sorted() {
        draws.shuffle(&mut order);
    }
    order
}

/// Every rotation of `count` choices, the unrotated one first: CircularEval of MMBench
/// (arXiv:2307.06281), in which each choice stands once in each place.
#[must_use]
pub fn rotations(count: usize) -> Vec<Vec<usize>> {
    let rotation = |by: usize| (by..count).chain(0..by).collect();
    (0..count).map(rotation).collect()
}
