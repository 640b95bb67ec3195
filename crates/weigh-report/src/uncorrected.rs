//! Why a share was not corrected for the errors of its scorer, in the language of the page.
//!
//! The rule is that of reasons: what is not word for word a sentence that this version knows stays in the
//! words of the record.

use weigh_core::report::Report;
use weigh_core::stats::undefined::Undefined;
use weigh_core::stats::{Correction, Stratum};

use crate::texts::{ReportLanguage, Text};
use crate::told::{Told, Value};

/// `not corrected: ...`, with the record's `words` for the reason.
pub(crate) fn told(words: &str, language: ReportLanguage) -> Told {
    let known = |words: &str| Undefined::of_correction(words).and_then(sentence);
    let why = Value::of_record(words, language, |words| known(words).map(Value::Told));
    Told::plain(Text::NotCorrected).with("reason", why)
}

/// Whether some reason in `report` that a page shows, of all cases, stays in the words of the record.
pub(crate) fn kept(report: &Report, language: ReportLanguage) -> bool {
    let overall = report
        .estimates
        .iter()
        .filter(|one| one.stratum == Stratum::All);
    let mut corrections = overall.filter_map(|one| one.correction.as_ref());
    corrections.any(|correction| match correction {
        Correction::Corrected { .. } => false,
        Correction::Undefined { reason, .. } => told(reason, language).kept(),
    })
}

/// What tells `reason`; `None` where it is none of a correction.
fn sentence(reason: Undefined) -> Option<Told> {
    Some(match reason {
        Undefined::NothingScored => Told::plain(Text::UncorrectedNothing),
        Undefined::FewClusters => Told::plain(Text::UncorrectedFew),
        Undefined::EmptyCard => Told::plain(Text::UncorrectedCard),
        Undefined::WeakInstrument { youden, lower } => Told::plain(Text::UncorrectedWeak)
            .with("youden", Value::Figure(format!("{youden:.3}")))
            .with("lower", Value::Figure(format!("{lower:.3}"))),
        Undefined::CardContradicted { apparent } => {
            let apparent = Value::Figure(format!("{apparent:.4}"));
            Told::plain(Text::UncorrectedContradicted).with("apparent", apparent)
        }
        Undefined::Missing(_)
        | Undefined::NoSpread
        | Undefined::Resamples { .. }
        | Undefined::OneSided
        | Undefined::NoPairs
        | Undefined::OneCategory
        | Undefined::NotAProbability(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of every reason of a correction.
    const ALL: [Undefined; 5] = [
        Undefined::NothingScored,
        Undefined::FewClusters,
        Undefined::EmptyCard,
        Undefined::WeakInstrument {
            youden: 0.0834,
            lower: -0.02,
        },
        Undefined::CardContradicted { apparent: 0.00213 },
    ];

    /// The English column, of which the others are translations, says what the record says.
    #[test]
    fn the_english_texts_are_those_of_the_record() {
        for reason in ALL {
            let line = sentence(reason).map(|told| told.line(ReportLanguage::En, &str::to_owned));
            assert_eq!(line, Some(reason.to_string()));
        }
        assert_eq!(sentence(Undefined::NoPairs), None);
    }

    #[test]
    fn every_reason_in_every_language() {
        for language in ReportLanguage::ALL {
            let words = ALL.map(|reason| reason.to_string()).into_iter();
            let words = words.chain(["because".to_owned()]);
            let line = |words: String| told(&words, language).line(language, &str::to_owned);
            let lines: Vec<String> = words.map(line).collect();
            let shown = lines.join("\n").replace(['\u{2068}', '\u{2069}'], "¦");
            insta::assert_snapshot!(format!("reasons_{}", language.tag()), shown);
        }
    }
}
