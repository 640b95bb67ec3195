//! `exact_match` (`lm_eval/api/metrics.py`). Its traps are kept: with `ignore_punctuation`, `-5` equals
//! `5` and `1.5` equals `15`.

use regex::Regex;
use weigh_core::measure::text::pattern::{self, PatternError};

/// What the metric is told to ignore, by the names it has there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What these patterns match is deleted, in this order, before anything else.
    pub regexes_to_ignore: Vec<String>,
    /// Lower case.
    pub ignore_case: bool,
    /// ASCII punctuation is deleted.
    pub ignore_punctuation: bool,
    /// ASCII digits are deleted.
    pub ignore_numbers: bool,
}

/// The metric.
#[derive(Debug, Clone)]
pub struct ExactMatch {
    ignore: Vec<(Regex, &'static str)>,
    options: Options,
}

impl ExactMatch {
    /// The metric. A `$` at the end of a pattern also matches before a last line feed, as in Python.
    ///
    /// # Errors
    /// The first pattern that does not compile: look-around and back-references do not.
    pub fn new(options: Options) -> Result<Self, PatternError> {
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

    /// The text as it is compared.
    #[must_use]
    pub fn reduce(&self, text: &str) -> String {
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
        // The texts pass through numpy's arrays, which lose the zeros at the end.
        text.truncate(text.trim_end_matches('\0').len());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignoring(patterns: &[&str]) -> Result<ExactMatch, PatternError> {
        ExactMatch::new(Options {
            regexes_to_ignore: patterns.iter().map(ToString::to_string).collect(),
            ..Options::default()
        })
    }

    #[test]
    fn digits_go_where_that_is_asked_for() {
        let options = Options {
            ignore_numbers: true,
            ..Options::default()
        };
        let agrees = |answer, references: &[&str]| {
            ExactMatch::new(options.clone()).is_ok_and(|metric| metric.matches(answer, references))
        };
        assert!(agrees("a1", &["b", "a22"]) && !agrees("A1", &["a1"]) && !agrees("", &[]));
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
            let reduced = ignoring(&[pattern]).map(|metric| metric.reduce(text));
            assert_eq!(reduced, Ok(expect.to_owned()), "{pattern} {text}");
        }
        let refused = ignoring(&["ok", "(?=a)$"]).map(|_| ());
        assert!(refused.is_err_and(|error| error.to_string().contains("column 1")));
    }
}
