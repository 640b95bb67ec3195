//! Things that a reply must hold: placeholders and a postscript.

use super::Reply;
use super::verdict::{Verdict, quoted};

/// At least `count` placeholders `[name]`, each on one line.
pub(super) fn placeholders(reply: &Reply, count: u64) -> Verdict {
    let found = reply.text.split('\n').map(on_line).sum();
    Verdict::at_least(found, count, "placeholders")
}

/// Closing brackets that have an opening one before them, each pair once.
fn on_line(line: &str) -> usize {
    let mut open = false;
    let mut pairs = 0;
    for c in line.chars() {
        match c {
            '[' => open = true,
            ']' if open => {
                open = false;
                pairs += 1;
            }
            _ => {}
        }
    }
    pairs
}

/// The marker of a postscript stands in the reply, in any letter case. `P.S.` and `P.P.S` may
/// have a space after each full stop, and `P.P.S` needs none at its end.
pub(super) fn postscript(reply: &Reply, marker: &str) -> Verdict {
    let text = reply.writing.fold(reply.text);
    let marker = marker.trim();
    let found = match marker {
        "P.S." => has_initials(&text, &["p.", "s."]),
        "P.P.S" => has_initials(&text, &["p.", "p.", "s"]),
        "P.P.S." => has_initials(&text, &["p.", "p.", "s."]),
        _ => text.contains(&reply.writing.fold(marker)),
    };
    let word = if found { "is there" } else { "is missing" };
    Verdict::of(found, format!("{} {word}", quoted(marker)))
}

/// Whether the pieces follow each other with at most one space between two of them.
fn has_initials(text: &str, pieces: &[&str]) -> bool {
    let Some((first, rest)) = pieces.split_first() else {
        return false;
    };
    text.match_indices(first).any(|(at, found)| {
        let mut after = text.get(at + found.len()..).unwrap_or_default();
        rest.iter().all(|piece| {
            let spaced = after.strip_prefix(char::is_whitespace).unwrap_or(after);
            let next = spaced.strip_prefix(piece);
            after = next.unwrap_or_default();
            next.is_some()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_pairs() {
        for (line, expect) in [
            ("[a] and [b]", 2),
            ("[[a]]", 1),
            ("]a[", 0),
            ("[]", 1),
            ("[a [b] c]", 1),
            ("no", 0),
        ] {
            assert_eq!(on_line(line), expect, "{line}");
        }
    }

    #[test]
    fn initials() {
        assert!(has_initials("and p. s. hi", &["p.", "s."]));
        assert!(has_initials("p.p.s.", &["p.", "s."]));
        assert!(!has_initials("p.  s.", &["p.", "s."]));
        assert!(!has_initials("ps", &["p.", "s."]));
        assert!(!has_initials("", &[]));
    }
}
