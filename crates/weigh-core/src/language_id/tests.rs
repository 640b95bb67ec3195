//! Languages, scripts and mixtures of our own, what is refused, and text of any kind.

use proptest::prelude::*;

use super::*;

fn found(text: &str, expect: Result<(&str, &str), Undecided>) {
    let found = identify(text).language;
    assert_eq!(found.map(|f| (f.language, f.script)), expect, "{text}");
}

fn asked(text: &str, language: &str, expect: Result<bool, Undecided>) {
    let language: Language = language.parse().unwrap();
    assert_eq!(fidelity(text, &language), expect, "{language}: {text}");
}

const ENGLISH: &str = "The teacher wrote a long letter to the parents of every child in her class.";
const FRENCH: &str =
    "Le professeur a écrit une longue lettre aux parents de chaque enfant de sa classe.";
const SERBIAN: &str = "Učiteljica je napisala dugo pismo roditeljima svakog deteta u svom razredu i nedelju dana čekala odgovor.";
const CYRILLIC: &str = "Учитељица је написала дуго писмо родитељима сваког детета у свом разреду.";

#[test]
fn languages_are_found() {
    for (text, language, script) in [
        (ENGLISH, "en", "Latn"),
        (FRENCH, "fr", "Latn"),
        (CYRILLIC, "sr", "Cyrl"),
        ("Вона написала довгого листа своїй сестрі.", "uk", "Cyrl"),
        ("Она написала длинное письмо своей сестре.", "ru", "Cyrl"),
        (
            "Aliandika barua ndefu kwa wazazi wa watoto wote.",
            "sw",
            "Latn",
        ),
        (
            "Malamar ta rubuta wasiƙa zuwa ga iyayen yara duka.",
            "ha",
            "Latn",
        ),
        ("Ó kọ lẹ́tà gígùn sí àwọn òbí gbogbo ọmọ náà.", "yo", "Latn"),
        (
            "O ko leta gigun si awon obi gbogbo omo naa ni ile eko.",
            "yo",
            "Latn",
        ),
        (
            "O'qituvchi barcha bolalarning ota-onalariga uzun xat yozdi.",
            "uz",
            "Latn",
        ),
        (
            "Ўқитувчи барча болаларнинг ота-оналарига узун хат ёзди.",
            "uz",
            "Cyrl",
        ),
        (
            "معلم نامه‌ای طولانی برای پدر و مادر همه بچه‌ها نوشت.",
            "fa",
            "Arab",
        ),
        (
            "استاد نے تمام بچوں کے والدین کو ایک لمبا خط لکھا۔",
            "ur",
            "Arab",
        ),
        (
            "كتبت المعلمة رسالة طويلة إلى آباء جميع الأطفال.",
            "ar",
            "Arab",
        ),
        (
            "अध्यापिका ने सभी बच्चों के माता-पिता को एक लंबा पत्र लिखा।",
            "hi",
            "Deva",
        ),
        ("ଶିକ୍ଷକ", "or", "Orya"),
        ("ਅਧਿਆਪਕ ਨੇ ਚਿੱਠੀ ਲਿਖੀ", "pa", "Guru"),
        ("ครูเขียนจดหมาย", "th", "Thai"),
        ("선생님이 편지를 썼습니다", "ko", "Hang"),
        ("መምህሯ ለሁሉም ልጆች ወላጆች ረጅም ደብዳቤ ጻፈች።", "am", "Ethi"),
        ("老师给所有孩子的父母写了一封长信。", "zh", "Hans"),
        ("老師給所有孩子的父母寫了一封長信。", "zh", "Hant"),
        ("先生は子供たちの両親に長い手紙を書きました。", "ja", "Jpan"),
    ] {
        found(text, Ok((language, script)));
    }
}

