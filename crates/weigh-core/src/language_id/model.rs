//! How well a text fits each language of a script: letters in context, and known words, in integers.
//!
//! A language is an interpolated letter model of order four over its profile (Witten and Bell 1991
//! interpolate in this way; the weight here is a constant): the probability of a letter after the
//! three before it mixes with the one after two, after one, alone, and a uniform one. A word that
//! the profile holds as a whole costs less. All counts and costs are integers and are summed in the order of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::counted::split;
use super::logarithm::{BIT, ONE, cost};
use super::profiles::Profile;
use crate::text::nfkc;

/// Letters that a letter depends on.
const CONTEXT: usize = 3;
/// The weight of the shorter context against the counts after the longer one, from the shortest.
const WEIGHT: [u64; CONTEXT + 1] = [32, 4, 4, 4];
/// The probability of a letter of which nothing is known: one of 512.
const UNIFORM: u64 = ONE / 512;
/// How often a word of the running text counts, against one of the list.
const RUNNING: u32 = 2;
/// By how much a word may at most speak for one language against another: 16 bits.
const CAP: u64 = 16 * BIT as u64;
/// How many bits a known word of `n` letters saves: `n`, at most this.
const KNOWN: u32 = 4;

/// The languages of one script.
pub(super) struct Model {
    profiles: Vec<&'static Profile>,
    /// Letters known to any of the languages; a letter's number is its place, from 2.
    letters: Vec<char>,
    /// Letters in context and contexts, as [`key`] packs them, with where their counts are.
    grams: BTreeMap<u64, Vec<(u8, u32)>>,
    /// Known words with the languages that know them.
    words: BTreeMap<String, Vec<u8>>,
}

/// The cost of a text in each language of a script, in 256ths of a bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Costs(Vec<u64>);

impl Costs {
    /// The cost in the language at `place`.
    pub(super) fn of(&self, place: usize) -> u64 {
        self.0.get(place).copied().unwrap_or(u64::MAX)
    }

    /// Adds another text's costs.
    pub(super) fn add(&mut self, other: &Self) {
        for (sum, cost) in self.0.iter_mut().zip(&other.0) {
            *sum += cost;
        }
    }

    /// Caps the costs, so that a single word, which may be a name, does not decide.
    fn cap(&mut self) {
        let least = self.0.iter().copied().min().unwrap_or(0);
        for cost in &mut self.0 {
            *cost = (*cost).min(least + CAP);
        }
    }

    /// The place of the cheapest language; of equals the first.
    pub(super) fn best(&self) -> usize {
        let costs = self.0.iter().enumerate();
        costs
            .min_by_key(|(_, cost)| **cost)
            .map_or(0, |(place, _)| place)
    }
}

/// Bits of a letter's number.
const LETTER: u32 = 12;
const SPACE: u64 = 0;
const UNKNOWN: u64 = 1;

