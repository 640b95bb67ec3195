//! Words out of a short list, and the one that somebody probably meant.

use toml::Spanned;

use crate::diagnostic::{Notes, nearest};
use crate::text::visible_line;

/// The most words that a message lists.
const MOST_LISTED: usize = 16;

/// `did you mean ...?`, if a candidate is near.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|near| format!("did you mean `{near}`?"))
}

/// `expected one of ...`, or the one that there is.
pub(super) fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|w| format!("`{w}`")).collect();
    let of = if quoted.len() == 1 { "" } else { "one of " };
    format!("expected {of}{}", quoted.join(", "))
}

/// What `said` stands for among `words`.
pub(crate) fn known_word<T: Copy>(
    notes: &mut Notes<'_>,
    code: &'static str,
    name: &str,
    said: &Spanned<&str>,
    words: &[(&'static str, T)],
) -> Option<T> {
    let found = words.iter().find(|(word, _)| word == said.get_ref());
    if found.is_none() {
        let shown = visible_line(said.get_ref());
        let long = words.len() > MOST_LISTED;
        let list = if long {
            format!("expected one of {} words", words.len())
        } else {
            one_of(words.iter().map(|(word, _)| *word))
        };
        let message = format!("`{name}` is `{shown}`, {list}");
        let near = did_you_mean(said.get_ref(), words.iter().map(|(word, _)| *word));
        let help = near.or_else(|| long.then(|| "`weigh explain` lists them".to_owned()));
        notes.add(code, said.span().start, message, help);
    }
    found.map(|(_, value)| *value)
}
