//! All requests as one token trie: what several of them share is computed once.
//!
//! The trie is never built. Sequences sorted by their tokens are its leaves in depth-first order,
//! and the length of the prefix that each shares with the one before it says where it branches
//! off. Depth-first order also bounds the memory: only the path to the current leaf must be kept.
//!
//! Where there are too many requests to hold all of their tokens, each window of them is a trie of
//! its own, and the path to its last leaf is carried over to the next. A prefix that lies in two
//! windows but not on that path is computed in both.

use std::cmp::Ordering;

use rayon::slice::ParallelSliceMut as _;
use weigh_core::model::Work;

/// What is wanted of a sequence's logits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Want {
    /// The probabilities of `targets[i]` after position `from + i`.
    Score { from: usize, targets: Vec<u32> },
    /// A continuation after the last position, of at most `max_tokens` tokens.
    Continue { max_tokens: usize },
}

/// The tokens that must be computed for one request. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sequence {
    /// Index of the request.
    pub request: usize,
    /// The tokens whose states are needed.
    pub tokens: Vec<u32>,
    /// What for.
    pub want: Want,
}

/// A wish for one target's probability at one computed position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Probe {
    /// Index in [`Trie::leaves`] of the sequence that computes the position.
    pub owner: u32,
    /// The position.
    pub position: u32,
    /// Index in [`Trie::leaves`] of the sequence that asks.
    asker: u32,
    /// Which of its targets.
    index: u32,
}

/// What a probe asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Index of the request.
    pub request: usize,
    /// Which of the request's targets.
    pub index: usize,
    /// How many it has.
    pub targets: usize,
    /// The target.
    pub token: u32,
}

/// One sequence and how much of it was computed before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// The sequence.
    pub sequence: Sequence,
    /// Positions that it shares with the leaf before it.
    pub shared: usize,
}

impl Leaf {
    /// Tokens that are computed for it alone.
    pub const fn computed(&self) -> usize {
        self.sequence.tokens.len() - self.shared
    }
}

/// The sequences of one window, in depth-first order.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    /// The sequences.
    pub leaves: Vec<Leaf>,
    /// Every probe, sorted by owner and position.
    pub probes: Vec<Probe>,
    /// Tokens if nothing were shared.
    pub naive: usize,
    /// Prefixes that differ from each other and from those of the path before.
    pub distinct: usize,
}

impl Trie {
    /// Sorts `sequences` and finds out which of them computes which position.
    ///
    /// `before` is the path that the window before has left in memory. The walk begins where it
    /// leaves that path, and ends near the last of `sequences` if another window follows.
    pub fn new(sequences: Vec<Sequence>, before: &[u32], last: bool) -> Self {
        let after = match sequences.last() {
            Some(sequence) if !last => sequence.tokens.clone(),
            Some(_) | None => Vec::new(),
        };
        let mut sequences: Vec<Placed> = sequences
            .into_iter()
            .map(|sequence| Placed::new(sequence, before, &after))
            .collect();
        sequences.par_sort_unstable_by(Placed::order);
        let naive = sequences.iter().map(|s| s.sequence.tokens.len()).sum();
        let mut distinct = naive - sequences.first().map_or(0, |first| first.near_before);
        let kept = kept(&sequences);
        let mut leaves: Vec<Leaf> = Vec::with_capacity(sequences.len());
        for Placed { sequence, .. } in sequences {
            let shared = match leaves.last() {
                Some(last) => {
                    let common = common(&last.sequence.tokens, &sequence.tokens);
                    distinct -= common;
                    common.min(sequence.most_shared())
                }
                None => kept,
            };
            leaves.push(Leaf { sequence, shared });
        }
        let probes = probes(&leaves);
        Self {
            leaves,
            probes,
            naive,
            distinct,
        }
    }

    /// The work that it is; of texts, the most that they can come to.
    pub fn work(&self) -> Work {
        Work {
            naive: self.naive as u64,
            distinct: self.distinct as u64,
            prompt: self.computed_tokens() as u64,
            generated: self.most_generated() as u64,
        }
    }

    /// The path that the walk leaves behind.
    pub fn end(&self) -> &[u32] {
        self.leaves.last().map_or(&[], |leaf| &leaf.sequence.tokens)
    }

