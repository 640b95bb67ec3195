//! Which rows go into the next forward pass: a depth-first walk of one trie after the other, and one
//! row for each text that is being generated (continuous batching).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::batch::{Batch, PageCopy};
use crate::pages::{PAGE, PageId, PageTable, pages_for};
use crate::trie::{Leaf, Probe, Trie, Want, Wish};

/// Bounds of a forward pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The most rows.
    pub rows: usize,
    /// The most texts that are generated side by side.
    pub streams: usize,
    /// The most pages of key-value memory. Raised to what the longest request needs.
    pub pages: usize,
}

/// What the logits of one row are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// The row.
    pub row: usize,
    /// Probes of the trie that read it.
    pub probes: Range<usize>,
    /// The request whose next token it gives.
    pub stream: Option<usize>,
}

/// One forward pass and what its logits are for.
#[derive(Debug, Default)]
pub(crate) struct Step {
    /// The rows.
    pub batch: Batch,
    /// Ascending by row; `batch.heads` are their rows.
    pub heads: Vec<Head>,
    /// Rows of texts under way; the others are prompts.
    pub streams: usize,
}

impl Step {
    fn want(&mut self, head: Head) {
        self.batch.heads.push(head.row);
        self.heads.push(head);
    }
}

/// A text that is being generated.
#[derive(Debug)]
struct Stream {
    pages: Vec<PageId>,
    /// The position that its next token takes.
    position: usize,
    /// The token that was drawn last, which the next pass computes.
    next: Option<u32>,
    /// Pages that it may still take.
    reserved: usize,
}

/// The walk over the current trie and the texts under way, of this trie and of earlier ones.
#[derive(Debug)]
pub(crate) struct Schedule {
    trie: Trie,
    limits: Limits,
    table: PageTable,
    /// The leaf that is being computed.
    leaf: usize,
    /// The next position of that leaf; `None` before its first.
    position: Option<usize>,
    /// The next probe.
    probe: usize,
    /// The copy that the next strip begins with. There is room in the copied page, so that the
    /// strip is part of the same batch.
    branch: Option<PageCopy>,
    /// Pages of the path to `position`.
    path: Vec<PageId>,
    /// By request.
    streams: BTreeMap<usize, Stream>,
}

impl Schedule {
    /// A schedule with nothing to do.
    pub fn new(limits: Limits) -> Self {
        Self {
            table: PageTable::new(limits.pages),
            trie: Trie::default(),
            limits,
            leaf: 0,
            position: None,
            probe: 0,
            branch: None,
            path: Vec::new(),
            streams: BTreeMap::new(),
        }
    }

    /// Whether every leaf has begun. Texts may still be under way.
    pub fn is_walked(&self) -> bool {
        self.leaf >= self.trie.leaves.len()
    }

    /// The path in memory, at which the next trie begins.
    pub fn path(&self) -> &[u32] {
        self.trie.end()
    }

    /// Goes on with `trie`, which begins at [`Self::path`]. Every leaf before has begun.
    pub fn load(&mut self, trie: Trie) {
        let positions = |leaf: &Leaf| longest(&leaf.sequence.want, leaf.sequence.tokens.len());
        if let Some(longest) = trie.leaves.iter().map(positions).max() {
            // One page more than the longest path: the copy that a branch begins with.
            self.table.raise(pages_for(longest) + 1);
        }
        self.trie = trie;
        self.leaf = 0;
        self.probe = 0;
    }

    /// What the logits of `head` are read for.
    pub fn wishes(&self, head: &Head) -> impl Iterator<Item = Wish> {
        let probes = self.trie.probes.get(head.probes.clone());
        let probes = probes.unwrap_or_default().iter();
        probes.filter_map(|probe| self.trie.wish(probe))
    }

    /// The page table.
    #[cfg(test)]
    pub fn table(&self) -> &PageTable {
        &self.table
    }

    /// The next forward pass; `None` when everything that was loaded is computed.
    pub fn next_step(&mut self) -> Option<Step> {
        self.table.recycle();
        let mut step = Step::default();
        self.continue_streams(&mut step);
        self.walk(&mut step);
        (step.batch.rows() > 0).then_some(step)
    }

