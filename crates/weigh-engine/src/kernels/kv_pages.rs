//! The memory of keys and values, in pages of 32 positions.
//!
//! Page p of a path holds its positions 32 p to 32 p + 31, so a path is a list of page ids, and paths
//! that share their first positions share pages. A page of one layer holds, for each kv head, the
//! keys transposed, `[head_dim][PAGE]` (positions side by side: one load serves sixteen scores), then
//! the values `[PAGE][head_dim]`, a row padded to whole lines of sixteen.

#![allow(
    clippy::indexing_slicing,
    reason = "page ids are checked on entry, all other indices follow from the sizes of the model"
)]

use super::lanes::{LANES, Line};

/// Positions of a page.
pub const PAGE: usize = 32;

/// Lines of a row of keys: one dimension at all positions of a page.
pub(crate) const KEY_LINES: usize = PAGE / LANES;

/// One page, in every layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageId(pub u32);

impl PageId {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// All pages of all layers.
#[derive(Debug)]
pub struct KvPages {
    kv_heads: usize,
    head_dim: usize,
    /// By layer, then by page.
    layers: Vec<Vec<Box<[Line]>>>,
    pages: usize,
}

/// Keys and values of one kv head in one page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadPage<'a> {
    /// `[head_dim][KEY_LINES]`.
    pub(crate) keys: &'a [Line],
    /// `[PAGE][value_lines]`.
    pub(crate) values: &'a [Line],
}

impl KvPages {
    /// No pages yet, for a model of these sizes.
    ///
    /// # Panics
    /// When a size is 0.
    pub fn new(layers: usize, kv_heads: usize, head_dim: usize) -> Self {
        let sizes = [layers, kv_heads, head_dim];
        assert!(
            sizes.iter().all(|n| *n > 0),
            "layers, heads, dim: {sizes:?}"
        );
        Self {
            kv_heads,
            head_dim,
            layers: (0..layers).map(|_| Vec::new()).collect(),
            pages: 0,
        }
    }

    /// Key and value heads of a layer.
    pub fn kv_heads(&self) -> usize {
        self.kv_heads
    }

    /// Values of a head.
    pub fn head_dim(&self) -> usize {
        self.head_dim
    }

    /// One more page, in every layer. Who may use it is not this memory's business.
    pub fn grow(&mut self) -> PageId {
        let lines = self.kv_heads * self.lines_of_a_head();
        for layer in &mut self.layers {
            layer.push(vec![Line::ZERO; lines].into_boxed_slice());
        }
        self.pages += 1;
        // A page of the smallest model is 256 bytes: 2^32 of them are beyond any memory.
        PageId((self.pages - 1) as u32)
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// Bytes that one page takes in all layers.
    pub fn page_bytes(&self) -> usize {
        self.layers.len() * self.kv_heads * self.lines_of_a_head() * size_of::<Line>()
    }

    /// Stores the keys (after RoPE) and values of all kv heads at position `offset` of a page.
    ///
    /// # Panics
    /// When the layer or page does not exist, `offset` is not below [`PAGE`], or a row does not hold
    /// kv_heads * head_dim values.
    pub fn write(&mut self, layer: usize, page: PageId, offset: usize, k: &[f32], v: &[f32]) {
        self.check(page);
        let (head_dim, width) = (self.head_dim, self.kv_heads * self.head_dim);
        assert_eq!(
            (k.len(), v.len()),
            (width, width),
            "one row of keys, one of values"
        );
        assert!(offset < PAGE, "position {offset} of a page");
        let (head_lines, value_lines) = (self.lines_of_a_head(), self.value_lines());
        let heads = self.layers[layer][page.index()].chunks_exact_mut(head_lines);
        let rows = k.chunks_exact(head_dim).zip(v.chunks_exact(head_dim));
        for (head, (k, v)) in heads.zip(rows) {
            let (keys, values) = head.split_at_mut(KEY_LINES * head_dim);
            let column = keys.iter_mut().skip(offset / LANES).step_by(KEY_LINES);
            for (line, x) in column.zip(k) {
                line.0[offset % LANES] = *x;
            }
            let row = values[offset * value_lines..].iter_mut();
            for (line, x) in row.zip(v.chunks(LANES)) {
                line.0[..x.len()].copy_from_slice(x);
            }
        }
    }

    /// Copies the first `positions` positions of page `from` to page `to`, in one layer.
    ///
    /// # Panics
    /// When the layer or a page does not exist, the pages are the same, or `positions` exceeds
    /// [`PAGE`].
    pub fn copy(&mut self, layer: usize, from: PageId, to: PageId, positions: usize) {
        self.check(from);
        self.check(to);
        assert!(positions <= PAGE, "{positions} positions of a page");
        let (head_lines, value_lines) = (self.lines_of_a_head(), self.value_lines());
        // What is behind `positions` among the keys comes along, and is never read.
        let lines = KEY_LINES * self.head_dim + positions * value_lines;
        let both = self.layers[layer].get_disjoint_mut([from.index(), to.index()]);
        assert!(both.is_ok(), "a page is copied onto itself");
        let Ok([from, to]) = both else { return };
        let heads = from
            .chunks_exact(head_lines)
            .zip(to.chunks_exact_mut(head_lines));
        for (from, to) in heads {
            to[..lines].copy_from_slice(&from[..lines]);
        }
    }

    /// Lines of a row of values.
    pub(crate) fn value_lines(&self) -> usize {
        self.head_dim.div_ceil(LANES)
    }

    /// One head in one page.
    pub(crate) fn head(&self, layer: usize, page: PageId, head: usize) -> HeadPage<'_> {
        let lines = self.lines_of_a_head();
        let all = &self.layers[layer][page.index()][head * lines..][..lines];
        let (keys, values) = all.split_at(KEY_LINES * self.head_dim);
        HeadPage { keys, values }
    }

