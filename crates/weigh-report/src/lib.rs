//! Reports for people: one HTML page, a Markdown summary, a table for the terminal and, with the
//! feature `pdf`, the page as PDF/A.
//!
//! For continuous integration there are JUnit, SARIF and the summary of a gate.
//!
//! All of them are pure functions of the report and of what the caller knows beyond it; the PDF also
//! of the fonts that it finds. Foreign text is made safe in one file, `escape.rs`; fixed texts are in
//! one table, `texts.rs`, with a column for each language.

#[cfg(all(test, feature = "pdf"))]
extern crate self as weigh_report;

mod assessments;
mod context;
mod deviations;
mod energy;
mod escape;
mod gate;
mod html;
mod junit;
mod laboratory;
mod languages;
mod lint;
mod markdown;
mod measures;
mod notes;
mod number;
#[cfg(feature = "pdf")]
mod pdf;
mod reasons;
mod remarks;
mod sarif;
mod table;
mod texts;
mod titles;
mod told;
mod uncorrected;
mod view;
mod words;

pub use self::assessments::{assessments_markdown, assessments_table};
pub use self::context::{Context, Files, ReportLanguage, Signature, Standing};
pub use self::gate::{Against, Gated, gate_summary};
pub use self::html::{assessments_html, html};
pub use self::junit::junit;
pub use self::lint::{Missing, Source, lint};
pub use self::markdown::markdown;
#[cfg(feature = "pdf")]
pub use self::pdf::{Attached, FontPlaces, MissingScript, PdfError, pdf};
pub use self::reasons::Reasons;
pub use self::sarif::sarif;
pub use self::table::table;
pub use self::titles::titled;
