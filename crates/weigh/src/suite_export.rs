//! `weigh suite export`: what a suite is, for data catalogues: Croissant 1.1 (JSON-LD).
//!
//! <https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html>

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use weigh_core::suite::{ManifestEntry, Suite};

use crate::failure::Failure;
use crate::folder;
use crate::home::Home;
use crate::output::Output;
use crate::suite_list::english;
use crate::suites;

/// Which suite is described, and where.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A suite's folder, or a name that `weigh suite list` shows.
    pub suite: String,
    /// Write the description here, which must not exist. Without it, to standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Where the suite's files can be had. Without it they are named beside the description.
    #[arg(
        long,
        value_name = "URL",
        default_value = "",
        hide_default_value = true
    )]
    pub base: String,
}

/// Writes the description.
pub fn command(args: &ExportArgs, output: &Output) -> Result<(), Failure> {
    let home = Home::find()?;
    let wanted = suites::find(&home, std::slice::from_ref(&args.suite))?;
    let loaded = suites::load(&wanted)?;
    let Some(one) = loaded.first() else {
        return Ok(());
    };
    let text = format!("{:#}\n", croissant(&one.suite, &args.base));
    let Some(out) = &args.out else {
        output.line(text.trim_end());
        return Ok(());
    };
    folder::write_new(out, text.as_bytes())
        .map_err(|fault| Failure::not_written(out, &fault, "--out"))
}

/// The description of `suite`.
fn croissant(suite: &Suite, base: &str) -> Value {
    let languages: Vec<&str> = suite.prompts.keys().map(|l| l.as_str()).collect();
    let creators = suite
        .authors
        .iter()
        .map(|name| json!({"@type": "sc:Organization", "name": name}));
    let cases = suite.manifest.iter().filter(|file| is_cases(file));
    json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": suite.id.replace('/', "-"),
        "alternateName": suite.id,
        "description": english(suite),
        "version": suite.version,
        "license": format!("https://spdx.org/licenses/{}.html", suite.licence),
        "url": format!("{base}{}", suite.id),
        "creator": creators.collect::<Vec<_>>(),
        "citeAs": suite.sources.join("; "),
        "inLanguage": languages,
        "keywords": suite.tags,
        "distribution": suite.manifest.iter().map(|file| file_object(file, base)).collect::<Vec<_>>(),
        "recordSet": cases.map(|file| record_set(suite, file)).collect::<Vec<_>>(),
    })
}

fn is_cases(file: &ManifestEntry) -> bool {
    file.path.starts_with("cases.")
}

fn file_object(file: &ManifestEntry, base: &str) -> Value {
    let format = match file.path.rsplit('.').next() {
        Some("jsonl") => "application/jsonlines",
        Some("md") => "text/markdown",
        Some("toml") => "application/toml",
        Some(_) | None => "text/plain",
    };
    json!({
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": format!("{base}{}", file.path),
        "contentSize": format!("{} B", file.size),
        "encodingFormat": format,
        "sha256": file.sha256.to_string(),
    })
}

/// What stands on each line of a cases file: the keys that the cases of the language have.
fn record_set(suite: &Suite, file: &ManifestEntry) -> Value {
    let language = file
        .path
        .trim_start_matches("cases.")
        .trim_end_matches(".jsonl");
    let mut names = vec!["id".to_owned()];
    let cases = suite
        .cases
        .iter()
        .filter(|case| case.language.as_str() == language);
    for name in cases.flat_map(|case| case.fields.keys()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let set = format!("cases-{language}");
    let field = |name: &String| {
        json!({
            "@type": "cr:Field",
            "@id": format!("{set}/{name}"),
            "name": name,
            "dataType": "sc:Text",
            "source": {
                "fileObject": {"@id": file.path},
                "extract": {"column": name},
            },
        })
    };
    json!({
        "@type": "cr:RecordSet",
        "@id": set,
        "name": set,
        "description": "One JSON object a line; the first line holds the canary.",
        "field": names.iter().map(field).collect::<Vec<_>>(),
    })
}

/// The names of the vocabulary, as the specification gives them.
fn context() -> Value {
    json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "containedIn": "cr:containedIn",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "equivalentProperty": "cr:equivalentProperty",
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "extract": "cr:extract",
        "field": "cr:field",
        "fileObject": "cr:fileObject",
        "fileProperty": "cr:fileProperty",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "md5": "cr:md5",
        "parentField": "cr:parentField",
        "path": "cr:path",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform"
    })
}
