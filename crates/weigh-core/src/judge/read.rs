//! What a judge's likelihoods say of a reply.

use crate::measure::Unscored;
use crate::request::Response;

/// Whether the reply passes: the favourable option wins in both orders or loses in both.
///
/// `responses` answer what [`super::Rubric::requests`] asks, in its order.
///
/// # Errors
/// Why there is no verdict. One failed response fails it.
pub fn verdict(responses: &[Response]) -> Result<bool, Unscored> {
    let log_probs: Result<Vec<f64>, Unscored> = responses.iter().map(log_prob).collect();
    let [yes_first, no_second, no_first, yes_second] = *log_probs?.as_slice() else {
        return Err(Unscored::WrongKind);
    };
    let straight = wins(yes_first, no_second)?;
    let turned = wins(yes_second, no_first)?;
    if straight == turned {
        return Ok(straight);
    }
    Err(undecided(
        "the judge's answer depends on the order of the options",
    ))
}

/// Whether `yes` is the likelier letter of one order.
fn wins(yes: f64, no: f64) -> Result<bool, Unscored> {
    if yes > no {
        Ok(true)
    } else if yes < no {
        Ok(false)
    } else {
        Err(undecided("the judge finds both options equally likely"))
    }
}

fn log_prob(response: &Response) -> Result<f64, Unscored> {
    match response {
        Response::Likelihood { log_prob, .. } => Ok(log_prob.get()),
        Response::Failed(failure) => Err(Unscored::Failed(failure.clone())),
        Response::Generated { .. } | Response::Similarity { .. } => Err(Unscored::WrongKind),
    }
}

/// How near the reply is to its nearest reference, 0 to 1: the highest cosine, and 0 where it is
/// below.
///
/// `responses` answer what [`super::Embedding`] is asked, one for each reference.
///
/// # Errors
/// Why there is no figure. One failed response fails it.
pub fn similarity(responses: &[Response]) -> Result<f64, Unscored> {
    let mut nearest: Option<f64> = None;
    for response in responses {
        match response {
            Response::Similarity { cosine } => {
                let cosine = cosine.get().clamp(0.0, 1.0);
                nearest = Some(nearest.map_or(cosine, |highest| highest.max(cosine)));
            }
            Response::Failed(failure) => return Err(Unscored::Failed(failure.clone())),
            Response::Likelihood { .. } | Response::Generated { .. } => {
                return Err(Unscored::WrongKind);
            }
        }
    }
    nearest.ok_or(Unscored::WrongKind)
}

fn undecided(why: &str) -> Unscored {
    Unscored::Undecided(why.to_owned())
}
