//! What a report says of the energy that the answers took.

use weigh_core::decimal::Decimal;
use weigh_core::energy::{Energy, Measured, Source};
use weigh_core::report::Report;

use crate::number;
use crate::remarks::Remark;
use crate::texts::{ReportLanguage, Text};

/// One suite's part.
pub(crate) struct Share<'a> {
    /// The suite's id.
    pub suite: &'a str,
    /// Tokens that were computed for it.
    pub tokens: u64,
    /// Joules for a thousand of its prompts.
    pub each: String,
}

/// How much it was, or why nobody knows. None where the record does not say.
pub(crate) fn figure(report: &Report, language: ReportLanguage) -> Option<Remark> {
    let energy = report.record.energy.as_ref()?;
    let (text, values) = match energy {
        Energy::NotMeasured(reason) => (Text::EnergyNotMeasured, vec![("reason", reason.clone())]),
        Energy::Measured(measured) => {
            let values = vec![
                ("joules", joules(measured.joules())),
                ("seconds", joules(Some(measured.seconds))),
                ("each", joules(measured.per_thousand(report.plan.trials))),
                ("counters", counters(measured, language)),
            ];
            (Text::EnergyMeasured, values)
        }
    };
    Some(Remark::new(text, values))
}

/// What the figure holds and what it does not.
pub(crate) fn notes(report: &Report) -> Vec<Remark> {
    let Some(Energy::Measured(measured)) = &report.record.energy else {
        return Vec::new();
    };
    let missing = measured.missing.iter();
    let missing =
        missing.map(|reason| Remark::new(Text::EnergyMissing, vec![("reason", reason.clone())]));
    let shared = Remark::new(Text::EnergyShared, Vec::new());
    missing.chain([shared]).collect()
}

/// The suites' parts, sorted by id; none where the model did not count tokens.
pub(crate) fn shares(report: &Report) -> Vec<Share<'_>> {
    let Some(Energy::Measured(measured)) = &report.record.energy else {
        return Vec::new();
    };
    let shares = measured.computed.iter().filter_map(|(suite, tokens)| {
        let planned = report.plan.suites.get(suite)?;
        Some(Share {
            suite,
            tokens: *tokens,
            each: joules(measured.per_thousand_of(suite, planned.trials)),
        })
    });
    shares.collect()
}

/// `RAPL package-0, package-1; NVML 0: NVIDIA H100`.
fn counters(measured: &Measured, language: ReportLanguage) -> String {
    let told = measured.counters.iter().map(|counted| {
        let source = match counted.source {
            Source::Rapl => "RAPL",
            Source::Nvml => "NVML",
            Source::Battery => Text::EnergyBattery.get(language),
        };
        format!("{source} {}", counted.covers.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn joules(value: Option<Decimal>) -> String {
    value.map_or_else(|| "\u{2013}".to_owned(), number::quantity)
}