    /// The token that was drawn for `request`: the next pass computes it.
    pub fn advance(&mut self, request: usize, token: u32) {
        if let Some(stream) = self.streams.get_mut(&request) {
            stream.next = Some(token);
        }
    }

    /// The text of `request` is complete.
    pub fn finish(&mut self, request: usize) {
        if let Some(stream) = self.streams.remove(&request) {
            self.table.release(&stream.pages);
        }
    }

    fn continue_streams(&mut self, step: &mut Step) {
        for (request, stream) in &mut self.streams {
            let Some(token) = stream.next.take() else {
                continue;
            };
            if stream.position.is_multiple_of(PAGE) {
                // Reserved when the stream was admitted, so there is one.
                stream.pages.extend(self.table.take());
                stream.reserved = stream.reserved.saturating_sub(1);
            }
            let row = step.batch.rows();
            step.batch
                .push(&[token], stream.position, &stream.pages, None);
            step.want(Head {
                row,
                probes: 0..0,
                stream: Some(*request),
            });
            stream.position += 1;
            step.streams += 1;
        }
    }

    fn walk(&mut self, step: &mut Step) {
        while step.batch.rows() < self.limits.rows {
            let Some(leaf) = self.trie.leaves.get(self.leaf) else {
                return;
            };
            let (shared, end) = (leaf.shared, leaf.sequence.tokens.len());
            if self.position.is_none() && !self.branch(shared, step) {
                return;
            }
            let position = self.position.unwrap_or(shared);
            let rows = self.extend(position, end, self.limits.rows - step.batch.rows());
            if rows == 0 {
                return;
            }
            self.compute(position..position + rows, step);
        }
    }

    /// Pages that are neither in use nor promised to a stream.
    fn spare_pages(&self) -> usize {
        let promised: usize = self.streams.values().map(|stream| stream.reserved).sum();
        self.table.available().saturating_sub(promised)
    }

    /// Leaves the current path at position `shared`. False when the leaf must wait.
    fn branch(&mut self, shared: usize, step: &mut Step) -> bool {
        let kept = pages_for(shared);
        let dropped = self.path.split_off(kept.min(self.path.len()));
        self.table.release(&dropped);
        if step.batch.rows() == 0 {
            self.table.recycle();
        }
        if !self.admits(shared) {
            return false;
        }
        let positions = shared % PAGE;
        if positions > 0 {
            let Some(from) = self.path.pop() else {
                return false;
            };
            let Some(to) = self.table.take() else {
                self.path.push(from);
                return false;
            };
            self.branch = Some(PageCopy {
                from,
                to,
                positions,
            });
            self.table.release(&[from]);
            self.path.push(to);
        }
        self.position = Some(shared);
        true
    }

    /// Whether the current leaf may begin: a text needs a place among the streams and the promise
    /// of pages for all of it, anything else at least one page.
    fn admits(&self, shared: usize) -> bool {
        let Some(leaf) = self.trie.leaves.get(self.leaf) else {
            return false;
        };
        let length = leaf.sequence.tokens.len();
        match leaf.sequence.want {
            Want::Score { .. } => self.spare_pages() > 0,
            Want::Continue { .. } => {
                let pages = pages_for(longest(&leaf.sequence.want, length)) - shared / PAGE;
                self.streams.len() < self.limits.streams && self.spare_pages() >= pages
            }
        }
    }

    /// Takes pages for as many positions of `position..end` as there is room for.
    fn extend(&mut self, position: usize, end: usize, room: usize) -> usize {
        let end = end.min(position + room);
        while self.path.len() < pages_for(end) {
            if self.spare_pages() == 0 {
                break;
            }
            let Some(page) = self.table.take() else { break };
            self.path.push(page);
        }
        end.min(self.path.len() * PAGE).saturating_sub(position)
    }

