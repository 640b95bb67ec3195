//! Step 7: punctuation that is only punctuation becomes a space; what makes a number or a word stays.
//!
//! The marks that stay or go, with their neighbours (white space aside where the rule says "near"):
//!
//! - minus: stays before a number unless a letter, a digit, a closing bracket or `%` is directly
//!   before it (`COVID-19` has none); stays between near digits (`10 - 20` is `10-20`). An em dash
//!   is never one.
//! - point and comma, also the Arabic ones: stay between digits; a point stays before a digit with
//!   no letter, digit or point before it (`.5`).
//! - `/` and `:` stay between digits, `%` and `‰` stay near after a digit, `#` stays after a letter.
//! - An apostrophe between letters goes; in French, Italian and Catalan it is a space (`l'eau`). Between
//!   digits it stays (`1'000`). Geresh, gershayim and middle dot between letters go.
//! - A full stop after a single letter and before another goes: `U.S.` is `us`.

use crate::language::Language;
use crate::measure::text::unicode::{CURRENCY, PUNCTUATION, is_minus};

/// What becomes of one mark.
enum Fate {
    Stays(char),
    /// Stays, and white space on the named sides goes.
    Near {
        mark: char,
        before: bool,
        after: bool,
    },
    Goes,
    Space,
}

/// The text of steps 1 to 6 with its punctuation cleared.
pub(super) fn clear(text: &str, language: &Language) -> String {
    let elides = matches!(language.primary(), "fr" | "it" | "ca" | "oc");
    let chars: Vec<char> = text.chars().collect();
    let mut written = String::with_capacity(text.len());
    let mut near = false;
    for (at, &c) in chars.iter().enumerate() {
        if near && c.is_whitespace() {
            continue;
        }
        near = false;
        let place = Place { chars: &chars, at };
        match place.fate(c, elides) {
            Fate::Stays(mark) => written.push(mark),
            Fate::Near {
                mark,
                before,
                after,
            } => {
                if before {
                    written.truncate(written.trim_end().len());
                }
                written.push(mark);
                near = after;
            }
            Fate::Goes => {}
            Fate::Space => written.push(' '),
        }
    }
    written
}

/// A character among its neighbours.
struct Place<'a> {
    chars: &'a [char],
    at: usize,
}

impl Place<'_> {
    fn fate(&self, c: char, elides: bool) -> Fate {
        let between =
            |is: fn(char) -> bool| self.before(1).is_some_and(is) && self.after(1).is_some_and(is);
        match c {
            _ if is_minus(c) => self.minus(),
            '.' | '\u{66b}' if between(is_ascii_digit) || self.begins_a_fraction() => {
                Fate::Stays('.')
            }
            ',' | '\u{66c}' if between(is_ascii_digit) => Fate::Stays(','),
            '/' | '\u{2044}' | '\u{2215}' if between(is_ascii_digit) => Fate::Stays('/'),
            ':' if between(is_ascii_digit) => Fate::Stays(':'),
            '%' | '\u{66a}' | '\u{2030}' if self.near_before().is_some_and(is_ascii_digit) => {
                Fate::Near {
                    mark: if c == '\u{2030}' { c } else { '%' },
                    before: true,
                    after: false,
                }
            }
            '#' if self.before(1).is_some_and(char::is_alphabetic) => Fate::Stays('#'),
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' => self.apostrophe(elides),
            '\u{b7}' | '\u{5f3}' | '\u{5f4}' if between(char::is_alphabetic) => Fate::Goes,
            '.' if self.is_in_initials() => Fate::Goes,
            // A grave accent alone is a quotation mark, or marks code.
            '`' => Fate::Space,
            _ if PUNCTUATION.contains(c) => Fate::Space,
            _ => Fate::Stays(c),
        }
    }

    fn minus(&self) -> Fate {
        let touches = |c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | '%');
        let before = self.before(1);
        let near_before = self.near_before();
        if !self.number_follows() {
            Fate::Space
        } else if near_before.is_some_and(is_ascii_digit) {
            Fate::Near {
                mark: '-',
                before: true,
                after: true,
            }
        } else if before.is_some_and(touches) || before.is_some_and(is_minus) {
            Fate::Space
        } else if self.after(1).is_some_and(char::is_whitespace) && near_before.is_some_and(touches)
        {
            // A dash in a sentence: "the answer - 5".
            Fate::Space
        } else {
            Fate::Near {
                mark: '-',
                before: false,
                after: true,
            }
        }
    }

    /// Whether a number comes next: a digit, also after white space, a currency sign or a point.
    fn number_follows(&self) -> bool {
        let mut rest = self.chars.iter().skip(self.at + 1).copied().peekable();
        while rest.next_if(|c| c.is_whitespace()).is_some() {}
        while rest
            .next_if(|&c| CURRENCY.contains(c) || c.is_whitespace())
            .is_some()
        {}
        rest.next_if(|&c| matches!(c, '.' | '\u{66b}'));
        rest.next().is_some_and(is_ascii_digit)
    }

    fn begins_a_fraction(&self) -> bool {
        let before = |c: char| c.is_alphanumeric() || matches!(c, '.' | '\u{66b}');
        !self.before(1).is_some_and(before) && self.after(1).is_some_and(is_ascii_digit)
    }

    fn apostrophe(&self, elides: bool) -> Fate {
        match (self.before(1), self.after(1)) {
            (Some(a), Some(b)) if is_ascii_digit(a) && is_ascii_digit(b) => Fate::Stays('\''),
            (Some(a), Some(b)) if a.is_alphabetic() && b.is_alphabetic() && !elides => Fate::Goes,
            _ => Fate::Space,
        }
    }

    fn is_in_initials(&self) -> bool {
        let single = !self.before(2).is_some_and(char::is_alphanumeric);
        single
            && self.before(1).is_some_and(char::is_alphabetic)
            && self.after(1).is_some_and(char::is_alphabetic)
    }

    fn before(&self, steps: usize) -> Option<char> {
        self.chars.get(self.at.checked_sub(steps)?).copied()
    }

    fn after(&self, steps: usize) -> Option<char> {
        self.chars.get(self.at + steps).copied()
    }

    /// The nearest character before that is not white space.
    fn near_before(&self) -> Option<char> {
        let before = self.chars.get(..self.at)?;
        before.iter().rev().copied().find(|c| !c.is_whitespace())
    }
}

const fn is_ascii_digit(c: char) -> bool {
    c.is_ascii_digit()
}
