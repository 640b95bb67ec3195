//! What a run of digits and marks means: one number, or several.
//!
//! The shape decides first. Two kinds of mark: the last one is the decimal mark, if it stands once
//! and the others group (`1.234,5`, `1,234.5`). One kind, several times: grouping by three, or by
//! two with three at the end as in India; otherwise the run is a list or a date, and every piece is
//! a number. One mark, once, before anything but three digits, or after a leading zero: a decimal
//! mark. What is left, `1,234` and `1.234`, the language decides: its own decimal mark is one, the
//! other mark groups.

/// A mark between digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Point,
    Comma,
    /// Always the decimal mark: U+066B, and a point before the first digit.
    Decimal,
    /// Always grouping: spaces, apostrophes, U+066C.
    Group,
}

/// Digits, and the mark before them.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// None before the first piece of a run.
    pub(super) mark: Option<Mark>,
    /// ASCII digits.
    pub(super) digits: String,
    /// Index of the first digit.
    pub(super) start: usize,
    /// Index after the last digit.
    pub(super) end: usize,
}

/// A number that a run holds: the digits before and after its point.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) whole: String,
    pub(super) fraction: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The numbers of a run.
pub(super) fn read(run: &[Piece], decimal_comma: bool) -> Vec<Reading> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return Vec::new();
    };
    if let Some((whole, fraction)) = as_one(run, decimal_comma) {
        return vec![Reading {
            whole,
            fraction,
            start: first.start,
            end: last.end,
        }];
    }
    let is_here = |mark: &Mark| run.iter().skip(1).any(|piece| piece.mark == Some(*mark));
    let kinds = [Mark::Comma, Mark::Point, Mark::Decimal, Mark::Group];
    let cut = kinds.into_iter().find(is_here);
    run.chunk_by(|_, piece| piece.mark != cut)
        .flat_map(|part| read(part, decimal_comma))
        .collect()
}

/// The run as one number, where its shape allows it.
fn as_one(run: &[Piece], decimal_comma: bool) -> Option<(String, String)> {
    let marks: Vec<Mark> = run.iter().skip(1).filter_map(|piece| piece.mark).collect();
    let (last, earlier) = match marks.split_last() {
        Some((last, earlier)) => (*last, earlier),
        None => return Some((join(run), String::new())),
    };
    let whole = || is_grouped(run).then(|| (join(run), String::new()));
    let Some(&grouping) = earlier.first() else {
        let own = decimal_comma == (last == Mark::Comma);
        return match last {
            Mark::Decimal => decimal(run),
            Mark::Group => whole(),
            Mark::Point | Mark::Comma if own => decimal(run),
            Mark::Point | Mark::Comma => whole().or_else(|| decimal(run)),
        };
    };
    let alike = earlier.iter().all(|&mark| mark == grouping) && grouping != Mark::Decimal;
    if !alike || (last == Mark::Group && grouping != last) {
        None
    } else if last == grouping {
        whole()
    } else {
        let (_, front) = run.split_last()?;
        is_grouped(front).then(|| decimal(run))?
    }
}

fn join(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.digits.as_str()).collect()
}

/// The last piece as the decimals of the others.
fn decimal(run: &[Piece]) -> Option<(String, String)> {
    let (last, front) = run.split_last()?;
    Some((join(front), last.digits.clone()))
}

/// Whether the digits stand in groups of three, or of two with three at the end.
fn is_grouped(pieces: &[Piece]) -> bool {
    let lengths: Vec<usize> = pieces.iter().map(|piece| piece.digits.len()).collect();
    let zero = pieces
        .first()
        .is_some_and(|piece| piece.digits.starts_with('0'));
    match lengths.as_slice() {
        _ if zero => false,
        [1..=3, rest @ ..] if rest.iter().all(|&length| length == 3) => true,
        [1..=2, middle @ .., 3] => middle.iter().all(|&length| length == 2),
        _ => false,
    }
}
