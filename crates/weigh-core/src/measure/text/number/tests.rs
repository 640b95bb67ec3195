//! Numbers of texts in many notations.

use proptest::prelude::*;

use super::*;

fn english() -> Language {
    "en".parse().unwrap()
}

#[test]
fn the_answer_of_a_text() {
    let en = english();
    let markers = markers(&en);
    for (text, rule, expect) in [
        ("5 + 6 = 11. The answer is 11.", Rule::Last, Some("11")),
        ("no number", Rule::Last, None),
        (
            "The answer is 18. She has 3 left.",
            Rule::After(&markers),
            Some("18"),
        ),
        (
            "THE ANSWER IS: **$1,234.50**",
            Rule::After(&markers),
            Some("1234.5"),
        ),
        (
            "The answer is 5 + 6 = 11 apples, or 12.",
            Rule::After(&markers),
            Some("11"),
        ),
        (
            "The answer is 5 boxes = 60 eggs",
            Rule::After(&markers),
            Some("60"),
        ),
        ("Answer: 3. Answer: 4.", Rule::After(&markers), Some("4")),
        ("#### -7", Rule::After(&markers), Some("-7")),
        (r"So $\boxed{42}$ of 50.", Rule::After(&markers), Some("42")),
        ("It is 18.", Rule::After(&markers), None),
        ("It is 18.", Rule::AfterOrLast(&markers), Some("18")),
        ("The answer is unknown", Rule::AfterOrLast(&markers), None),
    ] {
        let found = answer_number(text, &en, rule).map(|found| found.number.to_string());
        assert_eq!(found.as_deref(), expect, "{text}");
    }
}

#[test]
fn matches_are_exact() {
    let eighteen: Number = "18".parse().unwrap();
    for (text, language, expect) in [
        ("उत्तर १८।", "hi", Some(true)),
        ("উত্তর ১৮", "bn", Some(true)),
        ("คำตอบคือ ๑๘", "th", Some(true)),
        ("答案是１８。", "zh", Some(true)),
        ("الإجابة ١٨٫٠", "ar", Some(true)),
        ("-18", "en", Some(false)),
        ("18.0000000000000000000000001", "en", Some(false)),
        ("$18.00", "en", Some(true)),
        ("36/2", "en", Some(true)),
        ("eighteen", "en", None),
    ] {
        let language = language.parse().unwrap();
        let references = std::slice::from_ref(&eighteen);
        let result = numeric_match(text, references, &language, Rule::Last);
        assert_eq!(result, expect, "{text}");
    }
    assert_eq!(numeric_match("5", &[], &english(), Rule::Last), Some(false));
}

#[test]
fn places_are_bytes_of_the_text() {
    let text = "उत्तर: $१,२३४ नहीं -5/8";
    let hindi = "hi".parse().unwrap();
    let parts: Vec<&str> = numbers(text, &hindi)
        .iter()
        .map(|found| &text[found.start..found.end])
        .collect();
    assert_eq!(parts, ["१,२३४", "5/8"]);
}

/// The numbers of `text` as they are shown.
fn shown(text: &str, language: &str) -> Vec<String> {
    let language = language.parse().unwrap();
    let found = numbers(text, &language).into_iter();
    found.map(|found| found.number.to_string()).collect()
}

#[test]
fn notations_of_languages() {
    for (language, text, expect) in [
        ("en", "1,234.5", "1234.5"),
        ("en", "1,234", "1234"),
        ("en", "1.234", "1.234"),
        ("en", "1,5", "1.5"),
        ("en", "0,125", "0.125"),
        ("en", "1234,567", "1234.567"),
        ("en", "12,34,567", "1234567"),
        ("hi", "₹१२,३४,५६७.५०", "1234567.5"),
        ("de", "1.234,5", "1234.5"),
        ("de", "1.234", "1234"),
        ("de", "1,234", "1.234"),
        ("de", "1,234.5", "1234.5"),
        ("de", "1,234,567", "1234567"),
        ("de-CH", "1'234.50", "1234.5"),
        ("fr", "1 234,5", "1234.5"),
        ("fr", "1\u{202f}234\u{202f}567", "1234567"),
        ("ru", "1 234 567,25 руб.", "1234567.25"),
        ("es-MX", "1,234", "1234"),
        ("es", "1,234", "1.234"),
        ("ar", "١٬٢٣٤٫٥", "1234.5"),
        ("fa", "۱٬۲۳۴", "1234"),
        ("zh", "１，２３４．５", "1234.5"),
        ("zh", "3.5万", "35000"),
        ("ja", "2億円", "200000000"),
        ("en", "2.5e3", "2500"),
        ("en", "1E-2", "0.01"),
        ("en", ".5", "0.5"),
        ("en", "1 1/2", "3/2"),
        ("en", "1½", "3/2"),
        ("en", "-2 ⅓", "-7/3"),
        ("en", "USD5", "5"),
        ("sw", "Ksh500", "500"),
        ("hi", "Rs.500", "500"),
        ("te", "సమాధానం 39.చాక్లెట్", "39"),
    ] {
        assert_eq!(shown(text, language), [expect], "{language} {text}");
    }
}

