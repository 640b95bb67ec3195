//! Foreign text: characters that hide, text that is safe to show, text that is compared.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Whether `c` acts on a reader or a terminal without being seen: a control character, a
/// direction mark or override (Unicode Technical Report 36, "Trojan source"), or an invisible one.
///
/// Not counted: line feed and tabulation, and what writing needs although it is invisible: the
/// joiners U+200C and U+200D and the variation selectors.
#[must_use]
pub const fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        _ => is_control(c) || is_direction(c) || is_invisible(c),
    }
}

const fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
}

const fn is_direction(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// The default-ignorable characters without those that writing needs, and the interlinear marks.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
    )
}

/// `text` with every hidden character written as `<U+202E>`: safe in a terminal and in a log.
/// Line feeds and tabulations stay.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    show(text, is_hidden)
}

/// The same on one line: line feeds and tabulations are written as `<U+000A>`, too.
#[must_use]
pub fn visible_line(text: &str) -> Cow<'_, str> {
    show(text, |c| c == '\n' || c == '\t' || is_hidden(c))
}

fn show(text: &str, hide: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hide) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hide(c) {
            shown.push_str(&code_point(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// [`visible_line`] between quotation marks, those in it escaped. Unlike `{:?}` it leaves the vowel
/// signs of Indic scripts, Thai and Arabic alone, so that a reader of those languages can read it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let safe = visible_line(text);
    format!("\"{}\"", safe.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `<U+202E>` for the character with that code point.
#[must_use]
pub fn code_point(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

/// The compatibility composition (NFKC), in which texts that look alike are often equal.
#[must_use]
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

/// NFKC and then lower case by way of upper case, which folds what simple lower case keeps apart
/// (`ß` and `ss`, final and other sigma). Two names that a file system or a reader may take for
/// one have one form.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let upper: String = text.nfkc().flat_map(char::to_uppercase).collect();
    upper.chars().flat_map(char::to_lowercase).nfkc().collect()
}

/// `text` in UTF-8 with every byte percent-encoded (RFC 3986, section 2.1) but unreserved characters
/// (section 2.3) and those of `plain`.
#[must_use]
pub fn percent_encoded(text: &str, plain: &[u8]) -> String {
    let one = |byte: u8| {
        if is_unreserved(byte) || plain.contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(one).collect()
}

/// Whether a byte is an unreserved character of RFC 3986, section 2.3.
#[must_use]
pub const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// What stands in the slots of a sentence: `before` each of them this, and `after` the last. A slot ends where
/// what follows it first occurs.
pub(crate) fn slots<const N: usize>(
    words: &str,
    before: [&str; N],
    after: &str,
) -> Option<[String; N]> {
    let mut fixed = before.into_iter();
    let mut rest = words.strip_prefix(fixed.next()?)?.strip_suffix(after)?;
    let mut found = Vec::with_capacity(N);
    for next in fixed {
        let (slot, behind) = rest.split_once(next)?;
        found.push(slot.to_owned());
        rest = behind;
    }
    found.push(rest.to_owned());
    found.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slots_are_read() {
        let check = |words: &str, expect: Option<[&str; 2]>| {
            let expect = expect.map(|slots| slots.map(str::to_owned));
            assert_eq!(slots(words, ["a ", " is "], "."), expect, "{words}");
        };
        check("a b is c.", Some(["b", "c"]));
        check("a  is .", Some(["", ""]));
        check("a b is c is d.", Some(["b", "c is d"]));
        check("a b is c", None);
        check("a b was c.", None);
        check("", None);
    }

    #[test]
    fn hidden_characters_are_shown() {
        for (text, line) in [
            ("plain, héllo, नमस्ते, سلام", "plain, héllo, नमस्ते, سلام"),
            ("\u{1b}[2J", "<U+001B>[2J"),
            ("a\u{202e}b", "a<U+202E>b"),
            ("a\u{9b}31m", "a<U+009B>31m"),
            ("a\nb\tc\r", "a<U+000A>b<U+0009>c<U+000D>"),
            ("\u{e0041}", "<U+E0041>"),
            (
                "می\u{200c}خواهم 👩\u{200d}🚀 ❤\u{fe0f}",
                "می\u{200c}خواهم 👩\u{200d}🚀 ❤\u{fe0f}",
            ),
        ] {
            assert_eq!(visible_line(text), line);
        }
        assert_eq!(visible("a\nb\tc\u{7}"), "a\nb\tc<U+0007>");
        assert!(matches!(visible("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn a_quoted_text_keeps_its_letters() {
        for (text, expect) in [
            ("ਪੰਜਾਬੀ", "\"ਪੰਜਾਬੀ\""),
            ("\"a\\b\"\n", "\"\\\"a\\\\b\\\"<U+000A>\""),
        ] {
            assert_eq!(quoted(text), expect);
        }
    }

    #[test]
    fn names_that_look_alike_fold_to_one() {
        for (a, b) in [
            ("Case", "cASE"),
            ("ﬁ", "FI"),
            ("Ａ１", "a1"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("a"), fold("b"));
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in any::<String>()) {
            let shown = visible_line(&text);
            prop_assert!(!shown.chars().any(char::is_control));
            prop_assert!(!shown.chars().any(is_hidden));
        }

        #[test]
        fn folding_is_idempotent(text in any::<String>()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
