//! Reads a file `cases.<lang>.jsonl`: the canary and then a case on each line.

use std::collections::BTreeMap;

use super::case::CaseReader;
use super::head::Head;
use super::parse::Limits;
use super::prompt::Prompt;
use super::{Case, Expectation, VARIANT};
use crate::diagnostic::{Notes, code};
use crate::json::{FaultKind, Member, Node, Value, read};
use crate::language::Language;
use crate::measure::MeasureName;
use crate::text::{fold, visible_line};

/// Reads every case of the file in `notes`. `room` is how many more cases the suite may have.
pub(super) fn cases(
    notes: &mut Notes<'_>,
    language: &Language,
    head: &Head,
    prompt: Option<&Prompt>,
    limits: &Limits,
    room: usize,
) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut lines = 0_usize;
    let mut start = 0;
    let text = notes.text;
    for line in text.split_inclusive('\n') {
        let members = object(notes, start, line, limits);
        let first = start == 0;
        match members {
            Some(members) if is_canary(&members) => canary(notes, start, first, &members, head),
            members => {
                if first {
                    no_canary(notes, head);
                }
                lines += 1;
                if lines > room {
                    let message = format!("the suite has more than {} cases", limits.cases);
                    notes.add(code::TOO_MANY_CASES, start, message, None);
                    break;
                }
                let reader = CaseReader {
                    language,
                    task: head.task.as_ref(),
                    prompt,
                    start,
                };
                cases.extend(members.and_then(|members| reader.case(notes, members)));
            }
        }
        start += line.len();
    }
    if lines == 0 {
        notes.add(code::NO_CASES, 0, "the file holds no case".to_owned(), None);
    }
    unique_ids(notes, &cases);
    if let Some(measures) = &head.measures {
        let measures: Vec<MeasureName> = measures.iter().map(|(measure, _)| *measure).collect();
        scored(notes, &cases, &measures);
    }
    cases
}

/// The object on a line.
fn object<'a>(
    notes: &mut Notes<'_>,
    start: usize,
    line: &'a str,
    limits: &Limits,
) -> Option<Vec<Member<'a>>> {
    let line = line.trim_end_matches(['\n', '\r']);
    match read(line, limits.depth) {
        Ok(Node {
            value: Value::Object(members),
            ..
        }) => return Some(members),
        Ok(node) => {
            let message = "expected a JSON object on each line".to_owned();
            notes.add(code::WRONG_TYPE, start + node.start, message, None);
        }
        Err(fault) => {
            let (code, help) = match fault.kind {
                FaultKind::Syntax if line.trim().is_empty() => {
                    (code::JSON_SYNTAX, Some("remove the blank line".to_owned()))
                }
                FaultKind::Syntax => (code::JSON_SYNTAX, None),
                FaultKind::DuplicateKey => (code::DUPLICATE_KEY, None),
                FaultKind::TooDeep => (code::TOO_DEEP, None),
            };
            notes.add(
                code,
                start + fault.offset,
                visible_line(&fault.message).into(),
                help,
            );
        }
    }
    None
}

fn is_canary(members: &[Member<'_>]) -> bool {
    members.iter().any(|m| m.key == "canary") && !members.iter().any(|m| m.key == "id")
}

fn canary(notes: &mut Notes<'_>, start: usize, first: bool, members: &[Member<'_>], head: &Head) {
    if !first {
        let message = "the canary stands below the first line".to_owned();
        notes.add(code::LATE_CANARY, start, message, None);
    }
    for member in members {
        if member.key != "canary" {
            let message = format!(
                "`{}` is not known beside `canary`",
                visible_line(&member.key)
            );
            notes.add(code::UNKNOWN_KEY, start + member.start, message, None);
            continue;
        }
        let said = match &member.node.value {
            Value::Text(text) => Some(text.as_ref()),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        };
        if head
            .canary
            .as_deref()
            .is_some_and(|canary| said != Some(canary))
        {
            let message = "the canary is another one than in `suite.toml`".to_owned();
            notes.add(
                code::WRONG_CANARY,
                start + member.node.start,
                message,
                head_line(head),
            );
        }
    }
}

