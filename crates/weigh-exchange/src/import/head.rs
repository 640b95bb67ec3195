//! `suite.toml` of an imported data set: what is asked, in which words, and what is measured.

use std::collections::BTreeSet;

use weigh_core::language::Language;

use super::draft::{Kind, OF_OPEN, tag};
use super::origin::Origin;
use super::{Format, Options};
use crate::lm_eval::python::Python;
use crate::toml::{list, quoted};

/// Languages that put no space between sentences, in which choices follow without one, too.
const UNSPACED: [&str; 2] = ["th", "zh"];

/// What of a data set its head tells.
pub(super) struct Facts<'a> {
    pub origin: Origin,
    pub kind: Kind,
    pub languages: &'a BTreeSet<&'a Language>,
    pub parallel: bool,
    /// What the first file says of itself.
    pub about: Option<&'a Python>,
    pub files: Vec<&'a str>,
    /// The measures that the cases are for, where they ask for replies.
    pub measures: BTreeSet<&'static str>,
}

/// The text of the file.
pub(super) fn text(options: &Options, facts: &Facts<'_>) -> String {
    let mut text = format!(
        "# Imported by `weigh import {}`; README.md tells from what.\nformat = \"weighhouse-suite/1\"\nid = {}\nversion = \"1.0.0\"\n",
        options.format.as_str(),
        quoted(&options.id),
    );
    if let Some(licence) = &facts.origin.licence {
        text.push_str(&format!("licence = {}\n", quoted(licence)));
    }
    if !facts.origin.authors.is_empty() {
        text.push_str(&format!("authors = {}\n", list(&facts.origin.authors)));
    }
    let sources = match &options.source {
        Some(source) => vec![source.clone()],
        None => facts.files.iter().map(|file| (*file).to_owned()).collect(),
    };
    text.push_str(&format!("sources = {}\n", list(&sources)));
    let measures: Vec<String> = measures(options.format, facts)
        .into_iter()
        .map(str::to_owned)
        .collect();
    if !measures.is_empty() {
        text.push_str(&format!("measures = {}\n", list(&measures)));
    }
    if facts.parallel {
        text.push_str("parallel = true\n");
    }
    let name = options.id.rsplit('/').next().unwrap_or_default();
    let said = facts.about.and_then(|about| about.get("name")?.as_text());
    let title =
        said.filter(|said| tag(said).starts_with(&tag(name)) || tag(name).starts_with(&tag(said)));
    text.push_str(&format!(
        "\n[title]\nen = {}\n",
        quoted(title.unwrap_or(name))
    ));
    text.push_str(&format!(
        "\n[task]\n{}\n{}",
        task(options.format, facts.kind),
        prompts(options, facts)
    ));
    text
}

/// The measures, where they are others than those that the cases are for by themselves: nothing reads a reply of which
/// nothing is expected.
fn measures(format: Format, facts: &Facts<'_>) -> Vec<&'static str> {
    let own = format.traits().measures;
    if own.is_empty() && facts.kind == Kind::Generate && facts.measures.contains(OF_OPEN) {
        return facts.measures.iter().copied().collect();
    }
    own.to_vec()
}

fn task(format: Format, kind: Kind) -> String {
    match kind {
        Kind::Choice => "kind = \"choice\"".to_owned(),
        Kind::Letter => "kind = \"choice\"\nby = \"letter\"".to_owned(),
        Kind::Pair => "kind = \"pair\"".to_owned(),
        Kind::Likelihood => "kind = \"likelihood\"".to_owned(),
        Kind::Generate => {
            let tokens = format.traits().tokens;
            format!("kind = \"generate\"\nmax_tokens = {tokens}\nstop = []")
        }
    }
}

/// The tables of prompts.
fn prompts(options: &Options, facts: &Facts<'_>) -> String {
    if matches!(facts.kind, Kind::Pair | Kind::Likelihood) {
        return "\n[prompt.default]\ntemplate = \"\"\n".to_owned();
    }
    let template = template(options, facts.kind);
    if facts.kind == Kind::Generate {
        let turn = quoted(&template);
        return format!("\n[[prompt.default.turn]]\nrole = \"user\"\ncontent = {turn}\n");
    }
    let plain = |language: &str, template: &str, delimiter: &str| {
        let (template, delimiter) = (quoted(template), quoted(delimiter));
        format!("\n[prompt.{language}]\ntemplate = {template}\ndelimiter = {delimiter}\n")
    };
    let ends = template.ends_with(char::is_whitespace);
    let mut text = plain("default", &template, if ends { "" } else { " " });
    for language in facts.languages {
        if options.format == Format::Xcopa && UNSPACED.contains(&language.primary()) {
            text.push_str(&plain(language.as_str(), "{premise}{link}", ""));
        }
    }
    text
}

fn template(options: &Options, kind: Kind) -> String {
    let traits = options.format.traits();
    if traits.is_table || kind == Kind::Letter {
        return options.columns.template(kind);
    }
    traits.prompt.to_owned()
}
