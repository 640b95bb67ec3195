//! How the threads share the rows of a batch: each takes blocks of rows through several operations,
//! so that what lies between them stays in the cache, and few points remain where all must wait.

use std::sync::{Mutex, PoisonError};

use crate::kernels::{Isa, Output, Packed, Workspace, matmul};

/// About how many rows a thread takes at a time. A row's widest activations are a few kilobytes, so
/// those of a block stay in the second-level cache.
const BLOCK: usize = 64;

/// With fewer rows for each thread, reading a weight takes longer than multiplying with it.
const LEAST: usize = 24;

/// The threads of a backend and what they work in.
pub(super) struct Crew {
    /// Instruction set of the kernels.
    pub isa: Isa,
    threads: usize,
    /// Spaces that nobody works in.
    spaces: Mutex<Vec<Space>>,
}

/// Memory of one block's work, kept from block to block.
#[derive(Default)]
pub(super) struct Space {
    /// Activations as products need them.
    pub products: Workspace,
    /// Rows between two operations.
    pub first: Scratch,
    /// More of them.
    pub second: Scratch,
}

/// Values of no meaning.
#[derive(Default)]
pub(super) struct Scratch(Vec<f32>);

impl Scratch {
    /// `length` of them.
    pub fn of(&mut self, length: usize) -> &mut [f32] {
        if self.0.len() < length {
            self.0.resize(length, 0.0);
        }
        self.0.get_mut(..length).unwrap_or_default()
    }
}

/// Who works on a block.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    /// Instruction set of the kernels.
    pub isa: Isa,
    /// Threads that share a product.
    threads: usize,
}

impl Hand {
    /// `y = x * transpose(w)`, or adds it to `y`, whose rows lie one behind the other.
    pub fn multiply(self, space: &mut Workspace, x: &[f32], w: &Packed, y: &mut [f32], add: bool) {
        let y = Output {
            y,
            stride: w.n(),
            accumulate: add,
        };
        matmul(
            self.isa,
            self.threads,
            &mut space.activations(x, w.k()),
            w,
            y,
        );
    }
}

impl Crew {
    pub fn new(isa: Isa, threads: usize) -> Self {
        Self {
            isa,
            threads: threads.max(1),
            spaces: Mutex::default(),
        }
    }

    /// How a batch of `rows` rows is shared: the rows of a block, and who works on each. Few rows are
    /// one block on which all threads work, since then it is cheaper to share the columns of a
    /// weight than to let every thread read all of it.
    pub fn share(&self, rows: usize) -> (usize, Hand) {
        if rows < self.threads * LEAST {
            return (rows.max(1), self.together());
        }
        let blocks = rows.div_ceil(BLOCK).next_multiple_of(self.threads);
        let alone = Hand {
            isa: self.isa,
            threads: 1,
        };
        (rows.div_ceil(blocks), alone)
    }

    /// All threads on one block.
    pub fn together(&self) -> Hand {
        Hand {
            isa: self.isa,
            threads: self.threads,
        }
    }

    /// Does `work` in a space of its own.
    pub fn within(&self, work: impl FnOnce(&mut Space)) {
        let spaces = || self.spaces.lock().unwrap_or_else(PoisonError::into_inner);
        let mut space = spaces().pop().unwrap_or_default();
        work(&mut space);
        spaces().push(space);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_are_blocks_and_few_are_one() {
        let crew = Crew::new(Isa::Portable, 2);
        let check = |rows, block, threads| {
            let (found, hand) = crew.share(rows);
            assert_eq!((found, hand.threads), (block, threads), "{rows}");
        };
        check(0, 1, 2);
        check(1, 1, 2);
        check(47, 47, 2);
        check(48, 24, 1);
        check(128, 64, 1);
        check(129, 33, 1);
        check(512, 64, 1);
    }
}
