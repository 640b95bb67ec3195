//! Upper and lower case, in scripts that have them.

use super::Reply;
use super::kind::Amount;
use super::language::identify;
use super::verdict::{Undecided, Verdict, number};
use super::writing::upper_case;

/// Every letter that has a case is in upper case, and the reply is in its language.
pub(super) fn upper(reply: &Reply) -> Result<Verdict, Undecided> {
    throughout(reply, true)
}

/// Every letter that has a case is in lower case, and the reply is in its language.
pub(super) fn lower(reply: &Reply) -> Result<Verdict, Undecided> {
    throughout(reply, false)
}

fn throughout(reply: &Reply, upper: bool) -> Result<Verdict, Undecided> {
    has_case(reply)?;
    let name = |upper| if upper { "upper" } else { "lower" };
    let mut cases = reply.text.chars().filter_map(upper_case).peekable();
    if cases.peek().is_none() {
        return Ok(Verdict::no("no letter of the reply has a case"));
    }
    let other = cases.filter(|found| *found != upper).count();
    if other > 0 {
        let reason = format!("{other} letters in {} case, asked: none", name(!upper));
        return Ok(Verdict::no(reason));
    }
    let found = identify(reply)?;
    let asked = reply.writing.language;
    let case = name(upper);
    let reason = format!("in {case} case and in {found}, asked: {case} case in {asked}");
    Ok(Verdict::of(found.primary() == asked.primary(), reason))
}

/// How many words are wholly in upper case.
pub(super) fn capital_words(reply: &Reply, amount: Amount) -> Result<Verdict, Undecided> {
    has_case(reply)?;
    let count = reply.text.split_whitespace().map(capitals_in).sum();
    Ok(amount.judge(number(count), "words in upper case"))
}

fn has_case(reply: &Reply) -> Result<(), Undecided> {
    let language = reply.writing.language;
    if reply.writing.cased {
        return Ok(());
    }
    let reason = format!("{language} is written without upper and lower case");
    Err(Undecided(reason))
}

/// Words in upper case between two spaces. A hyphen, a slash or a full stop inside does not part
/// words; a contraction is two words, as in the Penn Treebank (`I'M`).
fn capitals_in(token: &str) -> usize {
    let pieces = token.split(is_between_words);
    let pieces = pieces.flat_map(|piece| piece.split("--")).flat_map(parts);
    pieces.filter(|piece| is_capital(piece)).count()
}

const fn is_between_words(c: char) -> bool {
    matches!(
        c,
        ',' | ':'
            | ';'
            | '@'
            | '#'
            | '$'
            | '%'
            | '&'
            | '?'
            | '!'
            | '"'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '“'
            | '”'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '„'
            | '…'
            | '¿'
            | '¡'
    )
}

/// The two words of an English contraction, or the one word.
fn parts(piece: &str) -> [&str; 2] {
    const ENDINGS: [&str; 7] = ["n't", "'s", "'m", "'d", "'ll", "'re", "'ve"];
    let at = ENDINGS.iter().find_map(|ending| {
        let at = piece.len().checked_sub(ending.len())?;
        let end = piece.get(at..)?;
        (at > 0 && end.eq_ignore_ascii_case(ending)).then_some(at)
    });
    let (word, ending) = at
        .and_then(|at| piece.split_at_checked(at))
        .unwrap_or((piece, ""));
    [word, ending]
}

fn is_capital(word: &str) -> bool {
    let mut cases = word.chars().filter_map(upper_case).peekable();
    cases.peek().is_some() && cases.all(|upper| upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_words_of_a_token() {
        for (token, expect) in [
            ("NASA", 1),
            ("(NASA),", 1),
            ("I'm", 1),
            ("DON'T", 2),
            ("WELL-KNOWN", 1),
            ("Well-KNOWN", 0),
            ("U.S.", 1),
            ("A--B", 2),
            ("123", 0),
            ("ÉTÉ", 1),
            ("ПРИВЕТ!", 1),
            ("'S", 1),
            ("日本", 0),
        ] {
            assert_eq!(capitals_in(token), expect, "{token}");
        }
    }
}
