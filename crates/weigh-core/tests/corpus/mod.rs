//! Texts in known languages from the shared data: UDHR, MGSM, XCOPA, MultiJail.

use std::path::{Path, PathBuf};

use weigh_core::language::Language;

/// A text in a known language.
#[allow(dead_code, reason = "not every program reads every field")]
pub struct Sample {
    pub language: Language,
    /// The data set it is from.
    pub set: &'static str,
    /// A sentence, or else a paragraph.
    pub sentence: bool,
    pub text: String,
}

/// Files of UDHR, with the languages they are in.
const DECLARATIONS: &str = "amh:am arb:ar ben:bn cat:ca cmn_hans:zh-Hans deu_1901:de deu_1996:de \
    ell_monotonic:el eng:en eus:eu fra:fr fuf:ff hat_kreyol:ht hau_NG:ha heb:he hin:hi hun:hu ibo:ig ind:id \
    ita:it jav:jv jpn:ja kaz:kk khm:km kin:rw kor:ko lao:lo lug:lg mar:mr mya:my nep:ne pes_1:fa pol:pl \
    por_BR:pt quy:qu rus:ru sin:si som:so spa:es srp_cyrl:sr-Cyrl sun:su swh:sw tam:ta tel:te tha:th tur:tr \
    ukr:uk urd:ur uzn_latn:uz-Latn vie:vi wol:wo xho:xh yor:yo zul:zu";

/// Every text, in a fixed order; none, and a line that says so, where the data are not there.
pub fn samples() -> Vec<Sample> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    let data = PathBuf::from(root).join("data");
    let mut corpus = Corpus::default();
    for (file, tag) in DECLARATIONS
        .split(' ')
        .filter_map(|pair| pair.split_once(':'))
    {
        corpus.declaration(&data.join(format!("udhr/declaration/{file}.html")), tag);
    }
    for tag in "bn de en es fr ja ru sw te th zh".split(' ') {
        corpus.problems(&data.join(format!("mgsm/mgsm/mgsm_{tag}.tsv")), tag);
    }
    for tag in "et ht id it qu sw ta th tr vi zh".split(' ') {
        for part in ["test", "val"] {
            corpus.premises(
                &data.join(format!("xcopa/data/{tag}/{part}.{tag}.jsonl")),
                tag,
            );
        }
    }
    corpus.prompts(&data.join("multijail/data/MultiJail.csv"));
    corpus.0
}

/// Whether a text is in the half that was not looked at while profiles were written, by a sum over
/// its bytes that has nothing to do with what they say.
#[allow(dead_code, reason = "not every program asks")]
pub fn is_unseen(text: &str) -> bool {
    let mix = |sum: u32, byte: u8| sum.wrapping_mul(31).wrapping_add(u32::from(byte));
    (text.bytes().fold(7, mix) >> 7) & 1 == 1
}

#[derive(Default)]
struct Corpus(Vec<Sample>);

impl Corpus {
    fn add(&mut self, tag: &str, set: &'static str, sentence: bool, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let language = tag.parse().unwrap();
        self.0.push(Sample {
            language,
            set,
            sentence,
            text,
        });
    }

    fn paragraph(&mut self, tag: &str, set: &'static str, text: &str) {
        self.add(tag, set, false, text);
        for sentence in sentences(text) {
            self.add(tag, set, true, sentence);
        }
    }

    fn declaration(&mut self, file: &Path, tag: &str) {
        for part in read(file).split("<p>").skip(1) {
            let text = part.split("</p>").next().unwrap_or_default();
            self.paragraph(tag, "udhr", text);
        }
    }

    fn problems(&mut self, file: &Path, tag: &str) {
        for line in read(file).lines() {
            let problem = line.rsplit_once('\t').map_or(line, |(problem, _)| problem);
            self.paragraph(tag, "mgsm", problem);
        }
    }

    fn premises(&mut self, file: &Path, tag: &str) {
        for line in read(file).lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            for field in ["premise", "choice1", "choice2"] {
                self.add(tag, "xcopa", true, record[field].as_str().unwrap());
            }
        }
    }

    fn prompts(&mut self, file: &Path) {
        let text = read(file);
        let mut records = records(text.trim_start_matches('\u{feff}')).into_iter();
        let header = records.next().unwrap_or_default();
        for record in records {
            for (tag, prompt) in header.iter().zip(&record).skip(3) {
                self.add(tag, "multijail", false, prompt);
            }
        }
    }
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|_| {
        println!("skipped: {} is not there", file.display());
        String::new()
    })
}

/// Cut after an end of a sentence: with a space behind it, or of full width.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut space = ' ';
    text.split_inclusive(move |c: char| {
        let before = std::mem::replace(&mut space, c);
        let ended = c.is_whitespace() && ".!?;।۔።؟".contains(before);
        ended || "。！？".contains(c)
    })
}

/// The records of RFC 4180 text.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            _ => field.push(c),
        }
    }
    records
}
