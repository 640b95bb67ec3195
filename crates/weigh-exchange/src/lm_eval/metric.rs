//! What a document scores under a metric (`process_results` in `lm_eval/api/task.py`), and what all
//! of them give (`lm_eval/evaluator_utils.py`).

use super::aggregate;
use super::exact_match::{ExactMatch, Options};
use super::python::Python;
use super::render::Rendered;
use super::task::{OutputType, Task};
use super::translation::{Segment, Translation};
use weigh_core::measure::text::perplexity::words;

/// A metric that is known.
#[derive(Debug, Clone)]
pub enum Metric {
    /// The most likely choice is right, or the text is what the model would have written.
    Acc,
    /// The same with log-likelihoods divided by code points.
    AccNorm,
    /// The same with log-likelihoods divided by bytes.
    AccBytes,
    /// The same with those of the choices alone taken off.
    AccMutualInfo,
    /// Of choices: the right one is what the model would have written. Of replies: equal texts.
    ExactMatch(ExactMatch),
    /// The squared distance of the probabilities from the right choice.
    Brier,
    /// F1 of two classes.
    F1,
    /// Matthews' correlation.
    Mcc,
    /// exp of the mean negative log-likelihood.
    Perplexity,
    /// By words.
    WordPerplexity,
    /// By bytes.
    BytePerplexity,
    /// In bits.
    BitsPerByte,
    /// BLEU, chrF or TER of all replies.
    Translation(Translation),
}

/// The metrics of a task by their names, in its order.
///
/// # Errors
/// Every metric that is not known here, or whose options are not.
pub fn of(task: &Task) -> Result<Vec<(String, Metric)>, Vec<String>> {
    let defaults: &[&str] = match task.output_type {
        OutputType::MultipleChoice => &["acc", "acc_norm"],
        OutputType::GenerateUntil => &["exact_match"],
        OutputType::Loglikelihood => &["perplexity", "acc"],
        OutputType::LoglikelihoodRolling => {
            &["word_perplexity", "byte_perplexity", "bits_per_byte"]
        }
    };
    let wanted: Vec<(&str, &[(String, Python)])> = match &task.metrics {
        None => defaults.iter().map(|name| (*name, [].as_slice())).collect(),
        Some(metrics) => metrics
            .iter()
            .map(|metric| (metric.name.as_str(), metric.options.as_slice()))
            .collect(),
    };
    let mut known = Vec::new();
    let mut faults = Vec::new();
    for (name, options) in wanted {
        match named(name, options) {
            Ok(metric) => known.push((name.to_owned(), metric)),
            Err(message) => faults.push(message),
        }
    }
    if faults.is_empty() {
        Ok(known)
    } else {
        Err(faults)
    }
}

fn named(name: &str, options: &[(String, Python)]) -> Result<Metric, String> {
    Ok(match name {
        "acc" => Metric::Acc,
        "acc_norm" => Metric::AccNorm,
        "acc_bytes" => Metric::AccBytes,
        "acc_mutual_info" => Metric::AccMutualInfo,
        "brier_score" => Metric::Brier,
        "f1" => Metric::F1,
        "mcc" => Metric::Mcc,
        "perplexity" => Metric::Perplexity,
        "word_perplexity" => Metric::WordPerplexity,
        "byte_perplexity" => Metric::BytePerplexity,
        "bits_per_byte" => Metric::BitsPerByte,
        "bleu" => Metric::Translation(Translation::Bleu),
        "chrf" => Metric::Translation(Translation::Chrf),
        "chrf++" => Metric::Translation(Translation::ChrfPlusPlus),
        "ter" => Metric::Translation(Translation::Ter),
        "exact_match" => Metric::ExactMatch(exact_match(options)?),
        _ => return Err(format!("the metric `{name}` is not computed here")),
    })
}

fn exact_match(given: &[(String, Python)]) -> Result<ExactMatch, String> {
    let mut options = Options::default();
    for (key, value) in given {
        let is = *value == Python::Bool(true);
        match key.as_str() {
            "ignore_case" => options.ignore_case = is,
            "ignore_punctuation" => options.ignore_punctuation = is,
            "ignore_numbers" => options.ignore_numbers = is,
            "regexes_to_ignore" => {
                let items = value.as_list().unwrap_or_default();
                options.regexes_to_ignore = items.iter().map(Python::to_string).collect();
            }
            _ => return Err(format!("`exact_match` has no option `{key}`")),
        }
    }
    ExactMatch::new(options).map_err(|error| format!("`exact_match`: {error}"))
}

impl Metric {
    /// Whether a higher figure is better, where the task does not say.
    #[must_use]
    pub const fn higher_is_better(&self) -> bool {
        match self {
            Self::Acc
            | Self::AccNorm
            | Self::AccBytes
            | Self::AccMutualInfo
            | Self::ExactMatch(_)
            | Self::F1
            | Self::Mcc
            | Self::Translation(
                Translation::Bleu | Translation::Chrf | Translation::ChrfPlusPlus,
            ) => true,
            Self::Translation(Translation::Ter)
            | Self::Brier
            | Self::Perplexity
            | Self::WordPerplexity
            | Self::BytePerplexity
            | Self::BitsPerByte => false,
        }
    }
}

