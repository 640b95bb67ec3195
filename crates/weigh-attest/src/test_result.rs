//! The report in in-toto's own words: a statement of type test-result v0.1, for tools that know
//! that type and not ours. It says which requirements passed, and nothing of figures.

use serde::{Deserialize, Serialize};
use weigh_core::digest::Digest;
use weigh_core::report::Report;
use weigh_core::stats::Stratum;
use weigh_core::verdict::{Finding, Verdict};

use crate::statement::{self, Resource, StatementFault};

/// The predicate type of in-toto's test results.
pub const PREDICATE_TYPE: &str = "https://in-toto.io/attestation/test-result/v0.1";

/// What a test came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Outcome {
    /// The verdict is that the item conforms.
    Passed,
    /// It cannot be told.
    Warned,
    /// The item does not conform.
    Failed,
}

/// The predicate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestResult {
    /// The whole.
    pub result: Outcome,
    /// What the test was: the report's payload, the profile and the suites, with their digests.
    pub configuration: Vec<Resource>,
    /// Requirements that hold; those of one language have it in brackets.
    pub passed_tests: Vec<String>,
    /// Requirements of which it cannot be told.
    pub warned_tests: Vec<String>,
    /// Requirements that do not hold.
    pub failed_tests: Vec<String>,
}

/// The canonical JSON of the statement that follows from `report`, whose own statement has the
/// digest `payload`.
///
/// # Errors
/// When the report cannot be stated: see [`statement::bytes`].
pub fn bytes(report: &Report, payload: Digest) -> Result<Vec<u8>, StatementFault> {
    let subject = statement::resources(&report.subject)?;
    statement::write(subject, PREDICATE_TYPE, of(report, payload))
}

fn of(report: &Report, payload: Digest) -> TestResult {
    let named = |outcome: Outcome| {
        let findings = report.findings.iter();
        let found = findings.filter(|finding| in_words(finding.verdict) == outcome);
        found.map(name).collect()
    };
    let profile = &report.plan.profile;
    let mut configuration = vec![
        Resource::new(format!("report:{}", report.id), payload),
        Resource::new(
            format!("profile:{}@{}", profile.id, profile.version),
            profile.digest,
        ),
    ];
    for (id, suite) in &report.plan.suites {
        let name = format!("suite:{id}@{}", suite.version);
        configuration.push(Resource::new(name, suite.digest));
    }
    TestResult {
        result: in_words(report.verdict),
        configuration,
        passed_tests: named(Outcome::Passed),
        warned_tests: named(Outcome::Warned),
        failed_tests: named(Outcome::Failed),
    }
}

const fn in_words(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Conforms => Outcome::Passed,
        Verdict::Inconclusive | Verdict::NotAssessed => Outcome::Warned,
        Verdict::DoesNotConform => Outcome::Failed,
    }
}

fn name(finding: &Finding) -> String {
    match &finding.stratum {
        Some(Stratum::Language(language)) => format!("{} ({language})", finding.requirement),
        Some(Stratum::All | Stratum::Tag(_)) | None => finding.requirement.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_report_is_told_in_in_totos_words() {
        let finding = |requirement: &str, stratum, verdict| Finding {
            requirement: requirement.to_owned(),
            title: String::new(),
            clause: None,
            stratum,
            limit: None,
            rule: None,
            estimate: None,
            verdict,
            reason: String::new(),
            cases: None,
            steps: None,
            note: None,
            unverified: None,
        };
        let swahili = Some(Stratum::Language("sw".parse().unwrap()));
        let mut report = sample::report();
        report.findings = vec![
            finding("adds", Some(Stratum::All), Verdict::Conforms),
            finding("refuses", swahili, Verdict::DoesNotConform),
            finding("reads", None, Verdict::NotAssessed),
            finding("writes", Some(Stratum::All), Verdict::Inconclusive),
        ];
        report.verdict = Verdict::DoesNotConform;
        let payload = Digest::of(&statement::bytes(&report).unwrap());
        let text = String::from_utf8(bytes(&report, payload).unwrap()).unwrap();
        let expect = "\"failedTests\":[\"refuses (sw)\"],\"passedTests\":[\"adds\"],\
                      \"result\":\"FAILED\",\"warnedTests\":[\"reads\",\"writes\"]},\
                      \"predicateType\":\"https://in-toto.io/attestation/test-result/v0.1\"";
        assert!(text.contains(expect), "{text}");
        let read = statement::read::<TestResult>(text.as_bytes(), PREDICATE_TYPE).unwrap();
        let named = [
            Resource::new("report:WH-0", payload),
            Resource::new("profile:baseline@1.0.0", report.plan.profile.digest),
        ];
        assert_eq!(read.predicate.configuration, named);
    }
}
