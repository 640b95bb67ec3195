//! `exact_match` (`lm_eval/api/metrics.py`), order of the steps and defects included.

use regex::Regex;

/// What two texts are stripped of before they are compared.
#[derive(Debug, Clone, Default)]
pub struct ExactMatch {
    /// Removed first, wherever they match.
    pub regexes_to_ignore: Vec<Regex>,
    /// Letter case: the whole of Unicode's lower case.
    pub ignore_case: bool,
    /// ASCII punctuation, so that -5 equals 5 and 1.5 equals 15.
    pub ignore_punctuation: bool,
    /// ASCII digits.
    pub ignore_numbers: bool,
}

impl ExactMatch {
    /// Whether `prediction` and `reference` are the same text after all that.
    #[must_use]
    pub fn agree(&self, prediction: &str, reference: &str) -> bool {
        self.strip(prediction) == self.strip(reference)
    }

    fn strip(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for pattern in &self.regexes_to_ignore {
            text = pattern.replace_all(&text, "").into_owned();
        }
        if self.ignore_case {
            text = text.to_lowercase();
        }
        let punctuation = |letter: char| self.ignore_punctuation && letter.is_ascii_punctuation();
        let number = |letter: char| self.ignore_numbers && letter.is_ascii_digit();
        text.retain(|letter| !punctuation(letter) && !number(letter));
        // The texts pass through numpy's arrays, which lose the zeros at the end.
        text.truncate(text.trim_end_matches('\0').len());
        text
    }
}
