//! Perplexity, bits per byte and token cost: ratios of sums over texts, with a standard error.
//!
//! With the log-probability `L` of all texts in nats: perplexity per unit = exp(-L / units), for
//! tokens, words and bytes; bits per byte = -L / (bytes ln 2). Only the last two compare models with
//! different tokenizers.
//!
//! The standard error of a ratio R = sum y / sum x over C clusters is the delta method's (Cochran,
//! Sampling Techniques, 1977, section 6.4):
//!
//! ```text
//! SE^2 = C / (C - 1) * sum (y_c - R x_c)^2 / (sum x_c)^2.
//! ```

use serde::{Deserialize, Serialize};

use super::unicode::is_python_space;

/// What a text, a cluster or a corpus adds to the sums. Counts of one text are of its original
/// form, before a tokenizer changes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// Log-probability, in nats; 0 or less.
    pub log_prob: f64,
    /// Tokens that were predicted.
    pub tokens: u64,
    /// UTF-8 bytes.
    pub bytes: u64,
    /// Words, as [`words`] counts them.
    pub words: u64,
}

/// Sums that have no perplexity, or pairs that have no ratio.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RatioError {
    /// A value is NaN, infinite or on the wrong side of zero.
    #[error("cannot use {what} {value} of cluster {cluster}: it must be finite and {side}")]
    Value {
        /// Which value.
        what: &'static str,
        /// The value.
        value: String,
        /// The cluster, from 0.
        cluster: usize,
        /// What it must be.
        side: &'static str,
    },
    /// There is nothing to divide by.
    #[error("cannot divide by zero {0}")]
    Nothing(&'static str),
    /// The result is larger than a number can be.
    #[error("cannot write the perplexity: it is larger than 1.8e308")]
    TooLarge,
}

/// A ratio of sums.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The sum of the numerators over the sum of the denominators.
    pub point: f64,
    /// The standard error of `point`; None where there are fewer than two clusters.
    pub standard_error: Option<f64>,
    /// Clusters.
    pub clusters: usize,
}

/// Words as lm-evaluation-harness counts them: the pieces between runs of Python's white space, an
/// empty piece at either end counted. The empty text has one.
#[must_use]
pub fn words(text: &str) -> u64 {
    let (mut words, mut in_space) = (1, false);
    for c in text.chars() {
        let space = is_python_space(c);
        words += u64::from(space && !in_space);
        in_space = space;
    }
    words
}

impl Sums {
    /// Adds another text's or cluster's sums. In a fixed order the result is the same everywhere.
    pub fn add(&mut self, other: &Self) {
        self.log_prob += other.log_prob;
        self.tokens += other.tokens;
        self.bytes += other.bytes;
        self.words += other.words;
    }

    /// Perplexity per token, 1 or more.
    ///
    /// # Errors
    /// Without tokens; with a log-probability that is none; above the largest number.
    pub fn token_perplexity(&self) -> Result<f64, RatioError> {
        self.perplexity(self.tokens, "tokens")
    }

    /// Perplexity per word, 1 or more.
    ///
    /// # Errors
    /// As [`Sums::token_perplexity`].
    pub fn word_perplexity(&self) -> Result<f64, RatioError> {
        self.perplexity(self.words, "words")
    }

    /// Perplexity per byte, 1 or more.
    ///
    /// # Errors
    /// As [`Sums::token_perplexity`].
    pub fn byte_perplexity(&self) -> Result<f64, RatioError> {
        self.perplexity(self.bytes, "bytes")
    }

    fn perplexity(&self, units: u64, what: &'static str) -> Result<f64, RatioError> {
        let mean = ratio(&[(self.nats(0)?, units as f64)], what)?;
        let perplexity = libm::exp(mean.point);
        if perplexity.is_finite() {
            Ok(perplexity)
        } else {
            Err(RatioError::TooLarge)
        }
    }

    /// The information of the text in nats, 0 or more.
    fn nats(&self, cluster: usize) -> Result<f64, RatioError> {
        if self.log_prob.is_finite() && self.log_prob <= 0.0 {
            Ok(-self.log_prob)
        } else {
            Err(RatioError::Value {
                what: "log-probability",
                value: self.log_prob.to_string(),
                cluster,
                side: "not above zero",
            })
        }
    }
}

/// Bits per byte of all clusters, with its standard error. Each item holds the sums of one cluster.
///
/// # Errors
/// With a log-probability that is none, or without bytes.
pub fn bits_per_byte(clusters: &[Sums]) -> Result<Ratio, RatioError> {
    let pair = |(at, sums): (usize, &Sums)| {
        let bits = sums.nats(at)? / std::f64::consts::LN_2;
        Ok((bits, sums.bytes as f64))
    };
    let pairs: Result<Vec<_>, RatioError> = clusters.iter().enumerate().map(pair).collect();
    ratio(&pairs?, "bytes")
}

/// Token cost: how many tokens a language takes for one token of another (English, say) over
/// parallel texts. Each item holds one cluster's tokens: of the language, of the other one.
///
/// # Errors
/// When the other language has no tokens.
pub fn token_cost(clusters: &[(u64, u64)]) -> Result<Ratio, RatioError> {
    let pairs: Vec<_> = clusters
        .iter()
        .map(|&(tokens, other)| (tokens as f64, other as f64))
        .collect();
    ratio(&pairs, "tokens of the language that is compared with")
}

