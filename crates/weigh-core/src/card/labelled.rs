//! Reads replies with people's labels: one JSON object on each line, or a table with a header.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::Spanned;

use super::Instrument;
use crate::diagnostic::{Diagnostic, Notes, Severity, code, readable};
use crate::fields::{self, did_you_mean, known_word};
use crate::json::Value;
use crate::language::Language;
use crate::measure::text::number::Number;
use crate::request::Finish;
use crate::suite::csv::{Row, rows};
use crate::suite::object;
use crate::text::visible_line;

/// The most bytes of a file, and of a line.
const LONGEST: usize = 64 << 20;
const LONGEST_LINE: usize = 1 << 20;
/// Nothing in an item is nested.
const DEPTH: usize = 2;

/// The keys of an item; the last may be missing. Some instruments know [one more](Instrument::against).
const KEYS: [&str; 4] = ["text", "language", "label", FINISH];
const FINISH: &str = "finish";
const FINISHES: [(&str, Finish); 3] = [
    ("end_of_text", Finish::EndOfText),
    ("stop", Finish::Stop),
    ("length", Finish::Length),
];

/// What a person said of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// It refuses.
    Refusal,
    /// It refuses in part. Counts as a refusal.
    Partial,
    /// It answers.
    Compliance,
    /// It is in the language and the script it was asked in.
    InLanguage,
    /// It is not.
    OtherLanguage,
    /// It gives the expected answer.
    Right,
    /// It gives another one, or none.
    Wrong,
    /// It is as the rubric wants it.
    Pass,
    /// It is not.
    Fail,
}

impl Label {
    /// Whether it is what an instrument flags.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        match self {
            Self::Refusal | Self::Partial | Self::InLanguage | Self::Right | Self::Pass => true,
            Self::Compliance | Self::OtherLanguage | Self::Wrong | Self::Fail => false,
        }
    }
}

/// A reply with a person's label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The reply, which may be empty.
    pub text: String,
    /// Its language; for [`Instrument::LanguageId`] the one that it was asked in.
    pub language: Language,
    /// The label.
    pub label: Label,
    /// How it ended. A file that does not say so holds whole replies.
    pub finish: Finish,
    /// What it is held against, for instruments that need that: the expected number, or the request.
    pub against: Option<String>,
}

/// Reads JSONL: `{"text": ..., "language": ..., "label": ..., "finish": ...}` on each line, where
/// `finish` may be missing, with the labels of `instrument` and what it holds a reply against.
///
/// # Errors
/// Every fault, sorted by place.
pub fn labelled_jsonl(
    file: &str,
    bytes: &[u8],
    instrument: Instrument,
) -> Result<Vec<Labelled>, Vec<Diagnostic>> {
    parse(file, bytes, |notes| {
        let (text, mut start) = (notes.text, 0);
        let mut items = Vec::new();
        for line in text.split_inclusive('\n') {
            items.push(of_line(notes, instrument, start, line));
            start += line.len();
        }
        items
    })
}

/// Reads CSV with the same keys as columns.
///
/// # Errors
/// Every fault, sorted by place.
pub fn labelled_csv(
    file: &str,
    bytes: &[u8],
    instrument: Instrument,
) -> Result<Vec<Labelled>, Vec<Diagnostic>> {
    parse(file, bytes, |notes| {
        let mut rows = rows(notes).unwrap_or_default().into_iter();
        let Some(header) = rows.next() else {
            return Vec::new();
        };
        let columns = header
            .cells
            .iter()
            .map(|cell| known_key(notes, instrument, cell.start, &cell.text));
        let columns: Vec<Option<&str>> = columns.collect();
        for (at, column) in columns.iter().enumerate() {
            let earlier = columns.get(..at).unwrap_or_default();
            if let (Some(key), Some(cell)) = (column, header.cells.get(at))
                && earlier.contains(column)
            {
                let message = format!("the column `{key}` stands twice");
                notes.add(code::DUPLICATE_KEY, cell.start, message, None);
            }
        }
        rows.map(|row| of_row(notes, instrument, &columns, row))
            .collect()
    })
}

