//! How the figures of documents become one, and its standard error (`lm_eval/api/metrics.py`).
//!
//! Sums go from left to right, as Python's did before 3.12.

use super::random::Random;

/// Replicates of one generator (`_bootstrap_internal`).
const CHUNK: usize = 1000;

/// The mean. `NaN` of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    sum(values) / count(values)
}

/// `mean_stderr`: the sample's standard deviation over the root of its size. None below two.
#[must_use]
pub fn mean_stderr(values: &[f64]) -> Option<f64> {
    Some(sample_deviation(values)? / libm::sqrt(count(values)))
}

/// `median`: the element at half the length of the sorted values. None of nothing.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

/// `perplexity`: exp of the mean negative log-likelihood, a document counting as one.
#[must_use]
pub fn perplexity(log_likelihoods: &[f64]) -> f64 {
    libm::exp(-mean(log_likelihoods))
}

/// A document's log-likelihood (nats) and how many words or bytes it has.
pub type Weighted = (f64, u64);

/// `weighted_perplexity`: exp of the mean negative log-likelihood of a word or byte.
#[must_use]
pub fn weighted_perplexity(documents: &[Weighted]) -> f64 {
    libm::exp(-weighted_mean(documents))
}

/// `bits_per_byte`.
#[must_use]
pub fn bits_per_byte(documents: &[Weighted]) -> f64 {
    -weighted_mean(documents) / std::f64::consts::LN_2
}

/// `brier_score`: the mean over documents of the squared distance between the softmax of the
/// log-likelihoods and the right choice, from 0 to 2. None without documents, or where they have
/// different numbers of choices, which lm-eval cannot read either.
#[must_use]
pub fn brier(documents: &[(usize, Vec<f64>)]) -> Option<f64> {
    let choices = documents.first()?.1.len();
    let distance = |(gold, likelihoods): &(usize, Vec<f64>)| {
        let fits = likelihoods.len() == choices && *gold < choices;
        fits.then(|| squared_distance(*gold, likelihoods))
    };
    let distances: Option<Vec<f64>> = documents.iter().map(distance).collect();
    distances.map(|distances| mean(&distances))
}

/// `bootstrap_stderr`: the standard deviation of `statistic` over resamples. Chunk i of at most a
/// thousand is drawn by `random.Random(i)`; what does not fill a chunk is not drawn. None below
/// two replicates or of nothing.
pub fn bootstrap_stderr<T: Clone>(
    values: &[T],
    iterations: usize,
    statistic: impl Fn(&[T]) -> f64,
) -> Option<f64> {
    if values.is_empty() || iterations == 0 {
        return None;
    }
    let chunk = iterations.min(CHUNK);
    let mut replicates = Vec::new();
    for seed in 0..iterations / chunk {
        let mut random = Random::new(u64::try_from(seed).ok()?);
        for _ in 0..chunk {
            let drawn = random.choices(values.len(), values.len());
            let drawn: Vec<T> = drawn
                .iter()
                .filter_map(|i| values.get(*i).cloned())
                .collect();
            replicates.push(statistic(&drawn));
        }
    }
    sample_deviation(&replicates)
}

/// One task of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Its figure.
    pub value: f64,
    /// Its standard error.
    pub stderr: f64,
    /// How many documents it has.
    pub size: u32,
}

/// `aggregate_subtask_metrics`: the mean over tasks, each by its size or each once.
#[must_use]
pub fn group_mean(members: &[Member], by_size: bool) -> f64 {
    let weight = |member: &Member| if by_size { f64::from(member.size) } else { 1.0 };
    let products: Vec<f64> = members.iter().map(|m| m.value * weight(m)).collect();
    let weights: Vec<f64> = members.iter().map(weight).collect();
    sum(&products) / sum(&weights)
}

/// `pooled_sample_stderr`, for tasks that count by their size. The variance between tasks is not
/// in it.
#[must_use]
pub fn pooled_stderr(members: &[Member]) -> f64 {
    let square = |m: &Member| (f64::from(m.size) - 1.0) * (m.stderr * m.stderr) * f64::from(m.size);
    let squares: Vec<f64> = members.iter().map(square).collect();
    let sizes: Vec<f64> = members.iter().map(|m| f64::from(m.size)).collect();
    let variance = sum(&squares) / (sum(&sizes) - count(members));
    libm::sqrt(variance / sum(&sizes))
}