/// The ratio of the sums of pairs (y, x), one pair a cluster, with its standard error: see the
/// module. `what` names the x in errors.
///
/// # Errors
/// With a value that is NaN, infinite or below zero, or when all x are zero.
pub fn ratio(clusters: &[(f64, f64)], what: &'static str) -> Result<Ratio, RatioError> {
    let (mut above, mut below) = (0.0, 0.0);
    for (cluster, &(y, x)) in clusters.iter().enumerate() {
        above += sound(y, "numerator", cluster)?;
        below += sound(x, what, cluster)?;
    }
    if below <= 0.0 {
        return Err(RatioError::Nothing(what));
    }
    let point = above / below;
    let count = clusters.len() as f64;
    let squares = clusters.iter().fold(0.0, |sum, &(y, x)| {
        let residual = y - point * x;
        sum + residual * residual
    });
    let variance = count / (count - 1.0) * squares / (below * below);
    Ok(Ratio {
        point,
        standard_error: (clusters.len() > 1).then(|| libm::sqrt(variance)),
        clusters: clusters.len(),
    })
}

fn sound(value: f64, what: &'static str, cluster: usize) -> Result<f64, RatioError> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(RatioError::Value {
            what,
            value: value.to_string(),
            cluster,
            side: "not below zero",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(log_prob: f64, units: u64) -> Sums {
        Sums {
            log_prob,
            tokens: units,
            bytes: units,
            words: units,
        }
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * b.abs()
    }

    #[test]
    fn words_as_the_harness_counts_them() {
        for (text, expect) in [
            ("a b", 2),
            ("  a b ", 4),
            ("", 1),
            ("a", 1),
            ("a\n\nb\tc", 3),
            ("a\u{1c}b", 2),
            ("a\u{3000}b", 2),
            (" ", 2),
        ] {
            assert_eq!(words(text), expect, "{text:?}");
        }
    }

    #[test]
    fn vectors_of_the_harness() {
        let items = [sums(-120.5, 40), sums(-33.25, 12), sums(-250.0, 77)];
        let mut all = Sums::default();
        items.iter().for_each(|item| all.add(item));
        assert!(close(
            all.word_perplexity().unwrap(),
            22.870_433_463_920_286
        ));
        assert!(close(
            all.byte_perplexity().unwrap(),
            22.870_433_463_920_286
        ));
        assert!(close(
            bits_per_byte(&items).unwrap().point,
            4.515_411_804_332_705
        ));
        let mut tokens = Sums::default();
        for log_prob in [-1.5, -0.25, -3.0, -2.125, -0.5] {
            tokens.add(&sums(log_prob, 1));
        }
        assert!(close(
            tokens.token_perplexity().unwrap(),
            4.371_035_772_929_758
        ));
    }

    #[test]
    fn standard_errors_of_ratios() {
        // R = 18 / 9; residuals 1, -2, 1; SE^2 = 3/2 * 6 / 81.
        let cost = token_cost(&[(5, 2), (4, 3), (9, 4)]).unwrap();
        assert!(close(cost.point, 2.0));
        assert!(close(cost.standard_error.unwrap(), 1.0 / 3.0));
        assert_eq!(cost.clusters, 3);
        let same = bits_per_byte(&[sums(-1.0, 2), sums(-2.0, 4)]).unwrap();
        assert!(same.standard_error.unwrap() < 1e-15);
        assert_eq!(
            bits_per_byte(&[sums(-1.0, 2)]).unwrap().standard_error,
            None
        );
    }

    #[test]
    fn sums_without_a_perplexity() {
        for (result, expect) in [
            (
                sums(f64::NAN, 1).token_perplexity(),
                "cannot use log-probability NaN of cluster 0: it must be finite and not above zero",
            ),
            (
                sums(0.5, 1).word_perplexity(),
                "cannot use log-probability 0.5 of cluster 0: it must be finite and not above zero",
            ),
            (
                sums(-1.0, 0).byte_perplexity(),
                "cannot divide by zero bytes",
            ),
            (
                sums(-1e9, 1).token_perplexity(),
                "cannot write the perplexity: it is larger than 1.8e308",
            ),
            (
                bits_per_byte(&[]).map(|r| r.point),
                "cannot divide by zero bytes",
            ),
            (
                bits_per_byte(&[sums(-1.0, 1), sums(f64::NEG_INFINITY, 1)]).map(|r| r.point),
                "cannot use log-probability -inf of cluster 1: it must be finite and not above zero",
            ),
            (
                ratio(&[(-1.0, 1.0)], "weights").map(|r| r.point),
                "cannot use numerator -1 of cluster 0: it must be finite and not below zero",
            ),
            (
                token_cost(&[(3, 0)]).map(|r| r.point),
                "cannot divide by zero tokens of the language that is compared with",
            ),
        ] {
            assert_eq!(result.unwrap_err().to_string(), expect);
        }
    }
}
