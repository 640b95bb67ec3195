//! Slips of the finger: a neighbouring key, two keys swapped, one left out, one struck twice.

use std::ops::Range;

use super::NotApplicable;
use super::cluster::{Cluster, clusters, holds, words};
use super::keyboard::{self, Keyboard};
use super::seed::Draws;
use crate::language::Language;

/// Of 100 words that can be mistyped, so many are.
const PERCENT: usize = 20;

/// A word of fewer clusters would be hard to read.
const SHORTEST: usize = 3;

/// Where words are not parted by spaces, so many clusters count as one.
const STRETCH: usize = 6;

#[derive(Clone, Copy)]
enum Slip {
    Neighbour,
    Swap,
    Drop,
    Double,
}

/// At most one slip in a word; the first cluster of a word, numerals, and the unit after a
/// number stay as they are.
pub(super) fn typos(text: &str, language: &Language, seed: u64) -> Result<String, NotApplicable> {
    let keyboard =
        keyboard::of(language).ok_or_else(|| NotApplicable::NoKeyboard(language.clone()))?;
    let clusters = clusters(text);
    let mut draws = Draws::new(seed);
    let mut mistyped: Vec<(Range<usize>, String)> = Vec::new();
    for at in typed_words(&clusters, &keyboard) {
        let mut own = Draws::new(draws.bits());
        let word = clusters.get(at.clone()).unwrap_or_default();
        mistyped.extend(slip(word, &keyboard, &mut own).map(|new| (at, new)));
    }
    if mistyped.is_empty() {
        return Err(NotApplicable::Nothing("word that its keyboard mistypes"));
    }
    let taken = draws.pick(mistyped.len(), PERCENT);
    let mut written = String::new();
    let mut next = 0;
    for ((at, new), _) in mistyped.iter().zip(taken).filter(|(_, taken)| *taken) {
        written.extend(text_of(&clusters, next..at.start));
        written.push_str(new);
        next = at.end;
    }
    written.extend(text_of(&clusters, next..clusters.len()));
    Ok(written)
}

fn text_of<'a>(clusters: &[Cluster<'a>], at: Range<usize>) -> impl Iterator<Item = &'a str> {
    let part = clusters.get(at).unwrap_or_default();
    part.iter().map(|c| c.text).collect::<Vec<_>>().into_iter()
}

/// The words that may be mistyped: letters only, no unit after a number, long enough.
fn typed_words(clusters: &[Cluster], keyboard: &Keyboard) -> Vec<Range<usize>> {
    let is_number = |at: Option<usize>| {
        at.and_then(|at| clusters.get(at))
            .is_some_and(|c| c.is_number())
    };
    let letters_only = |at: &Range<usize>| {
        let has_number = at.clone().any(|at| is_number(Some(at)));
        let is_unit = is_number(at.start.checked_sub(2));
        !has_number && !is_unit
    };
    let stretch = if keyboard.spaced { usize::MAX } else { STRETCH };
    let pieces = |word: Range<usize>| {
        let mut from = word.start;
        std::iter::from_fn(move || {
            let piece = from..from.saturating_add(stretch).min(word.end);
            from = piece.end;
            (!piece.is_empty()).then_some(piece)
        })
    };
    let shortest = if keyboard.syllables { 2 } else { SHORTEST };
    words(clusters)
        .into_iter()
        .filter(letters_only)
        .flat_map(pieces)
        .filter(|at| at.len() >= shortest)
        .collect()
}

/// `word` with one slip, if any is possible. Kind and place are drawn.
fn slip(word: &[Cluster], keyboard: &Keyboard, draws: &mut Draws) -> Option<String> {
    let mut kinds = [Slip::Neighbour, Slip::Swap, Slip::Drop, Slip::Double];
    draws.shuffle(&mut kinds);
    let mut places: Vec<usize> = (usize::from(word.len() > 1)..word.len()).collect();
    draws.shuffle(&mut places);
    let word: Vec<&str> = word.iter().map(|c| c.text).collect();
    kinds.into_iter().find_map(|kind| {
        let mut new = places
            .iter()
            .filter_map(|at| slip_at(&word, *at, kind, keyboard, draws));
        new.find(|new| *new != word.concat())
    })
}

/// The word with the slip `kind` at `at`, if that is one slip and leaves every other cluster whole.
fn slip_at(
    word: &[&str],
    at: usize,
    kind: Slip,
    keyboard: &Keyboard,
    draws: &mut Draws,
) -> Option<String> {
    let this = *word.get(at).filter(|c| !has_joiner(c))?;
    let mut changed: Vec<&str> = word.to_vec();
    let new;
    match kind {
        Slip::Neighbour => {
            new = draws.one_of(&keyboard.near(this))?.clone();
            *changed.get_mut(at)? = &new;
        }
        Slip::Drop if keyboard.keys(this) > 1 => {
            new = keyboard.without_last_key(this)?;
            *changed.get_mut(at)? = &new;
        }
        Slip::Drop => {
            changed.remove(at);
        }
        Slip::Swap => {
            let next = *word.get(at + 1).filter(|c| !has_joiner(c))?;
            if keyboard.keys(this) > 1 || keyboard.keys(next) > 1 {
                return None;
            }
            changed.swap(at, at + 1);
        }
        Slip::Double if keyboard.has_key(this) => changed.insert(at, this),
        Slip::Double => return None,
    }
    holds(&changed).then(|| changed.concat())
}

/// Joiners decide how their neighbours are drawn, so these stay together.
fn has_joiner(cluster: &str) -> bool {
    cluster.contains(['\u{200c}', '\u{200d}'])
}
