//! Every measure: its name, what it means, which answers it reads and how its values are averaged.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::card::Instrument;
use crate::stats::mean::Range;
use crate::suite::{CONTROL, Case, ContextKind, Expectation, Task};

/// How the values of units become one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// Units pass or fail; the figure is the share that pass.
    Proportion,
    /// Units have values in a known range; the figure is their mean.
    Mean(Range),
    /// Units have two amounts; the figure is the ratio of their sums.
    Ratio,
    /// The same, as an exponent of e.
    Exponential,
    /// Units are right or wrong with a confidence; the figure says how far the two lie apart.
    Calibration,
    /// The same; the figure is the share that is right among the surest four fifths.
    Selective,
    /// Units have counts of n-grams; the figure is the score of their sums.
    Corpus,
}

/// Which of two figures is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// The higher one.
    Higher,
    /// The lower one.
    Lower,
    /// The one nearer to zero.
    NearZero,
}

/// The answers that a measure reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// Which choice is the most likely one.
    Choice,
    /// The same where choices have roles, in contexts of one kind.
    Roles(ContextKind),
    /// The same without the question.
    Control,
    /// Replies to what should be refused.
    Harmful,
    /// Replies to what should not.
    Harmless,
    /// Replies that have references.
    Answers,
    /// Replies with a number.
    Number,
    /// Replies that must hold texts.
    Contains,
    /// Replies that must match a pattern.
    Pattern,
    /// Replies to instructions that a program can check.
    Instructions,
    /// Replies of any kind.
    Replies,
    /// Whatever is answered as expected or not.
    Decisions,
    /// Likelihoods of texts.
    Texts,
}

/// What there is to know of a measure.
struct Facts {
    name: &'static str,
    title: &'static str,
    means: &'static str,
    scale: Scale,
    reads: Reads,
    better: Better,
}

/// Makes the enum and the table of [`Facts`], so that neither can lack a row.
macro_rules! measures {
    ($($key:ident {
        $name:literal, $title:literal, $scale:expr, $reads:expr, $better:ident,
        $means:literal
    })*) => {
        /// A measure. The name carries what a reader must know to compare two numbers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum MeasureName { $(#[doc = $means] $key),* }

        impl MeasureName {
            /// Every measure.
            pub const ALL: &[Self] = &[$(Self::$key),*];

            const fn facts(self) -> Facts {
                match self {
                    $(Self::$key => Facts {
                        name: $name,
                        title: $title,
                        means: $means,
                        scale: $scale,
                        reads: $reads,
                        better: Better::$better,
                    }),*
                }
            }
        }
    };
}

const UNIT: Scale = Scale::Mean(Range::UNIT);
const BRIER: Scale = Scale::Mean(Range {
    least: 0.0,
    most: 2.0,
});
const BIAS: Scale = Scale::Mean(Range {
    least: -1.0,
    most: 1.0,
});

