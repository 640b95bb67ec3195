//! How a table shares the width of the page among its columns.

use unicode_width::UnicodeWidthStr;

use super::content::{LONG_WORD, seen, spaced};
use super::markup::{Element, Node};

/// The width of the page, in columns of a table's text.
const PAGE: usize = 100;

/// The most that prose, a digest and what does not break ask for.
const PROSE: usize = 48;
const DIGEST: usize = 66;
const UNBROKEN: usize = 24;

/// A digest on two lines.
const DIGEST_LEAST: usize = 36;

/// The room around a cell's text, and a sign.
const ROOM: usize = 2;
const SIGN: usize = 3;

/// What a column asks for, in columns of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Wish {
    /// Without breaking what should not break.
    least: usize,
    /// On one line, or enough of it.
    most: usize,
}

/// The share of each column of `table`: what it asks for where there is room, or else the least and
/// an equal part of what it asks for beyond that. Browsers share a page in the same way.
pub(super) fn shares(table: &Element) -> Vec<usize> {
    let mut wishes: Vec<Wish> = Vec::new();
    for row in rows(table) {
        wishes.resize(wishes.len().max(row.len()), Wish::default());
        for (wish, cell) in wishes.iter_mut().zip(row) {
            let own = of_cell(cell);
            wish.least = wish.least.max(own.least);
            wish.most = wish.most.max(own.most).max(wish.least);
        }
    }
    shared(&wishes)
}

fn shared(wishes: &[Wish]) -> Vec<usize> {
    let least: usize = wishes.iter().map(|wish| wish.least).sum();
    let most: usize = wishes.iter().map(|wish| wish.most).sum();
    let left = PAGE.saturating_sub(least);
    let beyond = most.saturating_sub(least);
    let share = |wish: &Wish| {
        if most <= PAGE || left == 0 || beyond == 0 {
            return if most <= PAGE { wish.most } else { wish.least };
        }
        wish.least + (wish.most - wish.least) * left / beyond
    };
    wishes.iter().map(|wish| share(wish).max(1)).collect()
}

fn of_cell(cell: &Element) -> Wish {
    let text = spaced(&seen(cell));
    let width = text.width();
    let longest_word = text.split(' ').map(UnicodeWidthStr::width).max();
    let word = longest_word.unwrap_or(0).min(LONG_WORD);
    let (least, most) = if holds(cell, "hex") {
        (DIGEST_LEAST, DIGEST)
    } else if cell.has_class("figures") || holds(cell, "sign") {
        (width.min(UNBROKEN), PROSE)
    } else {
        (word, PROSE)
    };
    let room = ROOM + if holds(cell, "sign") { SIGN } else { 0 };
    Wish {
        least: least.min(width) + room,
        most: width.min(most) + room,
    }
}

/// Whether an element of that class is within `element`.
fn holds(element: &Element, class: &str) -> bool {
    let within = |node: &Node| match node {
        Node::Element(inner) => inner.has_class(class) || holds(inner, class),
        Node::Text(_) => false,
    };
    element.children.iter().any(within)
}

/// The cells of each row of a table.
fn rows(element: &Element) -> Vec<Vec<&Element>> {
    let elements = element.children.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    if element.name == "tr" {
        return vec![elements.collect()];
    }
    elements.flat_map(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_less_than_the_least_while_the_page_has_room() {
        let check = |wishes: &[(usize, usize)], expect: &[usize]| {
            let wishes = wishes.iter().map(|(least, most)| Wish {
                least: *least,
                most: *most,
            });
            assert_eq!(shared(&Vec::from_iter(wishes)), expect);
        };
        check(&[], &[]);
        check(&[(0, 0)], &[1]);
        check(&[(5, 20), (5, 30)], &[20, 30]);
        check(&[(20, 60), (20, 80)], &[44, 56]);
        check(&[(20, 120), (10, 10)], &[90, 10]);
        check(&[(80, 100), (80, 90)], &[80, 80]);
        check(&[(50, 50), (60, 60)], &[50, 60]);
    }

    #[test]
    fn a_table_asks_for_its_widest_cells() {
        let check = |rows: &str, expect: &[usize]| {
            let page = format!("<body><table>{rows}</table></body>");
            let nodes = super::super::markup::body(&page).unwrap();
            let Some(Node::Element(table)) = nodes.first() else {
                panic!("{page}");
            };
            assert_eq!(shares(table), expect, "{rows}");
        };
        check("", &[]);
        check(
            "<tr><td>a</td></tr><tr><td>bcd</td><td>ef</td></tr>",
            &[5, 4],
        );
        check("<tr><td>\u{4e2d}\u{6587}</td><td>a  b</td></tr>", &[6, 5]);
    }
}
