//! Writes a card, always in the same way.

use std::fmt::Write;

use super::{Card, Counts, LEVEL, Rate, decimals};
use crate::text::is_hidden;

/// The value of `format`.
pub(super) const FORMAT: &str = "weighhouse-card/1";

impl Card {
    /// The card as canonical TOML: the same card gives the same bytes.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        line(&mut out, "format", &quoted(FORMAT));
        line(&mut out, "instrument", &quoted(self.instrument.as_str()));
        line(&mut out, "version", &self.version.to_string());
        line(&mut out, "language", &quoted(self.language.as_str()));
        line(&mut out, "date", &quoted(&self.date));
        if let Some(judge) = self.judge {
            out.push_str("\n[judge]\n");
            line(&mut out, "model", &quoted(&judge.model.to_string()));
            line(&mut out, "rubric", &quoted(&judge.rubric.to_string()));
        }
        let totals = self.totals();
        out.push_str("\n[totals]\n");
        counts(&mut out, totals);
        rate(&mut out, "sensitivity", totals.sensitivity());
        rate(&mut out, "specificity", totals.specificity());
        for result in &self.sets {
            out.push_str("\n[[sets]]\n");
            let set = &result.set;
            line(&mut out, "name", &quoted(&set.name));
            line(&mut out, "part", &quoted(&set.part));
            line(&mut out, "sha256", &quoted(&set.sha256.to_string()));
            line(&mut out, "licence", &quoted(&set.licence));
            line(&mut out, "source", &quoted(&set.source));
            counts(&mut out, result.counts);
        }
        out
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(out, "{key} = {value}");
}

fn counts(out: &mut String, counts: Counts) {
    line(out, "items", &counts.items().to_string());
    for (key, count) in counts.named() {
        line(out, key, &count.to_string());
    }
}

fn rate(out: &mut String, name: &str, rate: Option<Rate>) {
    let Some(rate) = rate else {
        return;
    };
    let _ = writeln!(out, "\n[{name}]");
    for (key, parts) in rate.named() {
        line(out, key, &decimals(parts));
    }
    line(out, "level", &LEVEL.to_string());
}

/// A basic string of TOML. What a reader would not see is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' | '\t' => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c if is_hidden(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
