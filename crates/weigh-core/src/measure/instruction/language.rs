//! The language that a reply is written in.

use super::Reply;
use super::verdict::{Undecided, Verdict};
use crate::language::Language;

/// Whether the whole reply is in `asked`: the language, and its script where one is asked for.
pub(super) fn response_language(reply: &Reply, asked: &Language) -> Result<Verdict, Undecided> {
    let found = identify(reply)?;
    let reason = format!("the reply is in {found}, asked: {asked}");
    let same = found.primary() == asked.primary() && same_script(&found, asked);
    Ok(Verdict::of(same, reason))
}

/// The language of the reply.
pub(super) fn identify(reply: &Reply) -> Result<Language, Undecided> {
    (reply.identify)(reply.text)
        .ok_or_else(|| Undecided("the language of the reply cannot be told".to_owned()))
}

/// Whether two tags name the same script, as far as both name one.
fn same_script(a: &Language, b: &Language) -> bool {
    let script = |language: &Language| {
        let is_script = |s: &&str| s.len() == 4 && !s.starts_with(char::is_numeric);
        let subtags = language.as_str().split('-').skip(1);
        subtags.map(str::to_owned).find(|s| is_script(&s.as_str()))
    };
    match (script(a), script(b)) {
        (Some(a), Some(b)) => a == b,
        (None, _) | (_, None) => true,
    }
}
