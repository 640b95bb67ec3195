//! The work of one task of attention: some rows, and the query heads that share one kv head.
//!
//! A page is one block. Its queries are taken in register tiles: as many as keep the accumulators in
//! registers, which changes no bit, since every score and every output has one accumulator of its
//! own and sees its terms in the same order whatever stands beside it.

#![allow(
    clippy::indexing_slicing,
    reason = "indices follow from the sizes that `attend` has checked; inner loops assert them once"
)]

use std::f32::consts::LOG2_E;
use std::ops::Range;

use super::super::kv_pages::words::{HeadPage, Words};
use super::super::kv_pages::{KEY_LINES, PAGE, PageId};
use super::super::kv_word::{Block, KvWord};
use super::super::lanes::{Kernel, LANES, Line, Simd};
use super::Queries;
use super::softmax::Online;

/// Queries of a register tile at most.
pub(super) const MAX_QUERIES: usize = 12;

/// One query row, with all its heads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// In the batch.
    pub(super) row: usize,
    pub(super) position: usize,
    /// The path, from position 0.
    pub(super) pages: &'a [PageId],
}

impl Row<'_> {
    /// Page `index` of the path, if the row attends to any of its positions.
    fn page(&self, index: usize) -> Option<PageId> {
        let seen = index * PAGE <= self.position;
        self.pages.get(index).copied().filter(|_| seen)
    }
}

/// Some rows, the query heads of one group, and where their results go.
pub(super) struct Tile<'a, W> {
    pub(super) kv: &'a Words<W>,
    pub(super) layer: usize,
    pub(super) kv_head: usize,
    pub(super) rows: &'a [Row<'a>],
    pub(super) q: Queries<'a>,
    /// For each row, the values of the group's heads.
    pub(super) out: Vec<&'a mut [f32]>,
}

/// The queries of a tile, with what is known of each so far. Query i is head i % group of row
/// i / group.
struct State<W> {
    head_dim: usize,
    positions: Vec<usize>,
    /// The queries times log2(e) / sqrt(head_dim), 32 words at a time: `[key_words / 32][queries]`.
    q: Vec<Block<W>>,
    softmax: Vec<Online>,
    /// The weighted sum of values: `[queries][value_lines]`.
    out: Vec<Line>,
    /// Scores of the register tile at work.
    scores: [Block<f32>; MAX_QUERIES],
    /// Weights of the register tile at work.
    weights: [Block<W>; MAX_QUERIES],
}

impl<W: KvWord> Kernel for Tile<'_, W> {
    type Output = ();
    const PAIRS: bool = W::DEPTH == 2;

    #[inline(always)]
    fn run<S: Simd>(mut self, s: S) {
        let group = self.q.heads / self.kv.kv_heads;
        let mut state = State::new(&self, group);
        let positions = self.rows.iter().map(|row| row.position + 1).max();
        for index in 0..positions.unwrap_or(0).div_ceil(PAGE) {
            let mut next = 0;
            while let Some((page, run)) = next_run(self.rows, index, next) {
                next = run.end;
                let head = self.kv.head(self.layer, page, self.kv_head);
                state.attend_page(s, index * PAGE, head, run.start * group..run.end * group);
            }
        }
        state.finish(s, &mut self.out);
    }
}

