//! A case that was opened, for people: what was expected, asked and answered. All of it is foreign text.

use weigh_core::event::Judgement;
use weigh_core::json;
use weigh_core::request::{Prompt, Request, Response};
use weigh_core::suite::Expectation;

use super::line;
use crate::verify::Opened;

/// The case, each part on a line of its own.
pub(super) fn case(opened: &Opened) -> String {
    let mut text = String::new();
    let mut add = |name: &str, value: &str| line(&mut text, name, value);
    let entry = &opened.entry;
    add("opened", &entry.trial.trial);
    add("  expected", &expected(&entry.case.expect));
    let mut prompt: Option<&Prompt> = None;
    let pairs = entry.requests.iter().zip(&entry.trial.responses);
    for (request, response) in pairs {
        if request.prompt() != prompt {
            prompt = request.prompt();
            add("  prompt", &prompt.map(Prompt::told).unwrap_or_default());
        }
        add("  asked", &exchange(request, response));
    }
    for response in entry.judgement.iter().flat_map(responses) {
        add("  judged", &answer(response));
    }
    for mark in &opened.marks {
        let told = mark.outcome.told(mark.decision.as_deref());
        add("  measured", &format!("{} {told}", mark.measure));
    }
    text
}

fn responses(judgement: &Judgement) -> &[Response] {
    &judgement.responses
}

/// The key in its JSON form, which says everything.
fn expected(expectation: &Expectation) -> String {
    let written = json::canonical(expectation).unwrap_or_default();
    String::from_utf8_lossy(&written).into_owned()
}

fn exchange(request: &Request, response: &Response) -> String {
    format!("{} {}", request.told(), answer(response))
}

fn answer(response: &Response) -> String {
    match response.told() {
        (line, None) => line,
        (line, Some(text)) => format!("{line}: {text}"),
    }
}