#[test]
fn what_cannot_be_told_says_why() {
    found("", Err(Undecided::NoLetters));
    found(
        "```\nlet a = 1;\n``` 12,5 https://example.org",
        Err(Undecided::NoLetters),
    );
    found("ok", Err(Undecided::TooShort));
    found("山水", Err(Undecided::TooShort));
    found(
        "qwrt zxcvb plkjh mnbvq wqzx rtzpk vbnmq xqzwj kqjxz",
        Err(Undecided::Unknown),
    );
    found("ᓄᓇᕗᑦ ᒐᕙᒪᖓ", Err(Undecided::Unknown));
    let half = format!("{ENGLISH} {FRENCH}");
    assert!(matches!(
        identify(&half).language,
        Err(Undecided::Mixed {
            share: 450..=550,
            ..
        })
    ));
    let close = identify("Kami sudah makan nasi di sana").language;
    let (first, second) = ("id", "ms");
    assert_eq!(close, Err(Undecided::Close { first, second }));
    asked(ENGLISH, "sm", Err(Undecided::NotCovered("sm".to_owned())));
    asked(
        ENGLISH,
        "hi-Latn",
        Err(Undecided::NotCovered("hi-Latn".to_owned())),
    );
    asked("42", "en", Err(Undecided::NoLetters));
    asked("ok", "en", Err(Undecided::TooShort));
}

#[test]
fn a_reply_is_in_the_language_it_was_asked_in_or_not() {
    asked(ENGLISH, "en", Ok(true));
    asked(ENGLISH, "en-GB", Ok(true));
    asked(ENGLISH, "fr", Ok(false));
    asked(FRENCH, "en", Ok(false));
    asked(ENGLISH, "th", Ok(false));
    asked("ครูเขียนจดหมายถึงพ่อแม่", "en", Ok(false));
}

#[test]
fn the_script_must_fit_too() {
    asked(CYRILLIC, "sr", Ok(true));
    asked(SERBIAN, "sr", Ok(true));
    asked(CYRILLIC, "sr-Cyrl", Ok(true));
    asked(CYRILLIC, "sr-Latn", Ok(false));
    asked(SERBIAN, "sr-Latn", Ok(true));
    asked(SERBIAN, "sr-Cyrl", Ok(false));
    let (hans, hant) = ("老师给孩子写信。", "老師給孩子寫信。");
    for (text, tag, fits) in [
        (hans, "zh", true),
        (hans, "zh-Hans", true),
        (hans, "zh-CN", true),
        (hans, "zh-Hant", false),
        (hans, "zh-TW", false),
        (hant, "zh-Hant-HK", true),
        (hant, "zh-Hans", false),
        (hant, "ja", false),
    ] {
        asked(text, tag, Ok(fits));
    }
    // Written alike in both scripts.
    asked("今天天天在山上看水", "zh-Hant", Ok(true));
    asked("今天天天在山上看水", "zh-Hans", Ok(true));
}

#[test]
fn two_languages_are_decided_by_their_share() {
    asked(&format!("{ENGLISH} {FRENCH}"), "en", Ok(false));
    asked(&format!("{ENGLISH} {FRENCH}"), "fr", Ok(false));
    asked(&format!("{}{FRENCH}", ENGLISH.repeat(4)), "en", Ok(true));
    asked(&format!("{}{FRENCH}", ENGLISH.repeat(4)), "fr", Ok(false));
    let half = format!("{ENGLISH} 老师给所有孩子的父母写了一封很长的信。");
    asked(&half, "zh", Ok(false));
    asked(&half, "en", Ok(false));
}

#[test]
fn names_terms_and_code_are_no_other_language() {
    asked(
        "老师用 Python 写了一个程序,叫做 Hello World。",
        "zh",
        Ok(true),
    );
    asked(
        "Учительница сказала: «Hello, my dear friends», и все дети засмеялись вместе с ней.",
        "ru",
        Ok(true),
    );
    let code =
        format!("{FRENCH}\n```\nfor every child in the class: write a letter to the parents\n```");
    asked(&code, "fr", Ok(true));
}