    /// Puts `positions` of the current leaf into the batch.
    fn compute(&mut self, positions: Range<usize>, step: &mut Step) {
        let Some(leaf) = self.trie.leaves.get(self.leaf) else {
            return;
        };
        let tokens = leaf
            .sequence
            .tokens
            .get(positions.clone())
            .unwrap_or_default();
        let first_row = step.batch.rows();
        step.batch
            .push(tokens, positions.start, &self.path, self.branch.take());
        let complete = positions.end == leaf.sequence.tokens.len();
        let stream = match leaf.sequence.want {
            Want::Continue { .. } if complete => Some(leaf.sequence.request),
            Want::Continue { .. } | Want::Score { .. } => None,
        };
        self.want_logits(&positions, first_row, stream, step);
        self.position = Some(positions.end);
        if complete {
            self.complete_leaf(stream);
        }
    }

    /// A head for every row that a probe reads, and for the row that a text begins with.
    fn want_logits(
        &mut self,
        positions: &Range<usize>,
        first_row: usize,
        stream: Option<usize>,
        step: &mut Step,
    ) {
        for position in positions.clone() {
            let start = self.probe;
            let at = (self.leaf, position);
            let here = |p: &&Probe| (p.owner as usize, p.position as usize) == at;
            self.probe += self.trie.probes.iter().skip(start).take_while(here).count();
            let begins = stream.filter(|_| position + 1 == positions.end);
            if self.probe > start || begins.is_some() {
                let row = first_row + position - positions.start;
                step.want(Head {
                    row,
                    probes: start..self.probe,
                    stream: begins,
                });
            }
        }
    }

    fn complete_leaf(&mut self, stream: Option<usize>) {
        if let Some((request, leaf)) = stream.zip(self.trie.leaves.get(self.leaf)) {
            let position = leaf.sequence.tokens.len();
            let reserved = pages_for(longest(&leaf.sequence.want, position)) - self.path.len();
            self.table.hold(&self.path);
            let pages = self.path.clone();
            self.streams.insert(
                request,
                Stream {
                    pages,
                    position,
                    next: None,
                    reserved,
                },
            );
        }
        self.position = None;
        // What is behind this leaf and wholly shared with it is complete, too.
        let rest = self.trie.leaves.get(self.leaf + 1..).unwrap_or_default();
        let shared = |leaf: &&Leaf| leaf.shared == leaf.sequence.tokens.len();
        self.leaf += 1 + rest.iter().take_while(shared).count();
    }
}

