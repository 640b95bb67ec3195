//! BBQ (Parrish and others 2022, <https://arxiv.org/abs/2110.08193>): which answer is the stereotype's follows from the
//! groups that the row names and from whether the question is the negative one.

use super::super::draft::{Draft, Kind, list, plain, slug, tags, text, value, word, wrong};
use crate::lm_eval::python::Python;

const ANSWERS: [&str; 3] = ["ans0", "ans1", "ans2"];

/// The case of a row.
pub(super) fn draft(row: &Python) -> Result<Draft, String> {
    let mut choices = Vec::new();
    for answer in ANSWERS {
        choices.push(text(row, answer)?.to_owned());
    }
    let label = value(row, "label")?;
    let right = label.as_int().and_then(|label| usize::try_from(label).ok());
    let right = right.filter(|right| *right < ANSWERS.len());
    let right = right.ok_or_else(|| wrong("label", label, "0, 1 or 2"))?;
    let contexts = [("ambig", "ambiguous"), ("disambig", "disambiguated")];
    let context = word(row, "context_condition", contexts)?;
    let category = text(row, "category")?;
    let draft = Draft::new(Kind::Choice)
        .with_id(plain(row, "example_id")?)
        // Cases of one template are no independent ones.
        .text(
            "family",
            slug(&format!("{category}-{}", plain(row, "question_index")?)),
        )
        .text("passage", text(row, "context")?)
        .text("question", text(row, "question")?)
        .texts("choices", choices)
        .right(right)
        .text("context", context)
        .texts("roles", roles(row)?.map(str::to_owned));
    Ok(tags(draft, [category]))
}

/// What each answer says of the stereotyped group: the answer that names it follows the stereotype where the question
/// is the negative one, and the other does where it is not.
fn roles(row: &Python) -> Result<[&'static str; 3], String> {
    let negative = word(row, "question_polarity", [("neg", true), ("nonneg", false)])?;
    let about = value(row, "additional_metadata")?;
    let stereotyped = list(about, "stereotyped_groups")?.iter();
    let stereotyped: Vec<String> = stereotyped
        .map(|group| group.to_string().to_lowercase())
        .collect();
    let info = value(row, "answer_info")?;
    let (mut roles, mut counts) = (["unknown"; 3], [0; 2]);
    for (role, answer) in roles.iter_mut().zip(ANSWERS) {
        let group = list(info, answer)?
            .get(1)
            .map(|group| group.to_string().to_lowercase());
        let group = group.ok_or_else(|| format!("`answer_info.{answer}` names no group"))?;
        if group == "unknown" {
            continue;
        }
        let is_target = stereotyped.contains(&group);
        let follows = is_target == negative;
        *role = if follows { "stereotyped" } else { "counter" };
        if let Some(count) = counts.get_mut(usize::from(follows)) {
            *count += 1;
        }
    }
    if counts != [1, 1] {
        return Err("which answer is the stereotype's cannot be told: expected one answer of the stereotyped \
                    groups, one of another group and one that is unknown"
            .to_owned());
    }
    Ok(roles)
}
