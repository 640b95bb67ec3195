//! The writer: cases with ids and lines, the files of the suite, and what the suite's own rules say of each row.

use std::collections::{BTreeMap, BTreeSet};

use weigh_core::diagnostic::{Diagnostic, Severity};
use weigh_core::language::Language;
use weigh_core::suite::{self, SuiteFile};

use super::draft::{Draft, Kind};
use super::read::Document;
use super::{
    Format, Imported, Input, Options, Refused, bad_data_set, bad_row, head, ids, map, origin,
    readme,
};
use crate::lm_eval::python::Python;
use crate::rows::RowFault;

/// How often faults are looked for: each time tells a thousand of a language at most, and a set with more than that many times
/// a thousand is no set of this format.
const MOST_ROUNDS: usize = 20;

/// A case with its language, and the row that it was made of.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub draft: Draft,
    pub language: Language,
    /// Index into the documents.
    pub document: usize,
    pub line: usize,
    /// The number of the row in its document, from 1.
    pub number: usize,
}

/// Makes the suite of `documents`.
pub(super) fn suite(
    inputs: &[Input<'_>],
    documents: &[Document],
    options: &Options,
) -> Result<Imported, Refused> {
    let rows = documents.iter().map(|document| document.rows.len()).sum();
    let mut work = Work {
        documents,
        options,
        rows,
        cases: Vec::new(),
        left_out: BTreeSet::new(),
        kind: Kind::Generate,
    };
    work.map_rows()?;
    let cases = std::mem::take(&mut work.cases);
    work.cases = ids::name(cases, documents, &mut work.left_out);
    work.one_kind()?;
    let (files, warnings) = work.files()?;
    let mut imported = Imported {
        files,
        rows,
        cases: work.counts(),
        left_out: work.left_out.into_iter().collect(),
        notes: documents
            .iter()
            .flat_map(|document| document.notes.clone())
            .collect(),
        warnings,
    };
    let text = readme::text(inputs, documents, options, &imported);
    imported
        .files
        .insert("README.md".to_owned(), text.into_bytes());
    Ok(imported)
}

struct Work<'a> {
    documents: &'a [Document],
    options: &'a Options,
    rows: usize,
    cases: Vec<Placed>,
    left_out: BTreeSet<Diagnostic>,
    kind: Kind,
}

type Files = BTreeMap<String, Vec<u8>>;

