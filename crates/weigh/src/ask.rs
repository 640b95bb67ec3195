//! Asking a model a few things outside a run.

use std::ops::ControlFlow;

use weigh_core::model::{Model, ModelFault};
use weigh_core::request::{Failure as Unanswered, Request, Response};

use crate::exit::Exit;
use crate::failure::Failure;

/// The answers to `requests`, in their order.
pub fn answers(model: &mut dyn Model, requests: &[&Request]) -> Result<Vec<Response>, Failure> {
    let missing = Unanswered::Model("it was not answered".to_owned());
    let mut responses = vec![Response::Failed(missing); requests.len()];
    let mut sink = |place: usize, response| {
        if let Some(slot) = responses.get_mut(place) {
            *slot = response;
        }
        ControlFlow::Continue(())
    };
    let answered = model.answer(requests, &mut sink);
    answered.map_err(|ModelFault(why)| {
        Failure::new(
            Exit::Machine,
            format!("cannot ask the model: {why}"),
            "try another --compute or --device",
        )
    })?;
    Ok(responses)
}
