//! The parts that transforms are made of, against vectors and independent ways.

use unicode_normalization::UnicodeNormalization;

use super::super::cluster::{clusters, holds};
use super::super::order::{permute, rotations};
use super::super::seed::{Draws, seed_for};
use super::super::{Kind, Level, Transform, frames, keyboard};
use super::samples::language;

/// Vectors from Python's hashlib and struct.
#[test]
fn seeds_are_the_digests_of_their_parts() {
    let check = |seed, [suite, case, transform]: [&str; 3], expect| {
        assert_eq!(
            seed_for(seed, suite, case, transform),
            expect,
            "{suite} {case}"
        );
    };
    check(0, ["", "", ""], 0xfb92_9c05_7388_d4f2);
    check(
        1,
        ["safety/refusal", "vcr-01", "typos"],
        0x37be_38cb_1ac7_12d1,
    );
    check(
        1,
        ["safety/refusalv", "cr-01", "typos"],
        0x7cdb_1d92_8874_4c06,
    );
    check(u64::MAX, ["a", "b", "c"], 0xd3d4_0a58_4fee_5025);
    check(3, ["s", "привет", "rot13"], 0x5dac_e7c5_4811_a222);
}

/// The first draws of seed 1234567 in the generator's public C implementation.
#[test]
fn draws_are_those_of_splitmix64() {
    let mut draws = Draws::new(1_234_567);
    let expect = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    assert_eq!(expect.map(|_| draws.bits()), expect);
}

#[test]
fn small_numbers_are_drawn_evenly() {
    let mut draws = Draws::new(7);
    let mut counts = [0_u32; 6];
    for _ in 0..6000 {
        counts[draws.below(6)] += 1;
    }
    // Five standard deviations around 1000.
    assert!(
        counts.iter().all(|c| (856..=1144).contains(c)),
        "{counts:?}"
    );
    assert_eq!((draws.below(0), draws.below(1)), (0, 0));
    assert_eq!(draws.one_of::<u8>(&[]), None);
    assert!(draws.pick(0, 50).is_empty());
    for seed in 0..200 {
        assert!(Draws::new(seed).pick(3, 1).contains(&true));
    }
}

/// Vectors from a Python program after the documentation.
#[test]
fn permutations() {
    for (count, seed, expect) in [
        (0, 0, &[][..]),
        (1, 0, &[0]),
        (2, 5, &[1, 0]),
        (4, 0, &[2, 0, 1, 3]),
        (4, 1, &[0, 1, 3, 2]),
        (5, 99, &[4, 3, 2, 0, 1]),
    ] {
        assert_eq!(permute(count, seed), expect, "{count} {seed}");
    }
    for seed in 0..300 {
        let mut order = permute(3, seed);
        assert!(!order.is_sorted());
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2]);
    }
    let all: std::collections::BTreeSet<_> = (0..300).map(|seed| permute(3, seed)).collect();
    assert_eq!(all.len(), 5);
    assert_eq!(rotations(3), [[0, 1, 2], [1, 2, 0], [2, 0, 1]]);
    assert_eq!(rotations(0), [[0_usize; 0]; 0]);
}

#[test]
fn placeholders_urls_and_addresses_are_kept() {
    for (text, expect) in [
        ("plain text, 3:4", ""),
        ("ask {name} now", "{name}"),
        ("{a}{b} {open\n} {c", "{a}{b}"),
        (
            "see (https://example.org/a?b={c}), or",
            "https://example.org/a?b={c}",
        ),
        ("看https://example.cn/x。好", "https://example.cn/x"),
        (
            "a@example.org, www.example.org!",
            "a@example.orgwww.example.org",
        ),
        ("a@b :// www. @x.y x://", ""),
        ("{é\u{301}} {👩\u{200d}🚀}", "{é\u{301}}{👩\u{200d}🚀}"),
    ] {
        let kept: String = clusters(text)
            .iter()
            .filter(|c| c.kept)
            .map(|c| c.text)
            .collect();
        assert_eq!(kept, expect, "{text}");
    }
}

#[test]
fn clusters_that_would_join_are_seen() {
    assert!(holds(&["a", "b"]));
    assert!(holds(&[]));
    // A vowel sign joins the letter before it; jamo join each other.
    assert!(!holds(&["क", "\u{93f}"]));
    assert!(!holds(&["\u{1100}", "\u{1161}"]));
}

#[test]
fn keys_lie_beside_each_other() {
    for (tag, letter, expect) in [
        ("en", "g", "t y f h v b"),
        ("en", "G", "T Y F H V B"),
        ("en", "q", "w a"),
        ("en", "é", ""),
        ("de", "t", "r z f g"),
        ("fr", "a", "é z q"),
        ("es", "ñ", "p l"),
        ("tr", "ş", "p ğ l i ç"),
        ("tr", "Ş", "P Ğ L İ Ç"),
        ("ru", "а", "к е в п с м"),
        ("uk", "і", "ц у ф в я ч"),
        ("el", "σ", "ς ε α δ ζ χ"),
        ("he", "ש", "ד ז"),
        ("fa", "گ", "ج چ ک"),
        ("hi", "क", "ग द र त स"),
        ("hi", "कि", "गि दि रि ति सि कु की कू"),
        ("th", "ก", "พ ห ด ป แ \u{e33}"),
        ("ko", "각", "닥 삭 악 락 걱 긱 갹 객 극 갇 갓 강 갈"),
    ] {
        let language = language(tag);
        let mut near = keyboard::of(&language).unwrap().near(letter);
        let mut expect: Vec<&str> = expect.split_whitespace().collect();
        near.sort();
        expect.sort_unstable();
        assert_eq!(near, expect, "{tag} {letter}");
    }
}

