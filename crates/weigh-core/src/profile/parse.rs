//! From the bytes of a profile to what must hold, or to every fault in them.

use std::collections::BTreeSet;

use super::requirement::requirement;
use super::{Profile, Requirement, looks};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Notes, Severity, code, readable};
use crate::digest::Digest;
use crate::fields::{self, Fields, known_word};
use crate::names::id_fault;
use crate::text::visible_line;

/// The value of `format`, which may be left out.
const FORMAT: &str = "weighhouse-profile/1";
/// The most bytes of a profile.
const MOST_BYTES: usize = 1 << 20;

/// Reads the profile in `bytes`, the file `file_name`: `<id>.toml`.
///
/// # Errors
/// Every fault, sorted by place, warnings included.
pub fn parse(file_name: &str, bytes: &[u8]) -> Result<Profile, Vec<Diagnostic>> {
    let (profile, found) = check(file_name, bytes);
    profile.ok_or(found)
}

/// The same with every diagnostic, so that warnings about a usable profile are told, too.
#[must_use]
pub fn check(file_name: &str, bytes: &[u8]) -> (Option<Profile>, Vec<Diagnostic>) {
    let text = match readable(file_name, bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(fault) => return (None, vec![fault]),
    };
    let mut notes = Notes::new(file_name, text);
    let profile = profile(&mut notes, bytes);
    let mut found = notes.finish();
    found.sort();
    let failed = found.iter().any(|d| d.severity == Severity::Error);
    (profile.filter(|_| !failed), found)
}

fn profile(notes: &mut Notes<'_>, bytes: &[u8]) -> Option<Profile> {
    let document = fields::document(notes)?;
    let mut top = Fields::top(document.get_ref());
    if let Some(format) = top.optional("format") {
        let said = fields::text(notes, "format", format)?;
        known_word(notes, code::UNKNOWN_WORD, "format", &said, &[(FORMAT, ())]);
    }
    let id = id(notes, &mut top);
    let version = fields::version(notes, &mut top);
    let title = fields::title(notes, &mut top);
    let basis = top.texts(notes, "basis");
    let note = fields::english_or_per_language(notes, &mut top, "note");
    let confidence = confidence(notes, &mut top);
    let looks = looks::read(notes, &mut top, confidence);
    let has_looks = !matches!(looks.as_deref(), Some([]));
    let requirements = requirements(notes, &mut top, has_looks);
    top.finish(notes);
    Some(Profile {
        id: id?,
        version: version?,
        title: title?,
        basis: basis?
            .into_iter()
            .map(|text| text.into_inner().to_owned())
            .collect(),
        note: note?,
        confidence: confidence?,
        looks: looks?,
        requirements: requirements?,
        digest: Digest::of(bytes),
    })
}

fn id(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<String> {
    let id = top.text(notes, "id")?;
    let place = id.span().start;
    let id = id.into_inner();
    if let Some((code, message)) = id_fault("id", id) {
        notes.add(code, place, message, None);
    } else if notes.file.strip_suffix(".toml") != Some(id) {
        let file = visible_line(notes.file);
        let message = format!("the id is `{id}`, the file is `{file}`");
        let help = format!("rename the file to `{id}.toml`");
        notes.add(code::ID_NOT_PATH, place, message, Some(help));
    }
    Some(id.to_owned())
}

/// A confidence level is at least a half: below, an interval says less than a coin.
fn confidence(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<Decimal> {
    let value = top.required(notes, "confidence")?;
    let level = fields::decimal(notes, "confidence", value)?;
    if !(0.5..1.0).contains(&level.get()) {
        let message = format!("`confidence` is {level}, expected 0.5 to below 1");
        let help = Some("for instance `confidence = \"0.95\"`".to_owned());
        notes.add(code::OUT_OF_RANGE, value.span().start, message, help);
    }
    Some(level)
}

/// `looks`: whether the profile has some, so that every rule must read intervals.
fn requirements(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    looks: bool,
) -> Option<Vec<Requirement>> {
    let value = top.required(notes, "requirement")?;
    let items = fields::list(notes, "requirement", value)?;
    if items.is_empty() {
        let message = "the profile requires nothing".to_owned();
        notes.add(code::NO_REQUIREMENT, value.span().start, message, None);
    }
    let mut ids = BTreeSet::new();
    let mut requirements = Vec::new();
    for item in items {
        requirements.push(requirement(notes, item, (&mut ids, looks)));
    }
    requirements.into_iter().collect()
}
