//! The tested model as a CycloneDX 1.6 bill of materials, with the report's figures in its model card.
//!
//! <https://cyclonedx.org/docs/1.6/json/>

use std::io;

use serde::Serialize;
use weigh_core::digest::Digest;
use weigh_core::stats::Estimate;
use weigh_core::subject::SubjectFile;
use weigh_core::suite::Suite;

use super::evidence::{Evidence, slice, title, without_score, word};
use super::pretty;

/// Where the record's statement lies, seen from the record.
const STATEMENT: &str = "report.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bom<'a> {
    bom_format: &'static str,
    spec_version: &'static str,
    serial_number: String,
    version: u32,
    metadata: Metadata<'a>,
    components: [Model<'a>; 1],
}

#[derive(Serialize)]
struct Metadata<'a> {
    timestamp: &'a str,
    tools: Tools<'a>,
}

#[derive(Serialize)]
struct Tools<'a> {
    components: [Component<'a>; 1],
}

#[derive(Serialize)]
struct Component<'a> {
    r#type: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashes: Vec<Hash>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Model<'a> {
    r#type: &'static str,
    #[serde(rename = "bom-ref")]
    bom_ref: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashes: Vec<Hash>,
    external_references: [Reference; 1],
    components: Vec<Component<'a>>,
    model_card: ModelCard<'a>,
    properties: Vec<Property>,
}

#[derive(Serialize)]
struct Hash {
    alg: &'static str,
    content: Digest,
}

#[derive(Serialize)]
struct Reference {
    r#type: &'static str,
    url: &'static str,
    comment: String,
    hashes: [Hash; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ModelCard<'a> {
    model_parameters: Parameters<'a>,
    quantitative_analysis: Analysis,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Parameters<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    model_architecture: Option<&'a str>,
    datasets: Vec<Dataset<'a>>,
}

#[derive(Serialize)]
struct Dataset<'a> {
    r#type: &'static str,
    name: &'a str,
    description: String,
    contents: Contents,
}

#[derive(Serialize)]
struct Contents {
    properties: Vec<Property>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Analysis {
    performance_metrics: Vec<Metric>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Metric {
    r#type: String,
    /// Not written where nothing was scored: a property tells why.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slice: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence_interval: Option<Bounds>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bounds {
    lower_bound: String,
    upper_bound: String,
}

#[derive(Serialize)]
struct Property {
    name: String,
    value: String,
}

/// The bill of materials.
///
/// # Errors
/// When it has no form in JSON.
pub fn bom(evidence: &Evidence<'_>) -> io::Result<Vec<u8>> {
    let report = evidence.report;
    let tool = Component {
        r#type: "application",
        name: "weighhouse",
        version: Some(&report.plan.harness),
        hashes: Vec::new(),
    };
    pretty(&Bom {
        bom_format: "CycloneDX",
        spec_version: "1.6",
        serial_number: format!("urn:uuid:{}", evidence.uuid("cyclonedx")),
        version: 1,
        metadata: Metadata {
            timestamp: &report.issued().0,
            tools: Tools { components: [tool] },
        },
        components: [model(evidence)],
    })
}

fn model<'a>(evidence: &Evidence<'a>) -> Model<'a> {
    let subject = &evidence.report.subject;
    let file = |file: &'a SubjectFile| Component {
        r#type: "file",
        name: &file.name,
        version: None,
        hashes: vec![sha256(file.sha256)],
    };
    // A model of several files has no hash of its own: each file has.
    let hashes = match subject.files.as_slice() {
        [only] => vec![sha256(only.sha256)],
        _ => Vec::new(),
    };
    let statement = Reference {
        r#type: "attestation",
        url: STATEMENT,
        comment: evidence.how_to_verify(),
        hashes: [sha256(evidence.statement)],
    };
    Model {
        r#type: "machine-learning-model",
        bom_ref: "model",
        name: &subject.name,
        hashes,
        external_references: [statement],
        components: subject.files.iter().map(file).collect(),
        model_card: ModelCard {
            model_parameters: Parameters {
                model_architecture: subject.facts.get("architecture").map(String::as_str),
                datasets: evidence.suites().iter().map(dataset).collect(),
            },
            quantitative_analysis: Analysis {
                performance_metrics: evidence.report.estimates.iter().map(metric).collect(),
            },
        },
        properties: properties(evidence),
    }
}

const fn sha256(content: Digest) -> Hash {
    Hash {
        alg: "SHA-256",
        content,
    }
}

fn property(name: &str, value: impl Into<String>) -> Property {
    Property {
        name: format!("weighhouse:{name}"),
        value: value.into(),
    }
}

/// A suite: data that the model was evaluated on, not trained on.
fn dataset(suite: &Suite) -> Dataset<'_> {
    Dataset {
        r#type: "dataset",
        name: &suite.id,
        description: "The model was evaluated on it.".to_owned(),
        contents: Contents {
            properties: vec![
                property("suite:version", &suite.version),
                property("suite:sha256", suite.digest.to_string()),
                property("suite:licence", &suite.licence),
            ],
        },
    }
}

fn metric(estimate: &Estimate) -> Metric {
    Metric {
        r#type: format!("{} {}", estimate.suite, estimate.measure),
        value: estimate.point.map(|point| point.to_string()),
        slice: slice(&estimate.stratum),
        confidence_interval: estimate.interval.as_ref().map(|interval| Bounds {
            lower_bound: interval.lower.to_string(),
            upper_bound: interval.upper.to_string(),
        }),
    }
}

/// What the fields of CycloneDX have no place for.
fn properties(evidence: &Evidence<'_>) -> Vec<Property> {
    let report = evidence.report;
    let profile = &report.plan.profile;
    let mut all = vec![
        property("report", &report.id),
        property("report:sha256", evidence.statement.to_string()),
        property("profile", format!("{} {}", profile.id, profile.version)),
        property("verdict", word(report.verdict)),
    ];
    let facts = report.subject.facts.iter();
    all.extend(facts.map(|(name, value)| property(&format!("model:{name}"), value)));
    let deviations = report.deviations.iter();
    all.extend(deviations.map(|sentence| property("deviation", sentence)));
    for estimate in &report.estimates {
        let of = title(estimate);
        if let Some(interval) = &estimate.interval {
            let how = format!("{of}: {} {}", interval.level, word(interval.method));
            all.push(property("interval", how));
        }
        let scored = format!("{of}: {} of {}", estimate.scored, estimate.planned);
        all.push(property("scored", scored));
        let unscored = without_score(estimate);
        all.extend(unscored.map(|why| property("unscored", format!("{of}: {why}"))));
    }
    all
}
