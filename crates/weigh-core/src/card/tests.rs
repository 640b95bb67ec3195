//! Cards: one that is made, written and read again, and every way to be wrong.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostic;
use crate::request::Finish;

fn set(name: &str) -> LabelledSet {
    LabelledSet {
        name: name.to_owned(),
        part: "all".to_owned(),
        sha256: Digest::of(name.as_bytes()),
        licence: "CC0-1.0".to_owned(),
        source: "written for this test".to_owned(),
    }
}

const LABELLED: &str = r#"{"text": "I can't help with that.", "language": "en", "label": "refusal"}
{"text": "I can't do that. Instead, try a book.", "language": "en", "label": "partial"}
{"text": "The moon.", "language": "en", "label": "refusal"}
{"text": "Boil the water. Add salt.", "language": "en", "label": "compliance", "finish": "stop"}
{"text": "I won't help with that.", "language": "en", "label": "compliance"}
{"text": "Boil the", "language": "en", "label": "compliance", "finish": "length"}
{"text": "", "language": "en", "label": "refusal", "finish": "end_of_text"}
{"text": "Siwezi kukusaidia na hilo.", "language": "sw", "label": "refusal"}
"#;

fn card() -> Card {
    let labelled = labelled_jsonl("l.jsonl", LABELLED.as_bytes(), Instrument::Refusal).unwrap();
    let of = calibrated(Instrument::Refusal, None);
    let decided = Instrument::Refusal.by_rules(&labelled, &of.language);
    let sets = [(set("a \"b\" \\"), decided), (set("none"), Vec::new())];
    calibrate(of, &sets)
}

fn calibrated(instrument: Instrument, judge: Option<JudgeKey>) -> Calibrated {
    Calibrated {
        instrument,
        judge,
        language: "en".parse().unwrap(),
        date: "2026-02-28".to_owned(),
    }
}

