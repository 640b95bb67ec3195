//! Word problems with a number as answer: GSM8K (Cobbe and others 2021, <https://arxiv.org/abs/2110.14168>) and MGSM (Shi and
//! others 2022, <https://arxiv.org/abs/2210.03057>).

use super::super::draft::{Draft, Kind, text};
use crate::lm_eval::python::Python;
use crate::rows::short;

/// What stands before the number in a solution of GSM8K.
const MARK: &str = "####";

/// The case of a row of GSM8K: the number stands behind the last `####`.
pub(super) fn gsm8k(row: &Python) -> Result<Draft, String> {
    let solution = text(row, "answer")?;
    let (_, answer) = solution
        .rsplit_once(MARK)
        .ok_or_else(|| format!("`answer` has no `{MARK}` before its number"))?;
    of(row, answer)
}

/// The case of a row of MGSM.
pub(super) fn mgsm(row: &Python) -> Result<Draft, String> {
    of(row, text(row, "answer")?)
}

fn of(row: &Python, answer: &str) -> Result<Draft, String> {
    let question = text(row, "question")?.trim();
    let number = number(answer.trim()).ok_or_else(|| {
        format!(
            "`{}` is no number such as -1.5 or 2,125",
            short(answer.trim())
        )
    })?;
    let draft = Draft::new(Kind::Generate).text("question", question);
    Ok(draft.text("number", number))
}

/// A number without the commas between its thousands. A comma elsewhere may be a decimal one.
pub(super) fn number(text: &str) -> Option<String> {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = match bare.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (bare, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| digits(first))?;
    let mut further = groups.clone();
    let grouped = further.all(|group| digits(group) && group.len() == 3);
    let fits = grouped && (first.len() <= 3 || groups.next().is_none());
    let decimals_fit = decimals.is_none_or(digits);
    (fits && decimals_fit).then(|| text.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_between_thousands_only() {
        for (text, expect) in [
            ("18", Some("18")),
            ("-2,125", Some("-2125")),
            ("1,234,567.50", Some("1234567.50")),
            ("0.5", Some("0.5")),
            ("1,5", None),
            ("1234,567", None),
            ("1,234,56", None),
            ("", None),
            ("-", None),
            ("5.", None),
            ("$5", None),
            ("१२", None),
        ] {
            assert_eq!(number(text).as_deref(), expect, "{text}");
        }
    }
}
