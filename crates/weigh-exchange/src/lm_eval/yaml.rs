//! YAML as PyYAML reads it (version 1.1: `no` is false, `1e-5` a text), with the place of each value.

use std::collections::{BTreeSet, HashMap};

use regex::Regex;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, Tag};

use super::python::Python;

/// Mappings and lists within each other.
const DEPTH: usize = 64;
/// Values of a file, those that aliases repeat included.
const MOST_VALUES: usize = 1 << 20;
/// How far a line is moved.
const MARGIN: usize = 256;
/// Lines that are moved; each means that the file is read once more.
const MOST_MOVED: usize = 512;

/// Where something stands in a file, both from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Yaml {
    /// Where it begins.
    pub place: Place,
    /// What it is.
    pub node: Node,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A scalar.
    Scalar(Python),
    /// `!function module.name`: Python code, which is never run here.
    Function(String),
    /// A list.
    List(Vec<Yaml>),
    /// A mapping, in the order of the file. A key that stands twice has its last value.
    Map(Vec<(String, Yaml)>),
}

/// What is wrong and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{}: {message}", place.line, place.column)]
pub struct YamlFault {
    /// Where.
    pub place: Place,
    /// What.
    pub message: String,
}

impl Yaml {
    /// A value that stands nowhere.
    #[must_use]
    pub fn of(value: &Python) -> Self {
        let node = match value {
            Python::List(items) => Node::List(items.iter().map(Self::of).collect()),
            Python::Dict(entries) => {
                let entry = |(key, value): &(String, Python)| (key.clone(), Self::of(value));
                Node::Map(entries.iter().map(entry).collect())
            }
            Python::None
            | Python::Bool(_)
            | Python::Int(_)
            | Python::Float(_)
            | Python::Text(_) => Node::Scalar(value.clone()),
        };
        let place = Place::default();
        Self { place, node }
    }

    /// The entry `key` of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The entries of a mapping; none of anything else.
    #[must_use]
    pub fn entries(&self) -> &[(String, Self)] {
        match &self.node {
            Node::Map(entries) => entries,
            Node::Scalar(_) | Node::Function(_) | Node::List(_) => &[],
        }
    }

    /// The text of a scalar that is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.node {
            Node::Scalar(value) => value.as_text(),
            Node::Function(_) | Node::List(_) | Node::Map(_) => None,
        }
    }

    /// The value without its places. A function becomes its name.
    #[must_use]
    pub fn plain(&self) -> Python {
        match &self.node {
            Node::Scalar(value) => value.clone(),
            Node::Function(name) => Python::Text(name.clone()),
            Node::List(items) => Python::List(items.iter().map(Self::plain).collect()),
            Node::Map(entries) => {
                let entry = |(key, value): &(String, Self)| (key.clone(), value.plain());
                Python::Dict(entries.iter().map(entry).collect())
            }
        }
    }

    /// Every function in it, from top to bottom.
    #[must_use]
    pub fn functions(&self) -> Vec<(Place, &str)> {
        match &self.node {
            Node::Scalar(_) => Vec::new(),
            Node::Function(name) => vec![(self.place, name)],
            Node::List(items) => items.iter().flat_map(Self::functions).collect(),
            Node::Map(entries) => entries
                .iter()
                .flat_map(|(_, value)| value.functions())
                .collect(),
        }
    }

    fn size(&self) -> usize {
        match &self.node {
            Node::Scalar(_) | Node::Function(_) => 1,
            Node::List(items) => items.iter().map(Self::size).sum::<usize>() + 1,
            Node::Map(entries) => entries.iter().map(|(_, value)| value.size()).sum::<usize>() + 1,
        }
    }
}

/// The one document in `text`.
///
/// # Errors
/// The first place at which it is no YAML of this kind.
pub fn parse(text: &str) -> Result<Yaml, YamlFault> {
    let mut indented = Indented::new(text);
    loop {
        let fault = match indented.parse() {
            Ok(value) => return Ok(value),
            Err(fault) => fault,
        };
        if !indented.mend(&fault) {
            return Err(fault);
        }
    }
}

/// Within brackets and quotes, PyYAML lets a line stand further left than the mapping that it belongs to;
/// YAML itself does not. Such a line is moved to the right, where its white space means nothing.
struct Indented<'a> {
    lines: Vec<&'a str>,
    moved: BTreeSet<usize>,
}

impl<'a> Indented<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            lines: text.split_inclusive('\n').collect(),
            moved: BTreeSet::new(),
        }
    }

    fn parse(&self) -> Result<Yaml, YamlFault> {
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
        let mut builder = Builder {
            moved: self.moved.clone(),
            ..Builder::default()
        };
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
    fn mend(&mut self, fault: &YamlFault) -> bool {
        let line = fault.place.line;
        let found = match fault.message.as_str() {
            "invalid indentation" | "invalid indentation in flow construct" => Some(line),
            "invalid indentation in quoted scalar" => {
                (line + 1..=self.lines.len()).find(|line| !self.moved.contains(line))
            }
            _ => None,
        };
        self.moved.len() < MOST_MOVED && found.is_some_and(|line| self.moved.insert(line))
    }
}

fn place(marker: Marker, moved: &BTreeSet<usize>) -> Place {
    let line = marker.line();
    let margin = if moved.contains(&line) { MARGIN } else { 0 };
    Place {
        line,
        column: (marker.col() + 1).saturating_sub(margin).max(1),
    }
}

/// A mapping or list that is not yet closed.
struct Open {
    place: Place,
    anchor: usize,
    node: Node,
    key: Option<String>,
}

