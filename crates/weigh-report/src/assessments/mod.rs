//! One record under several profiles, for a terminal and in Markdown; `html/` has the page.

mod markdown;
mod table;

use weigh_core::verdict::{Assessed, Assessment, Verdict};

pub use self::markdown::assessments_markdown;
pub use self::table::assessments_table;

/// The order in which findings are told: what fails first, what nobody measured last.
const ORDER: [Verdict; 4] = [
    Verdict::DoesNotConform,
    Verdict::Inconclusive,
    Verdict::Conforms,
    Verdict::NotAssessed,
];

/// The findings by their verdicts, otherwise in the order of the profile.
pub(crate) fn worst_first(assessment: &Assessment) -> Vec<&Assessed> {
    let with = |verdict: Verdict| {
        let findings = assessment.findings.iter();
        findings.filter(move |one| one.finding.verdict == verdict)
    };
    ORDER.into_iter().flat_map(with).collect()
}

/// The worst verdict of all profiles; of none, that nothing was assessed.
pub(crate) fn worst(assessments: &[Assessment]) -> Verdict {
    let verdicts = assessments.iter().map(|one| one.verdict);
    verdicts.max().unwrap_or(Verdict::NotAssessed)
}