/// Neighbours are neighbours of each other, and stay in Normalization Form C.
#[test]
fn neighbours_are_mutual() {
    for tag in [
        "en", "de", "fr", "es", "pt", "tr", "ru", "uk", "el", "ar", "he", "fa", "hi", "bn", "th",
    ] {
        let language = language(tag);
        let keyboard = keyboard::of(&language).unwrap();
        let letters = super::samples::ALL
            .iter()
            .flat_map(|(_, text)| text.chars());
        for letter in letters.map(String::from) {
            for near in keyboard.near(&letter) {
                assert_ne!(near, letter);
                assert!(
                    keyboard.near(&near).contains(&letter),
                    "{tag} {letter} {near}"
                );
                assert_eq!(near.nfc().collect::<String>(), near);
            }
        }
    }
}

/// By Unicode's own decomposition, a neighbouring key changes one letter of a syllable.
#[test]
fn one_letter_of_a_syllable_changes() {
    let language = language("ko");
    let keyboard = keyboard::of(&language).unwrap();
    for syllable in ["가", "한", "힣", "깎", "몇", "읽", "의"] {
        for near in keyboard.near(syllable) {
            let pairs = syllable.nfd().zip(near.nfd());
            assert_eq!(
                pairs.filter(|(a, b)| a != b).count(),
                1,
                "{syllable} {near}"
            );
            assert_eq!(syllable.nfd().count(), near.nfd().count());
        }
    }
    assert!(!keyboard.near("한").is_empty());
    assert_eq!(keyboard.near("漢"), [""; 0]);
    assert_eq!(keyboard.without_last_key("한").as_deref(), Some("하"));
    assert_eq!(keyboard.without_last_key("하"), None);
}

#[test]
fn scripts_decide() {
    for (tag, typos, frame) in [
        ("en", true, true),
        ("en-GB", true, true),
        ("zh", false, true),
        ("zh-Hans-SG", false, true),
        ("zh-Hant", false, false),
        ("zh-TW", false, false),
        ("hi-Latn", false, false),
        ("hi-Deva", true, true),
        ("ru-Latn", false, false),
    ] {
        let language = language(tag);
        assert_eq!(keyboard::of(&language).is_some(), typos, "{tag}");
        assert_eq!(frames::of(&language).is_some(), frame, "{tag}");
    }
}

/// Every template of every language is one, with the fields that its place has.
#[test]
fn frames_are_whole() {
    let fields = |template: &str| -> Vec<String> {
        let template = crate::suite::Template::parse(template).unwrap();
        let mut fields: Vec<String> = template.fields().map(str::to_owned).collect();
        fields.sort();
        fields
    };
    for f in frames::ALL {
        let request = [f.role, f.suppression, f.translation, f.decode].concat();
        let sentences = f.paraphrase.iter().chain(f.distractor).copied();
        for template in sentences.chain(request) {
            assert_eq!(fields(template), ["request"], "{template}");
        }
        assert!(f.distractor.iter().all(|t| t.ends_with("{request}")));
        assert_eq!(fields(f.prefix[0]), ["opening", "request"]);
        assert_eq!(fields(f.split), ["a", "b"]);
        for plain in [f.opening, f.system, f.go_on] {
            assert_eq!(fields(plain), [""; 0]);
            assert!(!plain.is_empty());
        }
        assert_eq!(
            (f.paraphrase.len(), f.distractor.len(), f.sums.len()),
            (3, 3, 3)
        );
        for (question, answer) in f.sums {
            assert!(
                fields(question).len() == 2 && fields(answer).len() >= 2,
                "{question}"
            );
        }
    }
    assert_eq!(frames::ALL.len(), 12);
}

#[test]
fn sums_are_right() {
    for seed in 0..100 {
        let english = frames::of(&language("en")).unwrap();
        let (question, answer) = frames::sum(english, &mut Draws::new(seed)).unwrap();
        let numbers: Vec<u32> = answer
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|n| n.parse().ok())
            .collect();
        let right = match numbers[..] {
            [a, b, c] if question.contains("plus") => a + b == c,
            [a, b, c] => a - b == c,
            [a, b] => a > b,
            _ => false,
        };
        assert!(right, "{question} {answer}");
    }
}

#[test]
fn kinds_and_levels() {
    let names = |of: &dyn Fn(Transform) -> bool| {
        let all = Transform::ALL.into_iter().filter(|t| of(*t));
        all.map(Transform::as_str).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        names(&|t| t.kind() == Kind::Attack),
        "base64 rot13 leetspeak spelled_out role_frame prefix_injection refusal_suppression \
         payload_split translation_frame decode_frame zero_width tag_characters many_shot \
         system_override prefilled_turn"
    );
    assert_eq!(names(&|t| t.level() == Level::Choices), "option_order");
    assert_eq!(
        names(&|t| t.level() == Level::Conversation),
        "many_shot system_override prefilled_turn"
    );
}

#[test]
fn every_transform_has_one_name() {
    for (at, transform) in Transform::ALL.into_iter().enumerate() {
        assert_eq!(transform.as_str().parse(), Ok(transform));
        assert_eq!(transform as usize, at, "ALL has the order of the kinds");
        let json = serde_json::to_string(&transform).unwrap();
        assert_eq!(json, format!("\"{transform}\""));
        assert_eq!(serde_json::from_str::<Transform>(&json).unwrap(), transform);
    }
}
