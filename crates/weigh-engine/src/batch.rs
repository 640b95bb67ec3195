//! One forward pass: rows of many requests, packed without padding.

use std::ops::Range;

use crate::pages::{PAGE, PageId};

/// Consecutive positions of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Strip {
    /// The rows of the batch that hold them.
    pub rows: Range<usize>,
    /// Position of the first row. Row `i` attends to positions `0..=first_position + i`.
    pub first_position: usize,
    /// The path's pages, from position 0 to the last row's.
    pub pages: Vec<PageId>,
    /// What must be copied before the rows' keys and values are written.
    pub branch: Option<PageCopy>,
}

/// The first positions of a page that a branch takes over from its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageCopy {
    /// The parent's page.
    pub from: PageId,
    /// The branch's page.
    pub to: PageId,
    /// How many positions.
    pub positions: usize,
}

/// Everything that one forward pass computes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    /// A token for each row.
    pub tokens: Vec<u32>,
    /// A position for each row.
    pub positions: Vec<usize>,
    /// The page that each row's key and value go to.
    pub pages: Vec<PageId>,
    /// The rows in strips, in order, without a gap.
    pub strips: Vec<Strip>,
    /// Rows whose logits are needed, ascending.
    pub heads: Vec<usize>,
}

impl Batch {
    /// Rows so far.
    pub fn rows(&self) -> usize {
        self.tokens.len()
    }

    /// Pages that the memory must have for it: one more than the highest number of a page.
    pub fn pages_needed(&self) -> usize {
        let copies = self.strips.iter().filter_map(|strip| strip.branch);
        let pages = self.pages.iter().copied().chain(copies.map(|copy| copy.to));
        pages.max().map_or(0, |page| page.0 as usize + 1)
    }

    /// Adds a strip of `tokens` that begins at `first_position` of the path `pages`.
    /// `pages` reaches at least to the last of them.
    pub fn push(
        &mut self,
        tokens: &[u32],
        first_position: usize,
        pages: &[PageId],
        branch: Option<PageCopy>,
    ) {
        let start = self.rows();
        let end_position = first_position + tokens.len();
        self.tokens.extend_from_slice(tokens);
        self.positions.extend(first_position..end_position);
        let page_of = |position: usize| pages.get(position / PAGE).copied().unwrap_or(PageId(0));
        self.pages
            .extend((first_position..end_position).map(page_of));
        self.strips.push(Strip {
            rows: start..self.rows(),
            first_position,
            pages: pages
                .iter()
                .copied()
                .take(end_position.div_ceil(PAGE))
                .collect(),
            branch,
        });
    }
}
