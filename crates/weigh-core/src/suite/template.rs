//! Prompt templates: `{name}` stands for the case's field `name`, `{{` and `}}` for braces.

use std::collections::BTreeMap;
use std::fmt;

use crate::names::id_fault;

/// A template that was taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(String),
}

/// How a template breaks the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TemplateFaultKind {
    /// `{` without `}`.
    Unclosed,
    /// `}` without `{`.
    Stray,
    /// What stands between braces is no field name.
    BadName,
}

/// Where and how a template breaks the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TemplateFault {
    /// Byte offset of the brace in the template.
    pub offset: usize,
    /// How.
    pub kind: TemplateFaultKind,
}

impl fmt::Display for Template {
    /// As it is written in a suite.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => {
                write!(f, "{}", text.replace('{', "{{").replace('}', "}}"))
            }
            Piece::Field(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl Template {
    /// Takes `source` apart.
    ///
    /// # Errors
    /// Every place at which the template breaks the rules.
    pub fn parse(source: &str) -> Result<Self, Vec<TemplateFault>> {
        let mut pieces = Vec::new();
        let mut faults = Vec::new();
        let mut text = String::new();
        let mut at = 0;
        while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = rest.find(['{', '}']).unwrap_or(rest.len());
            let (before, braces) = rest.split_at(plain);
            text.push_str(before);
            let offset = at + plain;
            at = offset + braces.len().min(2);
            if braces.starts_with("{{") {
                text.push('{');
            } else if braces.starts_with("}}") {
                text.push('}');
            } else if braces.starts_with('}') {
                faults.push(TemplateFault {
                    offset,
                    kind: TemplateFaultKind::Stray,
                });
                at = offset + 1;
            } else if !braces.is_empty() {
                let (field, length) = field(braces);
                at = offset + length;
                match field {
                    Ok(name) => {
                        push_text(&mut pieces, &mut text);
                        pieces.push(Piece::Field(name.to_owned()));
                    }
                    Err(kind) => faults.push(TemplateFault { offset, kind }),
                }
            }
        }
        push_text(&mut pieces, &mut text);
        if faults.is_empty() {
            Ok(Self { pieces })
        } else {
            Err(faults)
        }
    }

    /// The fields that the template names, in its order.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Field(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Bytes of the template with the values of `fields`, of which none may be missing.
    pub(super) fn length(&self, fields: &BTreeMap<String, String>) -> usize {
        let of = |piece: &Piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::Field(name) => fields.get(name).map_or(0, String::len),
        };
        self.pieces.iter().map(of).sum()
    }

    /// The template with the values of `fields`. What a value holds is never read as a template.
    ///
    /// # Errors
    /// The name of the first field that is missing.
    pub fn render(&self, fields: &BTreeMap<String, String>) -> Result<String, &str> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Field(name) => out.push_str(fields.get(name).ok_or(name.as_str())?),
            }
        }
        Ok(out)
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &mut String) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

/// The field whose `{` begins `braces`, and the bytes that it takes. A field ends on its line.
fn field(braces: &str) -> (Result<&str, TemplateFaultKind>, usize) {
    let inside = braces.get(1..).unwrap_or_default();
    match inside.find(['{', '}', '\n']) {
        Some(end) if inside.get(end..).is_some_and(|rest| rest.starts_with('}')) => {
            let name = inside.get(..end).unwrap_or_default();
            let good = id_fault("field", name).is_none();
            (
                good.then_some(name).ok_or(TemplateFaultKind::BadName),
                end + 2,
            )
        }
        Some(end) => (Err(TemplateFaultKind::Unclosed), end + 1),
        None => (Err(TemplateFaultKind::Unclosed), braces.len()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(source: &str, expect: &str) {
        let fields = [("q", "what?"), ("brace", "{q}"), ("a-b", "1")];
        let fields = fields.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        let said = match Template::parse(source) {
            Ok(template) => match template.render(&fields) {
                Ok(text) => text,
                Err(missing) => format!("lacks {missing}"),
            },
            Err(faults) => format!(
                "{:?}",
                faults
                    .iter()
                    .map(|f| (f.offset, f.kind))
                    .collect::<Vec<_>>()
            ),
        };
        assert_eq!(said, expect, "{source}");
    }

    #[test]
    fn templates_are_filled() {
        check("", "");
        check("plain é", "plain é");
        check("Q: {q}\nA:", "Q: what?\nA:");
        check("{q}{a-b}{q}", "what?1what?");
        check("{{q}} }}{{ {q}", "{q} }{ what?");
        check("{{{q}}}", "{what?}");
        check("{brace}", "{q}");
        check("{none}", "lacks none");
    }

    #[test]
    fn faults_are_told_where_they_stand() {
        check("a{q", "[(1, Unclosed)]");
        check("{q\n}", "[(0, Unclosed), (3, Stray)]");
        check("é}", "[(2, Stray)]");
        check("{}", "[(0, BadName)]");
        check("{a b} {q", "[(0, BadName), (6, Unclosed)]");
        check("{q{q}", "[(0, Unclosed)]");
        check("{", "[(0, Unclosed)]");
    }

    proptest! {
        #[test]
        fn escaped_text_comes_back(text in any::<String>()) {
            let escaped = text.replace('{', "{{").replace('}', "}}");
            let template = Template::parse(&escaped).unwrap();
            prop_assert_eq!(template.render(&BTreeMap::new()), Ok(text));
        }

        #[test]
        fn any_text_is_taken_or_refused(text in "[{}a\n é]{0,20}") {
            match Template::parse(&text) {
                Ok(_) => {}
                Err(faults) => {
                    prop_assert!(faults.is_sorted());
                    for fault in faults {
                        let brace = &text[fault.offset..=fault.offset];
                        assert!(brace == "{" || brace == "}", "{brace}");
                    }
                }
            }
        }
    }
}
