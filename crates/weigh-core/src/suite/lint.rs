//! What is allowed and yet probably wrong with a suite: warnings about its cases as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::head::Head;
use super::prompt::{Prompt, Prompts};
use super::{Case, Expectation, MADE, Suite, Task};
use crate::diagnostic::{Diagnostic, code, whole_file};
use crate::digest::Digest;
use crate::measure::{MeasureName, refusal};
use crate::text::{fold, nfkc};

/// The 99.9 % quantile of the standard normal distribution.
const Z: f64 = 3.090_232;
/// The least expected count at each position for which chi-square is a fair approximation.
const LEAST_EXPECTED: f64 = 5.0;
/// The fewest cases for which the length of the right answer is looked at.
const LEAST_LENGTHS: u32 = 20;

/// Every warning about `suite`. Cases that the suite makes are not looked at.
pub(super) fn lint(suite: &Suite, prompts: &Prompts, head: &Head) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let written = suite.cases.iter().filter(|case| !case.id.contains(MADE));
    let written: Vec<&Case> = written.collect();
    for cases in written.chunk_by(|a, b| a.language == b.language) {
        same_prompts(cases, prompts, &mut found);
        // The better text of a pair is always the first one.
        if suite.task != Task::Pair {
            answer_positions(cases, &mut found);
            longest_answers(cases, &mut found);
        }
        refusal_rules(suite, cases, &mut found);
    }
    if head.parallel {
        not_parallel(&written, &mut found);
    }
    no_origin(suite, head, &mut found);
    found
}

/// Refusals are read by phrases, and not every language has some.
fn refusal_rules(suite: &Suite, cases: &[&Case], found: &mut Vec<Diagnostic>) {
    let reads = |measure| matches!(measure, MeasureName::Refusal | MeasureName::OverRefusal);
    let Some(first) = cases
        .first()
        .filter(|_| suite.measures.iter().copied().any(reads))
    else {
        return;
    };
    if !refusal::languages().any(|known| known == first.language.primary()) {
        let message = format!("no phrases of refusal are known in `{}`", first.language);
        found.push(whole_file(
            &first.place.0,
            code::NO_REFUSAL_RULES,
            message,
            None,
        ));
    }
}

/// What a suite that is published must say.
fn no_origin(suite: &Suite, head: &Head, found: &mut Vec<Diagnostic>) {
    let missing = [
        ("licence", !head.has_licence()),
        ("authors", suite.authors.is_empty()),
        ("sources", suite.sources.is_empty()),
    ];
    let missing: Vec<String> = missing
        .into_iter()
        .filter(|(_, absent)| *absent)
        .map(|(key, _)| format!("`{key}`"))
        .collect();
    let Some(file) = suite.manifest.iter().find(|file| file.path != "README.md") else {
        return;
    };
    if !missing.is_empty() {
        let path = suite.manifest.iter().find(|file| file.path == "suite.toml");
        let path = &path.unwrap_or(file).path;
        let message = format!("the suite does not say its {}", missing.join(", "));
        found.push(whole_file(path, code::NO_ORIGIN, message, None));
    }
}

fn at_case(case: &Case, code: &'static str, message: String) -> Diagnostic {
    let mut diagnostic = whole_file(&case.place.0, code, message, None);
    diagnostic.line = case.place.1;
    diagnostic
}

fn same_prompts(cases: &[&Case], prompts: &Prompts, found: &mut Vec<Diagnostic>) {
    let Some(prompt) = cases
        .first()
        .and_then(|case| prompts.of(&case.language).flatten())
    else {
        return;
    };
    let mut in_file: Vec<&Case> = cases.to_vec();
    in_file.sort_by_key(|case| case.place.1);
    let mut seen: BTreeMap<Digest, &Case> = BTreeMap::new();
    for case in in_file {
        let Some(earlier) = seen.insert(asked(case, prompt, fold), case) else {
            continue;
        };
        // The variants of a family may well differ in letter case alone.
        let plain = |text: &str| nfkc(text).into_owned();
        if earlier.family == case.family
            && asked(earlier, prompt, plain) != asked(case, prompt, plain)
        {
            continue;
        }
        let (id, line) = (&case.id, earlier.place.1);
        let message = format!("the case `{id}` asks the same as the one on line {line}");
        found.push(at_case(case, code::SAME_PROMPT, message));
    }
}

/// Written cases that ask the same as one of an earlier suite, whatever the prompts around them. The
/// files are named below the suites' ids.
#[must_use]
pub fn repeated(suites: &[&Suite]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<Digest, (&Suite, &Case)> = BTreeMap::new();
    let mut found = Vec::new();
    for suite in suites {
        let written = suite.cases.iter().filter(|case| !case.id.contains(MADE));
        for case in written {
            let digest = said(case, case.fields.values().cloned(), fold);
            let Some((other, twin)) = seen.get(&digest) else {
                seen.insert(digest, (suite, case));
                continue;
            };
            if other.id != suite.id {
                let (id, theirs, line) = (&case.id, &other.id, twin.place.1);
                let message = format!(
                    "the case `{id}` asks the same as `{}` on line {line} of {theirs}/{}",
                    twin.id, twin.place.0
                );
                let mut note = at_case(case, code::SAME_IN_OTHER_SUITE, message);
                note.file = format!("{}/{}", suite.id, note.file);
                found.push(note);
            }
        }
    }
    found
}

/// What a case asks, in the form that `plain` gives each text.
fn asked(case: &Case, prompt: &Prompt, plain: impl Fn(&str) -> String) -> Digest {
    let parts = prompt.parts.iter();
    let parts = parts.filter_map(|part| part.render(&case.fields).ok());
    said(case, parts, plain)
}

