//! Reasons of findings in the language of the page.
//!
//! The record has them in English. Its profile gives them once more as data; a reason whose English is
//! not the record's, word for word, stays in the words of the record.

use std::collections::BTreeMap;

use weigh_core::decimal::Decimal;
use weigh_core::profile::{Limit, Profile};
use weigh_core::report::Report;
use weigh_core::verdict::{Finding, Lies, Next, Position, Reason, figure, in_english, reasons};

use crate::context::ReportLanguage;
use crate::notes::{Notes, own};
use crate::number;
use crate::texts::Text;
use crate::told::{Told, Value};
use crate::words;

/// What extends a run.
const EXTEND: &str = "weigh run --extend RECORD";

/// The reasons and notes of a report's findings as data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reasons {
    /// By the requirement and the record's words.
    reasons: BTreeMap<(String, String), Vec<Reason>>,
    pub(crate) notes: Notes,
}

impl Reasons {
    /// The reasons and notes of `report` once more under `profile`; none where that is not the report's.
    #[must_use]
    pub fn of(report: &Report, profile: &Profile) -> Self {
        if profile.digest != report.plan.profile.digest {
            return Self::default();
        }
        let look = report.plan.look.as_ref().map_or(1, |look| look.number);
        let again = report.findings.iter().map(|finding| {
            let key = (finding.requirement.clone(), finding.reason.clone());
            let reasons = reasons(profile, &report.estimates, finding, look);
            (key, reasons)
        });
        let same = again.filter(|((_, words), reasons)| in_english(reasons) == *words);
        Self {
            reasons: same.collect(),
            notes: Notes::of(profile),
        }
    }

    /// The sentences of the reason in `language`; `None` where the words of the record are to stand.
    pub(crate) fn told(&self, finding: &Finding, language: ReportLanguage) -> Option<Vec<Told>> {
        if language == ReportLanguage::En {
            return None;
        }
        let key = (finding.requirement.clone(), finding.reason.clone());
        let reasons = self.reasons.get(&key)?.iter();
        let told: Option<Vec<Vec<Told>>> = reasons.map(|one| sentences(one, language)).collect();
        Some(told?.into_iter().flatten().collect())
    }
}

/// The sentences that tell `reason` in `language`; `None` where the profile has no words for it.
fn sentences(reason: &Reason, language: ReportLanguage) -> Option<Vec<Told>> {
    let told = match reason {
        Reason::Unmeasurable(why) => {
            let why = own(why, language)?;
            Told::named(Text::ReasonNotAssessed, &[("reason", why)])
        }
        Reason::NoSuite => Told::plain(Text::ReasonNoSuite),
        Reason::SuiteNotRun { suite } => Told::named(Text::ReasonSuiteNotRun, &[("suite", suite)]),
        Reason::NoCase { measure, suite } => {
            let measure = words::measure(*measure, language);
            Told::named(
                Text::ReasonNoCase,
                &[("measure", measure), ("suite", suite)],
            )
        }
        Reason::NoScore { planned } => Told::counted(Text::ReasonNoScore, &[("planned", *planned)]),
        Reason::Unbounded { missing, planned } => Told::counted(
            Text::ReasonUnbounded,
            &[("missing", *missing), ("planned", *planned)],
        ),
        Reason::FewClusters { clusters } => {
            Told::counted(Text::ReasonFewClusters, &[("clusters", *clusters)])
        }
        Reason::SmallSample { cases, missing } => Told::counted(
            Text::ReasonSmallSample,
            &[("cases", *cases), ("missing", *missing)],
        ),
        Reason::MissingUnits => Told::plain(Text::FurtherMissing),
        Reason::AtLimit => Told::plain(Text::FurtherNever),
        Reason::Families {
            more,
            clusters,
            next,
        } => families(*more, *clusters, *next),
        Reason::Interval {
            level,
            lower,
            upper,
            position,
        } => {
            let told = of_interval(*level, [*lower, *upper], position);
            return Some(vec![told, scored(position)]);
        }
        Reason::Point(position) => return Some(vec![of_point(position), scored(position)]),
    };
    Some(vec![told])
}

fn families(more: u32, clusters: u32, next: Next) -> Told {
    let text = match next {
        Next::Look(_) => Text::ReasonFamiliesLook,
        Next::Last(_) => Text::ReasonFamiliesLast,
        Next::NoLooks(_) => Text::ReasonFamiliesOwn,
    };
    let mut told = Told::counted(text, &[("more", more), ("clusters", clusters)]);
    let level = Value::Figure(number::level(next.level()));
    told.values
        .extend([("level", level), ("command", Value::Code(EXTEND))]);
    told
}

