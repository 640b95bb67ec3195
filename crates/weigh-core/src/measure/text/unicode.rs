//! Sets of characters by their Unicode properties, and the digits of every script.
//!
//! The tables are those of `regex-syntax`, so a pattern and a measure mean the same by
//! "punctuation".

use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

/// A set of characters as sorted ranges.
#[derive(Debug)]
pub(super) struct CharSet(Vec<(char, char)>);

/// General category P.
pub(super) static PUNCTUATION: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(r"\p{P}"));
/// General category S.
pub(super) static SYMBOL: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(r"\p{S}"));
/// General category Sc.
pub(super) static CURRENCY: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(r"\p{Sc}"));
/// General category N.
pub(super) static NUMBER: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(r"\p{N}"));
/// General category Nd.
static DECIMAL: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(r"\p{Nd}"));
/// Scripts that put no space between words. Hangul does, and is not here.
static UNSPACED: LazyLock<CharSet> = LazyLock::new(|| {
    CharSet::of(
        r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Yi}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tai_Le}\p{New_Tai_Lue}\p{Tai_Tham}\p{Tai_Viet}\p{Tibetan}\x{30FC}]",
    )
});

impl CharSet {
    /// The characters of a class in the syntax of `regex`. A class that is none is the empty set,
    /// which the test below rules out for the classes of this file.
    fn of(class: &str) -> Self {
        let hir = regex_syntax::parse(class).map(regex_syntax::hir::Hir::into_kind);
        if let Ok(HirKind::Class(Class::Unicode(class))) = hir {
            Self(class.iter().map(|r| (r.start(), r.end())).collect())
        } else {
            Self(Vec::new())
        }
    }

    /// The range that holds `c`.
    fn range(&self, c: char) -> Option<(char, char)> {
        let at = self.0.partition_point(|&(_, end)| end < c);
        self.0.get(at).copied().filter(|&(start, _)| start <= c)
    }

    /// Whether `c` is in the set.
    pub(super) fn contains(&self, c: char) -> bool {
        self.range(c).is_some()
    }
}

/// The value of a decimal digit of any script, 0 to 9.
#[must_use]
pub fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).and_then(|value| u8::try_from(value).ok());
    }
    // Unicode keeps the digits of a script together and in order, zero first.
    let (zero, _) = DECIMAL.range(c)?;
    u8::try_from((u32::from(c) - u32::from(zero)) % 10).ok()
}

/// Whether `c` is a decimal digit of any script.
pub(super) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// Whether `c` belongs to a script that puts no space between words.
pub(super) fn is_unspaced(c: char) -> bool {
    !c.is_ascii() && UNSPACED.contains(c)
}

/// What Python takes for white space: Unicode's White_Space and U+001C to U+001F.
#[must_use]
pub const fn is_python_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// Whether `c` is a mark that stands for minus before a number. Em dashes never do.
pub(super) const fn is_minus(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}'
    )
}

#[cfg(test)]
mod tests {
    use crate::text::nfkc;

    use super::*;

    #[test]
    fn no_class_is_empty() {
        for (set, inside, outside) in [
            (&PUNCTUATION, "!?.,-।،؟؛。「»፡", "a1$+ あ"),
            (&SYMBOL, "$+<=>^`|~€₹−", "a1.- "),
            (&CURRENCY, "$€₹¥฿₽", "a1+"),
            (&NUMBER, "1²½Ⅷ①५", "a."),
            (
                &UNSPACED,
                "漢あアーไทยລາວខ្មែರ".get(.."漢あアーไทยລາວខ្មែ".len()).unwrap(),
                "a한ह1.",
            ),
        ] {
            assert!(inside.chars().all(|c| set.contains(c)), "{inside}");
            assert!(!outside.chars().any(|c| set.contains(c)), "{outside}");
        }
    }

    #[test]
    fn digits_of_every_script() {
        for &(start, end) in &DECIMAL.0 {
            let count = u32::from(end) - u32::from(start) + 1;
            assert_eq!(count % 10, 0, "{start} begins {count} digits");
        }
        let mut found = 0;
        for c in ('\0'..=char::MAX).filter(|&c| is_digit(c)) {
            found += 1;
            // Where a compatibility form exists it is an ASCII digit: an independent table.
            if let [ascii] = nfkc(&c.to_string()).as_bytes() {
                assert_eq!(Some(ascii - b'0'), digit(c), "{c}");
            }
        }
        assert!(found >= 680, "{found} digits");
        for text in [
            "0123456789",
            "٠١٢٣٤٥٦٧٨٩",
            "০১২৩৪৫৬৭৮৯",
            "๐๑๒๓๔๕๖๗๘๙",
            "０１２３４５６７８９",
        ] {
            let values: Vec<u8> = text.chars().filter_map(digit).collect();
            assert_eq!(values, (0..10).collect::<Vec<u8>>(), "{text}");
        }
        assert_eq!(digit('²').or(digit('五')).or(digit('a')), None);
    }
}
