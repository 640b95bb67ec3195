//! Canonical JSON (RFC 8785) for what this crate writes: texts, integers, lists, maps.
//!
//! A compact writer already gives the canonical form of every text and integer, so that only the
//! keys of objects are left to be sorted. That is done on the bytes, where they stand.

use std::cmp::Ordering;
use std::ops::Range;

/// The greatest integer that every JSON reader gives back as it was written (RFC 8785, 3.2.2.3).
pub const GREATEST_INTEGER: u64 = (1 << 53) - 1;

/// `compact` with the keys of every object in the order of their UTF-16 units. None when it holds
/// a number that is no integer of at most [`GREATEST_INTEGER`] either side of zero, or a key twice.
///
/// `compact` is JSON without white space and with the shortest escapes, as serde_json writes it.
pub(super) fn sort_keys(compact: &str) -> Option<Vec<u8>> {
    let mut sorter = Sorter {
        text: compact,
        at: 0,
        out: Vec::with_capacity(compact.len()),
    };
    sorter.value()?;
    Some(sorter.out)
}

struct Sorter<'a> {
    text: &'a str,
    at: usize,
    out: Vec<u8>,
}

impl<'a> Sorter<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes `length` bytes over as they are.
    fn copy(&mut self, length: usize) -> Option<&'a str> {
        let taken = self.text.get(self.at..self.at + length)?;
        self.out.extend_from_slice(taken.as_bytes());
        self.at += length;
        Some(taken)
    }

    fn value(&mut self) -> Option<()> {
        match self.peek()? {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.string().map(drop),
            _ => self.word(),
        }
    }

    /// `null`, `true`, `false` or an integer.
    fn word(&mut self) -> Option<()> {
        let rest = self.text.get(self.at..)?;
        let length = rest.find([',', ']', '}']).unwrap_or(rest.len());
        let word = self.copy(length)?;
        let digits = word.strip_prefix('-').unwrap_or(word);
        let integer = digits.parse().is_ok_and(|n: u64| n <= GREATEST_INTEGER);
        (integer || matches!(word, "null" | "true" | "false")).then_some(())
    }

    fn string(&mut self) -> Option<&'a str> {
        let text = self.text.as_bytes();
        let mut end = self.at + 1;
        loop {
            end += memchr::memchr2(b'"', b'\\', text.get(end..)?)?;
            if text.get(end) == Some(&b'"') {
                return self.copy(end + 1 - self.at);
            }
            end += 2; // a backslash and what it escapes
        }
    }

    fn array(&mut self) -> Option<()> {
        self.copy(1)?;
        while self.peek()? != b']' {
            self.value()?;
            if self.peek()? == b',' {
                self.copy(1)?;
            }
        }
        self.copy(1).map(drop)
    }

    fn object(&mut self) -> Option<()> {
        self.copy(1)?;
        let start = self.out.len();
        let mut members: Vec<(&str, Range<usize>)> = Vec::new();
        while self.peek()? != b'}' {
            let from = self.out.len();
            let key = self.string()?;
            self.copy(1)?;
            self.value()?;
            members.push((key, from..self.out.len()));
            if self.peek()? == b',' {
                self.copy(1)?;
            }
        }
        if !members.is_sorted_by(|(a, _), (b, _)| order(a, b).is_lt()) {
            members.sort_by(|(a, _), (b, _)| order(a, b));
            if members
                .array_windows()
                .any(|[(a, _), (b, _)]| order(a, b).is_eq())
            {
                return None;
            }
            self.rearrange(start, &members)?;
        }
        self.copy(1).map(drop)
    }

    /// Writes the members, which lie from `start` to the end of the output, in their new order.
    fn rearrange(&mut self, start: usize, members: &[(&str, Range<usize>)]) -> Option<()> {
        let written = self.out.split_off(start);
        for (number, (_, range)) in members.iter().enumerate() {
            if number > 0 {
                self.out.push(b',');
            }
            let member = written.get(range.start - start..range.end - start)?;
            self.out.extend_from_slice(member);
        }
        Some(())
    }
}

/// The order of two keys, written in quotes, by their UTF-16 units.
fn order(a: &str, b: &str) -> Ordering {
    let plain = |key: &str| key.is_ascii() && !key.contains('\\');
    if plain(a) && plain(b) {
        inside(a).cmp(inside(b))
    } else {
        utf16(a).cmp(&utf16(b))
    }
}

fn inside(quoted: &str) -> &str {
    let end = quoted.len().saturating_sub(1);
    quoted.get(1..end).unwrap_or_default()
}

fn utf16(quoted: &str) -> Vec<u16> {
    let key: Option<String> = serde_json::from_str(quoted).ok();
    key.as_deref()
        .unwrap_or_else(|| inside(quoted))
        .encode_utf16()
        .collect()
}
