//! The names that authors give: ids, tags, versions.

use crate::diagnostic::code;
use crate::text::{code_point, is_hidden, visible_line};

/// The most characters of an id.
const LONGEST: usize = 64;

/// Whether `text` is an id: of a case, or one of the two parts of a suite's.
#[must_use]
pub fn is_id(text: &str) -> bool {
    id_fault("id", text).is_none()
}

/// What is wrong with `text` as an id: code and message.
pub(crate) fn id_fault(what: &str, text: &str) -> Option<(&'static str, String)> {
    fault(what, text, "A-Z, a-z, 0-9, `.`, `_` and `-`", |c| {
        c.is_ascii_alphanumeric() || ".-_".contains(c)
    })
}

/// The same for a tag, which may hold `:` and `/`, too.
pub(crate) fn tag_fault(text: &str) -> Option<(&'static str, String)> {
    fault(
        "tag",
        text,
        "A-Z, a-z, 0-9, `.`, `_`, `-`, `:` and `/`",
        |c| c.is_ascii_alphanumeric() || ".-_:/".contains(c),
    )
}

fn fault(
    what: &str,
    text: &str,
    allowed: &str,
    is_allowed: impl Fn(char) -> bool,
) -> Option<(&'static str, String)> {
    if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
        let (text, hidden) = (visible_line(text), code_point(hidden));
        let message = format!("the {what} `{text}` holds the hidden character {hidden}");
        return Some((code::HIDDEN_IN_ID, message));
    }
    let length = text.chars().take(LONGEST + 1).count();
    if (1..=LONGEST).contains(&length) && text.chars().all(is_allowed) {
        return None;
    }
    let shown: String = text.chars().take(LONGEST).collect();
    let message = format!("the {what} `{shown}` is not 1 to {LONGEST} characters out of {allowed}");
    Some((code::BAD_ID, message))
}

/// Whether `text` is a version after Semantic Versioning 2.0.0.
pub(crate) fn is_version(text: &str) -> bool {
    let (text, build) = text
        .split_once('+')
        .map_or((text, None), |(t, b)| (t, Some(b)));
    let (core, pre) = text
        .split_once('-')
        .map_or((text, None), |(c, p)| (c, Some(p)));
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let number = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits && (part == "0" || !part.starts_with('0'))
    };
    let pre_word =
        |part: &str| word(part) && (number(part) || part.bytes().any(|b| !b.is_ascii_digit()));
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(|pre| pre.split('.').all(pre_word))
        && build.is_none_or(|build| build.split('.').all(word))
}

/// Whether `text` has the characters and the brackets of an SPDX licence expression.
pub(crate) fn is_licence(text: &str) -> bool {
    let mut open = 0_u32;
    for c in text.chars() {
        match c {
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            c if c.is_ascii_alphanumeric() || " .+-:".contains(c) => {}
            _ => return false,
        }
    }
    let joined = |word: &str| matches!(word, "AND" | "OR" | "WITH");
    let words: Vec<&str> = text
        .split([' ', '(', ')'])
        .filter(|w| !w.is_empty())
        .collect();
    // Licences and the words that join them take turns.
    open == 0
        && words.len() % 2 == 1
        && words
            .iter()
            .enumerate()
            .all(|(at, word)| joined(word) == (at % 2 == 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        let long = "a".repeat(65);
        for (text, expect) in [
            ("a", None),
            ("A-1_b.c", None),
            (&long[1..], None),
            ("", Some(code::BAD_ID)),
            (&long, Some(code::BAD_ID)),
            ("a b", Some(code::BAD_ID)),
            ("é", Some(code::BAD_ID)),
            ("a/b", Some(code::BAD_ID)),
            ("a\u{200b}", Some(code::HIDDEN_IN_ID)),
            ("a\nb", Some(code::BAD_ID)),
        ] {
            assert_eq!(id_fault("id", text).map(|(code, _)| code), expect, "{text}");
        }
        assert_eq!(tag_fault("hazard:vcr/x"), None);
        assert!(tag_fault("a b").is_some());
    }

    #[test]
    fn versions() {
        for text in [
            "0.1.0",
            "10.20.30",
            "1.0.0-rc.1",
            "1.0.0-0a",
            "1.0.0+b.01",
            "1.0.0-a-b+c-d",
        ] {
            assert!(is_version(text), "{text}");
        }
        for text in [
            "", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0+", "v1.0.0", "1.0.é",
        ] {
            assert!(!is_version(text), "{text}");
        }
    }

    #[test]
    fn licences() {
        for text in [
            "CC-BY-4.0",
            "Apache-2.0 OR MIT",
            "(MIT AND CC0-1.0) OR GPL-2.0+",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "LicenseRef-own",
        ] {
            assert!(is_licence(text), "{text}");
        }
        for text in [
            "",
            " ",
            "free for all",
            "MIT OR",
            "(MIT",
            "MIT)",
            "MIT; BSD",
            "OR",
        ] {
            assert!(!is_licence(text), "{text}");
        }
    }
}
