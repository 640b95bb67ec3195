//! Who made a data set, and under which licence: what the user says, else what its files say, else what is known of sets
//! that were published.

use weigh_core::language::Language;

use super::{Format, Options};
use crate::lm_eval::python::Python;

/// A set as it was published.
struct Published {
    format: Format,
    /// The languages that it was published in: translations by others have other authors, too.
    languages: &'static [&'static str],
    /// The authors of its paper, in the paper's order.
    authors: &'static [&'static str],
    /// SPDX, as its repository states it.
    licence: &'static str,
}

const PUBLISHED: [Published; 10] = [
    // Findings of ACL 2022; github.com/nyu-mll/BBQ.
    Published {
        format: Format::Bbq,
        languages: &["en"],
        authors: &[
            "Alicia Parrish",
            "Angelica Chen",
            "Nikita Nangia",
            "Vishakh Padmakumar",
            "Jason Phang",
            "Jana Thompson",
            "Phu Mon Htut",
            "Samuel R. Bowman",
        ],
        licence: "CC-BY-4.0",
    },
    // EMNLP 2020; github.com/cambridgeltl/xcopa.
    Published {
        format: Format::Xcopa,
        languages: &[
            "et", "ht", "id", "it", "qu", "sw", "ta", "th", "tr", "vi", "zh",
        ],
        authors: &[
            "Edoardo Maria Ponti",
            "Goran Glavaš",
            "Olga Majewska",
            "Qianchu Liu",
            "Ivan Vulić",
            "Anna Korhonen",
        ],
        licence: "CC-BY-4.0",
    },
    // COPA, which XCOPA is translated from: AAAI Spring Symposium 2011; people.ict.usc.edu/~gordon/copa.html.
    Published {
        format: Format::Xcopa,
        languages: &["en"],
        authors: &[
            "Melissa Roemmele",
            "Cosmin Adrian Bejan",
            "Andrew S. Gordon",
        ],
        licence: "BSD-2-Clause",
    },
    // ICLR 2023; github.com/google-research/url-nlp.
    Published {
        format: Format::Mgsm,
        languages: &[
            "bn", "de", "en", "es", "fr", "ja", "ru", "sw", "te", "th", "zh",
        ],
        authors: &[
            "Freda Shi",
            "Mirac Suzgun",
            "Markus Freitag",
            "Xuezhi Wang",
            "Suraj Srivats",
            "Soroush Vosoughi",
            "Hyung Won Chung",
            "Yi Tay",
            "Sebastian Ruder",
            "Denny Zhou",
            "Dipanjan Das",
            "Jason Wei",
        ],
        licence: "CC-BY-4.0",
    },
    // arXiv 2110.14168; github.com/openai/grade-school-math.
    Published {
        format: Format::Gsm8k,
        languages: &["en"],
        authors: &[
            "Karl Cobbe",
            "Vineet Kosaraju",
            "Mohammad Bavarian",
            "Mark Chen",
            "Heewoo Jun",
            "Lukasz Kaiser",
            "Matthias Plappert",
            "Jerry Tworek",
            "Jacob Hilton",
            "Reiichiro Nakano",
            "Christopher Hesse",
            "John Schulman",
        ],
        licence: "MIT",
    },
    // arXiv 2311.07911; github.com/google-research/google-research, instruction_following_eval.
    Published {
        format: Format::Ifeval,
        languages: &["en"],
        authors: &[
            "Jeffrey Zhou",
            "Tianjian Lu",
            "Swaroop Mishra",
            "Siddhartha Brahma",
            "Sujoy Basu",
            "Yi Luan",
            "Denny Zhou",
            "Le Hou",
        ],
        licence: "Apache-2.0",
    },
    // M-IFEval: arXiv 2502.04688; github.com/lightblue-tech/M-IFEval.
    Published {
        format: Format::Ifeval,
        languages: &["es", "fr", "ja"],
        authors: &[
            "Antoine Dussolle",
            "Andrea Cardeña Díaz",
            "Shota Sato",
            "Peter Devine",
        ],
        licence: "Apache-2.0",
    },
    // NAACL 2024; github.com/paul-rottger/xstest.
    Published {
        format: Format::Xstest,
        languages: &["en"],
        authors: &[
            "Paul Röttger",
            "Hannah Rose Kirk",
            "Bertie Vidgen",
            "Giuseppe Attanasio",
            "Federico Bianchi",
            "Dirk Hovy",
        ],
        licence: "CC-BY-4.0",
    },
    // arXiv 2311.08370; github.com/bertiev/SimpleSafetyTests.
    Published {
        format: Format::SimpleSafetyTests,
        languages: &["en"],
        authors: &[
            "Bertie Vidgen",
            "Nino Scherrer",
            "Hannah Rose Kirk",
            "Rebecca Qian",
            "Anand Kannappan",
            "Scott A. Hale",
            "Paul Röttger",
        ],
        licence: "CC-BY-4.0",
    },
    // ICLR 2024; github.com/DAMO-NLP-SG/multilingual-safety-for-LLMs.
    Published {
        format: Format::Multijail,
        languages: &["ar", "bn", "en", "it", "jv", "ko", "sw", "th", "vi", "zh"],
        authors: &[
            "Yue Deng",
            "Wenxuan Zhang",
            "Sinno Jialin Pan",
            "Lidong Bing",
        ],
        licence: "MIT",
    },
];

/// Who made a data set, and its licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// Names; none where nobody told them.
    pub authors: Vec<String>,
    /// SPDX expression.
    pub licence: Option<String>,
}

/// The origin of a set with cases in `languages` that says `about` of itself.
pub(super) fn of<'a>(
    options: &Options,
    about: Option<&Python>,
    languages: impl Iterator<Item = &'a Language>,
) -> Origin {
    let known = |language: &Language| {
        let is_it = |one: &&Published| {
            one.format == options.format && one.languages.contains(&language.as_str())
        };
        PUBLISHED.iter().find(is_it)
    };
    // Where one language is not known, whose set it is, is not known.
    let published: Option<Vec<&Published>> = languages.map(known).collect();
    let published = published.unwrap_or_default();
    let mut authors = options.authors.clone();
    if authors.is_empty() {
        let all = published.iter().flat_map(|one| one.authors);
        authors = distinct(all.copied());
    }
    let licences = || distinct(published.iter().map(|one| one.licence)).join(" AND ");
    let licence = options.licence.clone().or_else(|| said(about));
    Origin {
        authors,
        licence: licence.or_else(|| Some(licences()).filter(|all| !all.is_empty())),
    }
}

/// The licence that the file says, where it is one word, as names of SPDX are.
fn said(about: Option<&Python>) -> Option<String> {
    let said = about?.get("license")?.as_text()?.trim();
    let is_word = !said.is_empty() && !said.contains(char::is_whitespace);
    is_word.then(|| said.to_owned())
}

/// Each text once, in the order in which they come first.
fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.iter().any(|other| other == text) {
            kept.push(text.to_owned());
        }
    }
    kept
}
