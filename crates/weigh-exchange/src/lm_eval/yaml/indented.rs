//! Lines that PyYAML reads and YAML's own rules refuse.

use std::collections::BTreeSet;

use saphyr_parser::{Marker, Parser};

use super::builder::Builder;
use super::{Place, Yaml, YamlFault};

/// How far a line is moved.
const MARGIN: usize = 256;
/// Lines that are moved; each means that the file is read once more.
const MOST_MOVED: usize = 512;
/// Bytes that are read once more.
const MOST_REREAD: usize = 16 << 20;

/// Within brackets and quotes, PyYAML lets a line stand further left than the mapping that it belongs to;
/// YAML itself does not. Such a line is moved to the right, where its white space means nothing.
pub(super) struct Indented<'a> {
    lines: Vec<&'a str>,
    moved: BTreeSet<usize>,
}

impl<'a> Indented<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            lines: text.split_inclusive('\n').collect(),
            moved: BTreeSet::new(),
        }
    }

    pub(super) fn parse(&self) -> Result<Yaml, YamlFault> {
        if self.moved.is_empty() {
            return self.events(&self.lines.concat());
        }
        let margin = " ".repeat(MARGIN);
        let lines = self.lines.iter().enumerate();
        let parts = lines.flat_map(|(index, line)| {
            let before = if self.moved.contains(&(index + 1)) {
                margin.as_str()
            } else {
                ""
            };
            [before, line]
        });
        self.events(&parts.collect::<String>())
    }

    fn events(&self, text: &str) -> Result<Yaml, YamlFault> {
        let mut builder = Builder::new(self.moved.clone());
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|fault| YamlFault {
                place: place(*fault.marker(), &self.moved),
                message: fault.info().to_owned(),
            })?;
            builder.event(event, span)?;
        }
        builder.root.ok_or_else(|| YamlFault {
            place: Place { line: 1, column: 1 },
            message: "expected `key: value` lines, found nothing".to_owned(),
        })
    }

    /// Moves the line at fault; false where it is another fault. In a quoted text the parser tells
    /// where the text begins, so its lines are moved one after the other.
    pub(super) fn mend(&mut self, fault: &YamlFault) -> bool {
        let line = fault.place.line;
        let found = match fault.message.as_str() {
            "invalid indentation" | "invalid indentation in flow construct" => Some(line),
            "invalid indentation in quoted scalar" => {
                (line + 1..=self.lines.len()).find(|line| !self.moved.contains(line))
            }
            _ => None,
        };
        let bytes: usize = self.lines.iter().map(|line| line.len()).sum();
        let most = MOST_MOVED.min(MOST_REREAD / bytes.max(1));
        self.moved.len() < most && found.is_some_and(|line| self.moved.insert(line))
    }
}

pub(super) fn place(marker: Marker, moved: &BTreeSet<usize>) -> Place {
    let line = marker.line();
    let margin = if moved.contains(&line) { MARGIN } else { 0 };
    Place {
        line,
        column: (marker.col() + 1).saturating_sub(margin).max(1),
    }
}
