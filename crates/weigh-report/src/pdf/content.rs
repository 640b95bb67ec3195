//! The page's tree as the data that the template lays out.

use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::markup::{Element, Node};
use super::{columns, picture};
use crate::escape;

/// Elements between whose children white space says nothing.
const CONTAINERS: [&str; 15] = [
    "header", "main", "section", "nav", "footer", "div", "figure", "ul", "ol", "dl", "table",
    "thead", "tbody", "tr", "body",
];

/// Graphemes without a space after which a line may break; fewer behind a mark that parts names.
pub(super) const LONG_WORD: usize = 24;
const LONG_PART: usize = 8;

/// Columns of text beyond which a cell may break between pages: a taller one may fill a page.
const LONG_CELL: usize = 1_500;

/// The verdicts' classes, whose colours are named like them.
const TONES: [&str; 4] = [
    "conforms",
    "inconclusive",
    "not-assessed",
    "does-not-conform",
];

/// Where a node stands.
#[derive(Clone)]
struct Place {
    /// The classes of the elements around it.
    within: Vec<String>,
    /// The name of the colour of the verdict that it is about.
    tone: &'static str,
    /// White space and line breaks are kept.
    exact: bool,
    /// The document is written from right to left.
    rtl: bool,
}

/// The body's nodes for the template, and every text among them.
pub(super) struct Content {
    /// An array of strings and of objects: `e` the name, `c` the classes, `a` the attributes, `k` the children.
    pub nodes: Value,
    /// The texts that will be seen.
    pub texts: Vec<String>,
}

/// What the template gets of the page's body.
pub(super) fn content(body: &[Node], rtl: bool) -> Content {
    let place = Place {
        within: Vec::new(),
        tone: "ink",
        exact: false,
        rtl,
    };
    let mut texts = Vec::new();
    let nodes = children(body, true, &place, &mut texts);
    Content {
        nodes: Value::Array(nodes),
        texts,
    }
}

fn children(nodes: &[Node], container: bool, place: &Place, texts: &mut Vec<String>) -> Vec<Value> {
    let mut values = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) if container && text.trim_ascii().is_empty() => {}
            Node::Text(text) => {
                texts.push(text.clone());
                words(text, place.exact, &mut values);
            }
            Node::Element(element) => values.push(self::element(element, place, texts)),
        }
    }
    values
}

fn element(element: &Element, around: &Place, texts: &mut Vec<String>) -> Value {
    let mut place = around.clone();
    let tone = TONES.iter().find(|tone| element.has_class(tone));
    place.tone = tone.copied().unwrap_or(around.tone);
    place.exact |= element.name == "pre";
    let mut object = Map::new();
    let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
    set("e", json!(element.name));
    set("c", json!(Vec::from_iter(element.classes())));
    set("a", json!(element.attributes));
    set("tone", json!(place.tone));
    match element.name.as_str() {
        "svg" => {
            let colour = picture::colours().get(place.tone).copied();
            let file = picture::file(element, &place.within, colour.unwrap_or("#000"));
            set("svg", Value::String(file));
            texts.extend(captions(&element.children));
            return Value::Object(object);
        }
        "bdi" => {
            // Where all goes from left to right, copied text needs no marks of direction.
            let turns = place.rtl || seen(element).contains(escape::is_right_to_left);
            set("isolate", Value::Bool(turns));
        }
        "table" => {
            set("columns", json!(columns::shares(element)));
        }
        "td" | "th" => {
            set("long", json!(seen(element).width() > LONG_CELL));
        }
        _ => {}
    }
    let class = element.attribute("class").map(str::to_owned);
    place.within.extend(class);
    let container = CONTAINERS.contains(&element.name.as_str());
    let kids = children(&element.children, container, &place, texts);
    set("k", Value::Array(kids));
    Value::Object(object)
}

/// The texts of a picture.
fn captions(nodes: &[Node]) -> Vec<String> {
    let of = |node: &Node| match node {
        Node::Text(text) => vec![text.clone()],
        Node::Element(element) => captions(&element.children),
    };
    nodes.iter().flat_map(of).collect()
}

/// A text in pieces: strings, spaces of their own at its ends, and `wbr` within long words.
fn words(text: &str, exact: bool, values: &mut Vec<Value>) {
    let one_space;
    let text = if exact {
        text
    } else {
        one_space = spaced(text);
        &one_space
    };
    let mut piece = String::new();
    let mut run = 0;
    for grapheme in text.graphemes(true) {
        if exact && grapheme == "\n" {
            values.extend((!piece.is_empty()).then(|| Value::String(std::mem::take(&mut piece))));
            values.push(json!({ "e": "br", "c": [], "a": {} }));
            run = 0;
            continue;
        }
        piece.push_str(grapheme);
        run = if grapheme.trim().is_empty() {
            0
        } else {
            run + 1
        };
        let parts = !exact && matches!(grapheme, "/" | "_" | "." | ":" | "-");
        if run >= LONG_WORD || parts && run >= LONG_PART {
            values.push(Value::String(std::mem::take(&mut piece)));
            values.push(json!({ "e": "wbr", "c": [], "a": {} }));
            run = 0;
        }
    }
    values.extend((!piece.is_empty()).then_some(Value::String(piece)));
}

/// `text` with one space for each run of white space, as a browser shows it.
pub(super) fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_ascii_whitespace() { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

/// The text of an element.
pub(super) fn seen(element: &Element) -> String {
    captions(&element.children).concat()
}
