//! Titles of requirements in the language of the page.

use weigh_core::profile::Profile;
use weigh_core::report::Report;

use crate::context::ReportLanguage;
use crate::notes::own;

/// The report with the titles of its requirements in `language`. The report holds them in English; where
/// `profile` has no other, or is not the report's, they stay. For pages only: what is signed is the
/// report as it was.
#[must_use]
pub fn titled(mut report: Report, profile: &Profile, language: ReportLanguage) -> Report {
    if profile.digest != report.plan.profile.digest {
        return report;
    }
    for finding in &mut report.findings {
        let mut requirements = profile.requirements.iter();
        let requirement = requirements.find(|one| one.id == finding.requirement);
        if let Some(title) = requirement.and_then(|one| own(&one.title, language)) {
            title.clone_into(&mut finding.title);
        }
    }
    report
}
