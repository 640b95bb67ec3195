//! What a finding says beside its figures: samples, grades, notes, and what was not verified.

use weigh_core::verdict::{Finding, Further};

use crate::number;
use crate::texts::{ReportLanguage, Text, fill};

/// A fixed text and what stands in its slots: not escaped yet.
pub(crate) struct Remark {
    /// The text.
    pub text: Text,
    /// Its slots.
    pub values: Vec<(&'static str, String)>,
}

impl Remark {
    /// In one line; each value goes through `safe`.
    pub fn line(&self, language: ReportLanguage, safe: impl Fn(&str) -> String) -> String {
        let values = self.values.iter().map(|(slot, value)| (*slot, safe(value)));
        let values: Vec<(&str, String)> = values.collect();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(slot, value)| (*slot, value.as_str()))
            .collect();
        fill(self.text.get(language), &values)
    }
}

/// Everything that `finding` says beside its figures.
pub(crate) fn remarks(finding: &Finding, language: ReportLanguage) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut add = |text, values| remarks.push(Remark { text, values });
    if let Some(cases) = finding.cases {
        let cases = number::count(u64::from(cases));
        add(Text::SampleAsked, vec![("cases", cases)]);
    }
    if let Some(reached) = &finding.steps {
        let name = |step: &Option<String>| match step {
            Some(step) => step.clone(),
            None => Text::NoStep.get(language).to_owned(),
        };
        let (surely, point) = (name(&reached.surely), name(&reached.point));
        add(
            Text::StepsReached,
            vec![("surely", surely), ("point", point)],
        );
    }
    if let Some(note) = &finding.note {
        add(Text::Remark, vec![("note", note.clone())]);
    }
    if let Some(what) = &finding.unverified {
        add(Text::Unverified, vec![("what", what.clone())]);
    }
    remarks
}

/// What it would take to decide a finding.
pub(crate) fn further(further: Further) -> Remark {
    let (text, values) = match further {
        Further::Families(1) => (Text::FurtherOne, Vec::new()),
        Further::Families(count) => {
            let count = number::count(u64::from(count));
            (Text::FurtherFamilies, vec![("count", count)])
        }
        Further::Missing => (Text::FurtherMissing, Vec::new()),
        Further::Never => (Text::FurtherNever, Vec::new()),
    };
    Remark { text, values }
}
