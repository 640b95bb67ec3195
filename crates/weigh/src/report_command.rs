//! `weigh report`: the report of a verified record once more, in any of six languages; or what it lacks.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use serde::Serialize;
use weigh_attest::ask::Asked;
use weigh_attest::record::{JOURNAL, PROFILE};
use weigh_attest::verify::{Trust, Verified};
use weigh_core::measure::MeasureName;
use weigh_core::report::Report;
use weigh_core::text::visible_line;
use weigh_report::{
    Context, Missing, Reasons, ReportLanguage, Signature, Source, Standing, html, junit, lint,
    markdown, table, titled,
};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::gate::{self, read_cases};
use crate::output::Output;
#[cfg(feature = "pdf")]
use crate::paper;
use crate::run::{Inputs, derived, files_of, profile_of};
use crate::verify::valid;

/// Which report, and how it is told.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Which record. Nothing is rendered of one that is not valid.
    #[command(flatten)]
    pub asked: Asked,
    /// The language of the fixed texts. The record is the same in every language.
    #[arg(long = "lang", value_name = "L", default_value = "en", value_parser = languages())]
    pub language: ReportLanguage,
    /// The form.
    #[arg(long, value_enum, default_value_t = Format::Html)]
    pub format: Format,
    /// Write to this file, which must not exist, instead of to standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Look for fonts in this folder, too, before the system's: a PDF in Arabic or Chinese needs one.
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "FOLDER")]
    pub font_path: Vec<PathBuf>,
    /// List what the report lacks of the contents that ISO/IEC 17025:2017, 7.8 asks for: clause, where
    /// it comes from, how to add it. Ends with 2 where something is missing.
    #[arg(long, conflicts_with_all = ["language", "format", "out"])]
    pub lint: bool,
    /// Look at no signature: render what follows from the record as a draft, marked so on every page.
    #[arg(long, conflicts_with_all = Asked::options())]
    pub draft: bool,
}

/// What a report is rendered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One page for screen and paper, without script.
    Html,
    /// A summary for a pull request.
    Markdown,
    /// A table for the terminal, in English.
    Table,
    /// The page as PDF/A-3b with the signed report attached.
    #[cfg(feature = "pdf")]
    Pdf,
    /// Every case as JUnit XML, for CI servers, in English.
    Junit,
    /// Failing cases as SARIF 2.1.0, in English.
    Sarif,
}

fn languages() -> impl clap::builder::TypedValueParser<Value = ReportLanguage> {
    let tags = PossibleValuesParser::new(ReportLanguage::ALL.map(ReportLanguage::tag));
    tags.map(|tag| {
        let mut all = ReportLanguage::ALL.into_iter();
        all.find(|language| language.tag() == tag)
            .unwrap_or_default()
    })
}

/// Carries out `weigh report`.
pub fn command(args: &ReportArgs, output: &Output) -> Result<Exit, Failure> {
    let (report, context) = if args.draft {
        draft(args)?
    } else {
        let verified = valid(&args.asked, "render", output)?;
        let context = context(args, &verified)?;
        (verified.report, context)
    };
    if args.lint {
        return Ok(tell_missing(&report, &lint(&report, &context), output));
    }
    let bytes = match args.format {
        Format::Table => table(&report, output.width(), false).into_bytes(),
        Format::Junit => junit(&report, &read_cases(&args.asked.record)?.1).into_bytes(),
        Format::Sarif => gate::log(&report, &read_cases(&args.asked.record)?.1, None)?.into_bytes(),
        Format::Html => {
            let (told, context) = in_language(&report, context, args)?;
            html(&told, &context).into_bytes()
        }
        Format::Markdown => {
            let (told, context) = in_language(&report, context, args)?;
            markdown(&told, &context).into_bytes()
        }
        #[cfg(feature = "pdf")]
        Format::Pdf => {
            let (told, context) = in_language(&report, context, args)?;
            let shown = (&report, &told);
            paper::document(&args.asked.record, shown, &context, &args.font_path)?
        }
    };
    match &args.out {
        None => output.bytes(&bytes),
        Some(out) => {
            folder::write_new(out, &bytes)
                .map_err(|fault| Failure::not_written(out, &fault, "--out"))?;
            output.note(&visible_line(&format!("{}: {}", report.id, out.display())));
        }
    }
    Ok(Exit::Success)
}

