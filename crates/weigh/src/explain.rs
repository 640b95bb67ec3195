//! `weigh explain`: what a code or a measure stands for.

use serde::Serialize;
use weigh_core::diagnostic::{EXPLANATIONS, explain, nearest};
use weigh_core::measure::{Better, MeasureName};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// What one topic stands for.
#[derive(Serialize)]
struct Topic {
    name: &'static str,
    title: &'static str,
    text: String,
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
            text: found.text.to_owned(),
        });
    }
    let wanted = name.to_lowercase();
    let measure = MeasureName::ALL.iter().find(|m| m.as_str() == wanted)?;
    Some(Topic {
        name: measure.as_str(),
        title: measure.title(),
        text: format!("{} {}", measure.means(), direction(*measure)),
    })
}

const fn direction(measure: MeasureName) -> &'static str {
    match measure.better() {
        Better::Higher => "Higher is better.",
        Better::Lower => "Lower is better.",
        Better::NearZero => "Nearer to zero is better.",
    }
}

fn list(output: &Output) {
    /// Every topic.
    #[derive(Serialize)]
    struct Topics {
        topics: Vec<&'static str>,
    }
    let measures: Vec<&str> = measures().collect();
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
    let meant = nearest(name, measures()).or_else(|| nearest(&upper, codes));
    Failure::new(
        Exit::Usage,
        format!("cannot explain `{name}`: neither a code nor a measure"),
        match meant {
            Some(meant) => format!("did you mean `{meant}`? `weigh explain` lists all topics"),
            None => "`weigh explain` lists all topics".to_owned(),
        },
    )
}

/// The names of the measures.
fn measures() -> impl Iterator<Item = &'static str> {
    MeasureName::ALL.iter().map(|measure| measure.as_str())
}
