//! TER (Snover and others, 2006) within Tercom's limits, as sacrebleu counts it by default: edits of
//! words without case, and blocks of words that move for one edit.

use std::collections::BTreeMap;

use weigh_core::measure::text::unicode::is_python_space;

/// Words that may move together.
const LONGEST_BLOCK: usize = 10;
/// How far apart a block's places in both texts may be.
const FURTHEST: usize = 50;
/// Moves that are tried for a text.
const MOST_TRIED: usize = 1000;
/// Cells beside the diagonal.
const BEAM: f64 = 25.0;
/// No path leads here.
const UNREACHED: u32 = u32::MAX / 2;

/// What TER is computed from; the counts of a corpus are the sum of those of its segments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edits {
    /// Words inserted, deleted or replaced, and moves.
    pub edits: u64,
    /// Words of the reference.
    pub words: u64,
}

impl Edits {
    /// The counts of one segment.
    #[must_use]
    pub fn of(reply: &str, reference: &str) -> Self {
        let mut numbers = BTreeMap::new();
        let reference = words(reference, &mut numbers);
        let mut reply = words(reply, &mut numbers);
        let (mut moves, mut tried) = (0, 0);
        while !reference.is_empty() {
            let best = best_move(&reply, &reference, &mut tried);
            match best {
                Some(best) if best.gain > 0 && tried < MOST_TRIED => reply = best.words,
                Some(_) | None => break,
            }
            moves += 1;
        }
        Self {
            edits: moves + u64::from(Alignment::of(&reply, &reference).edits),
            words: reference.len() as u64,
        }
    }

    /// Adds the counts of another segment or corpus.
    pub const fn add(&mut self, other: &Self) {
        self.edits += other.edits;
        self.words += other.words;
    }

    /// TER in per cent: 0 where both texts are equal, above 100 where more is to be done than the
    /// reference has words.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 words")]
    pub fn score(&self) -> f64 {
        match (self.words, self.edits) {
            (0, 0) => 0.0,
            (0, _) => 100.0,
            (words, edits) => 100.0 * (edits as f64 / words as f64),
        }
    }
}

/// The words of a text as numbers, equal ones with the same.
fn words(text: &str, numbers: &mut BTreeMap<String, usize>) -> Vec<usize> {
    let lower = text.to_lowercase();
    let words = lower.split(is_python_space).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let next = numbers.len();
            *numbers.entry(word.to_owned()).or_insert(next)
        })
        .collect()
}

/// A move of a block, better the greater it is.
struct Move {
    gain: i64,
    length: usize,
    from: usize,
    to: usize,
    words: Vec<usize>,
}

impl Move {
    /// More edits saved; then a longer block, one nearer the beginning, and a target nearer to it.
    fn is_better(&self, other: &Self) -> bool {
        let rank = |of: &Self| {
            let back = std::cmp::Reverse;
            (of.gain, of.length, back(of.from), back(of.to))
        };
        rank(self) > rank(other)
    }
}

/// The best of the moves that bring words to where the reference has them; `tried` counts all moves.
fn best_move(reply: &[usize], reference: &[usize], tried: &mut usize) -> Option<Move> {
    let now = Alignment::of(reply, reference);
    let mut best: Option<Move> = None;
    for (from, there, length) in blocks(reply, reference) {
        if !now.is_worth_moving(from, there, length) {
            continue;
        }
        for to in now.targets(there, length) {
            let words = moved(reply, from, length, to);
            let then = Alignment::of(&words, reference).edits;
            let candidate = Move {
                gain: i64::from(now.edits) - i64::from(then),
                length,
                from,
                to,
                words,
            };
            *tried += 1;
            if best.as_ref().is_none_or(|best| candidate.is_better(best)) {
                best = Some(candidate);
            }
        }
        if *tried >= MOST_TRIED {
            break;
        }
    }
    best
}

/// Blocks that both texts have: the place in the reply, the place in the reference, the length.
fn blocks(reply: &[usize], reference: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for from in 0..reply.len() {
        for there in 0..reference.len() {
            if from.abs_diff(there) > FURTHEST {
                continue;
            }
            let rest = reply.iter().skip(from).zip(reference.iter().skip(there));
            let same = rest
                .take(LONGEST_BLOCK)
                .take_while(|(one, other)| one == other);
            found.extend((1..=same.count()).map(|length| (from, there, length)));
        }
    }
    found
}

/// `words` with a block before the word that stood at `to`.
fn moved(words: &[usize], from: usize, length: usize, to: usize) -> Vec<usize> {
    let mut rest = words.to_vec();
    let block: Vec<usize> = rest.drain(from..from + length).collect();
    let at = if to > from + length { to - length } else { to };
    let at = at.min(rest.len());
    rest.splice(at..at, block);
    rest
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Keep,
    Replace,
    Insert,
    Delete,
}

/// The cheapest way from a reply to its reference.
struct Alignment {
    edits: u32,
    /// For each word of the reference, how many words of the reply come up to it.
    upto: Vec<usize>,
    wrong_in_reference: Vec<bool>,
    wrong_in_reply: Vec<bool>,
}

impl Alignment {
    fn of(reply: &[usize], reference: &[usize]) -> Self {
        let rows = rows(reply, reference);
        let last = rows.last().and_then(|row| row.last());
        let mut alignment = Self {
            edits: last.map_or(0, |(edits, _)| *edits),
            upto: Vec::new(),
            wrong_in_reference: Vec::new(),
            wrong_in_reply: Vec::new(),
        };
        let mut seen = 0;
        for step in steps(&rows, reply.len(), reference.len()) {
            let wrong = step != Step::Keep;
            if step != Step::Insert {
                seen += 1;
                alignment.wrong_in_reply.push(wrong);
            }
            if step != Step::Delete {
                alignment.upto.push(seen);
                alignment.wrong_in_reference.push(wrong);
            }
        }
        alignment
    }

