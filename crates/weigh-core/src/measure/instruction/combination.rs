//! Instructions that shape the reply as a whole: the request again, or two replies.

use super::Reply;
use super::verdict::Verdict;

/// The reply begins with the request, in any letter case.
pub(super) fn repeats(reply: &Reply, text: Option<&str>) -> Verdict {
    let fold = |text: &str| reply.writing.fold(text.trim());
    let asked = fold(text.unwrap_or(reply.prompt));
    if asked.is_empty() {
        return Verdict::no("there is no request to repeat");
    }
    if fold(reply.text).starts_with(&asked) {
        Verdict::yes("the reply begins with the request")
    } else {
        Verdict::no("the reply does not begin with the request")
    }
}

/// Two different replies with `******` between them; nothing but space may stand before the
/// first such mark or after the last one.
pub(super) fn two_responses(reply: &Reply) -> Verdict {
    let mut parts: Vec<&str> = reply.text.split("******").map(str::trim).collect();
    if parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    if parts.first().is_some_and(|part| part.is_empty()) {
        parts.remove(0);
    }
    match parts.as_slice() {
        [a, b] if a == b => Verdict::no("both responses are the same"),
        ["", _] | [_, ""] => Verdict::no("a response is empty"),
        [_, _] => Verdict::yes("two different responses"),
        other => Verdict::no(format!("{} responses, asked: 2", other.len())),
    }
}
