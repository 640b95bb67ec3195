//! Reads a YAML document as the same tree as a TOML one, so that one reader serves both.
//!
//! Only what a suite needs: one document of mappings, lists and scalars of the core schema. Anchors,
//! aliases and tags are refused, and with them every document that grows when it is read.

use std::borrow::Cow;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::hidden_characters;
use crate::diagnostic::{Notes, code};
use crate::text::visible_line;

/// The document, or a diagnostic for the first place at which the text is no such YAML. `depth` is
/// how many mappings and lists may be nested.
pub(crate) fn yaml<'s>(notes: &mut Notes<'s>, depth: usize) -> Option<Spanned<DeTable<'s>>> {
    let mut builder = Builder {
        places: Places {
            text: notes.text,
            index: 0,
            byte: 0,
        },
        open: Vec::new(),
        depth,
        root: None,
        documents: 0,
    };
    for event in Parser::new_from_str(notes.text) {
        let read = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(fault) => {
                let place = builder.places.byte(*fault.marker());
                Err((code::YAML_SYNTAX, place, fault.info().to_owned()))
            }
        };
        if let Err((code, place, message)) = read {
            notes.add(code, place, visible_line(&message).into(), None);
            return None;
        }
    }
    hidden_characters(notes);
    let root = builder
        .root
        .unwrap_or_else(|| Spanned::new(0..0, DeValue::Table(DeTable::new())));
    let span = root.span();
    if let DeValue::Table(table) = root.into_inner() {
        return Some(Spanned::new(span, table));
    }
    let message = "expected a mapping, `key: value` on each line".to_owned();
    notes.add(code::WRONG_TYPE, span.start, message, None);
    None
}

type Fault = (&'static str, usize, String);

/// A mapping or list that is not yet closed.
enum Open<'s> {
    Table {
        start: usize,
        table: DeTable<'s>,
        key: Option<Spanned<Cow<'s, str>>>,
    },
    List {
        start: usize,
        items: DeArray<'s>,
    },
}

struct Builder<'s> {
    places: Places<'s>,
    open: Vec<Open<'s>>,
    depth: usize,
    root: Option<Spanned<DeValue<'s>>>,
    documents: usize,
}

impl<'s> Builder<'s> {
    fn event(&mut self, event: Event<'s>, span: Span) -> Result<(), Fault> {
        let start = self.places.byte(span.start);
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => {
                self.documents += 1;
                let more = || "expected one document".to_owned();
                check(self.documents == 1, code::YAML_SYNTAX, start, more)
            }
            Event::Alias(_) => Err(no_anchors(start)),
            Event::Scalar(text, style, anchor, tag) => {
                unmarked(anchor, tag.is_some(), start)?;
                let end = self.places.byte(span.end);
                self.scalar(text, style, start..end)
            }
            Event::SequenceStart(anchor, tag) => {
                unmarked(anchor, tag.is_some(), start)?;
                let items = DeArray::new();
                self.enter(start, Open::List { start, items })
            }
            Event::MappingStart(anchor, tag) => {
                unmarked(anchor, tag.is_some(), start)?;
                let (table, key) = (DeTable::new(), None);
                self.enter(start, Open::Table { start, table, key })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let end = self.places.byte(span.end);
                self.leave(end)
            }
        }
    }

    fn enter(&mut self, start: usize, open: Open<'s>) -> Result<(), Fault> {
        let deep = || "expected fewer nested mappings and lists".to_owned();
        check(self.open.len() < self.depth, code::TOO_DEEP, start, deep)?;
        if let Some(Open::Table { key: None, .. }) = self.open.last() {
            return Err((
                code::YAML_SYNTAX,
                start,
                "expected a text as key".to_owned(),
            ));
        }
        self.open.push(open);
        Ok(())
    }

    fn leave(&mut self, end: usize) -> Result<(), Fault> {
        let value = match self.open.pop() {
            Some(Open::Table { start, table, .. }) => {
                Spanned::new(start..end.max(start), DeValue::Table(table))
            }
            Some(Open::List { start, items }) => {
                Spanned::new(start..end.max(start), DeValue::Array(items))
            }
            None => return Ok(()),
        };
        self.value(value)
    }

    fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        span: std::ops::Range<usize>,
    ) -> Result<(), Fault> {
        if let Some(Open::Table { table, key, .. }) = self.open.last_mut()
            && key.is_none()
        {
            let new = Spanned::new(span.clone(), text);
            let twice = || format!("the key `{}` stands twice", new.get_ref());
            check(
                !table.contains_key(&new),
                code::DUPLICATE_KEY,
                span.start,
                twice,
            )?;
            *key = Some(new);
            return Ok(());
        }
        let value = if style == ScalarStyle::Plain {
            let source = self.places.text.get(span.clone()).unwrap_or_default();
            plain(text, source, span.start)?
        } else {
            DeValue::String(text)
        };
        self.value(Spanned::new(span, value))
    }

    fn value(&mut self, value: Spanned<DeValue<'s>>) -> Result<(), Fault> {
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open::List { items, .. }) => items.push(value),
            Some(Open::Table { table, key, .. }) => {
                if let Some(key) = key.take() {
                    table.insert(key, value);
                }
            }
        }
        Ok(())
    }
}

/// A plain scalar in the core schema of YAML 1.2: `no` and `on` are texts.
fn plain<'s>(text: Cow<'s, str>, source: &'s str, place: usize) -> Result<DeValue<'s>, Fault> {
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => {
            let message = "expected a value, found nothing (an empty text is `\"\"`)".to_owned();
            return Err((code::WRONG_TYPE, place, message));
        }
        "true" | "True" | "TRUE" => return Ok(DeValue::Boolean(true)),
        "false" | "False" | "FALSE" => return Ok(DeValue::Boolean(false)),
        _ => {}
    }
    let digits = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    if digits && text.bytes().any(|b| b.is_ascii_digit()) {
        let parsed = DeValue::parse(source.trim()).map(Spanned::into_inner);
        if let Ok(number @ (DeValue::Integer(_) | DeValue::Float(_))) = parsed {
            return Ok(number);
        }
    }
    Ok(DeValue::String(text))
}

fn check(
    holds: bool,
    code: &'static str,
    place: usize,
    message: impl FnOnce() -> String,
) -> Result<(), Fault> {
    if holds {
        Ok(())
    } else {
        Err((code, place, message()))
    }
}

fn no_anchors(place: usize) -> Fault {
    let message = "anchors, aliases and tags are not read; write the value out";
    (code::YAML_ANCHOR, place, message.to_owned())
}

/// Whether a value has neither an anchor nor a tag.
fn unmarked(anchor: usize, has_tag: bool, place: usize) -> Result<(), Fault> {
    if anchor == 0 && !has_tag {
        Ok(())
    } else {
        Err(no_anchors(place))
    }
}

/// Turns characters into bytes: what is near the last place costs little.
struct Places<'s> {
    text: &'s str,
    index: usize,
    byte: usize,
}

impl Places<'_> {
    fn byte(&mut self, marker: Marker) -> usize {
        while self.index < marker.index() {
            let rest = self.text.get(self.byte..).unwrap_or_default();
            let Some(next) = rest.chars().next() else {
                break;
            };
            self.byte += next.len_utf8();
            self.index += 1;
        }
        while self.index > marker.index() {
            let before = self.text.get(..self.byte).unwrap_or_default();
            let Some(last) = before.chars().next_back() else {
                break;
            };
            self.byte -= last.len_utf8();
            self.index -= 1;
        }
        self.byte
    }
}
