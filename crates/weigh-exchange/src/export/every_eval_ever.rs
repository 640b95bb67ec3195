//! Figures and cases in the schema of Every Eval Ever, version 0.3.0: an aggregate file and a line for
//! each case and measure.
//!
//! <https://github.com/evaleval/every_eval_ever>

mod figures;
mod instances;

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use weigh_core::digest::Digest;
use weigh_core::report::Report;
use weigh_core::stats::Stratum;

use self::figures::Figure;
use super::evidence::{Evidence, without_value, word};
use super::{Export, ExportedFile, file_name, pretty};

/// The version of both schemas.
const SCHEMA: &str = "0.3.0";
/// The data store's name for what this tool adds to it.
const COLLECTION: &str = "weighhouse";

/// What the record does not know and the schema asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The model's name as on the Hugging Face Hub: `OWNER/NAME`.
    pub model_id: String,
    /// How whoever evaluates stands to the model.
    pub relationship: Relationship,
}

/// How whoever evaluates stands to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relationship {
    /// Its maker.
    FirstParty,
    /// Somebody else.
    ThirdParty,
    /// Both together.
    Collaborative,
    /// Not stated, or none of these.
    Other,
}

/// Keys and texts, the only details that the schema takes.
type Details = BTreeMap<&'static str, String>;

#[derive(Serialize)]
struct Aggregate<'a> {
    schema_version: &'static str,
    evaluation_id: &'a str,
    evaluation_timestamp: &'a str,
    retrieved_timestamp: &'a str,
    source_metadata: Source<'a>,
    eval_library: Versioned<'a>,
    model_info: ModelInfo<'a>,
    evaluation_results: Vec<Figure<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detailed_evaluation_results: Option<Samples>,
}

#[derive(Serialize)]
struct Source<'a> {
    source_name: String,
    source_type: &'static str,
    source_organization_name: &'a str,
    evaluator_relationship: Relationship,
    additional_details: Details,
}

#[derive(Serialize)]
struct Versioned<'a> {
    name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
struct ModelInfo<'a> {
    name: &'a str,
    id: &'a str,
    inference_engine: Versioned<'a>,
    additional_details: Details,
}

#[derive(Serialize)]
struct Samples {
    format: &'static str,
    file_path: String,
    hash_algorithm: &'static str,
    checksum: Digest,
    total_rows: u64,
    additional_details: Details,
}

/// Both files, at the paths that the data store wants.
///
/// # Errors
/// When a document has no form in JSON.
pub fn export(evidence: &Evidence<'_>, stated: &Stated) -> io::Result<Export> {
    let report = evidence.report;
    let retrieved = retrieved(report);
    let id = format!("{COLLECTION}/{}/{retrieved}", stated.model_id);
    let instances = instances::of(evidence, &id, &stated.model_id)?;
    let place = place(evidence, &stated.model_id);
    let samples_path = format!("{place}_samples.jsonl");
    let samples = Samples {
        format: "jsonl",
        file_path: samples_path.clone(),
        hash_algorithm: "sha256",
        checksum: Digest::of(&instances.lines),
        total_rows: instances.rows,
        additional_details: Details::from([("left_out", instances.left_out.join("; "))]),
    };
    let aggregate = Aggregate {
        schema_version: SCHEMA,
        evaluation_id: &id,
        evaluation_timestamp: report.record.opened.first().map_or("", |at| &at.0),
        retrieved_timestamp: &retrieved,
        source_metadata: source(evidence, stated),
        eval_library: this_library(report),
        model_info: model_info(report, &stated.model_id),
        evaluation_results: figures::of(evidence),
        detailed_evaluation_results: (instances.rows > 0).then_some(samples),
    };
    let mut export = Export {
        files: vec![ExportedFile {
            path: format!("{place}.json"),
            bytes: pretty(&aggregate)?,
        }],
        left_out: instances.left_out,
    };
    if instances.rows > 0 {
        export.files.push(ExportedFile {
            path: samples_path,
            bytes: instances.lines,
        });
    }
    let whole = report.estimates.iter();
    let whole = whole.filter(|estimate| estimate.stratum == Stratum::All);
    export.left_out.extend(whole.filter_map(without_value));
    Ok(export)
}

/// `data/<collection>/<owner>/<model>/<uuid>`.
fn place(evidence: &Evidence<'_>, model_id: &str) -> String {
    let parts: Vec<String> = model_id.split('/').map(file_name).collect();
    let uuid = evidence.uuid("every_eval_ever");
    format!("data/{COLLECTION}/{}/{uuid}", parts.join("/"))
}

/// Seconds since 1970 at which the record was sealed.
fn retrieved(report: &Report) -> String {
    let sealed = &report.record.sealed;
    sealed
        .seconds()
        .map_or_else(|| sealed.0.clone(), |seconds| seconds.to_string())
}

fn source<'a>(evidence: &Evidence<'a>, stated: &Stated) -> Source<'a> {
    let report = evidence.report;
    let profile = &report.plan.profile;
    let mut details = Details::from([
        ("report", report.id.clone()),
        ("report_sha256", evidence.statement.to_string()),
        ("verify", evidence.how_to_verify()),
        ("profile", format!("{} {}", profile.id, profile.version)),
        ("verdict", word(report.verdict)),
    ]);
    if !report.deviations.is_empty() {
        details.insert("deviations", report.deviations.join(" "));
    }
    let missing: Vec<String> = report.estimates.iter().filter_map(without_value).collect();
    if !missing.is_empty() {
        details.insert("without_value", missing.join("; "));
    }
    Source {
        source_name: format!("Weighhouse test report {}", report.id),
        source_type: "evaluation_run",
        source_organization_name: report.laboratory().get("name").map_or("unknown", |n| n),
        evaluator_relationship: stated.relationship,
        additional_details: details,
    }
}

fn this_library(report: &Report) -> Versioned<'_> {
    Versioned {
        name: "weighhouse",
        version: &report.plan.harness,
    }
}

fn model_info<'a>(report: &'a Report, id: &'a str) -> ModelInfo<'a> {
    let details = Details::from([
        ("deployment_type", "self_deployed".to_owned()),
        // Whether others can have the weights, the record does not say.
        ("model_availability", "unknown".to_owned()),
        ("sha256", report.subject.identity().to_string()),
    ]);
    ModelInfo {
        name: &report.subject.name,
        id,
        inference_engine: this_library(report),
        additional_details: details,
    }
}