/// Positions that a request may come to compute. A text's last token is never computed.
pub(crate) fn longest(want: &Want, tokens: usize) -> usize {
    match want {
        Want::Score { .. } => tokens,
        Want::Continue { max_tokens } => tokens + max_tokens.saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::trie::Sequence;

    /// Key-value memory that holds the token of each position instead of its key and value.
    #[derive(Default)]
    struct Memory(BTreeMap<PageId, [Option<u32>; PAGE]>);

    impl Memory {
        /// Computes a batch as a decoder would and returns, for each row, the tokens it attends to.
        fn forward(&mut self, batch: &Batch) -> Vec<Vec<u32>> {
            let mut rows = batch.tokens.iter().zip(&batch.positions).zip(&batch.pages);
            for strip in &batch.strips {
                if let Some(copy) = strip.branch {
                    // Like the kernel, the copy takes more than it must: what is behind
                    // `positions` must not be there yet.
                    let from = self.0[&copy.from];
                    self.0.insert(copy.to, from);
                }
                for ((token, position), page) in rows.by_ref().take(strip.rows.len()) {
                    self.0.entry(*page).or_default()[position % PAGE] = Some(*token);
                }
            }
            let strips = batch.strips.iter();
            strips
                .flat_map(|s| {
                    s.rows
                        .clone()
                        .enumerate()
                        .map(move |(i, _)| (s, s.first_position + i))
                })
                .map(|(strip, position)| {
                    (0..=position)
                        .map(|p| self.0[&strip.pages[p / PAGE]][p % PAGE].unwrap())
                        .collect()
                })
                .collect()
        }
    }

    /// The token that follows `path`, and whether a text ends with it.
    fn draw(path: &[u32]) -> (u32, bool) {
        let sum: u32 = path
            .iter()
            .enumerate()
            .map(|(i, t)| t * (i as u32 + 1))
            .sum();
        (sum % 3, sum.is_multiple_of(7))
    }

    fn check(windows: Vec<Vec<Sequence>>, limits: Limits) -> Result<(), TestCaseError> {
        let mut texts: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        let sequences = windows.iter().flatten();
        let prompts: BTreeMap<usize, Sequence> =
            sequences.map(|s| (s.request, s.clone())).collect();
        let (mut computed, mut expected) = (0, 0);
        let mut asked: BTreeMap<usize, usize> = BTreeMap::new();
        let mut schedule = Schedule::new(limits);
        let mut memory = Memory::default();
        let mut windows = windows.into_iter().peekable();
        loop {
            while schedule.is_walked()
                && let Some(window) = windows.next()
            {
                let trie = Trie::new(window, schedule.path(), windows.peek().is_none());
                expected += trie.computed_tokens();
                schedule.load(trie);
            }
            let Some(step) = schedule.next_step() else {
                break;
            };
            let attended = memory.forward(&step.batch);
            prop_assert!(step.batch.rows() <= limits.rows.max(limits.streams));
            let texts_under_way = step
                .batch
                .strips
                .iter()
                .filter(|s| s.rows.len() == 1)
                .count();
            prop_assert!(texts_under_way <= step.batch.rows());
            prop_assert!(schedule.table().peak() <= schedule.table().limit());
            computed += step.batch.rows();
            for head in &step.heads {
                let path = &attended[head.row];
                for wish in schedule.wishes(head) {
                    *asked.entry(wish.request).or_default() += 1;
                    let Sequence { tokens, want, .. } = &prompts[&wish.request];
                    let Want::Score { from, targets } = want else {
                        panic!("a text")
                    };
                    prop_assert_eq!(path, &tokens[..=from + wish.index]);
                    prop_assert_eq!(wish.token, targets[wish.index]);
                }
                let Some(request) = head.stream else { continue };
                let text = texts.entry(request).or_default();
                let whole: Vec<u32> = prompts[&request]
                    .tokens
                    .iter()
                    .chain(text.iter())
                    .copied()
                    .collect();
                prop_assert_eq!(path, &whole);
                let (token, end) = draw(path);
                text.push(token);
                let Want::Continue { max_tokens } = prompts[&request].want else {
                    panic!("a score")
                };
                if end || text.len() == max_tokens {
                    schedule.finish(request);
                } else {
                    schedule.advance(request, token);
                }
            }
        }
        for (request, sequence) in &prompts {
            if let Want::Score { targets, .. } = &sequence.want {
                prop_assert_eq!(asked.get(request), Some(&targets.len()));
            }
        }
        let wanted = prompts
            .values()
            .filter(|s| matches!(s.want, Want::Continue { .. }));
        prop_assert_eq!(wanted.count(), texts.len());
        let generated: usize = texts.values().map(|text| text.len() - 1).sum();
        prop_assert_eq!(computed, expected + generated);
        Ok(())
    }

    fn sequence(request: usize, prefix: usize, tokens: &[u32], continues: bool) -> Sequence {
        let shared = (0..prefix).map(|i| (i % 5) as u32);
        let tokens: Vec<u32> = shared.chain(tokens.iter().copied()).collect();
        let from = tokens.len().saturating_sub(3);
        let targets = (0..).take(tokens.len() - from).collect();
        let want = if continues {
            Want::Continue { max_tokens: 40 }
        } else {
            Want::Score { from, targets }
        };
        Sequence {
            request,
            tokens,
            want,
        }
    }

    proptest! {
        #[test]
        fn every_row_attends_to_its_own_path(
            texts in vec((0_usize..100, vec(0_u32..3, 1..50), any::<bool>()), 1..20),
            rows in 1_usize..70,
            streams in 1_usize..5,
            pages in 0_usize..30,
            in_window in 1_usize..20,
            in_order: bool,
        ) {
            let mut sequences: Vec<Sequence> = texts.iter().enumerate()
                .map(|(request, (prefix, tokens, continues))| sequence(request, *prefix, tokens, *continues))
                .collect();
            if in_order {
                sequences.sort_by(|a, b| a.tokens.cmp(&b.tokens));
            }
            let windows = sequences.chunks(in_window).map(<[Sequence]>::to_vec).collect();
            check(windows, Limits { rows, streams, pages })?;
        }
    }
}
