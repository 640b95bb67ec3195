//! Punctuation marks that a reply must do without.

use super::Reply;
use super::verdict::Verdict;

/// No comma of the language.
pub(super) fn no_comma(reply: &Reply) -> Verdict {
    without(reply, reply.writing.commas(), "commas")
}

/// No full stop of the language, also not inside a number.
pub(super) fn no_full_stop(reply: &Reply) -> Verdict {
    without(reply, reply.writing.full_stops(), "full stops")
}

fn without(reply: &Reply, marks: &[char], unit: &str) -> Verdict {
    let count = reply.text.matches(marks).count();
    Verdict::of(count == 0, format!("{count} {unit}, asked: none"))
}
