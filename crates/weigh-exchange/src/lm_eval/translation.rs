//! BLEU, chrF, chrF++ and TER of all replies together, as lm-eval has sacrebleu compute them.

use weigh_core::measure::text::bleu::{self, Bleu, Orders, Tokeniser};
use weigh_core::measure::text::chrf::{self, CHRF, CHRF_PLUS_PLUS};

use super::aggregate::bootstrap_stderr;
use super::ter::Edits;

/// lm-eval draws at most so many samples for the standard error of these.
const MOST_REPLICATES: usize = 100;
const BLEU: Bleu = Bleu::new(Tokeniser::Mteval13a);

/// A figure of a corpus, from 0 to 100 (TER above that, too).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Translation {
    /// `bleu`.
    Bleu,
    /// `chrf`.
    Chrf,
    /// `chrf++`.
    ChrfPlusPlus,
    /// `ter`: edits, so that less is better.
    Ter,
}

/// What was wanted and what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The reference.
    pub reference: String,
    /// The reply.
    pub reply: String,
}

impl Translation {
    /// The figure of all segments and its standard error over resamples; `iterations` is `bootstrap_iters`.
    #[must_use]
    pub fn figure(self, segments: &[Segment], iterations: usize) -> (f64, Option<f64>) {
        let iterations = iterations.min(MOST_REPLICATES);
        match self {
            Self::Bleu => {
                let count = |of: &Segment| BLEU.count(&of.reply, &[&of.reference]);
                let score = |all: &[bleu::Counts]| {
                    let sum = summed(all, bleu::Counts::add);
                    sum.score(Orders::All)
                };
                corpus(segments, iterations, count, score)
            }
            Self::Chrf | Self::ChrfPlusPlus => {
                let kind = if self == Self::Chrf {
                    CHRF
                } else {
                    CHRF_PLUS_PLUS
                };
                let count = |of: &Segment| kind.count(&of.reply, &[&of.reference]);
                let score = |all: &[chrf::Counts]| kind.score(&summed(all, chrf::Counts::add));
                corpus(segments, iterations, count, score)
            }
            Self::Ter => {
                let count = |of: &Segment| Some(Edits::of(&of.reply, &of.reference));
                let score = |all: &[Edits]| summed(all, Edits::add).score();
                corpus(segments, iterations, count, score)
            }
        }
    }
}

fn summed<C: Default>(all: &[C], add: impl Fn(&mut C, &C)) -> C {
    let mut sum = C::default();
    for counts in all {
        add(&mut sum, counts);
    }
    sum
}

/// The score of all segments' counts, and its standard error.
fn corpus<C: Clone>(
    segments: &[Segment],
    iterations: usize,
    count: impl Fn(&Segment) -> Option<C>,
    score: impl Fn(&[C]) -> f64,
) -> (f64, Option<f64>) {
    let counts: Vec<C> = segments.iter().filter_map(count).collect();
    (
        score(&counts),
        bootstrap_stderr(&counts, iterations, &score),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What lm-eval's aggregations and `bootstrap_stderr` give with sacrebleu 2.6.
    #[test]
    fn figures_of_a_corpus() {
        let segments: Vec<Segment> = [
            [
                "Die Katze sitzt auf der Matte.",
                "Auf der Matte sitzt eine Katze.",
            ],
            ["It costs $5.50, they said.", "They said it costs $5.5."],
            ["আমি ভাত খাই।", "আমি ভাত খাই"],
            [
                "the quick brown fox jumps over the lazy dog",
                "the quick brown fox jumped over a lazy dog",
            ],
            ["one", "two"],
        ]
        .map(|[reference, reply]| Segment {
            reference: reference.to_owned(),
            reply: reply.to_owned(),
        })
        .to_vec();
        let check = |kind: Translation, expect: f64, error: f64| {
            let (figure, stderr) = kind.figure(&segments, 100_000);
            assert!((figure - expect).abs() < 1e-9, "{kind:?} {figure}");
            assert!(
                stderr.is_some_and(|stderr| (stderr - error).abs() < 1e-9),
                "{kind:?} {stderr:?}"
            );
        };
        check(
            Translation::Bleu,
            19.519_487_374_939_995,
            8.675_910_124_895_026,
        );
        check(Translation::Chrf, 68.526_286_469_605_9, 4.180_350_247_977_8);
        check(
            Translation::ChrfPlusPlus,
            62.764_237_595_684_506,
            5.400_348_033_768_8,
        );
        check(
            Translation::Ter,
            54.166_666_666_666_664,
            16.423_051_250_591_18,
        );
    }
}
