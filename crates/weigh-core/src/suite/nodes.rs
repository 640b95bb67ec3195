//! A case that stands in a TOML or YAML document, as the tree that a case is read from.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::json::{Member, Node, Value};

/// The members of a table. Places are bytes of the document.
pub(super) fn members<'t>(table: &'t DeTable<'_>) -> Vec<Member<'t>> {
    let member = |(key, value): (&'t Spanned<Cow<'_, str>>, &'t Spanned<DeValue<'_>>)| Member {
        start: key.span().start,
        key: Cow::Borrowed(key.get_ref().as_ref()),
        node: node(value),
    };
    table.iter().map(member).collect()
}

/// A value.
fn node<'t>(value: &'t Spanned<DeValue<'_>>) -> Node<'t> {
    let span = value.span();
    Node {
        start: span.start,
        end: span.end,
        value: match value.get_ref() {
            DeValue::String(text) => Value::Text(Cow::Borrowed(text)),
            DeValue::Integer(integer) if integer.radix() == 10 => Value::Number(integer.as_str()),
            DeValue::Integer(integer) => Value::Text(Cow::Owned(integer.to_string())),
            DeValue::Float(float) => Value::Number(float.as_str()),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(time) => Value::Text(Cow::Owned(time.to_string())),
            DeValue::Array(items) => Value::Array(items.iter().map(node).collect()),
            DeValue::Table(table) => Value::Object(members(table)),
        },
    }
}
