//! From the files of a folder to a suite, or to every fault in them.

use std::collections::BTreeMap;

use super::cases::{Reading, cases};
use super::fit::{families, scores};
use super::folder::{Folder, sort_out};
use super::head::{Head, Style, head};
use super::lint::lint;
use super::local::{OneFile, one_file};
use super::manifest::{digest, manifest};
use super::prompt::{Prompt, Prompts};
use super::table::table_cases;
use super::{Case, Suite, shots};
use super::{embedding, judge};
use crate::diagnostic::{Diagnostic, Notes, Severity, code, whole_file};
use crate::fields;
use crate::language::Language;
use crate::plan::MOST_ASKED;

/// One file of a suite's folder.
#[derive(Debug, Clone, Copy)]
pub struct SuiteFile<'a> {
    /// Path relative to the folder, with `/` between its parts.
    pub path: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// A suite without an error, and what somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The suite.
    pub suite: Suite,
    /// Warnings, sorted by place.
    pub warnings: Vec<Diagnostic>,
}

/// What bounds the time and memory that a hostile folder can take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Bytes of a file.
    pub file: usize,
    /// Bytes of `suite.toml`, of which a reader makes many times as much.
    pub head: usize,
    /// Bytes of a table, every cell of which is held.
    pub table: usize,
    /// Bytes of a line.
    pub line: usize,
    /// Cases of a suite.
    pub cases: usize,
    /// Solved examples of a language: each is ranked for each case.
    pub shots: usize,
    /// Keys of a case, columns of a table.
    pub keys: usize,
    /// Bytes of a prompt, its templates filled.
    pub prompt: usize,
    /// Bytes of all prompts of a suite.
    pub prompts: usize,
    /// Nested arrays and objects.
    pub depth: usize,
}

pub(super) const LIMITS: Limits = Limits {
    file: 64 << 20,
    head: 1 << 20,
    table: 4 << 20,
    line: 1 << 20,
    cases: 1_000_000,
    shots: 1_000,
    keys: 1_000,
    prompt: 1 << 20,
    prompts: MOST_ASKED,
    depth: 16,
};

/// Reads the suite in `files`, the folder `suites/<id>/`.
///
/// # Errors
/// Every fault in every file, sorted by place, warnings included.
pub fn parse(id: &str, files: &[SuiteFile<'_>]) -> Result<Parsed, Vec<Diagnostic>> {
    parse_within(&LIMITS, id, files)
}

/// What was read of a suite, whatever is wrong with it.
pub(super) struct Draft<'a> {
    pub head: Head,
    pub cases: Vec<Case>,
    pub shots: Vec<Case>,
    /// The file of the head.
    pub notes: Notes<'a>,
    /// What was found in other files.
    pub found: Vec<Diagnostic>,
}

pub(super) fn parse_within(
    limits: &Limits,
    id: &str,
    files: &[SuiteFile<'_>],
) -> Result<Parsed, Vec<Diagnostic>> {
    let draft = match OneFile::of(id, files) {
        Some(file) => one_file(file, id, files, limits),
        None => folder(id, files, limits),
    };
    let Draft {
        head,
        cases,
        shots,
        mut notes,
        mut found,
    } = draft;
    shots::enough(&mut notes, &head, &cases, &shots);
    if !found.iter().any(|d| d.severity == Severity::Error) {
        idle_measures(&mut notes, &head, &cases);
        judge::fits(&mut notes, &head, &cases);
        embedding::fits(&mut notes, &head, &cases);
    }
    found.extend(notes.finish());
    let failed = |found: &[Diagnostic]| found.iter().any(|d| d.severity == Severity::Error);
    let suite = if failed(&found) {
        None
    } else {
        suite(&head, cases, shots, files)
    };
    match (suite, &head.prompts) {
        (Some(suite), Some(prompts)) => {
            found.extend(lint(&suite, prompts, &head));
            found.sort();
            Ok(Parsed {
                suite,
                warnings: found,
            })
        }
        _ => {
            found.sort();
            Err(found)
        }
    }
}

/// Reads a suite of several files.
fn folder<'a>(id: &str, files: &[SuiteFile<'a>], limits: &Limits) -> Draft<'a> {
    let mut found = Vec::new();
    let style = Style {
        id,
        one_file: false,
    };
    let folder = sort_out(files, style.is_local(), limits, &mut found);
    let mut notes = Notes::new("suite.toml", folder.head.unwrap_or_default());
    let document = folder.head.and_then(|_| fields::document(&mut notes));
    let head = match document {
        Some(document) => head(&mut notes, document.get_ref(), style),
        None => Head::default(),
    };
    let cases = all_cases(&folder.cases, &head, limits, false, &mut found);
    let shots = all_cases(&folder.shots, &head, limits, true, &mut found);
    if let Some(prompts) = &head.prompts {
        unused_prompts(&mut notes, prompts, &folder);
    }
    if let (None, Some((path, _))) = (&head.few_shot, folder.shots.values().next())
        && head.id.is_some()
    {
        let message = "there are solved examples, and the suite has no `[few_shot]`".to_owned();
        found.push(whole_file(path, code::SHOTS_MISFIT, message, None));
    }
    Draft {
        head,
        cases,
        shots,
        notes,
        found,
    }
}

