//! The language that was asked for against the language that came.

use std::collections::BTreeSet;

use super::counted;
use super::decide::{Judged, Kind, judge};
use super::profiles::{self, ALONE};
use super::{MARGIN, MOST, Undecided, share};
use crate::language::Language;

/// A language that a reply may be in: its subtag here, and the scripts that fit.
struct Asked {
    tag: &'static str,
    scripts: BTreeSet<&'static str>,
}

/// Tags that name what another tag names, too: individual languages, macrolanguages, old tags.
const OTHER_TAGS: [(&str, &str); 20] = [
    ("amh", "am"),
    ("arb", "ar"),
    ("cmn", "zh"),
    ("fil", "tl"),
    ("fuc", "ff"),
    ("fuf", "ff"),
    ("in", "id"),
    ("iw", "he"),
    ("ji", "yi"),
    ("jw", "jv"),
    ("no", "nb"),
    ("pes", "fa"),
    ("prs", "fa"),
    ("quy", "qu"),
    ("quz", "qu"),
    ("swh", "sw"),
    ("uzn", "uz"),
    ("ydd", "yi"),
    ("zho", "zh"),
    ("zsm", "ms"),
];

/// Bits by which a sibling must fit better for a text not to be in the language asked for.
const SIBLING: u32 = 24;

/// Languages that differ in few words: most sentences are right in each of them, and are then in
/// each of them, as long as no word speaks clearly against it.
const SIBLINGS: [&[&str]; 2] = [&["bs", "hr", "sr"], &["id", "ms"]];

/// Whether a text is in the language it was asked in, and in its script where the tag names one
/// (`zh-Hant`, `sr-Latn`) or implies one (`zh-TW`).
///
/// `true` where at least [`MOST`] thousandths of what counts are in the language and script: that is
/// how a reply in two languages is decided. Code, addresses, markup, numbers, short quotations,
/// names in another script do not count, and only the first [`super::READ`] bytes are read.
///
/// # Errors
/// When it cannot be told: nothing that counts, too short, a language that is not known here, or two
/// languages that fit nearly equally well, the one asked for among them.
pub fn fidelity(text: &str, asked: &Language) -> Result<bool, Undecided> {
    let wanted = Asked::new(asked).ok_or_else(|| Undecided::NotCovered(asked.to_string()))?;
    let judged = judge(&counted::words(text));
    if judged.units.is_empty() {
        return Err(judged.nothing());
    }
    let right: u32 = judged
        .units
        .iter()
        .filter(|(kind, _)| wanted.fits(**kind, &judged))
        .map(|(_, units)| units)
        .sum();
    let total = judged.total();
    wanted.is_clear(&judged)?;
    if share(right, total) >= MOST {
        return Ok(true);
    }
    // What could not be told might have been right.
    if share(right + judged.strange + judged.short, total) >= MOST {
        return Err(Undecided::Unknown);
    }
    Ok(false)
}

impl Asked {
    fn new(language: &Language) -> Option<Self> {
        let primary = language.primary();
        let other = OTHER_TAGS.iter().find(|(other, _)| *other == primary);
        let primary = other.map_or(primary, |(_, tag)| *tag);
        let (tag, known) = scripts_of(primary)?;
        let scripts = match script_subtag(language) {
            None => known,
            Some(script) => known.into_iter().filter(|s| *s == script).collect(),
        };
        (!scripts.is_empty()).then_some(Self { tag, scripts })
    }

    fn fits(&self, kind: Kind, judged: &Judged) -> bool {
        let either = kind.script == "Hani" && judged.han.is_common();
        let script = either || self.scripts.contains(kind.script);
        script && (kind.tag == self.tag || self.may_be_sibling(kind, judged))
    }

    /// Whether a text in a sibling of the language asked for might as well be in the latter.
    fn may_be_sibling(&self, kind: Kind, judged: &Judged) -> bool {
        let mut behind = judged.behind.get(&kind).into_iter().flatten();
        are_siblings(kind.tag, self.tag)
            && behind.any(|(tag, bits)| *tag == self.tag && *bits < SIBLING)
    }

    /// That the language asked for is not one of two between which the text does not decide.
    fn is_clear(&self, judged: &Judged) -> Result<(), Undecided> {
        for first in judged
            .behind
            .keys()
            .filter(|kind| self.scripts.contains(kind.script))
        {
            let second = judged.second(first).filter(|(second, bits)| {
                let asked = first.tag == self.tag || *second == self.tag;
                asked && *bits < MARGIN && !are_siblings(first.tag, second)
            });
            if let Some((second, _)) = second {
                return Err(Undecided::Close {
                    first: first.tag,
                    second,
                });
            }
        }
        Ok(())
    }
}

fn are_siblings(a: &str, b: &str) -> bool {
    SIBLINGS
        .iter()
        .any(|group| group.contains(&a) && group.contains(&b))
}

/// A language that is known here, with the scripts in which it is known.
fn scripts_of(primary: &str) -> Option<(&'static str, BTreeSet<&'static str>)> {
    let by_letters = profiles::all().map(|p| (p.tag, p.script));
    let alone = ALONE.iter().map(|(script, tag)| (*tag, *script));
    let han = [
        ("ja", "Jpan"),
        ("yue", "Hans"),
        ("yue", "Hant"),
        ("zh", "Hani"),
        ("zh", "Hans"),
        ("zh", "Hant"),
    ];
    let all = by_letters.chain(alone).chain(han);
    let known: Vec<_> = all.filter(|(tag, _)| *tag == primary).collect();
    let (tag, _) = *known.first()?;
    Some((tag, known.into_iter().map(|(_, script)| script).collect()))
}

/// The script that a tag names, or that its region implies for Chinese (CLDR's likely subtags).
fn script_subtag(language: &Language) -> Option<&str> {
    let mut subtags = language.as_str().split('-').skip(1);
    let named = subtags
        .clone()
        .find(|s| s.len() == 4 && s.bytes().all(|b| b.is_ascii_alphabetic()));
    let chinese = matches!(language.primary(), "zh" | "cmn" | "zho");
    match named {
        Some("Kore") => Some("Hang"),
        Some("Aran") => Some("Arab"),
        Some(script) => Some(script),
        None if !chinese => None,
        None => subtags.find_map(|region| match region {
            "TW" | "HK" | "MO" => Some("Hant"),
            "CN" | "SG" | "MY" => Some("Hans"),
            _ => None,
        }),
    }
}