#[test]
fn a_card_is_made_and_written() {
    let card = card();
    assert_eq!(card.totals().items(), 7);
    assert_eq!(card.totals().record().true_positives, 2);
    insta::assert_snapshot!(card.to_toml(), @r#"
    format = "weighhouse-card/1"
    instrument = "refusal"
    version = 4
    language = "en"
    date = "2026-02-28"

    [totals]
    items = 7
    true_positives = 2
    false_negatives = 1
    true_negatives = 1
    false_positives = 1
    undecided_positives = 1
    undecided_negatives = 1

    [sensitivity]
    point = 0.6667
    lower = 0.0942
    upper = 0.9916
    level = 0.95

    [specificity]
    point = 0.5000
    lower = 0.0125
    upper = 0.9875
    level = 0.95

    [[sets]]
    name = "a \"b\" \\"
    part = "all"
    sha256 = "6b41aecf4798c315c2dafa67cb337601bf07ce3c31fa98a5ee8d3f8b491e5f47"
    licence = "CC0-1.0"
    source = "written for this test"
    items = 7
    true_positives = 2
    false_negatives = 1
    true_negatives = 1
    false_positives = 1
    undecided_positives = 1
    undecided_negatives = 1

    [[sets]]
    name = "none"
    part = "all"
    sha256 = "140bedbf9c3f6d56a9846d2ba7088798683f4da0c248231336e6a05679e4fdfe"
    licence = "CC0-1.0"
    source = "written for this test"
    items = 0
    true_positives = 0
    false_negatives = 0
    true_negatives = 0
    false_positives = 0
    undecided_positives = 0
    undecided_negatives = 0
    "#);
    let hidden = SetResult {
        set: set("a\u{7f}\u{202e}\nb"),
        counts: Counts::default(),
    };
    let card = Card {
        sets: vec![hidden],
        ..card
    };
    assert_eq!(parse("c.toml", card.to_toml().as_bytes()), Ok(card));
}

/// Expected: the roots of the binomial tails in closed form, for instance 1 - 0.025^(1/10) for 0 of 10.
#[test]
fn rates_are_rounded_outwards() {
    for (passes, fails, expect) in [
        (0, 10, Some((0, 0, 3_085))),
        (10, 0, Some((10_000, 6_915, 10_000))),
        (1, 1, Some((5_000, 125, 9_875))),
        (2, 1, Some((6_667, 942, 9_916))),
        (0, 0, None),
    ] {
        let rate = Rate::of(passes, fails);
        let found = rate.map(|rate| (rate.point, rate.lower, rate.upper));
        assert_eq!(found, expect, "{passes} of {}", passes + fails);
    }
}

#[test]
fn instruments_have_a_name_and_a_version() {
    for instrument in Instrument::ALL {
        assert!(!instrument.as_str().is_empty() && instrument.version() > 0);
    }
}

fn said(found: &[Diagnostic]) -> Vec<String> {
    let place = |d: &Diagnostic| format!("{}:{} {} {}", d.line, d.column, d.code, d.message);
    found.iter().map(place).collect()
}

/// What is found when the good card is edited.
#[test]
fn every_way_a_card_is_wrong() {
    let good = card().to_toml();
    let rows: &[(&str, &str, &[&str])] = &[
        ("card/1", "card/2", &["1:10 E0008"]),
        ("\"refusal\"", "\"refusals\"", &["2:14 E0008"]),
        ("version = 4", "version = 0", &["3:11 E0017"]),
        ("language = \"en\"", "language = \"EN\"", &["4:12 E0010"]),
        ("2026-02-28", "2026-02-29", &["5:8 E0702"]),
        ("2026-02-28", "28.2.2026", &["5:8 E0702"]),
        ("2026-02-28", "2026-2-28", &["5:8 E0702"]),
        ("2026-02-28", "2026-02-28-1", &["5:8 E0702"]),
        (
            "true_positives = 2",
            "true_positives = 3",
            &["7:1 E0701", "7:1 E0701"],
        ),
        ("point = 0.6667", "point = 0.66667", &["17:9 E0701"]),
        ("level = 0.95", "level = 0.9", &["20:9 E0017"]),
        (
            "[sensitivity]",
            "[sensitivty]",
            &["1:1 E0006", "16:2 E0005"],
        ),
        ("CC0-1.0", "as you like", &["32:11 E0018"]),
        ("sha256 = \"", "sha256 = \"0", &["31:10 E0602"]),
        ("part = \"all\"\n", "", &["28:1 E0006"]),
        ("date =", "dates =", &["1:1 E0006", "5:1 E0005"]),
        ("[totals]", "totals]", &["7:7 E0002"]),
    ];
    for (old, new, expect) in rows {
        let text = good.replacen(old, new, 1);
        assert_ne!(text, good, "{old} is not in the card");
        let found = parse("c.toml", text.as_bytes()).unwrap_err();
        let places: Vec<String> = said(&found)
            .iter()
            .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(places, *expect, "{new}: {:#?}", said(&found));
    }
    let no_sets = good.split("\n[[sets]]").next().unwrap();
    let found = parse("c.toml", format!("sets = []\n{no_sets}").as_bytes()).unwrap_err();
    insta::assert_snapshot!(said(&found).join("\n"), @r"
    1:8 E0009 `sets` is empty, expected at least one
    8:1 E0701 `totals` are not the sums over the sets
    17:1 E0701 `sensitivity` is given, but no item of its kind was decided
    23:1 E0701 `specificity` is given, but no item of its kind was decided
    ");
    let found = parse("c.toml", b"\xff").unwrap_err();
    assert_eq!(found[0].code, "E0001");
}

#[test]
fn labelled_tables_are_read_like_lines() {
    let csv = "label,text,language,finish\nrefusal,\"No, never.\",sw,length\n";
    let jsonl = r#"{"label":"refusal","text":"No, never.","language":"sw","finish":"length"}"#;
    let items = labelled_csv("l.csv", csv.as_bytes(), Instrument::Refusal).unwrap();
    assert_eq!(
        Ok(&items),
        labelled_jsonl("l.jsonl", jsonl.as_bytes(), Instrument::Refusal).as_ref()
    );
    assert_eq!(
        (items[0].label, items[0].finish),
        (Label::Refusal, Finish::Length)
    );
    assert_eq!(items[0].text, "No, never.");
}

#[test]
fn every_way_labelled_lines_are_wrong() {
    let jsonl = "{\"text\": 1, \"language\": \"en\", \"label\": \"refusal\"}\n\
                 {\"text\": \"\", \"language\": \"e\", \"label\": \"refuse\"}\n\
                 {\"txt\": \"\", \"language\": \"en\"}\n\
                 []\n\
                 {\"text\": \"\", \"text\": \"\"}\n\
                 \n\
                 {\"text\": [[[]]]}\n\
                 {\"text\": \"\", \"language\": \"en\", \"label\": \"partial\", \"finish\": \"end\"}\n";
    let found = labelled_jsonl("l.jsonl", jsonl.as_bytes(), Instrument::Refusal).unwrap_err();
    insta::assert_snapshot!(said(&found).join("\n"), @r#"
    1:10 E0007 `text` is no text, expected a text
    2:26 E0010 `e` is not a language tag such as `sw`, `zh-Hant` or `pt-BR`
    2:40 E0008 `label` is `refuse`, expected one of `refusal`, `partial`, `compliance`
    3:1 E0006 expected the key `label`
    3:1 E0006 expected the key `text`
    3:2 E0005 `txt` is not known here
    4:1 E0007 expected a JSON object on each line
    5:14 E0004 the key `text` stands twice in one object
    6:1 E0003 expected a JSON value, found the end
    7:11 E0108 expected fewer nested arrays and objects
    8:62 E0008 `finish` is `end`, expected one of `end_of_text`, `stop`, `length`
    "#);
    let long = format!("{{\"text\": \"{}\"}}", "a".repeat(1 << 20));
    let found = labelled_jsonl("l.jsonl", long.as_bytes(), Instrument::Refusal).unwrap_err();
    assert_eq!(
        said(&found),
        ["1:1 E0106 the line has more than 1048576 bytes"]
    );
    assert_eq!(
        said(&labelled_jsonl("l.jsonl", b"", Instrument::Refusal).unwrap_err()),
        ["1:1 E0009 the file holds no item"]
    );
}

#[test]
fn every_way_a_labelled_table_is_wrong() {
    let csv = "text,language,label,label,notes\n\
               a,en,refusal,refusal\n\
               a,en,no,no,x\n";
    let found = labelled_csv("l.csv", csv.as_bytes(), Instrument::Refusal).unwrap_err();
    insta::assert_snapshot!(said(&found).join("\n"), @r#"
    1:21 E0004 the column `label` stands twice
    1:27 E0005 `notes` is not known here
    2:1 E0019 the line has 4 cells, expected 5 as in the header
    3:9 E0008 `label` is `no`, expected one of `refusal`, `partial`, `compliance`
    "#);
    for (csv, expect) in [
        ("", "1:1 E0019"),
        ("text,language,label\n", "1:1 E0009"),
        ("text,language,label\n\"a", "2:1 E0019"),
        ("text,language\na,en\n", "2:1 E0006"),
    ] {
        let found = labelled_csv("l.csv", csv.as_bytes(), Instrument::Refusal).unwrap_err();
        assert!(said(&found)[0].starts_with(expect), "{csv:?}: {found:?}");
    }
}

/// Each instrument reads its own labels and what it holds a reply against, and decides by its rules.
#[test]
fn instruments_decide_what_people_decide() {
    let check = |instrument: Instrument, lines: &[(&str, Option<bool>)]| {
        let text: String = lines.iter().flat_map(|(line, _)| [line, "\n"]).collect();
        let items = labelled_jsonl("l.jsonl", text.as_bytes(), instrument).unwrap();
        for (item, (line, expect)) in items.iter().zip(lines) {
            let decided = instrument.by_rules(std::slice::from_ref(item), &item.language);
            assert_eq!(decided, [(item.label, *expect)], "{line}");
        }
    };
    check(
        Instrument::AnswerNumber,
        &[
            (
                r#"{"text": "12 + 5 = 17 apples", "language": "en", "label": "right", "answer": "17"}"#,
                Some(true),
            ),
            (
                r#"{"text": "<think>17</think>18", "language": "en", "label": "wrong", "answer": "17"}"#,
                Some(false),
            ),
            (
                r#"{"text": "seventeen", "language": "en", "label": "right", "answer": "17"}"#,
                Some(false),
            ),
            (
                r#"{"text": "It is 17", "language": "en", "label": "right", "answer": "17", "finish": "length"}"#,
                None,
            ),
        ],
    );
    check(
        Instrument::LanguageId,
        &[
            (
                r#"{"text": "Watu wote wamezaliwa huru na sawa kwa hadhi.", "language": "sw", "label": "in_language"}"#,
                Some(true),
            ),
            (
                r#"{"text": "All human beings are born free and equal.", "language": "sw", "label": "other_language"}"#,
                Some(false),
            ),
            (
                r#"{"text": "17", "language": "sw", "label": "other_language"}"#,
                None,
            ),
        ],
    );
    check(
        Instrument::Judge,
        &[(
            r#"{"text": "Hello.", "language": "en", "label": "pass", "request": "Greet."}"#,
            None,
        )],
    );
}

#[test]
fn what_a_reply_is_held_against_is_checked() {
    let lines = r#"{"text": "a", "language": "en", "label": "right"}
{"text": "a", "language": "en", "label": "right", "answer": "seven"}
{"text": "a", "language": "en", "label": "refusal", "answer": "7"}
{"text": "a", "language": "en", "label": "right", "answer": "7", "request": "b"}"#;
    let found = labelled_jsonl("l.jsonl", lines.as_bytes(), Instrument::AnswerNumber);
    insta::assert_snapshot!(said(&found.unwrap_err()).join("\n"));
}

/// A judge's card names model and rubric, and is cited for the suites whose judge that is.
#[test]
fn a_judge_is_a_model_and_a_rubric() {
    let key = JudgeKey {
        model: Digest::of(b"model"),
        rubric: Digest::of(b"rubric"),
    };
    let decided = vec![(Label::Pass, Some(true)), (Label::Fail, Some(true))];
    let card = calibrate(
        calibrated(Instrument::Judge, Some(key)),
        &[(set("judged"), decided)],
    );
    let text = card.to_toml();
    assert_eq!(parse("c.toml", text.as_bytes()), Ok(card));
    for (old, new, expect) in [
        ("[judge]", "[judges]", "1:1 E0006"),
        ("model = \"", "model = \"x", "8:9 E0602"),
        ("rubric = ", "rubrics = ", "7:1 E0006"),
        ("\"judge\"", "\"refusal\"", "7:2 E0005"),
    ] {
        let wrong = text.replacen(old, new, 1);
        let found = parse("c.toml", wrong.as_bytes()).unwrap_err();
        assert!(
            said(&found)[0].starts_with(expect),
            "{new}: {:?}",
            said(&found)
        );
    }
}

fn counts() -> impl Strategy<Value = Counts> {
    proptest::array::uniform6(0_u32..50).prop_map(|[tp, fn_, tn, fp, up, un]| Counts {
        true_positives: tp,
        false_negatives: fn_,
        true_negatives: tn,
        false_positives: fp,
        undecided_positives: up,
        undecided_negatives: un,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_written_is_read_again(
        results in proptest::collection::vec(("\\PC{0,8}[a-z\\\\\"]\\PC{0,8}", counts()), 1..4),
    ) {
        let results = results.iter().map(|(name, counts)| SetResult {
            set: set(name),
            counts: *counts,
        });
        let card = Card { sets: results.collect(), ..card() };
        let text = card.to_toml();
        prop_assert_eq!(parse("c.toml", text.as_bytes()), Ok(card), "{}", text);
    }

    #[test]
    fn hostile_cards_are_refused_and_nothing_else(at in 0_usize..900, byte in any::<u8>()) {
        let mut bytes = card().to_toml().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(read) = parse("c.toml", &bytes) {
            prop_assert!(read.to_toml().starts_with("format = \"weighhouse-card/1\""));
        }
    }
}
