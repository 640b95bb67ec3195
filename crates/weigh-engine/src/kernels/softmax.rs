//! From logits to what is reported: the log-probability of a token, and the greedy token.
//!
//! log p(t) = (x_t - m) - ln(sum of e^(x_i - m)) with m the largest logit. Terms are summed in
//! sixteen f32 lanes over blocks of 128 logits, a block's lanes are folded in the fixed tree, and
//! blocks are added in f64 from index 0 upwards. A term so passes through at most eleven roundings
//! in f32 and the exponential: the sum is within 9e-7 of the exact one for any vocabulary, and
//! within about 1e-7 as a rule. The logarithm is taken in f64 (`libm`).

use super::exp::exp;
use super::isa::Isa;
use super::lanes::{Kernel, LANES, Simd, dispatch};

/// Vectors of a block.
const BLOCK: usize = 8;

/// How likely a token is, in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogProb {
    /// ln p: at most 0; -inf where the token's logit is -inf.
    pub value: f32,
    /// Whether the token is the greedy choice: the lowest id among the largest logits.
    pub greedy: bool,
}

/// Logits from which nothing can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogitsError {
    /// A logit is NaN or +inf (-inf is allowed: a token that cannot come).
    #[error("the logit of token {token} is NaN or infinite")]
    NotFinite {
        /// The first such token.
        token: usize,
    },
    /// No token can come.
    #[error("none of {vocabulary} logits is finite")]
    NoToken {
        /// How many logits there are.
        vocabulary: usize,
    },
    /// The token is not in the vocabulary.
    #[error("token {token} is not one of the {vocabulary} that have logits")]
    UnknownToken {
        /// The token asked for.
        token: u32,
        /// How many logits there are.
        vocabulary: usize,
    },
}

/// What every token's log-probability in one row of logits needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogSoftmax {
    /// The largest logit.
    max: f32,
    /// ln of the sum of e^(x - max).
    log_sum: f64,
    /// The lowest id among the largest logits.
    greedy: usize,
}

impl LogSoftmax {
    /// Normalises `logits`.
    ///
    /// # Errors
    /// When a logit is NaN or +inf, or none is finite.
    pub fn of(isa: Isa, logits: &[f32]) -> Result<Self, LogitsError> {
        let Mass { max, sum } = dispatch(isa, MassOf(logits));
        let greedy = logits.iter().position(|x| *x >= max);
        match greedy.filter(|_| sum.is_finite()) {
            Some(greedy) => Ok(Self {
                max,
                log_sum: libm::log(sum),
                greedy,
            }),
            None => Err(fault(logits)),
        }
    }

    /// The log-probability of `token` under the `logits` that were normalised.
    ///
    /// # Errors
    /// When `token` has no logit.
    pub fn log_prob(&self, logits: &[f32], token: u32) -> Result<LogProb, LogitsError> {
        let unknown = LogitsError::UnknownToken {
            token,
            vocabulary: logits.len(),
        };
        let index = usize::try_from(token).map_err(|_| unknown)?;
        let logit = *logits.get(index).ok_or(unknown)?;
        Ok(LogProb {
            value: (f64::from(logit) - f64::from(self.max) - self.log_sum) as f32,
            greedy: index == self.greedy,
        })
    }
}

/// The token with the largest logit, the lowest id among equals.
///
/// # Errors
/// When a logit is NaN or +inf, or none is finite.
pub fn argmax(isa: Isa, logits: &[f32]) -> Result<u32, LogitsError> {
    let max = dispatch(isa, MaxOf(logits)).ok_or_else(|| fault(logits))?;
    let index = logits.iter().position(|x| *x >= max);
    let token = index.and_then(|i| u32::try_from(i).ok());
    token.ok_or_else(|| fault(logits))
}

/// What is wrong with logits whose mass is not finite.
fn fault(logits: &[f32]) -> LogitsError {
    let vocabulary = logits.len();
    let odd = |x: &f32| x.is_nan() || *x == f32::INFINITY;
    match logits.iter().position(odd) {
        Some(token) => LogitsError::NotFinite { token },
        None => LogitsError::NoToken { vocabulary },
    }
}

/// The largest logit, and the sum of e^(x - max): NaN if a logit is NaN or +inf, or all are -inf.
struct Mass {
    max: f32,
    sum: f64,
}

struct MassOf<'a>(&'a [f32]);

impl Kernel for MassOf<'_> {
    type Output = Mass;

    #[inline(always)]
    fn run<S: Simd>(self, s: S) -> Mass {
        let max = max_of(s, self.0);
        let m = s.splat(max);
        let mut sum = 0.0;
        for block in self.0.chunks(BLOCK * LANES) {
            let (lines, tail) = block.as_chunks::<LANES>();
            let mut part = s.splat(0.0);
            for line in lines {
                part = s.add(part, exp(s, s.sub(s.load(line), m)));
            }
            if !tail.is_empty() {
                let x = s.load(&padded(tail));
                part = s.add(part, exp(s, s.sub(x, m)));
            }
            sum += f64::from(s.sum(part));
        }
        Mass { max, sum }
    }
}

/// The largest of `x`; which number it is when one of them is NaN is not said.
#[inline(always)]
fn max_of<S: Simd>(s: S, x: &[f32]) -> f32 {
    let (lines, tail) = x.as_chunks::<LANES>();
    let mut max = s.load(&padded(tail));
    for line in lines {
        max = s.max(max, s.load(line));
    }
    s.max_lane(max)
}