    /// Tokens that are computed.
    pub fn computed_tokens(&self) -> usize {
        self.leaves.iter().map(Leaf::computed).sum()
    }

    /// The most tokens of texts that can come to be computed: all but the last of each text.
    pub fn most_generated(&self) -> usize {
        let most = |leaf: &Leaf| match leaf.sequence.want {
            Want::Score { .. } => 0,
            Want::Continue { max_tokens } => max_tokens.saturating_sub(1),
        };
        self.leaves.iter().map(most).sum()
    }

    /// Rows of prompts whose logits are needed.
    pub fn heads(&self) -> usize {
        let place = |probe: &Probe| (probe.owner, probe.position);
        let scored = self.probes.chunk_by(|a, b| place(a) == place(b)).count();
        let continued = |leaf: &&Leaf| matches!(leaf.sequence.want, Want::Continue { .. });
        scored + self.leaves.iter().filter(continued).count()
    }

    /// What `probe` asks for.
    pub fn wish(&self, probe: &Probe) -> Option<Wish> {
        let Sequence { request, want, .. } = &self.leaves.get(probe.asker as usize)?.sequence;
        let Want::Score { targets, .. } = want else {
            return None;
        };
        let index = probe.index as usize;
        Some(Wish {
            request: *request,
            index,
            targets: targets.len(),
            token: *targets.get(index)?,
        })
    }
}

impl Sequence {
    /// The most positions that it may share. A continuation always computes its own last position,
    /// because its stream begins with that position's logits.
    fn most_shared(&self) -> usize {
        match self.want {
            Want::Score { .. } => self.tokens.len(),
            Want::Continue { .. } => self.tokens.len() - 1,
        }
    }

    /// The first position whose logits are wanted.
    fn first_wanted(&self) -> usize {
        match self.want {
            Want::Score { from, .. } => from,
            Want::Continue { .. } => self.tokens.len() - 1,
        }
    }
}

/// A sequence with its place among the others.
struct Placed {
    /// Positions that it has in common with the path before.
    near_before: usize,
    /// Positions that it has in common with the sequence at which the window should end.
    near_after: usize,
    sequence: Sequence,
}

impl Placed {
    fn new(sequence: Sequence, before: &[u32], after: &[u32]) -> Self {
        Self {
            near_before: common(before, &sequence.tokens),
            near_after: common(after, &sequence.tokens),
            sequence,
        }
    }

    /// Away from the path before, towards the sequence after, and else by tokens: whichever branch
    /// comes first, branches stay together. Then scores before continuations, so that the order is
    /// total.
    fn order(a: &Self, b: &Self) -> Ordering {
        let kind = |s: &Sequence| matches!(s.want, Want::Continue { .. });
        let key = |s: &Sequence| (kind(s), s.request);
        let nearer = b.near_before.cmp(&a.near_before);
        let nearer = nearer.then(a.near_after.cmp(&b.near_after));
        let (a, b) = (&a.sequence, &b.sequence);
        nearer
            .then_with(|| a.tokens.cmp(&b.tokens))
            .then_with(|| key(a).cmp(&key(b)))
    }
}

/// Positions of the path before that need not be computed again: none whose logits are wanted,
/// because those are gone.
fn kept(sequences: &[Placed]) -> usize {
    let mut kept = sequences.first().map_or(0, |first| first.near_before);
    for Placed {
        near_before,
        sequence,
        ..
    } in sequences
    {
        if *near_before > sequence.first_wanted() {
            kept = kept.min(sequence.first_wanted());
        }
    }
    kept
}

