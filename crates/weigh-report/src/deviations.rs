//! Deviations from the method in the language of the page.
//!
//! The rule is that of reasons: the report has them in English and gives them once more as data; a
//! sentence that it does not give so stays in the words of the record.

use weigh_core::plan::Extended;
use weigh_core::report::{self, Deviation, Party, Report};
use weigh_core::suite::Tier;

use crate::context::ReportLanguage;
use crate::texts::Text;
use crate::told::{Told, Value, comma, then};
use crate::words;

/// A deviation on a page.
pub(crate) struct Sentence<'a> {
    /// In the words of the record.
    pub words: &'a str,
    /// In the language of the page; `None` where the words of the record are to stand.
    pub told: Option<Told>,
}

impl Sentence<'_> {
    /// Whether some of it is English on a page in another language.
    pub fn kept(&self) -> bool {
        self.told.as_ref().is_none_or(Told::kept)
    }
}

/// Every deviation of `report`, in its order.
pub(crate) fn deviations(report: &Report, language: ReportLanguage) -> Vec<Sentence<'_>> {
    let data = report::deviations(report).into_iter();
    let data = data.map(|data| data.filter(|_| language != ReportLanguage::En));
    let told = data.map(|data| told(&data?, language));
    let pairs = report.deviations.iter().zip(told);
    pairs
        .map(|(words, told)| Sentence { words, told })
        .collect()
}

/// The sentence that tells `deviation`; `None` where there is none.
fn told(deviation: &Deviation, language: ReportLanguage) -> Option<Told> {
    Some(match deviation {
        Deviation::Tier(Tier::Quick) => Told::plain(Text::DeviationQuick),
        Deviation::Tier(Tier::Standard) => Told::plain(Text::DeviationStandard),
        Deviation::Tier(Tier::Full) => return None,
        Deviation::Limit(limit) => Told::counted(Text::DeviationLimit, &[("limit", *limit)]),
        Deviation::Languages(languages) => {
            let name = |tag| Value::Foreign(words::language_name(tag, language));
            let names = Value::Several(languages.iter().map(name).collect(), comma(language));
            Told::plain(Text::DeviationLanguages).with("languages", names)
        }
        Deviation::Extended { suite, by } => extended(suite, *by),
        Deviation::Condition { of, name, values } => condition(*of, name, values, language),
        Deviation::Failed {
            of,
            kind,
            count,
            requests,
        } => {
            let text = match of {
                Party::Model => Text::DeviationFailed,
                Party::Judge => Text::DeviationJudgeFailed,
            };
            Told::counted(text, &[("count", *count), ("requests", *requests)])
                .with("kind", why(kind))
        }
        Deviation::Cut { count, texts } => {
            Told::counted(Text::DeviationCut, &[("count", *count), ("texts", *texts)])
        }
        Deviation::JudgeMissing { name, reason } => {
            let reason = Value::Kept(reason.clone());
            Told::named(Text::DeviationJudgeMissing, &[("name", name)]).with("reason", reason)
        }
        Deviation::WithoutScore {
            measure,
            suite,
            missing,
            planned,
            unscored,
        } => {
            let measure = words::measure(*measure, language);
            let count = |(reason, count): (&String, &u32)| {
                let counted = Told::counted(Text::ReasonCount, &[("count", *count)]);
                Value::Told(counted.with("reason", why(reason)))
            };
            let reasons = Value::Several(unscored.iter().map(count).collect(), comma(language));
            let names = [("measure", measure), ("suite", suite)];
            Told::named(Text::DeviationWithoutScore, &names)
                .with("missing", Value::Figure(missing.to_string()))
                .with("planned", Value::Figure(planned.to_string()))
                .with("reasons", reasons)
        }
    })
}

/// A kind of failure, or why units have no score.
fn why(kind: &str) -> Value {
    let known = words::unscored(kind).map(|text| Value::Told(Told::plain(text)));
    known.unwrap_or_else(|| Value::Foreign(kind.to_owned()))
}

