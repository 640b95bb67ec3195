//! What measures are called and what they mean, in the languages of the reports. English stands
//! beside the rules, in weigh-core.

mod ar;
mod es;
mod fr;
mod ru;
mod zh;

use weigh_core::measure::MeasureName;

use crate::texts::ReportLanguage;

/// A measure's name for people, and what it measures.
pub(crate) struct Words {
    /// Its name.
    pub title: &'static str,
    /// What it measures: one sentence or two.
    pub means: &'static str,
}

/// The words of `measure` in `language`.
pub(crate) const fn words(measure: MeasureName, language: ReportLanguage) -> Words {
    match language {
        ReportLanguage::Ar => ar::words(measure),
        ReportLanguage::En => Words {
            title: measure.title(),
            means: measure.means(),
        },
        ReportLanguage::Es => es::words(measure),
        ReportLanguage::Fr => fr::words(measure),
        ReportLanguage::Ru => ru::words(measure),
        ReportLanguage::Zh => zh::words(measure),
    }
}

/// Makes the lookup of one language: a row for every measure, or the compiler names what is missing.
macro_rules! measures {
    ($($key:ident { $title:literal, $means:literal })*) => {
        /// The words in this language.
        pub(super) const fn words(measure: super::MeasureName) -> super::Words {
            match measure {
                $(super::MeasureName::$key => super::Words { title: $title, means: $means }),*
            }
        }
    };
}
use measures;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_measure_has_its_own_words() {
        for language in ReportLanguage::ALL {
            let all = MeasureName::ALL.iter();
            let titles: BTreeSet<&str> = all.map(|m| words(*m, language).title).collect();
            assert_eq!(titles.len(), MeasureName::ALL.len(), "{language:?}");
            for measure in MeasureName::ALL {
                let Words { title, means } = words(*measure, language);
                let sentence = means.ends_with(['.', '。']);
                assert!(sentence && title.trim() == title, "{measure} {language:?}");
            }
        }
    }
}