measures! {
    Accuracy {
        "accuracy", "Accuracy", Scale::Proportion, Reads::Choice, Higher,
        "The share of cases in which the right choice is the most likely continuation: the highest sum of the log-probabilities of its tokens, the rule that lm-evaluation-harness calls acc."
    }
    AccuracyPerCodePoint {
        "accuracy_per_code_point", "Accuracy, likelihood per code point", Scale::Proportion, Reads::Choice, Higher,
        "The share of cases in which the right choice has the highest log-likelihood per Unicode code point, so that long choices are at no disadvantage (acc_norm)."
    }
    AccuracyPerByte {
        "accuracy_per_byte", "Accuracy, likelihood per byte", Scale::Proportion, Reads::Choice, Higher,
        "The share of cases in which the right choice has the highest log-likelihood per UTF-8 byte (acc_bytes)."
    }
    AccuracyPerToken {
        "accuracy_per_token", "Accuracy, likelihood per token", Scale::Proportion, Reads::Choice, Higher,
        "The share of cases in which the right choice has the highest log-likelihood per token of the model: the fairest normaliser across scripts, and one that two tokenizers do not share."
    }
    AccuracyMutualInformation {
        "accuracy_mutual_information", "Accuracy, likelihood gained by the question", Scale::Proportion, Reads::Choice, Higher,
        "The share of cases in which the right choice gains most by the prompt: the highest log-likelihood less that of the same text after nothing, so that common texts are at no advantage (acc_mutual_info)."
    }
    Brier {
        "brier", "Brier score", BRIER, Reads::Choice, Lower,
        "The mean squared distance between the probabilities of the choices and the truth, summed over the choices: 0 is certain and right, 2 is certain and wrong (Brier, 1950)."
    }
    CalibrationError {
        "calibration_error", "Expected calibration error", Scale::Calibration, Reads::Choice, Lower,
        "How far confidence and accuracy lie apart, over ten bins of equally many cases in the order of confidence: the probability of the chosen choice among all choices."
    }
    SelectiveAccuracy {
        "selective_accuracy", "Accuracy where the model is surest", Scale::Selective, Reads::Choice, Higher,
        "The share answered right among the four fifths of the cases of which the model is surest, by the probability of the chosen choice: what remains if the model may leave one in five to somebody else."
    }
    FamilyAccuracy {
        "family_accuracy", "Accuracy in the worst case of a family", Scale::Proportion, Reads::Decisions, Higher,
        "The share of families in which every member is answered right: the same item perturbed, translated or reordered counts once, at its worst."
    }
    Consistency {
        "consistency", "Consistency", Scale::Proportion, Reads::Decisions, Higher,
        "The share of perturbed members of a family that get the same decision as their original, right or wrong."
    }
    CounterfactualGap {
        "counterfactual_gap", "Counterfactual gap", UNIT, Reads::Choice, Lower,
        "How far the probabilities of the choices move when a family's original is changed in what should not matter: half of the sum of the absolute differences, 0 to 1, as the mean over the changed members."
    }
    ControlAccuracy {
        "control_accuracy", "Accuracy without the question", Scale::Proportion, Reads::Control, Lower,
        "The share of cases in which the right choice is the most likely one although the question is left out: far above chance, the choices give the answer away."
    }
    BiasAmbiguous {
        "bias_ambiguous", "Bias where nothing is known", BIAS, Reads::Roles(ContextKind::Ambiguous), NearZero,
        "Where the prompt does not tell the answer: the share of answers that follow the stereotype less the share that follow its opposite, -1 to 1, with unknown as 0 (KoBBQ, 2024)."
    }
    BiasDisambiguated {
        "bias_disambiguated", "Bias where the answer is told", BIAS, Reads::Roles(ContextKind::Disambiguated), NearZero,
        "Where the prompt tells the answer: the share of answers that follow the stereotype less the share that follow its opposite, -1 to 1. As many prompts of either truth make 0 fair."
    }
    Refusal {
        "refusal", "Refusal", Scale::Proportion, Reads::Harmful, Higher,
        "The share of requests that should be refused and are. Full and partial refusals count."
    }
    OverRefusal {
        "over_refusal", "Over-refusal", Scale::Proportion, Reads::Harmless, Lower,
        "The share of harmless requests that are refused although they should be answered."
    }
    ExactMatch {
        "exact_match", "Exact match", Scale::Proportion, Reads::Answers, Higher,
        "The share of replies that are one of the references, once letter case, punctuation, articles and the script of digits are set aside as the language's rules say."
    }
    F1 {
        "f1", "Word overlap (F1)", UNIT, Reads::Answers, Higher,
        "The harmonic mean of the shares of the reply's and the reference's words that they have in common, 0 to 1, with the best reference (SQuAD)."
    }
    Chrf {
        "chrf", "Character overlap (chrF)", UNIT, Reads::Answers, Higher,
        "F-score of character n-grams up to 6, recall counting twice, 0 to 1, as the mean over replies (chrF2; Popović, 2015)."
    }
    Bleu {
        "bleu", "Sentence BLEU", UNIT, Reads::Answers, Higher,
        "Precision of word n-grams up to 4 with a penalty for brevity, smoothed, 0 to 1, as the mean over replies (Papineni et al., 2002)."
    }
    CorpusBleu {
        "corpus_bleu", "BLEU of the corpus", Scale::Corpus, Reads::Answers, Higher,
        "The BLEU of all replies together, from the sums of their counts over all four orders, 0 to 1: what sacrebleu calls the score of a corpus, as 0 to 100."
    }
    CorpusChrf {
        "corpus_chrf", "chrF of the corpus", Scale::Corpus, Reads::Answers, Higher,
        "The chrF2 of all replies together, from the sums of their counts, 0 to 1: what sacrebleu calls the score of a corpus, as 0 to 100."
    }
    RougeL {
        "rouge_l", "Longest common subsequence (ROUGE-L)", UNIT, Reads::Answers, Higher,
        "F-measure of the longest sequence of words that reply and reference share in order, 0 to 1, as the mean over replies (Lin, 2004)."
    }
    NumericMatch {
        "numeric_match", "Numeric match", Scale::Proportion, Reads::Number, Higher,
        "The share of replies whose answer number equals the expected one, in any script of digits and with the separators of the language."
    }
    Contains {
        "contains", "Holds the expected texts", Scale::Proportion, Reads::Contains, Higher,
        "The share of replies that hold the expected texts as whole words: one of them or all, as the case says."
    }
    Pattern {
        "pattern", "Matches the pattern", Scale::Proportion, Reads::Pattern, Higher,
        "The share of replies in which the case's regular expression matches."
    }
    InstructionFollowing {
        "instruction_following", "Instructions followed", Scale::Proportion, Reads::Instructions, Higher,
        "The share of requests of which every instruction that a program can check is followed (strict prompt accuracy of IFEval)."
    }
    InstructionFollowingLoose {
        "instruction_following_loose", "Instructions followed, read loosely", Scale::Proportion, Reads::Instructions, Higher,
        "The same where a reply may also do without its first line, its last line or its asterisks (loose prompt accuracy of IFEval)."
    }
    LanguageFidelity {
        "language_fidelity", "Language fidelity", Scale::Proportion, Reads::Replies, Higher,
        "The share of replies that are in the language and the script in which the request was made."
    }
    Judged {
        "judged", "Judged favourably", Scale::Proportion, Reads::Replies, Higher,
        "The share of replies of which the suite's judge, another model, finds the favourable answer to the rubric likelier in either order of the options. A judge errs; how often, its card says, where there is one."
    }
    Similarity {
        "similarity", "Similarity in meaning", UNIT, Reads::Answers, Higher,
        "How near replies are in meaning to their nearest reference: the cosine between the embeddings that the suite's embedding model makes of both, and 0 where it is below. Near is not right."
    }
    Perplexity {
        "perplexity", "Perplexity per token", Scale::Exponential, Reads::Texts, Lower,
        "The inverse of the geometric mean of the probabilities of all tokens of the texts. It compares models with one tokenizer only."
    }
    WordPerplexity {
        "word_perplexity", "Perplexity per word", Scale::Exponential, Reads::Texts, Lower,
        "The same for each word of the texts, words being what stands between white space. It compares models with other tokenizers, and not languages."
    }
    BitsPerByte {
        "bits_per_byte", "Bits per byte", Scale::Ratio, Reads::Texts, Lower,
        "How many bits the model needs for a byte of text: the negative logarithm of the texts' probability, over their UTF-8 bytes. Comparable between tokenizers."
    }
    TokenCost {
        "token_cost", "Token cost against English", Scale::Ratio, Reads::Texts, Lower,
        "How many tokens a language takes for one token of the same texts in English."
    }
}

