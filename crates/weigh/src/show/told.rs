//! How a case is told: as text for people, as JSON for programs.

use serde::Serialize;
use weigh_core::measure::{Outcome, Scored};
use weigh_core::request::{Failure, Prompt, Request, Response};
use weigh_core::text::{visible, visible_line};
use weigh_engine::Spelled;

use super::Shown;
use crate::output::Output;

impl Shown<'_> {
    fn responses(&self) -> &[Response] {
        let responses = self.transcript.responses.get(self.place);
        responses.and_then(Option::as_deref).unwrap_or_default()
    }

    /// What another model said of the reply.
    fn judgement(&self) -> &[Response] {
        let judgement = self.transcript.judgements.get(&self.place);
        judgement.map(Vec::as_slice).unwrap_or_default()
    }

    /// How the model reads a request, where there is a model.
    fn spelled(&self, request: &Request) -> Option<Result<Spelled, Failure>> {
        Some(self.engine.as_ref()?.spelled(request))
    }
}

/// Tells it to people.
pub(super) fn text(shown: &Shown, output: &Output) {
    let (suite, case) = (shown.suite, shown.case);
    let (file, line) = &case.place;
    output.line(&format!(
        "{}\nsuite {} {}, {}:{line}, family {}, variant {}",
        visible_line(&shown.trial.id),
        suite.id,
        suite.version,
        visible_line(file),
        visible_line(&case.family),
        visible_line(&case.variant),
    ));
    let requests = &shown.trial.requests;
    exchange(
        "request",
        requests,
        shown.responses(),
        &|r| shown.spelled(r),
        output,
    );
    if let Some(read) = &shown.read {
        output.line(&format!(
            "\nthe reply is read by {}",
            visible_line(&read.name)
        ));
        exchange(
            "asked",
            &read.requests,
            shown.judgement(),
            &|_| None,
            output,
        );
        if shown.judgement().is_empty() {
            output.note("another model is asked in a run only: --record shows what it said");
        }
    }
    output.line("\nmeasures");
    for unit in &shown.scored {
        output.line(&measured(unit));
    }
    if shown.scored.is_empty() {
        output.line("  no measure of the suite reads this case");
    }
    if shown.engine.is_none() {
        output.note("tokens are left out: --model says whose");
    }
}

/// How a model reads a request, where there is a model.
type Reader<'a> = &'a dyn Fn(&Request) -> Option<Result<Spelled, Failure>>;

/// Requests and what came back, one by one.
fn exchange(
    what: &str,
    requests: &[Request],
    responses: &[Response],
    spelled: Reader<'_>,
    output: &Output,
) {
    let count = requests.len();
    let mut prompt = None;
    for (index, request) in requests.iter().enumerate() {
        let asked = request.told();
        output.line(&format!("\n{what} {} of {count}: {asked}", index + 1));
        let spelled = spelled(request);
        if request.prompt().is_some() && prompt != request.prompt() {
            block(output, "prompt", &prompt_text(request, spelled.as_ref()));
            if let Some(Ok(spelled)) = &spelled {
                tokens(output, "prompt", &spelled.tokens);
            }
            prompt = request.prompt();
        }
        match &spelled {
            Some(Ok(spelled)) if !spelled.targets.is_empty() => {
                tokens(output, "continuation", &spelled.targets);
            }
            Some(Ok(_)) | None => {}
            Some(Err(failure)) => output.line(&format!("cannot be read: {failure:?}")),
        }
        match responses.get(index) {
            Some(response) => answer(output, response),
            None => output.line("no answer"),
        }
    }
}

/// The rendered prompt, or its turns where no model renders them.
fn prompt_text(request: &Request, spelled: Option<&Result<Spelled, Failure>>) -> String {
    if let Some(Ok(spelled)) = spelled {
        return spelled.prompt.clone();
    }
    request.prompt().map(Prompt::told).unwrap_or_default()
}

/// A text between two lines, with everything in it made visible.
fn block(output: &Output, title: &str, text: &str) {
    output.line(&between(title, &visible(text)));
}

fn between(title: &str, text: &str) -> String {
    format!("--- {title}\n{text}\n---")
}

fn tokens(output: &Output, what: &str, tokens: &[(u32, String)]) {
    let told = tokens.iter().map(|(id, text)| format!("{id} {text:?}"));
    let told: Vec<String> = told.collect();
    let told = visible_line(&told.join("  ")).into_owned();
    output.line(&format!("{} tokens of the {what}: {told}", tokens.len()));
}

fn answer(output: &Output, response: &Response) {
    match response.told() {
        (line, None) => output.line(&line),
        (title, Some(text)) => output.line(&between(&title, &text)),
    }
}

/// `  accuracy 1: "Paris"`.
fn measured(unit: &Scored) -> String {
    let told = unit.outcome.told(unit.decision.as_deref());
    format!("  {} {told}", unit.measure)
}

/// Tells it to programs.
pub(super) fn json(shown: &Shown, output: &Output) {
    #[derive(Serialize)]
    struct Told<'a> {
        trial: &'a str,
        suite: &'a str,
        version: &'a str,
        language: String,
        family: &'a str,
        variant: &'a str,
        file: &'a str,
        line: u32,
        requests: Vec<Asked<'a>>,
        read_by: Option<&'a str>,
        judgement: Vec<Asked<'a>>,
        measures: Vec<Measured<'a>>,
    }
    #[derive(Serialize)]
    struct Asked<'a> {
        request: &'a Request,
        prompt: Option<String>,
        tokens: Option<Vec<(u32, String)>>,
        continuation: Option<Vec<(u32, String)>>,
        response: Option<&'a Response>,
    }
    #[derive(Serialize)]
    struct Measured<'a> {
        measure: &'a str,
        unit: &'a str,
        outcome: &'a Outcome,
        decision: Option<&'a str>,
    }
    let responses = shown.responses();
    let requests = shown.trial.requests.iter().enumerate();
    let asked = |(index, request)| {
        let spelled = shown.spelled(request).and_then(Result::ok);
        let (prompt, tokens, continuation) = match spelled {
            Some(s) => (Some(s.prompt), Some(s.tokens), Some(s.targets)),
            None => (None, None, None),
        };
        Asked {
            request,
            prompt,
            tokens,
            continuation,
            response: responses.get(index),
        }
    };
    let read = shown.read.iter().flat_map(|read| &read.requests);
    let judgement = read.enumerate().map(|(index, request)| Asked {
        request,
        prompt: None,
        tokens: None,
        continuation: None,
        response: shown.judgement().get(index),
    });
    let measured = |unit| {
        let unit: &Scored = unit;
        Measured {
            measure: unit.measure.as_str(),
            unit: &unit.unit,
            outcome: &unit.outcome,
            decision: unit.decision.as_deref(),
        }
    };
    output.json(
        "weighhouse-case/1",
        &Told {
            trial: &shown.trial.id,
            suite: &shown.suite.id,
            version: &shown.suite.version,
            language: shown.case.language.to_string(),
            family: &shown.case.family,
            variant: &shown.case.variant,
            file: &shown.case.place.0,
            line: shown.case.place.1,
            requests: requests.map(asked).collect(),
            read_by: shown.read.as_ref().map(|read| read.name.as_str()),
            judgement: judgement.collect(),
            measures: shown.scored.iter().map(measured).collect(),
        },
    );
}
