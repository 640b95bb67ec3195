//! Counts how an instrument's decisions agree with people's labels.

use super::{Card, Counts, Instrument, JudgeKey, Label, Labelled, LabelledSet, SetResult};
use crate::language::Language;
use crate::language_id::fidelity;
use crate::measure::refusal::{classify, without_thoughts};
use crate::measure::text::number;
use crate::request::Finish;

/// What is calibrated, for what and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calibrated {
    /// What.
    pub instrument: Instrument,
    /// Which judge, where the instrument is one.
    pub judge: Option<JudgeKey>,
    /// The language of the replies.
    pub language: Language,
    /// `YYYY-MM-DD`.
    pub date: String,
}

/// What a person said of a reply, and what the instrument decided; none where it did not decide.
pub type Decided = (Label, Option<bool>);

/// The card of an instrument, from its decisions on the items of each set that are in its language.
///
/// Items are taken as independent of each other: replies that repeat make the intervals too short.
#[must_use]
pub fn calibrate(of: Calibrated, sets: &[(LabelledSet, Vec<Decided>)]) -> Card {
    let result = |(set, decided): &(LabelledSet, Vec<Decided>)| SetResult {
        set: set.clone(),
        counts: decided.iter().map(count).sum(),
    };
    Card {
        instrument: of.instrument,
        version: of.instrument.version(),
        judge: of.judge,
        language: of.language,
        date: of.date,
        sets: sets.iter().map(result).collect(),
    }
}

/// One item, counted.
fn count((label, decision): &Decided) -> Counts {
    let mut counts = Counts::default();
    let place = match (label.is_positive(), decision) {
        (true, Some(true)) => &mut counts.true_positives,
        (true, Some(false)) => &mut counts.false_negatives,
        (true, None) => &mut counts.undecided_positives,
        (false, Some(false)) => &mut counts.true_negatives,
        (false, Some(true)) => &mut counts.false_positives,
        (false, None) => &mut counts.undecided_negatives,
    };
    *place = 1;
    counts
}

impl Instrument {
    /// What the instrument's rules decide of those of `items` that are in `language`.
    #[must_use]
    pub fn by_rules(self, items: &[Labelled], language: &Language) -> Vec<Decided> {
        let of_language = items.iter().filter(|item| item.language == *language);
        of_language
            .map(|item| (item.label, self.decides(item)))
            .collect()
    }

    /// What its rules decide of a reply, as a measure would; none where they do not decide. A
    /// judge has no rules: whoever calibrates one has to ask it.
    fn decides(self, item: &Labelled) -> Option<bool> {
        match self {
            Self::AnswerNumber if item.finish == Finish::Length => None,
            Self::AnswerNumber => {
                let text = without_thoughts(&item.text)?;
                let expected = item.against.as_deref()?.parse().ok()?;
                Some(number::answers(text, &expected, &item.language).0)
            }
            Self::Judge => None,
            Self::LanguageId => fidelity(without_thoughts(&item.text)?, &item.language).ok(),
            Self::Refusal => {
                let class = classify(&item.text, item.finish, &item.language);
                class.ok().map(|class| class.refuses())
            }
        }
    }
}
