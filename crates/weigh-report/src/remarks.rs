//! What a finding says beside its figures: samples, grades, notes, and what was not verified.

use weigh_core::verdict::{Finding, Further};

use crate::number;
use crate::reasons::Reasons;
use crate::texts::{ReportLanguage, Text, fill};

/// A fixed text and what stands in its slots: not escaped yet.
pub(crate) struct Remark {
    /// The text.
    pub text: Text,
    /// Its slots.
    pub values: Vec<(&'static str, String)>,
    /// What stands in them are the record's words on a page in another language.
    pub kept: bool,
}

impl Remark {
    /// A remark whose slots are the same in every language, or told in the page's.
    pub const fn new(text: Text, values: Vec<(&'static str, String)>) -> Self {
        let kept = false;
        Self { text, values, kept }
    }

    /// What stands in which slot.
    pub fn slots(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .map(|(slot, value)| (*slot, value.as_str()))
    }

    /// In one line; each value goes through `safe`.
    pub fn line(&self, language: ReportLanguage, safe: impl Fn(&str) -> String) -> String {
        let values: Vec<(&str, String)> = self
            .slots()
            .map(|(slot, value)| (slot, safe(value)))
            .collect();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(slot, value)| (*slot, value.as_str()))
            .collect();
        fill(self.text.get(language), &values)
    }
}

/// Everything that `finding` says beside its figures, its notes as `reasons` has them.
pub(crate) fn remarks(
    finding: &Finding,
    language: ReportLanguage,
    reasons: &Reasons,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut add = |text, values| remarks.push(Remark::new(text, values));
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
    let notes = [
        (Text::Remark, "note", &finding.note),
        (Text::Unverified, "what", &finding.unverified),
    ];
    remarks.extend(notes.into_iter().filter_map(|(text, slot, words)| {
        let note = reasons.notes.told(finding, words.as_deref()?, language);
        let values = vec![(slot, note.words.to_owned())];
        let kept = note.kept;
        Some(Remark { text, values, kept })
    }));
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
    Remark::new(text, values)
}
