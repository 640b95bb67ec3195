//! The memory of keys and values, in pages of 32 positions.
//!
//! Page p of a path holds its positions 32 p to 32 p + 31, so a path is a list of page ids, and paths
//! that share their first positions share pages. A page of one layer holds, for each kv head, the
//! keys transposed, `[head_dim][PAGE]` (positions side by side: one load serves sixteen scores), then
//! the values `[PAGE][head_dim]`, a row padded to whole lines of sixteen.
//!
//! In bf16 a word holds two neighbours that one instruction multiplies and adds: keys are
//! `[head_dim / 2][PAGE]` pairs of dimensions, an odd one padded with 0, and values
//! `[PAGE / 2][head_dim]` pairs of positions. The second position of a pair may be that of a later
//! row, or left from an earlier use: who reads an odd number of positions must blank it.

#![allow(
    clippy::indexing_slicing,
    reason = "page ids are checked on entry, all other indices follow from the sizes of the model"
)]

use super::bf16_pair::Pair;
use super::lanes::LANES;
use words::Words;

pub(super) mod words;

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

/// How keys and values are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// In single precision.
    F32,
    /// Rounded to bfloat16.
    Bf16,
}

/// All pages of all layers.
#[derive(Debug)]
pub struct KvPages {
    kept: Kept,
    kv_heads: usize,
    head_dim: usize,
    pages: usize,
}

/// The pages in their precision.
#[derive(Debug)]
pub(super) enum Kept {
    F32(Words<f32>),
    Bf16(Words<Pair>),
}

/// Calls `$call` with the pages of whichever precision.
macro_rules! with_words {
    ($kept:expr, $words:ident => $call:expr) => {
        match $kept {
            Kept::F32($words) => $call,
            Kept::Bf16($words) => $call,
        }
    };
}
pub(super) use with_words;