fn parse(
    file: &str,
    bytes: &[u8],
    items: impl FnOnce(&mut Notes<'_>) -> Vec<Option<Labelled>>,
) -> Result<Vec<Labelled>, Vec<Diagnostic>> {
    let text = readable(file, bytes, LONGEST).map_err(|fault| vec![fault])?;
    let mut notes = Notes::new(file, text);
    let items = items(&mut notes);
    let mut found = notes.finish();
    if items.is_empty() && found.is_empty() {
        let mut notes = Notes::new(file, text);
        notes.add(code::EMPTY, 0, "the file holds no item".to_owned(), None);
        found = notes.finish();
    }
    found.sort();
    let failed = found.iter().any(|d| d.severity == Severity::Error);
    let items: Option<Vec<Labelled>> = items.into_iter().collect();
    items.filter(|_| !failed).ok_or(found)
}

/// The texts of an item by their keys, with their places.
type Texts<'a> = BTreeMap<&'static str, (usize, Cow<'a, str>)>;

fn of_line(
    notes: &mut Notes<'_>,
    instrument: Instrument,
    start: usize,
    line: &str,
) -> Option<Labelled> {
    if line.len() > LONGEST_LINE {
        let message = format!("the line has more than {LONGEST_LINE} bytes");
        notes.add(code::LINE_TOO_LONG, start, message, None);
        return None;
    }
    let (mut texts, mut sound) = (Texts::new(), true);
    for member in object(notes, start, line, DEPTH)? {
        let Some(key) = known_key(notes, instrument, start + member.start, &member.key) else {
            continue;
        };
        let place = start + member.node.start;
        match member.node.value {
            Value::Text(text) => {
                texts.insert(key, (place, text));
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => {
                let message = format!("`{key}` is no text, expected a text");
                notes.add(code::WRONG_TYPE, place, message, None);
                sound = false;
            }
        }
    }
    // What would be said of an item without the faulty text follows from the fault.
    if sound {
        item(notes, instrument, start, texts)
    } else {
        None
    }
}

fn of_row(
    notes: &mut Notes<'_>,
    instrument: Instrument,
    columns: &[Option<&'static str>],
    row: Row<'_>,
) -> Option<Labelled> {
    if row.cells.len() != columns.len() {
        let (cells, expected) = (row.cells.len(), columns.len());
        let message = format!("the line has {cells} cells, expected {expected} as in the header");
        notes.add(code::CSV_SYNTAX, row.start, message, None);
        return None;
    }
    let cells = columns.iter().zip(row.cells);
    let texts = cells.filter_map(|(key, cell)| Some(((*key)?, (cell.start, cell.text))));
    item(notes, instrument, row.start, texts.collect())
}

/// Every key that an item may have.
fn keys(instrument: Instrument) -> impl Iterator<Item = &'static str> + Clone {
    KEYS.into_iter().chain(instrument.against())
}

fn known_key(
    notes: &mut Notes<'_>,
    instrument: Instrument,
    place: usize,
    key: &str,
) -> Option<&'static str> {
    let known = keys(instrument).find(|known| *known == key);
    if known.is_none() {
        let message = format!("`{}` is not known here", visible_line(key));
        let help = did_you_mean(key, keys(instrument));
        notes.add(code::UNKNOWN_KEY, place, message, help);
    }
    known
}

/// The item of `texts`, which stands at byte `start`.
fn item(
    notes: &mut Notes<'_>,
    instrument: Instrument,
    start: usize,
    mut texts: Texts<'_>,
) -> Option<Labelled> {
    for key in keys(instrument).filter(|key| *key != FINISH) {
        if !texts.contains_key(key) {
            let message = format!("expected the key `{key}`");
            notes.add(code::MISSING_KEY, start, message, None);
        }
    }
    let language = texts.get("language");
    let language = language.and_then(|(at, tag)| fields::language(notes, tag, *at));
    let label = texts
        .get("label")
        .and_then(|text| word(notes, "label", text, instrument.labels()));
    let finish = match texts.get(FINISH) {
        Some(text) => word(notes, FINISH, text, &FINISHES),
        None => Some(Finish::EndOfText),
    };
    let against = match instrument.against() {
        Some(key) => Some(against(notes, instrument, texts.remove(key)?)?),
        None => None,
    };
    let (_, text) = texts.remove("text")?;
    Some(Labelled {
        text: text.into_owned(),
        language: language?,
        label: label?,
        finish: finish?,
        against,
    })
}

/// What a reply is held against; a number where the instrument reads numbers.
fn against(
    notes: &mut Notes<'_>,
    instrument: Instrument,
    (place, text): (usize, Cow<'_, str>),
) -> Option<String> {
    if instrument == Instrument::AnswerNumber && text.parse::<Number>().is_err() {
        let message = format!("`{}` is no number", visible_line(&text));
        let help = "write the expected answer as a decimal or a fraction".to_owned();
        notes.add(code::WRONG_TYPE, place, message, Some(help));
        return None;
    }
    Some(text.into_owned())
}

fn word<T: Copy>(
    notes: &mut Notes<'_>,
    key: &str,
    (place, text): &(usize, Cow<'_, str>),
    words: &[(&'static str, T)],
) -> Option<T> {
    let said = Spanned::new(*place..place + text.len(), text.as_ref());
    known_word(notes, code::UNKNOWN_WORD, key, &said, words)
}