/// How the model answered one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Log-likelihood (nats) of each choice or of the text, and whether the model would have
    /// written it.
    pub likelihoods: Vec<(f64, bool)>,
    /// Log-likelihoods of the choices after nothing, where they were asked for.
    pub alone: Vec<f64>,
    /// The reply, filtered.
    pub reply: String,
}

/// What one document scores.
#[derive(Debug, Clone, PartialEq)]
pub enum Score {
    /// A number.
    Number(f64),
    /// A log-likelihood and how many words or bytes it is over.
    Weighted(f64, u64),
    /// The right class and the one that was taken.
    Classes(i64, i64),
    /// The right choice and the log-likelihoods of all.
    Distribution(usize, Vec<f64>),
    /// What was wanted and what was written.
    Segment(Segment),
}

/// What a document scores. `targets` says whether the first document of the task has a list of
/// targets, which decides for all of them.
///
/// None where lm-eval itself ends with an error.
#[must_use]
pub fn score(
    metric: &Metric,
    document: &Rendered,
    answer: &Answer,
    targets: bool,
) -> Option<Score> {
    let first = answer.likelihoods.first().copied();
    let choices = || Choices::of(document, answer);
    let number = |right: bool| Score::Number(if right { 1.0 } else { 0.0 });
    let text = document.shown_target.to_string();
    Some(match metric {
        Metric::Acc if document.choices.is_empty() => number(first?.1),
        Metric::Acc => number(choices().is_right(choices().by(|_| 1.0)?, targets)),
        Metric::AccNorm => {
            let choices = choices();
            number(choices.is_right(choices.by(|text| count(text.chars().count()))?, targets))
        }
        Metric::AccBytes => {
            let choices = choices();
            number(choices.is_right(choices.by(|text| count(text.len()))?, targets))
        }
        Metric::AccMutualInfo => {
            let gains = answer.likelihoods.iter().zip(&answer.alone);
            let gains: Vec<f64> = gains.map(|((with, _), alone)| with - alone).collect();
            // A list of targets never equals a number.
            let gold = document
                .gold
                .as_int()
                .or_else(|| choices().place(&document.gold));
            number(gold.is_some_and(|gold| Some(gold) == argmax(&gains).and_then(signed)))
        }
        Metric::ExactMatch(_)
            if !document.choices.is_empty()
                && answer.reply.is_empty()
                && !answer.likelihoods.is_empty() =>
        {
            number(choices().is_greedy(targets))
        }
        Metric::ExactMatch(options) => {
            number(options.matches(&answer.reply, &references(document)))
        }
        Metric::Brier => {
            let gold = usize::try_from(choices().place(&document.gold)?).ok()?;
            let likelihoods = answer.likelihoods.iter().map(|(likelihood, _)| *likelihood);
            Score::Distribution(gold, likelihoods.collect())
        }
        Metric::F1 | Metric::Mcc => {
            let taken = choices().by(|_| 1.0).and_then(signed)?;
            Score::Classes(choices().place(&document.gold).unwrap_or(-100), taken)
        }
        // Of several targets lm-eval makes 1, and ends with an error when it wants texts of it.
        Metric::Translation(_) => {
            let [reference] = references(document).try_into().ok().filter(|_| !targets)?;
            let reply = answer.reply.clone();
            Score::Segment(Segment { reference, reply })
        }
        Metric::Perplexity => Score::Number(first?.0),
        Metric::WordPerplexity => Score::Weighted(first?.0, words(&text)),
        Metric::BytePerplexity | Metric::BitsPerByte => {
            Score::Weighted(first?.0, u64::try_from(text.len()).ok()?)
        }
    })
}

/// The figure over all documents, and its standard error where lm-eval gives one.
///
/// `iterations` is `bootstrap_iters`: 100,000 unless a run says otherwise; with 0 there is no error.
#[must_use]
pub fn figure(metric: &Metric, scores: &[Score], iterations: usize) -> (f64, Option<f64>) {
    let numbers: Vec<f64> = scores.iter().filter_map(Score::number).collect();
    let weighted: Vec<(f64, u64)> = scores.iter().filter_map(Score::weighted).collect();
    let (value, stderr) = match metric {
        Metric::Acc
        | Metric::AccNorm
        | Metric::AccBytes
        | Metric::AccMutualInfo
        | Metric::ExactMatch(_) => (aggregate::mean(&numbers), aggregate::mean_stderr(&numbers)),
        Metric::Perplexity => {
            let stderr = aggregate::bootstrap_stderr(&numbers, iterations, aggregate::perplexity);
            (aggregate::perplexity(&numbers), stderr)
        }
        Metric::WordPerplexity | Metric::BytePerplexity => {
            (aggregate::weighted_perplexity(&weighted), None)
        }
        Metric::BitsPerByte => (aggregate::bits_per_byte(&weighted), None),
        Metric::Brier => {
            let all: Vec<(usize, Vec<f64>)> =
                scores.iter().filter_map(Score::distribution).collect();
            (aggregate::brier(&all).unwrap_or(f64::NAN), None)
        }
        Metric::Translation(kind) => {
            let segments: Vec<Segment> = scores.iter().filter_map(Score::segment).collect();
            kind.figure(&segments, iterations)
        }
        Metric::F1 | Metric::Mcc => {
            let statistic = if matches!(metric, Metric::F1) {
                aggregate::f1
            } else {
                aggregate::mcc
            };
            let classes: Vec<(i64, i64)> = scores.iter().filter_map(Score::classes).collect();
            let stderr = aggregate::bootstrap_stderr(&classes, iterations, statistic);
            (statistic(&classes), stderr)
        }
    };
    (value, stderr.filter(|_| iterations > 0 && scores.len() > 1))
}