/// From row `next` on, the first rows that share their page `index`.
fn next_run(rows: &[Row<'_>], index: usize, next: usize) -> Option<(PageId, Range<usize>)> {
    let mut pages = rows.iter().enumerate().skip(next);
    let (start, page) = pages.find_map(|(i, row)| Some((i, row.page(index)?)))?;
    let other = |row: &Row<'_>| row.page(index) != Some(page);
    let length = rows[start..].iter().position(other);
    Some((page, start..length.map_or(rows.len(), |n| start + n)))
}

/// Calls `$call` with the constant `$queries` equal to `$n`, which is 1 to 12.
macro_rules! for_queries {
    ($n:expr, $queries:ident => $call:expr) => {
        for_queries!($n, $queries => $call, 1 2 3 4 5 6 7 8 9 10 11 12)
    };
    ($n:expr, $queries:ident => $call:expr, $($literal:literal)*) => {
        match $n {
            $($literal => {
                const $queries: usize = $literal;
                $call
            })*
            _ => {}
        }
    };
}

impl<W: KvWord> State<W> {
    fn new(tile: &Tile<'_, W>, group: usize) -> Self {
        let (rows, kv) = (tile.rows, tile.kv);
        let head_dim = kv.head_dim;
        let queries = rows.len() * group;
        let zeros = [[W::default(); LANES]; KEY_LINES];
        let mut q = vec![zeros; queries * kv.key_words().div_ceil(PAGE)];
        let scale = LOG2_E / (head_dim as f32).sqrt();
        let first = tile.kv_head * group * head_dim;
        for (i, row) in rows.iter().enumerate() {
            let data = &tile.q.data[row.row * tile.q.stride + first..][..group * head_dim];
            for (head, values) in data.chunks_exact(head_dim).enumerate() {
                for (chunk, values) in values.chunks(PAGE * W::DEPTH).enumerate() {
                    let block = q[chunk * queries + i * group + head].as_flattened_mut();
                    for (word, values) in block.iter_mut().zip(values.chunks(W::DEPTH)) {
                        let places = values.iter().enumerate();
                        places.for_each(|(place, x)| word.set(place, x * scale));
                    }
                }
            }
        }
        Self {
            head_dim,
            positions: rows
                .iter()
                .flat_map(|row| vec![row.position; group])
                .collect(),
            q,
            softmax: vec![Online::EMPTY; queries],
            out: vec![Line::ZERO; queries * kv.value_lines()],
            scores: [[[0.0; LANES]; KEY_LINES]; MAX_QUERIES],
            weights: [zeros; MAX_QUERIES],
        }
    }

    /// Lets `queries` attend to the page that begins at position `start`.
    #[inline(always)]
    fn attend_page<S: Simd>(
        &mut self,
        s: S,
        start: usize,
        head: HeadPage<'_, W>,
        queries: Range<usize>,
    ) {
        let most = if S::WIDE {
            MAX_QUERIES
        } else {
            MAX_QUERIES / 2
        };
        for first in queries.clone().step_by(most) {
            let n = most.min(queries.end - first);
            for_queries!(n, Q => self.scores::<S, Q>(s, head.keys, first));
            let visible = self.visible(start, first);
            let softmax = &mut self.softmax[first..][..n];
            let scores = &mut self.scores;
            let decay = Online::absorb(s, softmax, &visible, scores, &mut self.weights);
            let mut done = 0;
            while done < n {
                // Queries that see equally many positions: all of them before the last page.
                let alike = visible[done..n]
                    .iter()
                    .take_while(|seen| **seen == visible[done]);
                let (count, seen) = (alike.count(), visible[done]);
                for_queries!(count, Q =>
                    self.values::<S, Q>(s, head.values, seen, first + done, done, &decay));
                done += count;
            }
        }
    }

    /// How many positions of the page that begins at `start` each of the queries from `first` on
    /// attends to.
    fn visible(&self, start: usize, first: usize) -> [usize; MAX_QUERIES] {
        let mut visible = [0; MAX_QUERIES];
        for (visible, position) in visible.iter_mut().zip(&self.positions[first..]) {
            *visible = (position + 1).saturating_sub(start).min(PAGE);
        }
        visible
    }

    /// The scores of Q queries at all positions of a page.
    #[inline(always)]
    fn scores<S: Simd, const Q: usize>(&mut self, s: S, keys: &[Line<W>], first: usize) {
        if S::WIDE {
            self.score_lines::<S, Q, 2>(s, keys, first);
        } else {
            self.score_lines::<S, Q, 1>(s, keys, first);
        }
    }

    /// [`State::scores`], N lines of positions at a time.
    #[inline(always)]
    fn score_lines<S: Simd, const Q: usize, const N: usize>(
        &mut self,
        s: S,
        keys: &[Line<W>],
        first: usize,
    ) {
        let queries = self.positions.len();
        for line in (0..KEY_LINES).step_by(N) {
            let mut sums = [[s.splat(0.0); N]; Q];
            let words = self.head_dim.div_ceil(W::DEPTH);
            for (chunk, start) in (0..words).step_by(PAGE).enumerate() {
                let q = tile_of(&self.q[chunk * queries + first..]);
                let keys = &keys[start * KEY_LINES + line..];
                let count = PAGE.min(words - start);
                product(s, &mut sums, q, keys, KEY_LINES, count);
            }
            for (scores, sums) in self.scores.iter_mut().zip(sums) {
                for (to, sum) in scores[line..].iter_mut().zip(sums) {
                    s.store(sum, to);
                }
            }
        }
    }

    /// Decays the outputs of Q queries and adds the values of the page's first `seen` positions;
    /// the weights of query `first` are at `done` in the register tile.
    #[inline(always)]
    fn values<S: Simd, const Q: usize>(
        &mut self,
        s: S,
        values: &[Line<W>],
        seen: usize,
        first: usize,
        done: usize,
        decay: &[f32],
    ) {
        let lines = self.head_dim.div_ceil(LANES);
        let out = &mut self.out[first * lines..];
        let (weights, decay) = (tile_of(&self.weights[done..]), tile_of(&decay[done..]));
        let wide = if S::WIDE { lines / 2 * 2 } else { 0 };
        for line in (0..wide).step_by(2) {
            let values = &values[line..];
            add_values::<S, W, Q, 2>(s, &mut out[line..], lines, values, seen, weights, decay);
        }
        for line in wide..lines {
            let values = &values[line..];
            add_values::<S, W, Q, 1>(s, &mut out[line..], lines, values, seen, weights, decay);
        }
    }

    /// Divides by the sums of the softmax.
    #[inline(always)]
    fn finish<S: Simd>(&self, s: S, out: &mut [&mut [f32]]) {
        let lines = self.head_dim.div_ceil(LANES);
        let heads = out
            .iter_mut()
            .flat_map(|row| row.chunks_exact_mut(self.head_dim));
        let queries = self.softmax.iter().zip(self.out.chunks_exact(lines));
        for (to, (softmax, from)) in heads.zip(queries) {
            let total = s.splat(softmax.total(s));
            for (to, line) in to.chunks_mut(LANES).zip(from) {
                s.store_part(s.div(s.load(&line.0), total), to);
            }
        }
    }
}

/// The first Q elements.
#[inline(always)]
fn tile_of<T, const Q: usize>(from: &[T]) -> &[T; Q] {
    &from.as_chunks::<Q>().0[0]
}

/// One or two columns of lines of `values`: `out = out * decay + weights * values`.
#[inline(always)]
fn add_values<S: Simd, W: KvWord, const Q: usize, const N: usize>(
    s: S,
    out: &mut [Line],
    lines: usize,
    values: &[Line<W>],
    seen: usize,
    weights: &[Block<W>; Q],
    decay: &[f32; Q],
) {
    let mut sums = [[s.splat(0.0); N]; Q];
    for (q, (sums, decay)) in sums.iter_mut().zip(decay).enumerate() {
        for (sum, line) in sums.iter_mut().zip(&out[q * lines..][..N]) {
            *sum = s.mul(s.load(&line.0), s.splat(*decay));
        }
    }
    let whole = seen / W::DEPTH;
    product(s, &mut sums, weights, values, lines, whole);
    if !seen.is_multiple_of(W::DEPTH) {
        // The weight of the position that is not seen is 0, which does not undo a NaN.
        let mut line = [W::splat(s, W::default()); N];
        for (line, words) in line.iter_mut().zip(&values[whole * lines..]) {
            *line = W::load(s, &words.0.map(W::first_alone));
        }
        step(s, &mut sums, weights, whole, line);
    }
    for (q, sums) in sums.into_iter().enumerate() {
        for (sum, line) in sums.into_iter().zip(&mut out[q * lines..][..N]) {
            s.store(sum, &mut line.0);
        }
    }
}

/// `sums[q][n] += a[q][i] * b[i * stride + n]` for i from 0 to `count - 1`, in that order.
#[inline(always)]
fn product<S: Simd, W: KvWord, const Q: usize, const N: usize>(
    s: S,
    sums: &mut [[S::V; N]; Q],
    a: &[Block<W>; Q],
    b: &[Line<W>],
    stride: usize,
    count: usize,
) {
    let count = count.min(PAGE);
    assert!(count == 0 || (count - 1) * stride + N <= b.len());
    for i in 0..count {
        let mut line = [W::splat(s, W::default()); N];
        for (n, line) in line.iter_mut().enumerate() {
            // SAFETY: i < count and n < N, so the index is below the length that was asserted.
            *line = W::load(s, unsafe { &b.get_unchecked(i * stride + n).0 });
        }
        step(s, sums, a, i, line);
    }
}

/// `sums[q][n] += a[q][i] * line[n]`.
#[inline(always)]
fn step<S: Simd, W: KvWord, const Q: usize, const N: usize>(
    s: S,
    sums: &mut [[S::V; N]; Q],
    a: &[Block<W>; Q],
    i: usize,
    line: [W::Lanes<S>; N],
) {
    for (sums, a) in sums.iter_mut().zip(a) {
        let a = W::splat(s, a.as_flattened()[i]);
        for (sum, line) in sums.iter_mut().zip(line) {
            *sum = W::mul_add(s, a, line, *sum);
        }
    }
}
