//! From the bytes of a profile to what must hold, or to every fault in them.

use std::collections::BTreeSet;

use toml::de::DeValue;

use super::{DecisionRule, Limit, Measured, Profile, Requirement, Scope};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Notes, Severity, code, readable};
use crate::digest::Digest;
use crate::fields::{self, Fields, Located, known_word};
use crate::measure::{MeasureName, Scale};
use crate::names::{id_fault, tag_fault};
use crate::text::{fold, visible_line};

/// The value of `format`, which may be left out.
const FORMAT: &str = "weighhouse-profile/1";
/// The most bytes of a profile.
const MOST_BYTES: usize = 1 << 20;
const RULES: [(&str, DecisionRule); 3] = [
    ("three-way", DecisionRule::ThreeWay),
    ("guard-band", DecisionRule::GuardBand),
    ("point", DecisionRule::Point),
];

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
    let confidence = confidence(notes, &mut top);
    let requirements = requirements(notes, &mut top);
    top.finish(notes);
    Some(Profile {
        id: id?,
        version: version?,
        title: title?,
        basis: basis?
            .into_iter()
            .map(|text| text.into_inner().to_owned())
            .collect(),
        confidence: confidence?,
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

fn requirements(notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<Vec<Requirement>> {
    let value = top.required(notes, "requirement")?;
    let items = fields::list(notes, "requirement", value)?;
    if items.is_empty() {
        let message = "the profile requires nothing".to_owned();
        notes.add(code::NO_REQUIREMENT, value.span().start, message, None);
    }
    let mut ids = BTreeSet::new();
    let mut requirements = Vec::new();
    for item in items {
        requirements.push(requirement(notes, item, &mut ids));
    }
    requirements.into_iter().collect()
}

fn requirement(
    notes: &mut Notes<'_>,
    item: Located<'_, '_>,
    ids: &mut BTreeSet<String>,
) -> Option<Requirement> {
    let mut table = Fields::of(notes, "requirement", item)?;
    let id = table.text(notes, "id");
    if let Some(id) = &id {
        let place = id.span().start;
        if let Some((code, message)) = id_fault("id", id.get_ref()) {
            notes.add(code, place, message, None);
        }
        if !ids.insert(fold(id.get_ref())) {
            let message = format!("the id `{}` stands twice", visible_line(id.get_ref()));
            notes.add(code::NOT_UNIQUE, place, message, None);
        }
    }
    let title = fields::title(notes, &mut table);
    let clause = clause(notes, &mut table);
    let subject = match table.optional("suite") {
        Some(suite) => Some(measured(notes, &mut table, suite)),
        None => {
            measures_nothing(notes, &mut table);
            None
        }
    };
    table.finish(notes);
    Some(Requirement {
        id: id?.into_inner().to_owned(),
        title: title?,
        clause: clause?,
        subject: match subject {
            None => None,
            Some(measured) => Some(measured?),
        },
    })
}

fn clause(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Option<String>> {
    match table.optional("clause") {
        None => Some(None),
        Some(value) => {
            let clause = fields::filled_text(notes, &table.name("clause"), value)?;
            Some(Some(clause.into_inner().to_owned()))
        }
    }
}

/// Without a suite, nothing may look as if something were measured.
fn measures_nothing(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) {
    for key in ["measure", "scope", "at_least", "at_most", "rule"] {
        if let Some(value) = table.optional(key) {
            let message = format!("`{}` needs a `suite`", table.name(key));
            let help = "a requirement without a suite is reported as not assessed".to_owned();
            notes.add(code::UNMEASURED, value.span().start, message, Some(help));
        }
    }
}

fn measured(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    suite: Located<'_, '_>,
) -> Option<Measured> {
    let suite = suite_id(notes, &table.name("suite"), suite);
    let measure = measure(notes, table);
    let scope = scope(notes, table);
    let limit = limit(notes, table, measure);
    let rule = table.word(notes, "rule", &RULES);
    Some(Measured {
        suite: suite?,
        measure: measure?,
        scope: scope?,
        limit: limit?,
        rule: rule?,
    })
}

fn suite_id(notes: &mut Notes<'_>, name: &str, value: Located<'_, '_>) -> Option<String> {
    let suite = fields::filled_text(notes, name, value)?.into_inner();
    let parts: Vec<&str> = suite.split('/').collect();
    if parts.len() != 2 || parts.iter().any(|part| id_fault("suite", part).is_some()) {
        let message = format!(
            "`{name}` is `{}`, expected `<domain>/<name>`",
            visible_line(suite)
        );
        notes.add(code::BAD_ID, value.span().start, message, None);
    }
    Some(suite.to_owned())
}

fn measure(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<MeasureName> {
    let said = table.text(notes, "measure")?;
    let words = MeasureName::words();
    known_word(
        notes,
        code::UNKNOWN_MEASURE,
        &table.name("measure"),
        &said,
        &words,
    )
}

fn scope(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Scope> {
    let name = table.name("scope");
    let value = table.required(notes, "scope")?;
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        let said = fields::text(notes, &name, value)?;
        let words = [("all", false), ("each-language", true)];
        let each = known_word(notes, code::UNKNOWN_WORD, &name, &said, &words)?;
        return Some(if each {
            Scope::EachLanguage
        } else {
            Scope::All
        });
    }
    let mut scope = Fields::of(notes, &name, value)?;
    let tag = scope.text(notes, "tag");
    scope.finish(notes);
    let tag = tag?;
    if let Some((code, message)) = tag_fault(tag.get_ref()) {
        notes.add(code, tag.span().start, message, None);
    }
    Some(Scope::Tag(tag.into_inner().to_owned()))
}

fn limit(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    measure: Option<MeasureName>,
) -> Option<Limit> {
    let least = table.optional("at_least");
    let most = table.optional("at_most");
    match (least, most) {
        (Some(value), None) => {
            bound(notes, &table.name("at_least"), value, measure).map(Limit::AtLeast)
        }
        (None, Some(value)) => {
            bound(notes, &table.name("at_most"), value, measure).map(Limit::AtMost)
        }
        (Some(_), Some(_)) | (None, None) => {
            let message = "expected either `at_least` or `at_most`".to_owned();
            notes.add(code::LIMIT, table.start, message, None);
            None
        }
    }
}

/// A limit lies where the measure's figure can.
fn bound(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'_, '_>,
    measure: Option<MeasureName>,
) -> Option<Decimal> {
    let limit = fields::decimal(notes, name, value)?;
    let (least, most) = match measure?.scale() {
        Scale::Proportion | Scale::Calibration | Scale::Selective | Scale::Corpus => (0.0, 1.0),
        Scale::Mean(range) => (range.least, range.most),
        Scale::Ratio => (0.0, f64::INFINITY),
        Scale::Exponential => (1.0, f64::INFINITY),
    };
    if !(least..=most).contains(&limit.get()) {
        let range = if most.is_finite() {
            format!("{least} to {most}")
        } else {
            format!("{least} or more")
        };
        let message = format!("`{name}` is {limit}, expected {range}");
        notes.add(code::OUT_OF_RANGE, value.span().start, message, None);
    }
    Some(limit)
}
