//! Reads the HTML page back as a tree, so that the PDF says what the page says and nothing else.
//!
//! The page is written by this crate and well formed: quoted attributes, five entities, every element
//! closed but four. Anything else is refused rather than guessed at.

use std::collections::BTreeMap;

/// A part of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// Text without markup.
    Text(String),
    /// An element with what it holds.
    Element(Element),
}

/// An element of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Element {
    /// Its name as the page writes it.
    pub name: String,
    /// By name.
    pub attributes: BTreeMap<String, String>,
    /// What it holds, in order.
    pub children: Vec<Node>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn classes(&self) -> impl Iterator<Item = &str> {
        let class = self.attribute("class").unwrap_or_default();
        class.split_ascii_whitespace()
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.classes().any(|own| own == class)
    }
}

/// Elements that hold nothing and have no end tag.
const VOID: [&str; 2] = ["br", "wbr"];

/// The tree of the page's body.
///
/// # Errors
/// What is not well formed, with the text at that place.
pub(super) fn body(page: &str) -> Result<Vec<Node>, String> {
    let body = page.split_once("<body>").and_then(|(_, rest)| {
        let (body, _) = rest.rsplit_once("</body>")?;
        Some(body)
    });
    parse(body.ok_or("the page has no body")?)
}

/// The tree of a part of the page.
///
/// # Errors
/// As [`body`].
pub(super) fn parse(mut rest: &str) -> Result<Vec<Node>, String> {
    // The elements that are open; the first has no name and holds the whole.
    let mut open = vec![Element::default()];
    while !rest.is_empty() {
        let (text, tag) = rest.split_once('<').unwrap_or((rest, ""));
        if !text.is_empty() {
            hold(&mut open, Node::Text(decode(text)?))?;
        }
        if text.len() == rest.len() {
            break;
        }
        rest = match tag.strip_prefix('/') {
            Some(end) => close(&mut open, end)?,
            None => start(&mut open, tag)?,
        };
    }
    match (open.pop(), open.is_empty()) {
        (Some(whole), true) => Ok(whole.children),
        (Some(element), false) => Err(format!("<{}> is not closed", element.name)),
        (None, _) => Err("an end tag closes nothing".to_owned()),
    }
}

fn hold(open: &mut [Element], node: Node) -> Result<(), String> {
    let parent = open.last_mut().ok_or("nothing is open")?;
    parent.children.push(node);
    Ok(())
}

/// The end tag whose text after `</` is `tag`; gives what follows it.
fn close<'a>(open: &mut Vec<Element>, tag: &'a str) -> Result<&'a str, String> {
    let (name, rest) = tag.split_once('>').ok_or_else(|| near(tag))?;
    let element = open.pop().filter(|element| element.name == name);
    let element = element.ok_or_else(|| format!("</{name}> closes another element"))?;
    hold(open, Node::Element(element))?;
    Ok(rest)
}

/// The start tag whose text after `<` is `tag`; gives what follows it.
fn start<'a>(open: &mut Vec<Element>, tag: &'a str) -> Result<&'a str, String> {
    let (name, mut rest) = word(tag)?;
    let mut element = Element {
        name: name.to_owned(),
        ..Element::default()
    };
    loop {
        rest = rest.trim_ascii_start();
        if let Some(after) = rest.strip_prefix("/>") {
            hold(open, Node::Element(element))?;
            return Ok(after);
        }
        if let Some(after) = rest.strip_prefix('>') {
            if VOID.contains(&name) {
                hold(open, Node::Element(element))?;
            } else {
                open.push(element);
            }
            return Ok(after);
        }
        let (key, after) = word(rest)?;
        let value = after.strip_prefix("=\"").and_then(|v| v.split_once('"'));
        let (value, after) = value.ok_or_else(|| near(rest))?;
        element.attributes.insert(key.to_owned(), decode(value)?);
        rest = after;
    }
}

/// The name at the beginning of `text`, and the rest.
fn word(text: &str) -> Result<(&str, &str), String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ':';
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    match text.split_at_checked(end) {
        Some((name, rest)) if !name.is_empty() => Ok((name, rest)),
        Some(_) | None => Err(near(text)),
    }
}

/// `text` without its entities: those that [`crate::escape::html`] writes.
fn decode(text: &str) -> Result<String, String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, after) = entity.split_once(';').ok_or_else(|| near(entity))?;
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            _ => return Err(near(entity)),
        });
        rest = after;
    }
    plain.push_str(rest);
    Ok(plain)
}

fn near(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    format!("not well formed near {start:?}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::escape;

    /// Writes a tree again, as the page does.
    fn written(nodes: &[Node]) -> String {
        let of = |node: &Node| match node {
            Node::Text(text) => escape::html(text),
            Node::Element(element) => {
                let pairs = element.attributes.iter();
                let pairs = pairs.map(|(key, value)| format!(" {key}=\"{}\"", escape::html(value)));
                let name = &element.name;
                let start = format!("<{name}{}>", pairs.collect::<String>());
                if VOID.contains(&name.as_str()) {
                    return start;
                }
                format!("{start}{}</{name}>", written(&element.children))
            }
        };
        nodes.iter().map(of).collect()
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        let check = |page: &str, expect: &str| {
            assert_eq!(body(page).unwrap_err(), expect, "{page}");
        };
        check("<p></p>", "the page has no body");
        check("<body><p></body>", "<p> is not closed");
        check("<body><p></b></body>", "</b> closes another element");
        check("<body></p></body>", "</p> closes another element");
        check(
            "<body><p class=a></p></body>",
            "not well formed near \"class=a></p>\"",
        );
        check("<body>&nbsp;</body>", "not well formed near \"nbsp;\"");
        check("<body>a & b</body>", "not well formed near \" b\"");
        check("<body>a < b</body>", "not well formed near \" b\"");
        check(
            "<body><!-- a --></body>",
            "not well formed near \"!-- a -->\"",
        );
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(texts in prop::collection::vec(".{1,12}", 1..6)) {
            let shown: Vec<String> = texts.iter().map(|t| weigh_core::text::visible(t).into_owned()).collect();
            let mut nodes = Vec::new();
            for text in &shown {
                let attributes = BTreeMap::from([("aria-label".to_owned(), text.clone())]);
                let inner = Element { name: "br".to_owned(), ..Element::default() };
                nodes = vec![
                    Node::Element(Element { name: "td".to_owned(), attributes, children: nodes }),
                    Node::Text(text.clone()),
                    Node::Element(inner),
                ];
            }
            prop_assert_eq!(parse(&written(&nodes)), Ok(nodes));
        }
    }
}
