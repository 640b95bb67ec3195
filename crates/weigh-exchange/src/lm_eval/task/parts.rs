//! How a document and its examples are written.

use super::super::load::Entry;
use super::super::python::Python;
use super::super::shots::Sampler;
use super::super::yaml::{Node, Yaml};
use super::read::Reader;
use super::{Examples, Field, OutputType, Parts};

impl Reader<'_> {
    pub(super) fn parts(&mut self, output_type: Option<OutputType>) -> Option<Parts> {
        let rolling = output_type == Some(OutputType::LoglikelihoodRolling);
        let text = match self.find("doc_to_text") {
            None if rolling => Some(Field::Fixed(Python::Text(String::new()))),
            None => {
                self.missing("doc_to_text");
                None
            }
            Some(entry) => self.field(entry, &entry.value),
        };
        let target = match self.find("doc_to_target") {
            None => {
                self.missing("doc_to_target");
                None
            }
            Some(entry) => self.field(entry, &entry.value),
        };
        let choice = match self.find("doc_to_choice") {
            None => None,
            Some(entry) => Some(self.choices(entry, &entry.value)?),
        };
        if choice.is_none() && output_type == Some(OutputType::MultipleChoice) {
            self.missing("doc_to_choice");
        }
        Some(Parts {
            text: text?,
            target: target?,
            choice,
            gen_prefix: self.text("gen_prefix"),
            target_delimiter: self
                .text("target_delimiter")
                .unwrap_or_else(|| " ".to_owned()),
            fewshot_delimiter: self
                .text("fewshot_delimiter")
                .unwrap_or_else(|| "\n\n".to_owned()),
        })
    }

    fn field(&mut self, entry: &Entry, value: &Yaml) -> Option<Field> {
        match &value.node {
            Node::Scalar(Python::Text(text)) => Some(Field::Template(text.clone())),
            Node::Scalar(number @ Python::Int(_)) => Some(Field::Fixed(number.clone())),
            Node::List(_) => Some(Field::Fixed(value.plain())),
            Node::Scalar(_) | Node::Function(_) | Node::Map(_) => {
                self.fault_at(entry, value, "a column, a template, a number or a list");
                None
            }
        }
    }

    /// Choices: a list, the values of a mapping, a column, or a template of a list.
    fn choices(&mut self, entry: &Entry, value: &Yaml) -> Option<Field> {
        match &value.node {
            Node::Scalar(Python::Text(text)) => Some(Field::Template(text.clone())),
            Node::List(_) => Some(Field::Fixed(value.plain())),
            Node::Map(entries) => {
                let values = entries.iter().map(|(_, value)| value.plain());
                Some(Field::Fixed(Python::List(values.collect())))
            }
            Node::Scalar(_) | Node::Function(_) => {
                self.fault_at(entry, value, "a list, a mapping, a column or a template");
                None
            }
        }
    }

    pub(super) fn examples(&mut self, count: Option<usize>, parts: &Parts) -> Option<Examples> {
        let mut examples = Examples {
            count,
            split: self.text("fewshot_split"),
            samples: None,
            indices: None,
            sampler: Sampler::Default,
            parts: parts.clone(),
        };
        let Some(entry) = self.find("fewshot_config") else {
            return Some(examples);
        };
        for (key, value) in entry.value.entries() {
            self.example(entry, key, value, &mut examples);
        }
        Some(examples)
    }

    fn example(&mut self, entry: &Entry, key: &str, value: &Yaml, examples: &mut Examples) {
        let text = value.as_text().map(str::to_owned);
        let parts = &mut examples.parts;
        match key {
            _ if value.node == Node::Scalar(Python::None) => {}
            "sampler" => match value.as_text() {
                Some("default") => examples.sampler = Sampler::Default,
                Some("first_n") => examples.sampler = Sampler::FirstN,
                Some(_) | None => self.fault_at(entry, value, "`default` or `first_n`"),
            },
            "split" => examples.split = text,
            "samples" => match value.plain().as_list() {
                Some(samples) => examples.samples = Some(samples.to_vec()),
                None => self.fault_at(entry, value, "a list of documents"),
            },
            "fewshot_indices" => match indices(value) {
                Some(indices) => examples.indices = Some(indices),
                None => self.fault_at(entry, value, "a list of numbers from 0"),
            },
            "doc_to_text" => parts.text = self.field(entry, value).unwrap_or(parts.text.clone()),
            "doc_to_target" => {
                parts.target = self.field(entry, value).unwrap_or(parts.target.clone())
            }
            "doc_to_choice" => parts.choice = self.choices(entry, value),
            "gen_prefix" => parts.gen_prefix = text,
            "target_delimiter" => parts.target_delimiter = text.unwrap_or_default(),
            "fewshot_delimiter" => parts.fewshot_delimiter = text.unwrap_or_default(),
            _ => self.fault_at(
                entry,
                value,
                &format!("no key `{key}`, which lm-eval does not know"),
            ),
        }
    }
}

fn indices(value: &Yaml) -> Option<Vec<usize>> {
    let Node::List(items) = &value.node else {
        return None;
    };
    let index = |item: &Yaml| {
        item.plain()
            .as_int()
            .and_then(|number| usize::try_from(number).ok())
    };
    items.iter().map(index).collect()
}
