//! Numeric match: the answer number of a text, in the digits and the notation of its language.
//!
//! Found are decimal digits of any script with grouping and decimal marks (`1,234.5`, `1.234,5`,
//! `1 234,5`, `١٬٢٣٤٫٥`, `12,34,567`), minus signs, fractions (`3/4`, `½`, `1 1/2`), powers of ten
//! (`2e3`) and the myriads of Chinese and Japanese (`3.5万`). Currency and percent signs beside a
//! number are passed over, so `12%` is 12. Numbers are compared exactly, as decimals or fractions.
//!
//! **Not read:** numbers in words, `1.5 million`, Roman numerals, times and dates as such. Digits
//! right after a Latin, Greek or Cyrillic letter belong to a name (`x2`, `CO2`), not to a number.

mod notation;
mod scan;
mod shape;
#[cfg(test)]
mod tests;
mod value;

use super::unicode::is_minus;
use crate::language::Language;
use scan::Scan;

pub use value::{NotANumber, Number};

/// The version of the rules by which a reply's answer is read: any change that can move a decision
/// raises it.
pub const VERSION: u32 = 1;

/// A number with its place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The number.
    pub number: Number,
    /// Byte offset of its first digit.
    pub start: usize,
    /// Byte offset after its last character.
    pub end: usize,
}

/// Which number of a text is its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule<'a> {
    /// The last one.
    Last,
    /// The one after the last place where one of these markers stands; none without a marker.
    /// Markers are compared in lower case. In a calculation (`2 + 3 = 5`) it is the result.
    After(&'a [&'a str]),
    /// The one after a marker; without a marker the last one.
    AfterOrLast(&'a [&'a str]),
}

/// Every number of a text, in order.
#[must_use]
pub fn numbers(text: &str, language: &Language) -> Vec<Found> {
    Scan::new(text, language).numbers(0)
}

/// The number that answers, or none where the text has none at the place that the rule names.
#[must_use]
pub fn answer_number(text: &str, language: &Language, rule: Rule<'_>) -> Option<Found> {
    let scan = Scan::new(text, language);
    let last = || scan.numbers(0).pop();
    match rule {
        Rule::Last => last(),
        Rule::After(markers) => scan.after(markers).and_then(|from| first(&scan, from)),
        Rule::AfterOrLast(markers) => scan
            .after(markers)
            .map_or_else(last, |from| first(&scan, from)),
    }
}

/// Whether a reply answers with the expected number, and what was read as its answer. A reply
/// without a number is a wrong answer, not one that cannot be scored.
#[must_use]
pub fn answers(text: &str, expected: &Number, language: &Language) -> (bool, Option<Found>) {
    let found = answer_number(text, language, Rule::AfterOrLast(&markers(language)));
    let right = found
        .as_ref()
        .is_some_and(|found| found.number == *expected);
    (right, found)
}

/// Whether the answer number equals one of the references; None where there is no answer number.
#[must_use]
pub fn numeric_match(
    text: &str,
    references: &[Number],
    language: &Language,
    rule: Rule<'_>,
) -> Option<bool> {
    let found = answer_number(text, language, rule)?;
    Some(references.contains(&found.number))
}

/// The markers of an answer in a language, in lower case, and those that every language knows.
#[must_use]
pub fn markers(language: &Language) -> Vec<&'static str> {
    let own = notation::markers(language.primary());
    ["####", "\\boxed{"].iter().chain(own).copied().collect()
}

/// The first number from a place on, or the result of the calculation that it begins.
fn first(scan: &Scan<'_>, from: usize) -> Option<Found> {
    let mut numbers = scan.numbers(from).into_iter();
    let mut found = numbers.next()?;
    for next in numbers {
        let between = scan.text().get(found.end..next.start).unwrap_or_default();
        if !is_calculation(between) {
            break;
        }
        found = next;
    }
    Some(found)
}

/// Whether a calculation goes on through the text between two numbers: an equals sign in the same
/// sentence, or an operator without words.
fn is_calculation(between: &str) -> bool {
    let ends = |c| matches!(c, '\n' | '.' | '。' | '।' | ';' | '؟' | '?' | '!');
    let equals = |c| matches!(c, '=' | '＝');
    let operator = |c| is_minus(c) || matches!(c, '+' | '*' | '×' | '·' | '/' | '÷' | '∙');
    let sentence_goes_on = !between.contains(ends);
    let words = between.contains(char::is_alphabetic);
    sentence_goes_on && (between.contains(equals) || (!words && between.contains(operator)))
}