fn common(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

fn probes(leaves: &[Leaf]) -> Vec<Probe> {
    let mut probes = Vec::new();
    // For each position of the current path, the leaf that computes it.
    let mut owners: Vec<u32> = Vec::new();
    for (asker, Leaf { sequence, shared }) in (0..).zip(leaves) {
        owners.truncate(*shared);
        owners.resize(sequence.tokens.len(), asker);
        if let Want::Score { from, targets } = &sequence.want {
            let wanted = (0..).zip(&owners).skip(*from).zip(0..).take(targets.len());
            probes.extend(wanted.map(|((position, owner), index)| Probe {
                owner: *owner,
                position,
                asker,
                index,
            }));
        }
    }
    probes.sort_unstable();
    probes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Scores everything after the first token.
    fn score(request: usize, tokens: &[u32]) -> Sequence {
        let (_, computed) = tokens.split_last().unwrap();
        Sequence {
            request,
            tokens: computed.to_vec(),
            want: Want::Score {
                from: 0,
                targets: tokens[1..].to_vec(),
            },
        }
    }

    #[test]
    fn choices_share_their_context() {
        let sequences = vec![
            score(0, &[1, 2, 3, 9]),
            score(1, &[1, 2, 4, 9]),
            score(2, &[1, 2, 3, 8]),
        ];
        let trie = Trie::new(sequences, &[], true);
        let shared: Vec<_> = trie
            .leaves
            .iter()
            .map(|l| (l.sequence.request, l.shared))
            .collect();
        assert_eq!(shared, [(0, 0), (2, 3), (1, 2)]);
        assert_eq!((trie.computed_tokens(), trie.naive), (4, 9));
        // The first leaf computes the logits that the second one reads.
        let owned_by = |owner| trie.probes.iter().filter(|p| p.owner == owner).count();
        assert_eq!([0, 1, 2].map(owned_by), [8, 0, 1]);
        assert_eq!(trie.heads(), 4);
    }

    #[test]
    fn a_continuation_computes_its_own_last_position() {
        let prompt = |request| Sequence {
            request,
            tokens: vec![1, 2, 3],
            want: Want::Continue { max_tokens: 5 },
        };
        let trie = Trie::new(vec![prompt(0), prompt(1)], &[], true);
        assert_eq!(trie.leaves[1].shared, 2);
        assert_eq!(trie.heads(), 2);
    }

    /// A window begins where the one before it has ended, and computes again what must be read.
    #[test]
    fn the_path_is_carried_over_a_border() {
        let first = Trie::new(
            vec![
                score(0, &[5, 1, 9]),
                score(1, &[5, 7, 1, 9]),
                score(2, &[5, 3, 9]),
            ],
            &[],
            false,
        );
        assert_eq!(first.end(), [5, 3], "the last one, though 7 is more than 3");
        let from = |request, tokens: &[u32], from| Sequence {
            request,
            tokens: tokens.to_vec(),
            want: Want::Score {
                from,
                targets: tokens[from..].to_vec(),
            },
        };
        let check = |sequences: Vec<Sequence>, computed, distinct| {
            let trie = Trie::new(sequences, &[5, 3, 4], true);
            assert_eq!(
                (trie.computed_tokens(), trie.distinct),
                (computed, distinct)
            );
            trie.leaves[0].sequence.request
        };
        let (other, near) = (from(3, &[5, 1, 1, 1], 3), from(4, &[5, 3, 8], 2));
        assert_eq!(check(vec![other.clone(), near.clone()], 4, 4), 4);
        let read_on_the_path = from(5, &[5, 3, 4], 1);
        assert_eq!(check(vec![other, near, read_on_the_path], 6, 4), 5);
    }

    proptest! {
        #[test]
        fn each_distinct_prefix_is_computed_once_and_each_target_asked_once(
            texts in vec(vec(0_u32..3, 2..8), 1..12),
        ) {
            let sequences = texts.iter().enumerate().map(|(i, t)| score(i, t)).collect();
            let trie = Trie::new(sequences, &[], true);
            let prefixes: BTreeSet<&[u32]> =
                texts.iter().flat_map(|t| (1..t.len()).map(move |n| &t[..n])).collect();
            prop_assert_eq!(trie.computed_tokens(), prefixes.len());

            let wishes = || trie.probes.iter().map(|p| trie.wish(p).unwrap());
            let mut asked: Vec<_> = wishes().map(|w| (w.request, w.index, w.token)).collect();
            asked.sort_unstable();
            let expected: Vec<_> = texts.iter().enumerate()
                .flat_map(|(r, t)| t[1..].iter().enumerate().map(move |(i, token)| (r, i, *token)))
                .collect();
            prop_assert_eq!(asked, expected);
            for (probe, wish) in trie.probes.iter().zip(wishes()) {
                let (owner, position) = (&trie.leaves[probe.owner as usize], probe.position as usize);
                prop_assert!(position >= owner.shared);
                prop_assert_eq!(&owner.sequence.tokens[..=position], &texts[wish.request][..=position]);
            }
        }
    }
}
