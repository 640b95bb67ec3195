//! Text as grapheme clusters, with what must stay as it is marked.

use std::ops::Range;

use unicode_normalization::is_nfc;
use unicode_segmentation::UnicodeSegmentation;

use super::NotApplicable;
use super::seed::Draws;

/// Everything that can be changed is.
pub(super) const ALL: usize = 100;

/// What readers take for one character (an extended grapheme cluster of UAX 29).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cluster<'a> {
    /// Its text.
    pub text: &'a str,
    /// Whether it belongs to a placeholder, a URL or a mail address.
    pub kept: bool,
}

/// A cluster and what stands beside it.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub before: Option<Cluster<'a>>,
    pub this: Cluster<'a>,
    pub after: Option<Cluster<'a>>,
}

impl<'a> Cluster<'a> {
    /// Its first character.
    fn first(self) -> Option<char> {
        self.text.chars().next()
    }

    /// Its character, if it is one and may be changed.
    pub fn single(self) -> Option<char> {
        let mut chars = self.text.chars();
        let first = chars.next().filter(|_| !self.kept)?;
        chars.next().is_none().then_some(first)
    }

    /// Whether it is a letter that may be changed.
    pub fn is_letter(self) -> bool {
        !self.kept && self.first().is_some_and(char::is_alphabetic)
    }

    /// Whether it is a digit or another numeral.
    pub fn is_number(self) -> bool {
        self.first()
            .is_some_and(|c| c.is_numeric() && !c.is_alphabetic())
    }
}

/// The clusters of `text`.
pub(super) fn clusters(text: &str) -> Vec<Cluster<'_>> {
    let kept = kept(text);
    let mut at = 0;
    text.grapheme_indices(true)
        .map(|(start, text)| {
            let end = start + text.len();
            while kept.get(at).is_some_and(|range| range.end <= start) {
                at += 1;
            }
            let kept = kept.get(at).is_some_and(|range| range.start < end);
            Cluster { text, kept }
        })
        .collect()
}

/// The words among `clusters`: runs of letters and numerals that may be changed.
pub(super) fn words(clusters: &[Cluster]) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, cluster) in clusters.iter().enumerate() {
        if cluster.kept || !(cluster.is_letter() || cluster.is_number()) {
            continue;
        }
        match words.last_mut() {
            Some(word) if word.end == at => word.end = at + 1,
            _ => words.push(at..at + 1),
        }
    }
    words
}

/// Whether `pieces` written one after another are these clusters again, in form C if each one is.
pub(super) fn holds(pieces: &[&str]) -> bool {
    let text = pieces.concat();
    let same = text.graphemes(true).eq(pieces.iter().copied());
    same && (is_nfc(&text) || !pieces.iter().all(|piece| is_nfc(piece)))
}

/// `text` with `percent` of the clusters that `change` would change, and at least one, changed.
///
/// # Errors
/// There is none; `subject` names what is missing.
pub(super) fn replace(
    text: &str,
    percent: usize,
    seed: u64,
    subject: &'static str,
    change: impl Fn(Spot) -> Option<String>,
) -> Result<String, NotApplicable> {
    let clusters = clusters(text);
    let beside = |at: Option<usize>| at.and_then(|at| clusters.get(at)).copied();
    let candidates: Vec<Option<String>> = clusters
        .iter()
        .enumerate()
        .map(|(at, this)| {
            let spot = Spot {
                before: beside(at.checked_sub(1)),
                this: *this,
                after: beside(Some(at + 1)),
            };
            change(spot).filter(|new| !this.kept && new != this.text)
        })
        .collect();
    let count = candidates.iter().flatten().count();
    if count == 0 {
        return Err(NotApplicable::Nothing(subject));
    }
    let mut taken = Draws::new(seed).pick(count, percent).into_iter();
    let written = clusters
        .iter()
        .zip(&candidates)
        .map(|(old, new)| match new {
            Some(new) if taken.next().unwrap_or_default() => new,
            _ => old.text,
        });
    Ok(written.collect())
}

/// The byte ranges of placeholders, URLs and mail addresses, in their order.
fn kept(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = placeholders(text).chain(addresses(text)).collect();
    ranges.sort_by_key(|range| range.start);
    // One that begins within another becomes part of it.
    ranges.dedup_by(|next, last| {
        let inside = next.start < last.end;
        if inside {
            last.end = last.end.max(next.end);
        }
        inside
    });
    ranges
}

/// `{...}` on one line, with its braces.
fn placeholders(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut open = None;
    text.char_indices().filter_map(move |(at, c)| match c {
        '{' => {
            open = Some(at);
            None
        }
        '}' => open.take().map(|start| start..at + 1),
        '\n' => {
            open = None;
            None
        }
        _ => None,
    })
}

/// URLs and mail addresses: runs of ASCII without spaces, without the punctuation around them.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let parts = text.split_inclusive(|c: char| !c.is_ascii_graphic());
    parts.filter_map(move |part| {
        let outer = part.trim_end_matches(|c: char| !c.is_ascii_graphic());
        let run = outer.trim_start_matches(['(', '[', '<', '"', '\'']);
        let start = at + outer.len() - run.len();
        let run = run.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'']);
        at += part.len();
        is_address(run).then(|| start..start + run.len())
    })
}

fn is_address(run: &str) -> bool {
    let parted = |by: &str| {
        run.split_once(by)
            .is_some_and(|(before, after)| !before.is_empty() && !after.is_empty())
    };
    let mail = run
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    parted("://") || mail || (run.starts_with("www.") && run.len() > 4)
}
