//! Multisets of n-grams, and what two of them share.

use std::collections::BTreeMap;

/// How often each n-gram occurs.
pub(super) type Ngrams<'a, T> = BTreeMap<&'a [T], u64>;

/// The n-grams of `tokens`. `n` is at least 1.
pub(super) fn ngrams<T: Ord>(tokens: &[T], n: usize) -> Ngrams<'_, T> {
    let mut counts = BTreeMap::new();
    for gram in tokens.windows(n) {
        *counts.entry(gram).or_default() += 1;
    }
    counts
}

/// How many n-grams there are, each as often as it occurs.
pub(super) fn size<T>(grams: &Ngrams<'_, T>) -> u64 {
    grams.values().sum()
}

/// The size of the intersection: each n-gram as often as it occurs in both. Takes the time of the smaller
/// one, so that many short references cost no more than their length.
pub(super) fn shared<T: Ord>(a: &Ngrams<'_, T>, b: &Ngrams<'_, T>) -> u64 {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let in_both =
        |(gram, count): (&&[T], &u64)| many.get(*gram).map_or(0, |other| *count.min(other));
    few.iter().map(in_both).sum()
}

/// The union: each n-gram as often as in the one that holds it more often.
pub(super) fn unite<'a, T: Ord>(into: &mut Ngrams<'a, T>, other: &Ngrams<'a, T>) {
    for (&gram, &count) in other {
        let most = into.entry(gram).or_default();
        *most = count.max(*most);
    }
}
