//! Cutting a text into the pieces within which merging happens.

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta::Regex;
use regex_automata::nfa::thompson;
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

/// The most bytes that a compiled pattern may take.
const MOST_STATES: usize = 16 << 20;

/// A rule that is ready for use.
#[derive(Debug)]
pub(super) enum Splitter {
    /// [`SplitRule::EachDigit`].
    EachDigit,
    /// [`SplitRule::DigitRuns`].
    DigitRuns,
    /// [`SplitRule::Pattern`].
    Pattern(Box<Pattern>),
}

/// A pattern, and whether it ended in [`BLANK_TAIL`]: then the regex's second pattern is `\s+`.
///
/// Its automaton is driven byte by byte, so that it is known how far it had to look: pieces that
/// were cut without a look at the text's end stay when something is put behind the text.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Finds what begins at a given place.
    here: DFA,
    /// Finds what begins later.
    later: Regex,
    blank_tail: bool,
}

/// What the searches of one rule keep from text to text. One for each thread.
pub(super) type Search = Option<Box<Cache>>;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// The piece.
    pub text: &'t str,
    /// How many bytes of the text decided where it ends; none if the text's end did, too.
    pub seen: Option<usize>,
}

/// Takes the pieces of a text.
type Sink<'a, 't> = &'a mut dyn FnMut(Piece<'t>) -> Result<(), EncodeFault>;

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
        let compiled = Pattern::compile(pattern).map_err(|error| TokenizerFault::Unsupported {
            part: "split pattern",
            found: format!("{pattern:?} ({error})"),
            supported: "patterns whose only look-around is a final `\\s+(?!\\S)|\\s+`",
        });
        Ok(Splitter::Pattern(Box::new(compiled?)))
    }
}

impl Splitter {
    /// An empty memory for searches by this rule.
    pub(super) fn search(&self) -> Search {
        match self {
            Self::EachDigit | Self::DigitRuns => None,
            Self::Pattern(pattern) => Some(Box::new(pattern.here.create_cache())),
        }
    }

    /// Cuts `text` and gives each piece to `sink`. Without its own memory a search starts afresh.
    pub(super) fn split<'t>(
        &self,
        search: &mut Search,
        text: &'t str,
        sink: Sink<'_, 't>,
    ) -> Result<(), EncodeFault> {
        match self {
            Self::EachDigit => digits(text, true, sink),
            Self::DigitRuns => digits(text, false, sink),
            Self::Pattern(pattern) => {
                let cache = search.get_or_insert_with(|| Box::new(pattern.here.create_cache()));
                pattern.split(cache, text, sink)
            }
        }
    }
}

/// Whether a text that was cut by `rules` can be cut from any border between two of its pieces on:
/// all rules but the last go by single characters, and the last one does not look back.
pub(super) fn can_resume(rules: &[Splitter]) -> bool {
    let Some((last, others)) = rules.split_last() else {
        return false;
    };
    let looks_back = match last {
        Splitter::EachDigit | Splitter::DigitRuns => false,
        Splitter::Pattern(pattern) => !pattern.here.get_nfa().look_set_any().is_empty(),
    };
    let by_character = |rule: &Splitter| !matches!(rule, Splitter::Pattern(_));
    !looks_back && others.iter().all(by_character)
}

/// Cuts out numeric characters, `each` alone or in runs.
fn digits<'t>(text: &'t str, each: bool, sink: Sink<'_, 't>) -> Result<(), EncodeFault> {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let numeric = first.is_numeric();
        let alone = each && numeric;
        let most = if alone { 1 } else { usize::MAX };
        let run = rest
            .chars()
            .take(most)
            .take_while(|c| c.is_numeric() == numeric);
        let (run, after) = rest.split_at(run.map(char::len_utf8).sum());
        let end = text.len() - after.len();
        let other = after.chars().next().map(char::len_utf8);
        let seen = if alone { Some(0) } else { other };
        let seen = seen.map(|more| end + more);
        sink(Piece { text: run, seen })?;
        rest = after;
    }
    Ok(())
}

/// A match: its place, which of the patterns it is of, and what was seen to find it.
struct Found {
    start: usize,
    end: usize,
    pattern: PatternID,
    seen: Option<usize>,
}

