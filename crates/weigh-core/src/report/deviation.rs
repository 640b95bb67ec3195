//! A deviation from the method as data: one variant a sentence. In English it is the signed text.

use std::collections::BTreeMap;

use crate::language::Language;
use crate::measure::MeasureName;
use crate::plan::Extended;
use crate::suite::Tier;

/// What stands for the value of a condition that a stretch of work does not state.
const NOT_STATED: &str = "not stated";

/// A deviation from the method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deviation {
    /// Only cases up to this tier were run: not [`Tier::Full`], which leaves nothing out.
    Tier(Tier),
    /// At most so many families of each suite and language were run.
    Limit(u32),
    /// Only these languages were run.
    Languages(Vec<Language>),
    /// There is more of a suite than the options say.
    Extended {
        /// The suite's id.
        suite: String,
        /// How much of it there is.
        by: Extended,
    },
    /// A condition was not the same in every stretch of work.
    Condition {
        /// Whose condition.
        of: Party,
        /// Its name.
        name: String,
        /// Its different values in the order of their first appearance; `None` where it is not stated.
        values: Vec<Option<String>>,
    },
    /// Requests failed.
    Failed {
        /// Who was asked.
        of: Party,
        /// The kind of failure, [`crate::request::Failure::kind`].
        kind: String,
        /// Requests that failed so.
        count: u64,
        /// Requests in all.
        requests: u64,
    },
    /// Texts were cut at their limit of tokens.
    Cut {
        /// Texts that were cut.
        count: u64,
        /// Texts in all.
        texts: u64,
    },
    /// A judge could not be opened.
    JudgeMissing {
        /// The name that its suite gives it.
        name: String,
        /// Why, in the words of whatever could not open it.
        reason: String,
    },
    /// Units of a whole suite have no score.
    WithoutScore {
        /// The measure.
        measure: MeasureName,
        /// The suite's id.
        suite: String,
        /// Units without a score.
        missing: u32,
        /// Planned units.
        planned: u32,
        /// Units without a score by reason.
        unscored: BTreeMap<String, u32>,
    },
}

/// Who answers requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// The model that is tested.
    Model,
    /// A judge.
    Judge,
}

impl Deviation {
    /// The sentence in English, as it stands in a report.
    #[must_use]
    pub fn english(&self) -> String {
        match self {
            Self::Tier(tier) => {
                let tier = match tier {
                    Tier::Quick => "quick",
                    Tier::Standard => "standard",
                    Tier::Full => "full",
                };
                format!("Only the {tier} tier of each suite was run.")
            }
            Self::Limit(limit) => {
                let families = if *limit == 1 { "family" } else { "families" };
                format!("At most {limit} {families} of each suite and language were run.")
            }
            Self::Languages(languages) => {
                let languages: Vec<&str> = languages.iter().map(Language::as_str).collect();
                format!("Only these languages were run: {}.", languages.join(", "))
            }
            Self::Extended { suite, by } => extended(suite, *by),
            Self::Condition { of, name, values } => condition(*of, name, values),
            Self::Failed {
                of,
                kind,
                count,
                requests,
            } => {
                let whose = failed(*of);
                format!("{whose} (`{kind}`): {count} of {requests}.")
            }
            Self::Cut { count, texts } => format!("{CUT}{count} of {texts}."),
            Self::JudgeMissing { name, reason } => {
                format!("The judge `{name}` could not be opened: {reason}.")
            }
            Self::WithoutScore {
                measure,
                suite,
                missing,
                planned,
                unscored,
            } => {
                let reason = |(reason, count): (&String, &u32)| format!("{count} `{reason}`");
                let reasons: Vec<String> = unscored.iter().map(reason).collect();
                let reasons = reasons.join(", ");
                format!(
                    "Units of `{measure}` in suite `{suite}` without a score: {missing} of {planned} \
                     ({reasons})."
                )
            }
        }
    }

    /// What `sentence` says of counts that only the answers hold. None where it says anything else.
    pub(super) fn counted(sentence: &str) -> Option<Self> {
        let read = |(count, all): (&str, &str)| Some((count.parse().ok()?, all.parse().ok()?));
        let of = |counts: &str| read(counts.strip_suffix('.')?.split_once(" of ")?);
        let parties = [Party::Model, Party::Judge].into_iter();
        let failed = parties.filter_map(|party| {
            let rest = sentence.strip_prefix(failed(party))?;
            let (kind, counts) = rest.strip_prefix(" (`")?.split_once("`): ")?;
            let (count, requests) = of(counts)?;
            Some(Self::Failed {
                of: party,
                kind: kind.to_owned(),
                count,
                requests,
            })
        });
        let cut = sentence.strip_prefix(CUT).and_then(of);
        let cut = cut.map(|(count, texts)| Self::Cut { count, texts });
        // Numbers can be written in more than one way.
        let mut read = failed.chain(cut);
        read.find(|deviation| deviation.english() == sentence)
    }
}

/// What the sentence of cut texts begins with.
const CUT: &str = "Texts cut at their limit of tokens: ";

/// What the sentence of failed requests begins with.
const fn failed(of: Party) -> &'static str {
    match of {
        Party::Model => "Failed requests",
        Party::Judge => "Failed requests to a judge",
    }
}

fn extended(suite: &str, by: Extended) -> String {
    let Extended {
        tier,
        families,
        look,
    } = by;
    let tier = match tier {
        Tier::Quick => "of the quick tier",
        Tier::Standard => "up to the standard tier",
        Tier::Full => "of all tiers",
    };
    format!(
        "Suite `{suite}` was extended at look {look}: at most {families} families of each language, {tier}."
    )
}

fn condition(of: Party, name: &str, values: &[Option<String>]) -> String {
    let values: Vec<&str> = values.iter().map(|value| stated(value.as_ref())).collect();
    let whose = match of {
        Party::Model => "",
        Party::Judge => "Of a judge: ",
    };
    let values = values.join(", then ");
    format!("{whose}Condition `{name}` changed during the run: {values}.")
}

/// The value of a condition in the words of the report.
pub(super) fn stated(value: Option<&String>) -> &str {
    value.map_or(NOT_STATED, String::as_str)
}