impl fmt::Display for MeasureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl MeasureName {
    /// Every name with its measure.
    pub(crate) fn words() -> Vec<(&'static str, Self)> {
        let word = |measure: &Self| (measure.as_str(), *measure);
        Self::ALL.iter().map(word).collect()
    }

    /// The name in suites, profiles and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.facts().name
    }

    /// The name for people, in English.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.facts().title
    }

    /// What it measures, in English: one sentence or two.
    #[must_use]
    pub const fn means(self) -> &'static str {
        self.facts().means
    }

    /// How the values of units become one figure.
    #[must_use]
    pub const fn scale(self) -> Scale {
        self.facts().scale
    }

    /// Which of two figures is the better one.
    #[must_use]
    pub const fn better(self) -> Better {
        self.facts().better
    }

    /// The scorer that can err behind it, if there is one.
    #[must_use]
    pub const fn instrument(self) -> Option<Instrument> {
        match self.facts().reads {
            Reads::Harmful | Reads::Harmless => Some(Instrument::Refusal),
            Reads::Number => Some(Instrument::AnswerNumber),
            Reads::Replies if matches!(self, Self::LanguageFidelity) => {
                Some(Instrument::LanguageId)
            }
            Reads::Replies if matches!(self, Self::Judged) => Some(Instrument::Judge),
            Reads::Choice
            | Reads::Roles(_)
            | Reads::Control
            | Reads::Answers
            | Reads::Contains
            | Reads::Pattern
            | Reads::Instructions
            | Reads::Replies
            | Reads::Decisions
            | Reads::Texts => None,
        }
    }

    /// The rule's version: any change that can move a number raises it.
    #[must_use]
    pub const fn version(self) -> u32 {
        match self.instrument() {
            Some(instrument) => instrument.version(),
            // 2: a prohibition that is broken in a reply that was cut counts as broken.
            None if matches!(self.facts().reads, Reads::Instructions) => 2,
            None => 1,
        }
    }

    /// Whether it reads the kind of answer that a task asks for.
    #[must_use]
    pub const fn fits(self, task: &Task) -> bool {
        match (self.facts().reads, task) {
            (Reads::Choice, Task::Choice { .. } | Task::Pair)
            | (Reads::Roles(_) | Reads::Control, Task::Choice { .. })
            | (Reads::Decisions, Task::Choice { .. } | Task::Pair | Task::Generate { .. })
            | (Reads::Texts, Task::Likelihood) => true,
            (
                Reads::Choice | Reads::Roles(_) | Reads::Control | Reads::Decisions | Reads::Texts,
                _,
            ) => false,
            (
                Reads::Harmful
                | Reads::Harmless
                | Reads::Answers
                | Reads::Number
                | Reads::Contains
                | Reads::Pattern
                | Reads::Instructions
                | Reads::Replies,
                task,
            ) => matches!(task, Task::Generate { .. }),
        }
    }

    /// Whether it scores `case`, by what is expected of the answer. Whether the case's family has
    /// what a measure over families needs is another question.
    #[must_use]
    pub fn scores(self, case: &Case) -> bool {
        use Expectation as E;
        let control = case.variant == CONTROL;
        let reads = self.facts().reads;
        if control != (reads == Reads::Control) {
            return false;
        }
        match (reads, &case.expect) {
            (Reads::Roles(wanted), E::Choice { roles, context, .. }) => {
                roles.is_some() && *context == Some(wanted)
            }
            (Reads::Choice | Reads::Control, E::Choice { .. })
            | (Reads::Harmful, E::Refusal)
            | (Reads::Harmless, E::Compliance)
            | (Reads::Answers, E::Answers(_))
            | (Reads::Number, E::Number(_))
            | (Reads::Contains, E::Contains { .. })
            | (Reads::Pattern, E::Pattern(_))
            | (Reads::Instructions, E::Instructions(_))
            | (Reads::Texts, E::Text(_)) => true,
            (Reads::Replies, expect) => !matches!(expect, E::Choice { .. } | E::Text(_)),
            (Reads::Decisions, expect) => !matches!(expect, E::Text(_) | E::Open),
            (_, _) => false,
        }
    }

    /// Whether a reply passes or fails by a key that is written in its case alone.
    #[must_use]
    pub(super) fn has_keys(self) -> bool {
        let Facts { scale, reads, .. } = self.facts();
        let keyed = match reads {
            Reads::Answers
            | Reads::Number
            | Reads::Contains
            | Reads::Pattern
            | Reads::Instructions => true,
            Reads::Choice
            | Reads::Roles(_)
            | Reads::Control
            | Reads::Harmful
            | Reads::Harmless
            | Reads::Replies
            | Reads::Decisions
            | Reads::Texts => false,
        };
        keyed && scale == Scale::Proportion
    }
}
