//! What each transform writes in each language, for people who read it.

use std::fmt::Write as _;

use super::super::seed::seed_for;
use super::super::{Level, Transform};
use super::samples::{self, language};
use crate::request::{Message, Role};
use crate::text::visible;

fn seed(tag: &str, transform: Transform) -> u64 {
    seed_for(1, "suite", tag, transform.as_str())
}

fn written(transform: Transform) -> String {
    let mut table = String::new();
    for (tag, text) in samples::ALL {
        // Digits of other scripts have to be there to be written in ASCII.
        let native = Transform::DigitsNative.apply(text, &language(tag), 0).ok();
        let text = match &native {
            Some(native) if transform == Transform::DigitsAscii => native,
            _ => *text,
        };
        let cell = match transform.apply(text, &language(tag), seed(tag, transform)) {
            Ok(changed) => visible(&changed).replace('\n', "\n    "),
            Err(reason) => format!("-- {reason}"),
        };
        writeln!(table, "{tag}: {cell}").unwrap();
    }
    table
}

#[test]
fn texts() {
    for transform in Transform::ALL {
        if transform.level() == Level::Text {
            insta::assert_snapshot!(transform.as_str(), written(transform));
        }
    }
}

fn conversation(text: &str) -> Vec<Message> {
    let said = |role, content: &str| Message {
        role,
        content: content.to_owned(),
    };
    vec![
        said(Role::System, "(system)"),
        said(Role::User, "(first)"),
        said(Role::Assistant, "(reply)"),
        said(Role::User, text),
    ]
}

fn shown(messages: &[Message]) -> String {
    let line = |m: &Message| format!("  {:?}: {}\n", m.role, m.content);
    let lines: Vec<String> = messages.iter().map(line).collect();
    // Many turns: the first three and the last two.
    let left_out = lines.len().saturating_sub(12);
    if left_out == 0 {
        return lines.concat();
    }
    let (head, tail) = (&lines[..9], &lines[lines.len() - 3..]);
    format!("{}  ({left_out} more)\n{}", head.concat(), tail.concat())
}

#[test]
fn conversations() {
    for transform in Transform::ALL {
        if transform.level() != Level::Conversation {
            continue;
        }
        let mut table = String::new();
        for (tag, text) in samples::ALL {
            let seed = seed(tag, transform);
            let cell = match transform.apply_messages(&conversation(text), &language(tag), seed) {
                Ok(changed) => format!("\n{}", shown(&changed)),
                Err(reason) => format!(" -- {reason}\n"),
            };
            write!(table, "{tag}:{cell}").unwrap();
        }
        insta::assert_snapshot!(transform.as_str(), table);
    }
}

#[test]
fn text_transforms_change_the_last_message_of_the_user() {
    let mut messages = conversation("Where is it?");
    messages.push(Message {
        role: Role::Assistant,
        content: "(end)".to_owned(),
    });
    let changed = Transform::UpperCase.apply_messages(&messages, &language("en"), 0);
    messages[3].content = "WHERE IS IT?".to_owned();
    assert_eq!(changed, Ok(messages));
}
