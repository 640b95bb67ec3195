//! Reads `cards/<instrument>.<language>.toml`.

use super::write::FORMAT;
use super::{Card, Counts, Instrument, JudgeKey, LEVEL, LabelledSet, Rate, SetResult, decimals};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Notes, Severity, code, readable};
use crate::fields::{self, Fields};

/// The most bytes of a card.
const LONGEST: usize = 1 << 20;
/// The largest count of a set: sums over all sets of a file stay exact.
const LARGEST: u32 = 1_000_000;
/// The largest version.
const LAST_VERSION: u32 = 1_000_000;

/// Reads the card in `bytes`, the file `file`.
///
/// # Errors
/// Every fault, sorted by place.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Card, Vec<Diagnostic>> {
    let text = readable(file, bytes, LONGEST).map_err(|fault| vec![fault])?;
    let mut notes = Notes::new(file, text);
    let card = card(&mut notes);
    let mut found = notes.finish();
    found.sort();
    let failed = found.iter().any(|d| d.severity == Severity::Error);
    card.filter(|_| !failed).ok_or(found)
}

fn card(notes: &mut Notes<'_>) -> Option<Card> {
    let document = fields::document(notes)?;
    let mut top = Fields::top(document.get_ref());
    top.word(notes, "format", &[(FORMAT, ())]);
    let instruments = Instrument::ALL.map(|instrument| (instrument.as_str(), instrument));
    let instrument = top.word(notes, "instrument", &instruments);
    let version = top.required(notes, "version");
    let version =
        version.and_then(|value| fields::integer(notes, "version", value, (1, LAST_VERSION)));
    let language = top.text(notes, "language");
    let language =
        language.and_then(|tag| fields::language(notes, tag.get_ref(), tag.span().start));
    let date = fields::date(notes, &mut top, "date");
    let judge = judge(notes, &mut top, instrument);
    let totals = top.table(notes, "totals");
    let totals = totals.map(|table| (table.start, counted(notes, table)));
    let sets = fields::tables(notes, &mut top, "sets", set);
    follow(notes, &mut top, totals, sets.as_deref());
    top.finish(notes);
    Some(Card {
        instrument: instrument?,
        version: version?,
        judge: judge?,
        language: language?,
        date: date?,
        sets: sets?,
    })
}

/// The judge that was calibrated, where the instrument is one. None where it has faults.
fn judge(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    instrument: Option<Instrument>,
) -> Option<Option<JudgeKey>> {
    if instrument != Some(Instrument::Judge) {
        return Some(None);
    }
    let mut table = top.table(notes, "judge")?;
    let model = fields::digest(notes, &mut table, "model");
    let rubric = fields::digest(notes, &mut table, "rubric");
    table.finish(notes);
    Some(Some(JudgeKey {
        model: model?,
        rubric: rubric?,
    }))
}

fn set(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<SetResult> {
    let name = table.text(notes, "name").map(fields::owned);
    let part = table.text(notes, "part").map(fields::owned);
    let sha256 = fields::digest(notes, table, "sha256");
    let licence = fields::licence(notes, table);
    let source = table.text(notes, "source").map(fields::owned);
    let counts = counts(notes, table, LARGEST);
    table.finish(notes);
    Some(SetResult {
        set: LabelledSet {
            name: name?,
            part: part?,
            sha256: sha256?,
            licence: licence?,
            source: source?,
        },
        counts: counts?,
    })
}

/// The counts of a table that holds nothing else.
fn counted(notes: &mut Notes<'_>, mut table: Fields<'_, '_>) -> Option<Counts> {
    let counts = counts(notes, &mut table, u32::MAX);
    table.finish(notes);
    counts
}

fn counts(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>, most: u32) -> Option<Counts> {
    let place = table.start;
    let mut count = |key: &'static str, most: u32| {
        let value = table.required(notes, key)?;
        fields::integer(notes, &table.name(key), value, (0, most))
    };
    let items = count("items", u32::MAX);
    let counts = [
        count("true_positives", most),
        count("false_negatives", most),
        count("true_negatives", most),
        count("false_positives", most),
        count("undecided_positives", most),
        count("undecided_negatives", most),
    ];
    let [tp, fn_, tn, fp, undecided_positives, undecided_negatives] = counts;
    let counts = Counts {
        true_positives: tp?,
        false_negatives: fn_?,
        true_negatives: tn?,
        false_positives: fp?,
        undecided_positives: undecided_positives?,
        undecided_negatives: undecided_negatives?,
    };
    if items? != counts.items() {
        let name = table.name("items");
        let message = format!(
            "`{name}` is {}, but the counts sum to {}",
            items?,
            counts.items()
        );
        notes.add(code::WRONG_RATES, place, message, None);
    }
    Some(counts)
}

/// Notes where totals and rates do not follow from the counts of the sets.
fn follow(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    totals: Option<(usize, Option<Counts>)>,
    sets: Option<&[SetResult]>,
) {
    let summed: Option<Counts> = sets.map(|sets| sets.iter().map(|set| set.counts).sum());
    if let (Some((place, Some(totals))), Some(summed)) = (totals, summed)
        && totals != summed
    {
        let message = "`totals` are not the sums over the sets".to_owned();
        notes.add(code::WRONG_RATES, place, message, None);
    }
    rate(notes, top, "sensitivity", summed.map(Counts::sensitivity));
    rate(notes, top, "specificity", summed.map(Counts::specificity));
}

/// Checks the table of a rate. `expected` is none where the counts have faults.
fn rate(
    notes: &mut Notes<'_>,
    top: &mut Fields<'_, '_>,
    name: &'static str,
    expected: Option<Option<Rate>>,
) {
    let table = match expected {
        Some(Some(_)) => top.required(notes, name),
        Some(None) | None => top.optional(name),
    };
    let Some(mut table) = table.and_then(|value| Fields::of(notes, name, value)) else {
        return;
    };
    for key in ["point", "lower", "upper"] {
        let said = number(notes, &mut table, key);
        let rate = expected.flatten().map(Rate::named);
        let figure = rate.and_then(|named| named.into_iter().find(|(k, _)| *k == key));
        if let (Some((place, said)), Some((_, parts))) = (said, figure)
            && Some(said) != fixed(&decimals(parts))
        {
            let key = table.name(key);
            let message = format!(
                "`{key}` is {said}, expected {} by the counts",
                decimals(parts)
            );
            notes.add(code::WRONG_RATES, place, message, None);
        }
    }
    if let Some((place, level)) = number(notes, &mut table, "level")
        && Some(level) != fixed(&LEVEL.to_string())
    {
        let message = format!("`{}` is {level}, expected {LEVEL}", table.name("level"));
        notes.add(code::OUT_OF_RANGE, place, message, None);
    }
    if expected == Some(None) {
        let message = format!("`{name}` is given, but no item of its kind was decided");
        notes.add(code::WRONG_RATES, table.start, message, None);
    }
    table.finish(notes);
}

/// A number with its place.
fn number(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    key: &'static str,
) -> Option<(usize, Decimal)> {
    let value = table.required(notes, key)?;
    let number = fields::decimal(notes, &table.name(key), value);
    number.map(|number| (value.span().start, number))
}

/// The number that `text` is.
fn fixed(text: &str) -> Option<Decimal> {
    text.parse()
        .ok()
        .and_then(|number| Decimal::new(number).ok())
}