    /// Whether something is wrong on both sides, and the block is not in its place already.
    fn is_worth_moving(&self, from: usize, there: usize, length: usize) -> bool {
        let wrong = |of: &[bool], at: usize| of.iter().skip(at).take(length).any(|wrong| *wrong);
        let within = self
            .upto
            .get(there)
            .is_some_and(|upto| (from + 1..=from + length).contains(upto));
        wrong(&self.wrong_in_reply, from) && wrong(&self.wrong_in_reference, there) && !within
    }

    /// Where a block may go: before the words that stand for its place in the reference and for
    /// those of its own words.
    fn targets(&self, there: usize, length: usize) -> Vec<usize> {
        let before = match there.checked_sub(1) {
            None => Some(0),
            Some(previous) => self.upto.get(previous).copied(),
        };
        let own = self.upto.iter().skip(there).take(length).copied();
        let mut targets: Vec<usize> = before.into_iter().chain(own).collect();
        targets.dedup();
        targets
    }
}

type Row = Vec<(u32, Option<Step>)>;

/// The distances of the reply's beginnings from those of the reference, near the diagonal only.
fn rows(reply: &[usize], reference: &[usize]) -> Vec<Row> {
    let width = reference.len() + 1;
    let first = (0..width).map(|place| {
        (
            u32::try_from(place).unwrap_or(UNREACHED),
            Some(Step::Insert),
        )
    });
    let mut rows: Vec<Row> = vec![first.collect()];
    let beam = Beam::of(reply.len(), reference.len());
    for (index, word) in reply.iter().enumerate() {
        let above = rows.last().map_or(&[][..], Vec::as_slice);
        let mut row: Row = vec![(UNREACHED, None); width];
        let (from, to) = beam.around(index + 1);
        for place in from..to.min(width) {
            let cell = cell(above, &row, place, reference, *word);
            if let Some(here) = row.get_mut(place) {
                *here = cell;
            }
        }
        rows.push(row);
    }
    rows
}

/// The cheapest step to a cell; of equals keeping or replacing, then deleting, then inserting.
fn cell(
    above: &[(u32, Option<Step>)],
    row: &Row,
    place: usize,
    reference: &[usize],
    word: usize,
) -> (u32, Option<Step>) {
    let edits =
        |row: &[(u32, Option<Step>)], place: usize| row.get(place).map_or(UNREACHED, |cell| cell.0);
    let delete = (edits(above, place).saturating_add(1), Step::Delete);
    let Some(previous) = place.checked_sub(1) else {
        return (delete.0, Some(delete.1));
    };
    let same = reference.get(previous) == Some(&word);
    let diagonal = edits(above, previous);
    let mut ways = vec![if same {
        (diagonal, Step::Keep)
    } else {
        (diagonal.saturating_add(1), Step::Replace)
    }];
    ways.extend([
        delete,
        (edits(row, previous).saturating_add(1), Step::Insert),
    ]);
    let mut best = (UNREACHED, None);
    for (edits, step) in ways {
        if edits < best.0 {
            best = (edits, Some(step));
        }
    }
    best
}

/// Which cells of a row are looked at.
struct Beam {
    rows: usize,
    slope: f64,
    width: f64,
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places of words, below 2^53"
)]
impl Beam {
    fn of(reply: usize, reference: usize) -> Self {
        let slope = if reply == 0 {
            1.0
        } else {
            reference as f64 / reply as f64
        };
        let width = if BEAM < slope / 2.0 {
            libm::ceil(slope / 2.0 + BEAM)
        } else {
            BEAM
        };
        Self {
            rows: reply,
            slope,
            width,
        }
    }

    /// From a cell up to another, which is not in it; the last row goes to its end.
    fn around(&self, row: usize) -> (usize, usize) {
        let diagonal = libm::floor(row as f64 * self.slope);
        let from = (diagonal - self.width).max(0.0) as usize;
        if row == self.rows {
            return (from, usize::MAX);
        }
        (from, (diagonal + self.width) as usize)
    }
}

/// The way to the last cell, from the beginning.
fn steps(rows: &[Row], reply: usize, reference: usize) -> Vec<Step> {
    let (mut row, mut place) = (reply, reference);
    let mut steps = Vec::new();
    while row > 0 || place > 0 {
        let step = rows
            .get(row)
            .and_then(|cells| cells.get(place))
            .and_then(|cell| cell.1);
        let Some(step) = step else {
            break;
        };
        if step != Step::Insert {
            row = row.saturating_sub(1);
        }
        if step != Step::Delete {
            place = place.saturating_sub(1);
        }
        steps.push(step);
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What sacrebleu 2.6 counts.
    #[test]
    fn edits_and_moves() {
        let check = |reply: &str, reference: &str, edits: u64, words: u64| {
            let expect = Edits { edits, words };
            assert_eq!(Edits::of(reply, reference), expect, "{reply}");
        };
        let mat = "the cat sat on the mat";
        check(mat, mat, 0, 6);
        check("on the mat the Cat sat ", mat, 1, 6);
        check("a b c d e f g h", "e f g h a b c d", 1, 8);
        check("", "one two", 2, 2);
        check("one two", "", 2, 0);
        check("x y z x y z q", "x q y z x y z", 1, 7);
        check(
            "nine eight seven six five four",
            "four five six seven eight nine",
            5,
            6,
        );
        check("a  b\tc a b c d", "d a b c c b a", 3, 7);
    }
}
