//! Cutting a text into the pieces within which merging happens.

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input, PatternID};

use super::fault::{EncodeFault, TokenizerFault};

/// The pattern of GPT-2 and of the byte-level step of Hugging Face tokenizers.
pub(super) const GPT2: &str =
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

/// The pattern of Qwen2 and Qwen2.5.
pub(super) const QWEN2: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// The pattern of Llama 3.
pub(super) const LLAMA3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// How all of these patterns end. A run of white space before something else leaves its last
/// character to it. The look-ahead is done by hand, so that the rest needs no backtracking.
const BLANK_TAIL: &str = r"|\s+(?!\S)|\s+";

/// One rule of a tokenizer's list; each is applied to the pieces that the one before it made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SplitRule {
    /// Each numeric character alone.
    EachDigit,
    /// Runs of numeric characters alone.
    DigitRuns,
    /// Each match of the pattern, and each stretch between matches.
    Pattern(String),
}

/// A rule that is ready for use.
#[derive(Debug)]
pub(super) enum Splitter {
    /// [`SplitRule::EachDigit`].
    EachDigit,
    /// [`SplitRule::DigitRuns`].
    DigitRuns,
    /// A pattern, and whether it ended in [`BLANK_TAIL`]: then the regex's second pattern is `\s+`.
    Pattern {
        /// The pattern without its tail.
        regex: Box<Regex>,
        /// Whether it had the tail.
        blank_tail: bool,
    },
}

impl SplitRule {
    /// Compiles the rule.
    ///
    /// # Errors
    /// A pattern that needs more than a linear search.
    pub(super) fn compile(&self) -> Result<Splitter, TokenizerFault> {
        let pattern = match self {
            Self::EachDigit => return Ok(Splitter::EachDigit),
            Self::DigitRuns => return Ok(Splitter::DigitRuns),
            Self::Pattern(pattern) => pattern,
        };
        let head = pattern.strip_suffix(BLANK_TAIL);
        let blank_tail = head.is_some();
        let patterns: &[&str] = match head {
            Some(head) => &[head, r"\s+"],
            None => &[pattern],
        };
        let config = Regex::config().nfa_size_limit(Some(16 << 20));
        let regex = Regex::builder().configure(config).build_many(patterns);
        let regex = regex.map_err(|error| TokenizerFault::Unsupported {
            part: "split pattern",
            found: format!("{pattern:?} ({error})"),
            supported: "patterns whose only look-around is a final `\\s+(?!\\S)|\\s+`",
        })?;
        Ok(Splitter::Pattern {
            regex: Box::new(regex),
            blank_tail,
        })
    }
}

impl Splitter {
    /// Cuts `text` and gives each piece to `piece`.
    pub(super) fn split<'t>(
        &self,
        text: &'t str,
        piece: &mut dyn FnMut(&'t str) -> Result<(), EncodeFault>,
    ) -> Result<(), EncodeFault> {
        match self {
            Self::EachDigit => digits(text, 1, piece),
            Self::DigitRuns => digits(text, usize::MAX, piece),
            Self::Pattern { regex, blank_tail } => matches(regex, *blank_tail, text, piece),
        }
    }
}

/// Cuts out runs of at most `most` numeric characters.
fn digits<'t>(
    text: &'t str,
    most: usize,
    piece: &mut dyn FnMut(&'t str) -> Result<(), EncodeFault>,
) -> Result<(), EncodeFault> {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let numeric = first.is_numeric();
        let most = if numeric { most } else { usize::MAX };
        let run = rest
            .chars()
            .take(most)
            .take_while(|c| c.is_numeric() == numeric);
        let (run, after) = rest.split_at(run.map(char::len_utf8).sum());
        piece(run)?;
        rest = after;
    }
    Ok(())
}

fn matches<'t>(
    regex: &Regex,
    blank_tail: bool,
    text: &'t str,
    piece: &mut dyn FnMut(&'t str) -> Result<(), EncodeFault>,
) -> Result<(), EncodeFault> {
    let cut = |from: usize, to: usize| {
        let piece = text.get(from..to);
        piece
            .ok_or_else(|| EncodeFault::Split(format!("no border of characters at {from} or {to}")))
    };
    let mut from = 0;
    while from < text.len() {
        let input = Input::new(text).range(from..).anchored(Anchored::No);
        let Some(found) = regex.find(input) else {
            break;
        };
        if found.is_empty() {
            return Err(EncodeFault::Split(
                "the pattern matches nothing at all".to_owned(),
            ));
        }
        if found.start() > from {
            piece(cut(from, found.start())?)?;
        }
        let blank = blank_tail && found.pattern() == PatternID::must(1);
        let whole = cut(found.start(), found.end())?;
        let kept = if blank && found.end() < text.len() {
            leave_last(whole)
        } else {
            whole
        };
        piece(kept)?;
        from = found.start() + kept.len();
    }
    if from < text.len() {
        piece(cut(from, text.len())?)
    } else {
        Ok(())
    }
}

/// The text without its last character, or all of it if it has only one.
fn leave_last(text: &str) -> &str {
    let last = text.chars().next_back().map_or(0, char::len_utf8);
    if last < text.len() {
        text.get(..text.len() - last).unwrap_or(text)
    } else {
        text
    }
}
