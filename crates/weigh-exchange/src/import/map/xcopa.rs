//! XCOPA (Ponti and others 2020, <https://arxiv.org/abs/2005.00333>): the more plausible cause or effect of a premise.

use weigh_core::language::Language;

use super::super::draft::{Draft, Kind, plain, tags, text, value, word, wrong};
use crate::lm_eval::python::Python;

/// How each language says "because" and "therefore".
const LINKS: [(&str, &str, &str); 12] = [
    ("en", "because", "therefore"),
    ("et", "sest", "seetõttu"),
    ("ht", "poukisa", "donk sa"),
    ("id", "karena", "maka"),
    ("it", "perché", "quindi"),
    ("qu", "imataq", "chaymi"),
    ("sw", "kwa sababu", "kwa hiyo"),
    ("ta", "காரணமாக", "எனவே"),
    ("th", "เพราะ", "ดังนั้น"),
    ("tr", "çünkü", "bu yüzden"),
    ("vi", "bởi vì", "vì vậy"),
    ("zh", "因为", "所以"),
];
/// What ends a sentence: the link goes on with it.
const STOPS: [char; 3] = ['.', '。', '।'];

/// The case of a row in `language`.
pub(super) fn draft(row: &Python, language: Option<&Language>) -> Result<Draft, String> {
    let language = language.ok_or(
        "the language is not told: give `--language`, or name the file as `test.sw.jsonl`",
    )?;
    let links = LINKS.iter().find(|(tag, _, _)| *tag == language.primary());
    let (_, because, therefore) = links.ok_or_else(|| {
        let known = LINKS.map(|(tag, _, _)| tag).join(", ");
        format!("no words for `because` and `therefore` are known in `{language}`, only in {known}: import it with \
                 `weigh import jsonl` and a prompt of your own")
    })?;
    let link = word(row, "question", [("cause", because), ("effect", therefore)])?;
    let label = value(row, "label")?;
    let right = match label.as_int() {
        Some(0) => 0,
        Some(1) => 1,
        Some(_) | None => return Err(wrong("label", label, "0 or 1")),
    };
    let premise = text(row, "premise")?.trim();
    let choices = [text(row, "choice1")?, text(row, "choice2")?];
    let draft = Draft::new(Kind::Choice)
        .with_id(plain(row, "idx")?)
        .text("premise", premise.strip_suffix(STOPS).unwrap_or(premise))
        .text("link", *link)
        .texts("choices", choices.map(str::to_owned))
        .right(right);
    Ok(tags(draft, [text(row, "question")?]))
}
