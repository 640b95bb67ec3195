//! The page's pictures as SVG files of their own, with the rules of the page's style sheet.

use std::collections::BTreeMap;

use super::markup::{Element, Node};
use crate::escape;

const STYLE: &str = include_str!("../html/style.css");

/// Pixels of a row of a chart whose places are percentages, and what its ends may reach beyond it.
const ROW: (u32, u32) = (240, 24);
const BEYOND: u32 = 14;

/// The colours of the style sheet on light paper, by name.
pub(super) fn colours() -> BTreeMap<&'static str, &'static str> {
    let root = STYLE.strip_prefix(":root {").unwrap_or_default();
    let (root, _) = root.split_once('}').unwrap_or_default();
    root.split(';')
        .filter_map(|pair| pair.trim().strip_prefix("--")?.split_once(": "))
        .filter(|(_, value)| value.starts_with('#'))
        .collect()
}

/// The style sheet's rules for classes, with the colours' values in place of their names; `tone` is
/// the verdict's.
fn rules(tone: &str) -> String {
    let lines = STYLE.lines().filter(|line| line.starts_with('.'));
    let mut rules: String = lines.collect::<Vec<_>>().join("\n");
    for (name, value) in colours() {
        rules = rules.replace(&format!("var(--{name})"), value);
    }
    rules.replace("var(--tone)", tone)
}

/// `picture`, an `svg` element within elements of these classes, as a file; `tone` is the colour of
/// the verdict that it shows.
pub(super) fn file(picture: &Element, within: &[String], tone: &str) -> String {
    let (frame, size) = match picture.attribute("viewBox") {
        Some(frame) => (frame.to_owned(), String::new()),
        None => {
            let ((width, height), beyond) = (ROW, BEYOND);
            let frame = format!("-{beyond} 0 {} {height}", width + 2 * beyond);
            (frame, format!(" width=\"{width}\" height=\"{height}\""))
        }
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{frame}\" color=\"{tone}\"><style>{}</style>",
        escape::html(&rules(tone))
    );
    for class in within {
        out.push_str(&format!("<g class=\"{}\">", escape::html(class)));
    }
    if size.is_empty() {
        let class = picture.attribute("class").unwrap_or_default();
        out.push_str(&format!("<g class=\"{}\">", escape::html(class)));
        picture
            .children
            .iter()
            .for_each(|node| write(&mut out, node));
        out.push_str("</g>");
    } else {
        out.push_str(&format!("<svg overflow=\"visible\"{size}>"));
        picture
            .children
            .iter()
            .for_each(|node| write(&mut out, node));
        out.push_str("</svg>");
    }
    out.push_str(&"</g>".repeat(within.len()));
    out.push_str("</svg>");
    out
}

fn write(out: &mut String, node: &Node) {
    match node {
        Node::Text(text) => out.push_str(&escape::html(text)),
        Node::Element(element) => {
            let name = &element.name;
            out.push_str(&format!("<{name}"));
            for (key, value) in &element.attributes {
                out.push_str(&format!(" {key}=\"{}\"", escape::html(value)));
            }
            out.push('>');
            element.children.iter().for_each(|node| write(out, node));
            out.push_str(&format!("</{name}>"));
        }
    }
}