/// The prompt of `language`. Where there is none, `path` is where its cases stand.
pub(super) fn prompt_of<'h>(
    head: &'h Head,
    language: &Language,
    path: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<&'h Prompt> {
    let own = head.prompts.as_ref()?.of(language);
    if own.is_none() {
        let message = format!("the language `{language}` has no prompt");
        let help = format!("add `[prompt.{language}]` or `[prompt.default]` to the suite");
        found.push(whole_file(path, code::NO_PROMPT, message, Some(help)));
    }
    own.flatten()
}

/// The cases of every file, sorted by language and id.
fn all_cases(
    files: &BTreeMap<Language, (&str, &str)>,
    head: &Head,
    limits: &Limits,
    pool: bool,
    found: &mut Vec<Diagnostic>,
) -> Vec<Case> {
    let mut all: Vec<Case> = Vec::new();
    let mut prompts = 0;
    for (language, (path, text)) in files {
        let mut notes = Notes::new(path, text);
        let reading = Reading {
            head,
            language,
            prompt: prompt_of(head, language, path, found),
            limits,
            pool,
        };
        let room = if pool {
            limits.shots
        } else {
            limits.cases.saturating_sub(all.len())
        };
        let mut of_file = if path.ends_with(".csv") {
            table_cases(&mut notes, reading, room, found)
        } else {
            cases(&mut notes, reading, room, found)
        };
        if let (Some(prompt), false) = (reading.prompt, pool) {
            prompts += of_file
                .iter()
                .map(|case| prompt.length(case))
                .sum::<usize>();
        }
        all.append(&mut of_file);
        found.extend(notes.finish());
        if prompts > limits.prompts {
            let most = limits.prompts;
            let message =
                format!("the prompts up to this file have {prompts} bytes, at most {most}");
            found.push(whole_file(path, code::PROMPTS_TOO_LONG, message, None));
        }
    }
    all
}

fn idle_measures(notes: &mut Notes<'_>, head: &Head, cases: &[Case]) {
    let by_language: Vec<(&[Case], _)> = cases
        .chunk_by(|a, b| a.language == b.language)
        .map(|cases| (cases, families(cases)))
        .collect();
    for (measure, place) in head.measures.iter().flatten() {
        let idle = !by_language.iter().any(|(cases, families)| {
            let family = |case: &Case| families.get(case.family.as_str());
            cases
                .iter()
                .any(|case| scores(*measure, case, family(case)))
        });
        if idle && !cases.is_empty() {
            let message = format!("the measure `{measure}` scores no case of the suite");
            notes.add(code::IDLE_MEASURE, *place, message, None);
        }
    }
}

