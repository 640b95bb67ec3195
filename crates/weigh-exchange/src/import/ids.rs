//! The ids of imported cases.

use std::collections::{BTreeMap, BTreeSet};

use weigh_core::diagnostic::Diagnostic;
use weigh_core::language::Language;
use weigh_core::suite::VARIANT;

use super::bad_row;
use super::build::Placed;
use super::draft::slug;
use super::read::Document;
use crate::rows::RowFault;

/// Gives each case its id: the row's own, or its number. Where several files have cases in one language, the
/// file's name comes first. A second case with an id goes to `left_out`.
pub(super) fn name(
    cases: Vec<Placed>,
    documents: &[Document],
    left_out: &mut BTreeSet<Diagnostic>,
) -> Vec<Placed> {
    let several = share_languages(&cases);
    let mut seen: BTreeMap<(Language, String), (usize, usize)> = BTreeMap::new();
    let mut kept = Vec::new();
    for mut case in cases {
        let Some(document) = documents.get(case.document) else {
            continue;
        };
        let own = case.draft.id.as_deref().map(slug);
        let own = own.filter(|id| !id.is_empty());
        let mut id = own.unwrap_or_else(|| format!("{:05}", case.number));
        if several {
            id = slug(&format!("{}-{id}", document.stem));
        }
        if let Some(number) = case.draft.prompt {
            let variant = match number {
                1 => VARIANT.to_owned(),
                other => format!("prompt-{other}"),
            };
            case.draft = case.draft.text("family", &id).text("variant", variant);
            id = format!("{id}-{number}");
        }
        let key = (case.language.clone(), id.clone());
        if let Some((other, line)) = seen.get(&key) {
            let other = documents.get(*other).map_or("", |other| &other.file);
            let message = format!("the id `{id}` is that of {other}:{line}, too");
            left_out.insert(bad_row(&document.file, RowFault::new(case.line, message)));
            continue;
        }
        seen.insert(key, (case.document, case.line));
        case.draft.id = Some(id);
        kept.push(case);
    }
    kept
}

/// Whether two files have cases in one language.
fn share_languages(cases: &[Placed]) -> bool {
    let mut of_language: BTreeMap<&Language, BTreeSet<usize>> = BTreeMap::new();
    for case in cases {
        let files = of_language.entry(&case.language).or_default();
        files.insert(case.document);
    }
    of_language.values().any(|files| files.len() > 1)
}