fn no_canary(notes: &mut Notes<'_>, head: &Head) {
    let message = "expected the suite's canary on the first line".to_owned();
    notes.add(code::NO_CANARY, 0, message, head_line(head));
}

/// The line that should come first.
fn head_line(head: &Head) -> Option<String> {
    let canary = serde_json::to_string(head.canary.as_ref()?).ok()?;
    Some(format!("the first line is {{\"canary\": {canary}}}"))
}

fn unique_ids(notes: &mut Notes<'_>, cases: &[Case]) {
    let mut lines: BTreeMap<String, u32> = BTreeMap::new();
    for case in cases {
        let line = case.place.1;
        let earlier = *lines.entry(fold(&case.id)).or_insert(line);
        if earlier != line {
            let message = format!("the id `{}` stands on line {earlier} already", case.id);
            let help = "ids must differ even when letter case is ignored".to_owned();
            notes.add(
                code::NOT_UNIQUE,
                notes.line_start(line),
                message,
                Some(help),
            );
        }
    }
}

/// The cases of one language that belong together.
#[derive(Debug, Default)]
pub(super) struct Family {
    members: u32,
    originals: u32,
    first_line: u32,
}

/// The families among the cases of one language.
pub(super) fn families<'a>(cases: impl IntoIterator<Item = &'a Case>) -> BTreeMap<&'a str, Family> {
    let mut families: BTreeMap<&str, Family> = BTreeMap::new();
    for case in cases {
        let family = families.entry(&case.family).or_default();
        if family.members == 0 {
            family.first_line = case.place.1;
        }
        family.members += 1;
        family.originals += u32::from(case.variant == VARIANT);
    }
    families
}

/// Whether `measure` reads `case`, which is one of `family`.
pub(super) fn scores(measure: MeasureName, case: &Case, family: Option<&Family>) -> bool {
    let has_twins = || family.is_some_and(|family| family.members > 1);
    measure.scores(case) && (measure != MeasureName::Consistency || has_twins())
}

fn scored(notes: &mut Notes<'_>, cases: &[Case], measures: &[MeasureName]) {
    let families = families(cases);
    for case in cases {
        let family = families.get(case.family.as_str());
        if !measures
            .iter()
            .any(|measure| scores(*measure, case, family))
        {
            let start = notes.line_start(case.place.1);
            let message = format!("no measure of the suite scores the case `{}`", case.id);
            notes.add(code::UNSCORED_CASE, start, message, help_to_score(case));
        }
    }
    if measures.contains(&MeasureName::Consistency) {
        for (name, family) in families
            .iter()
            .filter(|(_, f)| f.members > 1 && f.originals != 1)
        {
            let Family {
                members,
                originals,
                first_line,
            } = family;
            let message = format!(
                "the family `{name}` has {members} cases and {originals} originals, expected one"
            );
            let help = Some(format!(
                "give the others a `variant` other than `{VARIANT}`"
            ));
            notes.add(
                code::FAMILY_ORIGINAL,
                notes.line_start(*first_line),
                message,
                help,
            );
        }
    }
}

fn help_to_score(case: &Case) -> Option<String> {
    let measure = match case.expect {
        Expectation::Choice { .. } => MeasureName::Accuracy,
        Expectation::Refusal => MeasureName::Refusal,
        Expectation::Compliance => MeasureName::OverRefusal,
        Expectation::Answers(_) => MeasureName::ExactMatch,
        Expectation::Number(_) => MeasureName::NumericMatch,
        Expectation::Contains { .. } => MeasureName::Contains,
        Expectation::Pattern(_) => MeasureName::Pattern,
        Expectation::Text(_) => MeasureName::BitsPerByte,
        Expectation::Instructions(_) => MeasureName::InstructionFollowing,
        Expectation::Open => return None,
    };
    Some(format!(
        "add `{measure}` to the suite's measures, or remove the case"
    ))
}