fn unused_prompts(notes: &mut Notes<'_>, prompts: &Prompts, folder: &Folder<'_>) {
    let idle = |language: &&Language| !folder.cases.contains_key(*language);
    for language in prompts.by_language.keys().filter(idle) {
        let Some(prompt) = prompts.of(language).flatten() else {
            continue;
        };
        let message = format!("there is a prompt but no `cases.{language}.jsonl`");
        notes.add(code::UNUSED_PROMPT, prompt.place, message, None);
    }
}

/// Puts the parts together. None only when one is missing, which has a diagnostic.
fn suite(
    head: &Head,
    cases: Vec<Case>,
    shots: Vec<Case>,
    files: &[SuiteFile<'_>],
) -> Option<Suite> {
    let head_prompts = head.prompts.as_ref()?;
    let mut prompts = BTreeMap::new();
    for case in cases
        .chunk_by(|a, b| a.language == b.language)
        .filter_map(<[Case]>::first)
    {
        let prompt = head_prompts.of(&case.language)??;
        prompts.insert(case.language.clone(), prompt.to_suite());
    }
    let measures = head.measures_of(&cases)?;
    let judge = match &head.judge {
        Some(table) => Some(table.of(&cases)?),
        None => None,
    };
    let embedding = match &head.embedding {
        Some(table) => Some(table.model()?),
        None => None,
    };
    let manifest = manifest(files);
    Some(Suite {
        id: head.id.clone()?,
        version: head.version.clone()?,
        title: head.title.clone()?,
        licence: head.licence.clone()?,
        authors: head.authors.clone()?,
        sources: head.sources.clone()?,
        canary: head.canary.clone()?,
        tags: head.tags.clone(),
        task: head.task.clone()?,
        prompts,
        few_shot: head.few_shot.clone().map(|(few_shot, _)| few_shot),
        shots,
        measures,
        judge,
        embedding,
        cases,
        digest: digest(&manifest),
        manifest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_has_a_limit_of_cases_over_all_languages() {
        let cases = b"{\"canary\": \"c\"}\n{}\n{}\n";
        let files =
            ["cases.en.jsonl", "cases.fr.jsonl"].map(|path| SuiteFile { path, bytes: cases });
        let too_many = |limit: usize| {
            let limits = Limits {
                cases: limit,
                ..LIMITS
            };
            let found = parse_within(&limits, "a/b", &files).unwrap_err();
            let of_code = found.into_iter().filter(|d| d.code == code::TOO_MANY_CASES);
            of_code
                .map(|d| format!("{}:{}", d.file, d.line))
                .collect::<Vec<_>>()
        };
        // Cases that are refused leave room for those of the next file.
        assert_eq!(too_many(2), Vec::<String>::new());
        assert_eq!(too_many(1), ["cases.en.jsonl:3", "cases.fr.jsonl:3"]);
    }

    #[test]
    fn a_suite_has_a_limit_of_prompts_over_all_languages() {
        let head = "format = \"weighhouse-suite/1\"\nid = \"local/x\"\nversion = \"1.0.0\"\n\
                    [task]\nkind = \"generate\"\nmax_tokens = 8\n\
                    [prompt.default]\ntemplate = \"Say {q}\"\n";
        let cases = "{\"id\":\"a\",\"q\":\"one\",\"answer\":\"1\"}\n";
        let files = [
            ("suite.toml", head),
            ("cases.en.jsonl", cases),
            ("cases.fr.jsonl", cases),
        ];
        let files = files.map(|(path, text)| SuiteFile {
            path,
            bytes: text.as_bytes(),
        });
        let [en, fr] = ["cases.en.jsonl", "cases.fr.jsonl"];
        for (prompts, expect) in [(14, vec![]), (13, vec![fr]), (6, vec![en, fr])] {
            let limits = Limits { prompts, ..LIMITS };
            let found = parse_within(&limits, "local/x", &files)
                .err()
                .unwrap_or_default();
            let of_code = found.iter().filter(|d| d.code == code::PROMPTS_TOO_LONG);
            let places: Vec<&str> = of_code.map(|d| d.file.as_str()).collect();
            assert_eq!(places, expect, "{prompts}");
        }
    }
}