#[test]
fn siblings_are_taken_for_each_other_until_a_word_speaks_against_it() {
    asked("Kami sudah makan nasi di sana", "id", Ok(true));
    asked("Kami sudah makan nasi di sana", "ms", Ok(true));
    let malay =
        "Kereta saya rosak kerana polis di pejabat tidak boleh membayar wang kepada kerajaan.";
    asked(malay, "ms", Ok(true));
    asked(malay, "id", Ok(false));
    let indonesian =
        "Mobil saya rusak karena polisi di kantor tidak bisa membayar uang kepada pemerintah.";
    asked(indonesian, "id", Ok(true));
    asked(indonesian, "ms", Ok(false));
}

#[test]
fn scripts_have_their_shares() {
    let scripts = identify("abc где 東京 7").scripts;
    let rows: Vec<_> = scripts.iter().map(|s| (s.script, s.share)).collect();
    assert_eq!(rows, [("Cyrl", 375), ("Latn", 375), ("Hani", 250)]);
}

#[test]
fn tags_name_the_script() {
    for (text, tag) in [
        (CYRILLIC, Some("sr-Cyrl")),
        ("老師給孩子寫信。", Some("zh-Hant")),
        ("今天天天在山上看水", Some("zh")),
        ("7", None),
    ] {
        let found = language_of(text);
        assert_eq!(found.as_ref().map(Language::as_str), tag, "{text}");
    }
}

#[test]
fn counts_are_by_language() {
    let (en, fr): (Language, Language) = ("en".parse().unwrap(), "fr".parse().unwrap());
    let tallies = tally([(&fr, FRENCH), (&en, ENGLISH), (&en, FRENCH), (&en, "7")]);
    let row = |t: &Tally| (t.language.to_string(), t.n, t.right, t.wrong, t.undecided);
    let rows: Vec<_> = tallies.iter().map(row).collect();
    assert_eq!(
        rows,
        [("en".to_owned(), 3, 1, 1, 1), ("fr".to_owned(), 1, 1, 0, 0)]
    );
}

#[test]
fn every_language_finds_its_own_text() {
    for profile in profiles::all() {
        let tag = format!("{}-{}", profile.tag, profile.script);
        asked(profile.text, &tag, Ok(true));
    }
}

#[test]
fn profiles_are_sound() {
    let mut seen = BTreeSet::new();
    for profile in profiles::all() {
        assert!(
            seen.insert((profile.tag, profile.script)),
            "{} twice",
            profile.tag
        );
        let words: Vec<_> = counted::split(profile.words);
        let foreign = words.iter().find(|w| w.group != profile.script);
        assert_eq!(foreign, None, "{}", profile.tag);
        assert!(words.len() >= 40, "{} has few words", profile.tag);
    }
    let needed = "ar zh en fr ru es hi bn ur pa ta sw ha yo am zu id vi th tl pt tr fa uz de it nl ja ko he el uk";
    for tag in needed.split(' ') {
        assert!(languages().contains(tag), "{tag}");
    }
}

#[test]
fn a_megabyte_reads_like_its_beginning() {
    for piece in [
        "word ",
        "ж",
        "漢字かな",
        "`",
        "<a",
        "\\(",
        "a.b@",
        "\"",
        "\u{202e}\u{0}",
    ] {
        let long = piece.repeat(1_000_000 / piece.len());
        let beginning = &long[..READ.next_multiple_of(piece.len())];
        assert_eq!(
            identify(&long).language,
            identify(beginning).language,
            "{piece}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_and_the_parts_are_the_whole(text in any::<String>()) {
        let identified = identify(&text);
        let shares: u32 = identified.scripts.iter().map(|s| s.share).sum();
        prop_assert!(shares <= 1000);
        if let Ok(found) = identified.language {
            prop_assert!((MOST..=1000).contains(&found.share));
            let asked = found.language.parse::<Language>().unwrap();
            prop_assert_eq!(fidelity(&text, &asked), Ok(true));
        }
    }

    /// What is found does not depend on the case of the letters, nor on spaces around the text.
    #[test]
    fn spaces_and_code_around_change_nothing(words in "[a-zà-ü ]{0,80}", code in "[a-z \n]{0,80}") {
        let inside = identify(&words).language;
        let wrapped = format!("\n  {words}\n```\n{code}\n```\n");
        prop_assert_eq!(identify(&wrapped).language, inside);
    }
}
