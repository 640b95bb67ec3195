//! All requests as one token trie: what several of them share is computed once.
//!
//! The trie is never built. Sequences sorted by their tokens are its leaves in depth-first order,
//! and the length of the prefix that each shares with the one before it says where it branches
//! off. Depth-first order also bounds the memory: only the path to the current leaf must be kept.

use std::cmp::Ordering;

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
    pub owner: usize,
    /// The position.
    pub position: usize,
    /// Index of the request.
    pub request: usize,
    /// Which of the request's targets.
    pub index: usize,
    /// The target.
    pub token: u32,
}

/// One sequence and how much of it the sequence before it has computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// The sequence.
    pub sequence: Sequence,
    /// Positions that it shares with the leaf before it.
    pub shared: usize,
}

/// Every sequence of a set of requests, in depth-first order.
#[derive(Debug)]
pub(crate) struct Trie {
    /// The sequences.
    pub leaves: Vec<Leaf>,
    /// Every probe, sorted by owner and position.
    pub probes: Vec<Probe>,
}

impl Trie {
    /// Sorts `sequences` and finds out which of them computes which position.
    pub fn new(mut sequences: Vec<Sequence>) -> Self {
        sequences.sort_unstable_by(order);
        let mut leaves: Vec<Leaf> = Vec::with_capacity(sequences.len());
        for sequence in sequences {
            let shared = leaves
                .last()
                .map_or(0, |last| shared(&last.sequence, &sequence));
            leaves.push(Leaf { sequence, shared });
        }
        let probes = probes(&leaves);
        Self { leaves, probes }
    }

    /// Tokens that must be computed: different prefixes.
    pub fn distinct_tokens(&self) -> usize {
        let common = |pair: &[Leaf]| match pair {
            [a, b] => common(&a.sequence.tokens, &b.sequence.tokens),
            _ => 0,
        };
        self.naive_tokens() - self.leaves.windows(2).map(common).sum::<usize>()
    }

    /// Tokens that are computed.
    pub fn computed_tokens(&self) -> usize {
        self.leaves
            .iter()
            .map(|leaf| leaf.sequence.tokens.len() - leaf.shared)
            .sum()
    }

    /// Tokens that would be computed if nothing were shared.
    pub fn naive_tokens(&self) -> usize {
        self.leaves
            .iter()
            .map(|leaf| leaf.sequence.tokens.len())
            .sum()
    }

    /// The most tokens of texts that can come to be computed: all but the last of each text.
    pub fn most_generated(&self) -> usize {
        let most = |leaf: &Leaf| match leaf.sequence.want {
            Want::Score { .. } => 0,
            Want::Continue { max_tokens } => max_tokens.saturating_sub(1),
        };
        self.leaves.iter().map(most).sum()
    }

    /// The probes that leaf `owner` computes.
    #[cfg(test)]
    pub fn probes_of(&self, owner: usize) -> &[Probe] {
        let start = self.probes.partition_point(|probe| probe.owner < owner);
        let end = self.probes.partition_point(|probe| probe.owner <= owner);
        self.probes.get(start..end).unwrap_or_default()
    }
}

/// By tokens; then scores before continuations, so that the order is total.
fn order(a: &Sequence, b: &Sequence) -> Ordering {
    let kind = |s: &Sequence| matches!(s.want, Want::Continue { .. });
    (&a.tokens, kind(a), a.request).cmp(&(&b.tokens, kind(b), b.request))
}

/// Positions of `next` that `last` has computed. A continuation always computes its own last
/// position, because its stream begins with that position's logits.
fn shared(last: &Sequence, next: &Sequence) -> usize {
    let common = last
        .tokens
        .iter()
        .zip(&next.tokens)
        .take_while(|(a, b)| a == b)
        .count();
    match next.want {
        Want::Score { .. } => common,
        Want::Continue { .. } => common.min(next.tokens.len() - 1),
    }
}

fn common(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

fn probes(leaves: &[Leaf]) -> Vec<Probe> {
    let mut probes = Vec::new();
    // For each position of the current path, the leaf that computes it.
    let mut owners: Vec<usize> = Vec::new();
    for (index, Leaf { sequence, shared }) in leaves.iter().enumerate() {
        owners.truncate(*shared);
        owners.resize(sequence.tokens.len(), index);
        if let Want::Score { from, targets } = &sequence.want {
            let wanted = owners
                .iter()
                .enumerate()
                .skip(*from)
                .zip(targets)
                .enumerate();
            probes.extend(wanted.map(|(index, ((position, owner), token))| Probe {
                owner: *owner,
                position,
                request: sequence.request,
                index,
                token: *token,
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
        let trie = Trie::new(vec![
            score(0, &[1, 2, 3, 9]),
            score(1, &[1, 2, 4, 9]),
            score(2, &[1, 2, 3, 8]),
        ]);
        let shared: Vec<_> = trie
            .leaves
            .iter()
            .map(|l| (l.sequence.request, l.shared))
            .collect();
        assert_eq!(shared, [(0, 0), (2, 3), (1, 2)]);
        assert_eq!((trie.computed_tokens(), trie.naive_tokens()), (4, 9));
        // The first leaf computes the logits that the second one reads.
        assert_eq!(trie.probes_of(0).len(), 8);
        assert!(trie.probes_of(1).is_empty());
        assert_eq!(trie.probes_of(2).len(), 1);
    }

    #[test]
    fn a_continuation_computes_its_own_last_position() {
        let prompt = |request| Sequence {
            request,
            tokens: vec![1, 2, 3],
            want: Want::Continue { max_tokens: 5 },
        };
        let trie = Trie::new(vec![prompt(0), prompt(1)]);
        assert_eq!(trie.leaves[1].shared, 2);
    }

    proptest! {
        #[test]
        fn each_distinct_prefix_is_computed_once_and_each_target_asked_once(
            texts in vec(vec(0_u32..3, 2..8), 1..12),
        ) {
            let sequences = texts.iter().enumerate().map(|(i, t)| score(i, t)).collect();
            let trie = Trie::new(sequences);
            let prefixes: BTreeSet<&[u32]> =
                texts.iter().flat_map(|t| (1..t.len()).map(move |n| &t[..n])).collect();
            prop_assert_eq!(trie.computed_tokens(), prefixes.len());

            let mut asked: Vec<_> = trie.probes.iter().map(|p| (p.request, p.index, p.token)).collect();
            asked.sort_unstable();
            let expected: Vec<_> = texts.iter().enumerate()
                .flat_map(|(r, t)| t[1..].iter().enumerate().map(move |(i, token)| (r, i, *token)))
                .collect();
            prop_assert_eq!(asked, expected);
            for probe in &trie.probes {
                let owner = &trie.leaves[probe.owner];
                prop_assert!(probe.position >= owner.shared);
                prop_assert_eq!(&owner.sequence.tokens[..=probe.position], &texts[probe.request][..=probe.position]);
            }
        }
    }
}