/// A match at a given place.
struct Here {
    /// Its end and its pattern, if there is one.
    last: Option<(usize, PatternID)>,
    /// What was seen to know that; none for the text's end, too.
    seen: Option<usize>,
}

impl Pattern {
    fn compile(pattern: &str) -> Result<Self, String> {
        let head = pattern.strip_suffix(BLANK_TAIL);
        let patterns: &[&str] = match head {
            Some(head) => &[head, r"\s+"],
            None => &[pattern],
        };
        let here = DFA::builder()
            .thompson(thompson::Config::new().nfa_size_limit(Some(MOST_STATES)))
            .configure(DFA::config().skip_cache_capacity_check(true))
            .build_many(patterns);
        let later = Regex::builder()
            .configure(Regex::config().nfa_size_limit(Some(MOST_STATES)))
            .build_many(patterns);
        Ok(Self {
            here: here.map_err(|error| error.to_string())?,
            later: later.map_err(|error| error.to_string())?,
            blank_tail: head.is_some(),
        })
    }

    fn split<'t>(
        &self,
        cache: &mut Cache,
        text: &'t str,
        sink: Sink<'_, 't>,
    ) -> Result<(), EncodeFault> {
        let cut = |from: usize, to: usize| {
            let piece = text.get(from..to);
            piece.ok_or_else(|| fault(format!("no border of characters at {from} or {to}")))
        };
        let mut from = 0;
        while from < text.len() {
            let Some(found) = self.find(cache, text, from)? else {
                break;
            };
            if found.end == found.start {
                return Err(fault("the pattern matches nothing at all"));
            }
            if found.start > from {
                let (text, seen) = (cut(from, found.start)?, found.seen);
                sink(Piece { text, seen })?;
            }
            let blank = self.blank_tail && found.pattern == PatternID::must(1);
            let whole = cut(found.start, found.end)?;
            let kept = if blank && found.end < text.len() {
                leave_last(whole)
            } else {
                whole
            };
            let seen = found.seen;
            sink(Piece { text: kept, seen })?;
            from = found.start + kept.len();
        }
        if from < text.len() {
            let (text, seen) = (cut(from, text.len())?, None);
            return sink(Piece { text, seen });
        }
        Ok(())
    }

    /// The first match from `from` on.
    fn find(
        &self,
        cache: &mut Cache,
        text: &str,
        from: usize,
    ) -> Result<Option<Found>, EncodeFault> {
        let Here { last, seen } = self.find_here(cache, text, from).map_err(fault)?;
        if let Some((end, pattern)) = last {
            return Ok(Some(Found {
                start: from,
                end,
                pattern,
                seen,
            }));
        }
        let later = self.later.find(Input::new(text).range(from..));
        Ok(later.map(|found| Found {
            start: found.start(),
            end: found.end(),
            pattern: found.pattern(),
            seen: None,
        }))
    }

    /// The match that begins at `from`.
    fn find_here(&self, cache: &mut Cache, text: &str, from: usize) -> Result<Here, String> {
        let input = Input::new(text).range(from..).anchored(Anchored::Yes);
        let start = self.here.start_state_forward(cache, &input);
        let mut state = start.map_err(|error| error.to_string())?;
        let mut last = None;
        for (at, byte) in text.bytes().enumerate().skip(from) {
            let next = self.here.next_state(cache, state, byte);
            state = next.map_err(|error| error.to_string())?;
            if state.is_match() {
                // An automaton tells of a match one byte late.
                last = Some((at, self.here.match_pattern(cache, state, 0)));
            } else if state.is_dead() {
                let seen = Some(at + 1);
                return Ok(Here { last, seen });
            } else if state.is_quit() {
                return Err(format!("the search gives up at byte {at}"));
            }
        }
        let end = self.here.next_eoi_state(cache, state);
        let end = end.map_err(|error| error.to_string())?;
        if end.is_match() {
            last = Some((text.len(), self.here.match_pattern(cache, end, 0)));
        }
        Ok(Here { last, seen: None })
    }
}

fn fault(reason: impl Into<String>) -> EncodeFault {
    EncodeFault::Split(reason.into())
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