impl Model {
    /// Learns the languages of one script. `None` where there are none, or more than numbers hold.
    pub(super) fn new(profiles: Vec<&'static Profile>) -> Option<Self> {
        if profiles.is_empty() || profiles.len() > usize::from(u8::MAX) {
            return None;
        }
        let read: Vec<BTreeMap<String, u32>> = profiles.iter().map(|p| lessons(p)).collect();
        let letters: BTreeSet<char> = read
            .iter()
            .flat_map(BTreeMap::keys)
            .flat_map(|w| w.chars())
            .collect();
        if letters.len() + 2 > 1 << LETTER {
            return None;
        }
        let mut model = Self {
            profiles,
            letters: letters.into_iter().collect(),
            grams: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        for (language, words) in (0_u8..).zip(&read) {
            for (word, weight) in words {
                model.learn(language, word, *weight);
            }
        }
        Some(model)
    }

    /// The languages, in the order of [`Costs`].
    pub(super) fn profiles(&self) -> &[&'static Profile] {
        &self.profiles
    }

    fn learn(&mut self, language: u8, word: &str, weight: u32) {
        let numbers = self.numbers(word);
        for end in 1..numbers.len() {
            for order in 0..=CONTEXT.min(end) {
                let gram = numbers.get(end - order..=end).unwrap_or_default();
                let context = numbers.get(end - order..end).unwrap_or_default();
                add(
                    self.grams.entry(key(gram, false)).or_default(),
                    language,
                    weight,
                );
                add(
                    self.grams.entry(key(context, true)).or_default(),
                    language,
                    weight,
                );
            }
        }
        let known = self.words.entry(word.to_owned()).or_default();
        if known.last() != Some(&language) {
            known.push(language);
        }
    }

    /// The numbers of a word's letters, a space before and after.
    fn numbers(&self, word: &str) -> Vec<u64> {
        let number = |c: char| match self.letters.binary_search(&c) {
            Ok(place) => place as u64 + 2,
            Err(_) => UNKNOWN,
        };
        let spaced = std::iter::once(SPACE).chain(word.chars().map(number));
        spaced.chain([SPACE]).collect()
    }

    /// Costs of nothing.
    pub(super) fn nothing(&self) -> Costs {
        Costs(vec![0; self.profiles.len()])
    }

    /// Adds what a word costs.
    pub(super) fn add(&self, word: &str, costs: &mut Costs) {
        let numbers = self.numbers(word);
        let mut own = self.nothing();
        let mut p = vec![UNIFORM; self.profiles.len()];
        for end in 1..numbers.len() {
            p.fill(UNIFORM);
            for order in 0..=CONTEXT.min(end) {
                let gram = numbers.get(end - order..=end).unwrap_or_default();
                let context = numbers.get(end - order..end).unwrap_or_default();
                self.interpolate(order, gram, context, &mut p);
            }
            for (sum, p) in own.0.iter_mut().zip(&p) {
                *sum += u64::from(cost(*p));
            }
        }
        self.save(word, &mut own);
        own.cap();
        costs.add(&own);
    }

    /// One step from a shorter context to a longer one, for every language.
    fn interpolate(&self, order: usize, gram: &[u64], context: &[u64], p: &mut [u64]) {
        let weight = WEIGHT.get(order).copied().unwrap_or(1);
        let Some(contexts) = self.grams.get(&key(context, true)) else {
            return;
        };
        let counts = self
            .grams
            .get(&key(gram, false))
            .map_or(&[][..], Vec::as_slice);
        let mut counts = counts.iter().peekable();
        for (language, total) in contexts {
            let n = counts
                .next_if(|(l, _)| l == language)
                .map_or(0, |(_, n)| *n);
            if let Some(p) = p.get_mut(usize::from(*language)) {
                *p = (u64::from(n) * ONE + weight * *p) / (u64::from(*total) + weight);
            }
        }
    }

    fn save(&self, word: &str, costs: &mut Costs) {
        let letters = word.chars().count().min(KNOWN as usize) as u32;
        for language in self.words.get(word).map_or(&[][..], Vec::as_slice) {
            if let Some(sum) = costs.0.get_mut(usize::from(*language)) {
                *sum = sum.saturating_sub(u64::from(letters * BIT));
            }
        }
    }
}

/// The words of a profile with their weights.
fn lessons(profile: &Profile) -> BTreeMap<String, u32> {
    let bare = without_tones(profile);
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    for (text, weight) in [(profile.words, 1), (profile.text, RUNNING)] {
        for word in split(&nfkc(text)) {
            if let Some(bare) = bare {
                *words.entry(bare(&word.text)).or_default() += weight;
            }
            *words.entry(word.text).or_default() += weight;
        }
    }
    words
}

/// How a language is also written, where many leave out its tone marks or hooks.
fn without_tones(profile: &Profile) -> Option<fn(&str) -> String> {
    match profile.tag {
        "yo" => Some(|word| word.chars().map(without_tone).collect()),
        "ha" | "ff" => Some(|word| word.chars().map(without_hook).collect()),
        _ => None,
    }
}

const fn without_tone(c: char) -> char {
    match c {
        'à' | 'á' | 'ā' => 'a',
        'è' | 'é' | 'ē' => 'e',
        'ì' | 'í' | 'ī' => 'i',
        'ò' | 'ó' | 'ō' => 'o',
        'ù' | 'ú' | 'ū' => 'u',
        'ń' | 'ǹ' => 'n',
        _ => c,
    }
}

const fn without_hook(c: char) -> char {
    match c {
        'ɓ' => 'b',
        'ɗ' => 'd',
        'ƙ' => 'k',
        'ƴ' => 'y',
        _ => c,
    }
}

fn add(counts: &mut Vec<(u8, u32)>, language: u8, weight: u32) {
    match counts.last_mut() {
        Some((last, n)) if *last == language => *n += weight,
        _ => counts.push((language, weight)),
    }
}

/// Up to four letter numbers in one number; contexts apart from grams.
fn key(numbers: &[u64], context: bool) -> u64 {
    let packed = numbers.iter().fold(1, |key, n| (key << LETTER) | n);
    (packed << 1) | u64::from(context)
}
