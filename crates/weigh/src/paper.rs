//! The report as PDF, for `weigh report --format pdf`.

use std::fs;
use std::path::{Path, PathBuf};

use weigh_attest::record::ENVELOPE;
use weigh_attest::statement;
use weigh_core::report::Report;
use weigh_report::{Attached, Context, FontPlaces, PdfError, pdf};

use crate::exit::Exit;
use crate::failure::Failure;

/// The document that shows `page` and holds the signed statement of `report`, whose record is in
/// `folder`. A page may have other titles than its report. A draft has no envelope to attach.
pub fn document(
    folder: &Path,
    (report, page): (&Report, &Report),
    context: &Context,
    fonts: &[PathBuf],
) -> Result<Vec<u8>, Failure> {
    if let Some(missing) = fonts.iter().find(|folder| !folder.is_dir()) {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot look for fonts in {}: it is no folder",
                missing.display()
            ),
            "give --font-path a folder that holds .ttf, .otf or .ttc files",
        ));
    }
    let statement = statement::bytes(report).map_err(|fault| changed(folder, &fault))?;
    // The record was verified just now, and its envelope holds this statement.
    let envelope = match context.signature {
        Some(_) => {
            let bytes = fs::read(folder.join(ENVELOPE));
            Some(bytes.map_err(|error| changed(folder, &error))?)
        }
        None => None,
    };
    let attached = Attached {
        report: &statement,
        envelope: envelope.as_deref(),
    };
    let places = FontPlaces {
        folders: fonts.to_vec(),
        system: true,
    };
    pdf(page, context, &attached, &places).map_err(|fault| failure(&fault))
}

fn changed(folder: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Invalid,
        format!("cannot attach the report of {}: {why}", folder.display()),
        "use an unchanged copy of the record, and render it again",
    )
}

fn failure(fault: &PdfError) -> Failure {
    let help = match fault {
        PdfError::Fonts(_) => {
            "install the package, for instance with `apt-get install`, or give --font-path a folder with such a font"
        }
        PdfError::Date(_) => "use an unchanged copy of the record",
        PdfError::Layout(_) => {
            "print the page instead: `weigh report --format html`; and report this fault"
        }
    };
    Failure::new(Exit::Machine, format!("cannot make a PDF: {fault}"), help)
}
