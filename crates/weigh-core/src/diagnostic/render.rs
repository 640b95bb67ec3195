//! Diagnostics as plain text: place, message, the line with a caret, help. Safe in a terminal.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Diagnostic, Severity};
use crate::text::{visible, visible_line};

/// Columns of a terminal that a snippet takes, and how many of them before its caret at most.
const WIDTH: usize = 80;
const BEFORE: usize = 48;
const TAB: &str = "    ";

/// Renders `diagnostics` in their order, each with the line of `source(file)` it points at, where
/// that can be had. A line feed ends each; a blank line parts them.
#[must_use]
pub fn render<'a>(diagnostics: &[Diagnostic], source: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::new();
    for (index, of_file) in diagnostics.chunk_by(|a, b| a.file == b.file).enumerate() {
        let text = of_file
            .first()
            .and_then(|d| source(&d.file))
            .unwrap_or_default();
        let lines: Vec<&str> = text.split('\n').collect();
        for (number, diagnostic) in of_file.iter().enumerate() {
            if index + number > 0 {
                out.push('\n');
            }
            render_one(&mut out, diagnostic, &lines);
        }
    }
    out
}

fn render_one(out: &mut String, diagnostic: &Diagnostic, lines: &[&str]) {
    let Diagnostic {
        line,
        column,
        code,
        message,
        ..
    } = diagnostic;
    let file = visible_line(&diagnostic.file);
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let message = visible_line(message);
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{file}:{line}:{column}: {severity}[{code}]: {message}");
    let margin = " ".repeat(line.to_string().len());
    let index = usize::try_from(*line)
        .unwrap_or(usize::MAX)
        .saturating_sub(1);
    if let Some(snippet) = lines.get(index).and_then(|text| snippet(text, *column)) {
        let caret = " ".repeat(snippet.caret);
        let _ = writeln!(out, "{margin} |");
        let _ = writeln!(out, "{line} | {}", snippet.text);
        let _ = writeln!(out, "{margin} | {caret}^");
    }
    if let Some(help) = &diagnostic.help {
        for (number, part) in visible(help).lines().enumerate() {
            let label = if number == 0 { "= help:" } else { "       " };
            let _ = writeln!(out, "{margin} {label} {part}");
        }
    }
}

struct Snippet {
    text: String,
    /// Terminal columns before the caret.
    caret: usize,
}

/// The part of `line` around `column` (in characters, from 1), by whole graphemes. None for an
/// empty line, which would show nothing.
fn snippet(line: &str, column: u32) -> Option<Snippet> {
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return None;
    }
    let skip = usize::try_from(column)
        .unwrap_or(usize::MAX)
        .saturating_sub(1);
    let byte = line
        .char_indices()
        .nth(skip)
        .map_or(line.len(), |(at, _)| at);
    // The grapheme that holds the character: a caret under half of one would point at nothing.
    let starts = line.grapheme_indices(true).map(|(at, _)| at);
    let byte = starts
        .take_while(|at| *at <= byte)
        .last()
        .filter(|_| byte < line.len())
        .unwrap_or(byte);
    let (before, after) = line.split_at_checked(byte)?;
    let (before, cut_before) = fit(before.graphemes(true).rev(), BEFORE);
    let mut text: String = before.into_iter().rev().collect();
    if cut_before {
        text.insert(0, '…');
    }
    let caret = text.width();
    let (after, cut_after) = fit(after.graphemes(true), WIDTH.saturating_sub(caret));
    text.extend(after);
    if cut_after {
        text.push('…');
    }
    Some(Snippet { text, caret })
}

/// As many graphemes, made visible, as fit into `width` columns, and whether some did not.
fn fit<'a>(graphemes: impl Iterator<Item = &'a str>, width: usize) -> (Vec<String>, bool) {
    let mut taken = Vec::new();
    let mut used = 0;
    for grapheme in graphemes {
        let shown = if grapheme == "\t" {
            TAB.to_owned()
        } else {
            visible_line(grapheme).into_owned()
        };
        used += shown.width();
        if used > width {
            return (taken, true);
        }
        taken.push(shown);
    }
    (taken, false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::is_hidden;

    fn at(line: u32, column: u32) -> Diagnostic {
        Diagnostic {
            file: "f".to_owned(),
            line,
            column,
            code: "E0001",
            severity: Severity::Error,
            message: "m".to_owned(),
            help: None,
        }
    }

    #[track_caller]
    fn check(text: &str, column: u32, expect: &str) {
        let rendered = render(&[at(1, column)], |_| Some(text));
        let body: Vec<&str> = rendered.lines().skip(2).collect();
        assert_eq!(body.join("\n"), expect);
    }

    #[test]
    fn the_caret_stands_under_its_grapheme() {
        check("abc", 2, "1 | abc\n  |  ^");
        check("日本語x", 4, "1 | 日本語x\n  |       ^");
        check("e\u{301}x", 3, "1 | e\u{301}x\n  |  ^");
        check("\tx", 2, "1 |     x\n  |     ^");
        check("a\u{202e}b", 3, "1 | a<U+202E>b\n  |          ^");
        check("abc", 4, "1 | abc\n  |    ^");
        check("abc", 400, "1 | abc\n  |    ^");
        check("abc\r", 4, "1 | abc\n  |    ^");
        check("", 1, "");
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let text = format!("{}X{}", "a".repeat(100_000), "b".repeat(100_000));
        let line = format!("1 | …{}X{}…", "a".repeat(48), "b".repeat(30));
        check(&text, 100_001, &format!("{line}\n  | {}^", " ".repeat(49)));
    }

    #[test]
    fn a_file_that_cannot_be_had_has_no_snippet() {
        let mut one = at(7, 1);
        one.help = Some("first\nsecond\u{1b}".to_owned());
        let rendered = render(&[one, at(9, 2)], |_| None);
        insta::assert_snapshot!(rendered, @r"
        f:7:1: error[E0001]: m
          = help: first
                  second<U+001B>

        f:9:2: error[E0001]: m
        ");
    }

    proptest! {
        #[test]
        fn nothing_hidden_reaches_the_terminal(
            text in any::<String>(), file in any::<String>(), line in 0_u32..4, column in 0_u32..40,
        ) {
            let mut one = at(line, column);
            one.file.clone_from(&file);
            one.message = text.clone();
            one.help = Some(text.clone());
            let rendered = render(&[one], |_| Some(&text));
            prop_assert!(!rendered.contains(is_hidden));
        }
    }
}
