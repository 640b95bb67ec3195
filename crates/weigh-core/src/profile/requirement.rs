//! One requirement of a profile: its table, key by key.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeValue;

use super::{DecisionRule, Limit, Measured, Requirement, Scope, Step, Subject};
use crate::decimal::Decimal;
use crate::diagnostic::{Notes, code};
use crate::fields::{self, Fields, Located, known_word};
use crate::measure::{MeasureName, Scale};
use crate::names::{id_fault, tag_fault};
use crate::text::{fold, visible_line};

const RULES: [(&str, DecisionRule); 3] = [
    ("three-way", DecisionRule::ThreeWay),
    ("guard-band", DecisionRule::GuardBand),
    ("point", DecisionRule::Point),
];
/// The largest sample that a requirement asks for.
const MOST_CASES: u32 = 1_000_000;

/// Reads one requirement; `ids` are those before it, `looks` whether the profile has looks.
pub(super) fn requirement(
    notes: &mut Notes<'_>,
    item: Located<'_, '_>,
    (ids, looks): (&mut BTreeSet<String>, bool),
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
    let note = fields::english_or_per_language(notes, &mut table, "note");
    let unverified = fields::english_or_per_language(notes, &mut table, "unverified");
    let subject = subject(notes, &mut table, looks);
    table.finish(notes);
    Some(Requirement {
        id: id?.into_inner().to_owned(),
        title: title?,
        clause: clause?,
        note: note?,
        unverified: unverified?,
        subject: subject?,
    })
}

/// The clause of the basis, which may be left out.
fn clause(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Option<String>> {
    match table.optional("clause") {
        None => Some(None),
        Some(value) => {
            let text = fields::filled_text(notes, &table.name("clause"), value)?;
            Some(Some(text.into_inner().to_owned()))
        }
    }
}

fn subject(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>, looks: bool) -> Option<Subject> {
    let reason = table.optional("reason");
    if let Some(suite) = table.optional("suite") {
        if let Some(reason) = reason {
            let message = format!(
                "`{}` needs a requirement without a suite",
                table.name("reason")
            );
            let help = "write what a reader should know as `note`".to_owned();
            notes.add(code::MEASURED, reason.span().start, message, Some(help));
        }
        return measured(notes, table, suite, looks).map(Subject::Measured);
    }
    measures_nothing(notes, table);
    let reason = match reason {
        None => BTreeMap::new(),
        Some(_) => fields::per_language(notes, table, "reason")?,
    };
    Some(Subject::NotMeasurable(reason))
}

/// Without a suite, nothing may look as if something were measured.
fn measures_nothing(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) {
    for key in [
        "measure", "scope", "at_least", "at_most", "rule", "cases", "steps",
    ] {
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
    looks: bool,
) -> Option<Measured> {
    let suite = suite_id(notes, &table.name("suite"), suite);
    let measure = measure(notes, table);
    let scope = scope(notes, table);
    let limit = limit(notes, table, measure);
    let rule = rule(notes, table, looks);
    let cases = cases(notes, table);
    let steps = steps(notes, table, (limit, measure));
    Some(Measured {
        suite: suite?,
        measure: measure?,
        scope: scope?,
        limit: limit?,
        rule: rule?,
        cases: cases?,
        steps: steps?,
    })
}

/// The share of passes alone says nothing of confidence, so looks could not spend it.
fn rule(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>, looks: bool) -> Option<DecisionRule> {
    let rule = table.word(notes, "rule", &RULES)?;
    if looks && rule == DecisionRule::Point {
        let place = table
            .optional("rule")
            .map_or(table.start, |rule| rule.span().start);
        let message = "the profile has `looks`, and the rule `point` reads no interval".to_owned();
        let help = "take `three-way` or `guard-band`, or leave `looks` away".to_owned();
        notes.add(code::LOOKS, place, message, Some(help));
    }
    Some(rule)
}

/// The smallest sample.
fn cases(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Option<u32>> {
    match table.optional("cases") {
        None => Some(None),
        Some(value) => {
            fields::integer(notes, &table.name("cases"), value, (1, MOST_CASES)).map(Some)
        }
    }
}

/// Named grades, the best one first.
fn steps(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    (limit, measure): (Option<Limit>, Option<MeasureName>),
) -> Option<Vec<Step>> {
    if table.optional("steps").is_none() {
        return Some(Vec::new());
    }
    let (mut names, mut before) = (BTreeSet::new(), None);
    fields::tables(notes, table, "steps", |notes, step| {
        let name = step.required(notes, "name")?;
        let place = name.span().start;
        let name = fields::english_or_table(notes, step, "name", name)?;
        let mut english = name.iter().filter(|(tag, _)| tag.as_str() == "en");
        if let Some((_, english)) = english.find(|(_, text)| !names.insert(fold(text))) {
            let message = format!("the name `{}` stands twice", visible_line(english));
            notes.add(code::NOT_UNIQUE, place, message, None);
        }
        let value = step.required(notes, "limit");
        step.finish(notes);
        let value = value?;
        let reached = bound(notes, &step.name("limit"), value, measure)?;
        let worse =
            before.is_none_or(|better| limit.is_none_or(|limit| worse(limit, better, reached)));
        if !worse {
            let message = format!("`{}` is no worse than the one before", step.name("limit"));
            let help = "the best step comes first".to_owned();
            notes.add(code::STEPS, value.span().start, message, Some(help));
        }
        before = Some(reached);
        Some(Step {
            name,
            limit: reached,
        })
    })
}

/// Whether `next` is easier to reach than `better`.
fn worse(limit: Limit, better: Decimal, next: Decimal) -> bool {
    better != next && limit.at(next).holds(better)
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
    if scope.optional("language").is_some() {
        let tag = scope.text(notes, "language");
        scope.finish(notes);
        let tag = tag?;
        return fields::language(notes, tag.get_ref(), tag.span().start).map(Scope::Language);
    }
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
