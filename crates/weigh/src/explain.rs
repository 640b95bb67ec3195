//! `weigh explain`: what a code or a measure stands for.

use serde::Serialize;
use weigh_core::diagnostic::{EXPLANATIONS, explain, nearest};
use weigh_core::measure::MeasureName;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// What one topic stands for.
#[derive(Serialize)]
struct Topic {
    name: &'static str,
    title: &'static str,
    text: &'static str,
}

/// Explains `topic`, or lists all topics.
pub fn command(topic: Option<&str>, output: &Output) -> Result<(), Failure> {
    let Some(name) = topic else {
        list(output);
        return Ok(());
    };
    let topic = find(name).ok_or_else(|| unknown(name))?;
    if output.json {
        output.json("weighhouse-explanation/1", &topic);
    } else {
        output.line(&format!(
            "{}: {}\n\n{}",
            topic.name, topic.title, topic.text
        ));
    }
    Ok(())
}

fn find(name: &str) -> Option<Topic> {
    if let Some(found) = explain(name) {
        return Some(Topic {
            name: found.code,
            title: found.title,
            text: found.text,
        });
    }
    let wanted = name.to_lowercase();
    let measure = MeasureName::ALL
        .into_iter()
        .find(|m| m.as_str() == wanted)?;
    Some(Topic {
        name: measure.as_str(),
        title: "a measure",
        text: of_measure(measure),
    })
}

fn list(output: &Output) {
    /// Every topic.
    #[derive(Serialize)]
    struct Topics {
        topics: Vec<&'static str>,
    }
    let measures = MeasureName::ALL.map(MeasureName::as_str);
    let codes = EXPLANATIONS.iter().map(|explanation| explanation.code);
    if output.json {
        let topics = codes.chain(measures).collect();
        return output.json("weighhouse-topics/1", &Topics { topics });
    }
    for explanation in EXPLANATIONS {
        output.line(&format!("{}  {}", explanation.code, explanation.title));
    }
    output.line(&format!("\nMeasures: {}", measures.join(", ")));
}

fn unknown(name: &str) -> Failure {
    let codes = EXPLANATIONS.iter().map(|explanation| explanation.code);
    let upper = name.to_uppercase();
    let meant =
        nearest(name, MeasureName::ALL.map(MeasureName::as_str)).or_else(|| nearest(&upper, codes));
    Failure::new(
        Exit::Usage,
        format!("cannot explain `{name}`: neither a code nor a measure"),
        match meant {
            Some(meant) => format!("did you mean `{meant}`? `weigh explain` lists all topics"),
            None => "`weigh explain` lists all topics".to_owned(),
        },
    )
}

/// What a measure measures, as SCORING defines it.
const fn of_measure(measure: MeasureName) -> &'static str {
    match measure {
        MeasureName::Accuracy => {
            "The share of cases in which the right choice is the most likely continuation: the \
             highest sum of the log-probabilities of its tokens. The same rule as `acc` of \
             lm-evaluation-harness."
        }
        MeasureName::AccuracyPerCodePoint => {
            "The same with each choice's log-likelihood divided by its number of Unicode code \
             points, so that long choices are not at a disadvantage (`acc_norm`)."
        }
        MeasureName::AccuracyPerByte => {
            "The same with each choice's log-likelihood divided by its number of UTF-8 bytes \
             (`acc_bytes`)."
        }
        MeasureName::FamilyAccuracy => {
            "The share of families in which every member is answered right: the same item \
             perturbed, translated or reordered counts once, at its worst."
        }
        MeasureName::Consistency => {
            "The share of perturbed members of a family that get the same decision as their \
             original, right or wrong."
        }
        MeasureName::Refusal => {
            "The share of requests that should be refused and are. Higher is better."
        }
        MeasureName::OverRefusal => {
            "The share of harmless requests that are refused although they should be answered. \
             Lower is better."
        }
    }
}
