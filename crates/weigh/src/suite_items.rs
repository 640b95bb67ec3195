//! `weigh suite items`: how hard the items of a suite are for some models, and what tells them apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use weigh_core::comparison::{Compared, How, compare};
use weigh_core::decimal::Decimal;
use weigh_core::items::{Items, items};
use weigh_core::measure::{Scored, score, shuffled};
use weigh_core::stats::Stratum;
use weigh_core::text::visible_line;

use crate::compare::{Read, Scoring, read_by};
use crate::failure::Failure;
use crate::output::Output;

/// Which records are read, and what is told of them.
#[derive(Debug, Args)]
pub struct ItemsArgs {
    /// Records of runs of the same suites, the weakest model's first.
    #[arg(required = true, num_args = 2.., value_name = "RECORD")]
    pub records: Vec<PathBuf>,
    /// Tell the figures of tags that begin so, for instance `level-` or `subject-`; may be given
    /// again. Without it, those of whole suites and of languages.
    #[arg(long = "tag", value_name = "PREFIX")]
    pub tags: Vec<String>,
    /// Hold each reply against the key of another case of its suite and language. The shares must
    /// fall to chance; where they do not, the measure would pass any reply.
    #[arg(long)]
    pub shuffled: bool,
}

/// The document for programs.
#[derive(Serialize)]
struct Told<'a> {
    models: Vec<&'a str>,
    items: Vec<Items>,
    /// The last model against the first.
    differences: Vec<Compared>,
}

/// Carries out `weigh suite items`.
pub fn command(args: &ItemsArgs, output: &Output) -> Result<(), Failure> {
    let scoring: Scoring = if args.shuffled { shuffled } else { score };
    let read = args.records.iter().map(|path| read_by(path, scoring));
    let read: Vec<Read> = read.collect::<Result<_, Failure>>()?;
    let runs: Vec<&[Scored]> = read.iter().map(|one| one.scored.as_slice()).collect();
    let models: Vec<&str> = read.iter().map(|one| one.model.as_str()).collect();
    let mut items = items(&runs);
    let several = suites_of_several_languages(&items);
    items.retain(|one| match &one.stratum {
        Stratum::All => true,
        // The figures of a single language are those of the whole suite.
        Stratum::Language(_) => args.tags.is_empty() && several.contains(&one.suite),
        Stratum::Tag(tag) => args.tags.iter().any(|prefix| tag.starts_with(prefix)),
    });
    let told = Told {
        models,
        items,
        differences: differences(&read),
    };
    if output.json {
        output.json("weighhouse-items/1", &told);
    } else {
        table(&told, output);
    }
    Ok(())
}

fn suites_of_several_languages(items: &[Items]) -> BTreeSet<String> {
    let mut languages: BTreeMap<&str, BTreeSet<&Stratum>> = BTreeMap::new();
    for one in items {
        if let Stratum::Language(_) = one.stratum {
            languages
                .entry(&one.suite)
                .or_default()
                .insert(&one.stratum);
        }
    }
    let several = languages.into_iter().filter(|(_, all)| all.len() > 1);
    several.map(|(suite, _)| suite.to_owned()).collect()
}

/// The last model against the first, where both owe the same units.
fn differences(read: &[Read]) -> Vec<Compared> {
    let (Some(first), Some(last)) = (read.first(), read.last()) else {
        return Vec::new();
    };
    let how = How {
        level: last.inputs.profile.confidence,
        margin: None,
        seed: last.inputs.plan.header.options.seed,
    };
    compare(&first.scored, &last.scored, &how).unwrap_or_default()
}

/// Markdown, so that it reads on a terminal and fits into a README.
fn table(told: &Told<'_>, output: &Output) {
    let models: Vec<String> = told
        .models
        .iter()
        .map(|m| visible_line(m).into_owned())
        .collect();
    output.line(&format!(
        "| suite | measure | part | items | {} | none | every | gain |",
        models.join(" | ")
    ));
    output.line(&format!(
        "|---|---|---|{}",
        "---:|".repeat(models.len() + 4)
    ));
    for one in &told.items {
        let passes: Vec<String> = one
            .passes
            .iter()
            .map(|share| percent(Some(*share)))
            .collect();
        output.line(&format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            one.suite,
            one.measure.as_str(),
            part(&one.stratum),
            counted(one),
            passes.join(" | "),
            percent(one.none),
            percent(one.all),
            gain(told, one),
        ));
    }
}

fn part(stratum: &Stratum) -> String {
    match stratum {
        Stratum::All => "all".to_owned(),
        Stratum::Language(language) => language.to_string(),
        Stratum::Tag(tag) => visible_line(tag).into_owned(),
    }
}

fn counted(one: &Items) -> String {
    if one.items == one.scored {
        one.items.to_string()
    } else {
        format!("{} of {}", one.scored, one.items)
    }
}

/// The gain of the last model over the first, with its interval: over whole suites.
fn gain(told: &Told<'_>, one: &Items) -> String {
    let whole = one.stratum == Stratum::All;
    let same = |c: &&Compared| whole && c.suite == one.suite && c.measure == one.measure;
    let Some(found) = told.differences.iter().find(same) else {
        return String::new();
    };
    match (found.gain, found.lower, found.upper) {
        (Some(gain), Some(lower), Some(upper)) => {
            let points = |share: Decimal| format!("{:+.1}", share.get() * 100.0);
            format!("{} [{}, {}]", points(gain), points(lower), points(upper))
        }
        _ => String::new(),
    }
}

fn percent(share: Option<Decimal>) -> String {
    share.map_or_else(
        || "-".to_owned(),
        |share| format!("{:.1} %", share.get() * 100.0),
    )
}
