//! Every text can be read: WCAG 2.2, 1.4.3 asks for a contrast of 4.5 (relative luminance as in its
//! definition), in light and in dark, on every shade of a heat map.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

const STYLE: &str = include_str!("../src/html/style.css");

type Colour = [f64; 3];

/// The variable `name` as the first or second block of variables gives it, 0 to 255.
fn colour(name: &str, dark: bool) -> Colour {
    let blocks: Vec<&str> = STYLE.split(":root {").skip(1).collect();
    let block = blocks[usize::from(dark)].split('}').next().unwrap();
    let value = block.split(&format!("--{name}: #")).nth(1).unwrap();
    let digits = value.split(';').next().unwrap();
    let digits = if digits.len() == 3 {
        digits.chars().flat_map(|c| [c, c]).collect()
    } else {
        digits.to_owned()
    };
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap()))
}

fn luminance(colour: Colour) -> f64 {
    let linear = colour.map(|c| c / 255.0).map(|c| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_stands_out() {
    for dark in [false, true] {
        let of = |name| colour(name, dark);
        for text in [
            "ink",
            "quiet",
            "link",
            "conforms",
            "inconclusive",
            "not-assessed",
            "does-not-conform",
        ] {
            for ground in ["paper", "sheet"] {
                let found = contrast(of(text), of(ground));
                assert!(found >= 4.5, "{text} on {ground}, dark {dark}: {found}");
            }
        }
        // `.shaded` mixes at most 60 % of the heat into the sheet.
        assert!(STYLE.contains("var(--heat) calc(var(--off) * .6), var(--sheet)"));
        for off in 0..=100 {
            let share = f64::from(off) * 0.006;
            let mixed =
                [0, 1, 2].map(|at| share * of("heat")[at] + (1.0 - share) * of("sheet")[at]);
            let found = contrast(of("ink"), mixed);
            assert!(found >= 4.5, "a cell {off} % off, dark {dark}: {found}");
        }
    }
}