/// A digest of `parts` and of the other texts of a case, in the form that `plain` gives each.
fn said(
    case: &Case,
    parts: impl Iterator<Item = String>,
    plain: impl Fn(&str) -> String,
) -> Digest {
    let turns = case.turns.iter().map(|(_, text)| text.clone());
    let own = case.system.iter().cloned().chain(turns);
    let choices = case.expect.choices().iter().cloned();
    let text = case.expect.text().map(str::to_owned);
    let mut asked = String::new();
    for text in parts.chain(own).chain(choices).chain(text) {
        let text = plain(text.trim()).trim().to_owned();
        // Whatever parts the texts, no text can hold it twice in the same way: lengths come first.
        asked.push_str(&format!("{}:{text}", text.len()));
    }
    Digest::of(asked.as_bytes())
}

/// Number of choices -> for each position, how often the right answer stands there.
fn positions(cases: &[&Case]) -> BTreeMap<usize, Vec<u32>> {
    let mut counts: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for case in cases {
        if let Expectation::Choice {
            choices, answer, ..
        } = &case.expect
        {
            let row = counts
                .entry(choices.len())
                .or_insert_with(|| vec![0; choices.len()]);
            if let Some(count) = row.get_mut(*answer) {
                *count += 1;
            }
        }
    }
    counts
}

fn answer_positions(cases: &[&Case], found: &mut Vec<Diagnostic>) {
    for counts in positions(cases).into_values() {
        if is_unbalanced(&counts) {
            let list: Vec<String> = counts.iter().map(u32::to_string).collect();
            let message = format!("the right answers favour a position: {}", list.join(", "));
            found.extend(
                cases
                    .first()
                    .map(|case| whole_file(&case.place.0, code::ANSWER_POSITION, message, None)),
            );
        }
    }
}

/// Pearson's chi-square of `counts` against equal ones, at the 99.9 % quantile.
fn is_unbalanced(counts: &[u32]) -> bool {
    let positions = number(counts.len());
    let total: f64 = counts.iter().copied().map(f64::from).sum();
    let expected = total / positions;
    if expected < LEAST_EXPECTED {
        return false;
    }
    let square = |count: u32| (f64::from(count) - expected) * (f64::from(count) - expected);
    let statistic: f64 = counts.iter().map(|count| square(*count) / expected).sum();
    statistic > chi_square_quantile(positions - 1.0)
}

/// The 99.9 % quantile of chi-square (Wilson and Hilferty, 1931).
fn chi_square_quantile(degrees: f64) -> f64 {
    let part = 2.0 / (9.0 * degrees);
    let root = 1.0 - part + Z * libm::sqrt(part);
    degrees * root * root * root
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn longest_answers(cases: &[&Case], found: &mut Vec<Diagnostic>) {
    let (mut seen, mut hits, mut expected, mut variance) = (0_u32, 0_u32, 0.0, 0.0);
    for case in cases {
        if let (
            Expectation::Choice {
                choices, answer, ..
            },
            Some(longest),
        ) = (&case.expect, longest(case.expect.choices()))
        {
            let chance = 1.0 / number(choices.len());
            seen += 1;
            hits += u32::from(longest == *answer);
            expected += chance;
            variance += chance * (1.0 - chance);
        }
    }
    let excess = f64::from(hits) - expected;
    if seen >= LEAST_LENGTHS && excess > Z * libm::sqrt(variance) {
        let message = format!("the longest choice is the right one in {hits} of {seen} cases");
        found.extend(
            cases
                .first()
                .map(|case| whole_file(&case.place.0, code::LONGEST_ANSWER, message, None)),
        );
    }
}

/// The index of the choice with the most characters, if there is one such.
fn longest(choices: &[String]) -> Option<usize> {
    let lengths: Vec<usize> = choices.iter().map(|c| c.chars().count()).collect();
    let most = lengths.iter().max()?;
    let mut at = lengths
        .iter()
        .enumerate()
        .filter(|(_, length)| *length == most);
    match (at.next(), at.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}

fn not_parallel(cases: &[&Case], found: &mut Vec<Diagnostic>) {
    let every: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    for of_language in cases.chunk_by(|a, b| a.language == b.language) {
        let here: BTreeSet<&str> = of_language.iter().map(|case| case.id.as_str()).collect();
        let missing: Vec<String> = every
            .difference(&here)
            .map(|id| format!("`{id}`"))
            .collect();
        let Some(first) = of_language.first().filter(|_| !missing.is_empty()) else {
            continue;
        };
        let named: Vec<&str> = missing.iter().take(3).map(String::as_str).collect();
        let more = if missing.len() > named.len() {
            ", ..."
        } else {
            ""
        };
        let message = format!(
            "{} cases of other languages are missing: {}{more}",
            missing.len(),
            named.join(", ")
        );
        found.push(whole_file(
            &first.place.0,
            code::NOT_PARALLEL,
            message,
            None,
        ));
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ChiSquared, ContinuousCDF};

    use super::*;

    #[test]
    fn the_quantile_is_near_the_exact_one() {
        for degrees in 1..=9_u32 {
            let exact = ChiSquared::new(f64::from(degrees))
                .unwrap()
                .inverse_cdf(0.999);
            let near = chi_square_quantile(f64::from(degrees));
            assert!(
                (near - exact).abs() / exact < 0.035,
                "{degrees}: {near} {exact}"
            );
        }
    }

    #[test]
    fn only_a_clear_preference_is_reported() {
        for (counts, expect) in [
            (vec![25, 25, 25, 25], false),
            (vec![32, 22, 25, 21], false),
            (vec![60, 10, 15, 15], true),
            (vec![4, 0, 0, 0], false),
            (vec![0, 40], true),
            (vec![0; 4], false),
        ] {
            assert_eq!(is_unbalanced(&counts), expect, "{counts:?}");
        }
    }
}
