//! Reads a file `cases.<lang>.jsonl`: the canary and then a case on each line.

use std::collections::BTreeMap;

use super::case::CaseReader;
use super::head::Head;
use super::parse::Limits;
use super::perturb::made;
use super::prompt::Prompt;
use super::values::Values;
use super::{Case, fit, shots};
use crate::diagnostic::{Diagnostic, Notes, code};
use crate::json::{FaultKind, Member, Node, Value, read};
use crate::language::Language;
use crate::text::{fold, visible_line};

/// What must be known to read the cases of one language.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub head: &'a Head,
    pub language: &'a Language,
    pub prompt: Option<&'a Prompt>,
    pub limits: &'a Limits,
    /// Whether they are solved examples.
    pub pool: bool,
}

impl Reading<'_> {
    /// The case in the object that begins at byte `start`, whose places count from byte `base`.
    pub fn case(
        self,
        notes: &mut Notes<'_>,
        base: usize,
        start: usize,
        members: Vec<Member<'_>>,
    ) -> Option<Case> {
        if members.len() > self.limits.keys {
            let (has, most) = (members.len(), self.limits.keys);
            let message = format!("the case has {has} keys, at most {most}");
            notes.add(code::TOO_MANY_KEYS, start, message, None);
            return None;
        }
        let reader = CaseReader {
            language: self.language,
            head: self.head,
            prompt: self.prompt,
            start,
            values: Values { base },
        };
        let case = reader.case(notes, members)?;
        let length = self.prompt.map_or(0, |prompt| prompt.length(&case));
        if length > self.limits.prompt {
            let message = format!(
                "the prompt has {length} bytes, at most {}",
                self.limits.prompt
            );
            notes.add(code::PROMPT_TOO_LONG, start, message, None);
            return None;
        }
        Some(case)
    }

    /// Checks the cases of a language with each other, and adds those that the suite makes.
    pub fn complete(
        self,
        notes: &mut Notes<'_>,
        mut cases: Vec<Case>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Case> {
        unique_ids(notes, &cases);
        if self.pool {
            shots::solved(notes, &cases);
        } else {
            self.add_made(&mut cases, notes, found);
            if let Some(measures) = self.head.measures_of(&cases) {
                fit::scored(notes, &cases, &measures);
            }
        }
        cases.sort_by(|a, b| a.id.cmp(&b.id));
        cases
    }

    fn add_made(self, cases: &mut Vec<Case>, notes: &mut Notes<'_>, found: &mut Vec<Diagnostic>) {
        let (Some(prompt), Some(suite)) = (self.prompt, &self.head.id) else {
            return;
        };
        let perturb = self.head.perturb.as_ref();
        let each = perturb.map_or(0, |perturb| perturb.recipes.len());
        let most = cases.len() * (1 + each + usize::from(prompt.control.is_some()));
        if most > self.limits.cases {
            return too_many(notes, false, self.limits, 0);
        }
        let mut of_suite = Vec::new();
        for case in cases.iter() {
            of_suite.extend(made(suite, case, prompt, perturb, found));
        }
        cases.append(&mut of_suite);
    }
}

/// Notes that there are too many cases, or solved examples.
pub(super) fn too_many(notes: &mut Notes<'_>, pool: bool, limits: &Limits, place: usize) {
    let message = if pool {
        format!("a language has more than {} solved examples", limits.shots)
    } else {
        format!("the suite has more than {} cases", limits.cases)
    };
    notes.add(code::TOO_MANY_CASES, place, message, None);
}

/// Reads every case of the file in `notes`. `room` is how many more cases the suite may have.
pub(super) fn cases(
    notes: &mut Notes<'_>,
    reading: Reading<'_>,
    room: usize,
    found: &mut Vec<Diagnostic>,
) -> Vec<Case> {
    let Reading { head, limits, .. } = reading;
    let mut cases = Vec::new();
    let mut lines = 0_usize;
    let mut start = 0;
    let text = notes.text;
    // Far too many lines are not even read: the canary is none of the cases.
    if notes.lines() > 2 * (room + 2) {
        too_many(notes, reading.pool, limits, notes.line_start(u32::MAX));
        return cases;
    }
    for line in text.split_inclusive('\n') {
        let members = object(notes, start, line, limits.depth);
        let first = start == 0;
        match members {
            Some(members) if is_canary(&members) => canary(notes, start, first, &members, head),
            members => {
                if first && head.canary.as_deref() != Some("") {
                    no_canary(notes, head);
                }
                lines += 1;
                if lines > room {
                    too_many(notes, reading.pool, limits, start);
                    break;
                }
                cases.extend(members.and_then(|m| reading.case(notes, start, start, m)));
            }
        }
        start += line.len();
    }
    if lines == 0 {
        notes.add(code::NO_CASES, 0, "the file holds no case".to_owned(), None);
    }
    reading.complete(notes, cases, found)
}

/// The object on a line that begins at byte `start`, with at most `depth` nested values.
pub(crate) fn object<'a>(
    notes: &mut Notes<'_>,
    start: usize,
    line: &'a str,
    depth: usize,
) -> Option<Vec<Member<'a>>> {
    let line = line.trim_end_matches(['\n', '\r']);
    match read(line, depth) {
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
        if let Some(earlier) = lines.insert(fold(&case.id), line) {
            let message = format!("the id `{}` stands on line {earlier} already", case.id);
            let help = "ids must differ even when letter case is ignored".to_owned();
            let place = notes.line_start(line);
            notes.add(code::NOT_UNIQUE, place, message, Some(help));
        }
    }
}
