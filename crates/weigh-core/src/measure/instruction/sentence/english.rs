//! English sentences, counted as Punkt counts them (Kiss and Strunk 2006, the tokenizer that the
//! reference implementation uses), with a list of short forms in place of a trained model.
//!
//! Punkt looks at most at one mark of a piece of text between spaces, the last one that a space or
//! one of a few ASCII marks follows. It does not know curly quotation marks: a full stop before one
//! ends nothing. Line breaks end nothing, either, and the number of a list item does.

/// ASCII marks that may follow the mark that ends a sentence.
const AFTER: &str = ")\";}]*:@'({[!?";
/// Marks that still belong to the sentence before them.
const CLOSING: &[char] = &['"', '\'', ')', ']', '}'];

const SHORT: [&str; 56] = [
    "adm", "al", "apr", "aug", "ave", "blvd", "brig", "capt", "cf", "cmdr", "co", "col", "corp",
    "cpl", "dec", "dr", "ed", "eds", "est", "etc", "feb", "fig", "ft", "gen", "gov", "hon", "inc",
    "jan", "jr", "lt", "ltd", "maj", "messrs", "mr", "mrs", "ms", "mt", "nov", "oct", "ph", "pres",
    "prof", "rep", "rev", "rte", "sen", "sept", "sep", "sgt", "sr", "st", "ste", "v", "viz", "vol",
    "vs",
];
/// Short forms that stand before a name, so that a capital after them tells nothing.
const TITLES: [&str; 29] = [
    "adm", "brig", "capt", "cmdr", "col", "cpl", "dr", "ed", "fig", "gen", "gov", "hon", "lt",
    "maj", "messrs", "mr", "mrs", "ms", "mt", "ph", "pres", "prof", "rep", "rev", "sen", "sgt",
    "st", "ste", "vs",
];

/// How many sentences there are.
pub(super) fn count(text: &str) -> usize {
    let mut tokens = text.split_whitespace().peekable();
    let mut count = 0;
    let mut open = false;
    while let Some(token) = tokens.next() {
        let next = tokens.peek().copied();
        if let Some(rest) = after_end(token, next) {
            count += 1;
            open = !rest.trim_start_matches(CLOSING).is_empty();
        } else {
            open = true;
        }
    }
    count + usize::from(open)
}

/// What follows, in a piece between spaces, the mark that ends a sentence. None without such.
fn after_end<'a>(token: &'a str, next: Option<&str>) -> Option<&'a str> {
    let is_end = |(at, mark): &(usize, &str)| {
        let after = token.get(at + mark.len()..).unwrap_or_default();
        let last = after.is_empty() && next.is_some();
        last || after.starts_with(|c| AFTER.contains(c))
    };
    let mut marks = token.rmatch_indices(['.', '?', '!']);
    let (at, mark) = marks.find(is_end)?;
    let (word, rest) = token.split_at_checked(at + mark.len())?;
    let next = if rest.is_empty() { next } else { None };
    (mark != "." || full_stop_ends(word, next)).then_some(rest)
}

/// Whether the full stop at the end of `word` ends a sentence before `next`.
fn full_stop_ends(word: &str, next: Option<&str>) -> bool {
    let starts = |is: fn(char) -> bool| next.is_some_and(|next| next.starts_with(is));
    let piece = word.rsplit([
        '(', '"', '`', '{', '[', ':', ';', '&', '#', '*', '@', '-', ',', '/',
    ]);
    let piece = piece.into_iter().next().unwrap_or_default();
    let stem = piece.strip_suffix('.').unwrap_or(piece).to_lowercase();
    let mut letters = stem.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let number = stem.starts_with(|c: char| c.is_ascii_digit())
        && stem
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'));
    if number {
        !starts(char::is_lowercase)
    } else if single || TITLES.contains(&stem.as_str()) {
        false
    } else if stem.ends_with('.') || stem.contains('.') || SHORT.contains(&stem.as_str()) {
        starts(char::is_uppercase)
    } else {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_sentences() {
        for (text, expect) in [
            ("", 0),
            ("One", 1),
            ("One. Two! Three?", 3),
            ("Mr. Smith met J. K. Rowling at 5 p.m. yesterday.", 1),
            ("He came at 5 p.m. Then he left.", 2),
            ("\"Stop!\" he said.", 2),
            ("“Stop!” he said.", 1),
            ("Well... maybe. Well... Yes", 3),
            ("1. First item\n2. Second item", 3),
            ("It costs 3.50, e.g. at www.example.com today.", 1),
            ("**Bold.** Next.", 2),
            ("lower. case counts", 2),
        ] {
            assert_eq!(count(text), expect, "{text}");
        }
    }
}
