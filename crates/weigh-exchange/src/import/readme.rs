//! The README of an imported suite: where it comes from, under which licence, how much of it there is.

use weigh_core::diagnostic::Diagnostic;
use weigh_core::digest::Digest;
use weigh_core::text::visible_line;

use super::read::Document;
use super::{Imported, Input, Options, on_one_line, origin};
use crate::lm_eval::python::Python;

/// The most rows that are listed one by one.
const MOST_LISTED: usize = 1000;

/// The text of the file.
pub(super) fn text(
    inputs: &[Input<'_>],
    documents: &[Document],
    options: &Options,
    imported: &Imported,
) -> String {
    let name = options.id.rsplit('/').next().unwrap_or_default();
    let about = documents.first().map(|document| &document.about);
    let mut text = format!(
        "# {name}\n\nImported by `weigh import {}`.\n",
        options.format.as_str()
    );
    if let Some(source) = &options.source {
        text.push_str(&format!("\nSource: {}\n", plain(source)));
    }
    let said = about
        .and_then(|about| about.get("license"))
        .and_then(Python::as_text);
    let origin = origin::of(options, about, imported.cases.keys());
    let licence = match (origin.licence, said) {
        (Some(licence), _) => plain(&licence),
        (None, Some(said)) => format!("the file says {}, which is no SPDX expression", plain(said)),
        (None, None) => "not told by the data".to_owned(),
    };
    text.push_str(&format!("\nLicence: {licence}.\n"));
    if !origin.authors.is_empty() {
        text.push_str(&format!(
            "\nAuthors: {}.\n",
            plain(&origin.authors.join(", "))
        ));
    }
    for key in ["description", "reference"] {
        let said = about
            .and_then(|about| about.get(key))
            .and_then(Python::as_text);
        if let Some(said) = said.filter(|said| !said.trim().is_empty()) {
            text.push_str(&format!("\nThe file's own {key}: {}\n", plain(said)));
        }
    }
    text.push_str("\n## Files\n\n| file | bytes | SHA-256 | rows |\n|---|---|---|---|\n");
    for (input, document) in inputs.iter().zip(documents) {
        text.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            plain(&document.name),
            input.bytes.len(),
            Digest::of(input.bytes),
            document.rows.len()
        ));
    }
    text.push_str("\n## Cases\n\n| language | cases |\n|---|---|\n");
    for (language, count) in &imported.cases {
        text.push_str(&format!("| {language} | {count} |\n"));
    }
    for note in &imported.notes {
        text.push_str(&format!("\nNote: {}\n", plain(note)));
    }
    text.push_str(&left_out(imported, documents));
    text
}

fn left_out(imported: &Imported, documents: &[Document]) -> String {
    let count = imported.left_out.len();
    if count == 0 {
        return "\nEvery row is there.\n".to_owned();
    }
    let mut text = format!(
        "\n## Left out\n\n{count} faults in {} rows; what is at fault is no case here.\n\n",
        imported.rows
    );
    for fault in imported.left_out.iter().take(MOST_LISTED) {
        let document = documents
            .iter()
            .find(|document| document.file == fault.file);
        let file = document
            .map_or(&fault.file, |document| &document.name)
            .clone();
        let fault = Diagnostic {
            file,
            ..fault.clone()
        };
        text.push_str(&format!("- {}\n", plain(&on_one_line(&fault))));
    }
    if count > MOST_LISTED {
        text.push_str(&format!("- and {} more\n", count - MOST_LISTED));
    }
    text
}

/// A foreign text as code on one line, so that nothing in it is Markdown.
fn plain(text: &str) -> String {
    let text = visible_line(text).replace('`', "'").replace('|', "\\|");
    format!("`{}`", text.trim())
}
