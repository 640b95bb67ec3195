//! The visible structure of a reply: bullets, numbered items, sections, highlights.

use super::Reply;
use super::verdict::{Verdict, quoted};

/// Exactly `count` bullet points: lines that begin with one of `marks`, or with a bullet that the
/// language is usually written with.
pub(super) fn bullets(reply: &Reply, count: u64, marks: Option<&str>) -> Verdict {
    let marks = marks.unwrap_or_else(|| match reply.writing.language.primary() {
        "en" => "*-",
        "ja" => "・",
        _ => "*-+•‣◦●○▪■–—・",
    });
    let english = reply.writing.is("en");
    let lines = reply.text.split_inclusive('\n');
    let found = lines.filter(|line| is_bullet(line, marks, english)).count();
    Verdict::exactly(found, count, "bullet points")
}

/// Whether a line is a bullet point. English as IFEval counts it: a hyphen needs no space after
/// it, so that a rule `---` counts. Everywhere an asterisk must stand alone: `**` is emphasis.
fn is_bullet(line: &str, marks: &str, english: bool) -> bool {
    let mut chars = line.trim_start().chars();
    let Some(mark) = chars.next().filter(|c| marks.contains(*c)) else {
        return false;
    };
    match (mark, chars.next()) {
        ('*', next) => next.is_some_and(|c| c != '*'),
        ('-' | '+' | '–' | '—', next) => english || next.is_some_and(char::is_whitespace),
        _ => true,
    }
}

/// Exactly `count` lines that begin with a number and a full stop. Outside Japanese `1)` counts,
/// too; a space must follow.
pub(super) fn numbered(reply: &Reply, count: u64) -> Verdict {
    let stops: &[char] = if reply.writing.is("ja") {
        &['.']
    } else {
        &['.', ')', '．', '）', '、', '။', '।']
    };
    let is_item = |line: &&str| {
        let after = after_number(line.trim_start());
        let spaced = after.and_then(|rest| rest.strip_prefix(stops));
        spaced.is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    let found = reply.text.split_inclusive('\n').filter(is_item).count();
    Verdict::exactly(found, count, "numbered items")
}

/// At least `count` section headings: the splitter with a number beside it.
pub(super) fn sections(reply: &Reply, splitter: &str, count: u64) -> Verdict {
    let splitter = splitter.trim();
    let heads = |(at, found): (usize, &str)| {
        let before = reply.text.get(..at).unwrap_or_default();
        let after = reply.text.get(at + found.len()..).unwrap_or_default();
        match reply.writing.language.primary() {
            "en" => after_number(one_space(after)).is_some(),
            "ja" => numbered_before(before, '第', false),
            "zh" | "yue" => numbered_before(before, '第', true),
            _ => after_number(one_space(after)).is_some() || number_before(before),
        }
    };
    let found = reply.text.match_indices(splitter).filter(|m| heads(*m));
    let unit = format!("sections {}", quoted(splitter));
    Verdict::at_least(found.count(), count, &unit)
}

/// `text` without one space at its start.
fn one_space(text: &str) -> &str {
    text.strip_prefix(char::is_whitespace).unwrap_or(text)
}

/// The most digits that a section or an item is numbered with.
const LONGEST_NUMBER: usize = 9;

/// What follows the digits, of any script, at the start of `text`. None without a digit.
fn after_number(text: &str) -> Option<&str> {
    let is_part = |c: &char| is_digit(*c);
    let digits = text.chars().take(LONGEST_NUMBER).take_while(is_part);
    let length = digits.map(char::len_utf8).sum();
    text.get(length..).filter(|_| length > 0)
}

/// Whether `before` ends with `open` and a number, in digits or, with `words`, in characters.
fn numbered_before(before: &str, open: char, words: bool) -> bool {
    const NUMERALS: &str = "〇零一二三四五六七八九十百千两";
    let is_part = |c: &char| is_digit(*c) || (words && NUMERALS.contains(*c));
    let digits = before
        .chars()
        .rev()
        .take(LONGEST_NUMBER)
        .take_while(is_part);
    let length: usize = digits.map(char::len_utf8).sum();
    let start = before.get(..before.len() - length).unwrap_or_default();
    length > 0 && start.ends_with(open)
}

/// Whether `before` ends with a number, an ordinal's full stop or ending, and one space: `1. `.
fn number_before(before: &str) -> bool {
    let before = before.strip_suffix(char::is_whitespace).unwrap_or(before);
    let before = before.strip_suffix(['.', 'º', 'ª', '°']).unwrap_or(before);
    before.ends_with(is_digit)
}

/// Whether `c` is a decimal digit of any script. Other numbers are no digits: `½`, `Ⅳ`, `四`.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric() && is_decimal(c))
}