/// `x`, then -inf.
#[inline(always)]
fn padded(x: &[f32]) -> [f32; LANES] {
    let mut line = [f32::NEG_INFINITY; LANES];
    for (to, from) in line.iter_mut().zip(x) {
        *to = *from;
    }
    line
}

/// The largest logit, `None` if one is NaN or +inf, or all are -inf.
struct MaxOf<'a>(&'a [f32]);

impl Kernel for MaxOf<'_> {
    type Output = Option<f32>;

    #[inline(always)]
    fn run<S: Simd>(self, s: S) -> Option<f32> {
        let max = max_of(s, self.0);
        let zero = s.splat(0.0);
        let (lines, tail) = self.0.as_chunks::<LANES>();
        // max(0, x) * 0 is 0, and NaN for NaN and +inf.
        let mut odd = s.mul(s.max(zero, s.load(&padded(tail))), zero);
        for line in lines {
            odd = s.mul_add(s.max(zero, s.load(line)), zero, odd);
        }
        (s.sum(odd) == 0.0 && max > f32::NEG_INFINITY).then_some(max)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::noise;
    use super::*;
    use proptest::prelude::*;

    fn log_prob(isa: Isa, logits: &[f32], token: u32) -> Result<LogProb, LogitsError> {
        LogSoftmax::of(isa, logits)?.log_prob(logits, token)
    }

    fn oracle(logits: &[f32], token: usize) -> (f64, bool) {
        let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let terms = logits
            .iter()
            .map(|x| (f64::from(*x) - f64::from(max)).exp());
        let value = f64::from(logits[token]) - f64::from(max) - terms.sum::<f64>().ln();
        let first = logits.iter().position(|x| *x == max);
        (value, first == Some(token))
    }

    fn check(logits: &[f32], token: usize) {
        let expected = log_prob(Isa::Portable, logits, token as u32).unwrap();
        let (value, greedy) = oracle(logits, token);
        let bound = 9.0e-7 + value.abs() * 6.0e-8; // of the sum, and of the rounding to f32
        let error = (f64::from(expected.value) - value).abs();
        assert!(
            error <= bound || f64::from(expected.value) == value,
            "{error} of {value}"
        );
        assert_eq!(expected.greedy, greedy);
        for isa in Isa::all() {
            let got = log_prob(isa, logits, token as u32).unwrap();
            assert_eq!(got.value.to_bits(), expected.value.to_bits(), "{isa}");
            assert_eq!(got.greedy, greedy);
            assert_eq!(argmax(isa, logits) == Ok(token as u32), greedy);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn log_probs_like_f64(seed: u64, n in 1usize..400, spread in 0.0f32..30.0, at: prop::sample::Index) {
            let mut logits: Vec<f32> = noise(seed, n).iter().map(|x| x * spread).collect();
            check(&logits, at.index(n));
            let coarse: Vec<f32> = logits.iter().map(|x| x.round()).collect(); // ties
            check(&coarse, at.index(n));
            logits[seed as usize % n] = f32::NEG_INFINITY;
            if n > 1 {
                check(&logits, at.index(n));
            }
        }

        #[test]
        fn a_fault_anywhere_is_found(n in 1usize..300, at: prop::sample::Index, nan: bool) {
            let at = at.index(n);
            let mut logits = noise(1, n);
            logits[at] = if nan { f32::NAN } else { f32::INFINITY };
            let fault = LogitsError::NotFinite { token: at };
            for isa in Isa::all() {
                prop_assert_eq!(log_prob(isa, &logits, 0), Err(fault));
                prop_assert_eq!(argmax(isa, &logits), Err(fault));
            }
        }
    }

    #[test]
    fn large_vocabularies_stay_exact() {
        for n in [49_152, 151_936, 256_000] {
            let logits: Vec<f32> = noise(7, n).iter().map(|x| x * 3.0).collect();
            let exact = oracle(&logits, 5).0;
            let got = log_prob(Isa::detect(), &logits, 5).unwrap();
            assert!(
                (f64::from(got.value) - exact).abs() < 1.0e-6,
                "{n}: {got:?}, {exact}"
            );
        }
        let flat = log_prob(Isa::detect(), &vec![2.5; 256_000], 0).unwrap();
        assert_eq!(flat.value, -(256_000f64.ln()) as f32);
        assert!(flat.greedy);
    }

    #[test]
    fn logits_without_an_answer() {
        let never = [f32::NEG_INFINITY; 40];
        let isa = Isa::detect();
        let none = LogitsError::NoToken { vocabulary: 40 };
        assert_eq!(log_prob(isa, &never, 3), Err(none));
        assert_eq!(argmax(isa, &never), Err(none));
        assert_eq!(none.to_string(), "none of 40 logits is finite");
        let empty = LogitsError::NoToken { vocabulary: 0 };
        assert_eq!(argmax(isa, &[]), Err(empty));
        let unknown = LogitsError::UnknownToken {
            token: 2,
            vocabulary: 2,
        };
        assert_eq!(log_prob(isa, &[0.0; 2], 2), Err(unknown));
        let message = "token 2 is not one of the 2 that have logits";
        assert_eq!(unknown.to_string(), message);
    }

    #[test]
    fn a_token_that_cannot_come() {
        let got = log_prob(Isa::detect(), &[0.0, f32::NEG_INFINITY], 1).unwrap();
        assert_eq!((got.value, got.greedy), (f32::NEG_INFINITY, false));
    }
}
