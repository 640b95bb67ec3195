//! Foreign text made safe for the place it is written to: the one file that does it.
//!
//! Names, tags, facts and reasons come from model files and suites, and their authors may be
//! hostile. Characters that act without being seen are written as `<U+202E>` first, in every writer.

use weigh_core::text::{code_point, visible, visible_line};

/// First-strong isolate and its end: foreign text between them cannot turn its surroundings round.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// `text` for a text node or a quoted attribute of HTML or SVG.
pub(crate) fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// `text` for a text node or a quoted attribute of XML 1.0, on one line: white space of an attribute is
/// not kept, and neither of two code points may stand in a document (XML 1.0, 2.2).
pub(crate) fn xml(text: &str) -> String {
    let shown = visible_line(text);
    let illegal = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    if !shown.contains(illegal) {
        return html(&shown);
    }
    let legal = |c: char| {
        if illegal(c) {
            code_point(c)
        } else {
            c.to_string()
        }
    };
    html(&shown.chars().map(legal).collect::<String>())
}

/// `text` as a quoted string of CSS, also inside a `style` element. Everything but ASCII letters,
/// digits, spaces and hyphens is written as a numeric escape (CSS Syntax 3, 4.3.7).
pub(crate) fn css_string(text: &str) -> String {
    let mut safe = String::from("\"");
    for c in visible_line(text).chars() {
        if c.is_ascii_alphanumeric() || c == ' ' || c == '-' {
            safe.push(c);
        } else {
            safe.push_str(&format!("\\{:x} ", u32::from(c)));
        }
    }
    safe.push('"');
    safe
}

/// `text` on one line of Markdown, also inside a cell of a table: no character of it is markup.
pub(crate) fn markdown(text: &str) -> String {
    let shown = visible_line(text);
    let mut safe = String::with_capacity(shown.len());
    let mut before = None;
    for c in shown.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // The comment keeps forges from telling a person of that name.
            '@' => safe.push_str("@<!-- -->"),
            _ if is_markdown(c, before) => safe.extend(['\\', c]),
            _ => safe.push(c),
        }
        before = Some(c);
    }
    isolated(safe)
}

/// Whether `c` after `before` can be markup: emphasis, code, links, cells, formulas, and at the
/// start headings and lists; behind a digit or a letter lists and addresses.
fn is_markdown(c: char, before: Option<char>) -> bool {
    match c {
        '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '$' | '#' | '!' => true,
        '-' | '+' | '=' => before.is_none(),
        '.' => before.is_none_or(|c| c.is_ascii_digit() || c.eq_ignore_ascii_case(&'w')),
        ')' => before.is_some_and(|c| c.is_ascii_digit()),
        ':' => before.is_none_or(|c| c.is_ascii_alphabetic()),
        _ => false,
    }
}

/// `text` on one line of a terminal.
pub(crate) fn terminal(text: &str) -> String {
    isolated(visible_line(text).into_owned())
}

/// Isolates text that has a direction of its own.
fn isolated(text: String) -> String {
    if text.contains(is_right_to_left) {
        isolate(&text)
    } else {
        text
    }
}

/// `text` apart from the direction of its surroundings; without a letter it reads from left to right
/// (UAX #9, X5c).
pub(crate) fn isolate(text: &str) -> String {
    format!("{}{text}{}", ISOLATE.0, ISOLATE.1)
}

/// The blocks whose unassigned characters are right-to-left or Arabic letters by default
/// (`DerivedBidiClass.txt`), the numbers among them included.
pub(crate) const fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

/// `text` as one word of a POSIX shell, for commands that a reader may copy.
pub(crate) fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    let shown = visible_line(text);
    let option = if shown.starts_with('-') { "./" } else { "" };
    if !shown.is_empty() && shown.chars().all(plain) {
        format!("{option}{shown}")
    } else {
        format!("{option}'{}'", shown.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markdown_stays_readable() {
        for (text, expect) in [
            (
                "1. a 1.2 c. d) 1) www.x.y http://z",
                "1\\. a 1\\.2 c. d) 1\\) www\\.x.y http\\://z",
            ),
            ("- a-b", "\\- a-b"),
            ("14:31 (sw)", "14:31 (sw)"),
            (
                "# *a* _b_ $c$ [d](e)",
                "\\# \\*a\\* \\_b\\_ \\$c\\$ \\[d\\](e)",
            ),
        ] {
            assert_eq!(markdown(text), expect);
        }
    }

    #[test]
    fn each_place_has_its_own_form() {
        let check = |text: &str, expect: [&str; 5]| {
            let forms = [
                html(text),
                css_string(text),
                markdown(text),
                terminal(text),
                shell_word(text),
            ];
            assert_eq!(forms, expect, "{text:?}");
        };
        check("a-1", ["a-1", "\"a-1\"", "a-1", "a-1", "a-1"]);
        check(
            "<b a='\"'>&",
            [
                "&lt;b a=&#39;&quot;&#39;&gt;&amp;",
                "\"\\3c b a\\3d \\27 \\22 \\27 \\3e \\26 \"",
                "&lt;b a='\"'&gt;&amp;",
                "<b a='\"'>&",
                "'<b a='\\''\"'\\''>&'",
            ],
        );
        check(
            "a|b\n@c",
            [
                "a|b\n@c",
                "\"a\\7c b\\3c U\\2b 000A\\3e \\40 c\"",
                "a\\|b&lt;U+000A&gt;@<!-- -->c",
                "a|b<U+000A>@c",
                "'a|b<U+000A>@c'",
            ],
        );
        check(
            "سلام\u{202e}",
            [
                "سلام&lt;U+202E&gt;",
                "\"\\633 \\644 \\627 \\645 \\3c U\\2b 202E\\3e \"",
                "\u{2068}سلام&lt;U+202E&gt;\u{2069}",
                "\u{2068}سلام<U+202E>\u{2069}",
                "'سلام<U+202E>'",
            ],
        );
        check("-rf", ["-rf", "\"-rf\"", "\\-rf", "-rf", "./-rf"]);
        check("", ["", "\"\"", "", "", "''"]);
    }

    /// Reads `text` back as a browser would, for the five references that [`html`] writes.
    fn unescape(text: &str) -> String {
        let references = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
        ];
        let text = references
            .iter()
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        text.replace("&amp;", "&")
    }

    proptest! {
        #[test]
        fn html_has_no_markup_and_reads_back(text in any::<String>()) {
            let safe = html(&text);
            let forbidden = ['<', '>', '"', '\''];
            prop_assert!(!safe.contains(|c: char| forbidden.contains(&c) || (c.is_control() && c != '\n' && c != '\t')));
            prop_assert_eq!(unescape(&safe), visible(&text).into_owned());
        }

        #[test]
        fn one_line_stays_one_line(text in any::<String>()) {
            for safe in [css_string(&text), markdown(&text), terminal(&text), shell_word(&text)] {
                prop_assert!(!safe.chars().any(char::is_control), "{:?}", safe);
            }
        }

        #[test]
        fn a_cell_of_markdown_holds_no_bare_pipe(text in any::<String>()) {
            let safe = markdown(&text);
            let bare = safe.char_indices().any(|(at, c)| {
                let before = safe[..at].chars().rev().take_while(|c| *c == '\\').count();
                "|`*_[]#$~<>".contains(c) && before % 2 == 0 && !safe[..at].ends_with("<!-- --") && !safe[at..].starts_with("<!-- -->")
            });
            prop_assert!(!bare, "{}", safe);
        }
    }
}