#[derive(Default)]
struct Builder {
    moved: BTreeSet<usize>,
    open: Vec<Open>,
    anchors: HashMap<usize, Yaml>,
    values: usize,
    documents: usize,
    root: Option<Yaml>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlFault> {
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

fn scalar(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
    place: Place,
) -> Result<Node, YamlFault> {
    match tag {
        None if style == ScalarStyle::Plain => Ok(Node::Scalar(plain(text))),
        None => Ok(Node::Scalar(Python::Text(text.to_owned()))),
        Some(tag) if tag.suffix == "function" => Ok(Node::Function(text.to_owned())),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "null" => {
            Ok(Node::Scalar(Python::None))
        }
        Some(tag) if tag.suffix == "str" => Ok(Node::Scalar(Python::Text(text.to_owned()))),
        Some(tag) => Err(fault(
            place,
            &format!("the tag `!{}` is not known", tag.suffix),
        )),
    }
}

/// A plain scalar by the resolver of YAML 1.1. Dates and numbers to the base 60 stay texts.
fn plain(text: &str) -> Python {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Python::None,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Python::Bool(true);
        }
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Python::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Python::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" => return Python::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Python::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let digits = text.replace('_', "");
    let number = integer(&digits).map(Python::Int);
    let number = number.or_else(|| float(text, &digits).map(Python::Float));
    number.unwrap_or_else(|| Python::Text(text.to_owned()))
}

fn integer(digits: &str) -> Option<i64> {
    let (sign, unsigned) = match digits.strip_prefix('-') {
        Some(unsigned) => (-1, unsigned),
        None => (1, digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (radix, number) = if let Some(number) = unsigned.strip_prefix("0b") {
        (2, number)
    } else if let Some(number) = unsigned.strip_prefix("0x") {
        (16, number)
    } else if unsigned.len() > 1 && unsigned.starts_with('0') {
        (8, unsigned)
    } else {
        (10, unsigned)
    };
    let begins = number
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_hexdigit());
    let number = i64::from_str_radix(number, radix).ok().filter(|_| begins);
    number.map(|number| sign * number)
}

/// Needs a point, and a sign in the exponent.
fn float(text: &str, digits: &str) -> Option<f64> {
    static FLOAT: std::sync::LazyLock<Option<Regex>> = std::sync::LazyLock::new(|| {
        Regex::new(r"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$").ok()
    });
    let matches = FLOAT.as_ref().is_some_and(|float| float.is_match(text));
    digits.parse().ok().filter(|_| matches)
}

fn check(holds: bool, place: Place, message: &str) -> Result<(), YamlFault> {
    if holds {
        Ok(())
    } else {
        Err(fault(place, message))
    }
}

fn fault(place: Place, message: &str) -> YamlFault {
    YamlFault {
        place,
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `yaml.safe_load(source)` of PyYAML 6, printed.
    #[test]
    fn reads_as_pyyaml() {
        let check = |source: &str, expect: &str| {
            let value = parse(source).map(|value| value.plain().repr());
            assert_eq!(value.as_deref(), Ok(expect), "{source}");
        };
        check(
            "a: no\nb: 'no'\nc: [yes, Off, y]",
            "{'a': False, 'b': 'no', 'c': [True, False, 'y']}",
        );
        check(
            "[1e-5, 1.0e-5, 1., .5, 0x1F, 017, 1_000, +3, -0, 08]",
            "['1e-5', 1e-05, 1.0, 0.5, 31, 15, 1000, 3, 0, '08']",
        );
        check(
            "[~, null, '', nan, .nan, 1.2.3]",
            "[None, None, '', 'nan', nan, '1.2.3']",
        );
        check(
            "a: &x {k: 1, j: 2}\nb:\n  <<: *x\n  k: 3",
            "{'a': {'k': 1, 'j': 2}, 'b': {'j': 2, 'k': 3}}",
        );
        check(
            "a: \"x\\n\"\nb: |\n  two\n  lines\nc: >-\n  one\n  line",
            "{'a': 'x\\n', 'b': 'two\\nlines\\n', 'c': 'one line'}",
        );
        check("a: !!null 'null'", "{'a': None}");
        check("a: 1\na: 2", "{'a': 2}");
        check(
            "a:\n    b: [\n  x,\n\"y\n z\"\n]\nc: 'one\n\ntwo'\nd: 3",
            "{'a': {'b': ['x', 'y z']}, 'c': 'one\\ntwo', 'd': 3}",
        );
        check(
            "until:\n  - \"Q:\"\n  - </s>\n",
            "{'until': ['Q:', '</s>']}",
        );
    }

    #[test]
    fn says_where_functions_and_faults_stand() {
        let value = parse("task: a\nprocess_docs: !function utils.docs\nm: [{f: !function u.g}]");
        let told: Vec<(usize, usize, String)> = value
            .iter()
            .flat_map(Yaml::functions)
            .map(|(place, name)| (place.line, place.column, name.to_owned()))
            .collect();
        assert_eq!(
            told,
            [(2, 15, "utils.docs".to_owned()), (3, 9, "u.g".to_owned())]
        );
        for (source, line) in [
            ("a: [1", 1),
            ("a: b\n c: d", 2),
            ("", 1),
            ("a: !python/x y", 1),
            ("a: 1\n---\nb: 2", 2),
        ] {
            let fault = parse(source).map_err(|fault| fault.place.line);
            assert!(fault.is_err_and(|at| at >= line), "{source}");
        }
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
            d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
            g: [*f,*f,*f,*f,*f,*f,*f,*f,*f]";
        assert!(parse(bomb).is_err());
    }
}
