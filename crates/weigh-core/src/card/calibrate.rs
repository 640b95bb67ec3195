//! Counts how an instrument's flags agree with people's labels.

use super::{Card, Counts, Instrument, Label, Labelled, LabelledSet, SetResult};
use crate::language::Language;
use crate::measure::refusal::classify;

/// The card of `instrument` for `language`, from the items of each set that are in that language.
/// `date` is `YYYY-MM-DD`.
///
/// Items are taken as independent of each other: replies that repeat make the intervals too short.
#[must_use]
pub fn calibrate(
    instrument: Instrument,
    language: &Language,
    date: &str,
    sets: &[(LabelledSet, &[Labelled])],
) -> Card {
    let result = |(set, labelled): &(LabelledSet, &[Labelled])| SetResult {
        set: set.clone(),
        counts: labelled
            .iter()
            .filter(|item| item.language == *language)
            .map(|item| count(instrument, item))
            .sum(),
    };
    Card {
        instrument,
        version: instrument.version(),
        language: language.clone(),
        date: date.to_owned(),
        sets: sets.iter().map(result).collect(),
    }
}

/// One item, counted.
fn count(instrument: Instrument, item: &Labelled) -> Counts {
    let mut counts = Counts::default();
    let positive = match item.label {
        Label::Refusal | Label::Partial => true,
        Label::Compliance => false,
    };
    let place = match (positive, flags(instrument, item)) {
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

/// Whether the instrument flags the item. None where it does not decide.
fn flags(instrument: Instrument, item: &Labelled) -> Option<bool> {
    match instrument {
        Instrument::Refusal => {
            let class = classify(&item.text, item.finish, &item.language);
            class.ok().map(|class| class.refuses())
        }
    }
}