    /// Refuses a page that does not exist.
    pub(crate) fn check(&self, page: PageId) {
        assert!(page.index() < self.pages, "{page:?} does not exist");
    }

    fn lines_of_a_head(&self) -> usize {
        KEY_LINES * self.head_dim + PAGE * self.value_lines()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bits, noise};
    use super::*;

    /// The keys and values of a position, read back.
    fn row(kv: &KvPages, layer: usize, page: PageId, offset: usize) -> (Vec<f32>, Vec<f32>) {
        let (mut k, mut v) = (Vec::new(), Vec::new());
        for head in (0..kv.kv_heads()).map(|head| kv.head(layer, page, head)) {
            let keys = head.keys.chunks(KEY_LINES);
            k.extend(keys.map(|lines| lines[offset / LANES].0[offset % LANES]));
            let values = &head.values[offset * kv.value_lines()..][..kv.value_lines()];
            let values = values.iter().flat_map(|line| line.0);
            v.extend(values.take(kv.head_dim()));
        }
        (k, v)
    }

    #[test]
    fn what_is_written_or_copied_is_read() {
        let mut kv = KvPages::new(2, 3, 40);
        let (first, second) = (kv.grow(), kv.grow());
        let rows: Vec<_> = (0..PAGE as u64)
            .map(|i| (noise(i, 120), noise(i + 99, 120)))
            .collect();
        for (offset, (k, v)) in rows.iter().enumerate() {
            kv.write(1, first, offset, k, v);
            kv.write(1, second, offset, v, k);
        }
        kv.copy(1, first, second, 19);
        for (offset, (k, v)) in rows.iter().enumerate() {
            assert_eq!(row(&kv, 1, first, offset), (k.clone(), v.clone()));
            if offset < 19 {
                assert_eq!(row(&kv, 1, second, offset), (k.clone(), v.clone()));
            } else {
                assert_eq!(bits(&row(&kv, 1, second, offset).1), bits(k));
            }
            assert_eq!(row(&kv, 0, first, offset).0, [0.0; 120]);
        }
    }

    #[test]
    fn pages_are_counted() {
        let mut kv = KvPages::new(4, 2, 20);
        assert_eq!(
            (kv.grow(), kv.grow(), kv.pages()),
            (PageId(0), PageId(1), 2)
        );
        assert_eq!(kv.page_bytes(), 4 * 2 * 32 * (20 + 32) * 4);
    }

    #[test]
    #[should_panic(expected = "PageId(1) does not exist")]
    fn a_page_must_exist() {
        let mut kv = KvPages::new(1, 1, 16);
        let page = kv.grow();
        kv.copy(0, page, PageId(1), 3);
    }

    #[test]
    #[should_panic(expected = "a page is copied onto itself")]
    fn a_copy_needs_two_pages() {
        let mut kv = KvPages::new(1, 1, 16);
        let page = kv.grow();
        kv.copy(0, page, page, 3);
    }
}
