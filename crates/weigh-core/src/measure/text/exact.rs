//! Exact match: the answer is one of the references, letter by letter once both are normalised.

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::normalise::{folded, normalise};
use super::pattern::{self, PatternError};
use super::unicode::is_python_space;
use crate::language::Language;

/// Whether the answer equals one of the references under [`normalise`]. False without a reference.
///
/// A reference of punctuation only (`?!`) is compared with its punctuation: nothing equals nothing.
#[must_use]
pub fn exact_match<S: AsRef<str>>(answer: &str, references: &[S], language: &Language) -> bool {
    let normal = normalise(answer, language);
    references.iter().map(AsRef::as_ref).any(|reference| {
        let expected = normalise(reference, language);
        if expected.is_empty() {
            let exact = folded(reference, language);
            !exact.is_empty() && exact == folded(answer, language)
        } else {
            expected == normal
        }
    })
}

/// What `exact_match` of lm-evaluation-harness is told to ignore, by the names it has there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HarnessOptions {
    /// What these patterns match is deleted, in this order, before anything else.
    pub regexes_to_ignore: Vec<String>,
    /// Lower case.
    pub ignore_case: bool,
    /// ASCII punctuation is deleted.
    pub ignore_punctuation: bool,
    /// ASCII digits are deleted.
    pub ignore_numbers: bool,
}

/// `exact_match` of lm-evaluation-harness, for numbers that compare with its own. Its traps are
/// kept: with `ignore_punctuation`, `-5` equals `5` and `1.5` equals `15`.
#[derive(Debug, Clone)]
pub struct HarnessExactMatch {
    ignore: Vec<(Regex, &'static str)>,
    options: HarnessOptions,
}

impl HarnessExactMatch {
    /// The metric. A `$` at the end of a pattern also matches before a last line feed, as in Python.
    ///
    /// # Errors
    /// The first pattern that does not compile: look-around and back-references do not.
    pub fn new(options: HarnessOptions) -> Result<Self, PatternError> {
        let compiled = options.regexes_to_ignore.iter().map(|source| {
            let ends = source.strip_suffix('$').filter(|rest| {
                let escapes = rest.chars().rev().take_while(|&c| c == '\\').count();
                escapes % 2 == 0 && !rest.contains('|')
            });
            match ends {
                Some(rest) => {
                    let whole = format!(r"(?:{rest})(?<end>\n?)\z");
                    // The pattern as it was given is what an error is about.
                    pattern::compile(source).and(pattern::compile(&whole).map(|r| (r, "$end")))
                }
                None => pattern::compile(source).map(|regex| (regex, "")),
            }
        });
        Ok(Self {
            ignore: compiled.collect::<Result<_, _>>()?,
            options,
        })
    }

    /// Whether the answer equals one of the references once both are reduced alike.
    #[must_use]
    pub fn matches<S: AsRef<str>>(&self, answer: &str, references: &[S]) -> bool {
        let answer = self.reduce(answer);
        let equal = |reference: &S| self.reduce(reference.as_ref()) == answer;
        references.iter().any(equal)
    }

    fn reduce(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (regex, with) in &self.ignore {
            text = regex.replace_all(&text, *with).into_owned();
        }
        if self.options.ignore_case {
            text = text.to_lowercase();
        }
        text.retain(|c| {
            let punctuation = self.options.ignore_punctuation && c.is_ascii_punctuation();
            let number = self.options.ignore_numbers && c.is_ascii_digit();
            !punctuation && !number
        });
        text
    }
}

/// The `regex` filter of lm-evaluation-harness: of all matches of a pattern the one at `select`
/// (from the end where negative), of its groups the first that is not empty, without white space
/// around it; `[invalid]` where nothing matches.
///
/// None where `select` names a match that is not there: the harness stops with an error then.
#[must_use]
pub fn harness_extract(text: &str, pattern: &Regex, select: isize) -> Option<String> {
    let matches: Vec<_> = pattern.captures_iter(text).collect();
    if matches.is_empty() {
        return Some("[invalid]".to_owned());
    }
    let from_end = || matches.len().checked_sub(select.unsigned_abs());
    let at = usize::try_from(select).ok().or_else(from_end)?;
    let found = matches.get(at)?;
    // One group or none: that text, even if empty. Several: the first that is not empty.
    let mut groups = found.iter().skip(usize::from(found.len() > 1)).flatten();
    let picked = if found.len() > 2 {
        groups.find(|group| !group.is_empty())
    } else {
        groups.next()
    };
    let text = picked.map_or("", |group| group.as_str());
    Some(text.trim_matches(is_python_space).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_the_references() {
        for (tag, answer, references, expect) in [
            ("en", "The Eiffel Tower!", &["Eiffel tower"][..], true),
            ("en", "Paris", &["London", "paris."], true),
            ("en", "Paris, France", &["Paris"], false),
            ("en", "-5", &["5"], false),
            ("en", "1.5", &["15"], false),
            ("en", "...", &["?"], false),
            ("en", "", &["?"], false),
            ("en", " ? ", &["?"], true),
            ("en", "", &[""], false),
            ("en", "x", &[], false),
            ("bn", "১৮।", &["18"], true),
            ("zh", "北京。", &["北京"], true),
        ] {
            let language = tag.parse().unwrap();
            assert_eq!(
                exact_match(answer, references, &language),
                expect,
                "{answer}"
            );
        }
    }

    fn ignoring(patterns: &[&str]) -> Result<HarnessExactMatch, PatternError> {
        HarnessExactMatch::new(HarnessOptions {
            regexes_to_ignore: patterns.iter().map(ToString::to_string).collect(),
            ..HarnessOptions::default()
        })
    }

    #[test]
    fn digits_go_where_that_is_asked_for() {
        let options = HarnessOptions {
            ignore_numbers: true,
            ..HarnessOptions::default()
        };
        let metric = HarnessExactMatch::new(options).unwrap();
        assert!(metric.matches("a1", &["b", "a22"]) && !metric.matches("A1", &["a1"]));
        assert!(!metric.matches::<&str>("", &[]));
    }

    #[test]
    fn patterns_that_end_in_a_dollar_sign() {
        for (pattern, text, expect) in [
            (r"\.$", "5.", "5"),
            (r"\.$", "5.\n", "5\n"),
            (r"\.$", "5.\n\n", "5.\n\n"),
            (r"\$", "$5$", "5"),
            (r"a|b$", "ab", ""),
        ] {
            let metric = ignoring(&[pattern]).unwrap();
            assert_eq!(metric.reduce(text), expect, "{pattern} {text}");
        }
        let refused = ignoring(&["ok", "(?=a)$"]).unwrap_err();
        assert!(refused.to_string().contains("column 1"), "{refused}");
    }

    #[test]
    fn what_the_filter_takes() {
        for (pattern, text, select, expect) in [
            (r"(-?[$0-9.,]{2,})|(-?[0-9]+)", "is 7", -1, Some("7")),
            (r"#### (\-?[0-9\.\,]+)", "#### 5\n#### 6", 0, Some("5")),
            ("[0-9]+", "a", 0, Some("[invalid]")),
            ("[0-9]+", "1 2", 2, None),
            ("[0-9]+", "1 2", -3, None),
            ("([a-z]*)1", "1", 0, Some("")),
        ] {
            let regex = pattern::compile(pattern).unwrap();
            let found = harness_extract(text, &regex, select);
            assert_eq!(found.as_deref(), expect, "{pattern} {text}");
        }
    }
}
