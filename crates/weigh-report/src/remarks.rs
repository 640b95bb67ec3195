//! What a finding says beside its figures: samples, grades, notes, and what was not verified.

use weigh_core::verdict::{Finding, Further};

use crate::number;
use crate::reasons::Reasons;
use crate::texts::{ReportLanguage, Text};
use crate::told::{Told, Value};

/// Everything that `finding` says beside its figures, its notes as `reasons` has them.
pub(crate) fn remarks(finding: &Finding, language: ReportLanguage, reasons: &Reasons) -> Vec<Told> {
    let mut remarks = Vec::new();
    if let Some(cases) = finding.cases {
        let cases = number::count(u64::from(cases));
        remarks.push(Told::named(Text::SampleAsked, &[("cases", &cases)]));
    }
    if let Some(reached) = &finding.steps {
        let name = |step: &Option<String>| match step {
            Some(step) => reasons.notes.told(finding, step, language),
            None => Value::Told(Told::plain(Text::NoStep)),
        };
        let steps = Told::plain(Text::StepsReached).with("surely", name(&reached.surely));
        remarks.push(steps.with("point", name(&reached.point)));
    }
    let notes = [
        (Text::Remark, "note", &finding.note),
        (Text::Unverified, "what", &finding.unverified),
    ];
    remarks.extend(notes.into_iter().filter_map(|(text, slot, words)| {
        let value = reasons.notes.told(finding, words.as_deref()?, language);
        Some(Told::plain(text).with(slot, value))
    }));
    remarks
}

/// What it would take to decide a finding.
pub(crate) fn further(further: Further) -> Told {
    match further {
        Further::Families(1) => Told::plain(Text::FurtherOne),
        Further::Families(count) => {
            let count = number::count(u64::from(count));
            Told::named(Text::FurtherFamilies, &[("count", &count)])
        }
        Further::Missing => Told::plain(Text::FurtherMissing),
        Further::Never => Told::plain(Text::FurtherNever),
    }
}
