//! `weigh suite list`: the standard suites, and how many cases they have of what.

use std::collections::BTreeMap;

use serde::Serialize;
use weigh_core::suite::{MADE, Suite};
use weigh_core::text::visible;

use crate::failure::Failure;
use crate::home::Home;
use crate::output::{Output, counted};
use crate::suites::{self, Loaded};

/// What is said of one suite.
#[derive(Serialize)]
pub struct Row {
    id: String,
    version: String,
    title: String,
    licence: String,
    /// Cases by language.
    cases: BTreeMap<String, usize>,
    /// Cases that somebody wrote; the others are made by the suite.
    written: usize,
    /// Cases by tier; each tier of a run takes those before it, too.
    tiers: BTreeMap<&'static str, usize>,
    sha256: String,
}

/// Cases of all suites by what they have in common.
#[derive(Default, Serialize)]
struct Counts {
    domains: BTreeMap<String, usize>,
    languages: BTreeMap<String, usize>,
    tiers: BTreeMap<&'static str, usize>,
    risks: BTreeMap<String, usize>,
}

/// Carries out `weigh suite list`.
pub fn command(output: &Output) -> Result<(), Failure> {
    /// Every standard suite.
    #[derive(Serialize)]
    struct Listed {
        suites: Vec<Row>,
        counts: Counts,
    }
    let home = Home::find()?;
    let loaded = suites::load(&suites::find(&home, &[])?)?;
    let counts = counts(&loaded);
    if output.json {
        let suites = loaded.iter().map(|suite| row(&suite.suite)).collect();
        output.json("weighhouse-suites/1", &Listed { suites, counts });
        return Ok(());
    }
    print(&loaded, output);
    for (what, counts) in [
        ("domain", &counts.domains),
        ("language", &counts.languages),
        ("risk", &counts.risks),
    ] {
        output.line(&format!("\ncases by {what}: {}", told(counts)));
    }
    output.line(&format!("\ncases by tier: {}", told(&counts.tiers)));
    Ok(())
}

fn told<K: std::fmt::Display>(counts: &BTreeMap<K, usize>) -> String {
    let each = counts.iter().map(|(name, count)| format!("{name} {count}"));
    visible(&each.collect::<Vec<_>>().join(", ")).into_owned()
}

fn counts(loaded: &[Loaded]) -> Counts {
    let mut counts = Counts::default();
    for suite in loaded.iter().map(|loaded| &loaded.suite) {
        let domain = suite.id.split('/').next().unwrap_or_default();
        for case in &suite.cases {
            *counts.domains.entry(domain.to_owned()).or_default() += 1;
            *counts
                .languages
                .entry(case.language.to_string())
                .or_default() += 1;
            *counts.tiers.entry(case.tier.as_str()).or_default() += 1;
            for risk in case.tags.iter().filter_map(|tag| tag.strip_prefix("risk-")) {
                *counts.risks.entry(risk.to_owned()).or_default() += 1;
            }
        }
    }
    counts
}

/// One line for each suite.
pub fn print(loaded: &[Loaded], output: &Output) {
    for suite in loaded {
        let row = row(&suite.suite);
        let languages: Vec<&str> = row.cases.keys().map(String::as_str).collect();
        let all: usize = row.cases.values().sum();
        let cases = counted(all, "case", "cases");
        let made = match all - row.written {
            0 => String::new(),
            made => format!(" ({made} of them made by the suite)"),
        };
        let line = format!(
            "{} {}: {}. {cases}{made} in {}; {}; {}",
            row.id,
            row.version,
            row.title,
            languages.join(", "),
            told(&row.tiers),
            row.licence
        );
        output.line(&visible(&line));
    }
}

/// What is said of `suite`.
pub fn row(suite: &Suite) -> Row {
    let mut row = Row {
        id: suite.id.clone(),
        version: suite.version.clone(),
        title: english(suite),
        licence: suite.licence.clone(),
        cases: BTreeMap::new(),
        written: 0,
        tiers: BTreeMap::new(),
        sha256: suite.digest.to_string(),
    };
    for case in &suite.cases {
        *row.cases.entry(case.language.to_string()).or_default() += 1;
        *row.tiers.entry(case.tier.as_str()).or_default() += 1;
        row.written += usize::from(!case.id.contains(MADE));
    }
    row
}

/// The English title, which every suite has.
pub fn english(suite: &Suite) -> String {
    let mut titles = suite.title.iter();
    let english = titles.find(|(language, _)| language.as_str() == "en");
    english.map(|(_, title)| title.clone()).unwrap_or_default()
}
