//! From the events of the parser to values.

use std::collections::{BTreeSet, HashMap};

use saphyr_parser::{Event, Span};

use super::indented::place;
use super::scalar::scalar;
use super::{Node, Place, Yaml, YamlFault};

/// Mappings and lists within each other.
const DEPTH: usize = 64;
/// Values of a file, those that aliases repeat included.
const MOST_VALUES: usize = 1 << 20;

/// A mapping or list that is not yet closed.
struct Open {
    place: Place,
    anchor: usize,
    node: Node,
    key: Option<String>,
}

#[derive(Default)]
pub(super) struct Builder {
    moved: BTreeSet<usize>,
    open: Vec<Open>,
    anchors: HashMap<usize, Yaml>,
    values: usize,
    documents: usize,
    pub(super) root: Option<Yaml>,
}

impl Builder {
    /// Of a text with those lines `moved`.
    pub(super) fn new(moved: BTreeSet<usize>) -> Self {
        Self {
            moved,
            ..Self::default()
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlFault> {
        let place = place(span.start, &self.moved);
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => {
                self.documents += 1;
                check(self.documents == 1, place, "expected one document")
            }
            Event::Alias(anchor) => {
                let known = self.anchors.get(&anchor).cloned();
                let value =
                    known.ok_or_else(|| fault(place, "expected an anchor before its alias"))?;
                self.value(0, value)
            }
            Event::Scalar(text, style, anchor, tag) => {
                let node = scalar(&text, style, tag.as_deref(), place)?;
                self.value(anchor, Yaml { place, node })
            }
            Event::SequenceStart(anchor, _) => self.enter(place, anchor, Node::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.enter(place, anchor, Node::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open {
                    place,
                    anchor,
                    node,
                    ..
                }) => self.value(anchor, Yaml { place, node }),
                None => Ok(()),
            },
        }
    }

    fn enter(&mut self, place: Place, anchor: usize, node: Node) -> Result<(), YamlFault> {
        check(
            self.open.len() < DEPTH,
            place,
            "expected fewer nested mappings and lists",
        )?;
        if let Some(Open {
            node: Node::Map(_),
            key: None,
            ..
        }) = self.open.last()
        {
            return Err(fault(place, "expected a scalar as key"));
        }
        self.open.push(Open {
            place,
            anchor,
            node,
            key: None,
        });
        Ok(())
    }

    fn value(&mut self, anchor: usize, value: Yaml) -> Result<(), YamlFault> {
        self.values += value.size();
        check(
            self.values <= MOST_VALUES,
            value.place,
            "expected fewer values",
        )?;
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(value);
            return Ok(());
        };
        match (&mut open.node, open.key.take()) {
            (Node::List(items), _) => items.push(value),
            (Node::Map(_), None) => open.key = Some(value.plain().to_string()),
            (Node::Map(entries), Some(key)) if key == "<<" => merge(entries, value)?,
            (Node::Map(entries), Some(key)) => {
                entries.retain(|(other, _)| *other != key);
                entries.push((key, value));
            }
            (Node::Scalar(_) | Node::Function(_), _) => {}
        }
        Ok(())
    }
}

/// What `<<` brings stands behind what the mapping says itself.
fn merge(entries: &mut Vec<(String, Yaml)>, value: Yaml) -> Result<(), YamlFault> {
    let place = value.place;
    let all = match value.node {
        Node::List(items) => items,
        Node::Map(_) => vec![value],
        Node::Scalar(_) | Node::Function(_) => Vec::new(),
    };
    check(!all.is_empty(), place, "expected a mapping behind `<<`")?;
    for (key, value) in all.iter().flat_map(Yaml::entries) {
        if !entries.iter().any(|(other, _)| other == key) {
            entries.push((key.clone(), value.clone()));
        }
    }
    Ok(())
}

fn check(holds: bool, place: Place, message: &str) -> Result<(), YamlFault> {
    if holds {
        Ok(())
    } else {
        Err(fault(place, message))
    }
}

pub(super) fn fault(place: Place, message: &str) -> YamlFault {
    YamlFault {
        place,
        message: message.to_owned(),
    }
}