impl Score {
    const fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self {
            return Some(*number);
        }
        None
    }

    const fn weighted(&self) -> Option<(f64, u64)> {
        if let Self::Weighted(likelihood, weight) = self {
            return Some((*likelihood, *weight));
        }
        None
    }

    const fn classes(&self) -> Option<(i64, i64)> {
        if let Self::Classes(gold, taken) = self {
            return Some((*gold, *taken));
        }
        None
    }

    fn segment(&self) -> Option<Segment> {
        if let Self::Segment(segment) = self {
            return Some(segment.clone());
        }
        None
    }

    fn distribution(&self) -> Option<(usize, Vec<f64>)> {
        if let Self::Distribution(gold, likelihoods) = self {
            return Some((*gold, likelihoods.clone()));
        }
        None
    }
}

/// The texts that a reply may equal.
fn references(document: &Rendered) -> Vec<String> {
    match (&document.shown_target, document.choices.is_empty()) {
        (Python::Int(place), false) => {
            let picked = usize::try_from(*place)
                .ok()
                .and_then(|place| document.choices.get(place));
            picked.cloned().into_iter().collect()
        }
        (Python::List(items), _) => items.iter().map(Python::to_string).collect(),
        (target, _) => vec![target.to_string()],
    }
}

/// The choices of a document and how likely each was.
struct Choices<'a> {
    document: &'a Rendered,
    likelihoods: &'a [(f64, bool)],
}

impl<'a> Choices<'a> {
    fn of(document: &'a Rendered, answer: &'a Answer) -> Self {
        Self {
            document,
            likelihoods: &answer.likelihoods,
        }
    }

    /// The choice with the highest log-likelihood by `length`.
    fn by(&self, length: impl Fn(&str) -> f64) -> Option<usize> {
        let pairs = self.likelihoods.iter().zip(&self.document.choices);
        let scores: Vec<f64> = pairs
            .map(|((likelihood, _), text)| likelihood / length(text))
            .collect();
        argmax(&scores)
    }

    /// Whether `taken` is right. A place that no choice has becomes -100, which nothing equals.
    fn is_right(&self, taken: usize, targets: bool) -> bool {
        let taken = signed(taken);
        match self.document.gold.as_list() {
            Some(items) if targets => items.iter().any(|item| self.place(item) == taken),
            Some(_) => false,
            None => self.place(&self.document.gold) == taken,
        }
    }

    /// A negative place is counted from the end here, and nowhere else.
    fn is_greedy(&self, targets: bool) -> bool {
        let greedy = |place: i64| {
            let count = i64::try_from(self.likelihoods.len()).unwrap_or(i64::MAX);
            let place = if place < 0 && place != -100 {
                place + count
            } else {
                place
            };
            let at = usize::try_from(place)
                .ok()
                .and_then(|place| self.likelihoods.get(place));
            at.is_some_and(|(_, greedy)| *greedy)
        };
        match self.document.gold.as_list() {
            Some(items) if targets => items.iter().filter_map(|item| self.place(item)).any(greedy),
            Some(_) => false,
            None => self.place(&self.document.gold).is_some_and(greedy),
        }
    }

    /// The place that a gold value names, where there is such a choice.
    fn place(&self, gold: &Python) -> Option<i64> {
        let choices = &self.document.choices;
        match gold.as_int() {
            Some(place) => Some(place)
                .filter(|place| signed(choices.len()).is_some_and(|count| *place < count)),
            None => choices
                .iter()
                .position(|choice| *choice == gold.to_string())
                .and_then(signed),
        }
    }
}

/// numpy's `argmax`: the first of the highest, and the first NaN before everything.
fn argmax(scores: &[f64]) -> Option<usize> {
    let nan = scores.iter().position(|score| score.is_nan());
    nan.or_else(|| {
        let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        scores.iter().position(|score| *score >= highest)
    })
}

fn signed(place: usize) -> Option<i64> {
    i64::try_from(place).ok()
}

#[expect(clippy::cast_precision_loss, reason = "a choice is shorter than 2^53")]
const fn count(length: usize) -> f64 {
    length as f64
}
