//! Notes of requirements, what of them was not verified, and names of steps in the language of the page.
//!
//! The rule is that of reasons: the record has them in English, and a text whose English the profile
//! does not have, word for word, stays in the words of the record.

use std::collections::BTreeMap;

use weigh_core::language::Language;
use weigh_core::profile::{Profile, Requirement};
use weigh_core::verdict::Finding;

use crate::context::ReportLanguage;
use crate::told::Value;

/// A profile's notes and names of steps, by the requirement and their words in English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Notes(BTreeMap<(String, String), BTreeMap<Language, String>>);

impl Notes {
    /// The notes of `profile`.
    pub fn of(profile: &Profile) -> Self {
        let notes = profile.requirements.iter().flat_map(notes_of);
        Self(notes.collect())
    }

    /// What `words`, a note of `finding` or a step in the record, are in `language`.
    pub fn told(&self, finding: &Finding, words: &str, language: ReportLanguage) -> Value {
        let key = (finding.requirement.clone(), words.to_owned());
        let told = self.0.get(&key).and_then(|texts| own(texts, language));
        match (language, told) {
            (ReportLanguage::En, _) => Value::Foreign(words.to_owned()),
            (_, Some(told)) => Value::Foreign(told.to_owned()),
            (_, None) => Value::Kept(words.to_owned()),
        }
    }
}

/// The notes of a requirement and the names of its steps by their words in English.
fn notes_of(
    requirement: &Requirement,
) -> impl Iterator<Item = ((String, String), BTreeMap<Language, String>)> {
    let notes = [&requirement.note, &requirement.unverified].into_iter();
    let steps = requirement.measured().map(|measured| &measured.steps);
    let names = steps.into_iter().flatten().map(|step| &step.name);
    notes.chain(names).filter_map(|texts| {
        let english = own(texts, ReportLanguage::En)?;
        let key = (requirement.id.clone(), english.to_owned());
        Some((key, texts.clone()))
    })
}

/// The profile's text in `language`.
pub(crate) fn own(texts: &BTreeMap<Language, String>, language: ReportLanguage) -> Option<&str> {
    let mut texts = texts.iter();
    let own = texts.find(|(tag, _)| tag.primary() == language.tag());
    own.map(|(_, text)| text.as_str())
}
