//! Byte-pair merging (Sennrich et al. 2016, <https://aclanthology.org/P16-1162>).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Which pairs of tokens become one, and in which order.
#[derive(Debug, Default)]
pub(super) struct Merges(HashMap<(u32, u32), Merge>);

/// What a pair becomes.
#[derive(Debug, Clone, Copy)]
struct Merge {
    rank: u32,
    whole: u32,
}

/// A symbol and its neighbours, by their places.
#[derive(Debug, Clone, Copy)]
struct Symbol {
    token: u32,
    previous: Option<usize>,
    next: Option<usize>,
    merged_away: bool,
}

/// A merge that may be done: the lowest rank first, then the leftmost.
type Candidate = Reverse<(u32, usize, u32)>;

impl Merges {
    /// Merges as `(left, right, whole)`, the first of them first. If a pair comes twice, the
    /// later one counts, as in the reference implementation.
    pub(super) fn new(merges: impl IntoIterator<Item = (u32, u32, u32)>) -> Self {
        let ranked = (0..).zip(merges);
        Self(
            ranked
                .map(|(rank, (left, right, whole))| ((left, right), Merge { rank, whole }))
                .collect(),
        )
    }

    /// Merges within one piece of text until no merge is left. Takes n log n steps.
    pub(super) fn apply(&self, tokens: &[u32], output: &mut Vec<u32>) {
        if tokens.len() < 2 {
            output.extend(tokens);
            return;
        }
        let mut word = Word::new(tokens);
        let mut queue: BinaryHeap<Candidate> = BinaryHeap::new();
        for left in 0..tokens.len() {
            self.propose(&word, Some(left), &mut queue);
        }
        while let Some(Reverse((rank, left, whole))) = queue.pop() {
            // A candidate is stale if one of its two symbols has changed since.
            let current = word.pair(left).and_then(|pair| self.0.get(&pair));
            if current.is_none_or(|merge| (merge.rank, merge.whole) != (rank, whole)) {
                continue;
            }
            word.merge(left, whole);
            self.propose(&word, word.previous(left), &mut queue);
            self.propose(&word, Some(left), &mut queue);
        }
        output.extend(word.tokens());
    }

    fn propose(&self, word: &Word, left: Option<usize>, queue: &mut BinaryHeap<Candidate>) {
        let pair = left.and_then(|left| word.pair(left).map(|pair| (left, pair)));
        if let Some((left, merge)) = pair.and_then(|(left, pair)| Some((left, self.0.get(&pair)?)))
        {
            queue.push(Reverse((merge.rank, left, merge.whole)));
        }
    }
}

/// A piece of text as a list of symbols that can be merged in constant time.
struct Word(Vec<Symbol>);

impl Word {
    fn new(tokens: &[u32]) -> Self {
        let last = tokens.len().saturating_sub(1);
        let symbol = |(place, token): (usize, &u32)| Symbol {
            token: *token,
            previous: place.checked_sub(1),
            next: (place < last).then_some(place + 1),
            merged_away: false,
        };
        Self(tokens.iter().enumerate().map(symbol).collect())
    }

    fn previous(&self, place: usize) -> Option<usize> {
        self.0.get(place)?.previous
    }

    /// The symbol at `left` and the one after it, if both are there.
    fn pair(&self, left: usize) -> Option<(u32, u32)> {
        let left = self.0.get(left).filter(|symbol| !symbol.merged_away)?;
        let right = self.0.get(left.next?)?;
        Some((left.token, right.token))
    }

    /// Puts `whole` in the place of the symbol at `left` and the one after it.
    fn merge(&mut self, left: usize, whole: u32) {
        let right = self.0.get(left).and_then(|symbol| symbol.next);
        let Some(right) = right.and_then(|right| self.0.get_mut(right)) else {
            return;
        };
        right.merged_away = true;
        let after = right.next;
        if let Some(symbol) = self.0.get_mut(left) {
            symbol.token = whole;
            symbol.next = after;
        }
        if let Some(symbol) = after.and_then(|after| self.0.get_mut(after)) {
            symbol.previous = Some(left);
        }
    }

    fn tokens(&self) -> impl Iterator<Item = u32> {
        let left = self.0.iter().filter(|symbol| !symbol.merged_away);
        left.map(|symbol| symbol.token)
    }
}