/// Decimal digits outside ASCII stand in runs of ten (Unicode stability policy); of the runs, those
/// that are in use today.
fn is_decimal(c: char) -> bool {
    const ZEROS: [u32; 27] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
        0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1b50, 0x1c40,
        0x1c50, 0xa900, 0xff10,
    ];
    let code = u32::from(c);
    ZEROS.iter().any(|zero| (*zero..zero + 10).contains(&code))
}

/// At least `count` highlighted passages: `*so*` or `**so**`, in Japanese `《so》`.
pub(super) fn highlights(reply: &Reply, count: u64) -> Verdict {
    let lines = reply.text.split('\n');
    let found = if reply.writing.is("ja") {
        lines.map(|line| between(line, '《', '》')).sum()
    } else {
        lines
            .map(|line| single_stars(line) + double_stars(line))
            .sum()
    };
    Verdict::at_least(found, count, "highlighted passages")
}

/// Innermost pairs of two marks with something but space inside.
fn between(line: &str, open: char, close: char) -> usize {
    let mut pieces = line.split(open);
    pieces.next();
    let inside = pieces.filter_map(|piece| piece.split_once(close));
    inside
        .filter(|(inside, _)| !inside.trim().is_empty())
        .count()
}

/// Passages between one asterisk and the next. The two asterisks of `**` are a pair by themselves,
/// so `**so**` is none.
fn single_stars(line: &str) -> usize {
    let mut rest = line;
    let mut found = 0;
    while let Some((_, after)) = rest.split_once('*') {
        let Some((inside, after)) = after.split_once('*') else {
            break;
        };
        found += usize::from(!inside.trim().is_empty());
        rest = after;
    }
    found
}

/// Passages between two asterisks and the next two.
fn double_stars(line: &str) -> usize {
    let mut rest = line;
    let mut found = 0;
    while let Some((_, after)) = rest.split_once("**") {
        let end = after.find('*').unwrap_or(after.len());
        let (inside, closing) = after.split_at_checked(end).unwrap_or((after, ""));
        if let Some(after) = closing.strip_prefix("**") {
            found += usize::from(!inside.trim().is_empty());
            rest = after;
        } else if end == 0 {
            // Three asterisks: the opening pair may be the last two.
            rest = rest.split_once('*').map_or("", |(_, rest)| rest);
        } else {
            rest = after;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    proptest! {
        /// The regular expressions that IFEval is written with.
        #[test]
        fn stars_are_counted_as_by_regular_expressions(line in "[*a ]{0,16}") {
            let count = |pattern: &str| {
                let stripped = |m: regex::Match| !m.as_str().trim_matches('*').trim().is_empty();
                Regex::new(pattern).unwrap().find_iter(&line).filter(|m| stripped(*m)).count()
            };
            prop_assert_eq!(single_stars(&line), count(r"\*[^\n*]*\*"));
            prop_assert_eq!(double_stars(&line), count(r"\*\*[^\n*]*\*\*"));
        }

        #[test]
        fn digits_are_those_of_the_unicode_database(c in any::<char>()) {
            if is_digit(c) {
                prop_assert!(Regex::new(r"^\d$").unwrap().is_match(&c.to_string()));
            }
        }
    }

    #[test]
    fn bullets_of_many_kinds() {
        for (line, marks, english, expect) in [
            ("* a", "*-", true, true),
            ("  - a", "*-", true, true),
            ("---", "*-", true, true),
            ("---", "*-", false, false),
            ("**a**", "*-", true, false),
            ("*", "*-", true, false),
            ("・一つ", "・", false, true),
            ("• एक", "*-•", false, true),
            ("a - b", "*-", true, false),
            ("", "*-", true, false),
        ] {
            assert_eq!(is_bullet(line, marks, english), expect, "{line}");
        }
    }
}