impl KvPages {
    /// No pages yet, for a model of these sizes.
    ///
    /// # Panics
    /// When a size is 0.
    pub fn new(precision: Precision, layers: usize, kv_heads: usize, head_dim: usize) -> Self {
        let sizes = [layers, kv_heads, head_dim];
        assert!(
            sizes.iter().all(|n| *n > 0),
            "layers, heads, dim: {sizes:?}"
        );
        let kept = match precision {
            Precision::F32 => Kept::F32(Words::new(layers, kv_heads, head_dim)),
            Precision::Bf16 => Kept::Bf16(Words::new(layers, kv_heads, head_dim)),
        };
        Self {
            kept,
            kv_heads,
            head_dim,
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
        with_words!(&mut self.kept, words => words.grow());
        self.pages += 1;
        // A page of the smallest model is 1 KiB: 2^32 of them are beyond any memory.
        PageId((self.pages - 1) as u32)
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// Bytes that one page takes in all layers.
    pub fn page_bytes(&self) -> usize {
        with_words!(&self.kept, words => words.page_bytes())
    }

    /// Stores the keys (after RoPE) and values of all kv heads at position `offset` of a page.
    ///
    /// # Panics
    /// When the layer or page does not exist, `offset` is not below [`PAGE`], or a row does not hold
    /// kv_heads * head_dim values.
    pub fn write(&mut self, layer: usize, page: PageId, offset: usize, k: &[f32], v: &[f32]) {
        self.check(page);
        let width = self.kv_heads * self.head_dim;
        assert_eq!(
            (k.len(), v.len()),
            (width, width),
            "one row of keys, one of values"
        );
        assert!(offset < PAGE, "position {offset} of a page");
        with_words!(&mut self.kept, words => words.write(layer, page, offset, k, v));
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
        with_words!(&mut self.kept, words => words.copy(layer, from, to, positions));
    }

    /// The pages in their precision.
    pub(super) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Refuses a page that does not exist.
    pub(crate) fn check(&self, page: PageId) {
        assert!(page.index() < self.pages, "{page:?} does not exist");
    }
}

#[cfg(test)]
mod tests {
    use half::bf16;

    use super::super::kv_word::KvWord;
    use super::super::testing::noise;
    use super::*;

    /// The number at a place of a word.
    trait Widen: KvWord {
        fn at(self, place: usize) -> f32;
    }

    impl Widen for f32 {
        fn at(self, _: usize) -> f32 {
            self
        }
    }

    impl Widen for Pair {
        fn at(self, place: usize) -> f32 {
            [self.first(), self.second()][place]
        }
    }

    /// The keys and values of a position, read back.
    fn read<W: Widen>(words: &Words<W>, layer: usize, page: PageId, at: usize) -> [Vec<f32>; 2] {
        let (depth, lines, dims) = (W::DEPTH, words.value_lines(), words.head_dim);
        let mut rows = [Vec::new(), Vec::new()];
        for head in (0..words.kv_heads).map(|head| words.head(layer, page, head)) {
            let key = |dim: usize| {
                let line = head.keys[dim / depth * KEY_LINES + at / LANES];
                line.0[at % LANES].at(dim % depth)
            };
            let value = |dim: usize| {
                let line = head.values[at / depth * lines + dim / LANES];
                line.0[dim % LANES].at(at % depth)
            };
            rows[0].extend((0..dims).map(key));
            rows[1].extend((0..dims).map(value));
        }
        rows
    }

    fn row(kv: &KvPages, layer: usize, page: PageId, at: usize) -> [Vec<f32>; 2] {
        with_words!(kv.kept(), words => read(words, layer, page, at))
    }

    /// What becomes of `row` in a precision.
    fn kept(precision: Precision, row: &[f32]) -> Vec<f32> {
        match precision {
            Precision::F32 => row.to_vec(),
            Precision::Bf16 => row.iter().map(|x| bf16::from_f32(*x).to_f32()).collect(),
        }
    }

    #[test]
    fn what_is_written_or_copied_is_read() {
        for (precision, dim) in [Precision::F32, Precision::Bf16]
            .map(|p| [(p, 40), (p, 21)])
            .concat()
        {
            let mut kv = KvPages::new(precision, 2, 3, dim);
            let (first, second) = (kv.grow(), kv.grow());
            let rows: Vec<_> = (0..PAGE as u64)
                .map(|i| (noise(i, 3 * dim), noise(i + 99, 3 * dim)))
                .collect();
            // From the last on: a position may be written before the other of its pair, or after.
            for (offset, (k, v)) in rows.iter().enumerate().rev() {
                kv.write(1, first, offset, k, v);
                kv.write(1, second, offset, v, k);
            }
            kv.copy(1, first, second, 19);
            for (offset, (k, v)) in rows.iter().enumerate() {
                let expected = [k, v].map(|row| kept(precision, row));
                assert_eq!(row(&kv, 1, first, offset), expected, "{precision:?}");
                if offset < 19 {
                    assert_eq!(row(&kv, 1, second, offset), expected, "{precision:?}");
                } else if offset > 19 {
                    assert_eq!(row(&kv, 1, second, offset)[1], expected[0], "{precision:?}");
                }
                assert_eq!(row(&kv, 0, first, offset)[0], vec![0.0; 3 * dim]);
            }
        }
    }

    #[test]
    fn pages_are_counted() {
        let check = |precision, bytes| {
            let mut kv = KvPages::new(precision, 4, 2, 21);
            let ids = (kv.grow(), kv.grow(), kv.pages());
            assert_eq!(ids, (PageId(0), PageId(1), 2));
            assert_eq!(kv.page_bytes(), bytes, "{precision:?}");
        };
        check(Precision::F32, 4 * 2 * 32 * (21 + 32) * 4);
        check(Precision::Bf16, 4 * 2 * 32 * (22 + 32) * 2);
    }

    #[test]
    #[should_panic(expected = "PageId(1) does not exist")]
    fn a_page_must_exist() {
        let mut kv = KvPages::new(Precision::F32, 1, 1, 16);
        let page = kv.grow();
        kv.copy(0, page, PageId(1), 3);
    }

    #[test]
    #[should_panic(expected = "a page is copied onto itself")]
    fn a_copy_needs_two_pages() {
        let mut kv = KvPages::new(Precision::Bf16, 1, 1, 16);
        let page = kv.grow();
        kv.copy(0, page, page, 3);
    }
}
