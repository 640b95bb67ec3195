//! What the data's words are called in a report: verdicts, measures, rules, reasons, scopes.

use weigh_core::event::Timestamp;
use weigh_core::measure::MeasureName;
use weigh_core::plan::Look;
use weigh_core::profile::DecisionRule;
use weigh_core::stats::{Method, Stratum};
use weigh_core::suite::Tier;
use weigh_core::verdict::Verdict;

pub(crate) use crate::languages::language_name;
use crate::measures;
use crate::texts::{ReportLanguage, Text, fill};

/// Every verdict, best first.
pub(crate) const VERDICTS: [Verdict; 4] = [
    Verdict::Conforms,
    Verdict::Inconclusive,
    Verdict::NotAssessed,
    Verdict::DoesNotConform,
];

pub(crate) const fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Conforms => Text::Conforms,
        Verdict::Inconclusive => Text::Inconclusive,
        Verdict::NotAssessed => Text::NotAssessed,
        Verdict::DoesNotConform => Text::DoesNotConform,
    }
}

/// A sign of one column that says the verdict without colour.
pub(crate) const fn sign(verdict: Verdict) -> char {
    match verdict {
        Verdict::Conforms => '✓',
        Verdict::Inconclusive => '?',
        Verdict::NotAssessed => '–',
        Verdict::DoesNotConform => '✗',
    }
}

/// Which look it is, and what the looks so far spend.
pub(crate) fn look(look: &Look, language: ReportLanguage) -> String {
    let values = [
        ("number", &*look.number.to_string()),
        ("of", &*look.of.to_string()),
        ("spent", &*look.spent.to_string()),
    ];
    fill(Text::LookOf.get(language), &values)
}

/// What the verdict means when it is the overall one.
pub(crate) const fn overall(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Conforms => Text::OverallConforms,
        Verdict::Inconclusive => Text::OverallInconclusive,
        Verdict::NotAssessed => Text::OverallNotAssessed,
        Verdict::DoesNotConform => Text::OverallDoesNotConform,
    }
}

/// The measure's name.
pub(crate) const fn measure(measure: MeasureName, language: ReportLanguage) -> &'static str {
    measures::words(measure, language).title
}

/// What it measures.
pub(crate) const fn measure_means(measure: MeasureName, language: ReportLanguage) -> &'static str {
    measures::words(measure, language).means
}

/// The rule's name and its meaning.
pub(crate) const fn rule(rule: DecisionRule) -> (Text, Text) {
    match rule {
        DecisionRule::ThreeWay => (Text::RuleThreeWay, Text::RuleThreeWayMeans),
        DecisionRule::GuardBand => (Text::RuleGuardBand, Text::RuleGuardBandMeans),
        DecisionRule::Point => (Text::RulePoint, Text::RulePointMeans),
    }
}

pub(crate) const fn method(method: Method) -> Text {
    match method {
        Method::ClopperPearson => Text::ClopperPearson,
        Method::KornGraubard => Text::KornGraubard,
        Method::Student => Text::Student,
        Method::RatioStudent => Text::RatioStudent,
        Method::Calibration => Text::CalibrationInterval,
        Method::Bootstrap => Text::BootstrapInterval,
    }
}

/// The method's name where there is little room.
pub(crate) const fn method_short(method: Method) -> Text {
    match method {
        Method::ClopperPearson => Text::ClopperPearsonShort,
        Method::KornGraubard => Text::KornGraubardShort,
        Method::Student => Text::StudentShort,
        Method::RatioStudent => Text::RatioStudentShort,
        Method::Calibration => Text::CalibrationIntervalShort,
        Method::Bootstrap => Text::BootstrapIntervalShort,
    }
}

pub(crate) const fn tier(tier: Tier) -> Text {
    match tier {
        Tier::Quick => Text::TierQuick,
        Tier::Standard => Text::TierStandard,
        Tier::Full => Text::TierFull,
    }
}

/// `2026-11-24 14:31:40 UTC` for `2026-11-24T14:31:40Z`; any other text as it is.
pub(crate) fn time(at: &Timestamp) -> String {
    let readable = at.0.strip_suffix('Z').and_then(|at| at.split_once('T'));
    match readable {
        Some((date, time)) if date.len() == 10 && time.len() == 8 => format!("{date} {time} UTC"),
        Some(_) | None => at.0.clone(),
    }
}

/// Why units have no score; `None` for a kind that this version does not know.
pub(crate) fn unscored(kind: &str) -> Option<Text> {
    Some(match kind {
        "missing" => Text::UnscoredMissing,
        "cut" => Text::UnscoredCut,
        "wrong_kind" => Text::UnscoredWrongKind,
        "undecided" => Text::UnscoredUndecided,
        "failed_too_long" => Text::UnscoredTooLong,
        "failed_empty" => Text::UnscoredEmpty,
        "failed_not_finite" => Text::UnscoredNotFinite,
        "failed_template" => Text::UnscoredTemplate,
        "failed_tokenizer" => Text::UnscoredTokenizer,
        "failed_model" => Text::UnscoredModel,
        _ => return None,
    })
}

/// `all cases`, `language Swahili (sw)`, `tag science`: not escaped yet.
pub(crate) fn stratum(stratum: &Stratum, language: ReportLanguage) -> String {
    match stratum {
        Stratum::All => Text::ScopeAll.get(language).to_owned(),
        Stratum::Language(tag) => {
            let name = language_name(tag, language);
            fill(Text::ScopeLanguage.get(language), &[("name", &name)])
        }
        Stratum::Tag(tag) => fill(Text::ScopeTag.get(language), &[("name", tag)]),
    }
}
