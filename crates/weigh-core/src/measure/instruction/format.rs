//! Forms that a machine could read: a fixed answer, JSON, a marked title.

use super::Reply;
use super::verdict::{Undecided, Verdict, quoted};
use crate::json::{self, FaultKind, MAX_DEPTH};

/// The three answers of IFEval, and of M-IFEval for Japanese.
const ENGLISH: [&str; 3] = [
    "My answer is yes.",
    "My answer is no.",
    "My answer is maybe.",
];
const JAPANESE: [&str; 3] = [
    "はい、そうです。",
    "いいえ、違います。",
    "どちらとも言えません。",
];

/// One of the allowed answers stands in the reply, letter for letter.
pub(super) fn constrained(reply: &Reply, options: &[String]) -> Result<Verdict, Undecided> {
    let named: Vec<&str> = options.iter().map(String::as_str).collect();
    let options: &[&str] = match reply.writing.language.primary() {
        _ if !named.is_empty() => &named,
        "en" => &ENGLISH,
        "ja" => &JAPANESE,
        other => {
            let reason = format!("no answers are known for {other}: name them in `options`");
            return Err(Undecided(reason));
        }
    };
    Ok(match options.iter().find(|o| reply.text.contains(**o)) {
        Some(option) => Verdict::yes(format!("{} is there", quoted(option))),
        None => Verdict::no("none of the allowed answers is there"),
    })
}

/// The whole reply is one JSON value (RFC 8259, no key twice), with or without a Markdown fence.
pub(super) fn json(reply: &Reply) -> Result<Verdict, Undecided> {
    let text = without_fence(reply.text.trim()).trim();
    let Err(fault) = json::check(text, MAX_DEPTH) else {
        return Ok(Verdict::yes("the reply is JSON"));
    };
    let reason = format!("{} at byte {}", fault.message, fault.offset);
    match fault.kind {
        FaultKind::TooDeep => Err(Undecided(reason)),
        FaultKind::Syntax | FaultKind::DuplicateKey => Ok(Verdict::no(reason)),
    }
}

fn without_fence(text: &str) -> &str {
    const FENCES: [&str; 4] = ["```json", "```Json", "```JSON", "```"];
    let opened = FENCES.iter().find_map(|fence| text.strip_prefix(fence));
    let text = opened.unwrap_or(text);
    text.strip_suffix("```").unwrap_or(text)
}

/// A title stands on one line between the marks of the language.
pub(super) fn title(reply: &Reply) -> Verdict {
    let marks: &[(&str, &str)] = match reply.writing.language.primary() {
        "ja" => &[("『", "』")],
        "zh" | "yue" => &[("<<", ">>"), ("《", "》")],
        _ => &[("<<", ">>")],
    };
    let mut titles = reply.text.split('\n').flat_map(|line| {
        let between = move |(open, close)| titled(line, open, close);
        marks.iter().copied().filter_map(between)
    });
    match titles.next() {
        Some(title) => Verdict::yes(format!("the title is {}", quoted(title))),
        None => Verdict::no("there is no marked title"),
    }
}

/// What stands between the first opening and the last closing mark of a line, if anything.
fn titled<'a>(line: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (_, after) = line.split_once(open)?;
    let (inside, _) = after.rsplit_once(close)?;
    let bare = inside.trim_matches(|c: char| c.is_whitespace() || open.contains(c));
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || close.contains(c));
    (!bare.is_empty()).then_some(bare)
}
