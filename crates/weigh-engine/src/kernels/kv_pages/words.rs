//! The pages of one precision: where a position's keys and values lie among the words.

use super::super::kv_word::KvWord;
use super::super::lanes::{LANES, Line};
use super::{KEY_LINES, PAGE, PageId};

/// All pages of all layers, in words `W`.
#[derive(Debug)]
pub(in crate::kernels) struct Words<W> {
    pub(in crate::kernels) kv_heads: usize,
    pub(in crate::kernels) head_dim: usize,
    /// By layer, then by page.
    layers: Vec<Vec<Box<[Line<W>]>>>,
}

/// Keys and values of one kv head in one page.
#[derive(Debug, Clone, Copy)]
pub(in crate::kernels) struct HeadPage<'a, W> {
    /// `[key_words][KEY_LINES]`.
    pub(in crate::kernels) keys: &'a [Line<W>],
    /// `[PAGE / DEPTH][value_lines]`.
    pub(in crate::kernels) values: &'a [Line<W>],
}

impl<W: KvWord> Words<W> {
    /// No pages yet.
    pub(super) fn new(layers: usize, kv_heads: usize, head_dim: usize) -> Self {
        Self {
            kv_heads,
            head_dim,
            layers: (0..layers).map(|_| Vec::new()).collect(),
        }
    }

    /// One more page of zeros in every layer.
    pub(super) fn grow(&mut self) {
        let lines = self.kv_heads * self.lines_of_a_head();
        let zeros = Line([W::default(); LANES]);
        for layer in &mut self.layers {
            layer.push(vec![zeros; lines].into_boxed_slice());
        }
    }

    /// Bytes of a page in all layers.
    pub(super) fn page_bytes(&self) -> usize {
        self.layers.len() * self.kv_heads * self.lines_of_a_head() * size_of::<Line<W>>()
    }

    /// Writes position `offset` of a page. A word that it shares with another dimension or position
    /// keeps what it has of that.
    pub(super) fn write(
        &mut self,
        layer: usize,
        page: PageId,
        offset: usize,
        k: &[f32],
        v: &[f32],
    ) {
        let (key_lines, value_lines) = (self.key_lines(), self.value_lines());
        let head_lines = self.lines_of_a_head();
        let heads = self.layers[layer][page.index()].chunks_exact_mut(head_lines);
        let rows = k
            .chunks_exact(self.head_dim)
            .zip(v.chunks_exact(self.head_dim));
        for (head, (k, v)) in heads.zip(rows) {
            let (keys, values) = head.split_at_mut(key_lines);
            let column = keys.iter_mut().skip(offset / LANES).step_by(KEY_LINES);
            for (line, neighbours) in column.zip(k.chunks(W::DEPTH)) {
                let word = &mut line.0[offset % LANES];
                let places = neighbours.iter().enumerate();
                places.for_each(|(place, x)| word.set(place, *x));
            }
            let row = values[offset / W::DEPTH * value_lines..].iter_mut();
            for (line, x) in row.zip(v.chunks(LANES)) {
                let words = line.0.iter_mut().zip(x);
                words.for_each(|(word, x)| word.set(offset % W::DEPTH, *x));
            }
        }
    }

    /// Copies the first `positions` positions of a page. What is behind them among the keys, or in
    /// the word of the last one, comes along and is never read.
    pub(super) fn copy(&mut self, layer: usize, from: PageId, to: PageId, positions: usize) {
        let head_lines = self.lines_of_a_head();
        let lines = self.key_lines() + positions.div_ceil(W::DEPTH) * self.value_lines();
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

    /// One head in one page.
    pub(in crate::kernels) fn head(
        &self,
        layer: usize,
        page: PageId,
        head: usize,
    ) -> HeadPage<'_, W> {
        let lines = self.lines_of_a_head();
        let all = &self.layers[layer][page.index()][head * lines..][..lines];
        let (keys, values) = all.split_at(self.key_lines());
        HeadPage { keys, values }
    }

    /// Words of a position's keys in a head.
    pub(in crate::kernels) fn key_words(&self) -> usize {
        self.head_dim.div_ceil(W::DEPTH)
    }

    /// Lines of a row of values.
    pub(in crate::kernels) fn value_lines(&self) -> usize {
        self.head_dim.div_ceil(LANES)
    }

    fn key_lines(&self) -> usize {
        KEY_LINES * self.key_words()
    }

    fn lines_of_a_head(&self) -> usize {
        self.key_lines() + PAGE / W::DEPTH * self.value_lines()
    }
}