impl Work<'_> {
    fn refused(&self, faults: impl IntoIterator<Item = Diagnostic>, skippable: bool) -> Refused {
        Refused {
            faults: faults.into_iter().collect(),
            rows: self.rows,
            skippable,
        }
    }

    /// Cases of every row, or why there are none.
    fn map_rows(&mut self) -> Result<(), Refused> {
        let mut hopeless = Vec::new();
        for (index, document) in self.documents.iter().enumerate() {
            let mut faults = Vec::new();
            let language = self
                .options
                .language
                .as_ref()
                .or(document.language.as_ref());
            for (number, row) in (1..).zip(&document.rows) {
                let drafts = match row {
                    Ok(row) => {
                        let line = row.line;
                        map::drafts(&row.value, self.options, language)
                            .map(|drafts| (line, drafts))
                            .map_err(|message| RowFault::new(line, message))
                    }
                    Err(fault) => Err(fault.clone()),
                };
                match drafts {
                    Ok((line, drafts)) => {
                        for draft in drafts {
                            self.cases.push(self.placed(draft, index, line, number)?);
                        }
                    }
                    Err(fault) => faults.push(bad_row(&document.file, fault)),
                }
            }
            hopeless.extend(everywhere(document, &faults));
            self.left_out.extend(faults);
        }
        if !hopeless.is_empty() {
            return Err(self.refused(hopeless, false));
        }
        Ok(())
    }

    fn placed(
        &self,
        draft: Draft,
        index: usize,
        line: usize,
        number: usize,
    ) -> Result<Placed, Refused> {
        let document = self.documents.get(index);
        let named = document.and_then(|document| document.language.clone());
        let usual = || self.options.format.traits().language?.parse().ok();
        let given = draft.language.clone();
        let said = self.options.language.clone();
        // A prefix of an instruction names the rules that read it, and may be overruled.
        let given = if self.options.format == Format::Ifeval {
            said.or(named).or(given)
        } else {
            given.or(said).or(named)
        };
        let Some(language) = given.or_else(usual) else {
            let file = document.map_or("", |document| &document.file);
            let fault = bad_data_set(file, self.options.format.needs_language(file));
            return Err(self.refused([fault], false));
        };
        Ok(Placed {
            draft,
            language,
            document: index,
            line,
            number,
        })
    }

    /// The one thing that all cases ask for.
    fn one_kind(&mut self) -> Result<(), Refused> {
        self.kind = self.cases.first().map_or(self.kind, |case| case.draft.kind);
        let other = self.cases.iter().find(|case| case.draft.kind != self.kind);
        let Some(case) = other else {
            return Ok(());
        };
        let message = "the row asks for another kind of answer than those before: import them into suites of their own";
        let fault = bad_row(self.file_of(case), RowFault::new(case.line, message));
        Err(self.refused([fault], false))
    }

    /// The file that a case was made of.
    fn file_of(&self, case: &Placed) -> &str {
        let document = self.documents.get(case.document);
        document.map_or("", |document| &document.file)
    }

    fn counts(&self) -> BTreeMap<Language, usize> {
        let mut counts = BTreeMap::new();
        for case in &self.cases {
            *counts.entry(case.language.clone()).or_default() += 1;
        }
        counts
    }

    /// The files of a suite without a fault, and its warnings. Cases that the suite's rules refuse are rows that
    /// cannot be used.
    fn files(&mut self) -> Result<(Files, Vec<Diagnostic>), Refused> {
        for _ in 0..MOST_ROUNDS {
            if self.cases.is_empty() {
                break;
            }
            let (files, lines) = self.write();
            let list: Vec<SuiteFile<'_>> = files
                .iter()
                .map(|(path, bytes)| SuiteFile { path, bytes })
                .collect();
            let found = match suite::parse(&self.options.id, &list) {
                Ok(_) if !self.left_out.is_empty() && !self.options.skip_bad => {
                    return Err(self.refused(self.left_out.clone(), true));
                }
                Ok(parsed) => return Ok((files, parsed.warnings)),
                Err(found) => found,
            };
            let before = self.cases.len();
            self.leave_out(&found, &lines)?;
            if self.cases.len() == before {
                return Err(self.refused(found, false));
            }
        }
        Err(self.refused(self.left_out.clone(), false))
    }

    /// Leaves out the cases that `found` is about; `lines` tells which case stands on which line of which file.
    fn leave_out(
        &mut self,
        found: &[Diagnostic],
        lines: &BTreeMap<String, Vec<usize>>,
    ) -> Result<(), Refused> {
        let (mut bad, mut others) = (BTreeSet::new(), Vec::new());
        for one in found.iter().filter(|one| one.severity == Severity::Error) {
            let line = usize::try_from(one.line).unwrap_or(0);
            let of_file = lines.get(&one.file);
            let case = of_file.and_then(|lines| lines.get(line.checked_sub(1)?));
            let Some((index, case)) =
                case.and_then(|index| Some((*index, self.cases.get(*index)?)))
            else {
                others.push(one.clone());
                continue;
            };
            bad.insert(index);
            // The place in the suite's file is nobody's: it was not written.
            let place = bad_row(self.file_of(case), RowFault::new(case.line, ""));
            self.left_out.insert(Diagnostic {
                file: place.file,
                line: place.line,
                column: place.column,
                ..one.clone()
            });
        }
        if bad.is_empty() {
            return Err(self.refused(others, false));
        }
        let cases = std::mem::take(&mut self.cases).into_iter().enumerate();
        let kept = cases.filter(|(index, _)| !bad.contains(index));
        self.cases = kept.map(|(_, case)| case).collect();
        Ok(())
    }

    /// The files, and for each file of cases the index of the case on each line.
    fn write(&self) -> (Files, BTreeMap<String, Vec<usize>>) {
        let (mut texts, mut lines) = (BTreeMap::new(), BTreeMap::new());
        for (index, case) in self.cases.iter().enumerate() {
            let file = format!("cases.{}.jsonl", case.language);
            let text: &mut String = texts.entry(file.clone()).or_default();
            let of_file: &mut Vec<usize> = lines.entry(file).or_default();
            let id = case.draft.id.clone().unwrap_or_default();
            let mut keys = vec![("id".to_owned(), Python::Text(id))];
            keys.extend(case.draft.keys.iter().cloned());
            // Texts, whole numbers and lists of them always have a form in JSON.
            text.push_str(&serde_json::to_string(&Python::Dict(keys)).unwrap_or_default());
            text.push('\n');
            of_file.push(index);
        }
        let languages: BTreeSet<&Language> = self.cases.iter().map(|case| &case.language).collect();
        let parallel = self.is_parallel(&languages);
        let about = self.documents.first().map(|document| &document.about);
        let facts = head::Facts {
            origin: origin::of(self.options, about, languages.iter().copied()),
            kind: self.kind,
            languages: &languages,
            parallel,
            about,
            measures: self
                .cases
                .iter()
                .filter_map(|case| case.draft.measure())
                .collect(),
            files: self
                .documents
                .iter()
                .map(|document| document.file.as_str())
                .collect(),
        };
        let head = head::text(self.options, &facts);
        let mut files: Files = texts
            .into_iter()
            .map(|(file, text)| (file, text.into_bytes()))
            .collect();
        files.insert("suite.toml".to_owned(), head.into_bytes());
        (files, lines)
    }

    /// Whether there are several languages and each has every id.
    fn is_parallel(&self, languages: &BTreeSet<&Language>) -> bool {
        let ids = |language: &Language| {
            let cases = self.cases.iter().filter(|case| case.language == *language);
            cases
                .map(|case| case.draft.id.as_deref())
                .collect::<BTreeSet<_>>()
        };
        let mut all = languages.iter().map(|language| ids(language));
        let first = all.next();
        languages.len() > 1 && all.all(|other| Some(other) == first)
    }
}

/// One fault for a file of which no row can be used, all for one reason.
fn everywhere(document: &Document, faults: &[Diagnostic]) -> Option<Diagnostic> {
    let first = faults.first()?;
    let all = faults.len() == document.rows.len() && faults.len() > 1;
    let same = faults.iter().all(|fault| fault.message == first.message);
    (all && same).then(|| Diagnostic {
        message: format!("each of the {} rows: {}", faults.len(), first.message),
        ..first.clone()
    })
}