/// `unweighted_mean_stderr`, for tasks that count once each.
#[must_use]
pub fn unweighted_stderr(members: &[Member]) -> f64 {
    let squares: Vec<f64> = members.iter().map(|m| m.stderr * m.stderr).collect();
    libm::sqrt(sum(&squares)) / count(members)
}

fn weighted_mean(documents: &[Weighted]) -> f64 {
    let likelihoods: Vec<f64> = documents
        .iter()
        .map(|(likelihood, _)| *likelihood)
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 bytes")]
    let weights: Vec<f64> = documents.iter().map(|(_, weight)| *weight as f64).collect();
    sum(&likelihoods) / sum(&weights)
}

fn squared_distance(gold: usize, likelihoods: &[f64]) -> f64 {
    let most = likelihoods
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    let masses: Vec<f64> = likelihoods.iter().map(|l| libm::exp(l - most)).collect();
    let all = sum(&masses);
    let distance = |(choice, mass): (usize, &f64)| {
        let wanted = if choice == gold { 1.0 } else { 0.0 };
        let apart = mass / all - wanted;
        apart * apart
    };
    masses.iter().enumerate().map(distance).sum()
}

fn sample_deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mean = mean(values);
    let squares: Vec<f64> = values.iter().map(|x| (x - mean) * (x - mean)).collect();
    Some(libm::sqrt(sum(&squares) / (count(values) - 1.0)))
}

fn sum(values: &[f64]) -> f64 {
    values.iter().sum()
}

#[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 documents")]
const fn count<T>(values: &[T]) -> f64 {
    values.len() as f64
}

/// `f1`: scikit-learn's `f1_score` of class 1 among 0 and 1. `NaN` where there are other classes,
/// which it refuses.
#[must_use]
pub fn f1(pairs: &[(i64, i64)]) -> f64 {
    if pairs
        .iter()
        .any(|(gold, taken)| ![0, 1].contains(gold) || ![0, 1].contains(taken))
    {
        return f64::NAN;
    }
    let times = |wanted: (i64, i64)| pairs.iter().filter(|pair| **pair == wanted).count();
    let (both, wrong) = (2 * times((1, 1)), times((0, 1)) + times((1, 0)));
    if both + wrong == 0 {
        0.0
    } else {
        ratio(both, both + wrong)
    }
}

/// `mcc`: Matthews' correlation over any classes (Gorodkin, 2004), 0 where a side has one class.
#[must_use]
pub fn mcc(pairs: &[(i64, i64)]) -> f64 {
    let classes: std::collections::BTreeSet<i64> = pairs
        .iter()
        .flat_map(|(gold, taken)| [*gold, *taken])
        .collect();
    let mut sums = [0.0; 3];
    for class in classes {
        let gold = pairs.iter().filter(|pair| pair.0 == class).count();
        let taken = pairs.iter().filter(|pair| pair.1 == class).count();
        let products = [gold * taken, gold * gold, taken * taken];
        for (sum, product) in sums.iter_mut().zip(products) {
            *sum += ratio(product, 1);
        }
    }
    let right = pairs.iter().filter(|(gold, taken)| gold == taken).count();
    let all = ratio(pairs.len(), 1);
    let [chance, gold, taken] = sums;
    let spread = libm::sqrt((all * all - gold) * (all * all - taken));
    if spread > 0.0 {
        (ratio(right, 1) * all - chance) / spread
    } else {
        0.0
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "fewer than 2^26 documents, squared"
)]
const fn ratio(over: usize, under: usize) -> f64 {
    over as f64 / under as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What scikit-learn 1.7 gives.
    #[test]
    fn classes() {
        let close = |figure: f64, expect: f64| assert!((figure - expect).abs() < 1e-12, "{figure}");
        let pairs = [(1, 1), (0, 1), (1, 0), (1, 1), (0, 0)];
        close(f1(&pairs), 2.0 / 3.0);
        close(mcc(&pairs), 1.0 / 6.0);
        close(mcc(&[(0, 0), (1, 2), (2, 2), (1, 1)]), 0.7);
        close(f1(&[(0, 0)]), 0.0);
        close(mcc(&[(1, 1), (1, 1)]), 0.0);
        assert!(f1(&[(2, 1)]).is_nan());
    }
}
