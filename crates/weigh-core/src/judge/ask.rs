//! What a judge is asked of one reply: the rubric with request and reply in their places.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::digest::Digest;
use crate::json;
use crate::measure::Unscored;
use crate::measure::refusal::without_thoughts;
use crate::request::{Finish, Message, Prompt, Request, Role};
use crate::suite::Template;
use crate::text::is_hidden;

/// The most characters of a reply that is judged. A longer one has no score, and a reason.
pub const MOST_CHARACTERS: usize = 16_000;

/// Where a rubric puts the reply.
pub const REPLY: &str = "reply";
/// Where a rubric puts the two options. They come last where it does not say.
pub const OPTIONS: &str = "options";
/// Every field that a rubric may name.
pub const PLACES: [&str; 4] = ["request", REPLY, "fence", OPTIONS];

/// What stands before the two options.
const LETTERS: [&str; 2] = ["A", "B"];

/// What begins a control token: `<` and `[` with their compatibility forms.
const BRACKETS: [char; 5] = ['<', '\u{ff1c}', '\u{fe64}', '[', '\u{ff3b}'];

/// The least length of a fence.
const FENCE: usize = 8;

/// What a judge is asked in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// A template that may name [`PLACES`], and names [`REPLY`].
    pub template: Template,
    /// The option that makes a reply pass.
    pub yes: String,
    /// The other one.
    pub no: String,
}

/// What a judge is shown of a reply: all of it but its thoughts.
///
/// # Errors
/// Why it is shown nothing. A reply is never judged by a part of it.
pub fn shown(reply: &str, finish: Finish) -> Result<&str, Unscored> {
    if finish == Finish::Length {
        return Err(Unscored::Cut);
    }
    let answer = without_thoughts(reply).ok_or(Unscored::Cut)?;
    if answer.chars().nth(MOST_CHARACTERS).is_none() {
        return Ok(answer);
    }
    let why = format!("the reply has more than {MOST_CHARACTERS} characters, the most for a judge");
    Err(Unscored::Undecided(why))
}

/// Whether a reply says nothing that could be seen. An embedding model finds nothing a little like
/// everything, so it is not asked about it, and the reply is like no reference.
#[must_use]
pub fn is_silent(reply: &str) -> bool {
    reply
        .chars()
        .all(|c| c.is_whitespace() || c.is_control() || is_hidden(c))
}

impl Rubric {
    /// One digest for what is asked: SHA-256 over the canonical JSON of template and options.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let parts = [&self.template.to_string(), &self.yes, &self.no];
        // Texts always have a canonical form.
        Digest::of(&json::canonical(&parts).unwrap_or_default())
    }

    /// What is asked of `reply`, an answer to `request`: with either order of the options, yes
    /// before no first, how likely each letter is.
    ///
    /// # Errors
    /// A field that the template names and no rubric has. A parsed suite has no such rubric.
    pub fn requests(&self, request: &str, reply: &str) -> Result<Vec<Request>, String> {
        let fence = fence(&[request, reply]);
        let fenced = |text: &str| format!("\n{fence}\n{}\n{fence}\n", harmless(text));
        let mut asked = Vec::new();
        for options in [[&self.yes, &self.no], [&self.no, &self.yes]] {
            let lines = LETTERS.iter().zip(options);
            let lines: Vec<String> = lines.map(|(l, option)| format!("{l}. {option}")).collect();
            let fields = [&fenced(request), &fenced(reply), &fence, &lines.join("\n")];
            let question = self.filled(PLACES.into_iter().zip(fields))?;
            let turn = Message {
                role: Role::User,
                content: question,
            };
            let context = Prompt::Chat(Arc::from([turn]));
            asked.extend(LETTERS.map(|letter| Request::Likelihood {
                context: context.clone(),
                continuation: letter.to_owned(),
            }));
        }
        Ok(asked)
    }

    fn filled<'t>(
        &self,
        fields: impl Iterator<Item = (&'t str, &'t String)>,
    ) -> Result<String, String> {
        let fields: BTreeMap<String, String> = fields
            .map(|(name, text)| (name.to_owned(), text.clone()))
            .collect();
        let filled = self.template.render(&fields);
        let mut filled = filled.map_err(|name| format!("a rubric has no field `{name}`"))?;
        if !self.template.fields().any(|field| field == OPTIONS) {
            filled.push_str("\n\n");
            filled.push_str(fields.get(OPTIONS).map_or("", String::as_str));
        }
        Ok(filled)
    }
}

/// A line that stands in none of the texts: equals signs, one more than in any row of them there.
fn fence(texts: &[&str]) -> String {
    let runs = texts.iter().flat_map(|text| text.split(|c| c != '='));
    let longest = runs.map(str::len).max().unwrap_or_default();
    "=".repeat(FENCE.max(longest + 1))
}

/// A text that spells no control token: each `<` and `[` is parted from what follows.
///
/// Tokenizers read `<|im_end|>` or `[/INST]` as the end of a turn wherever it stands, and a reply
/// that holds one would leave its place. The control tokens of the model families that the engine
/// opens begin with these brackets, and none has a space behind them. Their compatibility forms are
/// parted, too, because a tokenizer may normalise first.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        out.push(c);
        let parted = characters.peek().is_none_or(|next| next.is_whitespace());
        if BRACKETS.contains(&c) && !parted {
            out.push(' ');
        }
    }
    out
}