#[test]
fn lists_dates_and_names() {
    for (language, text, expect) in [
        ("en", "1,2,3", vec!["1", "2", "3"]),
        ("en", "1,2,3.5", vec!["1", "2", "3.5"]),
        ("de", "12.05.2023", vec!["12", "05", "2023"]),
        ("en", "06/12/2023", vec!["6", "12", "2023"]),
        ("en", "5 200", vec!["5", "200"]),
        ("fr", "5 20", vec!["5", "20"]),
        ("en", "CO2, x2, v1.5 and x_3", vec![]),
        ("en", "12:30", vec!["12", "30"]),
        ("en", "m² and 10²", vec!["10"]),
        ("en", "1/0", vec!["1", "0"]),
        ("en", "4.", vec!["4"]),
        ("en", "...5", vec!["5"]),
        ("en", "2e", vec!["2"]),
        ("en", "2e9999", vec!["2"]),
        ("en", "1,234.567,8", vec!["1", "234.567", "8"]),
    ] {
        let expect: Vec<String> = expect
            .into_iter()
            .map(|n: &str| n.parse::<Number>().unwrap().to_string())
            .collect();
        assert_eq!(shown(text, language), expect, "{language} {text}");
    }
}

#[test]
fn signs_and_operators() {
    for (text, expect) in [
        ("-5", "-5"),
        ("\u{2212}5", "-5"),
        ("=-5", "-5"),
        ("(-5)", "-5"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("-US$ 5", "-5"),
        ("\u{200e}-\u{200e}٥", "-5"),
        ("-.5", "-0.5"),
        ("-3/4", "-3/4"),
        ("- 5", "5"),
        ("COVID-19", "19"),
        ("58-23", "23"),
        ("x)-2", "2"),
        ("--5", "5"),
        ("— 5", "5"),
        ("-0", "0"),
    ] {
        assert_eq!(
            shown(text, "en").last().map(String::as_str),
            Some(expect),
            "{text}"
        );
    }
}

/// `value` with `decimals` of its digits after the mark, as a language writes it.
fn write(value: i64, decimals: usize, group: &str, mark: &str, zero: char) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut text = if value < 0 {
        "-".to_owned()
    } else {
        String::new()
    };
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push_str(group);
        }
        text.push(digit);
    }
    if decimals > 0 {
        text = text + mark + fraction;
    }
    let native = |c: char| c.to_digit(10).and_then(|d| char::from_u32(zero as u32 + d));
    text.chars().map(|c| native(c).unwrap_or(c)).collect()
}

proptest! {
    #[test]
    fn what_a_language_writes_is_read_back(
        value in -10_i64.pow(12)..10_i64.pow(12), decimals in 0_usize..5, pick in 0_usize..9
    ) {
        let (tag, group, mark, zero) = [
            ("en", ",", ".", '0'), ("de", ".", ",", '0'), ("ru", " ", ",", '0'),
            ("fr", "\u{202f}", ",", '0'), ("de-CH", "'", ".", '0'), ("ar", "٬", "٫", '٠'),
            ("bn", ",", ".", '০'), ("zh", "，", "．", '０'), ("th", ",", ".", '๐'),
        ][pick];
        let sign = if value < 0 { "-" } else { "" };
        let expect: Number = format!("{sign}{}", write(value.abs(), decimals, "", ".", '0'))
            .parse()
            .unwrap();
        let text = format!("= {}.", write(value, decimals, group, mark, zero));
        let language = tag.parse().unwrap();
        let found = answer_number(&text, &language, Rule::Last);
        prop_assert_eq!(found.map(|found| found.number), Some(expect), "{}", text);
    }

    #[test]
    fn no_text_breaks_the_scan(text in "[-−0-9१٫٬.,/ '½万eE$x=]{0,24}") {
        for tag in ["en", "ru"] {
            for found in numbers(&text, &tag.parse().unwrap()) {
                prop_assert!(text.get(found.start..found.end).is_some());
                prop_assert_eq!(found.number.to_string().parse(), Ok(found.number));
            }
        }
    }
}