/// The report with the titles, and its context with the reasons, that the record's profile has in the
/// language of the page.
fn in_language(
    report: &Report,
    context: Context,
    args: &ReportArgs,
) -> Result<(Report, Context), Failure> {
    let folder = &args.asked.record;
    // Of a withheld record, the profile may be missing, too.
    if !folder.join(PROFILE).exists() {
        return Ok((report.clone(), context));
    }
    let profile = profile_of(folder, &report.plan.profile.id)?.0;
    let reasons = Reasons::of(report, &profile);
    let told = titled(report.clone(), &profile, args.language);
    Ok((told, Context { reasons, ..context }))
}

/// What follows from the record, whoever signed it or nobody.
fn draft(args: &ReportArgs) -> Result<(Report, Context), Failure> {
    let folder = &args.asked.record;
    let inputs = Inputs::recorded(folder)?;
    let (report, reliability) = derived(folder, &inputs)?;
    let context = Context {
        signature: None,
        files: files_of(folder),
        language: args.language,
        reliability,
        reasons: Reasons::default(),
    };
    Ok((report, context))
}

/// What is known of a verified record beside its report.
fn context(args: &ReportArgs, verified: &Verified) -> Result<Context, Failure> {
    let folder = &args.asked.record;
    let standing = match (&args.asked.policy, verified.trust) {
        (Some(policy), _) => Standing::Policy(policy.display().to_string()),
        (None, Trust::Given) => Standing::Given,
        (None, Trust::Enclosed | Trust::Policy) => Standing::FirstParty,
    };
    let mut estimates = verified.report.estimates.iter();
    let calibrated = estimates.any(|e| e.measure == MeasureName::CalibrationError);
    // Diagrams need the answers once more. Most reports have none, and answers may be withheld.
    let reliability = if calibrated && folder.join(JOURNAL).exists() {
        derived(folder, &Inputs::recorded(folder)?)?.1
    } else {
        Vec::new()
    };
    Ok(Context {
        signature: Some(Signature {
            key_id: verified.keyid.to_string(),
            standing,
        }),
        files: files_of(folder),
        language: args.language,
        reliability,
        reasons: Reasons::default(),
    })
}

/// The document for programs.
#[derive(Serialize)]
struct Told<'a> {
    exit: Exit,
    report: &'a str,
    missing: &'a [Missing],
}

fn tell_missing(report: &Report, missing: &[Missing], output: &Output) -> Exit {
    let exit = if missing.is_empty() {
        Exit::Success
    } else {
        Exit::Usage
    };
    if output.json {
        let report = &report.id;
        output.json(
            "weighhouse-lint/1",
            &Told {
                exit,
                report,
                missing,
            },
        );
        return exit;
    }
    for one in missing {
        let from = match one.source {
            Source::Laboratory(key) => format!("lab.toml: {key} = \"...\""),
            Source::Record => "the record".to_owned(),
            Source::Signature => "the signature".to_owned(),
        };
        output.line(&format!(
            "missing  {:<10}  {}: {from}\n                     {}",
            one.clause, one.what, one.help
        ));
    }
    output.note(&match missing.len() {
        0 => "nothing that ISO/IEC 17025:2017, 7.8 asks for is missing".to_owned(),
        count => format!(
            "{count} missing of what ISO/IEC 17025:2017, 7.8 asks for; what lab.toml states is added by `weigh amend`"
        ),
    });
    exit
}
