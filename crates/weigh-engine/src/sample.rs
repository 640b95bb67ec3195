//! Which token comes next: the most likely one, or a seeded draw.

use weigh_core::request::Sampling;

use crate::kernels::Isa;
use crate::kernels::softmax::argmax;

/// Chooses tokens for one request. What it chooses depends on the request and the logits alone.
#[derive(Debug)]
pub(crate) enum Sampler {
    /// The most likely token, the lowest id on a tie.
    Greedy,
    /// Draws from the nucleus (Holtzman et al., 2020, <https://arxiv.org/abs/1904.09751>).
    Seeded {
        temperature: f64,
        top_p: f64,
        random: SplitMix,
    },
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Debug)]
pub(crate) struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in [0, 1), with 53 random bits.
    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Sampler {
    /// A sampler for one request.
    pub fn new(sampling: &Sampling) -> Self {
        match sampling {
            Sampling::Greedy => Self::Greedy,
            Sampling::Seeded {
                temperature,
                top_p,
                seed,
            } => Self::Seeded {
                temperature: temperature.get(),
                top_p: top_p.get(),
                random: SplitMix(*seed),
            },
        }
    }

    /// The next token; `None` when a logit is NaN or plus infinity, or all are minus infinity.
    pub fn draw(&mut self, isa: Isa, logits: &[f32]) -> Option<u32> {
        let best = argmax(isa, logits).ok()?;
        match self {
            Self::Greedy => Some(best),
            Self::Seeded {
                temperature,
                top_p,
                random,
            } => nucleus(logits, *temperature, *top_p, random.uniform()).or(Some(best)),
        }
    }
}

/// The token at quantile `uniform` of the smallest set of most likely tokens whose mass is at
/// least `top_p` after division by `temperature`. All sums are in f64 and in order of rank.
fn nucleus(logits: &[f32], temperature: f64, top_p: f64, uniform: f64) -> Option<u32> {
    let mut ranked: Vec<(u32, f32)> = (0_u32..).zip(logits.iter().copied()).collect();
    ranked.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let most = f64::from(ranked.first()?.1);
    let mass = |logit: f32| libm::exp((f64::from(logit) - most) / temperature);
    let total: f64 = ranked.iter().map(|(_, logit)| mass(*logit)).sum();
    let mut kept = 0.0;
    let full = |kept: f64| kept >= top_p * total;
    let size = ranked.iter().position(|(_, logit)| {
        kept += mass(*logit);
        full(kept)
    });
    ranked.truncate(size.map_or(ranked.len(), |last| last + 1));
    let mut left = uniform * kept;
    let drawn = ranked.iter().find(|(_, logit)| {
        left -= mass(*logit);
        left < 0.0
    });
    drawn.or(ranked.last()).map(|(token, _)| *token)
}

#[cfg(test)]
mod tests {
    use weigh_core::decimal::Decimal;

    use super::*;

    /// Draws with the best instruction set of this machine.
    fn draw(sampler: &mut Sampler, logits: &[f32]) -> Option<u32> {
        sampler.draw(Isa::detect(), logits)
    }

    fn seeded(temperature: f64, top_p: f64, seed: u64) -> Sampler {
        let decimal = |value| Decimal::new(value).unwrap();
        Sampler::new(&Sampling::Seeded {
            temperature: decimal(temperature),
            top_p: decimal(top_p),
            seed,
        })
    }

    #[test]
    fn greedy_takes_the_lowest_id_on_a_tie_and_refuses_what_is_not_finite() {
        let check = |logits: &[f32], token| {
            assert_eq!(draw(&mut Sampler::Greedy, logits), token, "{logits:?}")
        };
        check(&[1.0, 3.0, 3.0], Some(1));
        check(&[f32::NEG_INFINITY, -7.0], Some(1));
        check(&[1.0, f32::NAN], None);
        check(&[1.0, f32::INFINITY], None);
        check(&[f32::NEG_INFINITY; 2], None);
        check(&[], None);
    }

    #[test]
    fn splitmix_gives_the_published_sequence() {
        let mut random = SplitMix(1_234_567);
        let drawn = [random.next(), random.next(), random.next()];
        assert_eq!(
            drawn,
            [
                6457827717110365317,
                3203168211198807973,
                9817491932198370423
            ]
        );
    }

    #[test]
    fn draws_follow_the_distribution_and_the_seed() {
        let logits = [0.0_f32, 1.0, 2.0, -1.0];
        let total: f64 = logits.iter().map(|l| f64::from(*l).exp()).sum();
        let mut counts = [0_u32; 4];
        let mut sampler = seeded(1.0, 1.0, 7);
        for _ in 0..20_000 {
            counts[draw(&mut sampler, &logits).unwrap() as usize] += 1;
        }
        for (count, logit) in counts.iter().zip(logits) {
            let expected = f64::from(logit).exp() / total;
            assert!(
                (f64::from(*count) / 20_000.0 - expected).abs() < 0.015,
                "{counts:?}"
            );
        }
        let draws = |seed| {
            (0..8)
                .scan(seeded(1.0, 1.0, seed), |s, _| draw(s, &logits))
                .collect::<Vec<_>>()
        };
        assert_eq!(draws(3), draws(3));
        assert_ne!(draws(3), draws(4));
    }

    #[test]
    fn the_nucleus_and_the_temperature_cut_the_tail() {
        let logits = [0.0_f32, 3.0, 2.9, -1.0];
        let drawn = |mut sampler: Sampler| {
            (0..500)
                .map(|_| draw(&mut sampler, &logits).unwrap())
                .collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(drawn(seeded(1.0, 0.5, 1)), [1].into());
        assert_eq!(drawn(seeded(1.0, 0.9, 1)), [1, 2].into());
        assert_eq!(drawn(seeded(0.001, 1.0, 1)), [1].into());
    }
}
