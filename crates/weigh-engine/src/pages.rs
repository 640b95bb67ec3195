//! Which pages of the key-value memory are in use, and by how many paths.
//!
//! A page holds the keys and values of [`PAGE`] consecutive positions, beginning at a multiple of
//! [`PAGE`]. So a path is a list of pages, and where a block of attention begins depends on the
//! position alone, never on where a branch leaves its parent.

pub(crate) use crate::kernels::kv_pages::{PAGE, PageId};

/// Counts of the paths that hold each page.
#[derive(Debug)]
pub(crate) struct PageTable {
    holders: Vec<u32>,
    free: Vec<PageId>,
    /// Pages that nobody holds, but which the batch being built may still read.
    retired: Vec<PageId>,
    limit: usize,
}

impl PageTable {
    /// An empty table of at most `limit` pages.
    pub fn new(limit: usize) -> Self {
        Self {
            holders: Vec::new(),
            free: Vec::new(),
            retired: Vec::new(),
            limit,
        }
    }

    /// Allows at least `limit` pages.
    pub fn raise(&mut self, limit: usize) {
        self.limit = self.limit.max(limit);
    }

    /// Pages that can still be taken.
    pub fn available(&self) -> usize {
        self.free.len() + self.limit.saturating_sub(self.holders.len())
    }

    /// The most pages that were ever in use: what the memory must hold.
    #[cfg(test)]
    pub fn peak(&self) -> usize {
        self.holders.len()
    }

    /// The most pages that may be in use.
    #[cfg(test)]
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Takes a page for one holder; `None` when every page is in use.
    pub fn take(&mut self) -> Option<PageId> {
        let page = match self.free.pop() {
            Some(page) => page,
            None if self.holders.len() < self.limit => {
                self.holders.push(0);
                PageId(u32::try_from(self.holders.len() - 1).ok()?)
            }
            None => return None,
        };
        *self.holders.get_mut(page.0 as usize)? = 1;
        Some(page)
    }

    /// Adds a holder to each of `pages`.
    pub fn hold(&mut self, pages: &[PageId]) {
        for page in pages {
            if let Some(holders) = self.holders.get_mut(page.0 as usize) {
                *holders += 1;
            }
        }
    }

    /// Takes a holder from each of `pages`. A page without one is free after [`Self::recycle`].
    pub fn release(&mut self, pages: &[PageId]) {
        for page in pages {
            if let Some(holders) = self.holders.get_mut(page.0 as usize) {
                *holders = holders.saturating_sub(1);
                if *holders == 0 {
                    self.retired.push(*page);
                }
            }
        }
    }

    /// The batch has been computed: pages that nobody holds can be taken again.
    pub fn recycle(&mut self) {
        self.free.append(&mut self.retired);
    }
}

/// Pages that `positions` positions need.
pub(crate) const fn pages_for(positions: usize) -> usize {
    positions.div_ceil(PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_free_when_its_last_holder_let_go_and_the_batch_is_done() {
        let mut table = PageTable::new(2);
        let (a, b) = (table.take().unwrap(), table.take().unwrap());
        assert_eq!((table.take(), table.available()), (None, 0));
        table.hold(&[a]);
        table.release(&[a, b]);
        assert_eq!(table.take(), None, "the batch may still read page b");
        table.recycle();
        assert_eq!((table.take(), table.take()), (Some(b), None));
        table.release(&[a]);
        table.recycle();
        assert_eq!(table.take(), Some(a));
        assert_eq!(table.peak(), 2);
    }

    #[test]
    fn pages_for_positions() {
        for (positions, pages) in [(0, 0), (1, 1), (32, 1), (33, 2)] {
            assert_eq!(pages_for(positions), pages);
        }
    }
}
