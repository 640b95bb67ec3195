//! Numbers found in a text: runs of digits, and what stands before and after them.

use super::Found;
use super::notation::Notation;
use super::shape::{Mark, Piece, Reading, read};
use super::value::Number;
use crate::language::Language;
use crate::measure::text::unicode::{CURRENCY, digit, is_digit, is_minus};
use crate::text::{is_hidden, nfkc};

/// Signs of currencies in letters, which may stand right before a number.
const CURRENCY_LETTERS: &[&str] = &[
    "USD", "US", "EUR", "GBP", "INR", "JPY", "CNY", "RMB", "CHF", "CAD", "AUD", "BRL", "KES",
    "KSh", "Ksh", "TSh", "Tsh", "USh", "Rs", "RM", "Rp", "R", "kr", "Kr",
];
/// The longest power of ten that is read, in digits: `1e999`.
const EXPONENT_DIGITS: usize = 3;

/// A text to look for numbers in: its characters without those that cannot be seen.
pub(super) struct Scan<'t> {
    text: &'t str,
    chars: Vec<(usize, char)>,
    notation: Notation,
}

/// A number with its place among the characters of the scan.
struct Token {
    number: Number,
    start: usize,
    end: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str, language: &Language) -> Self {
        let chars = text.char_indices().filter(|&(_, c)| !is_hidden(c));
        Self {
            text,
            chars: chars.collect(),
            notation: Notation::of(language),
        }
    }

    pub(super) const fn text(&self) -> &'t str {
        self.text
    }

    /// The index after the last marker of `markers`.
    pub(super) fn after(&self, markers: &[&str]) -> Option<usize> {
        let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
        let text: Vec<char> = self.chars.iter().map(|&(_, c)| lower(c)).collect();
        let end_of_last = |marker: &&str| {
            let marker: Vec<char> = marker.chars().map(lower).collect();
            let at = text
                .windows(marker.len().max(1))
                .rposition(|part| part == marker);
            at.map(|at| at + marker.len())
        };
        markers.iter().filter_map(end_of_last).max()
    }

    /// Every number from the character at `from` on.
    pub(super) fn numbers(&self, from: usize) -> Vec<Found> {
        let (mut tokens, mut at) = (Vec::new(), from);
        while let Some(c) = self.char(at) {
            at = if is_digit(c) || self.begins_with_point(at) {
                self.read_run(at, &mut tokens)
            } else {
                self.read_vulgar(at, &mut tokens);
                at + 1
            };
        }
        let found = |token: Token| Found {
            number: token.number,
            start: self.byte(token.start),
            end: self.byte(token.end),
        };
        tokens.into_iter().map(found).collect()
    }

    /// Reads the run of digits at `at`. Gives the index after it.
    fn read_run(&self, at: usize, tokens: &mut Vec<Token>) -> usize {
        let run = self.run(at);
        let mut end = run.last().map_or(at + 1, |piece| piece.end);
        if self.is_part_of_name(at) {
            return end;
        }
        let mut readings = read(&run, self.notation.decimal_comma);
        let last = readings.pop();
        for reading in readings {
            tokens.push(self.plain(&reading));
        }
        if let Some(last) = last {
            end = self.read_last(&last, tokens);
        }
        end
    }

    fn plain(&self, reading: &Reading) -> Token {
        let negative = self.has_minus(reading.start);
        Token {
            number: Number::decimal(negative, &reading.whole, &reading.fraction),
            start: reading.start,
            end: reading.end,
        }
    }

    /// Reads the last number of a run together with what may follow it. Gives the index after it.
    fn read_last(&self, reading: &Reading, tokens: &mut Vec<Token>) -> usize {
        if let Some((above, over, end)) = self.fraction(reading) {
            self.push_fraction((above, over), reading.start, end, tokens);
            return end;
        }
        let mut token = self.plain(reading);
        if let Some((power, end)) = self.power(reading.end) {
            token.number = token.number.shifted(power);
            token.end = end;
        }
        let end = token.end;
        tokens.push(token);
        end
    }

    /// The digits and marks from `from` on; before a leading point there are no digits.
    fn run(&self, from: usize) -> Vec<Piece> {
        let mut run = Vec::new();
        let (mut start, mut mark) = (from, None);
        if !self.char(from).is_some_and(is_digit) {
            run.push(Piece {
                mark,
                digits: String::new(),
                start,
                end: start,
            });
            (start, mark) = (from + 1, Some(Mark::Decimal));
        }
        loop {
            let digits = self.digits(start);
            let end = start + digits.len();
            let short = digits.len() <= 3;
            run.push(Piece {
                mark,
                digits,
                start,
                end,
            });
            mark = self.mark(end, short);
            if mark.is_none() {
                return run;
            }
            start = end + 1;
        }
    }

    /// The mark at `at`, where digits follow it. `short`: at most three digits stand before it.
    fn mark(&self, at: usize, short: bool) -> Option<Mark> {
        let following = self.digits(at + 1).len();
        let groups = following == 3 && short;
        match self.char(at)? {
            _ if following == 0 => None,
            '.' | '\u{ff0e}' => Some(Mark::Point),
            ',' | '\u{ff0c}' => Some(Mark::Comma),
            '\u{66b}' => Some(Mark::Decimal),
            '\u{66c}' => Some(Mark::Group),
            '\'' | '\u{2019}' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' if groups => {
                Some(Mark::Group)
            }
            ' ' if groups && self.notation.grouping_space => Some(Mark::Group),
            _ => None,
        }
    }

    /// Whether a point at `at` begins a number: `.5`, but not in `Rs.5`, `3.5` or `...5`.
    fn begins_with_point(&self, at: usize) -> bool {
        let point = |c| matches!(c, '.' | '\u{ff0e}' | '\u{66b}');
        self.char(at).is_some_and(point)
            && self.char(at + 1).is_some_and(is_digit)
            && !self
                .before(at)
                .is_some_and(|c| c.is_alphanumeric() || point(c))
    }

    /// The fraction that a whole number begins: what is above and below the bar, the index after.
    fn fraction(&self, reading: &Reading) -> Option<(u64, u64, usize)> {
        let bar = |c| matches!(c, '/' | '\u{2044}');
        let chained = self.before(reading.start).is_some_and(bar);
        if chained || !self.char(reading.end).is_some_and(bar) || !reading.fraction.is_empty() {
            return None;
        }
        let below = self.digits(reading.end + 1);
        let end = reading.end + 1 + below.len();
        // A second bar makes a date; a mark, something else.
        let goes_on = self.mark(end, false).is_some()
            || (self.char(end).is_some_and(bar) && self.char(end + 1).is_some_and(is_digit));
        let over = below
            .parse()
            .ok()
            .filter(|&over: &u64| over != 0 && !goes_on)?;
        Some((reading.whole.parse().ok()?, over, end))
    }

    /// The power of ten after a number, and the index after it.
    fn power(&self, at: usize) -> Option<(i16, usize)> {
        match self.char(at)? {
            '万' | '萬' => Some((4, at + 1)),
            '亿' | '億' => Some((8, at + 1)),
            'e' | 'E' => {
                let sign = self.char(at + 1).filter(|&c| c == '+' || is_minus(c));
                let start = at + 1 + usize::from(sign.is_some());
                let digits = self.digits(start);
                let end = start + digits.len();
                let alone = !self.char(end).is_some_and(char::is_alphanumeric);
                let size: i16 = digits.parse().ok()?;
                let power = if sign.is_some_and(is_minus) {
                    -size
                } else {
                    size
                };
                (alone && digits.len() <= EXPONENT_DIGITS).then_some((power, end))
            }
            _ => None,
        }
    }

    /// Reads a fraction in one character, `½`.
    fn read_vulgar(&self, at: usize, tokens: &mut Vec<Token>) {
        let Some(c) = self.char(at).filter(|c| !c.is_ascii()) else {
            return;
        };
        let composed = c.to_string();
        let parts = nfkc(&composed);
        let parts = parts.split_once('\u{2044}');
        let number = |text: &str| text.parse::<u64>().ok();
        if let Some(fraction) = parts.and_then(|(above, over)| number(above).zip(number(over))) {
            self.push_fraction(fraction, at, at + 1, tokens);
        }
    }

    /// Adds a fraction; after a whole number, with at most a space between, they are one: `1 1/2`.
    fn push_fraction(
        &self,
        (above, over): (u64, u64),
        start: usize,
        end: usize,
        tokens: &mut Vec<Token>,
    ) {
        let near = |token: &Token| {
            token.end == start || (token.end + 1 == start && self.char(token.end) == Some(' '))
        };
        let mixed = tokens
            .last()
            .filter(|token| near(token) && above < over)
            .and_then(|token| {
                let (negative, whole) = token.number.whole()?;
                let above = whole.checked_mul(over)?.checked_add(above)?;
                Some((Number::fraction(negative, above, over)?, token.start))
            });
        let (number, start) = match mixed {
            Some(mixed) => {
                tokens.pop();
                mixed
            }
            None => match Number::fraction(self.has_minus(start), above, over) {
                Some(number) => (number, start),
                None => return,
            },
        };
        tokens.push(Token { number, start, end });
    }

    /// Whether a minus sign stands before the number at `at`, also with a currency sign between.
    fn has_minus(&self, at: usize) -> bool {
        if self.is_sign(at) {
            return true;
        }
        let space = usize::from(self.before(at) == Some(' '));
        let sign_end = at - space;
        let mut start = sign_end;
        while self.before(start).is_some_and(|c| CURRENCY.contains(c)) {
            start -= 1;
        }
        let letters = self.letters_before(start);
        if CURRENCY_LETTERS.contains(&letters.as_str()) {
            start -= letters.chars().count();
        }
        start < sign_end && self.is_sign(start)
    }

    /// Whether the character before `at` is a minus that joins no two things.
    fn is_sign(&self, at: usize) -> bool {
        let joins =
            |c: char| c.is_alphanumeric() || is_minus(c) || matches!(c, ')' | ']' | '}' | '%');
        self.before(at).is_some_and(is_minus) && !self.before(at - 1).is_some_and(joins)
    }

    /// Whether the digits at `at` belong to a name: `x2`, `CO2`, `x_2`, but not `USD5`.
    fn is_part_of_name(&self, at: usize) -> bool {
        let cased = |c: char| c.is_lowercase() || c.is_uppercase();
        match self.before(at) {
            Some('_') => self.before(at - 1).is_some_and(cased),
            Some(c) if cased(c) => !CURRENCY_LETTERS.contains(&self.letters_before(at).as_str()),
            _ => false,
        }
    }

    /// The letters right before `at`, at most four.
    fn letters_before(&self, at: usize) -> String {
        let letters = self.chars.iter().take(at).rev().take(4);
        let letters = letters.map(|&(_, c)| c).take_while(|c| c.is_alphabetic());
        letters.collect::<Vec<_>>().into_iter().rev().collect()
    }

    /// The digits from `at` on, in ASCII.
    fn digits(&self, at: usize) -> String {
        let rest = self.chars.iter().skip(at).map_while(|&(_, c)| digit(c));
        rest.map(|value| char::from(b'0' + value)).collect()
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|&(_, c)| c)
    }

    fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    /// The byte where the character at `at` begins, or the end of the text.
    fn byte(&self, at: usize) -> usize {
        let start = |at: usize| self.chars.get(at).map(|&(byte, _)| byte);
        // Right after the character before: no hidden character is part of a number's end.
        start(at).unwrap_or(self.text.len())
    }
}
