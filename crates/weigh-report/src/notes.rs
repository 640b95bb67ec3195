//! Notes of requirements, and what of them was not verified, in the language of the page.
//!
//! The rule is that of reasons: the record has them in English, and a text whose English the profile
//! does not have, word for word, stays in the words of the record.

use std::collections::BTreeMap;

use weigh_core::language::Language;
use weigh_core::profile::{Profile, Requirement};
use weigh_core::verdict::Finding;

use crate::context::ReportLanguage;

/// A profile's notes, by the requirement and their words in English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Notes(BTreeMap<(String, String), BTreeMap<Language, String>>);

/// A note in the words of a page.
pub(crate) struct Note<'a> {
    /// The words.
    pub words: &'a str,
    /// They are the record's on a page in another language.
    pub kept: bool,
}

impl Notes {
    /// The notes of `profile`.
    pub fn of(profile: &Profile) -> Self {
        let notes = profile.requirements.iter().flat_map(notes_of);
        Self(notes.collect())
    }

    /// What `words`, a note of `finding` in the record, are in `language`.
    pub fn told<'a>(
        &'a self,
        finding: &Finding,
        words: &'a str,
        language: ReportLanguage,
    ) -> Note<'a> {
        let key = (finding.requirement.clone(), words.to_owned());
        let told = self.0.get(&key).and_then(|texts| own(texts, language));
        match (language, told) {
            (ReportLanguage::En, _) => Note { words, kept: false },
            (_, Some(words)) => Note { words, kept: false },
            (_, None) => Note { words, kept: true },
        }
    }
}

/// The notes of a requirement by their words in English.
fn notes_of(
    requirement: &Requirement,
) -> impl Iterator<Item = ((String, String), BTreeMap<Language, String>)> {
    let texts = [&requirement.note, &requirement.unverified].into_iter();
    texts.filter_map(|texts| {
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