fn of_interval(level: Decimal, ends: [Decimal; 2], position: &Position) -> Told {
    let text = match position.lies {
        Lies::Within => Text::ReasonIntervalWithin,
        Lies::Across => Text::ReasonIntervalAcross,
        Lies::Outside => Text::ReasonIntervalOutside,
    };
    let mut told = against(text, position);
    let [lower, upper] = ends.map(|end| Value::Figure(figure(end, position.limit)));
    let level = Value::Figure(number::level(level));
    told.values
        .extend([("level", level), ("lower", lower), ("upper", upper)]);
    told
}

fn of_point(position: &Position) -> Told {
    let text = match position.lies {
        Lies::Within => Text::ReasonPointWithin,
        Lies::Across => Text::ReasonPointAcross,
        Lies::Outside => Text::ReasonPointOutside,
    };
    against(text, position)
}

/// The point and the limit, with the digits that the record gives them.
fn against(text: Text, position: &Position) -> Told {
    let point = figure(position.point, position.limit);
    let limit = match position.limit {
        Limit::AtLeast(least) => format!("≥ {least}"),
        Limit::AtMost(most) => format!("≤ {most}"),
    };
    let values = vec![
        ("point", Value::Figure(point)),
        ("limit", Value::Figure(limit)),
    ];
    Told { text, values }
}

/// How many of the units are scored.
fn scored(position: &Position) -> Told {
    let (scored, planned) = (("scored", position.scored), ("planned", position.planned));
    if position.scored == position.planned {
        return Told::counted(Text::ReasonAllScored, &[planned]);
    }
    Told::counted(Text::ReasonSomeScored, &[scored, planned])
}

#[cfg(test)]
mod tests {
    use weigh_core::measure::MeasureName;

    use super::*;
    use crate::told::separator;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// One of every sentence, and of its kinds.
    fn all() -> Vec<Reason> {
        let level = decimal("0.96");
        let mut all = vec![
            Reason::Unmeasurable(BTreeMap::from([
                ("en".parse().unwrap(), "It is a duty.".to_owned()),
                ("ar".parse().unwrap(), "هذا واجب.".to_owned()),
            ])),
            Reason::NoSuite,
            Reason::SuiteNotRun {
                suite: "a/b".to_owned(),
            },
            Reason::NoCase {
                measure: MeasureName::Refusal,
                suite: "a/b".to_owned(),
            },
            Reason::NoScore { planned: 3 },
            Reason::Unbounded {
                missing: 2,
                planned: 9,
            },
            Reason::FewClusters { clusters: 1 },
            Reason::SmallSample {
                cases: 300,
                missing: 210,
            },
            Reason::MissingUnits,
            Reason::AtLimit,
        ];
        for next in [Next::Look(level), Next::Last(level), Next::NoLooks(level)] {
            all.push(Reason::Families {
                more: 67,
                clusters: 40,
                next,
            });
        }
        let sides = [Lies::Within, Lies::Across, Lies::Outside];
        for (lies, limit) in sides.into_iter().zip([
            Limit::AtLeast(decimal("0.95")),
            Limit::AtMost(decimal("0.5")),
            Limit::AtLeast(decimal("-0.25")),
        ]) {
            let position = Position {
                point: decimal("-0.1029"),
                limit,
                lies,
                scored: 68,
                planned: if lies == Lies::Within { 68 } else { 70 },
            };
            all.push(Reason::Interval {
                level,
                lower: decimal("-0.2351"),
                upper: decimal("0.0393"),
                position,
            });
            all.push(Reason::Point(position));
        }
        all
    }

    fn line(reason: &Reason, language: ReportLanguage) -> Option<String> {
        let told = sentences(reason, language)?;
        let told: Vec<String> = told
            .iter()
            .map(|one| one.line(language, &str::to_owned))
            .collect();
        Some(told.join(separator(language)))
    }

    /// The English column, of which the others are translations, says what the record says.
    #[test]
    fn the_english_texts_are_those_of_the_record() {
        for reason in all() {
            let english = reason
                .english()
                .replace("measures refusal", "measures Refusal");
            let english = english
                .replace("limit of at least ", "limit of ≥ ")
                .replace("limit of at most ", "limit of ≤ ")
                .replace("; all ", ". All ");
            // Only reasons with a limit say how many units have a score.
            let english = english.replace("; 68", ". 68");
            assert_eq!(line(&reason, ReportLanguage::En), Some(english));
        }
    }

    #[test]
    fn every_sentence_in_every_language() {
        let mut shown = String::new();
        for language in ReportLanguage::ALL {
            for reason in all() {
                let line = line(&reason, language).unwrap_or_else(|| "-".to_owned());
                shown.push_str(&format!("{} {line}\n", language.tag()));
            }
        }
        let shown = shown.replace(['\u{2068}', '\u{2069}'], "¦");
        insta::assert_snapshot!("sentences", shown);
    }
}
