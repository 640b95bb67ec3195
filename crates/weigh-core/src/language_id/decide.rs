//! From segments to languages: each segment's own, unless that of the whole text fits nearly as well.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::counted::Word;
use super::han::Evidence;
use super::logarithm::BIT;
use super::model::{Costs, Model};
use super::profiles::{self, ALONE};
use super::segment::{Segment, segments};

/// Units of a text that are looked at.
const UNITS: u32 = 6000;
/// Units below which letters that several languages share say nothing.
const FEW: u32 = 12;
/// Bits by which a segment's own language must be ahead of the whole text's to count as another.
const OTHER: u64 = 16;
/// A text that costs more than this in every language is in none of them: five and a quarter bits a
/// letter, and some for texts so short that chance plays. Sentences in their own language cost 2.5 to
/// 4.5 bits a letter, sentences in a language without a profile above five.
const STRANGE: (u64, u64) = (BIT as u64 * 21 / 4, BIT as u64 * 32);

/// A language in a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    pub(super) tag: &'static str,
    pub(super) script: &'static str,
}

/// What the segments say, in units.
#[derive(Debug, Clone, Default)]
pub(super) struct Judged {
    /// In each language.
    pub(super) units: BTreeMap<Kind, u32>,
    /// In too few letters.
    pub(super) short: u32,
    /// In a language or a script that we do not know.
    pub(super) strange: u32,
    /// For the language that fits the whole of a script's text best: by how many bits every other
    /// language of that script fits worse.
    pub(super) behind: BTreeMap<Kind, Vec<(&'static str, u32)>>,
    /// The text's ideographs and kana.
    pub(super) han: Evidence,
}

static MODELS: LazyLock<BTreeMap<&'static str, Model>> = LazyLock::new(|| {
    let mut scripts: BTreeMap<&'static str, Vec<_>> = BTreeMap::new();
    for profile in profiles::all() {
        scripts.entry(profile.script).or_default().push(profile);
    }
    let model = |(script, profiles)| Some((script, Model::new(profiles)?));
    scripts.into_iter().filter_map(model).collect()
});

impl Judged {
    /// The language that fits next to `kind`, and by how many bits worse, where letters decide.
    pub(super) fn second(&self, kind: &Kind) -> Option<(&'static str, u32)> {
        let others = self.behind.get(kind)?.iter().copied();
        others.min_by_key(|(_, bits)| *bits)
    }
}

/// Judges words, script by script: first the whole of a script's text, then its segments.
pub(super) fn judge(words: &[Word]) -> Judged {
    let segments = segments(beginning(words));
    let mut judged = Judged::default();
    let mut groups: BTreeMap<&'static str, Vec<&Segment<'_>>> = BTreeMap::new();
    for segment in &segments {
        groups.entry(segment.group).or_default().push(segment);
    }
    for (group, segments) in groups {
        match MODELS.get(group) {
            Some(model) => by_letters(model, &segments, &mut judged),
            None if group == "Hani" => by_characters(&segments, &mut judged),
            None => by_script(group, &segments, &mut judged),
        }
    }
    judged
}

/// The first words, up to [`UNITS`].
fn beginning(words: &[Word]) -> &[Word] {
    let mut units = 0;
    let too_far = words.iter().position(|word| {
        units += word.units;
        units > UNITS
    });
    words.get(..too_far.unwrap_or(words.len())).unwrap_or(words)
}

fn units(segments: &[&Segment<'_>]) -> u32 {
    segments.iter().map(|s| s.units()).sum()
}

fn by_script(group: &str, segments: &[&Segment<'_>], judged: &mut Judged) {
    match ALONE.iter().find(|(script, _)| *script == group) {
        Some(&(script, tag)) => {
            *judged.units.entry(Kind { tag, script }).or_default() += units(segments);
        }
        None => judged.strange += units(segments),
    }
}

/// Ideographs and kana: the whole decides, as a heading of a Japanese text may have no kana.
fn by_characters(segments: &[&Segment<'_>], judged: &mut Judged) {
    let words = segments.iter().flat_map(|s| &s.words);
    for word in words {
        judged.han.add(&word.text);
    }
    if units(segments) < FEW && !judged.han.has_kana() {
        judged.short += units(segments);
        return;
    }
    for segment in segments {
        let mut own = Evidence::default();
        for word in &segment.words {
            own.add(&word.text);
        }
        let surely_other = own.has_kana() || segment.units() >= 2 * FEW && judged.han.is_mixed();
        let says = if surely_other { &own } else { &judged.han };
        let kind = Kind {
            tag: says.language(),
            script: judged.han.script_of(says.language()),
        };
        *judged.units.entry(kind).or_default() += segment.units();
    }
}

fn by_letters(model: &Model, segments: &[&Segment<'_>], judged: &mut Judged) {
    let all = units(segments);
    if all < FEW {
        judged.short += all;
        return;
    }
    let costs: Vec<Costs> = segments.iter().map(|s| costs(model, s)).collect();
    let mut whole = model.nothing();
    for segment in &costs {
        whole.add(segment);
    }
    let first = whole.best();
    let kind = |place: usize| {
        model.profiles().get(place).map(|p| Kind {
            tag: p.tag,
            script: p.script,
        })
    };
    if let Some(first_kind) = kind(first) {
        let others = model
            .profiles()
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != first);
        let behind = |place| u32::try_from((whole.of(place) - whole.of(first)) / u64::from(BIT));
        let others = others.map(|(place, p)| (p.tag, behind(place).unwrap_or(u32::MAX)));
        judged.behind.insert(first_kind, others.collect());
    }
    let letters: u64 = segments.iter().map(|s| s.letters()).sum();
    let all_strange = is_strange(whole.of(first), letters);
    for (segment, costs) in segments.iter().zip(&costs) {
        let place = own_or(first, costs);
        let strange =
            is_strange(costs.of(place), segment.letters()) || all_strange && place == first;
        match kind(place) {
            Some(kind) if !strange => {
                *judged.units.entry(kind).or_default() += segment.units();
            }
            Some(_) | None => judged.strange += segment.units(),
        }
    }
}

const fn is_strange(cost: u64, letters: u64) -> bool {
    cost > letters * STRANGE.0 + STRANGE.1
}

fn costs(model: &Model, segment: &Segment<'_>) -> Costs {
    let mut costs = model.nothing();
    for word in &segment.words {
        model.add(&word.text, &mut costs);
    }
    costs
}

/// The best language of a segment where it is well ahead of the whole text's, and else the latter.
fn own_or(whole: usize, costs: &Costs) -> usize {
    let own = costs.best();
    if costs.of(whole) - costs.of(own) >= OTHER * u64::from(BIT) {
        own
    } else {
        whole
    }
}
