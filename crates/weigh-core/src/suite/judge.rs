//! Reads the table `[judge]`: which model judges replies, and what it is asked in each language.

use std::collections::BTreeMap;

use super::head::Head;
use super::prompt::template;
use super::{Case, Task};
use crate::diagnostic::{Notes, code};
use crate::digest::Digest;
use crate::fields::{self, Fields, Located, owned};
use crate::judge::{Judge, PLACES, REPLY, Rubric};
use crate::language::Language;
use crate::measure::MeasureName;
use crate::names::id_fault;
use crate::text::{nfkc, visible_line};

/// The judge before the languages of the cases are known.
#[derive(Debug)]
pub(super) struct JudgeTable {
    /// Where it stands.
    pub place: usize,
    /// None where it has faults.
    read: Option<Read>,
}

#[derive(Debug)]
struct Read {
    model: String,
    sha256: Digest,
    default: Option<Rubric>,
    by_language: BTreeMap<Language, Rubric>,
}

impl JudgeTable {
    /// The judge of a suite with `cases`. None where the table has faults.
    pub fn of(&self, cases: &[Case]) -> Option<Judge> {
        let read = self.read.as_ref()?;
        let mut rubrics = BTreeMap::new();
        for language in languages(cases) {
            if let Some(rubric) = read.rubric(language) {
                rubrics.insert(language.clone(), rubric.clone());
            }
        }
        Some(Judge {
            model: read.model.clone(),
            sha256: read.sha256,
            rubrics,
        })
    }
}

impl Read {
    fn rubric(&self, language: &Language) -> Option<&Rubric> {
        self.by_language.get(language).or(self.default.as_ref())
    }
}

/// The languages of sorted cases that a judge may read, each once.
fn languages(cases: &[Case]) -> impl Iterator<Item = &Language> {
    let of_language = cases.chunk_by(|a, b| a.language == b.language);
    of_language
        .filter(|cases| cases.iter().any(|case| MeasureName::Judged.scores(case)))
        .filter_map(|cases| Some(&cases.first()?.language))
}

/// Reads the table `judge`.
pub(super) fn judge(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    task: Option<&Task>,
) -> Option<JudgeTable> {
    let value = top.optional("judge")?;
    let place = value.span().start;
    if task.is_some_and(|task| !MeasureName::Judged.fits(task)) {
        let message = "a judge reads replies, and the task asks for none".to_owned();
        let help = "take `task.kind = \"generate\"`, or remove `[judge]`".to_owned();
        notes.add(code::JUDGE_MISFIT, place, message, Some(help));
    }
    let read = table(notes, value);
    Some(JudgeTable { place, read })
}

fn table(notes: &mut Notes<'_>, value: Located<'_, '_>) -> Option<Read> {
    let mut table = Fields::of(notes, "judge", value)?;
    let model = other_model(notes, &mut table);
    let rubrics = table.table(notes, "rubric");
    table.finish(notes);
    let rubrics = rubrics?;
    let (mut default, mut by_language) = (None, BTreeMap::new());
    let mut whole = true;
    for (key, place, value) in rubrics.entries() {
        let Some(rubric) = rubric(notes, &rubrics.name(key), value) else {
            whole = false;
            continue;
        };
        if key == "default" {
            default = Some(rubric);
        } else if let Some(language) = fields::language(notes, key, place) {
            by_language.insert(language, rubric);
        }
    }
    let (model, sha256) = model?;
    let read = Read {
        model,
        sha256,
        default,
        by_language,
    };
    whole.then_some(read)
}

/// A model's name and the identity that it must have, for whoever reads replies.
pub(super) fn other_model(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
) -> Option<(String, Digest)> {
    let model = table.text(notes, "model");
    if let Some(model) = &model
        && let Some((code, message)) = id_fault("model", model.get_ref())
    {
        notes.add(code, model.span().start, message, None);
    }
    let sha256 = fields::digest(notes, table, "sha256");
    Some((owned(model?), sha256?))
}

fn rubric(notes: &mut Notes<'_>, name: &str, value: Located<'_, '_>) -> Option<Rubric> {
    let mut table = Fields::of(notes, name, value)?;
    let place = value.span().start;
    let text = table.required(notes, "template");
    let yes = table.text(notes, "yes");
    let no = table.text(notes, "no");
    let name = table.name("template");
    table.finish(notes);
    let text = text?;
    let mut parts = Vec::new();
    template(notes, &name, text, &mut parts)?;
    let template = parts.pop()?;
    let mut fits = true;
    let mut misfit = |notes: &mut Notes<'_>, message: String| {
        let help = PLACES.map(|place| format!("`{{{place}}}`")).join(", ");
        let help = format!("a rubric may name {help}");
        notes.add(code::JUDGE_MISFIT, text.span().start, message, Some(help));
        fits = false;
    };
    if let Some(field) = template.fields().find(|field| !PLACES.contains(field)) {
        let field = visible_line(field);
        misfit(
            notes,
            format!("`{name}` names `{{{field}}}`, which a judge does not get"),
        );
    }
    if !template.fields().any(|field| field == REPLY) {
        misfit(
            notes,
            format!("`{name}` does not name `{{reply}}`, so that the judge would not see it"),
        );
    }
    let (yes, no) = (owned(yes?), owned(no?));
    if nfkc(yes.trim()) == nfkc(no.trim()) {
        let message = "`yes` and `no` are equal".to_owned();
        notes.add(code::EQUAL_CHOICES, place, message, None);
        fits = false;
    }
    fits.then_some(Rubric { template, yes, no })
}

/// Notes a judge without its measure, the measure without a judge, and languages without a rubric.
pub(super) fn fits(notes: &mut Notes<'_>, head: &Head, cases: &[Case]) {
    let mut named = head.measures.iter().flatten().copied();
    let named = named.find(|(measure, _)| *measure == MeasureName::Judged);
    let Some(judge) = &head.judge else {
        if let Some((measure, place)) = named {
            let message = format!("the measure `{measure}` needs a judge");
            let help = "add `[judge]` with `model`, `sha256` and a rubric".to_owned();
            notes.add(code::JUDGE_MISFIT, place, message, Some(help));
        }
        return;
    };
    if named.is_none() && !head.usual_measures && head.measures.is_some() {
        let message = "the suite has a judge, and no measure that asks it".to_owned();
        let help = "add `judged` to the suite's measures, or remove `[judge]`".to_owned();
        notes.add(code::JUDGE_MISFIT, judge.place, message, Some(help));
    }
    let Some(read) = &judge.read else {
        return;
    };
    for language in languages(cases).filter(|language| read.rubric(language).is_none()) {
        let message = format!("the language `{language}` has no rubric");
        let help = format!("add `[judge.rubric.{language}]` or `[judge.rubric.default]`");
        notes.add(code::JUDGE_MISFIT, judge.place, message, Some(help));
    }
}
