//! YAML as PyYAML reads it (version 1.1: `no` is false, `1e-5` a text), with the place of each value.

mod builder;
mod indented;
mod scalar;

use self::indented::Indented;
use super::python::Python;

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

    /// The items of a list; anything else is one item.
    #[must_use]
    pub fn each(&self) -> &[Self] {
        match &self.node {
            Node::List(items) => items,
            Node::Scalar(_) | Node::Function(_) | Node::Map(_) => std::slice::from_ref(self),
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
