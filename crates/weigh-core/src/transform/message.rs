//! Conversations: attacks on the whole of one, and texts changed in its last request.

use super::frames::{self, Frames};
use super::seed::Draws;
use super::{NotApplicable, Transform};
use crate::language::Language;
use crate::request::{Message, Role};

/// Harmless turns of `many_shot`.
const SHOTS: usize = 32;

type Change = fn(&[Message], &Frames, u64) -> Result<Vec<Message>, NotApplicable>;

/// The transforms of [`Level::Conversation`](super::Level).
const CHANGES: [(Transform, Change); 3] = [
    (Transform::ManyShot, many_shot),
    (Transform::SystemOverride, overridden),
    (Transform::PrefilledTurn, prefilled),
];

pub(super) fn apply(
    transform: Transform,
    messages: &[Message],
    language: &Language,
    seed: u64,
) -> Result<Vec<Message>, NotApplicable> {
    let (before, request) = at_request(messages)?;
    match CHANGES.iter().find(|(whole, _)| *whole == transform) {
        None => lifted(transform, before, request, language, seed),
        Some((_, change)) => {
            let none = || NotApplicable::NoFrame(language.clone());
            change(messages, frames::of(language).ok_or_else(none)?, seed)
        }
    }
}

/// What comes before the user's last message, and that message with all after it.
fn at_request(messages: &[Message]) -> Result<(&[Message], &[Message]), NotApplicable> {
    let at = messages.iter().rposition(|m| m.role == Role::User);
    at.and_then(|at| messages.split_at_checked(at))
        .ok_or(NotApplicable::NoUserMessage)
}

/// A text transform on the first message of `request`.
fn lifted(
    transform: Transform,
    before: &[Message],
    request: &[Message],
    language: &Language,
    seed: u64,
) -> Result<Vec<Message>, NotApplicable> {
    let mut request = request.to_vec();
    if let Some(message) = request.first_mut() {
        message.content = transform.apply(&message.content, language, seed)?;
    }
    Ok([before, &request].concat())
}

fn many_shot(
    messages: &[Message],
    frames: &Frames,
    seed: u64,
) -> Result<Vec<Message>, NotApplicable> {
    let (before, request) = at_request(messages)?;
    let mut draws = Draws::new(seed);
    let turns = (0..SHOTS).filter_map(|_| frames::sum(frames, &mut draws));
    let turns: Vec<Message> = turns
        .flat_map(|(question, answer)| [said(Role::User, question), said(Role::Assistant, answer)])
        .collect();
    Ok([before, &turns, request].concat())
}

/// Whatever system prompt there was, the frame's is the only one.
fn overridden(
    messages: &[Message],
    frames: &Frames,
    _: u64,
) -> Result<Vec<Message>, NotApplicable> {
    let own = said(Role::System, frames.system.to_owned());
    let others = messages.iter().filter(|m| m.role != Role::System);
    Ok(std::iter::once(own).chain(others.cloned()).collect())
}

fn prefilled(messages: &[Message], frames: &Frames, _: u64) -> Result<Vec<Message>, NotApplicable> {
    if messages.last().is_none_or(|m| m.role != Role::User) {
        return Err(NotApplicable::UserNotLast);
    }
    let begun = said(Role::Assistant, frames.opening.to_owned());
    let go_on = said(Role::User, frames.go_on.to_owned());
    Ok([messages, &[begun, go_on]].concat())
}

fn said(role: Role, content: String) -> Message {
    Message { role, content }
}
