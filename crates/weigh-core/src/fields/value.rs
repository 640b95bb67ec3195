//! Values of a TOML document as the types that are expected of them.

use toml::Spanned;
use toml::de::DeValue;

use super::Located;
use crate::decimal::Decimal;
use crate::diagnostic::{Notes, code};
use crate::text::{code_point, is_hidden, visible_line};

/// Notes that `value` is of another type.
pub(crate) fn wrong_type(
    notes: &mut Notes<'_>,
    name: &str,
    expected: &str,
    value: Located<'_, '_>,
) {
    let found = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    let message = format!("`{}` is {found}, expected {expected}", visible_line(name));
    notes.add(code::WRONG_TYPE, value.span().start, message, None);
}

/// Whether `value` is a text.
pub(crate) fn is_text(value: Located<'_, '_>) -> bool {
    matches!(value.get_ref(), DeValue::String(_))
}

/// The text that `value` is. Hidden characters that its source does not show are noted.
pub(crate) fn text<'t>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'t, '_>,
) -> Option<Spanned<&'t str>> {
    let DeValue::String(text) = value.get_ref() else {
        wrong_type(notes, name, "a text", value);
        return None;
    };
    let raw = notes.text.get(value.span()).unwrap_or_default();
    if let Some(hidden) = text.chars().find(|c| is_hidden(*c) && !raw.contains(*c)) {
        let message = format!("`{name}` holds the hidden character {}", code_point(hidden));
        notes.add(code::HIDDEN_IN_TEXT, value.span().start, message, None);
    }
    Some(Spanned::new(value.span(), text.as_ref()))
}

/// The same, not empty and not only white space.
pub(crate) fn filled_text<'t>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'t, '_>,
) -> Option<Spanned<&'t str>> {
    let text = text(notes, name, value)?;
    if text.get_ref().trim().is_empty() {
        let message = format!("`{name}` is empty, expected a text");
        notes.add(code::EMPTY, value.span().start, message, None);
    }
    Some(text)
}

/// The list of texts that `value` is, each not empty.
pub(crate) fn texts<'t>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'t, '_>,
) -> Option<Vec<Spanned<&'t str>>> {
    let items = list(notes, name, value)?;
    items
        .iter()
        .map(|item| filled_text(notes, name, item))
        .collect()
}

/// The list that `value` is.
pub(crate) fn list<'t, 's>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'t, 's>,
) -> Option<&'t [Spanned<DeValue<'s>>]> {
    let DeValue::Array(items) = value.get_ref() else {
        wrong_type(notes, name, "a list", value);
        return None;
    };
    Some(items)
}

/// The truth value that `value` is.
pub(crate) fn boolean(notes: &mut Notes<'_>, name: &str, value: Located<'_, '_>) -> Option<bool> {
    let DeValue::Boolean(value) = value.get_ref() else {
        wrong_type(notes, name, "true or false", value);
        return None;
    };
    Some(*value)
}

/// The integer that `value` is, from `least` to `most`.
pub(crate) fn integer<T: Copy + PartialOrd + TryFrom<i128> + std::fmt::Display>(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'_, '_>,
    (least, most): (T, T),
) -> Option<T> {
    let DeValue::Integer(integer) = value.get_ref() else {
        wrong_type(notes, name, "an integer", value);
        return None;
    };
    let number = i128::from_str_radix(integer.as_str(), integer.radix()).ok();
    let number = number.and_then(|n| T::try_from(n).ok());
    let number = number.filter(|n| (least..=most).contains(n));
    if number.is_none() {
        let shown: String = integer.to_string().chars().take(40).collect();
        let message = format!("`{name}` is {shown}, expected {least} to {most}");
        notes.add(code::OUT_OF_RANGE, value.span().start, message, None);
    }
    number
}

/// The finite number that `value` is, as a TOML number or as a text.
pub(crate) fn decimal(
    notes: &mut Notes<'_>,
    name: &str,
    value: Located<'_, '_>,
) -> Option<Decimal> {
    let written = match value.get_ref() {
        DeValue::String(text) => text.as_ref(),
        DeValue::Float(float) => float.as_str(),
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Integer(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => {
            wrong_type(notes, name, "a number", value);
            return None;
        }
    };
    let number = written.parse().ok().and_then(|n| Decimal::new(n).ok());
    if number.is_none() {
        let message = format!("`{name}` is `{}`, expected a number", visible_line(written));
        notes.add(code::WRONG_TYPE, value.span().start, message, None);
    }
    number
}

pub(crate) fn owned(text: Spanned<&str>) -> String {
    text.into_inner().to_owned()
}