fn extended(suite: &str, by: Extended) -> Told {
    let Extended {
        tier,
        families,
        look,
    } = by;
    let text = match tier {
        Tier::Quick => Text::DeviationExtendedQuick,
        Tier::Standard => Text::DeviationExtendedStandard,
        Tier::Full => Text::DeviationExtendedFull,
    };
    let counts = [("families", families), ("look", look)];
    Told::counted(text, &counts).with("suite", Value::Foreign(suite.to_owned()))
}

fn condition(of: Party, name: &str, values: &[Option<String>], language: ReportLanguage) -> Told {
    let text = match of {
        Party::Model => Text::DeviationCondition,
        Party::Judge => Text::DeviationJudgeCondition,
    };
    let value = |value: &Option<String>| match value {
        Some(value) => Value::Foreign(value.clone()),
        None => Value::Told(Told::plain(Text::NotStated)),
    };
    let values = Value::Several(values.iter().map(value).collect(), then(language));
    Told::named(text, &[("name", name)]).with("values", values)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use weigh_core::measure::MeasureName;

    use super::*;

    /// One of every sentence, and of its kinds.
    fn all() -> Vec<Deviation> {
        let text = str::to_owned;
        let unscored = [("cut", 13), ("failed_too_long", 2), ("`new`", 1)];
        let unscored = unscored.map(|(kind, count)| (text(kind), count));
        let languages = ["sw", "zh", "qqq"].map(|tag| tag.parse().unwrap());
        let mut all = vec![
            Deviation::Tier(Tier::Quick),
            Deviation::Tier(Tier::Standard),
            Deviation::Limit(3),
            Deviation::Languages(languages.to_vec()),
            Deviation::Cut {
                count: 381,
                texts: 484,
            },
            Deviation::JudgeMissing {
                name: text("<b>Judge</b>"),
                reason: text("it is not a model"),
            },
            Deviation::WithoutScore {
                measure: MeasureName::Refusal,
                suite: text("a/b"),
                missing: 16,
                planned: 48,
                unscored: BTreeMap::from(unscored),
            },
        ];
        for tier in [Tier::Quick, Tier::Standard, Tier::Full] {
            let (families, look) = (40, 2);
            let by = Extended {
                tier,
                families,
                look,
            };
            let suite = text("a/b");
            all.push(Deviation::Extended { suite, by });
        }
        for of in [Party::Model, Party::Judge] {
            all.push(Deviation::Condition {
                of,
                name: text("threads"),
                values: vec![Some(text("2")), None, Some(text("8"))],
            });
            all.push(Deviation::Failed {
                of,
                kind: text("failed_model"),
                count: 2,
                requests: 624,
            });
        }
        all
    }

    fn line(deviation: &Deviation, language: ReportLanguage) -> String {
        let told = told(deviation, language).unwrap();
        told.line(language, &str::to_owned)
    }

    /// The English column, of which the others are translations, says what the record says.
    #[test]
    fn the_english_texts_are_those_of_the_record() {
        let pairs = [
            ("sw, zh, qqq", "Swahili (sw), Chinese (zh), qqq"),
            ("Condition `threads`", "Condition threads"),
            ("`failed_model`", "model or machine failed"),
            ("judge `<b>Judge</b>`", "judge <b>Judge</b>"),
            ("uite `a/b`", "uite a/b"),
            ("`refusal`", "Refusal"),
            (
                "1 ``new``, 13 `cut`, 2 `failed_too_long`",
                "`new`: 1, answer was cut: 13, longer than the model's context: 2",
            ),
        ];
        for deviation in all() {
            let mut english = deviation.english();
            for (record, page) in pairs {
                english = english.replace(record, page);
            }
            assert_eq!(line(&deviation, ReportLanguage::En), english);
        }
        assert_eq!(told(&Deviation::Tier(Tier::Full), ReportLanguage::Zh), None);
    }

    #[test]
    fn every_sentence_in_every_language() {
        for language in ReportLanguage::ALL {
            let lines: Vec<String> = all().iter().map(|one| line(one, language)).collect();
            let shown = lines.join("\n").replace(['\u{2068}', '\u{2069}'], "¦");
            insta::assert_snapshot!(format!("sentences_{}", language.tag()), shown);
        }
    }
}
